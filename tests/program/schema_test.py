#!/usr/bin/python3
"""The schemas for editors: made from the tables of keys, true of every shipped file, and of one mind with the parser.

    schema_test.py PROGRAM
"""
import copy
import json
import os
import re
import shutil

import jsonschema
import yaml

from program import PROJECT, Checks, call, done

SCENARIOS = PROJECT / "scenarios"
OF_ITS_OWN = {"per_month", "rate", "chance"}  # refused by the parser with a message of their own
CASES = SCENARIOS / "benchmarks"
FILES = {"study": [*sorted(SCENARIOS.glob("*.yaml")), *sorted(CASES.glob("*/study.yaml"))],
         "model": [*sorted(SCENARIOS.glob("*/model*.yaml")), *sorted(CASES.glob("*/model.yaml"))],
         "programme": [*sorted(SCENARIOS.glob("*/programmes/*.yaml")), *sorted(CASES.glob("*/programmes/*.yaml"))]}

OTHERS = {"model": [PROJECT / "tests/model/data/model.yaml"],
          "programme": [PROJECT / "tests/model/data/whole-programme.yaml"]}

BROKEN = {  # kind: (what is wrong, path to a map, key, value or None to take it away)
    "model": [
        ("an unknown key", ["states", "problem_debt"], "stres", {}),
        ("no draw", ["states", "problem_debt"], "draw", None),
        ("an unknown kind", ["states", "problem_debt"], "kind", "stresor"),
        ("a number without evidence", ["states", "problem_debt", "onset", "edges", "unemployed"], "evidence", None),
        ("two measures", ["states", "problem_debt", "onset", "edges", "unemployed"], "odds_ratio", 2),
        ("a ratio of 0", ["states", "problem_debt", "onset", "edges", "unemployed"], "hazard_ratio", 0),
        ("a share in words", ["states", "poor_housing", "stress"], "holds", "half"),
        ("an outcome of two things", ["outcomes", "problem_debt", "of"], "begin", "problem_debt"),
        ("a rate per month", ["states", "poor_housing", "onset"], "per_month", {"value": 0.1, "evidence": "X"}),
        ("no Dutch", ["states", "problem_debt", "label"], "nl", None),
    ],
    "programme": [
        ("a misspelt key", [], "uptakes", {"value": 0.4, "evidence": "X"}),
        ("no cost", [], "cost", None),
        ("an uptake above 1", ["uptake"], "value", 1.4),
        ("an effect in words", [], "effect", "good"),
        ("months in words", [], "months", "twelve"),
        ("an assumed effect without interval", ["assume", "problem_debt.end"], "low", None),
    ],
    "study": [
        ("an unknown key", [], "year", 3),
        ("no question", [], "question", None),
        ("a fraction of years", [], "years", 2.5),
    ],
}


def keys_as_text(value):
    """Keys as an editor reads them: PyYAML takes 1 for a number and `no` for false."""
    if isinstance(value, list):
        return [keys_as_text(one) for one in value]
    if not isinstance(value, dict):
        return value
    spelt = {True: "yes", False: "no"}
    return {spelt[key] if isinstance(key, bool) else str(key): keys_as_text(one) for key, one in value.items()}


def read(path):
    return keys_as_text(yaml.safe_load(path.read_text()))


def schema_of(kind):
    return json.loads((SCENARIOS / f"{kind}.schema.json").read_text())


def shipped_schemas(checks, folder):
    for kind in FILES:
        made = done(checks, call("schema", kind), f"schema {kind}").stdout
        checks.that((SCENARIOS / f"{kind}.schema.json").read_text() == made,
                    f"make it anew: sleutel schema {kind} > scenarios/{kind}.schema.json")
        jsonschema.Draft7Validator.check_schema(json.loads(made))
    checks.equal(call("schema").stdout, call("schema", "study").stdout, "schema alone is that of studies")
    done(checks, call("schema", "modle"), "schema modle", code=2)


def shipped_files(checks, folder):
    for kind, files in FILES.items():
        checks.that(files, f"there are files of kind {kind}")
        validator = jsonschema.Draft7Validator(schema_of(kind))
        for path in [*files, *OTHERS.get(kind, [])]:
            problems = [f"{list(one.path)}: {one.message[:200]}" for one in validator.iter_errors(read(path))]
            checks.equal(problems, [], path.name)
            if path not in files:
                continue
            line = path.read_text().splitlines()[0]
            named = line.removeprefix("# yaml-language-server: $schema=")
            checks.that(named != line and os.path.samefile(path.parent / named, SCENARIOS / f"{kind}.schema.json"),
                        f"{path.name}: the first line leads to the schema: {line}")


def broken_files(checks, folder):
    named = {"model": "model.yaml", "programme": "vroegsignalering.yaml", "study": "first-look.yaml"}
    for kind, cases in BROKEN.items():
        whole = read(next(path for path in FILES[kind] if path.name == named[kind]))
        validator = jsonschema.Draft7Validator(schema_of(kind))
        for what, path, key, value in cases:
            broken = copy.deepcopy(whole)
            at = broken
            for part in path:
                at = at[part]
            if value is None:
                del at[key]
            else:
                at[key] = value
            checks.that(not validator.is_valid(broken), f"{kind}: {what} is refused")


def resolved(schema, root):
    while "allOf" in schema or "$ref" in schema:
        schema = schema["allOf"][0] if "allOf" in schema else root["definitions"][schema["$ref"].rpartition("/")[2]]
    return schema


def maps_in(value, schema, root, path=()):
    """Every map of the file that the schema describes, with its path and the keys that the schema knows."""
    schema = resolved(schema, root)
    for choice in (schema.get("anyOf") or []) + [one for one in schema.get("oneOf") or [] if "$ref" in one]:
        if jsonschema.Draft7Validator({**choice, "definitions": root["definitions"]}).is_valid(value):
            yield from maps_in(value, choice, root, path)
            return
    if isinstance(value, list) and "items" in schema:
        for number, one in enumerate(value):
            yield from maps_in(one, schema["items"], root, (*path, number))
    if not isinstance(value, dict):
        return
    others = schema.get("additionalProperties")
    if others is False:
        yield path, value, set(schema["properties"])
    for key, one in value.items():
        within = schema.get("properties", {}).get(key, others)
        if isinstance(within, dict):
            yield from maps_in(one, within, root, (*path, key))


def written(path):
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def every_kind_is_seen(checks, folder):
    """No kind of map stands in a schema only: each occurs in a file that is read and found right."""
    for kind in ("model", "programme"):
        root = schema_of(kind)
        seen = [keys for path in [*FILES[kind], *OTHERS.get(kind, [])] for _, _, keys in maps_in(read(path), root, root)]
        unseen = [name for name, one in root["definitions"].items()
                  if one["additionalProperties"] is False and set(one["properties"]) not in seen]
        checks.equal(unseen, [], f"kinds of maps that no {kind} has")


def one_mind(checks, folder):
    """A key that nobody knows, in every map: the parser lists what it knows there, and the schema knows the same."""
    shutil.copytree(SCENARIOS, folder / "scenarios")
    for kind, place in (("model", "model.yaml"), ("programme", "programmes/vroegsignalering.yaml"),
                        ("programme", "programmes/schuldhulpverlening.yaml")):
        file = folder / "scenarios/leiden" / place
        whole, root = read(file), schema_of(kind)
        if kind == "model":  # a chance, which no shipped model has
            onset = whole["states"]["poor_housing"]["onset"]
            onset["probability"] = {**onset.pop("per_year"), "years": 1}
        known = {}
        for path, at, keys in list(maps_in(whole, root, root)):
            at["zzzzzzzz"] = 1
            known[written(path)] = keys
        original = file.read_text()
        file.write_text(yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=1000))
        said = done(checks, call("list", "programmes", folder=folder), f"unknown keys in {place}", code=65).stderr
        file.write_text(original)
        listed = dict(re.findall(r"^ +\d+:\d+ +(.*?)\.?zzzzzzzz: unknown key\n +known here: (.*)$", said, re.M))
        checks.equal(sorted(set(listed) ^ set(known)), [], f"{place}: maps of which only one of the two knows")
        for path, words in listed.items():
            accepted = set(re.split(r", | and ", words)) - (OF_ITS_OWN - known.get(path, set()))
            checks.equal(accepted - {"years"}, known.get(path, set()) - {"years"}, f"{place}: {path or 'the file'}")


Checks().run(shipped_schemas, shipped_files, broken_files, every_kind_is_seen, one_mind)
