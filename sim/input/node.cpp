#include "sim/input/node.h"

#include "sim/base/text.h"

namespace sleutel {

const Node* Node::find(std::string_view name) const {
  if (!is_map()) return nullptr;
  for (const Node& item : items)
    if (item.key == name) return &item;
  return nullptr;
}

std::vector<std::string> Node::keys() const {
  std::vector<std::string> names;
  if (!is_map()) return names;
  for (const Node& item : items) names.push_back(item.key);
  return names;
}

Problem Node::problem(std::string what, std::string suggestion) const {
  return {file ? *file : "", line, column, path, std::move(what), std::move(suggestion)};
}

Problem Node::key_problem(std::string what, std::string suggestion) const {
  return {file ? *file : "", key_line, key_column, path, std::move(what), std::move(suggestion)};
}

std::string Node::found() const {
  switch (kind) {
    case Kind::null:
      return "nothing";
    case Kind::scalar:
      return quoted && text.empty() ? "an empty text" : found_text(text);
    case Kind::list:
      return items.empty() ? "an empty list" : "a list";
    case Kind::map:
      break;
  }
  return items.empty() ? "{}" : "keys and values";
}

}  // namespace sleutel
