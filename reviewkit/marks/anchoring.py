"""Where do marked words stand now? Found again by quotation where a text was parsed anew.

In a text with the same hash a mark stands where it stood. Elsewhere: at its old place, if the words there
and around are the same; else where the exact words stand with most of what stood around them; else the same
once more, without regard to case, kinds of white space, quotation marks and dashes; else in another review,
since reviews may be numbered anew. Words that stand in several places with the same surroundings, or short
words without their surroundings, are given up rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .. import people
from .events import text_sha

__all__ = ["Place", "Texts"]

_SURE = 12  # characters of quotation, or of surroundings, that are taken for the same words
_SURE_ELSEWHERE = 32  # ... in another review
_NO_REVIEW = "There is no such review here."
_GONE = "The words do not stand there any more."
_ALIKE_PLACES = "The words stand there in several places that look alike."
_OTHERWISE = "The words stand there, but what stood around them does not."
_ALIKE = str.maketrans("“”„«»‘’‚`´–—−‐‑\u00ad", "\"\"\"\"\"'''''-----\u200b")
_VANISH = re.compile("[\u200b-\u200f\ufeff]")


class Place(NamedTuple):
    """A review, and the words in it from `start` to `end`."""

    review_id: str
    start: int
    end: int


class _Folded(NamedTuple):
    """A text without what may differ, and where each of its characters stood."""

    text: str
    at: list[int]


class Texts:
    """Texts to find marks in, by review. Signatures are masked, as they are in what marks quote."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._masked: dict[str, str] = {}
        self._shas: dict[str, str] = {}
        self._folded: dict[str, _Folded] = {}

    def find(self, event: Mapping[str, Any]) -> tuple[Place | None, str]:
        """Where an event's words stand, or None and why not."""
        own, start, end = event["review_id"], event["start"], event["end"]
        for review_id in self._same(own, event["text_sha"]):
            if self._text(review_id)[start:end] == event["quote"]:
                return Place(review_id, start, end), ""
        place, why = self._within(own, event) if own in self._texts else (None, _NO_REVIEW)
        return (place, why) if place or why not in (_NO_REVIEW, _GONE) else self._elsewhere(event, own, why)

    def anywhere(self, parts: tuple[str, str, str]) -> tuple[Place | None, str]:
        """Where words stand that no review is named for, or None and why not.

        `parts` are what stood before them, the words, and what stood behind. In several reviews: the one
        where most of the surroundings stand too, if there is one.
        """
        prefix, quote, suffix = parts
        event = {"start": 0, "end": len(quote), "prefix": prefix, "quote": quote, "suffix": suffix}
        found, why = {}, "The words stand in no review here."
        for review_id in self._texts:
            place, told = self._within(review_id, event)
            if place:
                found[place] = self._likeness(place, prefix, suffix)
            elif told != _GONE:
                why = told
        likely = [place for place, most in found.items() if most == max(found.values())]
        if len(likely) == 1:
            return likely[0], ""
        return None, "The words stand in several reviews." if likely else why

    def _likeness(self, place: Place, prefix: str, suffix: str) -> int:
        """How much of the surroundings stands around a place."""
        text = self._text(place.review_id)
        before, behind = text[max(0, place.start - 2 * len(prefix)) : place.start], text[place.end :]
        around = _same_end(_fold(before).text, _fold(prefix).text)
        return around + _same_start(_fold(behind[: 2 * len(suffix)]).text, _fold(suffix).text)

    def _same(self, own: str, sha: str | None) -> Iterator[str]:
        """The reviews with this very text, the one of the same name first."""
        for review_id in (own, *self._texts):
            if sha is not None and review_id in self._texts and self._sha(review_id) == sha:
                yield review_id

    def _text(self, review_id: str) -> str:
        if review_id not in self._masked:
            self._masked[review_id] = people.mask(self._texts[review_id])
        return self._masked[review_id]

    def _sha(self, review_id: str) -> str:
        if review_id not in self._shas:
            self._shas[review_id] = text_sha(self._texts[review_id])
        return self._shas[review_id]

    def _elsewhere(self, event: Mapping[str, Any], own: str, why: str) -> tuple[Place | None, str]:
        """Where another review has the very words, and what stood around them."""
        parts = (event["prefix"], event["quote"], event["suffix"])
        found = []
        for review_id in self._texts:
            if review_id != own and parts[1] in self._text(review_id):
                at, _ = _best(self._text(review_id), parts, _SURE_ELSEWHERE)
                found += [] if at is None else [Place(review_id, at, at + len(parts[1]))]
        if len(found) > 1:
            return None, "The words stand in several reviews."
        return (found[0], "") if found else (None, why)

    def _within(self, review_id: str, event: Mapping[str, Any]) -> tuple[Place | None, str]:
        """Where the words stand in the review of this name."""
        text, parts = self._text(review_id), (event["prefix"], event["quote"], event["suffix"])
        start, end = event["start"], event["end"]
        before, behind = max(0, start - len(parts[0])), end + len(parts[2])
        if text[before:behind] == "".join(parts):
            return Place(review_id, start, end), ""
        at, why = _best(text, parts, _SURE)
        if at is not None or why == _ALIKE_PLACES:
            return (None, why) if at is None else (Place(review_id, at, at + len(parts[1])), "")
        if review_id not in self._folded:
            self._folded[review_id] = _fold(text)
        folded, places = self._folded[review_id]
        prefix, quote, suffix = (_fold(part).text for part in parts)
        at, folded_why = _best(folded, (prefix, quote.strip(), suffix), _SURE)
        if at is None:
            return None, why or folded_why or _GONE
        return Place(review_id, places[at], places[at + len(quote.strip()) - 1] + 1), ""


def _best(text: str, parts: tuple[str, str, str], sure: int) -> tuple[int | None, str]:
    """Where the words stand with most of their surroundings; None and why where that is in doubt."""
    prefix, quote, suffix = parts
    scored: list[tuple[int, int]] = []
    at = text.find(quote) if quote.strip() else -1
    while at >= 0:
        end = at + len(quote)
        around = _same_end(text[max(0, at - len(prefix)) : at], prefix)
        around += _same_start(text[end : end + len(suffix)], suffix)
        scored.append((around, at))
        at = text.find(quote, at + 1)
    if not scored:
        return None, ""
    most = max(around for around, _ in scored)
    best = [at for around, at in scored if around == most]
    if len(best) > 1:
        return None, _ALIKE_PLACES
    if most + (len(quote) if len(scored) == 1 else 0) < min(sure, len("".join(parts))):
        return None, _OTHERWISE
    return best[0], ""


def _same_start(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _same_end(one: str, other: str) -> int:
    return _same_start(one[::-1], other[::-1])


def _fold(text: str) -> _Folded:
    """Case, kinds of white space, quotation marks, dashes and invisible characters folded away."""
    characters: list[str] = []
    at: list[int] = []
    for place, character in enumerate(text):
        folded = " " if character.isspace() else character.translate(_ALIKE).casefold()
        if _VANISH.fullmatch(folded) or (folded == " " and characters and characters[-1] == " "):
            continue
        characters += folded
        at += [place] * len(folded)
    return _Folded("".join(characters), at)
