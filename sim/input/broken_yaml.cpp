#include "sim/input/broken_yaml.h"

#include <yaml-cpp/exceptions.h>

#include <array>
#include <string_view>

namespace sleutel {
namespace {

struct Words {
  std::string_view begins_with;  ///< the parser's message, or its beginning
  const char* what;
  const char* suggestion;
};

constexpr const char* kFit = kIndent + sizeof("broken YAML: ") - 1;  // without the words that are put in front
constexpr const char* kColon = "a colon with a space after it cannot stand here";
constexpr const char* kColonAdvice = "put a text that contains a colon between quotes; write each key on its own line";
constexpr const char* kName = "a name must follow & or *, and nothing else";

using namespace YAML::ErrorMsg;

const std::array<Words, 19> kWords{{
    {END_OF_MAP_FLOW, "a { is not closed by } before this place", "close it, and put commas between the entries"},
    {END_OF_SEQ_FLOW, "a [ is not closed by ] before this place", "close it, and put commas between the entries"},
    {END_OF_MAP, kFit, kIndentAdvice},
    {END_OF_SEQ, kFit, kIndentAdvice},
    {TAB_IN_INDENTATION, "a tab in the indentation", "indent with spaces, two for each level"},
    {EOF_IN_SCALAR, "a text that opens with a quotation mark is never closed", "close it with the same mark"},
    {DOC_IN_SCALAR, "--- or ... stands inside a text between quotes", "close the text before it"},
    {CHAR_IN_SCALAR, "a character cannot stand in this text", "put the text between quotes"},
    {INVALID_ESCAPE, "an unknown character follows \\ in a text between double quotes",
     "write \\\\ for a backslash, or use single quotes"},
    {INVALID_HEX, "letters and digits after \\x, \\u or \\U are no number", "use single quotes to write a backslash"},
    {INVALID_UNICODE, "the number after \\u or \\U is no character", "write the character itself"},
    {FLOW_END, "a } or ] closes what was not opened", "remove it, or open it before"},
    {BLOCK_ENTRY, "a list entry (a dash and a space) cannot stand here", "begin the list on the line below its key"},
    {MAP_KEY, kColon, kColonAdvice},
    {MAP_VALUE, kColon, kColonAdvice},
    {CHAR_IN_ALIAS, kName, "put a text with & or * in quotes"},
    {CHAR_IN_ANCHOR, kName, "put a text with & or * in quotes"},
    {CHAR_IN_BLOCK, "after | or > the text must begin on the next line", "begin it there, indented"},
    {UNKNOWN_TOKEN, "a value cannot begin with this character", "put the value between quotes"},
}};

}  // namespace

std::pair<std::string, std::string> plain_words(const std::string& parser_message) {
  const std::string_view message = parser_message;
  for (const std::string_view alias :
       {UNKNOWN_ANCHOR, ALIAS_NOT_FOUND, ANCHOR_NOT_FOUND, ALIAS_CONTENT, MULTIPLE_ANCHORS})
    if (message.substr(0, alias.size()) == alias) return {kNoAlias, kNoAliasAdvice};
  for (const Words& words : kWords)
    if (message.substr(0, words.begins_with.size()) == words.begins_with)
      return {std::string("broken YAML: ") + words.what, words.suggestion};
  return {"broken YAML: this cannot be read from here on",
          "compare the line and the one above it with a study that works"};
}

}  // namespace sleutel
