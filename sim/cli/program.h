#pragma once
/// \file
/// The program: reads the command line, does one command, and says in plain words what went wrong.

#include "sim/cli/commands.h"
#include "sleutel/error.h"

namespace sleutel {

/// Everything that a command line asks for.
ExitCode do_command(int argc, char** argv, const Here& here);

}  // namespace sleutel
