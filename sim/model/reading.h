#pragma once
/// \file
/// What reading a model file needs at every step: the evidence, a scenario's changes, the parameters found so far and
/// the problems; and the small questions asked of a YAML node, each with its message.

#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/node.h"
#include "sim/input/reader.h"
#include "sim/model/evidence.h"
#include "sim/model/source.h"
#include "sleutel/scenario.h"

namespace sleutel {

inline constexpr Range kAnyNumber{};
inline constexpr Range kNotNegative{.min = 0};
inline constexpr Range kShare{.min = 0, .max = 1};
inline constexpr Range kPositive{.above = 0};

/// The state of one reading. Passed along by reference; owns nothing but what it collects.
struct Reading {
  const Evidence& evidence;
  std::string tables_folder;                       ///< scenarios/<city>/tables
  std::map<std::string, ParameterChange> changes;  ///< by path: the scenario's `set:`
  std::string changes_file;                        ///< where they stand
  std::vector<Parameter> parameters;
  std::vector<Problem> problems;
  std::set<std::string> used{};         ///< evidence rows that a number cites
  std::vector<std::string> partners{};  ///< that the model declares
  std::set<std::string> told{};         ///< their cells that are empty and should not be, such as UNE-14.low

  void add(Problem problem) { problems.push_back(std::move(problem)); }
  void add(const source::Place& place, std::string what, std::string suggestion = "");

  /// Lists a parameter and returns the value that counts: the scenario's if it changes this path.
  double parameter(const std::string& path, double value, const std::string& unit, const Node& node,
                   const std::vector<std::string>& evidence_ids, const Range& range);
  /// The parameter listed last is an assumption, whatever its evidence is.
  void mark_assumed();
};

source::Place place_of(const Node& node);
source::Place key_place_of(const Node& node);
source::Word word_of(const Node& node);

/// Whether the node is a map; if it is not, says what it should have held.
bool expect_map(Reading& reading, const Node& node, const char* holds);

/// Reports every key that is not in the list.
void allow_keys(Reading& reading, const Node& map, std::initializer_list<std::string_view> keys);

/// A text that must be there and not be empty; "" (and a problem) if it is not.
std::string required_word(Reading& reading, const Node& map, std::string_view key);
std::string optional_word(Reading& reading, const Node& map, std::string_view key);

/// The position of a word in a list of choices; `otherwise` if the key is missing, -1 and a problem if it is unknown.
int choice(Reading& reading, const Node& map, std::string_view key, const std::vector<std::string>& choices,
           int otherwise);

/// A number of the node itself.
std::optional<double> number(Reading& reading, const Node& node, const Range& range);
std::optional<double> optional_number(Reading& reading, const Node& map, std::string_view key, const Range& range);
double required_number(Reading& reading, const Node& map, std::string_view key, const Range& range);
int whole(Reading& reading, const Node& map, std::string_view key, int low, int high, std::optional<int> otherwise);
bool truth(Reading& reading, const Node& map, std::string_view key, bool otherwise);

/// The words of a list, or the one word that stands in its place. Nothing if the key is missing.
std::vector<source::Word> words(Reading& reading, const Node& map, std::string_view key);

/// The two entries of label: {en: ..., nl: ...}.
void read_label(Reading& reading, const Node& map, std::string_view key, std::string& en, std::string& nl);

/// The ids under `evidence:`, each checked to be in the registry, with all that such a use needs. A missing key is a
/// problem: no number without evidence.
std::vector<std::string> cited(Reading& reading, const Node& map, EvidenceUse use = EvidenceUse::number);

/// Notes that `where` uses a row, and tells what the row lacks for it, once.
void use_row(Reading& reading, const EvidenceRow& row, EvidenceUse use, const std::string& where);

/// A number with its evidence, {key: 0.85, evidence: X}, that a scenario may set under the node's path.
double cited_number(Reading& reading, const Node& map, std::string_view key, const std::string& unit,
                    const Range& range);

/// Whether a name is made of lower-case letters, digits, `_` and (only if asked) one dot.
bool is_name(std::string_view text, bool dot_allowed = false);

}  // namespace sleutel
