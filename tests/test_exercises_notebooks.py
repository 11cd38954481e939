"""Each generated notebook: it runs, its cells carry what nbgrader reads, and its solutions are right."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient

EXERCISES = ROOT / "exercises"
STUDENTS = sorted([*EXERCISES.glob("*.ipynb"), *(EXERCISES / "assessment").glob("*.ipynb")])
SOLVED = sorted([*(EXERCISES / "solutions").glob("*.ipynb"), *(EXERCISES / "held-out").glob("*.ipynb")])


def executed(path, home, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(home))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    book = nbformat.read(path, 4)
    where = {"metadata": {"path": str(path.parent)}}
    NotebookClient(book, timeout=120, kernel_name="python3", resources=where).execute()
    return book


def values(book):
    """What each check gave, by its cell."""
    found = {}
    for cell in book.cells:
        about = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and about.get("grade"):
            (output,) = cell.outputs
            assert output.output_type == "execute_result", cell.id
            found[cell.id] = (float(output.data["text/plain"]), about["points"])
    return found


@pytest.mark.parametrize("path", STUDENTS, ids=lambda p: p.stem)
def test_a_blank_set_runs_and_earns_nothing(path, tmp_path, monkeypatch):
    found = values(executed(path, tmp_path, monkeypatch))
    assert found
    assert {got for got, _ in found.values()} == {0.0}


@pytest.mark.parametrize("path", SOLVED, ids=lambda p: p.stem)
def test_solutions_earn_all_points(path, tmp_path, monkeypatch):
    for cell, (got, most) in values(executed(path, tmp_path, monkeypatch)).items():
        assert got == most, cell


@pytest.mark.parametrize("path", [*STUDENTS, *SOLVED], ids=lambda p: f"{p.parent.name} {p.stem}")
def test_cells_are_as_a_notebook_of_the_course_is(path):
    raw = json.loads(path.read_text(encoding="utf-8"))
    nbformat.validate(nbformat.from_dict(raw))
    names = [cell["id"] for cell in raw["cells"]]
    assert len({*names}) == len(names)
    for cell in raw["cells"]:
        about = cell["metadata"]["nbgrader"]
        assert about["grade_id"] == cell["id"]
        assert about["schema_version"] == 3
        assert re.fullmatch(r"[\w-]+", cell["id"])
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)
            assert len(cell["source"]) <= 12
            compile("".join(cell["source"]), cell["id"], "exec")
    header = "".join(raw["cells"][0]["source"])
    for part in ("**For:**", "**Time:**", "**You need:**", "invented"):
        assert part in header
    for link in re.findall(r"\]\((\.\.[^)]+)\)", header):
        assert (path.parent / link).is_file(), link


@pytest.mark.parametrize("path", STUDENTS, ids=lambda p: p.stem)
def test_a_students_notebook_holds_no_answer(path):
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["id"].endswith("-answer"):
            source = "".join(cell["source"]).rstrip()
            assert source.startswith(f"# {cell['id'].removesuffix('-answer')}: your answer\n")
            assert source.endswith("...") or "ex.card(" in source or "MarkingPane(" in source


def nbgrader(course, *arguments):
    command = [sys.executable, "-m", "nbgrader", *arguments, f"--course-dir={course}", "--assignment=ex01"]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])  # it calls alembic
    env = {**os.environ, "PATH": path}
    done = subprocess.run(command, cwd=course, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.slow
def test_nbgrader_takes_it_as_it_is(tmp_path, monkeypatch):
    """Released unchanged, handed in with answers in code and as data, and marked in part."""
    pytest.importorskip("nbgrader", reason="nbgrader is an optional extra")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path / "home"))
    import reviewkit as rk
    from reviewkit.exercises import load_key

    course = tmp_path / "course"
    (course / "source" / "ex01").mkdir(parents=True)
    source = course / "source" / "ex01" / "ex01.ipynb"
    shutil.copyfile(EXERCISES / "assessment" / "ex01_the-great-gatsby.ipynb", source)
    nbgrader(course, "generate_assignment")
    released = json.loads((course / "release" / "ex01" / "ex01.ipynb").read_text(encoding="utf-8"))
    before = json.loads(source.read_text(encoding="utf-8"))
    assert ["".join(c["source"]) for c in released["cells"]] == [
        "".join(c["source"]) for c in before["cells"]
    ]

    work = tmp_path / "work"
    work.mkdir()
    for cell in released["cells"]:
        if cell["id"] == "ex01-above-answer":
            cell["source"] = 'votes = corpus.reviews["helpful_votes"]\nabove = (votes > votes.mean()).sum()'
    (work / "ex01.ipynb").write_text(json.dumps(released), encoding="utf-8")
    monkeypatch.chdir(work)
    key = {task["id"]: task["key"] for task in load_key("ex01", "the-great-gatsby")["tasks"]}
    ex = rk.exercise("ex01", "the-great-gatsby")
    ex.check("end", key["end"]["expected"])  # as a card does
    ex.check("rights", key["rights"]["right"][:1])
    assert "Ready" in str(ex.submit())
    (handed_in,) = (tmp_path / "home" / "my_work" / "handed_in").iterdir()
    place = course / "submitted" / "owl-3" / "ex01"
    place.mkdir(parents=True)
    shutil.copyfile(handed_in, place / "ex01.ipynb")
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path / "grader"))
    nbgrader(course, "autograde", "--create")
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        grades = {g.name: g.auto_score for g in book.find_submission("ex01", "owl-3").notebooks[0].grades}
    assert grades["ex01-end"] == 1
    assert grades["ex01-above"] == 2
    assert 0 < grades["ex01-rights"] < 2
    assert grades["ex01-nought"] == 0


@pytest.mark.slow
def test_a_teacher_makes_a_fresh_assessment(tmp_path, monkeypatch):
    """From a page that no class has seen: the class's part runs where it is unpacked, and holds no key."""
    tool = [sys.executable, str(ROOT / "tools" / "exercise_sets.py"), "--page", "held-out/little-women"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*tool, "--to", str(tmp_path / "fresh"), "--names"], env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    shutil.move(tmp_path / "fresh" / "held-out", tmp_path / "mine")
    books = sorted((tmp_path / "fresh").glob("*.ipynb"))
    assert books
    for path in books:
        found = executed(path, tmp_path / "fresh", monkeypatch)
        assert {got for got, _ in values(found).values()} == {0.0}
    sheet = json.loads((tmp_path / "fresh" / "sheets" / "ex02.little-women.json").read_text(encoding="utf-8"))
    assert sheet["identity"] == "name"
    assert not any("key" in task for task in sheet["tasks"])
    from reviewkit.exercises import load_key

    assert load_key("ex02", "little-women", folder=tmp_path / "mine")["set"] == "ex02"


def test_no_other_cell_sets_the_variable_of_a_task():
    """What a task keeps would be lost with it, and a check that is run again would check another thing."""
    for path in sorted((ROOT / "exercises").glob("**/ex0*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = {c["id"]: "".join(c["source"]) for c in cells if c["cell_type"] == "code"}
        answers = [name for name in sources if name.endswith("-answer")]
        for name in answers:
            variable = name.split("-", 1)[1].removesuffix("-answer").replace("-", "_")
            sets = re.compile(rf"^{variable}\s*=(?!=)", re.MULTILINE)
            assert [n for n, source in sources.items() if sets.search(source)] == [name], path.name
