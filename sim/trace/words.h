#pragma once
/// \file
/// What stands in a timeline, in words: English, or Dutch for a council.

#include <string>

#include "sim/trace/life.h"

namespace sleutel {

enum class Language : std::uint8_t { en, nl };

std::string state_words(const Model& model, int state, Language language);
std::string stage_words(LifeStage stage, Language language);
/// "couple with children, 4 persons"
std::string household_words(HouseholdKind kind, int persons, Language language);
std::string term_words(const StudyPlan& plan, const Model& model, const Term& term, Language language);
/// "begins: problem debt"
std::string entry_words(const StudyPlan& plan, const Model& model, const Entry& entry, Language language);
/// The calendar month of a month of the run.
std::string month_words(const StudyPlan& plan, int month);
/// "0.042": a hazard with two digits that count [1/year]
std::string hazard_words(double per_year, Language language);
/// "unemployed 45%, low income 30%": what raised it most.
std::string raised_words(const StudyPlan& plan, const Model& model, const Hazard& hazard, Language language);

}  // namespace sleutel
