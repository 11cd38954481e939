"""Where do words stand in a row? The places of a cue, and how they are found to be filled.

A row is a row of places; what fills a place is one of its forms: a word ("clone", "i've") or several ("passed
away"). `Row.find` gives what the row's regular expression would, and mostly needs none, since to compile one
takes longer than to read ten sentences: plain forms (no star, a letter or figure at both ends) are compared
word by word. Whatever else there is, a form or a sentence, is left to the regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

__all__ = ["BETWEEN", "GAP", "TOKEN", "Place", "Row", "Words", "words_of"]

BETWEEN = r"[^\w]{1,8}"  # what stands between two words: a space, a comma and a space, a quotation mark ...
GAP = rf"{BETWEEN}(?:[\w']{{1,40}}{BETWEEN}){{0,6}}?"
TOKEN = re.compile(r"\w+")
_PIECES = re.compile(r"(\w+)")

_SIGNS, _LETTERS, _GAP_WORDS = 8, 40, 6  # as in BETWEEN and GAP
_ASKS = r"(?<![\"')\]*!?])(?=[\"')\]*!]*+\?)[\"')\]*!?]++\s*$"
_NEVER = r"(?!)"

Form = tuple[tuple[str, int], ...]
"""The words of a form, each with the number of its tokens ("i've" has two); nothing for a single token."""

compiled = cache(re.compile)  # when first tried: most never are


class Words:
    """A folded sentence cut into tokens, runs of letters and figures, and what stands between them."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        self._pieces: list[str] = _PIECES.split(sentence)
        self.tokens = self._pieces[1::2]

    @cached_property
    def _edges(self) -> list[int]:
        return list(accumulate(map(len, self._pieces)))

    @cached_property
    def starts(self) -> list[int]:
        """Where each token begins."""
        return self._edges[:-1:2]

    @cached_property
    def ends(self) -> list[int]:
        """Where each token ends."""
        return self._edges[1::2]

    @cached_property
    def odd(self) -> bool:
        """Whether there are more signs in a row, longer words or other lines under them than writing has."""
        words = self.sentence.split() if "'" in self.sentence else self.tokens
        longest, widest = (max(map(len, each), default=0) for each in (words, self._pieces[2:-1:2]))
        return "_" in self.sentence or longest > _LETTERS or widest > _SIGNS

    @cached_property
    def _after(self) -> list[int]:
        """For each token the first behind it that no apostrophe joins to it."""
        after = list(range(1, len(self.tokens) + 1))
        for at in range(len(self.tokens) - 2, -1, -1):
            if not self._pieces[2 * at + 2].strip("'"):
                after[at] = after[at + 1]
        return after

    def behind(self, form: Form, at: int) -> int:
        """Behind which token a form ends whose first stands at `at`; 0 where the rest is not there."""
        for text, tokens in form:
            start, at = at, at + tokens
            if at > len(self.tokens) or self.sentence[self.starts[start] : self.ends[at - 1]] != text:
                return 0
        return at

    def behind_gap(self, at: int) -> Sequence[int]:
        """The tokens that a gap may lead to, if `at` is the first that it could leave out: those with which a
        word begins, then, from the last, those behind an apostrophe."""
        if "'" not in self.sentence:
            return range(at, min(at + _GAP_WORDS + 1, len(self.tokens)))
        words, within = list[int](), list[int]()
        while at < len(self.tokens) and len(words) <= _GAP_WORDS:
            if len(words) < _GAP_WORDS:
                within += range(at + 1, self._after[at])
            words.append(at)
            at = self._after[at]
        return words + within[::-1]


@lru_cache(maxsize=16_384)
def words_of(sentence: str) -> Words:
    """The words of a folded sentence, kept for the next reading that asks about them."""
    return Words(sentence)


@dataclass(frozen=True, eq=False)
class Place:
    """A place in a row: the forms that may fill it, the first that fits being taken."""

    forms: tuple[str, ...]

    @cached_property
    def pattern(self) -> str:
        """A regular expression for the forms."""
        return f"(?:{'|'.join(map(_pattern, self.forms)) or _NEVER})"

    @cached_property
    def heads(self) -> frozenset[str]:
        """Words, or two words one behind the other, of which some must be there; clon* stands for all that
        begin so, and "" for anything."""
        return frozenset(map(_head, self.forms))

    @cached_property
    def firsts(self) -> frozenset[str]:
        """The words with which the forms begin; with "" any other may."""
        return frozenset(map(_first, self.forms))

    @cached_property
    def headed(self) -> bool:
        """Whether each form begins with its head."""
        return "" not in self.heads and all(_head(form) == _first(form) for form in self.forms)

    @cached_property
    def tailed(self) -> bool:
        """Whether each form ends with its head."""
        return "" not in self.heads and not any("*" in form for form in self.forms)

    @cached_property
    def fillers(self) -> Mapping[str, list[Form]] | None:
        """The forms by the token that each begins with; None where they are not plain."""
        fillers: dict[str, list[Form]] = {}
        for text in self.forms:
            if (form := _form(text)) is None:
                return None
            fillers.setdefault(_first(text), []).append(form)
        return fillers


class Step(NamedTuple):
    """A place in a row, and how it stands to the one before."""

    place: Place
    gap: bool = False
    """Whether other words may stand between."""


@dataclass(frozen=True, eq=False)
class Row:
    """Words in a row, at the sentence's beginning or end if they must be."""

    steps: tuple[Step, ...] = ()
    first: bool = False
    last: bool = False
    asks: bool = False
    """Whether the sentence must be a question; there are no places then."""

    @cached_property
    def pattern(self) -> str:
        """A regular expression for the whole row."""
        if self.asks:
            return _ASKS
        steps = [(GAP if step.gap else BETWEEN) + step.place.pattern for step in self.steps[1:]]
        opens, closes = (r"^[\W_]*" if self.first else r"(?<!\w)"), (r"[\W_]*$" if self.last else "")
        return f"{opens}{self.steps[0].place.pattern}{''.join(steps)}(?!\\w){closes}"

    @cached_property
    def fillers(self) -> list[Mapping[str, list[Form]]]:
        """The fillers of each place; none where the row is not plain."""
        fillers = [each for step in self.steps if (each := step.place.fillers) is not None]
        return fillers if len(fillers) == len(self.steps) else []

    def find(self, words: Words, start: int = 0) -> tuple[int, int] | None:
        """Where the row stands first in a sentence, from a place in it on; None where it does not."""
        if not self.fillers or words.odd:
            sure_not = self.asks and "?" not in words.sentence
            found = None if sure_not else compiled(self.pattern).search(words.sentence, start)
            return found.span() if found else None
        opens, starts = self.fillers[0], words.starts
        for at, token in enumerate(words.tokens[: start == 0] if self.first else words.tokens):
            if token in opens and starts[at] >= start and (end := self._filled(0, words, at)):
                return 0 if self.first else starts[at], len(words.sentence) if self.last else words.ends[
                    end - 1
                ]
        return None

    def _filled(self, number: int, words: Words, at: int) -> int:
        """Behind which token the row ends if a place of it is filled from token `at` on; else 0."""
        following = number + 1
        for form in self.fillers[number][words.tokens[at]]:
            end = words.behind(form, at) if form else at + 1
            if following == len(self.steps):
                if end and not (self.last and end < len(words.tokens)):
                    return end
            elif 0 < end < len(words.tokens):
                opens = self.fillers[following]
                for each in words.behind_gap(end) if self.steps[following].gap else (end,):
                    if words.tokens[each] in opens and (last := self._filled(following, words, each)):
                        return last
        return 0


@lru_cache(maxsize=20_000)
def _form(text: str) -> Form | None:
    """A form, ready to be compared; None where it is not plain."""
    words = text.split()
    if "*" in text or not all(word[0].isalnum() and word[-1].isalnum() for word in words):
        return None
    form = tuple((word, len(TOKEN.findall(word))) for word in words)
    return form if len(form) > 1 or form[0][1] > 1 else ()


@lru_cache(maxsize=20_000)
def _pattern(form: str) -> str:
    """The regular expression for one word, or for words that stay together."""
    return BETWEEN.join(re.escape(word).replace(r"\*", r"[\w']{0,30}") for word in form.split())


@lru_cache(maxsize=20_000)
def _head(form: str) -> str:
    """A form's last word or last two; if it has a star, its longest word, with its star; nothing where none
    is certain."""
    if "*" not in form:
        return " ".join(TOKEN.findall(form)[-2:])
    words = [found for found in TOKEN.finditer(form) if form[: found.start()][-1:] != "*"]
    longest = max(words, key=lambda found: len(found[0]), default=None)
    if longest is None:
        return ""
    return f"{longest[0]}*" if form[longest.end() :].startswith("*") else longest[0]


@lru_cache(maxsize=20_000)
def _first(form: str) -> str:
    """The word that a form begins with, with its star; nothing where it begins with something else."""
    word = TOKEN.match(form)
    return "" if word is None else f"{word[0]}*" if form[word.end() :].startswith("*") else word[0]
