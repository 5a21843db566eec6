#include <array>

#include "sleutel/model.h"

namespace sleutel {

// In the order of enum Trait; tests/base/math_test.cpp compares the two lists.
extern const std::array<const char*, kTraits> kTraitNames = {
    "male",
    "female",
    "partnered",
    "single",
    "lives_alone",
    "lone_parent",
    "parent_of_minor",
    "child_at_home",
    "student",
    "institution",
    "owner",
    "social_rent",
    "private_rent",
    "education_low",
    "education_middle",
    "education_high",
    "adversity_1",
    "adversity_2",
    "adversity_3plus",
    "stage_first_years",
    "stage_child",
    "stage_adolescent",
    "stage_young_adult",
    "stage_adult",
    "stage_middle",
    "stage_older",
    "stage_oldest",
    "adult_18_plus",
    "income_group_1",
    "income_group_2",
    "income_group_3",
    "income_group_4",
    "income_group_5",
    "has_child_under_4",
    "childless",
    "one_child",
    "two_children",
    "three_plus_children",
};

}  // namespace sleutel
