#include "sim/model/model_keys.h"

namespace sleutel {
namespace {

constexpr Presence must = Presence::required;
constexpr Presence may = Presence::optional;

constexpr Range kAny{};
constexpr Range kAboveZero{.above = 0};
constexpr Range kFraction{.min = 0, .max = 1};
constexpr Range kRatioRange{.max = 1000, .above = 0};
constexpr Range kDrawRange{.min = 0, .max = 9999};
constexpr Range kIndexRange{.min = -1000, .max = 1000};
constexpr Range kPoints{.min = 0, .max = 15};

constexpr std::string_view kDomains = "family|money|work|housing|school|social|care|behaviour|health|place";
constexpr std::string_view kLevels = "resident|household|couple";
constexpr std::string_view kNote = "Words for the reader; nothing is made of them.";
constexpr std::string_view kEvidence =
    "Id, or list of ids, of rows in scenarios/evidence/: no number without evidence.";
constexpr std::string_view kLabel = "The name in English and Dutch.";
constexpr std::string_view kDraw = "Permanent number of its random draws: the next free one, never used again.";
constexpr std::string_view kLevel = "Whose state it is: of a resident (if left out), a household or a couple.";
constexpr std::string_view kVisible = "Partners who may see that somebody has it.";
constexpr std::string_view kApplies = "Who may get it; others never do, but may still lose it.";
constexpr std::string_view kNeeds = "States, traits or derived predictors that must be on for it to happen.";
constexpr std::string_view kForbidden = "States, traits or derived predictors that must be off for it to happen.";
constexpr std::string_view kRate = "How often it happens [1/year]: a value, values, or a table, with evidence.";
constexpr std::string_view kChance = "In place of per_year: a chance over some years, which becomes a rate.";
constexpr std::string_view kLocal = "A factor on the rate of this city alone, with its evidence.";
constexpr std::string_view kEdges = "What changes the rate: predictor, or `a + b` for both at once, and its effect.";
constexpr std::string_view kDesign = "Factor on the log hazard ratio of studies of this design.";

const std::vector<ModelKey> kWhole = {
    {"model", "model", "text", must, kAny, "The id of the model."},
    {"model", "title", "text", must, kAny, "The model in one line."},
    {"model", "partners", "words", may, kAny, "Who delivers programmes, or may see that somebody has a state."},
    {"model", "stress", "@stress", may, kAny, "How stress wears off, and what makes it heavier or lighter."},
    {"model", "shrink", "@shrink", may, kAny, "How far published effects are shrunk, by the design of the study."},
    {"model", "predictors", "{@predictor}", may, kAny, "Predictors with levels: loads, support, shares of others."},
    {"model", "derived", "{@at_least,@duration,@partner_has,@parent_has,@both_have}", may, kAny,
     "Predictors that are on or off, made from states."},
    {"model", "groups", "{@group}", may, kAny, "States of which a resident has exactly one."},
    {"model", "states", "{@state}", must, kAny, "What a resident, household or couple may be in, on or off."},
    {"model", "events", "{@event}", may, kAny, "Life events: a rate here, what follows in sim/events/."},
    {"model", "responses", "{@response}", may, kAny, "Answers and scores, linear in states and loads."},
    {"model", "tariff", "@tariff", may, kAny, "What the five dimensions of EQ-5D are worth."},
    {"model", "outcomes", "{@outcome}", may, kAny, "What is counted, compared and printed."},
    {"model", "targets", "[@target]", may, kAny, "Published prevalences that win over published inflows."},
    {"label", "en", "text", must, kAny, "In English."},
    {"label", "nl", "text", must, kAny, "In Dutch."},
    {"stress", "half_life_fast", "@half_life", must, kAny, "In which the fast load halves."},
    {"stress", "half_life_slow", "@half_life", must, kAny, "In which the slow load halves."},
    {"stress", "adversity_amplifier", "@amplifier", must, kAny,
     "How much more stress weighs after adversity as a child."},
    {"stress", "mastery_buffer", "@share", must, kAny, "Share of a shock that full mastery takes off."},
    {"stress", "support_buffer", "@share", must, kAny, "Share of a shock that full support takes off."},
    {"half_life", "months", "number", must, {.min = 0.05, .max = 600}, "Unit: months."},
    {"half_life", "evidence", "words", must, kAny, kEvidence},
    {"half_life", "note", "text", may, kAny, kNote},
    {"amplifier", "value", "number", must, {.min = 0, .max = 10}, "s in the factor 1 + s x min(adversity, 3) / 3."},
    {"amplifier", "evidence", "words", must, kAny, kEvidence},
    {"amplifier", "note", "text", may, kAny, kNote},
    {"share", "value", "number", must, kFraction, "Unit: share."},
    {"share", "evidence", "words", must, kAny, kEvidence},
    {"share", "note", "text", may, kAny, kNote},
    {"shrink", "trial", "number", must, {.min = 0, .max = 2}, kDesign},
    {"shrink", "within", "number", must, {.min = 0, .max = 2}, kDesign},
    {"shrink", "cohort", "number", must, {.min = 0, .max = 2}, kDesign},
    {"shrink", "cross_sectional", "number", must, {.min = 0, .max = 2}, kDesign},
    {"shrink", "evidence", "words", must, kAny, kEvidence},
    {"shrink", "note", "text", may, kAny, kNote},
    {"predictor", "source", "stress_fast|stress_slow|mastery|support|friends_have|place_has|household_has", must, kAny,
     "What it measures."},
    {"predictor", "states", "words", may, kAny, "Of a share: the states that the others are in."},
    {"predictor", "unit", "text", must, kAny, "Of one step of its value, in words."},
    {"predictor", "step", "number", may, kAboveZero, "Between two levels [its unit]; a share goes by 1/32."},
    {"predictor", "levels", "whole", must, {.min = 2, .max = 64}, "How many levels there are, with the lowest."},
    {"predictor", "note", "text", may, kAny, kNote},
    {"at_least", "at_least", "whole", must, {.min = 1, .max = 128}, "On if so many of the states are on."},
    {"at_least", "of", "words", must, kAny, "The states that are counted."},
    {"at_least", "note", "text", may, kAny, kNote},
    {"duration", "duration", "words", must, kAny, "On while this state has lasted from `from` to `until` months."},
    {"duration", "from", "whole", may, {.min = 0, .max = 255}, "Unit: months; 0 if left out."},
    {"duration", "until", "whole", may, {.min = 1, .max = 256}, "Unit: months; for ever if left out."},
    {"duration", "note", "text", may, kAny, kNote},
    {"partner_has", "partner_has", "words", must, kAny, "On if the partner is in one of these states."},
    {"partner_has", "note", "text", may, kAny, kNote},
    {"parent_has", "parent_has", "words", must, kAny, "On if a parent in the household is in one of these states."},
    {"parent_has", "note", "text", may, kAny, kNote},
    {"both_have", "both_have", "words", must, kAny, "On if both partners are in one of these states."},
    {"both_have", "note", "text", may, kAny, kNote},
    {"group", "rest", "text", must, kAny, "The member that a resident is in when in none of the others."},
    {"group", "draw", "whole", must, kDrawRange, kDraw},
    {"group", "members", "words", must, kAny, "The other members, each a state."},
    {"group", "label", "@label", may, kAny, "The name of the rest member in English and Dutch."},
    {"group", "note", "text", may, kAny, kNote},
};

const std::vector<ModelKey> kStates = {
    {"state", "label", "@label", must, kAny, kLabel},
    {"state", "kind", "stressor|condition|behaviour|situation|mood|history", must, kAny, "What kind of state it is."},
    {"state", "domain", kDomains, may, kAny, "The part of life it belongs to; a history needs none."},
    {"state", "level", kLevels, may, kAny, kLevel},
    {"state", "draw", "whole", must, kDrawRange, kDraw},
    {"state", "visible_to", "words", may, kAny, kVisible},
    {"state", "applies_to", "@applies_to", may, kAny, kApplies},
    {"state", "class", "{@class}", may, kAny, "One attribute with two classes, drawn when the state begins."},
    {"state", "duration", "flag", may, kAny, "Whether the months since it began are kept."},
    {"state", "onset", "@transition", may, kAny, "How it begins."},
    {"state", "end", "@transition", may, kAny, "How it ends."},
    {"state", "marks", "@marks", may, kAny, "The history that it leaves behind."},
    {"state", "stress", "@points", may, kAny, "The stress that it gives."},
    {"state", "note", "text", may, kAny, kNote},
    {"event", "label", "@label", may, kAny, kLabel},
    {"event", "domain", kDomains, may, kAny, "The part of life it belongs to."},
    {"event", "level", kLevels, may, kAny, kLevel},
    {"event", "draw", "whole", must, kDrawRange, kDraw},
    {"event", "visible_to", "words", may, kAny, kVisible},
    {"event", "applies_to", "@applies_to", may, kAny, kApplies},
    {"event", "per_year", "@rate", may, kAny, kRate},
    {"event", "probability", "@chance", may, kAny, kChance},
    {"event", "local_factor", "@factor", may, kAny, kLocal},
    {"event", "needs", "words", may, kAny, kNeeds},
    {"event", "forbidden_by", "words", may, kAny, kForbidden},
    {"event", "edges", "{@edge}", may, kAny, kEdges},
    {"event", "note", "text", may, kAny, kNote},
    {"applies_to", "life_stage", "words", may, kAny, "Life stages, such as adult."},
    {"applies_to", "age", "ages", may, kAny, "Ages [from, until] in completed years, until not included."},
    {"applies_to", "any", "words", may, kAny, "States, or one trait, of which one must be on."},
    {"applies_to", "none", "words", may, kAny, "States or traits that must be off."},
    {"class", "*", "number", must, kFraction, "Share of this class among those in whom the state begins."},
    {"class", "evidence", "words", must, kAny, kEvidence},
    {"class", "note", "text", may, kAny, kNote},
    {"marks", "on_begin", "text", may, kAny, "The history state that is set when it begins."},
    {"marks", "on_end", "text", may, kAny, "The history state that is set when it ends."},
    {"points", "fast", "number", may, kPoints, "Points of the fast load when it begins."},
    {"points", "slow", "number", may, kPoints, "Points of the slow load when it begins."},
    {"points", "holds", "number", may, kFraction, "Share of the points that is kept up while it lasts."},
    {"points", "evidence", "words", must, kAny, kEvidence},
    {"points", "note", "text", may, kAny, kNote},
    {"transition", "per_year", "@rate", may, kAny, kRate},
    {"transition", "probability", "@chance", may, kAny, kChance},
    {"transition", "local_factor", "@factor", may, kAny, kLocal},
    {"transition", "needs", "words", may, kAny, kNeeds},
    {"transition", "forbidden_by", "words", may, kAny, kForbidden},
    {"transition", "edges", "{@edge}", may, kAny, kEdges},
    {"transition", "note", "text", may, kAny, kNote},
    {"rate", "value", "number", may, {.min = 0, .max = 1000}, "One rate for all [1/year]."},
    {"rate", "by", "words", may, kAny, "What values or table are split by: age, sex, income_group ..."},
    {"rate", "values", "values", may, kAny, "A rate [1/year] for each value of `by`, one depth of braces per column."},
    {"rate", "table", "text", may, kAny, "Name of a file tables/<name>.csv with the columns of `by` and per_year."},
    {"rate", "evidence", "words", must, kAny, kEvidence},
    {"rate", "note", "text", may, kAny, kNote},
    {"chance", "value", "number", may, {.min = 0, .max = 0.999999}, "One chance for all."},
    {"chance", "by", "words", may, kAny, "What values or table are split by: age, sex, income_group ..."},
    {"chance", "values", "values", may, kAny, "A chance for each value of `by`, one depth of braces per column."},
    {"chance", "table", "text", may, kAny,
     "Name of a file tables/<name>.csv with the columns of `by` and probability."},
    {"chance", "years", "number", must, kAboveZero, "The years that the chance is over."},
    {"chance", "evidence", "words", must, kAny, kEvidence},
    {"chance", "note", "text", may, kAny, kNote},
    {"factor", "value", "number", must, kAboveZero, "The factor."},
    {"factor", "evidence", "words", must, kAny, kEvidence},
    {"factor", "note", "text", may, kAny, kNote},
    {"edge", "hazard_ratio", "number", may, kRatioRange, "As published (HR or IRR)."},
    {"edge", "odds_ratio", "number", may, kRatioRange, "As published; it needs baseline_risk and window_years."},
    {"edge", "relative_risk", "number", may, kRatioRange, "As published; it needs baseline_risk and window_years."},
    {"edge", "d", "number", may, {.min = -5, .max = 5}, "Standardised mean difference, as published."},
    {"edge", "evidence", "words", must, kAny, kEvidence},
    {"edge",
     "baseline_risk",
     "number",
     may,
     {.max = 0.999999, .above = 0},
     "Chance without the cause over the window."},
    {"edge", "window_years", "number", may, kAboveZero, "Years that the published measure is over."},
    {"edge", "baseline_from", "text", may, kAny, "Another evidence row with baseline_risk and window_years."},
    {"edge", "share", "number", may, {.max = 1, .above = 0}, "Share of the log hazard ratio that acts here."},
    {"edge", "transferred", "text", may, kAny, "Why a row of another outcome or measure is used here."},
    {"edge", "per", "per", may, kAny, "Of a predictor with levels: point, full, share, or {value: 8, unit: 1/32}."},
    {"edge", "note", "text", may, kAny, kNote},
};

const std::vector<ModelKey> kOutputs = {
    {"response", "label", "@label", may, kAny, kLabel},
    {"response", "unit", "text", must, kAny, "Of its index."},
    {"response", "latent", "@latent", may, kAny, "The fixed personal position of each resident."},
    {"response", "base", "@base", must, kAny, "The index without anything that adds to it."},
    {"response", "edges", "{@addition}", may, kAny, "What adds to the index: predictor and how much."},
    {"response", "cuts", "@cuts", may, kAny, "An ordered answer: where the index passes to the next level."},
    {"response", "range", "numbers", may, kIndexRange, "A continuous score: its lowest and highest value."},
    {"response", "assumption", "flag", may, kAny, "Whether every page that shows it says that it is an assumption."},
    {"response", "note", "text", may, kAny, kNote},
    {"latent", "slot", "whole", must, {.min = 0, .max = 7}, "Permanent number of the position, shared or its own."},
    {"latent", "sd", "number", must, {.min = 0, .max = 100}, "Standard deviation [unit of the response]."},
    {"latent", "evidence", "words", may, kAny, kEvidence},
    {"latent", "note", "text", may, kAny, kNote},
    {"base", "value", "number", may, kIndexRange, "One index for all."},
    {"base", "by", "words", may, kAny, "What values or table are split by."},
    {"base", "values", "values", may, kAny, "An index for each value of `by`."},
    {"base", "table", "text", may, kAny, "Name of a file tables/<name>.csv with the columns of `by` and index."},
    {"base", "evidence", "words", must, kAny, kEvidence},
    {"base", "note", "text", may, kAny, kNote},
    {"addition", "add", "number", must, kIndexRange, "What it adds to the index [unit of the response]."},
    {"addition", "per", "per", may, kAny, "Of a predictor with levels: point, full, share, or {value: 8, unit: 1/32}."},
    {"addition", "evidence", "words", must, kAny, kEvidence},
    {"addition", "note", "text", may, kAny, kNote},
    {"cuts", "values", "numbers", must, kIndexRange, "Rising numbers, one fewer than there are levels."},
    {"cuts", "evidence", "words", must, kAny, kEvidence},
    {"cuts", "note", "text", may, kAny, kNote},
    {"tariff", "table", "text", must, kAny, "Name of a file tables/<name>.csv with dimension, level and utility."},
    {"tariff", "evidence", "words", must, kAny, kEvidence},
    {"tariff", "note", "text", may, kAny, kNote},
    {"outcome", "of", "@of_any,@of_within_year,@of_response,@of_utility,@of_begin,@of_flow", must, kAny,
     "What is counted."},
    {"outcome", "population", "@population", must, kAny, "Among whom."},
    {"outcome", "print", "@print", must, kAny, "How it is printed."},
    {"outcome", "matters", "number", must, kAboveZero, "Smallest difference that matters [as printed]."},
    {"outcome", "label", "@label", must, kAny, kLabel},
    {"outcome", "higher_is_better", "flag", may, kAny, "Whether more of it is better."},
    {"outcome", "gap", "flag", may, kAny, "Whether the gap between income fifths is an outcome too."},
    {"outcome", "assumption", "flag", may, kAny, "Whether every page that shows it says that it is an assumption."},
    {"outcome", "definition", "text", may, kAny, "What is counted, in a sentence that travels with the results."},
    {"outcome", "note", "text", may, kAny, kNote},
    {"outcome", "years", "@years", may, kAny, "The healthy life expectancy that it gives; of an outcome of all ages."},
    {"years", "id", "text", must, kAny, "Its name among the measures, such as years_in_good_health."},
    {"years", "lived", "with|without", must, kAny, "Whether the healthy years are those with the outcome, or without."},
    {"years", "label", "@label", must, kAny, kLabel},
    {"years", "matters", "number", must, kAboveZero, "Smallest difference that matters [years]."},
    {"of_any", "any", "words", must, kAny, "In one of these states."},
    {"of_within_year", "within_year", "text", must, kAny, "In this state at any time in the past twelve months."},
    {"of_within_year", "history", "text", may, kAny, "The history state that it leaves behind."},
    {"of_response", "response", "text", must, kAny, "The mean of this response, or the share from a level on."},
    {"of_response", "from", "whole", may, {.min = 0, .max = 100}, "The lowest level that counts."},
    {"of_utility", "utility", "eq5d", must, kAny, "The value of the EQ-5D answers by the tariff."},
    {"of_begin", "begin", "text", must, kAny, "Beginnings of this state, per year."},
    {"of_flow", "flow", "deaths|births|moves_in|moves_out", must, kAny, "A flow of the city, per year."},
    {"population", "age", "ages", may, kAny, "Ages [from, until] in completed years, until not included."},
    {"population", "households", "flag", may, kAny, "Private households without students, instead of persons."},
    {"population", "label", "@label", must, kAny, kLabel},
    {"print", "unit", "text", must, kAny, "As printed: per 1,000, %, (0-10)."},
    {"print", "scale", "number", must, kAboveZero, "Factor from the share or mean to what is printed."},
    {"print", "decimals", "whole", must, {.min = 0, .max = 6}, "Decimals in print."},
    {"target", "state", "text", must, kAny, "The state whose onset gets a level."},
    {"target", "outcome", "text", must, kAny, "The outcome that must have the published share."},
    {"target", "share", "number", must, kFraction, "The published prevalence."},
    {"target", "evidence", "words", must, kAny, kEvidence},
    {"target", "note", "text", may, kAny, kNote},
};

const std::vector<ModelKey> kProgramme = {
    {"programme", "name", "@label", must, kAny, "Its name in English and Dutch."},
    {"programme", "about", "@label", must, kAny, "What it does, in a sentence, in English and Dutch."},
    {"programme", "domain", kDomains, must, kAny, "The part of life it works on."},
    {"programme", "partner", "text", must, kAny, "Who delivers it: one of the words in visible_to of states."},
    {"programme", "draw", "whole", must, kDrawRange, kDraw},
    {"programme", "who", "@who", must, kAny, "Who may take part."},
    {"programme", "hypothetical", "flag", may, kAny, "Whether it asks for a state that its partner cannot see."},
    {"programme", "uptake", "@share", must, kAny, "Share of those reached who join."},
    {"programme", "months", "whole", may, {.min = 1, .max = 255}, "How long taking part lasts. Unit: months."},
    {"programme", "while_eligible", "flag", may, kAny, "In place of months: as long as somebody is eligible."},
    {"programme", "stops", "@stops", may, kAny, "How many stop before the end; nobody, if left out."},
    {"programme", "capacity", "@capacity", may, kAny, "How many can take part at once; no limit, if left out."},
    {"programme", "waiting", "first_come|most_in_need|random", may, kAny,
     "Who gets a place that is free: first_come, if left out. Need is counted in stressors that the partner may see."},
    {"programme", "effect", "effect", must, kAny,
     "Transitions and what it does to each, with evidence; none; or unknown, if nobody has measured it."},
    {"programme", "assume", "{@assumed}", may, kAny,
     "With effect: unknown: what is assumed, until a scenario says else."},
    {"programme", "cost", "@cost", must, kAny, "What it costs."},
    {"programme", "pays", "pays", may, kAny,
     "Who pays, or shares of the bill such as {municipality: 0.6, health_insurer: 0.4}; the municipality, if left "
     "out."},
    {"programme", "note", "text", may, kAny, kNote},
    {"who", "any", "words", may, kAny, "States or traits of which one must be on."},
    {"who", "all", "words", may, kAny, "States or traits that must all be on."},
    {"who", "none", "words", may, kAny, "States or traits that must be off."},
    {"who", "age", "ages", may, kAny, "Ages [from, until] in completed years, until not included."},
    {"who", "districts", "words", may, kAny, "Names of districts; all if left out."},
    {"assumed", "hazard_ratio", "number", must, kRatioRange, "The effect that is assumed."},
    {"assumed", "low", "number", must, kRatioRange, "Lower end of the interval held possible; it includes 1."},
    {"assumed", "high", "number", must, kRatioRange, "Upper end of the interval held possible; it includes 1."},
    {"assumed", "note", "text", may, kAny, kNote},
    {"stops", "per_month", "number", must, kFraction, "Chance to stop. Unit: per month of taking part."},
    {"stops", "evidence", "words", must, kAny, kEvidence},
    {"stops", "note", "text", may, kAny, kNote},
    {"capacity", "places", "whole", may, {.min = 1, .max = 1e6}, "How many take part at once, at most."},
    {"capacity", "caseworkers", "number", may, {.max = 10000, .above = 0}, "In place of places: full-time workers ..."},
    {"capacity", "caseload", "whole", may, {.min = 1, .max = 10000}, "... and how many each of them has at once."},
    {"capacity", "evidence", "words", must, kAny, kEvidence},
    {"capacity", "note", "text", may, kAny, kNote},
    {"cost", "per_participant", "number", may, {.min = 0, .max = 1e7}, "Once, for each who starts. Unit: EUR."},
    {"cost", "per_month", "number", may, {.min = 0, .max = 1e7}, "For each who takes part. Unit: EUR per month."},
    {"cost",
     "fixed_per_year",
     "number",
     may,
     {.min = 0, .max = 1e9},
     "While it is offered, whoever takes part. Unit: EUR per year."},
    {"cost", "price_year", "whole", must, {.min = 1990, .max = 2100}, "The year of these prices."},
    {"cost", "evidence", "words", must, kAny, kEvidence},
    {"cost", "note", "text", may, kAny, kNote},
};

std::vector<ModelKey> joined() {
  std::vector<ModelKey> all = kWhole;
  for (const auto* part : {&kStates, &kOutputs, &kProgramme}) all.insert(all.end(), part->begin(), part->end());
  return all;
}

}  // namespace

const std::vector<ModelKey>& model_keys() {
  static const std::vector<ModelKey> all = joined();
  return all;
}

const std::vector<OneOfKeys>& one_of_keys() {
  static const std::vector<OneOfKeys> all = {
      {"transition", {"per_year", "probability"}},
      {"event", {"per_year", "probability"}},
      {"rate", {"value", "values", "table"}},
      {"chance", {"value", "values", "table"}},
      {"base", {"value", "values", "table"}},
      {"edge", {"hazard_ratio", "odds_ratio", "relative_risk", "d"}},
      {"response", {"cuts", "range"}},
  };
  return all;
}

}  // namespace sleutel
