#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/base/math.h"
#include "sim/base/numbers.h"
#include "sim/fit/fit.h"

// One line a figure: where the simulated value stands against the published one, as a ratio on a logarithmic scale (a
// share of 2% and an age of 24 years then stand side by side), with the band in which it is met.

namespace sleutel {
namespace {

constexpr double kPictureWidth = 1180, kNamesAt = 20, kAxisFrom = 560, kAxisUntil = 980, kRow = 22, kTop = 104;
constexpr double kWidestRatio = 4;  ///< of the axis: a quarter to four times
constexpr const char* kBlue = "#0072B2";
constexpr const char* kVermillion = "#D55E00";

struct PictureWords {
  const char *title_targets, *title_held_out, *title_repeated, *published, *simulated, *band, *beyond;
};
constexpr PictureWords kWordsOf[] = {
    {"Calibrated on: simulated against published", "Held out: simulated against published",
     "Studies repeated: simulated against published", "published", "simulated",
     "grey: where a figure is met; line: 95% interval over replicates, chance only", "no value or wrong sign"},
    {"Geijkt op: gesimuleerd tegenover gepubliceerd", "Achtergehouden: gesimuleerd tegenover gepubliceerd",
     "Onderzoeken herhaald: gesimuleerd tegenover gepubliceerd", "gepubliceerd", "gesimuleerd",
     "grijs: waar een cijfer gehaald is; lijn: 95%-interval over herhalingen, alleen toeval",
     "geen waarde of verkeerd teken"}};

const std::map<std::string, const char*>& dutch_groups() {
  static const std::map<std::string, const char*> groups = {
      {"money", "geld"},       {"social", "sociale banden"}, {"mood", "stemming"},
      {"behaviour", "gedrag"}, {"health", "gezondheid"},     {"work", "werk"},
      {"family", "gezin"},     {"wellbeing", "welbevinden"}, {"childhood", "jeugd"}};
  return groups;
}

std::string escaped_svg(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
  return out;
}

std::string label_of(double x, double y, const std::string& words, const std::string& style = "") {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>\n", x, y, style, escaped_svg(words));
}

/// Place of a ratio on the axis; what lies beyond it stands at its end.
double x_of_ratio(double ratio) {
  const double most = math::log(kWidestRatio);
  const double at = ratio <= 0 ? -most : std::clamp(math::log(ratio), -most, most);
  return kAxisFrom + (kAxisUntil - kAxisFrom) * (at + most) / (2 * most);
}

std::string localised(double value, int decimals, FitLanguage language) {
  std::string text = value == value ? fixed_text(value, decimals) : "-";
  if (language == FitLanguage::nl) std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

int picture_decimals(double value) {
  const double size = std::abs(value);
  return size >= 10 ? 1 : size >= 0.1 ? 2 : size >= 0.01 ? 3 : 4;
}

std::string band_of(const FittedFigure& one, const Fit& fit, double y) {
  const double published = std::abs(one.figure.published);
  const double margin = (fit.is_held_out() ? 1 : 2) * one.error / published;
  const double from = x_of_ratio(fit.is_repeated() ? one.figure.published_low / published : 1 - margin);
  const double until = x_of_ratio(fit.is_repeated() ? one.figure.published_high / published : 1 + margin);
  return fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"#DDD\"/>\n", from,
                     y - kRow / 2 + 2, until - from, kRow - 4);
}

std::string mark_of(const FittedFigure& one, double y) {
  const double published = one.figure.published;
  const char* colour = one.met && one.right_sign ? kBlue : kVermillion;
  if (!one.has_value() || one.simulated / published <= 0)
    return label_of(kAxisFrom + 2, y + 5, "\u00d7", fmt::format("fill=\"{}\" font-size=\"18\"", colour));
  const double x = x_of_ratio(one.simulated / published);
  std::string shapes;
  if (one.low == one.low)
    shapes += fmt::format("<line x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\"/>\n",
                          x_of_ratio(one.low / published), x_of_ratio(one.high / published), y, y, colour);
  if (one.met && one.right_sign)
    return shapes + fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\" fill=\"{}\"/>\n", x, y, colour);
  return shapes + fmt::format(
                      "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"9\" height=\"9\" fill=\"{}\" "
                      "transform=\"rotate(45 {:.1f} {:.1f})\"/>\n",
                      x - 4.5, y - 4.5, colour, x, y);
}

std::string row_of(const FittedFigure& one, const Fit& fit, double y, FitLanguage language) {
  const int decimals = picture_decimals(one.figure.published);
  const std::string& name = language == FitLanguage::nl ? one.figure.name_nl : one.figure.name_en;
  const std::string style = one.met && one.right_sign ? "" : fmt::format("fill=\"{}\"", kVermillion);
  return label_of(kNamesAt + 12, y + 5, name) + band_of(one, fit, y) + mark_of(one, y) +
         label_of(1075, y + 5, localised(one.figure.published, decimals, language), "text-anchor=\"end\"") +
         label_of(1160, y + 5, localised(one.simulated, decimals, language), "text-anchor=\"end\" " + style);
}

std::string axis(double bottom, FitLanguage language) {
  std::string shapes;
  for (const double ratio : {0.25, 0.5, 1.0, 2.0, 4.0}) {
    const double x = x_of_ratio(ratio);
    shapes += fmt::format("<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1}\" y2=\"{2:.1f}\" stroke=\"{3}\"/>\n", x,
                          kTop - 12, bottom, ratio == 1 ? "#222" : "#CCC");
    shapes +=
        label_of(x, kTop - 20, localised(ratio, ratio < 1 ? 2 : 0, language) + " \u00d7", "text-anchor=\"middle\"");
  }
  return shapes;
}

std::string met_words(const Fit& fit, FitLanguage language) {
  if (language == FitLanguage::nl)
    return fmt::format("{} van {} gehaald ({}, {} jaar, {} herhalingen)", fit.met(), fit.figures.size(), fit.study,
                       fit.years, fit.replicates);
  return fmt::format("{} of {} met ({}, {} years, {} replicates)", fit.met(), fit.figures.size(), fit.study, fit.years,
                     fit.replicates);
}

const char* title_of(const Fit& fit, const PictureWords& words) {
  if (fit.is_repeated()) return words.title_repeated;
  return fit.is_held_out() ? words.title_held_out : words.title_targets;
}

std::string head_of(const Fit& fit, const PictureWords& words, FitLanguage language) {
  return label_of(kNamesAt, 30, title_of(fit, words), "font-size=\"20\" font-weight=\"bold\"") +
         label_of(kNamesAt, 54, met_words(fit, language)) +
         label_of(kNamesAt, 76, words.band, "fill=\"#555\" font-size=\"12\"") +
         label_of(1075, kTop - 20, words.published, "text-anchor=\"end\" font-size=\"12\"") +
         label_of(1160, kTop - 20, words.simulated, "text-anchor=\"end\" font-size=\"12\"");
}

}  // namespace

std::string fit_svg(const Fit& fit, FitLanguage language) {
  const PictureWords& words = kWordsOf[language == FitLanguage::nl ? 1 : 0];
  std::string rows, group;
  double y = kTop + 8;
  for (const FittedFigure& one : fit.figures) {
    if (one.figure.group != group) {
      group = one.figure.group;
      const auto dutch = dutch_groups().find(group);
      const bool translate = language == FitLanguage::nl && dutch != dutch_groups().end();
      rows += label_of(kNamesAt, y + 6, translate ? dutch->second : group, "font-weight=\"bold\"");
      y += kRow;
    }
    rows += row_of(one, fit, y, language);
    y += kRow;
  }
  const std::string shapes =
      head_of(fit, words, language) + axis(y - 8, language) + rows +
      label_of(kNamesAt, y + 14, "\u00d7 " + std::string(words.beyond), "fill=\"#555\" font-size=\"12\"");
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} "
      "{1:.0f}\" font-family=\"DejaVu Sans, Verdana, sans-serif\" font-size=\"13\" fill=\"#222\" "
      "role=\"img\">\n<title>{2}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n{3}</svg>\n",
      kPictureWidth, y + 26, title_of(fit, words), shapes);
}

}  // namespace sleutel
