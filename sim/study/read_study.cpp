#include "sim/study/read_study.h"

#include "sim/base/files.h"
#include "sim/base/problems.h"
#include "sim/base/text.h"
#include "sim/input/reader.h"
#include "sim/input/yaml.h"
#include "sim/study/key_table_check.h"
#include "sim/study/read_study_scenarios.h"

namespace sleutel {
namespace {

void keep_places(const Node& node, Study& study) {
  study.places[node.path] = {node.line, node.column};
  for (const Node& item : node.items) keep_places(item, study);
}

/// Whether the key is absent (its default holds) or could be read.
bool fine(const Node* value, bool read) { return value == nullptr || read; }

/// The plain keys of the file. What is wrong with them was reported by check_keys, so `reader` speaks to nobody.
Dates read_heading(const Node& root, Reader& reader, Study& study) {
  study.id = reader.text(root, "study");
  study.question = reader.text(root, "question");
  study.city = reader.text(root, "city", study.city);
  study.model = reader.text(root, "model", study.model);
  study.years = static_cast<int>(reader.whole(root, "years", 0, {.min = 0, .max = 1000}));
  study.replicates = static_cast<int>(reader.whole(root, "replicates", 0, {.min = 0, .max = 1e6}));
  study.seed = static_cast<std::uint64_t>(reader.whole(root, "seed", 1, {.min = 0}));
  study.city_seed = static_cast<std::uint64_t>(reader.whole(root, "city_seed", 1, {.min = 0}));
  study.residents = static_cast<int>(reader.whole(root, "residents", 0, {.min = 0, .max = 1e9}));
  const Node* start = root.find("start");
  const auto month = start ? reader.as_month(*start) : std::nullopt;
  study.start = month.value_or(study.start);
  return fine(start, month.has_value()) ? Dates::known : Dates::unknown;
}

void read_switches(const Node* switches, Reader& reader, Switches& into) {
  if (!switches || !switches->is_map()) return;
  into.ties = reader.flag(*switches, "ties", into.ties);
  into.partners = reader.flag(*switches, "partners", into.partners);
  into.parents = reader.flag(*switches, "parents", into.parents);
  into.surroundings = reader.flag(*switches, "surroundings", into.surroundings);
  into.competition = reader.flag(*switches, "competition", into.competition);
  into.life_events = reader.flag(*switches, "life_events", into.life_events);
  into.arrivals = reader.flag(*switches, "arrivals", into.arrivals);
}

}  // namespace

Study parse_study(const std::string& text, const std::string& file, std::vector<Problem>& problems,
                  const Settings& settings) {
  Study study;
  study.file = file;
  study.text = text;
  auto root = parse_yaml(text, file, problems);
  if (!root) return study;
  if (!settings.empty() && root->is_map()) {
    apply_settings(settings, *root, problems);
    study.text = text_with_settings(settings, *root);
  }
  check_keys(*root, problems);
  if (!root->is_map()) return study;
  keep_places(*root, study);
  std::vector<Problem> reported_before;
  Reader reader(reported_before);
  const Dates dates = read_heading(*root, reader, study);
  read_switches(root->find("switches"), reader, study.switches);
  const Node* scenarios = root->find("scenarios");
  if (scenarios && scenarios->is_map()) read_scenarios(*scenarios, dates, study, problems);
  return study;
}

Study read_study(const std::string& file) {
  std::vector<Problem> problems;
  Study study = parse_study(read_file(file), file, problems);
  throw_if_any(problems);
  return study;
}

Study read_study(const std::string& file, const std::function<KnownNames(const Study&)>& known,
                 const Settings& settings) {
  std::vector<Problem> problems;
  Study study = parse_study(read_file(file), file, problems, settings);
  ExitCode how = ExitCode::bad_input;
  try {
    if (!study.places.empty()) check_names(study, known(study), problems);
  } catch (const InputError& error) {
    const bool of_study = error.problems.empty() || error.problems.front().file == file;
    if (problems.empty() && !of_study) how = error.code;  // another file is not there, and nothing else is wrong
    problems.insert(problems.end(), error.problems.begin(), error.problems.end());
  }
  if (!problems.empty()) throw InputError(problems, how);
  return study;
}

Problem study_problem(const Study& study, const std::string& path, std::string what, std::string suggestion) {
  const auto place = study.places.find(path);
  const auto [line, column] = place == study.places.end() ? std::array<int, 2>{} : place->second;
  return {study.file, line, column, path, std::move(what), std::move(suggestion)};
}

}  // namespace sleutel
