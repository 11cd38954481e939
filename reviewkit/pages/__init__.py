"""From a page of reviews, as it was pasted or saved, to a tidy table and an account of every line.

`read_page` finds the layout among `LAYOUTS`, in this order. To add one: write a module beside these with the
five names that `parts.py` lists, and put it into the tuple; the tests then run its example by themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from .. import people, schema
from ..errors import PageError
from . import amazon_2016, amazon_today, csv_table, dashes
from .account import Account
from .opening import Repair, as_path, clean, open_page
from .parts import Layout, Record
from .repeats import without_repeats

__all__ = ["LAYOUTS", "Page", "as_path", "plain_name", "read_page", "read_text"]

_MADE = ("review_id", "position", "date", "author")  # columns that are not a record's field as it stands

LAYOUTS: tuple[Layout, ...] = (csv_table, amazon_today, amazon_2016, dashes)


@dataclass(frozen=True, eq=False)
class Page:
    """A page of reviews, taken apart. `text` is the page itself, with `\\n` line ends."""

    name: str
    layout: str
    text: str
    reviews: pd.DataFrame
    report: pd.DataFrame
    _account: Account

    @cached_property
    def lines(self) -> pd.DataFrame:
        """What became of every line: one row per line, in order, from first character to last.

        Columns: line, start, end, role, review_id, text (names masked). `start` and `end` are code points of
        the page, half open, and each row begins where the one before it ends.
        """
        return self._account.lines()

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
    kept, repeats, doubts = without_repeats(parsed)
    parsed.notes += doubts
    if not kept:
        read = "was read as" if layout else "looks like"
        raise PageError(
            f"{called} {read} a page of the layout {module.NAME!r}, but holds no review. "
            "Select the whole page in the browser, copy it again, and paste it anew."
        )
    ids: list[str | None] = [None] * len(parsed.records)
    for position, index in enumerate(kept, 1):
        ids[index] = f"{name}-{position:02d}"
    reviews = _reviews([parsed.records[i] for i in kept], [ids[i] or "" for i in kept])
    account = Account(parsed, ids)
    return Page(name, module.NAME, text, reviews, account.report(name, repairs, repeats), account)


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
    names = [module.NAME for module in LAYOUTS]
    close = get_close_matches(layout, names, n=1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    known = ", ".join(map(repr, names))
    raise PageError(
        f"There is no layout {layout!r}.{hint} Known: {known}; without one, it is found by itself."
    )


def plain_name(stem: str) -> str:
    """A name that is safe in ids: letters, digits, dots, dashes."""
    return re.sub(r"[^\w.]+", "-", stem).strip("-._") or "page"


def _reviews(records: list[Record], ids: list[str]) -> pd.DataFrame:
    copied = [name for name in schema.TABLES["reviews"] if name not in _MADE]
    columns: dict[str, list[object]] = {name: [getattr(r, name) for r in records] for name in copied}
    columns["review_id"] = list(ids)
    columns["position"] = list(range(1, len(records) + 1))
    columns["date"] = [np.datetime64(r.date or "NaT", "s") for r in records]
    columns["author"] = [r.author and people.pseudonym(r.author) for r in records]
    return schema.frame("reviews", columns)
