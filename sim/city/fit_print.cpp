#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/city/fit_table.h"

namespace sleutel {
namespace {

constexpr std::size_t kNumberWidth = 12;
constexpr std::size_t kTextWidth = 110;  ///< of notes [characters]

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padding(const std::string& text, std::size_t width) {
  const std::size_t has = width_of(text);
  return std::string(has < width ? width - has : 0, ' ');
}

std::string left(const std::string& text, std::size_t width) { return text + padding(text, width); }
std::string right(const std::string& text, std::size_t width = kNumberWidth) { return padding(text, width) + text; }

/// The text in lines of at most kTextWidth characters, each after two spaces.
std::string wrapped(std::string_view text) {
  std::string lines, line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string word(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && width_of(line) + 1 + width_of(word) > kTextWidth) {
      lines += "  " + line + "\n";
      line = "    " + word;
    } else {
      line += (line.empty() ? "" : " ") + word;
    }
  }
  return lines + "  " + line + "\n";
}

/// "owner-occupied (%)": a count needs no unit.
std::string title_of(const FitRow& row) {
  if (row.unit == "percent") return row.margin + " (%)";
  return row.unit.find("EUR") == std::string::npos ? row.margin : row.margin + " (" + row.unit + ")";
}

std::string difference_text(const FitRow& row) {
  if (!row.published) return "-";
  const std::string text = with_thousands(row.difference, row.decimals);
  const bool zero = text.find_first_not_of("0.") == std::string::npos;
  return row.difference > 0 && !zero ? "+" + text : text;
}

/// "±8": the largest difference that counts as a fit, rounded down to the decimals of the row.
std::string allowed_text(const FitRow& row) {
  if (row.use == FitUse::shown) return "-";
  if (row.tolerance <= 0) return "exact";
  double unit = 1;
  for (int i = 0; i < row.decimals; ++i) unit *= 10;
  return "±" + with_thousands(std::floor(row.tolerance * unit + 1e-6) / unit, row.decimals);
}

std::string numbers_head() {
  return right("published") + right("synthetic") + right("difference") + right("allowed") + "\n";
}

/// Lines of the table, and the footnotes that they refer to.
class Lines {
 public:
  explicit Lines(std::size_t label_width) : label_width_(label_width) {}

  void head(const std::string& title) {
    text += (text.empty() ? "" : "\n") + left(title, label_width_ + 2) + numbers_head();
  }
  void add(const std::string& label, const FitRow& row, const std::string& where) {
    std::string line =
        "  " + left(label, label_width_) + right(row.published ? with_thousands(*row.published, row.decimals) : "-") +
        right(with_thousands(row.synthetic, row.decimals)) + right(difference_text(row)) + right(allowed_text(row));
    if (!row.inside) line += "  OUTSIDE";
    if (!where.empty()) line += "  " + where;
    if (!row.note.empty()) line += "  [" + std::to_string(footnote(row.note)) + "]";
    text += line + "\n";
  }
  std::string footnotes() const {
    std::string all;
    for (std::size_t i = 0; i < notes_.size(); ++i) all += wrapped("[" + std::to_string(i + 1) + "] " + notes_[i]);
    return all;
  }

  std::string text;

 private:
  std::size_t footnote(const std::string& note) {
    const auto found = std::find(notes_.begin(), notes_.end(), note);
    const auto place = static_cast<std::size_t>(found - notes_.begin()) + 1;
    if (found == notes_.end()) notes_.push_back(note);
    return place;
  }

  std::size_t label_width_;
  std::vector<std::string> notes_;
};

/// How near a row comes to its limit; a row that is only shown, how far it is from its figure.
double strain(const FitRow& row) {
  return row.tolerance > 0 ? std::abs(row.difference) / row.tolerance : std::abs(row.difference);
}

using Group = std::vector<const FitRow*>;

/// Rows with the same title, in the order of the first of each; only those whose area code begins so.
std::vector<Group> groups_of(const FitTable& table, std::string_view code) {
  std::vector<Group> groups;
  for (const FitRow& row : table.rows) {
    if (!row.area_code.starts_with(code)) continue;
    const auto same = std::find_if(groups.begin(), groups.end(),
                                   [&](const Group& group) { return title_of(*group.front()) == title_of(row); });
    if (same != groups.end()) {
      same->push_back(&row);
    } else {
      groups.push_back({&row});
    }
  }
  return groups;
}

/// One line for all areas of a margin: the one that comes nearest to its limit, and how many are within theirs.
void add_nearest(Lines& lines, const Group& group) {
  const FitRow* nearest = group.front();
  std::size_t fitted = 0, inside = 0, published = 0;
  for (const FitRow* row : group) {
    if (row->use == FitUse::fitted) {
      ++fitted;
      inside += row->inside ? 1 : 0;
    }
    published += row->published ? 1 : 0;
    if (!nearest->published || (row->published && strain(*row) > strain(*nearest))) nearest = row;
  }
  std::string where = nearest->area;
  if (fitted > 0) where += ", " + std::to_string(inside) + " of " + std::to_string(fitted) + " within";
  if (published < group.size()) where += ", " + std::to_string(group.size() - published) + " not published";
  lines.add(title_of(*nearest), *nearest, where);
}

std::size_t widest_label(const FitTable& table, FitDetail detail) {
  std::size_t width = 0;
  for (const FitRow& row : table.rows)
    width = std::max(width, width_of(detail == FitDetail::every_row ? row.area : title_of(row)));
  return width + 1;
}

/// A row per margin: of the whole city, then of its districts and buurten.
void add_margins(Lines& lines, const FitTable& table) {
  lines.head(table.city + " as a whole");
  for (const Group& group : groups_of(table, "GM"))
    for (const FitRow* row : group) lines.add(title_of(*row), *row, "");
  for (const auto& [code, title] : {std::pair{"WK", "Districts: the one nearest to its limit"},
                                    std::pair{"BU", "Buurten: the one nearest to its limit"}}) {
    lines.head(title);
    for (const Group& group : groups_of(table, code)) add_nearest(lines, group);
  }
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
  Lines lines(widest_label(table, detail));
  if (detail == FitDetail::every_row) {
    for (const Group& group : groups_of(table, "")) {
      lines.head(title_of(*group.front()));
      for (const FitRow* row : group) lines.add(row->area, *row, "");
    }
  } else {
    add_margins(lines, table);
  }
  std::string text = table.city + ": published figures beside the residents made from them\n\n" + lines.text + "\n";
  text += lines.footnotes() + "\nWhich figures gave way, and what they refer to\n";
  for (const std::string& note : table.notes) text += wrapped(note);
  const auto fitted = static_cast<std::size_t>(
      std::count_if(table.rows.begin(), table.rows.end(), [](const FitRow& row) { return row.use == FitUse::fitted; }));
  const std::size_t outside = table.outside();
  text += "\n" + std::to_string(fitted - outside) + " of " + std::to_string(fitted) +
          " fitted figures within their tolerance";
  if (outside > 0) text += ", " + std::to_string(outside) + " OUTSIDE";
  return text + "; " + std::to_string(table.rows.size() - fitted) + " more are shown, not fitted\n";
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
