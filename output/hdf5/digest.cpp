#include "output/hdf5/digest.h"

#include <algorithm>

#include "output/hdf5/readable.h"
#include "output/hdf5/sha256.h"

namespace sleutel {
namespace {

using h5::Handle;

std::vector<std::string> paths_of_objects(hid_t file) {
  std::vector<std::string> paths;
  const auto keep = [](hid_t, const char* name, const H5L_info_t*, void* to) {
    static_cast<std::vector<std::string>*>(to)->push_back(std::string("/") + name);
    return herr_t{0};
  };
  h5::check(H5Lvisit(file, H5_INDEX_NAME, H5_ITER_INC, keep, &paths), "list the variables");
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool is_provenance(const std::string& path) { return path == "/provenance" || path.starts_with("/provenance/"); }

template <class Number>
void add_numbers(Sha256& sha, hid_t dataset, hid_t memory_type, std::size_t count) {
  std::vector<Number> values(count);
  h5::check(H5Dread(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "read a variable");
  for (const auto value : values) sha.add(value);
}

void add_values(Sha256& sha, hid_t dataset, std::size_t count) {
  const Handle type(H5Dget_type(dataset), &H5Tclose, "read a type");
  switch (H5Tget_class(type)) {
    case H5T_FLOAT:
      sha.add(std::string_view("real"));
      return add_numbers<double>(sha, dataset, H5T_NATIVE_DOUBLE, count);
    case H5T_INTEGER:
      sha.add("whole " + std::to_string(H5Tget_size(type)));
      return add_numbers<std::int64_t>(sha, dataset, H5T_NATIVE_INT64, count);
    case H5T_STRING:
      sha.add(std::string_view("text"));
      for (const auto& text : h5::texts_in(dataset)) sha.add(text);
      return;
    default:
      throw h5::Failure("could not understand the type of a variable", "");
  }
}

void add_dataset(Sha256& sha, hid_t dataset, const std::string& path) {
  sha.add(path);
  std::size_t count = 1;
  const auto shape = h5::shape_of(dataset);
  sha.add(std::uint64_t{shape.size()});
  for (const auto length : shape) {
    sha.add(std::uint64_t{length});
    count *= length;
  }
  add_values(sha, dataset, count);
}

std::string digest_of_all(const std::string& path) {
  const Handle file = h5::open_results(path);
  Sha256 sha;
  for (const auto& object_path : paths_of_objects(file)) {
    if (is_provenance(object_path)) continue;
    const Handle object(H5Oopen(file, object_path.c_str(), H5P_DEFAULT), &H5Oclose, "open a variable");
    if (H5Iget_type(object) == H5I_DATASET) add_dataset(sha, object, object_path);
  }
  return sha.hex();
}

}  // namespace

std::string digest(const std::string& path) {
  return h5::reading(path, [&] { return digest_of_all(path); });
}

}  // namespace sleutel
