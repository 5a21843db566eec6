#include <catch2/catch.hpp>

#include "output/hdf5/handle.h"
#include "output/measures/paired.h"
#include "sim/base/math.h"
#include "sleutel/random.h"
#include "tests/model/small_model.h"
#include "tests/output/synthetic.h"

// The laws of what comes out: a result explains itself, noise is not an effect.

namespace sleutel::test {

namespace {

/// A finished results file of an invented study of this model.
std::string results_of(const synthetic::Folder& folder, std::shared_ptr<const Model> model) {
  StudyPlan plan = synthetic::plan(1, 1);
  auto described = std::make_shared<Model>(*plan.arms.front().model);
  described->model_yaml = model->model_yaml;
  described->evidence_text = model->evidence_text;
  for (StudyPlan::Arm& arm : plan.arms) arm.model = described;
  const std::string file = folder.file("explains.h5");
  Hdf5Recorder recorder(plan, file, {"1.2.3", "sleutel run toy.yaml", "2026-01-31T12:00:00Z"});
  for (const int scenario : {0, 1}) recorder.year_done(synthetic::Year(plan, scenario, 0, 0).ready());
  recorder.finish();
  return file;
}

std::string text_in(const std::string& file, const std::string& name) {
  return h5::texts_in(h5::open_to_read(file), "/provenance/" + name).front();
}

void write(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

bool same_lanes(const std::vector<Lanes>& one, const std::vector<Lanes>& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](const Lanes& a, const Lanes& b) { return a.at == b.at; });
}

/// How often an interval over so many pairs of noise leaves zero out [share].
double false_alarms(int replicates, int studies) {
  int alarms = 0;
  std::uint64_t named = 0;
  for (int study = 0; study < studies; ++study) {
    std::vector<double> baseline, scenario;
    for (int replicate = 0; replicate < replicates; ++replicate) {
      for (auto* side : {&baseline, &scenario})
        side->push_back(normal_quantile(uniform({{1, 2}, ++named, 0, Purpose{}}) + 0x1.0p-54));
    }
    const PairedDifference difference = paired_difference(baseline, scenario);
    const Verdict said = verdict(difference, 1e9);
    REQUIRE((said == Verdict::real_but_small || said == Verdict::no_difference));
    alarms += said == Verdict::real_but_small ? 1 : 0;
  }
  return static_cast<double>(alarms) / studies;
}

}  // namespace

TEST_CASE("a result explains itself: its model is compiled again from what the file says", "[law]") {
  const small::Copy copy;
  const synthetic::Folder folder;
  const auto model = copy.model();
  const std::string file = results_of(folder, model);
  const small::Copy again;
  write(again.path("model.yaml"), text_in(file, "model_text"));
  write(again.path("evidence/rows.csv"), text_in(file, "evidence_text"));
  REQUIRE(again.problems().empty());
  const auto same = again.model();
  for (std::size_t level = 0; level < model->matrix.size(); ++level) {
    REQUIRE(same_lanes(model->matrix[level].edge_begin, same->matrix[level].edge_begin));
    REQUIRE(same_lanes(model->matrix[level].edge_end, same->matrix[level].edge_end));
    REQUIRE(same_lanes(model->matrix[level].base_begin, same->matrix[level].base_begin));
  }
  REQUIRE(same->evidence == model->evidence);
  REQUIRE(text_in(file, "study_text") == synthetic::plan(1, 1).study.text);
}

TEST_CASE("noise is not an effect: one interval of noise in twenty leaves zero out, with few replicates too", "[law]") {
  const int studies = 4000;
  // 5% with a standard error of 0.34 points. Four of them: one false alarm in 16,000. A normal quantile gives 19%
  // with three replicates.
  for (const int replicates : {2, 3, 10}) {
    INFO(replicates);
    REQUIRE(false_alarms(replicates, studies) == Approx(0.05).margin(4 * 0.00345));
  }
}

TEST_CASE("noise is not an effect: what could be nothing is never called larger or real", "[law]") {
  const PairedDifference wide = paired_difference({0, 0, 0}, {1, 2, 4});  // 2.33, standard error 0.88
  REQUIRE(wide.low < 0);
  REQUIRE(verdict(wide, 0.1) == Verdict::uncertain);
  REQUIRE(verdict(wide, 10) == Verdict::no_difference);
}

}  // namespace sleutel::test
