// A run that was stopped: what is kept of it, who may go on with it, and that nothing differs afterwards.
#include <catch2/catch.hpp>
#include <filesystem>

#include "output/hdf5/digest.h"
#include "output/hdf5/stream.h"
#include "sleutel/error.h"
#include "tests/output/synthetic.h"

namespace sleutel {

using synthetic::message_of;

TEST_CASE("a stopped run is kept until somebody says what to do with it") {
  const synthetic::Folder folder;
  auto plan = synthetic::plan();
  const auto path = folder.file("toy.h5");
  {
    Hdf5Recorder stopped(plan, path, synthetic::provenance());
    synthetic::write(plan, stopped, 0, 0, 0);
  }
  const auto begin = [&] { Hdf5Recorder(plan, path, synthetic::provenance()); };
  CHECK(message_of(begin, ExitCode::would_overwrite) ==
        path +
            ".partial holds 1 of 24 years of runs of this study, from a run that was stopped; --resume goes on with "
            "them, --force begins anew");
  plan.study.seed = 2;
  CHECK(message_of(begin, ExitCode::would_overwrite) ==
        path +
            ".partial holds 1 of 24 years of runs of other inputs, from a run that was stopped; use --force to "
            "replace it");
  CHECK_NOTHROW(Hdf5Recorder(plan, path, synthetic::provenance(), Overwrite::allow));
}

TEST_CASE("a file without finished years keeps nobody from beginning") {
  const synthetic::Folder folder;
  const auto plan = synthetic::plan();
  for (int i = 0; i < 2; ++i) CHECK_NOTHROW(Hdf5Recorder(plan, folder.file("toy.h5"), synthetic::provenance()));
}

TEST_CASE("a stopped run is gone on with by the same inputs, and knows which runs it has") {
  const synthetic::Folder folder;
  auto plan = synthetic::plan();
  const auto path = folder.file("toy.h5");
  const auto resume = [&] { Hdf5Recorder(plan, path, synthetic::provenance(), Overwrite::resume); };
  CHECK(message_of(resume, ExitCode::input_missing) ==
        path + ".partial is not there: there is nothing to resume; run the study without --resume");
  {
    Hdf5Recorder stopped(plan, path, synthetic::provenance());
    CHECK(!stopped.has_run(0, 0));
    for (int year = 0; year < plan.study.years; ++year) synthetic::write(plan, stopped, 1, 2, year);
    synthetic::write(plan, stopped, 0, 1, 0);
    CHECK(message_of(resume, ExitCode::would_overwrite) ==
          path + ".partial is being written by another run; wait for it or stop it first");
  }
  {
    Hdf5Recorder going_on(plan, path, synthetic::provenance(), Overwrite::resume);
    for (int scenario = 0; scenario < 2; ++scenario)
      for (int replicate = 0; replicate < plan.study.replicates; ++replicate)
        CHECK(going_on.has_run(scenario, replicate) == (scenario == 1 && replicate == 2));
    for (int scenario = 0; scenario < 2; ++scenario)
      for (int replicate = 0; replicate < plan.study.replicates; ++replicate)
        for (int year = 0; year < plan.study.years; ++year)
          if (!going_on.has_run(scenario, replicate)) synthetic::write(plan, going_on, scenario, replicate, year);
    going_on.finish();
  }
  const synthetic::Folder elsewhere;
  CHECK(digest(path) == digest(synthetic::finished(elsewhere, plan)));
}

TEST_CASE("what cannot be gone on with is told") {
  const synthetic::Folder folder;
  auto plan = synthetic::plan();
  const auto path = folder.file("toy.h5");
  {
    Hdf5Recorder stopped(plan, path, synthetic::provenance());
    synthetic::write(plan, stopped, 0, 0, 0);
  }
  const auto resume = [&] { Hdf5Recorder(plan, path, synthetic::provenance(), Overwrite::resume); };
  SECTION("other inputs") {
    plan.study.seed = 2;
    CHECK(message_of(resume, ExitCode::would_overwrite) ==
          path +
              ".partial holds 1 of 24 years of runs of other inputs, from a run that was stopped; it cannot be "
              "resumed with these, --force begins anew");
  }
  SECTION("a file that is cut off") {
    std::filesystem::resize_file(path + ".partial", std::filesystem::file_size(path + ".partial") / 3);
    CHECK(message_of(resume, ExitCode::bad_input) ==
          path + ".partial is cut off or damaged and cannot be resumed; --force begins anew");
  }
  SECTION("a result that stands there") {
    const synthetic::Folder elsewhere;
    std::filesystem::copy_file(synthetic::finished(elsewhere, plan), path);
    CHECK(message_of(resume, ExitCode::would_overwrite) ==
          path + " is finished: there is nothing to resume (a stopped --expand goes on with the same --expand)");
  }
}

TEST_CASE("a result with fewer or more replicates of the same study is recognised") {
  const synthetic::Folder folder;
  auto plan = synthetic::plan();
  const auto path = synthetic::finished(folder, plan);
  plan.study.replicates += 1;
  plan.study.text += "# one more\n";
  CHECK(existing_result(path, plan, "0.1.0") == Existing::fewer);
  plan.study.replicates -= 2;
  CHECK(existing_result(path, plan, "0.1.0") == Existing::same);
  plan.study.seed += 1;
  CHECK(existing_result(path, plan, "0.1.0") == Existing::different);
}

TEST_CASE("a damaged partial file is not lost to who adds replicates") {
  const synthetic::Folder folder;
  auto plan = synthetic::plan();
  const auto path = synthetic::finished(folder, plan);
  plan.study.replicates += 1;
  const auto partial = path + ".partial";
  std::filesystem::copy_file(path, partial);
  std::filesystem::resize_file(partial, std::filesystem::file_size(partial) / 3);
  const auto expand = [&] { Hdf5Recorder(plan, path, synthetic::provenance(), Overwrite::expand); };
  CHECK(message_of(expand, ExitCode::would_overwrite) ==
        partial + " is there, cut off or damaged; move it elsewhere or remove it");
  CHECK(std::filesystem::exists(partial));
}

}  // namespace sleutel
