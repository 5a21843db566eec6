#include "sim/model/read_model.h"

#include <algorithm>
#include <tuple>

#include "sim/base/files.h"
#include "sim/base/problems.h"
#include "sim/base/text.h"
#include "sim/input/yaml.h"
#include "sim/model/compile.h"
#include "sim/model/compile_programmes.h"
#include "sim/model/parse.h"

namespace sleutel {
namespace {

/// A problem of the model as a whole, such as its loops, stands where the states begin.
void place_whole(std::vector<Problem>& problems, const Node& root) {
  const Node* states = root.find("states");
  for (Problem& problem : problems) {
    if (states == nullptr || !problem.file.empty() || problem.line > 0) continue;
    problem.line = states->key_line;
    problem.column = states->key_column;
    problem.where = states->key;
  }
}

/// Problems without a file are of the model file; the same problem is told once, in order of place.
void tidy(std::vector<Problem>& problems, const std::string& model_file) {
  for (Problem& problem : problems) {
    if (problem.file.empty()) problem.file = model_file;
  }
  const auto key = [](const Problem& p) { return std::tie(p.file, p.line, p.column, p.where, p.what, p.suggestion); };
  std::sort(problems.begin(), problems.end(), [&](const Problem& a, const Problem& b) { return key(a) < key(b); });
  problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
}

void check_changes(Reading& reading, const ModelOptions& options) {
  std::vector<std::string> paths;
  for (const Parameter& parameter : reading.parameters) paths.push_back(parameter.path);
  for (const ParameterChange& change : options.set) {
    if (std::find(paths.begin(), paths.end(), change.path) != paths.end()) continue;
    reading.problems.push_back({options.set_file, change.line, change.column,
                                change.where.empty() ? "set." + change.path : change.where,
                                "unknown parameter " + in_quotes(change.path), did_you_mean(change.path, paths)});
  }
}

}  // namespace

std::shared_ptr<const Model> read_model(const std::string& model_file, const ModelOptions& options) {
  const std::string text = read_file(model_file);
  std::vector<Problem> problems;
  const Evidence evidence = read_evidence(options.evidence, problems);
  Reading reading{evidence, beside(model_file, "tables"), {}, options.set_file, {}, {}};
  for (const ParameterChange& change : options.set) reading.changes[change.path] = change;
  auto model = std::make_shared<Model>();
  if (const auto root = parse_yaml(text, model_file, reading.problems)) {
    const source::Model written = parse_model(reading, *root);
    *model = compile(reading, written);
    check_changes(reading, options);
    place_whole(reading.problems, *root);
  }
  problems.insert(problems.end(), reading.problems.begin(), reading.problems.end());
  tidy(problems, model_file);
  throw_if_any(problems);
  model->parameters = std::move(reading.parameters);
  std::sort(model->parameters.begin(), model->parameters.end(),
            [](const Parameter& one, const Parameter& other) { return one.path < other.path; });
  model->model_yaml = text;
#ifndef SLEUTEL_MUTANT_UNEXPLAINED
  model->evidence_text = evidence.text;
#endif
  if (options.programmes != nullptr) add_programme_rows(*options.programmes, *model);
  return model;
}

}  // namespace sleutel
