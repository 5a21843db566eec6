#!/usr/bin/python3
"""Places that take no file, or no more: a folder of the system, a limit on the size of files, a disk that fills up; and too
little memory.

    disk_test.py PROGRAM
"""
import re
import shlex
import subprocess

from program import PROGRAM, PROJECT, Checks, call, digest_of, done, no_crash, write_study

SHORT_RUN = {"study": "short", "question": "Where can it be written?", "city": "leiden", "start": "2024-01", "years": 1,
             "replicates": 2, "seed": 1, "residents": 2000, "scenarios": {"baseline": {}, "again": {"effect": "none"}}}


def file_not_writable(checks, folder):
    study = write_study(SHORT_RUN, folder)
    for output, code in (("/proc/x.h5", 74), ("/dev/full", 73)):
        outcome = done(checks, call("run", study, "--output", output), f"--output {output}", code=code)
        checks.that(str(output) in outcome.stderr, f"--output {output}: is named: {outcome.stderr}")
        no_crash(checks, outcome, f"--output {output}")
    done(checks, call("model", "--graph", "/proc/x.dot"), "a graph that cannot be written", code=74)
    limited = subprocess.run(["sh", "-c", f'ulimit -f 400; exec "$@"', "sh", PROGRAM, "run", study, "--output", folder / "a.h5"],
                             cwd=PROJECT, capture_output=True, text=True)
    checks.equal(limited.returncode, 74, "a file that may not grow")
    checks.that("a.h5" in limited.stderr and "too large" in limited.stderr, f"a file that may not grow: {limited.stderr}")
    no_crash(checks, limited, "a file that may not grow")
    checks.that(not (folder / "a.h5").exists(), "a file that may not grow: no finished file")


def the_disk_fills_up_at_the_end(checks, folder):
    """The years are there: what is said goes on with them, once there is room."""
    disk, roomy = folder / "disk", folder / "whole.h5"
    disk.mkdir()
    study, output = write_study(SHORT_RUN, folder, years=20), disk / "short.h5"
    done(checks, call("run", study, "--output", roomy, "--quiet"), "with room")
    size = 1 << 20
    while subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", disk], capture_output=True).returncode == 0:
        outcome = call("run", study, "--output", output, "--quiet")
        if "short.h5.new" in outcome.stderr or outcome.returncode != 74:
            break
        subprocess.run(["umount", disk], check=True)
        size = size * 5 // 4
    else:
        print("not allowed to mount a small disk: skipped")
        return
    try:
        done(checks, outcome, "no room for the finished file", code=74)
        checks.that(re.search(r"80 of 80 years of runs are in the file: .*\nTo go on when that is repaired: sleutel run .* --resume",
                              outcome.stderr), outcome.stderr)
        subprocess.run(["mount", "-o", f"remount,size={4 * size}", disk], check=True)
        words = shlex.split(re.search("repaired: sleutel (.*)", outcome.stderr).group(1))
        done(checks, call(*words), "with more room")
        checks.equal(digest_of(output), digest_of(roomy), "the digest of a run with room")
    finally:
        subprocess.run(["umount", disk], check=True)


def too_little_memory(checks, folder):
    """`ulimit -v` below what a run takes: one plain message, and the results that were there stay."""
    study, output = write_study(SHORT_RUN, folder), folder / "short.h5"
    done(checks, call("run", study, "--output", output, "--quiet"), "with memory")
    before = output.read_bytes()
    for kilobytes in (60000, 90000, 120000):
        limited = subprocess.run(["sh", "-c", f'ulimit -v {kilobytes}; exec "$@"', "sh", PROGRAM, "run", study, "--output", output,
                                  "--force", "--quiet", "--set", "residents=100000"], cwd=PROJECT, capture_output=True, text=True)
        checks.equal(limited.returncode, 1, f"{kilobytes} kB: the exit code ({limited.stderr[-300:]})")
        checks.equal(limited.stderr, "not enough memory: use fewer --threads, or a smaller `residents:`\n", f"{kilobytes} kB: what is said")
        no_crash(checks, limited, f"{kilobytes} kB")
        checks.that(output.read_bytes() == before, f"{kilobytes} kB: the results are as they were")


Checks().run(file_not_writable, the_disk_fills_up_at_the_end, too_little_memory)
