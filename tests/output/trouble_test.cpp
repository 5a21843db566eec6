#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>

#include "output/hdf5/digest.h"
#include "output/hdf5/read.h"
#include "sleutel/error.h"
#include "sleutel/random.h"
#include "tests/output/synthetic.h"

/// The library leaks a little when a file is damaged or a write fails: its own, not ours, and not what is tested.
extern "C" const char* __lsan_default_suppressions();                            // NOLINT: the sanitizer gives the name
extern "C" const char* __lsan_default_suppressions() { return "leak:libhdf5"; }  // NOLINT

namespace sleutel {
namespace {

using synthetic::Folder;

/// Runs `work` in a process of its own, which ends as any process does (so that the library closes itself), and gives
/// its exit code, or 128 + signal. The message of an EnvironmentError is written to `message`.
enum class Ending : std::uint8_t { as_usual, at_once };
int exit_code_of(const std::string& message, const std::function<void()>& work, Ending ending = Ending::as_usual) {
  const auto end = [ending](int code) { ending == Ending::as_usual ? std::exit(code) : std::_Exit(code); };
  std::cout.flush();
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    try {
      work();
      end(0);
    } catch (const EnvironmentError& error) {
      if (!message.empty()) std::ofstream(message) << error.what();
      end(static_cast<int>(error.code));
    } catch (...) {
      end(99);
    }
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void limit_file_size(rlim_t bytes) {
  std::signal(SIGXFSZ, SIG_IGN);  // as the program does: the write then fails with an error
  const rlimit limit{bytes, RLIM_INFINITY};
  setrlimit(RLIMIT_FSIZE, &limit);
}

Problem problem_of(const std::string& path, ExitCode expected = ExitCode::bad_input) {
  try {
    read_results(path);
  } catch (const InputError& error) {
    CHECK(error.code == expected);
    CHECK(error.problems.size() == 1);
    CHECK(error.problems[0].file == path);
    return error.problems[0];
  }
  FAIL("nothing was thrown");
  return {};
}

void cut(const std::string& path, double share) {
  std::filesystem::resize_file(
      path, static_cast<std::uintmax_t>(share * static_cast<double>(std::filesystem::file_size(path))));
}

std::uintmax_t partial_size(const StudyPlan& plan) {
  const Folder folder;
  const Hdf5Recorder recorder(plan, folder.file("toy.h5"), synthetic::provenance());
  return std::filesystem::file_size(recorder.partial_path());
}

/// The writer's life: makes the file, says so, writes years one after another and says so after each.
[[noreturn]] void write_until_killed(const StudyPlan& plan, const std::string& path, int told) {
  Hdf5Recorder recorder(plan, path, synthetic::provenance());
  const char step = 1;
  for (int i = 0;; ++i) {
    if (write(told, &step, 1) != 1) _exit(1);
    const int years = plan.study.years, replicates = plan.study.replicates;
    synthetic::write(plan, recorder, i / (years * replicates) % 2, i / years % replicates, i % years);
  }
}

/// Starts a writer, waits until it has told of so many steps (the first: the file is made) and then so many
/// microseconds, kills it, and gives how many steps it told of.
int steps_before_kill(const StudyPlan& plan, const std::string& path, int wait_for, useconds_t then) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  if (child == 0) write_until_killed(plan, path, ends[1]);
  close(ends[1]);
  int steps = 0;
  char step = 0;
  while (steps < wait_for && read(ends[0], &step, 1) == 1) ++steps;
  usleep(then);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  while (read(ends[0], &step, 1) == 1) ++steps;
  close(ends[0]);
  return steps;
}

/// Every finished year holds exactly what was written.
void check_finished_years(const StudyPlan& plan, const Results& results) {
  const auto& city = results.series[0][0];
  for (std::size_t run_year = 0; run_year < results.complete.size(); ++run_year) {
    const std::size_t at = run_year * results.stratifications[0].labels.size() + 2;  // the whole city
    if (results.complete[run_year] == 0) continue;
    const auto index = static_cast<int>(run_year);
    const int years = plan.study.years, replicates = plan.study.replicates;
    const synthetic::Year made(plan, index / (years * replicates), index / years % replicates, index % years);
    std::int64_t sum = 0;
    for (int cell = 0; cell < made.tally.shape.cells(); ++cell) sum += made.tally.at(cell, 0);
    REQUIRE(city.numerator[at] == static_cast<double>(sum));
  }
}

}  // namespace

TEST_CASE("a writer killed at any moment leaves a file that opens with its finished years", "[law]") {
  const auto plan = synthetic::plan(5, 40);
  int with_years = 0;
  for (std::uint64_t kill_number = 0; kill_number < 20; ++kill_number) {
    const Folder folder;
    const auto path = folder.file("toy.h5");
    const auto part = [&](int purpose) {
      return uniform({stream_key(1, 0, 0), kill_number, 0, Purpose::event(purpose)});
    };
    const int steps =
        steps_before_kill(plan, path, static_cast<int>(part(0) * 100), static_cast<useconds_t>(part(1) * 5e3));
    if (steps == 0) continue;  // killed while the empty file was made: no year can be lost
    const auto results = read_results(path + ".partial");
    const auto finished = std::count(results.complete.begin(), results.complete.end(), 1);
    CHECK(finished >= std::min<std::ptrdiff_t>(steps - 1, 400));
    check_finished_years(plan, results);
    CHECK(digest(path + ".partial").size() == 64);
    with_years += finished > 0;
  }
  CHECK(with_years >= 15);
}

TEST_CASE("a run that was killed can be begun anew, or gone on with") {
  const auto plan = synthetic::plan();
  const Folder folder, elsewhere;
  const auto path = folder.file("toy.h5");
  REQUIRE(steps_before_kill(plan, path, 5, 1000) >= 5);
  {
    Hdf5Recorder recorder(plan, path, synthetic::provenance(), GENERATE(Overwrite::allow, Overwrite::resume));
    synthetic::write_all(plan, recorder);
    recorder.finish();
  }
  CHECK(digest(path) == digest(synthetic::finished(elsewhere, plan)));
}

TEST_CASE("no room for the file is told before anything runs") {
  const Folder folder;
  const auto code = exit_code_of(folder.file("message"), [&] {
    limit_file_size(100'000);
    Hdf5Recorder(synthetic::plan(10, 30), folder.file("toy.h5"), synthetic::provenance());
  });
  CHECK(code == 74);
  CHECK(text_of(folder.file("message")).starts_with(folder.file("toy.h5.partial") + ": could not "));
  CHECK(text_of(folder.file("message")).ends_with(": File too large"));
}

TEST_CASE("a write that fails while running ends the writing and keeps the finished years") {
  const Folder folder;
  const auto plan = synthetic::plan();
  const auto code = exit_code_of(folder.file("message"), [&] {
    Hdf5Recorder recorder(plan, folder.file("toy.h5"), synthetic::provenance());
    synthetic::write(plan, recorder, 0, 0, 0);
    limit_file_size(1000);
    try {
      synthetic::write(plan, recorder, 0, 0, 1);
      std::exit(98);
    } catch (const EnvironmentError&) {
      limit_file_size(RLIM_INFINITY);
    }
    synthetic::write(plan, recorder, 0, 0, 2);  // the first failure stays
  });
  CHECK(code == 74);
  CHECK(text_of(folder.file("message")) == folder.file("toy.h5.partial") + ": could not write a year: File too large");
  const auto results = read_results(folder.file("toy.h5.partial"));
  CHECK(std::count(results.complete.begin(), results.complete.end(), 1) == 1);
}

TEST_CASE("a full disk at the end keeps the partial file") {
  const Folder folder;
  const auto plan = synthetic::plan(10, 10);
  const auto room = partial_size(plan) + 100'000;  // for the partial file, not for the result beside it
  if (mount("tmpfs", folder.path().c_str(), "tmpfs", 0, ("size=" + std::to_string(room)).c_str()) != 0) {
    WARN("not allowed to mount a small disk: skipped");
    return;
  }
  const Folder outside;
  const auto code = exit_code_of(outside.file("message"), [&] { synthetic::finished(folder, plan); });
  const auto message = text_of(outside.file("message"));
  const bool kept = std::filesystem::exists(folder.file("toy.h5.partial"));
  const bool fresh = std::filesystem::exists(folder.file("toy.h5.new"));
  const bool all = kept && read_results(folder.file("toy.h5.partial")).has_year(1, 9, 9);
  umount(folder.path().c_str());
  CHECK(code == 74);
  CHECK(message.ends_with(": No space left on device"));
  CHECK(kept);
  CHECK(all);
  CHECK(!fresh);
}

TEST_CASE("an end that fails keeps the partial file") {
  const Folder folder;
  const auto code = exit_code_of(folder.file("message"), [&] {
    const auto plan = synthetic::plan();
    Hdf5Recorder recorder(plan, folder.file("toy.h5"), synthetic::provenance());
    synthetic::write_all(plan, recorder);
    std::filesystem::create_directories(folder.file("toy.h5.new/in-the-way"));
    recorder.finish();
  });
  CHECK(code == 74);
  CHECK(read_results(folder.file("toy.h5.partial")).has_year(1, 2, 3));
}

TEST_CASE("nothing of somebody else's is taken for what a stopped run left") {
  const Folder folder;
  const auto begin = [&] { Hdf5Recorder(synthetic::plan(), folder.file("toy.h5"), synthetic::provenance()); };
  for (const char* name : {"toy.h5.partial", "toy.h5.new"}) {
    std::ofstream(folder.file(name)) << "a letter\n";
    const auto code = exit_code_of(folder.file("message"), begin);
    CHECK(code == 73);
    CHECK(text_of(folder.file("message")) ==
          folder.file(name) + " is there already and is no results file: it is not overwritten, even with --force");
    CHECK(text_of(folder.file(name)) == "a letter\n");
    std::filesystem::remove(folder.file(name));
  }
}

TEST_CASE("a file that a stopped run left and that is cut off is not replaced unasked") {
  const Folder folder;
  const auto plan = synthetic::plan();
  const auto partial = folder.file("toy.h5.partial");
  {
    Hdf5Recorder stopped(plan, folder.file("toy.h5"), synthetic::provenance());
    synthetic::write(plan, stopped, 0, 0, 0);
  }
  std::filesystem::resize_file(partial, std::filesystem::file_size(partial) / 3);
  const auto begin = [&] { Hdf5Recorder(plan, folder.file("toy.h5"), synthetic::provenance()); };
  CHECK(exit_code_of(folder.file("message"), begin) == 73);
  CHECK(text_of(folder.file("message")) == partial + " is there, cut off or damaged; --force begins anew");
  CHECK_NOTHROW(Hdf5Recorder(plan, folder.file("toy.h5"), synthetic::provenance(), Overwrite::allow));
}

TEST_CASE("a folder that may not be written is told") {
  const Folder folder;
  const auto closed = folder.file("closed");
  std::filesystem::create_directories(closed);
  std::filesystem::permissions(closed, static_cast<std::filesystem::perms>(0555));
  std::ofstream(folder.file("message")) << "";
  std::filesystem::permissions(folder.file("message"), std::filesystem::perms::all);
  const auto write_there = [&](const std::string& path) {
    return exit_code_of(
        folder.file("message"),
        [&] {
          if (geteuid() == 0 && seteuid(65534) != 0) std::_Exit(97);
          Hdf5Recorder(synthetic::plan(), path, synthetic::provenance());
        },
        Ending::at_once);  // a sanitizer could not look for leaks as another user
  };
  CHECK(write_there(closed + "/toy.h5") == 74);
  CHECK(text_of(folder.file("message")) == closed + "/toy.h5.partial: could not create it: Permission denied");
  CHECK(write_there(closed + "/deeper/toy.h5") == 74);
  CHECK(text_of(folder.file("message")) == closed + "/deeper: could not make this folder: Permission denied");
}

TEST_CASE("two runs do not write the same file") {
  const Folder folder;
  const auto plan = synthetic::plan();
  Hdf5Recorder first(plan, folder.file("toy.h5"), synthetic::provenance());
  const auto code = exit_code_of(folder.file("message"), [&] {
    Hdf5Recorder(plan, folder.file("toy.h5"), synthetic::provenance(), Overwrite::allow);
  });
  CHECK(code == 73);
  CHECK(text_of(folder.file("message")) ==
        folder.file("toy.h5.partial") + " is being written by another run; wait for it or stop it first");
  synthetic::write(plan, first, 0, 0, 0);
  CHECK(read_results(first.partial_path()).has_year(0, 0, 0));
}

TEST_CASE("files that are not results are told apart") {
  const Folder folder;
  const auto good = synthetic::finished(folder, synthetic::plan());
  CHECK(problem_of(folder.file("none.h5"), ExitCode::input_missing).what == "there is no such file");
  CHECK(problem_of(folder.path()).what == "this is a folder, not a results file");
  std::ofstream(folder.file("text.h5")) << "scenario,value\n";
  CHECK(problem_of(folder.file("text.h5")).what == "this is not an HDF5 file");
  std::ofstream(folder.file("empty.h5")) << "";
  CHECK(problem_of(folder.file("empty.h5")).what == "this is not an HDF5 file");
  CHECK_THROWS_AS(digest(folder.file("none.h5")), InputError);
}

TEST_CASE("a file that was cut off is told, wherever it was cut") {
  const Folder folder;
  const auto good = synthetic::finished(folder, synthetic::plan());
  for (const double share : {0.01, 0.3, 0.6, 0.9, 0.999}) {
    const auto path = folder.file("cut.h5");
    std::filesystem::copy_file(good, path, std::filesystem::copy_options::overwrite_existing);
    cut(path, share);
    CHECK(problem_of(path).what == "this results file is cut off or damaged");
  }
}

TEST_CASE("bytes written over never crash a reader") {
  const Folder folder;
  const auto good = synthetic::finished(folder, synthetic::plan(2, 2));
  const auto size = std::filesystem::file_size(good);
  int refused = 0;
  for (std::uint64_t i = 0; i < 30; ++i) {
    const auto path = folder.file("damaged.h5");
    std::filesystem::copy_file(good, path, std::filesystem::copy_options::overwrite_existing);
    const Draw where{stream_key(2, 0, 0), i, 0, Purpose::event(0)};
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(uniform(where) * static_cast<double>(size - 64)));
    file << std::string(64, '\xA5');
    file.close();
    const auto code = exit_code_of("", [&] {
      try {
        read_results(path);
      } catch (const InputError&) {
        std::exit(65);
      }
    });
    CHECK((code == 0 || code == 65));
    refused += code == 65;
  }
  CHECK(refused > 0);
}

}  // namespace sleutel
