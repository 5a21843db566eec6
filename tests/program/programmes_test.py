#!/usr/bin/python3
"""Programmes with few places, waiting lists, budgets and payers: what `run` writes and `sleutel programmes` tells, what is
said of budgets that cannot be, and that a run that was killed goes on with who waited and what was spent.

    programmes_test.py PROGRAM
"""
import csv
import io
import json
import os
import signal
import subprocess
import time

import h5py
import numpy as np

from program import PROGRAM, PROJECT, Checks, call, digest_of, done, write_study, write_town_study

USE = {"programme": "course", "coverage": 0.8, "reach": 0.1}
SCARCE = {
    "baseline": {},
    "free": {"programmes": [dict(USE)]},
    "few": {"programmes": [{**USE, "places": 60, "waiting": "random"}]},
    "poor": {"programmes": [dict(USE)],
             "budgets": [{"payer": "municipality", "year": 2024, "euros": 6000},
                         {"payer": "municipality", "from": "2025-01", "until": "2027-01", "euros": 9050}]},
}
STUDY = {"study": "scarce", "question": "What do few places change?", "years": 5, "replicates": 3, "seed": 8,
         "residents": 1500, "scenarios": SCARCE}


def results_of(checks, folder, **changes):
    study = write_town_study(STUDY, folder, **changes)
    file = folder / "scarce.h5"
    done(checks, call("run", study, "--output", file, "--quiet", "--force"), "a run with few places and little money")
    return study, file


def books(checks, folder):
    """Sums of the file, worked out here from its numbers."""
    _, file = results_of(checks, folder)
    with h5py.File(file) as results:
        group = results["programmes"]
        column = {name: group[name][:, 0, :, :, 0].astype(np.int64) for name in
                  ("applied", "starts", "gave_up", "waiting", "finished", "stopped", "taking_part", "cents", "months",
                   "waited_months")}
        payers = [name.decode() for name in group["payer"][:]]
        by_payer = group["cents_by_payer"][:, 0, :, :, 0]
        budgets = {name: results["budgets"][name][:, 0] for name in ("spent", "promised", "left", "turned_down")}
        money = [int(cents) for cents in results["budgets/budget_cents"][:]]
    sums = {name: np.cumsum(values, axis=2) for name, values in column.items()}
    checks.that((sums["applied"] == sums["starts"] + sums["gave_up"] + column["waiting"]).all(), "the line is conserved")
    checks.that((sums["starts"] == sums["finished"] + sums["stopped"] + column["taking_part"]).all(), "nobody is lost")
    checks.that((by_payer.sum(axis=3) == column["cents"]).all(), "payers pay all")
    checks.that((column["cents"] == 10000 * column["starts"]).all(), "EUR 100 for each start")
    checks.that((column["taking_part"][2] == 60).all(), "all places are taken")
    checks.that((column["waiting"][1] == 0).all() and (column["waited_months"][1] == 0).all(), "with places for all nobody waits")
    checks.equal(money, [600000, 905000], "the budgets in cents")
    spent = np.cumsum(budgets["spent"][3], axis=1)
    checks.that((spent + budgets["promised"][3] + budgets["left"][3] == np.array(money)).all(), "no budget is overspent")
    checks.equal(budgets["left"][3][:, -1].tolist(), [[0, 5000]] * 3, "what is less than a start is left")
    checks.equal(column["starts"][3].sum(axis=1).tolist(), [150] * 3, "60 and 90 starts")
    checks.that((column["starts"][3][:, 3:] == 0).all(), "without money nobody starts")
    checks.that((column["waiting"][3][:, -1] > 500).all(), "the line grows")
    checks.equal(payers[0], "municipality", "the first payer")
    told(checks, file, column)


def told(checks, file, column):
    told = json.loads(done(checks, call("programmes", file, "--json"), "as JSON").stdout)
    rows = {row["scenario"]: row for row in told["programmes"]}
    checks.equal(sorted(rows), ["few", "free", "poor"], "scenarios with programmes")
    for at, name in enumerate(SCARCE):
        if name == "baseline":
            continue
        row = rows[name]
        checks.equal(row["years"], "2024-2028", f"{name}: years")
        for key, field in (("applied", "applied"), ("started", "starts"), ("gave_up", "gave_up")):
            expected = column[field][at].sum(axis=1).mean()
            checks.that(abs(row[key] - expected) < 1e-9 * max(1, expected), f"{name}: {key} {row[key]} {expected}")
        waited = column["waited_months"][at].sum() / column["starts"][at].sum()
        checks.that(abs(row["months_waited"] - waited) < 1e-9, f"{name}: months waited")
        checks.that(abs(row["waiting"] - column["waiting"][at][:, -1].mean()) < 1e-9, f"{name}: waiting")
        checks.that(abs(row["euros_by_payer"]["municipality"] - row["euros"]) < 1e-6, f"{name}: who pays")
    checks.equal([(one["budget"], one["euros"], one["spent"], one["left"], one["futures_without_money"],
                   one["first_year_without_money"]) for one in told["budgets"]],
                 [("municipality, 2024-01 to 2024-12", 6000.0, 6000.0, 0.0, 3, 2024),
                  ("municipality, 2025-01 to 2026-12", 9050.0, 9000.0, 50.0, 3, 2025)], "the budgets")
    by_year = list(csv.DictReader(io.StringIO(call("programmes", file, "--by-year", "--csv").stdout)))
    checks.equal(len(by_year), 15, "a row for each scenario and year")
    checks.that(abs(sum(float(row["started"]) for row in by_year if row["scenario"] == "poor") - 150) < 1e-9, "its sum")
    text = done(checks, call("programmes", file), "as text").stdout
    checks.that("poor, 2024-2028, mean of 3 futures" in text, "the heading")
    checks.that("budget of municipality, 2024-01 to 2024-12: EUR 6,000; spent EUR 6,000, promised EUR 0, left EUR 0; "
                "not enough in 3 of 3 futures, from 2024 on" in text, "what became of the budget")
    wrong = call("programmes", file, "--scenario", "por")
    checks.that(wrong.returncode == 2 and 'did you mean "poor"?' in wrong.stderr, "an unknown scenario")


def reproduced(checks, folder):
    study, file = results_of(checks, folder)
    digest = digest_of(file)
    for threads in (1, 2, 3):
        again = folder / f"again-{threads}.h5"
        done(checks, call("run", study, "--output", again, "--quiet", "--threads", threads), f"{threads} threads")
        checks.equal(digest_of(again), digest, f"the same bits on {threads} threads")
    done(checks, call("reproduce", file), "reproduce")


def killed_and_resumed(checks, folder):
    """Killed while people wait and money is promised, at a moment that the file shows; the rest is lived to the same bits."""
    study = write_study({"study": "line", "question": "Is the line kept?", "city": "leiden", "years": 30, "replicates": 1,
                         "residents": 6000, "seed": 3, "scenarios": {
                             "baseline": {},
                             "line": {"programmes": [{"programme": "schuldhulpverlening", "coverage": 0.9, "reach": 0.1,
                                                      "places": 8, "waiting": "most_in_need"},
                                                     {"programme": "vroegsignalering", "coverage": 0.5}],
                                      "budgets": [{"payer": "municipality", "euros": 400000,
                                                   "programmes": ["vroegsignalering"]}]}}}, folder)
    whole, broken = folder / "whole.h5", folder / "broken.h5"
    done(checks, call("run", study, "--output", whole, "--quiet"), "the whole run")
    command = [str(PROGRAM), "run", str(study), "--output", str(broken), "--quiet", "--threads", "2"]
    process = subprocess.Popen(command, cwd=PROJECT, env={**os.environ, "SLEUTEL_CHECKPOINT_SECONDS": "0"},
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    partial = folder / "broken.h5.partial"
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            with h5py.File(partial, locking=False) as file:
                if file["complete"][...].sum() >= 12:
                    break
        except (OSError, KeyError):
            pass
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    checks.that(partial.exists() and not broken.exists(), "it was killed half way")
    resumed = done(checks, call("run", study, "--output", broken, "--resume", "--quiet"), "resumed")
    checks.equal(digest_of(broken), digest_of(whole), f"the same bits {resumed.stderr}")


USES = {"programmes": [{"programme": "course", "coverage": 0.5}]}
OF_CITY = {"payer": "municipality", "year": 2024, "euros": 1000}
IMPOSSIBLE = [  # the scenario, what is said
    ({**USES, "budgets": [{"payer": "employer", "euros": 1000}]},
     '"employer" pays for no programme of this scenario'),
    ({**USES, "budgets": [OF_CITY, {"payer": "municipality", "euros": 500}]},
     "two budgets of municipality are for the same programme in the same months; the first stands at "),
    ({**USES, "budgets": [{**OF_CITY, "programmes": ["cours"]}]}, 'this scenario has no programme "cours"'),
    ({**USES, "budgets": [{**OF_CITY, "programmes": ["cours"]}]}, 'did you mean "course"?'),
    ({**USES, "budgets": [{**OF_CITY, "programmes": ["course", "course"]}]}, 'the budget names "course" twice'),
    ({**USES, "budgets": [{**OF_CITY, "euros": 99.99}]},
     "EUR 99.99 does not pay for a single start: one start costs EUR 100"),
    ({"programmes": [{"programme": "course", "coverage": 0.5, "from": "2025-01"}], "budgets": [OF_CITY]},
     "nobody can start in any of its months, so it would have no effect"),
    ({"programmes": [{"programme": "course", "coverage": 0.5, "waiting": "random"}]},
     "nobody waits for this programme: it has neither a number of places nor a budget"),
    ({"programmes": [{"programme": "course", "coverage": 0.5, "places": 5, "waiting": "most_in_need"}]},
     'the partner "trial_office" may see no stressor, so it cannot tell who is most in need'),
]


def impossible(checks, folder):
    for at, (scenario, said) in enumerate(IMPOSSIBLE):
        study = write_town_study({**STUDY, "study": f"impossible-{at}"}, folder, scenarios={"baseline": {}, "more": json.loads(json.dumps(scenario))})
        answer = call("validate", study)
        checks.equal(answer.returncode, 65, f"{said}: exit code")
        checks.that(said in answer.stderr, f"expected {said!r}, found {answer.stderr!r}")
    text = (folder / "scenarios/trial/programmes/course.yaml").read_text()
    (folder / "scenarios/trial/programmes/course.yaml").write_text(
        text.replace("{per_participant: 100,", "{per_participant: 100, fixed_per_year: 1200,"))
    study = write_town_study({**STUDY, "study": "dear"}, folder, scenarios={"baseline": {}, "more": json.loads(json.dumps({**USES, "budgets": [OF_CITY]}))})
    answer = call("validate", study)
    checks.that("EUR 1,000 is less than the fixed cost of its programmes, EUR 1,200" in answer.stderr, answer.stderr)


if __name__ == "__main__":
    Checks().run(books, reproduced, killed_and_resumed, impossible)
