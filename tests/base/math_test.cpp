// Our own functions against values computed with 30 digits (mpmath), and against the C library on a grid.
#include "sim/base/math.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "sim/base/isa.h"
#include "sim/base/sums.h"
#include "sleutel/error.h"
#include "sleutel/model.h"

using namespace sleutel;

namespace {

/// |value / expected - 1| below the tolerance; an expected 0 must be met exactly.
bool near(double value, double expected, double tolerance) {
  if (expected == 0.0) return value == 0.0;
  return std::fabs(value / expected - 1.0) < tolerance;
}

struct Known {
  double x, y;
};

}  // namespace

TEST_CASE("exp, log and their kin have known values") {
  for (const auto& [x, y] : std::vector<Known>{{0.001, 1.00100050016670834},
                                               {0.3, 1.34985880757600309},
                                               {1.0, 2.71828182845904524},
                                               {12.5, 268337.286520874457},
                                               {700.0, 1.01423205473500451e+304},
                                               {-700.0, 9.85967654375977086e-305},
                                               {-5.0, 0.0067379469990854671}}) {
    REQUIRE(near(math::exp(x), y, 1e-15));
  }
  for (const auto& [x, y] : std::vector<Known>{{1e-300, -690.775527898213705},
                                               {0.01, -4.60517018598809135},
                                               {0.9999, -0.000100005000333347321},
                                               {1.0001, 0.000099995000333297323},
                                               {100.0, 4.60517018598809137},
                                               {1e300, 690.775527898213705}}) {
    REQUIRE(near(math::log(x), y, 1e-15));
  }
  REQUIRE(math::exp(0.0) == 1.0);
  REQUIRE(math::log(1.0) == 0.0);
  REQUIRE(math::log2(1024.0) == 10.0);
  REQUIRE(math::exp2(-3.0) == 0.125);
  REQUIRE(near(math::pow(1.7, -3.3), 0.173587544343188809, 1e-14));
  REQUIRE(near(math::log_gamma(0.5), 0.572364942924700087, 1e-14));
  REQUIRE(near(math::log_gamma(15.5), 26.5369144911156136, 1e-14));
  REQUIRE(near(math::log_gamma(200.0), 857.933669825857437, 1e-14));
  REQUIRE(std::fabs(math::log_gamma(1.0)) < 1e-14);
}

TEST_CASE("exp, log and their kin agree with the C library to 1 in 10^15, pow to 1 in 10^14") {
  for (double x = -690.0; x < 700.0; x += 0.3713) {
    REQUIRE(near(math::exp(x), std::exp(x), 1e-15));
    REQUIRE(near(math::exp2(x), std::exp2(x), 1e-15));
  }
  for (double x = 1e-9; x < 1e9; x *= 1.0371) {
    REQUIRE(near(math::log(x), std::log(x), 1e-15));
    REQUIRE(near(math::log2(x), std::log2(x), 1e-15));
    REQUIRE(near(math::log1p(x), std::log1p(x), 1e-15));
    REQUIRE(near(math::expm1(x < 100 ? x : 1.0), std::expm1(x < 100 ? x : 1.0), 1e-15));
    REQUIRE(near(math::pow(x, 0.37), std::pow(x, 0.37), 1e-14));
  }
  for (double x = -0.999; x < -1e-9; x *= 0.97) {
    REQUIRE(near(math::log1p(x), std::log1p(x), 1e-15));
    REQUIRE(near(math::expm1(x), std::expm1(x), 1e-15));
  }
}

TEST_CASE("exp and log at their ends") {
  const double infinity = std::numeric_limits<double>::infinity();
  REQUIRE(math::exp(710.0) == infinity);
  REQUIRE(math::exp(-746.0) == 0.0);
  REQUIRE(math::exp(-744.0) > 0.0);
  REQUIRE(math::exp2(1023.5) < infinity);
  REQUIRE(math::exp2(1024.0) == infinity);
  REQUIRE(math::log(0.0) == -infinity);
  REQUIRE(math::log(infinity) == infinity);
  REQUIRE(std::isnan(math::log(-1.0)));
  REQUIRE(std::isnan(math::exp(std::nan(""))));
  REQUIRE(near(math::log(5e-324), -744.440071921381262, 1e-15));
}

TEST_CASE("the normal distribution and its quantiles have known values") {
  for (const auto& [x, y] : std::vector<Known>{{-8.0, 6.22096057427178412e-16},
                                               {-4.0, 0.0000316712418331199213},
                                               {-1.0, 0.158655253931457051},
                                               {0.5, 0.691462461274013104},
                                               {3.0, 0.998650101968369905},
                                               {6.0, 0.999999999013412355}}) {
    REQUIRE(near(normal_cdf(x), y, 1e-14));
  }
  for (const auto& [p, x] : std::vector<Known>{{1e-10, -6.3613409024040562},
                                               {0.001, -3.09023230616781354},
                                               {0.025, -1.95996398454005421},
                                               {0.3, -0.524400512708040816},
                                               {0.5, 0.0},
                                               {0.9, 1.28155156554460059},
                                               {0.999999, 4.75342430881708777}}) {
    REQUIRE(near(normal_quantile(p), x, 1e-12));
  }
}

TEST_CASE("the incomplete beta function and Student's t have known values") {
  REQUIRE(near(incomplete_beta(2, 3, 0.4), 0.524800000000000038, 1e-13));
  REQUIRE(near(incomplete_beta(0.5, 5, 0.01), 0.242841890898437502, 1e-13));
  REQUIRE(near(incomplete_beta(30, 20, 0.6), 0.492299800342351995, 1e-13));
  REQUIRE(near(incomplete_beta(4.5, 0.5, 0.9), 0.343436396137913571, 1e-13));
  for (const auto& [dof, t] : std::vector<Known>{{1, 12.7062047361746933},
                                                 {2, 4.30265272974946179},
                                                 {4, 2.77644510519779349},
                                                 {9, 2.262157162798205},
                                                 {99, 1.9842169515864171}}) {
    REQUIRE(near(student_t_quantile(0.975, dof), t, 1e-12));
    REQUIRE(student_t_quantile(0.025, dof) == Approx(-t).epsilon(1e-12));
    REQUIRE(near(student_t_two_sided_p(t, dof), 0.05, 1e-12));
    REQUIRE(near(student_t_cdf(-t, dof), 0.025, 1e-12));
  }
  REQUIRE(near(student_t_quantile(0.9, 3), 1.63774435369621032, 1e-12));
  REQUIRE(near(student_t_quantile(0.995, 7), 3.49948329735049326, 1e-12));
  REQUIRE(near(student_t_quantile(0.975, 1e6), 1.95996635682, 1e-10));
  REQUIRE(student_t_two_sided_p(0.0, 5) == 1.0);
}

TEST_CASE("a pairwise sum has its fixed order and loses little") {
  std::vector<double> tenths(1'000'000, 0.1);
  REQUIRE(std::fabs(pairwise_sum(tenths) - 100000.0) < 1e-9);
  double in_a_row = 0.0;
  for (const double x : tenths) in_a_row += x;
  REQUIRE(std::fabs(in_a_row - 100000.0) > 1e-7);  // what is avoided
  REQUIRE(pairwise_sum({}) == 0.0);
  // Seventeen terms: (8) + (9 = 4 + 5), so the small ones survive beside each other before they meet the large one.
  std::vector<double> mixed(17, 0x1p-53);
  mixed[0] = 1.0;
  REQUIRE(pairwise_sum(mixed) == 1.0 + 9 * 0x1p-53);
  REQUIRE(sample_variance(std::vector<double>{1.0, 2.0, 3.0, 4.0}) == Approx(5.0 / 3.0).epsilon(1e-15));
  REQUIRE(pairwise_mean(std::vector<double>{1.0, 2.0, 6.0}) == 3.0);
}

TEST_CASE("the names of the traits stand in the order of the enumeration") {
  const auto name = [](Trait trait) { return std::string(kTraitNames[static_cast<std::size_t>(trait)]); };
  REQUIRE(name(Trait::male) == "male");
  REQUIRE(name(Trait::student) == "student");
  REQUIRE(name(Trait::owner) == "owner");
  REQUIRE(name(Trait::education_low) == "education_low");
  REQUIRE(name(Trait::adversity_3plus) == "adversity_3plus");
  REQUIRE(name(Trait::stage_oldest) == "stage_oldest");
  REQUIRE(name(Trait::income_group_5) == "income_group_5");
  REQUIRE(name(Trait::three_plus_children) == "three_plus_children");
}

TEST_CASE("the form of the kernel is chosen by option, environment, processor, and an unknown name is refused") {
  REQUIRE(isa_named("scalar") == Isa::scalar);
  REQUIRE(isa_named("avx2") == Isa::avx2);
  REQUIRE(isa_named("avx512") == Isa::avx512);
  REQUIRE_FALSE(isa_named("AVX2").has_value());
  REQUIRE(chosen_isa("scalar") == Isa::scalar);
  REQUIRE_THROWS_AS(chosen_isa("sse9"), EnvironmentError);
  setenv("SLEUTEL_ISA", "scalar", 1);
  REQUIRE(chosen_isa() == Isa::scalar);
  setenv("SLEUTEL_ISA", "quick", 1);
  REQUIRE_THROWS_WITH(chosen_isa(), "SLEUTEL_ISA: unknown instruction set \"quick\" (scalar, avx2 or avx512)");
  unsetenv("SLEUTEL_ISA");
  REQUIRE(chosen_isa() == best_isa());
}
