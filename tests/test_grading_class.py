"""A class of sixty with every fault and a dozen attacks: all others are marked right, nothing leaks."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time

import handed_in
import pytest
from conftest import ROOT
from handed_in import CLOSED, SECRET, as_data, attack, bare, hostile, moodle, put, the_class
from handed_sets import REASON, SETS

from reviewkit.grading import grade
from reviewkit.grading.confining import Confinement, Limits, probe

HELD = ROOT / "exercises" / "held-out"
QUICK = Limits(seconds=30, cell=6, memory=1_200_000_000)
confined = pytest.mark.skipif(not probe(), reason=f"no confinement here: {probe().why}")


def by_id(done):
    return {each.id: each for each in done.made}


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """The class, marked once, and the folder with what nobody may read."""
    root = tmp_path_factory.mktemp("class")
    secret = put(root, "private/grades-of-last-year.csv", SECRET)
    other = root / "in" / moodle("Student 0", 1000) / "ex01_the-great-gatsby_owl-0.ipynb"
    key = HELD / "ex01.the-great-gatsby.json"
    expected = the_class(root / "in", [secret, other, key, root / "out" / "grades.csv"])
    before = key.read_bytes()
    heard = []
    done = grade(root / "in", root / "out", keys=HELD, limits=QUICK, say=heard.append)
    assert key.read_bytes() == before
    assert secret.read_text() == SECRET
    return done, expected, root, heard


@pytest.mark.slow
@confined
def test_everybody_has_the_points_that_are_theirs(marked):
    done, expected, _, _ = marked
    found = by_id(done)
    wrong = {}
    for who, points in expected.items():
        each = found[who]
        got = each.points if each.rows else None
        if got != points:
            wrong[who] = (got, points, each.notes, each.how)
    assert wrong == {}
    assert len(found) == 60


@pytest.mark.slow
@confined
def test_attacks_are_contained_and_told_of(marked):
    done, _, root, heard = marked
    found = by_id(done)
    for each in done.made:
        told = str([row["answer"] for row in each.rows])
        assert SECRET not in told
        assert "nearly all are longer than the review in the middle" not in told or each.how == "run"
    stopped = ("too long", "OutOfTime")  # on a slow machine the clock may be first
    ends = {"looper": stopped, "hoarder": ("emory", *stopped), "filler": ("No space", "too much", *stopped)}
    for who, words in ends.items():
        notes = " ".join(found[f"{who}_70"].notes)
        assert any(word in notes for word in words), (who, notes)
    assert any("network" in what for what in found["caller_70"].tried)
    assert any("grades-of-last-year" in what for what in found["reader_70"].tried)
    assert found["forger_70"].strange
    assert "confined by bubblewrap" in heard[0]
    assert not list((root / "in").rglob("up.ipynb"))
    page = (root / "out" / "class.html").read_text(encoding="utf-8")
    assert "tried what is not allowed" in page.lower()


@pytest.mark.slow
@confined
def test_all_sets_and_kinds_are_in_the_class_and_disputes_reach_the_teacher(marked):
    done, _, root, _ = marked
    rows = [row for each in done.made for row in each.rows]
    assert {each.set for each in done.made if each.rows} == set(SETS)
    kinds = {"number", "choices", "table", "sort", "verdicts", "spans", "rule", "claim", "open"}
    assert {row["kind"] for row in rows} == kinds
    held = [row for row in rows if row["result"] == "disputed"]
    assert len(held) >= 8
    page = (root / "out" / "class.html").read_text(encoding="utf-8")
    assert page.count(REASON) == len(held)


@pytest.mark.slow
@confined
def test_nothing_is_marked_again_and_pages_keep_secrets(marked):
    done, _, root, _ = marked
    again = grade(root / "in", root / "out", keys=HELD, limits=QUICK, say=lambda text: None)
    assert again.again == 0
    assert [e.points for e in again.made] == [e.points for e in done.made]
    model = handed_in.TASKS["shows"]["key"]["commentary"]
    names = {each.id for each in done.made}
    for path in (root / "out" / "feedback").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert model not in text
        assert "<script" not in text
        assert "http:" not in text
        assert "https:" not in text
        assert sum(name in text for name in names) == 1
    with (root / "out" / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["id"] for row in rows} == names


@confined
def test_an_object_that_equals_everything_is_nothing_that_can_be_read(tmp_path):
    always = "class Always:\n    def __eq__(self, other): return True\n    __hash__ = None\nend = Always()"
    put(tmp_path, "in/owl.ipynb", bare(end=always))
    (made,) = grade(tmp_path / "in", tmp_path / "out", keys=HELD, limits=QUICK, say=print).made
    assert made.points == CLOSED - 1
    assert [row["result"] for row in made.rows if row["task"] == "end"] == ["unreadable"]


def test_without_confinement_it_says_what_remains_open(tmp_path):
    """The plain attacks are refused all the same, and one who ends their parent ends only themselves."""
    secret = put(tmp_path, "private/secret.txt", SECRET)
    attacks = hostile([secret])
    for who in ("reader", "writer", "killer", "caller"):
        put(tmp_path, f"in/{moodle(who, 1)}/work.ipynb", attack(attacks[who]))
    put(tmp_path, "in/Quiet Owl_2_assignsubmission_file_/work.ipynb", bare())
    heard = []
    how = Confinement(None, "bubblewrap is not installed")
    done = grade(
        tmp_path / "in", tmp_path / "out", keys=HELD, limits=QUICK, say=heard.append, confinement=how
    )
    found = by_id(done)
    assert "NOT CONFINED" in heard[0]
    for what in ("read files that you can read", "write files", "network", "--no-run"):
        assert what in heard[0]
    for who in ("Quiet Owl_2", "reader_1", "writer_1", "caller_1"):
        assert found[who].points == CLOSED, found[who].notes
    assert SECRET not in str([row["answer"] for row in found["reader_1"].rows])
    assert secret.read_text() == SECRET


@pytest.mark.skipif(os.name == "nt", reason="signals of Linux and macOS")
def test_it_goes_on_where_it_was_interrupted(tmp_path):
    for n in range(3):
        put(tmp_path, f"in/owl-{n}.ipynb", as_data(n))
    for n in range(3):
        put(tmp_path, f"in/runs-{n}.ipynb", bare(end=f"import time; time.sleep({n + 1}); end = 131"))
    book = bare(end=f"end = 131 + {0}")
    put(tmp_path, "in/runs-3.ipynb", book)
    command = [sys.executable, "-m", "reviewkit", "grade", "in", "--to", "out", "--keys", str(HELD)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(
        command, cwd=tmp_path, env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    until = time.monotonic() + 60
    while len(list((tmp_path / "out").glob(".marking/*.json"))) < 4 and time.monotonic() < until:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    said = running.communicate(timeout=60)[1].decode()
    assert running.returncode == 130
    assert "goes on from here" in said
    assert not (tmp_path / "out" / "grades.csv").exists()
    done = grade(tmp_path / "in", tmp_path / "out", keys=HELD, limits=QUICK, say=lambda text: None)
    assert 0 < done.again < 7
    assert {each.points for each in done.made} == {CLOSED}
    put(tmp_path, "in/owl-1.ipynb", as_data(1, wrong=["end"]))
    assert grade(tmp_path / "in", tmp_path / "out", keys=HELD, say=print).again == 1
    assert grade(tmp_path / "in", tmp_path / "out", keys=HELD, say=print, run=False, again=True).again == 7
