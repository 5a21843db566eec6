#include "output/hdf5/digest.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "output/hdf5/layout.h"
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

/// Years of runs that a file holds; none: all.
using Complete = std::vector<std::uint8_t>;

/// Puts the missing value in place of years that are not there, whatever a run that was killed has left of them.
template <class Number>
void leave_out_absent(const Complete& complete, Number missing, std::vector<Number>& values) {
  if (complete.empty() || values.size() % complete.size() != 0) return;
  const std::size_t row = values.size() / complete.size();
  for (std::size_t i = 0; i < values.size(); ++i)
    if (complete[i / row] == 0) values[i] = missing;
}

template <class Number>
void add_numbers(Sha256& sha, hid_t dataset, hid_t memory_type, const Complete& complete, Number missing,
                 std::size_t count) {
  std::vector<Number> values(count);
  h5::check(H5Dread(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "read a variable");
  leave_out_absent(complete, missing, values);
  for (const auto value : values) sha.add(value);
}

void add_values(Sha256& sha, hid_t dataset, const Complete& complete, std::size_t count) {
  const Handle type(H5Dget_type(dataset), &H5Tclose, "read a type");
  switch (H5Tget_class(type)) {
    case H5T_FLOAT:
      sha.add(std::string_view("real"));
      return add_numbers<double>(sha, dataset, H5T_NATIVE_DOUBLE, complete, std::nan(""), count);
    case H5T_INTEGER:
      sha.add("whole " + std::to_string(H5Tget_size(type)));
      return add_numbers<std::int64_t>(sha, dataset, H5T_NATIVE_INT64, complete,
                                       H5Tget_size(type) == 1 ? 0 : h5::kNoCount, count);
    case H5T_STRING:
      sha.add(std::string_view("text"));
      for (const auto& text : h5::texts_in(dataset)) sha.add(text);
      return;
    default:
      throw h5::Failure("could not understand the type of a variable", "");
  }
}

/// `complete` matters to variables over runs and years only: axes have one dimension.
void add_dataset(Sha256& sha, hid_t dataset, const std::string& path, const Complete& complete) {
  sha.add(path);
  std::size_t count = 1;
  const auto shape = h5::shape_of(dataset);
  sha.add(std::uint64_t{shape.size()});
  for (const auto length : shape) {
    sha.add(std::uint64_t{length});
    count *= length;
  }
  add_values(sha, dataset, shape.size() >= h5::kRunAxes ? complete : Complete{}, count);
}

/// Calls visit(object, path) for everything that is not left out, in order of path.
template <class LeftOut, class Visit>
void for_each_object(hid_t file, LeftOut&& left_out, Visit&& visit) {
  for (const auto& path : paths_of_objects(file)) {
    if (left_out(path)) continue;
    const Handle object(H5Oopen(file, path.c_str(), H5P_DEFAULT), &H5Oclose, "open a variable");
    visit(object, path);
  }
}

std::string digest_of_all(const std::string& path, Unsealed unsealed) {
  const h5::SealedFile file = h5::open_results(path, unsealed);
  const Complete complete = file.seal.rows.empty() ? Complete{} : file.complete();
  Sha256 sha;
  for_each_object(file, is_beside, [&](hid_t object, const std::string& name) {
    if (H5Iget_type(object) == H5I_DATASET) add_dataset(sha, object, name, complete);
  });
  return sha.hex();
}

/// The digest of each variable and attribute.
struct Digests {
  std::map<std::string, std::string> variables, attributes;
};

/// Who made a file and when; and where its objects lie, which is another in every file.
bool may_differ(const std::string& attribute) {
  return attribute == "history" || attribute == "DIMENSION_LIST" || attribute == "REFERENCE_LIST";
}

std::vector<std::string> attributes_of(hid_t object) {
  std::vector<std::string> names;
  const auto keep = [](hid_t, const char* name, const H5A_info_t*, void* to) {
    static_cast<std::vector<std::string>*>(to)->emplace_back(name);
    return herr_t{0};
  };
  h5::check(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, keep, &names), "list the attributes");
  std::erase_if(names, may_differ);
  return names;
}

/// Type and value: a text, or the bytes of numbers.
std::string digest_of_attribute(hid_t object, const char* name) {
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), &H5Aclose, "find an attribute");
  const Handle type(H5Aget_type(attribute), &H5Tclose, "read a type");
  Sha256 sha;
  sha.add(static_cast<int>(H5Tget_class(type)));
  if (H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) > 0) {
    sha.add(h5::text_attribute(object, name));
    return sha.hex();
  }
  const Handle space(H5Aget_space(attribute), &H5Sclose, "read a shape");
  const auto count = static_cast<std::size_t>(std::max<hssize_t>(1, H5Sget_simple_extent_npoints(space)));
  std::vector<char> bytes(count * H5Tget_size(type));
  h5::check(H5Aread(attribute, type, bytes.data()), "read an attribute");
  sha.add(std::string_view(bytes.data(), bytes.size()));
  return sha.hex();
}

Digests digests_of_each(const std::string& path) {
  const h5::SealedFile file = h5::open_results(path, Unsealed::allow);
  Digests all;
  const auto add = [&](hid_t object, const std::string& name) {
    for (const std::string& attribute : attributes_of(object))
      all.attributes[name + " " + attribute] = digest_of_attribute(object, attribute.c_str());
    if (H5Iget_type(object) != H5I_DATASET) return;
    Sha256 sha;
    add_dataset(sha, object, name, {});
    all.variables[name] = sha.hex();
  };
  add(Handle(H5Gopen2(file, "/", H5P_DEFAULT), &H5Gclose, "open a group"), "/");
  for_each_object(
      file, [](const std::string& name) { return name == "/provenance/command_line"; }, add);
  return all;
}

std::vector<std::string> that_differ(const std::map<std::string, std::string>& first,
                                     const std::map<std::string, std::string>& second) {
  std::set<std::string> differ;
  for (const auto& [name, number] : first)
    if (const auto at = second.find(name); at == second.end() || at->second != number) differ.insert(name);
  for (const auto& [name, number] : second)
    if (!first.contains(name)) differ.insert(name);
  return {differ.begin(), differ.end()};
}

}  // namespace

std::string digest(const std::string& path, Unsealed unsealed) {
  return h5::reading(path, [&] { return digest_of_all(path, unsealed); });
}

Differences differences(const std::string& one, const std::string& other) {
  const auto of = [](const std::string& path) { return h5::reading(path, [&] { return digests_of_each(path); }); };
  const Digests first = of(one), second = of(other);
  return {that_differ(first.variables, second.variables), that_differ(first.attributes, second.attributes)};
}

}  // namespace sleutel
