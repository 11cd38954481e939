"""What is given away, announced, withheld? One-sentence reviews, jokes beside the real thing."""

from __future__ import annotations

import time
from functools import cache

import pandas as pd
import pytest

import reviewkit as rk
from reviewkit.readings import decide, read
from reviewkit.readings.parts import told
from reviewkit.readings.spoilers import find
from reviewkit.rulebook import check_rules, compiled

WORK = """
[novel]
title = "The Great Tom Weller"
author = "Ada Example"
year = 1931
[film]
title = "The Great Tom Weller"
year = 1998
[[person]]
name = "Max Muster"
role = "actor"
plays = "Tom"
also = ["Muster"]
[[character]]
name = "Tom"
principal = true
also = ["Tom Weller"]
[[character]]
name = "Bessie"
[[reveal]]
name = "the keeper"
kind = "premise"
what = "Tom keeps a lighthouse."
cues = ["lighthouse"]
gives_away = ["He keeps a lighthouse."]
keeps = ["A light film."]
[[reveal]]
name = "the child is his"
kind = "secret"
what = "Bessie's child is Tom's."
cues = ["child|baby ... his"]
gives_away = ["The child is his."]
keeps = ["A child could follow it."]
"""

WARNINGS = [
    "SPOILERS AHEAD!",
    "*** Possible spoilers ***",
    "This review contains spoilers.",
    "There may be a few mild spoilers below.",
    "Stop reading now if you have not seen it.",
    "If you do not want to know how it ends, skip the next paragraph.",
    "Come back when you have seen it.",
    "Read on at your own risk.",
    "I am about to discuss the ending.",
    "Be warned that I give away the plot.",
    "Sorry if that was a spoiler.",
    "Oops, I should have warned you.",
    "I've just given away the ending.",
]
WITHHELD = [
    "I won't give away the ending.",
    "I'm not going to say what she finds.",
    "Without giving too much away, it concerns a missing wife.",
    "To say more would spoil the fun.",
    "What happens next you will have to find out for yourself.",
    "I'll say no more.",
    "My lips are sealed.",
    "No spoilers here, I promise.",
    "This is a spoiler-free review.",
    "It would be unfair to reveal the twist.",
    "I can't go into it without ruining the film.",
]
NEITHER = [
    "Spoiler alert: you will want your money back.",
    "Spoiler alert, it rains a lot.",
    "No spoiler warning needed, nothing happens.",
    "The trailer is full of spoilers.",
    "I hate reviews with spoilers.",
    "A weak script spoils a good cast.",
    "My friend spoiled the ending for me.",
    "I won't say that I loved it.",
    "I can't say enough good of the cast.",
    "She won't tell him what she saw.",
    "See it for yourself!",
    "I could not stop reading it.",
    "Do not miss this film.",
    "I don't think I am spoiling anything here.",
]
GRADES = [
    ("Tom lives in a lighthouse.", 1),
    ("The child turns out to be his.", 2),
    ("Tom dies in the last storm.", 3),
    ("Tom's death is hard to watch.", 3),
    ("Muster is shot on the stairs.", 2),
    ("Bessie is murdered.", 2),
    ("In the end Tom goes back to his wife.", 3),
    ("Bessie leaves the lighthouse. She drowns.", 2),
    ("Tom leaves the lighthouse. He drowns.", 3),
    ("A fine, quiet film.", 0),
    ("The photography is beautiful.", 0),
    ("He drowns.", 0),
    ("If Tom had died in the first hour it would have been a better film.", 0),
    ("My father died last year.", 0),
    ("The dialogue dies on the page.", 0),
    ("Max Muster nearly drowned on the set.", 0),
    ("I won't say whether Tom dies.", 0),
    ("Does Tom die?", 1),
    ("The Great Tom Weller died at the box office.", 0),
    ("Nobody dies.", 0),
    ("", 0),
]
GRADE = {"minor": 1, "major": 2, "everything": 3}


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    path = tmp_path_factory.mktemp("work") / "tom.toml"
    path.write_text(WORK, encoding="utf-8")
    return rk.read_work(path)


@cache
def rules_of(work=None):
    return compiled("spoilers", work)


def labels(text: str, work=None) -> list[str]:
    return [found.label for found in find(told(text), rules_of(work), work)]


def grade(text: str, work=None) -> int:
    return max((GRADE.get(label, 0) for label in labels(text, work)), default=0)


@pytest.mark.parametrize("text", WARNINGS)
def test_a_warning(text):
    assert "warning" in labels(text)


@pytest.mark.parametrize("text", WITHHELD)
def test_something_withheld(text):
    assert "withholding" in labels(text)
    assert "warning" not in labels(text)


@pytest.mark.parametrize("text", NEITHER)
def test_neither(text):
    assert not {"warning", "withholding"} & set(labels(text))


def test_hard_to_discuss_is_a_warning_only_where_the_review_then_tells(work):
    said = "It is hard to discuss this film without giving it away."
    assert "warning" not in labels(said, work)
    assert "warning" in labels(f"{said} Tom dies.", work)


def test_an_alert_is_no_joke_where_something_is_given_away(work):
    assert "warning" in labels("Spoiler alert: Tom dies in the end.", work)
    assert "warning" not in labels("Spoiler alert: Tom is a bore.", work)


def test_you_have_been_warned_needs_a_warning_before_it():
    assert labels("Spoilers below. You have been warned.") == ["warning", "warning"]
    assert labels("It is slow. You have been warned.") == []


@pytest.mark.parametrize(("text", "expected"), GRADES)
def test_the_grade_of_a_sentence(text, expected, work):
    assert grade(text, work) == expected


@pytest.mark.parametrize(
    ("text", "gives_away"),
    [
        ("She turns out to be the one behind it.", True),
        ("In the end he goes back to his wife.", True),
        ("Her suicide comes as a shock.", True),
        ("The hero dies.", True),
        ("The acting is fine.", False),
        ("My brother died last year.", False),
        ("I was dying to see it.", False),
    ],
)
def test_without_a_work_general_words_must_do(text, gives_away):
    assert (grade(text) >= 2) is gives_away


def test_a_quotation_goes_with_the_passage_it_stands_in(work):
    text = 'Tom dies, saying: "The light is yours. Keep it well. Good night." The score is fine.'
    rows = [found.label for found in find(told(text), rules_of(work), work)]
    assert rows == ["everything"] * 3


def test_a_graded_row_is_a_sentence_and_says_why(work):
    text = "A fine film. In the storm Tom dies."
    (row,) = find(told(text), rules_of(work), work)
    assert text[row.start : row.end] == "In the storm Tom dies."
    assert (row.rule, row.cues) == ("one of the principals dies", "Tom dies")


@pytest.mark.parametrize(
    ("text", "handling"),
    [
        ("Spoilers! Tom dies.", "warned"),
        ("Tom dies. Sorry if that was a spoiler.", "unwarned"),
        ("I won't say how it ends.", "withheld"),
        ("A fine film.", "spoiler-free"),
    ],
)
def test_handling_of_a_review(text, handling, work):
    reviews = pd.DataFrame({"review_id": ["a-01", "a-02"], "text": [text, "I won't give away the end."]})
    found = decide(read(reviews, "spoilers", work=work), reviews)
    assert found["label"].tolist() == [handling, "withheld"]


def test_quoted_words_are_the_text_at_their_offsets(work):
    text = "🎬 İn the end Tom “dies”… SPOILERS! I won’t say how. Bessie’s child is his."
    for found in find(told(text), rules_of(work), work):
        assert all(words in text for words in found.cues.split(" ... "))
        assert text[found.start : found.end].strip() == text[found.start : found.end] != ""


def test_the_rules_hold_to_their_own_sentences():
    assert check_rules("spoilers") == []


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "she dies " * 12_000, "(" * 50_000, '"a "' * 25_000, "spoiler " * 12_000]
)
def test_nothing_runs_away(text, work):
    start = time.process_time()
    find(told(text), rules_of(work), work)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "text",
    [
        "Anyone who has not been yet should click away now.",
        "From here I will be talking about the ending, so off you go.",
        "This is where the cat gets out of the bag, and I let it out of the bag.",
    ],
)
def test_warnings_without_the_word(text):
    assert labels(text) == ["warning"]


@pytest.mark.parametrize(
    "text", ["You will get nothing out of me.", "Mum's the word.", "I'll leave it at that."]
)
def test_things_withheld_in_a_manner_of_speaking(text):
    assert labels(text) == ["withholding"]


def test_a_capital_within_a_sentence_is_somebody_where_no_work_is_given():
    assert grade("In the last scene poor Isobel walks away from the house.") >= 2
    assert grade("The last scene in London is beautifully shot.") < 2


def test_words_that_warn_only_where_something_is_then_told(work):
    said = "I am going to talk about the lighthouse."
    assert "warning" not in labels(said, work)
    assert "warning" in labels(f"{said} Tom dies.", work)
    assert "warning" not in labels("Oops. A fine film.", work)
    assert "warning" in labels("Tom dies. Oops.", work)


@pytest.mark.parametrize(
    "text",
    [
        "If you have yet to watch it, go and make yourself a sandwich, off you go.",
        "Fingers in your ears, newcomers.",
        "The rest is meant for people who have been.",
        "Everything under the line is about the last act.",
    ],
)
def test_ways_to_send_the_reader_away(text):
    assert labels(text) == ["warning"]


@pytest.mark.parametrize(
    "text",
    [
        "How he gets out of it I leave to you to find out.",
        "I am sworn to secrecy.",
        "You will know the moment when you get there, I shall not describe it.",
        "My lips are shut, and I am not telling.",
    ],
)
def test_ways_to_leave_it_unsaid(text):
    assert "withholding" in labels(text)


def test_a_sentence_that_sends_the_reader_away_gives_nothing_away_itself(work):
    assert labels("Leave now, I shall tell you whether Tom dies, if you have not seen it.", work) == [
        "warning"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Watch it and come back here when you know how the trial goes.", "warning"),
        ("People who have yet to find out about the will should hop off now.", "warning"),
        ("The rest of this takes it for granted that you have seen the last reel.", "warning"),
        ("I'll have to mention the ending below.", "warning"),
        ("I realise that I have told you far too much already.", "warning"),
        ("For fear of spoiling it I will be brief.", "withholding"),
        ("What the lodger wants is for you to discover.", "withholding"),
        ("If I told you why, you would never forgive me.", "withholding"),
        ("I have left out the main thing on purpose.", "withholding"),
        ("It is not for me to put the answer here.", "withholding"),
        ("I must be careful what I write about the cellar.", "withholding"),
    ],
)
def test_agent_verb_and_object_may_be_other_words(text, expected):
    assert labels(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "I got no further than the second chapter, I am ashamed to say.",
        "You have to work out for yourself what the picture means.",
        "Go in blind if you can.",
        "I can't tell you how much I cried.",
        "Every review of it begins 'spoilers'.",
        "The film is tense without giving anything away.",
        "Nobody in the film will say what happened to the brother.",
        "I have to talk about the leading lady.",
        "Be warned that it is very slow.",
        "That is all I have to say about the acting.",
    ],
)
def test_what_is_said_of_reading_of_watching_and_of_praise_announces_nothing(text):
    assert not {"warning", "withholding"} & set(labels(text))
