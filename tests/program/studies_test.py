#!/usr/bin/python3
"""The shipped studies, in small: what they must say, what their programmes cost, and what a second run does.

    studies_test.py PROGRAM
"""
import json
import math

import h5py
import numpy as np
import yaml

from program import PROJECT, Checks, call, digest_of, done, small_study, without_time

SMALL = {"residents": 5000, "replicates": 3, "years": 3}
FIELDS = ["scenario", "outcome", "unit", "group", "year", "baseline", "value", "difference", "low", "high",
          "replicates", "verdict"]
EXTRA_FIELDS = {"label", "matters", "definition", "notes"}
VERDICTS = {"identical in every replicate", "larger than what matters", "real but too small to matter",
            "no difference larger than what matters", "too uncertain to say"}
IDENTICAL = "identical in every replicate"
ASSUMED = {"first-look": ["vroegsignalering", "ouderschap-na-scheiding"], "whole-and-parts": ["ouderschap-na-scheiding"]}


def run_small(checks, name, folder, **changes):
    study = small_study(name, folder, **changes)
    output = folder / f"{name}.h5"
    outcome = done(checks, call("run", study, "--output", output), f"run {name}")
    return study, output, outcome


def rows_of(checks, output, *options):
    outcome = done(checks, call("compare", output, "--json", *options), f"compare {' '.join(options)}")
    return json.loads(outcome.stdout)


def years_of(output):
    with h5py.File(output) as file:
        return [str(year) for year in file["year"][:]]


def every_year(output):
    return [word for year in years_of(output) for word in ("--year", year)]


def money_is_starts_times_cost(checks, output):
    """Cents spent are the starts of the year times what a start costs, to the cent, in every run and year."""
    with h5py.File(output) as file:
        names = [name.decode() for name in file["programmes/programme"][:]]
        starts, cents = file["programmes/starts"][:], file["programmes/cents"][:]
    for i, name in enumerate(names):
        programme = yaml.safe_load((PROJECT / "scenarios/leiden/programmes" / f"{name}.yaml").read_text())
        cost = round(programme["cost"]["per_participant"] * 100)
        checks.that(np.array_equal(cents[..., i], starts[..., i] * cost), f"{output.stem}: money of {name} is starts x cost")
        checks.that(starts[1:, ..., i].sum() > 0, f"{output.stem}: somebody takes part in {name}")
        checks.that(starts[0, ..., i].sum() == 0, f"{output.stem}: nobody takes part in {name} under the baseline")


def what_is_said_is_assumed(checks, name, text):
    study = yaml.safe_load((PROJECT / "scenarios" / f"{name}.yaml").read_text())
    used = {use["programme"] for scenario in study["scenarios"].values() for use in scenario.get("programmes", [])}
    for programme in sorted(used):
        said = f"The effect of {programme} is assumed, not measured." in text
        checks.equal(said, programme in ASSUMED.get(name, []), f"{name}: `{programme} is assumed` is said")


def numbers_agree(checks, name, rows):
    """A difference is the value less the baseline, inside its interval, and the verdict follows from interval and m."""
    for row in rows:
        what = f"{name}: {row['scenario']} {row['outcome']} {row['group']} {row['year']}"
        numbers = [row[key] for key in ("baseline", "value", "difference", "low", "high")]
        if any(number is None or math.isnan(number) for number in numbers):
            continue
        near = math.isclose(row["value"] - row["baseline"], row["difference"], abs_tol=1e-9 * max(1, abs(row["value"])))
        checks.that(near, f"{what}: value - baseline is not the difference")
        checks.equal(row["verdict"], verdict_of(row), what)


def verdict_of(row):
    """DESIGN 3.7, written again: the order of the verdicts and what each asks of the interval."""
    low, high, matters = row["low"], row["high"], row["matters"]
    if low == high == row["difference"] == 0:
        return IDENTICAL
    if low > matters or high < -matters:
        return "larger than what matters"
    inside = -matters <= low and high <= matters
    if inside and (low > 0 or high < 0):
        return "real but too small to matter"
    return "no difference larger than what matters" if inside else "too uncertain to say"


def fields_are_those_promised(checks, name, rows):
    for row in rows:
        listed = [key for key in row if key not in EXTRA_FIELDS]
        if listed != FIELDS:
            checks.equal(listed, FIELDS, f"{name}: fields of a row")
            return
    checks.that(len(rows) > 0, f"{name}: there are rows")
    checks.that({row["verdict"] for row in rows} <= VERDICTS, f"{name}: only the five verdicts")


def nothing(checks, folder):
    """A programme without effect changes no outcome, in no year and no group, though it is used and costs money."""
    _, output, outcome = run_small(checks, "nothing", folder, **SMALL)
    checks.that("too uncertain" not in outcome.stdout and IDENTICAL in outcome.stdout, "nothing: the summary says so")
    for by in ("city", "district", "buurt", "income", "life_stage"):
        rows = rows_of(checks, output, "--by", by, *every_year(output))
        checks.equal({row["year"] for row in rows}, {2024, 2025, 2026}, f"nothing, by {by}: years")
        other = [row for row in rows if row["verdict"] != IDENTICAL and row["baseline"] is not None]
        checks.equal(other, [], f"nothing, by {by}: rows that are not identical")
    money_is_starts_times_cost(checks, output)
    with h5py.File(output) as file:
        for name in file:
            if name.endswith(("_numerator", "_denominator")):
                sums = file[name][:]
                checks.that(np.array_equal(sums[0], sums[1]), f"nothing: {name} is the same under both scenarios")


def weak(checks, folder):
    """Too few residents and replicates: the interval of what the programme aims at reaches beyond what matters."""
    _, output, _ = run_small(checks, "weak", folder)
    rows = rows_of(checks, output, "--outcome", "problem_debt")
    found = [row["verdict"] for row in rows if row["outcome"] == "problem_debt"]
    checks.equal(found, ["too uncertain to say"], "weak: the verdict on problem debt")
    money_is_starts_times_cost(checks, output)


def a_study(name):
    def part(checks, folder):
        _, output, outcome = run_small(checks, name, folder, **SMALL)
        what_is_said_is_assumed(checks, name, outcome.stdout)
        checks.that(f"{output}" in outcome.stdout and "Next: sleutel compare" in outcome.stdout,
                    f"{name}: says where the results are and what comes next")
        money_is_starts_times_cost(checks, output)
        rows = rows_of(checks, output)
        fields_are_those_promised(checks, name, rows)
        numbers_agree(checks, name, rows)
        groups = {"district": 10, "income": 5, "life_stage": 8}
        for by, least in groups.items():
            found = {row["group"] for row in rows_of(checks, output, "--by", by)}
            checks.that(least <= len(found) <= least + 1, f"{name}: {len(found)} groups by {by}")
    part.__name__ = name
    return part


def the_whole_and_its_parts(checks, folder):
    """What is more than the sum is what the file's numbers give, worked out here; a package that does more says so."""
    _, output, _ = run_small(checks, "whole-and-parts", folder, **{**SMALL, "residents": 3000, "years": 2})
    ask = ("compare", output, "--outcome", "depression", "--json", "--synergy")
    row = json.loads(done(checks, call(*ask, "all-three=debt+separation+mood"), "--synergy").stdout)[0]
    with h5py.File(output) as file:
        scenarios = [name.decode() for name in file["scenario"][:]]
        shares = 1000 * file["depression"][:, 0, :, -1, -1]
    change = {name: shares[i] - shares[0] for i, name in enumerate(scenarios)}
    more = change["all-three"] - change["debt"] - change["separation"] - change["mood"]
    checks.that(abs(row["more_than_the_sum"]["mean"] - more.mean()) < 1e-9, f"more than the sum: {row} {more}")
    checks.that(abs(row["together"]["mean"] - change["all-three"].mean()) < 1e-9, "together")
    checks.equal([part["scenario"] for part in row["parts"]], ["debt", "separation", "mood"], "the parts")
    checks.that("The effect of ouderschap-na-scheiding is assumed, not measured." in row["notes"], "what is assumed")
    other = json.loads(done(checks, call(*ask, "all-three=debt+mood"), "parts that are not all").stdout)[0]
    checks.that("all-three is not its parts put together: ouderschap-na-scheiding with coverage 1 from 2025-01 "
                "stands on one side only, or another number of times." in other["notes"], f"what is missing: {other['notes']}")


def second_run(checks, folder):
    """The same inputs print the stored comparison; other inputs leave the file alone unless --force says otherwise."""
    tiny = {**SMALL, "residents": 2000, "years": 2, "replicates": 2}
    study, output, first = run_small(checks, "first-look", folder, **tiny)
    digest, when = digest_of(output), output.stat().st_mtime_ns
    again = done(checks, call("run", study, "--output", output), "second run")
    checks.equal(without_time(again.stdout), without_time(first.stdout), "second run: the stored comparison")
    checks.equal(output.stat().st_mtime_ns, when, "second run: the file is not written again")
    checks.that("resident-months in" not in again.stdout, "second run: no time of a simulation that was not")

    other = small_study("first-look", folder, **{**tiny, "seed": 99})
    refused = done(checks, call("run", other, "--output", output), "other inputs", code=73)
    checks.that("--force" in refused.stderr, f"other inputs: says how to go on: {refused.stderr}")
    checks.equal(digest_of(output), digest, "other inputs: the old file is intact")
    checks.that(not list(folder.glob("*.partial")), "other inputs: nothing half made is left")
    done(checks, call("run", other, "--output", output, "--force"), "other inputs with --force")
    checks.that(digest_of(output) != digest, "--force: the file is new")


Checks().run(nothing, weak, a_study("first-look"), a_study("young-adults"), a_study("older-people"), a_study("debt-office"),
             a_study("whole-and-parts"), the_whole_and_its_parts, second_run)
