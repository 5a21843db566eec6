#!/usr/bin/python3
"""The benchmark cases: their answers follow from the formulas of their pages, they come out, and a wrong program is told.

    cases_test.py PROGRAM
    SLEUTEL_LONG=1 cases_test.py PROGRAM      also with twenty times the replicates: errors a quarter as large are seen

False alarms: a right program fails `they_come_out` with a chance of at most 0.009 for a seed that nobody has looked at, 0.001
for each case (Student's t over replicates, shared out over the values of a case). The seeds are fixed, so it is one throw.
"""
import json
import math
import re
import shutil

import h5py
import yaml

from case_answers import ANSWERS, left_of_the_start
from program import LONG, PROJECT, Checks, call, done

CASES = PROJECT / "scenarios/benchmarks"
FALSE_ALARM = 0.001
NAMES = ["case", "title", "study", "scenarios", "replicates", "years", "residents", "resident_months", "seconds",
         "resident_months_per_second", "false_alarm", "agrees", "values"]
VALUE_NAMES = ["value", "says", "unit", "expected", "simulated", "standard_error", "difference_in_standard_errors", "limit",
               "exact", "agrees"]
WRONG = {  # what is changed in the model of each case, by a few percent to a fifth
    "life-table": ("1-4: 0.035", "1-4: 0.042"), "two-state": ("value: 0.8", "value: 0.84"),
    "competing-risks": ("value: 0.03", "value: 0.033"), "stable-population": ("15-44: 0.095", "15-44: 0.105"),
    "stress": ("half_life_slow: {months: 10", "half_life_slow: {months: 11"), "heterogeneous-cohort": ("slow: 0.1}", "slow: 0.12}"),
    "households": ("draw: 0, per_year: {value: 0.1", "draw: 0, per_year: {value: 0.13"), "trial": ("value: 0.8", "value: 0.9"),
    "waiting-line": ("value: 0.001", "value: 0.0007"),
}


def known(name):
    return yaml.safe_load((CASES / name / "case.yaml").read_text())


def answers_follow(checks, folder):
    """Every expected value is that of a formula, to the nine digits written."""
    checks.equal(sorted(path.parent.name for path in CASES.glob("*/case.yaml")), sorted(ANSWERS), "cases with a derivation")
    for name, answers in ANSWERS.items():
        case, found = known(name), answers()
        checks.equal(sorted(case["values"]), sorted(found), f"{name}: values with a derivation")
        checks.equal(case["false_alarm"], FALSE_ALARM, f"{name}: its false-alarm rate")
        for value, answer in found.items():
            written = case["values"][value]["expected"]
            checks.that(abs(written - answer) <= 1e-8 * max(1e-3, abs(answer)), f"{name}: {value}: {written} written, {answer} derived")
        checks.that((CASES / name / "README.md").is_file(), f"{name}: has a page")


def two_sided(t, freedom):
    """Chance of a Student t beyond +-t, by Simpson's rule on the part within."""
    steps, scale = 4000, math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)
    density = [scale * (1 + (t * i / steps) ** 2 / freedom) ** (-(freedom + 1) / 2) for i in range(steps + 1)]
    weights = [1, *(4 if i % 2 else 2 for i in range(1, steps)), 1]
    return 1 - 2 * sum(w * d for w, d in zip(weights, density)) * t / steps / 3


def judged_rightly(checks, case, name):
    by_chance = [value for value in case["values"] if not value["exact"]]
    for value in by_chance:
        what, difference = f"{name}: {value['value']}", value["difference_in_standard_errors"]
        checks.that(value["standard_error"] > 0, f"{what}: replicates differ")
        checks.that(abs(difference - (value["simulated"] - value["expected"]) / value["standard_error"]) < 1e-6, f"{what}: difference")
        checks.equal(value["agrees"], abs(difference) <= value["limit"], f"{what}: the verdict")
        chance = two_sided(value["limit"], case["replicates"] - 1) * len(by_chance)
        checks.that(abs(chance / FALSE_ALARM - 1) < 0.01, f"{what}: the limit gives {chance} for the case")


def they_come_out(checks, folder):
    cases = json.loads(done(checks, call("bench", "--cases", "--json"), "bench --cases --json").stdout)
    checks.equal([case["case"] for case in cases], sorted(ANSWERS), "all cases, in order")
    for case in cases:
        checks.equal(list(case), NAMES, f"{case['case']}: names")
        checks.that(case["agrees"] and case["resident_months_per_second"] > 0, f"{case['case']} agrees: {case}")
        for value in case["values"]:
            checks.equal(list(value), VALUE_NAMES, f"{case['case']}: names of a value")
        judged_rightly(checks, case, case["case"])
    start_is_forgotten(checks, next(case for case in cases if case["case"] == "stable-population"))


def start_is_forgotten(checks, case):
    """The town's own ages are no more than a fifth of a standard error in any value of the stable population."""
    left = left_of_the_start()
    for value in case["values"]:
        distance = abs(left[value["value"]] - value["expected"]) / value["standard_error"]
        checks.that(distance < 0.2, f"stable-population: {value['value']}: the start still counts for {distance} standard errors")


def wrong_models_are_told(checks, folder):
    """In each case one number is another: the case must differ, and the command fail."""
    cases = shutil.copytree(CASES, folder / "scenarios/benchmarks")
    for name, (right, wrong) in WRONG.items():
        model = cases / name / "model.yaml"
        checks.equal(model.read_text().count(right), 1, f"{name}: {right} stands there once")
        model.write_text(model.read_text().replace(right, wrong))
    outcome = done(checks, call("bench", "--cases", "--json", folder=folder), "wrong models", code=1)
    for case in json.loads(outcome.stdout):
        checks.equal(case["agrees"], False, f"{case['case']} with {WRONG[case['case']][1]}: agrees")


def they_come_out_sharply(checks, folder):
    """Twenty times the replicates and another seed, one case at a time: a bias of a tenth of a percent shows."""
    cases = shutil.copytree(CASES, folder / "scenarios/benchmarks")
    for study in cases.glob("*/study.yaml"):
        text = re.sub(r"replicates: (\d+)", lambda found: f"replicates: {20 * int(found[1])}", study.read_text())
        study.write_text(text.replace("seed: 1\n", "seed: 31415\n"))
        outcome = done(checks, call("bench", "--cases", study.parent), f"{study.parent.name}, sharply").stdout
        checks.that("all agree" in outcome, outcome)


def as_run_gives_it(checks, folder):
    """What a case says was simulated is what `run` writes of the same study."""
    outcome = done(checks, call("bench", "--cases", "scenarios/benchmarks/two-state"), "one case").stdout
    study = json.loads(call("bench", "--cases", "scenarios/benchmarks/two-state", "--json").stdout)[0]["study"]
    checks.equal(study, "scenarios/benchmarks/two-state/study.yaml", "the study is named")
    done(checks, call("run", study, "--output", folder / "two-state.h5", "--quiet"), "run")
    with h5py.File(folder / "two-state.h5") as file:
        share = file["ill"][1, 0, :, 1, -1].mean()
    line = next(line for line in outcome.splitlines() if line.startswith("  ill in year 2"))
    checks.that(re.search(rf" {share:.5f} ", line), f"{share} in: {line}")
    checks.that("all agree" in outcome and "1 case, 7 values" in outcome, outcome)


def own_programmes_are_carried(checks, folder):
    """A results file of the trial holds the programme that lies beside its model."""
    study, output = CASES / "trial/study.yaml", folder / "trial.h5"
    done(checks, call("run", study, "--set", "replicates=2", "--set", "years=1", "--output", output, "--quiet"), "run the trial")
    outcome = done(checks, call("reproduce", output), "reproduce").stdout
    checks.that("the same, every bit of every variable" in outcome, outcome)


Checks().run(answers_follow, they_come_out, wrong_models_are_told, as_run_gives_it, own_programmes_are_carried,
             *([they_come_out_sharply] if LONG else []))
