#pragma once
/// \file
/// What a YAML file says, as a tree of values that know where they stand. Read by sim/input/yaml.h, asked through
/// sim/input/reader.h.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sleutel/error.h"

namespace sleutel {

/// A value of a YAML file: nothing, one word or number, a list, or a map whose keys keep their order.
struct Node {
  enum class Kind { null, scalar, list, map };

  Kind kind = Kind::null;
  std::string text;                  ///< of a scalar, without quotes
  bool quoted = false;               ///< the scalar stood between quotes: it is text, not a number
  std::vector<Node> items;           ///< entries of a list, or of a map (each with its key)
  std::string key;                   ///< in a map: the key of this value; unique within the map
  int key_line = 0, key_column = 0;  ///< place of the key, from 1
  int line = 0, column = 0;          ///< place of the value, from 1; of an empty value, that of its key
  std::string path;  ///< such as scenarios.early-debt-help.programmes[0].coverage; empty for the whole file
  std::shared_ptr<const std::string> file;  ///< as the user named it

  bool is_null() const { return kind == Kind::null; }
  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_list() const { return kind == Kind::list; }
  bool is_map() const { return kind == Kind::map; }

  /// Value of a key of a map, or null if it has no such key (or is no map).
  const Node* find(std::string_view name) const;

  /// The keys of a map, in order.
  std::vector<std::string> keys() const;

  /// A problem with this value, at its place.
  Problem problem(std::string what, std::string suggestion = "") const;

  /// A problem with the key of this value, at the place of the key.
  Problem key_problem(std::string what, std::string suggestion = "") const;

  /// What stands here, for messages: 'twintig', a list, keys and values, nothing.
  std::string found() const;
};

}  // namespace sleutel
