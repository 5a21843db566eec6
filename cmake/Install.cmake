# What `cmake --install` leaves behind: the program, the libraries as sleutel::core, headers, scenarios and licences.
include(CMakePackageConfigHelpers)

# One name for all rooms. include/sleutel/ is the contract; the headers of the rooms come along below rooms/, because
# some of them are how a model, a city or a plan is made, and may change from version to version.
set(SLEUTEL_ROOMS base kernel events programmes input engine hdf5 measures compare model city study)
list(TRANSFORM SLEUTEL_ROOMS PREPEND sleutel_)
add_library(sleutel_core INTERFACE)
add_library(sleutel::core ALIAS sleutel_core)
target_link_libraries(sleutel_core INTERFACE ${SLEUTEL_ROOMS})
target_include_directories(sleutel_core INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
                                                  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/sleutel/rooms>)
set_target_properties(sleutel_core PROPERTIES EXPORT_NAME core)

set(SLEUTEL_PACKAGE_FOLDER ${CMAKE_INSTALL_LIBDIR}/cmake/sleutel)
set(SLEUTEL_SCENARIOS_FOLDER ${CMAKE_INSTALL_DATADIR}/sleutel/scenarios)
install(TARGETS sleutel_core sleutel_options ${SLEUTEL_ROOMS} EXPORT sleutel-targets ARCHIVE)
install(EXPORT sleutel-targets NAMESPACE sleutel:: DESTINATION ${SLEUTEL_PACKAGE_FOLDER})
if(TARGET sleutel)
  install(TARGETS sleutel RUNTIME)
endif()
install(DIRECTORY include/sleutel DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(DIRECTORY sim output DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/sleutel/rooms
        FILES_MATCHING PATTERN "*.h" PATTERN cli EXCLUDE PATTERN python EXCLUDE)
install(DIRECTORY scenarios/ DESTINATION ${SLEUTEL_SCENARIOS_FOLDER})
install(FILES LICENSE NOTICE CITATION.cff README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

configure_package_config_file(cmake/sleutel-config.cmake.in ${PROJECT_BINARY_DIR}/sleutel-config.cmake
                              INSTALL_DESTINATION ${SLEUTEL_PACKAGE_FOLDER} PATH_VARS SLEUTEL_SCENARIOS_FOLDER)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sleutel-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/sleutel-config.cmake ${PROJECT_BINARY_DIR}/sleutel-config-version.cmake
        DESTINATION ${SLEUTEL_PACKAGE_FOLDER})
