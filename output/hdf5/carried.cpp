#include "output/hdf5/carried.h"

#include "output/hdf5/claim.h"
#include "output/hdf5/panel.h"
#include "output/hdf5/readable.h"

namespace sleutel {
namespace {

Carried carried_in(const std::string& path) {
  const h5::Handle file = h5::open_results(path);
  Carried carried;
  carried.file = path;
  carried.version = h5::text_attribute(file, "sleutel_version");
  carried.inputs = h5::text_attribute(file, "inputs_digest");
  if (H5Aexists(file, "scheme_version") > 0)
    carried.scheme = static_cast<int>(h5::whole_attribute(file, "scheme_version"));
  carried.panel = h5::panel_of(file);
  const Stored stored = stored_at(path);
  carried.finished = stored.finished;
  carried.all = stored.all;
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
