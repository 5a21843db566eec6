#pragma once
/// \file
/// SHA-256 of a sequence of bytes, strings and numbers. Numbers go in as little-endian, strings with their length, so
/// that two different sequences never give the same bytes.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sleutel {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add_bytes(const void* first, std::size_t count);
  void add(std::string_view text);  ///< its length, then its bytes
  void add(std::uint64_t number);
  void add(std::int64_t number) { add(static_cast<std::uint64_t>(number)); }
  void add(int number) { add(static_cast<std::int64_t>(number)); }
  void add(double number);  ///< -0 as +0, every NaN as one

  /// The digest as 64 small hexadecimal digits. Call once.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sleutel
