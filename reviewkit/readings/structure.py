"""What does each sentence do? Facts, plot, acting, craft, meaning, comparison, response, verdict, address.

Each sentence is given one of ten stages (labels.md). A rule is a group of cues that gives points to its
stage, or takes them away; signs.py adds what cues cannot say (the place in the review, a length, a rating in
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
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..cue_index import Hit
from ..cues import folded
from ..rulebook import Rule, Ruleset
from ..scoring import STAGES
from ..works import Work
from .parts import Found, Told
from .signs import SIGNS, signs_of

__all__ = ["STAY", "Weighed", "find", "weigh"]

STAY: Mapping[str, float] = {
    "theme": 4, "other": 4, "background": 3.75, "plot": 3.5, "performance": 3.25, "comparison": 3.25,
    "craft": 2, "response": 2, "overall": 1.75, "address": 1,
}  # fmt: skip
"""What a sentence gains by carrying on the stage of the one before: retelling and reflecting take several."""

_ACROSS = 0.5  # of STAY, where a paragraph begins: a new paragraph often turns to something else
_CARRIES = 0.5  # more, where a sentence begins with "he", "this", "but" ...: it hangs on the one before

_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_CARRY = re.compile(r"\W*(?:he|she|they|his|her|their|it|its|this|that|these|those|then|and|but|so)\b")
_JUDGED = "a judgement is made"  # the rule that knows words of praise and blame
_BESIDE = {_JUDGED: "beside a judgement", "the film is named as a film": "beside the film"}

_AT = {stage: number for number, stage in enumerate(STAGES)}
_STAY = [STAY[stage] for stage in STAGES]
_OF_SIGN = {
    name: [(_AT[stage], points) for stage, points in sign.points.items()] for name, sign in SIGNS.items()
}


class Weighed(NamedTuple):
    """What was found in one sentence, and the points that each stage has of it, in the order of STAGES."""

    hits: list[Hit[Rule]]
    signs: list[str]
    points: list[float]


def find(told: Told, rules: Ruleset, work: Work | None) -> list[Found]:
    """One stage for each sentence, with the words that decided it and the stage that came second."""
    weighed = [weigh(told, number, rules, work) for number in range(len(told.sentences))]
    points = [each.points for each in weighed]
    stays = [_stays(told, number) for number in range(len(told.sentences))]
    chosen = _chosen(points, stays)
    found = []
    for number, (sentence, stage) in enumerate(zip(told.sentences, chosen, strict=True)):
        rule, cues = _decided(weighed[number], stage, told.text[sentence.start : sentence.end])
        second = STAGES[_second(points, stays, chosen, number)]
        found.append(Found(STAGES[stage], sentence.start, sentence.end, rule, cues, second))
    return found


def weigh(told: Told, number: int, rules: Ruleset, work: Work | None) -> Weighed:
    """Every rule and sign that one sentence of a review has, and the points of the stages."""
    sentence = told.sentences[number]
    written = told.text[sentence.start : sentence.end]
    plain, named = _without_title(written, sentence.folded, work)
    hits = _outside_brackets(plain, rules.find(plain))
    there = {hit.of.name for hit in hits}
    signs = [beside for rule, beside in _BESIDE.items() if rule in there]
    signs += signs_of(told, number, written, work, named, _JUDGED in there)
    points = [0.0] * len(STAGES)
    for hit in hits:
        points[_AT[hit.of.label]] += hit.of.points
    for sign in signs:
        for stage, each in _OF_SIGN[sign]:
            points[stage] += each
    return Weighed(hits, signs, points)


def _outside_brackets(plain: str, hits: list[Hit[Rule]]) -> list[Hit[Rule]]:
    """Without what tells of acting only within brackets: Kathy (Carey Mulligan) is the plot's."""
    brackets = [each.span() for each in _BRACKETS.finditer(plain)] if "(" in plain else []
    if not brackets:
        return hits
    return [
        hit
        for hit in hits
        if hit.of.label != "performance"
        or not any(all(a <= start and end <= b for start, end in hit.spans) for a, b in brackets)
    ]


def _decided(weighed: Weighed, stage: int, written: str) -> tuple[str, str]:
    """The rule that gave the stage most points, and all the words and signs that gave it some."""
    own = [
        (hit.of.points, hit.of.name, f"“{' … '.join(written[start:end] for start, end in hit.spans)}”")
        for hit in weighed.hits
        if hit.of.points > 0 and _AT[hit.of.label] == stage
    ]
    own += [
        (points, sign, sign)
        for sign in weighed.signs
        for at, points in _OF_SIGN[sign]
        if at == stage and points > 0
    ]
    own.sort(key=lambda each: -each[0])
    rule = own[0][1] if own else "the sentences around it"
    return rule, ", ".join(f"{words} {points:+g}" for points, _, words in own)


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


def _stays(told: Told, number: int) -> float:
    """The share of STAY that a sentence gains by carrying on, and what is added to it, as one factor."""
    if number == 0:
        return 0.0
    before, sentence = told.sentences[number - 1], told.sentences[number]
    if before.paragraph != sentence.paragraph:
        return _ACROSS
    return 1 + _CARRIES if _CARRY.match(sentence.folded) else 1.0


def _chosen(points: Sequence[Sequence[float]], stays: Sequence[float]) -> list[int]:
    """The stages by which all sentences together have most points (Viterbi's way of finding them)."""
    if not points:
        return []
    best, came = list(points[0]), list[list[int]]()
    for own, factor in zip(points[1:], stays[1:], strict=True):
        most = max(best)
        top = best.index(most)
        stayed = [each + factor * stay for each, stay in zip(best, _STAY, strict=True)]
        came.append([at if each >= most else top for at, each in enumerate(stayed)])
        best = [each + max(stay, most) for each, stay in zip(own, stayed, strict=True)]
    chosen = [best.index(max(best))]
    for steps in reversed(came):
        chosen.append(steps[chosen[-1]])
    return chosen[::-1]


def _second(
    points: Sequence[Sequence[float]], stays: Sequence[float], chosen: Sequence[int], number: int
) -> int:
    """The stage with most points beside the chosen one, its neighbours being what they are."""
    own = list(points[number])
    if number > 0:
        own[chosen[number - 1]] += stays[number] * _STAY[chosen[number - 1]]
    if number + 1 < len(points):
        own[chosen[number + 1]] += stays[number + 1] * _STAY[chosen[number + 1]]
    own[chosen[number]] = float("-inf")
    return own.index(max(own))
