#include "sim/engine/blocks.h"

#include <sched.h>
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <optional>

#include "sim/base/limits.h"

namespace sleutel {

namespace {

int affinity_threads() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) != 0) return 1;
  return std::max(1, CPU_COUNT(&set));
}

}  // namespace

int allowed_threads(int wanted) {
  const int allowed = std::min(affinity_threads(), granted_processors().value_or(1 << 20));
  return wanted > 0 ? std::min(wanted, allowed) : allowed;
}

/// More threads than processors are possible (tests ask for them), but only if the whole program allows it.
struct Threads::Arena {
  explicit Arena(int count) : pool(count) {
    if (static_cast<std::size_t>(count) >
        tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism))
      more.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(count));
  }
  std::optional<tbb::global_control> more;
  tbb::task_arena pool;
};

Threads::Threads(int count) : arena_(std::make_unique<Arena>(count)), count_(count) {}
Threads::~Threads() = default;

/// TBB orders what was before, in and after the tasks, but Debian's is built without ThreadSanitizer, which does not
/// see it: the counter says the same once more, in a way that it sees, at the cost of two atomic operations a block.
void Threads::each(std::size_t n, BlockTask task) const {
  std::atomic<std::size_t> order{0};
  order.store(1, std::memory_order_release);
  arena_->pool.execute([&] {
    tbb::parallel_for(
        std::size_t{0}, n,
        [&](std::size_t i) {
          static_cast<void>(order.load(std::memory_order_acquire));
          task(Block{i, i + 1, i, tbb::this_task_arena::current_thread_index()});
          order.fetch_add(1, std::memory_order_release);
        },
        tbb::auto_partitioner());
  });
  static_cast<void>(order.load(std::memory_order_acquire));
}

}  // namespace sleutel
