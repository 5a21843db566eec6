#pragma once
/// \file
/// Where the variables of a streamed file lie. Private to output/hdf5/.

#include <vector>

#include "output/hdf5/file.h"
#include "output/hdf5/seal.h"

namespace sleutel::h5 {

struct Places {
  SealedParts parts;                              ///< without the length of the image
  std::vector<std::vector<std::size_t>> columns;  ///< [group][variable] number of its column; nothing of `complete`
};

/// Of a file that was made by this layout with Storage::streamed, in memory or on disk. Throws Failure.
Places places_of(hid_t file, const std::vector<GroupLayout>& groups);

}  // namespace sleutel::h5
