#include "sim/cli/program.h"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <new>

#include "sim/base/problems.h"
#include "sim/cli/commands.h"
#include "sim/cli/usage.h"
#include "sim/cli/version.h"

namespace sleutel {
namespace {

constexpr const char* kAbout =
    "Sleutel simulates the health, wellbeing and vitality of every resident of a city, month by month,\n"
    "to compare what the city and its partners could do.\n\n"
    "  ./sleutel run scenarios/first-look.yaml                        simulate and compare\n"
    "  ./sleutel compare results/first-look.h5 --by district          look closer\n"
    "  ./sleutel test                                                 build and run the tests\n";

ExitCode print_version() {
  print(fmt::format("sleutel {} (scheme {})\n", kVersion, kSchemeVersion));
  return ExitCode::done;
}

void add_all(CLI::App& app, Call& call) {
  add_run(app, call);
  add_validate(app, call);
  add_compare(app, call);
  add_measures(app, call);
  add_inequality(app, call);
  add_programmes(app, call);
  add_city(app, call);
  add_model(app, call);
  add_list(app, call);
  add_digest(app, call);
  add_reproduce(app, call);
  add_schema(app, call);
  add_explain(app, call);
  add_bench(app, call);
  add_export(app, call);
  add_trace(app, call);
  add_fit(app, call);
  add_calibrate(app, call);
  add_attribute(app, call);
  add_help(app, call);
  app.add_flag_callback(
      "--version", [&call] { call.work = print_version; }, "Print the version and end");
}

ExitCode parse_and_do(int argc, char** argv, const Here& here) {
  CLI::App app(kAbout, "sleutel");
  app.require_subcommand(0, 1);
  app.set_help_flag("-h,--help", "Explain the command");
  app.failure_message(CLI::FailureMessage::simple);
  Call call;
  call.here = here;
  call.arguments.assign(argv + 1, argv + argc);
  add_all(app, call);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    for (const CLI::App* one : app.get_subcommands())
      if (one->parsed()) return print(one->help("sleutel")), ExitCode::done;
    return print(app.help()), ExitCode::done;
  } catch (const CLI::ParseError& error) {
    return say_usage(app, call, error);
  }
  if (!call.work) return print(app.help()), ExitCode::done;
  return call.work();
}

/// What did not happen because the input was wrong; nothing is said where nobody expects that something was run.
std::string consequence_for(int argc, char** argv) {
  const std::string command = argc > 1 ? argv[1] : "";
  const bool runs = command == "run" || command == "validate" || command == "bench" || command == "export" ||
                    command == "trace" || command == "fit" || command == "attribute" || command == "calibrate";
  return runs ? "nothing was run" : "";
}

}  // namespace

ExitCode do_command(int argc, char** argv, const Here& here) {
  try {
    return parse_and_do(argc, argv, here);
  } catch (const InputError& error) {
    std::fputs(problems_text(error, consequence_for(argc, argv)).c_str(), stderr);
    return error.code;
  } catch (const EnvironmentError& error) {
    std::fputs(fmt::format("{}\n", error.what()).c_str(), stderr);
    return error.code;
  } catch (const std::bad_alloc&) {
    std::fputs("not enough memory: use fewer --threads, or a smaller `residents:`\n", stderr);
    return ExitCode::failed;
  } catch (const std::filesystem::filesystem_error& error) {
    std::fputs(fmt::format("{}: {}\n", error.path1().string(), error.code().message()).c_str(), stderr);
    return ExitCode::input_output;
  }
}

}  // namespace sleutel
