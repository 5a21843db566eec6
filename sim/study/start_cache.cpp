#include "sim/study/start_cache.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <type_traits>

#include "engine_id.h"  // written by cmake/EngineId.cmake
#include "sim/base/numbers.h"
#include "sleutel/random.h"

namespace sleutel {
namespace {

namespace fs = std::filesystem;

constexpr const char* kReportEnd = "end";
constexpr std::uint64_t kMagic = 0x31'54'52'41'54'53'4c'53ULL;  // "SLSTART1"

/// Two independent 64-bit mixes over a sequence of bytes.
class Mix {
 public:
  void bytes(const void* data, std::size_t n) {
    const auto* at = static_cast<const unsigned char*>(data);
    while (n > 0) {
      std::uint64_t word = 0;
      const std::size_t step = n < sizeof word ? n : sizeof word;
      std::memcpy(&word, at, step);
      add(word);
      at += step;
      n -= step;
    }
  }
  void add(std::uint64_t word) {
    one_ = mixed(one_ + 0x9e3779b97f4a7c15ULL + word);
    other_ = mixed((other_ ^ word) + 0xd1b54a32d192ed03ULL);
  }
  template <class Sequence>
  void all(const Sequence& values) {
    using Value = typename Sequence::value_type;
    static_assert(std::has_unique_object_representations_v<Value> || std::is_floating_point_v<Value>);
    add(values.size());
    bytes(values.data(), values.size() * sizeof(Value));
  }
  void text(const std::string& words) { all(words); }
  std::uint64_t one() const { return one_; }
  std::string hex() const { return fmt::format("{:016x}{:016x}", one_, other_); }

 private:
  std::uint64_t one_ = 1, other_ = 2;
};

void mix_states(Mix& mix, const Model& model) {
  for (const State& state : model.states) {
    mix.text(state.name);
    for (const int number : {static_cast<int>(state.level), state.draw, state.group, int{state.is_rest},
                             int{state.is_event}, int{state.is_history}, state.months_slot, state.class_bit,
                             int{state.stress_fast}, int{state.stress_slow}, state.marks_on_begin, state.marks_on_end})
      mix.add(static_cast<std::uint64_t>(number));
    mix.bytes(&state.class_share, sizeof state.class_share);
    mix.bytes(&state.stress_holds, sizeof state.stress_holds);
  }
}

void mix_derived(Mix& mix, const Matrix& matrix) {
  for (const Derived& one : matrix.derived) {
    mix.all(one.mask.word);
    for (const std::uint64_t number :
         {static_cast<std::uint64_t>(one.kind), static_cast<std::uint64_t>(one.which), one.derived_mask,
          static_cast<std::uint64_t>(one.count), static_cast<std::uint64_t>(one.from_month),
          static_cast<std::uint64_t>(one.until_month)})
      mix.add(number);
  }
  for (const LevelPredictor& one : matrix.level_predictors) {
    mix.all(one.mask.word);
    mix.add(static_cast<std::uint64_t>(one.source));
    mix.add(static_cast<std::uint64_t>(one.levels));
    mix.bytes(&one.step, sizeof one.step);
  }
}

void mix_matrix(Mix& mix, const Matrix& matrix) {
  mix_derived(mix, matrix);
  for (const auto* rows : {&matrix.edge_begin, &matrix.edge_end, &matrix.base_begin, &matrix.base_end})
    for (const Lanes& row : *rows) mix.all(row.at);
  for (const auto* masks : {&matrix.forbid_begin, &matrix.forbid_end, &matrix.require_begin, &matrix.require_end,
                            &matrix.closed_begin, &matrix.closed_end})
    mix.all(*masks);
}

/// Whatever struct of plain numbers: field by field would be forgotten when one is added.
void mix_flows(Mix& mix, const Flows& flows) {
  static_assert(std::is_trivially_copyable_v<Flows>);
  for (const double propensity : flows.arrival_propensity) mix.bytes(&propensity, sizeof propensity);
  for (const double factor : flows.arrival_student_factor) mix.bytes(&factor, sizeof factor);
  for (const double share : {flows.arrivals,
                             flows.births_of_boys,
                             flows.low_of_low,
                             flows.high_of_low,
                             flows.low_of_middle,
                             flows.high_of_middle,
                             flows.low_of_high,
                             flows.high_of_high,
                             flows.school_ends,
                             flows.vocational_ends,
                             flows.same_sex,
                             flows.age_gap_limit,
                             flows.children_with_mother,
                             flows.leaving_home_out_of_city,
                             flows.student_from,
                             flows.student_until,
                             flows.leaving_home_for_study,
                             flows.study_ends_from,
                             flows.study_ends_mean,
                             flows.unemployed_income,
                             flows.disabled_income,
                             flows.inactive_income,
                             flows.pension_income,
                             flows.care_home,
                             flows.new_dwellings,
                             flows.new_tie_months})
    mix.bytes(&share, sizeof share);
  mix.add(static_cast<std::uint64_t>(flows.floor_income));
}

template <class Table>
void mix_table(Mix& mix, const Table& table) {
  for_each_column(table, [&](const auto& column, const ColumnInfo&) {
    using Value = typename std::remove_reference_t<decltype(column)>::value_type;
    static_assert(std::is_trivially_copyable_v<Value>);
    mix.add(column.size());
    mix.bytes(column.data(), column.size() * sizeof(Value));
  });
}

fs::path cache_folder() {
  if (const char* own = std::getenv("SLEUTEL_CACHE")) return own;
  if (const char* common = std::getenv("XDG_CACHE_HOME")) return fs::path(common) / "sleutel";
  if (const char* home = std::getenv("HOME")) return fs::path(home) / ".cache" / "sleutel";
  return {};
}

fs::path file_of(const std::string& key) {
  const fs::path folder = cache_folder();
  return folder.empty() ? fs::path() : folder / ("start-" + key + ".bin");
}

/// Everything in a start that is not in the model or the made city, in one order, for writing and for reading.
template <class Visit>
void for_each_part(Start& start, Visit&& visit) {
  for (Matrix& matrix : start.model.matrix) {
    visit(matrix.shift_begin);
    visit(matrix.shift_end);
  }
  for_each_column(start.city.residents, [&](auto& column, const ColumnInfo&) { visit(column); });
  for_each_column(start.city.households, [&](auto& column, const ColumnInfo&) { visit(column); });
  for_each_column(start.city.dwellings, [&](auto& column, const ColumnInfo&) { visit(column); });
}

/// How the search ended, as lines behind the checksum: rounds, moves, then a line per target; ends in kReportEnd.
std::string report_text(const StartReport& report) {
  std::string text =
      fmt::format("{} {} {}\n", report.rounds, number_text(report.largest_move), number_text(report.mean_move));
  for (const TargetFit& fit : report.targets)
    text += fmt::format("{} {} {} {}\n", fit.outcome, number_text(fit.published), number_text(fit.simulated),
                        number_text(fit.level));
  return text + kReportEnd + "\n";
}

bool read_number(std::istream& in, double& number) {
  std::string word;
  in >> word;
  const auto read = parse_number(word);
  if (read) number = *read;
  return read.has_value();
}

/// False if there is no report, or not all of it.
bool read_report(std::istream& in, StartReport& report) {
  if (!(in >> report.rounds) || !read_number(in, report.largest_move) || !read_number(in, report.mean_move))
    return false;
  TargetFit fit;
  while (in >> fit.outcome && fit.outcome != kReportEnd) {
    const bool whole = read_number(in, fit.published) && read_number(in, fit.simulated) && read_number(in, fit.level);
    if (!whole) return false;
    report.targets.push_back(fit);
  }
  return fit.outcome == kReportEnd;
}

}  // namespace

std::uint64_t engine_id() { return kEngineId; }

std::string start_key(const Model& model, const City& made, const Flows& flows, std::uint64_t city_seed) {
  Mix mix;
  mix.add(kEngineId);
  mix.add(city_seed);
  mix_states(mix, model);
  for (const Matrix& matrix : model.matrix) mix_matrix(mix, matrix);
  mix.bytes(&model.stress, sizeof model.stress);
  for (const PrevalenceTarget& target : model.targets) {
    mix.text(target.outcome);
    mix.bytes(&target.share, sizeof target.share);
  }
  mix_table(mix, made.residents);
  mix_table(mix, made.households);
  mix_table(mix, made.dwellings);
  mix_flows(mix, flows);
  return mix.hex();
}

std::string start_file(const std::string& key) { return file_of(key).string(); }

std::optional<Start> cached_start(const std::string& key, const Model& model, const City& made) {
  const fs::path path = file_of(key);
  std::ifstream in(path, std::ios::binary);
  if (path.empty() || !in) return std::nullopt;
  Start start{model, made, {}};
  Mix sum;
  std::uint64_t magic = 0;
  in.read(reinterpret_cast<char*>(&magic), sizeof magic);
  bool good = in.good() && magic == kMagic;
  for_each_part(start, [&](auto& part) {
    using Value = typename std::remove_reference_t<decltype(part)>::value_type;
    std::uint64_t size = 0;
    in.read(reinterpret_cast<char*>(&size), sizeof size);
    good = good && in.good() && size == part.size();
    if (!good) return;
    in.read(reinterpret_cast<char*>(part.data()), static_cast<std::streamsize>(size * sizeof(Value)));
    sum.bytes(part.data(), size * sizeof(Value));
  });
  std::uint64_t stored = 0;
  in.read(reinterpret_cast<char*>(&stored), sizeof stored);
  if (!good || !in.good() || stored != sum.one()) return std::nullopt;
  if (!read_report(in, start.report)) return std::nullopt;
  return start;
}

void keep_start(const std::string& key, const Start& start) {
  const fs::path path = file_of(key);
  std::error_code failed;
  if (path.empty()) return;
  fs::create_directories(path.parent_path(), failed);
  const fs::path unfinished = path.string() + fmt::format(".{}", getpid());
  std::ofstream out(unfinished, std::ios::binary);
  Mix sum;
  out.write(reinterpret_cast<const char*>(&kMagic), sizeof kMagic);
  for_each_part(const_cast<Start&>(start), [&](const auto& part) {  // only read here
    using Value = typename std::remove_cv_t<std::remove_reference_t<decltype(part)>>::value_type;
    const std::uint64_t size = part.size();
    out.write(reinterpret_cast<const char*>(&size), sizeof size);
    out.write(reinterpret_cast<const char*>(part.data()), static_cast<std::streamsize>(size * sizeof(Value)));
    sum.bytes(part.data(), size * sizeof(Value));
  });
  const std::uint64_t checksum = sum.one();
  out.write(reinterpret_cast<const char*>(&checksum), sizeof checksum);
  out << report_text(start.report);
  out.close();
  if (out) fs::rename(unfinished, path, failed);
  if (!out || failed) fs::remove(unfinished, failed);
}

}  // namespace sleutel
