#pragma once
/// \file
/// Pieces of reports that shares and compounding have in common. Private to sim/attribute/.

#include <nlohmann/json.hpp>
#include <string>

#include "output/measures/paired.h"
#include "sleutel/scenario.h"

namespace sleutel {

/// "[0.12, 0.34]", or nothing where there is no interval.
std::string interval_text(const PairedDifference& value, int decimals);
/// What a number is, the number, its interval.
std::string level_line(const std::string& words, const PairedDifference& value, int decimals);
/// "37%": a part of a whole; "-" where the interval of the whole holds 0.
std::string part_text(const PairedDifference& part, const PairedDifference& whole);
/// "first-look, 2024-01 to 2033-12, 10 replicates, 130,108 residents at the start"
std::string study_text(const StudyPlan& plan);

nlohmann::ordered_json interval_json(const PairedDifference& value);
/// Study, start, years, replicates, residents.
nlohmann::ordered_json study_json(const StudyPlan& plan);

inline constexpr const char* kCsvHeader = "outcome,unit,by,group,of,quantity,mean,low,high\n";
/// One line of it; `begin` holds the first four fields.
std::string csv_line(const std::string& begin, const std::string& of, const char* quantity,
                     const PairedDifference& value);

}  // namespace sleutel
