#include "output/compare/finished_years.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "sim/base/text.h"

namespace sleutel {
namespace {

constexpr std::size_t kMostTold = 6;  ///< different extents of replicates; a run on many threads may leave many

/// What some replicates, or scenarios, have in common.
struct Alike {
  std::string what;
  std::vector<std::string> who;
};

/// Puts a name with those that have the same; the order is that of the first of each.
void add(std::vector<Alike>& all, const std::string& what, const std::string& name) {
  const auto same = [&](const Alike& one) { return one.what == what; };
  const auto found = std::find_if(all.begin(), all.end(), same);
  if (found == all.end()) {
    all.push_back({what, {name}});
  } else {
    found->who.push_back(name);
  }
}

/// The numbers from 0 until `count` that hold, as "2024-2027, 2030" if they are counted from 2024.
std::string ranges_text(int count, int first_number, const std::function<bool(int)>& holds) {
  std::string text;
  for (int from = 0; from < count; ++from) {
    if (!holds(from)) continue;
    int last = from;
    while (last + 1 < count && holds(last + 1)) ++last;
    text += (text.empty() ? "" : ", ") + std::to_string(first_number + from);
    if (last > from) text += "-" + std::to_string(first_number + last);
    from = last;
  }
  return text;
}

std::string years_text(const Results& results, int scenario, int replicate) {
  return ranges_text(results.years, results.start_year,
                     [&](int year) { return results.has_year(scenario, replicate, year); });
}

/// "in all 10 replicates", "in replicate 3", "in replicates 0-2, 5".
std::string replicates_text(const Results& results, int scenario, const Alike& alike) {
  if (static_cast<int>(alike.who.size()) == results.replicates)
    return "in all " + counted(alike.who.size(), "replicate");
  const auto holds = [&](int replicate) { return years_text(results, scenario, replicate) == alike.what; };
  return std::string(alike.who.size() > 1 ? "in replicates " : "in replicate ") +
         ranges_text(results.replicates, 0, holds);
}

/// "2024-2033 in replicates 0-2, 2024-2027 in replicate 3"; "none".
std::string scenario_text(const Results& results, int scenario) {
  std::vector<Alike> by_years;
  for (int replicate = 0; replicate < results.replicates; ++replicate) {
    const std::string years = years_text(results, scenario, replicate);
    if (!years.empty()) add(by_years, years, std::to_string(replicate));
  }
  std::string text;
  for (std::size_t i = 0; i < std::min(by_years.size(), kMostTold); ++i)
    text += (i == 0 ? "" : ", ") + by_years[i].what + " " + replicates_text(results, scenario, by_years[i]);
  std::size_t others = 0;
  for (std::size_t i = kMostTold; i < by_years.size(); ++i) others += by_years[i].who.size();
  if (others > 0) text += ", some years of " + std::to_string(others) + " more";
  return text.empty() ? "none" : text;
}

}  // namespace

std::string finished_years_text(const Results& results) {
  std::vector<Alike> by_text;
  for (std::size_t i = 0; i < results.scenarios.size(); ++i)
    add(by_text, scenario_text(results, static_cast<int>(i)), results.scenarios[i]);
  const auto finished = std::count(results.complete.begin(), results.complete.end(), 1);
  std::string text =
      std::to_string(finished) + " of " + std::to_string(results.complete.size()) + " years of runs are in the file: ";
  for (std::size_t i = 0; i < by_text.size(); ++i)
    text += (i == 0 ? "" : "; ") + listed(by_text[i].who, "and") + " " + by_text[i].what;
  return text + ".";
}

}  // namespace sleutel
