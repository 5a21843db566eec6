#pragma once
/// \file
/// Named randomness. Every random number is a pure function of (seed, draw, replicate; resident, month, purpose);
/// nothing here has a state. The generator is Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011): the key is a mix of the
/// first three, the counter is (resident: 64 bit, month, purpose).

#include <array>
#include <cstdint>

namespace sleutel {

/// Which decision a random number is for. Permanent: a number once given is never reused for something else.
struct Purpose {
  std::uint32_t value = 0;

  /// Sixteen-bit draws of the states with draw numbers 8 block .. 8 block + 7, in that order, low half-word first.
  static constexpr Purpose states(int block) { return {static_cast<std::uint32_t>(block)}; }
  /// The 32 further bits of one state's draw that settle an exact tie.
  static constexpr Purpose tie(int draw) { return {0x1000'0000U + static_cast<std::uint32_t>(draw)}; }
  /// Which class (short, long ...) a state gets when it begins.
  static constexpr Purpose state_class(int draw) { return {0x2000'0000U + static_cast<std::uint32_t>(draw)}; }
  /// Whether a resident joins a programme.
  static constexpr Purpose programme(int draw) { return {0x3000'0000U + static_cast<std::uint32_t>(draw)}; }
  /// A decision inside a life event; the numbers stand in sim/events/purposes.h.
  static constexpr Purpose event(int which) { return {0x4000'0000U + static_cast<std::uint32_t>(which)}; }
  /// A decision while the city is made; the numbers stand in sim/city/purposes.h.
  static constexpr Purpose city(int which) { return {0x5000'0000U + static_cast<std::uint32_t>(which)}; }
  /// Who is in the panel of a study: the same in all its runs.
  static constexpr Purpose panel() { return {0x6000'0000U}; }
  /// Whether a participant of a programme stops before its end.
  static constexpr Purpose stopping(int draw) { return {0x7000'0000U + static_cast<std::uint32_t>(draw)}; }
  /// The lot of who waits for a place in a programme.
  static constexpr Purpose waiting(int draw) { return {0x8000'0000U + static_cast<std::uint32_t>(draw)}; }
  /// Whether a resident hears of a programme in a month.
  static constexpr Purpose reaching(int draw) { return {0x9000'0000U + static_cast<std::uint32_t>(draw)}; }

  friend constexpr bool operator==(Purpose, Purpose) = default;
};

/// The key of all draws of one run: seed, draw of parameters and replicate mixed into 64 bits.
struct StreamKey {
  std::uint32_t low = 0;
  std::uint32_t high = 0;

  friend constexpr bool operator==(StreamKey, StreamKey) = default;
};

/// Mixes 64 bits so that every input bit reaches every output bit (the finaliser of splitmix64).
constexpr std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// The key of a run. The scenario is not part of it: that keeps scenarios paired.
constexpr StreamKey stream_key(std::uint64_t seed, std::uint32_t draw, std::uint32_t replicate) {
  constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ULL;
  std::uint64_t x = mixed(seed + golden);
  x = mixed(x + golden * (1 + std::uint64_t{draw}));
  x = mixed(x + golden * (1 + std::uint64_t{replicate}));
  return {static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(x >> 32)};
}

/// Names one random number. The number depends on nothing else.
struct Draw {
  StreamKey key;           ///< of the run
  std::uint64_t resident;  ///< Residents::id, unique for ever
  std::uint32_t month;     ///< since the start of the run; months before it count down from 2^32
  Purpose purpose;         ///< which decision
};

/// The 128 random bits that a draw names, as four words.
constexpr std::array<std::uint32_t, 4> bits(const Draw& draw) {
  std::uint32_t key0 = draw.key.low;
  std::uint32_t key1 = draw.key.high;
  std::array<std::uint32_t, 4> x = {static_cast<std::uint32_t>(draw.resident),
                                    static_cast<std::uint32_t>(draw.resident >> 32), draw.month, draw.purpose.value};
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53U} * x[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57U} * x[2];
    x = {static_cast<std::uint32_t>(b >> 32) ^ x[1] ^ key0, static_cast<std::uint32_t>(b),
         static_cast<std::uint32_t>(a >> 32) ^ x[3] ^ key1, static_cast<std::uint32_t>(a)};
    key0 += 0x9E3779B9U;
    key1 += 0xBB67AE85U;
  }
  return x;
}

/// The first two words of the draw as one number.
constexpr std::uint64_t first_word(const Draw& draw) {
  const auto words = bits(draw);
  return (std::uint64_t{words[1]} << 32) | words[0];
}

/// A uniform number in [0, 1) from the first 53 of 64 random bits.
constexpr double uniform_of(std::uint64_t word) { return static_cast<double>(word >> 11) * 0x1.0p-53; }

/// A uniform number in [0, 1) with 53 random bits, from the first two words of the draw.
constexpr double uniform(const Draw& draw) { return uniform_of(first_word(draw)); }

}  // namespace sleutel
