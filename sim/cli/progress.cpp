#include "sim/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <string>

namespace sleutel {
namespace {

std::string left_text(double seconds) {
  if (seconds < 90) return fmt::format("{:.0f} s left", seconds);
  return fmt::format("{:.0f} min left", seconds / 60);
}

}  // namespace

ProgressLine::ProgressLine(const Progress& progress, Loudness loudness)
    : progress_(progress), terminal_(isatty(STDERR_FILENO) != 0), begin_(std::chrono::steady_clock::now()) {
  if (loudness == Loudness::quiet) return;
  thread_ = std::thread([this] { watch(); });
}

ProgressLine::~ProgressLine() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    over_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void ProgressLine::watch() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!over_) {
    wake_.wait_for(lock, std::chrono::milliseconds(terminal_ ? 100 : 500), [this] { return over_; });
    show(over_);
  }
}

void ProgressLine::show(bool last) {
  if (progress_.run_months_all == 0) return;
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin_;
  const double share =
      static_cast<double>(progress_.run_months_done.load()) / static_cast<double>(progress_.run_months_all);
  const double speed = static_cast<double>(progress_.resident_months.load()) / passed.count() / 1e6;
  const double left = share > 0 ? passed.count() * (1 - share) / share : 0;
  if (terminal_) {
    const std::string line = fmt::format("\r  {:3.0f}%  {:.1f} million resident-months per second  {}   ", share * 100,
                                         speed, share > 0.02 ? left_text(left) : std::string());
    std::fputs(last ? "\r\x1b[K" : line.c_str(), stderr);
  } else if (const int tenths = static_cast<int>(share * 10); tenths > tenths_shown_) {
    tenths_shown_ = tenths;
    std::fputs(
        fmt::format("  {}%, {:.1f} million resident-months per second, {}\n", tenths * 10, speed, left_text(left))
            .c_str(),
        stderr);
  }
  std::fflush(stderr);
}

}  // namespace sleutel
