"""What the tests of the whole program share: a call of it, small copies of the shipped studies, a count of what holds."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

import h5py
import yaml

PROJECT = Path.cwd()
PROGRAM = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else PROJECT / "build/release/sleutel"
LONG = os.environ.get("SLEUTEL_LONG") == "1"


class Checks:
    """Counts what holds and what does not, and ends the script with what it counted."""

    def __init__(self):
        self.passed, self.failed = 0, 0

    def that(self, holds, what):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what}")

    def equal(self, found, expected, what):
        self.that(found == expected, f"{what}: expected {expected!r}, found {found!r}")

    def run(self, *parts):
        """Each part in a temporary folder of its own; a part that breaks off counts as one failure."""
        for part in parts:
            with tempfile.TemporaryDirectory(prefix="sleutel-test-") as folder:
                began = time.monotonic()
                try:
                    part(self, Path(folder))
                except Exception:
                    self.failed += 1
                    print(f"FAILED: {part.__name__} broke off")
                    traceback.print_exc(file=sys.stdout)
                print(f"{time.monotonic() - began:7.1f} s  {part.__name__}")
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)


def call(*arguments, environment=None, folder=PROJECT, program=PROGRAM):
    """Runs the program to its end; `returncode`, `stdout` and `stderr` say what came of it."""
    return subprocess.run([str(program), *map(str, arguments)], cwd=folder, env={**os.environ, **(environment or {})},
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=900)


def small_study(name, folder, **changes):
    """A copy of a shipped study with other values for some of its keys."""
    return write_study(yaml.safe_load((PROJECT / "scenarios" / f"{name}.yaml").read_text()), folder, **changes)


def write_study(study, folder, **changes):
    study = {**study, **changes}
    path = folder / f"{study['study']}.yaml"
    path.write_text(yaml.safe_dump(study, sort_keys=False, default_flow_style=False))
    return path


TOWN = {"city": "town", "model": "scenarios/trial/model.yaml",
        "switches": {"ties": False, "surroundings": False, "competition": False, "life_events": False, "arrivals": False},
        "scenarios": {"baseline": {}, "help": {"set": {"states.ill.onset.per_year": 0.4},
                                               "programmes": [{"programme": "course", "coverage": 0.5}]}}}


def write_town_study(study, folder, **changes):
    """A study of the town of the benchmark cases: its model of one state lives, and its file is written, ten times as fast
    as those of Leiden. For tests of what happens to runs and files, whatever stands in them."""
    if not (folder / "scenarios").exists():
        shutil.copytree(PROJECT / "scenarios/benchmarks", folder / "scenarios")
    return write_study({**TOWN, **study}, folder, **changes)


def done(checks, outcome, what, code=0):
    """The call ended with this code; else what it said is shown."""
    checks.that(outcome.returncode == code,
                f"{what}: exit {code} expected, found {outcome.returncode}: {outcome.stdout[-300:]}{outcome.stderr[-600:]}")
    return outcome


def no_crash(checks, outcome, what):
    """No sign of a crash, and no bare message of a library."""
    text = outcome.stdout + outcome.stderr
    for sign in ("terminate called", "Aborted", "Segmentation", "std::", "YAML::", "HDF5-DIAG", "CLI::", "what()",
                 "arguments were not expected", "argument was not expected"):
        checks.that(sign not in text, f"{what}: says {sign!r}: {text[-300:]}")
    checks.that(outcome.returncode >= 0, f"{what}: ended by signal {-outcome.returncode}")


def digest_of(file):
    return call("digest", file).stdout.strip()


def same_panel(one, other):
    """Every bit of every month of the residents who are watched."""
    with h5py.File(one) as first, h5py.File(other) as second:
        return list(first["panel"]) == list(second["panel"]) and all(
            (first["panel"][name][()] == second["panel"][name][()]).all() for name in first["panel"])


def without_time(text):
    """The text without the seconds that the simulation took."""
    return re.sub(r": [^:]* resident-months in [0-9.]+ s", "", text)
