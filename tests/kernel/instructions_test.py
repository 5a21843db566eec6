#!/usr/bin/python3
"""Only the kernel's own files for one instruction set use wide registers: everything else runs on any x86-64.

    instructions_test.py PROGRAM
"""
import re
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.argv[1])
FORMS = {"avx2.cpp.o": r"%ymm", "columns_avx2.cpp.o": r"%ymm", "avx512.cpp.o": r"%zmm", "columns_avx512.cpp.o": r"%zmm"}
WIDE = re.compile(r"%[yz]mm|%k[1-7]\b|:\s+v(?!err|erw)[a-z]")  # every AVX instruction begins with a v, on %xmm too


def objects():
    """Those that the program is linked from: of the rooms and of the commands, not of tests."""
    folders = [folder for folder in (PROGRAM.parent / "CMakeFiles").glob("sleutel*.dir")]
    return sorted(path for folder in folders for path in folder.rglob("*.o"))


def wide_lines(path):
    told = subprocess.run(["objdump", "-d", "--no-show-raw-insn", path], capture_output=True, text=True, check=True)
    return [line.strip() for line in told.stdout.splitlines() if WIDE.search(line)]


def main():
    failed = 0
    found = {}
    for path in objects():
        lines = wide_lines(path)
        if path.name in FORMS:
            found[path.name] = any(re.search(FORMS[path.name], line) for line in lines)
            fused = [line for line in lines if re.search(r"\bvf\w*m(add|sub)", line)]
            failed += len(fused)
            print(*(f"FAILED: {path.name}: a fused operation: {line}" for line in fused[:3]), sep="\n", end="")
        elif lines:
            failed += 1
            print(f"FAILED: {path}: {len(lines)} lines with wide registers, such as {lines[0]}")
    if sys.platform == "linux" and subprocess.run(["uname", "-m"], capture_output=True, text=True).stdout.strip() == "x86_64":
        for name in FORMS:
            if not found.get(name):
                failed += 1
                print(f"FAILED: {name}: no wide registers where they are expected: the test would see nothing")
    print(f"{len(objects())} objects looked at, {failed} failed")
    return 1 if failed or len(objects()) < 10 else 0


sys.exit(main())
