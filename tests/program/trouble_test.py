#!/usr/bin/python3
"""What the program says and how it ends when something is wrong: the command line, files, disk, pipes, Ctrl-C.

    trouble_test.py PROGRAM
"""
import json
import os
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import time

import h5py

from program import PROGRAM, PROJECT, Checks, call, digest_of, done, no_crash, small_study, write_study

LONG_RUN = {"study": "long", "question": "Can it be stopped?", "city": "leiden", "start": "2024-01", "years": 50,
            "replicates": 20, "seed": 1, "residents": 10000, "scenarios": {"baseline": {}, "again": {"effect": "none"}}}
SHORT_RUN = {**LONG_RUN, "study": "short", "years": 1, "replicates": 2, "residents": 2000}

WRONG_CALLS = [  # arguments, what must be said
    (["rnu", "x.yaml"], 'did you mean "run"?'),
    (["comapre", "x.h5"], 'did you mean "compare"?'),
    (["tets"], 'did you mean "test"?'),
    (["run", "--thread", "2", "x.yaml"], 'did you mean "--threads"?'),
    (["run", "--thread", "2", "x.yaml"], 'sleutel run has no option "--thread"\n'),
    (["run", "x.yaml", "--frobnicate=3"], 'sleutel run has no option "--frobnicate"\n'),
    (["compare", "x.h5", "--bye", "district"], 'did you mean "--by"?'),
    (["compare", "x.h5", "--by", "street"], "it is one of city, district, buurt, income or life_stage"),
    (["compare", "x.h5", "--by", "distrct"], 'did you mean "district"?'),
    (["compare", "x.h5", "--json", "--csv"], "--csv"),
    (["run"], "sleutel run: study is missing\nStudy file, such as scenarios/first-look.yaml"),
    (["list"], "sleutel list: kind is missing\nOne of programmes, outcomes, districts, states or events"),
    (["help", "runn"], 'did you mean "run"?'),
    (["test"], "built and run by the launcher beside CMakeLists.txt: ./sleutel test"),
    (["test", "--output-on-failure"], "./sleutel test"),
    (["compare", "x.h5", "--year", "abc"], "--year: expected a whole number from 1900 to 2300, found 'abc'"),
    (["compare", "x.h5", "--year"], "--year: a value must follow it"),
    (["city", "--seed", "-1"], "--seed: expected a whole number from 0 to"),
    (["run", "x.yaml", "y.yaml", "z.yaml"], 'sleutel run takes nothing more: found "y.yaml" and "z.yaml"\n'),
    (["run", "x.yaml", "--set", "years"], "--set: expected path=value, found 'years'\nfor example --set years=5\n"),
    (["run", "x.yaml", "--expand", "5", "--set", "replicates=4"], "--expand gives the number of replicates: leave out --set"),
    (["run", "x.yaml", "--expand", "20000"], "--expand: expected a whole number from 2 to 10000, found '20000'"),
    (["validate", "x.yaml", "--set", "question=q\udcff"], "--set"),
    (["validate", "x.yaml", "--set", "=5"], "--set: expected path=value, found '=5'\n"),
    (["run", "x.yaml", "--threads", "two"], "--threads"),
    (["run", "x.yaml", "--threads", "0"], "--threads"),
    (["run", "x.yaml", "--isa", "avx3"], 'did you mean "avx2"?'),
    (["list", "everything"], "it is one of programmes, outcomes, districts, states or events"),
    (["list", "prgrammes"], 'did you mean "programmes"?'),
    (["explain", "coverge"], 'did you mean "coverage"?'),
    (["explain", "scenarios.more.programmes[0].covrage"], 'did you mean "coverage"?'),
    (["explain", "happiness"], "docs/scenario-format.md lists all keys of a study, docs/model-format.md those of models"),
    (["explain", "bogus"], "try coverage, uptake or states"),
    (["explain", "aplies_to"], 'did you mean "applies_to"?'),
]


def wrong_calls(checks, folder):
    for arguments, said in WRONG_CALLS:
        what = " ".join(arguments)
        outcome = done(checks, call(*arguments), what, code=2)
        checks.that(said in outcome.stderr, f"{what}: {said!r} is said: {outcome.stderr}")
        checks.equal(outcome.stdout, "", f"{what}: nothing on stdout")
        no_crash(checks, outcome, what)


def missing_and_bad_files(checks, folder):
    for arguments in (["run", "nosuch.yaml"], ["validate", "nosuch.yaml"], ["compare", "nosuch.h5"], ["digest", "nosuch.h5"]):
        outcome = done(checks, call(*arguments), " ".join(arguments), code=66)
        checks.that("nosuch" in outcome.stderr and "no such file" in outcome.stderr, f"{arguments}: names the file")
        no_crash(checks, outcome, arguments[0])
    scenarios = folder / "scenarios"
    shutil.copytree(PROJECT / "scenarios", scenarios)
    (scenarios / "leiden/model.yaml").unlink()
    for command in ("validate", "run"):
        outcome = done(checks, call(command, scenarios / "first-look.yaml"), f"{command} without a model", code=66)
        checks.that("leiden/model.yaml: 1 problem, nothing was run\n\n  there is no such file\n" in outcome.stderr, outcome.stderr)
    shutil.copy(PROJECT / "scenarios/leiden/model.yaml", scenarios / "leiden/model.yaml")
    tariff = scenarios / "leiden/tables/eq5d_5l_nl.csv"
    tariff.write_text(tariff.read_text().rstrip("\n") + "\npain,5,-0.9\n")
    outcome = done(checks, call("validate", scenarios / "first-look.yaml"), "a tariff with a row twice", code=65)
    checks.that("a second row for pain 5" in outcome.stderr, outcome.stderr)
    (scenarios / "leiden/city.yaml").rename(scenarios / "leiden/city.yml")
    outcome = done(checks, call("validate", scenarios / "first-look.yaml"), "validate without city.yaml", code=66)
    checks.that("leiden/city.yaml: 1 problem" in outcome.stderr and "there is no such file" in outcome.stderr, outcome.stderr)
    for arguments in (["compare", "README.md"], ["digest", "README.md"], ["run", "README.md"], ["run", "scenarios"]):
        no_crash(checks, done(checks, call(*arguments), " ".join(arguments), code=65), " ".join(arguments))
    unknown_city = write_study(SHORT_RUN, folder, city="leidn")
    outcome = done(checks, call("validate", unknown_city), "unknown city", code=65)
    checks.that(re.search(r'^ +\d+:\d+ +city: unknown city "leidn"\n +did you mean "leiden"', outcome.stderr, re.M),
                f"unknown city: {outcome.stderr}")


def every_problem_at_once(checks, folder):
    bad = PROJECT / "tests/bad_input/many-at-once.yaml"
    told = [done(checks, call(command, bad), f"{command} of a bad study", code=65) for command in ("validate", "run")]
    checks.equal(told[0].stderr, told[1].stderr, "validate and run say the same")
    text = told[0].stderr
    checks.that("7 problems, nothing was run" in text, f"all problems are counted: {text}")
    checks.equal(len(re.findall(r"^ +\d+:\d+ ", text, re.M)), 7, "each problem has line and column")
    for word in ('"seed"', '"vroegsignalering"', '"early-help"', "must be between 0 and 1"):
        checks.that(word in text, f"a bad study: {word} is said")


def problems_as_json(checks, folder):
    """`validate --json` gives on stdout what is said to people, in the same order, and ends with the same code."""
    bad = PROJECT / "tests/bad_input/many-at-once.yaml"
    said = call("validate", bad).stderr
    outcome = done(checks, call("validate", bad, "--json"), "validate --json of a bad study", code=65)
    problems = json.loads(outcome.stdout)
    checks.equal(outcome.stderr, "", "validate --json: nothing on stderr")
    checks.equal(len(problems), 7, "validate --json: all problems")
    for problem in problems:
        checks.equal(sorted(problem), ["column", "file", "line", "message", "suggestion", "where"], "validate --json: the keys")
        checks.equal(problem["file"], str(bad), "validate --json: the file")
        line = rf"^ +{problem['line']}:{problem['column']} +{re.escape(problem['where'])}: {re.escape(problem['message'])}$"
        checks.that(re.search(line, said, re.M), f"validate says the same: {line}")
        checks.that(problem["suggestion"] in said, f"validate suggests the same: {problem['suggestion']}")
    checks.equal(problems, sorted(problems, key=lambda one: (one["line"], one["column"])), "validate --json: in order of place")
    missing = json.loads(done(checks, call("validate", "nosuch.yaml", "--json"), "validate --json nosuch.yaml", code=66).stdout)
    checks.equal((missing[0]["file"], missing[0]["line"]), ("nosuch.yaml", None), "validate --json of a missing file")
    good = done(checks, call("validate", write_study(SHORT_RUN, folder), "--json"), "validate --json of a good study")
    checks.equal(json.loads(good.stdout), [], "validate --json of a good study: an empty list")


def help_is_a_word(checks, folder):
    whole = done(checks, call("help"), "help").stdout
    checks.equal(whole, call("--help").stdout, "help says what --help says")
    checks.equal(done(checks, call("help", "run"), "help run").stdout, call("run", "--help").stdout, "help run")
    checks.that("Usage: sleutel run " in call("run", "--help").stdout, "the usage of a command begins with the program")


def model_elsewhere(checks, folder):
    """A study's model is looked for with the study and with the city; nothing else is read, nor shown."""
    inside = folder / "inside"
    inside.mkdir()
    (folder / "secret.yaml").write_text("password: hunter2\n")
    (inside / "link.yaml").symlink_to(folder / "secret.yaml")
    for model in ("../secret.yaml", str(folder / "secret.yaml"), "link.yaml", "../../../../etc/passwd"):
        study = write_study(SHORT_RUN, inside, model=model)
        outcome = done(checks, call("validate", study), f"model: {model}", code=65)
        checks.that(re.search(rf'^ +\d+:\d+ +model: "{re.escape(model)}" lies outside the folders of the study$', outcome.stderr,
                              re.M), f"model: {model}: {outcome.stderr}")
        checks.that(not re.search("hunter2|root:", outcome.stderr + outcome.stdout), f"model: {model} is not shown")
    shutil.copy(PROJECT / "scenarios/leiden/model.yaml", inside / "own.yaml")
    shutil.copytree(PROJECT / "scenarios/leiden/tables", inside / "tables")
    done(checks, call("validate", write_study(SHORT_RUN, inside, model="own.yaml")), "a model beside the study")


def wrong_values_of_all_scenarios(checks, folder):
    """What only the compiled model of a scenario can tell is told by validate too, for all scenarios at once."""
    path = "states.problem_debt.onset.edges.unemployed"
    study = write_study(SHORT_RUN, folder, scenarios={
        "baseline": {}, "below": {"set": {path: -3}}, "beyond": {"set": {path: 1e9}}})
    told = [done(checks, call(command, study), f"{command} of wrong values", code=65) for command in ("validate", "run")]
    for outcome in told:
        for scenario in ("below", "beyond"):
            where = re.escape(f"scenarios.{scenario}.set.{path}")
            checks.that(re.search(rf"^ +\d+:\d+ +{where}: ", outcome.stderr, re.M), f"{scenario}: {outcome.stderr}")


def start_long_run(folder, **options):
    study = write_study(LONG_RUN, folder)
    run = subprocess.Popen([PROGRAM, "run", study, "--output", folder / "long.h5"], cwd=PROJECT, text=True,
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    first = run.stderr.readline()
    return run, first


def ended(run):
    try:
        out, err = run.communicate(timeout=60)
    finally:
        run.kill()
    return out, err


def wait_for(path):
    limit = time.monotonic() + 60
    while not path.exists() and time.monotonic() < limit:
        time.sleep(0.02)


def wait_for_a_year(partial):
    """Until the file that is being written holds a year, however busy the machine is."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        said = call("compare", partial)
        if said.returncode == 0 and not re.search(r"^0 of \d+ years of runs", said.stdout, re.M):
            return
        time.sleep(0.1)


def numbers_in(text):
    """0, 1, 2, 5 for "0-2, 5"."""
    numbers = set()
    for part in text.split(", "):
        first, _, last = part.partition("-")
        numbers |= set(range(int(first), int(last or first) + 1))
    return numbers


def which_years_are_there(checks, partial, said):
    """The words after Ctrl-C name exactly the years of each scenario and replicate whose flag is set in the file."""
    with h5py.File(partial) as file:
        complete, first = file["complete"][:, 0] == 1, int(file["year"][0])
        names = [name.decode() for name in file["scenario"][:]]
    told = re.search(r"(\d+) of (\d+) years of runs are in the file: (.*)\.$", said, re.M)
    checks.that(told, f"Ctrl-C: says which years are in the file: {said}")
    checks.equal((int(told[1]), int(told[2])), (complete.sum(), complete.size), "Ctrl-C: counts the years")
    found = {name: set() for name in names}
    for part in told[3].split("; "):
        who = [name for name in names if re.search(rf"(^| ){name}(,| and | )", part.split(" 20")[0] + " ")]
        checks.that(who, f"Ctrl-C: names a scenario: {part}")
        pieces = re.findall(r"(\d{4}(?:-\d{4})?(?:, \d{4}(?:-\d{4})?)*) in (?:replicates? ([\d, -]*\d)|all)(?=,|$| )", part)
        runs = {(year, replicate) for years, replicates in pieces for year in numbers_in(years)
                for replicate in numbers_in(replicates)}
        for name in who:
            found[name] |= runs
    for i, name in enumerate(names):
        expected = {(first + year, replicate) for replicate, year in zip(*complete[i].nonzero())}
        checks.equal(found[name], expected, f"Ctrl-C: the years of {name}")


def one_ctrl_c(checks, folder):
    """75, a file with the finished years that opens, and the command that goes on with it."""
    partial = folder / "long.h5.partial"
    run, _ = start_long_run(folder)
    wait_for(partial)
    wait_for_a_year(partial)
    asked = time.monotonic()
    run.send_signal(signal.SIGINT)
    out, err = ended(run)
    checks.that(time.monotonic() - asked < 10, "Ctrl-C: ends soon")
    checks.equal(run.returncode, 75, f"Ctrl-C: the exit code ({err[-300:]})")
    checks.equal(out, "", "Ctrl-C: no comparison of half a study")
    checks.that(partial.exists() and not (folder / "long.h5").exists(), "Ctrl-C: the file is left as .partial")
    which_years_are_there(checks, partial, err)
    again = re.search(r"To go on: sleutel (.*)", err)
    checks.that(again is not None, f"Ctrl-C: says how to go on: {err}")
    words = shlex.split(again.group(1))
    checks.that("run" in words and "--resume" in words and str(folder / "long.yaml") in words and str(folder / "long.h5") in words,
                f"Ctrl-C: the command names the study and the results file: {words}")
    opened = done(checks, call("compare", partial), "compare of a partial file")
    checks.that("years of runs are in the file" in opened.stdout, "compare of a partial file says what is in it")
    before = partial.read_bytes()
    write_study(LONG_RUN, folder, seed=2)
    other = done(checks, call("run", folder / "long.yaml", "--output", folder / "long.h5"), "other inputs", code=73)
    checks.that("--force" in other.stderr, "a partial file of other inputs is not replaced unasked")
    checks.that(partial.read_bytes() == before, "the partial file of other inputs is untouched")


def two_ctrl_c(checks, folder):
    """Who presses twice does not wait: 130. The start of the city is being read, where the first one is not yet heard."""
    run, _ = start_long_run(folder)
    run.send_signal(signal.SIGINT)
    time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    ended(run)
    checks.equal(run.returncode, 130, "a second Ctrl-C")


def refused_before_anything_is_made(checks, folder):
    """A results file that can never be written, and a kernel that there is not, are told at once and leave nothing."""
    study, inside = write_study(SHORT_RUN, folder), folder / "inside"
    inside.mkdir()
    before = sorted(folder.rglob("*"))
    for output in (inside, f"{folder}/new/"):
        for options in ([], ["--force"], ["--dry-run"]):
            what = f"--output {output} {options}"
            outcome = done(checks, call("run", study, "--output", output, *options), what, code=73)
            checks.that(f"{output} is a folder, not a file; name a file in it" in outcome.stderr, f"{what}: {outcome.stderr}")
            checks.that("1 year" not in outcome.stderr, f"{what}: nothing was begun: {outcome.stderr}")
    outcome = done(checks, call("run", study, "-o", folder / "a.h5", environment={"SLEUTEL_ISA": "avx3"}), "SLEUTEL_ISA=avx3", code=2)
    checks.that('SLEUTEL_ISA: unknown instruction set "avx3"' in outcome.stderr, f"SLEUTEL_ISA=avx3: {outcome.stderr}")
    checks.that("1 year" not in outcome.stderr, f"SLEUTEL_ISA=avx3: nothing was begun: {outcome.stderr}")
    checks.equal(sorted(folder.rglob("*")), before, "nothing was made")


def no_results_file_is_replaced(checks, folder):
    """What stands at --output and is no results file stays as it is, --force or not: the study itself, a pipe, a link."""
    study, pipe, link = write_study(SHORT_RUN, folder), folder / "pipe", folder / "link.h5"
    os.mkfifo(pipe)
    link.symlink_to("/dev/zero")
    before = study.read_text()
    for output in (study, pipe, link):
        for options in ([], ["--force"], ["--dry-run"]):
            what = f"--output {output} {options}"
            outcome = done(checks, call("run", study, "--output", output, *options), what, code=73)
            checks.that(f"{output} is there already and is no results file: it is not overwritten, even with --force"
                        in outcome.stderr, f"{what}: {outcome.stderr}")
            checks.that("1 year" not in outcome.stderr, f"{what}: nothing was begun: {outcome.stderr}")
    checks.equal(study.read_text(), before, "the study is as it was")
    checks.that(pipe.is_fifo() and link.is_symlink(), "the pipe and the link are as they were")


def another_study_is_told_at_once(checks, folder):
    """Results of another study are refused before minutes go into a start: nothing is told of the runs."""
    study, output = write_study(SHORT_RUN, folder), folder / "short.h5"
    done(checks, call("run", study, "--output", output), "a short run")
    outcome = done(checks, call("run", write_study(SHORT_RUN, folder, seed=2), "--output", output), "another study", code=73)
    checks.equal(outcome.stderr, f"{output} is there already and would be overwritten; use --force to replace it\n",
                 "another study: nothing was begun")


def other_inputs_are_told_at_once(checks, folder):
    """So are those of the same study under another model, whose start is not known: nobody waits minutes to be refused."""
    scenarios, output = folder / "scenarios", folder / "short.h5"
    shutil.copytree(PROJECT / "scenarios", scenarios)
    study = write_study(SHORT_RUN, scenarios)
    done(checks, call("run", study, "--output", output, "--quiet"), "a short run")
    before = digest_of(output)
    model = scenarios / "leiden/model.yaml"
    model.write_text(model.read_text().replace("half_life_slow: {months: 10", "half_life_slow: {months: 11"))
    outcome = done(checks, call("run", study, "--output", output), "another model", code=73)
    checks.equal(outcome.stderr, f"{output} holds results of other inputs (another leiden/model.yaml); --force replaces it, "
                 "--output writes elsewhere\n", "another model: nothing was begun")
    checks.equal(digest_of(output), before, "another model: the results are as they were")


def stdout_not_writable(checks, folder):
    study, output = write_study(SHORT_RUN, folder), folder / "short.h5"
    done(checks, call("run", study, "--output", output), "a short run")
    commands = [["list", "states"], ["--help"], ["model"], ["compare", output, "--json"], ["schema"], ["digest", output]]
    for command in commands:
        with open("/dev/full", "w") as full:
            run = subprocess.run([PROGRAM, *command], cwd=PROJECT, stdout=full, stderr=subprocess.PIPE, text=True)
        checks.equal(run.returncode, 74, f"{command[0]} to a full disk")
        checks.that("could not be written" in run.stderr, f"{command[0]} to a full disk: {run.stderr}")
        run = subprocess.Popen([PROGRAM, *command], cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        run.stdout.close()
        run.stderr.read()
        checks.equal(run.wait(), 74, f"{command[0]} to a closed pipe")
    for words in ("list states", f"compare {shlex.quote(str(output))}"):
        piped = subprocess.run(["bash", "-c", f'set -o pipefail; "$1" {words} | head -1', "bash", PROGRAM], cwd=PROJECT,
                               capture_output=True, text=True)
        checks.that(piped.returncode in (0, 74) and piped.stdout.count("\n") == 1, f"`{words} | head -1`: one line and no crash")


def on_a_terminal(command, environment):
    """What the program writes to a terminal on its stderr."""
    master, slave = pty.openpty()
    run = subprocess.Popen(command, cwd=PROJECT, stdout=slave, stderr=slave, stdin=subprocess.DEVNULL, close_fds=True,
                           env={**os.environ, **environment})
    os.close(slave)
    text = b""
    while run.poll() is None or select.select([master], [], [], 0.1)[0]:
        if select.select([master], [], [], 0.1)[0]:
            try:
                text += os.read(master, 65536)
            except OSError:
                break
    run.wait()
    os.close(master)
    return text.decode()


def colours_and_progress(checks, folder):
    study = write_study(SHORT_RUN, folder, years=8, residents=30000)
    command = [PROGRAM, "run", study, "--force", "--output", folder / "short.h5"]
    colour = re.compile(r"\x1b\[[0-9;]*m")
    shown = on_a_terminal(command, {"NO_COLOR": "1"})
    checks.that(not colour.search(shown), "NO_COLOR: no colour on a terminal")
    checks.that("resident-months per second" in shown and "%" in shown, f"progress on a terminal: {shown[:300]!r}")
    outcome = done(checks, call(*command[1:]), "without a terminal")
    checks.that("\x1b" not in outcome.stderr + outcome.stdout and "\r" not in outcome.stderr, "no terminal: no control codes")
    quiet = done(checks, call(*command[1:], "--quiet"), "--quiet")
    checks.equal(quiet.stderr, "", "--quiet: nothing on stderr")


def first_output(checks, folder):
    """Within 100 ms something is on the screen; the best of up to 20, for a busy machine."""
    study, best = write_study(SHORT_RUN, folder), 1e9
    for _ in range(20):
        if best < 0.1:
            break
        begin = time.monotonic()
        run = subprocess.Popen([PROGRAM, "run", study, "--force", "--output", folder / "short.h5"], cwd=PROJECT,
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        run.stderr.read(1)
        best = min(best, time.monotonic() - begin)
        run.communicate()
    checks.that(best < 0.1, f"first output after {1000 * best:.0f} ms")


def comma_locale(checks, folder):
    """A locale with decimal commas changes no number that is read or written."""
    made = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", folder / "de_DE.UTF-8"], capture_output=True)
    comma = {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}
    if made.returncode == 0:
        comma["LOCPATH"] = str(folder)
        point = subprocess.run(["/usr/bin/printf", "%.1f", "0,5"], env=comma, capture_output=True, text=True).stdout
        checks.equal(point, "0,5", "the locale has decimal commas")
    study = small_study("first-look", folder, residents=2000, replicates=2, years=2)
    said = {}
    for name, environment in (("point", {"LC_ALL": "C"}), ("comma", comma)):
        output = folder / f"{name}.h5"
        done(checks, call("run", study, "--output", output, environment=environment), f"run, {name}")
        table = done(checks, call("compare", output, environment=environment), f"compare, {name}").stdout
        rows = done(checks, call("compare", output, "--csv", environment=environment), f"csv, {name}").stdout
        said[name] = digest_of(output), table.replace(str(output), "FILE"), rows
    checks.equal(said["comma"], said["point"], "results and tables under a comma locale")


Checks().run(wrong_calls, missing_and_bad_files, every_problem_at_once, problems_as_json, help_is_a_word, model_elsewhere,
             wrong_values_of_all_scenarios, one_ctrl_c, two_ctrl_c,
             refused_before_anything_is_made, no_results_file_is_replaced, another_study_is_told_at_once,
             other_inputs_are_told_at_once, stdout_not_writable,
             colours_and_progress, first_output, comma_locale)
