#!/usr/bin/python3
"""Measures this machine with `sleutel bench --json` and adds a line to benchmarks/history.csv.

    benchmarks/add_to_history.py [--print] [PROGRAM [options of bench]]     --print shows the line and adds nothing
"""
import csv
import datetime
import io
import json
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
HISTORY = PROJECT / "benchmarks/history.csv"
ROUNDED = {"resident_months_per_second": 0, "vector_over_scalar": 2, "bytes_per_resident": 0}


def commit():
    """The commit that was measured; with a + if the tree holds changes that are in none."""
    def git(*words):
        return subprocess.run(["git", *words], cwd=PROJECT, capture_output=True, text=True, check=True).stdout.strip()
    changed = git("status", "--porcelain", "--", "sim", "include", "cmake", "CMakeLists.txt", "scenarios")
    return git("rev-parse", "--short=8", "HEAD") + ("+" if changed else "")


def line_of(columns, measured):
    known = {**measured, "commit": commit(), "date": datetime.date.today().isoformat()}
    for name, decimals in ROUNDED.items():
        known[name] = f"{known[name]:.{decimals}f}"
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([known[name] for name in columns])
    return text.getvalue()


def main(words):
    only_print = words[:1] == ["--print"]
    words = words[1:] if only_print else words
    program, options = (words[0], words[1:]) if words else (PROJECT / "build/release/sleutel", [])
    told = subprocess.run([str(program), "bench", "--json", *options], cwd=PROJECT, capture_output=True, text=True)
    if told.returncode != 0:
        sys.exit(told.stderr)
    columns = next(csv.reader(HISTORY.open()))
    line = line_of(columns, json.loads(told.stdout))
    if not only_print:
        with HISTORY.open("a") as history:
            history.write(line)
    print(line, end="")


main(sys.argv[1:])
