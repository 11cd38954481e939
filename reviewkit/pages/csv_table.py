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
from typing import Any, NamedTuple

from ..errors import PageError
from .furniture import is_prose
from .parts import Note, Parsed, Record

NAME = "csv"
LOOKS_FOR = "a table saved as CSV with a column named `text`"
EXAMPLE = """\
date,rating,text
2011-05-03,4,"Slow, and ""sad"" is too small a word."
,,We turned it off.
"""

# Names a column may have, in small letters and without signs, for each of ours; the first found counts.
_NAMES = {
    "text": "text reviewtext reviewbody review body reviewcontent content commenttext comment",
    "date": "date reviewdate posted postedon published time datum",
    "rating": "rating stars starrating reviewrating score overall",
    "title": "title reviewtitle summary headline heading",
    "author": "author authorname user username reviewer reviewername name profilename nickname customername",
    "helpful_votes": "helpfulvotes helpful helpfulness likes upvotes",
    "votes": "votes totalvotes",
    "comments": "comments commentcount replies",
    "verified": "verified verifiedpurchase",
    "format": "format edition style",
    "country": "country",
}
_DASHES = re.compile(r"\s*[-=*_–—]{3,}\s*")
_YES, _NO = {"true", "yes", "1", "y", "t"}, {"false", "no", "0", "n", "f"}


class _Row(NamedTuple):
    cells: list[str]
    start: int
    end: int
    quoted: bool


def recognise(text: str) -> bool:
    """Whether the first row holds names, one of them of a column of texts; or every row is as wide as it."""
    try:
        rows = _rows(text[:20_000])
    except PageError:
        return False
    if len(text) > 20_000:
        rows = rows[:1] if len(rows) == 1 else rows[:-1]
    if not rows:
        return False
    width = len(rows[0].cells)
    if width == 1 and not _is_list(rows):
        return False
    same = sum(len(row.cells) == width for row in rows) / len(rows)
    if not _are_names(rows[0].cells) or same < 0.5:
        return False
    return "text" in _named(rows[0].cells) or (
        width > 1 and len(rows) > 1 and all(len(row.cells) == width for row in rows)
    )


def _is_list(rows: list[_Row]) -> bool:
    """Whether rows of one cell are a table: its name is `text`, or all others stand in quotation marks.

    A page that was pasted may well begin with a line such as "Comment".
    """
    named = _folded("".join(rows[0].cells)) == "text"
    quoted = len(rows) > 1 and all(row.quoted for row in rows[1:])
    return (named or quoted) and not any(_DASHES.fullmatch("".join(row.cells)) for row in rows)


def parse(text: str) -> Parsed:
    """Take a table apart, row by row.

    Raises `PageError` where no column can be taken for the texts.
    """
    parsed, rows = Parsed(text), _rows(text)
    if not rows:
        raise PageError("This table is empty. Its first row should name its columns, one of them `text`.")
    header, rows = rows[0], rows[1:]
    if header.start:
        parsed.add(header.start, "header", None, "Says which sign parts the columns.")
    parsed.add(header.end, "header", None, _told(header.cells))
    columns = _columns(header, rows, parsed)
    for row in rows:
        text_cell = row.cells[columns["text"]] if columns["text"] < len(row.cells) else ""
        _hide(row, columns, parsed)
        if not text[row.start : row.end].strip():
            parsed.add(row.end, "blank")
        elif not text_cell.strip():
            parsed.add(row.end, "empty", None, "Skipped: its cell for the text is empty.")
        else:
            record = _record(row, columns, parsed)
            _doubt(text, header, row, parsed)
            parsed.add(row.end, "text", len(parsed.records))
            parsed.records.append(record)
    return parsed


def _rows(text: str) -> list[_Row]:
    """Rows of cells, with where each begins and ends in the text; from the first that has words."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    first = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    sign = re.fullmatch(r"sep=(.)\s*", lines[first]) if first < len(lines) else None
    first += bool(sign)
    if first >= len(lines):
        return []
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(lines[first:], delimiter=sign[1] if sign else _delimiter(lines[first]))
    rows, line, start = [], first, sum(map(len, lines[:first]))
    try:
        for cells in reader:
            end = start + sum(map(len, lines[line : first + reader.line_num]))
            rows.append(_Row(cells, start, end, text.startswith('"', start)))
            line, start = first + reader.line_num, end
    except csv.Error as error:
        raise PageError(
            f"The table cannot be read near its line {first + reader.line_num} ({error}). "
            "Open it in a spreadsheet and save it again as CSV (UTF-8)."
        ) from None
    return rows


def _delimiter(header: str) -> str:
    """The sign that parts the columns of a header; a sign that no text has where there is one column only."""
    outside = re.sub(r'"[^"]*"', "", header)
    best = max(",;\t|", key=lambda sign: (outside.count(sign), sign == ","))
    return best if best in outside else "\x1f"


def _folded(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def _named(header: list[str]) -> dict[str, int]:
    """Which column of the table each of ours is, by its name."""
    places = {_folded(name): i for i, name in reversed(list(enumerate(header)))}
    found = {ours: [places[n] for n in names.split() if n in places] for ours, names in _NAMES.items()}
    return {ours: at[0] for ours, at in found.items() if at}


def _are_names(header: list[str]) -> bool:
    """Whether a first row could be names of columns: short, and neither figures nor sentences."""
    return all(0 < len(cell) <= 40 and not cell.strip().isdigit() and not is_prose(cell) for cell in header)


def _columns(header: _Row, rows: list[_Row], parsed: Parsed) -> dict[str, int]:
    """Which column of the table each of ours is, by name or, for the texts, by length."""
    found = _named(header.cells)
    if "text" not in found:
        if not _are_names(header.cells):
            raise PageError("The first row of the table should name its columns, one of them `text`.")
        found["text"] = _longest(header.cells, rows)
        chosen = header.cells[found["text"]]
        said = f"No column is named `text`: {chosen!r}, the longest, was taken."
        parsed.notes.append(Note(header.start, "doubt", said))
        found = {ours: i for ours, i in found.items() if ours == "text" or i != found["text"]}
    return found


def _longest(header: list[str], rows: list[_Row]) -> int:
    def mean(i: int) -> float:
        cells = [row.cells[i] for row in rows if i < len(row.cells)]
        return sum(map(len, cells)) / max(len(cells), 1)

    best = max(range(len(header)), key=mean)
    if mean(best) < 20:
        raise PageError(
            f"The table has no column of texts; its columns are {', '.join(map(repr, header))}. "
            "Name the column that holds the reviews `text`."
        )
    return best


def _told(header: list[str]) -> str:
    used = _named(header).values()
    unused = [name for i, name in enumerate(header) if i not in used and name.strip()]
    return "The names of the columns." + (f" Not used: {', '.join(unused)}." if unused else "")


def _hide(row: _Row, columns: dict[str, int], parsed: Parsed) -> None:
    """Mask, wherever the row is shown, its author and whatever stands in columns that are not used."""
    known = {i for ours, i in columns.items() if ours != "author"}
    for i, cell in enumerate(row.cells):
        if i not in known and any(char.isalpha() for char in cell):
            parts = {cell, *cell.split("\n"), cell.replace('"', '""')}
            for part in parts:
                parsed.hide(row.start, row.end, part)


def _doubt(text: str, header: _Row, row: _Row, parsed: Parsed) -> None:
    """Note a row that is not as wide as the first, or a quotation mark without its fellow."""
    if text.count('"', row.start, row.end) % 2:
        said = "A quotation mark opens here that nothing closes: rows may have run together."
        parsed.notes.append(Note(row.start, "doubt", said))
    if len(row.cells) != len(header.cells):
        said = f"{len(row.cells)} cells where the first row has {len(header.cells)}: taken from the left."
        parsed.notes.append(Note(row.start, "doubt", said))


def _record(row: _Row, columns: dict[str, int], parsed: Parsed) -> Record:
    record = Record(text=row.cells[columns["text"]].strip(), start=row.start)
    for column, i in columns.items():
        printed = row.cells[i].strip() if i < len(row.cells) else ""
        if column == "text" or not printed:
            continue
        value = _READ[column](printed)
        if value is None:
            said = f"What stands for the {column.replace('_', ' ')} cannot be read: left missing."
            parsed.notes.append(Note(row.start, "doubt", said))
            parsed.hide(row.start, row.end, printed)
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
    """ISO, or a day with its month in letters; or with dots; with strokes it could be read two ways."""
    iso = printed[:10]
    forms = ((iso, "%Y-%m-%d"), (iso, "%Y/%m/%d"), (printed, "%B %d, %Y"), (printed, "%d %B %Y"))
    for value, form in (*forms, (printed, "%b %d, %Y"), (printed, "%d %b %Y"), (printed, "%d.%m.%Y")):
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
