#include "sim/input/advice.h"

#include <algorithm>

#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sleutel/calendar.h"

namespace sleutel {
namespace {

/// `text` with every `from` replaced.
std::string replaced(std::string text, char from, char to) {
  std::replace(text.begin(), text.end(), from, to);
  return text;
}

std::string without(std::string text, char letter) {
  text.erase(std::remove(text.begin(), text.end(), letter), text.end());
  return text;
}

std::string write(const std::string& value) { return "write " + value; }

/// A number written as a person would on paper.
std::string number_advice(const Node& value, bool whole) {
  const std::string& text = value.text;
  if (value.quoted && parse_number(text)) return "write " + text + " without quotes";
  if (!text.empty() && text.back() == '%') {
    const auto percent = parse_number(trimmed(std::string_view(text).substr(0, text.size() - 1)));
    if (percent) return write(number_text(*percent / 100)) + ", a share and not a percentage";
  }
  if (!text.empty() && text.front() == '+' && parse_number(text.substr(1))) return write(text.substr(1));
  if (const auto joined = parse_whole(without(without(text, ','), '_')); whole && joined)
    return write(std::to_string(*joined));
  if (const auto number = parse_number(text); whole && number && parse_whole(number_text(*number)))
    return write(number_text(*number));
  if (whole && !text.empty() && text.find_first_not_of("0123456789") == std::string::npos)
    return "no number here is as large";
  if (parse_number(replaced(text, ',', '.')) && text.find(',') != std::string::npos)
    return write(replaced(text, ',', '.')) + ", with a point";
  return "";
}

std::string month_advice(const Node& value) {
  const std::string text = replaced(replaced(value.text, '/', '-'), '.', '-');
  const std::size_t dash = text.find('-');
  const auto year = parse_whole(text.substr(0, dash));
  if (!year || *year < 1000 || *year > 9999) return "";
  if (dash == std::string::npos) return write(text + "-01");
  const std::string rest = text.substr(dash + 1);
  const auto month = parse_whole(rest.substr(0, rest.find('-')));
  if (!month || *month < 1 || *month > 12) return "";
  return write(to_string(CalendarMonth{static_cast<int>(*year), static_cast<int>(*month)}));
}

std::string map_advice(const Node& value) {
  if (value.is_list()) return "leave out the dashes";
  const std::size_t colon = value.text.find(':');
  if (value.is_scalar() && colon != std::string::npos && colon + 1 < value.text.size() && value.text[colon + 1] != ' ')
    return "write a space after the colon";
  return "";
}

}  // namespace

std::string advice(const Node& value, std::string_view expected) {
  if (expected == "a list")
    return value.is_map() ? "begin each entry with a dash and a space" : "write it as [...], or with dashes";
  if (expected == "keys and values") return map_advice(value);
  if (!value.is_scalar()) return "";
  if (expected == "a whole number") return number_advice(value, true);
  if (expected == "a number") return number_advice(value, false);
  if (expected == "a month such as 2024-01") return month_advice(value);
  return "";
}

std::string unknown_key_advice(const Node& entry, const std::vector<std::string>& known) {
  std::string nearest = did_you_mean(entry.key, known);
  if (!nearest.empty()) return nearest;
  if (entry.is_null() && parse_whole(entry.key))
    return "between braces a comma begins the next key: write decimals with a point";
  const std::string first = entry.key.substr(0, entry.key.find_first_of(" :="));
  const bool forgotten = first.size() < entry.key.size() && std::find(known.begin(), known.end(), first) != known.end();
  if (forgotten) return "write a colon and a space after " + in_quotes(first);
  return known.empty() ? "" : "known here: " + listed(known, "and");
}

std::string nearest_present(const Node& map, std::string_view missing_key) {
  const std::string nearest = closest(missing_key, map.keys());
  return nearest.empty() ? "" : in_quotes(nearest) + " looks like it";
}

}  // namespace sleutel
