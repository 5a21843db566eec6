#!/usr/bin/python3
"""What `sleutel bench --cases` says of cases that are broken: everything at once, with its place, and nothing is run.

    case_messages_test.py PROGRAM
"""
import json
import shutil

from program import PROJECT, Checks, call, done

CASES = PROJECT / "scenarios/benchmarks"
TWO_STATE = "cases/two-state/case.yaml"


def some_cases(folder, *names):
    for name in ("town", "evidence", *names):
        shutil.copytree(CASES / name, folder / "cases" / name)


def told(checks, folder, changes, expected, code=65, name="two-state"):
    """The case with some of its text replaced is refused in these words."""
    some_cases(folder, name)
    case = folder / "cases" / name / "case.yaml"
    text = case.read_text()
    for old, new in changes.items():
        checks.equal(text.count(old), 1, f"{old} stands once in the case")
        text = text.replace(old, new)
    case.write_text(text)
    outcome = done(checks, call("bench", "--cases", "cases", folder=folder), f"{changes}", code)
    checks.equal(outcome.stdout, "", f"{changes}: nothing is run")
    checks.equal(outcome.stderr, expected, f"{changes}: what is said")
    shutil.rmtree(folder / "cases")


def many_at_once(checks, folder):
    changes = {
        "case: two-state": "case: two-sate",
        "false_alarm: 0.001": "false_alarm: 1",
        "    expected: 0.152717647\n": "",
        "of: {outcome: ill, scenario: illness, years: [2, 2]}": "of: {outcome: il, scenario: ilness, years: [2, 20]}",
        "of: {outcome: ill, scenario: illness, years: [3, 3]}": "off: {outcome: ill}",
        "of: {outcome: falling_ill, scenario: illness, years: [6, 10]}": "of: {outcome: falling_ill, years: [10, 6], take: some}",
    }
    expected = f"""{TWO_STATE}: 10 problems, nothing was run

  3:7    case: "two-sate", but the folder is called "two-state"
         write case: two-state, or rename the folder
  6:14   false_alarm: 1 (must be at most 0.1 and above 0, the chance that a right program fails the case)
  9:5    values.ill-year-1: the key "expected" is missing
  16:19  values.ill-year-2.of.outcome: unknown outcome "il"
         did you mean "ill"?
  16:33  values.ill-year-2.of.scenario: unknown scenario "ilness"
         did you mean "illness"?
  16:52  values.ill-year-2.of.years[1]: 20 (must be between 1 and 10)
  18:5   values.ill-year-3: what is simulated is of: or life_expectancy:, one of the two
  21:5   values.ill-year-3.off: unknown key
         did you mean "of"?
  31:39  values.falling-ill.of.years: expected the first and the last year, such as [6, 10]
  31:54  values.falling-ill.of.take: expected mean, sum or person_years, found 'some'
"""
    told(checks, folder, changes, expected)


def bands_of_a_life_table(checks, folder):
    told(checks, folder, {"{0: deaths_0, 1: deaths_1, 5:": "{1: deaths_1, 0: deaths_0, five:"},
         """cases/life-table/case.yaml: 3 problems, nothing was run

  67:32  values.life-expectancy.life_expectancy.deaths.1: the bands begin at age 0 and rise, each up to the next
  67:45  values.life-expectancy.life_expectancy.deaths.0: the bands begin at age 0 and rise, each up to the next
  67:64  values.life-expectancy.life_expectancy.deaths.five: expected a whole number, found 'five'
""", name="life-table")


def studies(checks, folder):
    """A study that is broken, elsewhere, or too short to have a standard error."""
    told(checks, folder, {"study: study.yaml": "study: ../study.yaml"}, f"""{TWO_STATE}: 1 problem, nothing was run

  5:8  study: the study lies beside the case: "../study.yaml"
""")
    told(checks, folder, {"study: study.yaml": "study: stduy.yaml"}, """cases/two-state/stduy.yaml: 1 problem, nothing was run

  there is no such file
  did you mean "cases/two-state/study.yaml"?
""", code=65)
    some_cases(folder, "two-state")
    study = folder / "cases/two-state/study.yaml"
    study.write_text(study.read_text().replace("replicates: 20", "replicates: 1"))
    outcome = done(checks, call("bench", "--cases", "cases/two-state", folder=folder), "one replicate", code=65)
    checks.equal(outcome.stderr, f"""{TWO_STATE}: 1 problem, nothing was run

  5:8  study: cases/two-state/study.yaml has 1 replicate: a standard error needs at least 2
""", "one replicate")


def folders(checks, folder):
    some_cases(folder, "two-state")
    (folder / "cases/two-state/case.yaml").unlink()
    outcome = done(checks, call("bench", "--cases", "cases", folder=folder), "no case.yaml", code=65)
    checks.equal(outcome.stderr, f"""{TWO_STATE}: 1 problem, nothing was run

  there is no such file
  it belongs beside study.yaml in the folder of a case
""", "no case.yaml")
    outcome = done(checks, call("bench", "--cases", "cases/town", folder=folder), "no cases in it", code=66)
    checks.equal(outcome.stderr, """cases/town: 1 problem, nothing was run

  no benchmark case: no folder in it holds a case.yaml
  name the folder of the cases, such as scenarios/benchmarks
""", "no cases in it")
    outcome = done(checks, call("bench", "--cases", "nowhere", folder=folder), "no folder", code=66)
    checks.equal(outcome.stderr, """nowhere: 1 problem, nothing was run

  there is no such folder
  name the folder of the cases, such as scenarios/benchmarks
""", "no folder")
    outcome = done(checks, call("bench", "study.yaml", "--cases", "cases", folder=folder), "a study beside --cases", code=2)
    checks.that("study excludes --cases" in outcome.stderr, f"a study beside --cases: {outcome.stderr}")
    outcome = done(checks, call("bench", "--cases", "--residents", "2000"), "--residents", code=2)
    checks.that("--residents excludes --cases" in outcome.stderr, f"--residents: {outcome.stderr}")


def no_page(checks, folder):
    """What a case asks and why its answer is right stands beside it."""
    some_cases(folder, "two-state")
    (folder / "cases/two-state/README.md").unlink()
    outcome = done(checks, call("bench", "--cases", "cases", folder=folder), "no README.md", code=65)
    checks.equal(outcome.stderr, """cases/two-state/README.md: 1 problem, nothing was run

  there is no such file
  write down there what the case asks and how its answers are derived
""", "no README.md")


def divided_by_nothing(checks, folder):
    """Nobody is ill in the baseline: a share of them is no number, is said so, and agrees with nothing."""
    some_cases(folder, "two-state")
    case = folder / "cases/two-state/case.yaml"
    head = case.read_text().split("values:")[0]
    case.write_text(head + """values:
  nothing:
    says: "ill of the ill"
    unit: share
    expected: 1
    of: {outcome: ill, scenario: illness, years: [1, 1]}
    over: {outcome: ill, scenario: baseline, years: [1, 1]}
""")
    study = folder / "cases/two-state/study.yaml"
    study.write_text(study.read_text().replace("years: 10", "years: 1").replace("replicates: 20", "replicates: 2"))
    outcome = done(checks, call("bench", "--cases", "cases", folder=folder), "divided by nothing", code=1)
    line = next((line for line in outcome.stdout.splitlines() if "ill of the ill" in line), "")
    checks.equal(line.split()[4:], ["1.000000", "-", "-", "no", "value", "DIFFERS"], "divided by nothing")
    outcome = done(checks, call("bench", "--cases", "cases", "--json", folder=folder), "the same as JSON", code=1)
    value = json.loads(outcome.stdout)[0]["values"][0]
    checks.equal((value["simulated"], value["standard_error"], value["agrees"]), (None, None, False), "the same as JSON")


def too_many_programmes(checks, folder):
    """A programme is one of 64 bits: the first that is too many is named."""
    some_cases(folder, "trial")
    trial = folder / "cases/trial"
    course = (trial / "programmes/course.yaml").read_text()
    names = [f"course-{number}" for number in range(1, 66)]
    for number, name in enumerate(names, start=1):
        (trial / f"programmes/{name}.yaml").write_text(course.replace("draw: 0", f"draw: {number}"))
    study = (trial / "study.yaml").read_text().split("      - programme: course\n")[0]
    uses = "".join(f"      - {{programme: {name}, coverage: 0.5}}\n" for name in names)
    (trial / "study.yaml").write_text(study + uses)
    line = len(study.splitlines()) + 65
    outcome = done(checks, call("validate", "cases/trial/study.yaml", folder=folder), "65 programmes", code=65)
    checks.equal(outcome.stderr, f"""cases/trial/study.yaml: 1 problem, nothing was run

  {line}:21  scenarios.course.programmes[64].programme: the study uses 65 programmes (at most 64)
         divide its scenarios over two studies with the same seed
""", "65 programmes")


Checks().run(many_at_once, bands_of_a_life_table, studies, folders, no_page, divided_by_nothing, too_many_programmes)
