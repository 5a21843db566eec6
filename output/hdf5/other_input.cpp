#include "output/hdf5/other_input.h"

#include <map>
#include <vector>

#include "output/hdf5/panel.h"
#include "output/hdf5/readable.h"

namespace sleutel {
namespace {

using Texts = std::map<std::string, std::string>;  ///< by name

Texts files_in(hid_t file) {
  const std::vector<std::string> names = h5::texts_in(file, "/provenance/file");
  const std::vector<std::string> texts = h5::texts_in(file, "/provenance/file_text");
  Texts all;
  for (std::size_t i = 0; i < names.size() && i < texts.size(); ++i) all[names[i]] = texts[i];
  return all;
}

Texts files_of(const StudyPlan& plan) {
  Texts all;
  for (const CarriedFile& file : plan.files) all[file.name] = file.text;
  return all;
}

/// The name of the first file that is not the same in both.
std::string other_file(const Texts& stored, const Texts& now) {
  for (const auto& [name, text] : stored)
    if (const auto at = now.find(name); at == now.end() || at->second != text) return name;
  for (const auto& [name, text] : now)
    if (!stored.contains(name)) return name;
  return "";
}

std::string first_other(hid_t file, const StudyPlan& plan, const std::string& version) {
  const auto holds = [&](const char* name, const std::string& text) {
    return h5::texts_in(file, std::string("/provenance/") + name) == std::vector<std::string>{text};
  };
  if (h5::text_attribute(file, "sleutel_version") != version) return "version of the program";
  if (!holds("study_text", plan.study.text)) return "study";
  if (h5::panel_of(file) != plan.panel) return "panel";
  std::string name = other_file(files_in(file), files_of(plan));
  if (!name.empty()) return name;
  const bool same_model = plan.arms.empty() || holds("model_text", plan.arms.front().model->model_yaml);
  return same_model ? "" : plan.study.model;
}

}  // namespace

std::string other_input(const std::string& path, const StudyPlan& plan, const std::string& version) {
  const h5::Silence silence;
  try {
    return first_other(h5::open_sealed(path), plan, version);
  } catch (const h5::Failure&) {
    return "study";
  }
}

}  // namespace sleutel
