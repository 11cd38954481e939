"""Where do words stand in a row? The places of a cue, and how they are found to be filled.

A row is a row of places; what fills a place is one of its forms: a word ("clone", "i've") or several ("passed
away"). `Row.find` gives what the row's regular expression would, and mostly needs none, since to compile one
takes longer than to read ten sentences: plain forms (a letter or figure at both ends, or a single word with a
star behind it) are compared word by word. Whatever else there is, a form or a sentence, is left to the
regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

__all__ = ["BETWEEN", "GAP", "TOKEN", "Place", "Row", "Words", "words_of"]

BETWEEN = r"[^\w]{1,8}"  # what stands between two words: a space, a comma and a space, a quotation mark ...
GAP = rf"{BETWEEN}(?:[\w']{{1,40}}{BETWEEN}){{0,6}}?"
TOKEN = re.compile(r"\w+")
_PIECES = re.compile(r"(\w+)")
_STEM = re.compile(r"\w+\*")

_SIGNS, _LETTERS, _GAP_WORDS, _ENDING = 8, 40, 6, 30  # as in BETWEEN, GAP and behind a star
_ASKS = r"(?<![\"')\]*!?])(?=[\"')\]*!]*+\?)[\"')\]*!?]++\s*$"
_NEVER = r"(?!)"

Form = tuple[tuple[str, int], ...]
"""The words of a form, each with the number of its tokens ("i've" has two); nothing for a single token."""

compiled = cache(re.compile)  # when first tried: most never are


class Words:
    """A folded sentence cut into tokens, runs of letters and figures, and what stands between them."""

    __slots__ = ("edges", "joined", "odd", "sentence", "tokens")

    def __init__(self, sentence: str) -> None:
        pieces: list[str] = _PIECES.split(sentence)
        self.sentence, self.tokens = sentence, pieces[1::2]
        self.edges = list(accumulate(map(len, pieces)))
        """Where each token begins, and where it ends, one behind the other."""
        self.joined: Sequence[str] = ()
        """Tokens right behind which an apostrophe stands."""
        longest = max(map(len, self.tokens), default=0)
        if "'" in sentence:
            self.joined = [word for word, signs in zip(self.tokens, pieces[2::2]) if signs[:1] == "'"]  # noqa: B905
            longest = max(map(len, sentence.split()))
        widest = max(map(len, pieces[2:-1:2]), default=0)
        self.odd = longest > _LETTERS or widest > _SIGNS or "_" in sentence
        """Whether there are more signs in a row, longer words or other lines under them than writing has."""

    def behind(self, form: Form, at: int) -> int:
        """Behind which token a form ends whose first stands at `at`; 0 where the rest is not there."""
        for text, tokens in form:
            start, at = at, at + tokens
            if at > len(self.tokens) or self.sentence[self.edges[2 * start] : self.edges[2 * at - 1]] != text:
                return 0
        return at

    def behind_gap(self, at: int) -> Sequence[int]:
        """The tokens that a gap may lead to, if `at` is the first that it could leave out: those with which a
        word begins, then, from the last, those behind an apostrophe."""
        if "'" not in self.sentence:
            return range(at, min(at + _GAP_WORDS + 1, len(self.tokens)))
        words, within = list[int](), list[int]()
        while at < len(self.tokens) and len(words) <= _GAP_WORDS:
            word, at = at, at + 1
            while at < len(self.tokens) and not self._before(at).strip("'"):
                at += 1
            if len(words) < _GAP_WORDS:
                within += range(word + 1, at)
            words.append(word)
        return words + within[::-1]

    def _before(self, at: int) -> str:
        """What stands between a token and the one before it."""
        return self.sentence[self.edges[2 * at - 1] : self.edges[2 * at]]


@lru_cache(maxsize=16_384)
def words_of(sentence: str) -> Words:
    """The words of a folded sentence, kept for the next reading that asks about them."""
    return Words(sentence)


class Fillers:
    """The forms of a place, by the tokens that they begin with; those with a star, by their stems."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms = [(_first(text), _form(text)) for text in forms]
        self.stems = tuple(first[:-1] for first, _ in self._forms if first[-1:] == "*")
        self._short = min(map(len, self.stems), default=0)
        self._shorts = frozenset(stem[: self._short] for stem in self.stems)
        self.known: dict[str, Mapping[str, list[Form]]] = {}
        for first in {first for first, _ in self._forms if first[-1:] != "*"}:
            self.known[first] = self._beginning(first)

    def of(self, token: str) -> Mapping[str, list[Form]] | None:
        """By the token behind it, and "" for any other, the forms that a token may begin; None for none."""
        found = self.known.get(token)
        if found is None and token[: self._short] in self._shorts and token.startswith(self.stems):
            found = self.known[token] = self._beginning(token)
        return found

    def among(self, tokens: Sequence[str], which: Iterable[int]) -> list[int]:
        """Those of some places at which a token may begin a form."""
        known = self.known
        if not self.stems:
            return [at for at in which if tokens[at] in known]
        short, shorts = self._short, self._shorts
        return [at for at in which if tokens[at] in known or tokens[at][:short] in shorts]

    def _beginning(self, token: str) -> Mapping[str, list[Form]]:
        """The forms that a token may begin, in their order, by the token that must be behind it."""
        forms = [form for first, form in self._forms if form is not None and _begins(first, token)]
        seconds = [_second(form) for form in forms]
        return {
            each: [form for form, second in zip(forms, seconds, strict=True) if second in ("", each)]
            for each in {"", *seconds}
        }


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
    def fillers(self) -> Fillers | None:
        """The forms by what they begin with; None where one of them is not plain."""
        return None if any(_form(text) is None for text in self.forms) else Fillers(self.forms)


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
    def fillers(self) -> list[Fillers]:
        """The fillers of each place; none where the row is not plain."""
        fillers = [each for step in self.steps if (each := step.place.fillers) is not None]
        return fillers if len(fillers) == len(self.steps) else []

    @cached_property
    def _stems(self) -> tuple[str, ...]:
        """The stems of all places: an apostrophe behind such a word may belong to it or not."""
        return tuple(stem for each in self.fillers for stem in each.stems)

    def find(self, words: Words, start: int = 0) -> tuple[int, int] | None:
        """Where the row stands first in a sentence, from a place in it on; None where it does not."""
        return next(self.find_all(words, start), None)

    def find_all(self, words: Words, start: int = 0) -> Iterator[tuple[int, int]]:
        """Wherever the row stands in a sentence, from a place in it on, one behind the other."""
        if not self._plain_in(words):
            if not self.asks or "?" in words.sentence:
                yield from (found.span() for found in compiled(self.pattern).finditer(words.sentence, start))
            return
        tokens, edges = words.tokens, words.edges
        places = range(start == 0 and len(tokens) > 0) if self.first else range(len(tokens))
        for at in self.fillers[0].among(tokens, places):
            if edges[2 * at] >= start and (end := self._filled(0, words, at)):
                start = len(words.sentence) if self.last else edges[2 * end - 1]
                yield 0 if self.first else edges[2 * at], start

    def _plain_in(self, words: Words) -> bool:
        """Whether word by word the same is found in a sentence as by the regular expression."""
        if words.odd or not self.fillers:
            return False
        return not (words.joined and self._stems and any(w.startswith(self._stems) for w in words.joined))

    def _filled(self, number: int, words: Words, at: int) -> int:
        """Behind which token the row ends if a place of it is filled from token `at` on; else 0."""
        tokens, forms = words.tokens, self.fillers[number].of(words.tokens[at])
        if forms is None:
            return 0
        number += 1
        following = tokens[at + 1] if at + 1 < len(tokens) else ""
        for form in forms.get(following) or forms[""]:
            end = words.behind(form, at) if form else at + 1
            if number == len(self.steps):
                if end and not (self.last and end < len(tokens)):
                    return end
            elif 0 < end < len(tokens):
                if not self.steps[number].gap:
                    if last := self._filled(number, words, end):
                        return last
                    continue
                for each in self.fillers[number].among(tokens, words.behind_gap(end)):
                    if last := self._filled(number, words, each):
                        return last
        return 0


@lru_cache(maxsize=20_000)
def _form(text: str) -> Form | None:
    """A form, ready to be compared; None where it is not plain."""
    if _STEM.fullmatch(text):
        return ()
    words = text.split()
    if "*" in text or not all(word[0].isalnum() and word[-1].isalnum() for word in words):
        return None
    form = tuple((word, len(TOKEN.findall(word))) for word in words)
    return form if len(form) > 1 or form[0][1] > 1 else ()


def _second(form: Form) -> str:
    """The second token of a form; nothing where it has but one."""
    return TOKEN.findall(" ".join(text for text, _ in form[:2]))[1] if form else ""


def _begins(first: str, token: str) -> bool:
    """Whether a token is what a form begins with, be it a word or a stem with a star."""
    if first[-1:] != "*":
        return token == first
    return token.startswith(first[:-1]) and len(token) < len(first) + _ENDING


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
