#!/usr/bin/python3
"""The same study gives the same bits: any number of threads, any form of the kernel, a libm without FMA and AVX2.

    same_bits_test.py PROGRAM                  also compares with the digest that is kept in golden.txt
    SLEUTEL_LONG=1 same_bits_test.py PROGRAM   finds its start anew
    same_bits_test.py PROGRAM --renew          writes golden.txt anew; the reason goes into CHANGELOG.md
"""
import sys
from pathlib import Path

from program import LONG, PROJECT, Checks, call, digest_of, done, write_study

GOLDEN = PROJECT / "tests/program/golden.txt"
STUDY = {
    "study": "same-bits", "question": "Are the bits the same everywhere?", "city": "leiden", "start": "2024-01",
    "years": 3, "replicates": 2, "seed": 1234, "residents": 3000,
    "scenarios": {
        "baseline": {},
        "debt-help": {"programmes": [{"programme": "vroegsignalering", "coverage": 0.6, "from": "2024-06"}]},
        "debt-help-and-course": {
            "extends": "debt-help",
            "programmes": [{"programme": "preventiecursus-depressie", "coverage": 0.5, "from": "2024-09"}],
        },
    },
}
WITHOUT_FMA = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2_Usable,-FMA_Usable,-AVX2,-FMA"}
WAYS = {
    "1 thread": (["--threads", "1"], {}),
    "2 threads": (["--threads", "2"], {}),
    "3 threads": (["--threads", "3"], {}),
    "8 threads": (["--threads", "8"], {}),
    "the scalar kernel": (["--isa", "scalar"], {}),
    "the AVX2 kernel": (["--isa", "avx2"], {}),
    "the AVX-512 kernel": (["--isa", "avx512"], {}),
    "SLEUTEL_ISA=scalar": ([], {"SLEUTEL_ISA": "scalar"}),
    "a libm without AVX2 and FMA": ([], WITHOUT_FMA),
    "a libm without AVX2 and FMA, the scalar kernel": (["--isa", "scalar"], WITHOUT_FMA),
}
ABOUT = """# Digest of the results of the study in same_bits_test.py. It changes when a number of the results changes, and only then.
# To renew, when a change of results is meant: tests/program/same_bits_test.py PROGRAM --renew, with the reason in CHANGELOG.md.
"""


def digest_by(checks, folder, name, options, environment, **changes):
    study = write_study(STUDY, folder, **changes)
    output = folder / f"{len(list(folder.glob('*.h5')))}.h5"
    done(checks, call("run", study, "--output", output, "--quiet", *options, environment=environment), name)
    return digest_of(output)


def can_run(options):
    """True unless the options ask for an instruction set that this processor lacks."""
    flags = Path("/proc/cpuinfo").read_text().split()
    asked = {"avx2": ["avx2", "bmi1", "popcnt"], "avx512": ["avx512f", "avx512bw", "avx512dq", "avx512vl"]}
    return all(flag in flags for option in options for flag in asked.get(option, []))


def every_way(checks, folder):
    # The long form finds its start anew, as .ci/compilers does with clang++: does the engine find another one today?
    first = digest_by(checks, folder, "plain", [], {"SLEUTEL_CACHE": str(folder / "cache")} if LONG else {})
    checks.that(len(first) >= 32, f"a digest is a long number: {first!r}")
    for name, (options, environment) in WAYS.items():
        if not can_run(options):
            continue
        checks.equal(digest_by(checks, folder, name, options, environment), first, name)
    if "--renew" in sys.argv:
        GOLDEN.write_text(f"{ABOUT}{first}\n")
    kept = [line for line in GOLDEN.read_text().splitlines() if line and not line.startswith("#")]
    checks.equal([first], kept, "the digest in golden.txt")


def runs_or_blocks(checks, folder):
    """One run on many threads is cut into blocks of residents, many runs are not: both give the same."""
    one = digest_by(checks, folder, "one run", ["--threads", "8"], {}, replicates=1, scenarios={"baseline": {}})
    alone = digest_by(checks, folder, "one run", ["--threads", "1"], {}, replicates=1, scenarios={"baseline": {}})
    checks.equal(one, alone, "one run, blocks on 8 threads")


def another_seed(checks, folder):
    """The digest sees a change: else equality would say nothing."""
    one = digest_by(checks, folder, "a seed", [], {}, replicates=1, years=1)
    checks.that(one != digest_by(checks, folder, "another seed", [], {}, replicates=1, years=1, seed=1235),
                "another seed has another digest")


Checks().run(every_way, runs_or_blocks, another_seed)
