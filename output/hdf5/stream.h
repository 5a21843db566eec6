#pragma once
/// \file
/// Streams what runs saw into a results file, year by year, so that a killed run leaves its finished years.
///
///     Hdf5Recorder recorder(plan, "results/first-look.h5", {version, command_line});
///     simulate(plan, options, recorder, progress, stop);
///     recorder.finish();                       // or let it go: NAME.h5.partial stays, with the finished years
///
/// While running there is NAME.h5.partial; finish() makes NAME.h5 from it. The format is docs/output-format.md.

#include <memory>
#include <string>

#include "output/hdf5/provenance.h"
#include "sleutel/recorder.h"
#include "sleutel/scenario.h"

namespace sleutel {

/// What is done about a file that is there already.
enum class Overwrite : std::uint8_t {
  refuse,
  allow,
  resume,  ///< go on in PATH.partial, which must hold finished years of the same inputs
  expand,  ///< keep the replicates that PATH holds of the same study with fewer, and add those that it has not
};

/// One writer of one file. Calls must not overlap. Every call of the library is checked; the first failure ends the
/// writing and comes out as EnvironmentError (input_output), from this call and from every later one.
class Hdf5Recorder : public Recorder {
 public:
  /// Makes PATH.partial with everything at full size, and the folder if it is not there. Throws EnvironmentError:
  /// would_overwrite if PATH exists, or PATH.partial holds finished years, and overwriting is refused, or if another
  /// process writes PATH.partial now; input_output if the disk or the folder will not have it. To resume: input_missing
  /// if there is no PATH.partial, bad_input if it is damaged, would_overwrite if it is of other inputs.
  Hdf5Recorder(const StudyPlan& plan, const std::string& path, const Provenance& provenance,
               Overwrite overwrite = Overwrite::refuse);
  ~Hdf5Recorder() override;
  Hdf5Recorder(const Hdf5Recorder&) = delete;
  Hdf5Recorder& operator=(const Hdf5Recorder&) = delete;

  /// Whether all years of this run stand in the file: to resume, it need not be lived again.
  bool has_run(int scenario, int replicate) const;
  /// How many first years of this run stand in the file.
  int years_of(int scenario, int replicate) const;
  const std::string& inputs() const;  ///< digest of the inputs
  /// Years that stood in the file to resume and were not as they were written: their runs are lived again.
  int damaged_years() const;

  /// Writes one year of one run; when this returns, a kill of the process cannot take it back.
  void year_done(const YearRecord& record) override;

  /// Compresses into a new file, makes it safe on disk, gives it its name and removes PATH.partial.
  void finish();

  const std::string& path() const;          ///< of the finished file
  const std::string& partial_path() const;  ///< of the file while running

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Throws EnvironmentError (would_overwrite) if PATH is a folder, a device, or a file that is not of the format of
/// results: nothing is written there, forced or not. The recorder asks too; a program that takes long to make a plan
/// asks before.
void refuse_what_is_no_results_file(const std::string& path);

/// Throws EnvironmentError (would_overwrite) if PATH holds the results of a study with another text, which the recorder
/// would refuse to overwrite when the plan is made.
void refuse_another_study(const std::string& path, const std::string& study_text);

/// As above, by everything that is known before the start is: throws EnvironmentError (would_overwrite) if PATH, or
/// finished years in PATH.partial, came of another study, model, evidence, city or program, or if another run is
/// writing there. Of the plan its residents are not looked at.
void refuse_other_inputs(const std::string& path, const StudyPlan& plan, const std::string& version);

/// Throws EnvironmentError (input_missing) if no run left PATH.partial: there is nothing to resume.
void refuse_nothing_to_resume(const std::string& path);

/// The same if PATH is not there: there is nothing to expand.
void refuse_nothing_to_expand(const std::string& path);

/// How many replicates PATH holds that a run of the plan, which has more, need not live again. Throws EnvironmentError:
/// input_missing if there is no PATH; usage if it has as many already; would_overwrite if it holds anything else than a
/// finished result of this plan but for the number of replicates. InputError as read_results.
int replicates_to_keep(const std::string& path, const StudyPlan& plan, const std::string& version);

/// What stands at PATH before a run.
enum class Existing : std::uint8_t {
  none,
  same,       ///< a finished result of the same inputs and program, or of more replicates of them: nothing to be run
  fewer,      ///< the same with fewer replicates: it could be expanded
  different,  ///< anything else
};

/// Errors as read_results, of a file that could be opened.
Existing existing_result(const std::string& path, const StudyPlan& asked, const std::string& version);

/// A run that is killed after its results have their name and before PATH.partial is removed leaves both: removes the
/// partial file of a result that is finished, if it is of the same inputs and nobody writes it. True if none is left.
bool remove_left_over(const std::string& path, const StudyPlan& plan, const std::string& version);

}  // namespace sleutel
