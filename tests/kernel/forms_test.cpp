// The vector form gives the records of the reference form, bit for bit, on everything that a matrix can hold.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <iterator>
#include <limits>
#include <span>

#include "sim/kernel/bounds.h"
#include "sim/kernel/responses.h"
#include "tests/kernel/random_model.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

bool has_vectors() { return best_isa() != Isa::scalar; }

/// Records of both forms over a few months; requires that they agree and that something happened.
void require_same(const Model& model, std::uint64_t seed, int units_count) {
  const auto ready = kernel::prepare(model, Level::resident);
  const Units units = random_units(seed, model, units_count);
  std::size_t events = 0;
  for (std::uint32_t month = 0; month < 4; ++month) {
    std::int64_t clipped_plain = 0;
    const StreamKey key = stream_key(seed, 0, month);
    const auto plain = fired(ready, {key, month, Isa::scalar}, units.block(), &clipped_plain);
    for (const Isa isa : vector_forms()) {
      std::int64_t clipped_fast = 0;
      REQUIRE(fired(ready, {key, month, isa}, units.block(), &clipped_fast) == plain);
      REQUIRE(clipped_plain == clipped_fast);
    }
    events += plain.size();
  }
  REQUIRE(events > 0);
}

/// What is left open by the bounds of a test: some states without a lane, derived bits and quantised predictors.
kernel::Looseness some_looseness(const Model& model, Dice& dice) {
  kernel::Looseness loose{{}, dice.word() & dice.word(), 0, 0};
  for (std::size_t i = 0; i < model.states.size(); ++i)
    if (model.states[i].is_rest && dice.chance(0.7)) loose.states.set(static_cast<int>(i));
  for (std::size_t p = 0; p < model.matrix[0].level_predictors.size(); ++p) {
    if (dice.chance(0.5)) loose.levels |= 1U << p;
    if (dice.chance(0.5)) loose.highest |= loose.levels & 1U << p;  // MovingUnits has the highest of all of them
  }
  return loose;
}

/// Units of which what is left open moves each month.
class MovingUnits {
 public:
  MovingUnits(const Model& model, std::uint64_t seed, int count, const kernel::Looseness& loose)
      : model_(model), loose_(loose), dice_(seed), units(random_units(seed, model, count)) {}

  void move() {
    const auto& predictors = model_.matrix[0].level_predictors;
    for (std::size_t i = 0; i < units.id.size(); ++i) {
      for (int state = 0; state < kMaxStates; ++state) {
        if (!loose_.states.test(state)) continue;
        units.states[i].reset(state);
        if (dice_.chance(0.5)) units.states[i].set(state);
      }
      units.derived[i] = (units.derived[i] & ~loose_.derived) | (dice_.word() & loose_.derived & derived_of_model());
      for (std::size_t p = 0; p < predictors.size(); ++p)
        if ((loose_.levels >> p & 1U) != 0)
          units.levels[p][i] = static_cast<std::uint8_t>(dice_.below(predictors[p].levels));
    }
  }

  kernel::Unit bounding(std::size_t i) const {
    kernel::Unit unit = units.block()[i];
    unit.derived |= loose_.derived & derived_of_model();
    for (std::size_t p = 0; p < model_.matrix[0].level_predictors.size(); ++p)
      if ((loose_.levels >> p & 1U) != 0)
        unit.levels[p] = static_cast<std::uint8_t>(model_.matrix[0].level_predictors[p].levels - 1);
    return unit;
  }

 private:
  std::uint64_t derived_of_model() const {
    const std::size_t bits = model_.matrix[0].derived.size();
    return bits >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
  }
  const Model& model_;
  kernel::Looseness loose_;
  Dice dice_;

 public:
  Units units;
};

/// Records of one month by the form that keeps bounds, chunk by chunk.
std::vector<kernel::Fired> fired_within(const kernel::KernelModel& ready, const kernel::Month& month,
                                        const Units& units, const kernel::Bounds& bounds, std::int64_t& clipped) {
  kernel::FiredBuffer buffer;
  const kernel::UnitBlock block = units.block();
  for (Row first = 0; first < units.id.size(); first += kernel::kUnitsPerChunk) {
    const int count = static_cast<int>(std::min<std::size_t>(kernel::kUnitsPerChunk, units.id.size() - first));
    std::vector<Row> rows;
    for (int i = 0; i < count; ++i) rows.push_back(first + static_cast<Row>(i));
    const bool listed = first % 128 == 0;  // rows may be given, or follow one another
    const kernel::UnitsOfChunk chunk{units.id.data() + first, listed ? rows.data() : nullptr, first, count};
    const auto found = kernel::find_candidates(ready, month, chunk, bounds, buffer);
    for (int i = 0; i < count; ++i)
      if ((found.places >> i & 1) != 0) {
        const kernel::LaneSet lanes = kernel::lanes_to_evaluate(ready, month, chunk, bounds, found, i);
        clipped += kernel::decide_candidate(ready, month, block[chunk.row(i)], found, i, lanes, chunk.row(i), buffer);
      }
  }
  return {buffer.records().begin(), buffer.records().end()};
}

/// Over months in which some units change, and what is left open moves, the form that keeps bounds gives the records of
/// the reference form, although only units that changed are bounded anew.
void require_bounds_hold(const Model& model, Isa isa, std::uint64_t seed, int units_count) {
  Dice dice(seed + 100);
  const auto ready = kernel::prepare(model, Level::resident);
  const kernel::Looseness loose = some_looseness(model, dice);
  const kernel::BoundingModel bounding(model, Level::resident, loose);
  MovingUnits town(model, seed, units_count, loose);
  kernel::Bounds bounds;
  bounds.fit(town.units.id.size(), ready);
  for (std::size_t i = 0; i < town.units.id.size(); ++i)
    kernel::bound_unit(bounding, isa, town.bounding(i), static_cast<Row>(i), bounds);
  for (std::uint32_t month = 0; month < 6; ++month) {
    town.move();
    const kernel::Month now{stream_key(seed, 0, 0), month, isa};
    std::int64_t clipped = 0, clipped_plain = 0;
    const auto kept = fired_within(ready, now, town.units, bounds, clipped);
    const auto plain = fired(ready, {now.key, month, Isa::scalar}, town.units.block(), &clipped_plain);
    REQUIRE(kept == plain);
    REQUIRE(clipped == clipped_plain);
    apply(model, plain, town.units);
    for (const auto& record : plain) kernel::bound_unit(bounding, isa, town.bounding(record.unit), record.unit, bounds);
  }
}

}  // namespace

TEST_CASE("kept bounds let no record escape", "[law]") {
  if (!has_vectors()) return;
  Shape shape;
  shape.lanes = GENERATE(1, 16, 17, 48, 90);
  shape.groups = GENERATE(false, true) && shape.lanes > 1;
  shape.base = GENERATE(3, 12, 900) << 20;
  shape.edge = shape.lanes == 17 ? 20 << 20 : 2 << 20;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    CAPTURE(shape.lanes, shape.groups, shape.base, seed);
    for (const Isa isa : vector_forms()) require_bounds_hold(random_model(seed, shape), isa, seed, 300);
  }
}

TEST_CASE("bounds made at one age hold until the next band of ages", "[law]") {
  if (!has_vectors()) return;
  Shape shape;
  shape.cells = 2 * (kMaxAge + 1) * 2;
  shape.base = GENERATE(0, 1, 3 << 20);
  shape.masks = 0;
  const bool rare = GENERATE(false, true);
  const Isa isa = GENERATE_COPY(from_range(vector_forms()));
  Model model = random_model(5, shape);
  for (auto* table : {&model.matrix[0].base_begin, &model.matrix[0].base_end})
    for (Lanes& row : *table)
      for (auto& number : row.at) number -= rare ? 10 << 20 : 0;
  const auto ready = kernel::prepare(model, Level::resident);
  const kernel::BoundingModel bounding(model, Level::resident, {});
  Units units = random_units(5, model, 400);
  kernel::Bounds bounds;
  bounds.fit(units.id.size(), ready);
  int bands = 0;
  for (std::uint32_t month = 0; month < 40; ++month) {
    for (std::size_t i = 0; i < units.id.size(); ++i) {
      const std::size_t age_sex = month == 0 ? 2 * (i % 60) + i % 2 : units.cell[i] / 2 + 2U;
      units.cell[i] = static_cast<std::uint16_t>(age_sex * 2 + units.cell[i] % 2);
      if (month != 0 && !bounding.first_of_band[age_sex]) continue;
      ++bands;
      kernel::bound_unit(bounding, isa, units.block()[i], static_cast<Row>(i), bounds);
    }
    const kernel::Month now{stream_key(5, 0, 0), month, isa};
    std::int64_t clipped = 0;
    REQUIRE(fired_within(ready, now, units, bounds, clipped) ==
            fired(ready, {now.key, month, Isa::scalar}, units.block()));
  }
  CHECK((bands < 400 * 40 || !rare));  // where rates are low, bounds last for several ages
}

TEST_CASE("the vector form equals the reference for any number of lanes", "[law]") {
  if (!has_vectors()) return;
  Shape shape;
  shape.lanes = GENERATE(1, 2, 15, 16, 17, 48, 97);
  shape.groups = GENERATE(false, true) && shape.lanes > 1;
  shape.gaps = GENERATE(false, true);
  if (shape.lanes == 97 && shape.groups) shape.lanes = 90;  // with the rest members at most 128 states
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    CAPTURE(shape.lanes, shape.groups, shape.gaps, seed);
    require_same(random_model(seed, shape), seed, 400);
  }
}

TEST_CASE("the vector form equals the reference with few or many predictor rows", "[law]") {
  if (!has_vectors()) return;
  Shape shape;
  shape.lanes = 40;
  shape.rows = GENERATE(0.0, 0.05, 1.0);
  shape.derived = GENERATE(0, 1, 64);
  shape.masks = GENERATE(0.0, 0.02, 0.6);
  shape.level_predictors = GENERATE(0, kMaxLevelPredictors);
  CAPTURE(shape.rows, shape.derived, shape.masks, shape.level_predictors);
  const Model model = random_model(77, shape);
  const auto ready = kernel::prepare(model, Level::resident);
  const Units units = random_units(5, model, 200);
  std::int64_t clipped[2] = {};
  const StreamKey key = stream_key(3, 0, 0);
  const auto plain = fired(ready, {key, 9, Isa::scalar}, units.block(), &clipped[0]);
  for (const Isa isa : vector_forms()) {
    clipped[1] = 0;
    REQUIRE(plain == fired(ready, {key, 9, isa}, units.block(), &clipped[1]));
  }
  REQUIRE(clipped[0] == clipped[1]);
}

TEST_CASE("the vector form equals the reference at the extremes of the log hazard", "[law]") {
  if (!has_vectors()) return;
  Shape shape;
  shape.lanes = 48;
  shape.base = 900 << 20;
  shape.edge = 2 << 20;  // 350 rows of this size still fit in 32 bits
  require_same(random_model(GENERATE(1, 2, 3), shape), 6, 300);
}

TEST_CASE("clipped lanes are counted alike, and are there", "[law]") {
  Shape shape;
  shape.lanes = 32;
  shape.edge = 20 << 20;
  const Model model = random_model(8, shape);
  const auto ready = kernel::prepare(model, Level::resident);
  const Units units = random_units(8, model, 300);
  std::int64_t plain = 0;
  fired(ready, {stream_key(1, 0, 0), 0, Isa::scalar}, units.block(), &plain);
  REQUIRE(plain > 100);
  if (has_vectors()) require_same(model, 8, 300);
}

TEST_CASE("ties of the first sixteen bits are settled alike", "[law]") {
  if (!has_vectors()) return;
  // The base of each lane is put where the threshold's first sixteen bits are those of the unit's own draw.
  const std::vector<Hazards> hazards(16, Hazards{1.0, 0.0});
  int fires = 0;
  int holds = 0;
  for (std::uint64_t id = 1; id <= 300; ++id) {
    Model model = constant_model(hazards);
    Matrix& m = model.matrix[0];
    const StreamKey key = stream_key(id, 0, 0);
    for (int lane = 0; lane < kLanes; ++lane) {
      const auto words = bits({key, id, 0, Purpose::states(lane / 8)});
      const auto half = static_cast<std::uint16_t>(words[static_cast<std::size_t>(lane % 8 / 2)] >> (16 * (lane % 2)));
      // 1 - exp(-h/12) = (half + 1/2) / 65536, solved by bisection on the hazard.
      double low = 1e-6;
      double high = 300.0;
      for (int step = 0; step < 60; ++step) {
        const double h = 0.5 * (low + high);
        ((1.0 - std::exp(-h / 12)) * 65536 < half + 0.5 ? low : high) = h;
      }
      m.base_begin[0].at[static_cast<std::size_t>(lane)] = log_hazard(low);
    }
    const auto ready = kernel::prepare(model, Level::resident);
    Units one;
    one.id = {id};
    one.states.resize(1);
    one.derived = {0};
    one.cell = {0};
    const auto plain = fired(ready, {key, 0, Isa::scalar}, one.block());
    for (const Isa isa : vector_forms()) REQUIRE(plain == fired(ready, {key, 0, isa}, one.block()));
    fires += static_cast<int>(plain.size());
    holds += kLanes - static_cast<int>(plain.size());
  }
  // Nearly all of the 4,800 lanes are ties, so half of them fire; outside 2,150-2,650 less than once in 10^12.
  REQUIRE(fires > 2150);
  REQUIRE(fires < 2650);
  REQUIRE(holds > 2150);
}

TEST_CASE("records do not depend on how a block is cut", "[law]") {
  const Isa isa = GENERATE(Isa::scalar, Isa::avx2, Isa::avx512);
  if (isa > best_isa()) return;
  Shape shape;
  shape.lanes = 24;
  const Model model = random_model(4, shape);
  const auto ready = kernel::prepare(model, Level::resident);
  const Units units = random_units(4, model, 333);
  const kernel::Month month{stream_key(2, 1, 0), 17, isa};
  const auto whole = fired(ready, month, units.block());
  for (const std::size_t cut : {1U, 7U, 64U, 65U, 999U}) {
    std::vector<kernel::Fired> parts;
    for (std::size_t first = 0; first < units.id.size(); first += cut) {
      const auto count = std::min(cut, units.id.size() - first);
      for (auto record : fired(ready, month, units.block().subspan(first, count))) {
        record.unit += static_cast<std::uint32_t>(first);
        parts.push_back(record);
      }
    }
    REQUIRE(parts == whole);
  }
}

namespace {

void require_same(const kernel::Answer& a, const kernel::Answer& b) {
  REQUIRE(std::equal(std::begin(a.index), std::end(a.index), std::begin(b.index)));
  REQUIRE(a.lost == b.lost);
  REQUIRE(a.above == b.above);
}

kernel::PersonalTables random_personal_tables(Dice& dice) {
  kernel::PersonalTables tables;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    tables.step[lane] = dice.below(4000) - 1000;
    tables.position[lane] = dice.below(kLatents);
    std::int32_t cut = -40000;
    for (std::size_t k = 0; k < 4; ++k) {
      cut += 1 + dice.below(40000);
      tables.cut[k][lane] = dice.chance(0.8) ? cut : std::numeric_limits<std::int32_t>::max();
      tables.lost[k][lane] = dice.below(5000) - 4500;
    }
  }
  return tables;
}

}  // namespace

TEST_CASE("personal responses are the same in all forms, and add up", "[law]") {
  Dice dice(31);
  const kernel::PersonalTables tables = random_personal_tables(dice);
  std::vector<std::array<std::int8_t, kLatents>> positions(60);
  for (auto& of_one : positions)
    for (auto& position : of_one) position = static_cast<std::int8_t>(dice.below(256) - 128);
  std::vector<std::uint32_t> rows(200);
  std::vector<kernel::Answer> sums(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] = static_cast<std::uint32_t>(dice.below(60));
    for (auto& index : sums[i].index) index = dice.below(200000) - 100000;
  }
  std::vector<kernel::Answer> plain = sums;
  kernel::personalise(tables, positions.data(), rows, Isa::scalar, plain);
  for (const Isa isa : vector_forms()) {
    std::vector<kernel::Answer> fast = sums;
    kernel::personalise(tables, positions.data(), rows, isa, fast);
    for (std::size_t i = 0; i < rows.size(); ++i) require_same(plain[i], fast[i]);
  }
  const auto position = static_cast<std::size_t>(tables.position[3]);
  REQUIRE(plain[7].index[3] == sums[7].index[3] + tables.step[3] * positions[rows[7]][position]);
}

TEST_CASE("responses are the same in both forms, and are sums of rows", "[law]") {
  Shape shape;
  shape.lanes = 30;
  shape.derived = 64;
  const Model model = random_model(12, shape);
  const auto ready = kernel::prepare_responses(model);
  const Units units = random_units(9, model, 150);
  std::vector<kernel::Answer> plain(150);
  std::vector<kernel::Answer> fast(150);
  kernel::responses(ready, units.block(), Isa::scalar, plain);
  for (const Isa isa : vector_forms()) {
    kernel::responses(ready, units.block(), isa, fast);
    for (std::size_t i = 0; i < plain.size(); ++i) require_same(plain[i], fast[i]);
  }
  // One more state adds its row and nothing else.
  Units more = units;
  more.states[3].set(2);
  std::vector<kernel::Answer> with(150);
  kernel::responses(ready, more.block(), Isa::scalar, with);
  const std::int32_t row = model.responses.rows[2].at[5];
  REQUIRE(with[3].index[5] - plain[3].index[5] == (units.states[3].test(2) ? 0 : row));
}
