#include <sched.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <mutex>
#include <set>

#include "sim/engine/blocks.h"
#include "sleutel/error.h"
#include "tests/support/tiny_plan.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

/// Cannot write certain years of certain runs.
class Refusing : public Kept {
 public:
  void year_done(const YearRecord& r) override {
    const int run = r.replicate * 2 + r.scenario;
    if (run == 5 && r.year == 0) fail(run, r.year);  // the first in time: its run fails in its first year
    if (run == 2 && r.year == 1) fail(run, r.year);
    if (run == 2 && r.year == 2) fail(run, r.year);
    Kept::year_done(r);
  }

 private:
  static void fail(int run, int year) {
    throw EnvironmentError(ExitCode::input_output, "run " + std::to_string(run) + ", year " + std::to_string(year));
  }
};

std::string error_of(const StudyPlan& plan, const RunOptions& options, Recorder& recorder) {
  Progress progress;
  const std::atomic<bool> stop{false};
  try {
    simulate(plan, options, recorder, progress, stop);
  } catch (const EnvironmentError& error) {
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("the first error by run and month is the one that is told, whatever the timing", "[law]") {
  const auto plan = tiny_plan({.households = 60, .years = 3, .replicates = 3});
  for (const int threads : {1, 2})
    for (int time = 0; time < 5; ++time) {
      Refusing refusing;
      RunOptions options;
      options.threads = threads;
      CHECK(error_of(plan, options, refusing) == "run 2, year 1");
      CHECK(refusing.years.contains({1, 0, 2}));  // an earlier run is lived to its end
    }
}

TEST_CASE("processes that share the runs of a plan live each of them once, to the same bits", "[law]") {
  const auto plan = tiny_plan({.households = 60, .years = 2, .replicates = 3});
  const auto whole = simulated(plan);
  Kept shared;
  std::size_t dealt = 0;
  std::mutex mutex;
  const auto share = std::make_shared<RunShare>();
  share->processes = 2;
  share->next = [&]() -> std::optional<std::size_t> {
    const std::scoped_lock lock(mutex);
    return dealt < 6 ? std::optional(dealt++) : std::nullopt;
  };
  RunOptions options;
  options.share = share;
  Progress progress;
  const std::atomic<bool> stop{false};
  for (int process = 0; process < share->processes; ++process) simulate(plan, options, shared, progress, stop);
  REQUIRE(shared.years.size() == whole.years.size());
  for (const auto& [name, year] : whole.years) CHECK(shared.years.at(name).tally.sums == year.tally.sums);
}

TEST_CASE("who shares the runs hears of every failure, with its run and month") {
  const auto plan = tiny_plan({.households = 60, .years = 3, .replicates = 3});
  Refusing refusing;
  std::atomic<std::size_t> dealt{0};
  std::mutex mutex;
  std::set<std::pair<std::size_t, int>> heard;
  const auto share = std::make_shared<RunShare>();
  share->next = [&] {
    const std::size_t next = dealt++;
    return next < 6 ? std::optional(next) : std::nullopt;
  };
  share->failed = [&](std::size_t run, int month, const std::exception_ptr& why) {
    const std::scoped_lock lock(mutex);
    CHECK_THROWS_AS(std::rethrow_exception(why), EnvironmentError);
    heard.emplace(run, month);
  };
  RunOptions options;
  options.threads = 1;
  options.share = share;
  CHECK(error_of(plan, options, refusing) == "run 2, year 1");
  CHECK(heard == std::set<std::pair<std::size_t, int>>{{2, 24}});  // those after it were not lived
}

TEST_CASE("threads: at most as many as asked for, and as the affinity leaves") {
  cpu_set_t before;
  REQUIRE(sched_getaffinity(0, sizeof(before), &before) == 0);
  const int all = allowed_threads(0);
  CHECK(all <= CPU_COUNT(&before));
  CHECK(allowed_threads(1) == 1);
  CHECK(allowed_threads(10000) == all);
  cpu_set_t one;
  CPU_ZERO(&one);
  for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++cpu)
    if (CPU_ISSET(cpu, &before)) CPU_SET(cpu, &one);
  REQUIRE(sched_setaffinity(0, sizeof(one), &one) == 0);
  const int bound = allowed_threads(0), wanted = allowed_threads(8);
  REQUIRE(sched_setaffinity(0, sizeof(before), &before) == 0);
  CHECK(bound == 1);
  CHECK(wanted == 1);
}
