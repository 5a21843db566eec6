#include "sim/cli/usage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "sim/base/text.h"

namespace sleutel {
namespace {

constexpr const char* kLauncherTests =
    "the tests are built and run by the launcher beside CMakeLists.txt: ./sleutel test";

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<const CLI::Option*> options_of(const CLI::App& command) {
  return command.get_options([](const CLI::Option*) { return true; });
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* one : commands_of(app)) names.push_back(one->get_name());
  return names;
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : options_of(command))
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

/// What the command needs and was not given, with its description; empty if nothing is missing.
std::string missing_text(const CLI::App& command) {
  for (const CLI::Option* option : options_of(command))
    if (option->get_required() && option->count() == 0)
      return fmt::format("sleutel {}: {} is missing\n{}", command.get_name(), option->get_name(),
                         option->get_description());
  return "";
}

/// The nearest option to the first word that looks like one and is none.
std::string near_option(const CLI::App& command, const std::vector<std::string>& words) {
  const auto names = option_names(command);
  for (const std::string& word : words) {
    const std::string name = word.substr(0, word.find('='));
    if (name.starts_with("--") && std::find(names.begin(), names.end(), name) == names.end())
      return did_you_mean(name, names);
  }
  return "";
}

/// What CLI11 found no place for, in the order in which it was written. It keeps some of them turned round.
std::vector<std::string> not_expected(const CLI::App& command, const Call& call) {
  std::vector<std::string> left = command.remaining(true);
  std::vector<std::string> words;
  for (const std::string& word : call.arguments) {
    const auto at = std::find(left.begin(), left.end(), word);
    if (at == left.end()) continue;
    words.push_back(word);
    left.erase(at);
  }
  return words;
}

/// What is not expected, by its kind: an option that there is not, or words too many.
std::string extras_text(const CLI::App& command, const Call& call) {
  const std::vector<std::string> words = not_expected(command, call);
  const bool whole = command.get_name() == "sleutel";
  const std::string of = whole ? "sleutel" : "sleutel " + command.get_name();
  for (const std::string& word : words)
    if (word.size() > 1 && word[0] == '-') return of + " has no option " + in_quotes(word.substr(0, word.find('=')));
  if (words.empty()) return of + " cannot be called like this";
  std::vector<std::string> quoted;
  for (const std::string& word : words) quoted.push_back(in_quotes(word));
  return of + " takes nothing more: found " + listed(quoted, "and");
}

/// Of the program as a whole; CLI11 itself gives the help of the command that was chosen.
std::string help_text(const CLI::App& app) {
  return app.get_formatter()->make_help(&app, "sleutel", CLI::AppFormatMode::Normal);
}

/// What is wrong with the words after a command that there is.
std::string command_text(const CLI::App& command, const Call& call, const CLI::ParseError& error) {
  const bool required = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
  std::string missing = required ? missing_text(command) : "";
  if (!missing.empty()) return missing;
  std::string what = error.what();
  const bool no_value = dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr;
  if (no_value) what = what.substr(0, what.find(':')) + ": a value must follow it";
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) what = extras_text(command, call);
  const std::string near = near_option(command, call.arguments);
  return what + (near.empty() ? "" : "\n" + near);
}

}  // namespace

const CLI::App* command_named(const CLI::App& app, const std::string& name) {
  for (const CLI::App* one : commands_of(app))
    if (one->get_name() == name) return one;
  return nullptr;
}

ExitCode say_usage(const CLI::App& app, const Call& call, const CLI::ParseError& error) {
  const std::string word = call.arguments.empty() ? std::string() : call.arguments.front();
  const CLI::App* command = command_named(app, word);
  std::string text;
  if (command == nullptr && !word.empty() && word[0] != '-') {
    const std::string near = did_you_mean(word, command_names(app));
    text = "unknown command " + in_quotes(word) + (near.empty() ? "" : "\n" + near);
  } else {
    text = command_text(command != nullptr ? *command : app, call, error);
  }
  text += fmt::format("\n(`sleutel {}--help` shows what there is)\n", command != nullptr ? word + " " : "");
  std::fputs(text.c_str(), stderr);
  return ExitCode::usage;
}

void add_help(CLI::App& app, Call& call) {
  auto name = std::make_shared<std::string>();
  CLI::App* help = app.add_subcommand("help", "What there is, or what a command can do");
  help->add_option("command", *name, "Such as run");
  help->callback([name, &app, &call] {
    call.work = [name, &app] {
      if (name->empty()) return print(help_text(app)), ExitCode::done;
      const CLI::App* command = command_named(app, *name);
      if (command != nullptr) return print(command->help("sleutel")), ExitCode::done;
      const auto names = command_names(app);
      const std::string near = did_you_mean(*name, names);
      throw InputError({{"", 0, 0, "help", "unknown command " + in_quotes(*name),
                         near.empty() ? "it is one of " + listed(names) : near}},
                       ExitCode::usage);
    };
  });
  CLI::App* test = app.add_subcommand("test", "Build and run the tests: ./sleutel test, the launcher");
  test->allow_extras();
  test->callback(
      [&call] { call.work = []() -> ExitCode { throw EnvironmentError(ExitCode::usage, kLauncherTests); }; });
}

}  // namespace sleutel
