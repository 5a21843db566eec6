#include "output/hdf5/file.h"

#include <fcntl.h>
#include <hdf5_hl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <numeric>

#include "output/hdf5/axes.h"

namespace sleutel::h5 {
namespace {

constexpr hsize_t kLargestChunk = 1 << 20;    ///< [bytes], HDF5's default chunk cache
constexpr std::size_t kMemoryStep = 8 << 20;  ///< [bytes] by which a file in memory grows
/// [bytes] written at once: written in large pieces, the system keeps the file in large pages, and each row that is
/// then written into it costs four times as much.
constexpr std::size_t kPiece = 4096;
constexpr unsigned kDeflate = 4;  ///< beyond this the file hardly shrinks

void write_scalar(hid_t object, const char* name, hid_t type, const void* value) {
  const Handle space(H5Screate(H5S_SCALAR), &H5Sclose, "make an attribute");
  const Handle attribute(H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT), &H5Aclose,
                         "make an attribute");
  check(H5Awrite(attribute, type, value), "write an attribute");
}

void write_attribute(hid_t object, const Attribute& attribute) {
  const char* name = attribute.name.c_str();
  if (const auto* text = std::get_if<std::string>(&attribute.value)) {
    const char* first = text->c_str();
    write_scalar(object, name, text_type(), static_cast<const void*>(&first));
  }
  if (const auto* real = std::get_if<double>(&attribute.value)) write_scalar(object, name, H5T_IEEE_F64LE, real);
  if (const auto* whole = std::get_if<std::int64_t>(&attribute.value)) write_scalar(object, name, H5T_STD_I64LE, whole);
  if (const auto* natural = std::get_if<std::uint64_t>(&attribute.value))
    write_scalar(object, name, H5T_STD_U64LE, natural);
}

/// Creation properties of every dataset: no times, attributes in the order they were made.
Handle dataset_properties() {
  Handle properties(H5Pcreate(H5P_DATASET_CREATE), &H5Pclose, "prepare a dataset");
  check(H5Pset_obj_track_times(properties, false), "prepare a dataset");
  check(H5Pset_attr_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "prepare a dataset");
  return properties;
}

Handle write_dataset(hid_t group, const std::string& name, hid_t type, hid_t space, const void* values) {
  Handle dataset(H5Dcreate2(group, name.c_str(), type, space, H5P_DEFAULT, dataset_properties(), H5P_DEFAULT),
                 &H5Dclose, "make a dataset");
  check(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "write a dataset");
  return dataset;
}

Handle write_labels(hid_t group, const std::string& name, const std::vector<std::string>& labels) {
  std::vector<const char*> first;
  for (const auto& label : labels) first.push_back(label.c_str());
  const hsize_t count = first.size();
  const Handle space(H5Screate_simple(1, &count, nullptr), &H5Sclose, "make labels");
  return write_dataset(group, name, text_type(), space, first.data());
}

Handle write_numbers(hid_t group, const Axis& axis) {
  const hsize_t count = axis.numbers.size();
  const Handle space(H5Screate_simple(1, &count, nullptr), &H5Sclose, "make an axis");
  return write_dataset(group, axis.name, H5T_STD_I32LE, space, axis.numbers.data());
}

/// A dimension scale; `dimension` is its number in the whole file, as netCDF wants.
Handle write_axis(hid_t group, const Axis& axis, int dimension) {
  Handle scale = axis.labels.empty() ? write_numbers(group, axis) : write_labels(group, axis.name, axis.labels);
  check(H5DSset_scale(scale, axis.name.c_str()), "make an axis");
  write_scalar(scale, "_Netcdf4Dimid", H5T_STD_I32LE, &dimension);
  write_attribute(scale, Attribute{"long_name", axis.long_name});
  return scale;
}

void write_text(hid_t group, const Text& text) {
  const Handle space(H5Screate(H5S_SCALAR), &H5Sclose, "make a text");
  const char* first = text.text.c_str();
  const Handle dataset = write_dataset(group, text.name, text_type(), space, static_cast<const void*>(&first));
  write_attribute(dataset, Attribute{"long_name", text.long_name});
}

hid_t file_type(Element element) {
  switch (element) {
    case Element::real:
      return H5T_IEEE_F64LE;
    case Element::count:
      return H5T_STD_I64LE;
    case Element::small:
      return H5T_STD_U16LE;
    case Element::medium:
      return H5T_STD_I32LE;
    case Element::flag:
    case Element::byte:
      break;
  }
  return H5T_STD_U8LE;
}

/// The largest chunk that holds whole blocks of the last axes.
std::vector<hsize_t> chunk_of(std::vector<hsize_t> shape, hsize_t element_bytes) {
  const auto bytes = [&] {
    return std::accumulate(shape.begin(), shape.end(), element_bytes, [](hsize_t a, hsize_t b) { return a * b; });
  };
  for (std::size_t axis = 0; axis < shape.size() && bytes() > kLargestChunk; ++axis)
    while (shape[axis] > 1 && bytes() > kLargestChunk) shape[axis] = (shape[axis] + 1) / 2;
  return shape;
}

void set_storage(hid_t properties, const std::vector<hsize_t>& shape, Element element, Storage storage) {
  if (storage == Storage::streamed) {
    check(H5Pset_layout(properties, H5D_CONTIGUOUS), "prepare a variable");
    check(H5Pset_alloc_time(properties, H5D_ALLOC_TIME_EARLY), "prepare a variable");
    check(H5Pset_fill_time(properties, H5D_FILL_TIME_ALLOC), "prepare a variable");
    return;
  }
  const auto chunk = chunk_of(shape, H5Tget_size(file_type(element)));
  check(H5Pset_chunk(properties, static_cast<int>(chunk.size()), chunk.data()), "prepare a variable");
  check(H5Pset_shuffle(properties), "prepare a variable");
  check(H5Pset_deflate(properties, kDeflate), "prepare a variable");
}

struct Fill {
  double real = std::numeric_limits<double>::quiet_NaN();
  std::int64_t count = kNoCount;
  std::uint8_t flag = 0;
  std::uint8_t byte = kNoByte;
  std::uint16_t small = kNoSmall;
  std::int32_t medium = kNoMedium;
  const void* of(Element element) const {
    switch (element) {
      case Element::real:
        return &real;
      case Element::count:
        return &count;
      case Element::byte:
        return &byte;
      case Element::small:
        return &small;
      case Element::medium:
        return &medium;
      case Element::flag:
        break;
    }
    return &flag;
  }
};

/// Numbers from 0 beside the words of the attribute flag_meanings, if there is one.
void write_flag_values(hid_t dataset, const Variable& variable) {
  std::vector<std::uint8_t> values;
  for (const auto& attribute : variable.attributes)
    if (attribute.name == "flag_meanings")
      values.resize(1 + std::count(std::get<std::string>(attribute.value).begin(),
                                   std::get<std::string>(attribute.value).end(), ' '));
  if (values.empty()) return;
  std::iota(values.begin(), values.end(), std::uint8_t{0});
  const hsize_t count = values.size();
  const Handle space(H5Screate_simple(1, &count, nullptr), &H5Sclose, "make an attribute");
  const Handle attribute(H5Acreate2(dataset, "flag_values", H5T_STD_U8LE, space, H5P_DEFAULT, H5P_DEFAULT), &H5Aclose,
                         "make an attribute");
  check(H5Awrite(attribute, H5T_NATIVE_UINT8, values.data()), "write an attribute");
}

/// Names of further labels of the axes that a variable has, as CF wants them.
std::string coordinates_of(const GroupLayout& group, const Variable& variable) {
  std::string names;
  for (const auto& extra : group.extra)
    if (extra.axis < variable.axes) names += (names.empty() ? "" : " ") + extra.name;
  return names;
}

void write_variable(hid_t place, const GroupLayout& group, const Variable& variable, AxesOfVariables& axes,
                    Storage storage) {
  std::vector<hsize_t> shape;
  for (std::size_t axis = 0; axis < variable.axes; ++axis) shape.push_back(group.axes[axis].size());
  const hid_t type = file_type(variable.element);
  const Fill fill;
  const Handle properties = dataset_properties();
  set_storage(properties, shape, variable.element, storage);
  check(H5Pset_fill_value(properties, memory_type(variable.element), fill.of(variable.element)), "prepare a variable");
  const Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), &H5Sclose,
                     "make a shape");
  const Handle dataset(H5Dcreate2(place, variable.name.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT),
                       &H5Dclose, "make a variable");
  std::vector<std::size_t> first_axes(variable.axes);
  std::iota(first_axes.begin(), first_axes.end(), std::size_t{0});
  axes.give(dataset, variable.name, first_axes);
  write_flag_values(dataset, variable);
  if (variable.element != Element::flag) write_scalar(dataset, "_FillValue", type, fill.of(variable.element));
  for (const auto& attribute : variable.attributes) write_attribute(dataset, attribute);
  const std::string coordinates = coordinates_of(group, variable);
  if (!coordinates.empty()) write_attribute(dataset, Attribute{"coordinates", coordinates});
}

Handle open_group(hid_t file, const GroupLayout& group) {
  if (group.path == "/") return {H5Gopen2(file, "/", H5P_DEFAULT), &H5Gclose, "open a group"};
  const Handle properties(H5Pcreate(H5P_GROUP_CREATE), &H5Pclose, "prepare a group");
  check(H5Pset_link_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "prepare a group");
  check(H5Pset_attr_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "prepare a group");
  check(H5Pset_obj_track_times(properties, false), "prepare a group");
  return {H5Gcreate2(file, group.path.c_str(), H5P_DEFAULT, properties, H5P_DEFAULT), &H5Gclose, "make a group"};
}

bool write_all(int file, const char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t written = write(file, bytes, std::min(count, kPiece));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes += written;
    count -= static_cast<std::size_t>(written);
  }
  return true;
}

/// Returns the number of the next dimension.
int write_group(hid_t file, const GroupLayout& group, int dimension, Storage storage) {
  if (group.path.empty()) return dimension;
  const Handle place = open_group(file, group);
  for (const auto& attribute : group.attributes) write_attribute(place, attribute);
  std::vector<Handle> scales;
  for (const auto& axis : group.axes) scales.push_back(write_axis(place, axis, dimension++));
  AxesOfVariables axes(place, scales);
  for (const auto& extra : group.extra) {
    const Handle labels = write_labels(place, extra.name, extra.labels);
    axes.give(labels, extra.name, {extra.axis});
    write_attribute(labels, Attribute{"long_name", extra.long_name});
  }
  for (const auto& variable : group.variables) write_variable(place, group, variable, axes, storage);
  axes.finish();
  for (const auto& text : group.texts) write_text(place, text);
  return dimension;
}

}  // namespace

std::size_t bytes_of(Element element) { return H5Tget_size(memory_type(element)); }

hid_t memory_type(Element element) {
  switch (element) {
    case Element::real:
      return H5T_NATIVE_DOUBLE;
    case Element::count:
      return H5T_NATIVE_INT64;
    case Element::small:
      return H5T_NATIVE_UINT16;
    case Element::medium:
      return H5T_NATIVE_INT32;
    case Element::flag:
    case Element::byte:
      break;
  }
  return H5T_NATIVE_UINT8;
}

std::string path_in_file(const GroupLayout& group, const std::string& name) {
  return group.path == "/" ? "/" + name : group.path + "/" + name;
}

Handle make_file(const std::vector<GroupLayout>& groups, Storage storage) {
  const Handle creation(H5Pcreate(H5P_FILE_CREATE), &H5Pclose, "prepare a file");
  check(H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "prepare a file");
  check(H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "prepare a file");
  check(H5Pset_obj_track_times(creation, false), "prepare a file");
  check(H5Pset_istore_k(creation, 2), "prepare a file");  // few chunks each: the usual index takes 5 KB a variable
  const Handle access = file_access();
  check(H5Pset_fapl_core(access, kMemoryStep, false), "prepare a file");
  Handle file(H5Fcreate("in-memory", H5F_ACC_TRUNC, creation, access), &H5Fclose, "make a file");
  int dimension = 0;
  for (const auto& group : groups) dimension = write_group(file, group, dimension, storage);
  return file;
}

void write_new(const std::string& path, const Handle& file, const SealedParts& parts) {
  check(H5Fflush(file, H5F_SCOPE_GLOBAL), "write it");
  const ssize_t bytes = H5Fget_file_image(file, nullptr, 0);
  check(bytes > 0 ? 0 : -1, "write it");
  std::vector<char> image(static_cast<std::size_t>(bytes));
  check(H5Fget_file_image(file, image.data(), image.size()) == bytes ? 0 : -1, "write it");
  const std::string seal = seal_for(image, parts);
  const int to = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (to < 0) throw Failure("could not create it", std::strerror(errno));
  const bool written = write_all(to, image.data(), image.size()) && write_all(to, seal.data(), seal.size());
  const int error = errno;
  if (close(to) == 0 && written) return;
  unlink(path.c_str());
  throw Failure("could not write it", std::strerror(written ? errno : error));
}

}  // namespace sleutel::h5
