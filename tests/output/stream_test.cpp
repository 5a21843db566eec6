#include "output/hdf5/stream.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "output/compare/finished_years.h"
#include "output/hdf5/digest.h"
#include "output/hdf5/read.h"
#include "output/hdf5/size.h"
#include "sleutel/error.h"
#include "tests/output/synthetic.h"

namespace sleutel {
namespace {

using synthetic::Folder;
using synthetic::message_of;
using Notes = std::vector<std::vector<std::string>>;  // [scenario]

/// The sum over the cells of one stratum, straight from the tally.
template <class InStratum>
std::int64_t direct_sum(const Tally& tally, int measure, InStratum&& in_stratum) {
  std::int64_t sum = 0;
  for (int buurt = 0; buurt < tally.shape.buurten; ++buurt)
    for (int income = 0; income < kIncomeGroups; ++income)
      for (int rest = 0; rest < kLifeStages * 2; ++rest)
        if (in_stratum(buurt, income, rest / 2, rest % 2))
          sum += tally.at(tally.shape.cell(buurt, income, rest / 2, rest % 2), measure);
  return sum;
}

std::size_t place(const Results& results, int scenario, int replicate, int year, std::size_t strata, std::size_t at) {
  return static_cast<std::size_t>((scenario * results.replicates + replicate) * results.years + year) * strata + at;
}

const std::vector<double> kNumeratorDivisors = {1, 65536, 1, 10000, 1};
const std::vector<double> kDenominatorDivisors = {2, 2, 2, 2, 24};

/// Compares every number of one stratification with the tally it was made from.
template <class InStratum>
void compare_with_tallies(const StudyPlan& plan, const Results& results, int by, InStratum&& in_stratum) {
  const std::size_t strata = results.stratifications[static_cast<std::size_t>(by)].labels.size();
  for (int run = 0; run < 2 * plan.study.replicates * plan.study.years; ++run) {
    const int scenario = run / (plan.study.replicates * plan.study.years);
    const int replicate = run / plan.study.years % plan.study.replicates;
    const int year = run % plan.study.years;
    const synthetic::Year made(plan, scenario, replicate, year);
    for (std::size_t outcome = 0; outcome < results.outcomes.size(); ++outcome)
      for (std::size_t stratum = 0; stratum < strata; ++stratum) {
        const auto here = [&](int b, int i, int s, int x) { return in_stratum(stratum, b, i, s, x); };
        const auto& series = results.series[static_cast<std::size_t>(by)][outcome];
        const std::size_t at = place(results, scenario, replicate, year, strata, stratum);
        const int measure = static_cast<int>(2 * outcome);
        CHECK(series.numerator[at] ==
              static_cast<double>(direct_sum(made.tally, measure, here)) / kNumeratorDivisors[outcome]);
        CHECK(series.denominator[at] ==
              static_cast<double>(direct_sum(made.tally, measure + 1, here)) / kDenominatorDivisors[outcome]);
      }
  }
}

}  // namespace

TEST_CASE("every sum written is read back exactly") {
  const Folder folder;
  const auto plan = synthetic::plan(2, 2);
  const auto results = read_results(synthetic::finished(folder, plan));
  const auto& buurten = plan.start->buurten;
  compare_with_tallies(plan, results, 0, [&](std::size_t stratum, int buurt, int, int, int) {
    return stratum == 2 || buurten[static_cast<std::size_t>(buurt)].district == static_cast<int>(stratum);
  });
  compare_with_tallies(plan, results, 1, [](std::size_t stratum, int buurt, int, int, int) {
    return buurt == static_cast<int>(stratum);
  });
  compare_with_tallies(plan, results, 2, [](std::size_t stratum, int, int income, int, int) {
    return income == static_cast<int>(stratum);
  });
  compare_with_tallies(plan, results, 3, [](std::size_t stratum, int, int, int stage, int) {
    return stage == static_cast<int>(stratum);
  });
  compare_with_tallies(plan, results, 4, [](std::size_t stratum, int, int income, int stage, int sex) {
    return (income * kLifeStages + stage) * 2 + sex == static_cast<int>(stratum);
  });
}

TEST_CASE("a result explains itself") {
  const Folder folder;
  const auto plan = synthetic::plan();
  const auto path = synthetic::finished(folder, plan);
  const auto results = read_results(path);
  CHECK(results.study == "toy-study");
  CHECK(results.question == "Does it help?");
  CHECK(results.city_name == "Toy");
  CHECK(results.study_text == plan.study.text);
  CHECK(results.model_text == "model: toy-1\n");
  CHECK(results.version == "0.1.0");
  CHECK(results.history.find("sleutel run toy.yaml") != std::string::npos);
  CHECK(results.residents == 100);
  CHECK(results.start_year == 2024);
  CHECK(results.seed == plan.study.seed);
  CHECK(results.scenarios == std::vector<std::string>{"baseline", "help"});
  CHECK(results.notes == Notes{{}, {"The effect of vroegsignalering is assumed, not measured."}});
  CHECK(results.stratifications[0].labels == std::vector<std::string>{"Noord", "Zuid \xC3\xA9", "Toy"});
  CHECK(results.stratifications[1].labels == std::vector<std::string>{"Haven", "Hof", "Laan"});
  CHECK(results.stratifications[4].labels.at(95) == "students and institutions, oldest, female");
  REQUIRE(results.outcomes.size() == 5);
  CHECK(results.outcomes[0].id == "problem_debt");
  CHECK(results.outcomes[0].label_nl == "\xC3\xA9\xC3\xA9n problem debt");
  CHECK(results.outcomes[1].decimals == 2);
  CHECK(results.outcomes[2].also_gap);
  CHECK(results.outcomes[3].matters == 0.01);
  CHECK(!results.outcomes[4].higher_is_better);
  CHECK(finished_years_text(results) ==
        "24 of 24 years of runs are in the file: baseline and help 2024-2027 in all 3 replicates.");
}

TEST_CASE("the file says of each scenario what must stand beside its results") {
  const Folder folder;
  auto plan = synthetic::plan(1, 1);
  plan.arms.push_back(plan.arms[1]);
  plan.arms[2].name = "assumes";
  plan.study.scenarios.resize(3);
  plan.programmes[0].effects[0].assumed = false;
  plan.programmes[0].hypothetical = true;
  ProgrammeEntry entry;
  entry.programme = "vroegsignalering";
  plan.study.scenarios[1].programmes = {entry};
  entry.assume.emplace_back();
  plan.study.scenarios[2].programmes = {entry};
  const std::string hypothetical = "vroegsignalering is hypothetical: it selects on what its partner may not see.";
  CHECK(read_results(synthetic::finished(folder, plan)).notes ==
        Notes{{}, {hypothetical}, {"The effect of vroegsignalering is assumed, not measured.", hypothetical}});
}

TEST_CASE("while running there is a partial file with the finished years, afterwards only the result") {
  const Folder folder;
  const auto plan = synthetic::plan();
  const auto path = folder.file("deep/er/toy.h5");
  Hdf5Recorder recorder(plan, path, synthetic::provenance());
  synthetic::write(plan, recorder, 1, 2, 3);
  const auto during = read_results(recorder.partial_path());  // the writer still has it open
  CHECK(during.has_year(1, 2, 3));
  CHECK(std::count(during.complete.begin(), during.complete.end(), 1) == 1);
  CHECK(finished_years_text(during) ==
        "1 of 24 years of runs are in the file: baseline none; help 2027 in replicate 2.");
  CHECK(!std::filesystem::exists(path));
  recorder.finish();
  CHECK(std::filesystem::exists(path));
  CHECK(!std::filesystem::exists(recorder.partial_path()));
  const auto after = read_results(path);
  CHECK(after.series[1][1].numerator == during.series[1][1].numerator);
}

TEST_CASE("the size of a file while it is written is known before") {
  const Folder folder;
  const auto plan = synthetic::plan(GENERATE(1, 20), GENERATE(1, 30));
  const Hdf5Recorder recorder(plan, folder.file("toy.h5"), synthetic::provenance());
  const auto bytes = static_cast<double>(std::filesystem::file_size(recorder.partial_path()));
  CHECK(static_cast<double>(bytes_while_running(plan)) / bytes == Approx(1).margin(0.1));
}

TEST_CASE("nothing is overwritten without being told") {
  const Folder folder;
  auto plan = synthetic::plan();
  const auto path = synthetic::finished(folder, plan);
  const auto again = [&] { Hdf5Recorder(plan, path, synthetic::provenance()); };
  CHECK(message_of(again, ExitCode::would_overwrite) ==
        path + " is there already and would be overwritten; use --force to replace it");
  CHECK_NOTHROW(Hdf5Recorder(plan, path, synthetic::provenance(), Overwrite::allow));
  CHECK(std::filesystem::exists(path));  // replaced only at the end
}

TEST_CASE("a file that holds no results is not replaced, even by force") {
  const Folder folder;
  const auto plan = synthetic::plan();
  const auto path = folder.file("letter.txt");
  std::ofstream(path) << "dear city\n";
  const auto write = [&] { Hdf5Recorder(plan, path, synthetic::provenance(), Overwrite::allow); };
  CHECK(message_of(write, ExitCode::would_overwrite) ==
        path + " is there already and is no results file: it is not overwritten, even with --force");
  CHECK(std::filesystem::file_size(path) == 10);
  std::ofstream(path, std::ios::trunc);
  CHECK_NOTHROW(write());  // an empty file holds nothing
}

TEST_CASE("results of another study are told before a plan is made") {
  const Folder folder;
  auto plan = synthetic::plan();
  const auto path = synthetic::finished(folder, plan);
  CHECK_NOTHROW(refuse_another_study(path, plan.study.text));
  CHECK_NOTHROW(refuse_another_study(folder.file("none.h5"), "another"));
  const auto ask = [&] { refuse_another_study(path, plan.study.text + "# changed\n"); };
  CHECK(message_of(ask, ExitCode::would_overwrite) ==
        path + " is there already and would be overwritten; use --force to replace it");
}

TEST_CASE("other inputs are told before the start is found, with what is another") {
  const Folder folder;
  auto plan = synthetic::plan();
  plan.files = {{"toy/model.yaml", "model: toy-1\n"}, {"evidence/rows.csv", "id\n"}};
  const auto path = synthetic::finished(folder, plan);
  const auto ask = [&] { refuse_other_inputs(path, plan, "0.1.0"); };
  CHECK_NOTHROW(ask());
  plan.start = nullptr;  // it is not looked at
  CHECK_NOTHROW(ask());
  std::string other;
  SECTION("a changed file") {
    plan.files[1].text += "T-9\n";
    other = "evidence/rows.csv";
  }
  SECTION("a file more") {
    plan.files.push_back({"toy/tables/death.csv", "age\n"});
    other = "toy/tables/death.csv";
  }
  SECTION("a file less") {
    plan.files.pop_back();
    other = "evidence/rows.csv";
  }
  SECTION("a model beside the study") {
    auto model = synthetic::model();
    model->model_yaml += "# mine\n";
    plan.arms[0].model = model;
    plan.study.model = "mine.yaml";
    other = "mine.yaml";
  }
  SECTION("another study") {
    plan.study.text += "# longer\n";
    other = "study";
  }
  CHECK(message_of(ask, ExitCode::would_overwrite) == path + " holds results of other inputs (another " + other +
                                                          "); --force replaces it, --output writes elsewhere");
  const auto newer = [&] { refuse_other_inputs(path, plan, "0.2.0"); };
  CHECK(message_of(newer, ExitCode::would_overwrite) ==
        path +
            " holds results of other inputs (another version of the program); --force replaces it, --output writes "
            "elsewhere");
}

TEST_CASE("finished years of a stopped run of other inputs are told before the start is found") {
  const Folder folder;
  auto plan = synthetic::plan();
  plan.files = {{"toy/model.yaml", "model: toy-1\n"}};
  const auto path = folder.file("toy.h5");
  {
    Hdf5Recorder stopped(plan, path, synthetic::provenance());
    const auto ask = [&] { refuse_other_inputs(path, plan, "0.1.0"); };
    CHECK(message_of(ask, ExitCode::would_overwrite) ==
          path + ".partial is being written by another run; wait for it or stop it first");
    synthetic::write(plan, stopped, 0, 0, 0);
  }
  CHECK_NOTHROW(refuse_other_inputs(path, plan, "0.1.0"));
  plan.study.text += "# longer\n";
  const auto ask = [&] { refuse_other_inputs(path, plan, "0.1.0"); };
  CHECK(message_of(ask, ExitCode::would_overwrite) ==
        path +
            ".partial holds results of other inputs (another study); --force replaces it, --output writes elsewhere");
}

TEST_CASE("what stands there is recognised") {
  const Folder folder;
  auto plan = synthetic::plan();
  const auto path = folder.file("toy.h5");
  CHECK(existing_result(path, plan, "0.1.0") == Existing::none);
  synthetic::finished(folder, plan);
  CHECK(existing_result(path, plan, "0.1.0") == Existing::same);
  CHECK(existing_result(path, plan, "0.2.0") == Existing::different);
  SECTION("another study text") { plan.study.text += "# longer\n"; }
  SECTION("another number of residents") { plan.study.residents = 10; }
  SECTION("another coverage") { plan.arms[1].programmes[0].coverage = 0.61; }
  SECTION("another start city") {
    auto city = synthetic::city();
    city->residents.income[7] = 1;
    plan.start = city;
  }
  SECTION("another matrix") {
    auto model = synthetic::model();
    model->matrix[0].edge_begin.resize(1);
    plan.arms[1].model = model;
  }
  SECTION("not a result at all") { std::ofstream(path) << "hello"; }
  CHECK(existing_result(path, plan, "0.1.0") == Existing::different);
}

TEST_CASE("an outcome cannot take the name of something else in the file") {
  const Folder folder;
  auto plan = synthetic::plan();
  auto model = synthetic::model();
  model->outcomes[0].id = "income";
  plan.arms[0].model = model;
  CHECK_THROWS_AS(Hdf5Recorder(plan, folder.file("toy.h5"), synthetic::provenance()), InputError);
}

TEST_CASE("a study without programmes is written too") {
  const Folder folder;
  auto plan = synthetic::plan();
  plan.programmes.clear();
  plan.arms[1].programmes.clear();
  const auto results = read_results(synthetic::finished(folder, plan));
  CHECK(results.notes == Notes{{}, {}});
}

}  // namespace sleutel
