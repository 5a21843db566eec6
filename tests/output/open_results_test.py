#!/usr/bin/python3
"""Results open everywhere without our code: xarray (both engines), netCDF4, h5py.

    open_results_test.py PROGRAM             runs a small study with the program and opens what it made
    open_results_test.py --file FILE JSON    opens a file whose numbers stand in a JSON file (tests/output/readers_test.cpp)
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import netCDF4
import numpy as np
import xarray as xr

AXES = ("scenario", "draw", "replicate", "year")
GROUPS = {"buurt": ("buurt",), "income": ("income",), "life_stage": ("life_stage",)}
STUDY = """study: opens-everywhere
question: Do the results open in every reader?
city: leiden
start: 2024-01
years: 2
replicates: 2
seed: 5
residents: 2000
scenarios:
  baseline: {}
  debt-help:
    programmes:
      - {programme: vroegsignalering, coverage: 0.6, from: 2024-06}
"""


def check(condition, what):
    if not condition:
        sys.exit(f"open_results_test: {what}")


def outcomes_of(dataset):
    return [name.removesuffix("_numerator") for name in dataset.data_vars if name.endswith("_numerator")]


def values_from_sums(dataset, outcome):
    numerator, denominator = dataset[outcome + "_numerator"], dataset[outcome + "_denominator"]
    with np.errstate(divide="ignore", invalid="ignore"):
        return (numerator.values / numerator.attrs["divisor"]) / (denominator.values / denominator.attrs["divisor"])


def check_root(dataset, engine):
    check(tuple(dataset.sizes) == AXES + ("district",), f"{engine}: dimensions {tuple(dataset.sizes)}")
    for axis in AXES + ("district",):
        check(axis in dataset.coords, f"{engine}: no coordinate {axis}")
    check(dataset.scenario.values[0] == "baseline", f"{engine}: the baseline is not the first scenario")
    check(dataset.year.dtype.kind == "i", f"{engine}: years are not whole numbers")
    check(dataset.attrs["Conventions"] == "CF-1.8", f"{engine}: no convention")
    check(outcomes_of(dataset), f"{engine}: no outcomes")
    for outcome in outcomes_of(dataset):
        check(dataset[outcome].dims == AXES + ("district",), f"{engine}: {outcome} has dimensions {dataset[outcome].dims}")
        for attribute in ("units", "long_name", "cell_methods", "definition", "smallest_difference_that_matters"):
            check(attribute in dataset[outcome].attrs, f"{engine}: {outcome} has no {attribute}")
        np.testing.assert_array_equal(dataset[outcome].values, values_from_sums(dataset, outcome), outcome)
    check(set(np.unique(dataset.complete.values)) <= {0, 1}, f"{engine}: complete is not 0 or 1")


def check_groups(path, engine):
    """Each stratification adds up to the city, the last district."""
    root = xr.open_dataset(path, engine=engine)
    for group, axes in GROUPS.items():
        part = xr.open_dataset(path, engine=engine, group=group)
        check(tuple(part.sizes) == AXES + axes, f"{engine}: /{group} has dimensions {tuple(part.sizes)}")
        check(all(axis in part.coords for axis in AXES + axes), f"{engine}: /{group} lacks a coordinate")
        for outcome in outcomes_of(root):
            city = root[outcome + "_numerator"].isel(district=-1)
            np.testing.assert_array_equal(part[outcome + "_numerator"].sum(axes, skipna=False), city, f"{group} {outcome}")
    cells = xr.open_dataset(path, engine=engine, group="income_age_sex")
    check(tuple(cells.sizes) == AXES + ("income", "life_stage", "sex"), f"{engine}: cells {tuple(cells.sizes)}")
    books = xr.open_dataset(path, engine=engine, group="population")
    balance = books.before + books.births + books.arrivals - books.deaths - books.departures
    check(balance.dims == AXES, f"{engine}: books have dimensions {balance.dims}")
    return balance, books.after


def check_netcdf4(path):
    with netCDF4.Dataset(path) as dataset:
        check(list(dataset.dimensions) == list(AXES) + ["district"], f"netCDF4: dimensions {list(dataset.dimensions)}")
        check(dataset["district"][:].dtype == object, "netCDF4: districts are not texts")
        check(dataset["problem_debt_numerator"].dtype == np.int64, "netCDF4: numerators are not 64-bit integers")
        check("study:" in dataset["provenance/study_text"][...], "netCDF4: the study is not in the file")
        check(dataset["buurt/buurt"].dimensions == ("buurt",), "netCDF4: /buurt has no dimension of its own")


def check_h5py(path):
    with h5py.File(path) as file:
        scale = file["problem_debt"].dims[4][0]
        check(scale.name == "/district", f"h5py: the last axis is {scale.name}")
        check(all(isinstance(label, str) for label in file["district"].asstr()[:]), "h5py: districts are not texts")
        check(file.attrs["inputs_digest"] and len(file.attrs["inputs_digest"]) == 64, "h5py: no digest of inputs")
        check(file["problem_debt"].attrs["label_nl"] != "", "h5py: no Dutch label")


def check_axes(path):
    """The library itself finds one axis on each dimension of each variable, and each axis lists whoever has it, once."""
    with h5py.File(path) as file:
        found, listed = set(), set()

        def look(name, item):
            if not isinstance(item, h5py.Dataset):
                return
            if "DIMENSION_LIST" in item.attrs:
                for number, dimension in enumerate(item.dims):
                    check(len(dimension) == 1 and h5py.h5ds.is_scale(dimension[0].id), f"h5py: {name} has one axis on dimension {number}")
                    found.add((dimension[0].name, item.name, number))
            for reference, number in item.attrs.get("REFERENCE_LIST", ()):
                entry = (item.name, file[reference].name, int(number))
                check(entry not in listed, f"h5py: {entry} is listed once")
                listed.add(entry)

        file.visititems(look)
        check(len(found) > 20 and found == listed, f"h5py: axes and what they list: {len(found)} and {len(listed)}")


def check_file(path):
    check_root(xr.open_dataset(path), "default engine")
    for engine in ("netcdf4", "h5netcdf"):
        check_root(xr.open_dataset(path, engine=engine), engine)
        balance = check_groups(path, engine)
    check_netcdf4(path)
    check_h5py(path)
    check_axes(path)
    table = xr.open_dataset(path)["problem_debt"].to_dataframe()
    check(len(table) > 0 and "problem_debt" in table, "pandas: no table")
    return balance


def compare_with_json(path, expected):
    dataset = xr.open_dataset(path)
    for name, numbers in expected["city"].items():
        found = dataset[name].isel(district=-1, draw=0).values.ravel()
        np.testing.assert_array_equal(found, np.array(numbers, dtype=float), name)
    check(list(dataset.district.values) == expected["districts"], f"districts {list(dataset.district.values)}")
    check(list(dataset.scenario.values) == expected["scenarios"], f"scenarios {list(dataset.scenario.values)}")


def run_and_check(program):
    with tempfile.TemporaryDirectory() as folder:
        study, path = Path(folder, "opens-everywhere.yaml"), Path(folder, "opens-everywhere.h5")
        study.write_text(STUDY, encoding="utf-8")
        subprocess.run([program, "run", str(study), "--output", str(path), "--quiet"], check=True, capture_output=True)
        balance, after = check_file(path)
        np.testing.assert_array_equal(balance, after, "nobody is lost")
        check(int(xr.open_dataset(path).complete.sum()) == 8, "not all years are in the file")


def main():
    if sys.argv[1] == "--file":
        check_file(sys.argv[2])
        compare_with_json(sys.argv[2], json.loads(Path(sys.argv[3]).read_text(encoding="utf-8")))
    else:
        run_and_check(sys.argv[1])
    print("results open in xarray (netcdf4, h5netcdf), netCDF4, h5py and pandas")


if __name__ == "__main__":
    main()
