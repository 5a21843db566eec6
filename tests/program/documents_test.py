#!/usr/bin/python3
"""Every command that the README and the other documents show works as written (the studies are the shipped ones, with
fewer residents); and docs/assumptions.md lists all that is assumed.

    documents_test.py PROGRAM
"""
import csv
import re
import shutil
import subprocess
import sys
import time

import yaml

from program import PROGRAM, PROJECT, Checks

DOCUMENTS = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").rglob("*.md")),
             *sorted((PROJECT / "scenarios/benchmarks").rglob("*.md")),
             PROJECT / "benchmarks/README.md"]
SMALL = {"residents": 2000, "replicates": 2}
NOT_HERE = ("test", "bench")  # the test suite is what runs this; bench_test.py runs the other on a sample


def place(folder):
    """A folder with the scenarios, the studies made small, and the program as ./sleutel."""
    shutil.copytree(PROJECT / "scenarios", folder / "scenarios")
    shutil.copytree(PROJECT / "docs", folder / "docs")
    for path in (folder / "scenarios").glob("*.yaml"):
        path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text()), **SMALL}, sort_keys=False))
    launcher = folder / "sleutel"
    launcher.write_text(f'#!/bin/sh\nexec "{PROGRAM}" "$@"\n')
    launcher.chmod(0o755)


def shown(text):
    """Commands in code blocks, and those between backticks that name no placeholder."""
    blocks = [line.split("  #")[0].strip() for line in re.findall(r"^    (\./sleutel .*)$", text, re.M)]
    inline = [f"./{line.removeprefix('./')}" for line in re.findall(r"`((?:\./)?sleutel [a-z][^`]*)`", text)]
    words = [line for line in inline if not re.search(r"\b[A-Z]{3,}\b|<|\|", line) and len(line.split()) > 2]
    alone = [line for line in inline if line.split()[1:] in (["model"], ["city"], ["schema"])]
    return [line for line in blocks + words + alone if line.split()[1] not in NOT_HERE]


def run(line, folder):
    return subprocess.run(["sh", "-c", line], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)


def commands(checks, folder):
    place(folder)
    checks.equal(run("./sleutel run scenarios/first-look.yaml", folder).returncode, 0, "the first command")
    done = set()
    for document in DOCUMENTS:
        for line in shown(document.read_text()):
            if line in done or line.startswith("./sleutel compare --json"):  # a heading: the file is left out
                continue
            done.add(line)
            began = time.monotonic()
            outcome = run(line, folder)
            if time.monotonic() - began > 3:
                print(f"{time.monotonic() - began:7.1f} s  {line}")
            checks.equal(outcome.returncode, 0, f"{document.name}: {line}: {outcome.stderr[-300:]}")
            checks.that(outcome.stdout or "--graph" in line or ">" in line, f"{document.name}: {line} prints something")
    checks.that(len(done) >= 15, f"commands were found: {len(done)}")
    checks.that((folder / "causes.svg").is_file(), "the diagram of the README is drawn")


def python_of_the_readme(checks, folder):
    place(folder)
    checks.equal(run("./sleutel run scenarios/first-look.yaml", folder).returncode, 0, "results for Python")
    text = (PROJECT / "README.md").read_text()
    block = re.search(r"^    import xarray\n(?:    .*\n)+", text, re.M)
    checks.that(block, "the README has lines of Python")
    lines = re.sub(r"^    ", "", block.group(0), flags=re.M)
    outcome = subprocess.run([sys.executable, "-c", lines + "\nprint('done')"], cwd=folder, capture_output=True, text=True)
    checks.equal((outcome.returncode, outcome.stdout), (0, "done\n"), f"lines of Python: {outcome.stderr[-400:]}")


def the_picture_says_what_is_assumed(checks, folder):
    """The letters are drawn as curves; each text stands beside them in a comment."""
    picture = (PROJECT / "docs/images/first-look.svg").read_text()
    for programme in ("vroegsignalering", "ouderschap-na-scheiding"):
        checks.that(f"<!-- The effect of {programme} is assumed, not measured. -->" in picture, f"the picture: {programme} is assumed")


def drawn_and_generated(checks, folder):
    """docs/causes/ and the tables of docs/odd.md are those of the model; another model is seen at once."""
    for maker in ("make_causes.py", "make_odd.py"):
        outcome = subprocess.run([sys.executable, PROJECT / "docs" / maker, PROGRAM, "--check"], capture_output=True, text=True)
        checks.equal((outcome.returncode, outcome.stderr), (0, ""), maker)
    shutil.copytree(PROJECT / "docs", folder / "docs")
    shutil.copytree(PROJECT / "scenarios", folder / "scenarios")
    (folder / "include/sleutel").mkdir(parents=True)
    shutil.copy(PROJECT / "include/sleutel/residents.h", folder / "include/sleutel")
    model = folder / "scenarios/leiden/model.yaml"
    model.write_text(re.sub(r'\{en: "?problem debt"?,', '{en: "bad debt",', model.read_text()))  # of the state and of the outcome
    for maker, stale in (("make_causes.py", "docs/causes/money.svg"), ("make_odd.py", "docs/odd.md")):
        outcome = subprocess.run([sys.executable, folder / "docs" / maker, PROGRAM, "--check"], capture_output=True, text=True)
        checks.that(outcome.returncode == 1 and stale in outcome.stderr, f"{maker}: another label is seen: {outcome.stderr[-200:]}")


def assumed():
    """What scenarios/ declares an assumption, as the page must name it; found here by other means than the page is."""
    def of_the_project(pattern):  # the town of the benchmark cases is invented
        return [path for path in (PROJECT / "scenarios").rglob(pattern) if "benchmarks" not in path.parts]

    for path in of_the_project("*.csv"):
        lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
        for row in csv.DictReader(lines):
            if row.get("kind") == "assumption":
                yield row["id"]
            if row.get("assumption") == "yes":
                yield row["quantity"]
        if path.name.startswith("assumed_"):
            yield from lines[0].split(",")[1:]
    for path in of_the_project("*.yaml"):
        content = yaml.safe_load(path.read_text())
        if path.name == "city.yaml":
            yield from content["assumptions"]
        for scenario in [content, *content.get("scenarios", {}).values()]:
            for entry in [scenario, *(scenario or {}).get("programmes", [])] if isinstance(scenario, dict) else []:
                yield from entry.get("assume", {})


def all_assumptions_are_listed(checks, folder):
    place(folder)
    page = (PROJECT / "docs/assumptions.md").read_text()
    names = list(assumed())
    checks.that(len(names) > 120, f"assumptions were found: {len(names)}")
    for name in names:
        checks.that(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", page), f"assumptions.md names {name}")
    check = [folder / "docs/make_assumptions.py", "--check"]
    shutil.copytree(PROJECT / "scenarios", folder / "scenarios", dirs_exist_ok=True)
    checks.equal(subprocess.run(check, stdin=subprocess.DEVNULL).returncode, 0, "assumptions.md is that of scenarios/")
    with (folder / "scenarios/leiden/flows.csv").open("a") as flows:
        flows.write('one_more,0.5,share,"invented for a test",yes\n')
    outcome = subprocess.run(check, stdin=subprocess.DEVNULL, capture_output=True)
    checks.equal(outcome.returncode, 1, "one more assumption is missed")


Checks().run(commands, drawn_and_generated, python_of_the_readme, the_picture_says_what_is_assumed, all_assumptions_are_listed)
