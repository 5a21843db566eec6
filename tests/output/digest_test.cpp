#include "output/hdf5/digest.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "output/hdf5/sha256.h"
#include "tests/output/synthetic.h"

namespace sleutel {

using synthetic::Folder;

TEST_CASE("SHA-256 of known messages") {
  Sha256 empty;
  CHECK(empty.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Sha256 abc;
  abc.add_bytes("abc", 3);
  CHECK(abc.hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("numbers enter a digest by their value") {
  const auto hex = [](double x) {
    Sha256 sha;
    sha.add(x);
    return sha.hex();
  };
  CHECK(hex(0.0) == hex(-0.0));
  CHECK(hex(std::nan("1")) == hex(-std::nan("2")));
  CHECK(hex(1.0) != hex(std::nextafter(1.0, 2.0)));
  Sha256 one, other;
  one.add("ab");
  one.add("c");
  other.add("a");
  other.add("bc");
  CHECK(one.hex() != other.hex());
}

TEST_CASE("a digest does not depend on the order of years, compression, provenance or place", "[law]") {
  const Folder folder;
  const auto plan = synthetic::plan();
  const auto expected = digest(synthetic::finished(folder, plan));
  CHECK(expected.size() == 64);
  Hdf5Recorder backwards(plan, folder.file("other.h5"), {"9.9", "another command", "1999-01-01T00:00:00Z"});
  for (int year = plan.study.years - 1; year >= 0; --year)
    for (int replicate = 0; replicate < plan.study.replicates; ++replicate)
      for (int scenario : {1, 0}) synthetic::write(plan, backwards, scenario, replicate, year);
  CHECK(digest(backwards.partial_path()) == expected);  // not compressed
  backwards.finish();
  CHECK(digest(backwards.path()) == expected);
}

TEST_CASE("a digest changes with one value, one book, one missing year") {
  const Folder folder;
  const auto plan = synthetic::plan();
  const auto expected = digest(synthetic::finished(folder, plan));
  Hdf5Recorder recorder(plan, folder.file("other.h5"), synthetic::provenance());
  synthetic::write_all(plan, recorder);
  REQUIRE(digest(recorder.partial_path()) == expected);
  synthetic::Year year(plan, 1, 1, 1);
  SECTION("one sum") { year.tally.at(17, 3) += 1; }
  SECTION("one cent") { year.programmes[0].cents += 1; }
  SECTION("one departure") { year.record.books.departures += 1; }
  recorder.year_done(year.ready());
  const bool changed = digest(recorder.partial_path()) != expected;
  CHECK(changed);
}

TEST_CASE("a digest tells a missing year") {
  const Folder folder;
  const auto plan = synthetic::plan(1, 1);
  Hdf5Recorder recorder(plan, folder.file("toy.h5"), synthetic::provenance());
  const auto before = digest(recorder.partial_path());
  synthetic::write(plan, recorder, 0, 0, 0);
  CHECK(digest(recorder.partial_path()) != before);
}

}  // namespace sleutel
