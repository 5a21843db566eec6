#include <algorithm>

#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/cli/commands.h"

namespace sleutel {

CLI::Validator one_of(std::vector<std::string> words) {
  const std::string all = listed(words, "or");
  const auto check = [words = std::move(words), all](const std::string& word) {
    if (std::find(words.begin(), words.end(), word) != words.end()) return std::string();
    const std::string nearest = did_you_mean(word, words);
    return "unknown word " + in_quotes(word) + "\n" + (nearest.empty() ? "it is one of " + all : nearest);
  };
  return {check, ""};
}

CLI::Validator whole_number(std::int64_t least, std::int64_t most) {
  const std::string must = "expected a whole number from " + std::to_string(least) + " to " + std::to_string(most);
  const auto check = [=](const std::string& word) {
    const auto number = parse_whole(word);
    return number && *number >= least && *number <= most ? std::string() : must + ", found " + found_text(word);
  };
  return {check, ""};
}

void add_threads(CLI::App& command, int& threads) {
  command.add_option("--threads", threads, "At most so many threads (default: all that are allowed)")
      ->check(whole_number(1, 1024));
}

}  // namespace sleutel
