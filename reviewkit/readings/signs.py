"""What says of a sentence which stage it serves, and is not a cue: its place, its length, names, small words.

Their points, like those of the rules in structure.toml, were fitted to reviews whose stages are known, rules
and signs together, so that a sign counts for what it adds to the cues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..cue_rows import words_of
from ..works import Work
from .parts import Told

__all__ = ["SIGNS", "Sign", "signs_of"]


class Sign(NamedTuple):
    """Something that is not a cue, the stages to which it gives points, and why."""

    points: Mapping[str, float]
    why: str


# fmt: off
SIGNS: Mapping[str, Sign] = {
    "the first sentence": Sign({
        "background": 4.75, "craft": -0.5, "comparison": -3.5, "response": -0.75, "overall": 1, "address":
        2, "other": 1.5,
    }, "Many begin with how they came to the film."),
    "the last sentence": Sign({
        "background": -0.5, "plot": -1.5, "performance": -1.25, "craft": -2.25, "comparison": -0.5,
        "overall": 4, "address": 1.25, "other": 4,
    }, "Many end on a verdict or on advice."),
    "a signature": Sign({
        "overall": 1.25, "address": 0.5, "other": 5,
    }, "A few words at the end, without a full stop."),
    "a heading": Sign({"other": 5}, "A few words before a colon."),
    "very short": Sign({
        "background": -1.5, "plot": 0.5, "performance": -0.75, "theme": -1, "comparison": -1.5,
        "response": 0.75, "overall": 2, "other": 3.25,
    }, "Up to three words are a verdict more often than not."),
    "short": Sign({
        "background": -0.5, "plot": -0.5, "performance": 1.25, "craft": -0.5, "theme": -0.75, "response":
        0.5, "overall": 0.5, "address": -0.75, "other": 1,
    }, "Verdicts are brief, facts are not."),
    "long": Sign({
        "background": 1, "performance": -0.5, "craft": 0.5, "overall": -2, "address": 1, "other": -1,
    }, "Verdicts seldom take 25 words, facts do."),
    "a rating in figures": Sign({"overall": 4.5, "other": -1}, "8/10, B+, ****."),
    "a player in brackets": Sign({
        "plot": 2, "performance": -0.5,
    }, "Kathy (Carey Mulligan): the plot is told."),
    "he, she, they": Sign({
        "background": -0.5, "plot": 2.25, "performance": 2.5, "comparison": 0.5, "overall": -0.75,
        "address": -1.75, "other": -2.5,
    }, "Mostly of the story."),
    "unknown names": Sign({
        "background": 0.75, "performance": -0.5, "craft": -0.5, "theme": -1, "comparison": 0.75,
        "overall": -1.75, "address": -0.5, "other": 0.75,
    }, "Names are facts."),
    "a year": Sign({"background": 1.25, "plot": 2.25, "response": -2}, "Dates come with facts."),
    "I, first of all": Sign({
        "background": 1.75, "plot": -1.5, "craft": 1.5, "comparison": -0.75, "response": 1.25, "address":
        0.75, "other": -1,
    }, "The sentence begins with the reviewer."),
    "I did": Sign({
        "background": 1, "craft": -0.75, "theme": -1.75, "response": 1.5, "address": -1.25,
    }, "The reviewer's own story."),
    "a question": Sign({
        "background": -1, "plot": -2, "performance": -0.5, "craft": 3, "theme": 3, "comparison": 0.5,
        "response": 1, "address": -1, "other": -1.25,
    }, "Reviewers ask what it all means."),
    "the title": Sign({
        "plot": 1, "theme": -1, "comparison": 1.25, "overall": 1, "address": -1.75,
    }, "The title is named where the film is judged."),
    "a name is judged": Sign({
        "performance": 1.5, "theme": -0.5, "response": 0.75,
    }, "First and last name: mostly an actor."),
    "a full name": Sign({
        "background": 1, "craft": -1, "comparison": 1, "response": 1, "address": -1, "other": 1.25,
    }, "People of the film have first and last names."),
    "a name, then is": Sign({
        "performance": 0.5, "theme": 0.75, "comparison": 1.25, "address": -0.75,
    }, "Somebody is said to be so, or to do well."),
    "a name as": Sign({"background": 1, "performance": 0.5, "craft": 0.5}, "Who plays whom."),
    "every sentence": Sign({
        "background": -1, "plot": 0.5, "performance": -2, "craft": 2.75, "response": -0.75, "overall":
        -1.5, "address": 1, "other": -2,
    }, "Some stages are commoner than others."),
    "near the start": Sign({
        "background": 2.5, "performance": -1.5, "craft": -0.5, "theme": -2, "overall": 1.25, "address":
        1.25,
    }, "Second and third sentences still lead up to the film."),
    "says I or my": Sign({
        "performance": -0.5, "craft": -1.75, "comparison": -0.75, "response": 2.5, "overall": 1,
        "address": 0.75,
    }, "The reviewer's own part."),
    "a word of degree": Sign({
        "background": 0.75, "performance": 0.5, "craft": 0.75, "theme": 0.5, "comparison": 1.25,
        "overall": 0.75, "other": -2.25,
    }, "Very, too, rather: something is judged."),
    "a word of denial": Sign({
        "background": -0.5, "theme": 1, "response": -0.5, "overall": 1,
    }, "What is not so is told less than argued."),
    "would, could, should": Sign({
        "performance": -0.75, "comparison": 1, "overall": 1.25, "address": 0.5, "other": -1.25,
    }, "What might be otherwise is no event."),
    "beside a judgement": Sign({
        "background": -1.75, "performance": 2, "craft": 0.75, "response": -1.5, "overall": 1.75,
        "address": -0.5,
    }, "Praise and blame are comment."),
    "beside the film": Sign({
        "performance": -0.5, "theme": -0.5, "comparison": 0.75, "overall": 1.75, "other": -1.25,
    }, "The film is named where it is spoken of."),
    "told in the past": Sign({
        "background": 0.75, "theme": 0.75, "response": 1, "overall": -0.5, "address": -0.5, "other": 0.75,
    }, "Films are retold in the present."),
}
# fmt: on
"""What is not a cue, and what it counts for."""

_NAME = re.compile(r"[A-Z][a-zé'’-]+")
_FULL_NAME = re.compile(r"[A-Z][\w'’-]{1,30} (?:[A-Z]\. )?[A-Z][\w'’-]{1,30}")
_YEARS = frozenset(map(str, range(1800, 2100)))
_RATING = re.compile(r"\d(?:\.\d)?\s?/\s?(?:4|5|10|100)\b|\*{3,5}|\b[ABCDF][+-](?=\W|$)")
_PLAYER = re.compile(r"\((?:played by )?[A-Z][\w'’-]{1,30} [A-Z]")
_NAME_IS = re.compile(
    r"[A-Z][\w'’-]{1,30},? (?:is|was|are|were|does|did|gives|brings|makes|has|had|never|can|seems|looks)\b"
)
_NAME_AS = re.compile(r"[A-Z][\w'’-]{1,30},? (?:is |was )?(?:\w{1,20} )?as (?:the |a |an |his |her )?\w")
_I_DID = re.compile(
    r"\b(?:i|we) (?:was|were|had|saw|went|felt|thought|did|kept|got|took|could|found|\w{2,20}ed)\b"
)
_OF_RATINGS = frozenset("/*+-")
_WE = frozenset({"i", "we"})
_SMALL_WORDS: Mapping[str, str] = {
    "he, she, they": "he she they him his her their them",
    "says I or my": "i my me myself",
    "a word of degree": (
        "absolutely almost bit completely enough entirely especially fairly just less little maybe more most "
        "mostly only particularly perhaps pretty quite rather really slightly so somewhat too very"
    ),
    "a word of denial": "hardly never no none not nothing without",
    "would, could, should": "could may might must should would",
    "told in the past": "came did got had knew made said saw thought told took was went were",
}
_SIGN_OF = {word: name for name, words in _SMALL_WORDS.items() for word in words.split()}


def signs_of(
    told: Told, number: int, written: str, work: Work | None, named: bool, judged: bool
) -> list[str]:
    """The names of the signs that a sentence of a review has.

    `written` is the sentence; `named` says that the title is in it, `judged` that a word of praise or blame
    is.
    """
    plain = told.sentences[number].folded
    tokens = words_of(plain).tokens
    found = [*_of_place(number, len(told.sentences) - 1, written, len(tokens))]
    found += _of_words(written, plain, tokens)
    if named:
        found.append("the title")
    found += _of_names(written, work, judged)
    return found


def _of_place(number: int, last: int, written: str, words: int) -> Iterator[str]:
    """What a sentence's place in the review says, and its length."""
    yield "every sentence"
    if number == 0 and last > 0:
        yield "the first sentence"
    if 0 < number < 3 and last > 4:
        yield "near the start"
    if number == last and last > 0:
        yield "the last sentence"
    if number >= last - 1 and last > 1 and words <= 5 and written[-1] not in '.!?"”)…':
        yield "a signature"
    elif words <= 5 and written[-1] == ":":
        yield "a heading"
    elif words <= 3:
        yield "very short"
    if words <= 8:
        yield "short"
    if words >= 25:
        yield "long"


def _of_words(written: str, plain: str, tokens: list[str]) -> Iterator[str]:
    """What figures, brackets and small words say, and who the sentence is about."""
    words = frozenset(tokens)
    if not _OF_RATINGS.isdisjoint(written) and _RATING.search(written):
        yield "a rating in figures"
    if "(" in written and _PLAYER.search(written):
        yield "a player in brackets"
    small = {_SIGN_OF[word] for word in words & _SIGN_OF.keys()}
    if "n't" in plain:
        small.add("a word of denial")
    yield from (name for name in _SMALL_WORDS if name in small)
    if not _YEARS.isdisjoint(words):
        yield "a year"
    if plain.startswith(("i ", "i'")):
        yield "I, first of all"
    if not _WE.isdisjoint(words) and _I_DID.search(plain):
        yield "I did"
    if "?" in written[-3:]:
        yield "a question"


def _of_names(written: str, work: Work | None, judged: bool) -> Iterator[str]:
    """What names say that the work's file does not know."""
    known = _known(work)
    for each in _NAME.finditer(written):
        before = written[max(each.start() - 2, 0)] if each.start() > 1 else "."
        if before not in '.!?"“(' and each[0].split("'")[0].split("’")[0] not in known:
            yield "unknown names"
            break
    if any(each[0].split()[-1] not in known for each in _FULL_NAME.finditer(written)):
        yield "a full name"
        if judged:
            yield "a name is judged"
    if _NAME_IS.search(written):
        yield "a name, then is"
    if " as " in written and _NAME_AS.search(written):
        yield "a name as"


@lru_cache(maxsize=8)
def _known(work: Work | None) -> frozenset[str]:
    """The words of the names of a work's people, and of its titles."""
    if work is None:
        return frozenset()
    names = [form for person in work.people for form in person.forms]
    return frozenset(word for name in (*names, *work.titles) for word in name.split())
