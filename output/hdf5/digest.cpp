#include "output/hdf5/digest.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

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

bool is_in(const std::string& path, const std::string& group) { return path == group || path.starts_with(group + "/"); }

/// What is no result: where it comes from, and the panel, which a run may have or not.
bool is_beside(const std::string& path) { return is_in(path, "/provenance") || is_in(path, "/panel"); }

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

/// Calls visit(dataset, path) for everything that is not left out, in order of path.
template <class LeftOut, class Visit>
void for_each_variable(hid_t file, LeftOut&& left_out, Visit&& visit) {
  for (const auto& path : paths_of_objects(file)) {
    if (left_out(path)) continue;
    const Handle object(H5Oopen(file, path.c_str(), H5P_DEFAULT), &H5Oclose, "open a variable");
    if (H5Iget_type(object) == H5I_DATASET) visit(object, path);
  }
}

std::string digest_of_all(const std::string& path) {
  const Handle file = h5::open_results(path);
  Sha256 sha;
  for_each_variable(file, is_beside, [&](hid_t dataset, const std::string& name) { add_dataset(sha, dataset, name); });
  return sha.hex();
}

/// The digest of each variable, by path.
std::map<std::string, std::string> digests_of_each(const std::string& path) {
  const Handle file = h5::open_results(path);
  std::map<std::string, std::string> all;
  const auto is_command = [](const std::string& name) { return name == "/provenance/command_line"; };
  for_each_variable(file, is_command, [&](hid_t dataset, const std::string& name) {
    Sha256 sha;
    add_dataset(sha, dataset, name);
    all[name] = sha.hex();
  });
  return all;
}

}  // namespace

std::string digest(const std::string& path) {
  return h5::reading(path, [&] { return digest_of_all(path); });
}

std::vector<std::string> different_variables(const std::string& one, const std::string& other) {
  const auto of = [](const std::string& path) { return h5::reading(path, [&] { return digests_of_each(path); }); };
  const auto first = of(one), second = of(other);
  std::set<std::string> differ;
  for (const auto& [name, number] : first)
    if (const auto at = second.find(name); at == second.end() || at->second != number) differ.insert(name);
  for (const auto& [name, number] : second)
    if (!first.contains(name)) differ.insert(name);
  return {differ.begin(), differ.end()};
}

}  // namespace sleutel
