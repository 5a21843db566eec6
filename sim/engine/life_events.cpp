#include "sim/engine/month.h"
#include "sim/kernel/words.h"

// The life events that the transitions asked for, and those of the calendar (sim/events/life_events.h).

namespace sleutel {

namespace {

std::uint64_t outcomes_of(const Observed& observed, EventKind kind) {
  switch (kind) {
    case EventKind::death:
      return observed.deaths;
    case EventKind::birth:
      return observed.births;
    case EventKind::arrival:
      return observed.moves_in;
    case EventKind::leaving_city:
      return observed.moves_out;
    default:
      return 0;
  }
}

}  // namespace

void life_events(Run& run) {
  const Arm& arm = *run.arm;
  run.done.clear();
  EventContext context{run.city,         *arm.plan.start,         arm.model,          arm.plan.flows, run.key,
                       run.month,        arm.plan.study.switches, run.books,          run.requests,   run.done,
                       *run.life_events, &run.around.wants_ties,  kernel::draw_words, arm.isa};
  apply_life_events(context);
  run.requests.clear();
  for (const Request& request : run.done) {
    const std::uint64_t outcomes = outcomes_of(arm.observed, request.kind);
    if (outcomes != 0) count_event(run, request.who, outcomes);
    if (request.kind == EventKind::death) count_half_month(run, request.who);
  }
}

}  // namespace sleutel
