#include "sim/bench/bench.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>

#include "sim/bench/processor_time.h"
#include "sim/engine/float_rules.h"
#include "sim/engine/month.h"
#include "sim/engine/years.h"

namespace sleutel {

namespace {

std::string processor_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.starts_with("model name")) return line.substr(std::min(line.size(), line.find(": ") + 2));
  return "unknown";
}

/// One run per thread, kept between rounds so that memory is warm.
class Rounds {
 public:
  Rounds(const Arm& arm, const Threads& threads, int rows_per_block) : arm_(arm), threads_(threads) {
    for (int i = 0; i < threads.count(); ++i) runs_.push_back(std::make_unique<Run>(Blocks(rows_per_block, nullptr)));
  }

  /// Resident-months per second of one round.
  double round() {
    each([&](Run& run, int replicate) { run.start(arm_, replicate); });
    const auto began = std::chrono::steady_clock::now();
    each([](Run& run, int) {
      for (int year = 0; year < kBenchYears; ++year) {
        run.open_year();
        for (int month = 0; month < 12; ++month) advance(run);
        run.close_year();
        resort(run);
      }
    });
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    std::int64_t months = 0;
    for (const auto& run : runs_) months += lived(*run);
    return static_cast<double>(months) / took.count();
  }

  /// Median of so many rounds after one that warms up. Where a round takes more than ten seconds, what it warms up is a
  /// small part of it: then the first is the one.
  double median_of(int rounds) {
    const auto began = std::chrono::steady_clock::now();
    const double first = round();
    if (std::chrono::steady_clock::now() - began > std::chrono::seconds(10)) return first;
    std::vector<double> speeds;
    for (int i = 0; i < rounds; ++i) speeds.push_back(round());
    return median(speeds);
  }

  /// Processor time of each phase per resident-month, in the memory of the first run [ns].
  std::vector<BenchResult::Phase> phases() {
    const FloatRules rules;
    Run& run = *runs_.front();
    run.start(arm_, 0);
    std::vector<BenchResult::Phase> phases;
    for (const Phase& phase : kMonth) phases.push_back({phase.name, 0});
    phases.push_back({"year", 0});
    double last = processor_ns();
    const auto book = [&](std::size_t phase) {
      const double now = processor_ns();
      phases[phase].ns += now - last;
      last = now;
    };
    for (int year = 0; year < kBenchYears; ++year) {
      run.open_year();
      for (int month = 0; month < 12; ++month, ++run.month)
        for (std::size_t i = 0; i < kMonth.size(); ++i) {
          kMonth[i].live(run);
          book(i);
        }
      run.close_year();
      resort(run);
      book(kMonth.size());
    }
    for (BenchResult::Phase& phase : phases) phase.ns /= static_cast<double>(lived(run));
    return phases;
  }

  Run& first() { return *runs_.front(); }

 private:
  template <class Body>
  void each(Body&& body) {
    auto one = [&](const Block& block) {
      const FloatRules rules;
      body(*runs_[block.index], static_cast<int>(block.index));
    };
    threads_.each(runs_.size(), BlockTask(one));
  }

  const Arm& arm_;
  const Threads& threads_;
  std::vector<std::unique_ptr<Run>> runs_;
};

double mean_active_states(const City& city) {
  std::int64_t states = 0, residents = 0;
  for (Row row = 0; row < city.residents.size(); ++row) {
    if (!city.residents.present(row)) continue;
    for_each_bit(city.residents.states[row], [&](int) { ++states; });
    ++residents;
  }
  return residents == 0 ? 0 : static_cast<double>(states) / static_cast<double>(residents);
}

int live_lanes(const Model& model) {
  int lanes = 0;
  for (const Matrix& matrix : model.matrix)
    for (const std::uint16_t live : matrix.live) lanes += __builtin_popcount(live);
  return lanes;
}

}  // namespace

BenchResult bench(const StudyPlan& plan, const RunOptions& options) {
  const Threads threads(allowed_threads(options.threads));
  const Isa isa = chosen_isa(options.isa);
  BenchResult result;
  const Arm arm(plan, 0, isa);
  Rounds rounds(arm, threads, options.rows_per_block);
  result.resident_months_per_second = rounds.median_of(5);
  result.mean_active_states = mean_active_states(rounds.first().city);
  result.phases = rounds.phases();
  for (const BenchResult::Phase& phase : result.phases) result.whole_ns += phase.ns;
  result.ceilings = {memory_gb_per_second(threads), philox_ns(isa), bare_kernel_ns(rounds.first())};
  if (options.isa.empty()) {
    const Arm scalar(plan, 0, Isa::scalar);
    result.scalar_resident_months_per_second = Rounds(scalar, threads, options.rows_per_block).median_of(1);
    result.vector_over_scalar = result.resident_months_per_second / result.scalar_resident_months_per_second;
  }
  result.residents = static_cast<std::int64_t>(plan.start->residents.size());
  result.months = 12 * kBenchYears;
  result.threads = threads.count();
  result.isa = name_of(isa);
  result.lanes = live_lanes(arm.model);
  result.bytes_per_resident = static_cast<double>(bytes_per_row<Residents>());
  result.working_bytes_per_resident =
      static_cast<double>(rounds.first().bytes()) / static_cast<double>(result.residents);
  result.machine = processor_name();
  return result;
}

}  // namespace sleutel
