#!/usr/bin/python3
"""The house in order: arrows run downward only, libraries stay in their rooms, files stay small, no anonymous randomness.

Each rule names file and line. Run with --self-check it plants one violation of each rule and expects to be told.
"""
import re
import subprocess
import sys
from pathlib import Path

FLOORS = [
    ("sim/cli/", 6), ("sim/study/", 5), ("sim/bench/", 5), ("sim/trace/", 5), ("sim/fit/", 5), ("sim/model/", 4), ("sim/city/", 4), ("sim/engine/", 3),
    ("output/", 3), ("sim/input/", 3), ("sim/kernel/", 2), ("sim/events/", 2), ("sim/programmes/", 2), ("sim/base/", 1),
    ("sleutel/", 0), ("include/sleutel/", 0),
]
LIBRARIES = [  # header pattern, the only folder that may include it
    (re.compile(r"[<\"](oneapi/)?tbb/"), "sim/engine/"),
    (re.compile(r"[<\"](boost/mpi|mpi\.h)"), "sim/engine/ranks/"),
    (re.compile(r"[<\"](hdf5|H5)"), "output/hdf5/"),
    (re.compile(r"[<\"]yaml-cpp"), "sim/input/"),
    (re.compile(r"[<\"]CLI/"), "sim/cli/"),
    (re.compile(r"[<\"]openssl/"), "output/hdf5/"),
]
FORBIDDEN = [
    (re.compile(r"\bstd::(mt19937|random_device|minstd_rand|default_random_engine|shuffle|uniform_int_distribution|"
                r"uniform_real_distribution|normal_distribution|hash)\b"), "randomness or hashing without a name"),
    (re.compile(r"\bstd::unordered_"), "unordered containers have no fixed order"),
    (re.compile(r"\bstd::(exp|log|log2|log10|pow|expm1|log1p|exp2)\("), "libm differs between machines: use sim/base/math.h"),
    (re.compile(r"\b(TODO|FIXME|XXX)\b"), "unfinished work"),
]
PRINTING = re.compile(r"\b(std::cout|std::cerr|printf|fputs|puts)\b")
MAX_LINES = 400


def floor_of(path):
    for prefix, floor in FLOORS:
        if path.startswith(prefix):
            return floor, prefix
    return None, None


def check_file(path, text):
    """Yields 'file:line: what' for each violation in one file."""
    lines = text.splitlines()
    if len(lines) > MAX_LINES:
        yield f"{path}:{len(lines)}: {len(lines)} lines (at most {MAX_LINES})"
    own_floor, own_room = floor_of(path)
    for number, line in enumerate(lines, 1):
        place = f"{path}:{number}"
        include = re.match(r"\s*#\s*include\s*([<\"])([^>\"]+)", line)
        if include:
            target = include.group(2)
            for pattern, home in LIBRARIES:
                if pattern.search(include.group(1) + target) and not path.startswith((home, "tests/", "benchmarks/")):
                    yield f"{place}: {target} may be included in {home} only"
            floor, room = floor_of(target)
            if floor and own_floor is not None and room != own_room and floor >= own_floor:
                yield f"{place}: {own_room} (floor {own_floor}) includes {target} (floor {floor}): arrows run downward only"
        if path.startswith("tests/"):
            continue
        code = line.split("//")[0]
        for pattern, why in FORBIDDEN:
            if pattern.search(line if "unfinished" in why else code):
                yield f"{place}: {why}: {line.strip()}"
        if PRINTING.search(code) and not path.startswith(("sim/cli/", "output/", "benchmarks/")):
            yield f"{place}: printing outside sim/cli/ and output/"


def tracked_files():
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.cpp", "*.h"],
                            check=True, capture_output=True, text=True).stdout
    return [name for name in listed.split("\0") if name and Path(name).is_file()]


def self_check():
    """Each rule finds what it is for; returns the rules that do not."""
    planted = [
        ("sim/kernel/a.cpp", '#include "sim/engine/month.h"'), ("sim/engine/a.cpp", '#include "output/hdf5/read.h"'),
        ("sim/city/a.cpp", '#include "sim/model/read_model.h"'), ("sim/study/a.cpp", "#include <tbb/task_arena.h>"),
        ("sim/engine/a.cpp", "#include <boost/mpi.hpp>"), ("sim/cli/a.cpp", "#include <hdf5.h>"), ("sim/model/a.cpp", "#include <yaml-cpp/yaml.h>"),
        ("sim/events/a.cpp", "std::mt19937 generator;"), ("sim/events/a.cpp", "std::unordered_map<int, int> m;"),
        ("sim/events/a.cpp", "x = std::exp(y);"), ("sim/events/a.cpp", "// TODO"), ("sim/kernel/a.cpp", "printf(x);"),
        ("sim/kernel/a.cpp", "\n" * (MAX_LINES + 1)),
    ]
    return [text.strip() or "length" for path, text in planted if not list(check_file(path, text))]


def main():
    missed = self_check()
    found = [message for name in tracked_files() for message in check_file(name, Path(name).read_text(encoding="utf-8"))]
    for message in found + [f"the rule for '{text}' finds nothing" for text in missed]:
        print(message)
    print(f"{len(found) + len(missed)} violations")
    return 1 if found or missed else 0


if __name__ == "__main__":
    sys.exit(main())
