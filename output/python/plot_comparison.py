#!/usr/bin/python3
"""Draws the paired differences of a results file against its baseline: `sleutel compare FILE --json | plot_comparison.py OUT.svg`.

One row an outcome: the difference over the smallest difference that matters, with its 95% interval (chance only); below, the notes that
stand beside these results, such as an effect that is assumed. Needs matplotlib. docs/images/first-look.svg is made of the outcomes that the run ends with
(`--outcome problem_debt depression severe_loneliness good_health life_satisfaction vitality eq5d deaths`).
"""
import json
import sys

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "sleutel"
import matplotlib.pyplot as plt  # noqa: E402

COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7"]


def picture(rows, path):
    rows = [row for row in rows if row["low"] is not None and row["matters"]]
    outcomes = list(dict.fromkeys(row["outcome"] for row in rows))
    scenarios = list(dict.fromkeys(row["scenario"] for row in rows))
    figure, axes = plt.subplots(figsize=(9, 0.42 * len(outcomes) + 1.6))
    axes.axvspan(-1, 1, color="#eeeeee", label="too small to matter")
    axes.axvline(0, color="#555555", linewidth=0.8)
    for s, scenario in enumerate(scenarios):
        own = [row for row in rows if row["scenario"] == scenario]
        y = [outcomes.index(row["outcome"]) + 0.3 * (s - (len(scenarios) - 1) / 2) for row in own]
        middle = [row["difference"] / row["matters"] for row in own]
        spread = [[(row["difference"] - row["low"]) / row["matters"] for row in own],
                  [(row["high"] - row["difference"]) / row["matters"] for row in own]]
        axes.errorbar(middle, y, xerr=spread, fmt="o", markersize=4, color=COLOURS[s % len(COLOURS)], capsize=2, label=scenario)
    labels = {row["outcome"]: row["label"] for row in rows}
    axes.set_yticks(range(len(outcomes)), [labels[outcome] for outcome in outcomes])
    axes.invert_yaxis()
    axes.set_xlabel("difference from the baseline, in units of the smallest difference that matters (95%, chance only)")
    axes.set_title(f"{rows[0]['year']}: scenarios against the baseline", loc="left")
    axes.legend(loc="upper center", bbox_to_anchor=(0.4, -0.14), ncol=len(scenarios) + 1, frameon=False)
    notes = list(dict.fromkeys(note for row in rows for note in row["notes"]))  # such as an effect that is assumed
    axes.annotate("\n".join(notes), (0, 0), (0, -95), xycoords="axes fraction", textcoords="offset points", va="top")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})


if __name__ == "__main__":
    picture(json.load(sys.stdin), sys.argv[1])
