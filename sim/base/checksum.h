#pragma once
/// \file
/// A checksum that sees damage: not against forgery, for which there is SHA-256.
///
///     Checksum sum;
///     sum.add(column.data(), bytes);
///     sum.value();

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "sleutel/random.h"

namespace sleutel {

/// 64 bits over pieces of bytes, in their order. One byte that is another always gives another sum, since every step
/// can be undone; more bytes, but for a chance of 2^-64. The same bytes in other pieces have another sum.
class Checksum {
 public:
  explicit Checksum(std::uint64_t begin = 0) : sum_(mixed(begin + 1)) {}

  void add(const void* bytes, std::size_t count) {
    const auto* at = static_cast<const unsigned char*>(bytes);
    std::size_t left = count;
    for (; left >= sizeof(std::uint64_t); left -= sizeof(std::uint64_t), at += sizeof(std::uint64_t)) add_word(at, 8);
    if (left > 0) add_word(at, left);
    sum_ = mixed(sum_ ^ count);
  }

  std::uint64_t value() const { return sum_; }

 private:
  void add_word(const unsigned char* at, std::size_t bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, bytes);
    sum_ = mixed(sum_ ^ word);
  }

  std::uint64_t sum_;
};

}  // namespace sleutel
