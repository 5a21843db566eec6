#include <algorithm>

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

}  // namespace sleutel
