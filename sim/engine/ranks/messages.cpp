#include "sim/engine/ranks/messages.h"

#include <cstring>
#include <new>

namespace sleutel::ranks {

namespace {

constexpr std::size_t kHead = 15;

/// How many numbers a record of nothing but numbers is.
template <class Record>
constexpr std::size_t kNumbers = sizeof(Record) / sizeof(std::int64_t);

/// Adds records of nothing but numbers.
template <class Record>
void add_records(Numbers& numbers, const std::vector<Record>& records) {
  static_assert(std::is_trivially_copyable_v<Record> && sizeof(Record) % sizeof(std::int64_t) == 0);
  if (records.empty()) return;
  const std::size_t at = numbers.size();
  numbers.resize(at + records.size() * kNumbers<Record>);
  std::memcpy(numbers.data() + at, records.data(), records.size() * sizeof(Record));
}

/// Takes as many as there is room for; returns where they end.
template <class Record>
const std::int64_t* take_records(const std::int64_t* next, std::vector<Record>& records) {
  if (!records.empty()) std::memcpy(static_cast<void*>(records.data()), next, records.size() * sizeof(Record));
  return next + records.size() * kNumbers<Record>;
}

std::size_t numbers_of_panel(std::size_t months) {
  return (months * sizeof(PanelMonth) + sizeof(std::int64_t) - 1) / sizeof(std::int64_t);
}

std::size_t numbers_of_ages(const AgeTally& ages) {
  return ages.outcomes.size() + (2 * ages.measures() + 1) * kAgeCells;
}

/// Takes the sums by age from a message; returns where they end.
const std::int64_t* take_ages(const std::int64_t* next, std::size_t outcomes, AgeTally& ages) {
  for (std::size_t i = 0; i < outcomes; ++i) ages.outcomes.push_back(static_cast<int>(*next++));
  const std::size_t sums = ages.measures() * kAgeCells;
  ages.period.assign(next, next + sums);
  ages.cohort.assign(next + sums, next + 2 * sums);
  next += 2 * sums;
  ages.at_start.assign(next, next + kAgeCells);
  return next + kAgeCells;
}

/// Of all numbers but the last.
std::int64_t check_sum(const Numbers& numbers) {
  std::uint64_t sum = numbers.size();
  for (std::size_t i = 0; i + 1 < numbers.size(); ++i)
    sum = (sum ^ static_cast<std::uint64_t>(numbers[i])) * 0x9e3779b97f4a7c15ULL + (sum >> 29);
  return static_cast<std::int64_t>(sum);
}

}  // namespace

Failure failure_of(const std::exception_ptr& why) {
  Failure failure;
  try {
    std::rethrow_exception(why);
  } catch (const EnvironmentError& error) {
    failure.code = static_cast<int>(error.code);
    failure.text = error.what();
  } catch (const InputError& error) {
    failure.code = static_cast<int>(error.code);
    for (const Problem& problem : error.problems)
      failure.text +=
          (failure.text.empty() ? "" : "; ") + (problem.file.empty() ? "" : problem.file + ": ") + problem.what;
  } catch (const std::bad_alloc&) {
    failure.text = "not enough memory: use fewer --threads or fewer ranks on one machine";
  } catch (const std::exception& error) {
    failure.text = error.what();
  }
  return failure;
}

Numbers packed(const YearRecord& record) {
  const std::vector<ProgrammeYear>& programmes = *record.programmes;
  const std::vector<BudgetYear> none;
  const std::vector<BudgetYear>& budgets = record.budgets != nullptr ? *record.budgets : none;
  const std::size_t months = record.panel != nullptr ? record.panel->size() : 0;
  Numbers numbers;
  const AgeTally& ages = *record.ages;
  numbers.reserve(kHead + kNumbers<ProgrammeYear> * programmes.size() + kNumbers<BudgetYear> * budgets.size() +
                  record.tally->sums.size() + numbers_of_ages(ages) + numbers_of_panel(months) + 1);
  const Books& books = record.books;
  numbers = {record.scenario,
             record.draw,
             record.replicate,
             record.year,
             record.clipped,
             static_cast<std::int64_t>(programmes.size()),
             books.before,
             books.births,
             books.arrivals,
             books.deaths,
             books.departures,
             books.after,
             static_cast<std::int64_t>(months),
             static_cast<std::int64_t>(ages.outcomes.size()),
             static_cast<std::int64_t>(budgets.size())};
  add_records(numbers, programmes);
  add_records(numbers, budgets);
  numbers.insert(numbers.end(), record.tally->sums.begin(), record.tally->sums.end());
  numbers.insert(numbers.end(), ages.outcomes.begin(), ages.outcomes.end());
  for (const auto* sums : {&ages.period, &ages.cohort, &ages.at_start})
    numbers.insert(numbers.end(), sums->begin(), sums->end());
  const std::size_t at = numbers.size();
  numbers.resize(at + numbers_of_panel(months) + 1);
  if (months > 0) std::memcpy(numbers.data() + at, record.panel->data(), months * sizeof(PanelMonth));
  numbers.back() = check_sum(numbers);
  return numbers;
}

bool is_whole(const Numbers& year) { return year.size() > kHead && year.back() == check_sum(year); }

UnpackedYear::UnpackedYear(const Numbers& numbers, const TallyShape& shape) {
  record.scenario = static_cast<int>(numbers[0]);
  record.draw = static_cast<int>(numbers[1]);
  record.replicate = static_cast<int>(numbers[2]);
  record.year = static_cast<int>(numbers[3]);
  record.clipped = numbers[4];
  programmes.resize(static_cast<std::size_t>(numbers[5]));
  record.books = {numbers[6], numbers[7], numbers[8], numbers[9], numbers[10], numbers[11]};
  panel.resize(static_cast<std::size_t>(numbers[12]));
  const std::int64_t* next = numbers.data() + kHead;
  budgets.resize(static_cast<std::size_t>(numbers[14]));
  next = take_records(next, programmes);
  next = take_records(next, budgets);
  tally.shape = shape;
  const std::size_t sums = static_cast<std::size_t>(shape.cells()) * static_cast<std::size_t>(shape.measures);
  tally.sums.assign(next, next + sums);
  next = take_ages(next + sums, static_cast<std::size_t>(numbers[13]), ages);
  if (!panel.empty()) std::memcpy(static_cast<void*>(panel.data()), next, panel.size() * sizeof(PanelMonth));
  record.tally = &tally;
  record.ages = &ages;
  record.programmes = &programmes;
  record.budgets = &budgets;
  if (!panel.empty()) record.panel = &panel;
}

}  // namespace sleutel::ranks
