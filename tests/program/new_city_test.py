#!/usr/bin/python3
"""A new city by the words of CONTRIBUTING.md alone: the files that it lists, under another name, with two of the districts.

    new_city_test.py PROGRAM
"""
import csv
import io
import re
import shutil

from program import PROJECT, Checks, call, done, write_study

LEIDEN = PROJECT / "scenarios/leiden"
STUDY = {"study": "small", "question": "Is it a city?", "city": "tiny", "years": 1, "replicates": 1,
         "scenarios": {"baseline": {}}}
KEPT = {"WK054604", "WK054609"}
COUNTS = ["population", "age_0_24", "age_25_44", "age_45_64", "age_65_plus", "households", "households_with_children", "dwellings"]


def listed_files():
    section = (PROJECT / "CONTRIBUTING.md").read_text().split("\n## Add a city\n")[1].split("\n## ")[0]
    return re.findall(r"^    (\S+)", section, re.M)


def copy_listed(folder):
    city = folder / "scenarios/tiny"
    for pattern in listed_files():
        for file in LEIDEN.glob(pattern):
            to = city / file.relative_to(LEIDEN)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, to)
    shutil.copytree(PROJECT / "scenarios/evidence", folder / "scenarios/evidence")
    return city


def edit_table(file, change):
    text = file.read_text()
    comments = "".join(line for line in text.splitlines(True) if line.startswith("#"))
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(change(rows))
    file.write_text(comments + out.getvalue())


def two_districts(rows):
    kept = [row for row in rows if row["code"] in KEPT]
    whole = {**next(row for row in rows if row["code"].startswith("GM")), "code": "GM0001", "name": "Tiny"}
    whole.update({column: sum(int(row[column]) for row in kept) for column in COUNTS})
    return [whole, *kept]


def make_tiny(city):
    """What stands beside the names of the files, done."""
    edit_table(city / "margins/districts_2024.csv", two_districts)
    edit_table(city / "margins/buurten_2024.csv", lambda rows: [row for row in rows if row["district_code"] in KEPT])
    edit_table(city / "margins/minimum_income_2023.csv", lambda rows: [{**rows[0], "area_code": "GM0001"}])
    edit_table(city / "margins/region_above_120_percent_2022.csv", lambda rows: [])
    text = (city / "city.yaml").read_text()
    for old, new in (("city: leiden", "city: tiny"), ("name: Leiden", "name: Tiny"), ("value: 27000", "value: 3300"),
                     ("value: 14200", "value: 1000")):
        text = text.replace(old, new)
    (city / "city.yaml").write_text(text)


def another_name(checks, folder):
    """The files as they are, under another name, are a city that fits."""
    city = copy_listed(folder)
    text = (city / "city.yaml").read_text()
    told = done(checks, call("city", "--city", "tiny", folder=folder), "the name of the folder", code=65)
    checks.that('city: "leiden", but the folder is called "tiny"' in told.stderr, told.stderr)
    (city / "city.yaml").write_text(text.replace("city: leiden", "city: tiny"))
    done(checks, call("city", "--city", "tiny", "--check", folder=folder), "city --check")


def another_city(checks, folder):
    make_tiny(copy_listed(folder))
    fit = done(checks, call("city", "--city", "tiny", folder=folder), "city").stdout
    checks.that("34,205" in fit, f"its residents are made: {fit}")
    done(checks, call("model", "--city", "tiny", folder=folder), "model")
    checks.equal(done(checks, call("list", "districts", "--city", "tiny", folder=folder), "districts").stdout,
                 "Roodenburgerdistrict\nStevenshofdistrict\n", "its districts")
    checks.equal(done(checks, call("list", "programmes", "--city", "tiny", folder=folder), "programmes").stdout, "", "it has none")
    study = write_study(STUDY, folder)
    done(checks, call("validate", study, folder=folder), "validate")
    plan = done(checks, call("run", study, "--dry-run", folder=folder), "run --dry-run").stdout
    checks.that("all 34,205 residents" in plan, plan)


def each_is_needed(checks, folder):
    """The list names nothing too much: without any of its files the city is refused, and the file named."""
    city = copy_listed(folder)
    (city / "city.yaml").write_text((city / "city.yaml").read_text().replace("city: leiden", "city: tiny"))
    study = write_study(STUDY, folder)
    for pattern in listed_files():
        file = next(iter(city.glob(pattern)))
        text = file.read_text()
        file.unlink()
        outcome = call("validate", study, folder=folder)
        checks.that(outcome.returncode in (65, 66), f"without {pattern}: exit {outcome.returncode}")
        named = 'unknown city "tiny"' if pattern == "city.yaml" else file.name
        checks.that(named in outcome.stderr, f"without {pattern}: it is named: {outcome.stderr[:300]}")
        file.write_text(text)


Checks().run(another_name, another_city, each_is_needed)
