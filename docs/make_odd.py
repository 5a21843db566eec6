#!/usr/bin/python3
"""Renews the tables of docs/odd.md from the model, the columns of residents and the published figures.

    docs/make_odd.py PROGRAM             build/release/sleutel
    docs/make_odd.py PROGRAM --check     says whether the page is that of today (used by a test)
"""
import collections
import json
import re
import subprocess
import sys
from pathlib import Path

import yaml

PROJECT = Path(__file__).resolve().parent.parent
PAGE = PROJECT / "docs/odd.md"
FIGURES = {"calibrated on": "targets.yaml", "held out": "held_out.yaml"}
LEVELS = {"resident": "resident", "household": "household", "couple": "couple"}


def asked(program, *arguments):
    return json.loads(subprocess.run([program, *arguments, "--json"], cwd=PROJECT, check=True, capture_output=True, text=True).stdout)


def table(heads, rows):
    return "\n".join(["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads), *("| " + " | ".join(map(str, row)) + " |" for row in rows)])


def patterns():
    rows = []
    for label, name in FIGURES.items():
        figures = yaml.safe_load((PROJECT / "scenarios/leiden" / name).read_text(encoding="utf-8"))["figures"]
        groups = collections.defaultdict(list)
        for figure in figures.values():
            groups[figure["group"]].append(figure["name"]["en"])
        rows += [(label, group, len(names), "; ".join(names)) for group, names in groups.items()]
    return table(("label", "about", "figures", "which"), rows)


def columns():
    header = (PROJECT / "include/sleutel/residents.h").read_text(encoding="utf-8")
    listed = re.findall(r'ColumnInfo\{"(\w+)",\s*"([^"]+)",\s*"([^"]+)"\}', header)
    return table(("column", "unit", "what it is"), [(f"`{name}`", unit, meaning) for name, unit, meaning in listed])


def states(model):
    edges = collections.Counter((edge["to"], "ends" if edge["change"].startswith("end") else "begins") for edge in model["edges"])
    assumed = collections.Counter(edge["to"] for edge in model["edges"] if edge["kind"] == "assumption" or edge["unverified"])
    rows = [(state["domain"], state["label_en"], state["kind"], LEVELS[state["level"]], state["group"] or "-", edges[(state["name"], "begins")],
             edges[(state["name"], "ends")], assumed[state["name"]]) for state in sorted(model["states"], key=lambda s: (s["domain"], s["draw"]))]
    return table(("domain", "state or event", "kind", "of a", "group", "begins", "ends", "assumed"), rows)


def outcomes(program):
    return table(("outcome", "of whom, and in which unit"), [(f"`{one['id']}`", one["label"]) for one in asked(program, "list", "outcomes")])


def parameters(model):
    kinds = collections.Counter(parameter["kind"] or "a definition or a chosen number" for parameter in model["parameters"])
    return table(("where the numbers of the model come from", "parameters"), sorted(kinds.items()))


def renewed(program):
    model = asked(program, "model")
    blocks = {"patterns": patterns(), "columns": columns(), "states": states(model), "outcomes": outcomes(program), "parameters": parameters(model)}
    text = PAGE.read_text(encoding="utf-8")
    for name, block in blocks.items():
        text, found = re.subn(rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- end of {name} -->)", lambda hit: hit[1] + block + "\n" + hit[2], text, flags=re.S)
        if found != 1:
            sys.exit(f"{PAGE.name}: the block of {name} stands there {found} times")
    return text


def main():
    text = renewed(str(Path(sys.argv[1]).resolve()))
    if "--check" in sys.argv:
        sys.exit(0 if text == PAGE.read_text(encoding="utf-8") else "docs/odd.md is not that of the model; docs/make_odd.py renews it")
    PAGE.write_text(text, encoding="utf-8")


main()
