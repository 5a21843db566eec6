#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/input/plain_text.h"

namespace sleutel {
namespace {

std::string check_setting(const std::string& word) {
  if (const auto unreadable = unreadable_place(word, "--set")) return unreadable->what;
  const std::size_t equals = word.find('=');
  if (equals != std::string::npos && equals > 0) return "";
  return "expected path=value, found " + found_text(word) + "\nfor example --set years=5";
}

}  // namespace

void add_set(CLI::App& command, Settings& settings, const std::string& of) {
  command.add_option("--set", settings, "path=value: another value of " + of)
      ->allow_extra_args(false)
      ->check(CLI::Validator(check_setting, ""));
}

std::string set_words(const Settings& settings) {
  std::string words;
  for (const std::string& setting : settings) words += " --set " + shell_word(setting);
  return words;
}

}  // namespace sleutel
