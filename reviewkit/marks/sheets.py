"""Marks as CSV: a row for each event, with every column, and a copy that a spreadsheet cannot run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from .. import files
from .checking import MarkError
from .events import FIELDS, Event

__all__ = ["VERSION", "csv_of", "events_in", "excel_of"]

VERSION = "reviewkit-marks-1"
"""Stands in the first column, `format`, of each row."""

_COPY = f"{VERSION}-for-excel"
_COLUMNS = ("format", *FIELDS)
_NUMBERS = ("start", "end")


def csv_of(events: Sequence[Event]) -> str:
    """Events as CSV, cells verbatim, an empty cell for what is missing."""
    return _written([[VERSION, *(event[name] for name in FIELDS)] for event in events])


def excel_of(events: Sequence[Event]) -> str:
    """The copy for spreadsheets: an apostrophe before what one would run. It is to look at, not to import."""
    import pandas as pd

    cells = [[_COPY, *(event[name] for name in FIELDS)] for event in events]
    table = files.escaped(pd.DataFrame(cells, columns=[*_COLUMNS], dtype="object").map(_said).astype("str"))
    return _written(table.to_numpy().tolist())


def events_in(text: str, file: str) -> Iterator[tuple[str, Event]]:
    """The events of a CSV, each with where it stands, for messages; not yet checked."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = next(rows, [])
        if missing := [name for name in _COLUMNS if name not in head]:
            raise MarkError(
                f"{file} has no column {missing[0]!r}. Import the file as rk.export_marks wrote it, not as a "
                "spreadsheet saved it."
            )
        for number, row in enumerate(rows, 2):
            if row:
                where = f"{file}, row {number}"
                yield where, _event(dict(zip(head, row, strict=False)), len(row) == len(head), where)
    except csv.Error as trouble:
        raise MarkError(
            f"{file}, row {rows.line_num}, is not sound CSV ({trouble}). Export it anew."
        ) from None


def _event(cells: dict[str, str], whole: bool, where: str) -> Event:
    if not whole:
        raise MarkError(f"{where} has not as many cells as the head of the table. Export it anew.")
    if cells["format"] == _COPY:
        raise MarkError(f"{where}: this is the copy for spreadsheets. Import the file without -for-excel.")
    if cells["format"] != VERSION:
        raise MarkError(
            f"{where}: its format is {cells['format'][:40]!r}, this kit knows {VERSION!r}. Update the kit, "
            "or export it anew."
        )
    event: Event = {name: cells[name] or None for name in FIELDS}
    for name in _NUMBERS:
        event[name] = _number(cells[name], name, where)
    return event


def _number(cell: str, name: str, where: str) -> int | None:
    if cell and not re.fullmatch(r"[0-9]{1,9}", cell):
        raise MarkError(f"{where}: {name} is {cell[:20]!r}, not a whole number from 0. Export it anew.")
    return int(cell) if cell else None


def _said(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _written(rows: Sequence[Sequence[Any]]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return buffer.getvalue()
