#pragma once
/// \file
/// What this machine could do at most: figures beside which the speed of the engine is read.

#include "sim/base/isa.h"
#include "sim/engine/run.h"

namespace sleutel {

struct Ceilings {
  double memory_gb_per_second = 0;  ///< a large array read, changed and written, all threads together [10^9 bytes/s]
  double philox_ns = 0;             ///< processor time of four random words on one thread [ns]
  double bare_kernel_ns = 0;        ///< see bare_kernel_ns() [ns per resident-month]
};

/// Bytes read and written per second by threads that each change an array of their own, far larger than the caches:
/// best of five passes [10^9 bytes/s].
double memory_gb_per_second(const Threads& threads);

/// Processor time in which this form of the kernel makes the four words of one named draw: best of five rounds [ns].
double philox_ns(Isa isa);

/// Processor time of the hazards alone, on one thread: the draws of all lanes of residents, households and couples,
/// the comparison with kept bounds, and the full evaluation of whoever has a draw within them. Units stand ready, and
/// nothing is applied, bounded anew, surveyed or counted. `run` lives a month first. Median of nine rounds of three
/// months [ns per resident-month].
double bare_kernel_ns(Run& run);

}  // namespace sleutel
