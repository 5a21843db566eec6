// From counts to published numbers: every measure worked out by hand.
#include "sim/fit/measure.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/fit/fit.h"

using namespace sleutel;

namespace {

CellOfSide asked(std::int64_t persons, std::int64_t meet) {
  CellOfSide cell;
  cell.asked = persons;
  cell.meet = meet;
  return cell;
}

CellOfSide risked(std::int64_t months, std::int64_t events, std::int64_t ages = 0) {
  CellOfSide cell;
  cell.months = months;
  cell.events = events;
  cell.event_ages = ages;
  return cell;
}

/// A model of which only one mean outcome, in points, and one utility are asked.
Model two_outcomes() {
  Model model;
  model.outcomes.resize(2);
  model.outcomes[0].kind = OutcomeKind::response;
  model.outcomes[1].kind = OutcomeKind::utility;
  return model;
}

double value(const PublishedFigure& figure, const CountsOfSide& side, const CountsOfSide& against = {}) {
  return value_of(figure, two_outcomes(), side, against);
}

}  // namespace

TEST_CASE("a share, and what two shares come to") {
  PublishedFigure figure;
  CountsOfSide side{}, against{};
  side[4] = asked(30, 9);
  side[11] = asked(10, 1);
  against[4] = asked(50, 10);
  CHECK(value(figure, side) == Approx(10.0 / 40));
  figure.contrast = Contrast::ratio;
  CHECK(value(figure, side, against) == Approx(0.25 / 0.2));
  figure.contrast = Contrast::difference;
  CHECK(value(figure, side, against) == Approx(0.05));
  figure.contrast = Contrast::odds_ratio;
  CHECK(value(figure, side, against) == Approx((0.25 / 0.75) / (0.2 / 0.8)));
  CHECK(std::isnan(value(figure, side, {})));
  CHECK(std::isnan(value(PublishedFigure{}, {})));
}

TEST_CASE("standardised: both sides with the ages of both, and only ages that both have") {
  PublishedFigure figure;
  figure.contrast = Contrast::ratio;
  figure.standardised = true;
  CountsOfSide side{}, against{};
  side[0] = asked(10, 1);     // 10% of the young
  side[20] = asked(90, 45);   // 50% of the old
  against[0] = asked(90, 9);  // the same 10%
  against[20] = asked(10, 5);
  against[30] = asked(100, 100);  // an age that nobody of the side has
  CHECK(value(figure, side, against) == Approx(1));
  figure.standardised = false;
  CHECK(value(figure, side, against) == Approx(0.46 / 0.57));
}

TEST_CASE("means and their spread, in the unit of the outcome") {
  PublishedFigure figure;
  figure.side.of.outcome = 0;
  CountsOfSide side{};
  for (const double points : {6.0, 8.0, 7.0, 7.0}) {
    const auto units = static_cast<std::int64_t>(points * kIndexUnit);
    CellOfSide& cell = side[points > 6.5 ? 5 : 6];
    ++cell.asked;
    cell.sum += units;
    cell.steps += units / kSquareStep;
    cell.squares += units / kSquareStep * (units / kSquareStep);
  }
  figure.measure = FigureMeasure::mean;
  CHECK(value(figure, side) == Approx(7));
  figure.measure = FigureMeasure::sd;
  CHECK(value(figure, side) == Approx(std::sqrt(2.0 / 3)));
  CountsOfSide utilities{};
  utilities[0] = asked(2, 0);
  utilities[0].sum = 10000 + 8000;
  figure.side.of.outcome = 1;
  figure.measure = FigureMeasure::mean;
  CHECK(value(figure, utilities) == Approx(0.9));
}

TEST_CASE("a rate per person-year, and the mean age at an event") {
  PublishedFigure figure;
  CountsOfSide side{}, against{};
  side[3] = risked(600, 2, 2 * 240);
  side[9] = risked(600, 1, 600);
  against[3] = risked(120, 1);
  figure.measure = FigureMeasure::rate;
  CHECK(value(figure, side) == Approx(3 / 100.0));
  figure.contrast = Contrast::ratio;
  CHECK(value(figure, side, against) == Approx(0.3));
  figure.contrast = Contrast::none;
  figure.measure = FigureMeasure::mean_age;
  CHECK(value(figure, side) == Approx((20 + 20 + 50) / 3.0));
}

TEST_CASE("healthy life expectancy: nobody dies before 90, then one in ten a year, and half of the years are healthy") {
  CountsOfSide counts{};
  for (int band = 0; band < kFiveYearBands; ++band) {
    CellOfSide& cell = counts[static_cast<std::size_t>(2 * band)];
    cell = asked(10, band < 10 ? 10 : 5);
    cell.months = 1200;
    cell.events = band + 1 == kFiveYearBands ? 10 : 0;
  }
  CHECK(healthy_years(counts) == Approx(50 * 1.0 + 40 * 0.5 + 10 * 0.5));
  counts[2 * 8].events = 20;  // 0.2 a year from 40 to 44: of one, 5 x 0.2 / (1 + 2.5 x 0.2) = 2/3 die
  CHECK(healthy_years(counts) == Approx(40 + 5 * (1 - 1.0 / 3) + 1.0 / 3 * (5 + 40 * 0.5 + 10 * 0.5)));
  counts[2 * 3].months = 0;
  CHECK(std::isnan(healthy_years(counts)));
}

TEST_CASE("what a figure may be off by") {
  FigureList targets;
  targets.label = kCalibratedOn;
  FigureList held_out{kHeldOut, 0.2, 0.03, 1, {}, {}, {}};
  PublishedFigure figure;
  figure.published = 0.1;
  figure.standard_error = 0.001;
  CHECK(allowed_error(figure, targets) == Approx(0.005));  // half a point
  CHECK(allowed_error(figure, held_out) == Approx(0.03));  // three points
  figure.per_year = true;
  CHECK(allowed_error(figure, targets) == Approx(0.003));  // 3% of itself
  figure.standard_error = 0.02;
  CHECK(allowed_error(figure, targets) == Approx(0.02));
  figure.published = 20.8;
  figure.contrast = Contrast::difference;
  CHECK(allowed_error(figure, held_out) == Approx(4.16));
}

TEST_CASE("the sign of a gradient is about 0, or about 1 if it is a ratio") {
  PublishedFigure figure;
  figure.contrast = Contrast::ratio;
  figure.published = 1.3;
  CHECK(same_sign(figure, 1.01));
  CHECK_FALSE(same_sign(figure, 0.9));
  CHECK_FALSE(same_sign(figure, std::nan("")));
  figure.contrast = Contrast::difference;
  CHECK(same_sign(figure, 0.9));
  figure.published = -0.2;
  CHECK_FALSE(same_sign(figure, 0.9));
}
