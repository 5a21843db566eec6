#include "sim/input/write_yaml.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "sim/base/files.h"
#include "sim/base/problems.h"
#include "sim/input/yaml.h"

using namespace sleutel;

namespace {

Node read(const std::string& text) {
  std::vector<Problem> problems;
  const auto root = parse_yaml(text, "x.yaml", problems);
  INFO(text << problems_text(problems));
  REQUIRE(problems.empty());
  return *root;
}

/// Whether two trees say the same, wherever it stands.
bool same(const Node& one, const Node& other) {
  if (one.kind != other.kind || one.text != other.text || one.key != other.key || one.path != other.path) return false;
  if (one.quoted != other.quoted || one.items.size() != other.items.size()) return false;
  for (std::size_t i = 0; i < one.items.size(); ++i)
    if (!same(one.items[i], other.items[i])) return false;
  return true;
}

}  // namespace

TEST_CASE("a tree is written as people write it") {
  const std::string text =
      "study: a\n"
      "question: \"Does it: help?\"\n"
      "scenarios:\n"
      "  baseline: {}\n"
      "  more:\n"
      "    programmes:\n"
      "      - programme: p\n"
      "        coverage: -0.5\n"
      "      - programme: q\n"
      "    list:\n"
      "      - 1\n"
      "      - a b\n"
      "    nothing:\n";
  CHECK(yaml_text(read(text)) == text);
}

TEST_CASE("what is written reads as the same tree") {
  for (const char* text : {"a: 'it''s'\nb: \"x # y\"\n", "a: [[1, 2], [], {}]\n", "- {a: 1, b: [x]}\n- y\n",
                           "a: |\n  two\n  lines\nb: >-\n  folded\n  text\n", "\"a: b\": \"null\"\nc: \"\"\n",
                           "a: \"tab\\there\"\nb: caf\xC3\xA9\n", "word\n", "a: ~\nb: -x\n"}) {
    const Node root = read(text);
    const std::string again = yaml_text(root);
    INFO(text << "---\n" << again);
    CHECK(same(read(again), root));
  }
}

TEST_CASE("the shipped studies, models and programmes can be written") {
  const std::filesystem::path scenarios = std::string(SLEUTEL_SOURCE_DIR) + "/scenarios";
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scenarios)) {
    if (entry.path().extension() != ".yaml") continue;
    const Node root = read(read_file(entry.path().string()));
    INFO(entry.path());
    CHECK(same(read(yaml_text(root)), root));
    ++files;
  }
  CHECK(files >= 10);
}
