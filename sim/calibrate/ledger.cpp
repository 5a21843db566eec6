#include "sim/calibrate/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string_view>

#include "sim/base/files.h"
#include "sim/base/numbers.h"
#include "sleutel/error.h"

namespace sleutel::calibrate {
namespace {

constexpr std::string_view kFirstLine = "# sleutel calibrate, version 1, ";
constexpr std::string_view kEnd = ";";  ///< of a line that is whole

std::string numbers_text(const std::vector<double>& numbers) {
  std::string text;
  for (const double number : numbers) text += (text.empty() ? "" : ",") + number_text(number);
  return text;
}

std::vector<std::string_view> parts(std::string_view text, char between) {
  std::vector<std::string_view> all;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(between, from), text.size());
    all.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return all;
}

std::optional<std::vector<double>> numbers_of(std::string_view text) {
  std::vector<double> all;
  for (const std::string_view part : parts(text, ',')) {
    const std::optional<double> number = parse_number(part);
    if (!number) return std::nullopt;
    all.push_back(*number);
  }
  return all;
}

/// What the file holds; nothing if it is not there, or empty.
std::string text_there(const std::string& path) {
  std::error_code unseen;
  return std::filesystem::exists(path, unseen) ? read_file(path) : "";
}

bool append(std::FILE* file, const std::string& text) {
  return std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0;
}

[[noreturn]] void not_written(const std::string& path) {
  throw EnvironmentError(ExitCode::input_output, fmt::format("{}: could not write it: {}", path, std::strerror(errno)));
}

}  // namespace

Ledger::Ledger(const std::string& path, const std::string& identity) : path_(path), file_(nullptr, &std::fclose) {
  const std::string text = text_there(path);
  if (!text.empty()) read(text, identity);
  file_.reset(std::fopen(path.c_str(), "ab"));
  if (!file_) not_written(path);
  const std::string begin = fmt::format("{}{}\n# number|point|figures of a replicate|...\n", kFirstLine, identity);
  const bool cut_off = !text.empty() && text.back() != '\n';
  if (!append(file_.get(), text.empty() ? begin : cut_off ? "\n" : "")) not_written(path);
}

void Ledger::read(const std::string& text, const std::string& identity) {
  const std::vector<std::string_view> lines = parts(text, '\n');
  if (lines.front() != fmt::format("{}{}", kFirstLine, identity))
    throw EnvironmentError(
        ExitCode::would_overwrite,
        fmt::format("{} belongs to another search (other inputs, or another version): it is left alone; "
                    "--force begins anew, --output writes elsewhere",
                    path_));
  for (const std::string_view line : lines)
    if (line.ends_with(kEnd) && !line.starts_with('#')) read_line(line.substr(0, line.size() - kEnd.size()));
}

void Ledger::read_line(std::string_view line) {
  const std::vector<std::string_view> fields = parts(line, '|');
  const std::optional<std::int64_t> number = parse_whole(fields.front());
  if (!number || *number < 0 || fields.size() < 3) return;
  Run run;
  for (std::size_t i = 1; i < fields.size(); ++i) {
    auto numbers = numbers_of(fields[i]);
    if (!numbers) return;
    if (i == 1) {
      run.point = std::move(*numbers);
    } else {
      run.replicates.push_back(std::move(*numbers));
    }
  }
  runs_[static_cast<std::size_t>(*number)] = std::move(run);
}

const Ledger::Replicates* Ledger::find(std::size_t number, const Point& point) const {
  const auto found = runs_.find(number);
  return found != runs_.end() && found->second.point == point ? &found->second.replicates : nullptr;
}

void Ledger::add(std::size_t number, const Point& point, const Replicates& replicates) {
  std::string line = fmt::format("{}|{}", number, numbers_text(point));
  for (const std::vector<double>& one : replicates) line += "|" + numbers_text(one);
  line += fmt::format("{}\n", kEnd);
  if (!append(file_.get(), line)) not_written(path_);
  runs_[number] = {point, replicates};
}

}  // namespace sleutel::calibrate
