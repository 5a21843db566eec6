// Times each phase of the month, and what is done once a year: a sample of 20,000 residents of Leiden lives the
// baseline of scenarios/fit.yaml on one thread; only the phase that is asked about is timed. From the project's folder:
//     ninja -C build/release phase_benchmark && build/release/benchmarks/phase_benchmark
#include <benchmark/benchmark.h>

#include <chrono>
#include <memory>
#include <string>

#include "sim/engine/float_rules.h"
#include "sim/engine/month.h"
#include "sim/study/make_plan.h"

namespace {

using namespace sleutel;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kYearly = kPhasesOfMonth;  ///< what is done at the end of a year, as a phase after the others

const StudyPlan& plan() {
  static const StudyPlan made = [] {
    Study study = read_checked_study("scenarios/fit.yaml");
    study.residents = 20000;
    return make_plan(study, {});
  }();
  return made;
}

/// One run that begins anew when its years are over.
class Life {
 public:
  Life() : arm_(plan(), 0, chosen_isa("")) { begin(); }

  /// Lives a month; seconds that the phase took.
  double month(std::size_t asked) {
    if (run_->month == plan().months()) begin();
    if (run_->month % 12 == 0) run_->open_year();
    double seconds = 0;
    for (std::size_t phase = 0; phase < kPhasesOfMonth; ++phase)
      seconds += timed(phase == asked, [&] { kMonth[phase].live(*run_); });
    if (++run_->month % 12 == 0)
      seconds += timed(asked == kYearly, [&] {
        run_->close_year();
        resort(*run_);
      });
    return seconds;
  }

  std::int64_t residents() const { return static_cast<std::int64_t>(run_->city.residents.size()); }

 private:
  void begin() {
    run_ = std::make_unique<Run>(Blocks(1024, nullptr));
    run_->start(arm_, 0);
  }

  template <class Work>
  static double timed(bool asked, Work&& work) {
    const auto before = Clock::now();
    work();
    return asked ? std::chrono::duration<double>(Clock::now() - before).count() : 0;
  }

  const Arm arm_;
  std::unique_ptr<Run> run_;
};

void phase(benchmark::State& state, std::size_t asked) {
  const FloatRules rules;
  Life life;
  std::int64_t resident_months = 0;
  for (auto _ : state) {
    state.SetIterationTime(life.month(asked));
    resident_months += life.residents();
  }
  state.SetItemsProcessed(resident_months);
}

}  // namespace

int main(int argc, char** argv) {
  for (std::size_t i = 0; i <= kYearly; ++i)
    benchmark::RegisterBenchmark(i == kYearly ? "year" : kMonth[i].name, phase, i)->UseManualTime()->Iterations(120);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
