#pragma once
/// \file
/// The residents: columns, one row a resident, at most 128 bytes a row. One list (Residents::columns) drives resizing,
/// re-sorting, checkpoints, files and the reference page; a member that is not listed does not compile.

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <tuple>
#include <vector>

namespace sleutel {

/// Storage aligned to a cache line; from a megabyte on to huge pages where the system has them, because looking up
/// small pages costs more than the memory itself. Errors: std::bad_alloc. Defined in sim/base/storage.cpp.
void* take_storage(std::size_t bytes);
void give_back_storage(void* storage);

template <class T>
struct CacheLineAllocator {
  using value_type = T;
  CacheLineAllocator() = default;
  template <class U>
  constexpr CacheLineAllocator(const CacheLineAllocator<U>&) {}  // NOLINT: converting, as allocators must
  T* allocate(std::size_t n) { return static_cast<T*>(take_storage(n * sizeof(T))); }
  void deallocate(T* p, std::size_t) { give_back_storage(p); }
  friend bool operator==(CacheLineAllocator, CacheLineAllocator) { return true; }
};

template <class T>
using Column = std::vector<T, CacheLineAllocator<T>>;

/// A row of a table; changes when rows are re-sorted, so it is never a name of a draw.
using Row = std::uint32_t;
inline constexpr Row kNone = 0xffff'ffffU;  ///< no such row (no partner, mother not in the city ...)

/// Which states a resident has: up to 128, numbered in order of their draw numbers.
struct StateMask {
  std::array<std::uint64_t, 2> word{};

  constexpr bool test(int state) const { return ((word[state >> 6] >> (state & 63)) & 1U) != 0; }
  constexpr void set(int state) { word[state >> 6] |= std::uint64_t{1} << (state & 63); }
  constexpr void reset(int state) { word[state >> 6] &= ~(std::uint64_t{1} << (state & 63)); }
  constexpr bool contains(const StateMask& all) const {
    return (word[0] & all.word[0]) == all.word[0] && (word[1] & all.word[1]) == all.word[1];
  }
  constexpr bool any_of(const StateMask& some) const {
    return ((word[0] & some.word[0]) | (word[1] & some.word[1])) != 0;
  }
  constexpr StateMask& operator|=(const StateMask& other) {
    word[0] |= other.word[0];
    word[1] |= other.word[1];
    return *this;
  }
  friend constexpr bool operator==(const StateMask& a, const StateMask& b) {
    return ((a.word[0] ^ b.word[0]) | (a.word[1] ^ b.word[1])) == 0;
  }
};

enum class Sex : std::uint8_t { male, female };
enum class Education : std::uint8_t { low, middle, high };  ///< CBS: up to vmbo/mbo1; havo/vwo/mbo2-4; hbo/wo

/// Bits of Residents::flags.
enum ResidentFlag : std::uint8_t {
  kPresent = 1,      ///< lives in the city; cleared on death or departure, the row goes at the next re-sort
  kStudent = 2,      ///< in higher education and living away from the parents
  kChildAtHome = 4,  ///< lives as a child in a household headed by a parent
  kInstitution = 8,  ///< lives in an institutional household
  kLearning = 32,    ///< at school or in study: may still attain more (sim/events/schooling.h)
  kElsewhere = 16,   ///< moved away; kept only for the closed cohort (not used yet)
};

/// The row of an income stratum: fifths 0 (lowest) to 4, and those whom CBS leaves out of income figures.
inline constexpr int kIncomeGroups = 6;
inline constexpr std::uint8_t kIncomeStudentOrInstitution = 5;

inline constexpr int kMonthsInSlots = 8;  ///< states whose duration something reads
inline constexpr int kLatents = 8;        ///< fixed personal positions for ordered responses
inline constexpr int kTies = 4;           ///< lasting friendship or kin links
inline constexpr int kLoadUnit = 4096;    ///< stress columns hold points x 4096, so 0 to 16 points

struct ColumnInfo {
  const char* name;
  const char* unit;
  const char* meaning;
};

/// All residents of a city, as columns of equal length.
struct Residents {
  Column<std::uint64_t> id;             ///< unique for ever; draws are named by it
  Column<Row> household;                ///< row of Households
  Column<Row> next_in_household;        ///< next member, or kNone
  Column<Row> partner;                  ///< row of the partner in the same household, or kNone
  Column<Row> mother;                   ///< row of the mother if she lives in the city, else kNone
  Column<std::array<Row, kTies>> ties;  ///< lasting friends and kin, always both ways; kNone where fewer
  Column<std::int16_t> birth_month;     ///< month of birth [months since the study's start; before it negative]
  Column<Sex> sex;
  Column<Education> education;       ///< attained; who is at school or in study has kLearning
  Column<std::uint8_t> flags;        ///< ResidentFlag bits
  Column<std::uint8_t> parity;       ///< children ever born to a woman [children]
  Column<StateMask> states;          ///< bit i: has state i of the model
  Column<std::uint64_t> programmes;  ///< bit i: takes part in programme i of the study
  Column<std::uint64_t> considered;  ///< bit i: programme i has decided about the present spell
  Column<std::array<std::uint8_t, kMonthsInSlots>> months_in;  ///< duration in slotted states [months, 255 = more]
  Column<std::uint16_t> stress_fast;                           ///< load that halves in half a month [points x 4096]
  Column<std::uint16_t> stress_slow;                           ///< load that halves in 10 months [points x 4096]
  Column<std::uint16_t> shock_fast;  ///< begun since the last stress phase, not yet in the load [points x 4096]
  Column<std::uint16_t> shock_slow;  ///< as shock_fast, for the slow load [points x 4096]
  Column<std::uint8_t> mastery;      ///< sense of control, fixed for life in this version [1/32, 0 to 32]
  Column<std::uint8_t> support;      ///< people to count on [1/8, 0 to 8], from partner, household and ties
  Column<std::uint8_t> adversity;    ///< kinds of childhood adversity so far [count, at most 10]
  Column<std::uint8_t> classes;      ///< one bit for each class attribute (debt_class ...)
  Column<std::array<std::int8_t, kLatents>> latent;  ///< standard normal position for each response [sd / 32]
  Column<std::int32_t> income;                       ///< own disposable income when in work or retired [EUR per year]
  Column<std::uint8_t> stratum_buurt;   ///< buurt at the study's start (newborns: mother's; arrivals: on arrival)
  Column<std::uint8_t> stratum_income;  ///< income group at the study's start, 0-4 or kIncomeStudentOrInstitution
  Column<Education> stratum_education;  ///< education at the study's start (children: the mother's)
  Column<std::uint8_t> stratum_tenure;  ///< Tenure at the study's start

  /// The one list. Order is the order in files.
  static constexpr auto columns() {
    return std::make_tuple(
        std::pair{&Residents::id, ColumnInfo{"id", "1", "unique number"}},
        std::pair{&Residents::household, ColumnInfo{"household", "row", "household"}},
        std::pair{&Residents::next_in_household, ColumnInfo{"next_in_household", "row", "next member"}},
        std::pair{&Residents::partner, ColumnInfo{"partner", "row", "partner"}},
        std::pair{&Residents::mother, ColumnInfo{"mother", "row", "mother"}},
        std::pair{&Residents::ties, ColumnInfo{"ties", "row", "lasting ties"}},
        std::pair{&Residents::birth_month, ColumnInfo{"birth_month", "month", "month of birth"}},
        std::pair{&Residents::sex, ColumnInfo{"sex", "1", "0 male, 1 female"}},
        std::pair{&Residents::education, ColumnInfo{"education", "1", "0 low, 1 middle, 2 high"}},
        std::pair{&Residents::flags,
                  ColumnInfo{"flags", "1", "present, student, child at home, institution, learning"}},
        std::pair{&Residents::parity, ColumnInfo{"parity", "children", "children ever born"}},
        std::pair{&Residents::states, ColumnInfo{"states", "1", "states of the model"}},
        std::pair{&Residents::programmes, ColumnInfo{"programmes", "1", "programmes taken part in"}},
        std::pair{&Residents::considered, ColumnInfo{"considered", "1", "programmes that have decided"}},
        std::pair{&Residents::months_in, ColumnInfo{"months_in", "month", "durations in slotted states"}},
        std::pair{&Residents::stress_fast, ColumnInfo{"stress_fast", "point/4096", "fast stress load"}},
        std::pair{&Residents::stress_slow, ColumnInfo{"stress_slow", "point/4096", "slow stress load"}},
        std::pair{&Residents::shock_fast, ColumnInfo{"shock_fast", "point/4096", "fast load to be added"}},
        std::pair{&Residents::shock_slow, ColumnInfo{"shock_slow", "point/4096", "slow load to be added"}},
        std::pair{&Residents::mastery, ColumnInfo{"mastery", "1/32", "sense of control"}},
        std::pair{&Residents::support, ColumnInfo{"support", "1/8", "people to count on"}},
        std::pair{&Residents::adversity, ColumnInfo{"adversity", "1", "kinds of childhood adversity"}},
        std::pair{&Residents::classes, ColumnInfo{"classes", "1", "class attributes"}},
        std::pair{&Residents::latent, ColumnInfo{"latent", "sd/32", "personal positions of responses"}},
        std::pair{&Residents::income, ColumnInfo{"income", "EUR/year", "own disposable income"}},
        std::pair{&Residents::stratum_buurt, ColumnInfo{"stratum_buurt", "1", "buurt at the start"}},
        std::pair{&Residents::stratum_income, ColumnInfo{"stratum_income", "1", "income group at the start"}},
        std::pair{&Residents::stratum_education, ColumnInfo{"stratum_education", "1", "education at the start"}},
        std::pair{&Residents::stratum_tenure, ColumnInfo{"stratum_tenure", "1", "tenure at the start"}});
  }

  std::size_t size() const { return id.size(); }
  bool is(Row row, ResidentFlag flag) const { return (flags[row] & flag) != 0; }
  bool present(Row row) const { return is(row, kPresent); }
  /// Age in whole months in the given month of the run.
  int age_months(Row row, int month) const { return month - birth_month[row]; }
};

/// Calls visit(column, info) for every column of a table with a columns() list.
template <class Table, class Visit>
void for_each_column(Table& table, Visit&& visit) {
  std::apply([&](const auto&... entry) { (visit(table.*(entry.first), entry.second), ...); },
             std::remove_const_t<Table>::columns());
}

/// Gives every column of a table n rows; new rows are zero.
template <class Table>
void resize(Table& table, std::size_t n) {
  for_each_column(table, [n](auto& column, const ColumnInfo&) { column.resize(n); });
}

/// Bytes that one row takes over all columns.
template <class Table>
constexpr std::size_t bytes_per_row() {
  std::size_t sum = 0;
  std::apply(
      [&](const auto&... entry) {
        ((sum += sizeof(typename std::remove_reference_t<decltype(std::declval<Table&>().*(entry.first))>::value_type)),
         ...);
      },
      Table::columns());
  return sum;
}

static_assert(std::tuple_size_v<decltype(Residents::columns())> * sizeof(Column<int>) == sizeof(Residents),
              "every member of Residents must stand in Residents::columns()");
static_assert(bytes_per_row<Residents>() <= 128, "a resident takes at most 128 bytes");

}  // namespace sleutel
