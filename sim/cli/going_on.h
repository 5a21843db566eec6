#pragma once
/// \file
/// What a run takes over from one that was stopped, and what it leaves for the next.

#include "output/hdf5/stream.h"
#include "sim/cli/commands.h"
#include "sleutel/simulation.h"

namespace sleutel {

/// Where and how often the states of runs are kept: beside the partial file.
Checkpoints checkpoints_of(const Hdf5Recorder& recorder, int seconds);

/// Leaves out of a simulation what its recorder has already, and says so, and which runs go on at a later year.
void leave_out_recorded(const Hdf5Recorder& recorder, const Study& study, const Call& call, RunOptions& options);

/// Removes what was kept of runs: their results are safe.
void forget_kept_runs(const Study& study, const Checkpoints& checkpoints);

}  // namespace sleutel
