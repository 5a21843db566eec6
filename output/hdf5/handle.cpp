#include "output/hdf5/handle.h"

#include <cstring>

namespace sleutel::h5 {
namespace {

/// Finds the system's own words in one entry of the error stack: "... error message = 'No space left on device', ...".
herr_t find_reason(unsigned, const H5E_error2_t* entry, void* found) {
  constexpr const char* mark = "error message = '";
  auto& reason = *static_cast<std::string*>(found);
  const char* start = entry->desc != nullptr ? std::strstr(entry->desc, mark) : nullptr;
  if (start == nullptr || !reason.empty()) return 0;
  start += std::strlen(mark);
  const char* end = std::strchr(start, '\'');
  if (end != nullptr) reason.assign(start, end);
  return 0;
}

[[noreturn]] void fail(const char* doing) {
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, &find_reason, &reason);
  throw Failure(std::string("could not ") + doing, reason);
}

template <class Number>
Number number_attribute(hid_t object, const char* name, hid_t type) {
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), &H5Aclose, "find an attribute");
  Number value{};
  check(H5Aread(attribute, type, &value), "read an attribute");
  return value;
}

}  // namespace

Silence::Silence() {
  // Before anything else of the library: at the end of the process it would complain of damaged files it could not
  // close.
  static const herr_t no_work_at_exit = H5dont_atexit();
  static_cast<void>(no_work_at_exit);
  H5Eget_auto2(H5E_DEFAULT, &print_, &where_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Silence::~Silence() { H5Eset_auto2(H5E_DEFAULT, print_, where_); }

void check(herr_t status, const char* doing) {
  if (status < 0) fail(doing);
}

hid_t checked(hid_t id, const char* doing) {
  if (id < 0) fail(doing);
  return id;
}

Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), &H5Tclose, "make a text type");
  check(H5Tset_size(type, H5T_VARIABLE), "make a text type");
  check(H5Tset_cset(type, H5T_CSET_UTF8), "make a text type");
  return type;
}

std::string text_attribute(hid_t object, const char* name) {
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), &H5Aclose, "find an attribute");
  char* text = nullptr;
  check(H5Aread(attribute, text_type(), &text), "read an attribute");
  std::string copy = text != nullptr ? text : "";
  H5free_memory(text);
  return copy;
}

double real_attribute(hid_t object, const char* name) {
  return number_attribute<double>(object, name, H5T_NATIVE_DOUBLE);
}

std::int64_t whole_attribute(hid_t object, const char* name) {
  return number_attribute<std::int64_t>(object, name, H5T_NATIVE_INT64);
}

std::uint64_t unsigned_attribute(hid_t object, const char* name) {
  return number_attribute<std::uint64_t>(object, name, H5T_NATIVE_UINT64);
}

std::vector<hsize_t> shape_of(hid_t dataset) {
  const Handle space(H5Dget_space(dataset), &H5Sclose, "read a shape");
  const int rank = H5Sget_simple_extent_ndims(space);
  check(rank, "read a shape");
  std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
  if (rank > 0) check(H5Sget_simple_extent_dims(space, shape.data(), nullptr), "read a shape");
  return shape;
}

std::vector<std::string> texts_in(hid_t dataset) {
  std::size_t count = 1;
  for (const auto length : shape_of(dataset)) count *= length;
  std::vector<char*> raw(count, nullptr);
  const Handle type = text_type();
  const Handle space(H5Dget_space(dataset), &H5Sclose, "read a shape");
  check(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, raw.data()), "read labels");
  std::vector<std::string> texts;
  for (const char* text : raw) texts.emplace_back(text != nullptr ? text : "");
  check(H5Dvlen_reclaim(type, space, H5P_DEFAULT, raw.data()), "read labels");
  return texts;
}

std::vector<std::string> texts_in(hid_t file, const std::string& path) {
  const Handle dataset(H5Dopen2(file, path.c_str(), H5P_DEFAULT), &H5Dclose, "find labels");
  return texts_in(dataset);
}

Handle file_access() {
  Handle access(H5Pcreate(H5P_FILE_ACCESS), &H5Pclose, "prepare to open");
  check(H5Pset_file_locking(access, false, true), "prepare to open");
  check(H5Pset_fclose_degree(access, H5F_CLOSE_STRONG), "prepare to open");
  return access;
}

Handle open_to_read(const std::string& path) {
  return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, file_access()), &H5Fclose, "open it"};
}

}  // namespace sleutel::h5
