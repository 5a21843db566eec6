#include "sim/input/write_yaml.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace sleutel {
namespace {

constexpr std::size_t kIndent = 2;

bool is_unprintable(char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F; }

/// Whether the word reads as itself without quotes.
bool is_plain(std::string_view word) {
  constexpr std::array<std::string_view, 5> nothing = {"", "~", "null", "Null", "NULL"};
  if (std::find(nothing.begin(), nothing.end(), word) != nothing.end()) return false;
  if (word.front() == ' ' || word.back() == ' ' || word.back() == ':') return false;
  const bool dash = word[0] == '-' && word.size() > 1 && word[1] != ' ' && !word.starts_with("---");
  if (!dash && std::string_view("-?:,[]{}#&*!|>'\"%@`").find(word[0]) != std::string_view::npos) return false;
  if (word.find(": ") != std::string_view::npos || word.find(" #") != std::string_view::npos) return false;
  return std::none_of(word.begin(), word.end(), is_unprintable) && !word.starts_with("...");
}

std::string in_double_quotes(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') out += '\\';
    if (is_unprintable(letter))
      out += std::string("\\x") + digits[static_cast<unsigned char>(letter) >> 4] + digits[letter & 15];
    else
      out += letter;
  }
  return out + "\"";
}

std::string word_text(const std::string& word, bool quoted) {
  return !quoted && is_plain(word) ? word : in_double_quotes(word);
}

std::string block(const Node& node, std::size_t indent);

/// What follows the colon of a key, or the dash of an entry, with its line end.
std::string after_mark(const Node& node, std::size_t indent) {
  if (node.is_null()) return "\n";
  if (node.is_scalar()) return " " + word_text(node.text, node.quoted) + "\n";
  if (node.items.empty()) return node.is_list() ? " []\n" : " {}\n";
  return "\n" + block(node, indent + kIndent);
}

/// The entries of a list or map that is not empty.
std::string block(const Node& node, std::size_t indent) {
  std::string text;
  for (const Node& item : node.items) {
    const bool is_entry = node.is_list();
    text += std::string(indent, ' ') + (is_entry ? "-" : word_text(item.key, false) + ":");
    const std::string rest = after_mark(item, indent);
    const bool joined = is_entry && !item.is_null() && rest[0] == '\n';  // the first key stands beside its dash
    text += joined ? " " + rest.substr(1 + indent + kIndent) : rest;
  }
  return text;
}

}  // namespace

std::string yaml_text(const Node& root) {
  const bool flat = !root.is_list() && !root.is_map();
  return flat || root.items.empty() ? after_mark(root, 0).substr(1) : block(root, 0);
}

}  // namespace sleutel
