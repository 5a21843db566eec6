#include <cerrno>
#include <cstdio>
#include <cstring>

#include "sim/cli/commands.h"

namespace sleutel {

void print(const std::string& text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written)
    throw EnvironmentError(ExitCode::input_output,
                           std::string("the output could not be written: ") + std::strerror(errno));
}

void hint(const Call& call, const std::string& text) {
  if (call.loudness == Loudness::quiet) return;
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void say_more(const Call& call, const std::string& line) {
  if (call.loudness == Loudness::verbose) hint(call, line + "\n");
}

}  // namespace sleutel
