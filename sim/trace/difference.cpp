#include "sim/trace/difference.h"

#include <algorithm>
#include <utility>

namespace sleutel {
namespace {

bool holds(const Life& life, const Entry& entry) {
  return std::any_of(life.entries.begin(), life.entries.end(), [&](const Entry& one) { return one.same_as(entry); });
}

bool is_of_programme(const Entry& entry) {
  return entry.kind == Entry::Kind::joins || entry.kind == Entry::Kind::leaves;
}

/// The first line of `life` that the other does not have.
const Entry* first_alone(const Life& life, const Life& other, bool with_programmes) {
  for (const Entry& entry : life.entries)
    if ((with_programmes || !is_of_programme(entry)) && !holds(other, entry)) return &entry;
  return nullptr;
}

/// Of two lines that are in one life only, the one to be told: the earlier; in one month what is drawn goes before what
/// follows from it.
bool is_before(const Entry& one, const Entry& other) {
  if (one.month != other.month) return one.month < other.month;
  if (one.drawn != other.drawn) return one.drawn;
  return one.kind < other.kind;
}

}  // namespace

LifeDifferences first_differences(const Follower& first, const Life& one, const Follower& second, const Life& other) {
  const auto find = [&](bool with_programmes) -> std::optional<Difference> {
    const Entry* const here = first_alone(one, other, with_programmes);
    const Entry* const there = first_alone(other, one, with_programmes);
    if (here == nullptr && there == nullptr) return std::nullopt;
    Difference found;
    found.in_first = there == nullptr || (here != nullptr && is_before(*here, *there));
    found.entry = found.in_first ? *here : *there;
    found.drawn = found.entry.drawn;
    if (!found.drawn) return found;
    const Change change = found.entry.kind == Entry::Kind::end ? Change::end : Change::begin;
    found.first = first.hazard_in(one, found.entry.month, found.entry.what, change);
    found.second = second.hazard_in(other, found.entry.month, found.entry.what, change);
    found.why = differences(found.second, found.first);
    return found;
  };
  return {find(true), find(false)};
}

}  // namespace sleutel
