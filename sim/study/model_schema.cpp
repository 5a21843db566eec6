#include "sim/study/model_schema.h"

#include "sim/model/model_keys.h"
#include "sim/study/schema_json.h"
#include "sleutel/programme.h"

namespace sleutel {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end != std::string_view::npos) text.remove_prefix(end + 1);
  }
  return parts;
}

Json words_json() {
  const Json word = {{"type", "string"}, {"minLength", 1}};
  return {{"anyOf", {word, {{"type", "array"}, {"items", word}}}}};
}

Json numbers_json(std::size_t exactly) {
  Json list = {{"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", 1}};
  if (exactly > 0) list["minItems"] = list["maxItems"] = exactly;
  return list;
}

Json per_json() {
  const Json amount = {
      {"type", "object"},
      {"properties", {{"value", {{"type", "number"}, {"exclusiveMinimum", 0}}}, {"unit", {{"type", "string"}}}}},
      {"required", {"value", "unit"}},
      {"additionalProperties", false}};
  return {{"anyOf", {{{"type", "string"}, {"minLength", 1}}, amount}}};
}

/// One payer, or the share of each.
Json pays_json() {
  Json shares = {{"type", "object"}, {"minProperties", 1}, {"additionalProperties", false}};
  for (const std::string_view payer : kPayerNames)
    shares["properties"][std::string(payer)] = {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 1}};
  return {{"anyOf", {{{"enum", kPayerNames}}, shares}}};
}

/// The schema of one kind of file: its definitions are those that it reaches.
class Schema {
 public:
  Json whole(std::string_view object) {
    Json schema = map_of(object);
    schema["definitions"] = definitions_;
    return schema;
  }

 private:
  Json reference(std::string_view object) {
    const std::string name(object);
    if (!definitions_.contains(name)) {
      definitions_[name] = Json();  // its place, before what it reaches
      definitions_[name] = map_of(object);
    }
    return {{"$ref", "#/definitions/" + name}};
  }

  /// "@edge", or "@at_least,@duration": one of these.
  Json references(std::string_view text) {
    const auto names = split(text, ',');
    if (names.size() == 1) return reference(names.front().substr(1));
    Json all = Json::array();
    for (const std::string_view name : names) all.push_back(reference(name.substr(1)));
    return {{"oneOf", all}};
  }

  Json type_of(const ModelKey& key) {
    const std::string_view type = key.type;
    if (type == "text") return {{"type", "string"}, {"minLength", 1}};
    if (type == "number") return {{"type", "number"}};
    if (type == "whole") return {{"type", "integer"}};
    if (type == "flag") return {{"type", "boolean"}};
    if (type == "words") return words_json();
    if (type == "ages") return numbers_json(2);
    if (type == "numbers") return numbers_json(0);
    if (type == "values") return {{"type", "object"}, {"minProperties", 1}};
    if (type == "per") return per_json();
    if (type == "pays") return pays_json();
    if (type == "effect") return {{"anyOf", {{{"enum", {"none", "unknown"}}}, map_to(reference("edge"))}}};
    if (type.front() == '@') return references(type);
    if (type.front() == '{') return map_to(references(type.substr(1, type.size() - 2)));
    if (type.front() == '[') return {{"type", "array"}, {"items", references(type.substr(1, type.size() - 2))}};
    return {{"enum", split(type, '|')}};
  }

  static Json map_to(const Json& value) {
    return {{"type", "object"}, {"minProperties", 1}, {"additionalProperties", value}};
  }

  /// With its meaning; beside a reference a reader of draft-07 sees nothing else, so that one stands within allOf.
  Json described(const ModelKey& key) {
    Json schema = type_of(key);
    if (schema.contains("$ref")) schema = {{"allOf", {schema}}};
    Json numbers = {};
    if (std::isfinite(key.range.min)) numbers["minimum"] = number_json(key.range.min);
    if (std::isfinite(key.range.max)) numbers["maximum"] = number_json(key.range.max);
    if (std::isfinite(key.range.above)) numbers["exclusiveMinimum"] = number_json(key.range.above);
    if (!numbers.empty()) (schema.contains("items") ? schema["items"] : schema).update(numbers);
    schema["description"] = key.help;
    return schema;
  }

  Json map_of(std::string_view object) {
    Json schema = {{"type", "object"}, {"properties", Json::object()}};
    Json required = Json::array();
    schema["additionalProperties"] = false;
    for (const ModelKey& key : model_keys()) {
      if (key.object != object) continue;
      if (key.key == "*") {
        schema["additionalProperties"] = described(key);
        continue;
      }
      schema["properties"][std::string(key.key)] = described(key);
      if (key.presence == Presence::required) required.push_back(key.key);
    }
    if (!required.empty()) schema["required"] = required;
    for (const OneOfKeys& choice : one_of_keys()) {
      if (choice.object != object) continue;
      for (const std::string_view key : choice.keys) schema["oneOf"].push_back({{"required", {key}}});
    }
    return schema;
  }

  Json definitions_ = Json::object();
};

std::string schema_text(std::string_view object, const char* title, const char* description) {
  Json schema = {
      {"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", title}, {"description", description}};
  schema.update(Schema().whole(object));
  return schema.dump(2) + "\n";
}

}  // namespace

std::string model_schema() {
  return schema_text("model", "A model of Sleutel", "States, the edges between them, and what is counted.");
}

std::string programme_schema() {
  return schema_text("programme", "A programme of Sleutel", "Who may take part, what it does, and what it costs.");
}

}  // namespace sleutel
