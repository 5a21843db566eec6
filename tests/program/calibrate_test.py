#!/usr/bin/python3
"""`sleutel calibrate` from its file to draws: what it writes, that it goes on where it was stopped, what it refuses.
How well the search finds what is to be found is tested in tests/calibrate/.

    calibrate_test.py PROGRAM
"""
import csv
import json
import re
import subprocess
import time

import yaml

from program import PROGRAM, PROJECT, Checks, call, done, small_study

TARGETS = """label: calibrated on
figures:
  debt_low_income:
    name: {en: "in problem debt, low income", nl: "problematische schulden, laag inkomen"}
    stratum: households in problem debt
    group: money
    measure: share
    units: households
    among: {all: [problem_debt]}
    of: {all: [low_income]}
    published: 0.4
    standard_error: {value: 0.05, from: rounding}
    source: "invented for this test"
  debt_unemployed:
    name: {en: "low income among the unemployed", nl: "laag inkomen onder werklozen"}
    stratum: unemployed
    group: money
    measure: share
    among: {all: [unemployed]}
    of: {all: [low_income]}
    published: 0.3
    standard_error: {value: 0.05, from: rounding}
    source: "invented for this test"
"""
PATHS = ["states.problem_debt.onset.edges.low_income", "states.low_income.onset.edges.unemployed"]
CALIBRATION = {"calibration": "small", "targets": "targets.yaml", "residents": 500, "years": 1, "replicates": 2, "seed": 3,
               "search": {"first_design": 1, "downhill": 5, "waves": 1, "wave_points": 2, "draws": 4, "most_sampled": 4},
               "parameters": {path: "evidence" for path in PATHS}}


def written(folder, **changes):
    (folder / "targets.yaml").write_text(TARGETS)
    path = folder / "calibration.yaml"
    path.write_text(yaml.safe_dump({**CALIBRATION, **changes}, sort_keys=False))
    return path


def simulated(ledger):
    """Points that stand whole in it."""
    return sum(line.endswith(";") and not line.startswith("#") for line in ledger.read_text().splitlines())


def from_file_to_draws(checks, folder):
    calibration, stem = written(folder), folder / "out"
    report = json.loads(done(checks, call("calibrate", calibration, "--output", stem, "--json", "--quiet"), "calibrate").stdout)
    checks.equal([one["parameter"] for one in report["parameters"]], PATHS, "the parameters, in order")
    for one in report["parameters"]:
        checks.that(one["prior_low"] < one["low"] <= one["median"] <= one["high"] < 1.2 * one["prior_high"], f"in the prior: {one}")
    checks.equal([one["figure"] for one in report["figures"]], ["debt_low_income", "debt_unemployed"], "the figures")
    for one in report["figures"]:
        checks.that(0 < one["low"] <= one["median"] <= one["high"] < 1, f"shares: {one}")
    with open(f"{stem}.draws.csv") as file:
        draws = list(csv.DictReader(file))
    checks.equal([len(draws), list(draws[0])], [4, ["draw", *PATHS]], "four draws of two parameters")
    found = yaml.safe_load(open(f"{stem}.calibrated.yaml"))
    checks.equal(list(found["set"]), PATHS, "`set:` of both")
    study = small_study("first-look", folder, residents=1000, years=1, replicates=2, scenarios={"baseline": {}, "found": {"set": found["set"]}})
    done(checks, call("validate", study), "a study may set what was found")
    there = done(checks, call("calibrate", calibration, "--output", stem), "it is there already", code=73)
    checks.that("use --force to replace it" in there.stderr, there.stderr)
    goes_on(checks, folder, calibration, stem)


def goes_on(checks, folder, calibration, stem):
    """Killed and started again: nothing that was simulated is simulated again, and the draws are the same, to the letter."""
    second, ledger = folder / "second", folder / "second.ledger"
    run = subprocess.Popen([PROGRAM, "calibrate", calibration, "--output", second, "--quiet"], cwd=PROJECT)
    limit = time.monotonic() + 120
    while time.monotonic() < limit and run.poll() is None and not (ledger.exists() and simulated(ledger) >= 4):
        time.sleep(0.05)
    run.kill()
    run.communicate()
    checks.that(not (folder / "second.draws.csv").exists(), "killed: there are no draws yet")
    before = simulated(ledger)
    again = done(checks, call("calibrate", calibration, "--output", second), "the same command goes on")
    checks.that(re.search(rf"second\.ledger: {before} simulations? are there, they are not run again", again.stderr), again.stderr)
    for ending in ("draws.csv", "calibrated.yaml"):
        checks.equal((folder / f"second.{ending}").read_text(), (folder / f"out.{ending}").read_text(), f"the same {ending}")
    written(folder, seed=4)
    (folder / "second.draws.csv").unlink()
    (folder / "second.calibrated.yaml").unlink()
    other = done(checks, call("calibrate", calibration, "--output", second), "another seed", code=73)
    checks.that("belongs to another search" in other.stderr, other.stderr)


def refused(checks, folder):
    missing = done(checks, call("calibrate", folder / "none.yaml"), "no such file", code=66)
    checks.that("none.yaml" in missing.stderr, missing.stderr)
    wrong = written(folder, parameters={"states.problem_debt.onset.edges.lowincome": "evidence", "shrink.cohort": "evidence"})
    told = done(checks, call("calibrate", wrong, "--output", folder / "out"), "unknown, and without a prior", code=65).stderr
    checks.that('the model has no parameter "states.problem_debt.onset.edges.lowincome"' in told, told)
    checks.that('did you mean "states.problem_debt.onset.edges.low_income"?' in told, told)
    checks.that("its evidence gives no interval, so there is no prior" in told, told)
    checks.equal([path.name for path in folder.glob("out*")], [], "nothing was made")
    small = written(folder)
    (folder / "targets.yaml").write_text(TARGETS.replace("among: {all: [unemployed]}", "among: {all: [dementia], age: [56, 57]}"))
    nobody = done(checks, call("calibrate", small, "--output", folder / "out"), "nobody to ask", code=1).stderr
    checks.that("debt_unemployed: nobody was there to be asked in the sample of " in nobody, nobody)


Checks().run(from_file_to_draws, refused)
