#pragma once
/// \file
/// The ledger of a calibration: every simulated point and what came of it, a line each, written as soon as it is known.
/// A search that was stopped reads it and goes on; since the search is a function of its inputs, it comes to the same
/// points again. A line that was cut off is as good as none.

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/calibrate/search.h"

namespace sleutel::calibrate {

class Ledger {
 public:
  using Replicates = std::vector<std::vector<double>>;  ///< [replicate][target]

  /// Opens or makes the file. `identity` names everything that decides what comes of a point; a ledger of another is
  /// refused. Errors: EnvironmentError (would_overwrite, input_output).
  Ledger(const std::string& path, const std::string& identity);

  /// What came of this point as number so many; null if it is not there.
  const Replicates* find(std::size_t number, const Point& point) const;
  /// Throws EnvironmentError if it cannot be written.
  void add(std::size_t number, const Point& point, const Replicates& replicates);
  std::size_t size() const { return runs_.size(); }
  const std::string& path() const { return path_; }

 private:
  struct Run {
    Point point;
    Replicates replicates;
  };
  void read(const std::string& text, const std::string& identity);
  void read_line(std::string_view line);

  std::string path_;
  std::map<std::size_t, Run> runs_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

}  // namespace sleutel::calibrate
