#include "sim/trace/drawing.h"

#include <fmt/format.h>

namespace sleutel {
namespace {

constexpr std::size_t kWidest = 172;  ///< of a line of text [characters]

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

void Drawing::text(double x, double at_y, const std::string& words, const std::string& style) {
  shapes += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>\n", x, at_y, style, escaped(words));
}

void Drawing::paragraph(const std::string& words, const std::string& style, double indent) {
  std::size_t from = 0;
  while (from < words.size()) {
    std::size_t until = words.size();
    if (until - from > kWidest) {
      const std::size_t space = words.rfind(' ', from + kWidest);
      until = space == std::string::npos || space <= from ? from + kWidest : space;
    }
    text(kLeft + (from == 0 ? 0 : indent), y + 14, words.substr(from, until - from), style);
    y += kLine;
    from = until < words.size() && words[until] == ' ' ? until + 1 : until;
  }
}

void Drawing::bar(double from, double until, const std::string& colour) {
  shapes += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"13\" rx=\"2\" fill=\"{}\"/>\n",
                        x_of(from), y + 3, x_of(until) - x_of(from), colour);
}

void Drawing::vertical(double month, double from_y, double until_y, const std::string& style) {
  shapes += fmt::format("<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\" {3}/>\n", x_of(month),
                        from_y, until_y, style);
}

void Drawing::number(double month, int which) {
  shapes += fmt::format(
      "<circle cx=\"{0:.1f}\" cy=\"{1:.1f}\" r=\"9\" fill=\"white\" stroke=\"#222\"/>"
      "<text x=\"{0:.1f}\" y=\"{2:.1f}\" font-size=\"11\" text-anchor=\"middle\">{3}</text>\n",
      x_of(month), y + 9.5, y + 13.5, which);
}

std::string Drawing::finished(const std::string& title) const {
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} "
             "{1:.0f}\" font-family=\"DejaVu Sans, Verdana, sans-serif\" font-size=\"14\" fill=\"#222\" "
             "role=\"img\">\n<title>{2}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
             kWidth, y + 20, escaped(title)) +
         shapes + "</svg>\n";
}

}  // namespace sleutel
