// Places, waiting, stopping, costs and payers of a programme file: what they are read as, and every rule broken once.
#include <catch2/catch.hpp>

#include "small_model.h"

using namespace sleutel;

namespace {

struct BrokenSupply {
  const char* more;      ///< lines put behind months, which are the ninth on
  const char* problems;  ///< word for word
};

const BrokenSupply kBrokenSupply[] = {
    {"capacity: {places: 0, evidence: R-1}",
     "programmes/debt-help.yaml:9: capacity.places: 0 (must be between 1 and 1000000)"},
    {"capacity: {places: 5}",
     "programmes/debt-help.yaml:9: capacity: no number without evidence: the key \"evidence\" is missing | name a row "
     "of "
     "the evidence registry, or add a row assumption-... with an interval"},
    {"capacity: {places: 5, caseload: 4, evidence: R-1}",
     "programmes/debt-help.yaml:9: capacity: how many places there are is not clear | give places: 200, or "
     "caseworkers: 5 "
     "and caseload: 40"},
    {"capacity: {caseworkers: 0.5, caseload: 1, evidence: R-1}",
     "programmes/debt-help.yaml:9: capacity: so many caseworkers have no place for anybody | give more "
     "caseworkers, or a larger caseload"},
    {"waiting: first",
     "programmes/debt-help.yaml:9: waiting: unknown waiting 'first' | it is one of first_come, most_in_need or random"},
    {"stops: {per_month: 2, evidence: R-1}",
     "programmes/debt-help.yaml:9: stops.per_month: 2 (must be between 0 and 1)"},
    {"pays: municipalty",
     "programmes/debt-help.yaml:9: pays: unknown pays 'municipalty' | did you mean \"municipality\"?"},
    {"pays: {municipality: 0.5, fund: 0.4}",
     "programmes/debt-help.yaml:9: pays: the shares of the bill add up to 0.9 and must add up to 1"},
    {"pays: {municipality: 0.5, fnd: 0.5}",
     "programmes/debt-help.yaml:9: pays.fnd: unknown payer \"fnd\" | did you mean \"fund\"?"},
    {"pays: {municipality: 0.33333, fund: 0.66667}",
     "programmes/debt-help.yaml:9: pays.municipality: a share of the bill has at most four decimals\n"
     "programmes/debt-help.yaml:9: pays.fund: a share of the bill has at most four decimals"},
};

}  // namespace

TEST_CASE("a programme with places, parts of cost and payers as its file says") {
  small::Copy copy;
  copy.add("programmes/few-places.yaml", read_file(copy.path("whole-programme.yaml")));
  const auto programmes = copy.programmes();
  REQUIRE(programmes.size() == 2);
  const Programme& few = programmes[1];
  CHECK(few.places == 100);
  CHECK(few.waiting == WaitingRule::most_in_need);
  CHECK(few.stops == 0.02);
  CHECK(few.cost_cents_per_start == 50050);
  CHECK(few.cost_cents_per_month == 2001);
  CHECK(few.cost_cents_per_year == 6000000);
  CHECK(few.pays[static_cast<std::size_t>(Payer::municipality)] == 6667);
  CHECK(few.pays[static_cast<std::size_t>(Payer::fund)] == 3333);
  CHECK(few.need.test(5));  // problem debt, which a debt office may see
  CHECK_FALSE(few.need.test(0));
}

TEST_CASE("a programme that says nothing of places and payers has no limit, and the municipality pays") {
  const Programme help = small::Copy().programmes().front();
  CHECK(help.places == 0);
  CHECK(help.stops == 0);
  CHECK(help.waiting == WaitingRule::first_come);
  CHECK(help.pays[static_cast<std::size_t>(Payer::municipality)] == kWholeBill);
  CHECK(help.cost_cents_per_month + help.cost_cents_per_year == 0);
}

TEST_CASE("one payer pays all") {
  small::Copy copy;
  copy.replace("programmes/debt-help.yaml", "months: 12", "months: 12\npays: health_insurer");
  const PayerShares pays = copy.programmes().front().pays;
  CHECK(pays[static_cast<std::size_t>(Payer::health_insurer)] == kWholeBill);
  CHECK(pays[static_cast<std::size_t>(Payer::municipality)] == 0);
}

TEST_CASE("a cost needs one of its parts") {
  small::Copy copy;
  copy.replace("programmes/debt-help.yaml", "per_participant: 500.5", "per_month: 12.5");
  CHECK(copy.programmes().front().cost_cents_per_month == 1250);
  copy.replace("programmes/debt-help.yaml", "per_month: 12.5, ", "");
  CHECK(copy.problems_of([&] { copy.programmes(); }) ==
        "programmes/debt-help.yaml:10: cost: the key \"per_participant\" is missing");
}

TEST_CASE("broken places, payers and parts of cost") {
  for (const BrokenSupply& broken : kBrokenSupply) {
    small::Copy copy;
    copy.replace("programmes/debt-help.yaml", "months: 12", std::string("months: 12\n") + broken.more);
    INFO(broken.more);
    CHECK(copy.problems_of([&] { copy.programmes(); }) == broken.problems);
  }
}
