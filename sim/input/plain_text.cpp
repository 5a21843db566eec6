#include "sim/input/plain_text.h"

#include <algorithm>
#include <cstdint>

namespace sleutel {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

bool continues(unsigned byte) { return (byte & 0xC0) == 0x80; }

/// Bytes of the character that begins here, 0 if none does. Overlong forms, surrogates and numbers above U+10FFFF are
/// no characters (RFC 3629).
std::size_t character_length(std::string_view text, std::size_t at) {
  const unsigned first = byte_at(text, at), second = byte_at(text, at + 1);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4 || !continues(second)) return 0;
  if (first < 0xE0) return 2;
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) || !continues(byte_at(text, at + 2)))
    return 0;
  if (first < 0xF0) return 3;
  if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F) || !continues(byte_at(text, at + 3)))
    return 0;
  return 4;
}

bool is_control(unsigned byte) { return byte < 0x20 ? byte != '\t' && byte != '\n' && byte != '\r' : byte == 0x7F; }

Problem problem_at(std::string_view text, std::size_t at, const std::string& file, const char* what, const char* todo) {
  const auto before = text.substr(0, at);
  const int line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return {file, line, column_of(text.substr(start, at - start), at - start), "", what, todo};
}

}  // namespace

std::string_view without_mark(std::string_view text) {
  return text.substr(0, kMark.size()) == kMark ? text.substr(kMark.size()) : text;
}

int column_of(std::string_view line, std::size_t byte) {
  const auto before = line.substr(0, std::min(byte, line.size()));
  const auto inside = std::count_if(before.begin(), before.end(),
                                    [](char letter) { return continues(static_cast<unsigned char>(letter)); });
  return 1 + static_cast<int>(before.size()) - static_cast<int>(inside);
}

std::optional<Problem> unreadable_place(std::string_view text, const std::string& file) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_length(text, at);
    if (length == 0)
      return problem_at(text, at, file, "this is not UTF-8 text", "save the file with the encoding UTF-8");
    if (is_control(byte_at(text, at)))
      return problem_at(text, at, file, "a control character cannot stand here", "remove it");
    at += length;
  }
  return std::nullopt;
}

}  // namespace sleutel
