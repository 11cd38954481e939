"""Which words does a mark stand on? Spans over a text, in Unicode code points, half open.

`segments` cuts a text wherever a span begins or ends, so that overlapping marks can be drawn without anyone
else counting characters. `evidence` makes a table of evidence from marks set by hand, each given by quoting
its words. Known misreading: a code point is not always what a reader calls a character (a flag or an
accented letter may be several), so a span can end inside one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from . import schema
from .errors import TableError

__all__ = ["Segment", "Span", "evidence", "segments"]


class Span(NamedTuple):
    """Characters `start` to `end` (not included) of a text, and whatever the span is known by."""

    start: int
    end: int
    id: int | str


class Segment(NamedTuple):
    """A stretch of text in which no span begins or ends, and the ids of the spans that cover it."""

    start: int
    end: int
    text: str
    ids: tuple[int | str, ...]


def segments(text: str, spans: Iterable[Span | tuple[int, int, int | str]]) -> list[Segment]:
    """Cut `text` at every edge of a span, and say which spans cover each piece.

    Joined in order, the pieces are the text. `ids` stand in the order in which spans were given; spans may
    overlap, nest, touch and come unsorted. A span without characters cuts nothing and covers nothing.
    Raises `TableError` for a span that does not lie within the text, naming it.

    >>> [(s.text, s.ids) for s in segments("never let me go", [(0, 9, "a"), (6, 15, "b")])]
    [('never ', ('a',)), ('let', ('a', 'b')), (' me go', ('b',))]
    """
    named = [Span(*span) for span in spans]
    for number, span in enumerate(named):
        _within(len(text), span, f"Row {number} of the spans ({span.id!r})")
    edges = sorted({0, len(text), *(e for s in named if s.start < s.end for e in s[:2])})
    covers: list[list[int | str]] = [[] for _ in edges]
    for span in named:
        for at in range(bisect_left(edges, span.start), bisect_left(edges, span.end)):
            covers[at].append(span.id)
    pieces = zip(edges, edges[1:], covers, strict=False)
    return [Segment(start, end, text[start:end], tuple(ids)) for start, end, ids in pieces]


def _within(length: int, span: Span, what: str) -> None:
    """Raise unless the span lies within a text of this length."""
    if not 0 <= span.start <= span.end <= length:
        raise TableError(
            f"{what} runs from {span.start} to {span.end}, but its text has {length} characters. "
            "Offsets count code points from 0, the end not included; was it made for another "
            "version of the text? Make it anew from this one."
        )


Mark = Sequence[Any]
"""(review_id, words or (start, end), label), and after words, if need be, which occurrence."""


def evidence(
    reviews: Any, marks: Iterable[Mark], *, layer: str = "own", source: str = "hand"
) -> pd.DataFrame:
    """Turn marks set by hand into a table of evidence, which every pane and chart can show.

    `reviews` is a table with the columns `review_id` and `text`, or anything that has one as `.reviews`.
    Each mark is `(review_id, "quoted words", label)` or `(review_id, (start, end), label)`. Where the words
    stand more than once in the review, say which are meant, counted from 1:
    `(review_id, "quoted words", label, 2)`.

    Returns the columns of `schema.TABLES["evidence"]`, one row for each mark, in the order given; `rule`,
    `cues` and `runner_up` are missing. Raises `TableError` for an unknown review, words that are not in it,
    words that are in it more than once, and offsets outside it.

    >>> reviews = pd.DataFrame({"review_id": ["page-01"], "text": ["I read the novel first."]})
    >>> found = evidence(reviews, [("page-01", "read the novel", "book-reader")], layer="perspective")
    >>> found[["start", "end"]].values.tolist()
    [[2, 16]]
    """
    table = schema.check(getattr(reviews, "reviews", reviews), "reviews", ("review_id", "text"))
    texts = dict(zip(table["review_id"], table["text"].fillna(""), strict=True))
    rows: dict[str, list[object]] = {c: [] for c in ("review_id", "label", "start", "end", "text")}
    for number, mark in enumerate(marks):
        review_id, start, end, label = _place(texts, number, mark)
        for column, value in zip(
            rows, (review_id, label, start, end, texts[review_id][start:end]), strict=True
        ):
            rows[column].append(value)
    count = len(rows["start"])
    return schema.frame("evidence", {**rows, "layer": [layer] * count, "source": [source] * count})


def _place(texts: dict[str, str], number: int, mark: Mark) -> tuple[str, int, int, str]:
    """One mark's review, start, end and label."""
    if isinstance(mark, str) or not 3 <= len(mark) <= 4:
        raise TableError(
            f"Mark {number} is {mark!r}. A mark is (review_id, 'quoted words', label), or "
            "(review_id, (start, end), label), or (review_id, 'quoted words', label, 2) for the "
            "second place where the words stand."
        )
    review_id, where, label = mark[:3]
    if review_id not in texts:
        known = ", ".join(list(texts)[:3]) or "none"
        raise TableError(
            f"Mark {number} names the review {review_id!r}, which is not in this table. "
            f"Its reviews are called: {known}{', ...' if len(texts) > 3 else ''}."
        )
    if isinstance(where, str):
        start = _find(texts[review_id], number, review_id, where, mark[3] if len(mark) > 3 else None)
        return review_id, start, start + len(where), label
    start, end = (int(offset) for offset in where)
    _within(len(texts[review_id]), Span(start, end, number), f"Mark {number} ({review_id})")
    return review_id, start, end, label


def _find(text: str, number: int, review_id: str, words: str, which: int | None) -> int:
    """Where the quoted words start."""
    places = _places(text, words)
    if not places:
        alike = re.search(re.escape(words), text, re.IGNORECASE) if words else None
        near = f" It has {alike[0]!r}." if alike else ""
        raise TableError(
            f"Mark {number}: the words {words!r} do not stand in {review_id}.{near} "
            "Copy them from the review exactly, or give (start, end)."
        )
    if which is None and len(places) > 1:
        raise TableError(
            f"Mark {number}: the words {words!r} stand in {review_id} {len(places)} times, at "
            f"{', '.join(map(str, places))}. Say which, counted from 1: "
            f"({review_id!r}, {words!r}, label, 2)."
        )
    if which is not None and not 1 <= which <= len(places):
        raise TableError(
            f"Mark {number} asks for place {which} of the words {words!r} in {review_id}; "
            f"they stand there {len(places)} times. Give a number from 1 to {len(places)}."
        )
    return places[(which or 1) - 1]


def _places(text: str, words: str) -> list[int]:
    """Every place at which the words start, overlapping ones too; none for no words."""
    found, at = [], text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found
