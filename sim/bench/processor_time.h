#pragma once
/// \file
/// Processor time, so that what else the machine does counts as little as it can.

#include <algorithm>
#include <ctime>
#include <vector>

namespace sleutel {

/// Processor time that this thread has used [ns].
inline double processor_ns() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

/// Processor time of work() [ns].
template <class Work>
double ns_of(Work&& work) {
  const double began = processor_ns();
  work();
  return processor_ns() - began;
}

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace sleutel
