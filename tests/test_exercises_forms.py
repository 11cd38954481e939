"""Answers as students type them: other forms of right ones, and what is said to wrong ones."""

from __future__ import annotations

import json
import time
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

import reviewkit as rk
from reviewkit.exercises import load_key
from reviewkit.exercises.kinds import KINDS, choices, claim, number, sort, spans, table
from reviewkit.exercises.marking import FULL, mark_task
from reviewkit.exercises.plain import as_data, is_blank
from reviewkit.readings import sentiment


def task(kind, made, **more):
    form, key = made
    asked = {"id": "t", "title": "T", "kind": kind, "points": 2, "judgement": False, "ask": "Why?"}
    return asked | {"form": form, "key": key} | more


def practice(set_id, task_id):
    return next(each for each in load_key(set_id)["tasks"] if each["id"] == task_id)


def row(entry, answer):
    return mark_task(entry, json.loads(json.dumps(as_data(answer))))


COUNT = task("number", number(23, {"all": (2323, "{yours} is all.")}, unit="comments"))
SHARE = task("number", number(11 / 14, {"count": (11, "{yours} is a count.")}, tolerance=0.005))
PERCENT = task("number", number(43.37, {"of-all": (9.756, "Of all?")}, tolerance=0.5, unit="%"))


@pytest.mark.parametrize(
    ("entry", "answer"),
    [
        (COUNT, "twenty-three"),
        (COUNT, "Twenty three comments."),
        (COUNT, "20 + 3 = 23"),
        (COUNT, np.array(23)),
        (COUNT, pd.Series([23])),
        (COUNT, Decimal("23")),
        (SHARE, "0,79"),
        (SHARE, ".79"),
        (SHARE, "11/14"),
        (SHARE, "11 of 14"),
        (SHARE, "79 %"),
        (SHARE, "about 0.79"),
        (PERCENT, "43,4 %"),
        (PERCENT, "43 of 100"),
        (PERCENT, "43 per cent"),
    ],
)
def test_a_number_in_other_forms(entry, answer):
    assert row(entry, answer)["result"] == "correct"


@pytest.mark.parametrize(
    ("entry", "answer", "slip"),
    [
        (COUNT, "2,323", "all"),
        (COUNT, "0,5", "a-count-is-whole"),
        (SHARE, 0.21, "the-rest"),
        (SHARE, 0.8, "rounded"),
        (SHARE, 0.77, "nearly"),
        (SHARE, 7.857, "ten-times"),
        (SHARE, 1.4, "more-than-a-share"),
        (SHARE, 0, "none-at-all"),
        (SHARE, -0.79, "below-nought"),
        (PERCENT, 10, "of-all"),
        (PERCENT, 57, "the-rest"),
        (PERCENT, "36/83", "share-or-percent"),
    ],
)
def test_a_number_that_is_wrong_says_how_it_came_about(entry, answer, slip):
    assert row(entry, answer)["misconceptions"] == [slip]


def test_a_column_of_true_and_false_is_not_yet_a_number():
    assert "True and False" in row(COUNT, pd.Series([True, False, True]))["feedback"][0]
    assert "3 values" in row(COUNT, [1, 2, 3])["feedback"][0]
    assert "2 rows" in row(COUNT, pd.DataFrame({"a": [1, 2], "b": [3, 4]}))["feedback"][0]


SEVERAL = task(
    "choices",
    choices(
        {letter: f"statement {letter}" for letter in "abcde"},
        "be",
        {letter: (letter, f"Not {letter}.") for letter in "acd"},
        dict.fromkeys("be", ("left", "One more.")),
    ),
)


@pytest.mark.parametrize(
    "answer",
    [
        *("b e", "B,E", "b and e", "b, e.", "be", "(b) (e)", ["b", "e"], {"e", "b"}, ("E", "B")),
        {"b": 1, "e": 1},
        {letter: letter in "be" for letter in "abcde"},
        dict(zip("abcde", ["No", "Yes.", "n", "no", "yes"], strict=True)),
        pd.Series([letter in "be" for letter in "abcde"], index=list("abcde")),
        np.array(["b", "e"]),
        pd.Series(["b", "e", "b"], dtype="string").unique(),
    ],
)
def test_several_options_in_other_forms(answer):
    if isinstance(answer, dict) and len(answer) == 2:
        assert row(SEVERAL, answer)["misconceptions"] == ["left-open"]
    else:
        assert row(SEVERAL, answer)["result"] == "correct"


def test_none_of_them_is_an_answer_and_a_label_may_be_called_none():
    assert not is_blank("none")
    assert row(SEVERAL, "none")["misconceptions"] == ["left"]
    entry = task("sort", sort({"a": "x", "b": "y"}, {"none": "", "some": ""}, {"a": "none", "b": "some"}, {}))
    assert row(entry, {"a": "none", "b": "some"})["result"] == "correct"
    assert row(entry, {"a": "some", "b": "none"})["result"] == "not yet"


SORT = task(
    "sort",
    sort({"9": "x", "11": "y"}, {"has read": "", "has not": ""}, {"9": "has read", "11": "has not"}, {}),
)


@pytest.mark.parametrize(
    "answer",
    [
        [("9", "has read"), ("11", "has not")],
        "9: has read\n11: has not",
        "9 - Has read; 11 - has not",
        {"has read": ["9"], "has not": [11]},
        {"Review 9": "has-read", "review 11": "“has not”"},
        {"09": "has read.", 11: {"Label": "HAS NOT"}},
        {"9": {"verdict": "has read", "evidence": "…"}, "11": ("has not", "")},
        pd.DataFrame({"review_id": ["9", "11"], "label": ["has read", "has not"]}),
        pd.Series({"9": "has read", "11": "has not"}),
    ],
)
def test_labels_in_other_forms(answer):
    assert row(SORT, answer)["result"] == "correct"


def test_the_first_and_the_second_may_be_said_shortly():
    entry = task("sort", sort({"a": "x"}, {"the first": "", "the second": ""}, {"a": "the second"}, {}))
    for answer in ("second", "2nd", 2, "The second."):
        assert row(entry, {"a": answer})["result"] == "correct"


CLAIM = task(
    "claim",
    claim(
        {"a": "yes", "b": "no"},
        "b",
        {"a": ("believed", "Why?")},
        grounds={"a": "many", "b": "few", "c": "none"},
        sound="ab",
        taken={"c": ("c", "c: no.")},
        left=dict.fromkeys("ab", ("left", "One more.")),
    ),
)


@pytest.mark.parametrize(
    "answer",
    [
        {"Verdict": "B", "Grounds": ("A", "B")},
        {"verdict": ["b"], "grounds": {"a": True, "b": True, "c": False}},
        ("b", ["a", "b"]),
        {"verdict": "b.", "grounds": "a and b"},
        {"verdict": "no", "a": "yes", "b": "yes", "c": "no"},
    ],
)
def test_a_verdict_and_its_grounds_in_other_forms(answer):
    assert row(CLAIM, answer)["result"] == "correct"


def test_half_of_a_claim_is_told_what_is_missing():
    without = row(CLAIM, {"grounds": ["a", "b"]})
    assert (without["result"], without["misconceptions"]) == ("not yet", ["no-verdict"])
    assert row(CLAIM, "b")["misconceptions"] == ["left"]
    assert row(CLAIM, {"verdict": "", "grounds": []})["points"] == 0


TEXT = "I read the book. He read the paper. It rained; the roof leaked. I laughed."
READ = {"review_id": "p-01", "start": 0, "end": 16, "unit": 0, "must": True, "by": "key"}
LAUGHED = {"review_id": "p-01", "start": 64, "end": 74, "unit": 1, "must": True, "by": "key"}
RAIN = {"review_id": "p-01", "start": 36, "end": 63, "slip": "rain"}
QUOTES = task("spans", spans({"p-01": TEXT}, {}, [READ, LAUGHED], [RAIN], {"rain": "It rains in {yours}."}))


def test_passages_in_other_forms():
    for answer in (
        "I read the book; I laughed",
        ["“I read the book.”", "i laughed"],
        "I laughed\nI read the book",
    ):
        assert row(QUOTES, answer)["result"] == "correct", answer
    assert row(QUOTES, ["It rained; the roof leaked."])["misconceptions"][0] == "rain"


def test_words_that_stand_in_two_places_or_everything_prove_nothing():
    assert row(QUOTES, ["read the", "I laughed"])["misconceptions"] == ["more-than-once", "not-all"]
    assert "too-much" in row(QUOTES, [TEXT])["misconceptions"]


def test_a_card_says_not_how_many_passages_there_are_and_has_room_for_all():
    form = QUOTES["form"]
    kind = KINDS["spans"]
    assert len(kind.fields(form)) == 8
    assert kind.from_card({"1": "I laughed\nI read", "2": "", "3": None}, form) == ["I laughed", "I read"]


def test_passages_with_labels_may_come_in_pairs_and_need_their_labels():
    marked = {**READ, "label": "reader"}
    entry = task("spans", spans({"p-01": TEXT}, {"reader": "", "viewer": ""}, [marked], [], {}))
    assert row(entry, [("reader", "I read the book")])["result"] == "correct"
    assert row(entry, [("I read the book", "reader")])["result"] == "correct"
    assert "reader or viewer" in row(entry, ["I read the book"])["feedback"][0]


def test_a_review_may_be_named_by_its_number_and_exchanged_columns_are_told():
    right = pd.DataFrame({"review_id": ["p-01", "p-12"], "stars": [1, 2], "votes": [5, 6]})
    entry = task("table", table(right, ["review_id"], {}))
    assert row(entry, right.assign(review_id=[1, 12]))["result"] == "correct"
    assert row(entry, right.assign(review_id=[2, 12]))["misconceptions"] == ["rows-too-many", "rows-missing"]
    swapped = right.rename(columns={"stars": "votes", "votes": "stars"})
    assert row(entry, swapped)["misconceptions"] == ["columns-exchanged"]


def test_what_a_page_shows_may_be_quoted_from_it():
    """The table of low scores shows all reviews; none of them is told that its score is high."""
    grim = practice("ex06", "grim")
    urged = "Brutal and heartbreaking, it will hurt you a lot but everybody should watch it"
    assert row(grim, [urged, "Andrew Garfield is heartbreaking"])["result"] in FULL
    scores = sentiment.scores(rk.load("never-let-me-go"))
    for text in scores.loc[scores["compound"] <= -0.05, "text"]:
        assert not {"bright-words", "praise-in-bright-words"} & {*row(grim, [text])["misconceptions"]}, text


def test_alpha_is_told_from_kappa():
    alpha = practice("ex07", "alpha")
    assert row(alpha, 0.567)["result"] == "correct"
    assert row(alpha, 0.5714)["misconceptions"] == ["kappa-for-alpha"]


@pytest.mark.parametrize("set_id", [f"ex0{n}" for n in range(1, 9)])
def test_long_nonsense_takes_no_time(set_id):
    texts = [each * 50_000 for each in (" ", "1", "a", "a:", " -", "1,", "the ", "one ", "=", "1/", ";", "“")]
    begin = time.monotonic()
    for entry in load_key(set_id)["tasks"]:
        for text in texts:
            found = row(entry, text)
            assert found["result"] not in FULL
            assert sum(map(len, found["feedback"])) < 3_000
    assert time.monotonic() - begin < 20
