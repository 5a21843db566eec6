# Reads a model file and prints its problems; for whoever edits one: build/dev/tests/sleutel_model_check
add_executable(sleutel_model_check ${CMAKE_CURRENT_LIST_DIR}/check_main.cpp)
target_link_libraries(sleutel_model_check PRIVATE sleutel_model sleutel_options)
