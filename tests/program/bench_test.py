#!/usr/bin/python3
"""`sleutel bench` and the history of its figures.

    bench_test.py PROGRAM
"""
import csv
import datetime
import json
import re
import subprocess

from program import PROGRAM, PROJECT, Checks, call, done, write_study

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
    phases = sum(told["ns_per_resident_month"].values())
    checks.that(abs(phases / told["ns_of_whole"] - 1) < 1e-9, f"the whole is the sum of its phases: {told}")
    bare = told["bare_kernel_ns_per_resident_month"]
    checks.that(0 < bare < told["ns_per_resident_month"]["transitions"], f"the hazards alone are a part: {told}")
    checks.that(abs(told["speed_over_bare_kernel"] - bare / phases) < 1e-9, f"the ratio is that of the two: {told}")
    checks.that(0.1 < told["philox_ns_per_four_words"] < 1000 and 0.1 < told["memory_gb_per_second"] < 10000, f"ceilings: {told}")
    text = done(checks, call("bench", "--residents", "2000", "--threads", "1"), "bench").stdout
    checks.that("ceilings: the hazards alone" in text, f"ceilings in words: {text}")
    checks.that(re.search(r"million resident-months per second \(median of five\)", text), f"in words: {text}")


def of_a_study(checks, folder):
    """The model of a study, and its residents."""
    plain = {"study": "plain", "question": "Fewer rates?", "city": "leiden", "years": 1, "replicates": 1, "residents": 2000,
             "scenarios": {"baseline": {}, "same": {"effect": "none"}}}
    only = ("--json", "--threads", "1", "--isa", "scalar")
    told = json.loads(done(checks, call("bench", write_study(plain, folder), *only), "bench STUDY").stdout)
    checks.that(1900 <= told["residents"] <= 2100, f"as many residents as the study says: {told['residents']}")
    wrong = done(checks, call("bench", folder / "none.yaml"), "bench of a study that is not there", code=66)
    checks.that("there is no such file" in wrong.stderr, wrong.stderr)


def padded(checks, folder):
    """The wider model that benchmarks/padded_model.py writes is one, and its lanes are live."""
    told = subprocess.run([PROJECT / "benchmarks/padded_model.py", "3", folder / "wide"], capture_output=True, text=True)
    checks.equal(told.returncode, 0, f"padded_model.py: {told.stderr[-400:]}")
    done(checks, call("validate", told.stdout.strip()), "the padded study is valid")
    model = json.loads(done(checks, call("model", "--json", "--model", folder / "wide/scenarios/leiden/model.yaml"), "model").stdout)
    plain = json.loads(call("model", "--json").stdout)
    checks.equal(len(model["states"]), len(plain["states"]) + 3, "three states more")


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


Checks().run(bench, of_a_study, padded, history, adding)
