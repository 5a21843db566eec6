/// \file
/// What recording costs: a study is simulated again and again, recorded by nobody, into a results file, and with a
/// panel, in turns. Prints the medians of processor time and of time on the clock.
///
///     recording_benchmark STUDY FILE [RESIDENTS OF THE PANEL] [TURNS]      FILE is written over

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <memory>
#include <vector>

#include "output/hdf5/stream.h"
#include "sim/engine/panel.h"
#include "sim/study/make_plan.h"

namespace {

using namespace sleutel;

class Nobody : public Recorder {
 public:
  void year_done(const YearRecord&) override {}
};

struct Times {
  std::vector<double> processor, clock;  ///< [s]
};

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Everything between the plan and the finished file.
void run(const StudyPlan& plan, const std::string& file, Times& times) {
  const double before = processor_seconds();
  const auto began = std::chrono::steady_clock::now();
  Progress progress;
  const std::atomic<bool> stop{false};
  if (file.empty()) {
    Nobody nobody;
    simulate(plan, {}, nobody, progress, stop);
  } else {
    Hdf5Recorder recorder(plan, file, {"benchmark", "benchmark", "", 1}, Overwrite::allow);
    simulate(plan, {}, recorder, progress, stop);
    recorder.finish();
  }
  times.processor.push_back(processor_seconds() - before);
  times.clock.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return EXIT_FAILURE;
  StudyPlan plain = make_plan(read_checked_study(argv[1]), {});
  StudyPlan watched = plain;
  watched.panel =
      choose_panel(*plain.start, plain.study.seed, static_cast<std::size_t>(argc > 3 ? std::atoi(argv[3]) : 1000));
  Times nobody, file, panel;
  for (int turn = 0; turn < (argc > 4 ? std::atoi(argv[4]) : 5); ++turn) {
    run(plain, "", nobody);
    run(plain, argv[2], file);
    run(watched, argv[2], panel);
  }
  const double alone = median(nobody.processor), clock = median(nobody.clock);
  const auto tell = [&](const char* what, const Times& times) {
    fmt::print("{:34} {:7.2f} s processor ({:+.1f}%), {:7.2f} s clock ({:+.1f}%)\n", what, median(times.processor),
               100 * (median(times.processor) / alone - 1), median(times.clock),
               100 * (median(times.clock) / clock - 1));
  };
  tell("recorded by nobody", nobody);
  tell("results", file);
  tell(fmt::format("results, panel of {}", watched.panel.size()).c_str(), panel);
  return EXIT_SUCCESS;
}
