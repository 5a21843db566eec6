#!/usr/bin/python3
"""What the commands print that people read: the fit of the city, the plan of a run, parameters, the start, hints.

    commands_test.py PROGRAM
"""
import json
import os
import re
import shlex
import subprocess

import h5py
import yaml

from program import PROGRAM, PROJECT, Checks, call, digest_of, done, small_study, without_time, write_study

SMALL = {"residents": 2000, "years": 2, "replicates": 2}
ONE = {"study": "one", "question": "What is left of a plural?", "city": "leiden", "years": 1, "replicates": 1,
       "residents": 2000, "scenarios": {"baseline": {}}}
LEIDEN = PROJECT / "scenarios/leiden"


def number(text):
    return float(text.replace(",", ""))


def sections(text):
    """The lines of each block of the fit, by the words before its columns."""
    blocks, title = {}, None
    for line in text.splitlines():
        head = re.match(r"(\S.*?)\s+published +synthetic +difference +allowed$", line)
        title = head.group(1) if head else title if line.startswith("  ") else None
        if title and not head:
            blocks.setdefault(title, []).append(line)
    return blocks


def row_of(line):
    found = re.match(r"  (.*?) +([\d,.]+|-) +([\d,.]+) +([+-]?[\d,.]+|-) +(exact|-|±[\d,.]+)(?:  |$)", line)
    return found.groups() if found else (line,)


def city(checks, folder):
    """A row per margin, with the figures that --json gives."""
    text = done(checks, call("city"), "city").stdout
    rows = json.loads(done(checks, call("city", "--json"), "city --json").stdout)
    blocks = sections(text)
    checks.equal(len(blocks), 3, f"city, districts and buurten: {list(blocks)}")
    levels = [("GM", "Leiden as a whole"), ("WK", "Districts: the one nearest to its limit"),
              ("BU", "Buurten: the one nearest to its limit")]
    for code, title in levels:
        margins = list(dict.fromkeys(row["margin"] for row in rows if row["area_code"].startswith(code)))
        shown = [row_of(line)[0] for line in blocks.get(title, [])]
        checks.equal([re.sub(r" \((%|1,000 EUR)\)$", "", margin) for margin in shown], margins, f"{title}: a row per margin")
    for line in blocks["Leiden as a whole"]:
        margin, published, synthetic, difference, _ = row_of(line)
        row = next(row for row in rows if row["area_code"] == "GM0546" and margin in (row["margin"], row["margin"] + " (%)",
                                                                                     row["margin"] + " (1,000 EUR)"))
        for printed, name in ((published, "published"), (synthetic, "synthetic"), (difference, "difference")):
            checks.that(abs(number(printed) - row[name]) <= 0.5 * 10 ** -len(printed.partition(".")[2]) + 1e-9,
                        f"{margin}: {name} {printed}, in JSON {row[name]}")
    fitted = [row for row in rows if row["fitted"]]
    checks.equal(text.splitlines()[-1], f"{len(fitted)} of {len(fitted)} fitted figures within their tolerance; "
                                        f"{len(rows) - len(fitted)} more are shown, not fitted", "city: the last line")
    checks.that(max(map(len, text.splitlines())) <= 160, "city: no line is longer than 160 characters")
    whole = done(checks, call("city", "--all"), "city --all").stdout
    checks.equal(sum(map(len, sections(whole).values())), len(rows), "city --all: a row per margin and area")


def memory_and_size_of_a_run(checks, study, output):
    """What --dry-run says a run will take is what it takes: memory within a quarter. (The size of the file is tested in tests/output.)"""
    text = done(checks, call("run", study, "--dry-run", "--threads", 1), "--dry-run of a small run").stdout
    memory = number(re.search(r"^  memory: about ([\d,]+) MB \(1 run at a time\)$", text, re.M)[1])
    run = subprocess.Popen([PROGRAM, "run", study, "--threads", "1", "--output", output, "--quiet"], cwd=PROJECT,
                           stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(run.pid, 0)
    checks.equal(status, 0, "the small run")
    checks.that(0.75 < memory / (used.ru_maxrss * 1024 / 1e6) < 1.33, f"memory: {memory} MB said, {used.ru_maxrss} KiB used")


def plan(checks, folder):
    """Figures of the plan are those of the city and the study; no time is promised that was not measured."""
    results = folder / "first.h5"
    small = small_study("first-look", folder, **SMALL)
    done(checks, call("run", small, "--output", results, "--quiet"), "a small run finds the start")
    residents = 130108  # CBS, Leiden, 1 January 2024
    text = done(checks, call("run", "scenarios/first-look.yaml", "--dry-run"), "--dry-run").stdout
    checks.that(f"all {residents:,} residents" in text, f"--dry-run: residents of the city: {text}")
    checks.that("3 scenarios x 10 replicates = 30 runs of 10 years" in text, f"--dry-run: runs: {text}")
    checks.that(f"about {residents * 10 * 12 * 30 / 1e6:.0f} million resident-months" in text, f"--dry-run: work: {text}")
    two_years = r"the first two years of one run took [\d.e-]+ s just now"
    time = rf"^  time: about [\d.]+ (s|minutes|hours) on \d+ threads?, if each has a core to itself \({two_years}\)$"
    checks.that(re.search(time, text, re.M), f"--dry-run: a time that was measured: {text}")
    size = re.search(r"^  results: results/first-look.h5, ([\d,]+) MB while it runs", text, re.M)
    checks.that(size, f"--dry-run: the size of the results: {text}")
    memory_and_size_of_a_run(checks, small, folder / "second.h5")
    unknown = done(checks, call("run", small, "--dry-run", environment={"SLEUTEL_CACHE": str(folder / "empty")}), "no start").stdout
    checks.that("memory, time: not told" in unknown and "time: about" not in unknown, f"--dry-run without a start: {unknown}")
    study = write_study(ONE, folder)
    text = done(checks, call("run", study, "--dry-run", folder=folder), "--dry-run of one").stdout
    for words in ("a sample of about 2,000 residents", "1 scenario x 1 replicate = 1 run of 1 year",
                  "about 24,000 resident-months"):
        checks.that(words in text, f"--dry-run of one: {words!r}: {text}")
    checks.that(not (folder / "results").exists(), "--dry-run writes nothing")
    checks.equal(done(checks, call("validate", study), "validate").stdout,
                 f"{study}: nothing wrong (1 scenario, 1 year, 1 replicate)\n", "validate of one")


def parameters(checks, folder):
    """The list has every parameter; the hint of an unknown one leads to it; what it lists may be set."""
    listed = done(checks, call("model", "--parameters"), "model --parameters").stdout.splitlines()
    known = json.loads(call("model", "--json").stdout)["parameters"]
    lines = [re.split(r"  +", line) for line in listed[1:-2]]
    checks.equal([line[0] for line in lines], [one["path"] for one in known], "paths")
    checks.equal(re.split(r"  +", listed[0]), ["path", "value", "unit", "95% interval", "kind", "evidence"], "columns")
    for line, one in zip(lines, known):
        evidence = line[5].replace(" (not verified)", "") if one["evidence"] else line[5].replace("-", "")
        checks.equal([float(line[1]), line[2], evidence], [one["value"], one["unit"], one["evidence"]],
                     f"{one['path']}: value, unit, evidence")
        checks.equal("assumption" in one["evidence"], line[4] == "assumption", f"{one['path']}: kind {line[4]}")
    wrong = {"scenarios": {"baseline": {}, "more": {"set": {"stress.half_life_slwo": 12}}}}
    outcome = done(checks, call("validate", write_study({**ONE, **wrong}, folder)), "unknown parameter", code=65)
    hint = re.search(r"`sleutel (.*?)` shows all (\d+)", outcome.stderr)
    checks.that('did you mean "stress.half_life_slow"?' in outcome.stderr and hint, f"the hint: {outcome.stderr}")
    shown = done(checks, call(*shlex.split(hint.group(1))), "the command of the hint").stdout
    checks.equal(int(hint.group(2)), len(shown.splitlines()) - 3, "the hint says how many there are")
    right = {"scenarios": {"baseline": {}, "more": {"set": {"stress.half_life_slow": 12}}}}
    done(checks, call("validate", write_study({**ONE, **right}, folder)), "a listed parameter is set")


def settings(checks, folder):
    """`--set` runs what a file with that value would, to the bit, and the results hold the study that was run."""
    study, other = small_study("first-look", folder, **{**SMALL, "years": 3}), folder / "other"
    done(checks, call("run", study, "--set", "years=2", "--set", "seed=9", "-o", folder / "a.h5"), "run --set")
    other.mkdir()
    done(checks, call("run", small_study("first-look", other, **{**SMALL, "seed": 9}), "-o", folder / "b.h5"), "the file")
    checks.equal(digest_of(folder / "a.h5"), digest_of(folder / "b.h5"), "--set is as another file")
    with h5py.File(folder / "a.h5") as file:
        (folder / "again.yaml").write_text(file["provenance/study_text"].asstr()[()])
        checks.that("--set years=2 --set seed=9" in file["provenance/command_line"].asstr()[()], "the command is in the file")
    done(checks, call("run", folder / "again.yaml", "-o", folder / "c.h5"), "the study in the results")
    checks.equal(digest_of(folder / "c.h5"), digest_of(folder / "a.h5"), "the study in the results is the one that was run")
    plan = done(checks, call("run", study, "--dry-run", "--set", "years=2"), "--dry-run --set")
    checks.that("6 runs of 2 years" in plan.stdout and f"Next: sleutel run {study} --set years=2\n" in plan.stderr,
                f"the plan: {plan.stdout}{plan.stderr}")
    wrong = done(checks, call("validate", study, "--set", "stress.half_life_slow=0"), "a parameter out of range", code=65)
    checks.equal(wrong.stderr, "--set: 1 problem, nothing was run\n\n  1:23  stress.half_life_slow: 0 (must be between 0.05 and 600)\n",
                 "a parameter out of range is told of the setting")
    shown = done(checks, call("model", "--parameters", "--set", "stress.half_life_slow=8"), "model --set").stdout
    checks.that(re.search(r"^stress.half_life_slow +8  months", shown, re.M), "model --set")
    wrong = done(checks, call("model", "--set", "stress.half_life_slwo=8"), "model --set of nothing", code=65)
    checks.equal(wrong.stderr, '--set: 1 problem\n\n  1:23  stress.half_life_slwo: unknown parameter "stress.half_life_slwo"\n'
                 '        did you mean "stress.half_life_slow"?\n', "model --set of nothing")


def verbose(checks, folder):
    """`run --verbose` says with what it works, on stderr; the comparison stays as it is."""
    study, results = small_study("first-look", folder, **SMALL), folder / "r.h5"
    plain = done(checks, call("run", study, "-o", results), "run")
    told = done(checks, call("run", study, "-o", results, "--force", "--threads", 1, "--isa", "scalar", "--verbose"), "run --verbose")
    for words in (f"^read: {study}$", f"^read: {LEIDEN}/model.yaml$", f"^read: {PROJECT}/scenarios/evidence/effects.csv$",
                  r"^start: read from /.*/start-[0-9a-f]{32}\.bin$", "^threads: 1, kernel: scalar$",
                  r"^residents at the start: [12]\d{3}, months of each run: 24$", r"^memory: at most [\d,]+ MB so far; simulated in [\d.]+ s$"):
        checks.that(re.search(words, told.stderr, re.M), f"--verbose: {words}: {told.stderr[-900:]}")
        checks.that(not re.search(words, plain.stderr, re.M), f"without: {words}")
    checks.equal(without_time(told.stdout), without_time(plain.stdout), "--verbose: the comparison")
    both = call("run", study, "-o", results, "--quiet", "--verbose")
    checks.equal(both.returncode, 2, "--quiet --verbose")


def as_json(checks, folder):
    """What --dry-run, model --start and explain say to people, they say to programs."""
    study = small_study("first-look", folder, **SMALL)
    plan = json.loads(done(checks, call("run", study, "--dry-run", "--json", "--threads", 1), "--dry-run --json").stdout)
    checks.equal(list(plan), ["study", "question", "city", "residents", "start", "years", "replicates", "runs", "resident_months",
                              "scenarios", "memory_bytes", "runs_at_once", "threads", "seconds",
                              "panel_residents", "panel_bytes", "results", "bytes_while_running"],
                 "the plan: its keys")
    checks.equal([plan[key] for key in ("study", "residents", "start", "years", "runs", "resident_months", "threads", "results")],
                 ["first-look", 2000, "2024-01", 2, 6, 288000, 1, "results/first-look.h5"], "the plan")
    checks.that(plan["seconds"] > 0 and plan["memory_bytes"] > 1e7 and plan["bytes_while_running"] > 1e5, f"the plan: {plan}")
    checks.equal(plan["scenarios"][1], {"name": "early-debt-help", "programmes": [
        {"programme": "vroegsignalering", "coverage": 0.6, "reach": 1.0, "places": None, "from": "2025-01", "until": None}],
        "set": {}, "budgets": []}, "the plan: a scenario")
    unknown = call("run", study, "--dry-run", "--json", environment={"SLEUTEL_CACHE": str(folder / "empty")})
    checks.equal(json.loads(unknown.stdout)["seconds"], None, "the plan without a start")
    report = json.loads(done(checks, call("model", "--start", "--json"), "model --start --json").stdout)
    said = done(checks, call("model", "--start"), "model --start").stdout
    checks.that(len(report["targets"]) > 0, "the start has targets")
    for target in report["targets"]:
        checks.that(re.search(rf"^{target['outcome']} +{100 * target['published']:.1f}% +{100 * target['at_start']:.1f}% "
                              rf"+{target['factor_on_onset']:.2f}$", said, re.M), f"the start: {target}")
    checks.that(f"Found in {report['rounds']} rounds" in said, "the start: rounds")
    meant = json.loads(done(checks, call("explain", "coverage", "--json"), "explain --json").stdout)
    checks.equal([(one["key"], one["file"], one["value"], one["need"], one["path"]) for one in meant],
                 [("coverage", "study", "a number between 0 and 1 [share]", "required",
                   "scenarios.<scenario>.programmes[].coverage")], "explain coverage")
    meant = json.loads(done(checks, call("explain", "uptake", "--json"), "explain uptake --json").stdout)
    checks.equal([(one["file"], one["in"]) for one in meant], [("model or programme", "programme")], "explain uptake")


def hints(checks, folder):
    """Every command that an expected message names works as written."""
    named = set()
    for file in (PROJECT / "tests/bad_input").glob("*.txt"):
        named |= set(re.findall(r"`sleutel ([^`]*)`", file.read_text()))
    checks.that(len(named) >= 3, f"messages name commands: {named}")
    for command in sorted(named):
        done(checks, call(*shlex.split(command)), f"`sleutel {command}`")


def names_with_spaces(checks, folder):
    """A command that is proposed can be pasted, whatever the names of files and folders."""
    place = folder / "my town's studies"
    place.mkdir()
    study, results = write_study({**ONE, "scenarios": {"baseline": {}, "same": {"effect": "none"}}}, place), place / "r 1.h5"
    for what, words in (("validate", ("validate", study)), ("run", ("run", study, "--output", results))):
        outcome = done(checks, call(*words), f"{what}: a folder with a space")
        proposed = re.search(r"Next: sleutel (.*?)(?: \(or .*\))?$", outcome.stdout + outcome.stderr, re.M)
        checks.that(proposed and str(place) in " ".join(shlex.split(proposed.group(1))), f"{what}: {outcome.stdout[-300:]}")
        if what == "run":
            done(checks, call(*shlex.split(proposed.group(1))), "the command that run proposed")


def start(checks, folder):
    """The report stands beside the cached start, so that it is printed the second time too."""
    first = done(checks, call("model", "--start"), "model --start").stdout
    checks.equal(done(checks, call("model", "--start"), "again").stdout, first, "the second time")
    targets = yaml.safe_load((LEIDEN / "model.yaml").read_text())["targets"]
    checks.that(len(targets) > 0, "the model has targets")
    for target in targets:
        found = re.search(rf"^{target['outcome']} +([\d.]+)% +([\d.]+)% +([\d.]+)$", first, re.M)
        checks.that(found, f"{target['outcome']}: {first}")
        checks.equal(found.group(1), f"{100 * target['share']:.1f}", f"{target['outcome']}: published")
        checks.that(abs(float(found.group(2)) - float(found.group(1))) < 1, f"{target['outcome']}: {found.group(0)}")


def unknown_words(checks, folder):
    """An unknown word of a results file or a city: exit code, the place, and the nearest that there is."""
    results = folder / "r.h5"
    done(checks, call("run", small_study("first-look", folder, **SMALL), "--output", results, "--quiet"), "a small run")
    wrong = [
        (["compare", results, "--outcome", "depresion"], 2, '--outcome: unknown outcome "depresion"\n  did you mean "depression"?'),
        (["compare", results, "--outcome", "happiness"], 2,
         '--outcome: unknown outcome "happiness"\n  `sleutel list outcomes` shows what there is'),
        (["compare", results, "--year", "2044"], 2, "--year: year 2044 is not in the study\n  it runs from 2024 to 2025"),
        (["compare", results, "--scenario", "early-dept-help"], 2,
         '--scenario: unknown scenario "early-dept-help"\n  did you mean "early-debt-help"?'),
        (["list", "states", "--city", "leidn"], 66, 'did you mean "leiden"?'),
        (["city", "--city", "utrecht"], 66, "cities here: leiden"),
    ]
    for arguments, code, said in wrong:
        what = " ".join(map(str, arguments))
        outcome = done(checks, call(*arguments), what, code=code)
        checks.that(said in outcome.stderr, f"{what}: {said!r} is said: {outcome.stderr}")
        checks.that("nothing was run" not in outcome.stderr, f"{what}: nobody expected a run")
    many = done(checks, call("compare", results, "--outcome", "depresion", "--year", "1999"), "two at once", code=2).stderr
    checks.that(f"{results}: 2 problems\n" in many, f"both are told: {many}")


def groups(checks, folder):
    """Groups that an outcome has nobody in are left out of the table, and stay in the rows for programs."""
    results = folder / "r.h5"
    done(checks, call("run", small_study("first-look", folder, **SMALL), "--output", results, "--quiet"), "a small run")
    asked = ["compare", results, "--by", "life_stage", "--outcome", "smoking", "--scenario", "early-debt-help"]
    shown = [line[2:].split("  ")[0] for line in done(checks, call(*asked), "by life stage").stdout.splitlines()
             if line.startswith("  ")]
    checks.equal(shown, ["young adult", "adult", "middle", "older", "oldest"], "smoking is of adults")
    rows = json.loads(done(checks, call(*asked, "--json"), "by life stage, --json").stdout)
    checks.equal([row["group"] for row in rows if row["baseline"] is None], ["first_years", "child", "adolescent"],
                 "rows without anybody")


def folder_of_results(checks, folder):
    """A folder that is not there is made, and said; a second time nothing is said."""
    study = small_study("first-look", folder, **SMALL)
    output = folder / "new/deep/r.h5"
    first = done(checks, call("run", study, "-o", output), "a new folder")
    checks.that(output.is_file(), "the results are in the new folder")
    checks.that(f"{folder}/new/deep was not there: this folder was made" in first.stderr, f"it is said: {first.stderr}")
    again = done(checks, call("run", study, "-o", output, "--force"), "the same folder")
    checks.that("folder was made" not in again.stderr, f"nothing is said: {again.stderr}")


def files_that_stand(checks, folder):
    """A diagram or an export replaces nothing unasked, leaves nothing beside it, and says what could not be written."""
    study = write_study(ONE, folder)
    kept = folder / "kept.svg.dot"
    kept.write_text("mine\n")
    for arguments in (["model", "--graph", folder / "kept.svg"], ["export", study, "--to", folder / "kept.json"]):
        what, file = arguments[0], arguments[-1]
        file.write_text("mine too\n")
        outcome = done(checks, call(*arguments), f"{what} where a file stands", code=73)
        checks.equal(outcome.stderr, f"{file} is there already and would be overwritten; use --force to replace it\n", what)
        checks.equal(file.read_text(), "mine too\n", f"{what}: the file is as it was")
        done(checks, call(*arguments, "--force"), f"{what} --force")
        checks.that(file.stat().st_size > 1000, f"{what} --force: the file is new")
    checks.equal(kept.read_text(), "mine\n", "a file beside the diagram is as it was")
    outcome = done(checks, call("model", "--graph", "/proc/x.svg"), "a diagram that cannot be written", code=74)
    checks.equal(outcome.stderr, "/proc/x.svg: could not be written\n", "a diagram that cannot be written")


def diagrams_in_pieces(checks, folder):
    """One domain, or the domains from afar; a domain that there is not is told with the nearest."""
    done(checks, call("model", "--graph", "money.dot", "--domain", "money", folder=folder), "one domain")
    money = (folder / "money.dot").read_text()
    for arrow in ('"problem_debt" -> ">depressed"', '"<unemployed" -> "problem_debt"', '"low_income" -> "problem_debt"', '"problem_debt" -> ">stress_slow"'):
        checks.that(f"  {arrow} [" in money, f"money: {arrow}")
    checks.that('"<smoking" -> ' not in money and '"smoking" -> ' not in money, "money: nothing that it has nothing to do with")
    done(checks, call("model", "--graph", "all.dot", "--overview", folder=folder), "from afar")
    checks.that(re.search(r'"money" -> "health" \[label="[1-9][0-9]*"', (folder / "all.dot").read_text()), "from afar: money acts on health")
    outcome = done(checks, call("model", "--graph", "x.dot", "--domain", "mony", folder=folder), "no such domain", code=2)
    checks.equal(outcome.stderr.splitlines()[:2], ['--domain: unknown domain "mony"', 'did you mean "money"?'], "no such domain")
    checks.that(not (folder / "x.dot").exists(), "no such domain: nothing is written")
    done(checks, call("model", "--domain", "money"), "a domain without a diagram", code=2)
    done(checks, call("model", "--graph", "x.dot", "--domain", "money", "--overview", folder=folder), "both", code=2)


def variable_of_another_shape(checks, folder):
    """A damaged results file is told in a sentence."""
    results = folder / "r.h5"
    done(checks, call("run", write_study(ONE, folder), "--output", results, "--quiet"), "a small run")
    with h5py.File(results, "a") as file:
        del file["complete"]
        file["complete"] = [1, 1, 1]
    outcome = done(checks, call("compare", results), "another shape", code=65)
    checks.that("this results file is cut off or damaged, or another program changed it: it does not end with its checksums\n"
                in outcome.stderr, outcome.stderr)
    outcome = done(checks, call("reproduce", results), "another shape, reproduced", code=1)
    checks.that(f"{results}: not the same in 1 variable:\n  /complete\n" in outcome.stdout, outcome.stdout)


def model_that_is_not_there(checks, folder):
    """The line of the study is told, where its name stands."""
    (folder / "mine.yaml").write_text("model: mine\n")
    for name, said in (("nosuch.yaml", "leave the key out for the city's own model"), ("mien.yaml", 'did you mean "mine.yaml"?')):
        study = write_study({**ONE, "model": name}, folder)
        outcome = done(checks, call("validate", study), f"model: {name}", code=65)
        checks.equal(outcome.stderr, f"{study}: 1 problem, nothing was run\n\n"
                     f'  9:8  model: there is no file "{name}" beside the study or in the city\'s folder\n       {said}\n',
                     f"model: {name}")
    outcome = done(checks, call("validate", write_study({**ONE, "model": "leiden"}, folder)), "model: leiden", code=65)
    checks.that("1 problem," in outcome.stderr and "ends in .yaml" in outcome.stderr, f"one problem: {outcome.stderr}")
    outcome = done(checks, call("model", "--model", "nosuch.yaml"), "model --model nosuch.yaml", code=66)
    checks.that(f"{LEIDEN}/nosuch.yaml: 1 problem\n" in outcome.stderr, f"its path as one writes it: {outcome.stderr}")


Checks().run(city, plan, parameters, settings, verbose, as_json, hints, names_with_spaces, start, unknown_words, groups, folder_of_results, files_that_stand, diagrams_in_pieces,
             variable_of_another_shape, model_that_is_not_there)
