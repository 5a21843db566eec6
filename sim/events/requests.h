#pragma once
/// \file
/// What the transitions of a month ask of the life events: a list that is put in one fixed order before anything is
/// done. Each request is one resident and one kind of event; who asks first does not matter.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

#include "sleutel/residents.h"

namespace sleutel {

/// The life events, in the order in which a month applies them.
enum class EventKind : std::uint8_t {
  death,
  birth,
  separating,
  leaving_home,
  partnering,
  moving,
  leaving_city,
  arrival,
  end_of_study,
  retirement,
  leaving_school,
};
inline constexpr int kEventKinds = static_cast<int>(EventKind::leaving_school) + 1;

/// One life event that is to happen, or that happened, to one resident.
struct Request {
  EventKind kind = EventKind::death;
  std::uint64_t id = 0;  ///< of the resident: orders the requests
  Row who = kNone;

  friend bool operator<(const Request& a, const Request& b) { return std::tie(a.kind, a.id) < std::tie(b.kind, b.id); }
  friend bool operator==(const Request&, const Request&) = default;
};

/// The requests of a month. One thread adds at a time; lists of several threads are joined by append.
class Requests {
 public:
  /// Room for this many requests, so that a month allocates nothing.
  void reserve(std::size_t count) { list_.reserve(count); }
  /// Asks for an event. A transition of a couple or a household asks once, for the adult who names its draws.
  void add(EventKind kind, Row who, std::uint64_t id) { list_.push_back({kind, id, who}); }
  void append(const Requests& others) { list_.insert(list_.end(), others.list_.begin(), others.list_.end()); }
  /// By kind, then by id; asking twice is asking once.
  void sort() {
    std::sort(list_.begin(), list_.end());
    list_.erase(std::unique(list_.begin(), list_.end()), list_.end());
  }
  void clear() { list_.clear(); }
  const std::vector<Request>& all() const { return list_; }

 private:
  std::vector<Request> list_;
};

}  // namespace sleutel
