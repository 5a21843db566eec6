#!/usr/bin/python3
"""Two builds of the program give the same bits: what one compiler made against what another made.

    compilers.py PROGRAM OTHER

The other finds the start by itself, and with SLEUTEL_LONG=1 the program does too; else it may take the start that an
earlier run of it has kept.
"""
import sys
from pathlib import Path

from program import LONG, PROGRAM, Checks, call, digest_of, done, write_study

OTHER = Path(sys.argv[2]).resolve()
STUDY = {
    "study": "compilers", "question": "Do the compilers agree?", "city": "leiden", "start": "2024-01", "years": 3,
    "replicates": 1, "seed": 77, "residents": 3000,
    "scenarios": {
        "baseline": {},
        "debt-help": {"programmes": [{"programme": "vroegsignalering", "coverage": 0.6, "from": "2024-06"}]},
    },
}
NEEDS = {"scalar": [], "avx2": ["avx2", "bmi1", "popcnt"], "avx512": ["avx512f", "avx512bw", "avx512dq", "avx512vl"]}


def forms():
    """The forms of the kernel that this processor can run."""
    flags = Path("/proc/cpuinfo").read_text().split()
    return [form for form, needs in NEEDS.items() if all(flag in flags for flag in needs)]


def same_bits(checks, folder):
    checks.that(OTHER != PROGRAM and OTHER.read_bytes() != PROGRAM.read_bytes(), "two different programs are compared")
    study = write_study(STUDY, folder)
    for form in forms():
        digests = []
        for program in (PROGRAM, OTHER):
            output = folder / f"{form}-{len(digests)}.h5"
            own = {"SLEUTEL_CACHE": str(folder / f"cache-{len(digests)}")} if LONG or program == OTHER else {}
            done(checks, call("run", study, "--isa", form, "--output", output, "--quiet", environment=own,
                              program=program), f"{program}, {form}")
            digests.append(digest_of(output))
        checks.that(len(digests[0]) >= 32, f"a digest is a long number: {digests[0]!r}")
        checks.equal(digests[1], digests[0], f"{form}: the digest of {OTHER}")
        print(f"{form}: {digests[0]}")


Checks().run(same_bits)
