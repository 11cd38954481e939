"""From a page of reviews, as it was pasted or saved, to a tidy table and an account of every line.

`read_page` finds the layout among `LAYOUTS`, in this order. To add one: write a module beside these with the
five names that `parts.py` lists, and put it into the tuple; the tests then run its example by themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from .. import people, schema
from ..errors import PageError
from . import amazon_2016, csv_table, dashes
from .opening import Repair, as_path, clean, open_page
from .parts import Hidden, Layout, Note, Parsed, Piece, Record

__all__ = ["LAYOUTS", "Page", "as_path", "plain_name", "read_page", "read_text"]

LAYOUTS: tuple[Layout, ...] = (csv_table, amazon_2016, dashes)


@dataclass(frozen=True, eq=False)
class Page:
    """A page of reviews, taken apart. `text` is the page itself, with `\\n` line ends."""

    name: str
    layout: str
    text: str
    reviews: pd.DataFrame
    report: pd.DataFrame
    _parsed: Parsed
    _ids: list[str | None]

    @cached_property
    def lines(self) -> pd.DataFrame:
        """What became of every line: one row per line, in order, from first character to last.

        Columns: line, start, end, role, review_id, text (names masked). `start` and `end` are code points of
        the page, half open, and each row begins where the one before it ends.
        """
        rows = [
            (line, start, end, piece.role, None if piece.record is None else self._ids[piece.record])
            for piece in self._parsed.pieces
            for line, start, end in _lines_of(self.text, piece, self._line_starts)
        ]
        masks = _Masks(self._parsed)
        names = ("line", "start", "end", "role", "review_id")
        columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
        columns["text"] = [masks.line(start, end, role) for _, start, end, role, _ in rows]
        return schema.frame("lines", columns)

    @cached_property
    def _line_starts(self) -> np.ndarray:
        return _line_starts(self.text)

    def __repr__(self) -> str:
        return (
            f"<Page {self.name!r}: {len(self.reviews)} reviews, layout {self.layout}, "
            f"{len(self.report)} lines in the report>"
        )


def read_page(path: str | Path, *, name: str | None = None, layout: str | None = None) -> Page:
    """Take a page of reviews apart: a table of reviews, and a report of every line left out or repaired.

    `path` is a text or CSV file. `name` begins each review's id (default: the file's own name); `layout` is
    found by itself unless named. Gives a `Page` with `reviews`, `report`, `lines`, `layout` and `text`;
    `rk.TABLES` explains the columns. Raises `PageError`, in one sentence with the remedy, for anything that
    is not a page of reviews.

    >>> page = read_page("data/never-let-me-go/page.txt")  # doctest: +SKIP
    >>> page.reviews.helpful_votes.max()                   # doctest: +SKIP
    """
    path = as_path(path)
    opened = open_page(path)
    return _read(opened.text, plain_name(name or path.stem), layout, repr(path.name), opened.repairs)


def read_text(text: str, *, name: str = "page", layout: str | None = None) -> Page:
    """The same for text that is at hand already, such as what a student has pasted."""
    if not isinstance(text, str):
        raise PageError(f"A text was expected, not {type(text).__name__}. rk.read_page(path) reads a file.")
    opened = clean(text)
    return _read(opened.text, plain_name(name), layout, "This text", opened.repairs)


def _read(text: str, name: str, layout: str | None, called: str, repairs: list[Repair]) -> Page:
    module = _named(layout) if layout else _recognise(text, called)
    parsed = module.parse(text)
    kept, notes = _without_repeats(parsed)
    if not kept:
        raise PageError(
            f"{called} looks like a page of the layout {module.NAME!r}, but holds no review. "
            "Select the whole page in the browser, copy it again, and paste it anew."
        )
    ids: list[str | None] = [None] * len(parsed.records)
    for position, index in enumerate(kept, 1):
        ids[index] = f"{name}-{position:02d}"
    reviews = _reviews([parsed.records[i] for i in kept], [ids[i] or "" for i in kept])
    report = _report(text, name, parsed, repairs, notes)
    return Page(name, module.NAME, text, reviews, report, parsed, ids)


def _recognise(text: str, called: str) -> Layout:
    for module in LAYOUTS:
        if module.recognise(text):
            return module
    looked = "; ".join(module.LOOKS_FOR for module in LAYOUTS)
    raise PageError(
        f"{called} is not a page of reviews that is known here. Looked for: {looked}. "
        "Any other reviews can be read with a line of dashes (-----) between each two."
    )


def _named(layout: str) -> Layout:
    for module in LAYOUTS:
        if layout == module.NAME:
            return module
    known = ", ".join(repr(module.NAME) for module in LAYOUTS)
    raise PageError(f"There is no layout {layout!r}. Known: {known}; without one, it is found by itself.")


def plain_name(stem: str) -> str:
    """A name that is safe in ids: letters, digits, dots, dashes."""
    return re.sub(r"[^\w.]+", "-", stem).strip("-._") or "page"


# ---- repeats ----


def _without_repeats(parsed: Parsed) -> tuple[list[int], dict[int, str]]:
    """Which records stay, and why the others do not. The same words, and nothing that tells them apart."""
    same: dict[str, list[int]] = {}
    places: dict[int, int] = {}
    repeats: dict[int, str] = {}
    for i, record in enumerate(parsed.records):
        earlier = same.setdefault(record.text, [])
        twin = next((e for e in earlier if _is_repeat(parsed.records[e], record)), None)
        if twin is not None:
            repeats[i] = f"Left out: the same review as number {places[twin]}."
            continue
        places[i] = len(places) + 1
        if earlier and record.text:
            said = f"The same words as in review {places[earlier[0]]}: kept as another review."
            parsed.notes.append(Note(record.start, "doubt", said))
        earlier.append(i)
    return list(places), repeats


def _is_repeat(one: Record, other: Record) -> bool:
    """Whether two reviews of the same words are one: nothing differs, and more agrees than a few words."""
    fields = ("date", "author", "rating", "title", "helpful_votes", "comments", "format", "verified")
    pairs = [(getattr(one, name), getattr(other, name)) for name in fields]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    if any(a != b for a, b in known):
        return False
    dated = any(pair[0] is not None and pair[1] is not None for pair in pairs[:2])
    return bool(one.text) and (dated or len(one.text.split()) >= 12)


# ---- tables ----


def _reviews(records: list[Record], ids: list[str]) -> pd.DataFrame:
    fields = (
        "rating",
        "title",
        "helpful_votes",
        "votes",
        "comments",
        "verified",
        "format",
        "country",
        "text",
    )
    columns: dict[str, list[object]] = {name: [getattr(r, name) for r in records] for name in fields}
    columns["review_id"] = list(ids)
    columns["position"] = list(range(1, len(records) + 1))
    columns["date"] = [np.datetime64(r.date or "NaT", "s") for r in records]
    columns["author"] = [r.author and people.pseudonym(r.author) for r in records]
    return schema.frame("reviews", columns)


def _report(
    text: str, name: str, parsed: Parsed, repairs: list[Repair], repeats: dict[int, str]
) -> pd.DataFrame:
    """One row per line that was skipped, repaired or doubted, in the page's order."""
    starts, masks = _line_starts(text), _Masks(parsed)
    rows: list[tuple[int | None, str, str, str]] = []
    for number, kind, action in repairs:
        rows.append((number, kind, masks.line(*_bounds(text, starts, number)) if number else "", action))
    for at, kind, action in parsed.notes:
        number = int(np.searchsorted(starts, at, side="right"))
        rows.append((number, kind, masks.line(*_bounds(text, starts, number)), action))
    for piece in parsed.pieces:
        repeat = repeats.get(-1 if piece.record is None else piece.record)
        if piece.role == "blank" or (piece.record is not None and not repeat):
            continue
        kind, action = ("repeat", repeat) if repeat else (piece.role, piece.action)
        for number, start, end in _lines_of(text, piece, starts):
            if text[start:end].strip():
                rows.append((number, kind, masks.line(start, end, piece.role), action))
    rows.sort(key=lambda row: row[0] or 0)
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
    made = dict(zip(("line", "kind", "text", "action"), columns, strict=True))
    return schema.frame("report", {"page": [name] * len(rows), **made})


def _line_starts(text: str) -> np.ndarray:
    """Where each line begins, in code points."""
    ends = [found.end() for found in re.finditer("\n", text)]
    return np.array([0, *(end for end in ends if end < len(text))])


def _bounds(text: str, starts: np.ndarray, number: int) -> tuple[int, int]:
    """Where a line begins and ends, its line end included."""
    return int(starts[number - 1]), int(starts[number]) if number < len(starts) else len(text)


def _lines_of(text: str, piece: Piece, starts: np.ndarray) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each line of a piece."""
    number, start = int(np.searchsorted(starts, piece.start, side="right")), piece.start
    while start < piece.end:
        end = int(starts[number]) if number < len(starts) else len(text)
        yield number, start, min(end, piece.end)
        number, start = number + 1, end


class _Masks:
    """What is masked where, asked line by line."""

    _BY = re.compile(r"(?:^By ?|\bby (?=[A-Z\d])|\bPublished .{0,60}? by )(?P<name>\S.*)$")

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.hidden = sorted(
            {*parsed.hidden, *_signed(parsed)}, key=lambda h: (h.start, -h.end, -len(h.words or ""))
        )
        self.starts = [hidden.start for hidden in self.hidden]

    def line(self, start: int, end: int, role: str = "") -> str:
        """The page from `start` to `end`, without its line end, masked at equal length."""
        text = self.parsed.page[start:end].rstrip("\n")
        at = bisect_left(self.starts, end)
        for hidden in (self.hidden[i] for i in range(at - 1, -1, -1)):
            if hidden.end <= start:
                break
            if hidden.words is None:
                a, b = max(hidden.start - start, 0), max(hidden.end - start, 0)
                text = text[:a] + people.mask_name(text[a:b]) + text[b:]
            elif hidden.words in text:
                text = text.replace(hidden.words, people.mask_name(hidden.words))
        if role in ("furniture", "unknown") and (found := self._BY.search(text)):
            text = text[: found.start("name")] + people.mask_name(found["name"])
        return text


def _signed(parsed: Parsed) -> Iterator[Hidden]:
    """The signatures of a page's reviews, where they stand."""
    for piece in parsed.pieces:
        if piece.role != "text" or piece.record is None:
            continue
        record = parsed.records[piece.record]
        verbatim = parsed.page.startswith(record.text, record.start)
        for start, end in people.signatures(record.text):
            if verbatim:
                yield Hidden(record.start + start, record.start + end)
            else:
                for words in record.text[start:end].split("\n"):
                    yield Hidden(piece.start, piece.end, words)
