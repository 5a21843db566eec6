#pragma once
/// \file
/// Work in blocks of rows: one after another, or on the threads of an arena. Which of the two is chosen once per
/// simulation; no result depends on it.

#include <cstddef>
#include <memory>
#include <type_traits>

namespace sleutel {

/// Rows first <= row < last, and who works on them.
struct Block {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t index = 0;  ///< of the block
  int slot = 0;           ///< of the thread: blocks that are worked on at the same time have different slots
};

/// A function that is called with a block, by reference; allocates nothing.
class BlockTask {
 public:
  template <class Body>
  BlockTask(Body& body)  // NOLINT: converting
      : body_(&body), call_([](void* it, const Block& block) { (*static_cast<Body*>(it))(block); }) {}
  void operator()(const Block& block) const { call_(body_, block); }

 private:
  void* body_;
  void (*call_)(void*, const Block&);
};

/// Threads that are allowed here: at most `wanted` (0: any number), at most what the processor affinity of this process
/// and the quota of its control group leave.
int allowed_threads(int wanted);

/// The threads of one simulation.
class Threads {
 public:
  explicit Threads(int count);
  ~Threads();
  int count() const { return count_; }
  /// Calls task with blocks of one row, index 0 .. n-1, in parallel, each thread with its own slot.
  void each(std::size_t n, BlockTask task) const;

 private:
  struct Arena;
  std::unique_ptr<Arena> arena_;
  int count_;
};

/// How a run goes through its rows.
class Blocks {
 public:
  /// threads null: one block after another on the calling thread, slot 0.
  Blocks(int rows_per_block, const Threads* threads) : rows_(rows_per_block), threads_(threads) {}
  int slots() const { return threads_ != nullptr ? threads_->count() : 1; }
  std::size_t rows_per_block() const { return static_cast<std::size_t>(rows_); }
  std::size_t count(std::size_t rows) const { return (rows + rows_per_block() - 1) / rows_per_block(); }

  /// The same threads, with blocks of another size.
  Blocks with_rows(int rows_per_block) const { return {rows_per_block, threads_}; }

  /// Calls body(block) for all blocks of rows 0 .. n-1.
  template <class Body>
  void each(std::size_t n, Body&& body) const {
    auto one = [&](const Block& at) {
      const std::size_t first = at.index * rows_per_block();
      const std::size_t last = first + rows_per_block() < n ? first + rows_per_block() : n;
      body(Block{first, last, at.index, at.slot});
    };
    if (threads_ != nullptr) return threads_->each(count(n), BlockTask(one));
    for (std::size_t i = 0; i < count(n); ++i) one(Block{0, 0, i, 0});
  }

 private:
  int rows_;
  const Threads* threads_;
};

}  // namespace sleutel
