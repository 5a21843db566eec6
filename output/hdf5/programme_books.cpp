#include "output/hdf5/programme_books.h"

#include <algorithm>

#include "output/hdf5/programme_columns.h"
#include "output/hdf5/read.h"
#include "output/hdf5/readable.h"
#include "sim/base/numbers.h"

namespace sleutel {
namespace {

bool has_group(hid_t file, const char* path) { return H5Lexists(file, path, H5P_DEFAULT) > 0; }

/// All numbers of a variable, which must be so many.
std::vector<std::int64_t> numbers_in(hid_t file, const std::string& path, std::size_t expected) {
  const h5::Handle variable(H5Dopen2(file, path.c_str(), H5P_DEFAULT), &H5Dclose, "find a variable");
  std::size_t count = 1;
  for (const hsize_t length : h5::shape_of(variable)) count *= length;
  if (count != expected) throw h5::Failure("could not understand the shape of " + path, "");
  std::vector<std::int64_t> numbers(expected);
  h5::check(H5Dread(variable, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()), "read a variable");
  return numbers;
}

/// Fills one field of every record, [row][each], where the row's year is in the file.
template <class Record>
void fill(const std::vector<std::int64_t>& numbers, const std::vector<std::uint8_t>& complete,
          std::int64_t Record::*field, std::vector<Record>& records) {
  const std::size_t each = records.size() / complete.size();
  for (std::size_t i = 0; i < records.size(); ++i)
    if (complete[i / each] != 0) records[i].*field = numbers[i];
}

void read_programmes(hid_t file, ProgrammeBooks& books) {
  if (!has_group(file, "/programmes/programme")) return;
  books.programmes = h5::texts_in(file, "/programmes/programme");
  books.partners = h5::texts_in(file, "/programmes/partner");
  books.of_programmes.resize(books.complete.size() * books.programmes.size());
  for (const h5::ProgrammeColumn& column : h5::programme_columns())
    fill(numbers_in(file, std::string("/programmes/") + column.name, books.of_programmes.size()), books.complete,
         column.field, books.of_programmes);
  const auto by_payer = numbers_in(file, "/programmes/cents_by_payer", books.of_programmes.size() * kPayers);
  for (std::size_t i = 0; i < books.of_programmes.size(); ++i)
    if (books.complete[i / books.programmes.size()] != 0)
      std::copy_n(by_payer.begin() + static_cast<std::ptrdiff_t>(i * kPayers), kPayers,
                  books.of_programmes[i].cents_by_payer.begin());
}

void read_budgets(hid_t file, ProgrammeBooks& books) {
  if (!has_group(file, "/budgets")) return;
  const auto names = h5::texts_in(file, "/budgets/budget_name");
  const auto of = h5::texts_in(file, "/budgets/budget_scenario");
  const auto cents = h5::texts_in(file, "/budgets/budget_cents");
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto scenario = std::find(books.scenarios.begin(), books.scenarios.end(), of.at(i));
    const auto much = parse_whole(cents.at(i));
    if (scenario == books.scenarios.end() || !much) throw h5::Failure("could not understand the budgets", "");
    books.budgets.push_back({names[i], static_cast<int>(scenario - books.scenarios.begin()), *much});
  }
  books.of_budgets.resize(books.complete.size() * books.budgets.size());
  for (const h5::BudgetColumn& column : h5::budget_columns())
    fill(numbers_in(file, std::string("/budgets/") + column.name, books.of_budgets.size()), books.complete,
         column.field, books.of_budgets);
}

ProgrammeBooks read_books(const std::string& path) {
  const Results frame = read_finished_years(path);
  const h5::SealedFile file = h5::open_results(path);
  ProgrammeBooks books;
  books.file = path;
  books.study = frame.study;
  books.question = frame.question;
  books.start_year = frame.start_year;
  books.years = frame.years;
  books.scenarios = frame.scenarios;
  books.notes = frame.notes;
  books.complete = file.complete();
  const std::size_t of_one_run = books.scenarios.size() * static_cast<std::size_t>(books.years);
  if (of_one_run == 0 || books.complete.size() % of_one_run != 0)
    throw h5::Failure("could not understand the shape of complete", "");
  books.runs = static_cast<int>(books.complete.size() / of_one_run);
  read_programmes(file, books);
  read_budgets(file, books);
  return books;
}

}  // namespace

ProgrammeBooks read_programme_books(const std::string& path) {
  return h5::reading(path, [&] { return read_books(path); });
}

}  // namespace sleutel
