"""What does each sentence do? Facts, plot, acting, craft, meaning, comparison, response, verdict, address.

Each sentence is given one of ten stages (labels.md). A rule is a group of cues that gives points to its
stage, or takes them away; `SIGNS` adds what words cannot say (the place in the review, a length, a rating in
figures, a name in brackets). Reviews move in stretches: a sentence that carries on the stage of the one
before gains the points of `STAY`, and the stages of a whole review are chosen so that all points together are
most. The runner-up is the stage that would have come second where the sentence stands.

`cues` names the words that gave the winning stage its points. Names of the work count for much: without one
an actor is known only by fame, or by first and last name beside a judgement, and a character only by what
they do. `every sentence` says which stages are common: what it gives is the stage of a sentence without cues.

Known misreadings: a retelling in the first person or the past; a theme put as a story ("he believes in a
dream that is behind him"); a plot put as a saying; irony; a long quotation, of which only the stretch around
it is known; a comparison without a word for book, film or likeness; a second job that a sentence does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..cues import folded
from ..rulebook import Ruleset
from ..scoring import STAGES
from ..works import Work
from .parts import Found, Told

__all__ = ["SIGNS", "STAY", "Point", "Sign", "find", "weigh"]


class Sign(NamedTuple):
    """Something that is not a word, the stages to which it gives points, and why."""

    points: Mapping[str, float]
    why: str


# fmt: off
SIGNS: Mapping[str, Sign] = {
    "the first sentence": Sign({
        "background": 4, "address": 0.5, "craft": -0.5, "comparison": -1.5,
    }, "Many begin with how they came to the film."),
    "the last sentence": Sign({
        "overall": 2.5, "other": 1.5, "address": 1, "background": -0.5, "plot": -0.5, "performance": -0.5,
        "craft": -1,
    }, "Many end on a verdict or on advice."),
    "a signature": Sign({"other": 5, "address": 0.5}, "A few words at the end, without a full stop."),
    "a heading": Sign({"other": 5}, "A few words before a colon."),
    "very short": Sign({
        "overall": 1.5, "other": 1, "plot": 0.5, "background": -0.5, "theme": -0.5, "comparison": -0.5,
    }, "Up to three words are a verdict more often than not."),
    "short": Sign({
        "performance": 1, "overall": 0.5, "other": 0.5, "theme": -0.5, "comparison": -1,
        "background": -1.5,
    }, "Verdicts are brief, facts are not."),
    "long": Sign({
        "background": 1, "craft": 0.5, "address": 0.5, "performance": -0.5, "response": -0.5,
        "other": -0.5, "overall": -1.5,
    }, "Verdicts seldom take 25 words, facts do."),
    "a rating in figures": Sign({"overall": 3.5}, "8/10, B+, ****."),
    "a player in brackets": Sign({
        "plot": 2.5, "performance": -2,
    }, "Kathy (Carey Mulligan): the plot is told."),
    "he, she, they": Sign({
        "performance": 1.5, "plot": 1, "comparison": 1, "overall": -0.5, "background": -1, "address": -1,
        "other": -1,
    }, "Mostly of the story."),
    "unknown names": Sign({
        "plot": 1, "background": 0.5, "performance": 0.5, "comparison": 0.5, "craft": -0.5,
        "address": -0.5, "theme": -1, "overall": -1.5,
    }, "Names are facts."),
    "a year": Sign({"plot": 1, "background": 0.5, "response": -0.5}, "Dates come with facts."),
    "I, first of all": Sign({
        "background": 1, "craft": 1, "response": 1, "theme": 0.5, "overall": 0.5, "address": 0.5,
        "comparison": -0.5, "plot": -1,
    }, "The sentence begins with the reviewer."),
    "I did": Sign({
        "response": 2, "background": 1, "address": -0.5, "craft": -1, "theme": -1,
    }, "The reviewer's own story."),
    "a question": Sign({
        "craft": 2, "theme": 1.5, "address": -0.5, "plot": -1,
    }, "Reviewers ask what it all means."),
    "the title": Sign({"overall": 0.5, "address": -0.5}, "The title is named where the film is judged."),
    "a name is judged": Sign({
        "performance": 1.5, "plot": 0.5, "theme": -0.5,
    }, "First and last name: mostly an actor."),
    "a full name": Sign({
        "background": 1.5, "performance": 1, "plot": 0.5, "comparison": 0.5, "response": -0.5,
        "address": -0.5, "craft": -1,
    }, "People of the film have first and last names."),
    "a name, then is": Sign({
        "performance": 0.5, "theme": 0.5, "comparison": 0.5, "response": 0.5, "other": -0.5,
    }, "Somebody is said to be so, or to do well."),
    "a name as": Sign({
        "background": 0.5, "performance": 0.5, "craft": 0.5, "comparison": -0.5,
    }, "Who plays whom."),
    "every sentence": Sign({
        "craft": 2, "address": 0.5, "response": 0.5, "plot": -0.5, "performance": -1, "theme": -0.5,
        "overall": -0.5, "comparison": -1, "background": -1, "other": -1,
    }, "Some stages are commoner than others."),
    "near the start": Sign({
        "background": 2.5, "overall": 0.5, "address": 0.5, "performance": -0.5, "craft": -0.5,
        "theme": -0.5, "response": -0.5,
    }, "Second and third sentences still lead up to the film."),
    "says I or my": Sign({
        "response": 1.5, "overall": 1, "address": 1, "performance": -1, "craft": -1, "comparison": -1,
    }, "The reviewer's own part."),
    "a word of degree": Sign({
        "background": 0.5, "performance": 0.5, "comparison": 0.5, "overall": 0.5, "other": -1,
    }, "Very, too, rather: something is judged."),
    "a word of denial": Sign({
        "theme": 1, "plot": 0.5, "comparison": 0.5, "overall": 0.5, "background": -0.5, "response": -0.5,
        "address": -0.5, "other": -0.5,
    }, "What is not so is told less than argued."),
    "would, could, should": Sign({
        "performance": 0.5, "comparison": 0.5, "overall": 0.5, "address": 0.5, "background": -0.5,
        "other": -0.5,
    }, "What might be otherwise is no event."),
    "beside a judgement": Sign({
        "overall": 1, "performance": 0.5, "craft": 0.5, "comparison": 0.5, "other": 0.5, "theme": -0.5,
        "response": -0.5, "background": -1,
    }, "Praise and blame are comment."),
    "beside the film": Sign({
        "overall": 1, "background": 0.5, "craft": 0.5, "comparison": 0.5, "performance": -0.5,
        "theme": -0.5, "address": -0.5, "other": -0.5,
    }, "The film is named where it is spoken of."),
    "told in the past": Sign({
        "background": 0.5, "performance": 0.5, "theme": 0.5, "response": 0.5, "address": -0.5,
    }, "Films are retold in the present."),
}
# fmt: on
"""What words cannot say, and what it counts for."""

STAY: Mapping[str, float] = {
    "theme": 4, "plot": 3.5, "comparison": 3.5, "background": 3, "performance": 2.5,
    "craft": 2, "overall": 1.5, "other": 1.5, "response": 1, "address": 1,
}  # fmt: skip
"""What a sentence gains by carrying on the stage of the one before: retelling and reflecting take several."""

_ACROSS = 0.5  # of STAY, where a paragraph begins: a new paragraph often turns to something else
_CARRIES = 0.5  # more, where a sentence begins with "he", "this", "but" ...: it hangs on the one before

_NAME = re.compile(r"[A-Z][a-zé'’-]+")
_FULL_NAME = re.compile(r"[A-Z][\w'’-]{1,30} (?:[A-Z]\. )?[A-Z][\w'’-]{1,30}")
_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_RATING = re.compile(r"\d(?:\.\d)?\s?/\s?(?:4|5|10|100)\b|\*{3,5}|\b[ABCDF][+-](?=\W|$)")
_PLAYER = re.compile(r"\((?:played by )?[A-Z][\w'’-]{1,30} [A-Z]")
_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_THEY = frozenset({"he", "she", "they", "him", "his", "her", "their", "them"})
_DEGREE = frozenset({
    "absolutely", "almost", "bit", "completely", "enough", "entirely", "especially", "fairly", "just",
    "less", "little", "maybe", "more", "most", "mostly", "only", "particularly", "perhaps", "pretty",
    "quite", "rather", "really", "slightly", "so", "somewhat", "too", "very",
})  # fmt: skip
_DENIAL = frozenset({"hardly", "never", "no", "none", "not", "nothing", "without"})
_WOULD = frozenset({"could", "i'd", "may", "might", "must", "should", "they'd", "would", "you'd"})
_I = frozenset({"i", "my", "me", "i'm", "i've", "i'd", "myself"})
_PAST = frozenset({
    "came", "did", "got", "had", "knew", "made", "said", "saw", "thought", "told", "took", "was", "went",
    "were",
})  # fmt: skip
_NAME_IS = re.compile(
    r"[A-Z][\w'’-]{1,30},? (?:is|was|are|were|does|did|gives|brings|makes|has|had|never|can|seems|looks)\b"
)
_NAME_AS = re.compile(r"[A-Z][\w'’-]{1,30},? (?:is |was )?(?:\w{1,20} )?as (?:the |a |an |his |her )?\w")
_BESIDE = {"a judgement is made": "beside a judgement", "the film is named as a film": "beside the film"}
_OF_RATINGS = frozenset("/*+-")
_WE = frozenset({"i", "we"})
_I_DID = re.compile(
    r"\b(?:i|we) (?:was|were|had|saw|went|felt|thought|did|kept|got|took|could|found|\w{2,20}ed)\b"
)
_CARRY = re.compile(r"\W*(?:he|she|they|his|her|their|it|its|this|that|these|those|then|and|but|so)\b")
_JUDGED = "a judgement is made"  # the rule that knows words of praise and blame


class Point(NamedTuple):
    """What a rule or a sign gives to a stage, and the words that did it."""

    stage: str
    points: float
    rule: str
    words: str


_OF_SIGN = {
    name: tuple(Point(stage, each, name, name) for stage, each in sign.points.items())
    for name, sign in SIGNS.items()
}


def find(told: Told, rules: Ruleset, work: Work | None) -> list[Found]:
    """One stage for each sentence, with the words that decided it and the stage that came second."""
    points = [weigh(told, number, rules, work) for number in range(len(told.sentences))]
    sums = [_sums(each) for each in points]
    stays = [_stays(told, number) for number in range(len(told.sentences))]
    chosen = _chosen(sums, stays)
    found = []
    for number, (sentence, stage) in enumerate(zip(told.sentences, chosen, strict=True)):
        own = [point for point in points[number] if point.stage == stage and point.points > 0]
        own.sort(key=lambda point: -point.points)
        cues = ", ".join(f"{p.words} {p.points:+g}" for p in own)
        rule = own[0].rule if own else "the sentences around it"
        second = _second(sums, stays, chosen, number)
        found.append(Found(stage, sentence.start, sentence.end, rule, cues, second))
    return found


def weigh(told: Told, number: int, rules: Ruleset, work: Work | None) -> list[Point]:
    """Every point that one sentence of a review is given, by rules and by signs."""
    sentence = told.sentences[number]
    written = told.text[sentence.start : sentence.end]
    plain, named = _without_title(written, sentence.folded, work)
    brackets = [each.span() for each in _BRACKETS.finditer(plain)] if "(" in plain else []
    points = []
    for hit in rules.find(plain):
        inside = any(all(a <= start and end <= b for start, end in hit.spans) for a, b in brackets)
        if not (inside and hit.of.label == "performance"):
            words = " … ".join(written[start:end] for start, end in hit.spans)
            points.append(Point(hit.of.label, hit.of.points, hit.of.name, f"“{words}”"))
    judged = any(point.rule == _JUDGED for point in points)
    beside = [_BESIDE[point.rule] for point in points if point.rule in _BESIDE]
    for name in (*beside, *_signs(told, number, written, work, named, judged)):
        points += _OF_SIGN.get(name, ())
    return points


def _without_title(written: str, plain: str, work: Work | None) -> tuple[str, bool]:
    """The sentence without the work's titles, whose words are nobody's own, and whether there was one."""
    named = False
    for title in work.titles if work else ():
        form = folded(title)
        at = plain.find(form)
        while at >= 0:
            if written[at].isupper() and (" " in form or at > 0):
                plain = plain[:at] + "x" * len(form) + plain[at + len(form) :]
                named = True
            at = plain.find(form, at + 1)
    return plain, named


def _signs(
    told: Told, number: int, written: str, work: Work | None, named: bool, judged: bool
) -> Iterator[str]:
    """The names of the signs that a sentence has."""
    words = _WORD.findall(told.sentences[number].folded)
    yield from _of_place(number, len(told.sentences) - 1, written, len(words))
    yield from _of_words(written, told.sentences[number].folded, frozenset(words))
    if named:
        yield "the title"
    yield from _of_names(written, work, judged)


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


def _of_words(written: str, plain: str, words: frozenset[str]) -> Iterator[str]:
    """What figures and brackets say, and who the sentence is about."""
    if not _OF_RATINGS.isdisjoint(written) and _RATING.search(written):
        yield "a rating in figures"
    if "(" in written and _PLAYER.search(written):
        yield "a player in brackets"
    if not _THEY.isdisjoint(words):
        yield "he, she, they"
    if not _I.isdisjoint(words):
        yield "says I or my"
    if not _DEGREE.isdisjoint(words):
        yield "a word of degree"
    if not _DENIAL.isdisjoint(words) or "n't" in plain:
        yield "a word of denial"
    if not _WOULD.isdisjoint(words):
        yield "would, could, should"
    if not _PAST.isdisjoint(words):
        yield "told in the past"
    if any(map(_YEAR.fullmatch, words)):
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
    full = any(each[0].split()[-1] not in known for each in _FULL_NAME.finditer(written))
    if full:
        yield "a full name"
        if judged:
            yield "a name is judged"
    if _NAME_IS.search(written):
        yield "a name, then is"
    if _NAME_AS.search(written):
        yield "a name as"


@lru_cache(maxsize=8)
def _known(work: Work | None) -> frozenset[str]:
    """The words of the names of a work's people, and of its titles."""
    if work is None:
        return frozenset()
    names = [form for person in work.people for form in person.forms]
    return frozenset(word for name in (*names, *work.titles) for word in name.split())


def _sums(points: Sequence[Point]) -> dict[str, float]:
    """The points of each stage."""
    sums = dict.fromkeys(STAGES, 0.0)
    for point in points:
        if point.stage in sums:
            sums[point.stage] += point.points
    return sums


def _stays(told: Told, number: int) -> float:
    """The share of STAY that a sentence gains by carrying on, and what is added to it, as one factor."""
    if number == 0:
        return 0.0
    before, sentence = told.sentences[number - 1], told.sentences[number]
    if before.paragraph != sentence.paragraph:
        return _ACROSS
    return 1 + _CARRIES if _CARRY.match(sentence.folded) else 1.0


def _chosen(sums: Sequence[Mapping[str, float]], stays: Sequence[float]) -> list[str]:
    """The stages by which all sentences together have most points (Viterbi's way of finding them)."""
    if not sums:
        return []
    best, came = dict(sums[0]), list[dict[str, str]]()
    for own, factor in zip(sums[1:], stays[1:], strict=True):
        top = max(best, key=best.__getitem__)
        most, steps, after = best[top], dict[str, str](), dict[str, float]()
        for stage, points in best.items():
            stayed = points + factor * STAY[stage]
            steps[stage] = stage if stayed >= most else top
            after[stage] = own[stage] + max(stayed, most)
        best = after
        came.append(steps)
    chosen = [max(best, key=best.__getitem__)]
    for steps in reversed(came):
        chosen.append(steps[chosen[-1]])
    return chosen[::-1]


def _second(
    sums: Sequence[Mapping[str, float]], stays: Sequence[float], chosen: Sequence[str], number: int
) -> str:
    """The stage with most points beside the chosen one, its neighbours being what they are."""
    own = dict(sums[number])
    if number > 0:
        own[chosen[number - 1]] += stays[number] * STAY[chosen[number - 1]]
    if number + 1 < len(sums):
        own[chosen[number + 1]] += stays[number + 1] * STAY[chosen[number + 1]]
    del own[chosen[number]]
    return max(own, key=own.__getitem__)
