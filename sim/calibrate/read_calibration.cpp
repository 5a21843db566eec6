#include "sim/calibrate/read_calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "sim/base/files.h"
#include "sim/base/numbers.h"
#include "sim/base/problems.h"
#include "sim/base/text.h"
#include "sim/input/reader.h"
#include "sim/input/yaml.h"

namespace sleutel::calibrate {
namespace {

const std::vector<std::string> kKeys = {"calibration", "city",      "model",      "targets", "residents", "years",
                                        "seed",        "city_seed", "replicates", "search",  "parameters"};

bool has_interval(const Parameter& parameter) { return parameter.low != 0 || parameter.high != 0; }

/// Points of an index, of a load or of satisfaction are added; all else multiplies.
Scale scale_of(const Parameter& parameter) {
  return parameter.unit == "index" || parameter.unit == "points" ? Scale::sum : Scale::factor;
}

class ParameterReader {
 public:
  ParameterReader(Reader& reader, const Model& model, std::vector<Problem>& problems)
      : reader_(reader), model_(model), problems_(problems) {}

  std::optional<FreeParameter> read(const Node& node) {
    const Parameter* known = known_parameter(node);
    if (known == nullptr) return std::nullopt;
    FreeParameter free{node.key,    known->unit,     scale_of(*known), known->low,
                       known->high, known->evidence, node.key_line,    node.key_column};
    if (node.is_scalar() && node.text == "evidence") {
      if (!has_interval(*known))
        return refuse(node, "its evidence gives no interval, so there is no prior",
                      "write {low: ..., high: ..., because: ...}: the middle 95% of what is believed beforehand");
    } else {
      if (!node.is_map())
        return refuse(node, "expected `evidence`, or low, high and because, found " + node.found(),
                      "`evidence` takes the 95% interval of the parameter's evidence as prior");
      reader_.only_keys(node, {"low", "high", "because"});
      free.low = reader_.required_number(node, "low");
      free.high = reader_.required_number(node, "high");
      free.because = reader_.required_text(node, "because");
    }
    return in_order(node, free);
  }

 private:
  std::optional<FreeParameter> refuse(const Node& node, std::string what, std::string suggestion) {
    problems_.push_back(node.problem(std::move(what), std::move(suggestion)));
    return std::nullopt;
  }

  const Parameter* known_parameter(const Node& node) {
    std::vector<std::string> paths;
    for (const Parameter& parameter : model_.parameters) {
      if (parameter.path == node.key) return &parameter;
      paths.push_back(parameter.path);
    }
    const std::string near = did_you_mean(node.key, paths);
    problems_.push_back(node.key_problem(fmt::format("the model has no parameter \"{}\"", node.key),
                                         near.empty() ? "`sleutel model --parameters` lists all" : near));
    return nullptr;
  }

  std::optional<FreeParameter> in_order(const Node& node, const FreeParameter& free) {
    if (!(free.low < free.high))
      return refuse(node, fmt::format("low {} must be below high {}", number_text(free.low), number_text(free.high)),
                    "");
    if (free.scale == Scale::factor && !(free.low > 0))
      return refuse(node, fmt::format("low {} must be above 0: a {} multiplies", number_text(free.low), free.unit), "");
    return free;
  }

  Reader& reader_;
  const Model& model_;
  std::vector<Problem>& problems_;
};

void read_sizes(Reader& reader, const Node& root, CalibrationFile& calibration) {
  calibration.residents = static_cast<int>(
      reader.required_whole(root, "residents", {.min = 500, .max = 10'000'000, .meaning = "residents"}));
  calibration.years =
      static_cast<int>(reader.required_whole(root, "years", {.min = 1, .max = 100, .meaning = "years"}));
  calibration.replicates = static_cast<int>(reader.required_whole(
      root, "replicates", {.min = 2, .max = 1000, .meaning = "replicates, for the error by chance"}));
  calibration.seed = static_cast<std::uint64_t>(reader.whole(root, "seed", 1, {.min = 0}));
  calibration.city_seed = static_cast<std::uint64_t>(reader.whole(root, "city_seed", 1, {.min = 0}));
}

void read_search(Reader& reader, const Node& root, CalibrationFile::Search& search) {
  const Node* node = root.find("search");
  if (node == nullptr || !reader.is_map(*node)) return;
  reader.only_keys(*node, {"first_design", "downhill", "waves", "wave_points", "draws", "most_sampled"});
  const auto count = [&](const char* key, double most) {
    return static_cast<int>(reader.whole(*node, key, 0, {.min = 1, .max = most}));
  };
  search = {count("first_design", 100),   count("downhill", 10'000), count("waves", 20),
            count("wave_points", 10'000), count("draws", 100'000),   count("most_sampled", 1'000'000)};
}

void read_names(Reader& reader, const Node& root, CalibrationFile& calibration) {
  calibration.id = reader.required_text(root, "calibration");
  calibration.city = reader.text(root, "city", calibration.city);
  calibration.model = reader.text(root, "model", calibration.model);
  calibration.targets = reader.text(root, "targets", calibration.targets);
}

}  // namespace

CalibrationFile read_calibration_names(const std::string& file) {
  std::vector<Problem> problems;
  CalibrationFile calibration;
  calibration.file = file;
  const auto root = parse_yaml(read_file(file), file, problems);
  throw_if_any(problems);
  Reader reader(problems);
  read_names(reader, *root, calibration);
  return calibration;
}

CalibrationFile read_calibration(const std::string& file, const Model& model) {
  std::vector<Problem> problems;
  CalibrationFile calibration;
  calibration.file = file;
  const auto root = read_yaml(file, problems);
  throw_if_any(problems);
  Reader reader(problems);
  reader.only_keys(*root, kKeys);
  read_names(reader, *root, calibration);
  read_sizes(reader, *root, calibration);
  read_search(reader, *root, calibration.search);
  ParameterReader parameters(reader, model, problems);
  const std::vector<Node>& entries = reader.required_map(*root, "parameters");
  for (const Node& entry : entries)
    if (auto free = parameters.read(entry)) calibration.parameters.push_back(*free);
  if (entries.size() > kMostParameters)
    problems.push_back(
        root->find("parameters")
            ->key_problem(fmt::format("{} free parameters (at most {})", entries.size(), kMostParameters),
                          "leave out those that no target depends on"));
  throw_if_any(problems);
  return calibration;
}

}  // namespace sleutel::calibrate
