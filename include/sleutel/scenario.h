#pragma once
/// \file
/// A study: a question, a baseline and scenarios against it; and the plan made from it, ready to run.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sleutel/calendar.h"
#include "sleutel/city.h"
#include "sleutel/flows.h"
#include "sleutel/model.h"
#include "sleutel/programme.h"

namespace sleutel {

/// Ways of acting on each other that can be switched off, for tests and for structural alternatives.
struct Switches {
  bool ties = true;          ///< friends' states are predictors
  bool surroundings = true;  ///< shares in the buurt are predictors
  bool competition = true;   ///< partners and homes are found in the city; off: nobody partners or moves in the city
  bool life_events = true;   ///< off: only states begin and end, and people die (benchmark cases)
  bool arrivals = true;      ///< people move in
  bool partners = true;      ///< the partner's states are predictors
  bool parents = true;       ///< the parents' states are predictors of children at home
  friend bool operator==(const Switches&, const Switches&) = default;
};

/// A programme as written in a study file.
struct ProgrammeEntry {
  std::string programme;  ///< id
  double coverage = 0;    ///< [share]
  double reach = 1;       ///< [per month]
  CalendarMonth from;
  std::optional<CalendarMonth> until;
  struct Assumed {
    std::string path;  ///< problem_debt.end
    double hazard_ratio = 1, low = 1, high = 1;
    int line = 0, column = 0;
    std::string where;  ///< scenarios.early-debt-help.programmes[0].assume.problem_debt.end
  };
  std::vector<Assumed> assume;  ///< effects assumed for this scenario, in words "assumed"
  int places = 0;               ///< in place of those in the programme's file; 0: as there
  std::optional<WaitingRule> waiting;
  int line = 0, column = 0;
  std::string where;  ///< path in the file: scenarios.early-debt-help.programmes[0].programme
};

/// Money of a payer, as written in a study file.
struct BudgetEntry {
  Payer payer = Payer::municipality;
  std::vector<std::string> programmes;  ///< ids; empty: all that he pays for
  CalendarMonth from, until;            ///< until: first month after it
  double euros = 0;
  int line = 0, column = 0;
  std::string where;  ///< path in the file: scenarios.early-debt-help.budgets[0]
};

/// A parameter that a scenario changes.
struct ParameterChange {
  std::string path;
  double value = 0;
  int line = 0, column = 0;
  std::string where;  ///< path in the file: scenarios.dearer.set.<path>
};

struct ScenarioEntry {
  std::string name;
  std::string extends;                     ///< name of another scenario, or empty
  std::vector<ProgrammeEntry> programmes;  ///< own and inherited, in order
  std::vector<ParameterChange> set;        ///< own and inherited, in order
  std::vector<BudgetEntry> budgets;        ///< own and inherited, in order
  bool effect_none = false;                ///< the file says `effect: none`: it is meant to change no outcome
  int line = 0, column = 0;
};

/// A study as its file says.
struct Study {
  std::string id;  ///< study:
  std::string question;
  std::string city = "leiden";
  std::string model = "model.yaml";  ///< file in the city's folder, or a path beside the study file
  CalendarMonth start{2024, 1};
  int years = 0;
  int replicates = 0;
  std::uint64_t seed = 1;
  std::uint64_t city_seed = 1;
  int residents = 0;  ///< sample of about this many residents, by households; 0: all
  Switches switches;
  std::vector<ScenarioEntry> scenarios;              ///< the first is the baseline
  std::string file, text;                            ///< where it was read, and every byte of it
  std::map<std::string, std::array<int, 2>> places;  ///< path of each value in the file -> line, column
};

/// A study made ready: everything that the runs share.
/// A file that a study was made from.
struct CarriedFile {
  std::string name;  ///< from the folder of the scenarios, such as leiden/tables/death.csv
  std::string text;  ///< every byte
};

struct StudyPlan {
  Study study;
  std::vector<Programme> programmes;  ///< used by any scenario, in order of draw; position = bit
  struct Arm {
    std::string name;
    std::shared_ptr<const Model> model;  ///< with this scenario's parameters and all programme rows
    std::vector<ProgrammeUse> programmes;
    std::vector<Budget> budgets;
    bool any_assumed = false;  ///< an effect of it is assumed
  };
  std::vector<Arm> arms;              ///< as the scenarios
  std::shared_ptr<const City> start;  ///< with the start state: shared, copied by each run
  Flows flows;                        ///< declared flows of the city: arrivals, shares of life events
  std::vector<CarriedFile> files;     ///< that a run reads, beside the study
  std::vector<std::uint64_t> panel;   ///< ids of residents of the start whose months are recorded, ascending
  int months() const { return study.years * 12; }
};

}  // namespace sleutel
