#include "sim/base/files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "sim/base/text.h"

namespace sleutel {
namespace {

namespace fs = std::filesystem;

/// Larger files are not what a person wrote. [bytes]
constexpr std::uintmax_t kLargest = 256u << 20;

Problem missing(const fs::path& path) {
  Problem problem{path.string(), 0, 0, "", "there is no such file", ""};
  const std::string folder = path.parent_path().string();
  std::error_code error;
  if (!folder.empty() && !fs::is_directory(folder, error)) {
    problem.suggestion = "there is no folder " + in_quotes(folder) + " either";
    return problem;
  }
  const std::string nearest = closest(path.filename().string(), files_in(folder.empty() ? "." : folder, ""));
  if (!nearest.empty()) problem.suggestion = "did you mean " + in_quotes((path.parent_path() / nearest).string()) + "?";
  return problem;
}

/// Why a file cannot be read, or nothing if it can.
std::optional<Problem> hindrance(const fs::path& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return missing(path);
  if (error) return Problem{path.string(), 0, 0, "", "the file cannot be read: " + error.message(), ""};
  if (fs::is_directory(status)) return Problem{path.string(), 0, 0, "", "this is a folder, not a file", ""};
  const auto size = fs::is_regular_file(status) ? fs::file_size(path, error) : 0;
  if (!error && size > kLargest) return Problem{path.string(), 0, 0, "", "the file is larger than 256 MB", ""};
  return std::nullopt;
}

std::optional<std::string> read_bytes(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (stream.bad()) return std::nullopt;
  return text;
}

}  // namespace

std::optional<std::string> read_file(const std::string& path, std::vector<Problem>& problems) {
  if (auto why = hindrance(path)) {
    problems.push_back(*why);
    return std::nullopt;
  }
  errno = 0;
  auto text = read_bytes(path);
  if (!text) problems.push_back({path, 0, 0, "", std::string("the file cannot be read: ") + std::strerror(errno), ""});
  return text;
}

std::string read_file(const std::string& path) {
  std::vector<Problem> problems;
  auto text = read_file(path, problems);
  if (text) return *std::move(text);
  std::error_code error;
  throw InputError(problems, fs::exists(path, error) ? ExitCode::bad_input : ExitCode::input_missing);
}

std::vector<std::string> files_in(const std::string& folder, std::string_view ending) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), none; !error && entry != none; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    const bool ends =
        name.size() >= ending.size() && std::string_view(name).substr(name.size() - ending.size()) == ending;
    std::error_code unknown;
    if (ends && !entry->is_directory(unknown)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string beside(const std::string& file, const std::string& name) {
  const fs::path path(name);
  return path.is_absolute() ? name : (fs::path(file).parent_path() / path).string();
}

}  // namespace sleutel
