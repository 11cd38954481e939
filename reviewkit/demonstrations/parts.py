"""What is a step made of? A question, something to read, answers to raise a hand for, and what is revealed.

All of it is plain values, which the widget's module draws as text. Nothing of a reveal leaves Python before
it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from string import ascii_uppercase
from typing import Any

from ..errors import ReviewkitError

__all__ = [
    "Block",
    "Hands",
    "NotHere",
    "Part",
    "Step",
    "bar",
    "bars",
    "cards",
    "pairs_alike",
    "ranges",
    "say",
    "strips",
    "weights",
]

Block = dict[str, Any]
"""Something to show: a saying, a passage, bars, weights, strips or cards."""
Hands = Mapping[str, Sequence[int]]
"""How many hands were raised for each answer, by the key of the step."""


class NotHere(ReviewkitError):  # noqa: N818
    """A step that this page has nothing for; the message says in a sentence what it lacks."""


@dataclass(frozen=True)
class Part:
    """One thing that is revealed: a sentence, what it rests on, and the answers that hold by it."""

    says: str
    blocks: Sequence[Block] = ()
    holds: Sequence[int] = ()
    """Which answers hold, counted from 0."""
    whose: str = "the key"
    """By whose judgement they hold, as it is said beside the answer."""


@dataclass(frozen=True)
class Step:
    """One step at the front of a class.

    `key` names it among the hands that are kept, `name` in the row of steps. `options` are the answers; a
    step without them is shown and talked about. `reveal` gives the parts that follow one by one, from the
    hands that were raised. `note` is for the instructor alone. `surprise`: the step that most get wrong.
    `counts`: what is revealed depends on the hands, and is worked out anew with every one of them.
    """

    key: str
    name: str
    ask: str
    blocks: Sequence[Block] = ()
    options: Sequence[str] = ()
    reveal: Callable[[Hands], Sequence[Part]] = field(default=lambda _: ())
    note: str = ""
    surprise: bool = False
    counts: bool = False


def say(text: str) -> Block:
    """A sentence in large type."""
    return {"kind": "say", "text": text}


def bar(label: str, n: int, of: int = 0, words: Iterable[Block] = (), figure: str = "") -> Block:
    """One bar: a count, out of how many (0 where that is no question), and the passages behind it."""
    shown = figure or (f"{n} of {of}" if of else str(n))
    return {"label": label, "n": n, "of": of, "figure": shown, "words": [*words]}


def bars(caption: str, rows: Iterable[Block]) -> Block:
    """Bars under one another, each opening to its words; all to one scale."""
    return {"kind": "bars", "caption": caption, "rows": [*rows]}


def weights(pieces: Iterable[tuple[str, float]], line: str, tag: str = "") -> Block:
    """A sentence with the weight of each word beneath it, and what the sum comes to."""
    from ..weighing import signed

    told = [{"text": text, "weight": signed(n) if n else "", "up": n > 0} for text, n in pieces]
    return {"kind": "weights", "pieces": told, "line": line, "tag": tag}


def strips(rows: Iterable[tuple[str, Sequence[str]]]) -> Block:
    """Reviews as rows of coloured pieces, one for each sentence, with the stages that occur as a legend."""
    from ..scoring import STAGES

    order = [*STAGES]
    told = [*rows]
    drawn = [
        {"tag": tag, "cells": [{"stage": order.index(stage) + 1, "text": stage} for stage in stages]}
        for tag, stages in told
    ]
    met = {stage for _, stages in told for stage in stages}
    legend = [{"stage": n + 1, "text": stage} for n, stage in enumerate(order) if stage in met]
    return {"kind": "strips", "rows": drawn, "legend": legend}


def cards(texts: Iterable[str], letters: Iterable[str] = ascii_uppercase) -> Block:
    """Sentences apart from one another, lettered A, B, C, or by letters of their own."""
    return {"kind": "cards", "items": [*zip(letters, texts, strict=False)]}


def ranges(total: int, right: int) -> tuple[list[str], int]:
    """Answers to "how many of `total`?" as ranges that a hand can be raised for, and which of them holds.

    >>> ranges(30, 8)
    (['0 to 5', '6 to 10', '11 to 20', 'more than 20'], 1)
    """
    ends = sorted({max(0, round(total * share)) for share in (1 / 6, 1 / 3, 2 / 3)})
    edges: list[int] = [-1, *ends]
    told = [f"{low + 1} to {high}" if low + 1 < high else str(high) for low, high in pairwise(edges)]
    holds = next((i for i, high in enumerate(ends) if right <= high), len(ends))
    return [*told, f"more than {ends[-1]}"], holds


def pairs_alike(hands: Sequence[int]) -> float | None:
    """Of all pairs that can be made of those who raised a hand, the share that gave the same answer.

    >>> pairs_alike([3, 1])
    0.5
    >>> pairs_alike([1]) is None
    True
    """
    n = sum(hands)
    return sum(k * (k - 1) for k in hands) / (n * (n - 1)) if n > 1 else None
