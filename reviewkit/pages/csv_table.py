"""Any table with a column of texts, saved as CSV: comma, semicolon, tab or bar between its columns.

The column of texts is the one named `text`, `review`, `body` or the like; failing that, the one with the
longest cells, and the report says so. Columns named like ours (`date`, `rating`, `author`, ...) are used;
others are named in the report. A cell that cannot be read as what its column holds is left missing, and
reported with its line.
"""

from __future__ import annotations

import csv
import datetime
import re
from typing import Any

from ..errors import PageError
from .parts import Note, Parsed, Record

NAME = "csv"
LOOKS_FOR = "a table saved as CSV with a column named `text`"
EXAMPLE = """\
date,rating,text
2011-05-03,4,"Slow, and ""sad"" is too small a word."
,,We turned it off.
"""

# Names a column may have, in small letters and without signs, for each of ours.
_NAMES = {
    "text": "text review reviewtext reviewbody body content comment commenttext reviewcontent",
    "date": "date reviewdate posted postedon published time datum",
    "rating": "rating stars score starrating reviewrating overall",
    "title": "title summary headline reviewtitle heading",
    "author": "author user username reviewer name reviewername profilename userid",
    "helpful_votes": "helpfulvotes helpful helpfulness likes upvotes",
    "votes": "votes totalvotes",
    "comments": "comments commentcount replies",
    "verified": "verified verifiedpurchase",
    "format": "format edition style",
    "country": "country",
}
_OURS = {name: column for column, names in _NAMES.items() for name in names.split()}
_YES, _NO = {"true", "yes", "1", "y", "t"}, {"false", "no", "0", "n", "f"}


def recognise(text: str) -> bool:
    """Whether the first row names a column of texts, or every row has the same two or more cells."""
    try:
        rows = _rows(text, most=20)
    except PageError:
        return False
    if not rows or len(rows) < 2:
        return False
    names = [_folded(cell) for cell in rows[0][0]]
    if any(_OURS.get(name) == "text" for name in names):
        return True
    widths = {len(cells) for cells, _, _ in rows}
    return len(widths) == 1 and widths != {1} and all(0 < len(cell) <= 40 for cell in rows[0][0])


def parse(text: str) -> Parsed:
    """Take a table apart, row by row.

    Raises `PageError` where no column can be taken for the texts.
    """
    parsed, rows = Parsed(), _rows(text)
    (header, _, end), rows = rows[0], rows[1:]
    parsed.add(end, "header", None, _told(header))
    columns = _columns(header, rows, parsed)
    for cells, start, end in rows:
        if not any(cell.strip() for cell in cells):
            parsed.add(end, "blank")
        elif len(cells) <= columns["text"] or not cells[columns["text"]].strip():
            parsed.add(end, "empty", None, "Skipped: its cell for the text is empty.")
        else:
            record = _record(cells, columns, start, parsed)
            if len(cells) != len(header):
                said = f"{len(cells)} cells where the first row has {len(header)}: taken from the left."
                parsed.notes.append(Note(start, "doubt", said))
            parsed.add(end, "text", len(parsed.records))
            parsed.records.append(record)
    return parsed


def _rows(text: str, most: int | None = None) -> list[tuple[list[str], int, int]]:
    """Rows of cells, with where each begins and ends in the text."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    delimiter = _delimiter(lines[0] if lines else "")
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=False)
    rows, line, start = [], 0, 0
    try:
        for cells in reader:
            end = start + sum(map(len, lines[line : reader.line_num]))
            rows.append((cells, start, end))
            line, start = reader.line_num, end
            if most and len(rows) >= most:
                break
    except csv.Error as error:
        raise PageError(
            f"The table cannot be read near its line {reader.line_num} ({error}). "
            "Open it in a spreadsheet and save it again as CSV (UTF-8)."
        ) from None
    return rows


def _delimiter(header: str) -> str:
    outside = re.sub(r'"[^"]*"', "", header)
    return max(",;\t|", key=lambda sign: (outside.count(sign), sign == ","))


def _folded(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def _columns(header: list[str], rows: list[Any], parsed: Parsed) -> dict[str, int]:
    """Which column of the table each of ours is."""
    found: dict[str, int] = {}
    for i, name in enumerate(header):
        ours = _OURS.get(_folded(name))
        if ours and ours not in found:
            found[ours] = i
    if "text" not in found:
        found["text"] = _longest(header, rows)
        chosen = header[found["text"]]
        parsed.notes.append(
            Note(0, "doubt", f"No column is named `text`: {chosen!r}, the longest, was taken.")
        )
        found = {ours: i for ours, i in found.items() if ours == "text" or i != found["text"]}
    return found


def _longest(header: list[str], rows: list[Any]) -> int:
    def mean(i: int) -> float:
        cells = [row[i] for row, _, _ in rows if i < len(row)]
        return sum(map(len, cells)) / max(len(cells), 1)

    best = max(range(len(header)), key=mean)
    if mean(best) < 20:
        raise PageError(
            f"The table has no column of texts; its columns are {', '.join(map(repr, header))}. "
            "Name the column that holds the reviews `text`."
        )
    return best


def _told(header: list[str]) -> str:
    unused = [name for name in header if _folded(name) not in _OURS and name.strip()]
    return "The names of the columns." + (f" Not used: {', '.join(unused)}." if unused else "")


def _record(cells: list[str], columns: dict[str, int], start: int, parsed: Parsed) -> Record:
    record = Record(text=cells[columns["text"]].strip(), start=start)
    for column, i in columns.items():
        printed = cells[i].strip() if i < len(cells) else ""
        if column == "text" or not printed:
            continue
        value = _READ[column](printed)
        if value is None:
            said = f"The {column.replace('_', ' ')} {printed[:40]!r} cannot be read: left missing."
            if column == "author":
                said = "The author cannot be read: left missing."
            parsed.notes.append(Note(start, "doubt", said))
        setattr(record, column, value)
    return record


def _text(printed: str) -> str | None:
    return printed or None


def _whole(printed: str) -> int | None:
    digits = re.sub(r"[,. '\u00a0\u202f](?=\d{3}\b)", "", printed)
    digits = re.sub(r"[.,]0+$", "", digits)
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


def _stars(printed: str) -> int | None:
    found = re.fullmatch(
        r"([1-5])(?:[.,]0+)?(?:\s*(?:/\s*5|out of 5|stars?)(?:\s*stars)?)?", printed.casefold()
    )
    if found:
        return int(found[1])
    return len(printed) if re.fullmatch(r"[★⭐*]{1,5}", printed) else None


def _day(printed: str) -> str | None:
    """ISO, or a day with its month in letters; a day in figures alone could be read two ways."""
    iso = printed[:10]
    forms = ((iso, "%Y-%m-%d"), (iso, "%Y/%m/%d"), (printed, "%B %d, %Y"), (printed, "%d %B %Y"))
    for value, form in (*forms, (printed, "%b %d, %Y"), (printed, "%d %b %Y")):
        try:
            return datetime.datetime.strptime(value, form).date().isoformat()
        except ValueError:
            continue
    return None


def _yes(printed: str) -> bool | None:
    folded = printed.casefold()
    return True if folded in _YES else False if folded in _NO else None


_READ: dict[str, Any] = {
    **dict.fromkeys(("title", "author", "format", "country"), _text),
    **dict.fromkeys(("helpful_votes", "votes", "comments"), _whole),
    "rating": _stars,
    "date": _day,
    "verified": _yes,
}
