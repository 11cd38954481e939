"""Which marks of several people are about the same passage, and what does each of them say of it?

Spans of one label belong together where each covers half of the shorter of the two or more, and what hangs
together so is one passage. Who did not mark it says `none`, or another label that they gave its words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Passage", "Span", "linked", "said_of"]


Span = tuple[int, int, int]
"""Who, from where, to where."""


class Passage(NamedTuple):
    """Spans of one label in one review, and who marked them."""

    review: str
    label: str
    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Where the first of them begins."""
        return min(start for _, start, _ in self.spans)

    @property
    def end(self) -> int:
        """Where the last of them ends."""
        return max(end for _, _, end in self.spans)


def linked(spans: list[Span]) -> list[list[Span]]:
    """Spans of one label in groups: neighbours cover half of the shorter of the two, or more."""
    groups: list[list[tuple[int, int]]] = []
    for start, end in sorted({(start, end) for _, start, end in spans}):
        mine = [g for g in groups if any(_half(one, (start, end)) for one in g)]
        groups = [g for g in groups if g not in mine]
        groups.append([*(each for g in mine for each in g), (start, end)])
    return [[s for s in spans if (s[1], s[2]) in set(group)] for group in groups]


def _half(one: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and 2 * shared >= min(one[1] - one[0], other[1] - other[0])


def said_of(passage: Passage, near: Iterable[Passage], read: list[int], people: int) -> list[str | None]:
    """What each person says of a passage: its label, another label on these words, none, or missing."""
    said: list[str | None] = [None] * people
    for who in read:
        said[who] = "none"
    for other in near:
        if other.label != passage.label and other.start < passage.end and passage.start < other.end:
            for who, start, end in other.spans:
                if _half((start, end), (passage.start, passage.end)):
                    said[who] = other.label
    for who, _, _ in passage.spans:
        said[who] = passage.label
    return said
