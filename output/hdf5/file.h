#pragma once
/// \file
/// Makes results files from a layout. Private to output/hdf5/.

#include <string>
#include <vector>

#include "output/hdf5/handle.h"
#include "output/hdf5/layout.h"
#include "output/hdf5/seal.h"

namespace sleutel::h5 {

/// How raw data lies in the file.
enum class Storage : std::uint8_t {
  streamed,    ///< contiguous, allocated and filled at once: a year is written in place (rows.h) and survives a kill
  compressed,  ///< chunks with deflate and shuffle, written once
};

/// A new file in memory with all groups, axes, attributes and texts, and all variables at full size with fill values.
/// Files are made in memory because the library does not survive a disk that fills up while it writes structure.
Handle make_file(const std::vector<GroupLayout>& groups, Storage storage);

/// Writes a file in memory with its seal (seal.h) to `path`, which must not exist. Throws Failure, and then leaves
/// nothing there.
void write_new(const std::string& path, const Handle& file, const SealedParts& parts);

/// Path of a variable inside the file, such as /buurt/deaths.
std::string path_in_file(const GroupLayout& group, const std::string& name);

hid_t memory_type(Element element);
std::size_t bytes_of(Element element);

}  // namespace sleutel::h5
