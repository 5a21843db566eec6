#pragma once
/// \file
/// A model file as written: plain structures with places, before names are resolved and numbers compiled. Made by
/// parse_model.h, turned into a Model by compile.h.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/model/conversion.h"
#include "sleutel/model.h"

namespace sleutel::source {

/// Where something stands, for messages.
struct Place {
  std::string file;
  int line = 0, column = 0;
  std::string where;  ///< path of the key, such as states.problem_debt.onset
};

/// A word and its place.
struct Word {
  std::string text;
  Place place;
};

/// A number with what it stands on. `value` is already what a scenario's `set:` made of it.
struct Number {
  double value = 0;
  std::vector<std::string> evidence;
  Place place;
};

/// A base table: values by categories, written inline or in a table file.
struct Table {
  std::vector<Word> by;  ///< columns, in order as written
  struct Row {
    std::vector<std::string> keys;  ///< one per entry of `by`
    double value = 0;
    Place place;
  };
  std::vector<Row> rows;
  std::vector<std::string> evidence;
  Place place;
};

/// The rate of a transition [1/year].
struct Rate {
  Table table;        ///< already rates, without the factors
  double factor = 1;  ///< per_year as a parameter, times local_factor
};

/// What one unit of a quantised predictor is in an edge.
struct Per {
  bool given = false;
  bool full = false;  ///< from the lowest to the highest level
  double amount = 1;
  std::string unit;
  Place place;
};

/// One edge as written.
struct Edge {
  Word predictor;
  Measure measure = Measure::hazard_ratio;
  bool has_value = false;
  double value = 1;    ///< as published, after `set:`
  double written = 1;  ///< as published, in the file
  int decimals = 0;    ///< digits written behind the point
  std::vector<std::string> evidence;
  std::optional<double> baseline_risk, window_years;
  std::string baseline_from;  ///< evidence row
  double share = 1;
  std::string transferred;  ///< why a row of something else is used
  Per per;
  std::string path;
  Place place;
};

struct Transition {
  bool given = false;
  Rate rate;
  std::vector<Word> needs, forbidden_by;
  std::vector<Edge> edges;
  Place place;
};

/// For whom a state may begin.
struct AppliesTo {
  std::uint8_t stages = 0xff;          ///< bit = LifeStage
  int age_from = 0, age_until = 1000;  ///< completed years
  std::vector<Word> any, none;
};

struct State {
  Word name;
  std::string label_en, label_nl;
  StateKind kind = StateKind::stressor;
  std::string domain;
  Level level = Level::resident;
  int draw = -1;
  std::vector<std::string> visible_to;
  AppliesTo applies_to;
  std::string class_attribute;
  std::vector<std::string> class_names;
  double class_share = 0;
  bool duration = false;
  Transition onset, end;
  Word marks_on_begin, marks_on_end;  ///< empty text: none
  double stress_fast = 0, stress_slow = 0, stress_holds = 0;
  std::vector<std::string> stress_evidence;
};

struct Group {
  Word name, rest;
  std::string label_en, label_nl;  ///< of the rest member
  int draw = -1;
  std::vector<Word> members;
};

/// A derived predictor as declared.
struct Derived {
  Word name;
  DerivedKind kind = DerivedKind::at_least;
  std::vector<Word> of;
  int count = 0, from_month = 0, until_month = 0;
};

struct Predictor {
  Word name;
  LevelPredictor level;  ///< without its mask
  std::vector<Word> states;
};

/// What a predictor adds to the index of a response.
struct Addition {
  Word predictor;
  double add = 0;      ///< after `set:`
  double written = 0;  ///< in the file
  std::vector<std::string> evidence;
  std::string kind;  ///< of what it stands on
  Per per;
  std::string path;
};

struct ResponseSource {
  Word name;
  Response response;
  Table base;
  std::vector<Addition> edges;
};

struct OutcomeSource {
  Word name;
  Outcome outcome;
  std::vector<Word> any;  ///< states of a prevalence
  Word state, history, response;
};

struct Target {
  Word state, outcome;
  double share = 0;
  std::string evidence;
};

/// Factors on the log hazard ratio by design class.
struct Shrink {
  std::map<std::string, double> by_design{
      {"trial", 1}, {"within", 1}, {"cohort", 1}, {"cross_sectional", 1}, {"none", 1}};
};

struct Model {
  std::string id, title;
  Stress stress;
  Shrink shrink;
  std::vector<Predictor> predictors;
  std::vector<Derived> derived;
  std::vector<Group> groups;
  std::vector<State> states;  ///< with events and rest members; in order of draw once checked
  std::vector<ResponseSource> responses;
  Tariff tariff;
  std::vector<OutcomeSource> outcomes;
  std::vector<Target> targets;
  std::vector<Parameter> parameters;  ///< every number that can be set
};

}  // namespace sleutel::source
