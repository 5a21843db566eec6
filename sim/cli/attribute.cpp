#include <fmt/format.h>

#include <memory>

#include "output/hdf5/provenance.h"
#include "sim/attribute/report.h"
#include "sim/base/problems.h"
#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/cli/signals.h"
#include "sim/cli/write_file.h"
#include "sim/study/make_plan.h"

namespace sleutel {
namespace {

struct AttributeArguments {
  std::string study, svg, by = "city", language = "en";
  std::vector<std::string> outcomes, of;
  bool domains = false, compounding = false, loops = false, csv = false, force = false;
  int threads = 0;
  Settings settings;
};

[[noreturn]] void refuse_words(const std::string& where, const std::string& what, const std::string& suggestion) {
  throw InputError({{"", 0, 0, where, what, suggestion}}, ExitCode::usage);
}

void check_words(const AttributeArguments& arguments, const Call& call) {
  if (arguments.domains && !arguments.of.empty())
    refuse_words("--of", "not together with --domains", "leave one of them out");
  if (arguments.compounding && (arguments.domains || !arguments.of.empty()))
    refuse_words("--compounding", "it is about all stressors", "leave --of and --domains out");
  if (arguments.compounding && !arguments.svg.empty())
    refuse_words("--compounding", "there is no picture of it", "leave --svg out");
  if (arguments.loops && (arguments.domains || arguments.compounding || !arguments.of.empty()))
    refuse_words("--loops", "it is about all edges that stand in a loop",
                 "leave --of, --domains and --compounding out");
  if (arguments.loops && (arguments.csv || arguments.by != "city" || !arguments.svg.empty()))
    refuse_words("--loops", "it is text or --json, of the city", "leave --csv, --by and --svg out");
  if (!arguments.svg.empty() && (call.json || arguments.csv))
    refuse_words("--svg", "not together with --json or --csv", "leave one of them out");
  if (!arguments.svg.empty() && arguments.outcomes.size() > 1)
    refuse_words("--svg", "the picture is of one outcome", "name one --outcome");
  if (arguments.language != "en" && arguments.svg.empty())
    refuse_words("--language", "it is that of the picture only", "add --svg FILE");
  if (arguments.by != "city" && (call.json || arguments.csv || !arguments.svg.empty()))
    refuse_words("--by", "it is for text only", "--json and --csv have all groups, the picture is of the city");
}

/// What is asked; every name that is wrong is told at once.
SharesAsked asked_of(const AttributeArguments& arguments, const Model& model) {
  std::vector<Problem> problems;
  SharesAsked asked{model, {}, {}};
  asked.players = arguments.of.empty() ? domain_players(model) : named_players(model, arguments.of, problems);
  asked.outcomes = asked_outcomes(model, arguments.outcomes, problems);
  if (!problems.empty()) throw InputError(problems, ExitCode::usage);
  if (asked.players.empty()) refuse_words("--domains", "the model has no stressors", "attribute a model that has some");
  if (asked.players.size() > kMostPlayers && !arguments.compounding && !arguments.loops)
    refuse_words("--domains",
                 fmt::format("the model has stressors in {} domains (at most {})", asked.players.size(), kMostPlayers),
                 "name at most ten stressors with --of");
  return asked;
}

/// Lives variants of the model, and says how many.
SumsOfRuns live(ManyRuns runs, const std::vector<AskedOutcome>& outcomes, const AttributeArguments& arguments,
                const Call& call) {
  for (const AskedOutcome& one : outcomes) runs.outcomes.push_back(one.outcome);
  const Study& study = runs.plan.study;
  hint(call, fmt::format("{}: {} of {} each\n", counted(runs.variants, "variant"),
                         counted(static_cast<std::size_t>(study.replicates), "run"),
                         counted(static_cast<std::size_t>(study.years), "year")));
  RunOptions options;
  options.threads = arguments.threads;
  Progress progress;
  const ProgressLine line(progress, call.loudness);
  return live_variants(runs, options, progress, watch_signals());
}

ExitCode compounding(const StudyPlan& plan, const SharesAsked& asked, const AttributeArguments& arguments,
                     const Call& call) {
  const auto variant = [&](std::size_t which) {
    return compounding_model(asked.model, static_cast<Compounding>(which));
  };
  const auto found = compounded(asked.model, asked.outcomes,
                                live({plan, kCompoundings, variant, {}}, asked.outcomes, arguments, call));
  const CompoundingReport report{plan, asked.model, asked.outcomes, found, notes_of(plan, 0)};
  if (call.json) return print(compounding_json(report)), ExitCode::done;
  print(arguments.csv ? compounding_csv(report) : compounding_text(report, arguments.by));
  return ExitCode::done;
}

ExitCode loops(const StudyPlan& plan, const SharesAsked& asked, const AttributeArguments& arguments, const Call& call) {
  const CausalLoops found = causal_loops(asked.model);
  if (found.loops.empty()) throw EnvironmentError(ExitCode::failed, "the model has no loops: nothing to cut");
  const auto variant = [&](std::size_t which) {
    return which < found.edges.size() ? without_edge(asked.model, found.edges[which])
                                      : compounding_model(asked.model, Compounding::whole);
  };
  const auto ranked = ranked_loops(asked.model, found, asked.outcomes,
                                   live({plan, found.edges.size() + 1, variant, {}}, asked.outcomes, arguments, call));
  const LoopsReport report{plan, asked.model, asked.outcomes, found, ranked, notes_of(plan, 0)};
  print(call.json ? loops_json(report) : loops_text(report));
  return ExitCode::done;
}

ExitCode tell(const SharesReport& report, const AttributeArguments& arguments, const Call& call) {
  if (!arguments.svg.empty()) {
    write_file(arguments.svg,
               shares_svg(report, arguments.language == "nl" ? PictureLanguage::dutch : PictureLanguage::english));
    print(fmt::format("{}: {}\n", arguments.svg, report.asked.outcomes.front().label_en));
  } else if (call.json) {
    print(shares_json(report));
  } else {
    print(arguments.csv ? shares_csv(report) : shares_text(report, arguments.by));
  }
  return ExitCode::done;
}

ExitCode attribute(const AttributeArguments& arguments, const Call& call) {
  check_words(arguments, call);
  const Study study = read_checked_study(arguments.study, arguments.settings);
  asked_of(arguments, *read_library(data_folders(study)).model);
  if (!arguments.svg.empty()) check_place(arguments.svg, arguments.force ? Replace::yes : Replace::no);
  const StudyPlan plan =
      make_plan(study, {arguments.threads, [&](const std::string& line) { hint(call, line + "\n"); }});
  const SharesAsked asked = asked_of(arguments, *plan.arms.front().model);
  if (arguments.compounding) return compounding(plan, asked, arguments, call);
  if (arguments.loops) return loops(plan, asked, arguments, call);
  const auto subset = [&](std::size_t which) { return subset_model(asked.model, asked.players, which); };
  const auto shared =
      shared_out(asked, live({plan, subsets_of(asked.players), subset, {}}, asked.outcomes, arguments, call));
  const bool dutch = !arguments.svg.empty() && arguments.language == "nl";
  tell({plan, asked, shared, notes_of(plan, 0, dutch ? NoteLanguage::dutch : NoteLanguage::english)}, arguments, call);
  if (arguments.svg.empty() && !call.json && !arguments.csv && arguments.outcomes.size() == 1)
    hint(call, fmt::format("Next: sleutel attribute {}{} --outcome {} --svg shares.svg\n", shell_word(arguments.study),
                           set_words(arguments.settings), arguments.outcomes.front()));
  return ExitCode::done;
}

ExitCode attribute_with_settings(const AttributeArguments& arguments, const Call& call) {
  ExitCode how = ExitCode::failed;
  in_terms_of_settings(arguments.settings, arguments.study, [&] { how = attribute(arguments, call); });
  return how;
}

}  // namespace

void add_attribute(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<AttributeArguments>();
  CLI::App* command = app.add_subcommand("attribute", "How much of an outcome comes from which stressor");
  command->add_option("study", arguments->study, "Study file, such as scenarios/first-look.yaml; its baseline is asked")
      ->required();
  command->add_option("--outcome", arguments->outcomes, "Outcome (sleutel list outcomes), or its gap: good_health_gap")
      ->allow_extra_args(false)
      ->required();
  command->add_option("--of", arguments->of, "Between these stressors, at most ten: problem_debt,unemployed")
      ->delimiter(',');
  command->add_flag("--domains", arguments->domains, "Between the stressors of each domain (this is the default)");
  command->add_flag("--compounding", arguments->compounding,
                    "Instead: what all stressors make by acting on each other");
  command->add_flag("--loops", arguments->loops, "Instead: the strongest loops, by what cutting one edge changes");
  command->add_option("--by", arguments->by, "Groups in the text: city, income, life_stage (default: city)")
      ->check(one_of({"city", "income", "life_stage"}));
  add_set(*command, arguments->settings);
  CLI::Option* json = command->add_flag("--json", call.json, "As JSON, of all groups");
  command->add_flag("--csv", arguments->csv, "As CSV, of all groups")->excludes(json);
  command->add_option("--svg", arguments->svg, "Draw a waterfall to this file");
  command->add_option("--language", arguments->language, "Of the picture: en or nl (default: en)")
      ->check(one_of({"en", "nl"}));
  command->add_flag("--force", arguments->force, "Overwrite a file that is there");
  add_threads(*command, arguments->threads);
  command->add_flag_callback(
      "--quiet", [&call] { call.loudness = Loudness::quiet; }, "No progress, no hints");
  command->callback(
      [arguments, &call] { call.work = [arguments, &call] { return attribute_with_settings(*arguments, call); }; });
}

}  // namespace sleutel
