#!/usr/bin/python3
"""A start that is kept is named after the sources that found it: another engine searches anew."""
import re
import shutil
import subprocess

from program import PROJECT, Checks

ROOMS = ["include/sleutel", "sim/base", "sim/kernel", "sim/events", "sim/engine"]


def engine_id(folder):
    header = folder / "engine_id.h"
    subprocess.run(["cmake", f"-DSOURCE={folder}", f"-DOUTPUT={header}", "-P", PROJECT / "cmake/EngineId.cmake"], check=True)
    return re.search(r"kEngineId = (0x[0-9a-f]{16})ULL", header.read_text())[1]


def named_after_sources(checks, folder):
    for room in ROOMS:
        shutil.copytree(PROJECT / room, folder / room)
    before = engine_id(folder)
    checks.equal(engine_id(folder), before, "name of the same sources")
    for name in ["sim/engine/replay.cpp", "sim/kernel/form.inc", "include/sleutel/random.h", "sim/events/birth.cpp"]:
        source = folder / name
        text = source.read_text()
        source.write_text(text + "// changed\n")
        checks.that(engine_id(folder) != before, f"another {name} has another name")
        source.write_text(text)
    checks.equal(engine_id(folder), before, "name of the sources as they were")
    (folder / "sim/engine/more.cpp").write_text("// new\n")
    checks.that(engine_id(folder) != before, "one more source has another name")


Checks().run(named_after_sources)
