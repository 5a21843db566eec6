#!/bin/sh
# Every shell script parses, and no tracked text names a folder of somebody's machine.
set -eu
found=0
for script in sleutel .ci/run .ci/long .ci/format .ci/tidy .ci/sanitize docs/slurm-example.sh; do
  case $(head -n 1 "$script") in *bash) bash -n "$script" ;; *) sh -n "$script" ;; esac || found=1
done
if git grep -nIE '(^|[^a-zA-Z.])/(home|root|Users)/[a-z]' -- . ':!tests/style/scripts_test.sh'; then
  echo "a path of one machine"
  found=1
fi
exit $found
