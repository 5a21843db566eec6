#include "sim/attribute/waterfall.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/numbers.h"

namespace sleutel {
namespace {

constexpr std::size_t kWidestLine = 150;  ///< of a paragraph [characters]

std::string safe_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else
      out += c;
  }
  return out;
}

}  // namespace

void Waterfall::text(double x, double at_y, const std::string& words, const std::string& style) {
  shapes += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>\n", x, at_y, style, safe_text(words));
}

void Waterfall::paragraph(const std::string& words, const std::string& style) {
  std::size_t from = 0;
  while (from < words.size()) {
    std::size_t until = words.size();
    if (until - from > kWidestLine) {
      const std::size_t space = words.rfind(' ', from + kWidestLine);
      until = space == std::string::npos || space <= from ? from + kWidestLine : space;
    }
    text(kLeft, y + 14, words.substr(from, until - from), style);
    y += 19;
    from = until < words.size() ? until + 1 : until;
  }
}

void Waterfall::whisker(double from, double until) {
  if (std::isnan(from) || std::isnan(until)) return;
  const double at = y + kRow / 2;
  shapes += fmt::format(
      "<path d=\"M{0:.1f} {2:.1f}V{3:.1f}M{0:.1f} {4:.1f}H{1:.1f}M{1:.1f} {2:.1f}V{3:.1f}\" stroke=\"#222\" "
      "fill=\"none\"/>\n",
      x_of(from), x_of(until), at - 4, at + 4, at);
}

void Waterfall::point(double at) {
  shapes += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\" fill=\"#222\"/>\n", x_of(at), y + kRow / 2);
}

void Waterfall::step(double from, double until) {
  shapes += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>\n",
                        x_of(std::min(from, until)), y + 6, std::abs(x_of(until) - x_of(from)), kRow - 12,
                        until >= from ? kRaises : kLowers);
}

void Waterfall::link(double at) {
  shapes += fmt::format("<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\" stroke=\"#999\"/>\n",
                        x_of(at), y - kRow / 2, y + kRow / 2);
}

void Waterfall::axis(int decimals, bool comma) {
  const double step = round_step(high - low);
  shapes += fmt::format("<line x1=\"{0:.1f}\" x2=\"{1:.1f}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\" stroke=\"#222\"/>\n",
                        kPlotFrom, kPlotUntil, y + 4);
  for (double at = std::ceil(low / step) * step; at <= high + step * 1e-9; at += step) {
    std::string words = fixed_text(at, step >= 1 ? 0 : decimals);
    if (comma) std::replace(words.begin(), words.end(), '.', ',');
    shapes += fmt::format("<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\" stroke=\"#222\"/>\n",
                          x_of(at), y + 4, y + 9);
    text(x_of(at), y + 24, words, "text-anchor=\"middle\" font-size=\"12\"");
  }
  y += 34;
}

std::string Waterfall::finished(const std::string& title) const {
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} "
             "{1:.0f}\" font-family=\"DejaVu Sans, Verdana, sans-serif\" font-size=\"14\" fill=\"#222\" "
             "role=\"img\">\n<title>{2}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
             kWidth, y + 16, safe_text(title)) +
         shapes + "</svg>\n";
}

double round_step(double length) {
  double step = 1;
  while (length / step > 9) step *= 10;
  while (length / step < 0.9) step /= 10;
  if (length / step < 2) return step / 5;
  return length / step < 4.5 ? step / 2 : step;
}

}  // namespace sleutel
