#pragma once
/// \file
/// The start of a study: centring constants, levels and the residents' states, found together by iteration, once for a
/// model and a city. docs/decisions/0003-centring-and-start.md.

#include <functional>
#include <string>
#include <vector>

#include "sleutel/city.h"
#include "sleutel/flows.h"
#include "sleutel/model.h"

namespace sleutel {

/// How near a published prevalence came.
struct TargetFit {
  std::string outcome;
  double published = 0;  ///< [share]
  double simulated = 0;  ///< at the start [share]
  double level = 1;      ///< factor on the onset
};

struct StartReport {
  int rounds = 0;
  double largest_move = 0;  ///< that any constant still had to go in the last round, as a factor minus one
  double mean_move = 0;     ///< the same, mean over unit-months at risk
  std::vector<TargetFit> targets;
};

/// A model with its constants and levels, and the city with its states.
struct Start {
  Model model;
  City city;
  StartReport report;
};

struct StartOptions {
  std::uint64_t city_seed = 1;
  int threads = 0;                               ///< 0: as many as allowed
  std::function<void(const std::string&)> tell;  ///< receives a line per round; may be empty
};

/// Finds the start. `made` is the city without states; `sample` is a smaller one (households of it) on which the first
/// rounds are run, to save time. A pure function of model, cities, flows and seed.
Start find_start(const Model& model, const City& made, const City& sample, const Flows& flows,
                 const StartOptions& options);

/// Another city that could have been found as well: the same made city, model and constants, other chance in the past
/// (`seed`). For tests of the start, which one city alone would judge with its own luck.
City another_past(const Start& start, const City& made, const Flows& flows, std::uint64_t seed,
                  const StartOptions& options);

/// Share of an outcome's population that it holds for, in a city as it stands.
double share_in(const City& city, const Model& model, int outcome, int month);

}  // namespace sleutel
