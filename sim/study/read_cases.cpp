#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <system_error>

#include "sim/base/problems.h"
#include "sim/base/text.h"
#include "sim/input/reader.h"
#include "sim/input/yaml.h"
#include "sim/study/benchmark_case.h"
#include "sim/study/key_table.h"
#include "sim/study/make_plan.h"

// case.yaml: which study answers it, and which values are known.

namespace sleutel {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCaseFile = "case.yaml";
constexpr const char* kCasePage = "README.md";
constexpr const char* kWhichFolder = "name the folder of the cases, such as scenarios/benchmarks";
constexpr Range kChance{.max = 0.1, .above = 0, .meaning = "the chance that a right program fails the case"};

bool counts_events(OutcomeKind kind) {
  constexpr std::array kinds = {OutcomeKind::begin, OutcomeKind::deaths, OutcomeKind::births, OutcomeKind::moves_in,
                                OutcomeKind::moves_out};
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// Reads one case whose study could be read.
class CaseReader {
 public:
  CaseReader(const Model& model, BenchmarkCase& one, std::vector<Problem>& problems)
      : model_(model), case_(one), reader_(problems) {
    for (const Outcome& outcome : model.outcomes) outcomes_.push_back(outcome.id);
    for (const ScenarioEntry& scenario : one.study.scenarios) scenarios_.push_back(scenario.name);
  }

  void read(const Node& values) {
    for (const Node& item : values.items)
      if (reader_.is_map(item)) case_.values.push_back(value(item));
  }

 private:
  CaseValue value(const Node& node) {
    reader_.only_keys(
        node, {"says", "unit", "expected", "exact", "of", "minus", "over", "log_over_years", "life_expectancy"});
    CaseValue value;
    value.name = node.key;
    if (!is_name(node.key)) reader_.report_key(node, "a name has small letters, digits and hyphens");
    value.says = reader_.required_text(node, "says");
    value.unit = reader_.required_text(node, "unit");
    value.expected = reader_.required_number(node, "expected");
    value.exact = reader_.flag(node, "exact", false);
    value.log_over_years = reader_.number(node, "log_over_years", 0, {.max = 1000, .above = 0});
    const Node* life = node.find("life_expectancy");
    if ((life == nullptr) == (node.find("of") == nullptr)) {
      reader_.report(node, "what is simulated is of: or life_expectancy:, one of the two");
      return value;
    }
    if (life != nullptr) {
      for (const char* key : {"minus", "over", "log_over_years"})
        if (const Node* more = node.find(key)) reader_.report_key(*more, "does not go with life_expectancy");
      if (reader_.is_map(*life)) value.life = bands(*life);
      return value;
    }
    value.of = quantity_of(node, "of");
    value.minus = quantity_of(node, "minus");
    value.over = quantity_of(node, "over");
    return value;
  }

  std::vector<CaseQuantity> quantity_of(const Node& value, const char* key) {
    const Node* node = value.find(key);
    if (node == nullptr || !reader_.is_map(*node)) return {};
    reader_.only_keys(*node, {"outcome", "take", "scenario", "years"});
    CaseQuantity quantity = where_and_when(*node);
    const std::string take = reader_.one_of(*node, "take", {"mean", "sum", "person_years"});
    quantity.take = take == "sum" ? Take::sum : take == "person_years" ? Take::person_years : Take::mean;
    if (const Node* outcome = reader_.required(*node, "outcome")) name_outcome(*outcome, quantity);
    return {quantity};
  }

  std::vector<LifeBand> bands(const Node& node) {
    reader_.only_keys(node, {"deaths", "scenario", "years"});
    std::vector<LifeBand> bands;
    for (const Node& item : reader_.required_map(node, "deaths")) {
      const auto age = age_of(item);
      if (!age) continue;  // told
      LifeBand band{*age, where_and_when(node)};
      const int least = bands.empty() ? 0 : bands.back().age_from + 1;
      if (band.age_from < least || (bands.empty() && band.age_from != 0))
        reader_.report_key(item, "the bands begin at age 0 and rise, each up to the next");
      name_outcome(item, band.deaths);
      bands.push_back(band);
    }
    return bands;
  }

  std::optional<int> age_of(const Node& item) {
    Node key = item;  // the key is the number that is asked
    key.kind = Node::Kind::scalar;
    key.text = item.key;
    key.quoted = false;
    const auto age = reader_.as_whole(key, {.min = 0, .max = 200});
    return age ? std::optional(static_cast<int>(*age)) : std::nullopt;
  }

  CaseQuantity where_and_when(const Node& node) {
    CaseQuantity quantity;
    quantity.last_year = case_.study.years - 1;
    if (const Node* scenario = node.find("scenario"))
      quantity.scenario = std::max(0, position(*scenario, scenarios_, "scenario", case_.study.file));
    const Node* years = node.find("years");
    if (years == nullptr) return quantity;
    const auto two = reader_.as_numbers(*years, {.min = 1, .max = static_cast<double>(case_.study.years)})
                         .value_or(std::vector<double>{});
    if (two.empty()) return quantity;  // told
    if (two.size() != 2 || two[0] > two[1]) {
      reader_.report(*years, "expected the first and the last year, such as [6, 10]");
      return quantity;
    }
    quantity.first_year = static_cast<int>(two[0]) - 1;
    quantity.last_year = static_cast<int>(two[1]) - 1;
    return quantity;
  }

  void name_outcome(const Node& node, CaseQuantity& quantity) {
    const int at = position(node, outcomes_, "outcome", case_.study.model);
    if (at < 0) return;
    quantity.outcome = at;
    quantity.per_year = counts_events(model_.outcomes[static_cast<std::size_t>(at)].kind) ? 1 : 12;
  }

  /// Of a word among those that there are; -1 if it is none of them, which is told.
  int position(const Node& node, const std::vector<std::string>& known, const char* what, const std::string& of) {
    const auto word = reader_.as_text(node);
    if (!word) return -1;
    const auto at = std::find(known.begin(), known.end(), *word);
    if (at != known.end()) return static_cast<int>(at - known.begin());
    const std::string near = did_you_mean(*word, known);
    reader_.report(node, "unknown " + std::string(what) + " " + in_quotes(*word),
                   near.empty() ? "in " + of + ": " + listed(known, "and") : near);
    return -1;
  }

  const Model& model_;
  BenchmarkCase& case_;
  Reader reader_;
  std::vector<std::string> outcomes_, scenarios_;
};

void check_study(const Node& root, const BenchmarkCase& one, Reader& reader) {
  if (one.study.replicates < 2)
    reader.report(*root.find("study"), one.study.file + " has 1 replicate: a standard error needs at least 2");
}

void read_study_and_values(const Node& root, const fs::path& folder, BenchmarkCase& one, Reader& reader,
                           std::vector<Problem>& problems) {
  const std::string study = reader.required_text(root, "study");
  const std::vector<Node>& values = reader.required_map(root, "values");
  if (study.empty()) return;
  if (study.find('/') != std::string::npos)
    return reader.report(*root.find("study"), "the study lies beside the case: " + in_quotes(study));
  try {
    one.study = read_checked_study((folder / study).string());
    check_scenarios(one.study);
    const Library library = read_library(data_folders(one.study));
    check_study(root, one, reader);
    if (!values.empty()) CaseReader(*library.model, one, problems).read(*root.find("values"));
  } catch (const InputError& wrong) {
    problems.insert(problems.end(), wrong.problems.begin(), wrong.problems.end());
  }
}

BenchmarkCase read_case(const fs::path& folder, std::vector<Problem>& problems) {
  BenchmarkCase one;
  one.file = (folder / kCaseFile).string();
  std::error_code ignored;
  if (!fs::is_regular_file(folder / kCasePage, ignored))
    problems.push_back({(folder / kCasePage).string(), 0, 0, "", "there is no such file",
                        "write down there what the case asks and how its answers are derived"});
  const auto root = read_yaml(one.file, problems);
  if (!root) return one;
  Reader reader(problems);
  if (!reader.is_map(*root)) return one;
  reader.only_keys(*root, {"case", "title", "study", "false_alarm", "values"});
  one.name = reader.required_text(*root, "case");
  one.title = reader.required_text(*root, "title");
  one.false_alarm = reader.required_number(*root, "false_alarm", kChance);
  const std::string called = fs::absolute(folder, ignored).lexically_normal().filename().string();
  if (!one.name.empty() && one.name != called)
    reader.report(*root->find("case"), in_quotes(one.name) + ", but the folder is called " + in_quotes(called),
                  "write case: " + called + ", or rename the folder");
  read_study_and_values(*root, folder, one, reader, problems);
  return one;
}

/// Folders with a case, by name. One with a study that lacks it would be left out without a word.
std::vector<fs::path> folders_of_cases(const fs::path& folder, std::vector<Problem>& problems) {
  std::error_code ignored;
  if (fs::is_regular_file(folder / kCaseFile, ignored)) return {folder};
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const bool has_case = fs::is_regular_file(entry.path() / kCaseFile, ignored);
    if (has_case) found.push_back(entry.path());
    if (!has_case && fs::is_regular_file(entry.path() / "study.yaml", ignored))
      problems.push_back({(entry.path() / kCaseFile).string(), 0, 0, "", "there is no such file",
                          "it belongs beside study.yaml in the folder of a case"});
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

std::vector<BenchmarkCase> read_cases(const std::string& folder) {
  std::vector<Problem> problems;
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored))
    throw InputError({Problem{folder, 0, 0, "", "there is no such folder", kWhichFolder}}, ExitCode::input_missing);
  std::string plain = folder;
  while (plain.size() > 1 && plain.back() == '/') plain.pop_back();
  const std::vector<fs::path> folders = folders_of_cases(plain, problems);
  std::vector<BenchmarkCase> cases;
  for (const fs::path& one : folders) cases.push_back(read_case(one, problems));
  throw_if_any(problems);
  if (cases.empty())
    throw InputError({Problem{folder, 0, 0, "", "no benchmark case: no folder in it holds a case.yaml", kWhichFolder}},
                     ExitCode::input_missing);
  return cases;
}

}  // namespace sleutel
