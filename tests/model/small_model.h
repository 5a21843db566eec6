#pragma once
// The small model of tests/model/data, as it is or with a piece of a file replaced, in a folder of its own.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "sim/base/files.h"
#include "sim/base/problems.h"
#include "sim/model/read_model.h"
#include "sim/model/read_programme.h"

namespace sleutel::small {

/// What a scenario sets, as if it stood on line 7.
inline ParameterChange change(const std::string& path, double value) {
  ParameterChange set;
  set.path = path;
  set.value = value;
  set.line = 7;
  return set;
}

/// A copy of tests/model/data that goes when the object goes.
class Copy {
 public:
  Copy() {
    static int count = 0;
    folder_ =
        std::filesystem::temp_directory_path() /
        ("sleutel-model-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + "-" + std::to_string(count++));
    std::filesystem::copy(std::string(SLEUTEL_SOURCE_DIR) + "/tests/model/data", folder_,
                          std::filesystem::copy_options::recursive);
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;
  ~Copy() { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  /// Replaces a piece of a file that is there exactly once.
  Copy& replace(const std::string& file, const std::string& old_text, const std::string& new_text) {
    std::string text = read_file(path(file));
    const auto at = text.find(old_text);
    if (at == std::string::npos || text.find(old_text, at + 1) != std::string::npos) {
      throw std::logic_error("not exactly once: " + old_text);
    }
    text.replace(at, old_text.size(), new_text);
    std::ofstream(path(file), std::ios::binary) << text;
    return *this;
  }
  Copy& add(const std::string& file, const std::string& lines) {
    std::ofstream(path(file), std::ios::binary | std::ios::app) << lines;
    return *this;
  }

  std::shared_ptr<const Model> model(std::vector<ParameterChange> set = {}) const {
    return read_model(path("model.yaml"),
                      {.evidence = path("evidence"), .set = std::move(set), .set_file = "study.yaml"});
  }
  std::vector<Programme> programmes() const {
    return read_programmes(path("programmes"), *model(), {"Noord", "Zuid"}, path("evidence"));
  }

  /// Everything that is wrong, as "file:line: where: what | suggestion", a line each; empty if nothing is.
  template <class Read>
  std::string problems_of(Read read) const {
    std::string text;
    try {
      read();
    } catch (const InputError& error) {
      for (const Problem& problem : error.problems) {
        const auto plain = [&](std::string words) {
          const std::string here = folder_.string() + "/";
          for (auto at = words.find(here); at != std::string::npos; at = words.find(here)) words.erase(at, here.size());
          return words;
        };
        const std::string name = problem.file.substr(std::min(problem.file.size(), folder_.string().size() + 1));
        text += (text.empty() ? "" : "\n") + (problem.file == "study.yaml" ? problem.file : name) + ":" +
                std::to_string(problem.line) + ": " + problem.where + ": " + plain(problem.what) +
                (problem.suggestion.empty() ? "" : " | " + plain(problem.suggestion));
      }
    }
    return text;
  }
  std::string problems() const {
    return problems_of([&] { model(); });
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace sleutel::small
