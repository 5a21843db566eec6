#!/usr/bin/python3
"""`sleutel reproduce FILE` runs a result again from what the file carries, and sees every bit that was changed."""
import json
import shutil

import h5py

from program import PROJECT, Checks, call, digest_of, done, write_study

STUDY = {
    "study": "again", "question": "Does it come out again?", "city": "leiden", "start": "2024-01",
    "years": 2, "replicates": 2, "seed": 5, "residents": 2000,
    "scenarios": {"baseline": {}, "courses": {"programmes": [
        {"programme": "preventiecursus-depressie", "coverage": 0.5, "from": "2024-03"}]}},
}


def made(checks, folder, **changes):
    output = folder / "made.h5"
    done(checks, call("run", write_study(STUDY, folder, **changes), "--output", output, "--quiet"), "a run")
    return output


def copy_with(made_file, change):
    """A copy of a file in which something was changed."""
    copy = made_file.with_name("changed.h5")
    shutil.copy(made_file, copy)
    with h5py.File(copy, "r+") as file:
        change(file)
    return copy


def the_same(checks, folder):
    """Far from the project's folder, so that nothing but the file is read."""
    output, elsewhere = made(checks, folder), folder / "elsewhere"
    elsewhere.mkdir()
    said = done(checks, call("reproduce", output, folder=elsewhere), "reproduce")
    checks.equal(said.stdout, f"{output}: the same, every bit of every variable (digest {digest_of(output)})\n", "the same")
    checks.that("4 runs of 2 years again" in said.stderr, said.stderr)
    as_json = json.loads(done(checks, call("reproduce", output, "--json", "--quiet"), "reproduce --json").stdout)
    checks.equal(as_json, {"file": str(output), "same": True, "digest": digest_of(output), "differ": [],
                          "differ_attributes": []}, "as JSON")
    checks.equal(list(elsewhere.iterdir()), [], "nothing is left")


def with_settings_and_a_model_of_its_own(checks, folder):
    """What --set changed, and a model beside the study, are in the file too."""
    scenarios = folder / "scenarios"
    shutil.copytree(PROJECT / "scenarios", scenarios)
    shutil.copytree(scenarios / "leiden/tables", scenarios / "mine/tables")
    shutil.copy(scenarios / "leiden/model.yaml", scenarios / "mine/own.yaml")
    output = folder / "own.h5"
    study = write_study(STUDY, scenarios / "mine", model="own.yaml")
    done(checks, call("run", study, "--output", output, "--quiet", "--set", "seed=8", "--set", "years=1"), "a run with --set")
    shutil.rmtree(scenarios)
    said = done(checks, call("reproduce", output), "reproduce")
    checks.that("4 runs of 1 year again" in said.stderr and "the same, every bit" in said.stdout, said.stderr + said.stdout)


def every_changed_bit(checks, folder):
    output = made(checks, folder)

    def one_more(file):
        file["buurt/deaths_numerator"][1, 0, 1, 1, 7] += 1

    def another_label(file):
        file["district"][0] = "Elsewhere"

    def another_note(file):
        file["provenance/notes"][1] = "measured"

    def another_source(file):
        file["provenance/evidence_used"][()] = "none"

    def another_unit(file):
        file["deaths"].attrs["units"] = "1"
        file["buurt/deaths"].attrs["long_name"] = "deaths of somebody else"
        file.attrs["question"] = "Another?"
        file.attrs["note"] = "mine"

    said = done(checks, call("reproduce", copy_with(output, another_unit)), "attributes", code=1)
    checks.that("not the same in 4 attributes:\n  / note\n  / question\n  /buurt/deaths long_name\n  /deaths units\n"
                in said.stdout and "variable" not in said.stdout, said.stdout)
    for change, name in ((one_more, "/buurt/deaths_numerator"), (another_label, "/district"),
                         (another_note, "/provenance/notes"), (another_source, "/provenance/evidence_used")):
        said = done(checks, call("reproduce", copy_with(output, change)), name, code=1)
        checks.that(f"not the same in 1 variable:\n  {name}\n" in said.stdout, said.stdout)


def refused(checks, folder):
    output = made(checks, folder)
    outside = folder / "outside.csv"

    def attribute(name, value):
        return lambda file: file.attrs.modify(name, value)

    def other_study(file):
        text = file["provenance/study_text"][()].decode().replace("seed: 5", "seed: 6")
        file["provenance/study_text"][()] = text

    def leave_the_folder(file):
        file["provenance/file"][0] = "../../../../../" + str(outside)

    def a_file_without_name(file):
        file["provenance/file"][0] = ""

    def a_year_less(file):
        file["complete"][0, 0, 0, 1] = 0

    for change, words in (
            (attribute("sleutel_version", "0.0.9"), "made by Sleutel 0.0.9 (scheme 1); this is "),
            (attribute("scheme_version", 2), "which may give other numbers\n  reproduce it with the version that made it"),
            (lambda file: file.attrs.__delitem__("scheme_version"), "does not say by which scheme of random numbers it was made"),
            (other_study, "what this program makes of its inputs is not what it was made from (inputs_digest)"),
            (leave_the_folder, "carries a file outside its own folder"),
            (a_file_without_name, "carries a file outside its own folder"),
            (a_year_less, "holds 7 of 8 years of runs\n  sleutel run STUDY --resume finishes it")):
        said = done(checks, call("reproduce", copy_with(output, change)), words, code=65)
        checks.that(words in said.stderr, f"{words}: {said.stderr}")
    checks.that(not outside.exists(), "nothing was written outside")

    def no_study(file):
        file["provenance/study_text"][()] = file["provenance/study_text"][()].decode().replace("years: 2", "years: 0")

    broken = copy_with(output, no_study)
    said = done(checks, call("reproduce", broken), "a study that is none", code=65)
    checks.that(f"{broken} (its study-of-the-file.yaml): 1 problem" in said.stderr and "sleutel-reproduce-" not in said.stderr,
                f"what is wrong is told of the file: {said.stderr}")
    done(checks, call("reproduce", folder / "none.h5"), "no such file", code=66)
    done(checks, call("reproduce", "README.md"), "no results file", code=65)


Checks().run(the_same, with_settings_and_a_model_of_its_own, every_changed_bit, refused)
