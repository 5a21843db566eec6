#pragma once
/// \file
/// The one list of what a study file may say. The check of a study (key_table_check.h), the schema for editors
/// (schema.h), the reference in docs/scenario-format.md and `sleutel explain` (explain.h) are all made from it.

#include <string>
#include <string_view>
#include <vector>

#include "sim/input/reader.h"

namespace sleutel {

enum class KeyType { text, name, file_name, whole, number, flag, month, none_word, choice, names, list, map };
enum class Need { required, optional };

/// One key of a study file.
struct StudyKey {
  /// Keys joined by dots; [] is an entry of a list, <...> a key that the author chooses.
  const char* path;
  KeyType type;
  Need need;
  const char* otherwise;   ///< what holds if an optional key is left out, in words
  const char* unit;        ///< of a number, such as "years"; empty for a count or no number
  Range range;             ///< of a number; with what the number is, for messages
  const char* example;     ///< the value as written in a file
  const char* help;        ///< one sentence
  const char* words = "";  ///< of a choice: one|or|another
};

/// All keys, those of the outside first, in the order in which people write them.
const std::vector<StudyKey>& study_keys();

/// The key at a path of the table, or null.
const StudyKey* study_key(std::string_view path);

/// The keys directly within a map of the table ("" is the whole file), without those the author chooses.
std::vector<const StudyKey*> keys_within(std::string_view path);

/// The key that the author chooses within a map of the table, or the entry of a list; null if there is none.
const StudyKey* entry_within(std::string_view path);

/// Last part of a path: coverage.
std::string last_word(std::string_view path);

/// The words of a choice.
std::vector<std::string> words_of(const StudyKey& key);

/// "a whole number", "a month such as 2024-01" ...: as in messages.
std::string type_text(KeyType type);

/// What may stand in a name: small letters, digits and hyphens, beginning with a letter, at most 60 characters.
inline constexpr const char* kNamePattern = "^[a-z][a-z0-9-]{0,59}$";
bool is_name(std::string_view word);

}  // namespace sleutel
