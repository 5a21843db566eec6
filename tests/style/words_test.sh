#!/bin/sh
# The repository speaks of itself alone, and every shell script parses.
set -eu
found=0
if git grep -nIiE '\b(assistant|language model|chatgpt|copilot|anthropic|openai)\b|/work/|\.\./shared|deb\.debian\.org|registry\.npmjs' -- . ':!tests/style/words_test.sh'; then
  echo "words that do not belong in the project"
  found=1
fi
for script in sleutel .ci/run .ci/long .ci/format .ci/tidy .ci/sanitize; do
  case $(head -n 1 "$script") in *bash) bash -n "$script" ;; *) sh -n "$script" ;; esac || found=1
done
exit $found
