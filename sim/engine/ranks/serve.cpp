#include <chrono>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <optional>
#include <thread>

#include "sim/engine/ranks/state.h"

// A rank that lives runs for rank 0. The threads of the simulation leave what they have to say in a desk; one thread,
// which works at nothing else, sends it and receives the answers.

namespace sleutel::ranks {

namespace {

constexpr std::size_t kMostWaiting = 4;  ///< years that are not sent yet; a thread with another one waits
constexpr std::size_t kMostOnTheWay = 2;

/// Where the threads of the simulation and the thread that speaks with rank 0 meet.
class Desk : public Recorder {
 public:
  void year_done(const YearRecord& record) override {
    Numbers year = packed(record);
    std::unique_lock lock(mutex_);
    moved_.wait(lock, [&] { return years_.size() < kMostWaiting || stopped_; });
    years_.push_back(std::move(year));
  }

  std::optional<std::size_t> next() {
    std::unique_lock lock(mutex_);
    ++wanted_;
    moved_.wait(lock, [&] { return !dealt_.empty() || no_more_ || stopped_; });
    if (dealt_.empty() || stopped_) return std::nullopt;
    const std::size_t run = dealt_.front();
    dealt_.pop_front();
    return run;
  }

  void failed(std::size_t run, int month, const std::exception_ptr& why) {
    Failure failure = failure_of(why);
    failure.run = static_cast<std::int64_t>(run);
    failure.month = month;
    const std::scoped_lock lock(mutex_);
    failures_.push_back(std::move(failure));
  }

  void deal(std::int64_t run) {
    const std::scoped_lock lock(mutex_);
    no_more_ = no_more_ || run == kNoMore;
    if (run != kNoMore) dealt_.push_back(static_cast<std::size_t>(run));
    moved_.notify_all();
  }
  void stop() {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
    moved_.notify_all();
  }
  void end(bool interrupted) {
    const std::scoped_lock lock(mutex_);
    ended_ = interrupted ? 1 : 0;
  }

  std::optional<Numbers> take_year() {
    const std::scoped_lock lock(mutex_);
    if (years_.empty()) return std::nullopt;
    Numbers year = std::move(years_.front());
    years_.pop_front();
    moved_.notify_all();
    return year;
  }
  std::optional<Failure> take_failure() {
    const std::scoped_lock lock(mutex_);
    if (failures_.empty()) return std::nullopt;
    Failure failure = std::move(failures_.front());
    failures_.pop_front();
    return failure;
  }
  int take_wanted() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(wanted_, 0);
  }
  /// 1 or 0, interrupted or not, once the simulation is over and everything was taken.
  std::optional<std::int64_t> all_taken() {
    const std::scoped_lock lock(mutex_);
    return years_.empty() && failures_.empty() ? ended_ : std::nullopt;
  }

 private:
  std::mutex mutex_;
  std::condition_variable moved_;
  std::deque<Numbers> years_;
  std::deque<std::size_t> dealt_;
  std::deque<Failure> failures_;
  int wanted_ = 0;
  bool no_more_ = false, stopped_ = false;
  std::optional<std::int64_t> ended_;
};

/// Speaks with rank 0 for a desk.
class Line {
 public:
  Line(const boost::mpi::communicator& world, Desk& desk, Progress& progress, std::atomic<bool>& stopped)
      : world_(world), desk_(desk), progress_(progress), stopped_(stopped) {}

  /// Until everything is said, or rank 0 goes.
  void speak(const std::atomic<bool>& stop) {
    std::optional<std::int64_t> over;
    for (; !over || !on_the_way_.empty(); over = desk_.all_taken()) {
      listen();
      if (stop || stopped_) stopped_ = true, desk_.stop();
      if (world_.iprobe(0, kGo)) return;
      ask();
      send_years();
      while (const auto failure = desk_.take_failure()) world_.send(0, kFailed, *failure);
      beat();
      rest(on_the_way_.empty() ? kRest : kShortRest);
    }
    beat_now();
    world_.send(0, kOver, *over);
  }

 private:
  void listen() {
    std::int64_t number = 0;
    while (world_.iprobe(0, kDeal)) world_.recv(0, kDeal, number), desk_.deal(number);
    if (world_.iprobe(0, kStop)) world_.recv(0, kStop, number), stopped_ = true;
  }
  void ask() {
    for (int wanted = desk_.take_wanted(); wanted > 0; --wanted) world_.send(0, kWant, std::int64_t{1});
  }
  void send_years() {
    for (auto it = on_the_way_.begin(); it != on_the_way_.end();) it = it->sent.test() ? on_the_way_.erase(it) : ++it;
    while (on_the_way_.size() < kMostOnTheWay) {
      std::optional<Numbers> year = desk_.take_year();
      if (!year) return;
      Letter& letter = on_the_way_.emplace_back();
      letter.year = std::move(*year);
      letter.sent = world_.isend(0, kYear, letter.year.data(), static_cast<int>(letter.year.size()));
    }
  }
  void beat() {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_beat_ < std::chrono::milliseconds(200)) return;
    last_beat_ = now;
    beat_now();
  }
  void beat_now() {
    const std::array<std::int64_t, 2> lived = {progress_.resident_months.exchange(0),
                                               progress_.run_months_done.exchange(0)};
    world_.send(0, kBeat, lived.data(), static_cast<int>(lived.size()));
  }

  /// A year on its way to rank 0: its memory stays until it has arrived.
  struct Letter {
    Numbers year;
    boost::mpi::request sent;
  };

  const boost::mpi::communicator& world_;
  Desk& desk_;
  Progress& progress_;
  std::atomic<bool>& stopped_;
  std::list<Letter> on_the_way_;
  std::chrono::steady_clock::time_point last_beat_;
};

}  // namespace

void live_dealt(Ranks::State& state, const Order& order, const StudyPlan& plan, const std::atomic<bool>& stop) {
  Desk desk;
  auto share = std::make_shared<RunShare>();
  share->processes = state.world.size();
  share->next = [&] { return desk.next(); };
  share->failed = [&](std::size_t run, int month, const std::exception_ptr& why) { desk.failed(run, month, why); };
  RunOptions options;
  options.threads = order.threads > 0 ? order.threads : state.fair_threads;
  options.isa = order.isa;
  options.share = share;
  Progress progress;
  std::atomic<bool> stopped{false};
  std::thread lives([&] {
    bool interrupted = false;
    try {
      interrupted = simulate(plan, options, desk, progress, stopped).interrupted;
    } catch (...) {  // was told already, with its run and month
    }
    desk.end(interrupted || stopped);
  });
  Line(state.world, desk, progress, stopped).speak(stop);
  stopped = true;
  desk.stop();
  lives.join();
}

}  // namespace sleutel::ranks
