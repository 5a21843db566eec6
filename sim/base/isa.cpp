#include "sim/base/isa.h"

#include <cstdlib>
#include <string>

#include "sleutel/error.h"

namespace sleutel {

const char* name_of(Isa isa) {
  if (isa == Isa::scalar) return "scalar";
  return isa == Isa::avx2 ? "avx2" : "avx512";
}

Isa best_isa() {
#if defined(__x86_64__)
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (avx2) return avx512 ? Isa::avx512 : Isa::avx2;
#endif
  return Isa::scalar;
}

std::optional<Isa> isa_named(std::string_view name) {
  for (const Isa isa : {Isa::scalar, Isa::avx2, Isa::avx512}) {
    if (name == name_of(isa)) return isa;
  }
  return std::nullopt;
}

Isa chosen_isa(std::string_view option) {
  std::string_view name = option;
  if (name.empty()) {
    const char* const forced = std::getenv("SLEUTEL_ISA");
    if (forced == nullptr || *forced == '\0') return best_isa();
    name = forced;
  }
  const auto isa = isa_named(name);
  const char* const where = option.empty() ? "SLEUTEL_ISA: " : "isa: ";
  if (!isa) {
    throw EnvironmentError(ExitCode::usage,
                           where + ("unknown instruction set \"" + std::string(name) + "\" (scalar, avx2 or avx512)"));
  }
  if (*isa > best_isa()) {
    const std::string lacks = *isa == Isa::avx2 ? "AVX2, BMI and POPCNT" : "AVX-512 (F, BW, DQ and VL)";
    throw EnvironmentError(ExitCode::not_installed, std::string(where) + "this processor has no " + lacks +
                                                        "; leave it out or use " + name_of(best_isa()));
  }
  return *isa;
}

}  // namespace sleutel
