#include "sim/engine/month.h"

namespace sleutel {

void advance(Run& run) {
  surroundings(run);  // household, friends, neighbourhood: what they had last month
  programmes(run);    // who is eligible, who is reached, who joins, who leaves; money spent
  stress(run);        // loads rise with what is going on, wear off with time, buffers dampen
  transitions(run);   // the matrix: states begin and end, life events are drawn
  life_events(run);   // what they do to households, partners, children, homes, work
  wellbeing(run);     // health, quality of life, satisfaction, vitality
  observe(run);       // sums per stratum, to the recorder at the end of the year
  ++run.month;
}

}  // namespace sleutel
