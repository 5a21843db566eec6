#pragma once
/// \file
/// One draw for each of many residents, as the forms of the kernel draw them: several at a time.

#include <cstdint>
#include <span>

#include "sim/base/isa.h"
#include "sleutel/random.h"

namespace sleutel::kernel {

/// words[i] = the first 64 bits of the draw that is `named` but for its resident, who is ids[i]. `isa` changes no bit.
void draw_words(Isa isa, const Draw& named, std::span<const std::uint64_t> ids, std::uint64_t* words);

}  // namespace sleutel::kernel
