#!/usr/bin/python3
"""Draws the causal diagram of Leiden's model anew, from afar and by domain: docs/causes/*.dot and *.svg.

    docs/make_causes.py PROGRAM             build/release/sleutel
    docs/make_causes.py PROGRAM --check     says which of them are not those of the model (used by a test)
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "causes"


def called(program, *arguments):
    return subprocess.run([program, *arguments], cwd=FOLDER.parent.parent, check=True, capture_output=True, text=True).stdout


def diagrams(program):
    """Name of each diagram, and what asks for it."""
    domains = json.loads(called(program, "model", "--json"))["domains"]
    return {"overview": ["--overview"], **{domain: ["--domain", domain] for domain in domains}}


def shown(svg):
    """What a drawing shows, without where: its nodes, places, arrows and words."""
    return sorted(re.findall(r"<title>(.*?)</title>|<text [^>]*>(.*?)</text>", svg.read_text(encoding="utf-8")))


def stale(program, name, asked, folder):
    for kind in ("dot", "svg"):
        called(program, "model", "--graph", str(folder / f"{name}.{kind}"), *asked)
        kept, made = FOLDER / f"{name}.{kind}", folder / f"{name}.{kind}"
        same = kept.is_file() and (kept.read_bytes() == made.read_bytes() if kind == "dot" else shown(kept) == shown(made))
        if not same:
            yield f"docs/causes/{name}.{kind}"


def main():
    program = str(Path(sys.argv[1]).resolve())
    wanted = diagrams(program)
    if "--check" in sys.argv:
        with tempfile.TemporaryDirectory() as folder:
            found = [path for name, asked in wanted.items() for path in stale(program, name, asked, Path(folder))]
        known = {f"{name}.{kind}" for name in wanted for kind in ("dot", "svg")}
        found += [f"docs/causes/{path.name} (no such domain)" for path in FOLDER.glob("*.*") if path.name not in known]
        sys.exit("\n".join(["not those of the model; docs/make_causes.py draws them:", *found]) if found else 0)
    FOLDER.mkdir(exist_ok=True)
    for name, asked in wanted.items():
        for kind in ("dot", "svg"):
            called(program, "model", "--graph", str(FOLDER / f"{name}.{kind}"), "--force", *asked)


main()
