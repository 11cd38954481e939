"""From a page of reviews, as it was pasted or saved, to a tidy table and an account of every line.

`read_page` finds the layout among `LAYOUTS`, in this order. To add one: write a module beside these with the
five names that `parts.py` lists, and put it into the tuple; the tests then run its example by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from .. import people, schema
from ..errors import PageError
from . import amazon_2016, csv_table, dashes
from .opening import Repair, clean, open_page
from .parts import Layout, Parsed, Piece, Record

__all__ = ["LAYOUTS", "Page", "plain_name", "read_page", "read_text"]

LAYOUTS: tuple[Layout, ...] = (amazon_2016, csv_table, dashes)


@dataclass(frozen=True)
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
        hide = _Hider(self._parsed.records)
        columns = dict(
            zip(
                ("line", "start", "end", "role", "review_id"), map(list, zip(*rows, strict=True)), strict=True
            )
        )
        columns["text"] = hide.all([self.text[row[1] : row[2]].rstrip("\n") for row in rows])
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
    path = Path(path).expanduser()
    opened = open_page(path)
    return _read(opened.text, plain_name(name or path.stem), layout, repr(path.name), opened.repairs)


def read_text(text: str, *, name: str = "page", layout: str | None = None) -> Page:
    """The same for text that is at hand already, such as what a student has pasted."""
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
    """Which records stay, and why the others do not. Same words, and nothing that tells them apart."""
    seen: dict[str, int] = {}
    kept: list[int] = []
    repeats: dict[int, str] = {}
    for i, record in enumerate(parsed.records):
        first = seen.setdefault(record.text, i)
        if first == i or not record.text or _differ(parsed.records[first], record):
            kept.append(i)
        else:
            repeats[i] = f"Left out: the same review as number {kept.index(first) + 1}."
    return kept, repeats


def _differ(one: Record, other: Record) -> bool:
    """Whether date, author or stars show that two people wrote the same words."""
    pairs = ((getattr(one, k), getattr(other, k)) for k in ("date", "author", "rating"))
    return any(a is not None and b is not None and a != b for a, b in pairs)


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
    starts = _line_starts(text)
    rows: list[tuple[int | None, str, str, str]] = []
    for line, kind, action in repairs:
        rows.append((line, kind, _line(text, starts, line) if line else "", action))
    for at, kind, action in parsed.notes:
        line = int(np.searchsorted(starts, at, side="right"))
        rows.append((line, kind, _line(text, starts, line), action))
    for piece in parsed.pieces:
        repeat = repeats.get(-1 if piece.record is None else piece.record)
        if piece.role == "blank" or (piece.record is not None and not repeat):
            continue
        kind, action = ("repeat", repeat) if repeat else (piece.role, piece.action)
        for line, start, end in _lines_of(text, piece, starts):
            if text[start:end].strip():
                rows.append((line, kind, text[start:end].rstrip("\n"), action))
    rows.sort(key=lambda row: row[0] or 0)
    lines, kinds, texts, actions = map(list, zip(*rows, strict=True)) if rows else ([], [], [], [])
    hidden = _Hider(parsed.records).all(texts)
    columns = {"page": [name] * len(rows), "line": lines, "kind": kinds, "text": hidden, "action": actions}
    return schema.frame("report", columns)


def _line_starts(text: str) -> np.ndarray:
    """Where each line begins, in code points."""
    ends = [found.end() for found in re.finditer("\n", text)]
    return np.array([0, *(end for end in ends if end < len(text))])


def _line(text: str, starts: np.ndarray, number: int) -> str:
    start = int(starts[number - 1])
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _lines_of(text: str, piece: Piece, starts: np.ndarray) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each line of a piece."""
    number, start = int(np.searchsorted(starts, piece.start, side="right")), piece.start
    while start < piece.end:
        end = int(starts[number]) if number < len(starts) else len(text)
        yield number, start, min(end, piece.end)
        number, start = number + 1, end


class _Hider:
    """Masks, in lines of a page, each author's name and each signature found on it."""

    _BY = re.compile(r"(?<=\bby )\S.*")

    def __init__(self, records: list[Record]) -> None:
        names = {r.author for r in records if r.author}
        for record in records:
            for start, end in people.signatures(record.text):
                names.add(record.text[start:end])
        self.names = sorted(names, key=len, reverse=True)

    def all(self, lines: list[str]) -> list[str]:
        """The lines, masked at equal length."""
        whole = "\n".join(lines)
        present = [re.escape(name) for name in self.names if name in whole]
        if present:
            found = re.compile(rf"(?<!\w)(?:{'|'.join(present)})(?!\w)")
            lines = [found.sub(lambda m: people.mask_name(m[0]), line) for line in lines]
        return [
            self._BY.sub(lambda m: people.mask_name(m[0]), line) if " ago by " in line else line
            for line in lines
        ]
