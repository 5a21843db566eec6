#include "sim/engine/checkpoint.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <type_traits>
#include <utility>

#include "sim/base/checksum.h"
#include "sim/events/homes.h"
#include "sleutel/error.h"

namespace sleutel {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kStateMark = 0x4e55'5254'5045'4b53ULL;  ///< "SKEPTRUN"
constexpr double kLargestShare = 0.01;                          ///< of the time of a run that keeping it may take
constexpr double kBytesPerSecond = 400e6;                       ///< of a disk, until it was measured

[[noreturn]] void fail(const std::string& path) {
  throw EnvironmentError(ExitCode::input_output, path + ": could not keep the state of a run: " + std::strerror(errno));
}

/// Writes pieces and adds them up.
class StateWriter {
 public:
  explicit StateWriter(std::string path)
      : path_(std::move(path)), file_(open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
    if (file_ < 0) fail(path_);
  }
  ~StateWriter() {
    if (file_ >= 0) close(file_);
  }
  StateWriter(const StateWriter&) = delete;
  StateWriter& operator=(const StateWriter&) = delete;

  void bytes(const void* from, std::size_t count) {
    sum_.add(from, count);
    const auto* at = static_cast<const char*>(from);
    while (count > 0) {
      const ssize_t written = write(file_, at, count);
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) fail(path_);
      at += written;
      count -= static_cast<std::size_t>(written);
    }
  }
  void number(std::uint64_t value) { bytes(&value, sizeof value); }
  template <class Values>
  void all(const Values& values) {
    static_assert(std::is_trivially_copyable_v<typename Values::value_type>);
    number(sizeof(typename Values::value_type));
    number(values.size());
    bytes(values.data(), values.size() * sizeof(typename Values::value_type));
  }
  void end() {
    number(sum_.value());
    if (close(std::exchange(file_, -1)) != 0) fail(path_);
  }

 private:
  std::string path_;
  int file_;
  Checksum sum_;
};

/// Reads the same pieces. Once something is not as it was written, nothing more is read.
class StateReader {
 public:
  explicit StateReader(const std::string& path) : file_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    const off_t end = file_ >= 0 ? lseek(file_, 0, SEEK_END) : 0;
    left_ = end > 0 ? static_cast<std::uint64_t>(end) : 0;
    if (file_ >= 0) lseek(file_, 0, SEEK_SET);
  }
  ~StateReader() {
    if (file_ >= 0) close(file_);
  }
  StateReader(const StateReader&) = delete;
  StateReader& operator=(const StateReader&) = delete;

  bool is_there() const { return file_ >= 0; }
  bool good() const { return good_; }

  void bytes(void* to, std::size_t count) {
    good_ = good_ && count <= left_;
    auto* at = static_cast<char*>(to);
    for (std::size_t done = 0; good_ && done < count;) {
      const ssize_t got = read(file_, at + done, count - done);
      if (got < 0 && errno == EINTR) continue;
      good_ = got > 0;
      done += good_ ? static_cast<std::size_t>(got) : 0;
    }
    if (!good_) return;
    left_ -= count;
    sum_.add(to, count);
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    bytes(&value, sizeof value);
    return good_ ? value : 0;
  }
  template <class Values>
  void all(Values& values) {
    constexpr std::uint64_t each = sizeof(typename Values::value_type);
    good_ = number() == each && good_;
    const std::uint64_t count = number();
    good_ = good_ && count <= left_ / each;
    if (!good_) return;
    values.resize(count);
    bytes(values.data(), count * each);
  }
  /// Whether all was as it was written, and nothing is left.
  bool end() {
    const std::uint64_t expected = sum_.value();
    return number() == expected && good_ && left_ == 0;
  }

 private:
  int file_;
  bool good_ = true;
  std::uint64_t left_ = 0;
  Checksum sum_;
};

/// The tables of a city, who takes part in what or waits for it, money, and who of the panel is gone, as columns: one
/// list writes and reads.
struct SavedState {
  Residents residents;
  Households households;
  Dwellings dwellings;
  std::vector<std::uint64_t> part_id;
  std::vector<std::uint32_t> part_who;
  std::vector<std::int32_t> part_programme, part_from, part_until;
  std::vector<std::uint64_t> waiting_id;
  std::vector<std::uint32_t> waiting_who;
  std::vector<std::int32_t> waiting_programme, waiting_since;
  std::vector<std::int64_t> promised, spent;  ///< [budget]
  std::vector<std::int64_t> books;
  std::vector<PanelMonth::Status> panel;
};

template <class Table, class File>
void pass_table(Table& table, File& file) {
  for_each_column(table, [&](auto& column, const ColumnInfo&) { file.all(column); });
}

template <class File>
void pass_lists(SavedState& state, File& file) {
  file.all(state.part_id);
  file.all(state.part_who);
  file.all(state.part_programme);
  file.all(state.part_from);
  file.all(state.part_until);
  file.all(state.waiting_id);
  file.all(state.waiting_who);
  file.all(state.waiting_programme);
  file.all(state.waiting_since);
  file.all(state.promised);
  file.all(state.spent);
  file.all(state.books);
  file.all(state.panel);
}

std::vector<std::int64_t> as_list(const Books& b) {
  return {b.before, b.births, b.arrivals, b.deaths, b.departures, b.after};
}

/// Whether every column of a table has as many rows.
template <class Table>
bool is_table(Table& table, std::size_t rows) {
  bool same = true;
  for_each_column(table, [&](const auto& column, const ColumnInfo&) { same = same && column.size() == rows; });
  return same;
}

bool is_possible(SavedState& state) {
  const std::size_t parts = state.part_id.size(), waiting = state.waiting_id.size();
  return is_table(state.residents, state.residents.size()) && is_table(state.households, state.households.count()) &&
         is_table(state.dwellings, state.dwellings.count()) && state.part_who.size() == parts &&
         state.part_programme.size() == parts && state.part_from.size() == parts && state.part_until.size() == parts &&
         state.waiting_who.size() == waiting && state.waiting_programme.size() == waiting &&
         state.waiting_since.size() == waiting && state.promised.size() == state.spent.size() &&
         state.books.size() == 6;
}

/// Dwellings that were built since the start are on the market too.
void put_new_homes_on_market(Run& run) {
  LifeEvents& memory = *run.life_events;
  for (std::size_t row = memory.place_in_market.size(); row < run.city.dwellings.count(); ++row)
    put_on_market(run.city.dwellings, static_cast<Row>(row), memory);
  for (std::size_t market = 0; market < memory.homes.size(); ++market)
    memory.vacant[market].reset(memory.homes[market].size());
  close_markets(memory);
}

void take_programmes(SavedState& state, Run& run) {
  run.taking_part.clear();
  for (std::size_t i = 0; i < state.part_id.size(); ++i)
    run.taking_part.push_back(
        {state.part_id[i], state.part_who[i], state.part_programme[i], state.part_from[i], state.part_until[i]});
  run.waiting.clear();
  for (std::size_t i = 0; i < state.waiting_id.size(); ++i)
    run.waiting.push_back(
        {state.waiting_id[i], state.waiting_who[i], state.waiting_programme[i], state.waiting_since[i]});
  run.purse.promised = std::move(state.promised);
  run.purse.spent = std::move(state.spent);
}

void take_over(SavedState&& state, int years, Run& run) {
  run.city.residents = std::move(state.residents);
  run.city.households = std::move(state.households);
  run.city.dwellings = std::move(state.dwellings);
  take_programmes(state, run);
  const std::vector<std::int64_t>& b = state.books;
  run.books = {b[0], b[1], b[2], b[3], b[4], b[5]};
  run.panel.status = std::move(state.panel);
  run.month = years * 12;
  put_new_homes_on_market(run);
  run.forget();
}

void write_columns(const Run& run, StateWriter& file) {
  pass_table(run.city.residents, file);
  pass_table(run.city.households, file);
  pass_table(run.city.dwellings, file);
  SavedState lists;
  for (const Participation& part : run.taking_part) {
    lists.part_id.push_back(part.id);
    lists.part_who.push_back(part.who);
    lists.part_programme.push_back(part.programme);
    lists.part_from.push_back(part.from_month);
    lists.part_until.push_back(part.until_month);
  }
  for (const Waiting& one : run.waiting) {
    lists.waiting_id.push_back(one.id);
    lists.waiting_who.push_back(one.who);
    lists.waiting_programme.push_back(one.programme);
    lists.waiting_since.push_back(one.since_month);
  }
  lists.promised = run.purse.promised;
  lists.spent = run.purse.spent;
  lists.books = as_list(run.books);
  lists.panel = run.panel.status;
  pass_lists(lists, file);
}

std::string path_of(const Checkpoints& rules, int scenario, int replicate) {
  return rules.stem + ".run-" + std::to_string(scenario) + "-" + std::to_string(replicate);
}

std::string unfinished(const std::string& path) { return path + ".new"; }

}  // namespace

void write_state(const Run& run, const std::string& identity, const std::string& path) {
  const std::string fresh = unfinished(path);
  std::error_code ignored;
  try {
    StateWriter file(fresh);
    file.number(kStateMark);
    file.number(kCheckpointVersion);
    file.all(identity);
    for (const int number : {run.arm->scenario, run.replicate, run.month / 12})
      file.number(static_cast<std::uint64_t>(number));
    write_columns(run, file);
    file.end();
    if (std::rename(fresh.c_str(), path.c_str()) != 0) fail(path);
  } catch (const EnvironmentError&) {
    fs::remove(fresh, ignored);
    throw;
  }
}

KeptRun read_state(const std::string& path, const std::string& identity, int scenario, int replicate, Run* into,
                   int latest) {
  StateReader file(path);
  if (!file.is_there()) return {KeptState::none, 0, path};
  if (file.number() != kStateMark) return {KeptState::damaged, 0, path};
  const bool this_version = file.number() == kCheckpointVersion;
  if (!this_version) return {file.good() ? KeptState::other : KeptState::damaged, 0, path};
  std::string of;
  file.all(of);
  const bool this_run = of == identity && file.number() == static_cast<std::uint64_t>(scenario) &&
                        file.number() == static_cast<std::uint64_t>(replicate);
  if (!this_run) return {file.good() ? KeptState::other : KeptState::damaged, 0, path};
  const int years = static_cast<int>(std::min<std::uint64_t>(file.number(), 1 << 20));
  SavedState state;
  pass_table(state.residents, file);
  pass_table(state.households, file);
  pass_table(state.dwellings, file);
  pass_lists(state, file);
  const bool same_lists = into == nullptr || (state.panel.size() == into->panel.status.size() &&
                                              state.promised.size() == into->purse.promised.size());
  if (!file.end() || !is_possible(state) || !same_lists) return {KeptState::damaged, 0, path};
  if (into != nullptr && years <= latest) take_over(std::move(state), years, *into);
  return {KeptState::whole, years, path};
}

KeptRun kept_run(const Checkpoints& rules, int scenario, int replicate) {
  if (rules.stem.empty()) return {};
  return read_state(path_of(rules, scenario, replicate), rules.identity, scenario, replicate);
}

void forget_kept(const Checkpoints& rules, int scenario, int replicate) {
  std::error_code ignored;
  const std::string path = path_of(rules, scenario, replicate);
  fs::remove(path, ignored);
  fs::remove(unfinished(path), ignored);
}

RunKeeper::RunKeeper(const Checkpoints& rules, Run& run)
    : rules_(rules), run_(run), last_(std::chrono::steady_clock::now()) {
  if (rules.stem.empty()) return;
  path_ = path_of(rules, run.arm->scenario, run.replicate);
  wait_ = std::max(rules.seconds,
                   rules.seconds > 0 ? static_cast<double>(run.bytes()) / kBytesPerSecond / kLargestShare : 0);
}

void RunKeeper::begin(int years_recorded) {
  if (path_.empty()) return;
  if (years_recorded > 0) {
    const KeptRun kept = read_state(path_, rules_.identity, run_.arm->scenario, run_.replicate, &run_, years_recorded);
    if (kept.state == KeptState::whole && kept.years <= years_recorded) return;
  }
  forget_kept(rules_, run_.arm->scenario, run_.replicate);
}

void RunKeeper::year_done() {
  if (path_.empty()) return;
  const auto now = std::chrono::steady_clock::now();
  const bool last_year = run_.month >= run_.arm->plan.months();
  if (last_year || std::chrono::duration<double>(now - last_).count() < wait_) return;
  try {
    write_state(run_, rules_.identity, path_);
  } catch (const EnvironmentError& error) {
    problem_ = error.what();
    path_.clear();
    return;
  }
  last_ = std::chrono::steady_clock::now();
  const double took = std::chrono::duration<double>(last_ - now).count();
  if (rules_.seconds > 0) wait_ = std::max(rules_.seconds, took / kLargestShare);
}

void RunKeeper::run_done() {
  if (!rules_.stem.empty()) forget_kept(rules_, run_.arm->scenario, run_.replicate);
}

}  // namespace sleutel
