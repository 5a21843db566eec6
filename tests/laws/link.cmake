target_link_libraries(test_laws PRIVATE PkgConfig::HDF5)  # looks into results files
