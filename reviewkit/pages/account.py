"""What became of every line of a page, and what of that has to be reported; names masked throughout."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

import numpy as np
import pandas as pd

from .. import people, schema
from .opening import Repair
from .parts import Hidden, Parsed, Piece

__all__ = ["Account"]


class Account:
    """The account of a page: its pieces line by line, with the id of the review that each went into."""

    # A name in page furniture: "By NAME", "Published 3 months ago by NAME".
    _BY = re.compile(r"(?:^By ?|\bby (?=[A-Z\d])|\bPublished .{0,60}? by )(?P<name>\S.*)$")

    def __init__(self, parsed: Parsed, ids: list[str | None]) -> None:
        self.parsed = parsed
        self.ids = ids
        ends = [found.end() for found in re.finditer("\n", parsed.page)]
        self.starts = np.array([0, *(end for end in ends if end < len(parsed.page))])

    def lines(self) -> pd.DataFrame:
        """The table `lines`: one row per line, or per part of one that was cut."""
        rows = [
            (line, start, end, piece.role, None if piece.record is None else self.ids[piece.record])
            for piece in self.parsed.pieces
            for line, start, end in self._lines_of(piece)
        ]
        names = ("line", "start", "end", "role", "review_id")
        columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
        columns["text"] = [self._masked(start, end, role) for _, start, end, role, _ in rows]
        return schema.frame("lines", columns)

    def report(self, page: str, repairs: list[Repair], repeats: dict[int, str]) -> pd.DataFrame:
        """The table `report`: one row per line that was skipped, repaired or doubted, in the page's order."""
        rows: list[tuple[int | None, str, str, str]] = [
            (number, kind, self._whole(number) if number else "", action) for number, kind, action in repairs
        ]
        for at, kind, action in self.parsed.notes:
            number = int(np.searchsorted(self.starts, at, side="right"))
            rows.append((number, kind, self._whole(number), action))
        for piece in self.parsed.pieces:
            repeat = None if piece.record is None else repeats.get(piece.record)
            if piece.role == "blank" or (piece.record is not None and not repeat):
                continue
            kind, action = ("repeat", repeat) if repeat else (piece.role, piece.action)
            for number, start, end in self._lines_of(piece):
                if self.parsed.page[start:end].strip():
                    rows.append((number, kind, self._masked(start, end, piece.role), action))
        rows.sort(key=lambda row: row[0] or 0)
        columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
        made = dict(zip(("line", "kind", "text", "action"), columns, strict=True))
        return schema.frame("report", {"page": [page] * len(rows), **made})

    def _lines_of(self, piece: Piece) -> Iterator[tuple[int, int, int]]:
        """Number, start and end of each line of a piece."""
        number, start = int(np.searchsorted(self.starts, piece.start, side="right")), piece.start
        while start < piece.end:
            end = self._end(number)
            yield number, start, min(end, piece.end)
            number, start = number + 1, end

    def _end(self, number: int) -> int:
        return int(self.starts[number]) if number < len(self.starts) else len(self.parsed.page)

    def _whole(self, number: int) -> str:
        return self._masked(int(self.starts[number - 1]), self._end(number), "")

    def _masked(self, start: int, end: int, role: str) -> str:
        """The page from `start` to `end`, without its line end, masked at equal length."""
        text = self.parsed.page[start:end].rstrip("\n")
        at = bisect_left(self._hidden, end, key=lambda hidden: hidden.start)
        while at and self._hidden[at - 1].end > start:
            at -= 1
            hidden = self._hidden[at]
            if hidden.words is None:
                a, b = max(hidden.start - start, 0), max(hidden.end - start, 0)
                text = text[:a] + people.mask_name(text[a:b]) + text[b:]
            else:
                text = text.replace(hidden.words, people.mask_name(hidden.words))
        if role in ("furniture", "unknown") and (found := self._BY.search(text)):
            text = text[: found.start("name")] + people.mask_name(found["name"])
        return text

    @cached_property
    def _hidden(self) -> list[Hidden]:
        """What is masked where, the longest words of a place last, so that they are asked for first."""
        found = {*self.parsed.hidden, *self._signatures()}
        return sorted(found, key=lambda hidden: (hidden.start, -hidden.end, len(hidden.words or "")))

    def _signatures(self) -> Iterator[Hidden]:
        """The signatures of the page's reviews, where they stand."""
        for piece in self.parsed.pieces:
            if piece.role != "text" or piece.record is None:
                continue
            record = self.parsed.records[piece.record]
            verbatim = self.parsed.page.startswith(record.text, record.start)
            for start, end in people.signatures(record.text):
                if verbatim:
                    yield Hidden(record.start + start, record.start + end)
                else:
                    lines = record.text[start:end].split("\n")
                    yield from (Hidden(piece.start, piece.end, words) for words in lines)
