#pragma once
/// \file
/// Places that are scarce: who waits, who gets a place that is free, who gives up. Decided in one ordered step after
/// all residents were asked, by a total order that depends on no row and no thread: one candidate more moves those
/// behind him by one place, and nobody else.

#include <cstdint>
#include <vector>

#include "sim/programmes/enrolment.h"

namespace sleutel {

/// Adds who applied this month to those who wait, lets those give up who are no longer eligible, are gone, or can no
/// longer join; and gives the places that are free and can be paid. Who starts is added to `started`.
void give_places(const EnrolmentMonth& now, std::vector<Waiting>& applied, Attendance& attendance,
                 std::vector<Row>& started);

}  // namespace sleutel
