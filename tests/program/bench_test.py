#!/usr/bin/python3
"""`sleutel bench` and the history of its figures.

    bench_test.py PROGRAM
"""
import csv
import datetime
import json
import re
import subprocess

from program import PROGRAM, PROJECT, Checks, call, done

COLUMNS = ["commit", "date", "machine", "isa", "threads", "lanes", "resident_months_per_second", "vector_over_scalar",
           "bytes_per_resident"]


def bench(checks, folder):
    told = json.loads(done(checks, call("bench", "--json", "--residents", "2000", "--threads", "1"), "bench --json").stdout)
    states = json.loads(call("model", "--json").stdout)["states"]
    checks.that(1900 <= told["residents"] <= 2100, f"a sample of about 2,000: {told['residents']}")
    checks.equal((told["threads"], told["months"]), (1, 60), "threads and months")
    checks.that(0 < told["lanes"] <= len([one for one in states if not one["rest"]]), f"lanes: {told['lanes']}")
    checks.that(0 < told["bytes_per_resident"] <= 128, f"bytes per resident: {told['bytes_per_resident']}")
    ratio = told["resident_months_per_second"] / told["scalar_resident_months_per_second"]
    checks.that(abs(ratio / told["vector_over_scalar"] - 1) < 1e-9, f"the ratio is that of the two speeds: {told}")
    text = done(checks, call("bench", "--residents", "2000", "--threads", "1"), "bench").stdout
    checks.that(re.search(r"million resident-months per second \(median of five\)", text), f"in words: {text}")


def history(checks, folder):
    rows = list(csv.reader((PROJECT / "benchmarks/history.csv").open()))
    checks.equal(rows[0], COLUMNS, "columns")
    for row in rows[1:]:
        checks.equal(len(row), len(COLUMNS), f"{row}: cells")
        one = dict(zip(COLUMNS, row))
        checks.that(re.fullmatch(r"[0-9a-f]{7,40}\+?", one["commit"]), f"commit {one['commit']}")
        checks.that(datetime.date.fromisoformat(one["date"]), f"date {one['date']}")
        checks.that(one["isa"] in ("scalar", "avx2", "avx512") and one["machine"], f"isa and machine: {row}")
        checks.that(all(float(one[name]) > 0 for name in COLUMNS[4:]), f"numbers above 0: {row}")


def adding(checks, folder):
    before = (PROJECT / "benchmarks/history.csv").read_text()
    told = subprocess.run([PROJECT / "benchmarks/add_to_history.py", "--print", PROGRAM, "--residents", "2000", "--threads", "1"],
                          capture_output=True, text=True)
    checks.equal(told.returncode, 0, f"add_to_history.py --print: {told.stderr[-400:]}")
    cells = next(csv.reader([told.stdout]))
    checks.equal(len(cells), len(COLUMNS), f"cells of the line: {told.stdout}")
    checks.equal(cells[4], "1", "its threads")
    checks.equal((PROJECT / "benchmarks/history.csv").read_text(), before, "--print adds nothing")


Checks().run(bench, history, adding)
