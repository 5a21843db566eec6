// Laws of the transitions: what a lane does depends on nothing but its own name, row and columns.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/base/math.h"
#include "tests/kernel/random_model.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

std::vector<Isa> forms() {
  std::vector<Isa> all = vector_forms();
  all.push_back(Isa::scalar);
  return all;
}

/// Residents 0 .. count - 1 without any state.
Units blank_units(int count) {
  Units units;
  for (int i = 0; i < count; ++i) units.id.push_back(static_cast<std::uint64_t>(i));
  units.states.resize(units.id.size());
  units.derived.resize(units.id.size());
  units.cell.resize(units.id.size());
  return units;
}

/// How many standard errors an observed share lies from an expected one.
double score(double observed, double expected, double n) {
  return (observed - expected) / std::sqrt(expected * (1 - expected) / n);
}

/// Records of one month of one resident for each of 65,536 draws, as a share.
double share_of(const std::vector<kernel::Fired>& records, int state, Change change, double units) {
  const auto n = std::count_if(records.begin(), records.end(),
                               [&](const auto& f) { return f.state == state && f.change == change; });
  return static_cast<double>(n) / units;
}

}  // namespace

TEST_CASE("an inert state, or sixteen more, changes no record of the others", "[law]") {
  std::vector<Hazards> hazards;
  for (int i = 0; i < 12; ++i) hazards.push_back({0.3 + i, 0.2 + 2 * i});
  const Model model = constant_model(hazards);
  const auto ready = kernel::prepare(model, Level::resident);
  const Units units = random_units(3, model, 500);
  for (const int more : {1, 20}) {
    auto longer = hazards;
    longer.resize(hazards.size() + static_cast<std::size_t>(more));  // closed to begin and to end
    const Model with = constant_model(longer);
    const auto with_ready = kernel::prepare(with, Level::resident);
    for (const Isa isa : forms()) {
      const kernel::Month month{stream_key(9, 0, 0), 4, isa};
      const auto before = fired(ready, month, units.block());
      REQUIRE(before.size() > 500);
      REQUIRE(fired(with_ready, month, units.block()) == before);
    }
  }
}

TEST_CASE("one more active lane leaves the records of all other lanes as they were", "[law]") {
  std::vector<Hazards> hazards(12, Hazards{2.0, 3.0});
  const Model model = constant_model(hazards);
  hazards.resize(18, Hazards{4.0, 4.0});
  const Model with = constant_model(hazards);
  const Units units = random_units(3, model, 500);
  for (const Isa isa : forms()) {
    const kernel::Month month{stream_key(9, 0, 0), 4, isa};
    auto records = fired(kernel::prepare(with, Level::resident), month, units.block());
    const auto all = records.size();
    std::erase_if(records, [](const auto& f) { return f.state >= 12; });
    REQUIRE(all > records.size());
    REQUIRE(records == fired(kernel::prepare(model, Level::resident), month, units.block()));
  }
}

TEST_CASE("a programme acts on its participants only, after the clip", "[law]") {
  Model model = constant_model({{0.5, 0.0}, {0.5, 0.0}});
  Matrix& m = model.matrix[0];
  m.programme_begin.resize(2);
  m.programme_end.resize(2);
  m.programme_begin[1].at[0] = 3 * kLogUnit;   // programme 1 makes state 0 begin eight times as often
  m.edge_begin[kMaxStates].at[0] = 2 * kClip;  // derived bit 0 is clipped to a factor of 100
  const auto ready = kernel::prepare(model, Level::resident);
  const int n = 20000;
  Units units = blank_units(n);
  units.programmes.resize(units.id.size());
  for (const Isa isa : forms()) {
    const kernel::Month month{stream_key(4, 0, 0), 1, isa};
    const auto without = fired(ready, month, units.block());
    Units joined = units;
    for (std::size_t i = 0; i < joined.id.size(); i += 2) joined.programmes[i] = 2;
    auto with = fired(ready, month, joined.block());
    std::erase_if(with, [](const auto& f) { return f.unit % 2 == 0 && f.state == 0; });
    auto others = without;
    std::erase_if(others, [](const auto& f) { return f.unit % 2 == 0 && f.state == 0; });
    REQUIRE(with == others);
    Units pushed = joined;
    for (auto& word : pushed.derived) word = 1;
    std::int64_t clipped = 0;
    const auto records = fired(ready, month, pushed.block(), &clipped);
    REQUIRE(clipped == n);
    // Without the programme 0.5 * 100 a year, with it 0.5 * 100 * 8.
    const double expected = 0.5 * (-math::expm1(-50.0 / 12)) + 0.5 * (-math::expm1(-400.0 / 12));
    REQUIRE(std::fabs(score(share_of(records, 0, Change::begin, n), expected, n)) < 5);
  }
}

TEST_CASE("a row that forbids, and a required row that is off, close a lane", "[law]") {
  Model model = constant_model({{5.0, 5.0}, {5.0, 5.0}, {5.0, 5.0}});
  Matrix& m = model.matrix[0];
  m.forbid_begin[0] = 2;                // state 0 forbids the begin of state 1
  m.require_begin[kMaxStates + 3] = 4;  // state 2 begins only with derived bit 3
  m.require_end[kMaxStates + 4] = 4;    // and ends only with derived bit 4
  const auto ready = kernel::prepare(model, Level::resident);
  Units units = random_units(1, model, 4000);
  Dice dice(5);
  for (auto& word : units.derived) word = dice.word() & 0x18;
  for (const Isa isa : forms()) {
    int begins = 0;
    int ends = 0;
    for (const auto& f : fired(ready, {stream_key(1, 0, 0), 0, isa}, units.block())) {
      if (f.state == 1 && f.change == Change::begin) REQUIRE_FALSE(units.states[f.unit].test(0));
      if (f.state != 2) continue;
      REQUIRE((units.derived[f.unit] >> (f.change == Change::begin ? 3 : 4) & 1) == 1);
      ++(f.change == Change::begin ? begins : ends);
    }
    REQUIRE(begins > 100);
    REQUIRE(ends > 30);
  }
}

TEST_CASE("who dies makes no other transition", "[law]") {
  Model model = constant_model({{6.0, 6.0}, {6.0, 6.0}, {3.0, 0.0}, {6.0, 6.0}});
  model.states[2].is_event = true;
  const Units units = random_units(2, model, 3000);
  const auto alive = kernel::prepare(model, Level::resident);
  model.roles.death = 2;
  const auto mortal = kernel::prepare(model, Level::resident);
  for (const Isa isa : forms()) {
    const kernel::Month month{stream_key(1, 0, 0), 7, isa};
    auto expected = fired(alive, month, units.block());
    std::vector<bool> dies(units.id.size());
    for (const auto& f : expected) dies[f.unit] = dies[f.unit] || f.state == 2;
    const auto all = expected.size();
    std::erase_if(expected, [&](const auto& f) { return dies[f.unit] && f.state != 2; });
    REQUIRE(expected.size() < all);
    REQUIRE(fired(mortal, month, units.block()) == expected);
  }
}

TEST_CASE("a buffer that has grown does not allocate again") {
  const Model model = random_model(3, {});
  const auto ready = kernel::prepare(model, Level::resident);
  const Units units = random_units(3, model, 2000);
  kernel::FiredBuffer buffer;
  std::int64_t clipped = 0;
  for (const Isa isa : forms())
    kernel::draw_transitions(ready, {stream_key(1, 0, 0), 0, isa}, units.block(), buffer, clipped);
  const auto* const records = buffer.records().data();
  const auto* const scratch = buffer.scratch(1);
  for (const Isa isa : forms()) {
    buffer.clear();
    kernel::draw_transitions(ready, {stream_key(1, 0, 0), 0, isa}, units.block(), buffer, clipped);
    REQUIRE(buffer.records().data() == records);
    REQUIRE(buffer.scratch(1) == scratch);
  }
}

TEST_CASE("the clipped sum of edges is the sum of the rows that are on", "[law]") {
  Model model = constant_model({{1.0, 1.0}, {1.0, 1.0}});
  Matrix& m = model.matrix[0];
  m.edge_begin[0].at[1] = 100;
  m.edge_begin[kMaxStates + 2].at[1] = 30;
  m.edge_end[0].at[1] = -2 * kClip;
  m.forbid_end[kMaxStates + 2] = 2;
  const auto ready = kernel::prepare(model, Level::resident);
  kernel::Unit unit;
  unit.states.set(0);
  unit.derived = 4;
  const int lane = kernel::lane_of(ready, 1);
  REQUIRE(lane == 1);
  REQUIRE(kernel::lane_of(ready, 7) == -1);
  const auto begin = kernel::clipped_edge_sum(ready, unit, lane, Change::begin);
  REQUIRE(begin.sum == 130);
  REQUIRE(begin.open);
  const auto end = kernel::clipped_edge_sum(ready, unit, lane, Change::end);
  REQUIRE(end.sum == -kClip);
  REQUIRE_FALSE(end.open);
}
