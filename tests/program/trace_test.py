#!/usr/bin/python3
"""`sleutel trace`: one life as a timeline, exact, the same each time, and told in text, JSON and a picture.

    trace_test.py PROGRAM
"""
import json
import math
import time
import xml.etree.ElementTree as xml

from program import Checks, call, done, write_study

STUDY = {"study": "one-life", "question": "Why did it happen?", "city": "leiden", "start": "2024-01", "years": 8,
         "replicates": 2, "seed": 5, "residents": 6000,
         "scenarios": {"baseline": {}, "help": {"programmes": [
             {"programme": "vroegsignalering", "coverage": 1.0, "from": "2024-06"}]},
             "no-debt-mood": {"set": {"states.subthreshold.onset.edges.problem_debt": 1}}}}


def traced(checks, *arguments, what="trace"):
    return json.loads(done(checks, call("trace", *arguments, "--json", "--quiet"), what).stdout)


def found(checks, study, words):
    return traced(checks, study, "--find", words, what=words)


def sums(checks, entries, what):
    """The factors give the hazard, the shares one."""
    for entry in entries:
        if "hazard" not in entry:
            continue
        hazard = entry["hazard"]
        product = hazard["base_per_year"] * hazard["limit_factor"] * math.prod(term["factor"] for term in hazard["terms"])
        checks.that(abs(product / hazard["per_year"] - 1) < 1e-9, f"{what}: {entry['what']} {entry['month']}: {product}")
        raises = [term for term in hazard["terms"] if term["factor"] > 1]
        whole = sum(math.log(term["factor"]) for term in raises)
        for term in raises:
            checks.that(abs(term["share"] - math.log(term["factor"]) / whole) < 1e-6, f"{what}: share of {term['name']}")


def one_life(checks, folder):
    study = write_study(STUDY, folder)
    lives = found(checks, study, "debt then subthreshold")
    checks.that(len(lives) > 5, f"lives are found: {len(lives)}")
    resident, months = lives[0]["resident"], lives[0]["months"]
    began = time.monotonic()
    story = traced(checks, study, "--resident", resident)
    checks.that(time.monotonic() - began < 60, "in seconds")
    begins = [(one["what"], one["month"]) for one in story["life"]["entries"] if one["kind"] == "begin"]
    checks.that(("problem_debt", months[0]) in begins, f"debt begins in {months[0]}: {begins}")
    checks.that(("subthreshold", months[1]) in begins, f"symptoms begin in {months[1]}: {begins}")
    sums(checks, story["life"]["entries"], "a life")
    text = done(checks, call("trace", study, "--resident", resident, "--quiet"), "as text").stdout
    checks.equal(text.splitlines()[0], f"Resident {resident} of one-life, replicate 0, 2024-01 to 2031-12", "the first line")
    checks.that(f"{months[0]}" in text and "begins: problem debt (drawn for the household)" in text, "debt in the text")
    again = call("trace", study, "--resident", resident, "--quiet", "--threads", "1").stdout
    checks.equal(again, text, "traced again on one thread")
    checks.that("buurt" not in json.dumps(story) and '"age"' not in json.dumps(story), "no age, no buurt")
    keys = {key for entry in story["life"]["entries"] for key in entry}
    checks.that(keys <= {"month", "kind", "what", "life_stage", "household", "persons", "unit", "hazard"}, f"keys {keys}")


def edge_cut(checks, folder):
    """An edge set to 1 is no cause any more, in the scenario where it is cut only."""
    study = write_study(STUDY, folder)
    causes = {"baseline": 0, "no-debt-mood": 0}
    for life in found(checks, study, "problem_debt then subthreshold")[:6]:
        story = traced(checks, study, "--resident", life["resident"], "--scenario", "no-debt-mood", "--against", "baseline")
        for side, scenario in (("against", "baseline"), ("life", "no-debt-mood")):
            for entry in story[side]["entries"]:
                if entry["what"] == "subthreshold" and entry["kind"] == "begin":
                    causes[scenario] += sum(term["name"] == "problem_debt" for term in entry["hazard"]["terms"])
        first = story["first_difference"]
        if first and first["entry"]["what"] == "subthreshold" and first["entry"]["kind"] == "begin":
            checks.equal(first["differs"][0]["name"], "problem_debt", "the first difference has the edge as its cause")
    checks.that(causes["baseline"] >= 1, f"debt is among the causes of the baseline: {causes}")
    checks.equal(causes["no-debt-mood"], 0, "and not where its edge is 1")


def compared(checks, folder):
    study = write_study(STUDY, folder)
    story = traced(checks, study, "--pick", "median-benefit", "--scenario", "help")
    checks.that(story["picked"]["burden"] < story["picked"]["burden_against"], "a benefit")
    checks.that(not story["same"] and story["first_other_event"], "the lives differ")
    resident = story["resident"]
    text = done(checks, call("trace", study, "--pick", "median-benefit", "--scenario", "help"), "picked, as text").stdout
    checks.that("Picked: Of the residents who take part in a programme of the scenario" in text, "the rule is printed")
    assumed = "The effect of vroegsignalering is assumed, not measured."
    checks.equal((text.splitlines()[-1], story["notes"]), (assumed, [assumed]), "what is assumed is said")
    checks.that(f"Resident {resident} " in text and "First difference: " in text, "the same one, with the difference")
    without = traced(checks, study, "--pick", "not-helped", "--scenario", "help")
    checks.that(without["picked"]["burden"] >= without["picked"]["burden_against"], "no benefit")
    for life in found(checks, study, "smoking")[:20]:
        words = (study, "--resident", life["resident"], "--scenario", "help", "--against", "baseline")
        if traced(checks, *words)["same"]:
            text = call("trace", *words, "--quiet").stdout
            checks.that("\nNo difference: this life is the same under baseline and help.\n" in text, f"the same life: {text[-300:]}")
            return
    checks.that(False, "a life that is the same")


def picture(checks, folder):
    study, file = write_study(STUDY, folder), folder / "life.svg"
    words = ("trace", study, "--pick", "median-benefit", "--scenario", "help", "--svg", file)
    done(checks, call(*words), "a picture")
    texts = [one.text for one in xml.parse(file).iter("{http://www.w3.org/2000/svg}text")]
    checks.that("Scenario: help" in texts and "life stage" in texts and "problem debt" in texts, f"English: {texts[:12]}")
    done(checks, call(*words), "it is not overwritten", 73)
    done(checks, call(*words, "--force", "--language", "nl"), "in Dutch")
    texts = [one.text for one in xml.parse(file).iter("{http://www.w3.org/2000/svg}text")]
    checks.that("levensfase" in texts and "problematische schulden" in texts, f"Dutch: {texts[:12]}")
    checks.that("Het effect van vroegsignalering is aangenomen, niet gemeten." in texts, "what is assumed, in Dutch")
    english = [one for one in texts if any(word in one.split() for word in ("the", "of a", "loneliness", "begins", "with"))]
    checks.equal(english, [], "no English left in the Dutch picture")


def refused(checks, folder):
    study = write_study(STUDY, folder)
    for words, expected in (
            ([], "trace: whose life is missing"),
            (["--resident", 1, "--find", "debt"], "trace: more than one way to say whose life"),
            (["--pick", "median-benefit"], "--pick: the scenario is missing"),
            (["--pick", "median"], "unknown word \"median\""),
            (["--find", "debt then seperation"], "--find: unknown state \"seperation\"\n  did you mean \"separation\"?"),
            (["--find", "depression before then debt then  then lost"], "--find: a state is missing"),
            (["--resident", 987654321], "--resident: nobody at the start of one-life has the id 987654321"),
            (["--resident", 1, "--language", "nl"], "--language: it is that of the picture only"),
            (["--resident", "x"], "expected a whole number")):
        outcome = done(checks, call("trace", study, *words), f"{words}", 2)
        checks.that(expected in outcome.stderr, f"{words}: expected {expected!r}, found {outcome.stderr!r}")
    outcome = done(checks, call("trace", study, "--resident", 1, "--scenario", "hlep"), "unknown scenario", 65)
    checks.that("no scenario \"hlep\"\n  did you mean \"help\"?" in outcome.stderr, outcome.stderr)


if __name__ == "__main__":
    Checks().run(one_life, edge_cut, compared, picture, refused)
