#include "tests/leiden/leiden_plan.h"

// What a replayed past leaves behind: the made city again, with states that fit who lives with whom.

namespace sleutel::test {

TEST_CASE("a replayed city is the made city again, with states") {
  const City made = make_city(read_city_files(SLEUTEL_SOURCE_DIR "/scenarios/leiden"), 1);
  const City& city = *whole_leiden().start;
  CHECK(city.residents.household == made.residents.household);
  CHECK(city.residents.next_in_household == made.residents.next_in_household);
  CHECK(city.residents.partner == made.residents.partner);
  CHECK(city.residents.flags == made.residents.flags);
  CHECK(city.households.size == made.households.size);
  CHECK(city.households.reference == made.households.reference);
  CHECK(city.households.named_by == made.households.named_by);
  CHECK(city.households.student_house == made.households.student_house);
  CHECK(city.dwellings.households == made.dwellings.households);
  CHECK(city.residents.states != made.residents.states);
}

TEST_CASE("nobody with a partner, or with parents, has lost one at the start") {
  const City& city = *whole_leiden().start;
  const Roles& roles = whole_leiden().arms[0].model->roles;
  int lost = 0, wrong = 0;
  for (Row row = 0; row < city.residents.size(); ++row) {
    const StateMask& states = city.residents.states[row];
    if (!states.test(roles.separated) && !states.test(roles.bereaved)) continue;
    ++lost;
    wrong += city.residents.partner[row] != kNone || city.residents.is(row, kChildAtHome);
  }
  CHECK(lost > 4000);
  CHECK(wrong == 0);
}

TEST_CASE("household states are held by all members at the start") {
  const City& city = *whole_leiden().start;
  const Model& model = *whole_leiden().arms[0].model;
  int differing = 0;
  for (Row row = 0; row < city.residents.size(); ++row) {
    const Row reference = city.households.reference[city.residents.household[row]];
    for (std::size_t state = 0; state < model.states.size(); ++state)
      if (model.states[state].level == Level::household && !model.states[state].is_event)
        differing += city.residents.states[row].test(static_cast<int>(state)) !=
                     city.residents.states[reference].test(static_cast<int>(state));
  }
  CHECK(differing == 0);
}

}  // namespace sleutel::test
