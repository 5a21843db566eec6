#include "output/hdf5/stream.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <limits>

#include "output/hdf5/claim.h"
#include "output/hdf5/inputs.h"
#include "output/hdf5/life_table.h"
#include "output/hdf5/open_variables.h"
#include "output/hdf5/panel.h"
#include "output/hdf5/places.h"
#include "output/hdf5/programme_columns.h"
#include "output/hdf5/read.h"
#include "output/hdf5/readable.h"
#include "output/hdf5/rows.h"
#include "output/hdf5/strata.h"
#include "sleutel/error.h"

namespace sleutel {
namespace {

namespace fs = std::filesystem;

std::string now_text() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text.data();
}

/// Runs `work` with the library silent; its failures become an EnvironmentError that names the file.
template <class Work>
void guarded(const std::string& path, Work&& work) {
  const h5::Silence silence;
  try {
    work();
  } catch (const h5::Failure& failure) {
    const std::string because = failure.reason.empty() ? "" : ": " + failure.reason;
    throw EnvironmentError(ExitCode::input_output, path + ": " + failure.what() + because);
  }
}

double value_of(std::int64_t numerator, std::int64_t denominator, const h5::Divisors& by) {
  if (denominator == 0) return std::numeric_limits<double>::quiet_NaN();
  return (static_cast<double>(numerator) / by.numerator) / (static_cast<double>(denominator) / by.denominator);
}

}  // namespace

struct Hdf5Recorder::State {
  std::string path, partial, inputs, broken;  ///< broken: why writing ended, or empty
  bool keeps_path = true;                     ///< what stands at path is not replaced
  std::vector<h5::GroupLayout> groups;
  std::vector<h5::Divisors> divisors;  ///< [outcome]
  std::vector<int> district_of;        ///< [buurt]
  int districts = 0;
  std::vector<int> first_budget;  ///< [scenario] on the axis of budgets; behind them how many there are
  int replicates = 0, years = 0;
  std::vector<std::uint8_t> complete;  ///< [scenario][replicate][year] 1: stood in the file at the beginning
  int damaged = 0;                     ///< years that stood there, but for a checksum that was another
  std::string line_of_this;            ///< of the history, if something is gone on with
  std::vector<std::string> lines_before;
  std::unique_ptr<WriteLock> lock;
  h5::Places places;
  std::unique_ptr<h5::Rows> rows;  ///< of the partial file
  std::vector<h5::PanelVariable> panel;
  std::vector<double> values;  ///< of one row, kept to save allocations

  void write_outcomes(const h5::RunYear& where, const std::vector<h5::StratumSums>& all);
  void write_outcome(const h5::RunYear& where, int group, int outcome, const h5::StratumSums& sums);
  void write_life_table(const h5::RunYear& where, const AgeTally& ages);
  void write_books(const h5::RunYear& where, const YearRecord& record);
  void write_programmes(const h5::RunYear& where, const std::vector<ProgrammeYear>& programmes);
  std::uint64_t row_of(const h5::RunYear& where) const {
    return (where.scenario * static_cast<hsize_t>(replicates) + where.replicate) * static_cast<hsize_t>(years) +
           where.year;
  }
  void write_row(int group, std::size_t variable, const h5::RunYear& where, const void* values_of_it) {
    rows->write(places.columns[static_cast<std::size_t>(group)][variable], row_of(where), values_of_it);
  }
  void write_budgets(const h5::RunYear& where, const std::vector<BudgetYear>& budgets);
  void write_panel(const h5::RunYear& where, const PanelYear& year);
  void write_compressed(const std::string& to);
  void make_partial();
  void open();
  void copy_runs(const StudyPlan& fewer, const Provenance& provenance);
  void add_history(const std::string& of);
  bool has_run(int scenario, int replicate) const;
};

void Hdf5Recorder::State::write_outcome(const h5::RunYear& where, int group, int outcome, const h5::StratumSums& sums) {
  const std::int64_t* numerator = sums.measure(2 * outcome);
  const std::int64_t* denominator = sums.measure(2 * outcome + 1);
  const int per_outcome = h5::variables_per_outcome(group);
  auto variable = static_cast<std::size_t>(outcome * per_outcome);
  if (per_outcome == 3) {
    values.resize(static_cast<std::size_t>(sums.strata));
    for (int i = 0; i < sums.strata; ++i)
      values[static_cast<std::size_t>(i)] =
          value_of(numerator[i], denominator[i], divisors[static_cast<std::size_t>(outcome)]);
    write_row(group, variable++, where, values.data());
  }
  write_row(group, variable++, where, numerator);
  write_row(group, variable, where, denominator);
}

void Hdf5Recorder::State::write_outcomes(const h5::RunYear& where, const std::vector<h5::StratumSums>& all) {
  for (int group = 0; group < h5::kStratifications; ++group)
    for (int outcome = 0; outcome < static_cast<int>(divisors.size()); ++outcome)
      write_outcome(where, group, outcome, all[static_cast<std::size_t>(group)]);
}

void Hdf5Recorder::State::write_life_table(const h5::RunYear& where, const AgeTally& ages) {
  const auto columns = h5::life_table_columns(ages);
  for (std::size_t i = 0; i < columns.size(); ++i) write_row(h5::kLifeTable, i, where, columns[i]);
}

void Hdf5Recorder::State::write_books(const h5::RunYear& where, const YearRecord& record) {
  const Books& books = record.books;
  const std::array<std::int64_t, 7> row = {books.before,     books.births, books.arrivals, books.deaths,
                                           books.departures, books.after,  record.clipped};
  for (std::size_t i = 0; i < row.size(); ++i) write_row(h5::kPopulation, i, where, &row[i]);
}

void Hdf5Recorder::State::write_programmes(const h5::RunYear& where, const std::vector<ProgrammeYear>& programmes) {
  if (places.columns[h5::kProgrammes].empty()) return;
  std::vector<std::int64_t> row;
  std::size_t variable = 0;
  for (const h5::ProgrammeColumn& column : h5::programme_columns()) {
    row.clear();
    for (const ProgrammeYear& programme : programmes) row.push_back(programme.*column.field);
    write_row(h5::kProgrammes, variable++, where, row.data());
  }
  row.clear();
  for (const ProgrammeYear& programme : programmes)
    row.insert(row.end(), programme.cents_by_payer.begin(), programme.cents_by_payer.end());
  write_row(h5::kProgrammes, variable, where, row.data());
}

void Hdf5Recorder::State::write_budgets(const h5::RunYear& where, const std::vector<BudgetYear>& budgets) {
  if (places.columns[h5::kBudgets].empty()) return;
  std::size_t variable = 0;
  for (const h5::BudgetColumn& column : h5::budget_columns()) {
    std::vector<std::int64_t> row(static_cast<std::size_t>(first_budget.back()), 0);
    for (std::size_t i = 0; i < budgets.size(); ++i)
      row[static_cast<std::size_t>(first_budget[where.scenario]) + i] = budgets[i].*column.field;
    write_row(h5::kBudgets, variable++, where, row.data());
  }
}

void Hdf5Recorder::State::write_panel(const h5::RunYear& where, const PanelYear& year) {
  std::vector<std::uint32_t> room;
  for (std::size_t i = 0; i < panel.size(); ++i) {
    panel[i].fill(year, room);
    write_row(h5::kPanel, i, where, room.data());
  }
}

void Hdf5Recorder::State::write_compressed(const std::string& to) {
  const h5::SealedFile file = h5::open_sealed(partial);
  if (file.seal.count(h5::RowState::damaged) > 0)
    throw h5::Failure("could not find all years as they were written in " + partial, "");
  const auto variables = h5::open_variables(file, groups);
  const h5::Handle compressed = h5::make_file(groups, h5::Storage::compressed);
  auto copies = h5::open_variables(compressed, groups);
  for (std::size_t group = 0; group < groups.size(); ++group)
    for (std::size_t i = 0; i < copies[group].size(); ++i) variables[group][i].copy_to(copies[group][i]);
  h5::write_new(to, compressed, {});
}

/// Under another name until it is whole and locked: nobody sees it as one that was left, and what a kill leaves as
/// PARTIAL can be gone on with. Only one of two runs that begin at once can give it its name.
void Hdf5Recorder::State::make_partial() {
  remove_unnamed(partial);
  const std::string fresh = unnamed_of(partial);
  guarded(partial, [&] {
    const h5::Handle file = h5::make_file(groups, h5::Storage::streamed);
    h5::check(H5Fflush(file, H5F_SCOPE_GLOBAL), "write it");
    h5::write_new(fresh, file, h5::places_of(file, groups).parts);
  });
  lock = std::make_unique<WriteLock>(fresh);
  const bool named = link(fresh.c_str(), partial.c_str()) == 0;
  const int error = errno;
  std::error_code ignored;
  if (named || error == EEXIST) fs::remove(fresh, ignored);
  if (named) return;
  if (error == EEXIST) refuse_written(partial);
  if (std::rename(fresh.c_str(), partial.c_str()) != 0)  // a file system without links
    throw EnvironmentError(ExitCode::input_output, partial + ": could not give it this name: " + last_error());
}

/// Years that are damaged are no longer there: their runs are lived again.
void Hdf5Recorder::State::open() {
  const h5::SealedFile file = h5::open_sealed(partial);
  places = h5::places_of(file, groups);
  if (places.parts.columns != file.seal.parts.columns || places.parts.flags != file.seal.parts.flags)
    throw h5::Failure("could not find its variables where its checksums say", "");
  rows = std::make_unique<h5::Rows>(partial, file.seal.parts);
  for (std::size_t row = 0; row < file.seal.rows.size(); ++row)
    if (file.seal.rows[row] == h5::RowState::damaged) rows->forget_row(row);
  damaged = static_cast<int>(file.seal.count(h5::RowState::damaged));
  complete = file.complete();
}

/// Takes over the runs of a finished result of the same study with fewer replicates that are not there yet.
void Hdf5Recorder::State::copy_runs(const StudyPlan& fewer, const Provenance& provenance) {
  const h5::SealedFile from = h5::open_sealed(path);
  const auto groups_there = h5::layout_of(fewer, provenance);
  const auto there = h5::open_variables(from, groups_there);
  std::vector<std::uint64_t> values_of_row;
  h5::RunYear at;
  const auto copy_year = [&] {
    for (std::size_t group = 0; group < there.size(); ++group)
      for (std::size_t i = 0; i < there[group].size(); ++i) {
        if (group == h5::kByDistrict && i + 1 == there[group].size()) continue;  // `complete`
        values_of_row.resize(there[group][i].row_numbers());
        there[group][i].read_row(at, values_of_row.data());
        write_row(static_cast<int>(group), i, at, values_of_row.data());
      }
    rows->close_row(row_of(at));
  };
  for (at.scenario = 0; at.scenario < fewer.arms.size(); ++at.scenario)
    for (at.replicate = 0; at.replicate < static_cast<hsize_t>(fewer.study.replicates); ++at.replicate)
      for (at.year = 0; at.year < static_cast<hsize_t>(years); ++at.year)
        if (!has_run(static_cast<int>(at.scenario), static_cast<int>(at.replicate))) copy_year();
  complete = stored_at(partial).complete;
}

bool Hdf5Recorder::State::has_run(int scenario, int replicate) const {
  const auto first = complete.begin() + (scenario * replicates + replicate) * years;
  return std::all_of(first, first + years, [](std::uint8_t flag) { return flag == 1; });
}

/// Puts the commands that made what is gone on with before this one; those that went on with a partial file, and were
/// stopped themselves, stand behind it.
void Hdf5Recorder::State::add_history(const std::string& of) {
  const h5::SealedFile file = h5::open_sealed(of);
  lines_before = file.seal.lines;
  std::string before = h5::text_attribute(file, "history") + "\n";
  for (const std::string& line : lines_before) before += line + "\n";
  for (h5::Attribute& attribute : groups[h5::kByDistrict].attributes)
    if (attribute.name == "history") {
      line_of_this = std::get<std::string>(attribute.value);
      attribute.value = before + line_of_this;
    }
}

Hdf5Recorder::Hdf5Recorder(const StudyPlan& plan, const std::string& path, const Provenance& provenance,
                           Overwrite overwrite)
    : state_(std::make_unique<State>()) {
  State& state = *state_;
  state.path = path;
  state.partial = partial_of(path);
  state.keeps_path = overwrite == Overwrite::refuse || overwrite == Overwrite::resume;
  Provenance dated = provenance;
  if (dated.made_at.empty()) dated.made_at = now_text();
  state.groups = h5::layout_of(plan, dated);
  state.panel = h5::panel_variables(plan);
  const Model& model = *plan.arms.front().model;
  for (const auto& outcome : model.outcomes) state.divisors.push_back(h5::divisors(outcome, model));
  for (const auto& buurt : plan.start->buurten) state.district_of.push_back(buurt.district);
  state.districts = static_cast<int>(plan.start->districts.size());
  state.first_budget = {0};
  for (const auto& arm : plan.arms)
    state.first_budget.push_back(state.first_budget.back() + static_cast<int>(arm.budgets.size()));
  state.replicates = plan.study.replicates;
  state.years = plan.study.years;
  const std::string inputs = state.inputs = inputs_digest(plan, provenance.version);
  const int kept = overwrite == Overwrite::expand ? replicates_to_keep(path, plan, provenance.version) : 0;
  bool going_on = false;
  if (overwrite == Overwrite::resume || (kept > 0 && can_go_on(state.partial, inputs))) {
    if (kept == 0) claim_to_resume(path, state.partial, inputs, plan.panel);
    state.lock = lock_left(state.partial);
    guarded(state.partial, [&] { state.add_history(state.partial); });
    going_on = true;
  } else {
    if (kept > 0) guarded(path, [&] { state.add_history(path); });
    claim(path, state.partial, inputs, kept > 0 ? Overwrite::allow : overwrite);
    state.make_partial();
  }
  guarded(state.partial, [&] {
    state.open();
    if (going_on) state.rows->add_line(state.line_of_this, state.lines_before);
  });
  if (kept == 0) return;
  const std::string text = read_results(path).study_text;
  guarded(state.partial, [&] { state.copy_runs(with_replicates(plan, kept, text), provenance); });
}

Hdf5Recorder::~Hdf5Recorder() = default;

const std::string& Hdf5Recorder::path() const { return state_->path; }
const std::string& Hdf5Recorder::partial_path() const { return state_->partial; }

bool Hdf5Recorder::has_run(int scenario, int replicate) const { return state_->has_run(scenario, replicate); }
const std::string& Hdf5Recorder::inputs() const { return state_->inputs; }

int Hdf5Recorder::years_of(int scenario, int replicate) const {
  const auto first = state_->complete.begin() + (scenario * state_->replicates + replicate) * state_->years;
  return static_cast<int>(std::find(first, first + state_->years, 0) - first);
}

int Hdf5Recorder::damaged_years() const { return state_->damaged; }

void Hdf5Recorder::year_done(const YearRecord& record) {
  State& state = *state_;
  if (!state.broken.empty()) throw EnvironmentError(ExitCode::input_output, state.broken);
  const h5::RunYear where{static_cast<hsize_t>(record.scenario), static_cast<hsize_t>(record.draw),
                          static_cast<hsize_t>(record.replicate), static_cast<hsize_t>(record.year)};
  const auto sums = h5::stratum_sums(*record.tally, state.district_of, state.districts);
  try {
    guarded(state.partial, [&] {
      state.write_outcomes(where, sums);
      state.write_life_table(where, *record.ages);
      state.write_books(where, record);
      state.write_programmes(where, *record.programmes);
      if (record.budgets != nullptr) state.write_budgets(where, *record.budgets);
      if (record.panel != nullptr) state.write_panel(where, *record.panel);
      state.rows->close_row(state.row_of(where));
    });
  } catch (const EnvironmentError& error) {
    state.broken = error.what();
    throw;
  }
}

void Hdf5Recorder::finish() {
  State& state = *state_;
  if (!state.broken.empty()) throw EnvironmentError(ExitCode::input_output, state.broken);
  const std::string fresh = state.path + ".new";
  std::error_code ignored;
  fs::remove(fresh, ignored);
  try {
    guarded(fresh, [&] { state.write_compressed(fresh); });
    make_safe(fresh);
    if (state.keeps_path && fs::exists(state.path, ignored))
      throw EnvironmentError(ExitCode::would_overwrite, state.path + " was made by something else during this run; " +
                                                            state.partial + " holds all years");
    if (std::rename(fresh.c_str(), state.path.c_str()) != 0)
      throw EnvironmentError(ExitCode::input_output, state.path + ": could not give it this name: " + last_error());
  } catch (const EnvironmentError& error) {
    fs::remove(fresh, ignored);
    state.broken = error.what();
    throw;
  }
  make_safe(fs::path(state.path).parent_path().string());
  state.rows.reset();
  fs::remove(state.partial, ignored);
  state.broken = state.path + " is finished already";
}

}  // namespace sleutel
