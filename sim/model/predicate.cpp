#include "sim/model/predicate.h"

#include <algorithm>

#include "sim/base/text.h"
#include "sim/model/compile_matrix.h"
#include "sim/model/names.h"

namespace sleutel {
namespace {

std::uint64_t bit_of(Trait trait) { return std::uint64_t{1} << static_cast<int>(trait); }

/// Traits of which a resident has at most one.
const std::vector<std::vector<Trait>> kExclusive = {
    {Trait::male, Trait::female},
    {Trait::partnered, Trait::single},
    {Trait::owner, Trait::social_rent, Trait::private_rent},
    {Trait::education_low, Trait::education_middle, Trait::education_high},
    {Trait::adversity_1, Trait::adversity_2, Trait::adversity_3plus},
    {Trait::stage_first_years, Trait::stage_child, Trait::stage_adolescent, Trait::stage_young_adult,
     Trait::stage_adult, Trait::stage_middle, Trait::stage_older, Trait::stage_oldest},
    {Trait::income_group_1, Trait::income_group_2, Trait::income_group_3, Trait::income_group_4, Trait::income_group_5},
    {Trait::childless, Trait::one_child, Trait::two_children, Trait::three_plus_children},
    {Trait::partnered, Trait::lone_parent},
    {Trait::child_at_home, Trait::lives_alone, Trait::lone_parent},
    {Trait::child_at_home, Trait::lives_alone, Trait::parent_of_minor},
    {Trait::child_at_home, Trait::lives_alone, Trait::has_child_under_4},
};

/// Traits that only adults have.
const std::vector<Trait> kOfAdults = {Trait::adult_18_plus, Trait::single, Trait::lone_parent, Trait::parent_of_minor,
                                      Trait::has_child_under_4};

bool can_be_on(const State& state) { return !state.is_event && !state.is_rest; }

/// All that a word of any, all or none may name.
std::vector<std::string> known_words(const Model& model) {
  std::vector<std::string> known(kTraitNames.begin(), kTraitNames.end());
  for (const State& state : model.states) {
    if (can_be_on(state)) known.push_back(state.name);
  }
  return known;
}

/// One of any, all, none: states and traits apart.
void read_part(Reading& reading, const Node& who, const char* key, const Model& model, StateMask& states,
               std::uint64_t& traits, std::vector<std::string>& selects_on) {
  for (const source::Word& word : words(reading, who, key)) {
    const int state = model.state(word.text);
    const int trait = trait_of(word.text);
    if (state >= 0 && can_be_on(model.states[static_cast<std::size_t>(state)])) {
      states.set(state);
      selects_on.push_back(word.text);
    } else if (trait >= 0) {
      traits |= std::uint64_t{1} << trait;
    } else {
      reading.add(word.place, "unknown state or trait " + in_quotes(word.text),
                  did_you_mean(word.text, known_words(model)));
    }
  }
}

void read_ages(Reading& reading, const Node& who, Predicate& predicate) {
  const Node* age = who.find("age");
  if (age == nullptr) return;
  const auto ages =
      Reader(reading.problems).as_numbers(*age, Range{.min = 0, .max = 200}).value_or(std::vector<double>{});
  if (ages.size() != 2) {
    reading.add(age->problem("expected two ages [from, until], found " + age->found()));
    return;
  }
  predicate.age_from = static_cast<int>(ages[0]);
  predicate.age_until = static_cast<int>(ages[1]);
}

void read_districts(Reading& reading, const Node& who, const std::vector<std::string>& districts,
                    Predicate& predicate) {
  for (const source::Word& word : words(reading, who, "districts")) {
    const auto found = std::find(districts.begin(), districts.end(), word.text);
    if (found == districts.end()) {
      reading.add(word.place, "unknown district " + in_quotes(word.text), did_you_mean(word.text, districts));
      continue;
    }
    predicate.districts.push_back(static_cast<int>(found - districts.begin()));
  }
  std::sort(predicate.districts.begin(), predicate.districts.end());
}

/// Two states of one group, or two traits of which one has at most one.
bool excludes_itself(const Predicate& who, const Model& model) {
  for (const Group& group : model.groups) {
    if (std::count_if(group.members.begin(), group.members.end(), [&](int m) { return who.all.test(m); }) > 1)
      return true;
  }
  return std::any_of(kExclusive.begin(), kExclusive.end(), [&](const std::vector<Trait>& traits) {
    return std::count_if(traits.begin(), traits.end(), [&](Trait t) { return (who.traits_all & bit_of(t)) != 0; }) > 1;
  });
}

/// All states, or all traits, that `any` names are ruled out by `none`. An empty any asks nothing.
bool any_is_ruled_out(const Predicate& who) {
  const bool asks_state = who.any != StateMask{};
  const std::uint64_t left0 = who.any.word[0] & ~who.none.word[0];
  const std::uint64_t left1 = who.any.word[1] & ~who.none.word[1];
  const bool no_state = asks_state && left0 == 0 && left1 == 0;
  return no_state || (who.traits_any != 0 && (who.traits_any & ~who.traits_none) == 0);
}

/// No age within the bounds is of the life stage, or of 18 and over, that `all` asks for.
bool no_age_fits(const Predicate& who) {
  for (int age = who.age_from; age < std::min(who.age_until, kMaxAge + 1); ++age) {
    const auto stage =
        std::uint64_t{1} << (static_cast<int>(Trait::stage_first_years) + static_cast<int>(life_stage(age)));
    std::uint64_t stages = 0;
    for (int i = 0; i < kLifeStages; ++i)
      stages |= std::uint64_t{1} << (static_cast<int>(Trait::stage_first_years) + i);
    const bool stage_fits = (who.traits_all & stages & ~stage) == 0 && (who.traits_none & stage) == 0;
    const bool adult_asked = std::any_of(kOfAdults.begin(), kOfAdults.end(),
                                         [&](Trait trait) { return (who.traits_all & bit_of(trait)) != 0; });
    if (stage_fits && (age >= 18 || !adult_asked)) return false;
  }
  return true;
}

/// The first age at which a state of a resident can begin by its rate; 0 if something else may begin it.
int first_age(const Model& model, int state) {
  const Matrix& matrix = model.matrix[static_cast<std::size_t>(Level::resident)];
  if (model.states[static_cast<std::size_t>(state)].level != Level::resident) return 0;
  const LanePlace lane = lane_of(matrix, state);
  if (lane.vector < 0) return 0;
  const int of_one_age = matrix.cells / (kMaxAge + 1);
  for (int cell = 0; cell < matrix.cells; ++cell) {
    const auto at = static_cast<std::size_t>(cell) * static_cast<std::size_t>(matrix.vectors) +
                    static_cast<std::size_t>(lane.vector);
    if (((matrix.closed_begin[at] >> lane.lane) & 1) == 0) return cell / of_one_age;
  }
  return 0;
}

/// The states that nobody within the bounds of age can have: all, or all of any, are too late. Empty if there are none.
std::string too_late(const Predicate& who, const Model& model) {
  std::string of_any;
  bool any_in_time = false;
  for (int i = 0; i < static_cast<int>(model.states.size()); ++i) {
    if (!who.all.test(i) && !who.any.test(i)) continue;
    const int age = first_age(model, i);
    std::string text = in_quotes(model.states[static_cast<std::size_t>(i)].name) + " begins at " + std::to_string(age) +
                       " at the earliest";
    const bool late = age >= who.age_until;
    if (late && who.all.test(i)) return text;
    if (!who.any.test(i)) continue;
    any_in_time |= !late && !who.none.test(i);
    if (late) of_any += (of_any.empty() ? "" : ", ") + text;
  }
  return any_in_time ? "" : of_any;
}

void check_visible(Reading& reading, const Node& root, const Node& who, const Model& model,
                   const Programme& programme) {
  if (programme.partner.empty()) return;  // told already
  std::vector<std::string> unseen;
  for (const std::string& name : programme.selects_on) {
    const auto& eyes = model.states[static_cast<std::size_t>(model.state(name))].visible_to;
    if (std::find(eyes.begin(), eyes.end(), programme.partner) == eyes.end()) unseen.push_back(in_quotes(name));
  }
  if (!unseen.empty() && !programme.hypothetical) {
    reading.add(who.problem("the partner " + in_quotes(programme.partner) + " may not see " + listed(unseen, "and"),
                            "write hypothetical: true, so that every result says so, or choose another partner"));
  }
  if (unseen.empty() && programme.hypothetical && root.find("hypothetical") != nullptr) {
    reading.add(root.find("hypothetical")
                    ->problem("nothing here is hypothetical: the partner may see all that who names",
                              "take hypothetical away"));
  }
}

}  // namespace

std::string why_nobody(const Predicate& who, const Model& model) {
  if (who.age_from >= who.age_until) return "the first age is not below the second";
  if (no_age_fits(who)) return "no age fits";
  if (who.all.any_of(who.none) || (who.traits_all & who.traits_none) != 0) return "all and none name the same";
  if (excludes_itself(who, model)) return "all names two that exclude each other";
  if (any_is_ruled_out(who)) return "none rules out all that any names";
  return too_late(who, model);
}

Predicate read_who(Reading& reading, const Node& who, const Model& model, const std::vector<std::string>& districts,
                   std::vector<std::string>& selects_on) {
  Predicate predicate;
  read_part(reading, who, "any", model, predicate.any, predicate.traits_any, selects_on);
  read_part(reading, who, "all", model, predicate.all, predicate.traits_all, selects_on);
  read_part(reading, who, "none", model, predicate.none, predicate.traits_none, selects_on);
  std::sort(selects_on.begin(), selects_on.end());
  selects_on.erase(std::unique(selects_on.begin(), selects_on.end()), selects_on.end());
  read_ages(reading, who, predicate);
  read_districts(reading, who, districts, predicate);
  return predicate;
}

void parse_predicate(Reading& reading, const Node& root, const Model& model, const std::vector<std::string>& districts,
                     Programme& programme) {
  programme.hypothetical = truth(reading, root, "hypothetical", false);
  const Node* who = Reader(reading.problems).required(root, "who");
  if (who == nullptr || !expect_map(reading, *who, "any, all, none, age and districts")) return;
  allow_keys(reading, *who, {"any", "all", "none", "age", "districts"});
  const std::size_t before = reading.problems.size();
  programme.who = read_who(reading, *who, model, districts, programme.selects_on);
  if (reading.problems.size() != before) return;
  const std::string why = why_nobody(programme.who, model);
  if (!why.empty()) reading.add(who->problem("this programme could never reach anyone: " + why));
  check_visible(reading, root, *who, model, programme);
}

}  // namespace sleutel
