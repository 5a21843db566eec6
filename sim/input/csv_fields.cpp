#include "sim/input/csv_fields.h"

#include "sim/base/text.h"

namespace sleutel {
namespace {

/// Walks through the text, knowing line and column.
class FieldCutter {
 public:
  FieldCutter(std::string_view text, const std::string& file, std::vector<Problem>& problems)
      : text_(text), file_(file), problems_(problems) {}

  std::vector<CsvTable::Row> cut() {
    std::vector<CsvTable::Row> rows;
    while (at_ < text_.size()) {
      const bool comment = text_[at_] == '#';
      if (comment || rest_of_line_is_blank()) {
        skip_line();
        continue;
      }
      rows.push_back(cut_row());
    }
    return rows;
  }

 private:
  bool done() const { return at_ >= text_.size(); }
  bool line_ends() const { return done() || text_[at_] == '\n'; }

  char take() {
    const char letter = text_[at_++];
    const bool inside_character = (static_cast<unsigned char>(letter) & 0xC0) == 0x80;
    if (letter == '\n') {
      ++line_;
      column_ = 1;
    } else if (!inside_character) {
      ++column_;
    }
    return letter;
  }

  bool rest_of_line_is_blank() const {
    const auto end = text_.find('\n', at_);
    return text_.substr(at_, end - at_).find_first_not_of(" \t\r") == std::string_view::npos;
  }

  void skip_line() {
    while (!line_ends()) take();
    if (!done()) take();
  }

  CsvTable::Row cut_row() {
    CsvTable::Row row;
    bool more = true;
    while (more) {
      row.push_back(cut_field());
      more = !line_ends();  // a comma follows
      if (!done()) take();
    }
    return row;
  }

  CsvCell cut_field() {
    while (!line_ends() && (text_[at_] == ' ' || text_[at_] == '\t')) take();
    CsvCell cell{"", line_, column_, !done() && text_[at_] == '"'};
    if (cell.quoted) cut_quoted(cell);
    std::string plain;
    while (!line_ends() && text_[at_] != ',') plain += take();
    if (!plain.empty() && plain.back() == '\r') plain.pop_back();
    plain = std::string(trimmed(plain));
    if (cell.quoted && !plain.empty())
      problems_.push_back({file_, cell.line, cell.column, "",
                           "text follows the closing quotation mark: " + found_text(plain),
                           "double a quotation mark that belongs to the text"});
    cell.text += plain;
    return cell;
  }

  void cut_quoted(CsvCell& cell) {
    take();
    while (!done()) {
      const char letter = take();
      if (letter != '"') {
        cell.text += letter;
        continue;
      }
      if (done() || text_[at_] != '"') return;
      cell.text += take();
    }
    problems_.push_back({file_, cell.line, cell.column, "", "a quotation mark opens here and is never closed",
                         "close it, or double it if it belongs to the text"});
  }

  std::string_view text_;
  const std::string& file_;
  std::vector<Problem>& problems_;
  std::size_t at_ = 0;
  int line_ = 1, column_ = 1;
};

}  // namespace

std::vector<CsvTable::Row> cut_fields(std::string_view text, const std::string& file, std::vector<Problem>& problems) {
  return FieldCutter(text, file, problems).cut();
}

}  // namespace sleutel
