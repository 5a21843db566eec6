#!/usr/bin/python3
"""Ten signs, written down before the first run: what each programme must do to what it aims at, and to nothing before it.

    signs_test.py PROGRAM                    a sample of residents, few years
    SLEUTEL_LONG=1 signs_test.py PROGRAM     more residents, years and replicates, with stricter signs

Each sign is a difference between pairs, so that chance is largely shared. A programme reaches a few in a hundred of the
residents, and only effects on the target itself are so large that their sign is sure in a sample: consequences further on
are asked only not to go the wrong way by more than their own interval.
"""
import json

from program import LONG, Checks, call, done, write_study

SIZE = {"residents": 60000, "years": 8, "replicates": 8} if LONG else {"residents": 12000, "years": 5, "replicates": 4}


def use(programme, coverage=1.0, **more):
    return {"programme": programme, "coverage": coverage, "from": "2024-06", **more}


SCENARIOS = {
    "stop-smoking": [use("stoppen-met-roken")],
    "stop-smoking-half": [use("stoppen-met-roken", 0.5)],
    "debt-help": [use("schuldhulpverlening")],
    "early-signals": [use("vroegsignalering")],
    "early-signals-half": [use("vroegsignalering", 0.5)],
    "early-signals-for-a-year": [use("vroegsignalering", until="2025-06")],
    "less-lonely": [use("eenzaamheid-aanpak")],
    "course": [use("preventiecursus-depressie")],
    "two-at-once": [use("stoppen-met-roken"), use("vroegsignalering")],
}

# scenario, outcome, sign: the whole 95% interval lies on this side of zero.
SURE = [
    ("stop-smoking", "smoking", -1),              # 1. who is helped to stop smokes less
    ("debt-help", "problem_debt", -1),            # 2. debts that are settled end sooner
    ("early-signals", "problem_debt", -1),        # 3. so do those that are signalled early, as assumed
    ("less-lonely", "severe_loneliness", -1),     # 4. loneliness that is helped ends sooner
    ("course", "depression_begins", -1),          # 5. a course against depression prevents depression
]
# scenario, outcome, wrong sign: the whole interval must not lie on the wrong side.
NOT_WORSE = [
    ("less-lonely", "depression", +1),            # 6. loneliness brings on depression: less of it does no harm
    ("early-signals", "life_satisfaction", -1),   # 7. life without debts is not less satisfying
    ("stop-smoking", "deaths", +1),               # 8. nobody dies of stopping
]


def compared(checks, output):
    """{(scenario, outcome): row} of the last year."""
    rows = json.loads(done(checks, call("compare", output, "--json"), "compare").stdout)
    return {(row["scenario"], row["outcome"]): row for row in rows}


def move(rows, scenario, outcome):
    return rows[scenario, outcome]["difference"]


def signs(checks, folder):
    study = {"study": "signs", "question": "Does each programme do what it is for?", "city": "leiden",
             "start": "2024-01", "seed": 77, **SIZE,
             "scenarios": {"baseline": {}, **{name: {"programmes": uses} for name, uses in SCENARIOS.items()}}}
    output = folder / "signs.h5"
    done(checks, call("run", write_study(study, folder), "--output", output, "--quiet"), "run")
    rows = compared(checks, output)
    for scenario, outcome, sign in SURE:
        low, high = rows[scenario, outcome]["low"], rows[scenario, outcome]["high"]
        checks.that(low * sign > 0 and high * sign > 0, f"{scenario}: {outcome} moved by {low:.3f} to {high:.3f}")
    for scenario, outcome, wrong in NOT_WORSE:
        low, high = rows[scenario, outcome]["low"], rows[scenario, outcome]["high"]
        checks.that(min(low * wrong, high * wrong) <= 0, f"{scenario}: {outcome} moved by {low:.3f} to {high:.3f}")

    # 9. reaching twice as many moves the target more, and not more than twice as far
    for whole, half, outcome in (("stop-smoking", "stop-smoking-half", "smoking"),
                                 ("early-signals", "early-signals-half", "problem_debt")):
        ratio = move(rows, whole, outcome) / move(rows, half, outcome)
        checks.that(1.2 < ratio < 2.3, f"twice the coverage moves {outcome} {ratio:.2f} times as far")
    # 10. a programme that ends moves its target less in the last year than one that goes on
    short, on = (move(rows, name, "problem_debt") for name in ("early-signals-for-a-year", "early-signals"))
    checks.that(on < short, f"problem debt moved by {on:.3f}, by {short:.3f} if the programme stops after a year")
    # and two at once do about what each does for its own target
    for scenario, outcome in (("stop-smoking", "smoking"), ("early-signals", "problem_debt")):
        ratio = move(rows, "two-at-once", outcome) / move(rows, scenario, outcome)
        checks.that(0.8 < ratio < 1.3, f"two at once: {outcome} moved {ratio:.2f} times as far as by one")
    for key in sorted({(s, o) for s, o, _ in SURE + NOT_WORSE}):
        row = rows[key]
        print(f"  {key[0]}: {key[1]} {row['difference']:+.3f} ({row['low']:+.3f} to {row['high']:+.3f}) {row['unit']}")


def effect_doubled(checks, folder):
    """A planted effect: at the declared hazard ratio the end of problem debt is that much more frequent among participants,
    so that twice the logarithm moves the target further, and a ratio below one moves it the other way."""
    scenarios = {"baseline": {}}
    for name, ratio in (("slower", 0.7), ("faster", 1.3), ("faster-still", 1.69)):
        effect = {"problem_debt.end": {"hazard_ratio": ratio, "low": ratio * 0.5, "high": ratio * 2}}
        scenarios[name] = {"programmes": [use("vroegsignalering", assume=effect)]}
    study = {"study": "planted", "question": "Does the size of an effect matter?", "city": "leiden", "start": "2024-01",
             "seed": 78, **SIZE, "scenarios": scenarios}
    output = folder / "planted.h5"
    done(checks, call("run", write_study(study, folder), "--output", output, "--quiet"), "run, planted effects")
    rows = compared(checks, output)
    slower, faster, still = (move(rows, name, "problem_debt") for name in ("slower", "faster", "faster-still"))
    checks.that(slower > 0 > faster > still, f"planted effects: {slower:+.2f}, {faster:+.2f}, {still:+.2f} per 1,000")


def other_outcomes_before_the_start(checks, folder):
    """Nothing differs in a year in which no programme has begun."""
    study = {"study": "later", "question": "Is nothing moved before its time?", "city": "leiden", "start": "2024-01",
             "seed": 79, "residents": 5000, "years": 2, "replicates": 2,
             "scenarios": {"baseline": {}, "later": {"programmes": [{**use("stoppen-met-roken"), "from": "2025-01"}]}}}
    output = folder / "later.h5"
    done(checks, call("run", write_study(study, folder), "--output", output, "--quiet"), "run, a later start")
    rows = json.loads(done(checks, call("compare", output, "--json", "--year", "2024"), "compare").stdout)
    checks.equal({row["verdict"] for row in rows}, {"identical in every replicate"}, "the year before a programme begins")
    rows = json.loads(done(checks, call("compare", output, "--json", "--year", "2025", "--outcome", "smoking"), "compare").stdout)
    checks.that(rows[0]["difference"] < 0, "the year in which it begins")


Checks().run(signs, effect_doubled, other_outcomes_before_the_start)
