#!/usr/bin/python3
"""`sleutel inequality` says what one computes oneself from the HDF5; fifths are those of the start; what it cannot is told.

    inequality_test.py PROGRAM
"""
import csv
import io
import json
import math

import h5py
import numpy as np

from program import Checks, call, done, write_study

T_OF_3 = 3.182446305284263  # 97.5% of t with 3 degrees
STUDY = {"study": "unequal", "question": "Does a grant make the gap smaller?", "city": "leiden", "start": "2024-01", "years": 2,
         "replicates": 4, "seed": 7, "residents": 6000,
         "scenarios": {"baseline": {}, "grant": {"set": {"states.low_income.end.per_year": 3}}}}
LIMITS = {"life_satisfaction": (0, 10), "vitality": (0, 100), "eq5d": (-0.446, 1)}
RATES = ("deaths", "depression_begins")
OUTCOMES = ("good_health", "problem_debt", "life_satisfaction", "eq5d", *RATES)


class Own:
    """What the file holds, read without the program: levels of groups, with their sizes."""

    def __init__(self, path):
        with h5py.File(path) as file:
            self.scale = {name: float(file[name].attrs["printed_scale"]) for name in OUTCOMES}
            self.better = {name: bool(file[name].attrs["higher_is_better"]) for name in OUTCOMES}
            read = lambda name: file[name][:, 0] / file[name].attrs["divisor"]
            self.cells = {name: [read(f"income_age_sex/{name}_{part}")[:, :, :, :5] for part in ("numerator", "denominator")]
                          for name in OUTCOMES}
            self.districts = {name: [read(f"{name}_{part}")[..., :-1] for part in ("numerator", "denominator")]
                              for name in OUTCOMES}

    def fifths(self, outcome, scenario, replicate, year):
        """Shares and levels of the five fifths, directly standardised: a cell counts if all fifths have it in both arms."""
        up, down = self.cells[outcome]
        first = down[0, :, 0].sum(axis=0)  # baseline, first year, all replicates: [income, stage, sex]
        seen = ((down[0, replicate, year] > 0) & (down[scenario[1], replicate, year] > 0)).all(axis=0)
        weight = np.where(seen, first.sum(axis=0), 0)
        rates = up[scenario[0], replicate, year] / np.where(down[scenario[0], replicate, year] > 0, down[scenario[0], replicate, year], 1)
        return first.sum(axis=(1, 2)) / first.sum(), (rates * weight).sum(axis=(1, 2)) / weight.sum()

    def by_district(self, outcome, scenario, replicate, year):
        up, down = self.districts[outcome]
        size = down[0, :, 0].sum(axis=0)
        seen = (size > 0) & (down[0, replicate, year] > 0) & (down[scenario[1], replicate, year] > 0)
        return size[seen] / size[seen].sum(), (up[scenario[0], replicate, year] / np.where(seen, down[scenario[0], replicate, year], 1))[seen]


def concentration(share, level):
    """By the areas under the concentration curve: sum of p(t) L(t+1) - p(t+1) L(t)."""
    p, curve = np.cumsum(share), np.cumsum(share * level) / (share * level).sum()
    return (p[:-1] * curve[1:] - p[1:] * curve[:-1]).sum()


def line(share, level):
    """Ends of the least squares line over the ridit ranks, by numpy's polynomial fit."""
    slope, at_0 = np.polyfit(np.cumsum(share) - share / 2, level, 1, w=np.sqrt(share))
    return at_0, at_0 + slope


def power_mean(share, level, order):
    return math.exp((share * np.log(level)).sum()) if order == 0 else (share * level ** order).sum() ** (1 / order)


def measure(name, outcome, share, level, better, scale, aversion):
    """One measure in the printed unit, from its definition in docs/inequality.md."""
    least, most = LIMITS.get(outcome, (0, 1))
    base, _, form = name.rpartition("_")
    if form not in ("attainment", "shortfall"):
        base, form = name, "attainment" if better else "shortfall"
    good = form == "attainment"
    of = level if good == better else most - level  # the form that is asked for
    bottom, top = line(share, of)
    mean = np.average(of, weights=share)
    deviation = math.sqrt(np.average((of - mean) ** 2, weights=share))
    ede = power_mean(share, of, 1 - aversion if good else 1 + aversion)
    sign = 1 if good else -1
    return {"mean": lambda: np.average(level, weights=share) * scale, "gap": lambda: sign * (of[-1] - of[0]) * scale,
            "sii": lambda: sign * (top - bottom) * scale, "rii": lambda: top / bottom if good else bottom / top,
            "gap_ratio": lambda: of[-1] / of[0] if good else of[0] / of[-1],
            "concentration": lambda: sign * concentration(share, of),
            "erreygers": lambda: sign * 4 * mean / (most - least) * concentration(share, of),
            "ede": lambda: ede * scale, "atkinson": lambda: 100 * sign * (1 - ede / mean),
            "spread": lambda: deviation * scale, "relative_spread": lambda: deviation / mean}[base]()


def near(one, other):
    return other is not None and abs(one - other) <= 1e-9 * max(1, abs(one))


def rows_of(checks, output, *options):
    return json.loads(done(checks, call("inequality", output, "--json", *options), f"inequality {options}").stdout)


def compare_rows(checks, own, rows, aversion):
    """Every row beside what is computed here."""
    for row in rows:
        outcome, which = row["outcome"], 0 if row["scenario"] == "baseline" else 1
        groups = own.fifths if row["by"] == "income" else own.by_district
        values = [[measure(row["measure"], outcome, *groups(outcome, (arm, which), replicate, row["year"] - 2024),
                           own.better[outcome], own.scale[outcome], aversion) for replicate in range(4)] for arm in (0, which)]
        what = f"{row['by']} {outcome} {row['measure']} {row['year']} {row['scenario']}"
        checks.that(near(np.mean(values[1]), row["value"]), f"{what}: {np.mean(values[1])} and {row['value']}")
        if which == 0:
            checks.that(row["difference"] is None and row["verdict"] == "", f"{what}: the baseline's own row")
            continue
        apart = np.subtract(values[1], values[0])
        half = T_OF_3 * np.std(apart, ddof=1) / 2
        checks.that(near(np.mean(values[0]), row["baseline"]), f"{what}: baseline")
        checks.that(near(apart.mean(), row["difference"]), f"{what}: difference")
        checks.that(near(apart.mean() - half, row["low"]) and near(apart.mean() + half, row["high"]), f"{what}: interval")


def own_numbers(checks, folder):
    output = folder / "unequal.h5"
    done(checks, call("run", write_study(STUDY, folder), "--output", output, "--quiet"), "a run")
    own, seen = Own(output), set()
    for by, aversion in (("income", 1), ("income", 10.95), ("district", 0.5)):
        rows = rows_of(checks, output, "--by", by, "--measure", "all", "--aversion", aversion, "--outcome", *OUTCOMES,
                       "--year", 2024, 2025)
        compare_rows(checks, own, rows, aversion)
        seen |= {(row["by"], row["measure"]) for row in rows}
        compared = sum(row["scenario"] == "grant" for row in rows)
        checks.equal({row["comparisons"] for row in rows}, {compared}, "comparisons are counted")
    checks.equal(len(seen), 14 + 8, f"measures by income and by district: {sorted(seen)}")
    as_in_compare(checks, output)
    frozen_fifths(checks, output)
    faces(checks, output)
    messages(checks, output)


def as_in_compare(checks, output):
    """The gap is that of `compare`, where all fifths have people of all ages."""
    theirs = {row["outcome"]: row for row in json.loads(call("compare", output, "--json").stdout)}
    for row in rows_of(checks, output, "--measure", "gap"):
        if row["scenario"] == "grant":
            other = theirs[row["outcome"] + "_gap"]
            checks.that(near(other["difference"], row["difference"]), f"{row['outcome']}: the gap of compare")
            checks.equal((row["verdict"], row["matters"]), (other["verdict"], other["matters"]), row["outcome"])


def frozen_fifths(checks, output):
    """Incomes rise, yet everybody stays in the fifth of the start: a grant closes no gap by regrouping."""
    with h5py.File(output) as file:
        at_start = file["life_table/cohort_at_start"][:, 0].sum(axis=(4, 5))[:, :, 0]  # [scenario, replicate, income]
        person_months = file["income/good_health_denominator"][:, 0, :, 0].astype(float)
        poor = file["income/low_income"][:, 0, :, 1, 0].mean(axis=1)
    checks.that((at_start[0] == at_start[1]).all() and (at_start[0] > 0).all(), f"residents of each fifth at the start: {at_start}")
    apart = abs(person_months[1] / person_months[0] - 1).max()
    checks.that(apart < 0.01, f"who lives in each group in the first year: {apart} apart, by deaths and moves alone")
    checks.that(poor[1] < 0.8 * poor[0], f"although low incomes in the lowest fifth become fewer: {poor}")


def faces(checks, output):
    """Text, CSV and JSON say the same; what must be read with it is there."""
    asked = ["inequality", output, "--outcome", "good_health"]
    rows = rows_of(checks, output, "--outcome", "good_health")
    table = list(csv.DictReader(io.StringIO(done(checks, call(*asked, "--csv"), "csv").stdout)))
    checks.equal([(r["scenario"], r["measure"], float(r["value"])) for r in table],
                 [(r["scenario"], r["measure"], r["value"]) for r in rows], "csv and json")
    text = done(checks, call(*asked), "text").stdout
    for level in rows[0]["fifths"]:
        checks.that(f"{level:.1f}" in text, f"the level {level} of a fifth")
    for words in ("grant against baseline", "gap from poorest to richest (SII), points", "6 comparisons are made here.", "about 0.3 of",
                  "chance only", "Students and institutional households are left out", "the same ages (by life stage) and sexes",
                  "Aversion 1 is a choice"):
        checks.that(words in text, f"{words!r} in the text: {text}")
    gap = next(row for row in rows if row["measure"] == "gap" and row["scenario"] == "grant")
    checks.equal(gap["verdict"], "larger than what matters", "the grant makes the gap of this town smaller")
    checks.that("  grant: the gap between lowest and highest fifth shrinks by more than what matters "
                f"({gap['value']:.1f} instead of {gap['baseline']:.1f}).\n" in text, f"the gap in a sentence: {text}")
    places = done(checks, call(*asked, "--by", "district"), "by district").stdout
    for words in ("standard deviation between districts, points", "not standardised", "Districts are not ranked.", "are predictions"):
        checks.that(words in places, f"{words!r} by district: {places}")
    checks.that("Binnenstad" not in places, "no district is named")


def messages(checks, output):
    """What the file does not hold, and what is misspelt."""
    for wrong, message in ((("--by", "education"), "results files hold no sums by education"),
                           (("--by", "distrikt"), 'did you mean "district"?'),
                           (("--measure", "sij"), 'unknown measure "sij"\n  did you mean "sii"?'),
                           (("--outcome", "good_helth"), 'did you mean "good_health"?'),
                           (("--aversion", "-1"), "expected a number from 0 to 100"),
                           (("--aversion", "much"), "expected a number from 0 to 100"),
                           (("--year", "2044"), "year 2044 is not in the study")):
        told = done(checks, call("inequality", output, *wrong), f"{wrong}", code=2)
        checks.that(message in told.stderr, told.stderr)
    done(checks, call("inequality", output.with_name("none.h5")), "no such file", code=66)


def a_baseline_alone(checks, folder):
    """There is nothing to compare, and the levels are shown."""
    output = folder / "alone.h5"
    study = write_study(STUDY, folder, years=1, replicates=1, residents=2000, scenarios={"baseline": {}})
    done(checks, call("run", study, "--output", output, "--quiet"), "a baseline alone")
    text = done(checks, call("inequality", output, "--outcome", "good_health"), "alone").stdout
    checks.that("Nothing is compared here" in text and "gap between lowest and highest fifth" in text, text)
    checks.that("nan" not in text.lower() and "interval needs" not in text, text)


Checks().run(own_numbers, a_baseline_alone)
