#!/bin/sh
# Builds the laws once as they are and once for each mutant, and expects that each mutant turns them red.
# Usage: tests/mutants/run.sh [name ...]      (all mutants of README.md if none is named)
set -u
cd "$(dirname "$0")/../.." || exit 1
mutants=${*:-$(sed -n 's/^| \([A-Z_][A-Z_]*\) |.*/\1/p' tests/mutants/README.md)}
failed=0

build() {  # name, folder
  cmake -G Ninja -S . -B "$2" -DCMAKE_BUILD_TYPE=Release -DSLEUTEL_MUTANT="$1" >"$2.log" 2>&1 &&
    cmake --build "$2" --target test_laws >>"$2.log" 2>&1
}

mkdir -p build
for mutant in "" $mutants; do
  name=${mutant:-as-it-is}
  folder=build/mutant-$name
  if ! build "$mutant" "$folder"; then
    echo "$name: does not build, see $folder.log"
    failed=1
    continue
  fi
  "$folder/tests/test_laws" "[law]~[long]" >"$folder.txt" 2>&1
  red=$?
  if [ -z "$mutant" ] && [ $red -ne 0 ]; then
    echo "$name: red without a mutant, see $folder.txt"
    failed=1
  elif [ -n "$mutant" ] && [ $red -eq 0 ]; then
    echo "$name: survived: no law noticed"
    failed=1
  else
    echo "$name: $([ -n "$mutant" ] && echo red, as it must be || echo green)"
  fi
done
exit $failed
