/// \file
/// `sleutel`: the program on one machine.

#include "sim/cli/program.h"
#include "sim/cli/signals.h"

int main(int argc, char** argv) {
  sleutel::watch_signals();
  const sleutel::Live live = [](const sleutel::Job& job) {
    return sleutel::simulate(job.plan, job.options, job.recorder, job.progress, job.stop);
  };
  return static_cast<int>(sleutel::do_command(argc, argv, {live}));
}
