#include "output/hdf5/claim.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "output/hdf5/handle.h"
#include "output/hdf5/inputs.h"
#include "output/hdf5/layout.h"
#include "output/hdf5/other_input.h"
#include "output/hdf5/panel.h"
#include "output/hdf5/read.h"
#include "output/hdf5/readable.h"
#include "sleutel/error.h"

namespace sleutel {
namespace {

namespace fs = std::filesystem;

void make_folder(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  std::error_code error;
  if (!folder.empty()) fs::create_directories(folder, error);
  if (error)
    throw EnvironmentError(ExitCode::input_output,
                           folder.string() + ": could not make this folder: " + error.message());
}

/// Locks the whole file for one writer. Such a lock belongs to the open file, goes when its process ends, and does not
/// hinder readers (whose HDF5 asks for a lock of another kind).
bool lock_whole(int file) {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return fcntl(file, F_OFD_SETLK, &lock) == 0 || (errno != EAGAIN && errno != EACCES);
}

bool being_written(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) return false;
  const bool locked = !lock_whole(file);
  close(file);
  return locked;
}

[[noreturn]] void refuse(const std::string& message) { throw EnvironmentError(ExitCode::would_overwrite, message); }

void refuse_existing(const std::string& path) {
  refuse(path + " is there already and would be overwritten; use --force to replace it");
}

void refuse_if_being_written(const std::string& partial) {
  if (being_written(partial)) refuse_written(partial);
}

/// "results/a.h5.partial holds 12 of 30 years of runs of this study, from a run that was stopped"
std::string holds(const std::string& partial, const Stored& stored, const std::string& of) {
  return partial + " holds " + std::to_string(stored.finished) + " of " + std::to_string(stored.all) +
         " years of runs of " + of + ", from a run that was stopped";
}

/// Whether a file is of the format of results, damaged or not, or empty: a text, a device or a link to one is not.
bool may_be_replaced(const std::string& path) {
  std::error_code unseen;
  if (!fs::is_regular_file(path, unseen)) return false;
  if (fs::file_size(path, unseen) == 0) return true;
  constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
  std::string begin(signature.size(), ' ');
  std::ifstream(path, std::ios::binary).read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return begin == signature;
}

/// Of a file that stored_at could not read.
std::string why_unreadable(const std::string& file) {
  const h5::Silence silence;
  try {
    const h5::Handle opened = h5::open_to_read(file);
    const auto version = h5::whole_attribute(opened, "schema_version");
    if (version != h5::kSchemaVersion)
      return "of schema version " + std::to_string(version) + ", which another version of Sleutel wrote";
  } catch (const h5::Failure&) {  // not even that
  }
  return "cut off or damaged";
}

/// "--panel 50", or that there was none.
std::string panel_option(const Stored& stored) {
  return stored.panel.empty() ? "none" : "--panel " + std::to_string(stored.panel.size());
}

}  // namespace

WriteLock::WriteLock(const std::string& path) : file_(open(path.c_str(), O_RDWR | O_CLOEXEC)) {
  if (file_ >= 0) held_ = lock_whole(file_);  // a file system without locks only loses this protection
}

WriteLock::~WriteLock() {
  if (file_ >= 0) close(file_);
}

bool WriteLock::is_of(const std::string& path) const {
  struct stat locked {
  }, named{};
  return file_ < 0 || (fstat(file_, &locked) == 0 && stat(path.c_str(), &named) == 0 && locked.st_ino == named.st_ino &&
                       locked.st_dev == named.st_dev);
}

std::unique_ptr<WriteLock> lock_left(const std::string& partial) {
  auto lock = std::make_unique<WriteLock>(partial);
  if (!lock->held() || !lock->is_of(partial)) refuse_written(partial);
  return lock;
}

void refuse_written(const std::string& partial) {
  refuse(partial + " is being written by another run; wait for it or stop it first");
}

std::string partial_of(const std::string& path) { return path + ".partial"; }

std::string unnamed_of(const std::string& partial) { return partial + ".new." + std::to_string(getpid()); }

void remove_unnamed(const std::string& partial) {
  const std::string begin = fs::path(partial).filename().string() + ".new.";
  std::error_code unseen;
  std::vector<fs::path> left;
  for (fs::directory_iterator at(fs::absolute(partial).parent_path(), unseen), end; !unseen && at != end;
       at.increment(unseen)) {
    const std::string name = at->path().filename().string();
    const int process = name.starts_with(begin) ? std::atoi(name.c_str() + begin.size()) : 0;
    if (process > 0 && kill(process, 0) != 0 && errno == ESRCH) left.push_back(at->path());
  }
  for (const fs::path& path : left)
    if (!being_written(path.string())) fs::remove(path, unseen);
}

std::string last_error() { return std::strerror(errno); }

Stored stored_at(const std::string& path) {
  const h5::Silence silence;
  Stored stored;
  try {
    const h5::SealedFile file = h5::open_sealed(path);
    stored.inputs = h5::text_attribute(file, "inputs_digest");
    stored.panel = h5::panel_of(file);
    stored.complete = file.complete();
    stored.all = static_cast<int>(stored.complete.size());
    stored.finished = static_cast<int>(std::count(stored.complete.begin(), stored.complete.end(), 1));
    stored.readable = true;
  } catch (const h5::Failure&) {
    stored.readable = false;
  }
  return stored;
}

void refuse_what_is_no_results_file(const std::string& path) {
  std::error_code unseen;
  if (path.ends_with('/') || fs::is_directory(path, unseen)) {
    const std::string inside = path.ends_with('/') ? path : path + "/";
    refuse(path + " is a folder, not a file; name a file in it, such as " + inside + "results.h5");
  }
  if (fs::exists(path, unseen) && !may_be_replaced(path))
    refuse(path + " is there already and is no results file: it is not overwritten, even with --force");
}

void refuse_another_study(const std::string& path, const std::string& study_text) {
  const h5::Silence silence;
  std::error_code unseen;
  if (!fs::exists(path, unseen)) return;
  bool another = true;
  try {
    const h5::SealedFile file = h5::open_sealed(path);
    const std::vector<std::string> texts = h5::texts_in(file, "/provenance/study_text");
    another = texts.size() != 1 || texts[0] != study_text;
  } catch (const h5::Failure&) {  // damaged: not the results of any study
  }
  if (another) refuse_existing(path);
}

void refuse_other_inputs(const std::string& path, const StudyPlan& plan, const std::string& version) {
  const std::string partial = partial_of(path);
  refuse_if_being_written(partial);
  for (const std::string& file : {path, partial}) {
    const Stored stored = stored_at(file);
    if (!stored.readable || stored.finished == 0) continue;
    const std::string other = other_input(file, plan, version);
    if (!other.empty())
      refuse(file + " holds results of other inputs (another " + other +
             "); --force replaces it, --output writes elsewhere");
  }
}

void claim(const std::string& path, const std::string& partial, const std::string& inputs, Overwrite overwrite) {
  refuse_what_is_no_results_file(path);
  refuse_what_is_no_results_file(path + ".new");
  make_folder(path);
  std::error_code error;  // what cannot be seen cannot be written either, and that is told then
  if (overwrite == Overwrite::refuse && fs::exists(path, error)) refuse_existing(path);
  if (!fs::exists(partial, error)) return;
  refuse_if_being_written(partial);
  refuse_what_is_no_results_file(partial);
  const Stored stored = stored_at(partial);
  if (!stored.readable && fs::file_size(partial, error) > 0 && overwrite == Overwrite::refuse)
    refuse(partial + " is there, " + why_unreadable(partial) + "; --force begins anew");
  const bool loses = stored.readable && stored.finished > 0;
  if (loses && overwrite == Overwrite::refuse)
    refuse(stored.inputs == inputs
               ? holds(partial, stored, "this study") + "; --resume goes on with them, --force begins anew"
               : holds(partial, stored, "other inputs") + "; use --force to replace it");
  const auto left = lock_left(partial);  // nobody else removes it, or begins in its place, meanwhile
  fs::remove(partial, error);
  if (error) throw EnvironmentError(ExitCode::input_output, partial + ": could not remove it: " + error.message());
}

void refuse_nothing_to_resume(const std::string& path) {
  const std::string partial = partial_of(path);
  std::error_code unseen;
  if (!fs::exists(partial, unseen))
    throw EnvironmentError(ExitCode::input_missing,
                           partial + " is not there: there is nothing to resume; run the study without --resume");
}

void claim_to_resume(const std::string& path, const std::string& partial, const std::string& inputs,
                     const std::vector<std::uint64_t>& panel) {
  refuse_what_is_no_results_file(path);
  std::error_code error;
  if (fs::exists(path, error))
    refuse(path + " is finished: there is nothing to resume (a stopped --expand goes on with the same --expand)");
  refuse_nothing_to_resume(path);
  refuse_if_being_written(partial);
  const Stored stored = stored_at(partial);
  if (!stored.readable)
    throw EnvironmentError(ExitCode::bad_input,
                           partial + " is " + why_unreadable(partial) + " and cannot be resumed; --force begins anew");
  if (stored.inputs != inputs && stored.panel != panel)
    refuse(holds(partial, stored, "another panel (" + panel_option(stored) + ")") +
           "; it goes on with the same panel, --force begins anew");
  if (stored.inputs != inputs)
    refuse(holds(partial, stored, "other inputs") + "; it cannot be resumed with these, --force begins anew");
}

void make_safe(const std::string& path) {
  const int file = open(path.empty() ? "." : path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool safe = file >= 0 && (fsync(file) == 0 || errno == EINVAL);  // EINVAL: a folder that needs no fsync
  const std::string why = safe ? "" : last_error();
  if (file >= 0) close(file);
  if (!safe) throw EnvironmentError(ExitCode::input_output, path + ": could not make it safe on disk: " + why);
}

StudyPlan with_replicates(const StudyPlan& plan, int replicates, const std::string& study_text) {
  StudyPlan fewer = plan;
  fewer.study.replicates = replicates;
  fewer.study.text = study_text;
  return fewer;
}

bool can_go_on(const std::string& partial, const std::string& inputs) {
  refuse_if_being_written(partial);
  const Stored stored = stored_at(partial);
  std::error_code unseen;
  if (!stored.readable && fs::exists(partial, unseen))
    refuse(partial + " is there, " + why_unreadable(partial) + "; move it elsewhere or remove it");
  if (!stored.readable || stored.finished == 0) return false;
  if (stored.inputs != inputs) refuse(holds(partial, stored, "other inputs") + "; it would be lost: move it elsewhere");
  return true;
}

void refuse_nothing_to_expand(const std::string& path) {
  std::error_code unseen;
  if (!fs::exists(path, unseen))
    throw EnvironmentError(ExitCode::input_missing, path + " is not there: there is nothing to expand; " +
                                                        (fs::exists(partial_of(path), unseen)
                                                             ? "finish " + partial_of(path) + " with --resume first"
                                                             : "run the study without --expand"));
}

int replicates_to_keep(const std::string& path, const StudyPlan& plan, const std::string& version) {
  refuse_nothing_to_expand(path);
  const Results there = read_results(path);
  const bool whole = std::find(there.complete.begin(), there.complete.end(), 0) == there.complete.end();
  const StudyPlan fewer = with_replicates(plan, there.replicates, there.study_text);
  const Stored stored = stored_at(path);
  if (stored.panel != plan.panel)
    refuse(path + " has another panel (" + panel_option(stored) + "): it is expanded with the same");
  if (!whole || there.inputs_digest != inputs_digest(fewer, version))
    refuse(path + " holds something else than this study with fewer replicates: it is not expanded");
  if (there.replicates >= plan.study.replicates)
    throw EnvironmentError(ExitCode::usage, path + " holds " + std::to_string(there.replicates) +
                                                " replicates already: --expand takes a larger number");
  return there.replicates;
}

Existing existing_result(const std::string& path, const StudyPlan& asked, const std::string& version) {
  std::error_code unseen;
  if (!fs::exists(path, unseen)) return Existing::none;
  const Stored stored = stored_at(path);
  if (!stored.readable || stored.finished < stored.all) return Existing::different;
  StudyPlan plan = asked;
  if (asked.panel.empty()) plan.panel = stored.panel;  // who asks for no panel may find one
  if (stored.inputs == inputs_digest(plan, version)) return Existing::same;
  const Results there = read_results(path);
  const StudyPlan as_there = with_replicates(plan, there.replicates, there.study_text);
  if (stored.inputs != inputs_digest(as_there, version)) return Existing::different;
  if (there.replicates == plan.study.replicates && there.study_text != plan.study.text) return Existing::different;
  return there.replicates > plan.study.replicates ? Existing::same : Existing::fewer;
}

}  // namespace sleutel
