# The kernel's own files for one instruction set each. Everything else is built for the baseline processor.
# -mno-fma: a fused multiply-add would change results; with AVX-512, of which it is a part, -ffp-contract=off alone keeps
# it out, and clang takes -mno-fma for no AVX-512. -O2: with -O3 g++ 12 unrolls short loops, 10% slower.
# No link-time optimisation: it could move this code elsewhere.
# g++ 12 takes its own headers' "undefined" registers for variables that were forgotten.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  set(avx512_false_alarms -Wno-uninitialized -Wno-maybe-uninitialized)
endif()
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set_source_files_properties(
    sim/kernel/avx2.cpp sim/kernel/columns_avx2.cpp PROPERTIES COMPILE_OPTIONS
    "-mavx2;-mbmi;-mpopcnt;-mno-fma;-fno-lto;$<$<CONFIG:Release>:-O2>")
  set_source_files_properties(
    sim/kernel/avx512.cpp sim/kernel/columns_avx512.cpp PROPERTIES COMPILE_OPTIONS
    "-mavx512f;-mavx512bw;-mavx512dq;-mavx512vl;-mbmi;-mpopcnt;-fno-lto;$<$<CONFIG:Release>:-O2>;${avx512_false_alarms}")
endif()
