#include "sim/base/limits.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <vector>

namespace sleutel {

namespace {

constexpr std::int64_t kAsGoodAsNone = std::int64_t{1} << 60;  ///< version 1 says "no limit" by a very large number

/// The first number in a file; -1 if there is none, or it says "max".
std::int64_t first_number(std::ifstream& file) {
  std::string word;
  std::int64_t value = -1;
  if (!(file >> word)) return -1;
  const auto end = std::from_chars(word.data(), word.data() + word.size(), value);
  return end.ec == std::errc() && value < kAsGoodAsNone ? value : -1;
}

std::int64_t number_at(const std::string& path) {
  std::ifstream file(path);
  return first_number(file);
}

bool in_list(const std::string& list, const std::string& word) {
  return ("," + list + ",").find("," + word + ",") != std::string::npos;
}

/// The folders of a controller, from that of this process up to the root; in a container only the root may be seen.
std::vector<std::string> folders_of(const ControlGroupFiles& files, const std::string& controller) {
  std::vector<std::string> folders;
  std::ifstream own(files.own);
  for (std::string line; std::getline(own, line);) {  // 4:cpu,cpuacct:/a/b  or of version 2  0::/a/b
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    if (!controllers.empty() && !in_list(controllers, controller)) continue;
    const std::string root = files.groups + (controllers.empty() ? "" : "/" + controller);
    std::string path = line.substr(second + 1);
    for (; path.size() > 1; path.erase(path.rfind('/'))) folders.push_back(root + path);
    folders.push_back(root);
  }
  return folders;
}

/// The least of what the folders grant by `granted(folder)`, which is not positive where there is no limit.
template <class Granted>
std::optional<std::int64_t> least(const std::vector<std::string>& folders, Granted&& granted) {
  std::optional<std::int64_t> found;
  for (const std::string& folder : folders)
    if (const std::int64_t here = granted(folder); here > 0) found = std::min(found.value_or(here), here);
  return found;
}

std::int64_t processors_in(const std::string& folder) {
  std::ifstream two(folder + "/cpu.max");
  std::int64_t quota = first_number(two), period = first_number(two);
  if (quota <= 0) quota = number_at(folder + "/cpu.cfs_quota_us"), period = number_at(folder + "/cpu.cfs_period_us");
  return quota > 0 && period > 0 ? (quota + period - 1) / period : -1;
}

std::int64_t memory_in(const std::string& folder) {
  const std::int64_t two = number_at(folder + "/memory.max");
  return two > 0 ? two : number_at(folder + "/memory.limit_in_bytes");
}

}  // namespace

std::optional<int> granted_processors(const ControlGroupFiles& files) {
  const auto all = least(folders_of(files, "cpu"), processors_in);
  return all ? std::optional(static_cast<int>(std::min<std::int64_t>(*all, 1 << 20))) : std::nullopt;
}

std::optional<std::uint64_t> granted_memory(const ControlGroupFiles& files) {
  const auto all = least(folders_of(files, "memory"), memory_in);
  return all ? std::optional(static_cast<std::uint64_t>(*all)) : std::nullopt;
}

}  // namespace sleutel
