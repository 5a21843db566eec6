#!/usr/bin/python3
"""`sleutel attribute`: where an outcome comes from, in text, JSON, CSV and a picture.

    attribute_test.py PROGRAM
"""
import csv
import io
import json
import xml.etree.ElementTree as xml

from program import Checks, call, done, write_study

STUDY = {"study": "shares", "question": "What does it come from?", "city": "leiden", "start": "2024-01", "years": 2,
         "replicates": 2, "seed": 5, "residents": 3000, "scenarios": {"baseline": {}}}
OF = ("--of", "problem_debt,lonely")


def attributed(checks, *words, what="attribute"):
    return json.loads(done(checks, call("attribute", *words, "--json", "--quiet"), what).stdout)


def shares_are_whole(checks, folder):
    study = write_study(STUDY, folder)
    words = (study, "--outcome", "depression", "--outcome", "good_health_gap", *OF)
    told = attributed(checks, *words)
    checks.equal((told["subsets"], [one["name"] for one in told["between"]]), (4, ["problem_debt", "lonely"]), "between whom")
    depression, gap = told["outcomes"]
    checks.equal((depression["outcome"], gap["outcome"]), ("depression", "good_health_gap"), "both outcomes")
    for outcome in (depression, gap):
        for group in outcome["groups"]:
            sums = sum(one["share"]["mean"] for one in group["shares"])
            checks.that(abs(sums - group["together"]["mean"]) < 1e-9, f"{outcome['outcome']} {group['group']}: {sums}")
            checks.that(abs(group["all"]["mean"] - group["none"]["mean"] - group["together"]["mean"]) < 1e-9, "all less none")
            alone = sum(one["present_alone"]["mean"] for one in group["shares"])
            checks.that(abs(group["together"]["mean"] - alone - group["beyond_alone"]["mean"]) < 1e-9, "beyond alone")
    groups = [(one["by"], one["group"]) for one in depression["groups"]]
    checks.that(("city", "city") in groups and ("income", "lowest fifth") in groups and ("life_stage", "oldest") in groups, f"{groups}")
    checks.that(("life_stage", "child") not in groups, "children are not asked about depression")
    checks.that(not any(one["by"] == "income" for one in gap["groups"]), "a gap is between income groups, not of one")
    city = depression["groups"][0]
    checks.that(20 < city["none"]["mean"] < city["all"]["mean"] < 120, f"levels per 1,000: {city['none']} {city['all']}")
    again = attributed(checks, *words, "--threads", "1", what="on one thread")
    checks.equal(again, told, "the same on one thread")
    rows = list(csv.DictReader(io.StringIO(done(checks, call("attribute", *words, "--csv", "--quiet"), "as CSV").stdout)))
    share = [row for row in rows if row["quantity"] == "share" and row["of"] == "lonely" and row["group"] == "city"]
    checks.equal(float(share[0]["mean"]), city["shares"][1]["share"]["mean"], "the same number in CSV")


def told_in_words(checks, folder):
    study = write_study(STUDY, folder, replicates=1)
    text = done(checks, call("attribute", study, "--outcome", "depression", *OF, "--by", "life_stage"), "as text").stdout
    checks.that(text.startswith("shares, 2024-01 to 2025-12, 1 replicate, "), text[:100])
    checks.that("\ndepression, adults, per 1,000\n" in text and "\nyoung_adult\n" in text and "\nchild\n" not in text, text[:900])
    checks.that("not what a programme would save" in text and "chance only" in text, "what it is not")
    domains = attributed(checks, study, "--outcome", "depression", "--set", "years=1", what="domains")
    names = {one["name"]: one["states"] for one in domains["between"]}
    checks.that("problem_debt" in names["money"] and "lonely" in names["social"] and len(names) >= 5, f"{names}")
    checks.equal(domains["subsets"], 2 ** len(names), "all subsets")


def compounding(checks, folder):
    study = write_study(STUDY, folder)
    told = attributed(checks, study, "--outcome", "depression", "--outcome", "good_health_gap", "--compounding", what="compounding")
    city = told["outcomes"][0]["groups"][0]
    checks.equal(sorted(city), ["all", "by", "group", "knock_on", "none", "super_additivity", "together"], "what is told")
    checks.that(abs(city["all"]["mean"] - city["none"]["mean"] - city["together"]["mean"]) < 1e-9, "all less none")
    checks.that(city["knock_on"]["mean"] != 0, f"something differs: {city}")
    unsaid = city["super_additivity"] is None  # of a model with more stressors on a transition than there is room for
    checks.equal(any("Super-additivity is not computed" in note for note in told["notes"]), unsaid, "what is not computed is said")
    checks.that(unsaid or city["super_additivity"]["mean"] != 0, f"something differs: {city}")
    checks.that(any(one["group"] == "lowest fifth" for one in told["outcomes"][0]["groups"]), "by income")
    text = done(checks, call("attribute", study, "--outcome", "depression", "--compounding", "--by", "income"), "as text").stdout
    checks.that("\nhighest fifth\n" in text and "knock-on: by bringing each other on" in text, text[:800])
    rows = list(csv.DictReader(io.StringIO(call("attribute", study, "--outcome", "depression", "--compounding", "--csv", "--quiet").stdout)))
    found = [float(row["mean"]) for row in rows if row["quantity"] == "knock_on" and row["by"] == "city"]
    checks.equal(found, [city["knock_on"]["mean"]], "the same number in CSV")


def loops(checks, folder):
    study = write_study(STUDY, folder, years=1, residents=2000)
    told = attributed(checks, study, "--outcome", "depression", "--loops", what="loops")["outcomes"][0]
    least = []
    for loop in told["loops"]:
        nodes = loop["loop"]
        pairs = list(zip(nodes, nodes[1:] + nodes[:1]))
        changes = {(edge["from"], edge["to"]): edge["change"]["mean"] for edge in told["edges"]}
        checks.that(all(pair in changes for pair in pairs), f"{nodes}: each edge was cut")
        least.append(min(abs(changes[pair]) for pair in pairs))
        checks.equal(abs(loop["change"]["mean"]), least[-1], f"{nodes}: its weakest edge")
    checks.equal(least, sorted(least, reverse=True), "the strongest first")
    found = [loop["loop"] for loop in told["loops"]]
    checks.that(["stress", "depressed", "problem_debt"] in found and ["depressed", "lonely"] in found, f"loops: {found[:20]}")
    text = done(checks, call("attribute", study, "--outcome", "depression", "--loops"), "as text").stdout
    checks.that("of which edge" in text and "A loop does no more than its weakest edge carries" in text, text[:400])


def drawn(checks, folder):
    study, file = write_study(STUDY, folder), folder / "shares.svg"
    words = ("attribute", study, "--outcome", "depression", *OF, "--svg", file)
    done(checks, call(*words), "a picture")
    texts = [one.text for one in xml.parse(file).iter("{http://www.w3.org/2000/svg}text")]
    checks.that("depression: what it comes from" in texts and "problem debt" in texts and "all can" in texts, f"{texts[:9]}")
    done(checks, call(*words), "it is not overwritten", 73)
    done(checks, call(*words, "--force", "--language", "nl"), "in Dutch")
    texts = [one.text for one in xml.parse(file).iter("{http://www.w3.org/2000/svg}text")]
    checks.that("depressie: waar het vandaan komt" in texts and "problematische schulden" in texts, f"Dutch: {texts[:9]}")
    english = [one for one in texts if any(word in one.split() for word in ("the", "of", "loneliness", "alone", "share"))]
    checks.equal(english, [], "no English left in the Dutch picture")


def refused(checks, folder):
    study = write_study(STUDY, folder)
    ten = ",".join(["lonely"] * 11)
    for words, expected in (
            (["--outcome", "depresion", "--of", "lonley,depressed,problem_debt"], [
                "--of: unknown stressor \"lonley\"\n  did you mean \"lonely\"?",
                "--of: \"depressed\" is no stressor: it is a mood",
                "--outcome: unknown outcome \"depresion\"\n  did you mean \"depression\"?"]),
            (["--outcome", "depression", "--of", ten], ["--of: 11 stressors (at most 10)", "\"lonely\" is named twice"]),
            (["--outcome", "depression", "--of", "separating"], ["\"separating\" is no stressor: it is an event"]),
            (["--outcome", "depression", *OF, "--domains"], ["--of: not together with --domains"]),
            (["--outcome", "depression", "--outcome", "deaths", "--svg", "x.svg"], ["--svg: the picture is of one outcome"]),
            (["--outcome", "depression", "--language", "nl"], ["--language: it is that of the picture only"]),
            (["--outcome", "depression", "--by", "district"], ["unknown word \"district\""]),
            (["--outcome", "depression", *OF, "--compounding"], ["--compounding: it is about all stressors"]),
            (["--outcome", "depression", "--compounding", "--svg", "x.svg"], ["--compounding: there is no picture of it"]),
            (["--outcome", "depression", *OF, "--loops"], ["--loops: it is about all edges that stand in a loop"]),
            (["--outcome", "depression", "--loops", "--csv"], ["--loops: it is text or --json, of the city"]),
            ([], ["--outcome"])):
        outcome = done(checks, call("attribute", study, *words), f"{words}", 2)
        for one in expected:
            checks.that(one in outcome.stderr, f"{words}: expected {one!r}, found {outcome.stderr!r}")


if __name__ == "__main__":
    Checks().run(shares_are_whole, told_in_words, compounding, loops, drawn, refused)
