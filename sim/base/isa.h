#pragma once
/// \file
/// Which form of the kernel runs. All forms give the same bits; this chooses only the speed.

#include <cstdint>
#include <optional>
#include <string_view>

namespace sleutel {

enum class Isa : std::uint8_t {
  scalar,  ///< plain loops, any processor: the reference
  avx2,    ///< x86-64 with AVX2, BMI and POPCNT
  avx512,  ///< and AVX-512 F, BW, DQ and VL
};

/// As written after SLEUTEL_ISA= and in RunOptions::isa.
const char* name_of(Isa isa);

/// The fastest form that this processor can run; it can run all slower ones too.
Isa best_isa();

/// The form called `name`, or nothing if there is none.
std::optional<Isa> isa_named(std::string_view name);

/// The form to run: `option` if not empty, else the environment variable SLEUTEL_ISA if set and not empty, else
/// best_isa(). Errors: EnvironmentError, usage for a name that is not known and not_installed for a form that this
/// processor cannot run.
Isa chosen_isa(std::string_view option = {});

}  // namespace sleutel
