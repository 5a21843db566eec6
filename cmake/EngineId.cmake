# A number that names what finds a start: it is another whenever a source below is. A start that is kept under it
# (sim/study/start_cache.cpp) is never taken for that of a changed engine.
#
#     cmake -DSOURCE=<project> -DOUTPUT=<header> -P cmake/EngineId.cmake      writes the header, if it would be another
#
# Included by CMakeLists.txt, it has the header written when a source has changed.
set(rooms include/sleutel sim/base sim/kernel sim/events sim/engine)

if(CMAKE_SCRIPT_MODE_FILE)
  cmake_minimum_required(VERSION 3.25)
  set(hashes "")
  foreach(room IN LISTS rooms)
    file(GLOB files RELATIVE ${SOURCE} ${SOURCE}/${room}/*.cpp ${SOURCE}/${room}/*.h ${SOURCE}/${room}/*.inc)
    list(SORT files)
    foreach(name IN LISTS files)
      file(SHA256 ${SOURCE}/${name} hash)
      string(APPEND hashes "${name} ${hash}\n")
    endforeach()
  endforeach()
  string(SHA256 all "${hashes}")
  string(SUBSTRING ${all} 0 16 id)
  file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "#pragma once\n#include <cstdint>\n\nnamespace sleutel {\n/// Names the sources that find a start.\ninline constexpr std::uint64_t kEngineId = 0x${id}ULL;\n}  // namespace sleutel\n")
else()
  list(TRANSFORM rooms REPLACE "(.+)" "${PROJECT_SOURCE_DIR}/\\1/*" OUTPUT_VARIABLE patterns)
  file(GLOB engine_sources CONFIGURE_DEPENDS ${patterns})
  set(engine_id ${PROJECT_BINARY_DIR}/generated/engine_id.h)
  add_custom_command(
    OUTPUT ${engine_id}
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DOUTPUT=${engine_id} -P ${PROJECT_SOURCE_DIR}/cmake/EngineId.cmake
    COMMAND ${CMAKE_COMMAND} -E touch ${engine_id}
    DEPENDS ${engine_sources} ${PROJECT_SOURCE_DIR}/cmake/EngineId.cmake)
  target_sources(sleutel_study PRIVATE ${engine_id})
  target_include_directories(sleutel_study PRIVATE ${PROJECT_BINARY_DIR}/generated)
endif()
