#include "output/hdf5/panel_size.h"

#include <algorithm>

#include "output/hdf5/file.h"
#include "output/hdf5/open_variables.h"
#include "output/hdf5/panel.h"

namespace sleutel {
namespace {

/// [bytes] of a resident's labels: six texts of a dozen letters, each with its place.
constexpr std::uint64_t kLabels = 6 * 40;
constexpr std::uint64_t kHeaderAndIndex = 3300;  ///< [bytes] of a variable's header and the index of its chunks

std::uint64_t stored_in(hid_t file, const h5::GroupLayout& group) {
  h5::check(H5Fflush(file, H5F_SCOPE_GLOBAL), "write it");
  std::uint64_t bytes = 0;
  for (const h5::Variable& variable : group.variables) {
    const h5::Handle dataset(H5Dopen2(file, h5::path_in_file(group, variable.name).c_str(), H5P_DEFAULT), &H5Dclose,
                             "open a variable");
    bytes += H5Dget_storage_size(dataset);
  }
  return bytes;
}

void write_year(const std::vector<h5::PanelVariable>& variables, const PanelYear& months, std::size_t year,
                std::vector<h5::OpenVariable>& opened) {
  std::vector<std::uint32_t> room;
  for (std::size_t i = 0; i < variables.size(); ++i) {
    variables[i].fill(months, room);
    opened[i].write_row({0, 0, 0, year}, room.data());
  }
}

/// Bytes of one run when this many of its years are written.
std::vector<std::uint64_t> growing(const StudyPlan& plan, const std::vector<PanelYear>& years) {
  StudyPlan one = plan;
  one.arms.resize(1);
  one.study.replicates = 1;
  const std::vector<h5::GroupLayout> groups = {h5::layout_of(one, {})[h5::kPanel]};
  const auto variables = h5::panel_variables(one);
  std::vector<std::uint64_t> bytes;
  for (std::size_t until = 1; until <= years.size(); ++until) {
    const h5::Handle file = h5::make_file(groups, h5::Storage::compressed);
    auto opened = h5::open_variables(file, groups);
    for (std::size_t year = 0; year < until; ++year) write_year(variables, years[year], year, opened[0]);
    bytes.push_back(stored_in(file, groups[0]));
  }
  return bytes;
}

/// At the end of a year; never 0.
double share_living_here(const PanelYear& year) {
  double here = 0.5;
  for (std::size_t last = 11; last < year.size(); last += 12) here += year[last].status == PanelMonth::lives_here;
  return std::min(1.0, here / (static_cast<double>(year.size()) / 12));
}

}  // namespace

std::uint64_t panel_bytes(const StudyPlan& plan, const std::vector<PanelYear>& years) {
  if (plan.panel.empty() || years.empty()) return 0;
  const h5::Silence silence;
  const auto bytes = growing(plan, years);
  auto of_run = static_cast<double>(bytes.back());
  if (years.size() > 1) {
    const double last = of_run - static_cast<double>(bytes[bytes.size() - 2]);
    const double passed = static_cast<double>(years.size());
    const double gone_per_year = (1 / share_living_here(years.back()) - 1) / passed;
    for (double year = passed + 1; year <= plan.study.years; ++year)
      of_run += last * (1 + gone_per_year * passed) / (1 + gone_per_year * year);
  }
  const double runs = static_cast<double>(plan.arms.size()) * plan.study.replicates;
  return static_cast<std::uint64_t>(of_run * runs) + kLabels * plan.panel.size() +
         kHeaderAndIndex * h5::panel_variables(plan).size();
}

}  // namespace sleutel
