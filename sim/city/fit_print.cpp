#include <algorithm>
#include <cmath>

#include "sim/base/numbers.h"
#include "sim/city/fit_table.h"

namespace sleutel {
namespace {

std::string padded(const std::string& text, std::size_t width) {
  std::size_t shown = 0;  // characters, not bytes
  for (const char c : text) shown += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return shown >= width ? text : text + std::string(width - shown, ' ');
}

std::string right(const std::string& text, std::size_t width) {
  return text.size() >= width ? text : std::string(width - text.size(), ' ') + text;
}

std::string line(const FitRow& row) {
  const std::string difference = with_thousands(row.difference, row.decimals);
  const bool zero = difference.find_first_not_of("0.") == std::string::npos;
  const std::string sign = row.difference > 0 && !zero ? "+" : "";
  std::string text = "  " + padded(row.margin, 40) + padded(row.area, 26) +
                     right(row.published ? with_thousands(*row.published, row.decimals) : "-", 10) +
                     right(with_thousands(row.synthetic, row.decimals), 11) +
                     right(row.published ? sign + difference : "-", 11) + "  ";
  if (row.use == FitUse::shown) {
    text += "shown";
  } else {
    text += std::string(row.inside ? "within " : "OUTSIDE ") + with_thousands(row.tolerance, std::max(row.decimals, 1));
  }
  return text + (row.note.empty() ? "" : "  (" + row.note + ")") + "\n";
}

bool is_buurt(const FitRow& row) { return row.area_code.starts_with("BU"); }

double strain(const FitRow& row) { return row.tolerance > 0 ? std::abs(row.difference) / row.tolerance : 0; }

// One line for all buurten of a margin: how many are met, and the one that comes nearest to its limit.
std::string buurten_line(const FitTable& table, const std::string& margin) {
  int count = 0;
  int inside = 0;
  const FitRow* worst = nullptr;
  for (const FitRow& row : table.rows) {
    if (!is_buurt(row) || row.margin != margin) continue;
    ++count;
    inside += row.inside ? 1 : 0;
    if (worst == nullptr || strain(row) > strain(*worst)) worst = &row;
  }
  return "  " + padded(margin, 40) + std::to_string(inside) + " of " + std::to_string(count) +
         " buurten within; nearest to the limit:\n" + line(*worst);
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace

std::string fit_text(const FitTable& table, FitDetail detail) {
  std::string text = table.city + ": published figures and the residents made from them\n\n  " + padded("margin", 40) +
                     padded("area", 26) + right("published", 10) + right("synthetic", 11) + right("difference", 11) +
                     "\n";
  std::vector<std::string> summed;
  std::size_t fitted = 0;
  for (const FitRow& row : table.rows) {
    fitted += row.use == FitUse::fitted ? 1 : 0;
    if (detail == FitDetail::every_row || !is_buurt(row)) {
      text += line(row);
    } else if (std::find(summed.begin(), summed.end(), row.margin) == summed.end()) {
      summed.push_back(row.margin);
      text += buurten_line(table, row.margin);
    }
  }
  text += "\n";
  for (const auto& note : table.notes) text += "  " + note + "\n";
  const std::size_t outside = table.outside();
  text += "\n" + std::to_string(fitted - outside) + " of " + std::to_string(fitted) +
          " fitted figures within their tolerance";
  return text + (outside == 0 ? "\n" : ", " + std::to_string(outside) + " OUTSIDE\n");
}

std::string fit_json(const FitTable& table) {
  std::string text = "[\n";
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const FitRow& row = table.rows[i];
    text += "  {\"margin\": " + quoted(row.margin) + ", \"area\": " + quoted(row.area) +
            ", \"area_code\": " + quoted(row.area_code) + ", \"unit\": " + quoted(row.unit) +
            ", \"published\": " + (row.published ? number_text(*row.published) : "null") +
            ", \"synthetic\": " + number_text(row.synthetic) + ", \"difference\": " + number_text(row.difference) +
            ", \"tolerance\": " + number_text(row.tolerance) +
            ", \"fitted\": " + (row.use == FitUse::fitted ? "true" : "false") +
            ", \"inside\": " + (row.inside ? "true" : "false") + ", \"note\": " + quoted(row.note) +
            (i + 1 < table.rows.size() ? "},\n" : "}\n");
  }
  return text + "]\n";
}

}  // namespace sleutel
