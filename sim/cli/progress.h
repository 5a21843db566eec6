#pragma once
/// \file
/// Shows on stderr how far a simulation is: one line that refreshes on a terminal, a line per tenth otherwise.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "sleutel/simulation.h"

namespace sleutel {

enum class Loudness { quiet, normal, verbose };

/// Prints from a thread of its own until it is destroyed.
class ProgressLine {
 public:
  ProgressLine(const Progress& progress, Loudness loudness);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

 private:
  void watch();
  void show(bool last);

  const Progress& progress_;
  bool terminal_;
  std::chrono::steady_clock::time_point begin_;
  int tenths_shown_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace sleutel
