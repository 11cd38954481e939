"""Cues are looked for in two ways: word by word, and by regular expressions. They must find the same."""

import random

import pytest

from reviewkit.cue_index import CueIndex
from reviewkit.cue_rows import Words
from reviewkit.cues import compile_cue, folded

NAMES = {"Tommy": ["Tommy", "Tommy D", "tommy d."], "they": ["he", "she", "they"]}
CUES = [
    "i|i've|i_have ... read|re-read it|book",
    "@they dies|passed_away",
    "^ well",
    "^ i've|i read",
    "the end $",
    "clone* ... organ*",
    "clone*|they|org* the|organ*|b",
    "@Tommy ... dies|died",
    "a ... a ... b",
    "s|t|book ... it",
    "don't|do read|read_it it|the",
    "why + ?",
    "8.5|best-seller",
    "@they ... *ing",
    "^ clon* $",
]
WORDS = """
    i i've have read re-read it book's book he she they dies passed away well the end clone clones' organs
    don't do a b s t why 8.5 best-seller tommy tommy's D. singing _the_ '' ' -- ... (the ?! x's'y "it's"
    ,,,,,,,,,,
"""
SPACES = [" ", " ", " ", ", ", "'", " - ", "\n", ""]


def sentences(number: int) -> list[str]:
    chance, words = random.Random(7), WORDS.split()
    return [
        folded("".join(chance.choice(words) + chance.choice(SPACES) for _ in range(chance.randint(0, 14))))
        for _ in range(number)
    ]


@pytest.mark.parametrize("text", CUES)
def test_words_and_expressions_find_the_same(text):
    cue = compile_cue(text, NAMES)
    for sentence in sentences(800):
        spans = [found.span() for part in cue.parts if (found := part.search(sentence))]
        assert cue.find(sentence) == (spans if len(spans) == len(cue.rows) else []), sentence
        for row, part in zip(cue.rows, cue.parts, strict=True):
            every = [found.span() for found in part.finditer(sentence)]
            assert list(row.find_all(Words(sentence))) == every, sentence


def test_an_index_finds_what_its_cues_find():
    cues = [compile_cue(text, NAMES) for text in CUES]
    index = CueIndex(((cue, cue.text) for cue in cues), ((cue, "held") for cue in cues[:5]))
    for sentence in sentences(800):
        every = [(cue.text, cue.find(sentence)) for cue in cues if cue.find(sentence)]
        assert [(hit.of, hit.spans) for hit in index.find(sentence)] == every, sentence
        assert [cue.text for cue in index.holding(sentence, "held")] == [
            text for text, _ in every if text in CUES[:5]
        ]


def test_a_gap_takes_six_words_at_most_and_a_word_with_its_apostrophe_is_one():
    cue = compile_cue("i ... it", {})
    assert cue.find("i a b c d don't f it") == [(0, 20)]
    assert cue.find("i a b c d e f g it") == []
    assert Words("i don't go").behind_gap(1) == [1, 3, 2]
