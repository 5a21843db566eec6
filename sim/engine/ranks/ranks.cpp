#include "sim/engine/ranks/ranks.h"

#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

#include "sim/engine/blocks.h"
#include "sim/engine/ranks/state.h"

namespace sleutel {

namespace {

/// The processors that a process may use, in words that are the same for the same ones of one machine.
std::string processors(const std::string& machine) {
  cpu_set_t set;
  CPU_ZERO(&set);
  sched_getaffinity(0, sizeof(set), &set);
  std::string text = machine + " ";
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) text += CPU_ISSET(cpu, &set) ? '1' : '0';
  return text;
}

void introduce(Ranks::State& state) {
  const std::string machine = boost::mpi::environment::processor_name();
  const std::string own = processors(machine);
  std::vector<std::string> all;
  boost::mpi::all_gather(state.world, machine, state.machine);
  boost::mpi::all_gather(state.world, std::int64_t{getpid()}, state.processes);
  boost::mpi::all_gather(state.world, own, all);
  const auto sharing = static_cast<int>(std::count(all.begin(), all.end(), own));
  state.fair_threads = std::max(1, allowed_threads(0) / sharing);
}

constexpr int kMostWait = 40'000;  ///< rests for which a rank that was told to stop waits for rank 0, 20 s or more

void serve_one(Ranks::State& state, const Order& order, const std::function<Ordered(const Order&)>& make,
               const std::atomic<bool>& stop) {
  ranks::Ready ready;
  Ordered ordered;
  try {
    ordered = make(order);
    ready.inputs = ordered.inputs;
  } catch (...) {
    ready.failure = ranks::failure_of(std::current_exception());
  }
  state.world.send(0, ranks::kReady, ready);
  if (ready.inputs == order.inputs) ranks::live_dealt(state, order, ordered.plan, stop);
}

}  // namespace

std::string Ranks::State::name_of(int rank) const {
  return "rank " + std::to_string(rank) + " of " + std::to_string(world.size()) + " (process " +
         std::to_string(processes[static_cast<std::size_t>(rank)]) + " on " + machine[static_cast<std::size_t>(rank)] +
         ")";
}

bool Ranks::State::may_be_alive(int rank) const {
  const auto at = static_cast<std::size_t>(rank);
  if (machine[at] != machine[static_cast<std::size_t>(world.rank())]) return true;
  if (kill(static_cast<pid_t>(processes[at]), 0) != 0) return errno != ESRCH;
  std::ifstream status("/proc/" + std::to_string(processes[at]) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("State:")) return line.find("Z (zombie)") == std::string::npos;
  return true;
}

void ranks::rest(int microseconds) { std::this_thread::sleep_for(std::chrono::microseconds(microseconds)); }

Ranks::Ranks(int& argc, char**& argv) : state_(std::make_unique<State>(argc, argv)) { introduce(*state_); }

Ranks::~Ranks() {
  State& state = *state_;
  if (own() == 0)
    for (int rank = 1; rank < count(); ++rank)
      if (state.may_be_alive(rank)) state.world.send(rank, ranks::kGo, std::int64_t{state.broken});
  if (state.broken) _exit(state.exit_code);
}

int Ranks::own() const { return state_->world.rank(); }
int Ranks::count() const { return state_->world.size(); }
int Ranks::threads() const { return state_->fair_threads; }

SimulationEnd Ranks::simulate(const Order& order, const StudyPlan& plan, const RunOptions& options, Recorder& recorder,
                              Progress& progress, const std::atomic<bool>& stop) {
  if (count() == 1) return sleutel::simulate(plan, options, recorder, progress, stop);
  return ranks::deal(*state_, order, plan, options, recorder, progress, stop);
}

void Ranks::serve(const std::function<Ordered(const Order&)>& make, const std::atomic<bool>& stop) {
  State& state = *state_;
  std::int64_t broken = 1;
  // Told to stop, a rank still waits for rank 0: whoever started the job takes the end of one for the end of all.
  for (int since_stop = 0; since_stop < kMostWait; since_stop += stop ? 1 : 0) {
    if (state.world.iprobe(0, ranks::kGo)) {
      state.world.recv(0, ranks::kGo, broken);
      break;
    }
    if (stop && !state.may_be_alive(0)) break;
    if (!state.world.iprobe(0, ranks::kOrder)) {
      ranks::rest();
      continue;
    }
    Order order;
    state.world.recv(0, ranks::kOrder, order);
    serve_one(state, order, make, stop);
  }
  state.broken = broken != 0;
  state.exit_code = static_cast<int>(ExitCode::interrupted);
}

}  // namespace sleutel
