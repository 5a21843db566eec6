#include <catch2/catch.hpp>

#include "tests/events/town.h"

using namespace sleutel;
using namespace sleutel::testing;

namespace {

struct One {
  One() {
    TownMaker maker;
    maker.family(40, 0, maker.home());
    city = maker.finished(model, flows);
  }
  StateChange change(int month = 3) { return {city, model, flows, stream_key(1, 0, 0), month}; }
  bool has(int state) const { return city.residents.states[0].test(state); }
  Model model = small_model();
  Flows flows = town_flows();
  City city;
};

}  // namespace

TEST_CASE("a state begins with its bit, duration, stress and mark, and ends with its mark") {
  One one;
  Residents& all = one.city.residents;
  all.months_in[0] = {9, 9, 9, 9, 9, 9, 9, 9};
  begin_state(one.change(), 0, kSeparated, 1);
  REQUIRE(one.has(kSeparated));
  REQUIRE(all.months_in[0][0] == 0);
  REQUIRE(all.shock_fast[0] == 4096);
  REQUIRE(all.shock_slow[0] == 2048);
  begin_state(one.change(), 0, kSeparated, 1);  // on already: nothing
  REQUIRE(all.shock_fast[0] == 4096);
  all.months_in[0][0] = 5;
  end_state(one.change(), 0, kSeparated);
  REQUIRE_FALSE(one.has(kSeparated));
  REQUIRE(one.has(kWasSeparated));
  REQUIRE(all.months_in[0][2] == 0);
  REQUIRE(all.months_in[0][0] == 0);
  all.months_in[0][2] = 40;
  end_state(one.change(), 0, kSeparated);  // off already: the mark stays as old as it is
  REQUIRE(all.months_in[0][2] == 40);
}

TEST_CASE("the members of a group exclude each other") {
  One one;
  begin_state(one.change(), 0, kUnemployed, 1);
  begin_state(one.change(), 0, kDisabled, 1);
  REQUIRE_FALSE(one.has(kUnemployed));
  REQUIRE(one.has(kDisabled));
}

TEST_CASE("shocks stop at the top of their column, and events and rest members have no bit") {
  One one;
  one.city.residents.shock_fast[0] = 65000;
  begin_state(one.change(), 0, kSeparated, 1);
  REQUIRE(one.city.residents.shock_fast[0] == 65535);
  one.model.states[kBereaved].is_event = true;
  begin_state(one.change(), 0, kBereaved, 1);
  REQUIRE_FALSE(one.has(kBereaved));
}

// 4,000 keyed onsets with a declared share of one half: false alarm below 1 in 1,000.
TEST_CASE("the class of a state is drawn at its onset, for a household once and in its own column") {
  One one;
  int set = 0;
  for (int month = 0; month < 4000; ++month) {
    for (const Row who : {0U, 1U}) begin_state(one.change(month), who, kDebt, 1);
    const std::uint8_t classes = one.city.households.classes[0];
    REQUIRE((classes & ~4) == 0);
    set += classes == 4;
    for (const Row who : {0U, 1U}) end_state(one.change(month), who, kDebt);
  }
  REQUIRE(std::abs(set / 4000.0 - 0.5) < 3.3 * 0.5 / std::sqrt(4000.0));
}
