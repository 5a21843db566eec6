#!/usr/bin/python3
"""The runs of a study on several processes (sleutel-mpi): the same results for any number of them, and nothing lost when
one of them dies. Where the program was not built, because there is no MPI, that is said and nothing is tested.

    mpi_test.py PROGRAM         the program for MPI is looked for beside it
"""
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time

import h5py
import xarray as xr

from program import PROGRAM, PROJECT, Checks, call, digest_of, done, write_study, write_town_study

MPI = PROGRAM.with_name("sleutel-mpi")
STUDY = {"study": "ranks", "question": "Does it matter who lives a run?", "start": "2024-01", "years": 4, "replicates": 5,
         "seed": 99, "residents": 6000}
LEIDEN = {**STUDY, "city": "leiden", "residents": 2000, "scenarios": {"baseline": {}, "help": {"programmes": [
    {"programme": "vroegsignalering", "coverage": 0.6, "from": "2025-01", "places": 12}],
    "budgets": [{"payer": "municipality", "from": "2025-01", "euros": 9000}]}}}

# The last two: rank 0 may speak for five seconds, not one, when another has died; this machine may be busy.
LAUNCHER = ["mpirun", "--bind-to", "none", "--oversubscribe", "--allow-run-as-root", "--mca", "odls_base_sigkill_timeout",
            "5"]


def start(ranks, *arguments):
    return subprocess.Popen([*LAUNCHER, "-n", str(ranks), MPI, *map(str, arguments)], cwd=PROJECT, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def mpi(ranks, *arguments):
    job = start(ranks, *arguments)
    out, err = job.communicate(timeout=900)
    return subprocess.CompletedProcess([], job.returncode, out, err)


def processes(job, ranks, limit=60):
    """The process of each rank."""
    until = time.monotonic() + limit
    while time.monotonic() < until:
        found = {}
        for child in subprocess.run(["pgrep", "-P", str(job.pid)], capture_output=True, text=True).stdout.split():
            try:
                with open(f"/proc/{child}/environ", "rb") as file:
                    rank = re.search(rb"OMPI_COMM_WORLD_RANK=(\d+)", file.read())
            except OSError:
                continue
            if rank:
                found[int(rank.group(1))] = int(child)
        if len(found) == ranks:
            return found
        time.sleep(0.02)
    raise RuntimeError("the ranks did not begin")


def finished_years(partial):
    try:
        with h5py.File(partial) as file:
            return int((file["complete"][:] == 1).sum())
    except OSError:
        return 0


def wait_for_years(job, partial, years, limit=120):
    until = time.monotonic() + limit
    while time.monotonic() < until and job.poll() is None and finished_years(partial) < years:
        time.sleep(0.02)


def same_for_any_number(checks, folder):
    """1, 2 and 4 ranks, one and two threads each; more runs than threads, and fewer (then blocks are shared)."""
    study = write_study(LEIDEN, folder)
    done(checks, call("run", study, "--output", folder / "plain.h5", "--quiet"), "without MPI")
    expected = digest_of(folder / "plain.h5")
    for ranks in (1, 2, 4):
        output = folder / f"{ranks}.h5"
        done(checks, mpi(ranks, "run", study, "--output", output, "--threads", ranks % 2 + 1), f"{ranks} ranks")
        checks.equal(digest_of(output), expected, f"{ranks} ranks: the digest of a run without MPI")
    for ranks, output in ((1, folder / "watched-1.h5"), (3, folder / "watched-3.h5")):
        done(checks, mpi(ranks, "run", study, "--output", output, "--panel", "60"), f"a panel on {ranks} ranks")
    checks.that(xr.open_dataset(folder / "watched-1.h5", group="panel").identical(
        xr.open_dataset(folder / "watched-3.h5", group="panel")), "the same panel for any number of ranks")
    one = write_study({**LEIDEN, "study": "one", "scenarios": {"baseline": {}}}, folder, replicates=1)
    done(checks, call("run", one, "--output", folder / "one.h5", "--quiet"), "one run without MPI")
    done(checks, mpi(2, "run", one, "--output", folder / "one-2.h5"), "one run on two ranks")
    checks.equal(digest_of(folder / "one-2.h5"), digest_of(folder / "one.h5"), "one run on two ranks: the digest")


def one_table(checks, folder):
    """Rank 0 alone speaks: what is printed is what the program prints without MPI."""
    study, output = write_town_study(STUDY, folder), folder / "out.h5"
    table = done(checks, mpi(3, "run", study, "--output", output, "--json", "--quiet"), "three ranks")
    plain = done(checks, call("run", study, "--output", output, "--json", "--quiet"), "it is there")
    checks.equal(table.stdout, plain.stdout, "the same comparison, once")
    checks.equal(table.stderr, "", "nothing else is said")
    wrong = mpi(3, "run", folder / "none.yaml")
    checks.equal(wrong.returncode, 66, f"no such study: {wrong.stderr[:200]}")
    checks.equal(wrong.stderr.count("none.yaml"), 1, f"told once: {wrong.stderr}")


def killed(checks, folder, which):
    """kill -9 of one rank: told with what was finished, and gone on with, with MPI or without."""
    study, whole, output = write_town_study(STUDY, folder, years=40), folder / "whole.h5", folder / "killed.h5"
    partial = folder / "killed.h5.partial"
    done(checks, call("run", study, "--output", whole, "--quiet"), "an uninterrupted run")
    for again in (lambda words: mpi(2, *words), lambda words: call(*words)):
        job = start(3, "run", study, "--output", output)
        found = processes(job, 3)
        wait_for_years(job, partial, 100)
        os.kill(found[which], signal.SIGKILL)
        err = job.communicate(timeout=120)[1]
        checks.equal(job.returncode, 137, f"rank {which} killed: the launcher's exit code: {err[-500:]}")
        checks.that(partial.exists() and finished_years(partial) >= 100, "what was finished is there")
        words = ["run", study, "--output", output, "--resume"]
        if which > 0:
            told = re.search(rf"rank {which} of 3 \(process {found[which]} on \S+\) has died\. (\d+) of 400 years of runs", err)
            checks.that(told and 100 <= int(told.group(1)) <= finished_years(partial), f"says who died: {err[-900:]}")
            words = shlex.split(re.search("To go on: sleutel (.*)", err).group(1))
        done(checks, again(words), f"the printed command {words}")
        checks.equal(digest_of(output), digest_of(whole), "the digest of an uninterrupted run")
        output.unlink()


def a_rank_dies(checks, folder):
    killed(checks, folder, 1)


def rank_0_dies(checks, folder):
    killed(checks, folder, 0)


def states_are_not_kept(checks, folder):
    """On several ranks a run is lived from its start, whatever a run without MPI has kept; nothing of it is left behind."""
    study = write_study({**LEIDEN, "scenarios": {"baseline": {}}}, folder, years=60, replicates=1, residents=10000)
    whole, output = folder / "whole.h5", folder / "kept.h5"
    kept, asked = folder / "kept.h5.partial.run-0-0", ("run", study, "--output", output, "--checkpoint", "0")
    done(checks, call("run", study, "--output", whole, "--quiet"), "an uninterrupted run")
    run = subprocess.Popen([PROGRAM, *map(str, asked)], cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while time.monotonic() < until and run.poll() is None and not kept.exists():
        time.sleep(0.002)
    run.kill()
    run.communicate()
    checks.that(kept.exists(), "a state was kept")
    resumed = done(checks, mpi(2, *asked, "--resume"), "resumed on two ranks")
    checks.that("0 of 1 run are there, the others are lived from their start" in resumed.stderr, resumed.stderr[:500])
    checks.equal(digest_of(output), digest_of(whole), "the digest of an uninterrupted run")
    checks.equal([path.name for path in folder.glob("kept*")], ["kept.h5"], "nothing is left")


def stopped(checks, folder):
    """SIGTERM to all ranks, as Slurm does before the time is over: 75, and the command that goes on."""
    study, output = write_town_study(STUDY, folder, years=40), folder / "stopped.h5"
    job = start(3, "run", study, "--output", output)
    found = processes(job, 3)
    wait_for_years(job, folder / "stopped.h5.partial", 50)
    for process in found.values():
        os.kill(process, signal.SIGTERM)
    err = job.communicate(timeout=120)[1]
    checks.equal(job.returncode, 75, f"stopped: the exit code: {err[-500:]}")
    checks.that(re.search(r"interrupted\. \d+ of 400 years of runs", err), f"says what is there: {err[-700:]}")


def the_first_error(checks, folder):
    """A limit on the size of files stops rank 0, which writes: one message, and the ranks end."""
    study, output = write_study(LEIDEN, folder, years=40), folder / "full.h5"
    script = f"ulimit -f 40000; exec {shlex.quote(str(MPI))} \"$@\""
    job = subprocess.run([*LAUNCHER, "-n", "2", "sh", "-c", script, "sh", "run", str(study), "--output", str(output)],
                         cwd=PROJECT, capture_output=True, text=True, timeout=300)
    checks.equal(job.returncode, 74, f"a full disk: {job.stderr[-500:]}")
    checks.that("File too large" in job.stderr, job.stderr[-500:])


def other_inputs_elsewhere(checks, folder):
    """What goes wrong on another rank is told by rank 0, with the rank: here it finds another study."""
    study, output = write_study(LEIDEN, folder), folder / "out.h5"
    script = (f"[ $OMPI_COMM_WORLD_RANK = 0 ] || cd {shlex.quote(str(folder))}; "
              f"exec {shlex.quote(str(MPI))} run other/ranks.yaml --output {shlex.quote(str(output))}")
    (folder / "other").mkdir()
    shutil.copy(study, folder / "other" / "ranks.yaml")
    (folder / "other" / "ranks.yaml").write_text(study.read_text().replace("seed: 99", "seed: 98"))
    (folder / "home" / "other").mkdir(parents=True)
    shutil.copy(study, folder / "home" / "other" / "ranks.yaml")
    job = subprocess.run([*LAUNCHER, "-n", "2", "sh", "-c", script], cwd=folder / "home", capture_output=True, text=True, timeout=300)
    checks.equal(job.returncode, 65, f"other inputs: {job.stderr[-500:]}")
    checks.that(re.search(r"rank 1 of 2 \(process \d+ on \S+\): it read other inputs than rank 0: are the files there the "
                          "same\?", job.stderr), job.stderr[-500:])


def launched(checks, folder):
    """Under a launcher ./sleutel becomes the program for MPI, and neither installs nor builds."""
    study, output = write_town_study(STUDY, folder, years=2, replicates=1), folder / "out.h5"
    if not (PROJECT / "build/release/sleutel-mpi").exists():
        return
    job = subprocess.run([*LAUNCHER, "-n", "2", "./sleutel", "run", str(study), "--output", str(output)],
                         cwd=PROJECT, capture_output=True, text=True, timeout=300)
    done(checks, job, "./sleutel on two ranks")
    bare = folder / "bare"
    bare.mkdir()
    shutil.copy(PROJECT / "sleutel", bare)
    shutil.copy(PROJECT / "packages.txt", bare)
    for variables in ({"OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "2"}, {"SLURM_PROCID": "0", "SLURM_STEP_NUM_TASKS": "2"}):
        refused = subprocess.run(["./sleutel", "run", "x.yaml"], cwd=bare, capture_output=True, text=True,
                                 env={"PATH": os.environ["PATH"], **variables})
        checks.equal(refused.returncode, 69, f"nothing built, {variables}")
        checks.equal(refused.stderr, "sleutel-mpi is not built yet: run ./sleutel test once before starting it on several "
                                     "ranks (it needs the packages libopenmpi-dev libboost-mpi-dev openmpi-bin)\n",
                     "says what to do")
        checks.that(not (bare / "build").exists(), "nothing was built or installed")


def the_slurm_example(checks, folder):
    """As written, with a stand-in for srun that starts two ranks here."""
    if not (PROJECT / "build/release/sleutel-mpi").exists():
        return
    for name in ("sleutel", "build", "packages.txt"):
        (folder / name).symlink_to(PROJECT / name)
    (folder / "bin").mkdir()
    (folder / "bin" / "srun").write_text('#!/bin/sh\necho "$@" >> asked\nwhile [ "$1" != ./sleutel ]; do shift; done\n'
                                         f'exec {shlex.join(LAUNCHER)} -n 2 "$@"\n')
    (folder / "bin" / "srun").chmod(0o755)
    study, output = write_town_study(STUDY, folder), folder / "results" / "ranks.h5"
    environment = {**os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}", "SLEUTEL_CACHE": str(folder / "starts")}
    kept = os.environ.get("SLEUTEL_CACHE") or os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")) + "/sleutel"
    (folder / "starts").symlink_to(kept)
    job = subprocess.run([PROJECT / "docs/slurm-example.sh", study], cwd=folder, env=environment, capture_output=True,
                         text=True, timeout=300)
    done(checks, job, "the example")
    done(checks, call("run", study, "--output", folder / "plain.h5", "--quiet"), "without MPI")
    checks.equal(digest_of(output), digest_of(folder / "plain.h5"), "the example: the digest of a run without MPI")
    asked = (folder / "asked").read_text()
    checks.that("--kill-on-bad-exit=1" in asked and "--resume" not in asked, f"the example: {asked}")


def told_beforehand(checks, folder):
    """What --dry-run says of memory is of one rank, with the threads that it will take."""
    told = mpi(2, "run", write_town_study(STUDY, folder), "--dry-run")
    checks.equal(told.returncode, 0, f"--dry-run on two ranks: {told.stderr[-300:]}")
    share = max(1, len(os.sched_getaffinity(0)) // 2)
    at_once = re.search(r"\((\d+) runs? at a time\)", told.stdout)
    checks.that(at_once and int(at_once.group(1)) <= share, f"a fair share of threads: {told.stdout}")
    checks.that("memory and time are those of one of 2 ranks" in told.stderr, told.stderr)


if not MPI.exists() or not shutil.which("mpirun"):
    print("there is no sleutel-mpi here: nothing is tested")
    sys.exit(77)  # what CTest calls skipped
Checks().run(same_for_any_number, told_beforehand, one_table, a_rank_dies, rank_0_dies, states_are_not_kept, stopped, the_first_error,
             other_inputs_elsewhere, launched, the_slurm_example)
