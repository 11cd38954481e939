"""A page line by line, and what many layouts print in the same way: days and counts."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

__all__ = ["Line", "count", "iso_day", "matchable", "split_lines"]

_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\ufeff]")
_YEARS = (
    "January February March April May June July August September October November December",
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "Jänner Feber März April Mai Juni Juli August September Oktober November Dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "1 2 3 4 5 6 7 8 9 10 11 12",
)
_MONTHS = {name.casefold(): number for year in _YEARS for number, name in enumerate(year.split(), 1)}


class Line(NamedTuple):
    """A line of a page, and where it stands there."""

    start: int
    end: int
    """One past the line's last character, its line end included."""
    text: str
    """The line to match patterns on, see `matchable`; the page itself has it as it was."""


def split_lines(page: str) -> list[Line]:
    """The lines of a page; together they cover it."""
    lines, start = [], 0
    for line in page.split("\n"):
        end = min(start + len(line) + 1, len(page))
        if end > start:
            lines.append(Line(start, end, matchable(line)))
        start = end
    return lines


def matchable(line: str) -> str:
    """White space run together, invisible marks left out; only a short line can be anything but text."""
    if len(line) > 400:
        return line if line.strip() else ""
    if not line.isascii():
        line = _INVISIBLE.sub("", line)
    elif "  " not in line and "\t" not in line and line == line.strip():
        return line
    return " ".join(line.split())


def iso_day(month: str, day: str, year: str) -> str | None:
    """A printed day as ISO; None for a day that never was, or that no page of reviews can have.

    The month is a name in one of eight languages, or its number.

    >>> iso_day("May", "3", "2011"), iso_day("février", "3", "2011"), iso_day("February", "30", "2011")
    ('2011-05-03', '2011-02-03', None)
    """
    try:
        found = datetime.date(int(year), _MONTHS[month.casefold()], int(day))
    except (KeyError, ValueError):
        return None
    return found.isoformat() if 1995 <= found.year <= 2035 else None


def count(printed: str | None) -> int | None:
    """A printed number: `1,017` is 1017, `One` is 1; None where it is no number that could be.

    >>> count("1,017"), count("One"), count("9" * 20), count(None)
    (1017, 1, None, None)
    """
    if printed is None:
        return None
    digits = re.sub(r"\D", "", printed)
    return (int(digits) if len(digits) < 10 else None) if digits else 1
