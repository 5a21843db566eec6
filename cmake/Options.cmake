# Flags that every target shares. Results must not depend on contraction or reordering of floating point.
add_library(sleutel_options INTERFACE)
target_compile_options(sleutel_options INTERFACE -ffp-contract=off -fno-fast-math -Wall -Wextra -Wshadow -Wconversion
                                                 -Wno-sign-conversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(sleutel_options INTERFACE -Wno-restrict)  # g++ 12 sees overlaps in std::string that are none
endif()
option(SLEUTEL_WERROR "Warnings are errors" OFF)
if(SLEUTEL_WERROR)
  target_compile_options(sleutel_options INTERFACE -Werror)
endif()
set(SLEUTEL_SANITIZE "" CACHE STRING "Sanitizers, such as address,undefined or thread")
if(SLEUTEL_SANITIZE)
  target_compile_options(sleutel_options INTERFACE -fsanitize=${SLEUTEL_SANITIZE} -fno-omit-frame-pointer
                                                   -fno-sanitize-recover=all)
  target_link_options(sleutel_options INTERFACE -fsanitize=${SLEUTEL_SANITIZE})
endif()
set(SLEUTEL_MUTANT "" CACHE STRING "Name of a law to break on purpose (tests/mutants)")
if(SLEUTEL_MUTANT)
  target_compile_definitions(sleutel_options INTERFACE SLEUTEL_MUTANT_${SLEUTEL_MUTANT}=1)
endif()
target_include_directories(sleutel_options INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
                                                     $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                                                     $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
