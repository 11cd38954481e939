"""What a class gets: it starts and runs, and nothing in it tells what a class must not know."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile

import nbformat
import pandas as pd
import pytest
from conftest import ROOT
from nbclient import NotebookClient

import reviewkit as rk
from reviewkit.commands import main
from reviewkit.errors import ReviewkitError
from reviewkit.handing_out import ASSESSED, hand_out


@pytest.fixture(scope="module")
def handout(tmp_path_factory):
    """The folder, unpacked from its zip."""
    to = tmp_path_factory.mktemp("handout")
    assert main(["handout", str(to / "made")]) == 0
    with zipfile.ZipFile(to / "made" / "reviewkit.zip") as packed:
        packed.extractall(to / "unpacked ä")
    return to / "unpacked ä" / "reviewkit"


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def text_of(path):
    return path.read_text(encoding="utf-8", errors="ignore")


def test_folder_and_zip_are_the_same(tmp_path):
    folder, packed = hand_out(tmp_path)
    with zipfile.ZipFile(packed) as archive:
        inside = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert inside == {path.relative_to(folder).as_posix(): path.read_bytes() for path in files(folder)}
    with pytest.raises(ReviewkitError, match="already"):
        hand_out(tmp_path)


def test_what_a_class_needs_is_there(handout):
    for name in (
        "start.py",
        "requirements.txt",
        "tools/commands.py",
        "data/never-let-me-go/labels/evidence.csv",
    ):
        assert (handout / name).is_file(), name
    assert len(list((handout / "notebooks").glob("*.ipynb"))) == len(
        list((ROOT / "notebooks").glob("*.ipynb"))
    )
    assert len(list((handout / "exercises" / "assessment").glob("*.ipynb"))) > 1
    done = subprocess.run([sys.executable, "start.py", "help"], cwd=handout, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_nothing_secret_is_there(handout):
    names = [path.relative_to(handout).as_posix() for path in files(handout)]
    for word in (
        "held-out/",
        "solutions",
        "exercises/source",
        "tests/",
        "teachers",
        "development/",
        "benchmarks",
    ):
        assert not [name for name in names if word in name]
    about = [name for name in names if name.startswith(f"data/{ASSESSED}/")]
    assert sorted(about) == [f"data/{ASSESSED}/{name}" for name in ("about.toml", "facts.csv", "page.txt")]


def why(name):
    return rk.load(name).labels.adjudication["why"].astype(str)


def test_no_file_tells_the_assessments_key(handout):
    """Neither what a key says to a wrong answer, nor a solution, nor why annotators differed."""
    keys = [json.loads(text_of(path)) for path in (ROOT / "exercises" / "held-out").glob("*.json")]
    assert keys
    practice = " ".join(text_of(path) for path in (ROOT / "reviewkit" / "exercises" / "sets").glob("*.json"))
    secrets = {task["solution"] for key in keys for task in key["tasks"] if len(task["solution"]) > 40}
    secrets |= {task["ask"] for key in keys for task in key["tasks"] if task["ask"]}
    secrets = {json.dumps(each, ensure_ascii=False)[1:-1] for each in secrets}
    secrets = {each for each in secrets if each not in practice}
    said = rk.load(ASSESSED).labels.adjudication["why"].astype(str)
    shared = {text for name in ("never-let-me-go", "never-let-me-go-critic") for text in why(name)}
    secrets |= {text for text in said if len(text) > 50} - shared
    everything = {path: text_of(path) for path in files(handout) if path.suffix != ".png"}
    for secret in secrets:
        assert not [path.name for path, text in everything.items() if secret in text], secret


def test_held_out_reviews_are_not_there(handout):
    kept = [p for p in files(handout) if p.suffix not in (".png", ".js")]
    everything = "\n".join(map(text_of, kept))
    folders = sorted((ROOT / "data" / "held-out").glob("*/page.csv"))
    assert folders
    for page in folders:
        for text in pd.read_csv(page)["text"].dropna():
            assert str(text)[:60] not in everything


def test_no_lesson_goes_through_the_assessments_reviews(handout):
    for path in (handout / "notebooks").glob("*.ipynb"):
        code = [c.source for c in nbformat.read(path, 4).cells if c.cell_type == "code"]
        assert not [source for source in code if f'"{ASSESSED}"' in source], path.name
        nbformat.validate(nbformat.read(path, 4))


def test_the_unpacked_kit_knows_no_key(handout, tmp_path):
    code = (
        "import json, reviewkit as rk; from reviewkit.errors import ReviewkitError\n"
        f"corpus = rk.load('{ASSESSED}')\n"
        f"ex = rk.exercise('ex01', '{ASSESSED}')\n"
        "try: rk.load('held-out/little-women'); held = True\n"
        "except ReviewkitError: held = False\n"
        "known = [len(corpus.key), len(corpus.verdicts), ex.check('end', 5).result, held]\n"
        "print(json.dumps([rk.__file__, *known]))"
    )
    env = {**os.environ, "PYTHONPATH": str(handout), "REVIEWKIT_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    where, *known = json.loads(done.stdout)
    assert where.startswith(str(handout))
    assert known == [0, 0, "kept", False]


def run(path, home, monkeypatch, kit):
    monkeypatch.setenv("PYTHONPATH", str(kit))
    monkeypatch.setenv("REVIEWKIT_HOME", str(home))
    book = nbformat.read(path, 4)
    nbformat.validate(book)
    where = {"metadata": {"path": str(path.parent)}}
    NotebookClient(book, timeout=120, kernel_name="python3", resources=where).execute()
    return book


def test_the_first_notebook_runs_from_the_handout(handout, tmp_path, monkeypatch):
    run(handout / "notebooks" / "00_start_here.ipynb", tmp_path, monkeypatch, handout)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(1, 9))
def test_every_lesson_runs_from_the_handout(handout, number, tmp_path, monkeypatch):
    (path,) = (handout / "notebooks").glob(f"{number:02}_*.ipynb")
    run(path, tmp_path, monkeypatch, handout)


@pytest.mark.slow
def test_every_exercise_runs_from_the_handout(handout, tmp_path, monkeypatch):
    for path in sorted((handout / "exercises").rglob("*.ipynb")):
        run(path, tmp_path, monkeypatch, handout)
