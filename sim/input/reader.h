#pragma once
/// \file
/// Asks a YAML tree for what should be in it, and collects everything that is wrong on the way.
///
///     std::vector<Problem> problems;
///     const auto root = read_yaml("scenarios/leiden/model.yaml", problems);
///     Reader reader(problems);
///     const std::string label = reader.required_text(*root, "title");
///     const double half_life = reader.required_number(*stress, "months", {.above = 0, .meaning = "the half-life"});
///     for (const Node& state : reader.required_map(*root, "states")) read_state(reader, state);   // state.key is its
///     name reader.only_keys(*root, {"title", "stress", "states"}); throw_if_any(problems);
///
/// What is missing or wrong is reported once, and its default comes back, so that reading goes on to the end.

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/node.h"
#include "sleutel/calendar.h"
#include "sleutel/error.h"

namespace sleutel {

/// What a number must be; the ends belong to it, `above` and `below` do not.
struct Range {
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  double above = -std::numeric_limits<double>::infinity();
  double below = std::numeric_limits<double>::infinity();
  const char* meaning = "";  ///< what the number is, for the message: "the share of eligible residents reached"

  bool holds(double value) const { return value >= min && value <= max && value > above && value < below; }
};

/// "must be between 0 and 1, the share of eligible residents reached".
std::string range_text(const Range& range);

class Reader {
 public:
  /// Problems are added to the list, which must outlive the reader.
  explicit Reader(std::vector<Problem>& problems) : problems_(problems) {}

  // --- values of a key of a map. `required_...` reports a missing key; the others give the default instead.
  std::string required_text(const Node& map, std::string_view key);
  std::string text(const Node& map, std::string_view key, std::string_view otherwise = "");
  double required_number(const Node& map, std::string_view key, const Range& range = {});
  double number(const Node& map, std::string_view key, double otherwise, const Range& range = {});
  std::int64_t required_whole(const Node& map, std::string_view key, const Range& range = {});
  std::int64_t whole(const Node& map, std::string_view key, std::int64_t otherwise, const Range& range = {});
  bool flag(const Node& map, std::string_view key, bool otherwise);
  /// One of the given words; the first if it is missing or wrong.
  std::string one_of(const Node& map, std::string_view key, const std::vector<std::string>& words);
  /// A list of words, or one word alone. Empty if the key is missing.
  std::vector<std::string> words(const Node& map, std::string_view key);
  /// The entries of a list, or of a map; no entries if the key is missing or holds something else.
  const std::vector<Node>& required_list(const Node& map, std::string_view key);
  const std::vector<Node>& list(const Node& map, std::string_view key);
  const std::vector<Node>& required_map(const Node& map, std::string_view key);
  const std::vector<Node>& map(const Node& map, std::string_view key);
  /// The value itself, or null.
  const Node* required(const Node& map, std::string_view key);

  // --- values that are at hand
  std::optional<std::string> as_text(const Node& value);
  std::optional<double> as_number(const Node& value, const Range& range = {});
  std::optional<std::int64_t> as_whole(const Node& value, const Range& range = {});
  std::optional<bool> as_flag(const Node& value);            ///< true, false, yes, no
  std::optional<CalendarMonth> as_month(const Node& value);  ///< 2024-01, from 1900 to 2200
  std::optional<std::vector<double>> as_numbers(const Node& value, const Range& range = {});  ///< a list of numbers
  std::optional<std::vector<std::string>> as_words(const Node& value);  ///< a list of words, or one
  bool is_map(const Node& value);                                       ///< reports if it is not
  bool is_list(const Node& value);                                      ///< reports if it is not

  /// Reports every key that is not among `known`, with the nearest one.
  void only_keys(const Node& map, const std::vector<std::string>& known);

  void report(const Node& value, std::string what, std::string suggestion = "");
  void report_key(const Node& value, std::string what, std::string suggestion = "");

 private:
  void expected(const Node& value, std::string_view what);

  std::vector<Problem>& problems_;
};

}  // namespace sleutel
