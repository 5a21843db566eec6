// What stands behind the HDF5 of a file: every byte of a small one is changed once.
#include "output/hdf5/seal.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "output/hdf5/digest.h"
#include "output/hdf5/read.h"
#include "sleutel/error.h"
#include "tests/output/synthetic.h"

namespace sleutel {
namespace {

using h5::RowState;
using h5::SealState;

std::vector<char> image_of(std::size_t bytes) {
  std::vector<char> image(bytes);
  for (std::size_t i = 0; i < bytes; ++i) image[i] = static_cast<char>(mixed(i));
  return image;
}

void write_file_of(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a seal sees every byte of a finished file") {
  const synthetic::Folder folder;
  const auto image = image_of(3000);
  const std::string good = std::string(image.begin(), image.end()) + h5::seal_for(image, {});
  const auto path = folder.file("sealed");
  write_file_of(path, good);
  REQUIRE(h5::read_seal(path).state == SealState::whole);
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (1 << (at % 8)));
    write_file_of(path, bad);
    CHECK(h5::read_seal(path).state == (at + 24 < good.size() ? SealState::damaged : SealState::none));
  }
  for (std::size_t length = 0; length < good.size(); length += 7) {
    write_file_of(path, good.substr(0, length));
    CHECK(h5::read_seal(path).state == SealState::none);
  }
}

TEST_CASE("a seal sees every byte of years that are there, and no year that is not") {
  const synthetic::Folder folder;
  const auto plan = GENERATE(false, true) ? synthetic::plan_with_panel(1, 2) : synthetic::plan(1, 2);
  const auto path = folder.file("toy.h5.partial");
  {
    Hdf5Recorder stopped(plan, folder.file("toy.h5"), synthetic::provenance());
    synthetic::write(plan, stopped, 0, 0, 1);
    synthetic::write(plan, stopped, 1, 0, 0);
  }
  const std::string good = bytes_of(path);
  const h5::Seal whole = h5::read_seal(path);
  REQUIRE(whole.state == SealState::whole);
  CHECK(whole.rows == std::vector{RowState::absent, RowState::there, RowState::there, RowState::absent});
  for (const auto& column : whole.parts.columns) {
    const std::uint64_t step = column.row_bytes > 1000 ? 97 : 5;  // each look reads the whole file
    for (std::uint64_t byte = 0; byte < 4 * column.row_bytes; byte += step) {
      std::string bad = good;
      bad[column.offset + byte] = static_cast<char>(bad[column.offset + byte] ^ 16);
      write_file_of(path, bad);
      auto expected = whole.rows;
      RowState& hit = expected[byte / column.row_bytes];
      if (hit == RowState::there) hit = RowState::damaged;
      const h5::Seal seal = h5::read_seal(path);
      CHECK(seal.state == SealState::whole);
      CHECK(seal.rows == expected);
    }
  }
}

TEST_CASE("the months of a panel are in the rows, and a file that was gone on with has them all") {
  const synthetic::Folder folder;
  const auto plan = synthetic::plan_with_panel(1, 2), without = synthetic::plan(1, 2);
  const auto columns = [&](const StudyPlan& of, const std::string& name) {
    { Hdf5Recorder(of, folder.file(name), synthetic::provenance()); }
    return h5::read_seal(folder.file(name + ".partial")).parts.columns;
  };
  const auto all = columns(plan, "toy.h5"), fewer = columns(without, "plain.h5");
  std::uint64_t bytes_of_row = 0;
  for (const auto& column : all) bytes_of_row += column.row_bytes;
  for (const auto& column : fewer) bytes_of_row -= column.row_bytes;
  // status, the answers (4, 1, 4), one programme, loads and size (2 each), four categories
  CHECK(bytes_of_row == std::uint64_t{3 * 12} * (1 + 4 + 1 + 4 + 1 + 3 * 2 + 4));
  {
    Hdf5Recorder stopped(plan, folder.file("toy.h5"), synthetic::provenance(), Overwrite::allow);
    synthetic::write(plan, stopped, 0, 0, 0);
  }
  Hdf5Recorder resumed(plan, folder.file("toy.h5"), synthetic::provenance(), Overwrite::resume);
  synthetic::write(plan, resumed, 0, 0, 1);
  for (int year : {0, 1}) synthetic::write(plan, resumed, 1, 0, year);
  resumed.finish();
  const auto differ = differences(folder.file("toy.h5"), synthetic::finished(folder, plan, "once.h5"));
  CHECK(differ.variables == std::vector<std::string>{});
  const auto elsewhere = differences(folder.file("toy.h5"), synthetic::finished(folder, without, "plain.h5"));
  CHECK(std::count(elsewhere.variables.begin(), elsewhere.variables.end(), "/panel/stress_fast") == 1);
}

TEST_CASE("the history of a file has all that went on with it") {
  const synthetic::Folder folder;
  const auto plan = synthetic::plan();
  const auto path = folder.file("toy.h5");
  auto by = synthetic::provenance();
  by.command_line = "first";
  { Hdf5Recorder(plan, path, by).year_done(synthetic::Year(plan, 0, 0, 0).ready()); }
  by.command_line = "second";
  { Hdf5Recorder(plan, path, by, Overwrite::resume); }
  by.command_line = "third";
  { Hdf5Recorder(plan, path, by, Overwrite::resume); }
  by.command_line = "last";
  Hdf5Recorder last(plan, path, by, Overwrite::resume);
  synthetic::write_all(plan, last);
  last.finish();
  const std::string history = read_results(path).history;
  CHECK(std::count(history.begin(), history.end(), '\n') == 3);
  const auto first = history.find("first"), second = history.find("second"), third = history.find("third");
  CHECK((first < second && second < third && third < history.find("last")));
}

TEST_CASE("what a run left that was killed before its partial file had its name goes with the next one") {
  const synthetic::Folder folder;
  const auto path = folder.file("toy.h5.partial.new.");
  const std::string dead = path + "2000000000", alive = path + std::to_string(getppid()), other = path + "mine";
  for (const auto& name : {dead, alive, other}) write_file_of(name, "left");
  { Hdf5Recorder(synthetic::plan(), folder.file("toy.h5"), synthetic::provenance()); }
  CHECK(!std::filesystem::exists(dead));
  CHECK(std::filesystem::exists(alive));
  CHECK(std::filesystem::exists(other));
}

TEST_CASE("the digest of a partial file does not ask what a kill has left of years that are not there") {
  const synthetic::Folder folder;
  const auto plan = synthetic::plan(1, 2);
  const auto path = folder.file("toy.h5.partial");
  {
    Hdf5Recorder stopped(plan, folder.file("toy.h5"), synthetic::provenance());
    synthetic::write(plan, stopped, 0, 0, 1);
  }
  const std::string before = digest(path);
  std::string changed = bytes_of(path);
  const auto column = h5::read_seal(path).parts.columns.front();
  changed[column.offset] = static_cast<char>(changed[column.offset] ^ 1);
  write_file_of(path, changed);
  CHECK(digest(path) == before);
}

}  // namespace sleutel
