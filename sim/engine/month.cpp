#include "sim/engine/month.h"

namespace sleutel {

const std::array<Phase, kPhasesOfMonth> kMonth = {{
    {"surroundings", surroundings},  // household, friends, neighbourhood: what they had last month
    {"programmes", programmes},      // who is eligible, who is reached, who joins, who leaves; money spent
    {"stress", stress},              // loads rise with what is going on, wear off with time, buffers dampen
    {"transitions", transitions},    // the matrix: states begin and end, life events are drawn
    {"life_events", life_events},    // what they do to households, partners, children, homes, work
    {"wellbeing", wellbeing},        // health, quality of life, satisfaction, vitality
    {"observe", observe},            // sums per stratum, to the recorder at the end of the year
}};

void advance(Run& run) {
  for (const Phase& phase : kMonth) phase.live(run);
  ++run.month;
}

}  // namespace sleutel
