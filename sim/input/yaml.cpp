#include "sim/input/yaml.h"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <sstream>
#include <string_view>

#include "sim/base/files.h"
#include "sim/base/text.h"
#include "sim/input/broken_yaml.h"
#include "sim/input/plain_text.h"

namespace sleutel {
namespace {

/// Where lines begin, to turn the parser's byte columns into characters.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text), starts_{0} {
    for (std::size_t at = 0; at < text.size(); ++at)
      if (text[at] == '\n') starts_.push_back(at + 1);
  }

  int line(const YAML::Mark& mark) const { return std::clamp(mark.line + 1, 1, static_cast<int>(starts_.size())); }

  int column(const YAML::Mark& mark) const {
    const std::size_t start = starts_[static_cast<std::size_t>(line(mark) - 1)];
    return column_of(text_.substr(start), static_cast<std::size_t>(std::max(mark.column, 0)));
  }

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

/// Builds the tree from the parser's events. What is refused is kept, and told only if the parser itself finds nothing
/// wrong: brackets that are never closed make it see keys that are lists.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const std::string& file, const Lines& lines, std::vector<Problem>& problems)
      : file_(std::make_shared<const std::string>(file)), lines_(lines), problems_(problems) {}

  Node& root() { return root_; }
  const std::optional<Problem>& refused() const { return refused_; }
  const YAML::Mark& last_place() const { return last_; }  ///< of the last word, list or map that was seen

  const YAML::Mark& document_place() const { return document_; }  ///< where the last document begins

  Problem at(const YAML::Mark& mark, const std::string& what, const std::string& suggestion) const {
    return {*file_, lines_.line(mark), lines_.column(mark), "", what, suggestion};
  }

  void OnDocumentStart(const YAML::Mark& mark) override { document_ = last_ = mark; }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    if (skipped_ > 0) return;
    if (wants_key()) return refuse_key(mark);
    add(new_node(mark, Node::Kind::null));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { throw at(mark, kNoAlias, kNoAliasAdvice); }
  void OnAnchor(const YAML::Mark& mark, const std::string&) override { throw at(mark, kNoAlias, kNoAliasAdvice); }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override {
    last_ = mark;
    if (skipped_ > 0) return;
    refuse_tag(mark, tag);
    if (wants_key()) return read_key(mark, value);
    Node node = new_node(mark, Node::Kind::scalar);
    node.text = value;
    node.quoted = tag == "!";
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, Node::Kind::list);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override {
    open(mark, tag, Node::Kind::map);
  }
  void OnMapEnd() override { close(); }

 private:
  /// A list or map that is not closed yet, and the key whose value comes next.
  struct Open {
    Node node;
    bool has_key = false;
    std::string key;
    int key_line = 0, key_column = 0;
  };

  bool wants_key() const { return !open_.empty() && open_.back().node.is_map() && !open_.back().has_key; }

  void refuse(const YAML::Mark& mark, const char* what, const char* suggestion) {
    if (!refused_) refused_ = at(mark, what, suggestion);
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    const bool own = !tag.empty() && tag != "?" && tag != "!";
    if (own) refuse(mark, "tags (a type after !) are not read", "leave the tag out");
  }

  void refuse_key(const YAML::Mark& mark) {
    refuse(mark, "a key must be a word", "write a word, a colon and a space before the value");
    open_.back().has_key = true;
    open_.back().key.clear();
  }

  void read_key(const YAML::Mark& mark, const std::string& value) {
    if (value == "<<") refuse(mark, "merge keys (<<) are not read", kNoAliasAdvice);
    Open& map = open_.back();
    map.has_key = true;
    map.key = value;
    map.key_line = lines_.line(mark);
    map.key_column = lines_.column(mark);
  }

  Node new_node(const YAML::Mark& mark, Node::Kind kind) const {
    Node node;
    node.kind = kind;
    node.line = lines_.line(mark);
    node.column = lines_.column(mark);
    node.file = file_;
    if (open_.empty()) return node;
    const Open& parent = open_.back();
    if (parent.node.is_list()) {
      node.path = parent.node.path + "[" + std::to_string(parent.node.items.size()) + "]";
      return node;
    }
    node.key = parent.key;
    node.key_line = parent.key_line;
    node.key_column = parent.key_column;
    node.path = parent.node.path + (parent.node.path.empty() ? "" : ".") + parent.key;
    if (kind == Node::Kind::null) {
      node.line = node.key_line;
      node.column = node.key_column;
    }
    return node;
  }

  void open(const YAML::Mark& mark, const std::string& tag, Node::Kind kind) {
    last_ = mark;
    if (skipped_ == 0 && wants_key()) {
      refuse_key(mark);
      skipped_ = 1;
      return;
    }
    if (skipped_ > 0) {
      ++skipped_;
      return;
    }
    refuse_tag(mark, tag);
    if (open_.size() >= kDeepestYaml) throw at(mark, kTooDeep, kTooDeepAdvice);
    open_.push_back({new_node(mark, kind), false, "", 0, 0});
  }

  void close() {
    if (skipped_ > 0) {
      --skipped_;
      return;
    }
    Node node = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(node));
  }

  void add(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    parent.has_key = false;
    if (const Node* first = parent.node.find(node.key)) {
      const std::string place = std::to_string(first->key_line) + ":" + std::to_string(first->key_column);
      problems_.push_back(node.key_problem("this key stands twice; the first stands at " + place, "keep one of them"));
      return;
    }
    parent.node.items.push_back(std::move(node));
  }

  std::shared_ptr<const std::string> file_;
  const Lines& lines_;
  std::vector<Problem>& problems_;
  std::optional<Problem> refused_;
  YAML::Mark last_, document_;
  Node root_;
  std::vector<Open> open_;
  int skipped_ = 0;  ///< levels of a list or map that stands where a key should
};

/// A tab before the first word of a line: YAML counts spaces only.
std::optional<Problem> tab_in_indentation(std::string_view text, const std::string& file) {
  int line = 1;
  for (std::size_t start = 0; start < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view words = text.substr(start, end - start);
    const std::size_t first = words.find_first_not_of(" \t\r");
    const std::size_t tab = words.find('\t');
    const bool counts = first != std::string_view::npos && words[first] != '#';
    if (counts && tab < first)
      return Problem{file, line, static_cast<int>(tab) + 1, "", kTab, "indent with spaces, two for each level"};
    start = end + 1;
  }
  return std::nullopt;
}

/// Runs the parser over the first document, and looks whether there is a second. Throws what the parser throws.
std::optional<Problem> build(std::string_view text, TreeBuilder& tree) {
  std::istringstream stream{std::string(text)};
  YAML::Parser parser(stream);
  const bool any = parser.HandleNextDocument(tree);
  if (tree.refused()) return tree.refused();
  Node first = std::move(tree.root());
  if (!any || first.is_null()) return Problem{"", 1, 1, "", "the file is empty", ""};
  if (parser.HandleNextDocument(tree)) {
    const bool announced = text.find("\n---") != std::string_view::npos;
    return announced ? tree.at(tree.document_place(), "a second document begins here", "put it into a file of its own")
                     : tree.at(tree.document_place(), kIndent, kIndentAdvice);
  }
  tree.root() = std::move(first);
  return std::nullopt;
}

/// Where an error is best shown. The parser knows no column at the end of the text, and shows a quotation mark that is
/// never closed there.
YAML::Mark place_of(const YAML::Exception& error, std::string_view text, const TreeBuilder& tree) {
  if (error.msg == YAML::ErrorMsg::EOF_IN_SCALAR) return tree.last_place();
  YAML::Mark mark = error.mark;
  const bool open = error.msg == YAML::ErrorMsg::END_OF_MAP_FLOW || error.msg == YAML::ErrorMsg::END_OF_SEQ_FLOW;
  const bool at_end = mark.line == std::count(text.begin(), text.end(), '\n') && mark.column == 0;
  if (open && at_end) mark.column = static_cast<int>(text.size());
  return mark;
}

/// As build, with the parser's exceptions in plain words.
std::optional<Problem> build_in_words(std::string_view text, TreeBuilder& tree) {
  try {
    return build(text, tree);
  } catch (const Problem& refused) {
    return refused;
  } catch (const YAML::DeepRecursion& deep) {
    return tree.at(deep.mark, kTooDeep, kTooDeepAdvice);
  } catch (const YAML::Exception& error) {
    const auto [what, suggestion] = plain_words(error.msg);
    return tree.at(place_of(error, text, tree), what, suggestion);
  } catch (const std::exception&) {
    return tree.at(tree.last_place(), "broken YAML: this cannot be read from here on", "");
  }
}

}  // namespace

std::optional<Node> parse_yaml(const std::string& text, const std::string& file, std::vector<Problem>& problems) {
  // Without the last line end the parser notices a quotation mark that is never closed.
  std::string_view plain = without_mark(text);
  plain = plain.substr(0, plain.find_last_not_of(" \t\r\n") + 1);
  auto broken = unreadable_place(plain, file);
  if (!broken) broken = tab_in_indentation(plain, file);
  const Lines lines(plain);
  TreeBuilder tree(file, lines, problems);
  if (!broken) broken = build_in_words(plain, tree);
  if (!broken) return std::move(tree.root());
  broken->file = file;
  problems.push_back(*broken);
  return std::nullopt;
}

std::optional<Node> read_yaml(const std::string& file, std::vector<Problem>& problems) {
  const auto text = read_file(file, problems);
  return text ? parse_yaml(*text, file, problems) : std::nullopt;
}

}  // namespace sleutel
