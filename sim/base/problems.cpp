#include "sim/base/problems.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "sim/base/text.h"

namespace sleutel {
namespace {

using Problems = std::vector<Problem>;

std::string place_of(const Problem& problem) {
  if (problem.line <= 0) return "";
  std::string place = std::to_string(problem.line);
  if (problem.column > 0) place += ":" + std::to_string(problem.column);
  return place;
}

std::string lines_of(const Problem& problem, std::size_t width) {
  std::string place = place_of(problem);
  place.resize(width, ' ');
  const std::string indent = width > 0 ? "  " + place + "  " : "  ";
  std::string text = indent + problem.where + (problem.where.empty() ? "" : ": ") + problem.what + "\n";
  if (!problem.suggestion.empty()) text += std::string(indent.size(), ' ') + problem.suggestion + "\n";
  return text;
}

/// The problems of one file, which stand together in `from` .. `until`.
std::string file_text(Problems::const_iterator from, Problems::const_iterator until, std::string_view consequence) {
  std::size_t width = 0;
  for (auto problem = from; problem != until; ++problem) width = std::max(width, place_of(*problem).size());
  std::string head = counted(static_cast<std::size_t>(until - from), "problem");
  if (!consequence.empty()) head.append(", ").append(consequence);
  std::string text = (from->file.empty() ? "" : from->file + ": ") + head + "\n\n";
  for (auto problem = from; problem != until; ++problem) text += lines_of(*problem, width);
  return text;
}

}  // namespace

Problems in_order(Problems problems) {
  const auto order = [](const Problem& problem) {
    return std::tie(problem.file, problem.line, problem.column, problem.where, problem.what, problem.suggestion);
  };
  std::sort(problems.begin(), problems.end(),
            [&](const Problem& one, const Problem& other) { return order(one) < order(other); });
  problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
  return problems;
}

std::string problems_text(Problems all, std::string_view consequence) {
  const Problems problems = in_order(std::move(all));
  std::string text;
  for (auto from = problems.cbegin(); from != problems.cend();) {
    const auto until = std::find_if(from, problems.cend(), [&](const Problem& p) { return p.file != from->file; });
    if (!text.empty()) text += "\n";
    text += file_text(from, until, consequence);
    from = until;
  }
  return text;
}

std::string problems_text(const InputError& error, std::string_view consequence) {
  return problems_text(error.problems, consequence);
}

void throw_if_any(const Problems& problems) {
  if (!problems.empty()) throw InputError(problems);
}

}  // namespace sleutel
