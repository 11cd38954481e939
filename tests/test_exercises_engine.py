"""Checks, records, handing in: what the exercises are made of."""

from __future__ import annotations

import json
import os
import time

import pandas as pd
import pytest

import reviewkit as rk
from reviewkit.errors import ReviewkitError
from reviewkit.exercises import collect, find_answers, load_key, mark, read_submission
from reviewkit.exercises.kinds import choice, choices, number, sort, spans, table
from reviewkit.exercises.mark_value import Mark
from reviewkit.exercises.marking import mark_task
from reviewkit.exercises.plain import as_data, is_blank


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def task(kind, made, **more):
    form, key = made
    return {
        "id": "t",
        "title": "T",
        "kind": kind,
        "points": 2,
        "judgement": False,
        "form": form,
        "key": key,
        "ask": "Why?",
    } | more


# ---- values as data


class Liar:
    def __eq__(self, other):
        return True

    __hash__ = None


class LyingNumber(float):
    def __eq__(self, other):
        return True

    def __float__(self):
        return 13.0

    __hash__ = float.__hash__


def test_values_are_taken_apart_by_type_alone():
    assert as_data(13.0) == 13
    assert as_data(pd.Series([1, 2])) == [1, 2]
    assert as_data(pd.Series([1], index=["a"], name="n")) == {"columns": ["index", "n"], "rows": [["a", 1]]}
    assert as_data(pd.DataFrame({"a": [pd.NA, 1]})) == {"columns": ["a"], "rows": [[None], [1]]}
    assert as_data(pd.Timestamp("2011-05-03")) == "2011-05-03"
    assert as_data(pd.NA) == "<NA>"
    assert as_data({1, 2}) == [1, 2]
    assert as_data(len) == {"unreadable": "a function that was not called"}
    assert as_data(Liar()) == {"unreadable": "a Liar"}
    assert as_data(LyingNumber(7.0)) == 7
    assert is_blank(as_data(...))
    loop: list = []
    loop.append(loop)
    json.dumps(as_data(loop))


def test_no_object_is_equal_to_everything():
    entry = task("number", number(13, {}))
    assert mark_task(entry, as_data(Liar()))["result"] == "unreadable"
    assert mark_task(entry, as_data(LyingNumber(7.0)))["result"] == "not yet"


# ---- kinds


def test_a_number_is_read_in_any_dress_and_a_slip_is_named():
    entry = task("number", number(1017, {"point": (1.017, "{yours}: read the comma again.")}))
    for right in (1017, "1,017", "1017 people", [1017], 1017.0, {"columns": ["n"], "rows": [[1017]]}):
        assert mark_task(entry, right)["result"] == "correct"
    row = mark_task(entry, 1.017)
    assert (row["misconceptions"], row["feedback"]) == (["point"], ["1.017: read the comma again."])
    assert mark_task(entry, 12)["feedback"] == ["Why?"]
    assert mark_task(entry, "thirteen")["read"] == "13"
    below = task("number", number(-1.78, {}, tolerance=0.005))
    assert mark_task(below, "\u22121.78")["result"] == "correct"


def test_options_are_named_by_letter_or_by_words():
    entry = task("choice", choice({"a": "a date line", "b": "furniture"}, "b", {"a": ("x", "No.")}))
    for right in ("b", " B ", "(b)", "Furniture", ["b"]):
        assert mark_task(entry, right)["result"] == "correct"
    assert mark_task(entry, "c")["result"] == "unreadable"
    assert mark_task(entry, ["a", "b"])["result"] == "unreadable"


def test_several_options_count_in_part_and_never_all_ticked():
    made = choices(
        {k: k * 3 for k in "abcd"},
        "ab",
        {k: (k, k) for k in "cd"},
        dict.fromkeys("ab", ("left", "One more.")),
    )
    entry = task("choices", made)
    assert mark_task(entry, ["a", "b"])["points"] == 2
    assert mark_task(entry, ["a"])["points"] == 1
    assert mark_task(entry, [*"abcd"])["points"] == 0
    assert "b" not in " ".join(mark_task(entry, ["a"])["feedback"]).replace("bbb", "").split()


def test_two_careful_readers_are_both_right():
    made = sort(
        {"a": "x"},
        {"yes": "", "no": "", "maybe": ""},
        {"a": "yes"},
        {("yes", "maybe"): ("m", "Hm.")},
        readings={"annotator-1": {"a": "no"}},
    )
    entry = task("verdicts", made, judgement=True)
    assert mark_task(entry, {"a": "yes"})["result"] == "agrees with the key"
    assert mark_task(entry, {"a": "no"})["result"] == "agrees with an annotator"
    assert mark_task(entry, {"a": "no"})["points"] == 2
    other = {"a": "maybe"}
    assert mark_task(entry, other)["result"] == "not yet"
    assert mark_task(entry, other, "yes")["result"] == "not yet"
    reason = "She says perhaps, and means it."
    disputed = mark_task(entry, other, reason)
    assert (disputed["result"], disputed["points"], disputed["to_teacher"]) == ("disputed", 0, True)
    assert mark_task(entry, other, reason, self_study=True)["points"] == 2


def test_a_table_may_come_in_any_order_and_dress():
    right = pd.DataFrame({"name": ["a", "b"], "n": [1, 2]})
    entry = task("table", table(right, ["name"], {"more": (right.assign(n=[2, 3]), "One too many.")}))
    for same in (
        right.iloc[::-1],
        right.set_index("name"),
        right.set_index("name")["n"],
        right.astype(str),
        {"a": 1, "b": 2},
        right.rename(columns={"n": " N "}),
        right.set_index("name").T,
        right.assign(further=0),
    ):
        assert mark_task(entry, as_data(same))["result"] == "correct", same
    assert mark_task(entry, as_data(right.assign(n=[2, 3])))["misconceptions"] == ["more"]
    half = mark_task(entry, as_data(right.assign(n=[1, 5])))
    assert (half["result"], half["points"]) == ("partly", 1)
    assert "5" in half["feedback"][0]
    assert "2" not in half["feedback"][0]


def test_a_passage_that_only_one_annotator_marked_may_be_marked_or_left():
    text = "I read it. I think I liked the chapter on rain. The music is loud here, very loud."
    accepted = [
        {"review_id": "p-01", "label": "reader", "start": 0, "end": 9, "unit": 0, "must": True, "by": "key"},
        {
            "review_id": "p-01",
            "label": "reader",
            "start": 11,
            "end": 46,
            "unit": 1,
            "must": False,
            "by": "annotator",
        },
    ]
    entry = task("spans", spans({"p-01": text}, {"reader": "", "none": ""}, accepted, [], {}), judgement=True)
    one = {"review_id": "p-01", "label": "reader", "start": 0, "end": 9, "text": "I read it"}
    two = {"label": "reader", "text": "liked the chapter"}
    assert mark_task(entry, [one])["result"] == "agrees with the key"
    assert mark_task(entry, [one, two])["result"] == "agrees with the key"
    assert mark_task(entry, [one, {"label": "reader", "text": "The music is loud"}])["result"] == "partly"
    assert mark_task(entry, [{**one, "label": "none"}])["misconceptions"] == ["other-label", "not-all"]


# ---- the value of a check


def test_a_mark_is_a_number_that_nbgrader_reads():
    row = {
        "task": "a",
        "title": "A",
        "points": 1.5,
        "out_of": 2,
        "result": "partly",
        "feedback": ["<b>"],
        "misconceptions": [],
    }
    found = Mark(row)
    assert float(repr(found)) == 1.5 == found
    assert "Partly (1.5 of 2)" in str(found)
    assert "&lt;b&gt;" in found._repr_html_()


def test_checks_never_raise_and_know_their_tasks(home):
    ex = rk.exercise("ex01")
    assert "Did you mean 'lines'" in str(ex.check("line", 1))
    assert ex.check("nought", object()).result == "unreadable"
    assert "Try first" in str(ex.solution("end"))
    assert ex.check("end").result == "not attempted"
    assert ex.check("end", -4).result == "not yet"
    assert "a way to the answer" in str(ex.solution("end"))
    assert str(ex.hint("end")._repr_html_()).count("<details") == 3
    with pytest.raises(ReviewkitError, match="There is no set 'ex99'"):
        rk.exercise("ex99")


def test_what_cannot_be_kept_is_said(home):
    (home / "my_work").write_text("a file in the way")
    assert "could not be kept" in str(rk.exercise("ex01").check("end", 5))


def test_progress_says_what_to_reread(home):
    ex = rk.exercise("ex01")
    key = load_key("ex01")
    right = {t["id"]: t["key"] for t in key["tasks"]}
    ex.check("end", right["end"]["expected"])
    ex.check("nought", 1)
    ex.check("nought", 1)
    ex.check("nought", 2)
    found = ex.progress()
    assert (found.done, found.reread) == (1, ["01, “What the page does not say”"])
    assert next(row for row in found.rows if row["task"] == "nought")["tries"] == 2
    assert "<table>" in found._repr_html_()


# ---- cards


def test_a_card_checks_and_keeps_and_comes_back(home):
    ex = rk.exercise("ex01")
    right = next(t["key"]["right"] for t in ex.sheet["tasks"] if t["id"] == "lines")
    card = ex.card("lines")
    assert ex.check("lines", card).result == "not attempted"
    card.commit({**right, "a": "page furniture"})
    assert card.shown
    assert ex.check("lines", card).result in ("partly", "correct")
    card.committed = False
    assert card.answers["b"] == right["b"]
    card.commit(right)
    assert ex.check("lines", card).result == "correct"
    again = rk.exercise("ex01").card("lines")
    assert again.shown
    assert again.answer == right


def test_a_reason_given_on_a_card_counts(home):
    ex = rk.exercise("ex02")
    right = next(t["key"]["right"] for t in ex.sheet["tasks"] if t["id"] == "own")
    card = ex.card("own")
    card.commit(
        {**dict.fromkeys(right, "part of it"), "because": "All of them stopped half-way, if you ask me."}
    )
    found = ex.check("own", card)
    assert (found.result, float(found)) == ("disputed", 3)


def test_an_open_answer_meets_its_model_and_its_own_judge(home):
    ex = rk.exercise("ex01")
    card = ex.card("shows")
    assert not card.after
    card.commit({"text": "On this page " + "long reviews are found helpful and " * 12})
    assert any("A model answer" in block["text"] for block in card.after)
    assert ex.check("shows", card).result == "open"
    own = ex.assess("shows")
    own.commit({"1": "2", "2": "0", "3": "1"})
    assert ex.record.of("shows")["self"] == {"1": 2, "2": 0, "3": 1}
    assert "There is no open task" in str(ex.assess("lines"))


# ---- handing in, and marking what was handed in


def test_one_file_with_the_notebook_and_the_answers(home, monkeypatch):
    about = {"reviewkit": {"set": "ex01", "page": "the-great-gatsby", "use": "assessment"}}
    book = {
        "cells": [{"cell_type": "markdown", "id": "x", "metadata": {}, "source": "Mine"}],
        "metadata": about,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (home / "ex01_the-great-gatsby.ipynb").write_text(json.dumps(book))
    ex = rk.exercise("ex01", "the-great-gatsby")
    assert "Nothing was handed in yet" in str(ex.submit())
    ex.check("end", 5)
    ex.check(
        "helpful", pd.DataFrame({"review_id": ["the-great-gatsby-01"], "helpful_votes": [212], "words": [1]})
    )
    rk.keep_pseudonym("owl-3")
    assert "pseudonym, owl-3" in str(ex.submit())
    (path,) = (home / "my_work" / "handed_in").glob("*")
    assert path.name == "ex01_the-great-gatsby_owl-3.ipynb"
    assert json.loads(path.read_text())["cells"] == book["cells"]
    said = read_submission(path)
    assert said is not None
    assert said["who"] == {"as": "pseudonym", "is": "owl-3"}
    assert said["answers"]["end"]["answer"] == 5
    assert said["texts"] == ex.sheet["texts"]
    rows = mark("ex01", said["answers"], load_key("ex01", "the-great-gatsby"))
    assert [row["task"] for row in rows] == [t["id"] for t in ex.sheet["tasks"]]
    assert {row["result"] for row in rows} == {"not attempted", "not yet"}
    assert "carries your name" in str(ex.submit("Ada Example"))
    assert read_submission(home / "ex01_the-great-gatsby.ipynb") is None
    monkeypatch.chdir(path.parent)  # where the file lies, a blank notebook finds its answers
    assert rk.exercise("ex01", "the-great-gatsby").check("end").result == "not yet"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"cells": 3}',
        '{"cells": [], "metadata": {"reviewkit_submission": []}}',
        "[" * 100_000,
        "\x00\x01",
    ],
)
def test_a_strangers_file_is_refused_in_a_sentence(tmp_path, content):
    path = tmp_path / "odd.ipynb"
    path.write_text(content)
    with pytest.raises(ReviewkitError):
        read_submission(path)


def test_answers_within_answers_without_end_are_refused(tmp_path):
    deep: dict = {}
    inner = deep
    for _ in range(50):
        inner["x"] = inner = {}
    said = {
        "schema": "reviewkit-submission/1",
        "set": "ex01",
        "page": "p",
        "kit": "0",
        "at": "",
        "who": {"as": "name", "is": "x"},
        "answers": deep,
    }
    path = tmp_path / "deep.ipynb"
    path.write_text(json.dumps({"cells": [], "metadata": {"reviewkit_submission": said}}))
    with pytest.raises(ReviewkitError, match="without end"):
        read_submission(path)


def cell(source, **about):
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": []} | about


def test_answers_are_found_wherever_their_cells_went():
    sheet = {
        "set": "ex01",
        "tasks": [
            {"id": n, "variable": n, "starter": f"{n} = ..."} for n in ("end", "above", "nought", "lines")
        ],
    }
    graded = {"nbgrader": {"grade_id": "ex01-end-answer"}}
    cells = [
        cell("above = 3", id="ex01-above-answer"),
        cell("# ex01-nought: your answer\nnought = 4"),
        cell("end = 5", metadata=graded),
        cell("end = ...", metadata=graded),
        cell("print('a cell of my own')"),
    ]
    found = find_answers({"cells": cells}, sheet)
    assert {n: (f.chosen, f.how) for n, f in found.items()} == {
        "end": (2, "grade_id"),
        "above": (0, "cell id"),
        "nought": (1, "source"),
        "lines": (None, ""),
    }
    assert "2 cells claim" in found["end"].trouble
    assert collect({"end": 5.0, "above": ...}, sheet) == {"end": 5}


def test_three_hundred_sets_are_marked_in_no_time():
    key = load_key("ex02")
    answers = {t["id"]: {"answer": {"a": "nothing"}, "because": ""} for t in key["tasks"]}
    start = time.perf_counter()
    for _ in range(300):
        mark("ex02", answers, key)
    assert time.perf_counter() - start < 5


def test_marking_needs_no_notebook_libraries():
    """Where a class is marked nothing of a student's is near, and little of anything else."""
    import subprocess
    import sys

    code = (
        "import sys; from reviewkit.exercises import load_key, mark, read_submission, find_answers\n"
        "mark('ex01', {'end': 5}, load_key('ex01')); print(sorted({'ipywidgets', 'anywidget', 'IPython'} & "
        "set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ), check=True
    )
    assert done.stdout.strip() == "[]"
