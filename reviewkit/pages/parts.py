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

__all__ = ["CUT", "KEPT_DATE", "NO_DAY", "NO_WORDS", "SKIPPED", "SKIPPED_UNKNOWN"]
__all__ += ["Hidden", "Layout", "Note", "Parsed", "Piece", "Record"]


# Sentences for the report that every layout needs.
SKIPPED = "Skipped: part of the web page, not of a review."
SKIPPED_UNKNOWN = "Skipped: not known here, but it stands among page furniture. Check it."
CUT = "Kept, but it breaks off, as where a page is cut off: what stands behind it is unknown."
NO_WORDS = "A review without words: kept, its text is empty."
NO_DAY = "No such day: the date is left missing."
KEPT_DATE = "Looks like a date line, but stands within a sentence: kept as text."


class Piece(NamedTuple):
    """A stretch of the page with one job. Pieces are in order, touch, and cover the whole page.

    `role` is a word of the layout's own, but for four: `text`, the review itself (joined and stripped, the
    text pieces of a record are its text); `blank`, which is never reported; `furniture` and `unknown`, in
    which "By NAME" is masked. `record` is the index of the record that the piece belongs to, or None; then
    `action` says why, and each of its lines that is not blank gets a row in the report.
    """

    start: int
    end: int
    role: str
    record: int | None = None
    action: str = ""


class Note(NamedTuple):
    """Something repaired or doubted at a place that is kept all the same.

    `kind` is `cut` where part of a review is missing, `doubt` where somebody should look, or another word.
    """

    at: int
    kind: str
    action: str


class Hidden(NamedTuple):
    """What is masked between two places: these words, wherever they stand there, or (None) all of it."""

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
    """People who found it helpful, or liked it."""
    votes: int | None = None
    comments: int | None = None
    verified: bool | None = None
    format: str | None = None
    country: str | None = None


@dataclass(slots=True)
class Parsed:
    """All that a layout found on a page."""

    page: str
    records: list[Record] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)

    def add(self, end: int, role: str, record: int | None = None, action: str = "") -> None:
        """Account for the page as far as `end`; nothing happens where that is done already.

        `record` is the index that the record will have: `len(parsed.records)` before it is appended.
        """
        start = self.pieces[-1].end if self.pieces else 0
        if end > start:
            self.pieces.append(Piece(start, end, role, record, action))

    def add_text(self, record: Record, end: int) -> None:
        """Take what stands between the last piece and `end`, stripped, for the text of the next record."""
        start = self.pieces[-1].end if self.pieces else 0
        whole = self.page[start:end]
        record.text = whole.strip()
        record.start = start + len(whole) - len(whole.lstrip())
        index = len(self.records)
        self.add(self.page.rfind("\n", start, record.start) + 1, "blank", index)
        behind = self.page.find("\n", record.start + len(record.text), end) + 1
        self.add(behind if record.text and behind else end, "text" if record.text else "blank", index)
        self.add(end, "blank", index)

    def hide(self, start: int, end: int, words: str | None = None) -> None:
        """Mask what stands from `start` to `end`, or these words in it, wherever the page is shown.

        For every line that prints a reviewer's name; only signatures in texts are found without this.
        """
        self.hidden.append(Hidden(start, end, words))


class Layout(Protocol):
    """The shape of a layout module."""

    NAME: str
    LOOKS_FOR: str
    EXAMPLE: str

    def recognise(self, text: str) -> bool:
        """Whether a page is in this layout."""

    def parse(self, text: str) -> Parsed:
        """Take a page apart."""
