// Known answers: survival under a constant hazard, the equilibrium of two states, the shares of a group. False-alarm
// rate of each: 6 in 10^7 (five standard errors), with draws that are always the same; each also rejects a wrong rate.
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/base/math.h"
#include "tests/kernel/random_model.h"

using namespace sleutel;
using namespace sleutel::test;

namespace {

constexpr int kPeople = 50000;

Isa form() { return best_isa(); }

Units blank_units() {
  Units units;
  for (int i = 0; i < kPeople; ++i) units.id.push_back(static_cast<std::uint64_t>(i));
  units.states.resize(units.id.size());
  units.derived.resize(units.id.size());
  units.cell.resize(units.id.size());
  return units;
}

/// Units after so many months under a model.
Units after(const Model& model, Units units, int months) {
  const auto ready = kernel::prepare(model, Level::resident);
  for (int month = 0; month < months; ++month) {
    const kernel::Month now{stream_key(7, 0, 0), static_cast<std::uint32_t>(month), form()};
    apply(model, fired(ready, now, units.block()), units);
  }
  return units;
}

double share_with(const Units& units, int state) {
  int n = 0;
  for (const auto& states : units.states) n += states.test(state);
  return n / static_cast<double>(units.states.size());
}

double score(double observed, double expected) {
  return std::fabs(observed - expected) / std::sqrt(expected * (1 - expected) / kPeople);
}

/// A group of a rest member (draw 0) and members with these begins from anywhere.
Model group_model(const std::vector<Hazards>& members) {
  std::vector<Hazards> all = {{}};
  all.insert(all.end(), members.begin(), members.end());
  Model model = constant_model(all);
  Group group{"mood", Level::resident, 0, {}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    model.states[i].group = 0;
    if (i > 0) group.members.push_back(static_cast<int>(i));
  }
  model.states[0].is_rest = true;
  model.groups.push_back(group);
  Matrix& m = model.matrix[0];
  m.live[0] = static_cast<std::uint16_t>(m.live[0] & ~1U);
  return model;
}

}  // namespace

TEST_CASE("a constant hazard gives its survival") {
  const double hazard = 0.07;
  const Units units = after(constant_model({{hazard, 0.0}, {0.5, 0.0}}), blank_units(), 120);
  REQUIRE(score(share_with(units, 0), -math::expm1(-10 * hazard)) < 5);
  REQUIRE(score(share_with(units, 0), -math::expm1(-10 * hazard * 1.08)) > 5);  // 8% more must be rejected
  REQUIRE(score(share_with(units, 1), -math::expm1(-10 * 0.5)) < 5);
}

TEST_CASE("two states reach their equilibrium") {
  const Units units = after(constant_model({{0.8, 2.4}}), blank_units(), 60);
  const double begin = -math::expm1(-0.8 / 12);
  const double end = -math::expm1(-2.4 / 12);
  const double start_left = math::pow(1 - begin - end, 60);
  const double expected = begin / (begin + end) * (1 - start_left);
  REQUIRE(score(share_with(units, 0), expected) < 5);
  REQUIRE(score(share_with(units, 0), expected * 1.06) > 5);
}

TEST_CASE("the changes of a group have the chance of the sum and the shares of the hazards") {
  const Model model = group_model({{1.2, 6.0}, {2.4, 6.0}, {0.6, 6.0}});
  const Units units = after(model, blank_units(), 1);
  const double any = -math::expm1(-4.2 / 12);
  REQUIRE(score(share_with(units, 1), any * 1.2 / 4.2) < 5);
  REQUIRE(score(share_with(units, 2), any * 2.4 / 4.2) < 5);
  REQUIRE(score(share_with(units, 3), any * 0.6 / 4.2) < 5);
  REQUIRE(score(share_with(units, 3), any * 0.7 / 4.2) > 5);
  for (const auto& states : units.states) REQUIRE(states.test(1) + states.test(2) + states.test(3) <= 1);
}

TEST_CASE("from a member a group goes to another member, or by its end to the rest, with one record each") {
  const Model model = group_model({{1.2, 6.0}, {2.4, 6.0}, {0.6, 6.0}});
  const auto ready = kernel::prepare(model, Level::resident);
  Units units = blank_units();
  for (auto& states : units.states) states.set(2);
  const auto records = fired(ready, {stream_key(3, 0, 0), 0, form()}, units.block());
  int to[4] = {};
  std::uint32_t before = 0xffffffffU;
  for (const auto& f : records) {
    REQUIRE(f.unit != before);
    before = f.unit;
    REQUIRE((f.change == Change::end) == (f.state == 2));
    ++to[f.state];
  }
  const double all = 1.2 + 0.6 + 6.0;  // the begin of the member that is on does not count
  const double any = -math::expm1(-all / 12);
  REQUIRE(score(to[1] / double{kPeople}, any * 1.2 / all) < 5);
  REQUIRE(score(to[2] / double{kPeople}, any * 6.0 / all) < 5);
  REQUIRE(score(to[3] / double{kPeople}, any * 0.6 / all) < 5);
}

TEST_CASE("arms that differ by a hazard come together again: begin at the low end, end at the high end", "[law]") {
  // With a higher hazard to begin, nobody who has the state in the first arm lacks it in the second.
  const Units few = after(constant_model({{0.5, 3.0}}), blank_units(), 30);
  const Units many = after(constant_model({{1.0, 3.0}}), blank_units(), 30);
  for (std::size_t i = 0; i < few.states.size(); ++i) REQUIRE(few.states[i].test(0) <= many.states[i].test(0));
  REQUIRE(share_with(many, 0) > share_with(few, 0));
}
