#!/usr/bin/python3
"""`sleutel measures` says what one computes oneself from the HDF5; a life table comes out again; what was not seen is told.

    measures_test.py PROGRAM
"""
import csv
import io
import json
import math
import shutil

import h5py
import numpy as np
import yaml

from program import PROJECT, Checks, call, digest_of, done, write_study

T_OF_3, NORMAL = 3.182446305284263, 3.290526731491895  # quantiles: 97.5% of t with 3 degrees; 99.95%
FROM = [0, 1, *range(5, 95, 5)]  # first ages of the bands
STUDY = {"study": "measured", "question": "How long and how healthy?", "city": "leiden", "start": "2024-01", "years": 3,
         "replicates": 4, "seed": 7, "residents": 6000,
         "scenarios": {"baseline": {}, "help": {"programmes": [
             {"programme": "vroegsignalering", "coverage": 0.9, "from": "2024-01"}]}}}
HEALTHY = {"years_in_good_health": ("good_health_any_age", True), "years_without_limitations": ("physical_limitation", False),
           "years_without_chronic_disease": ("chronic_disease", False),
           "years_in_good_mental_health": ("poor_mental_health", False)}
MALE_FEMALE = ("male", "female")


def expectancy(months, deaths, healthy, lived_with, first):
    """Sullivan's method written down forwards, with its standard error, as docs/measures.md has it: [band]."""
    seen = months - deaths / 2
    months, seen = np.where(seen > 0, months, 1), np.where(seen > 0, seen, 1)  # empty bands before the first one
    rate, share = deaths / (months / 12), healthy / seen if lived_with else 1 - healthy / seen
    alive, here = [1.0], []
    for band in range(first, 19):
        stays = math.exp(-(FROM[band + 1] - FROM[band]) * rate[band])
        here.append((1 - stays) / rate[band] if rate[band] else FROM[band + 1] - FROM[band])
        alive.append(alive[-1] * stays)
    here.append(1 / rate[19])
    parts = [a * h * s for a, h, s in zip(alive, here, share[first:])]
    variance = 0
    for i, band in enumerate(range(first, 20)):
        ahead = sum(parts[i + 1:]) / alive[i + 1] if band < 19 and alive[i + 1] else 0
        if band == 19:
            slope = -share[band] / rate[band] ** 2
        else:
            n = FROM[band + 1] - FROM[band]
            stays = math.exp(-n * rate[band])
            of_years = (n * stays * rate[band] - 1 + stays) / rate[band] ** 2 if rate[band] else -n * n / 2
            slope = share[band] * of_years - n * stays * ahead
        variance += (alive[i] * slope) ** 2 * deaths[band] / (months[band] / 12) ** 2
        variance += (alive[i] * here[i]) ** 2 * share[band] * (1 - share[band]) / (seen[band] / 12)
    return sum(parts), math.sqrt(variance)


class Own:
    """What the file holds, read without the program."""

    def __init__(self, path):
        with h5py.File(path) as file:
            self.tables = {name: file["life_table"][name][:, 0].astype(float) for name in file["life_table"]
                           if file["life_table"][name].ndim == 7}
            self.cells = {name: file["income_age_sex"][name][:, 0] / file["income_age_sex"][name].attrs["divisor"]
                          for name in file["income_age_sex"] if file["income_age_sex"][name].ndim == 7}
            self.scale = {name: file[name].attrs["printed_scale"] for name in file if "printed_scale" in file[name].attrs}

    def bands(self, name, scenario, replicates, who):
        table = self.tables[name][scenario][replicates][:, :, who[0]][..., who[1]]
        return table.sum(axis=(0, 1, 2, 4))

    def life(self, measure, scenario, replicates, who):
        first = 14 if measure.endswith("_65") else 0
        months = self.bands("person_months", scenario, replicates, who) / 2
        deaths = self.bands("deaths", scenario, replicates, who)
        outcome, with_it = HEALTHY.get(measure.removesuffix("_65"), (None, True))
        healthy = months - deaths / 2 if outcome is None else self.bands("months_" + outcome, scenario, replicates, who)
        return expectancy(months, deaths, healthy, with_it, first)

    def cohort(self, measure, scenario, replicates, who):
        months = self.bands("cohort_person_months", scenario, replicates, who).sum() / 2
        at_start = self.tables["cohort_at_start"][scenario][replicates][:, 0, who[0]][..., who[1]].sum()
        if measure == "cohort_years":
            return months / 12 / at_start
        outcome, with_it = HEALTHY[measure.removeprefix("cohort_")]
        has = self.bands("cohort_months_" + outcome, scenario, replicates, who).sum()
        seen = months - self.bands("cohort_deaths", scenario, replicates, who).sum() / 2
        return (has if with_it else seen - has) / 12 / at_start

    def sums(self, outcome, scenario, replicates, who):
        """Numerator and denominator by year."""
        return [self.cells[f"{outcome}_{part}"][scenario][replicates][:, :, who[0]][..., who[1]].sum(axis=(0, 2, 3, 4))
                for part in ("numerator", "denominator")]

    def of_outcome(self, measure, scenario, replicates, who):
        if measure.startswith("qalys_"):
            name = measure.removeprefix("qalys_").removesuffix("_discounted")
            years = self.sums(name, scenario, replicates, who)[0] / 12 / len(replicates)
            rate = 1.015 if measure.endswith("_discounted") else 1
            return sum(of / rate ** year for year, of in enumerate(years))
        if measure.endswith("_duration"):
            begins = {"problem_debt": "debt_begins", "depression": "depression_begins", "severe_loneliness": "loneliness_begins"}
            name = measure.removesuffix("_duration")
            name_begins = begins.get(name, name + "_begins")
            return (self.sums(name, scenario, replicates, who)[0].sum() / 12
                    / self.sums(name_begins, scenario, replicates, who)[0].sum())
        up, down = self.sums(measure, scenario, replicates, who)
        return up.sum() / down.sum() * self.scale[measure]

    def value(self, measure, scenario, replicates, who):
        if measure.endswith("_gap"):
            low, high = ([0], who[1]), ([4], who[1])
            return self.value(measure.removesuffix("_gap"), scenario, replicates, high) - self.value(
                measure.removesuffix("_gap"), scenario, replicates, low)
        if measure.startswith("cohort_"):
            return self.cohort(measure, scenario, replicates, who)
        if measure.startswith("life_expectancy") or measure.startswith("years_"):
            return self.life(measure, scenario, replicates, who)[0]
        return self.of_outcome(measure, scenario, replicates, who)


def who_of(row, by, incomes):
    sexes = [0, 1]
    label = row["group"]
    if by in ("sex", "income_sex"):
        sexes = [MALE_FEMALE.index(label.rsplit(", ", 1)[-1])]
        label = label.rsplit(", ", 1)[0]
    if by in ("city", "sex") or row["measure"].endswith("_gap"):
        return list(range(6)), sexes
    return [incomes.index(label)], sexes


def near(one, other):
    return other is not None and abs(one - other) <= 1e-9 * max(1, abs(one))


def own_numbers(checks, folder):
    """Value, standard error, difference and interval of every measure of every group, computed here."""
    output = folder / "measured.h5"
    done(checks, call("run", write_study(STUDY, folder), "--output", output, "--quiet"), "a run")
    own, compared = Own(output), 0
    with h5py.File(output) as file:
        incomes = list(file["life_table/income"].asstr()[:])
    everybody = np.arange(STUDY["replicates"])
    for by in ("city", "sex", "income", "income_sex"):
        rows = json.loads(done(checks, call("measures", output, "--by", by, "--json"), by).stdout)
        for row in rows:
            if row["missing"]:
                checks.that(row["value"] is None or row["baseline"] is None, f"{row['missing']}: no number")
                continue
            who, scenario = who_of(row, by, incomes), 0 if row["scenario"] == "baseline" else 1
            found = own.value(row["measure"], scenario, everybody, who)
            checks.that(near(found, row["value"]), f"{by} {row['group']} {row['measure']}: {found} and {row['value']}")
            compared += 1
            if row["measure"] in ("life_expectancy", *HEALTHY, "years_in_good_health_65"):
                error = own.life(row["measure"], scenario, everybody, who)[1]
                checks.that(near(error, row["value_standard_error"]), f"{row['measure']}: standard error {error}")
            if scenario == 0 or row["low"] is None:
                continue
            both = [own.value(row["measure"], which, everybody, who) for which in (0, 1)]
            left = [own.value(row["measure"], 1, np.delete(everybody, i), who)
                    - own.value(row["measure"], 0, np.delete(everybody, i), who) for i in everybody]
            half = T_OF_3 * math.sqrt(3 / 4 * sum((x - np.mean(left)) ** 2 for x in left))
            checks.that(near(both[1] - both[0], row["difference"]), f"{row['measure']}: difference")
            checks.that(near(both[1] - both[0] - half, row["low"]), f"{by} {row['group']} {row['measure']}: low end")
    checks.that(compared > 300, f"numbers were compared: {compared}")
    faces(checks, output)


def faces(checks, output):
    """Text, CSV and JSON say the same; messages; the same bits on one thread and two."""
    asked = ["measures", output, "--measure", "years_in_good_health", "life_expectancy"]
    rows = json.loads(done(checks, call(*asked, "--json"), "json").stdout)
    table = list(csv.DictReader(io.StringIO(done(checks, call(*asked, "--csv"), "csv").stdout)))
    checks.equal([(r["scenario"], r["measure"], float(r["value"])) for r in table],
                 [(r["scenario"], r["measure"], r["value"]) for r in rows], "csv and json")
    text = done(checks, call(*asked), "text").stdout
    for row in rows:
        checks.that(f"{row['value']:.2f}" in text, f"{row['measure']} in the text")
    checks.that("standard error" in text and "chance only" in text, "what the errors are")
    checks.that("How years_in_good_health is computed is an assumption." in text, "an assumption is told")
    every = done(checks, call("measures", output), "all measures").stdout
    checks.that("an open population" in every and "prevalence / incidence" in every, "what QALYs and durations are")
    for wrong, message in ((("--measure", "life_expectancie"), 'unknown measure "life_expectancie"\n  did you mean "life_expectancy"?'),
                           (("--year", "2044"), "year 2044 is not in the study"), (("--by", "district"), "city, sex, income")):
        told = done(checks, call("measures", output, *wrong), f"{wrong}", code=2)
        checks.that(message in told.stderr, told.stderr)
    one_year = json.loads(call(*asked, "--year", "2025", "--json").stdout)
    checks.equal({row["years"] for row in one_year}, {"2025"}, "one year alone")
    again = output.with_name("again.h5")
    done(checks, call("run", output.with_name("measured.yaml"), "--output", again, "--threads", "1", "--quiet"), "one thread")
    checks.equal(digest_of(again), digest_of(output), "one thread and two: the same bits, life tables too")


def case_study(folder, name, **changes):
    """A study of a benchmark case, changed, with all that it needs."""
    shutil.copytree(PROJECT / "scenarios/benchmarks", folder / "benchmarks")
    study = yaml.safe_load((folder / "benchmarks" / name / "study.yaml").read_text())
    model = yaml.safe_load((folder / "benchmarks" / name / "model.yaml").read_text())
    place = folder / "benchmarks" / name
    (place / "study.yaml").write_text(yaml.safe_dump({**study, **changes}, sort_keys=False))
    return place, model


def measured(checks, output, *options):
    rows = json.loads(done(checks, call("measures", output, "--json", *options), "measures").stdout)
    return {row["measure"]: row for row in rows if row["scenario"] == "baseline"}


def a_life_table_comes_out_again(checks, folder):
    """Only the deaths of the case life-table: 41.03 years. False alarm 1 in 1,000; a table 5% off is told."""
    place, _ = case_study(folder, "life-table", replicates=30)
    output = folder / "table.h5"
    done(checks, call("run", place / "study.yaml", "--output", output, "--quiet"), "the case")
    found = measured(checks, output)["life_expectancy"]
    limit = NORMAL * found["value_standard_error"]
    checks.that(abs(found["value"] - 41.0323958) < limit, f"{found['value']} +- {limit}")
    checks.that(abs(found["value"] - 41.0323958 * 1.05) > limit, f"another table is told: {limit}")


def a_cohort_lives_what_sullivan_says(checks, folder):
    """Constant rates of dying, falling ill and recovering: the years that who was there at the start lives within T years,
    and the healthy ones, are those of the period table up to T. False alarm about 1 in 1,000 each."""
    place, model = case_study(folder, "two-state", years=8, replicates=10, scenarios={"baseline": {}})
    model["states"]["ill"]["onset"]["per_year"]["value"] = 0.4
    model["events"] = {"death": {"label": {"en": "death", "nl": "overlijden"}, "domain": "health", "draw": 1,
                                 "per_year": {"value": 0.05, "evidence": "CASE-RATE"}}}
    model["states"]["bereaved"] = {"label": {"en": "lost a partner", "nl": "partner verloren"}, "kind": "situation",
                                   "domain": "family", "draw": 2}
    model["outcomes"]["ill"]["years"] = {"id": "years_well", "lived": "without", "matters": 0.1,
                                         "label": {"en": "life expectancy without illness", "nl": "jaren zonder ziekte"}}
    (place / "model.yaml").write_text(yaml.safe_dump(model, sort_keys=False))
    output = folder / "cohort.h5"
    done(checks, call("run", place / "study.yaml", "--output", output, "--quiet"), "a stationary town")
    rows = measured(checks, output)
    life = rows["life_expectancy"]["value"]
    within = 1 - math.exp(-8 / life)  # of a life at one rate: the share that is lived in 8 years
    old = rows["years_well_65"]["value"] / rows["life_expectancy_65"]["value"]  # in childhood fewer are ill yet
    on, off = (1 - math.exp(-rate / 12) for rate in (0.4, 0.8))
    checks.that(abs(old - off / (on + off)) < 0.004, f"the share who are well when months begin and end it: {old}")
    for measure, expected in (("cohort_years", life * within), ("cohort_years_well", life * within * old * (1 - 1 / life / 24))):
        found = rows[measure]["value"]  # no healthy half month of who dies: the last factor
        checks.that(abs(found - expected) < 0.005 * expected, f"{measure}: {found} and {expected}")
        checks.that(abs(found - 1.02 * expected) > 0.005 * expected, f"{measure}: another is told")


def what_was_not_seen(checks, folder):
    """A town without old people: no life expectancy, and why."""
    output = folder / "few.h5"
    done(checks, call("run", write_study(STUDY, folder, residents=150, years=1, replicates=1), "--output", output, "--quiet"), "few")
    rows = json.loads(done(checks, call("measures", output, "--by", "income_sex", "--json"), "few").stdout)
    missing = [row for row in rows if row["missing"]]
    checks.that(missing, "something was not seen")
    for row in missing:
        checks.that(row["value"] is None and row["low"] is None, f"{row['measure']} of {row['group']}: null")
    checks.that(any("was seen" in row["missing"] for row in missing), "which band was empty")
    text = done(checks, call("measures", output, "--by", "income_sex"), "few").stdout
    checks.that("nan" not in text.lower().replace("financ", "") and "Not computed, as nobody of " in text, "told in the text")


Checks().run(own_numbers, a_life_table_comes_out_again, a_cohort_lives_what_sullivan_says, what_was_not_seen)
