"""Every set through `reviewkit grade`: right, spoilt in known ways, and disputed with a reason."""

from __future__ import annotations

import csv

import pytest
from conftest import ROOT
from handed_in import put
from handed_sets import PAGE, REASON, SETS, closed, handed, key_of, odd_label

from reviewkit.grading import grade

HELD = ROOT / "exercises" / "held-out"


def graded(tmp_path):
    return grade(tmp_path / "in", tmp_path / "out", keys=HELD, say=lambda text: None)


def test_each_set_is_marked_task_by_task(tmp_path):
    expected = {}
    for number, set_id in enumerate(SETS):
        for wrong in (0, 3, 8):
            book, points = handed(set_id, number, wrong=wrong)
            put(tmp_path, f"in/{set_id}-{wrong}.ipynb", book)
            expected[set_id, points] = wrong
        assert (set_id, closed(set_id)) in expected
    done = graded(tmp_path)
    assert {(each.set, each.points) for each in done.made} == set(expected)
    assert all(each.how == "data" for each in done.made)
    assert not [row for each in done.made for row in each.rows if row["result"] == "unreadable"]


def section(page, name):
    """One section of the teacher's page."""
    return page.split(f'id="{name}"')[1].split("</section>")[0]


def test_the_teacher_sees_a_disputed_reading_beside_the_key_and_decides(tmp_path):
    book, points = handed("ex02", 7, disputes=True)
    put(tmp_path, "in/owl.ipynb", book)
    (made,) = graded(tmp_path).made
    assert made.points == points
    task = next(t for t in key_of("ex02")["tasks"] if t["id"] == "own")
    item, label = odd_label(task)
    told = section((tmp_path / "out" / "class.html").read_text(encoding="utf-8"), "disputed")
    assert told.count(REASON) == 2
    assert f"{item}: {label}" in told
    assert "annotator-2" in told
    feedback = (tmp_path / "out" / "feedback" / "owl.html").read_text(encoding="utf-8")
    assert "annotator-2" not in feedback
    path = tmp_path / "out" / "open-marks.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["task"] for row in rows if row["what"] == "disputed"] == ["own", "verdicts"]
    for row in rows:
        row["points"] = row["out_of"] if row["task"] == "own" else ""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)
    (made,) = graded(tmp_path).made
    own = next(row for row in made.rows if row["task"] == "own")
    assert own["points"] == own["out_of"]
    assert made.points > points


@pytest.mark.parametrize(
    ("set_id", "task", "answer", "shown"),
    [
        ("ex02", "counter", ["I read the novel twice"], "Marked by"),
        ("ex02", "words", [{"label": "film-only", "text": "a good film"}], "Marked by"),
        ("ex06", "grim", ["What a beautiful film"], "Marked by"),
    ],
)
def test_a_dispute_over_passages_shows_those_that_were_marked(tmp_path, set_id, task, answer, shown):
    book, _ = handed(set_id, 3)
    said = book["metadata"]["reviewkit_submission"]["answers"]
    said[task] = {**said[task], "answer": answer, "because": REASON}
    put(tmp_path, "in/owl.ipynb", book)
    graded(tmp_path)
    told = section((tmp_path / "out" / "class.html").read_text(encoding="utf-8"), "disputed")
    assert REASON in told
    assert shown in told
    assert f"{PAGE}-" in told
    for raw in ("{&quot;", "{&#34;", '{"', "accepted", "unit"):
        assert raw not in told
