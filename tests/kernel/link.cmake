target_sources(test_kernel PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/kernel/random_model.cpp)
