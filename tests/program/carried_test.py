#!/usr/bin/python3
"""A results file carries all that its run has read: written out elsewhere, the study runs again to the same digest."""
import shutil

import h5py

from program import PROJECT, Checks, call, digest_of, done, write_study

STUDY = {
    "study": "carried", "question": "Is everything in the file?", "city": "leiden", "start": "2024-01",
    "years": 2, "replicates": 1, "seed": 77, "residents": 2000,
    "scenarios": {
        "baseline": {},
        "courses": {"programmes": [{"programme": "preventiecursus-depressie", "coverage": 0.5, "from": "2024-03"}]},
    },
}


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def write_out(results, folder):
    with h5py.File(results) as file:
        provenance = file["provenance"]
        names = [text(name) for name in provenance["file"][:]]
        for name, content in zip(names, provenance["file_text"][:]):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        (folder / "carried.yaml").write_text(text(provenance["study_text"][()]))
    return names


def carried(checks, folder):
    study = write_study(STUDY, folder)
    first, second = folder / "first.h5", folder / "second.h5"
    done(checks, call("run", study, "--output", first, "--quiet"), "first run")
    elsewhere = folder / "elsewhere"
    names = write_out(first, elsewhere)
    for name in ("leiden/city.yaml", "leiden/model.yaml", "leiden/tables/death.csv", "evidence/effects.csv"):
        checks.that(name in names, f"{name} is carried: {names}")
    checks.that(not any("costs/" in name for name in names), f"costs are not carried: {names}")
    done(checks, call("run", elsewhere / "carried.yaml", "--output", second, "--quiet", folder=elsewhere), "run from it")
    checks.equal(digest_of(second), digest_of(first), "digest of the second run")
    # The second run reads what was written out, not what lies beside the program.
    (elsewhere / "leiden/tables/death.csv").unlink()
    again = call("run", elsewhere / "carried.yaml", "--output", folder / "third.h5", "--quiet", folder=elsewhere)
    checks.that(again.returncode != 0 and "death.csv" in again.stderr, f"without a table: {again.stderr}")


def own_model(checks, folder):
    """A model that lies with the study is carried with its tables: nothing of the city's own is taken for it."""
    shutil.copytree(PROJECT / "scenarios", folder / "scenarios")
    inside = folder / "scenarios" / "mine"
    shutil.copytree(PROJECT / "scenarios/leiden/tables", inside / "tables")
    model = (PROJECT / "scenarios/leiden/model.yaml").read_text()
    (inside / "own.yaml").write_text(model.replace("\nmodel: ", "\nmodel: own-", 1))
    study = write_study(STUDY, inside, model="own.yaml", years=1)
    first = folder / "first.h5"
    done(checks, call("run", study, "--output", first, "--quiet"), "a run with a model of its own")
    elsewhere = folder / "elsewhere"
    names = write_out(first, elsewhere)
    checks.that({"own.yaml", "tables/death.csv"} <= set(names), f"the model and its tables are carried: {names}")
    again = folder / "again.h5"
    done(checks, call("run", elsewhere / "carried.yaml", "--output", again, "--quiet", folder=elsewhere), "run from it")
    checks.equal(digest_of(again), digest_of(first), "digest of the second run")


Checks().run(carried, own_model)
