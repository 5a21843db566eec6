#include "sim/calibrate/ledger.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "sleutel/error.h"

namespace sleutel::calibrate {
namespace {

struct Place {
  Place() { std::filesystem::remove_all(folder), std::filesystem::create_directories(folder); }
  ~Place() { std::filesystem::remove_all(folder); }
  std::filesystem::path folder = std::filesystem::temp_directory_path() / "sleutel-ledger";
  std::string file = (folder / "search.ledger").string();
};

}  // namespace

TEST_CASE("what was simulated is found again, to the last bit") {
  const Place place;
  const Ledger::Replicates came = {{0.1, 1.0 / 3}, {2e-300, 4}};
  {
    Ledger ledger(place.file, "one");
    ledger.add(7, {0.25, -1.0 / 7}, came);
    ledger.add(3, {1, 2}, came);
  }
  const Ledger again(place.file, "one");
  CHECK(again.size() == 2);
  REQUIRE(again.find(7, {0.25, -1.0 / 7}) != nullptr);
  CHECK(*again.find(7, {0.25, -1.0 / 7}) == came);
  CHECK(again.find(7, {0.25, 0}) == nullptr);  // another point under that number
  CHECK(again.find(8, {1, 2}) == nullptr);
}

TEST_CASE("a line that was cut off is as good as none, and is written again") {
  const Place place;
  {
    Ledger ledger(place.file, "one");
    ledger.add(0, {1}, {{5}, {6}});
    ledger.add(1, {2}, {{7}, {8}});
  }
  const auto size = std::filesystem::file_size(place.file);
  for (std::uintmax_t less = 1; less <= 6; ++less) {
    std::filesystem::resize_file(place.file, size - less);
    Ledger ledger(place.file, "one");
    CHECK(ledger.find(0, {1}) != nullptr);
    const bool whole = less == 1;  // only the end of the line is missing
    CHECK((ledger.find(1, {2}) != nullptr) == whole);
    if (!whole) ledger.add(1, {2}, {{7}, {8}});
    const Ledger again(place.file, "one");
    CHECK(*again.find(1, {2}) == Ledger::Replicates{{7}, {8}});
    std::filesystem::remove(place.file);
    Ledger anew(place.file, "one");
    anew.add(0, {1}, {{5}, {6}});
    anew.add(1, {2}, {{7}, {8}});
  }
}

TEST_CASE("a ledger of another search is left alone") {
  const Place place;
  Ledger(place.file, "one").add(0, {1}, {{5}});
  const auto size = std::filesystem::file_size(place.file);
  try {
    const Ledger other(place.file, "another");
    FAIL("it was taken");
  } catch (const EnvironmentError& error) {
    CHECK(error.code == ExitCode::would_overwrite);
    CHECK(std::string(error.what()) == place.file +
                                           " belongs to another search (other inputs, or another version): it is left "
                                           "alone; --force begins anew, --output writes elsewhere");
  }
  CHECK(std::filesystem::file_size(place.file) == size);
}

}  // namespace sleutel::calibrate
