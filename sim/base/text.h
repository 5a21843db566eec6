#pragma once
/// \file
/// Words in messages: how far apart two words are, the nearest of a list, and lists in a sentence.

#include <string>
#include <string_view>
#include <vector>

namespace sleutel {

/// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours that turn one word into the
/// other; capitals count as small letters. [edits]
int edit_distance(std::string_view one, std::string_view other);

/// The candidate nearest to the word: within 2 edits, or within 1 if the word has four letters or fewer. Of equally
/// near ones the one with the same first letter, then the first in alphabetical order. Empty if none is near.
std::string closest(std::string_view word, const std::vector<std::string>& candidates);

/// `did you mean "vroegsignalering"?`, or empty if no candidate is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

/// The words with commas, and the last two joined by `last`: "a, b or c".
std::string listed(const std::vector<std::string>& words, std::string_view last = "or");

/// "1 problem", "2 problems".
std::string counted(std::size_t count, std::string_view noun);

/// The word between double quotes; longer than 60 characters it is cut, and line ends and control characters are
/// shown as spaces, so that a message stays on its line.
std::string in_quotes(std::string_view word);

/// As in_quotes, between single quotes: what was found in a file.
std::string found_text(std::string_view word);

/// The word as the shell takes it for one: between single quotes where it must be.
std::string shell_word(const std::string& word);

/// Letters a-z, as the C locale has them.
std::string lower_case(std::string_view word);

/// Without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace sleutel
