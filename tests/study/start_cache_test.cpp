#include "sim/study/start_cache.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "sim/base/files.h"
#include "tests/support/tiny_plan.h"

using namespace sleutel;

namespace {

namespace fs = std::filesystem;

/// A cache folder of this test alone.
struct Cache {
  Cache() : folder(fs::temp_directory_path() / ("sleutel-cache-test-" + std::to_string(getpid()))) {
    fs::create_directories(folder);
    setenv("SLEUTEL_CACHE", folder.c_str(), 1);
  }
  ~Cache() {
    unsetenv("SLEUTEL_CACHE");
    fs::remove_all(folder);
  }
  Cache(const Cache&) = delete;
  Cache& operator=(const Cache&) = delete;

  std::string file() const { return fs::directory_iterator(folder)->path().string(); }
  void write(const std::string& bytes) const { std::ofstream(file(), std::ios::binary) << bytes; }

  fs::path folder;
};

/// The start of the tiny town, found in three rounds.
Start tiny_start() {
  const StudyPlan plan = test::tiny_plan({});
  Start start{*plan.arms.front().model, *plan.start, {}};
  start.report.rounds = 3;
  start.report.largest_move = 0.25;
  start.report.mean_move = 1.0 / 3;
  start.report.targets = {{"problem_debt", 0.09, 0.0901, 1.1}, {"smoking", 0.146, 0.1 + 0.2, 0.7}};
  return start;
}

}  // namespace

TEST_CASE("a start comes back from the cache with its report") {
  const Cache cache;
  const Start start = tiny_start();
  CHECK_FALSE(cached_start("a", start.model, start.city));
  keep_start("a", start);
  const auto kept = cached_start("a", start.model, start.city);
  REQUIRE(kept);
  CHECK(kept->city.residents.states == start.city.residents.states);
  CHECK(kept->report.rounds == 3);
  CHECK(kept->report.largest_move == 0.25);
  CHECK(kept->report.mean_move == 1.0 / 3);
  REQUIRE(kept->report.targets.size() == 2);
  CHECK(kept->report.targets[0].outcome == "problem_debt");
  CHECK(kept->report.targets[0].level == 1.1);
  CHECK(kept->report.targets[1].outcome == "smoking");
  CHECK(kept->report.targets[1].published == 0.146);
  CHECK(kept->report.targets[1].simulated == 0.1 + 0.2);
}

TEST_CASE("a file of the cache that is cut off or damaged anywhere is as good as none") {
  const Cache cache;
  const Start start = tiny_start();
  keep_start("a", start);
  const std::string whole = read_file(cache.file());
  const std::size_t report = whole.find("\nproblem_debt ");
  REQUIRE(report != std::string::npos);
  for (const std::size_t length : {std::size_t{0}, std::size_t{7}, whole.size() / 2, report, whole.size() - 5}) {
    INFO(length);
    cache.write(whole.substr(0, length));
    CHECK_FALSE(cached_start("a", start.model, start.city));
  }
  std::string damaged = whole;
  damaged[whole.size() / 3] = static_cast<char>(damaged[whole.size() / 3] ^ 1);
  cache.write(damaged);
  CHECK_FALSE(cached_start("a", start.model, start.city));
  cache.write(whole);
  CHECK(cached_start("a", start.model, start.city));
}
