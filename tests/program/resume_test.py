#!/usr/bin/python3
"""A run that was stopped goes on: whatever kills it and whenever, what comes of it is what comes of an uninterrupted run.

    resume_test.py PROGRAM                     25 kills
    SLEUTEL_LONG=1 resume_test.py PROGRAM      1,000 kills
"""
import random
import re
import shlex
import shutil
import signal
import subprocess
import time

import h5py

from program import LONG, PROGRAM, PROJECT, Checks, call, digest_of, done, same_panel, write_study, write_town_study

KILLS = 1000 if LONG else 25
STUDY = {"study": "stopped", "question": "Is anything lost?", "start": "2024-01", "years": 12, "replicates": 6, "seed": 99}
LEIDEN = {**STUDY, "city": "leiden", "years": 40, "replicates": 1, "residents": 10000, "scenarios": {"baseline": {}}}


def start(study, output, *options):
    return subprocess.Popen([PROGRAM, "run", study, "--output", output, *options], cwd=PROJECT, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished_years(partial):
    """How many years of runs stand in a file; every variable of such a year is written."""
    with h5py.File(partial) as file:
        complete = file["complete"][:] == 1
        asked = file[next(name for name in file if name.endswith("_denominator"))][:]
        return int(complete.sum()), bool((asked[complete] >= 0).all())


def wait_until(happened):
    """A minute at most."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit and not happened():
        time.sleep(0.002)


def wait_for_years(partial, years):
    """Until a run that is under way has recorded more than so many."""
    wait_until(lambda: partial.exists() and finished_years(partial)[0] > years)


def killed_again_and_again(checks, folder):
    """kill -9 at random moments of the whole life of a run; each next one goes on, until one comes to its end."""
    study, whole, output = write_town_study(STUDY, folder), folder / "whole.h5", folder / "killed.h5"
    partial = folder / "killed.h5.partial"
    done(checks, call("run", study, "--output", whole, "--quiet"), "an uninterrupted run, before which the start is sought")
    began = time.monotonic()
    done(checks, call("run", study, "--output", whole, "--quiet", "--force"), "an uninterrupted run")
    took, expected = time.monotonic() - began, digest_of(whole)
    chance, kills, ends, resumed = random.Random(4), 0, 0, 0
    while kills < KILLS or output.exists():
        if output.exists():
            checks.equal(digest_of(output), expected, f"after {kills} kills: the digest of an uninterrupted run")
            if len(list(folder.glob("killed.h5*"))) > 1:  # killed between the two: whoever runs it again has it tidied up
                done(checks, call("run", study, "--output", output, "--quiet"), "a finished run again")
            checks.equal([path.name for path in folder.glob("killed.h5*")], ["killed.h5"], "nothing is left of a finished run")
            output.unlink()
            ends += 1
            continue
        going_on = partial.exists()
        before = finished_years(partial)[0] if going_on else 0
        run = start(study, output, "--checkpoint", str(kills % 2), *(["--resume"] if going_on else []))
        time.sleep(chance.uniform(0.02, 1.1) * took)
        run.kill()
        run.communicate()
        kills, resumed = kills + 1, resumed + going_on
        if partial.exists():
            after, whole_years = finished_years(partial)
            checks.that(after >= before and whole_years, f"kill {kills}: {before} years before, {after} after")
    last = call("run", study, "--output", output, *(["--resume"] if partial.exists() else []))
    done(checks, last, "the last one is left alone")
    checks.equal(digest_of(output), expected, "the last one: the digest of an uninterrupted run")
    checks.that(resumed > KILLS / 10 and ends > 0, f"{kills} kills: {resumed} times resumed, {ends} ends reached")


def left_beside_a_finished_one(checks, folder):
    """A kill after the results have their name and before the partial file is removed: the next call removes it. One of
    another study is left alone."""
    study, output = write_town_study(STUDY, folder), folder / "beside.h5"
    partial, aside = folder / "beside.h5.partial", folder / "aside"
    run = start(study, output)
    wait_for_years(partial, 12)
    run.kill()
    run.communicate()
    shutil.copy(partial, aside)
    done(checks, call("run", study, "--output", output, "--resume", "--quiet"), "it goes on")
    expected = digest_of(output)
    shutil.copy(aside, partial)
    again = done(checks, call("run", study, "--output", output), "a finished run again")
    checks.that("nothing to run" in again.stderr, again.stderr)
    checks.that(not partial.exists() and digest_of(output) == expected, "what was left is gone, the results are there")
    other = write_town_study(STUDY, folder, seed=STUDY["seed"] + 1)
    shutil.copy(aside, folder / "other.h5.partial")
    done(checks, call("run", other, "--output", folder / "other.h5", "--force", "--quiet"), "another seed")
    shutil.copy(aside, folder / "other.h5.partial")
    done(checks, call("run", other, "--output", folder / "other.h5", "--quiet"), "again")
    checks.that((folder / "other.h5.partial").exists(), "a partial file of other inputs is left alone")


def stopped_politely(checks, folder):
    """Ctrl-C and SIGTERM: 75, and the command that is printed goes on to the same results, to the letter."""
    study, whole = write_town_study(STUDY, folder, years=60), folder / "whole.h5"
    done(checks, call("run", study, "--output", whole, "--quiet"), "an uninterrupted run")
    for way in (signal.SIGINT, signal.SIGTERM):
        output = folder / f"stopped by {way.name}.h5"
        partial = output.with_name(output.name + ".partial")
        run = start(study, output)
        wait_for_years(partial, 200)
        run.send_signal(way)
        err = run.communicate()[1]
        checks.equal(run.returncode, 75, f"{way.name}: the exit code ({err[-300:]})")
        words = shlex.split(re.search("To go on: sleutel (.*)", err).group(1))
        resumed = done(checks, call(*words), f"{way.name}: the printed command {words}")
        told = re.search(r"partial: (\d+) of 12 runs are there, the others are lived from their start", resumed.stderr)
        checks.that(told and 0 < int(told.group(1)) < 12, f"{way.name}: says what is left: {resumed.stderr[:300]}")
        checks.equal(digest_of(output), digest_of(whole), f"{way.name}: the digest of an uninterrupted run")
        with h5py.File(output) as file:
            checks.equal(file.attrs["history"].count("sleutel run"), 2, "the history has both commands")


def left_over(folder, study):
    """A partial file with some years."""
    output, partial = folder / "left.h5", folder / "left.h5.partial"
    run = start(study, output)
    wait_for_years(partial, 20)
    run.kill()
    run.communicate()
    return output, partial


def refused(checks, folder):
    """What cannot be resumed is told and left as it is."""
    study = write_town_study(STUDY, folder)
    nothing = done(checks, call("run", study, "--output", folder / "none.h5", "--resume"), "nothing to resume", code=66)
    checks.that(f"{folder}/none.h5.partial is not there: there is nothing to resume; run the study without --resume"
                in nothing.stderr, nothing.stderr)
    checks.that("12 runs" not in nothing.stderr, "nothing to resume: told before anything is made")
    output, partial = left_over(folder, write_town_study(STUDY, folder, years=60))
    before = partial.read_bytes()
    long_study = folder / "stopped.yaml"
    anew = done(checks, call("run", long_study, "--output", output), "neither --resume nor --force", code=73)
    checks.that(re.search(r"left\.h5\.partial holds \d+ of 720 years of runs of this study, from a run that was stopped; "
                          r"--resume goes on with them, --force begins anew\n$", anew.stderr), anew.stderr)
    both = done(checks, call("run", long_study, "--output", output, "--resume", "--force"), "both", code=2)
    checks.that("--resume" in both.stderr and "--force" in both.stderr, both.stderr)
    other = done(checks, call("run", write_town_study(STUDY, folder, years=60, seed=100), "--output", output, "--resume"),
                 "other inputs", code=73)
    checks.that(re.search(r"of runs of other inputs|holds results of other inputs", other.stderr), other.stderr)
    checks.that(partial.read_bytes() == before, "refused: the partial file is untouched")
    partial.write_bytes(before[: len(before) // 3])
    cut = done(checks, call("run", write_town_study(STUDY, folder, years=60), "--output", output, "--resume"), "cut off", code=65)
    checks.that(f"{partial} is cut off or damaged and cannot be resumed; --force begins anew" in cut.stderr, cut.stderr)
    partial.write_bytes(before)
    first = start(long_study, output, "--resume")
    wait_for_years(partial, 99)
    second = done(checks, call("run", long_study, "--output", output, "--resume"), "two at once", code=73)
    checks.that("is being written by another run" in second.stderr, f"two at once: {second.stderr}")
    first.kill()
    first.communicate()
    done(checks, call("run", long_study, "--output", output, "--force", "--quiet"), "--force begins anew")
    again = done(checks, call("run", long_study, "--output", output, "--resume"), "a finished run is resumed")
    checks.that("nothing to run" in again.stderr, f"a finished run is resumed: {again.stderr}")


def expanded(checks, folder):
    """More replicates beside those of a finished result: the same as all of them at once, also if it is killed on the way."""
    study, output, whole = write_town_study(STUDY, folder), folder / "few.h5", folder / "whole.h5"
    missing = done(checks, call("run", study, "--output", output, "--expand", "8"), "nothing to expand", code=66)
    checks.that(f"{output} is not there: there is nothing to expand; run the study without --expand" in missing.stderr,
                missing.stderr)
    done(checks, call("run", study, "--output", output, "--quiet"), "six replicates")
    done(checks, call("run", study, "--output", whole, "--quiet", "--set", "replicates=20"), "twenty replicates")
    few = digest_of(output)
    for number in ("6", "5"):
        already = done(checks, call("run", study, "--output", output, "--expand", number), f"--expand {number}", code=2)
        checks.that(f"{output} holds 6 replicates already: --expand takes a larger number" in already.stderr, already.stderr)
    other = done(checks, call("run", study, "--output", output, "--expand", "20", "--set", "seed=1"), "another seed", code=73)
    checks.that(f"{output} holds something else than this study with fewer replicates: it is not expanded" in other.stderr,
                other.stderr)
    partial = folder / "few.h5.partial"
    checks.that(not partial.exists(), "what is refused leaves nothing")
    run = start(study, output, "--expand", "20")
    wait_for_years(partial, 12 * 12 + 24)
    run.kill()
    run.communicate()
    checks.equal(digest_of(output), few, "killed while it was expanded: the six are as they were")
    going_on = done(checks, call("run", study, "--output", output, "--expand", "20"), "the same command goes on")
    there = int(re.search(r"partial: (\d+) of 40 runs are there", going_on.stderr).group(1))
    checks.that(12 < there < 40, f"goes on with what is there: {there}")
    with h5py.File(output) as file:
        checks.equal(file.attrs["history"].count("sleutel run"), 3, "the history has the commands of the six and of what came")
    checks.equal(digest_of(output), digest_of(whole), "expanded: the digest of twenty at once")
    checks.that(not partial.exists(), "nothing is left")
    done(checks, call("reproduce", output, "--quiet"), "an expanded result is reproduced")
    fewer = done(checks, call("run", study, "--output", output), "the study as it was, with six")
    checks.that("nothing to run" in fewer.stderr and "x 20 replicates" in fewer.stdout, fewer.stderr)
    more = done(checks, call("run", write_town_study(STUDY, folder, replicates=25), "--output", output), "with 25", code=73)
    checks.equal(more.stderr, f"{output} holds this study with fewer replicates: --expand 25 adds the others, --force runs all of "
                 "them again\n", "with 25 in the study")


def one_long_run(checks, folder):
    """A run that was killed goes on at the year that was kept of it; what was kept and is damaged, or of another version, is
    told, and the run is lived from its start. The results are those of an uninterrupted run."""
    study = write_study(LEIDEN, folder)
    output, whole, panel = folder / "kept.h5", folder / "whole.h5", ("--panel", "300")
    kept = folder / "kept.h5.partial.run-0-0"
    done(checks, call("run", study, "--output", whole, "--quiet", *panel), "an uninterrupted run")

    def as_it_is(bytes_of):
        return bytes_of

    def flipped(bytes_of):
        middle = len(bytes_of) // 2
        return bytes_of[:middle] + bytes([bytes_of[middle] ^ 4]) + bytes_of[middle + 1:]

    def cut(bytes_of):
        return bytes_of[: len(bytes_of) // 2]

    def of_another_version(bytes_of):
        return bytes_of[:8] + bytes([bytes_of[8] + 1]) + bytes_of[9:]

    own = f"{kept} "
    for change, said in ((as_it_is, "0 of 1 run are there, 1 goes on at a later year, the others are lived from their start"),
                         (flipped, own + "is cut off or damaged: its run is lived from its start"),
                         (cut, own + "is cut off or damaged: its run is lived from its start"),
                         (of_another_version, own + "is of another study or version: its run is lived from its start")):
        run = start(study, output, "--checkpoint", "0", *panel)
        wait_until(lambda: run.poll() is not None or kept.exists())
        run.kill()
        run.communicate()
        kept.write_bytes(change(kept.read_bytes()))
        resumed = done(checks, call("run", study, "--output", output, "--resume", *panel), change.__name__)
        checks.that(said in resumed.stderr, f"{change.__name__}: {said!r} is said: {resumed.stderr[:500]}")
        checks.equal(digest_of(output), digest_of(whole), f"{change.__name__}: the digest of an uninterrupted run")
        checks.that(same_panel(output, whole), f"{change.__name__}: the panel of an uninterrupted run")
        checks.equal(sorted(path.name for path in folder.glob("kept*")), ["kept.h5"], f"{change.__name__}: nothing is left")
        output.unlink()


def killed_while_copying(checks, folder):
    """What is taken over from a finished result is whole before it counts as there: kills from the moment the file is made."""
    study, output, whole = write_town_study(STUDY, folder, years=3, replicates=60), folder / "few.h5", folder / "whole.h5"
    partial = folder / "few.h5.partial"
    done(checks, call("run", study, "--output", output, "--quiet"), "60 replicates")
    done(checks, call("run", study, "--output", whole, "--quiet", "--set", "replicates=64"), "64 replicates")
    expected, chance = digest_of(whole), random.Random(8)
    for _ in range(40 if LONG else 4):
        run = start(study, output, "--expand", "64")
        wait_until(lambda: run.poll() is not None or partial.exists())
        time.sleep(chance.uniform(0, 0.5))
        run.kill()
        run.communicate()
    done(checks, call("run", study, "--output", output, "--expand", "64"), "the last one is left alone")
    checks.equal(digest_of(output), expected, "killed while copying: the digest of 64 at once")


def two_at_once(checks, folder):
    """Of two runs that begin at the same moment one writes, and the other is told at once."""
    study, output = write_town_study(STUDY, folder), folder / "two.h5"
    for _ in range(10 if LONG else 5):
        runs = [start(study, output, "--set", f"seed={seed}", "--quiet") for seed in (1, 2)]
        said = [run.communicate()[1] for run in runs]
        codes = sorted(run.returncode for run in runs)
        if codes == [0, 0]:  # one began when the other was done
            continue
        checks.equal(codes, [0, 73], f"two at once: {said}")
        told = said[0] or said[1]
        checks.that("is being written by another run" in told or "is there already" in told, f"two at once: {told}")
        checks.that(output.exists(), "two at once: one result is there")
        output.unlink(missing_ok=True)


Checks().run(killed_again_and_again, left_beside_a_finished_one, stopped_politely, refused, one_long_run, expanded, killed_while_copying,
             two_at_once)
