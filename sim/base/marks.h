#pragma once
/// \file
/// Columns of marks, one byte a row, most of them zero: going through them costs a look at many at a time.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "sleutel/residents.h"

namespace sleutel {

/// Eight equal bytes.
constexpr std::uint64_t eight_times(std::uint8_t byte) { return 0x0101'0101'0101'0101ULL * byte; }

/// The highest bit of each byte that is zero.
constexpr std::uint64_t zero_bytes(std::uint64_t word) {
  constexpr std::uint64_t low = 0x7f7f7f7f7f7f7f7f;
  return ~(((word & low) + low) | word | low);
}

/// Eight bytes of a column from a place on; fewer at its end, the rest zero.
template <class Byte>
std::uint64_t eight_at(const Column<Byte>& column, std::size_t at, std::size_t last) {
  static_assert(sizeof(Byte) == 1);
  std::uint64_t word = 0;
  if (last - at >= sizeof word)
    std::memcpy(&word, column.data() + at, sizeof word);  // of a known length: one instruction
  else
    std::memcpy(&word, column.data() + at, last - at);
  return word;
}

/// The highest bits of eight bytes, side by side, the first byte's lowest.
constexpr std::uint64_t highest_bits(std::uint64_t word) {
  return (word & eight_times(0x80)) * 0x0002'0408'1020'4081ULL >> 56;
}

/// Calls visit(row) for each row from first to last - 1 for which hits(place), which tells of eight rows from a place
/// on, has the highest bit of the row's byte set. All is asked of 64 rows before the first of them is visited: how many
/// there are cannot be foreseen, and costs the processor a wrong guess each time.
template <class Hits, class Visit>
void for_each_hit(std::size_t first, std::size_t last, Hits&& hits, Visit&& visit) {
  for (std::size_t at = first; at < last; at += 64) {
    const std::size_t rows = last - at < 64 ? last - at : 64;
    std::uint64_t left = 0;
    for (std::size_t i = 0; i < rows; i += 8) left |= highest_bits(hits(at + i)) << i;
    if (rows < 64) left &= (std::uint64_t{1} << rows) - 1;
    for (; left != 0; left &= left - 1) visit(static_cast<Row>(at + static_cast<std::size_t>(__builtin_ctzll(left))));
  }
}

inline constexpr std::size_t kMarksTogether = 64;  ///< rows that are looked at before the first of them is visited

/// So many bytes of a column from a place on; at the end of the column a copy, the rest zero.
class BytesTogether {
 public:
  BytesTogether(const std::uint8_t* column, std::size_t at, std::size_t last) : bytes_(column + at) {
    if (last - at >= kMarksTogether) return;
    std::memset(room_, 0, sizeof room_);
    std::memcpy(room_, bytes_, last - at);
    bytes_ = room_;
  }
  BytesTogether(const BytesTogether&) = delete;
  BytesTogether& operator=(const BytesTogether&) = delete;

  /// Bit i: byte i has any of these bits.
  std::uint64_t any_of(std::uint8_t bits) const { return ~equal(0, bits); }

  /// Bit i: byte i is this, apart from bits that are not in `bits`.
  std::uint64_t equal(std::uint8_t byte, std::uint8_t bits = 255) const {
    std::uint64_t found = 0;
#if defined(__SSE2__)
    const __m128i asked = _mm_set1_epi8(static_cast<char>(byte)), mask = _mm_set1_epi8(static_cast<char>(bits));
    for (std::size_t i = 0; i < kMarksTogether; i += 16) {
      const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes_ + i));
      const int same = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_and_si128(here, mask), asked));
      found |= static_cast<std::uint64_t>(same) << i;
    }
#else
    for (std::size_t i = 0; i < kMarksTogether; ++i) found |= std::uint64_t{(bytes_[i] & bits) == byte} << i;
#endif
    return found;
  }

 private:
  const std::uint8_t* bytes_;
  std::uint8_t room_[kMarksTogether];
};

/// Calls visit(row) for each row from first to last - 1 whose bit is set in hits(place), which tells of kMarksTogether
/// rows from a place on.
template <class Hits, class Visit>
void for_each_hit_together(std::size_t first, std::size_t last, Hits&& hits, Visit&& visit) {
  for (std::size_t at = first; at < last; at += kMarksTogether) {
    std::uint64_t left = hits(at);
    if (last - at < kMarksTogether) left &= (std::uint64_t{1} << (last - at)) - 1;
    for (; left != 0; left &= left - 1) visit(static_cast<Row>(at + static_cast<std::size_t>(__builtin_ctzll(left))));
  }
}

/// Calls visit(row) for each row from first to last - 1 that has any of these marks.
template <class Marks, class Visit>
void for_each_marked(const Marks& marks, std::size_t first, std::size_t last, int any_of, Visit&& visit) {
  const auto hits = [&](std::size_t at) {
    return BytesTogether(marks.data(), at, last).any_of(static_cast<std::uint8_t>(any_of));
  };
  for_each_hit_together(first, last, hits, static_cast<Visit&&>(visit));
}

/// Calls visit(row) for each row from first to last - 1 that has any of these marks, or any of those in the other
/// column, which has as many rows.
template <class Visit>
void for_each_marked_in_either(const Column<std::uint8_t>& marks, int any_of, const Column<std::uint8_t>& other,
                               int any_of_other, std::size_t first, std::size_t last, Visit&& visit) {
  const auto hits = [&](std::size_t at) {
    return BytesTogether(marks.data(), at, last).any_of(static_cast<std::uint8_t>(any_of)) |
           BytesTogether(other.data(), at, last).any_of(static_cast<std::uint8_t>(any_of_other));
  };
  for_each_hit_together(first, last, hits, static_cast<Visit&&>(visit));
}

/// Calls visit(row) for each row from first to last - 1 whose byte is this.
template <class Visit>
void for_each_equal(const Column<std::uint8_t>& bytes, std::size_t first, std::size_t last, std::uint8_t byte,
                    Visit&& visit) {
  const auto hits = [&](std::size_t at) { return BytesTogether(bytes.data(), at, last).equal(byte); };
  for_each_hit_together(first, last, hits, static_cast<Visit&&>(visit));
}

/// Sets a mark; nothing for a row that is none, or is new this month. Several threads may set the same mark.
inline void mark(Column<std::uint8_t>& marks, Row row) {
  if (row < marks.size()) std::atomic_ref(marks[row]).store(1, std::memory_order_relaxed);
}

inline void add_marks(Column<std::uint8_t>& marks, Row row, int more) {
  marks[row] = static_cast<std::uint8_t>(marks[row] | more);
}

}  // namespace sleutel
