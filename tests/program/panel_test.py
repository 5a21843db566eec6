#!/usr/bin/python3
"""--panel N: every month of some residents, the same in all runs, that changes no result and opens in xarray."""
import json
import re
import subprocess
import time

import h5py
import numpy as np
import xarray as xr

from program import PROGRAM, PROJECT, Checks, call, digest_of, done, write_study

STUDY = {"study": "watched", "question": "Who is looked at?", "city": "leiden", "start": "2024-01", "years": 6,
         "replicates": 3, "seed": 99, "residents": 2000,
         "scenarios": {"baseline": {}, "help": {"programmes": [
             {"programme": "vroegsignalering", "coverage": 0.6, "from": "2026-01"}]}}}


def panel(file):
    return xr.open_dataset(file, group="panel").load()


def same(checks, one, other, what):
    checks.that(panel(one).identical(panel(other)), f"{what}: the same panel, every bit")


def opens(checks, folder):
    """What stands in it, decoded: units, missing values, labels; both arms the same until the programme begins."""
    study, output = write_study(STUDY, folder), folder / "out.h5"
    done(checks, call("run", study, "--output", output, "--panel", "150", "--quiet"), "a panel")
    data = panel(output)
    checks.equal(dict(data.sizes), {"scenario": 2, "draw": 1, "replicate": 3, "year": 6, "resident": 150, "month": 12}, "sizes")
    for name in ("birth_month", "sex", "buurt_at_start", "income_at_start", "education_at_start", "tenure_at_start"):
        checks.equal(data[name].dims, ("resident",), f"{name} beside the residents")
    checks.that(set(np.unique(data.sex)) == {"male", "female"}, "both sexes")
    here = data.status == 0
    checks.that(set(np.unique(data.status)) == {0, 1, 2}, "living here, died, moved out")
    months = here.stack(time=("year", "month"))
    checks.that(bool((months.astype(int).diff("time") <= 0).all()), "nobody comes back")
    checks.that(bool(months.isel(time=0).mean() > 0.95), "nearly all live here in the first month")
    for name in data.data_vars:
        if name not in ("status", "good_health", "life_satisfaction", "vitality", "eq5d", "eq5d_under_18"):  # of some ages
            checks.that(bool((data[name].notnull() == here).all()), f"{name}: a value for who lives here, and only then")
        checks.that(data[name].attrs.get("long_name"), f"{name}: says what it is")
    checks.that(bool(data.life_satisfaction.notnull().where(~here, False).sum() == 0), "no satisfaction after death")
    low, high = float(data.life_satisfaction.min()), float(data.life_satisfaction.max())
    checks.that(0 <= low < 6 < 8 < high <= 10, f"satisfaction from 0 to 10: {low} {high}")
    checks.that(0.5 < float(data.eq5d.mean()) <= 1, "utilities")
    checks.that(0 <= float(data.stress_slow.min()) and float(data.stress_slow.max()) < 16, "loads in points")
    before = data.sel(year=slice(2024, 2025)).drop_vars("in_vroegsignalering")
    checks.that(before.isel(scenario=0, drop=True).identical(before.isel(scenario=1, drop=True)),
                "pairs: the same months until the programme begins")
    checks.that(float(data.in_vroegsignalering.sel(scenario="baseline").max()) == 0, "nobody takes part in the baseline")
    with h5py.File(output) as file:
        checks.that(file["panel/problem_debt"].compression == "gzip", "compressed")
        checks.equal(file["panel/status"].attrs["flag_meanings"], "lives_here died moved_out", "flag_meanings")
        checks.equal(list(file["panel/status"].attrs["flag_values"]), [0, 1, 2], "flag_values")


def agrees(checks, folder):
    """A panel of everybody gives the sums that the results give, as far as nobody comes or goes."""
    study = write_study({**STUDY, "scenarios": {"baseline": {}}}, folder, years=1, replicates=1, residents=1000)
    output = folder / "out.h5"
    refused = done(checks, call("run", study, "--output", output, "--panel", "100000"), "too large", code=2)
    count = re.search(r"--panel 100000: the study begins with ([\d,]+) residents; ask for at most so many", refused.stderr)
    checks.that(count, refused.stderr)
    checks.that(not output.exists() and not (folder / "out.h5.partial").exists(), "nothing was made")
    done(checks, call("run", study, "--output", output, "--panel", count.group(1).replace(",", ""), "--quiet"), "everybody")
    data, books = panel(output).squeeze(), xr.open_dataset(output, group="population").squeeze()
    checks.equal(int((data.status.sel(month=12) == 1).sum()) <= int(books.deaths), True, "deaths of the panel are in the books")
    checks.that(int((data.status.sel(month=12) == 0).sum()) <= int(books.after), "who lives here is in the books")
    checks.equal(data.sizes["resident"], int(books.before), "everybody of the start")
    with h5py.File(output) as file:
        months = float(file["cardiometabolic_numerator"][:].ravel()[-1])  # the whole city stands last
    ill = int(((data.cardiometabolic == 1) & (data.status == 0)).sum())
    gone = int((data.status != 0).sum()) + 12 * int(books.arrivals + books.births)
    checks.that(months > 0 and abs(ill - months) <= gone, f"months of disease: {ill} in the panel, {months} in the results")


def changes_nothing(checks, folder):
    """Without, with, by one thread, resumed, expanded, reproduced: the same results, and the same panel."""
    study, plain, one = write_study(STUDY, folder), folder / "plain.h5", folder / "one.h5"
    done(checks, call("run", study, "--output", plain, "--quiet"), "no panel")
    done(checks, call("run", study, "--output", one, "--panel", "100", "--threads", "1", "--quiet"), "one thread")
    checks.equal(digest_of(one), digest_of(plain), "with a panel: the digest of a run without")
    many = folder / "many.h5"
    done(checks, call("run", study, "--output", many, "--panel", "100", "--quiet"), "all threads")
    same(checks, many, one, "threads")
    few = folder / "few.h5"
    done(checks, call("run", study, "--set", "replicates=2", "--output", few, "--panel", "100", "--quiet"), "two replicates")
    without = done(checks, call("run", study, "--output", few, "--expand", "3"), "expanded without the panel", code=73)
    checks.equal(without.stderr.splitlines()[-1], f"{few} has another panel (--panel 100): it is expanded with the same", "says which")
    done(checks, call("run", study, "--output", few, "--panel", "100", "--expand", "3", "--quiet"), "a third")
    same(checks, few, one, "expanded")
    done(checks, call("reproduce", one, "--quiet"), "reproduced, the panel too")
    again = done(checks, call("run", study, "--output", one), "asked for without a panel")
    checks.that("nothing to run" in again.stderr, again.stderr)
    other = done(checks, call("run", study, "--output", one, "--panel", "50"), "another panel is asked for", code=73)
    checks.that("--force" in other.stderr, other.stderr)
    small = folder / "small.h5"
    done(checks, call("run", study, "--output", small, "--panel", "50", "--quiet"), "a smaller panel")
    inside = panel(one).sel(resident=panel(small).resident)
    checks.that(inside.identical(panel(small)), "a smaller panel is part of a larger one")


def goes_on(checks, folder):
    """Killed and resumed: the same panel; the panel must be asked for again, and the message says how."""
    study = write_study(STUDY, folder, years=40)
    whole, output, partial = folder / "whole.h5", folder / "killed.h5", folder / "killed.h5.partial"
    done(checks, call("run", study, "--output", whole, "--panel", "100", "--quiet"), "uninterrupted")
    run = subprocess.Popen([PROGRAM, "run", study, "--output", output, "--panel", "100"], cwd=PROJECT,
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        try:
            with h5py.File(partial) as file:
                if (file["complete"][:] == 1).sum() > 90:
                    break
        except OSError:
            pass
        time.sleep(0.01)
    run.terminate()
    said = run.communicate()[1]
    checks.that(re.search(r"To go on: sleutel run .* --panel 100 --resume", said), said[-300:])
    for words in ((), ("--panel", "50")):
        other = done(checks, call("run", study, "--output", output, "--resume", *words), f"resumed with {words}", code=73)
        checks.that("of another panel (--panel 100)" in other.stderr, f"says which panel it has: {other.stderr}")
    done(checks, call("run", study, "--output", output, "--panel", "100", "--resume", "--quiet"), "resumed")
    same(checks, output, whole, "resumed")
    checks.equal(digest_of(output), digest_of(whole), "resumed: the digest")


def size_is_said(checks, folder):
    """Beforehand, within 20% of what it is: --dry-run, and the run itself."""
    for years, replicates, residents in ((6, 3, 300), (3, 2, 1000), (25, 2, 200)):
        study, output = write_study(STUDY, folder, years=years, replicates=replicates), folder / "out.h5"
        options = ["run", study, "--output", output, "--force"]
        plan = json.loads(done(checks, call(*options, "--panel", residents, "--dry-run", "--json"), "planned").stdout)
        sizes = []
        for more in (["--panel", residents], []):
            said = done(checks, call(*options, *more), f"{years} years {more}").stderr
            sizes.append(output.stat().st_size)
            checks.equal(f"panel: {residents:,} residents every month, about " in said, bool(more), "said before the run")
        found = sizes[0] - sizes[1]
        checks.that(0.8 < plan["panel_bytes"] / found < 1.2,
                    f"{years} years, {residents} residents: {plan['panel_bytes']} bytes expected, {found} found")


Checks().run(opens, agrees, changes_nothing, goes_on, size_is_said)
