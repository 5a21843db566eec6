#include "sim/base/isa.h"

#include <cstdlib>
#include <string>

#include "sleutel/error.h"

namespace sleutel {

const char* name_of(Isa isa) { return isa == Isa::avx2 ? "avx2" : "scalar"; }

Isa best_isa() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) return Isa::avx2;
#endif
  return Isa::scalar;
}

std::optional<Isa> isa_named(std::string_view name) {
  for (const Isa isa : {Isa::scalar, Isa::avx2}) {
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
                           where + ("unknown instruction set \"" + std::string(name) + "\" (scalar or avx2)"));
  }
  if (*isa == Isa::avx2 && best_isa() != Isa::avx2) {
    throw EnvironmentError(ExitCode::not_installed,
                           std::string(where) + "this processor has no AVX2 and BMI2; leave it out or use scalar");
  }
  return *isa;
}

}  // namespace sleutel
