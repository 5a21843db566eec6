#include "sim/study/settings.h"

#include <algorithm>

#include "sim/base/text.h"
#include "sim/input/plain_text.h"
#include "sim/input/reader.h"
#include "sim/input/write_yaml.h"
#include "sim/study/key_table.h"

namespace sleutel {
namespace {

struct Setting {
  std::string path;
  Node value;  ///< at its place
};

Setting setting_at(const Settings& settings, std::size_t i) {
  const std::string& text = settings[i];
  const std::size_t equals = std::min(text.find('='), text.size());
  Setting setting{text.substr(0, equals), {}};
  Node& value = setting.value;
  value.text = equals < text.size() ? text.substr(equals + 1) : "";
  value.kind = value.text.empty() ? Node::Kind::null : Node::Kind::scalar;
  value.quoted = value.text.size() > 1 && value.text.front() == '"' && value.text.back() == '"';
  if (value.quoted) value.text = value.text.substr(1, value.text.size() - 2);
  value.key_line = value.line = static_cast<int>(i) + 1;
  value.key_column = 1;
  value.column = column_of(text, equals + 1);
  value.path = setting.path;
  value.file = std::make_shared<const std::string>(kSettingsFile);
  return setting;
}

/// The value at a path, or null.
Node* find_path(Node& node, const std::string& path) {
  if (node.path == path) return &node;
  for (Node& item : node.items)
    if (path.starts_with(item.path))
      if (Node* found = find_path(item, path)) return found;
  return nullptr;
}

void collect_paths(const Node& node, std::vector<std::string>& paths) {
  if (node.is_scalar()) paths.push_back(node.path);
  for (const Node& item : node.items) collect_paths(item, paths);
}

std::string first_word(const std::string& path) { return path.substr(0, path.find_first_of(".[")); }

/// Adds an empty map under a key.
Node& add_map(Node& map, const std::string& key, const Node& place) {
  Node inner = place;
  inner.kind = Node::Kind::map;
  inner.text.clear();
  inner.key = key;
  inner.path = map.path + (map.path.empty() ? "" : ".") + key;
  map.items.push_back(std::move(inner));
  return map.items.back();
}

class Changes {
 public:
  Changes(Node& root, std::vector<Problem>& problems) : root_(root), reader_(problems) {}

  void apply(const Setting& setting) {
    if (Node* there = find_path(root_, setting.path)) return replace(*there, setting);
    const std::string word = first_word(setting.path);
    std::vector<std::string> keys;
    for (const StudyKey* key : keys_within("")) keys.push_back(last_word(key->path));
    const bool of_study = std::find(keys.begin(), keys.end(), word) != keys.end();
    if (!of_study && setting.path.find('.') != std::string::npos) return set_everywhere(setting);
    if (of_study) return add(setting);
    reader_.report_key(setting.value, "unknown key", unknown_advice(word, keys));
  }

 private:
  static std::string unknown_advice(const std::string& word, const std::vector<std::string>& keys) {
    const std::string near = did_you_mean(word, keys);
    return near.empty() ? "keys of a study: " + listed(keys, "and") + "; of the model: `sleutel model --parameters`"
                        : near;
  }

  void replace(Node& there, const Setting& setting) {
    if (there.is_map() || there.is_list()) return report_many(there, setting);
    there.kind = setting.value.kind;
    there.text = setting.value.text;
    there.quoted = setting.value.quoted;
    there.line = setting.value.line;
    there.column = setting.value.column;
    there.file = setting.value.file;
  }

  void report_many(const Node& there, const Setting& setting) {
    std::vector<std::string> inner;
    collect_paths(there, inner);
    reader_.report_key(setting.value, "holds " + there.found() + ", of which one value at a time can be set",
                       inner.empty() ? "change it in the file" : "for example --set " + inner.front() + "=...");
  }

  /// A key that the file leaves out, in the innermost map of the path that there is.
  void add(const Setting& setting) {
    Node* map = &root_;
    std::string rest = setting.path;
    for (std::size_t dot = setting.path.rfind('.'); dot != std::string::npos && dot > 0;
         dot = setting.path.rfind('.', dot - 1)) {
      Node* there = find_path(root_, setting.path.substr(0, dot));
      if (there == nullptr || !there->is_map()) continue;
      map = there;
      rest = setting.path.substr(dot + 1);
      break;
    }
    const std::string outer = first_word(rest);
    if (rest.find('.') != std::string::npos && (outer == "set" || outer == "switches")) {
      map = &add_map(*map, outer, setting.value);
      rest = rest.substr(outer.size() + 1);
    }
    const bool of_parameters = map->key == "set";
    if (!of_parameters && rest.find_first_of(".[") != std::string::npos) return report_nothing(setting);
    add_value(*map, rest, setting.value);
  }

  void report_nothing(const Setting& setting) {
    std::vector<std::string> paths;
    collect_paths(root_, paths);
    const std::string near = did_you_mean(setting.path, paths);
    reader_.report_key(setting.value, "there is nothing of this path in the study",
                       near.empty() ? "paths are those of messages: scenarios.more.programmes[0].coverage" : near);
  }

  static void add_value(Node& map, const std::string& key, Node value) {
    value.key = key;
    value.path = map.path + (map.path.empty() ? "" : ".") + key;
    map.items.push_back(std::move(value));
  }

  /// A parameter of the model, in all scenarios: those that extend another get it from there.
  void set_everywhere(const Setting& setting) {
    Node* scenarios = find_path(root_, "scenarios");
    if (scenarios == nullptr || !scenarios->is_map()) return;  // told already
    for (const Node& scenario : scenarios->items)
      if (find_path(*scenarios, scenario.path + ".set." + setting.path) != nullptr)
        return reader_.report_key(setting.value, "scenario " + in_quotes(scenario.key) + " sets it already",
                                  "write --set " + scenario.path + ".set." + setting.path + "=... for that scenario");
    for (Node& scenario : scenarios->items) {
      if (!scenario.is_map() || scenario.find("extends") != nullptr) continue;
      Node* set = find_path(scenario, scenario.path + ".set");
      if (set == nullptr) set = &add_map(scenario, "set", setting.value);
      if (set->is_map()) add_value(*set, setting.path, setting.value);
    }
  }

  Node& root_;
  Reader reader_;
};

/// Whether a problem at this path of the study is of the setting.
bool is_of(const std::string& where, const std::string& path) {
  return where == path || (where.starts_with("scenarios.") && where.ends_with(".set." + path));
}

/// A problem of the study at the value of a setting, or of a setting in one of the scenarios that it goes to.
void tell_of(const Settings& settings, const std::string& study_file, Problem& problem) {
  const bool placed = problem.file == kSettingsFile;
  if (!placed && problem.file != study_file) return;
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const Setting setting = setting_at(settings, i);
    if (!is_of(problem.where, setting.path) || (placed && problem.line != setting.value.line)) continue;
    problem.where = setting.path;
    if (placed) return;
    problem.file = kSettingsFile;
    problem.line = setting.value.line;
    problem.column = setting.value.column;
    return;
  }
}

}  // namespace

void apply_settings(const Settings& settings, Node& root, std::vector<Problem>& problems) {
  Changes changes(root, problems);
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const Setting setting = setting_at(settings, i);
    const bool twice = std::find(paths.begin(), paths.end(), setting.path) != paths.end();
    paths.push_back(setting.path);
    if (twice)
      problems.push_back(setting.value.key_problem("this path is set twice", "keep one of them"));
    else
      changes.apply(setting);
  }
}

std::string text_with_settings(const Settings& settings, const Node& root) {
  std::string text = "# A study file, as changed by\n";
  for (std::string line : settings) {
    std::replace_if(
        line.begin(), line.end(), [](char letter) { return static_cast<unsigned char>(letter) < ' '; }, ' ');
    text += "#   --set " + line + "\n";
  }
  return text + yaml_text(root);
}

std::vector<ParameterChange> parameter_settings(const Settings& settings, std::vector<Problem>& problems) {
  std::vector<ParameterChange> changes;
  Reader reader(problems);
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const Setting setting = setting_at(settings, i);
    const Node& value = setting.value;
    if (const auto number = reader.as_number(value))
      changes.push_back({setting.path, *number, value.line, value.column, value.path});
  }
  return changes;
}

void in_terms_of_settings(const Settings& settings, const std::string& study_file, const std::function<void()>& work) {
  try {
    work();
  } catch (InputError& error) {
    for (Problem& problem : error.problems) tell_of(settings, study_file, problem);
    throw;
  }
}

}  // namespace sleutel
