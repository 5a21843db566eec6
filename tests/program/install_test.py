#!/usr/bin/python3
"""`cmake --install`: the program works away from its source, and somebody else's program links sleutel::core.

    install_test.py PROGRAM
"""
import os
import re
import subprocess
import sys

from program import PROGRAM, PROJECT, Checks, call, done

sys.path.insert(0, str(PROJECT / "tests/oracle"))
import month  # noqa: E402  the independent month: its random numbers are written from docs/reproducibility.md

LICENCES = ("LICENSE", "NOTICE", "CITATION.cff")


def command(checks, what, *words, **options):
    outcome = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=900, **options)
    return done(checks, outcome, what)


def installed(checks, folder):
    """Installs, then moves what was installed: nothing in it may remember where it was."""
    command(checks, "cmake --install", "cmake", "--install", PROGRAM.parent, "--prefix", folder / "first")
    (folder / "first").rename(folder / "there")
    return folder / "there"


def files(checks, there):
    for name in LICENCES:
        checks.that((there / "share/doc/sleutel" / name).is_file(), f"{name} is installed")
    own = sorted(path.relative_to(PROJECT / "scenarios") for path in (PROJECT / "scenarios").rglob("*.yaml"))
    missing = [str(path) for path in own if not (there / "share/sleutel/scenarios" / path).is_file()]
    checks.equal(missing, [], "scenarios that are not installed")
    header = there / "include/sleutel/random.h"
    checks.that(header.is_file(), "the contract is installed")
    checks.that((there / "share/sleutel/scenarios/benchmarks/two-state/case.yaml").is_file(), "benchmark cases are installed")
    timed = [path for path in there.rglob("*benchmark*") if path.suffix != ".h" and "scenarios" not in path.parts]
    checks.that(not list(there.rglob("*_test.*")) and not timed, f"no tests, no programs that time: {timed}")


def program(checks, there, folder):
    """The program finds its scenarios beside itself, from an empty folder."""
    empty = folder / "empty"
    empty.mkdir()
    sleutel = there / "bin/sleutel"
    checks.equal(done(checks, call("list", "states", folder=empty, program=sleutel), "installed list").stdout,
                 call("list", "states").stdout, "the installed program lists the same states")
    weak = there / "share/sleutel/scenarios/weak.yaml"
    outcome = done(checks, call("run", weak, folder=empty, program=sleutel), "installed run")
    checks.that((empty / "results/weak.h5").is_file(), "the installed program writes results/ where it is called")
    return int(re.search(r"Leiden, ([\d,]+) residents", outcome.stdout).group(1).replace(",", ""))


def consumer(checks, there, folder, residents):
    build = folder / "build"
    environment = {**os.environ, "CMAKE_PREFIX_PATH": str(there)}
    command(checks, "configuring", "cmake", "-S", PROJECT / "tests/program/consumer", "-B", build, "-G", "Ninja",
            env=environment)
    command(checks, "building", "cmake", "--build", build)
    said = command(checks, "running", build / "consumer", cwd=folder).stdout
    found = dict(line.split(" ", 1) for line in said.splitlines())
    states = len(call("list", "states").stdout.splitlines()) + len(call("list", "events").stdout.splitlines())
    checks.equal(found.get("model"), "leiden-1", "the model that it read")
    checks.equal(int(found.get("states", 0)), states, "states and events of the model that it read")
    drawn = month.uniform(month.philox(month.stream_key(1, 0, 0), 7, 0, 0x40000000))
    checks.equal(float.fromhex(found.get("draw", "0")), drawn, "the number that it drew")
    checks.equal(int(found.get("residents", 0)), residents, "residents of the plan that it made")
    exported = call("export", PROJECT / "scenarios/weak.yaml", "--to", folder / "weak.json").stderr
    checks.that(f" {found.get('events')} events in " in exported, f"events of the run that it made: {found}, {exported}")


def install(checks, folder):
    there = installed(checks, folder)
    files(checks, there)
    consumer(checks, there, folder, program(checks, there, folder))


Checks().run(install)
