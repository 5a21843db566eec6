#include "sim/study/schema.h"

#include "sim/base/numbers.h"
#include "sim/study/key_table.h"
#include "sim/study/schema_json.h"

namespace sleutel {
namespace {

constexpr const char* kMonthPattern = "^(19[0-9]{2}|2[01][0-9]{2}|2200)-(0[1-9]|1[0-2])$";

/// Keys that an author chooses: what they look like.
std::string pattern_of(const std::string& chosen) {
  if (chosen == "<scenario>") return kNamePattern;
  if (chosen == "<transition>") return "^[a-z][a-z0-9_]*\\.(onset|end)$";
  return "^.+$";
}

Json type_json(const StudyKey& key) {
  switch (key.type) {
    case KeyType::whole:
      return {{"type", "integer"}};
    case KeyType::number:
      return {{"type", "number"}};
    case KeyType::flag:
      return {{"type", "boolean"}};
    case KeyType::list:
      return {{"type", "array"}, {"minItems", 1}};
    case KeyType::map:
      return {{"type", "object"}};
    case KeyType::none_word:
      return {{"const", "none"}};
    case KeyType::choice:
      return {{"enum", words_of(key)}};
    case KeyType::names:
      return {{"type", "array"}, {"minItems", 1}, {"items", {{"type", "string"}, {"pattern", kNamePattern}}}};
    case KeyType::name:
      return {{"type", "string"}, {"pattern", kNamePattern}};
    case KeyType::file_name:
      return {{"type", "string"}, {"pattern", "\\.yaml$"}};
    case KeyType::month:
      return {{"type", "string"}, {"pattern", kMonthPattern}};
    case KeyType::text:
      break;
  }
  return {{"type", "string"}, {"minLength", 1}};
}

/// The default as a value, if it can be written in the file.
Json default_json(const StudyKey& key) {
  const std::string text = key.otherwise;
  if (key.type == KeyType::whole)
    if (const auto number = parse_whole(text)) return *number;
  if (key.type == KeyType::flag) return text == "true";
  const bool writable = (key.type == KeyType::name && is_name(text)) ||
                        ((key.type == KeyType::file_name || key.type == KeyType::month) && text == key.example);
  return writable ? Json(text) : Json();
}

std::string description_of(const StudyKey& key) {
  std::string text = key.help;
  if (*key.unit != '\0') text += std::string(" Unit: ") + key.unit + ".";
  if (*key.otherwise != '\0') text += std::string(" If left out: ") + key.otherwise + ".";
  return text;
}

Json schema_of(const StudyKey& key);

/// Adds what may stand within a map of the table.
void add_within(Json& schema, const std::string& path) {
  Json required = Json::array();
  for (const StudyKey* key : keys_within(path)) {
    schema["properties"][last_word(key->path)] = schema_of(*key);
    if (key->need == Need::required) required.push_back(last_word(key->path));
  }
  if (const StudyKey* chosen = entry_within(path))
    schema["patternProperties"][pattern_of(last_word(chosen->path))] = schema_of(*chosen);
  if (!required.empty()) schema["required"] = required;
  const bool may_be_empty = path == "scenarios.<scenario>";
  if (required.empty() && !may_be_empty) schema["minProperties"] = 1;
  schema["additionalProperties"] = false;
}

Json schema_of(const StudyKey& key) {
  Json schema = type_json(key);
  schema["description"] = description_of(key);
  if (std::isfinite(key.range.min)) schema["minimum"] = number_json(key.range.min);
  if (std::isfinite(key.range.max)) schema["maximum"] = number_json(key.range.max);
  if (std::isfinite(key.range.above)) schema["exclusiveMinimum"] = number_json(key.range.above);
  if (const Json otherwise = default_json(key); !otherwise.is_null()) schema["default"] = otherwise;
  if (key.type == KeyType::map) add_within(schema, key.path);
  if (key.type == KeyType::list) schema["items"] = schema_of(*entry_within(key.path));
  return schema;
}

}  // namespace

std::string study_schema() {
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "A study of Sleutel"},
                 {"description", "A question, a baseline, and scenarios to compare with it."},
                 {"type", "object"}};
  add_within(schema, "");
  return schema.dump(2) + "\n";
}

}  // namespace sleutel
