#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "output/hdf5/read.h"
#include "tests/output/synthetic.h"

namespace sleutel {
namespace {

/// What readers in other languages must find, as our own reader finds it.
nlohmann::json expected_of(const Results& results) {
  nlohmann::json city;
  const std::size_t strata = results.stratifications[0].labels.size();
  for (std::size_t outcome = 0; outcome < results.outcomes.size(); ++outcome) {
    const Series& series = results.series[0][outcome];
    for (std::size_t run_year = 0; run_year < results.complete.size(); ++run_year) {
      const std::size_t at = run_year * strata + strata - 1;
      city[results.outcomes[outcome].id].push_back(series.numerator[at] / series.denominator[at]);
    }
  }
  return {{"city", city}, {"districts", results.stratifications[0].labels}, {"scenarios", results.scenarios}};
}

int open_with_python(const std::string& path, const std::string& expected) {
  const std::string script = std::string(SLEUTEL_SOURCE_DIR) + "/tests/output/open_results_test.py";
  return std::system(("/usr/bin/python3 " + script + " --file " + path + " " + expected + " >&2").c_str());
}

}  // namespace

TEST_CASE("results open in xarray with both engines, netCDF4, h5py and pandas") {
  const synthetic::Folder folder;
  const auto path = synthetic::finished(folder, synthetic::plan());
  std::ofstream(folder.file("expected.json")) << expected_of(read_results(path));
  CHECK(open_with_python(path, folder.file("expected.json")) == 0);
}

TEST_CASE("a file that is being written opens in these readers too") {
  const synthetic::Folder folder;
  const auto plan = synthetic::plan();
  Hdf5Recorder recorder(plan, folder.file("toy.h5"), synthetic::provenance());
  synthetic::write_all(plan, recorder);
  std::ofstream(folder.file("expected.json")) << expected_of(read_results(recorder.partial_path()));
  CHECK(open_with_python(recorder.partial_path(), folder.file("expected.json")) == 0);
}

}  // namespace sleutel
