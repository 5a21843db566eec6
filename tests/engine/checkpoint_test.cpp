// The state of a run that is kept: gone on with, it is the run that was never stopped, in every column; and what is not
// as it was written is not gone on with.
#include "sim/engine/checkpoint.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "sim/engine/panel.h"
#include "sim/engine/years.h"
#include "sleutel/error.h"
#include "tests/support/tiny_plan.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

struct Place {
  Place() : folder(std::filesystem::temp_directory_path() / ("sleutel-kept-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder);
  }
  ~Place() { std::filesystem::remove_all(folder); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  std::string file(const std::string& name) const { return (folder / name).string(); }
  std::filesystem::path folder;
};

/// What the recorder is told of each year.
struct Told {
  std::vector<std::int64_t> sums, books;
  PanelYear months;
  void add(const YearRecord& record) {
    sums.insert(sums.end(), record.tally->sums.begin(), record.tally->sums.end());
    const Books& b = record.books;
    books.insert(books.end(), {b.before, b.births, b.arrivals, b.deaths, b.departures, b.after, record.clipped});
    months.insert(months.end(), record.panel->begin(), record.panel->end());
    add_numbers(*record.programmes);
    add_numbers(*record.budgets);
  }
  template <class Record>
  void add_numbers(const std::vector<Record>& records) {
    const auto* first = reinterpret_cast<const std::int64_t*>(records.data());
    books.insert(books.end(), first, first + records.size() * sizeof(Record) / sizeof(std::int64_t));
  }
};

/// Lives until so many years are over.
Told live_until(Run& run, int years) {
  Told told;
  int over = run.month / 12;
  live_years(
      run,
      [&](const YearRecord& record) {
        told.add(record);
        ++over;
      },
      [&](std::int64_t) { return over < years || run.month % 12 != 1; });
  return told;
}

template <class Table>
bool same_columns(Table& one, Table& other) {
  bool same = true;
  std::vector<std::string> bytes;
  const auto take = [&](auto& column, const ColumnInfo&) {
    bytes.emplace_back(reinterpret_cast<const char*>(column.data()), column.size() * sizeof(column[0]));
  };
  for_each_column(one, take);
  const auto first = std::exchange(bytes, {});
  for_each_column(other, take);
  return same && first == bytes;
}

bool same_city(City& one, City& other) {
  return same_columns(one.residents, other.residents) && same_columns(one.households, other.households) &&
         same_columns(one.dwellings, other.dwellings);
}

}  // namespace

TEST_CASE("a run that goes on from a kept state is the run that was never stopped", "[law]") {
  const Place place;
  StudyPlan plan = tiny_plan({});
  plan.study.years = 6;
  plan.arms[1].programmes[0].places = 6;  // so that people wait, and money is promised, when it is stopped
  plan.programmes[0].cost_cents_per_month = 10000;
  for (int year = 0; year < 6; ++year) {
    Budget budget;
    budget.from_month = 12 * year;
    budget.until_month = 12 * (year + 1);
    budget.cents = 4000000;
    plan.arms[1].budgets.push_back(budget);
  }
  plan.panel = choose_panel(*plan.start, plan.study.seed, 400);
  const int scenario = GENERATE(0, 1);
  const int stopped_after = GENERATE(1, 3, 5);
  const Arm arm(plan, scenario, Isa::scalar);
  Run whole(Blocks(64, nullptr)), stopped(Blocks(64, nullptr)), resumed(Blocks(1000, nullptr));
  whole.start(arm, 2);
  const Told all = live_until(whole, plan.study.years);
  stopped.start(arm, 2);
  Told parts;
  live_years(
      stopped,
      [&](const YearRecord& record) {
        parts.add(record);
        if (record.year + 1 == stopped_after) write_state(stopped, "of this", place.file("state"));
      },
      [&](std::int64_t) { return stopped.month <= 12 * stopped_after; });
  resumed.start(arm, 2);
  REQUIRE(read_state(place.file("state"), "of this", scenario, 2, &resumed).state == KeptState::whole);
  CHECK(resumed.month == 12 * stopped_after);
  const Told rest = live_until(resumed, plan.study.years);
  parts.sums.insert(parts.sums.end(), rest.sums.begin(), rest.sums.end());
  parts.books.insert(parts.books.end(), rest.books.begin(), rest.books.end());
  CHECK(parts.sums == all.sums);
  CHECK(parts.books == all.books);
  parts.months.insert(parts.months.end(), rest.months.begin(), rest.months.end());
  CHECK(parts.months == all.months);
  CHECK(same_city(resumed.city, whole.city));
}

TEST_CASE("a state that is not as it was written is told, whatever byte is another") {
  const Place place;
  const StudyPlan plan = tiny_plan({});
  const Arm arm(plan, 1, Isa::scalar);
  Run run(Blocks(64, nullptr));
  run.start(arm, 0);
  const auto path = place.file("state");
  write_state(run, "of this", path);
  const auto state = [&](const std::string& of = "of this", int scenario = 1, int replicate = 0) {
    return read_state(path, of, scenario, replicate).state;
  };
  CHECK(state() == KeptState::whole);
  CHECK(state("of another") == KeptState::other);
  CHECK(state("of this", 0) == KeptState::other);
  CHECK(state("of this", 1, 1) == KeptState::other);
  StudyPlan watched = plan;
  watched.panel = choose_panel(*plan.start, plan.study.seed, 10);
  const Arm other_panel(watched, 1, Isa::scalar);
  Run elsewhere(Blocks(64, nullptr));
  elsewhere.start(other_panel, 0);
  CHECK(read_state(path, "of this", 1, 0, &elsewhere).state == KeptState::damaged);
  const auto size = std::filesystem::file_size(path);
  std::ifstream in(path, std::ios::binary);
  const std::string good{std::istreambuf_iterator<char>(in), {}};
  for (std::uint64_t i = 0; i < 400; ++i) {
    std::string bad = good;
    const std::size_t at = i < 80 ? i : mixed(i) % size;
    bad[at] = static_cast<char>(bad[at] ^ (1 << (i % 8)));
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bad;
    CHECK(state() != KeptState::whole);
    std::ofstream(path, std::ios::binary | std::ios::trunc) << good.substr(0, mixed(i) % size);
    CHECK(state() != KeptState::whole);
  }
  std::string later = good;
  later[8] = static_cast<char>(later[8] + 1);  // the version of the format
  std::ofstream(path, std::ios::binary | std::ios::trunc) << later;
  CHECK(state() == KeptState::other);
  std::filesystem::remove(path);
  CHECK(state() == KeptState::none);
}

TEST_CASE("a state that cannot be kept ends the keeping, not the run") {
  const StudyPlan plan = tiny_plan({});
  const Arm arm(plan, 0, Isa::scalar);
  Run run(Blocks(64, nullptr));
  run.start(arm, 0);
  const Checkpoints rules{"/proc/none/state", "of this", 0};
  RunKeeper keeper(rules, run);
  keeper.begin(0);
  CHECK(keeper.problem().empty());
  live_years(
      run, [&](const YearRecord&) { keeper.year_done(); }, [](std::int64_t) { return true; });
  CHECK(keeper.problem() ==
        "/proc/none/state.run-0-0.new: could not keep the state of a run: No such file or directory");
}
