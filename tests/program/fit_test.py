#!/usr/bin/python3
"""`sleutel fit`: published figures beside the simulated ones, the same each time; what is missed is named; a picture.

    fit_test.py PROGRAM
"""
import csv
import json
import xml.etree.ElementTree as xml

import yaml

from program import PROJECT, Checks, call, done, write_study

STUDY = {"study": "near", "question": "How near does it come?", "city": "leiden", "start": "2024-01", "years": 4,
         "replicates": 3, "seed": 5, "residents": 4000, "scenarios": {"baseline": {}, "help": {"programmes": [
             {"programme": "vroegsignalering", "coverage": 1.0, "from": "2024-06"}]}}}
LEIDEN = PROJECT / "scenarios/leiden"
COLUMNS = {"target", "stratum", "published", "standard_error", "simulated", "low", "high", "source"}


def asked(checks, study, *words):
    return json.loads(done(checks, call("fit", study, "--json", *words), f"fit {words}").stdout)


def judged(checks, fit, file):
    """Each row against its own file: the error is recomputed, and what is met counted."""
    written = yaml.safe_load((LEIDEN / file).read_text())["figures"]
    checks.equal([row["target"] for row in fit["targets"]], list(written), f"{file}: every figure, in order")
    held_out, met = fit["label"] == "held out", 0
    for row in fit["targets"]:
        figure = written[row["target"]]
        checks.that(COLUMNS <= set(row), f"{row['target']}: {COLUMNS - set(row)}")
        plain = figure["measure"] == "share" and "contrast" not in figure and "per_year" not in figure
        size = abs(figure["published"])
        if held_out:
            margin = max(0.2 * size, 0.03 if plain else 0)
        else:
            margin = 2 * max(figure["standard_error"]["value"], 0.03 * size, 0.005 if plain else 0)
        near = row["simulated"] is not None and abs(row["simulated"] - row["published"]) <= margin
        checks.equal(row["met"], near, f"{row['target']}: met")
        met += near
    checks.equal(fit["met"], met, f"{file}: how many are met")
    checks.equal(fit["figures"], len(written), f"{file}: how many there are")


def figures(checks, folder):
    study = write_study(STUDY, folder)
    targets, held_out = asked(checks, study), asked(checks, study, "--held-out")
    judged(checks, targets, "targets.yaml")
    judged(checks, held_out, "held_out.yaml")
    checks.that(targets["figures"] >= 40 and held_out["figures"] >= 15, "as many as were asked for")
    written = yaml.safe_load((LEIDEN / "targets.yaml").read_text())["figures"]
    checks.that(sum(one.get("association", False) for one in written.values()) >= 15, "associations among the targets")
    kinds = {key for one in yaml.safe_load((LEIDEN / "held_out.yaml").read_text())["figures"].values() for key in one}
    checks.that({"gradient", "household_contrast", "duration", "by_age"} <= kinds, f"kinds held out: {kinds}")
    for row in targets["targets"] + held_out["targets"]:
        checks.that(row["source"] and row["standard_error"] > 0, f"{row['target']}: source and standard error")
        if row["simulated"] is not None and row["low"] is not None:
            checks.that(row["low"] <= row["simulated"] <= row["high"], f"{row['target']}: interval")
    patterns = held_out["emerges"]
    checks.that(len(patterns) >= 10 and "emerges" not in targets, "patterns that must emerge, beside what is held out")
    for one in patterns:
        checks.equal(one["emerges"], one["low"] is not None and one["low"] > one["above"], f"{one['pattern']}")
    checks.equal(held_out["holds"], held_out["met"] >= 10 and held_out["wrong_signs"] == 0, "what was asked")


def effects(checks, folder):
    """Studies repeated: what was published is what the registry says, and each is judged by its interval."""
    study = write_study(STUDY, folder)
    fit = asked(checks, study, "--effects")
    written = yaml.safe_load((LEIDEN / "effects.yaml").read_text())
    with open(PROJECT / "scenarios/evidence/effects.csv", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(line for line in file if not line.startswith("#"))}
    checks.equal([row["target"] for row in fit["targets"]], list(written["figures"]), "every study, in order")
    checks.that(len(fit["targets"]) >= 20, "as many as were asked for")
    met = 0
    for row in fit["targets"]:
        published = rows[written["figures"][row["target"]]["evidence"]]
        found = (row["published"], row["published_low"], row["published_high"], row["evidence"], row["standard_error"])
        checks.equal(found, (*(float(published[key]) for key in ("value", "low", "high")), published["id"], None), row["target"])
        checks.equal(published["verified"], "yes", f"{row['target']}: checked against its publication")
        within = row["simulated"] is not None and row["published_low"] <= row["simulated"] <= row["published_high"]
        checks.equal(row["met"], within, f"{row['target']}: met")
        met += within
    checks.equal((fit["label"], fit["met"], fit["holds"]), ("repeated", met, met >= 0.8 * len(fit["targets"])), "the list")
    shown = done(checks, call("fit", study, "--effects", "--quiet"), "text").stdout
    checks.that(f"{met} of {len(written['figures'])} simulated effects within the published interval" in shown.splitlines()[2], "verdict")
    line = next(line for line in shown.splitlines() if "death, severely lonely" in line)
    checks.that("1.22   (1.10 to 1.35)" in line, f"published, with its interval: {line}")
    done(checks, call("fit", study, "--effects", "--held-out"), "two lists", 2)


def a_planted_effect(checks, folder):
    """Three times the published ratio on one edge, of which 0.6 of the logarithm is taken, makes the repeated study 3^0.6 = 1.93 times as
    large, all else equal."""
    study = write_study({**STUDY, "residents": 20000, "years": 3, "switches": {"ties": False, "surroundings": False}}, folder)
    path = "events.death.edges.dementia"
    ratio = {}
    for value in (1.0, 3.0):
        fit = asked(checks, study, "--effects", "--set", f"{path}={value}")
        ratio[value] = next(row["simulated"] for row in fit["targets"] if row["target"] == "dem_death")
    checks.that(1.6 < ratio[3.0] / ratio[1.0] < 2.3, f"death with dementia: {ratio}")


def text(checks, folder):
    """What is not met is named, each with words; a list that fails says so before anything else."""
    study = write_study(STUDY, folder)
    for words, file in (((), "targets.yaml"), (("--held-out",), "held_out.yaml")):
        shown = done(checks, call("fit", study, *words, "--quiet"), "text").stdout
        fit = asked(checks, study, *words)
        checks.equal(shown, call("fit", study, *words, "--quiet", "--threads", "1").stdout, "again, on one thread")
        verdict = shown.splitlines()[2]
        checks.equal(verdict.startswith("Not what was asked. "), not fit["holds"], f"the verdict: {verdict}")
        checks.that(f"{fit['met']} of {fit['figures']} " in verdict, f"how many: {verdict}")
        reasons = shown.partition("Missed, and why:\n")[2]
        names = yaml.safe_load((LEIDEN / file).read_text())["figures"]
        missed = [one["target"] for one in fit["targets"] if not one["met"] or not one.get("right_sign", True)]
        checks.equal(len(reasons.splitlines()), len(missed), f"{file}: a line for each that is missed")
        for target in missed:
            checks.that(f"  {names[target]['name']['en']}: " in reasons, f"{target} is named")


def only_the_baseline(checks, folder):
    """Other scenarios change nothing, and are not needed."""
    alone = write_study({**STUDY, "scenarios": {"baseline": {}}}, folder)
    first = asked(checks, alone)
    checks.equal(asked(checks, write_study(STUDY, folder)), first, "with another scenario in the study")


def picture(checks, folder):
    study, file = write_study(STUDY, folder), folder / "fit.svg"
    done(checks, call("fit", study, "--svg", file), "a picture")
    texts = [one.text for one in xml.parse(file).iter("{http://www.w3.org/2000/svg}text")]
    names = [one["name"] for one in yaml.safe_load((LEIDEN / "targets.yaml").read_text())["figures"].values()]
    checks.that({one["en"] for one in names} <= set(texts), "every target by its English name")
    done(checks, call("fit", study, "--svg", file), "it is not overwritten", 73)
    done(checks, call("fit", study, "--svg", file, "--force", "--language", "nl"), "in Dutch")
    texts = [one.text for one in xml.parse(file).iter("{http://www.w3.org/2000/svg}text")]
    checks.that({one["nl"] for one in names} <= set(texts), "every target by its Dutch name")
    english = [one for one in texts if {"the", "against", "published", "women", "years"} & set(one.split())]
    checks.equal(english, [], "no English left in the Dutch picture")


def refused(checks, folder):
    study = write_study(STUDY, folder)
    for words, expected, code in (
            (["--language", "nl"], "--language: it is that of the picture only\n  add --svg FILE", 2),
            (["--svg", folder / "x.svg", "--json"], "--svg: not together with --json", 2),
            (["--language", "de", "--svg", "x.svg"], "unknown word \"de\"", 2)):
        outcome = done(checks, call("fit", study, *words), f"{words}", code)
        checks.that(expected in outcome.stderr, f"{words}: expected {expected!r}, found {outcome.stderr!r}")
    targets = folder / "mine.yaml"
    shipped = (LEIDEN / "targets.yaml").read_text()
    targets.write_text(shipped.replace("evidence: T-DEB-10", "evidence: T-DEB-03"))
    line = shipped[:shipped.index("debt_no_paid_work")].count("\n") + 1
    outcome = done(checks, call("fit", study, "--targets", targets), "an input as target", 65)
    checks.equal(outcome.stderr.splitlines(), [
        f"{targets}: 1 problem, nothing was run", "",
        f"  {line}:3  figures.debt_no_paid_work: has two labels: calibrated on, and input, as targets[0] cites T-DEB-03",
        "       an input is met by construction: take the figure out"], "what is said of it")
    targets.write_text(shipped.replace("debt_no_paid_work", "mood_disorder_ever"))
    outcome = done(checks, call("fit", study, "--targets", targets), "a figure that is held out", 65)
    checks.that("has two labels: calibrated on, and held out at " in outcome.stderr, outcome.stderr)


if __name__ == "__main__":
    Checks().run(figures, effects, a_planted_effect, text, only_the_baseline, picture, refused)
