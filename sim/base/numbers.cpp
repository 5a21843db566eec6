#include "sim/base/numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace sleutel {
namespace {

/// Room for the longest double without exponent: 309 digits, a sign, a point and 40 decimals.
using Room = std::array<char, 400>;

template <class Number>
std::optional<Number> parse_all(std::string_view text) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

std::string separate_thousands(const std::string& digits) {
  const std::size_t sign = !digits.empty() && digits[0] == '-' ? 1 : 0;
  const std::size_t end = std::min(digits.find('.'), digits.size());
  std::string text;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at > sign && at < end && (end - at) % 3 == 0) text += ',';
    text += digits[at];
  }
  return text;
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  const auto value = parse_all<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<std::int64_t> parse_whole(std::string_view text) { return parse_all<std::int64_t>(text); }

std::string number_text(double value) {
  Room room;
  const double size = std::abs(value);
  const bool plain = value == 0 || (size >= 1e-5 && size < 1e15);
  const auto end = plain ? std::to_chars(room.data(), room.data() + room.size(), value, std::chars_format::fixed)
                         : std::to_chars(room.data(), room.data() + room.size(), value);
  return std::string(room.data(), end.ptr);
}

std::string fixed_text(double value, int decimals) {
  Room room;
  const auto end = std::to_chars(room.data(), room.data() + room.size(), value, std::chars_format::fixed, decimals);
  std::string text(room.data(), end.ptr);
  const bool minus_zero = text[0] == '-' && text.find_first_not_of("-0.") == std::string::npos;
  return minus_zero ? text.substr(1) : text;
}

std::string with_thousands(std::int64_t value) { return separate_thousands(std::to_string(value)); }

std::string with_thousands(double value, int decimals) { return separate_thousands(fixed_text(value, decimals)); }

std::string size_text(double bytes) {
  return bytes < 1e5 ? fixed_text(bytes / 1e3, 1) + " kB" : with_thousands(bytes / 1e6, 1) + " MB";
}

}  // namespace sleutel
