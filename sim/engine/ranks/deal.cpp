#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>

#include "sim/engine/ranks/state.h"

// Rank 0: deals the runs, in their order, to whichever thread of whichever rank is free, and is the only one that
// records. It lives runs too; the thread that deals and records is one more, and rests when there is nothing to do.

namespace sleutel::ranks {

namespace {

using Clock = std::chrono::steady_clock;

/// Rests of rank 0 during which a rank has said nothing until it is taken for dead: about two minutes, in which rank 0
/// itself was awake.
constexpr int kMostSilence = 200'000;
/// The same once it was told to stop: two of its beats. Whoever started the job may end rank 0 very soon.
constexpr int kMostSilenceAtTheEnd = 800;
/// How often rank 0 looks whether numbers have arrived before it rests.
constexpr int kMostLooks = 2000;

/// How far another rank has come.
struct Other {
  bool ready = false, over = false;
  int silence = 0;  ///< rests of rank 0 since it was heard
};

class Dealer : public Recorder {
 public:
  Dealer(Ranks::State& state, const Order& order, const StudyPlan& plan, const RunOptions& options, Recorder& recorder,
         Progress& progress)
      : state_(state),
        order_(order),
        plan_(plan),
        options_(options),
        recorder_(recorder),
        progress_(progress),
        others_(static_cast<std::size_t>(state.world.size())) {
    shape_.buurten = static_cast<int>(plan.start->buurten.size());
    shape_.measures = 2 * static_cast<int>(plan.arms.front().model->outcomes.size());
    const std::size_t all = plan.arms.size() * static_cast<std::size_t>(plan.study.replicates);
    for (std::size_t run = 0; run < all; ++run)
      if (years_recorded(run) < plan.study.years || plan.study.years == 0) runs_.push_back(run);
    progress_.run_months_all = static_cast<std::int64_t>(runs_.size()) * plan.months();
    others_[0].ready = others_[0].over = true;
  }

  SimulationEnd all(const std::atomic<bool>& stop) {
    const auto began = Clock::now();
    for (int rank = 1; rank < state_.world.size(); ++rank) state_.world.send(rank, kOrder, order_);
    std::thread own([&] { live_own(); });
    while (!(own_over_ && (all_over() || !lost_.empty()))) {
      if (!listen()) rest(), look_after_others();
      if (stop && !stopped_) stop_all();
      take_progress();
    }
    own.join();
    take_progress();
    if (error_) std::rethrow_exception(error_);
    const std::chrono::duration<double> took = Clock::now() - began;
    return {interrupted_ || !lost_.empty(), progress_.resident_months, took.count(), {}, lost_};
  }

  /// What the runs of this rank saw.
  void year_done(const YearRecord& record) override {
    const std::scoped_lock lock(mutex_);
    recorder_.year_done(record);
  }

 private:
  int scenario_of(std::size_t run) const { return static_cast<int>(run % plan_.arms.size()); }
  int replicate_of(std::size_t run) const { return static_cast<int>(run / plan_.arms.size()); }

  int years_recorded(std::size_t run) const {
    return options_.years_recorded ? options_.years_recorded(scenario_of(run), replicate_of(run)) : 0;
  }

  void live_own() {
    auto share = std::make_shared<RunShare>();
    share->processes = state_.world.size();
    share->next = [&] { return next(); };
    share->failed = [&](std::size_t run, int month, const std::exception_ptr& why) { keep_first(run, month, why); };
    RunOptions options = options_;
    options.threads = options_.threads > 0 ? options_.threads : state_.fair_threads;
    options.share = share;
    options.checkpoints = {};
    try {
      if (simulate(plan_, options, *this, own_progress_, stopped_).interrupted) interrupted_ = true;
    } catch (...) {  // was kept already, with its run and month
    }
    own_over_ = true;
  }

  /// The run that is dealt next; none after the first that failed.
  std::optional<std::size_t> next() {
    const std::scoped_lock lock(mutex_);
    if (stopped_ || next_ == runs_.size() || (error_ && runs_[next_] > failed_run_)) return std::nullopt;
    return runs_[next_++];
  }

  void keep_first(std::size_t run, int month, std::exception_ptr error) {
    const std::scoped_lock lock(mutex_);
    if (error_ && std::tuple(failed_run_, failed_month_) <= std::tuple(run, month)) return;
    error_ = std::move(error);
    failed_run_ = run;
    failed_month_ = month;
  }

  bool all_over() const {
    return std::all_of(others_.begin(), others_.end(), [](const Other& other) { return other.over; });
  }

  void stop_all() {
    stopped_ = true;
    interrupted_ = true;
    for (int rank = 1; rank < state_.world.size(); ++rank)
      if (!others_[static_cast<std::size_t>(rank)].over && state_.may_be_alive(rank))
        state_.world.send(rank, kStop, std::int64_t{0});
    last_look_ = {};  // perhaps one has died, and whoever started the job ends the others for it
  }

  /// Receives one message, if there is one.
  bool listen() {
    const auto message = state_.world.iprobe(boost::mpi::any_source, boost::mpi::any_tag);
    if (!message) return false;
    const int from = message->source(), tag = message->tag();
    others_[static_cast<std::size_t>(from)].silence = 0;
    if (tag == kReady) return receive_ready(from), true;
    if (tag == kFailed) return receive_failure(from), true;
    if (!receive(from, tag, static_cast<std::size_t>(message->count<std::int64_t>().value()))) return false;
    const Numbers& numbers = incoming_;
    if (tag == kWant) deal_to(from);
    if (tag == kYear) record(numbers);
    if (tag == kBeat) progress_.resident_months += numbers[0], progress_.run_months_done += numbers[1];
    if (tag == kOver) {
      others_[static_cast<std::size_t>(from)].over = true;
      interrupted_ = interrupted_ || numbers[0] != 0;
      if (numbers[0] != 0 && !stopped_) stop_all();
    }
    return true;
  }

  /// Receives numbers; false if a rank has died meanwhile, perhaps the one that was sending.
  bool receive(int from, int tag, std::size_t count) {
    incoming_.resize(count);
    auto coming = state_.world.irecv(from, tag, incoming_.data(), static_cast<int>(count));
    for (int looks = 0; !coming.test(); ++looks) {
      if (looks < kMostLooks) continue;
      rest();
      look_after_others();
      if (!lost_.empty()) return false;
    }
    return true;
  }

  void receive_ready(int from) {
    Ready ready;
    state_.world.recv(from, kReady, ready);
    Other& other = others_[static_cast<std::size_t>(from)];
    other.ready = true;
    if (ready.inputs == order_.inputs) return;
    other.over = true;
    if (ready.failure.text.empty())
      ready.failure.text = "it read other inputs than rank 0: are the files there the same?", ready.failure.code = 65;
    refuse(from, ready.failure, 0, 0);
  }

  void receive_failure(int from) {
    Failure failure;
    state_.world.recv(from, kFailed, failure);
    refuse(from, failure, static_cast<std::size_t>(failure.run), static_cast<int>(failure.month));
  }

  void refuse(int from, const Failure& failure, std::size_t run, int month) {
    keep_first(run, month,
               std::make_exception_ptr(
                   EnvironmentError(static_cast<ExitCode>(failure.code), state_.name_of(from) + ": " + failure.text)));
  }

  void deal_to(int rank) {
    const auto run = next();
    state_.world.send(rank, kDeal, run ? static_cast<std::int64_t>(*run) : kNoMore);
  }

  void record(const Numbers& numbers) {
    if (!is_whole(numbers)) return;  // its rank has died, which is found soon
    const UnpackedYear year(numbers, shape_);
    try {
      year_done(year.record);
    } catch (...) {
      const auto run = static_cast<std::size_t>(year.record.replicate) * plan_.arms.size() +
                       static_cast<std::size_t>(year.record.scenario);
      keep_first(run, 12 * (year.record.year + 1), std::current_exception());
    }
  }

  /// Finds out whether one has died, now and then.
  void look_after_others() {
    for (Other& other : others_) ++other.silence;
    const auto now = Clock::now();
    if (now - last_look_ < std::chrono::milliseconds(200)) return;
    last_look_ = now;
    for (int rank = 1; rank < state_.world.size() && lost_.empty(); ++rank) {
      const Other& other = others_[static_cast<std::size_t>(rank)];
      const bool silent = other.ready && other.silence > (stopped_ ? kMostSilenceAtTheEnd : kMostSilence);
      if (other.over || (!silent && state_.may_be_alive(rank))) continue;
      lost_ = state_.name_of(rank) + (silent ? " does not answer" : " has died");
      state_.broken = true;
      state_.exit_code = static_cast<int>(ExitCode::interrupted);
      stop_all();
    }
  }

  void take_progress() {
    progress_.resident_months += own_progress_.resident_months.exchange(0);
    progress_.run_months_done += own_progress_.run_months_done.exchange(0);
  }

  Ranks::State& state_;
  const Order& order_;
  const StudyPlan& plan_;
  const RunOptions& options_;
  Recorder& recorder_;
  Progress& progress_;
  Progress own_progress_;
  std::vector<Other> others_;  ///< [rank], of which the first is this one
  Numbers incoming_;
  TallyShape shape_;
  std::vector<std::size_t> runs_;
  std::mutex mutex_;  ///< of the recorder and of the five below
  std::size_t next_ = 0, failed_run_ = 0;
  int failed_month_ = 0;
  std::exception_ptr error_;
  std::atomic<bool> stopped_{false}, own_over_{false}, interrupted_{false};
  Clock::time_point last_look_;
  std::string lost_;
};

}  // namespace

SimulationEnd deal(Ranks::State& state, const Order& order, const StudyPlan& plan, const RunOptions& options,
                   Recorder& recorder, Progress& progress, const std::atomic<bool>& stop) {
  return Dealer(state, order, plan, options, recorder, progress).all(stop);
}

}  // namespace sleutel::ranks
