#!/usr/bin/python3
"""Writes a study whose model has more lanes than the shipped one, to see what a wider model costs.

    benchmarks/padded_model.py COPIES FOLDER      then: sleutel bench FOLDER/scenarios/padded.yaml

States of residents are copied in turn, with tables, edges and evidence, under new names and draw numbers, until the
model has so many more lanes. A copy feels what its original feels, and lasts as long; nothing reads it, and nothing it
holds up adds to stress, so that the residents live as before.
"""
import re
import shutil
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
COPIED = ["musculoskeletal", "lonely", "care_burden", "cardiometabolic"]
STUDY = """study: padded
question: What do {copies} more lanes cost?
city: leiden
start: 2024-01
years: 5
replicates: 1
seed: 1
scenarios:
  baseline: {{}}
"""


def body_of(text, state):
    return re.search(rf"\n  {state}:\n(.*?\n)(?=\n|  \w)", text, re.S).group(1)


def copy_of(text, state, draw):
    """The block of a state under another draw number, without stress and marks."""
    body = re.sub(r"    draw: \d+", f"    draw: {draw}", body_of(text, state))
    body = re.sub(r"^    (stress|marks|group|class):.*\n", "", body, flags=re.M)
    return f"\n  padded_{draw}:\n{body}"


def padded(text, copies):
    before_events, events = text.split("\nevents:\n", 1)
    taken = [int(number) for number in re.findall(r"^    draw: (\d+)", text, re.M)]
    added = "".join(copy_of(text, COPIED[i % len(COPIED)], max(taken) + 1 + i) for i in range(copies))
    return before_events + added + "\nevents:\n" + events


def main(copies, folder):
    folder = Path(folder)
    shutil.copytree(PROJECT / "scenarios", folder / "scenarios", dirs_exist_ok=True)
    model = folder / "scenarios/leiden/model.yaml"
    model.write_text(padded((PROJECT / "scenarios/leiden/model.yaml").read_text(), int(copies)))
    (folder / "scenarios/padded.yaml").write_text(STUDY.format(copies=copies))
    print(folder / "scenarios/padded.yaml")


if len(sys.argv) != 3:
    sys.exit(__doc__)
main(*sys.argv[1:])
