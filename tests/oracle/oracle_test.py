#!/usr/bin/python3
"""The program's events and those of the plain month (month.py) are the same. Usage: oracle_test.py PROGRAM"""

import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import month

STUDY = """study: oracle
question: Does a plain month say the same?
city: leiden
start: 2024-01
years: 5
replicates: 1
seed: 77
residents: 1000
switches: {life_events: false, arrivals: false}
scenarios:
  baseline: {}
  nothing: {effect: none}
"""

KNOWN = [(0, 0x1477F8200000), (-3158073, 0x2A1A1EC0000), (5243657, 0xEE3C91000000), (-20971519, 0x1555562)]


OFF = ("years: 5", "years: 2"), ("arrivals: false}", "arrivals: false, partners: false, parents: false}")


def exported(program, *changes):
    text = STUDY
    for old, new in changes:
        text = text.replace(old, new)
    with tempfile.TemporaryDirectory() as folder:
        study, file = pathlib.Path(folder, "oracle.yaml"), pathlib.Path(folder, "run.json")
        study.write_text(text)
        subprocess.run([program, "export", study, "--to", file], check=True)
        return json.loads(file.read_text())


def say_differences(mine, program, names):
    only = sorted([(e, "plain month") for e in mine - program] + [(e, "program") for e in program - mine])
    for (when, who, state, change), side in only[:10]:
        print(f"month {when}, resident {who}: {names[state]} {change}s only in the {side}")


def compared(program, *changes):
    """Events of the program, and whether those of the plain month are the same."""
    run = exported(program, *changes)
    mine = month.Run(run).history()
    theirs = sorted(tuple(event) for event in run["events"])
    say_differences(set(mine), set(theirs), [state["name"] for state in run["model"]["states"]])
    print(f"{len(theirs)} events of the program, {len(mine)} of the plain month")
    return theirs, mine == theirs


def main(program):
    known = [month.threshold(month.chance(month.monthly_hazard(eta))) == p for eta, p in KNOWN]
    theirs, same = compared(program)
    apart, same_apart = compared(program, *OFF)  # partners and parents act on nobody
    both = [event for event in theirs if event[0] < 24]
    checks = known + [same, len(theirs) > 1000, same_apart, len(apart) > 400, apart != both]
    print(f"{sum(checks)} passed, {len(checks) - sum(checks)} failed")
    return 0 if all(checks) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
