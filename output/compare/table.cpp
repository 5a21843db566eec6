#include "output/compare/table.h"

#include <algorithm>
#include <cmath>

#include "sim/base/numbers.h"

namespace sleutel {
namespace {

constexpr const char* kDifferenceTitle = "difference (95%, chance only)";
constexpr std::size_t kBoundWidth = 6;  ///< bounds are aligned up to here; one with many decimals sticks out

std::string padding(const std::string& text, std::size_t width) {
  const std::size_t has = width_of(text);
  return std::string(has < width ? width - has : 0, ' ');
}

std::string left(const std::string& text, std::size_t width) { return text + padding(text, width); }
std::string right(const std::string& text, std::size_t width) { return padding(text, width) + text; }

std::size_t widest(const std::vector<std::string>& texts, std::size_t at_least = 0) {
  for (const auto& text : texts) at_least = std::max(at_least, width_of(text));
  return at_least;
}

/// "larger than what matters (2)": with what matters, where the verdict speaks of it.
std::string verdict_text(const ComparisonRow& row) {
  std::string text = words(row.verdict);
  const bool speaks_of_it =
      row.verdict == Verdict::larger || row.verdict == Verdict::real_but_small || row.verdict == Verdict::no_difference;
  return speaks_of_it ? text + " (" + number_text(row.matters) + ")" : text;
}

/// Decimals of the difference: more than the outcome's own where an interval without 0 would be printed with one.
int difference_decimals(const ComparisonRow& row) {
  constexpr int most_further = 4;
  int decimals = row.decimals;
  if (row.verdict != Verdict::real_but_small && row.verdict != Verdict::larger) return decimals;
  const auto as_zero = [&](double bound) {
    return printed(bound, decimals).find_first_of("123456789") == std::string::npos;
  };
  while (decimals < row.decimals + most_further && (as_zero(row.difference.low) || as_zero(row.difference.high)))
    ++decimals;
  return decimals;
}

/// The cells of a block, column by column.
struct Columns {
  std::vector<std::string> baseline, value, difference, low, high, interval;
};

Columns cells_of(const Block& block) {
  Columns columns;
  for (const auto* row : block.rows) {
    columns.baseline.push_back(printed(row->baseline, row->decimals));
    columns.value.push_back(printed(row->value, row->decimals));
    const int decimals = difference_decimals(*row);
    columns.difference.push_back(printed_signed(row->difference.mean, decimals));
    const bool has = row->difference.has_interval();
    columns.low.push_back(has ? printed_signed(row->difference.low, decimals) : "");
    columns.high.push_back(has ? printed_signed(row->difference.high, decimals) : "");
  }
  const std::size_t low = std::min(widest(columns.low), kBoundWidth);
  const std::size_t high = std::min(widest(columns.high), kBoundWidth);
  for (std::size_t i = 0; i < block.rows.size(); ++i)
    columns.interval.push_back(block.rows[i]->difference.has_interval()
                                   ? "(" + right(columns.low[i], low) + " to " + right(columns.high[i], high) + ")"
                                   : "(no interval)");
  return columns;
}

}  // namespace

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string printed(double value, int decimals) { return std::isnan(value) ? "-" : with_thousands(value, decimals); }

std::string printed_signed(double value, int decimals) {
  const std::string text = printed(value, decimals);
  const bool is_zero = text.find_first_of("123456789") == std::string::npos;
  return !is_zero && value > 0 ? "+" + text : text;
}

std::string block_text(const Block& block) {
  const Columns cells = cells_of(block);
  const std::size_t label = std::max(widest(block.labels) + 2, width_of(block.heading)) + 2;
  const std::size_t baseline = widest(cells.baseline, 8), value = widest(cells.value, 8);
  const std::size_t difference = widest(cells.difference), interval = widest(cells.interval);
  std::string text = left(block.heading, label) + "  " + right("baseline", baseline) + "  " + right("scenario", value) +
                     "  " + kDifferenceTitle + "\n";
  for (std::size_t i = 0; i < block.rows.size(); ++i)
    text += left("  " + block.labels[i], label) + "  " + right(cells.baseline[i], baseline) + "  " +
            right(cells.value[i], value) + "  " + right(cells.difference[i], difference) + "  " +
            left(cells.interval[i], interval) + "   " + verdict_text(*block.rows[i]) + "\n";
  return text;
}

}  // namespace sleutel
