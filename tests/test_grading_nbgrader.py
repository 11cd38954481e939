"""Side by side with nbgrader: the same notebooks, marked by it and by us, task by task."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from handed_in import put
from handed_sets import PAGE, SETS, key_of, solved_of, spoilt, student_of

from reviewkit.grading import grade

HELD = ROOT / "exercises" / "held-out"

pytestmark = pytest.mark.slow


def answered(released: dict, set_id: str, *, half: bool) -> dict:
    """A notebook with the model answers; with `half`, every other task of it is answered wrong."""
    book = copy.deepcopy(released)
    cells = {cell["id"]: cell for cell in book["cells"]}
    solved = {cell["id"]: cell["source"] for cell in solved_of(set_id)["cells"]}
    closed = [task for task in key_of(set_id)["tasks"] if task["kind"] != "open"]
    for number, task in enumerate(closed):
        name = f"{set_id}-{task['id']}-answer"
        cells[name]["source"] = solved[name]
        if half and number % 2 == 0:
            wrong, _ = spoilt(set_id, task)
            cells[name]["source"] = f"# {set_id}-{task['id']}: your answer\n{task['variable']} = {wrong!r}"
    return book


def nbgrader(step: str, course: Path, set_id: str) -> None:
    """Have nbgrader take a step with an assignment."""
    env = os.environ | {"REVIEWKIT_KEYS": str(HELD), "REVIEWKIT_HOME": str(course.parent / "home")}
    env["PYTHONPATH"] = str(ROOT)
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env.get("PATH", "")])  # it calls alembic
    command = [sys.executable, "-m", "nbgrader", step, f"--assignment={set_id}", "--create"]
    done = subprocess.run(command, cwd=course, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.parametrize("set_id", SETS)
def test_both_give_the_same_marks(tmp_path, set_id):
    pytest.importorskip("nbgrader", reason="nbgrader is an optional extra")
    course = tmp_path / "course"
    put(tmp_path, f"course/source/{set_id}/{set_id}.ipynb", student_of(set_id))
    nbgrader("generate_assignment", course, set_id)
    released = json.loads((course / "release" / set_id / f"{set_id}.ipynb").read_text(encoding="utf-8"))
    for student in ("right", "half"):
        book = answered(released, set_id, half=student == "half")
        put(tmp_path, f"course/submitted/{student}/{set_id}/{set_id}.ipynb", book)
        put(tmp_path, f"in/{student}/{set_id}_{PAGE}.ipynb", book)
    nbgrader("autograde", course, set_id)
    from nbgrader.api import Gradebook

    ours, theirs = {}, {}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for student in ("right", "half"):
            (made,) = grade(
                tmp_path / "in" / student, tmp_path / f"out-{student}", keys=HELD, say=lambda text: None
            ).made
            rows = [row for row in made.rows if row["kind"] != "open"]
            ours[student] = {f"{set_id}-{row['task']}": row["points"] for row in rows}
            (marked,) = gradebook.find_submission(set_id, student).notebooks
            theirs[student] = {g.name: g.auto_score for g in marked.grades if g.name in ours[student]}
    assert theirs == ours
    assert sum(ours["right"].values()) == sum(row["out_of"] for row in rows)
    assert 0 < sum(ours["half"].values()) < sum(ours["right"].values())
