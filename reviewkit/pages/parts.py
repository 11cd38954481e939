"""What every layout hands back: raw records, and pieces that account for each character of the page.

A layout is one module with
    NAME         what it is called in `page.layout`
    LOOKS_FOR    what it recognises a page by, in words: shown when nothing is recognised
    EXAMPLE      a short page in this layout, written here; the tests parse it
    recognise(text) -> bool
    parse(text)  -> Parsed
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

__all__ = ["Hidden", "Layout", "Note", "Parsed", "Piece", "Record"]


class Piece(NamedTuple):
    """A stretch of the page with one job. Pieces are in order, touch, and cover the whole page.

    `record` is the index of the record that it went into, or None; then `action` says why, and each of its
    lines that is not blank gets a row in the report.
    """

    start: int
    end: int
    role: str
    record: int | None = None
    action: str = ""


class Note(NamedTuple):
    """Something repaired or doubted at a place that is kept all the same."""

    at: int
    kind: str
    action: str


class Hidden(NamedTuple):
    """Words that are masked wherever they stand between two places of the page; None for all of it."""

    start: int
    end: int
    words: str | None = None


@dataclass(slots=True)
class Record:
    """A review as the page gives it; None where the page says nothing."""

    text: str
    start: int = 0
    """Where the text begins on the page, in code points."""
    date: str | None = None
    """ISO, as in `2011-01-13`."""
    rating: int | None = None
    title: str | None = None
    author: str | None = None
    """The name as printed; it becomes a pseudonym before anyone sees it."""
    helpful_votes: int | None = None
    votes: int | None = None
    comments: int | None = None
    verified: bool | None = None
    format: str | None = None
    country: str | None = None


@dataclass(slots=True)
class Parsed:
    """All that a layout found on a page. Stretches in `hidden` are in order and nest or lie apart."""

    page: str
    records: list[Record] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)

    def add(self, end: int, role: str, record: int | None = None, action: str = "") -> None:
        """Account for the page as far as `end`."""
        start = self.pieces[-1].end if self.pieces else 0
        if end > start:
            self.pieces.append(Piece(start, end, role, record, action))


class Layout(Protocol):
    """The shape of a layout module."""

    NAME: str
    LOOKS_FOR: str
    EXAMPLE: str

    def recognise(self, text: str) -> bool:
        """Whether a page is in this layout."""

    def parse(self, text: str) -> Parsed:
        """Take a page apart."""
