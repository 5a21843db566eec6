#include "sim/events/consequences.h"
#include "sim/events/homes.h"
#include "sim/events/purposes.h"

namespace sleutel {
namespace {

/// A keyed dwelling of the start for one household, or the next such after it; kNone if there is none.
Row model_dwelling(const EventContext& context, std::uint64_t number) {
  const Dwellings& of_start = context.start.dwellings;
  const std::size_t count = of_start.count();
  const auto first =
      static_cast<std::size_t>(context.uniform(number, purpose::build_like) * static_cast<double>(count));
  for (std::size_t step = 0; step < count; ++step) {
    const std::size_t at = (first + step) % count;
    const DwellingKind kind = of_start.kind[at];
    if (kind != DwellingKind::student_house && kind != DwellingKind::institution) return static_cast<Row>(at);
  }
  return kNone;
}

/// A new dwelling for one household, of the buurt, tenure and kind of this one.
void build_like(EventContext& context, Row like) {
  Dwellings& dwellings = context.city.dwellings;
  const auto made = static_cast<Row>(dwellings.count());
  resize(dwellings, dwellings.count() + 1);
  dwellings.buurt[made] = dwellings.buurt[like];
  dwellings.tenure[made] = dwellings.tenure[like];
  dwellings.kind[made] = dwellings.kind[like];
  dwellings.places[made] = 1;
  put_on_market(dwellings, made, context.memory);
}

}  // namespace

/// The dwellings that are finished this month, each like a keyed dwelling of the start that is neither a student house
/// nor an institution. How many and which depends on the run's key and the month only: they are the same in all
/// scenarios, and so are their rows, which name them.
void build_dwellings(EventContext& context) {
  const int built = static_cast<int>(context.flows.new_dwellings / 12 + context.uniform(0, purpose::build_count));
  for (int i = 0; i < built; ++i) {
    const Row like = model_dwelling(context, static_cast<std::uint64_t>(i));
    if (like != kNone) build_like(context, like);
  }
}

}  // namespace sleutel
