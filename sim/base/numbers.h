#pragma once
/// \file
/// Numbers in text, the same under every locale.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sleutel {

/// A finite number that takes up the whole text, with a decimal point: 1.5, -3, 2e-4. Anything else gives nothing.
std::optional<double> parse_number(std::string_view text);

/// A whole number that takes up the whole text: 130108, -3. Anything else, also 3.0 and 1,000, gives nothing.
std::optional<std::int64_t> parse_whole(std::string_view text);

/// The shortest text that reads back as the same number: 0.1, 1000000, 1e-09.
std::string number_text(double value);

/// With so many decimals: fixed_text(12.84, 1) is 12.8. Never "-0.0".
std::string fixed_text(double value, int decimals);

/// With commas between thousands: 130,108.
std::string with_thousands(std::int64_t value);

/// As fixed_text, with commas between thousands: 11,136.4.
std::string with_thousands(double value, int decimals);

/// The size of a file: 90.3 kB, 3.1 MB, 1,228.0 MB.
std::string size_text(double bytes);

}  // namespace sleutel
