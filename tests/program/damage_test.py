#!/usr/bin/python3
"""A results file with a byte that was changed, or that was cut off, is told from a good one, wherever that is: either a
clear message, or what was said before. Never a crash, never other numbers, and nothing is overwritten.

    damage_test.py PROGRAM                     60 bytes of a finished and of a partial file each, 20 lengths of each
    SLEUTEL_LONG=1 damage_test.py PROGRAM      1,000 bytes, 200 lengths
"""
import random
import re
import shutil
import subprocess
import time

import h5py

from program import LONG, PROGRAM, PROJECT, Checks, call, digest_of, done, same_panel, write_study

BYTES, LENGTHS = (1000, 200) if LONG else (60, 20)
STUDY = {"study": "damaged", "question": "Is damage seen?", "city": "leiden", "start": "2024-01", "years": 3,
         "replicates": 3, "seed": 12, "residents": 2000,
         "scenarios": {"baseline": {}, "help": {"programmes": [
             {"programme": "vroegsignalering", "coverage": 0.6, "from": "2025-01"}]}}}
PANEL = ("--panel", "20")
TOLD = re.compile(r"cut off or damaged|this results file is damaged|this is not an HDF5 file")

OLD = {"study": "old", "question": "Who wrote this?", "city": "leiden", "years": 1, "replicates": 1, "residents": 2000,
       "scenarios": {"baseline": {}}}


def answers(file):
    return [call(command, file, *options) for command, *options in (("compare", "--csv"), ("digest",))]


class Damage:
    """Says what the program makes of a file that is not as it was."""

    def __init__(self, checks, file, what):
        self.checks, self.file, self.what = checks, file, what
        self.good = file.read_bytes()
        self.expected = [outcome.stdout for outcome in answers(file)]
        self.told, self.same = 0, 0

    def asked(self, bad, where):
        """Both commands, of a file with these bytes."""
        self.file.write_bytes(bad)
        for outcome, expected in zip(answers(self.file), self.expected):
            if outcome.returncode == 0:
                self.checks.equal(outcome.stdout, expected, f"{self.what}, {where}: what is said")
                self.same += 1
                continue
            self.checks.equal(outcome.returncode, 65, f"{self.what}, {where}: the exit code ({outcome.stderr[-200:]})")
            self.checks.that(str(self.file) in outcome.stderr and TOLD.search(outcome.stderr) and outcome.stdout == "",
                             f"{self.what}, {where}: {outcome.stderr}")
            self.told += 1
        self.checks.that(self.file.read_bytes() == bad, f"{self.what}, {where}: the file is as it was")

    def everywhere(self, chance):
        size = len(self.good)
        places = [0, 7, 8, 40, size - 1, size - 9, size - 17, size - 25] + [chance.randrange(size) for _ in range(BYTES)]
        for place in places:
            bad = bytearray(self.good)
            bad[place] ^= chance.randrange(1, 256)
            self.asked(bytes(bad), f"byte {place}")
        for length in [0, 1, size - 1, size - 8, size - 200] + [chance.randrange(size) for _ in range(LENGTHS)]:
            self.asked(self.good[:length], f"cut to {length}")
        self.file.write_bytes(self.good)
        self.checks.that(self.told > self.same, f"{self.what}: {self.told} told, {self.same} the same as before")
        print(f"{self.what}: {BYTES} bytes and {LENGTHS} lengths; {self.told} times told, {self.same} times the same answer")


def finished(checks, folder):
    output = folder / "damaged.h5"
    done(checks, call("run", write_study(STUDY, folder), "--output", output, *PANEL, "--quiet"), "a run")
    Damage(checks, output, "finished").everywhere(random.Random(1))


def killed(study, output, years):
    """Leaves a partial file with so many years of runs or a few more, and not all."""
    run = subprocess.Popen([PROGRAM, "run", study, "--output", output, *PANEL], cwd=PROJECT, stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    partial, limit = output.with_name(output.name + ".partial"), time.monotonic() + 60
    while time.monotonic() < limit and not (partial.exists() and years_in(partial) >= years):
        time.sleep(0.005)
    run.kill()
    run.communicate()
    return partial


def years_in(partial):
    with h5py.File(partial) as file:
        return int((file["complete"][:] == 1).sum())


def partial_file(checks, folder):
    partial = killed(write_study(STUDY, folder, replicates=60), folder / "damaged.h5", years=250)
    Damage(checks, partial, "partial").everywhere(random.Random(2))


def gone_on_with(checks, folder):
    """--resume of a damaged partial file: refused, or the digest of an uninterrupted run; --expand of a damaged result."""
    study, output, whole = write_study(STUDY, folder, replicates=12), folder / "damaged.h5", folder / "whole.h5"
    done(checks, call("run", study, "--output", whole, *PANEL, "--quiet"), "an uninterrupted run")
    partial, expected = killed(study, output, years=8), digest_of(whole)
    good, chance, refused, lived = partial.read_bytes(), random.Random(3), 0, 0
    with h5py.File(partial) as file:
        variable = file["buurt/deaths_denominator"].id.get_offset()
        flags = file["complete"].id.get_offset()
        months = file["panel/household_size"].id.get_offset()
    places = [variable + 3, flags, flags + 1, months, months + 23] + [chance.randrange(len(good)) for _ in range(BYTES // 10)]
    for place in places:
        bad = bytearray(good)
        bad[place] ^= 1
        partial.write_bytes(bad)
        outcome = call("run", study, "--output", output, *PANEL, "--resume")
        if outcome.returncode == 0:
            checks.equal(digest_of(output), expected, f"resumed with byte {place} changed")
            checks.that(same_panel(output, whole), f"resumed with byte {place} changed: the panel")
            lived += "1 year damaged (the checksum is another): the runs are lived again" in outcome.stderr
            output.unlink()
        else:
            checks.equal(outcome.returncode, 65, f"byte {place}: the exit code ({outcome.stderr[-200:]})")
            checks.that(f"{partial} is cut off or damaged and cannot be resumed; --force begins anew" in outcome.stderr,
                        f"byte {place}: {outcome.stderr}")
            checks.that(partial.read_bytes() == bad and not output.exists(), f"byte {place}: all is as it was")
            refused += 1
    checks.that(lived >= 5, f"{lived} times lived again, {refused} times refused")
    partial.unlink(missing_ok=True)
    few = bytearray(whole.read_bytes())
    few[len(few) // 2] ^= 64
    whole.write_bytes(few)
    outcome = done(checks, call("run", study, "--output", whole, *PANEL, "--expand", "32"), "--expand of a damaged result", code=65)
    checks.that("cut off or damaged: its checksum is another" in outcome.stderr, outcome.stderr)
    for command in ("run", "reproduce"):
        what = (study, "--output", whole, *PANEL) if command == "run" else (whole,)
        outcome = done(checks, call(command, *what), f"{command} of a damaged result", code=73 if command == "run" else 65)
        checks.that(str(whole) in outcome.stderr and whole.read_bytes() == few, f"{command}: {outcome.stderr}")


def changed_by_another_program(checks, folder):
    """Who writes into a file with a library takes its checksums away: told, and what was changed can be asked for."""
    output = folder / "damaged.h5"
    done(checks, call("run", write_study(STUDY, folder), "--output", output, "--quiet"), "a run")
    shutil.copy(output, folder / "same.h5")
    with h5py.File(output, "r+") as file:
        file["deaths"].attrs["units"] = "deaths a day"
    outcome = done(checks, call("compare", output), "compare of a changed file", code=65)
    checks.that("or another program changed it: it does not end with its checksums\n  sleutel reproduce says what was changed; "
                "or run the study again" in outcome.stderr, outcome.stderr)
    said = done(checks, call("reproduce", output), "reproduce of a changed file", code=1)
    checks.that("does not end with its checksums: another program changed it; what differs is sought" in said.stderr, said.stderr)
    checks.that("not the same in 1 attribute:\n  /deaths units\n" in said.stdout, said.stdout)
    checks.equal(call("digest", folder / "same.h5").returncode, 0, "a copy is as good as the file")


def of_another_version(checks, folder):
    """A file of another layout is told from a damaged one: it is another version of the program that reads it."""
    study, output = write_study(OLD, folder), folder / "old.h5"
    with h5py.File(folder / "old.h5.partial", "w") as file:
        file.attrs["schema_version"] = 2
    for words, code in ((("--resume",), 65), ((), 73)):
        told = done(checks, call("run", study, "--output", output, *words), f"an old partial file, {words}", code=code)
        checks.that("of schema version 2, which another version of Sleutel wrote" in told.stderr, told.stderr)
    checks.that((folder / "old.h5.partial").exists(), "it is left there")


Checks().run(of_another_version, finished, partial_file, gone_on_with, changed_by_another_program)
