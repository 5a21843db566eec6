#include "sim/engine/month.h"
#include "sim/programmes/waiting.h"

// The programmes of the scenario: who leaves, who goes on, who is reached and joins (sim/programmes/enrolment.h); who
// waits and gets a place (sim/programmes/waiting.h).

namespace sleutel {

namespace {

/// Hazards of who joined or left, and of his household and couple, may have changed; so may his loads, if ever joining
/// is to move them.
void mark_participant(Run& run, Row row) {
  add_marks(run.around.stale, row, kStaleUnit | kStalePressure | kStaleCouple);
  mark(run.around.stale_home, run.city.residents.household[row]);
}

/// Residents of a block who may have become eligible, or not eligible any more: whoever is stale for any reason, and
/// who has a birthday.
void list_changed(const Run& run, const Block& block, std::vector<Row>& rows) {
  const auto month = static_cast<std::uint8_t>((run.month % 12 + 12) % 12);
  rows.clear();
  for_each_marked(run.around.stale, block.first, block.last, 255, [&](Row row) { rows.push_back(row); });
  for_each_equal(run.around.birthday, block.first, block.last, month, [&](Row row) { rows.push_back(row); });
}

}  // namespace

void programmes(Run& run) {
  if (run.arm->offer.empty()) return;
  const EnrolmentMonth now = run.enrolment();
  Attendance attendance = run.attendance();
  std::vector<Row>& moved = run.places.front().rows;
  moved.clear();
  continue_or_leave(now, attendance, moved);
  for (const Row row : moved) mark_participant(run, row);
  run.blocks.each(run.city.residents.size(), [&](const Block& block) {
    Workplace& place = run.places[static_cast<std::size_t>(block.slot)];
    list_changed(run, block, place.rows);
    enrol(now, static_cast<Row>(block.first), static_cast<Row>(block.last), place.rows, place.enrolled);
  });
  std::vector<Waiting>& applied = run.places.front().enrolled.applied;
  for (Workplace& place : run.places) {
    for (const Participation& part : place.enrolled.joined) mark_participant(run, part.who);
    run.taking_part.insert(run.taking_part.end(), place.enrolled.joined.begin(), place.enrolled.joined.end());
    place.enrolled.joined.clear();
    if (&place.enrolled.applied == &applied) continue;
    applied.insert(applied.end(), place.enrolled.applied.begin(), place.enrolled.applied.end());
    place.enrolled.applied.clear();
  }
  moved.clear();
  give_places(now, applied, attendance, moved);
  for (const Row row : moved) mark_participant(run, row);
  pay_for_being_there(now, attendance);
}

}  // namespace sleutel
