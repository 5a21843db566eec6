#!/usr/bin/python3
"""A new stressor is an edit of the model file, a table and evidence rows: no C++. Done to a copy of scenarios/.

    new_stressor_test.py PROGRAM                    list, model and graph show it, and a wrong edit is refused
    SLEUTEL_LONG=1 new_stressor_test.py PROGRAM     also a run (its start must be searched for: minutes)
"""
import json
import re
import shutil
import subprocess

import h5py
import yaml

from program import LONG, PROJECT, Checks, call, done, write_study

NAME = "energy_arrears"
STRESSOR = """
  energy_arrears:
    label: {en: arrears with the energy bill, nl: achterstand met de energierekening}
    kind: stressor
    domain: money
    level: household
    draw: DRAW
    visible_to: [creditor_signals, debt_office]
    applies_to: {life_stage: [young_adult, adult, middle, older, oldest]}
    class: {arrears_class: {short: 0.7, long: 0.3, evidence: TEST-CLASS}}
    onset:
      per_year: {table: energy_arrears_onset, by: [age, income_group], evidence: TEST-ONSET}
      edges:
        unemployed: {hazard_ratio: 2.1, evidence: TEST-UNEMPLOYED}
        separated: {hazard_ratio: 1.8, evidence: TEST-SEPARATED}
        stress_slow: {hazard_ratio: 1.15, per: point, evidence: TEST-LOAD}
        separated + low_income: {hazard_ratio: 1.3, evidence: TEST-PAIR}
    end:
      per_year: {by: [arrears_class], values: {short: 2.0, long: 0.3}, evidence: TEST-END}
      edges:
        depressed: {hazard_ratio: 0.7, evidence: TEST-DEPRESSED}
    stress: {fast: 0.3, slow: 0.3, holds: 1, evidence: TEST-STRESS}
"""
OUTCOME = """  energy_arrears:
    label: {en: "arrears with the energy bill", nl: "achterstand met de energierekening"}
    of: {any: [energy_arrears]}
    population: {age: [18, 200], label: {en: adults, nl: volwassenen}}
    print: {unit: "per 1,000", scale: 1000, decimals: 1}
    matters: 2
    note: "matters: about 220 residents of Leiden"
    definition: "Adults in a household that is behind with its energy bill."
"""
EDGE = "        energy_arrears: {hazard_ratio: 1.4, evidence: TEST-ONWARD}\n"
ROWS = {  # id: measure, value, unit
    "TEST-CLASS": ("prob", "0.7", "share"), "TEST-ONSET": ("rate", "0.03", "1/year"),
    "TEST-UNEMPLOYED": ("HR", "2.1", ""), "TEST-SEPARATED": ("HR", "1.8", ""), "TEST-LOAD": ("HR", "1.15", ""),
    "TEST-PAIR": ("HR", "1.3", ""), "TEST-END": ("rate", "2.0", "1/year"), "TEST-DEPRESSED": ("HR", "0.7", ""),
    "TEST-STRESS": ("points", "0.3", "points"), "TEST-ONWARD": ("HR", "1.4", ""),
}


def next_free_draw(model):
    """After the highest draw of a household, be it of a state or of a life event."""
    taken = [int(entry["draw"]) for block in ("states", "events") for entry in model[block].values()
             if entry.get("level") == "household"]
    return max(taken) + 1


def evidence_row(header, name, measure, value, unit):
    columns = header.split(",")
    known = {"id": name, "kind": "measured", "design": "cohort", "effect": "total", "cause": "a test", "outcome": NAME,
             "life_stage": "adult", "measure": measure, "value": value, "low": "unknown", "high": "unknown",
             "unit": unit, "study": "A test", "year": "2024",
             "country": "NL", "reference": "tests/program/new_stressor_test.py", "verified": "no", "note": "invented"}
    return ",".join(known.get(column, "") for column in columns)


def table_text():
    """The shape of the table of problem debt, with a third of its rates."""
    lines = (PROJECT / "scenarios/leiden/tables/problem_debt_onset.csv").read_text().splitlines()
    rows = [line for line in lines if not line.startswith("#")]
    thirds = [re.sub(r"[0-9.]+$", lambda rate: f"{float(rate[0]) / 3:.5f}", row) for row in rows[1:]]
    return "\n".join(["# Falling behind with the energy bill [1/year]; invented for a test.", rows[0], *thirds]) + "\n"


def copy_with_stressor(folder, stressor=STRESSOR):
    scenarios = folder / "scenarios"
    shutil.copytree(PROJECT / "scenarios", scenarios)
    model = scenarios / "leiden/model.yaml"
    text = model.read_text()
    stressor = stressor.replace("DRAW", str(next_free_draw(yaml.safe_load(text))))
    onset = re.search(r"\n  depressed:\n.*?\n    onset:.*?\n      edges:\n", text, re.S).end()
    text = text[:onset] + EDGE + text[onset:]
    text = text.replace("\nevents:\n", f"{stressor}\nevents:\n", 1).replace("\ntargets:\n", f"{OUTCOME}\ntargets:\n", 1)
    model.write_text(text)
    (scenarios / "leiden/tables/energy_arrears_onset.csv").write_text(table_text())
    evidence = scenarios / "evidence/effects.csv"
    header = next(line for line in evidence.read_text().splitlines() if line.startswith("id,"))
    with evidence.open("a") as out:
        for name, row in ROWS.items():
            out.write(evidence_row(header, name, *row) + "\n")
    return scenarios


def it_is_shown(checks, folder):
    scenarios = copy_with_stressor(folder)
    model = ["--model", "scenarios/leiden/model.yaml"]
    text = done(checks, call("model", *model, folder=folder), "model").stdout
    checks.that(NAME in text and "TEST-UNEMPLOYED" in text, "model: shows the stressor and its evidence")
    before = call("model").stdout
    checks.that(NAME not in before, "model: the shipped model does not have it")
    data = done(checks, call("model", "--json", *model, folder=folder), "model --json").stdout
    checks.that(NAME in data and json.loads(data), "model --json")
    page = done(checks, call("model", "--page", *model, folder=folder), "model --page").stdout
    checks.that("arrears with the energy bill" in page, "model --page")

    done(checks, call("model", *model, "--graph", "causes.dot", folder=folder), "graph, DOT")
    dot = (folder / "causes.dot").read_text()
    checks.that(re.search(rf'"?unemployed"? *-> *"?{NAME}"?', dot), "graph: an edge into it")
    checks.that(re.search(rf'"?{NAME}"? *-> *"?depressed"?', dot), "graph: an edge out of it")
    if shutil.which("dot"):
        done(checks, call("model", *model, "--graph", "causes.svg", folder=folder), "graph, SVG")
        checks.that("arrears with the energy bill" in (folder / "causes.svg").read_text(), "graph: its name in the SVG")

    for what in ("states", "outcomes"):
        listed = done(checks, call("list", what, *model, folder=folder), f"list {what}").stdout.splitlines()
        checks.equal(len([line for line in listed if line.startswith(NAME + " ")]), 1, f"list {what}: it is there, once")
        plain = call("list", what).stdout.splitlines()
        checks.equal([line.split()[0] for line in listed if not line.startswith(NAME)],
                     [line.split()[0] for line in plain], f"list {what}: the others as they were")


def wrong_edits(checks, folder):
    """What is forgotten or misspelt in such an edit is said, with its place."""
    wrong = {
        "evidence: TEST-UNEMPLOYED": ("evidence: TEST-NOWHERE", "TEST-NOWHERE"),
        "unemployed: {hazard_ratio: 2.1": ("unemploied: {hazard_ratio: 2.1", "unemployed"),
        "draw: DRAW": ("draw: 32", "32"),
        "table: energy_arrears_onset": ("table: energy_arears_onset", "energy_arears_onset"),
        "{hazard_ratio: 1.8, evidence: TEST-SEPARATED}": ("{hazard_ratio: 1.8}", "evidence"),
    }
    for i, (right, (instead, said)) in enumerate(wrong.items()):
        checks.that(right in STRESSOR, f"the test edits something: {right}")
        place = folder / str(i)
        place.mkdir()
        copy_with_stressor(place, STRESSOR.replace(right, instead))
        outcome = call("model", "--model", "scenarios/leiden/model.yaml", folder=place)
        checks.that(outcome.returncode in (65, 66), f"{instead}: exit {outcome.returncode}")
        checks.that(said in outcome.stderr, f"{instead}: {said} is said: {outcome.stderr[:500]}")
        checks.that(re.search(r"^ +\d+:\d+ ", outcome.stderr, re.M), f"{instead}: with its place: {outcome.stderr[:500]}")


def it_runs(checks, folder):
    copy_with_stressor(folder)
    study = {"study": "arrears", "question": "Is the new stressor in the results?", "city": "leiden", "start": "2024-01",
             "years": 2, "replicates": 2, "seed": 3, "residents": 5000,
             "scenarios": {"baseline": {}, "debt-help": {
                 "programmes": [{"programme": "vroegsignalering", "coverage": 0.6, "from": "2024-03"}]}}}
    study, output = write_study(study, folder), folder / "arrears.h5"
    keep = {"SLEUTEL_CACHE": str(folder / "cache")}
    outcome = done(checks, call("run", study, "--output", output, folder=folder, environment=keep), "run")
    checks.that(str(output) in outcome.stdout, "run: says where the results are")
    rows = json.loads(done(checks, call("compare", output, "--outcome", NAME, "--json"), "compare").stdout)
    checks.equal([row["outcome"] for row in rows], [NAME], "compare: the outcome of the new stressor")
    checks.that(5 < rows[0]["baseline"] < 300, f"compare: some have it: {rows[0]['baseline']} per 1,000")
    with h5py.File(output) as file:
        checks.that(f"{NAME}_numerator" in file and file[f"{NAME}_numerator"][:].sum() > 0, "results file: its sums")
        checks.that(NAME in str(file["provenance/model_text"][()]), "results file: the model that has it")


Checks().run(it_is_shown, wrong_edits, *([it_runs] if LONG else []))
