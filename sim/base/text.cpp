#include "sim/base/text.h"

#include <algorithm>
#include <tuple>

namespace sleutel {
namespace {

/// Longest word that is shown whole, and longest that is compared: a message is for reading. [bytes]
constexpr std::size_t kLongestShown = 60;
constexpr std::size_t kLongestCompared = 200;

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::string shown(std::string_view word, char quote) {
  std::string text(word);
  if (text.size() > kLongestShown) {
    std::size_t end = kLongestShown;
    while (end > 0 && continues_character(text[end])) --end;
    text = text.substr(0, end) + "...";
  }
  for (char& letter : text)
    if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F) letter = ' ';
  return quote + text + quote;
}

}  // namespace

std::string lower_case(std::string_view word) {
  std::string text(word);
  std::transform(text.begin(), text.end(), text.begin(), lower);
  return text;
}

int edit_distance(std::string_view one, std::string_view other) {
  const std::string a = lower_case(one.substr(0, kLongestCompared));
  const std::string b = lower_case(other.substr(0, kLongestCompared));
  std::vector<int> before_last(b.size() + 1), last(b.size() + 1), current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) current[j] = std::min(current[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, current);
  }
  return last[b.size()];
}

std::string closest(std::string_view word, const std::vector<std::string>& candidates) {
  const int limit = word.size() <= 4 ? 1 : 2;
  using Rank = std::tuple<int, bool, std::string_view>;
  Rank best{limit + 1, true, ""};
  for (const std::string& candidate : candidates) {
    const bool other_letter = word.empty() || candidate.empty() || lower(word[0]) != lower(candidate[0]);
    best = std::min(best, Rank{edit_distance(word, candidate), other_letter, candidate});
  }
  return std::string(std::get<0>(best) <= limit ? std::get<2>(best) : "");
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string nearest = closest(word, candidates);
  return nearest.empty() ? "" : "did you mean " + in_quotes(nearest) + "?";
}

std::string listed(const std::vector<std::string>& words, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " " + std::string(last) + " " : ", ";
    text += words[i];
  }
  return text;
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string in_quotes(std::string_view word) { return shown(word, '"'); }

std::string found_text(std::string_view word) { return shown(word, '\''); }

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string shell_word(const std::string& word) {
  constexpr const char* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/=:,+@%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char letter : word) quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return quoted + "'";
}

}  // namespace sleutel
