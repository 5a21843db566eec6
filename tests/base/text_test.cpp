#include "sim/base/text.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <clocale>
#include <filesystem>
#include <fstream>
#include <locale>

#include "sim/base/files.h"
#include "sim/base/numbers.h"
#include "sim/base/problems.h"

using namespace sleutel;

TEST_CASE("edit distance counts insertions, deletions, replacements and swaps, whatever the capitals") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("Years", "years") == 0);
  CHECK(edit_distance("yeers", "years") == 1);
  CHECK(edit_distance("yaers", "years") == 1);
  CHECK(edit_distance("year", "years") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("ca", "abc") == 3);  // optimal string alignment: no edit inside a swapped pair
  for (const char* one : {"coverage", "covrage", "until", ""})
    for (const char* other : {"coverage", "from", "until", "x"})
      CHECK(edit_distance(one, other) == edit_distance(other, one));
}

TEST_CASE("the nearest word is found, and always the same one") {
  const std::vector<std::string> words = {"until", "from", "form", "coverage", "programme"};
  CHECK(closest("covergae", words) == "coverage");
  CHECK(closest("frm", words) == "form");
  CHECK(closest("ntil", words) == "until");
  CHECK(closest("elephant", words).empty());
  CHECK(closest("ab", {"xy"}).empty());
  CHECK(closest("", words).empty());
  const std::vector<std::string> backwards(words.rbegin(), words.rend());
  for (const char* word : {"frm", "fom", "unti", "programe", "cover"})
    CHECK(closest(word, words) == closest(word, backwards));
  CHECK(did_you_mean("covergae", words) == "did you mean \"coverage\"?");
  CHECK(did_you_mean("elephant", words).empty());
}

TEST_CASE("lists, counts and quotes read as a sentence") {
  CHECK(listed({}).empty());
  CHECK(listed({"a"}) == "a");
  CHECK(listed({"a", "b"}) == "a or b");
  CHECK(listed({"a", "b", "c"}, "and") == "a, b and c");
  CHECK(counted(1, "problem") == "1 problem");
  CHECK(counted(0, "problem") == "0 problems");
  CHECK(in_quotes("a\nb\x01") == "\"a b \"");
  CHECK(found_text(std::string(100, 'x')) == "'" + std::string(60, 'x') + "...'");
  CHECK(in_quotes(std::string(59, 'x') + "\xC3\xA9\xC3\xA9") == "\"" + std::string(59, 'x') + "...\"");
  CHECK(trimmed(" \ta b\t ") == "a b");
  CHECK(trimmed("  ").empty());
}

TEST_CASE("problems are grouped by file and sorted by place, each once") {
  const std::vector<Problem> problems = {
      {"b.yaml", 22, 9, "years", "0 (must be at least 1)", ""},
      {"b.yaml", 4, 12, "programmes[0].programme", "unknown programme \"x\"", "use y"},
      {"a.csv", 0, 0, "", "there is no such file", "did you mean \"b.csv\"?"},
      {"b.yaml", 22, 9, "years", "0 (must be at least 1)", ""}};
  CHECK(problems_text(problems) ==
        "a.csv: 1 problem, nothing was run\n"
        "\n"
        "  there is no such file\n"
        "  did you mean \"b.csv\"?\n"
        "\n"
        "b.yaml: 2 problems, nothing was run\n"
        "\n"
        "  4:12  programmes[0].programme: unknown programme \"x\"\n"
        "        use y\n"
        "  22:9  years: 0 (must be at least 1)\n");
  CHECK(problems_text(std::vector<Problem>{}).empty());
  CHECK(problems_text(InputError({problems[0]}), "nothing was checked") ==
        "b.yaml: 1 problem, nothing was checked\n\n  22:9  years: 0 (must be at least 1)\n");
  CHECK_NOTHROW(throw_if_any({}));
  CHECK_THROWS_AS(throw_if_any(problems), InputError);
}

TEST_CASE("numbers are read whole or not at all, and written the same under a locale with decimal commas") {
  struct Commas : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
  };
  const std::locale before = std::locale::global(std::locale(std::locale::classic(), new Commas));
  CHECK(parse_number("1.5") == 1.5);
  CHECK(parse_number("-2e-4") == -2e-4);
  for (const char* text : {"", "1,5", "1.5x", " 1", "inf", "nan", "1e999", "0x10", "--1"})
    CHECK_FALSE(parse_number(text));
  CHECK(parse_whole("130108") == 130108);
  for (const char* text : {"3.0", "1,000", "", "9223372036854775808", "1e3"}) CHECK_FALSE(parse_whole(text));
  CHECK(number_text(0.1) == "0.1");
  CHECK(number_text(20e6) == "20000000");
  CHECK(number_text(1e-9) == "1e-09");
  CHECK(number_text(-0.25) == "-0.25");
  CHECK(fixed_text(12.84, 1) == "12.8");
  CHECK(fixed_text(-0.04, 1) == "0.0");
  CHECK(with_thousands(std::int64_t{130108}) == "130,108");
  CHECK(with_thousands(std::int64_t{-999}) == "-999");
  CHECK(with_thousands(std::int64_t{-1000}) == "-1,000");
  CHECK(with_thousands(11136.44, 1) == "11,136.4");
  CHECK(size_text(90'314) == "90.3 kB");
  CHECK(size_text(3.14e6) == "3.1 MB");
  CHECK(size_text(1.228e9) == "1,228.0 MB");
  std::locale::global(before);
}

TEST_CASE("a number that is written reads back as the same bits") {
  for (const double value : {1.0 / 3, 1e300, 5e-324, 123456789.123456789, -1e-5, 0.0})
    CHECK(parse_number(number_text(value)) == value);
}

TEST_CASE("a file is read whole, or the reason is told") {
  const auto folder = std::filesystem::temp_directory_path() / ("sleutel_files_test_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const std::string path = (folder / "notes.yaml").string();
  std::ofstream(path, std::ios::binary) << std::string("a\r\n\0b", 5);
  CHECK(read_file(path) == std::string("a\r\n\0b", 5));
  CHECK(files_in(folder.string(), ".yaml") == std::vector<std::string>{"notes.yaml"});
  CHECK(files_in((folder / "none").string(), ".yaml").empty());
  std::vector<Problem> problems;
  CHECK_FALSE(read_file((folder / "nots.yaml").string(), problems));
  CHECK_FALSE(read_file(folder.string(), problems));
  CHECK_FALSE(read_file((folder / "none" / "x.yaml").string(), problems));
  REQUIRE(problems.size() == 3);
  CHECK(problems[0].what == "there is no such file");
  CHECK(problems[0].suggestion == "did you mean \"" + path + "\"?");
  CHECK(problems[1].what == "this is a folder, not a file");
  CHECK_THAT(problems[2].suggestion, Catch::StartsWith("there is no folder "));
  CHECK(beside("scenarios/a.yaml", "b.yaml") == "scenarios/b.yaml");
  CHECK(beside("a.yaml", "/b.yaml") == "/b.yaml");
  std::filesystem::remove_all(folder);
}

TEST_CASE("a word is written so that the shell takes it for one") {
  CHECK(shell_word("results/first-look.h5") == "results/first-look.h5");
  CHECK(shell_word("my results/a.h5") == "'my results/a.h5'");
  CHECK(shell_word("what's this") == "'what'\\''s this'");
  CHECK(shell_word("a;b$(c)") == "'a;b$(c)'");
  CHECK(shell_word("") == "''");
}
