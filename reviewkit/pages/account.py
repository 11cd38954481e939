"""What became of every line of a page, and what of that has to be reported; names masked throughout."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

import numpy as np
import pandas as pd

from .. import people, schema
from .opening import Repair
from .parts import Hidden, Parsed, Piece

__all__ = ["Account"]


class Account:
    """The account of a page: its pieces line by line, with the id of the review that each went into."""

    # A name in page furniture: "By NAME", "Published 3 months ago by NAME".
    _BY = re.compile(r"(?:^By ?|\bPublished .{0,60}? by |\b[Rr]eview(?:ed)? by )(?P<name>\S.*)$")

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
            if self._record_at(at) in repeats:
                continue
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

    def _record_at(self, at: int) -> int | None:
        pieces = self.parsed.pieces
        i = bisect_left(pieces, at + 1, key=lambda piece: piece.end)
        return pieces[i].record if i < len(pieces) else None

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
        found = [(a - start, b - start) for a, b in self._hidden_in(start, end)]
        if text.strip().casefold() in self._authors:
            found.append((0, len(text)))
        if role in ("furniture", "unknown") and (by := self._BY.search(text)):
            found.append(by.span("name"))
        for a, b in found:
            text = text[:a] + people.mask_name(text[a:b]) + text[b:]
        return text

    def _hidden_in(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What is masked of the page between two places."""
        spans, reach = self._hidden
        at = bisect_left(spans, (end, 0))
        while at and reach[at - 1] > start:
            at -= 1
            first, last = max(spans[at][0], start), min(spans[at][1], end)
            if first < last:
                yield first, last

    @cached_property
    def _authors(self) -> set[str]:
        return {record.author.strip().casefold() for record in self.parsed.records if record.author}

    @cached_property
    def _hidden(self) -> tuple[list[tuple[int, int]], list[int]]:
        """What is masked, in order; and how far anything up to there reaches."""
        spans = set()
        for start, end, words in {*self.parsed.hidden, *self._signatures()}:
            if words is None:
                spans.add((start, end))
            elif words:
                at = self.parsed.page.find(words, start, end)
                while at >= 0:
                    spans.add((at, at + len(words)))
                    at = self.parsed.page.find(words, at + len(words), end)
        ordered = sorted(spans)
        return ordered, list(accumulate((end for _, end in ordered), max))

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
