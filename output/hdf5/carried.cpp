#include "output/hdf5/carried.h"

#include <algorithm>

#include "output/hdf5/panel.h"
#include "output/hdf5/readable.h"

namespace sleutel {
namespace {

Carried carried_in(const std::string& path) {
  const h5::SealedFile file = h5::open_results(path, Unsealed::allow);
  Carried carried;
  carried.file = path;
  carried.version = h5::text_attribute(file, "sleutel_version");
  carried.inputs = h5::text_attribute(file, "inputs_digest");
  if (H5Aexists(file, "scheme_version") > 0)
    carried.scheme = static_cast<int>(h5::whole_attribute(file, "scheme_version"));
  carried.panel = h5::panel_of(file);
  carried.sealed = file.seal.state == h5::SealState::whole;
  const std::vector<std::uint8_t> complete = file.complete();
  carried.finished = static_cast<int>(std::count(complete.begin(), complete.end(), 1));
  carried.all = static_cast<int>(complete.size());
  carried.study_text = h5::texts_in(file, "/provenance/study_text").front();
  const auto names = h5::texts_in(file, "/provenance/file");
  const auto texts = h5::texts_in(file, "/provenance/file_text");
  if (names.size() != texts.size()) throw h5::Failure("could not understand the files that it carries", "");
  for (std::size_t i = 0; i < names.size(); ++i) carried.files.push_back({names[i], texts[i]});
  return carried;
}

}  // namespace

Carried read_carried(const std::string& path) {
  return h5::reading(path, [&] { return carried_in(path); });
}

}  // namespace sleutel
