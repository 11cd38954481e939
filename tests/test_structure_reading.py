"""What each sentence does: every stage in one sentence, the manual's ties, runs, and what is shown."""

from __future__ import annotations

import time

import pandas as pd
import pytest

import reviewkit as rk
from reviewkit.readings import read, signs, structure
from reviewkit.readings.parts import told
from reviewkit.rulebook import check_rules, compiled, rules
from reviewkit.scoring import STAGES

WORK = rk.read_work("never-let-me-go")
WITH, WITHOUT = compiled("structure", WORK), compiled("structure")


def stages(text: str, *, work: bool = False) -> list[str]:
    ruleset, known = (WITH, WORK) if work else (WITHOUT, None)
    return [found.label for found in structure.find(told(text), ruleset, known)]


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        ("background", "The film is based on a novel of 1938 and was nominated for two Oscars."),
        ("background", "I read the book years ago at school."),
        ("background", "We rented it because my sister had heard about it."),
        (
            "plot",
            "A young widow takes a job at a lonely farm, where she falls in love with the owner's brother.",
        ),
        ("plot", "Years later he returns and finds that his wife has left him."),
        ("plot", "The story follows two brothers who are sent to live with an uncle."),
        ("performance", "The acting is superb throughout."),
        ("performance", "She plays the governess with great restraint."),
        ("performance", "There is no chemistry between the leads."),
        ("craft", "The photography is gorgeous and the score never intrudes."),
        ("craft", "The script is clumsy and the pacing slow."),
        ("craft", "The ending feels rushed."),
        ("theme", "It asks what we owe to those who love us."),
        ("theme", "The lighthouse is a metaphor for marriage."),
        ("theme", "We are all prisoners of our own past."),
        ("comparison", "The book was so much better than the film."),
        ("comparison", "It stays faithful to the novel."),
        ("comparison", "It reminded me of other films about the war."),
        ("response", "I cried from beginning to end."),
        ("response", "It left me shaken, and I kept thinking about it for days."),
        ("response", "The audience sat in silence."),
        ("overall", "A masterpiece."),
        ("overall", "This is one of the best films of the decade."),
        ("overall", "All in all a fine movie."),
        ("overall", "8/10"),
        ("address", "If you like slow films you will enjoy this."),
        ("address", "Highly recommended."),
        ("address", "It is not for everyone."),
        ("address", "Skip this one and save your money."),
        ("other", "The DVD arrived quickly and in perfect condition."),
        ("other", "Shipping was fast."),
    ],
)
def test_each_stage_has_its_words(stage, sentence):
    assert stages(sentence) == [stage]


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        ("address", "Spoilers follow, since the film cannot be discussed without its ending."),  # not craft
        ("address", "I won't say what becomes of the brothers."),  # a withholding, not plot
        (
            "comparison",
            "The film leaves out what the book explains at length.",
        ),  # both in the sentence: not craft
        ("background", "The film is based on a novel by a retired nurse."),  # both named, none compared
        (
            "performance",
            "As the jealous sister, the actress is superb, even when she betrays them.",
        ),  # not plot
        ("response", "It made me cry."),  # and not overall
        ("overall", "It is moving."),  # and not response
    ],
)
def test_ties_go_as_the_manual_says(stage, sentence):
    assert stages(sentence) == [stage]


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        ("performance", "Meryl Streep is superb in it."),
        ("craft", "They tacked on a chase that drags."),
        ("comparison", "None of it is as I had pictured it on the page."),
        ("response", "My husband fell asleep before the wedding."),
        ("overall", "Absolute rubbish."),
        ("plot", "She marries the captain, who is shot, and hides the diary."),
    ],
)
def test_names_of_no_work_are_needed(stage, sentence):
    assert stages(sentence) == [stage]


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        ("performance", "Carey Mulligan is wonderful."),
        ("performance", "Garfield has never been better."),
        ("plot", "Kathy and Tommy meet again and he tells her what he has drawn."),
        ("plot", "Kathy (Carey Mulligan) looks after Tommy (Andrew Garfield) until he is called away."),
        ("craft", "Romanek lingers on empty corridors."),
    ],
)
def test_names_of_the_work_tell(stage, sentence):
    assert stages(sentence, work=True) == [stage]


def test_the_titles_own_words_say_nothing():
    """ "Never Let Me Go" has a "me" in it, and is nobody's advice."""
    kathy = "In Never Let Me Go Kathy looks after Tommy until he dies."
    assert stages(kathy, work=True) == ["plot"]
    weighed = structure.weigh(told(kathy), 0, WITH, WORK)
    assert "the reviewer says I" not in [hit.of.name for hit in weighed.hits]
    assert "the title" in weighed.signs


def test_a_sentence_without_cues_goes_with_its_neighbours():
    plot = "A widow moves to a village with her son. Rain. Then her husband returns and tells them who he is."
    assert stages(plot) == ["plot"] * 3
    assert stages("The acting is superb. Rain. The cast is excellent.") == ["performance"] * 3


def test_a_signature_and_a_heading_are_other():
    text = (
        "The acting is superb.\n\nThe photography is beautiful and the score is lovely.\n\nR. W. Hard\nOslo"
    )
    assert stages(text)[-2:] == ["other", "other"]
    assert stages("Pros and cons:\n\nThe acting is superb.")[0] == "other"


def test_every_sentence_has_one_stage_and_a_runner_up():
    text = (
        "I read the book at school. It rains!! Meh. A widow moves in (1938), and dies. 9/10 - see it. 😀 Ok"
    )
    sentences = told(text).sentences
    found = structure.find(told(text), WITHOUT, None)
    assert [(each.start, each.end) for each in found] == [(each.start, each.end) for each in sentences]
    assert all(each.label in STAGES and each.runner_up in STAGES for each in found)
    assert all(each.label != each.runner_up for each in found)


def test_what_decided_is_quoted_with_its_points():
    text = "Meh. THE ACTING is superb. Oh well, there it is."
    found = structure.find(told(text), WITHOUT, None)[1]
    assert found.rule == "speaks of acting"
    assert "“ACTING” +7" in found.cues
    assert all(words in text for words in found.cues.split("”")[0].removeprefix("“").split(" … "))


def test_nothing_comes_of_nothing():
    assert structure.find(told(""), WITHOUT, None) == []
    assert structure.find(told(" \n"), WITHOUT, None) == []


def test_a_changed_rule_changes_the_reading():
    reviews = pd.DataFrame({"review_id": ["mine-01"], "text": ["The acting is superb."]})
    table = rules("structure")
    table.loc[table["label"] == "performance", "points"] = -5.0
    assert read(reviews, "structure")["label"].tolist() == ["performance"]
    assert read(reviews, "structure", rules=table)["label"].tolist() != ["performance"]


def test_the_rules_keep_their_promises():
    assert check_rules("structure") == []


def test_every_rule_is_of_a_stage_and_says_why():
    table = rules("structure")
    assert set(table["label"]) == set(STAGES)
    assert (table["why"].str.len() > 10).all()
    assert table["points"].between(-10, 10).all()
    assert {stage for sign in signs.SIGNS.values() for stage in sign.points} <= set(STAGES)
    assert set(structure.STAY) == set(STAGES)


@pytest.mark.parametrize("text", ["a" * 100_000, "(" * 50_000, "A" * 100_000, "I " * 30_000, "'\"" * 30_000])
def test_no_text_takes_for_ever(text):
    began = time.perf_counter()
    structure.find(told(text), WITH, WORK)
    assert time.perf_counter() - began < 5
