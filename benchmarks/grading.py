"""How fast is a class marked? 300 sets handed in as data, notebooks that are run, and nbgrader beside it.

    python benchmarks/grading.py [--nbgrader PROGRAM]

nbgrader is an extra; where PROGRAM (or `nbgrader` on the path) is there, it grades the same notebooks.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from reviewkit import _paths
from reviewkit.exercises import load_key
from reviewkit.grading import grade
from reviewkit.grading.confining import Confinement, Limits, probe
from reviewkit.grading.running import Job, Runner
from reviewkit.grading.staging import stage

PLACE = _paths.kit() / "exercises"
HELD = PLACE / "held-out"
KEY = load_key("ex01", "the-great-gatsby", HELD)
SOLVED = json.loads((HELD / "ex01_the-great-gatsby_solutions.ipynb").read_text(encoding="utf-8"))


def main() -> None:
    """Measure, and print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--nbgrader", default=shutil.which("nbgrader"))
    program = options.parse_args().nbgrader
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        print(f"300 sets as data: {as_data(work, 300):.1f} s (aim: under 10 s)")
        for name, how in (("confined", probe()), ("not confined", Confinement(None))):
            if how or name == "not confined":
                beyond, whole = beyond_cells(work / name, how, 6)
                print(f"a notebook that is run, {name}: {whole:.2f} s, {beyond:.2f} s beyond its cells")
        if program:
            beside(work, program, 4)


def said(number: int) -> dict[str, Any]:
    """A notebook with its answers as data, a third of them wrong."""
    answers: dict[str, Any] = {}
    for place, task in enumerate(KEY["tasks"]):
        key = task["key"]
        answer = key.get(
            "right", key.get("expected", {"text": f"Number {number}. " + "Its own words. " * 30})
        )
        answers[task["id"]] = {"answer": number if (place + number) % 3 == 0 else answer, "tries": 1}
    book: dict[str, Any] = copy.deepcopy(SOLVED)
    who = {"as": "pseudonym", "is": f"owl-{number}"}
    about = {"schema": "reviewkit-submission/1", "set": "ex01", "page": KEY["page"], "kit": "0", "who": who}
    book["metadata"]["reviewkit_submission"] = about | {"at": "", "texts": KEY["texts"], "answers": answers}
    return book


def as_data(work: Path, count: int) -> float:
    """Seconds for a class whose answers came as data, pages and tables included."""
    for number in range(count):
        put(work / "class" / f"owl-{number}.ipynb", said(number))
    began = time.perf_counter()
    grade(work / "class", work / "out", keys=HELD, say=lambda text: None)
    return time.perf_counter() - began


def beyond_cells(work: Path, how: Confinement, count: int) -> tuple[float, float]:
    """Seconds for a notebook beyond its cells (aim: 3) and altogether, medians of some run in a row."""
    kit = stage(work / "kit", [KEY])
    cells = [(n, "".join(c["source"])) for n, c in enumerate(SOLVED["cells"]) if c["cell_type"] == "code"]
    sheet = {**KEY, "tasks": [{k: v for k, v in t.items() if k != "key"} for t in KEY["tasks"]]}
    book = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    jobs = [Job(str(n), sheet, "assessment", cells, [], book) for n in range(count)]
    took, beyond = [], []
    began = time.perf_counter()
    for _, outcome in Runner(kit, how, Limits()).run(jobs):
        now = time.perf_counter()
        took.append(now - began)
        beyond.append(now - began - outcome.cells)
        began = now
    return statistics.median(beyond), statistics.median(took)


def beside(work: Path, program: str, count: int) -> None:
    """The same notebooks, by nbgrader and by us: sound ones, and one with a check twice."""
    course = work / "course"
    course.mkdir()
    put(course / "source" / "ex01" / "ex01.ipynb", SOLVED)
    odd = copy.deepcopy(SOLVED)
    odd["cells"].append(copy.deepcopy(next(c for c in odd["cells"] if c["id"] == "ex01-end")))
    for number in range(count):
        book = odd if number == count - 1 else SOLVED
        put(course / "submitted" / f"s{number}" / "ex01" / "ex01.ipynb", book)
        put(work / "same" / f"s{number}" / "ex01.ipynb", book)
    env = os.environ | {"REVIEWKIT_KEYS": str(HELD), "PYTHONPATH": str(_paths.kit())}
    env |= {"REVIEWKIT_HOME": str(work / "home")}
    env["PATH"] = f"{Path(program).parent}{os.pathsep}{env['PATH']}"

    def call(*words: str) -> tuple[float, str]:
        began = time.perf_counter()
        done = subprocess.run([program, *words], cwd=course, env=env, capture_output=True, text=True)
        return time.perf_counter() - began, done.stderr

    _, made = call("generate_assignment", "ex01", "--create")
    if "ERROR" in made:
        print("nbgrader could not make the assignment:", made.strip().splitlines()[-1], file=sys.stderr)
    theirs, told = call("autograde", "ex01")
    graded = len(list((course / "autograded").glob("*/*/*.ipynb")))
    began = time.perf_counter()
    ours = grade(work / "same", work / "same-out", keys=HELD, say=lambda text: None)
    took = time.perf_counter() - began
    print(f"{count} notebooks, one with a check twice: nbgrader {theirs:.1f} s, {graded} graded; ", end="")
    print(f"ours {took:.1f} s, {sum(bool(each.rows) for each in ours.made)} graded")
    if graded < count:
        print("nbgrader said:", [line for line in told.splitlines() if "ERROR" in line][-1:], file=sys.stderr)


def put(path: Path, book: dict[str, Any]) -> None:
    """Write a notebook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(book), encoding="utf-8")


if __name__ == "__main__":
    main()
