#include "sim/calibrate/read_calibration.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "sim/base/problems.h"
#include "sim/calibrate/model_simulator.h"
#include "sleutel/error.h"

namespace sleutel::calibrate {
namespace {

Model model_with(const std::vector<Parameter>& parameters) {
  Model model;
  model.parameters = parameters;
  return model;
}

Parameter parameter(const std::string& path, double value, const std::string& unit, double low, double high) {
  Parameter made;
  made.path = path;
  made.value = value;
  made.unit = unit;
  made.low = low;
  made.high = high;
  made.evidence = "ROW-1";
  return made;
}

Model small_model() {
  return model_with({parameter("states.a.onset.edges.b", 2, "hazard ratio", 1, 4),
                     parameter("states.a.end.per_year", 0.5, "1/year", 0, 0),
                     parameter("states.a.stress.fast", 0.4, "points", 0, 0.8)});
}

constexpr const char* kBegin = "calibration: small\nresidents: 2000\nyears: 1\nreplicates: 2\n";

std::string written(const std::string& text) {
  const auto folder = std::filesystem::temp_directory_path() / "sleutel-read-calibration";
  std::filesystem::create_directories(folder);
  const std::string path = (folder / "calibration.yaml").string();
  std::ofstream(path) << text;
  return path;
}

/// line:column where: what | suggestion
std::vector<std::string> problems_of(const std::string& text) {
  std::vector<std::string> all;
  try {
    read_calibration(written(text), small_model());
  } catch (const InputError& error) {
    for (const Problem& one : error.problems)
      all.push_back(std::to_string(one.line) + ":" + std::to_string(one.column) + " " + one.where + ": " + one.what +
                    (one.suggestion.empty() ? "" : " | " + one.suggestion));
  }
  return all;
}

}  // namespace

TEST_CASE("a prior is the interval of the evidence, or a declared one") {
  const CalibrationFile read = read_calibration(
      written(std::string(kBegin) + "parameters:\n  states.a.onset.edges.b: evidence\n"
                                    "  states.a.end.per_year: {low: 0.2, high: 0.8, because: a guess}\n"
                                    "  states.a.stress.fast: evidence\n"),
      small_model());
  REQUIRE(read.parameters.size() == 3);
  const FreeParameter &ratio = read.parameters[0], &rate = read.parameters[1], &points = read.parameters[2];
  CHECK(ratio.at(0) == Approx(2));  // the geometric middle of 1 and 4
  CHECK(ratio.at(1.959963984540054) == Approx(4));
  CHECK(ratio.because == "ROW-1");
  CHECK(rate.at(0) == Approx(0.4));
  CHECK(rate.because == "a guess");
  CHECK(points.at(0) == Approx(0.4));  // points are added: the plain middle
  CHECK(points.at(-1.959963984540054) == Approx(0).margin(1e-12));
  for (const double z : {-3.0, -0.5, 0.0, 2.0})
    for (const FreeParameter& free : read.parameters) CHECK(free.standing(free.at(z)) == Approx(z).margin(1e-9));
  const std::vector<ParameterChange> changes = changes_at(read, {0, 0, 1.959963984540054});
  CHECK(changes[2].path == "states.a.stress.fast");
  CHECK(changes[2].value == Approx(0.8));
}

TEST_CASE("every problem of a calibration file is told, with its place") {
  const std::vector<std::string> told = problems_of(
      "calibration: small\nresidents: 100\nyears: 1\nreplicates: 1\nseeds: 4\nparameters:\n"
      "  states.a.onset.edge.b: evidence\n  states.a.end.per_year: evidence\n"
      "  states.a.stress.fast: {low: 0.5, high: 0.2, because: none}\n"
      "  states.a.onset.edges.b: {low: -1, high: 2, because: none}\n");
  CHECK(told ==
        std::vector<std::string>{
            "5:1 seeds: unknown key | did you mean \"seed\"?",
            "2:12 residents: 100 (must be between 500 and 10000000, residents)",
            "4:13 replicates: 1 (must be between 2 and 1000, replicates, for the error by chance)",
            "7:3 parameters.states.a.onset.edge.b: the model has no parameter \"states.a.onset.edge.b\" | did you mean "
            "\"states.a.onset.edges.b\"?",
            "8:26 parameters.states.a.end.per_year: its evidence gives no interval, so there is no prior | write {low: "
            "..., high: ..., because: ...}: the middle 95% of what is believed beforehand",
            "9:25 parameters.states.a.stress.fast: low 0.5 must be below high 0.2",
            "10:27 parameters.states.a.onset.edges.b: low -1 must be above 0: a hazard ratio multiplies",
        });
}

TEST_CASE("more free parameters than figures can tell apart are refused") {
  std::string text = std::string(kBegin) + "parameters:\n";
  std::vector<Parameter> many;
  for (int i = 0; i < kMostParameters + 1; ++i) {
    const std::string path = "states.s" + std::to_string(i) + ".end.per_year";
    many.push_back(parameter(path, 1, "1/year", 0.5, 2));
    text += "  " + path + ": evidence\n";
  }
  try {
    read_calibration(written(text), model_with(many));
    FAIL("nothing was said");
  } catch (const InputError& error) {
    REQUIRE(error.problems.size() == 1);
    CHECK(error.problems[0].what == "21 free parameters (at most 20)");
  }
}

}  // namespace sleutel::calibrate
