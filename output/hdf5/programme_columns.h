#pragma once
/// \file
/// The books of programmes and budgets, as columns: one list makes the layout of a results file and fills it.

#include <array>
#include <cstdint>

#include "sleutel/recorder.h"

namespace sleutel::h5 {

struct ProgrammeColumn {
  const char* name;
  const char* long_name;
  std::int64_t ProgrammeYear::*field;
};

struct BudgetColumn {
  const char* name;
  const char* long_name;
  std::int64_t BudgetYear::*field;
};

inline const std::array<ProgrammeColumn, 11>& programme_columns() {
  static const std::array<ProgrammeColumn, 11> all = {{
      {"eligible_months", "person-months in which someone was eligible", &ProgrammeYear::eligible_months},
      {"starts", "participants who started", &ProgrammeYear::starts},
      {"months", "person-months of taking part", &ProgrammeYear::months},
      {"cents", "money spent [EUR cent]", &ProgrammeYear::cents},
      {"applied", "reached, and wanted to take part", &ProgrammeYear::applied},
      {"gave_up", "no longer wait for a place, without having had one", &ProgrammeYear::gave_up},
      {"waited_months", "months that those who started had waited, together", &ProgrammeYear::waited_months},
      {"finished", "ended at the end, or because what it is for was over", &ProgrammeYear::finished},
      {"stopped", "ended before that", &ProgrammeYear::stopped},
      {"waiting", "wait for a place at the end of the year", &ProgrammeYear::waiting},
      {"taking_part", "take part at the end of the year", &ProgrammeYear::taking_part},
  }};
  return all;
}

inline const std::array<BudgetColumn, 4>& budget_columns() {
  static const std::array<BudgetColumn, 4> all = {{
      {"spent", "spent of the budget in the year [EUR cent]", &BudgetYear::spent},
      {"promised", "promised and not yet spent at the end of the year [EUR cent]", &BudgetYear::promised},
      {"left", "neither spent nor promised at the end of the year [EUR cent]", &BudgetYear::left},
      {"turned_down", "person-months in which there was a place, but no money", &BudgetYear::turned_down},
  }};
  return all;
}

}  // namespace sleutel::h5
