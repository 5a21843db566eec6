#pragma once
/// \file
/// The compiled model: the matrix and everything around it as plain data. sim/model/ makes it from model.yaml and the
/// evidence registry; the kernel, the engine and the outputs read it. Nothing here knows a particular stressor.
///
/// Units. A matrix acts on units of one level: residents, households or couples. For each unit and month
///   log h = base[cell][transition] + clip(sum of edge rows) + sum of programme rows        [log2 of 1/year, x 2^20]
/// and the chance in a month is 1 - exp(-h/12). See docs/model-semantics.md.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sleutel/calendar.h"
#include "sleutel/residents.h"

namespace sleutel {

inline constexpr int kLanes = 16;                  ///< lanes of one vector
inline constexpr int kMaxStates = 128;             ///< states of a model, over all levels
inline constexpr int kMaxDerived = 64;             ///< derived predictor bits of one level
inline constexpr int kMaxProgrammes = 64;          ///< programmes of one study
inline constexpr int kMaxLevelPredictors = 12;     ///< quantised predictors of one level
inline constexpr int kMaxLevels = 64;              ///< levels of a quantised predictor
inline constexpr int kMaxAge = 110;                ///< last age of base tables; older residents count as this
inline constexpr std::int32_t kLogUnit = 1 << 20;  ///< one doubling of a hazard
inline constexpr std::int32_t kClip = 6966588;     ///< ln 100 = log2(100) doublings, x 2^20, rounded

/// Which units a matrix acts on. A household or couple draws once; see DESIGN 2 and docs/model-semantics.md.
enum class Level : std::uint8_t { resident, household, couple };
inline constexpr int kLevelsOfUnits = 3;

enum class StateKind : std::uint8_t { stressor, condition, behaviour, situation, mood, history, event };

/// What a transition is: the beginning of a state, or its end.
enum class Change : std::uint8_t { begin, end };

/// One state of the model. Numbered in order of `draw`: the bit in StateMask is its position in Model::states.
struct State {
  std::string name;                ///< such as problem_debt; the id of its outcome too
  std::string label_en, label_nl;  ///< a few plain words
  StateKind kind = StateKind::stressor;
  std::string domain;  ///< family, money, work, housing, school, social, care, behaviour, health, place
  Level level = Level::resident;
  int draw = -1;                           ///< permanent number of its random draws
  int group = -1;                          ///< index in Model::groups; -1 if it excludes nothing
  bool is_rest = false;                    ///< rest member of its group: has a draw number, but no bit and no lane
  bool is_event = false;                   ///< its onset is a life event; the bit is never set
  bool is_history = false;                 ///< set by another transition (marks), never by a hazard of its own
  int months_slot = -1;                    ///< slot of Residents::months_in, or -1
  int class_bit = -1;                      ///< first of its bits in classes, or -1
  float class_share = 0;                   ///< chance that the class bit is set at onset [share]
  std::array<std::string, 2> class_names;  ///< name of the class with the bit clear, and set
  std::string class_attribute;             ///< such as debt_class
  std::uint16_t stress_fast = 0;           ///< fast load added when it begins [points x 4096]
  std::uint16_t stress_slow = 0;           ///< slow load added when it begins [points x 4096]
  float stress_holds = 0;                  ///< share of these loads kept up while it lasts [share 0-1]
  int marks_on_begin = -1;                 ///< history state set (and its months reset) when it begins, or -1
  int marks_on_end = -1;                   ///< history state set (and its months reset) when it ends, or -1
  std::vector<std::string> visible_to;     ///< who may lawfully see it
};

/// States that exclude each other.
struct Group {
  std::string name;
  Level level = Level::resident;
  int rest = -1;             ///< state that holds when no member is on
  std::vector<int> members;  ///< the others, in order of draw
};

/// A table row of the matrix: what one predictor adds to the log hazard of sixteen lanes. One cache line.
struct alignas(64) Lanes {
  std::array<std::int32_t, kLanes> at{};  ///< [log2 hazard x 2^20]
};

/// How a derived predictor bit of a unit is found from last month's columns.
enum class DerivedKind : std::uint8_t {
  trait,        ///< a fixed question about the unit, `which` is a Trait
  pair,         ///< all of `mask` and of the earlier derived bits `derived_mask` are on
  at_least,     ///< at least `count` of `mask` are on
  duration,     ///< state `which` is on (or, for a history, was set) since from <= months < until
  partner_has,  ///< the partner has any of `mask`
  parent_has,   ///< child at home: a parent in the household has any of `mask`
  both_have,    ///< couple: both partners have any of `mask`
};

/// Fixed questions about a unit that predictors and applies_to may use.
enum class Trait : std::uint8_t {
  male,
  female,
  partnered,
  single,
  lives_alone,
  lone_parent,
  parent_of_minor,
  child_at_home,
  student,
  institution,
  owner,
  social_rent,
  private_rent,
  education_low,
  education_middle,
  education_high,
  adversity_1,
  adversity_2,
  adversity_3plus,
  stage_first_years,
  stage_child,
  stage_adolescent,
  stage_young_adult,
  stage_adult,
  stage_middle,
  stage_older,
  stage_oldest,
  adult_18_plus,
  income_group_1,
  income_group_2,
  income_group_3,
  income_group_4,
  income_group_5,
  has_child_under_4,
  childless,
  one_child,
  two_children,
  three_plus_children,
};
inline constexpr int kTraits = static_cast<int>(Trait::three_plus_children) + 1;
extern const std::array<const char*, kTraits>
    kTraitNames;  ///< as written in model.yaml; defined in sim/base/traits.cpp

struct Derived {
  std::string name;  ///< as written in the file, such as "separated + low_income"
  DerivedKind kind = DerivedKind::trait;
  int which = 0;                        ///< Trait, or state
  StateMask mask;                       ///< states asked about
  std::uint64_t derived_mask = 0;       ///< earlier derived bits asked about (pair)
  int count = 0;                        ///< at_least
  int from_month = 0, until_month = 0;  ///< duration: from <= months in state < until [months]
};

/// How a quantised predictor of a unit is found. Value 0 .. levels-1; each level is a row.
enum class LevelSource : std::uint8_t {
  stress_fast,  ///< own load (household: mean of adults) [step points]
  stress_slow,
  mastery,             ///< [1/32]
  support,             ///< [1/8]
  friends_have,        ///< share of own ties who had any of `mask` last month [1/32]
  place_has,           ///< share of the buurt's adults who had any of `mask` last month [1/32]
  household_has,       ///< share of the other adults of the household [1/32]
  months_since_start,  ///< not used by the matrix; for declared trends [years]
};

struct LevelPredictor {
  std::string name;  ///< such as stress_slow, friends.lonely
  LevelSource source = LevelSource::stress_fast;
  StateMask mask;    ///< friends_have, place_has, household_has
  std::string unit;  ///< such as points
  float step = 1;    ///< width of a level [unit]
  int levels = 0;    ///< 2 .. kMaxLevels
};

/// Attributes that a base table may be split by beside age and sex.
enum class Attribute : std::uint8_t {
  education,
  income_group,
  tenure,
  student,
  household_kind,
  class_bit,
  children,
  months_band
};

struct TableAttribute {
  Attribute attribute = Attribute::education;
  int state = -1;              ///< class_bit, months_band: of which state
  int categories = 1;          ///< number of values
  std::vector<int> band_from;  ///< months_band: first month of each band; else empty
};

/// The matrix of one level of units.
struct Matrix {
  Level level = Level::resident;
  int vectors = 0;                                ///< vectors of sixteen lanes; lane of a state: see lane_of
  std::vector<std::array<int, kLanes>> state_of;  ///< [vector][lane] state, in order of draw; -1: none
  std::vector<std::uint16_t> live;                ///< [vector] lanes that have a state

  // Predictor rows, in this order: states (128), derived bits (64), level rows. Programmes are apart.
  int level_row_first = kMaxStates + kMaxDerived;
  std::vector<Derived> derived;  ///< bit i of the unit's derived word
  std::vector<LevelPredictor> level_predictors;
  std::vector<int> level_first_row;  ///< [level predictor] row of its level 0
  int rows = 0;
  std::vector<Lanes> edge_begin, edge_end;              ///< [row * vectors + vector]
  std::vector<std::uint16_t> forbid_begin, forbid_end;  ///< [row * vectors + vector] lanes closed while the row is on
  std::vector<std::uint16_t> require_begin,
      require_end;                                    ///< [row * vectors + vector] lanes closed while the row is OFF
  std::array<std::uint64_t, 2> state_rows{};          ///< states whose row is not all zero (others can be skipped)
  std::uint64_t derived_rows = 0;                     ///< derived bits whose row is not all zero
  std::vector<Lanes> programme_begin, programme_end;  ///< [programme * vectors + vector], added after the clip

  // Base tables, expanded to cells: cell = ((age * 2 + sex) * A1 + a1) * A2 + a2 ...
  std::vector<TableAttribute> attributes;   ///< in order
  int cells = 0;                            ///< at most 65,536
  std::vector<Lanes> base_begin, base_end;  ///< [cell * vectors + vector], without centring and level
  std::vector<Lanes> shift_begin,
      shift_end;  ///< [cell * vectors + vector] centring + level, found by sim/engine/centring
  std::vector<std::uint16_t> closed_begin, closed_end;  ///< [cell * vectors + vector] lanes that cannot happen
};

/// A person's ordered or continuous response: index = base[age][sex] + edges + latent sd * position.
struct Response {
  std::string name;         ///< eq5d_mobility ... good_health, life_satisfaction, vitality
  std::string unit;         ///< of the index
  float latent_sd = 0;      ///< of the fixed personal position [index units]
  int latent = -1;          ///< slot of Residents::latent, or -1
  std::vector<float> cuts;  ///< ascending; the level is the number of cuts below the index. Empty: continuous
  float low = 0, high = 0;  ///< continuous: the index is held to [low, high]
  bool is_assumption = false;
};

/// All responses: like a matrix whose lanes are responses; indices in 2^-16 of their unit.
struct ResponseMatrix {
  std::vector<Response> responses;  ///< at most kLanes
  std::vector<Lanes> base;          ///< [age * 2 + sex] [unit x 2^16]
  std::vector<Lanes> rows;          ///< [row], the rows of the resident matrix (states, derived, levels)
};
inline constexpr std::int32_t kIndexUnit = 1 << 16;

/// Utilities of EQ-5D-5L: 1 for 11111, else 1 + constant + the sum over dimensions.
struct Tariff {
  float constant = 0;  ///< any deviation from full health [utility]
  std::array<std::array<float, 5>, 5>
      decrement{};  ///< [mobility, self-care, usual, pain, anxiety][level 1-5] [utility]
};

/// What stress does: two half-lives, an amplifier and buffers.
struct Stress {
  std::uint32_t keep_fast = 0;    ///< share of the fast load kept in a month [x 2^16]
  std::uint32_t keep_slow = 0;    ///< share of the slow load kept in a month [x 2^16]
  float adversity_amplifier = 0;  ///< s in 1 + s min(adversity, 3)/3
  float mastery_buffer = 0;       ///< share of a shock taken off at full mastery
  float support_buffer = 0;       ///< share of a shock taken off at full support
};

/// Where an outcome's numerator comes from.
enum class OutcomeKind : std::uint8_t {
  prevalence,   ///< person-months with any of `mask` / person-months           [share]
  within_year,  ///< prevalence of: now in `state`, or its history less than 12 months ago [share]
  response,     ///< mean index of a response, or share above a cut
  utility,      ///< mean EQ-5D utility
  begin,        ///< onsets of `state` per person-year at risk or of the population
  deaths,
  births,
  moves_in,
  moves_out,  ///< events per person-year of the population
};

/// Whether years of life with an outcome, or those without it, are reported as a healthy life expectancy.
enum class YearsLived : std::uint8_t { none, with, without };

/// The healthy life expectancy that an outcome of all ages gives.
struct HealthyYears {
  YearsLived lived = YearsLived::none;
  std::string id;  ///< such as years_in_good_health
  std::string label_en, label_nl;
  double matters = 0;  ///< smallest difference that matters [years]
};

/// One outcome of the one list: what is reported, for whom, and which difference matters.
struct Outcome {
  std::string id;
  std::string label_en, label_nl;
  OutcomeKind kind = OutcomeKind::prevalence;
  StateMask mask;
  int state = -1;
  int history = -1;  ///< within_year
  int response = -1;
  int min_level = 0;                   ///< response with cuts: share at this level or above
  int age_from = 18, age_until = 200;  ///< population [completed years], from <= age < until
  bool per_household = false;  ///< units are private non-student households, asked at their reference person (age too)
  std::string population_en, population_nl;  ///< such as "adults"
  std::string unit;                          ///< as printed: "per 1,000", "%", "(0-10)", "per 1,000 a year"
  double scale = 1;                          ///< printed value = share or mean x scale
  int decimals = 1;                          ///< in print
  double matters = 0;                        ///< smallest difference that matters [printed unit]
  bool higher_is_better = false;
  bool also_gap = false;       ///< also report its gap between the lowest and highest income fifth
  bool is_assumption = false;  ///< the page and every result say so
  std::string definition;
  HealthyYears years;
};

/// Whether an outcome is a mean of numbers that persons have, not a share of them or a count of events.
inline bool is_mean(const Outcome& outcome, const ResponseMatrix& responses) {
  if (outcome.kind == OutcomeKind::utility) return true;
  return outcome.kind == OutcomeKind::response && outcome.response >= 0 &&
         responses.responses[static_cast<std::size_t>(outcome.response)].cuts.empty();
}

/// A parameter that can be addressed: states.problem_debt.onset.edges.unemployed
struct Parameter {
  std::string path;
  double value = 1;  ///< as in the file (hazard ratio, rate ...)
  std::string unit;
  double low = 0, high = 0;  ///< 95% interval of this very number, in its unit; 0, 0 if its evidence gives none
  std::string evidence;      ///< evidence ids, comma separated
  std::string kind;          ///< of its evidence: measured, transferred, assumption ...; empty if it cites none
  bool is_assumption = false;
  std::string file;
  int line = 0;
};

/// One nonzero edge of the matrix, for printing, graph and tests.
struct Edge {
  std::string from;  ///< predictor as written
  int to_state = -1;
  Change change = Change::begin;
  double hazard_ratio = 1;  ///< after conversion and shrinking, as used
  double published = 1;     ///< as published
  std::string measure;      ///< HR, OR, RR ...
  std::string per;          ///< for quantised predictors: the unit
  std::string evidence;
  std::string kind;         ///< measured, transferred, expert, lived_experience, assumption
  std::string path;         ///< states.problem_debt.onset.edges.unemployed
  bool unverified = false;  ///< a row it cites is published, but was not checked against the publication
};

/// States and events that sim/events/ acts on, found by name; -1 if the model has none.
struct Roles {
  int death = -1, giving_birth = -1, partnering = -1, separating = -1, leaving_home = -1, moving = -1,
      leaving_city = -1;  ///< events
  int separated = -1, bereaved = -1, low_income = -1, problem_debt = -1, unemployed = -1, disabled = -1, inactive = -1,
      poor_housing = -1, depressed = -1, lonely = -1, smoking = -1;  ///< states
};

/// A level: a factor on one state's onset, solved so that its prevalence at the start is the published one.
struct PrevalenceTarget {
  int state = -1;
  std::string outcome;  ///< id of the outcome that must meet the target
  double share = 0;     ///< published prevalence [share of the outcome's population]
  std::string evidence;
};

/// A model, compiled. Shared read-only by all runs of a scenario.
struct Model {
  std::string id, title;
  std::vector<State> states;  ///< in order of draw; position = bit
  std::vector<Group> groups;
  std::array<Matrix, kLevelsOfUnits> matrix;  ///< by Level
  ResponseMatrix responses;
  Tariff tariff;
  Stress stress;
  std::vector<Outcome> outcomes;
  std::vector<PrevalenceTarget> targets;
  std::vector<Parameter> parameters;
  std::vector<Edge> edges;
  Roles roles;
  StateMask absent;  ///< nobody has them: not at the start, not on arrival, and none of them begins (sim/attribute)
  std::vector<std::string> months_slot_names;   ///< [slot] state
  std::map<std::string, std::string> evidence;  ///< id -> one line: statement, source, kind (travels in results)
  std::string model_yaml, evidence_text;        ///< the files as read, for provenance
  double spectral_radius = 0;                   ///< of the linearised gain among states
  double share_assumed = 0;                     ///< edges that are assumptions / all edges
  double share_assumed_or_unverified = 0;       ///< edges that are assumptions or unverified / all edges
  int evidence_used = 0;                        ///< evidence rows that a number of the model cites
  std::vector<std::string>
      evidence_unverified;  ///< of these, published but not checked against the publication; sorted

  /// Position of a state, or -1.
  int state(const std::string& name) const {
    for (std::size_t i = 0; i < states.size(); ++i)
      if (states[i].name == name) return static_cast<int>(i);
    return -1;
  }
};

}  // namespace sleutel
