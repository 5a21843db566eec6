#include "sim/cli/signals.h"

#include <unistd.h>

#include <csignal>

#include "sleutel/error.h"

namespace sleutel {
namespace {

// A handler has no argument but the signal, so what it sets must be reachable without one.
std::atomic<bool> asked_to_stop{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_signal(int) {
  if (asked_to_stop.exchange(true)) _exit(static_cast<int>(ExitCode::killed_by_user));
}

}  // namespace

const std::atomic<bool>& watch_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGHUP, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return asked_to_stop;
}

}  // namespace sleutel
