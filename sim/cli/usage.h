#pragma once
/// \file
/// A command line that makes no sense, told in our own words with what to write instead; and `sleutel help`.

#include <CLI/CLI.hpp>
#include <string>

#include "sim/cli/commands.h"

namespace sleutel {

/// The subcommand of this name, or null.
const CLI::App* command_named(const CLI::App& app, const std::string& name);

/// Prints to stderr what is wrong with the command line, and what to do.
ExitCode say_usage(const CLI::App& app, const Call& call, const CLI::ParseError& error);

/// `sleutel help [COMMAND]`, which is --help as a word; and `sleutel test`, which the launcher does.
void add_help(CLI::App& app, Call& call);

}  // namespace sleutel
