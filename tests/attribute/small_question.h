#pragma once
/// \file
/// Asks a small plan for shares.

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "sim/attribute/shares.h"
#include "tests/support/tiny_plan.h"

namespace sleutel::test {

struct SmallQuestion {
  SmallQuestion(const StudyPlan& of_plan, const std::vector<std::string>& of, const std::vector<std::string>& outcomes)
      : plan(of_plan), asked{*of_plan.arms[0].model, {}, {}} {
    std::vector<Problem> problems;
    asked.players = named_players(asked.model, of, problems);
    asked.outcomes = asked_outcomes(asked.model, outcomes, problems);
    REQUIRE(problems.empty());
  }

  SumsOfRuns lived(int threads = 0) const {
    std::vector<int> outcomes;
    for (const AskedOutcome& one : asked.outcomes) outcomes.push_back(one.outcome);
    RunOptions options;
    options.threads = threads;
    Progress progress;
    const std::atomic<bool> stop{false};
    return live_variants(
        {plan, subsets_of(asked.players),
         [&](std::size_t subset) { return subset_model(asked.model, asked.players, subset); }, outcomes},
        options, progress, stop);
  }

  std::vector<SharedOut> shares(int threads = 0) const { return shared_out(asked, lived(threads)); }

  const StudyPlan& plan;
  SharesAsked asked;
};

/// The city as a whole, of the first outcome.
inline SharedOut city_of(const std::vector<SharedOut>& shared) {
  REQUIRE(shared.front().group.by == "city");
  REQUIRE(shared.front().is);
  return shared.front();
}

/// Standard error of a mean, from its 95% interval over so many replicates.
inline double error_of(const PairedDifference& value) {
  return (value.high - value.low) / 2 / student_t_quantile(0.975, value.pairs - 1.0);
}

}  // namespace sleutel::test
