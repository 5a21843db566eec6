#!/usr/bin/python3
"""How much memory a run takes is said before it begins, within 25% of what it is, and so is a limit that is too low."""
import json
import os
import re
import resource
import subprocess

from program import PROGRAM, PROJECT, Checks, call, done, write_study

STUDY = {"study": "memory", "question": "How much does it hold?", "city": "leiden", "start": "2024-01", "years": 2,
         "replicates": 2, "seed": 99, "residents": 2000, "scenarios": {"baseline": {}}}


def most_held(*arguments):
    """The most that a call has held [bytes]."""
    with open(os.devnull, "w") as nothing:
        run = subprocess.Popen([PROGRAM, *map(str, arguments)], cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=nothing,
                               stderr=nothing)
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * 1024 if run.returncode == 0 else 0


def said_and_held(checks, folder):
    """A whole city, samples, large results, a panel; one thread and two."""
    cases = [({"residents": 125000}, []), ({"residents": 30000}, []), ({"years": 30, "replicates": 12}, []),
             ({"years": 12, "replicates": 8}, ["--panel", "400"])]
    for changes, more in cases:
        study = write_study(STUDY, folder, **changes)
        for threads in ("1", "2"):
            options = ["run", study, "--output", folder / "out.h5", "--force", "--threads", threads, *more]
            said = done(checks, call(*options), f"{changes}").stderr
            told = re.search(r"memory: about ([\d,]+) MB, (\d) runs? at a time\n", said)
            checks.that(told, f"{changes}: says it before: {said[:300]}")
            expected, held = int(told.group(1).replace(",", "")) * 1e6, most_held(*options)
            checks.that(0.75 < expected / held < 1.25, f"{changes} {threads} threads: {expected / 1e6:.0f} MB said, "
                                                       f"{held / 1e6:.0f} MB held")
    plan = json.loads(call("run", write_study(STUDY, folder), "--threads", "1", "--dry-run", "--json").stdout)
    held = most_held("run", write_study(STUDY, folder), "--output", folder / "out.h5", "--force", "--threads", "1")
    checks.that(0.75 < plan["memory_bytes"] / held < 1.25, f"--dry-run: {plan['memory_bytes']} said, {held} held")


def limited(checks, folder):
    """A limit that is lower is told before anything is made; one that is not is not spoken of."""
    study = write_study(STUDY, folder, residents=125000)

    def with_space(megabytes, *more):
        return subprocess.run([PROGRAM, "run", study, "--output", folder / "out.h5", "--threads", "1", *more], cwd=PROJECT,
                              capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20)))

    tight = with_space(180, "--force")
    told = re.search(r"memory: about ([\d,]+) MB, 1 run at a time\nulimit -v leaves ([\d,]+) MB: this may end for lack of "
                     r"memory\. Fewer replicates or years, or a smaller `residents:` takes less\n", tight.stderr)
    checks.that(told and int(told.group(2)) < int(told.group(1)), f"told: {tight.stderr[:400]}")
    planned = with_space(180, "--dry-run")
    checks.that("ulimit -v leaves" in planned.stdout, f"told by --dry-run: {planned.stdout}")
    wide = done(checks, with_space(4000, "--force"), "room enough")
    checks.that("leaves" not in wide.stderr, f"nothing is said: {wide.stderr}")


Checks().run(said_and_held, limited)
