"""Devices: what the rules find in one-sentence reviews, where it begins and ends, what they leave alone."""

from __future__ import annotations

import time

import pytest

from reviewkit.readings import devices
from reviewkit.readings.parts import Sentence, Told, told
from reviewkit.rulebook import check_rules, compiled
from reviewkit.works import read_work


@pytest.fixture(scope="module")
def rules():
    return compiled("devices")


def found(text, rules, label):
    return [
        text[each.start : each.end] for each in devices.find(told(text), rules, None) if each.label == label
    ]


def test_the_rules_keep_their_own_examples():
    assert check_rules("devices") == []


@pytest.mark.parametrize(
    ("review", "words"),
    [
        ("I think the second half drags.", ["I think"]),
        ("Perhaps the book does it better, and perhaps not.", ["Perhaps", "perhaps"]),
        ("It seems that nobody read the script.", ["seems"]),
        ("For me it was somewhat too long.", ["For me", "somewhat"]),
        ("I think perhaps he is miscast.", ["I think perhaps"]),
        ("This may be his finest film.", ["may"]),
        ("It’s kind of a western.", ["kind of"]),
        ("I'm not sure it needed a score.", ["I'm not sure"]),
        ("I think about that house often.", []),
        ("I was made to think for a week.", []),
        ("I saw it in May with my sister.", []),
        ("The army comes in all its might.", []),
        ("You may as well read the novel.", []),
        ("They are two of a kind.", []),
        ("This is the kind of film that I avoid.", []),
        ("It was hard for me to see the screen.", []),
        ("He shows us rather than tells us.", []),
        ("It is very, really, utterly and so absolutely slow.", []),
    ],
)
def test_a_hedge_is_the_hedging_words_alone(review, words, rules):
    assert found(review, rules, "hedge") == words


@pytest.mark.parametrize(
    ("review", "words"),
    [
        ("It is certainly worth a look.", ["certainly"]),
        ("Of course the house burns better on paper.", ["Of course"]),
        ("There is no doubt that she carries it.", ["There is no doubt"]),
        ("I am sure that it cost a fortune.", ["I am sure"]),
        ("It is, in fact, a comedy.", ["in fact"]),
        ("The strings are clearly visible.", []),
        ("It is very, really, utterly and so absolutely slow.", []),
        ("I am not sure about the ending.", []),
        ("She leaves without a word.", []),
    ],
)
def test_a_booster_vouches_for_the_claim_and_is_no_strong_word(review, words, rules):
    assert found(review, rules, "booster") == words


@pytest.mark.parametrize(
    "review",
    [
        "It is slow, but it is beautiful.",
        "It is slow. But it is beautiful.",
        "Although it cuts the best chapter, it keeps the heart of the book.",
        "The acting is superb. However, the script is a mess.",
        "Despite its length I was never bored, not for one minute, and the score is lovely.",
        "Despite its length, I was never bored.",
        "The sets are cheap; that said, I loved it.",
        "It may be long, but it is never dull.",
        "Granted, it is long, but what a finish.",
        "I know it is only a ghost story. But I was frightened.",
        "The pacing is poor. Still, I recommend it.",
        "Long and flawed, yet I would not miss a minute of it.",
        "The plot makes no sense. Great acting though.",
        "A bit creaky but you forgive it.",
        "It is a pretty thing, I'll give them that. The script is dreadful.",
        "Some people call her shrill, but who else could have played it",
        "Granted, the frocks are lovely. The script is a mess.",
        "Some find it slow. Perhaps. I never looked at my watch.",
        "The plot is full of holes. I'd still watch it again.",
    ],
)
def test_a_concession_has_both_its_sides(review, rules):
    (span,) = found(review, rules, "concession")
    assert span == review.rstrip(".")


@pytest.mark.parametrize(
    "review",
    [
        "They find a cellar, but they cannot stay.",
        "He loves her, but she marries the other one.",
        "She is nothing but trouble.",
        "It is not only sad but also funny.",
        "Rain falls. But the road goes on.",
        "She looks as though she might cry.",
        "I ate popcorn while watching it.",
        "He was granted a year.",
        "However much you like the star, wait for the disc.",
    ],
)
def test_not_every_but_concedes(review, rules):
    assert found(review, rules, "concession") == []


def test_what_is_granted_in_the_paragraph_before_is_not_joined(rules):
    assert found("It is a slow film.\n\nBut it is a beautiful film.", rules, "concession") == []


@pytest.mark.parametrize(
    ("review", "words"),
    [
        (
            "She is superb; the scene where she burns the letters is unforgettable.",
            "the scene where she burns the letters is unforgettable",
        ),
        ("Watch how she folds the letter.", "Watch how she folds the letter"),
        ("The trial, for example, is over in a minute.", "The trial, for example, is over in a minute"),
        ("I wept when she reads it aloud.", "I wept when she reads it aloud"),
        ("There is the joke about the hat, which nobody explains.", None),
        ("It is all in the details: the wet gloves, the kettle, the one cracked plate.", None),
        ("She is superb. He leans in the doorway and she goes on folding sheets.", None),
        ("You can see it in how she locks the shop.", None),
        ("Her face when he lets go of the rope!", None),
        ("The bit with the wheelbarrow is all his own.", None),
        ("It has charm, such as the way he holds the spoon.", None),
    ],
)
def test_grounds_point_at_a_place(review, words, rules):
    (span,) = found(review, rules, "grounds")
    assert words is None or span == words


@pytest.mark.parametrize(
    "review",
    [
        "The next scene takes place in Rome.",
        "A farmer finds a child in a field and takes her home.",
        "It was shot in Ireland.",
        "He is shot by the police.",
        "I sat with my coat on and my hands round a cup of tea.",
        "On the other hand the ending falls flat.",
        "See the film before you read anything.",
        "There is the question of money.",
        "At the end of the day it is a love story.",
    ],
)
def test_a_story_told_is_no_grounds(review, rules):
    assert found(review, rules, "grounds") == []


@pytest.mark.parametrize(
    "review",
    [
        "Critics called it cold.",
        "Many complain about the accents.",
        "Some will say it is too long.",
        "My husband thought it was slow.",
        "People who call it boring were not watching.",
        "I've heard complaints about the ending.",
        "As Hitchcock once said, it is only a movie.",
        "According to my brother the science is right.",
        "There were those who felt it was too sweet.",
        "Everybody at the office raved about it.",
        "I was told by a curator that the frames are right.",
        "I don't know what all the fuss is about.",
    ],
)
def test_other_voices(review, rules):
    assert found(review, rules, "voices") == [review.rstrip(".")]


@pytest.mark.parametrize(
    "review",
    [
        "They say goodbye at the station.",
        "Some of the scenery is painted.",
        "My husband lent it to her.",
        "I told my sister about it.",
        "One feels the cold in every frame.",
        "I would recommend it to those who love cats.",
    ],
)
def test_people_without_an_opinion_are_no_voices(review, rules):
    assert found(review, rules, "voices") == []


@pytest.mark.parametrize(
    ("review", "asked"),
    [
        ("Who needs another remake?", True),
        ("Is it perfect? No.", True),
        ("How can anyone watch that and not weep?", True),
        ("What were they thinking?!", True),
        ("Does anyone know where I can buy the score?", False),
        ("Did anyone else see the microphone?", False),
        ("Where can I get the longer version?", False),
        ("Will she find him before the war is over?", False),
        ("He asks: who is there?", False),
        ("What was the point", True),
        ("Nobody asked for it.", False),
    ],
)
def test_a_question_asked_for_effect(review, asked, rules):
    assert bool(found(review, rules, "question")) is asked


@pytest.mark.parametrize(
    ("review", "rests"),
    [
        ("As a retired nurse, I can tell you that the ward is right.", True),
        ("I have taught this novel for ten years.", True),
        ("Speaking as a widow, it rang true.", True),
        ("Having read it five times, I missed the dog.", True),
        ("I've seen hundreds of westerns, and this is the best.", True),
        ("Thirty years in the fire service and I never saw a hose lie like that.", True),
        ("My grandparents came from that valley.", True),
        ("My pupils laugh at this chapter.", True),
        ("I reread it every winter.", True),
        ("Retired postman here, and no round was ever walked like that.", True),
        ("I'm the grandson of miners so I know that cough.", True),
        ("I was raised on a farm. Nobody holds a lamb like that.", True),
        ("We live in a flat above the shop.", False),
        ("He spent ten years in prison.", False),
        ("I came to the film late.", False),
        ("I am a sailor.", False),
        ("My sister is a nurse and came with me.", False),
        ("She works as a nurse in Leeds.", False),
        ("As a whole it works.", False),
        ("As a child he is sent away.", False),
        ("It is the best film I have seen in years.", False),
    ],
)
def test_ethos_rests_on_who_is_speaking(review, rests, rules):
    assert bool(found(review, rules, "ethos")) is rests


def test_what_a_rule_lists_as_unless_holds_back_only_words_that_it_touches(rules):
    assert found("I think about it often, and I think it is his best.", rules, "hedge") == ["I think"]


def test_names_of_the_work_stand_behind_the_cues():
    named = compiled("devices", read_work("never-let-me-go"))
    assert found("Kathy may never see the sea.", named, "hedge") == []
    assert found("Garfield may never do better.", named, "hedge") == ["may"]


def test_every_span_quotes_the_text_and_says_by_which_rule(rules):
    text = "‘Well’ — I think it’s slow 😀, but it is, of course, “fine”.\nMany say so! Why?"
    spans = devices.find(told(text), rules, None)
    assert {each.label for each in spans} >= {"hedge", "concession", "booster", "question"}
    assert all(each.rule and each.cues in text and text[each.start : each.end].strip() for each in spans)
    assert spans == sorted(spans, key=lambda each: (each.start, each.end, each.label))


@pytest.mark.parametrize(
    "piece", ["a", "?!", '("', "but ", "might ", "i think ", "not good ", " ", ".", "scene of the "]
)
def test_a_text_that_goes_on_and_on_takes_no_time(piece, rules):
    text = (piece * 100_000)[:100_000] + "x"
    begun = time.process_time()
    devices.find(Told(text, (Sentence(1, 0, len(text), text),)), rules, None)
    assert time.process_time() - begun < 5
