#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>

#include "sim/base/text.h"
#include "sim/city/read_flows.h"
#include "sim/cli/commands.h"
#include "sim/cli/write_file.h"
#include "sim/model/print_model.h"
#include "sim/study/make_plan.h"

namespace sleutel {
namespace {

struct ModelArguments {
  std::string city = "leiden", file = "model.yaml", graph, domain;
  Settings settings;
  bool overview = false, page = false, start = false, parameters = false, force = false;
};

void check_graph(const ModelArguments& arguments) {
  const std::string& path = arguments.graph;
  if (!path.ends_with(".svg") && !path.ends_with(".dot"))
    throw EnvironmentError(ExitCode::usage, path + ": the diagram is written to a path that ends in .svg or .dot");
  check_place(path, arguments.force ? Replace::yes : Replace::no);
}

/// The whole diagram, that of one domain, or that of the domains.
std::string diagram(const Model& model, const ModelArguments& arguments) {
  if (arguments.overview) return overview_graph(model);
  if (arguments.domain.empty()) return model_graph(model);
  const std::vector<std::string> domains = domains_of(model);
  if (std::find(domains.begin(), domains.end(), arguments.domain) != domains.end())
    return domain_graph(model, arguments.domain);
  const std::string near = did_you_mean(arguments.domain, domains);
  throw EnvironmentError(ExitCode::usage, "--domain: unknown domain " + in_quotes(arguments.domain) + "\n" +
                                              (near.empty() ? "there are " + listed(domains, "and") : near));
}

/// DOT as it is; SVG through Graphviz, which reads the diagram from a pipe.
void write_graph(const std::string& dot, const std::string& path) {
  if (path.ends_with(".dot")) return write_file(path, dot);
  if (std::system("command -v dot >/dev/null") != 0)
    throw EnvironmentError(ExitCode::not_installed,
                           "Graphviz (dot) is needed for an SVG; a path that ends in .dot needs nothing");
  write_file(path, "");  // tells in our words if it cannot be
  FILE* drawing = popen(("dot -Tsvg -o " + shell_word(path)).c_str(), "w");
  const bool given = drawing != nullptr && std::fwrite(dot.data(), 1, dot.size(), drawing) == dot.size();
  const bool drawn = drawing != nullptr && pclose(drawing) == 0;
  if (!given || !drawn) throw EnvironmentError(ExitCode::input_output, path + ": Graphviz (dot) could not write it");
}

std::string start_text(const StartReport& report) {
  std::string text =
      fmt::format("{:<28}{:>12}{:>14}{:>18}\n", "prevalence", "published", "at the start", "factor on onset");
  for (const TargetFit& fit : report.targets)
    text += fmt::format("{:<28}{:>11.1f}%{:>13.1f}%{:>18.2f}\n", fit.outcome, 100 * fit.published, 100 * fit.simulated,
                        fit.level);
  return text + fmt::format(
                    "\nFound in {}; rates are {:.2f}% off their tables on average, {:.1f}% in the worst cell "
                    "(a cell is one age, sex and group of a table).\n",
                    counted(static_cast<std::size_t>(report.rounds), "round"), 100 * report.mean_move,
                    100 * report.largest_move);
}

std::string start_json(const StartReport& report) {
  nlohmann::ordered_json targets = nlohmann::ordered_json::array();
  for (const TargetFit& fit : report.targets)
    targets.push_back({{"outcome", fit.outcome},
                       {"published", fit.published},
                       {"at_start", fit.simulated},
                       {"factor_on_onset", fit.level}});
  const nlohmann::ordered_json all = {{"targets", targets},
                                      {"rounds", report.rounds},
                                      {"mean_off", report.mean_move},
                                      {"worst_off", report.largest_move}};
  return all.dump(2) + "\n";
}

ExitCode show_model(const ModelArguments& arguments, const Call& call) {
  if (!arguments.graph.empty()) check_graph(arguments);
  const DataFolders folders = data_folders(arguments.city, ".", arguments.file);
  const Library library = read_library(folders, arguments.settings);
  const Model& model = *library.model;
  if (!arguments.graph.empty()) {
    write_graph(diagram(model, arguments), arguments.graph);
    hint(call, arguments.graph + " is written\n");
    return ExitCode::done;
  }
  if (arguments.page) return print(model_page(model)), ExitCode::done;
  if (arguments.parameters && !call.json) return print(parameters_text(model)), ExitCode::done;
  if (call.json && !arguments.start) return print(model_json(model)), ExitCode::done;
  if (arguments.start) {
    const Start start = start_of(model, folders, 1, read_flows(folders.city.string()),
                                 {0, [&](const std::string& line) { hint(call, line + "\n"); }});
    return print(call.json ? start_json(start.report) : start_text(start.report)), ExitCode::done;
  }
  print(model_text(model));
  hint(call, "Next: sleutel model --graph causes.svg draws it\n");
  return ExitCode::done;
}

}  // namespace

void add_model(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<ModelArguments>();
  CLI::App* command = app.add_subcommand("model", "States, transitions and edges of a model, with their evidence");
  command->add_option("--city", arguments->city, "Folder under scenarios/ (default: leiden)");
  command->add_option("--model", arguments->file, "Model file (default: the city's model.yaml)");
  add_set(*command, arguments->settings, "a parameter of the model (--parameters lists them)");
  CLI::Option* const graph =
      command->add_option("--graph", arguments->graph, "Write the causal diagram to this .svg or .dot file");
  CLI::Option* const domain = command->add_option("--domain", arguments->domain,
                                                  "Of the diagram only this domain and what it touches, such as money");
  domain->needs(graph);
  command
      ->add_flag("--overview", arguments->overview,
                 "The diagram from afar: domains, and the number of edges between them")
      ->needs(graph)
      ->excludes(domain);
  command->add_flag("--force", arguments->force, "Overwrite a diagram that is there");
  command->add_flag("--page", arguments->page, "The page docs/model.md");
  command->add_flag("--parameters", arguments->parameters,
                    "Every number that a scenario may set: path, value, unit, interval, kind, evidence");
  command->add_flag("--start", arguments->start, "How near the start comes to the published prevalences");
  command->add_flag("--json", call.json, "As JSON");
  command->callback([arguments, &call] { call.work = [arguments, &call] { return show_model(*arguments, call); }; });
}

}  // namespace sleutel
