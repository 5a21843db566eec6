#include "sim/input/yaml.h"

#include <catch2/catch.hpp>

#include "sim/base/problems.h"
#include "sim/input/reader.h"

using namespace sleutel;

namespace {

std::optional<Node> parse(const std::string& text, std::vector<Problem>& problems) {
  return parse_yaml(text, "a.yaml", problems);
}

/// The one problem of a text that cannot be read, as "line:column what".
std::string refusal(const std::string& text) {
  std::vector<Problem> problems;
  REQUIRE_FALSE(parse(text, problems).has_value());
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].file == "a.yaml");
  return std::to_string(problems[0].line) + ":" + std::to_string(problems[0].column) + " " + problems[0].what;
}

}  // namespace

TEST_CASE("every key and value knows its place and its path") {
  std::vector<Problem> problems;
  const auto root =
      parse("years: 10\nscenarios:\n  base: {}\n  more:\n    - {who: a, share: 0.5}\n    - b\nlast:\n", problems);
  REQUIRE(problems.empty());
  REQUIRE(root->keys() == std::vector<std::string>{"years", "scenarios", "last"});
  const Node& years = *root->find("years");
  CHECK(years.text == "10");
  CHECK(std::tie(years.key_line, years.key_column, years.line, years.column) == std::make_tuple(1, 1, 1, 8));
  const Node& share = *root->find("scenarios")->find("more")->items[0].find("share");
  CHECK(share.path == "scenarios.more[0].share");
  CHECK(std::tie(share.key_line, share.key_column, share.line, share.column) == std::make_tuple(5, 16, 5, 23));
  CHECK(root->find("scenarios")->find("base")->is_map());
  CHECK(root->find("last")->is_null());
  CHECK(root->find("last")->line == 7);
  CHECK(root->find("years")->find("nothing") == nullptr);
}

TEST_CASE("columns count characters, a byte order mark and Windows line ends change nothing") {
  std::vector<Problem> problems;
  const auto root = parse("\xEF\xBB\xBFquestion: ok\r\nname: {na\xC3\xAFve: x, b: 2}\r\n", problems);
  REQUIRE(problems.empty());
  CHECK(root->find("question")->column == 11);
  CHECK(root->find("question")->text == "ok");
  CHECK(root->find("name")->find("b")->key_column == 18);
}

TEST_CASE("duplicate keys are all found, and the first of them counts") {
  std::vector<Problem> problems;
  const auto root = parse("a: 1\nb: {c: 1, c: 2}\na: 2\n", problems);
  REQUIRE(root);
  CHECK(root->find("a")->text == "1");
  REQUIRE(problems.size() == 2);
  CHECK(problems[0] ==
        Problem{"a.yaml", 2, 11, "b.c", "this key stands twice; the first stands at 2:5", "keep one of them"});
  CHECK(problems[1] ==
        Problem{"a.yaml", 3, 1, "a", "this key stands twice; the first stands at 1:1", "keep one of them"});
}

TEST_CASE("broken files get a message of ours, with a place") {
  CHECK(refusal("") == "1:1 the file is empty");
  CHECK(refusal("# nothing\n") == "1:1 the file is empty");
  CHECK(refusal("a:\n\tb: 1\n") == "2:1 broken YAML: a tab in the indentation");
  CHECK(refusal("a: {b: 1\nc: 2\n") == "2:2 broken YAML: a { is not closed by } before this place");
  CHECK(refusal("a: [1, 2\n") == "1:9 broken YAML: a [ is not closed by ] before this place");
  CHECK(refusal("a: \"open\nb: 2\n") == "1:1 broken YAML: a text that opens with a quotation mark is never closed");
  CHECK(refusal("a:\n    b: 1\n  c: 2\n") == "3:3 broken YAML: the indentation does not fit the lines above");
  CHECK(refusal("- a\nb: 1\n") == "2:1 broken YAML: the indentation does not fit the lines above");
  CHECK(refusal("a: one: two\n") == "1:7 broken YAML: a colon with a space after it cannot stand here");
  CHECK(refusal("a: &x 1\nb: *x\n") == "1:4 anchors (&name) and aliases (*name) are not read");
  CHECK(refusal("a: *x\n") == "1:4 anchors (&name) and aliases (*name) are not read");
  CHECK(refusal("<<: {a: 1}\n") == "1:1 merge keys (<<) are not read");
  CHECK(refusal("a: !!int 3\n") == "1:4 tags (a type after !) are not read");
  CHECK(refusal("{[a]: 1}\n") == "1:2 a key must be a word");
  CHECK(refusal("a: 1\n---\nb: 2\n") == "2:1 a second document begins here");
  CHECK(refusal("a: \xFF\n") == "1:4 this is not UTF-8 text");
  CHECK(refusal(std::string("a: \x04 1\n")) == "1:4 a control character cannot stand here");
  CHECK(refusal("a: %b\n") == "1:4 broken YAML: a value cannot begin with this character");
}

TEST_CASE("brackets within brackets without end are refused, however many") {
  CHECK_THAT(refusal(std::string(200, '[')), Catch::Contains("a [ is not closed by ] before this place"));
  CHECK_THAT(refusal(std::string(200, '[') + std::string(200, ']')), Catch::Contains("too deep"));
  CHECK_THAT(refusal(std::string(100000, '[')), Catch::Contains("too deep"));
  std::string deep;
  for (int level = 0; level < 300; ++level) deep += std::string(static_cast<std::size_t>(level), ' ') + "a:\n";
  CHECK_THAT(refusal(deep), Catch::Contains("too deep"));
}

TEST_CASE("a reader collects all problems, with what was expected and what to do") {
  std::vector<Problem> problems;
  const auto good = parse(
      "years: twintig\nshare: 1.4\nrate: 0,5\nsum: 1,200\npart: 60%\nquoted: \"3\"\nwhen: 2024\nlist: {a: 1}\nyaers: "
      "3\n",
      problems);
  Reader reader(problems);
  CHECK(reader.required_whole(*good, "years") == 0);
  CHECK(reader.number(*good, "share", 0.25, {.min = 0, .max = 1, .meaning = "the share reached"}) == 0.25);
  reader.required_number(*good, "rate");
  reader.required_whole(*good, "sum");
  reader.required_number(*good, "part");
  reader.required_whole(*good, "quoted");
  reader.as_month(*good->find("when"));
  CHECK(reader.list(*good, "list").empty());
  CHECK(reader.number(*good, "absent", 7) == 7);
  reader.required(*good, "month");
  reader.only_keys(*good, {"years", "share", "rate", "sum", "part", "quoted", "when", "list"});
  CHECK(problems_text(problems) ==
        "a.yaml: 10 problems, nothing was run\n"
        "\n"
        "  1:1  the key \"month\" is missing\n"
        "  1:8  years: expected a whole number, found 'twintig'\n"
        "  2:8  share: 1.4 (must be between 0 and 1, the share reached)\n"
        "  3:7  rate: expected a number, found '0,5'\n"
        "       write 0.5, with a point\n"
        "  4:6  sum: expected a whole number, found '1,200'\n"
        "       write 1200\n"
        "  5:7  part: expected a number, found '60%'\n"
        "       write 0.6, a share and not a percentage\n"
        "  6:9  quoted: expected a whole number, found '3'\n"
        "       write 3 without quotes\n"
        "  7:7  when: expected a month such as 2024-01, found '2024'\n"
        "       write 2024-01\n"
        "  8:7  list: expected a list, found keys and values\n"
        "       begin each entry with a dash and a space\n"
        "  9:1  yaers: unknown key\n"
        "       did you mean \"years\"?\n");
}

TEST_CASE("a number beyond all bounds is not written in another way") {
  std::vector<Problem> problems;
  const auto good = parse("years: 999999999999999999999999\nmonths: 1e2\n", problems);
  Reader reader(problems);
  reader.required_whole(*good, "years");
  reader.required_whole(*good, "months");
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].suggestion == "no number here is as large");
  CHECK(problems[1].suggestion == "write 100");
}
