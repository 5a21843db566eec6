/// \file
/// `sleutel-mpi`: the same program, with the runs of a study on all ranks of a job. Rank 0 does the command; the others
/// make the same plan from the same files when there are runs to be lived.

#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "output/hdf5/inputs.h"
#include "sim/base/numbers.h"
#include "sim/cli/program.h"
#include "sim/cli/signals.h"
#include "sim/cli/version.h"
#include "sim/engine/ranks/ranks.h"
#include "sim/study/make_plan.h"

namespace sleutel {
namespace {

constexpr const char* kNotStarted = "interrupted while the start was sought";

/// What another rank needs: the study file, then the settings.
Order order_of(const Job& job) {
  Order order;
  order.words.push_back(job.study);
  order.words.insert(order.words.end(), job.settings.begin(), job.settings.end());
  order.inputs = inputs_digest(job.plan, kVersion);
  order.threads = job.options.threads;
  order.isa = job.options.isa;
  order.panel = job.plan.panel;
  return order;
}

Ordered make_ordered(const Order& order, const std::atomic<bool>& stop) {
  const Settings settings(order.words.begin() + 1, order.words.end());
  const auto tell = [&](const std::string&) {
    if (stop) throw EnvironmentError(ExitCode::interrupted, kNotStarted);
  };
  Ordered ordered{make_plan(read_checked_study(order.words.front(), settings), {order.threads, tell, {}}), ""};
  ordered.plan.panel = order.panel;
  ordered.inputs = inputs_digest(ordered.plan, kVersion);
  return ordered;
}

ExitCode on_ranks(int argc, char** argv) {
  Ranks ranks(argc, argv);
  const std::atomic<bool>& stop = watch_signals();
  if (ranks.own() > 0) {
    ranks.serve([&](const Order& order) { return make_ordered(order, stop); }, stop);
    return ExitCode::done;
  }
  const auto on_all = [&](const Job& job) {
    return ranks.simulate(order_of(job), job.plan, job.options, job.recorder, job.progress, job.stop);
  };
  return do_command(argc, argv, {on_all, ranks.count(), ranks.threads()});
}

}  // namespace
}  // namespace sleutel

int main(int argc, char** argv) {
  try {
    return static_cast<int>(sleutel::on_ranks(argc, argv));
  } catch (const std::exception& error) {
    std::fputs(fmt::format("MPI: {}\n", error.what()).c_str(), stderr);
    return static_cast<int>(sleutel::ExitCode::failed);
  }
}
