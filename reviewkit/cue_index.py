"""Which of many cues does a sentence have? All are read along its words at once, and few need to be tried.

A cue is a row of places (or several rows), each to be filled by one of some words. Every place of every cue
has a bit, and a set of places is one whole number. Word by word, `_reached` sets the bits of the places that
are filled in order; a cue is tried only when the last place of each of its rows is reached. What takes long
is done once for each word of the language, never for each sentence.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from .cue_rows import Row, Words, words_of
from .cues import Cue

__all__ = ["CueIndex", "Hit"]

_KNOWN = 20_000  # words for which an index remembers what they belong to

Payload = TypeVar("Payload", bound=Hashable)


class Hit(NamedTuple, Generic[Payload]):
    """What a sentence was found to say, by which cue, and where its words stand in the sentence."""

    of: Payload
    cue: Cue
    spans: list[tuple[int, int]]


class _Bits(dict[str, tuple[int, Mapping[str, int] | None]]):
    """For any word what it belongs to, as the bits of one whole number, and what it and the word behind it
    belong to, by that word. Found out when first asked."""

    def __init__(self, groups: dict[frozenset[str], int]) -> None:
        """Of each group of heads what all of them belong to."""
        self._words: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._pairs: dict[str, dict[str, int]] = {}
        for heads, bits in groups.items():
            for head in heads:
                before, _, word = head.rpartition(" ")
                kept = self._pairs.setdefault(before, {}) if before else self._words
                if word[-1] == "*":
                    kept, word = self._stems, word[:-1]
                kept[word] = kept.get(word, 0) | bits
        self._longest = max(map(len, self._stems), default=0)

    def __missing__(self, word: str) -> tuple[int, Mapping[str, int] | None]:
        found = self._words.get(word, 0)
        for length in range(1, min(len(word), self._longest) + 1):
            found |= self._stems.get(word[:length], 0)
        if len(self) >= _KNOWN:
            self.clear()
        self[word] = found, self._pairs.get(word)
        return self[word]


class CueIndex(Generic[Payload]):
    """Many cues at once: only those are tried whose words a sentence has, in their order.

    A row of a cue is known by the bit of its last place, and the cue by that of its first row.
    """

    def __init__(
        self, cues: Iterable[tuple[Cue, Payload]], unless: Iterable[tuple[Cue, Payload]] = ()
    ) -> None:
        """Of each payload its cues, and what holds it back."""
        self._cues: dict[int, tuple[Cue, Payload]] = {}
        """By its bit each cue."""
        self._others: dict[int, int] = {}
        """By the bit of a cue with several rows, the bits of all others of them."""
        self._opening = self._edge = self._loose = self._always = self._asking = 0
        """Sets: places that open a row, anywhere or at a sentence's beginning; places behind which there may
        be other words; rows without a place, and those that are questions."""
        self._filled: dict[frozenset[str], int] = {}
        self._free = 1
        self._all = sum(1 << self._add(cue, payload) for cue, payload in cues)
        self._holding: dict[Payload, int] = {}
        """What holds a payload back, as a set of cues."""
        for cue, payload in unless:
            self._holding[payload] = self._holding.get(payload, 0) | 1 << self._add(cue, payload)
        self._bits = _Bits(self._filled)
        self._last: tuple[str, int] = "", 0
        """The sentence that was read last, and what it reaches."""

    def _add(self, cue: Cue, payload: Payload) -> int:
        """Give a cue its bit."""
        bit, *others = map(self._lay, cue.rows)
        self._cues[bit] = cue, payload
        if others:
            self._others[bit] = sum(1 << other for other in others)
        return bit

    def _lay(self, row: Row) -> int:
        """Give each place of a row its bit, if its words are certain; the last is the row's own."""
        opening, tailed = self._free, False
        for number, (place, gap) in enumerate(row.steps):
            edge = number == 0 and row.first and "" not in place.firsts
            heads = place.firsts if edge else place.heads
            if "" not in heads:
                self._filled[heads] = self._filled.get(heads, 0) | 1 << self._free
                self._loose |= 0 if tailed and place.headed and not gap else 1 << self._free - 1
                self._edge |= edge << self._free
                self._free += 1
            tailed = place.tailed and (place.headed or not edge)
        if self._free == opening:
            self._always |= (not row.asks) << opening
            self._asking |= row.asks << opening
            self._free += 1
        self._opening |= 1 << opening & ~self._edge
        return self._free - 1

    def find(self, sentence: str, *, once: bool = False) -> list[Hit[Payload]]:
        """Each cue that a folded sentence has, in the order in which they were given; `once` for one a
        payload."""
        words = words_of(sentence)
        hits: list[Hit[Payload]] = []
        had: set[Payload] = set()
        for cue, payload in self._fitting(words, self._all):
            if (not once or payload not in had) and (spans := cue.find_in(words)):
                hits.append(Hit(payload, cue, spans))
                had.add(payload)
        return hits

    def holding(self, sentence: str, payload: Payload) -> list[Cue]:
        """What a sentence has that holds a payload back."""
        words = words_of(sentence)
        return [cue for cue, _ in self._fitting(words, self._holding.get(payload, 0)) if cue.find_in(words)]

    def _fitting(self, words: Words, cues: int) -> list[tuple[Cue, Payload]]:
        """Those of some cues of which all rows are reached."""
        sentence, reached = self._last
        if sentence != words.sentence:
            reached = self._reached(words)
            self._last = words.sentence, reached
        fits, fitting = cues & reached, []
        while fits:
            bit = fits.bit_length() - 1
            fits ^= 1 << bit
            others = self._others.get(bit)
            if others is None or others & reached == others:
                fitting.append(self._cues[bit])
        return fitting[::-1]

    def _reached(self, words: Words) -> int:
        """The places that the words of a sentence fill in order, each behind the one before it in its row."""
        reached, known, loose = self._always, self._bits, self._loose
        if "?" in words.sentence:
            reached |= self._asking
        opened, now = self._opening, self._edge >> 1
        if "_" in words.sentence:  # may stand before the first word
            opened |= self._edge
        pairs: Mapping[str, int] | None = None
        for token in words.tokens:
            filled, following = known[token]
            if pairs is not None and token in pairs:
                filled |= pairs[token]
            pairs = following
            now = (opened | now << 1 if now else opened) & filled
            if now:
                reached |= now
                if ahead := now & loose:
                    opened |= ahead << 1
        return reached
