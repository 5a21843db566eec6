#pragma once
/// \file
/// A city: residents in households in dwellings in buurten (54 in Leiden) in districts (10), and what it was made from.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sleutel/residents.h"

namespace sleutel {

enum class Tenure : std::uint8_t { owner, social_rent, private_rent, institution };
enum class HouseholdKind : std::uint8_t { single, couple, couple_with_children, lone_parent, other, institution };
enum class DwellingKind : std::uint8_t { single_family, multi_family, student_house, institution };

/// Households, as columns of equal length. A row with size 0 is free for reuse.
struct Households {
  Column<Row> first_member;    ///< row of a resident; the others follow by next_in_household
  Column<std::uint16_t> size;  ///< members present [persons]
  Column<Row> reference;       ///< the eldest adult, ties by lower id; eldest member if none is adult
  Column<Row> named_by;        ///< the adult with the lowest id: names the draws of the household
  Column<Row> dwelling;        ///< row of Dwellings
  Column<std::uint8_t> buurt;  ///< index of City::buurten
  Column<HouseholdKind> kind;
  Column<std::uint8_t> student_house;  ///< 1: a student living in a shared dwelling or campus room
  Column<std::int32_t> income;         ///< standardised disposable income [EUR per year]
  Column<std::uint8_t> income_group;   ///< national income fifth 0-4, or kIncomeStudentOrInstitution
  Column<std::uint8_t> classes;        ///< class attributes of household-level states (debt_class ...)

  static constexpr auto columns() {
    return std::make_tuple(
        std::pair{&Households::first_member, ColumnInfo{"first_member", "row", "first member"}},
        std::pair{&Households::size, ColumnInfo{"size", "person", "members"}},
        std::pair{&Households::reference, ColumnInfo{"reference", "row", "eldest adult"}},
        std::pair{&Households::named_by, ColumnInfo{"named_by", "row", "adult with the lowest id"}},
        std::pair{&Households::dwelling, ColumnInfo{"dwelling", "row", "dwelling"}},
        std::pair{&Households::buurt, ColumnInfo{"buurt", "1", "buurt"}},
        std::pair{&Households::kind, ColumnInfo{"kind", "1", "kind of household"}},
        std::pair{&Households::student_house, ColumnInfo{"student_house", "1", "student in a shared dwelling"}},
        std::pair{&Households::income, ColumnInfo{"income", "EUR/year", "standardised disposable income"}},
        std::pair{&Households::income_group, ColumnInfo{"income_group", "1", "income fifth"}},
        std::pair{&Households::classes, ColumnInfo{"classes", "1", "class attributes"}});
  }
  std::size_t count() const { return first_member.size(); }
};
static_assert(std::tuple_size_v<decltype(Households::columns())> * sizeof(Column<int>) == sizeof(Households),
              "every member of Households must stand in Households::columns()");

/// Dwellings, as columns of equal length.
struct Dwellings {
  Column<std::uint8_t> buurt;
  Column<Tenure> tenure;
  Column<DwellingKind> kind;
  Column<std::uint16_t> places;      ///< households that can live there (1, more in a student house or institution)
  Column<std::uint16_t> households;  ///< households that live there

  static constexpr auto columns() {
    return std::make_tuple(std::pair{&Dwellings::buurt, ColumnInfo{"buurt", "1", "buurt"}},
                           std::pair{&Dwellings::tenure, ColumnInfo{"tenure", "1", "tenure"}},
                           std::pair{&Dwellings::kind, ColumnInfo{"kind", "1", "kind of dwelling"}},
                           std::pair{&Dwellings::places, ColumnInfo{"places", "household", "room for households"}},
                           std::pair{&Dwellings::households, ColumnInfo{"households", "household", "lived in by"}});
  }
  std::size_t count() const { return buurt.size(); }
};
static_assert(std::tuple_size_v<decltype(Dwellings::columns())> * sizeof(Column<int>) == sizeof(Dwellings),
              "every member of Dwellings must stand in Dwellings::columns()");

struct Buurt {
  std::string code;  ///< CBS code such as BU05460000
  std::string name;
  int district = 0;  ///< index of City::districts
};

struct District {
  std::string code;  ///< CBS code such as WK054600
  std::string name;
};

/// What was written about a resident.
enum Touch : std::uint8_t {
  kTouchedStates = 1,   ///< states or durations
  kTouchedTies = 4,     ///< a tie began or ended
  kTouchedNew = 16,     ///< everything: who is not known yet
  kTouchedFamily = 32,  ///< household, partner, flags, education, children, adversity, home, income: his or a member's
};

struct City {
  std::string id;       ///< folder under scenarios/, such as leiden
  std::string name;     ///< such as Leiden
  Residents residents;  ///< sorted by buurt and household
  Households households;
  Dwellings dwellings;
  std::vector<Buurt> buurten;
  std::vector<District> districts;
  /// Upper bounds of national income fifths 1-4 as used at the start, standardised income [EUR per year].
  std::array<std::int32_t, 4> income_fifth_bounds{};
  std::int32_t low_income_line = 0;  ///< standardised income up to which a household counts as low income [EUR/year]

  /// [resident] Touch bits: set by whoever writes, read and cleared by the engine, which makes anew only what was
  /// touched. It may be shorter than Residents, or empty: who is not in it is new.
  Column<std::uint8_t> touched;
  void touch(Row who, int bits) {
    if (who < touched.size()) touched[who] = static_cast<std::uint8_t>(touched[who] | bits);
  }
};

}  // namespace sleutel
