#!/usr/bin/python3
"""Measures what size and width cost, and draws it: benchmarks/by_residents.csv, by_lanes.csv and docs/images/speed.svg.

    benchmarks/measure.py [residents|lanes|draw ...]      all three if none is named; some 20 minutes, machine at rest

Processor time of one thread, so that what another core does counts little; the best form of the kernel that the processor has.
"""
import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PROGRAM = PROJECT / "build/release/sleutel"
SIZES = [10_000, 30_000, 130_108, 390_324, 1_040_864, 2_081_728, 4_943_104]  # from the city on: whole cities
COPIES = [0, 10, 26, 42]  # lanes beyond those of the shipped model
COLUMNS = ["lanes", "residents", "isa", "ns_of_whole", "bare_kernel_ns_per_resident_month",
           "working_bytes_per_resident", "machine"]


def bench(*words):
    isa = json.loads(run("--residents", "2000", "--threads", "1"))["isa"]
    told = json.loads(run(*words, "--threads", "1", "--isa", isa))
    return {name: round(told[name], 1) if isinstance(told[name], float) else told[name] for name in COLUMNS}


def run(*words):
    told = subprocess.run([PROGRAM, "bench", "--json", *words], cwd=PROJECT, capture_output=True, text=True)
    if told.returncode != 0:
        sys.exit(told.stderr)
    return told.stdout


def write(name, rows):
    """Each row when it is there."""
    with (PROJECT / "benchmarks" / name).open("w") as file:
        out = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        out.writeheader()
        for row in rows:
            out.writerow(row)
            file.flush()
            print(name, row, flush=True)


def residents():
    write("by_residents.csv", (bench("--residents", str(size)) for size in SIZES))


def padded_study(copies, folder):
    told = subprocess.run([PROJECT / "benchmarks/padded_model.py", str(copies), folder], capture_output=True, text=True)
    return told.stdout.strip()


def lanes():
    with tempfile.TemporaryDirectory() as folder:
        write("by_lanes.csv", (bench(padded_study(copies, f"{folder}/{copies}")) for copies in COPIES))


def panel(axes, name, column, label):
    rows = list(csv.DictReader((PROJECT / "benchmarks" / name).open()))
    at = [float(row[column]) for row in rows]
    for figure, words, colour in (("ns_of_whole", "the whole month", "#1b4b72"),
                                  ("bare_kernel_ns_per_resident_month", "the hazards alone", "#d08a2e")):
        values = [float(row[figure]) for row in rows]
        axes.plot(at, values, "o-", color=colour, label=words)
        for x, y in zip(at, values):
            axes.annotate(f"{y:.0f}", (x, y), textcoords="offset points", xytext=(0, 7), ha="center", fontsize=8, color=colour)
    axes.set_xlabel(label)
    axes.set_ylim(0, 1.2 * max(float(row["ns_of_whole"]) for row in rows))
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return rows


def draw():
    import matplotlib
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "speed"
    from matplotlib import pyplot
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    rows = panel(left, "by_residents.csv", "residents", "residents")
    left.set_xscale("log")
    left.set_ylabel("ns per resident-month, one thread")
    left.legend(frameon=False, loc="upper left")
    panel(right, "by_lanes.csv", "lanes", "lanes, 130,108 residents")
    figure.suptitle(f"What size and width cost ({rows[0]['machine']}, {rows[0]['isa']})", fontsize=11)
    figure.savefig(PROJECT / "docs/images/speed.svg", metadata={"Date": None})
    print("docs/images/speed.svg written")


STEPS = {"residents": residents, "lanes": lanes, "draw": draw}
wanted = sys.argv[1:] or list(STEPS)
if any(step not in STEPS for step in wanted):
    sys.exit(__doc__)
for step in wanted:
    STEPS[step]()
