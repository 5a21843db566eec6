// The small model, number by number. A doubling is 1,048,576; log2(1.5) = 0.5849625007.
#include <catch2/catch.hpp>

#include "sim/model/compile_matrix.h"
#include "sim/model/print_model.h"
#include "small_model.h"

using namespace sleutel;

namespace {

std::int32_t at(const Matrix& matrix, const std::vector<Lanes>& table, int row, int state) {
  const LanePlace lane = lane_of(matrix, state);
  REQUIRE(lane.vector >= 0);
  return table[static_cast<std::size_t>(row * matrix.vectors + lane.vector)].at[static_cast<std::size_t>(lane.lane)];
}

bool mask_at(const Matrix& matrix, const std::vector<std::uint16_t>& masks, int row, int state) {
  const LanePlace lane = lane_of(matrix, state);
  return ((masks[static_cast<std::size_t>(row * matrix.vectors + lane.vector)] >> lane.lane) & 1) != 0;
}

int derived_row(const Matrix& matrix, const std::string& name) {
  for (std::size_t bit = 0; bit < matrix.derived.size(); ++bit) {
    if (matrix.derived[bit].name == name) return kMaxStates + static_cast<int>(bit);
  }
  FAIL("no derived predictor " + name);
  return -1;
}

}  // namespace

TEST_CASE("states stand in order of draw, with bits, groups, slots, classes and marks") {
  const auto model = small::Copy().model();
  const std::vector<std::string> names = {"employed", "unemployed",   "inactive", "death",
                                          "lonely",   "problem_debt", "past_debt"};
  REQUIRE(model->states.size() == names.size());
  for (std::size_t i = 0; i < names.size(); ++i) CHECK(model->states[i].name == names[i]);
  REQUIRE(model->groups.size() == 1);
  CHECK(model->groups[0].rest == 0);
  CHECK(model->groups[0].members == std::vector<int>{1, 2});
  CHECK(model->states[0].is_rest);
  CHECK(model->states[4].months_slot == 0);
  CHECK(model->months_slot_names == std::vector<std::string>{"lonely"});
  CHECK(model->states[5].class_bit == 0);
  CHECK(model->states[5].class_share == 0.6F);
  CHECK(model->states[5].marks_on_end == 6);
  CHECK(model->states[1].stress_fast == 2048);
  CHECK(model->states[1].stress_slow == 1024);
  CHECK(model->stress.keep_fast == 16384);  // 2^-2
  CHECK(model->stress.keep_slow == 61147);  // 2^-0.1 x 65536 = 61146.8
  CHECK(model->roles.death == 3);
  CHECK(model->roles.lonely == 4);
  CHECK(model->roles.smoking == -1);
}

TEST_CASE("lanes stand in order of draw without gaps, rest members have none") {
  const auto model = small::Copy().model();
  const Matrix& matrix = model->matrix[0];
  REQUIRE(matrix.vectors == 1);
  CHECK(matrix.state_of[0][0] == 1);
  CHECK(matrix.state_of[0][1] == 2);
  CHECK(matrix.state_of[0][2] == 3);
  CHECK(matrix.state_of[0][3] == 4);
  CHECK(matrix.state_of[0][4] == -1);
  CHECK(matrix.live[0] == 0b1111);
  CHECK(lane_of(matrix, 0).vector == -1);
  CHECK(model->matrix[1].vectors == 1);
  CHECK(model->matrix[2].vectors == 0);
}

TEST_CASE("rates become logs to base 2, and a rate of 0 closes the cell") {
  const auto model = small::Copy().model();
  const Matrix& matrix = model->matrix[0];
  CHECK(matrix.cells == 222);
  CHECK(at(matrix, matrix.base_begin, 30 * 2 + 0, 4) == -3 * kLogUnit);  // 1/8
  CHECK(at(matrix, matrix.base_begin, 30 * 2 + 1, 4) == -2 * kLogUnit);
  CHECK(at(matrix, matrix.base_begin, 110 * 2, 4) == -kLogUnit);
  CHECK(at(matrix, matrix.base_end, 30 * 2, 4) == -2 * kLogUnit);
  CHECK(mask_at(matrix, matrix.closed_begin, 17 * 2, 4));
  CHECK_FALSE(mask_at(matrix, matrix.closed_begin, 18 * 2, 4));
  CHECK(mask_at(matrix, matrix.closed_begin, 67 * 2, 1));  // unemployed: [18, 67]
  CHECK_FALSE(mask_at(matrix, matrix.closed_end, 67 * 2, 1));
  CHECK(mask_at(matrix, matrix.closed_end, 40 * 2, 3));  // death does not end
  // a chance of one half in two years: -ln(0.5) / 2 = 0.34657 a year = 2^-1.52877
  CHECK(at(matrix, matrix.base_end, 40 * 2, 2) == -1603028);
}

TEST_CASE("cells of a household: income group and class") {
  const auto model = small::Copy().model();
  const Matrix& matrix = model->matrix[1];
  REQUIRE(matrix.attributes.size() == 2);
  CHECK(matrix.attributes[0].attribute == Attribute::income_group);
  CHECK(matrix.attributes[1].attribute == Attribute::class_bit);
  CHECK(matrix.attributes[1].state == 5);
  CHECK(matrix.cells == 222 * 12);
  const auto cell = [](int age, int sex, int group, int class_bit) {
    return ((age * 2 + sex) * 6 + group) * 2 + class_bit;
  };
  CHECK(at(matrix, matrix.base_begin, cell(30, 1, 0, 1), 5) == -4 * kLogUnit);
  CHECK(at(matrix, matrix.base_begin, cell(30, 1, 4, 0), 5) == -6 * kLogUnit);
  CHECK(at(matrix, matrix.base_end, cell(30, 1, 2, 0), 5) == kLogUnit);
  CHECK(at(matrix, matrix.base_end, cell(30, 1, 2, 1), 5) == -3 * kLogUnit);
  CHECK(mask_at(matrix, matrix.closed_begin, cell(30, 1, 5, 0), 5));
  CHECK(mask_at(matrix, matrix.closed_begin, cell(17, 0, 0, 0), 5));
}

TEST_CASE("edges are converted, shrunk by design, and rounded once") {
  const auto model = small::Copy().model();
  const Matrix& matrix = model->matrix[0];
  CHECK(at(matrix, matrix.edge_begin, 1, 4) == kLogUnit / 2);  // HR 2, cohort: half of a doubling
  CHECK(at(matrix, matrix.edge_end, 4, 1) == -kLogUnit / 2);   // the inverse of a row, on an end
  CHECK(at(matrix, matrix.edge_begin, 4, 3) == kLogUnit / 2);  // death
  // OR 2 on 0.2: HR = ln(2/3) / ln(0.8) = 1.817060, log2 = 0.861606; half: 451730
  CHECK(at(matrix, matrix.edge_begin, 5, 4) == 451730);
  CHECK(at(matrix, matrix.edge_begin, derived_row(matrix, "male + unemployed"), 4) == kLogUnit / 2);
  CHECK(at(matrix, matrix.edge_begin, derived_row(matrix, "two_of_three"), 4) == 613378);  // a trial is not shrunk
  CHECK(at(matrix, matrix.edge_begin, 6, 4) == 0);
  // households: RR 1.5 with the baseline 0.2 of another row: HR = ln(0.7) / ln(0.8) = 1.598411; log2 = 0.676639; half
  CHECK(at(model->matrix[1], model->matrix[1].edge_begin, 1, 5) == 354753);
}

TEST_CASE("a quantised predictor has a row per level, each rounded once") {
  const auto model = small::Copy().model();
  const Matrix& matrix = model->matrix[0];
  REQUIRE(matrix.level_predictors.size() == 2);
  CHECK(matrix.level_predictors[0].name == "friends.lonely");
  CHECK(matrix.level_predictors[0].mask.test(4));
  CHECK(matrix.level_first_row == std::vector<int>{192, 225});
  CHECK(matrix.rows == 258);
  CHECK(at(matrix, matrix.edge_begin, 192, 4) == 0);
  CHECK(at(matrix, matrix.edge_begin, 192 + 16, 4) == kLogUnit);  // half of the friends, HR 4 for all
  CHECK(at(matrix, matrix.edge_begin, 225 + 1, 4) == 153344);     // a quarter of a point at 1.5 per point
  CHECK(at(matrix, matrix.edge_begin, 225 + 32, 4) == 4907021);   // 8 points: 4907021.1
}

TEST_CASE("needs, forbidden_by and applies_to become masks") {
  const auto model = small::Copy().model();
  const Matrix& residents = model->matrix[0];
  CHECK(mask_at(residents, residents.forbid_begin, 1, 2));
  CHECK_FALSE(mask_at(residents, residents.forbid_begin, 1, 4));
  const Matrix& households = model->matrix[1];
  CHECK(mask_at(households, households.require_begin, derived_row(households, "any of lonely, unemployed"), 5));
  CHECK(mask_at(households, households.forbid_begin, derived_row(households, "institution"), 5));
  CHECK_FALSE(mask_at(households, households.require_end, derived_row(households, "any of lonely, unemployed"), 5));
  CHECK((residents.state_rows[0] & 0x7f) == 0x32);  // unemployed (1), lonely (4), problem_debt (5)
}

TEST_CASE("derived predictors: traits before declared ones before pairs") {
  const auto model = small::Copy().model();
  const Matrix& matrix = model->matrix[0];
  const Derived& pair = matrix.derived.back();
  CHECK(pair.name == "male + unemployed");
  CHECK(pair.kind == DerivedKind::pair);
  CHECK(pair.mask.test(1));
  CHECK(pair.derived_mask == std::uint64_t{1} << (derived_row(matrix, "male") - kMaxStates));
  const Derived& duration =
      matrix.derived[static_cast<std::size_t>(derived_row(matrix, "lonely_over_a_year") - kMaxStates)];
  CHECK(duration.which == 4);
  CHECK(duration.from_month == 12);
  CHECK(duration.until_month == 256);
}

TEST_CASE("responses, outcomes and targets") {
  const auto model = small::Copy().model();
  const ResponseMatrix& responses = model->responses;
  REQUIRE(responses.responses.size() == 1);
  CHECK(responses.responses[0].latent == 1);
  CHECK(responses.responses[0].cuts == std::vector<float>{0, 1});
  CHECK(responses.base[39 * 2].at[0] == kIndexUnit);
  CHECK(responses.base[40 * 2 + 1].at[0] == kIndexUnit / 2);
  CHECK(responses.rows[4].at[0] == -kIndexUnit / 4);
  CHECK(responses.rows[225 + 4].at[0] == -kIndexUnit / 2);  // one point
  REQUIRE(model->outcomes.size() == 2);
  CHECK(model->outcomes[0].mask.test(5));
  CHECK(model->outcomes[1].response == 0);
  REQUIRE(model->targets.size() == 1);
  CHECK(model->targets[0].share == 0.09);
}

TEST_CASE("the share of assumptions counts edges of transitions and of responses") {
  const auto model = small::Copy().model();
  CHECK(model->edges.size() == 11);
  CHECK(model->share_assumed == Approx(1.0 / 13));
  CHECK(model->share_assumed_or_unverified == Approx(3.0 / 13));  // two more stand on E-TRIAL
  CHECK(model->spectral_radius > 0);
  CHECK(model->spectral_radius < 1);
}

TEST_CASE("what was not checked against its publication is counted and marked") {
  const auto model = small::Copy().model();
  CHECK(model->evidence_used == 10);  // nothing cites E-D and E-SIGN
  CHECK(model->evidence_unverified == std::vector<std::string>{"E-TRIAL"});
  int unverified = 0;
  for (const Edge& edge : model->edges) {
    CHECK(edge.unverified == (edge.evidence == "E-TRIAL"));
    unverified += edge.unverified ? 1 : 0;
  }
  CHECK(unverified == 2);
  for (const std::string& form : {model_text(*model), model_page(*model)}) {
    CHECK(form.find("E-TRIAL (not verified)") != std::string::npos);
    CHECK(form.find("E-HR (not verified)") == std::string::npos);
    CHECK(form.find("1 of the 10 evidence rows used are not verified") != std::string::npos);
    CHECK(form.find("Assumptions: 7.7% of the edges; with those that stand on evidence that is not verified: 23.1%") !=
          std::string::npos);
  }
  CHECK(model_json(*model).find("\"evidence_used\": 10") != std::string::npos);
}

TEST_CASE("parameters are set by their paths") {
  const small::Copy copy;
  const auto model =
      copy.model({small::change("states.lonely.onset.edges.unemployed", 1),
                  small::change("states.lonely.onset.per_year", 2), small::change("states.lonely.end.per_year", 0.5),
                  small::change("stress.half_life_slow", 1), small::change("shrink.cohort", 1)});
  const Matrix& matrix = model->matrix[0];
  CHECK(at(matrix, matrix.edge_begin, 1, 4) == 0);
  CHECK(at(matrix, matrix.base_begin, 30 * 2, 4) == -2 * kLogUnit);  // a table's rate is a factor
  CHECK(at(matrix, matrix.base_end, 30 * 2, 4) == -kLogUnit);        // a single value is the rate
  CHECK(model->stress.keep_slow == 32768);
  CHECK(at(matrix, matrix.edge_begin, 4, 3) == kLogUnit);
}

TEST_CASE("every parameter of the list can be set, and an unknown one is a problem") {
  const small::Copy copy;
  const auto model = copy.model();
  REQUIRE(model->parameters.size() == 38);
  for (const Parameter& parameter : model->parameters) {
    INFO(parameter.path);
    CHECK(copy.problems_of([&] { copy.model({small::change(parameter.path, parameter.value)}); }).empty());
  }
  CHECK(copy.problems_of([&] { copy.model({small::change("stress.half_life_slwo", 3)}); }) ==
        "study.yaml:7: set.stress.half_life_slwo: unknown parameter \"stress.half_life_slwo\" | did you mean "
        "\"stress.half_life_slow\"?");
  CHECK(copy.problems_of([&] { copy.model({small::change("stress.mastery_buffer", 3)}); }) ==
        "study.yaml:7: set.stress.mastery_buffer: 3 (must be between 0 and 1)");
}

TEST_CASE("the order of the file changes nothing", "[law]") {
  small::Copy moved;
  std::string text = read_file(moved.path("model.yaml"));
  const auto lonely = text.find("  lonely:\n    label");
  const auto debt = text.find("  problem_debt:\n    label");
  const std::string block = text.substr(lonely, debt - lonely);
  text.erase(lonely, block.size());
  text.insert(text.find("  unemployed:\n    label"), block);
  std::ofstream(moved.path("model.yaml"), std::ios::binary) << text;
  const auto one = small::Copy().model();
  const auto other = moved.model();
  for (std::size_t level = 0; level < 3; ++level) {
    const Matrix& a = one->matrix[level];
    const Matrix& b = other->matrix[level];
    REQUIRE(a.rows == b.rows);
    const auto same = [](const std::vector<Lanes>& x, const std::vector<Lanes>& y) {
      return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                        [](const Lanes& p, const Lanes& q) { return p.at == q.at; });
    };
    CHECK(same(a.edge_begin, b.edge_begin));
    CHECK(same(a.edge_end, b.edge_end));
    CHECK(same(a.base_begin, b.base_begin));
    CHECK(same(a.base_end, b.base_end));
    CHECK(a.forbid_begin == b.forbid_begin);
    CHECK(a.require_begin == b.require_begin);
    CHECK(a.closed_begin == b.closed_begin);
  }
}

TEST_CASE("an inert state changes no other row", "[law]") {
  small::Copy more;
  more.replace(
      "model.yaml", "states:\n  unemployed:",
      "states:\n  inert:\n    label: {en: inert, nl: inert}\n    kind: stressor\n    domain: social\n    draw: 19\n"
      "    onset: {per_year: {value: 0.1, evidence: R-1}}\n    end: {per_year: {value: 1, evidence: R-1}}\n  "
      "unemployed:");
  const auto one = small::Copy().model();
  const auto other = more.model();
  CHECK(other->states[5].name == "inert");
  for (const char* name : {"unemployed", "inactive", "death", "lonely"}) {
    for (const char* predictor : {"unemployed", "lonely", "problem_debt"}) {
      CHECK(at(one->matrix[0], one->matrix[0].edge_begin, one->state(predictor), one->state(name)) ==
            at(other->matrix[0], other->matrix[0].edge_begin, other->state(predictor), other->state(name)));
    }
    for (int cell = 0; cell < 222; ++cell) {
      REQUIRE(at(one->matrix[0], one->matrix[0].base_begin, cell, one->state(name)) ==
              at(other->matrix[0], other->matrix[0].base_begin, cell, other->state(name)));
    }
  }
}

TEST_CASE("a new stressor needs no more than its own lines") {
  small::Copy more;
  more.replace(
      "model.yaml", "events:\n",
      "  arrears:\n    label: {en: arrears, nl: achterstand}\n    kind: stressor\n    domain: money\n    level: "
      "household\n"
      "    draw: 50\n    visible_to: [debt_office]\n    applies_to: {life_stage: [young_adult, adult, middle, older, "
      "oldest]}\n"
      "    class: {arrears_class: {rent: 0.5, energy: 0.5, evidence: R-1}}\n"
      "    onset:\n      per_year: {table: arrears_onset, by: [age, income_group], evidence: R-1}\n      edges:\n"
      "        unemployed: {hazard_ratio: 2, evidence: E-NEW}\n"
      "        lonely + unemployed: {hazard_ratio: 1.5, evidence: E-TRIAL}\n"
      "        stress_slow: {hazard_ratio: 1.5, per: point, evidence: E-TRIAL}\n"
      "    end:\n      per_year: {by: [arrears_class], values: {rent: 1, energy: 2}, evidence: R-1}\n"
      "    stress: {fast: 0.8, slow: 0.6, evidence: S-1}\nevents:\n");
  std::ofstream(more.path("tables/arrears_onset.csv"), std::ios::binary)
      << "age,income_group,per_year\n18-64,1,0.25\n18-64,2,0.25\n18-64,3,0.125\n18-64,4,0.125\n18-64,5,0.125\n"
         "18-64,student_or_institution,0.125\n65+,all,0.0625\n";
  more.add("evidence/rows.csv",
           "E-NEW,measured,trial,total,job loss,arrears,,HR,2,1,3,,,,,A trial,2024,NL,a reference,yes,\n");
  const auto model = more.model();
  const int arrears = model->state("arrears");
  REQUIRE(arrears == 7);
  CHECK(model->matrix[1].vectors == 1);
  CHECK(at(model->matrix[1], model->matrix[1].edge_begin, 1, arrears) == kLogUnit);
  CHECK(at(model->matrix[1], model->matrix[1].edge_begin, derived_row(model->matrix[1], "lonely + unemployed"),
           arrears) == 613378);
  CHECK(model->states[7].class_bit == 1);
}

TEST_CASE("programme effects are rows after the clip") {
  const small::Copy copy;
  const auto programmes = copy.programmes();
  REQUIRE(programmes.size() == 1);
  const auto model =
      read_model(copy.path("model.yaml"), {.evidence = copy.path("evidence"), .programmes = &programmes});
  const Matrix& matrix = model->matrix[1];
  CHECK(at(matrix, matrix.programme_end, 0, 5) == kLogUnit / 2);
  CHECK(at(matrix, matrix.programme_begin, 0, 5) == 0);
}
