"""Amazon, 2016: a page of customer reviews, selected in the browser and pasted as text.

A review stands between its date line and its closing line:

    on May 21, 2013                                       (the first review of a page may have none)
    Format: DVD|Verified Purchase                         (or one of them, or neither)
    The text, in paragraphs.
    22 comments| 58 people found this helpful. Was this review helpful to you?YesNoReport abuse

The comment count is there twice, once for the eye and once for a screen reader, glued together:
`1313 comments` is 13, `11 comment` is 1, `0Comment` is 0. What stands around the reviews is page furniture.

A closing line is what ends a review, so a date within prose, or a sentence with "people found this
helpful", ends none. Known misreadings: an undated review that begins with a few words in the manner of a
button ("Next"), followed by real furniture, loses them to the report; a review whose closing line is
missing is told from the next one only by that one's date line.
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from .furniture import is_furniture, is_prose, is_tail
from .parts import Note, Parsed, Record

NAME = "amazon-2016"
LOOKS_FOR = (
    'Amazon, 2016, pasted: lines such as "on May 21, 2013" and '
    '"22 comments| 58 people found this helpful. Was this review helpful to you?YesNoReport abuse"'
)
EXAMPLE = """\
Customer Reviews: Never Let Me Go
Format: DVD|Change
Your rating(Clear)Rate this item

Slow, and I would not have it any faster.
1313 comments| 136 people found this helpful. Was this review helpful to you?YesNoReport abuse
on May 3, 2011
Format: DVD|Verified Purchase
My sister chose it.

We did not talk on the way to the kitchen.
0Comment| One person found this helpful. Was this review helpful to you?YesNoReport abuse
Need customer service? Click here
"""

_MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
_MONTHS += ["August", "September", "October", "November", "December"]
_DATE = re.compile(
    r"\s*(?:By\s*(?P<author>(?!(?:the|a|an|my|this|that|then|now) )\S.{0,60}?)\s*)?"
    r"on (?P<month>[A-Z]\w{2,9}) (?P<day>\d{1,2}), (?P<year>\d{4})\s*"
)
_STARS = re.compile(r"\s*(?P<rating>[1-5])\.0 out of 5 stars\s*(?P<title>.{0,200}?)\s*")
_DETAILS = re.compile(
    r"\s*(?:(?:Format|Edition):\s*(?P<format>(?!.*\. )[^|\n]{1,40}?))?"
    r"\s*\|?\s*(?P<verified>Verified Purchase)?\s*\|?\s*"
)
_CLOSING = re.compile(
    r"\s*(?:(?P<comments>\d[\d.,]*)?\s*[Cc]omments?\s*\|?\s*)?"
    r"(?:(?P<helpful>\d[\d.,]*|[Oo]ne) (?:people|person) found this helpful\.?\s*)?"
    r"(?P<question>Was this review helpful to you\?)?\s*(?:Yes\s*No)?\s*(?:Report abuse)?\s*"
)
_GLUED = re.compile(
    r"(?:\d[\d.,]* ?comments?|0 ?Comment)\|.{0,60}"
    r"Was this review helpful to you\?\s*(?:Yes\s*No)?\s*(?:Report abuse)?\s*$"
)
_BUTTONS = re.compile(r"\s*(?:Yes|No|YesNo|YesNoReport abuse|Report abuse|Permalink)\s*")
_FRAGMENTS = re.compile(r"[Cc]omments?\s*\||found this helpful\.|Was this review helpful|YesNo|Report abuse")

_SKIPPED = "Skipped: part of the web page, not of a review."
_SKIPPED_UNKNOWN = "Skipped: not known here, but it stands among page furniture. Check it."
_CUT = "Kept without its closing line, as where a page is cut off: votes and comments are unknown."
_KEPT_DATE = "Looks like a date line, but stands within a sentence: kept as text."
_DAMAGED = "A damaged closing line: votes and comments that cannot be read are left missing."
_SINGLE = "The comment count is not there twice: taken as it stands."


class _Line(NamedTuple):
    start: int
    end: int
    """One past the line's last character, its line end included."""
    text: str


def recognise(text: str) -> bool:
    """Whether at least one closing line is there, or a date line or head that only this page has."""
    lines = [line for line in _plain_spaces(text).split("\n") if len(line) < 400]
    if any(_is_closing(line) for line in lines if "review helpful" in line or "abuse" in line):
        return True
    dates = sum(_is_date(line) for line in lines)
    head = sum(is_furniture(line) and len(line) > 12 for line in lines[:12])
    return dates >= 2 or (dates >= 1 and head >= 1) or head >= 2


def parse(text: str) -> Parsed:
    """Take a page apart, from closing line to closing line."""
    parsed = Parsed()
    lines = _lines(_plain_spaces(text), parsed.notes)
    region, i = 0, 0
    while i < len(lines):
        if count := _closing_at(lines, i):
            _region(parsed, lines[region:i], lines[i : i + count])
            region = i = i + count
        else:
            i += 1
    _region(parsed, lines[region:], [])
    for record in parsed.records:
        record.text = text[record.start : record.start + len(record.text)]
    return parsed


def _plain_spaces(text: str) -> str:
    """The text with hard spaces and invisible marks as plain spaces, one for one, to match patterns on."""
    for sign in "\u00a0\u202f\u2007\u200b\u200e\u200f\ufeff":
        text = text.replace(sign, " ")
    return text


def _lines(text: str, notes: list[Note]) -> list[_Line]:
    """The page's lines; one that lost its line end before a closing line is cut in two."""
    lines, start = [], 0
    for line in text.split("\n"):
        end = min(start + len(line) + 1, len(text))
        if line.rstrip().endswith("abuse") and (glued := _GLUED.search(line)) and glued.start() > 3:
            cut = start + glued.start()
            lines.append(_Line(start, cut, line[: glued.start()]))
            start, line = cut, glued[0]
            notes.append(Note(cut, "doubt", "Closing line cut from the words it was glued to."))
        if end > start:
            lines.append(_Line(start, end, line))
        start = end
    return lines


# ---- what a line is ----


def _is_date(line: str) -> bool:
    return len(line) < 110 and line.rstrip()[-4:].isdigit() and _DATE.fullmatch(line) is not None


def _is_closing(line: str) -> bool:
    """A line that ends a review, even with a letter or two damaged."""
    if len(line) > 200 or not line.strip():
        return False
    found = _CLOSING.fullmatch(line)
    if found and found["question"]:
        return True
    return len({m[0] for m in _FRAGMENTS.finditer(line)}) >= 3


def _closing_at(lines: list[_Line], i: int) -> int:
    """How many lines the closing block takes that begins at line `i`; 0 where none begins there."""
    text = lines[i].text
    if len(text) > 200 or not any(word in text for word in ("omment", "helpful", "abuse")):
        return 0
    j = i
    if not _is_closing(text):
        # Counts and question may stand on lines of their own.
        while j < min(i + 3, len(lines)) and lines[j].text.strip() and _is_count(lines[j].text):
            j += 1
        if j == i or j >= len(lines) or not _is_closing(lines[j].text):
            return 0
    j += 1
    k = j
    while k < min(j + 5, len(lines)) and (not lines[k].text.strip() or _BUTTONS.fullmatch(lines[k].text)):
        k += 1
        if lines[k - 1].text.strip():
            j = k
    return j - i


def _is_count(line: str) -> bool:
    found = _CLOSING.fullmatch(line)
    return bool(found and not found["question"] and (found["helpful"] or (found["comments"] and "|" in line)))


# ---- from closing line to closing line ----


def _region(parsed: Parsed, lines: list[_Line], closing: list[_Line]) -> None:
    """What stands between two closing lines: furniture, perhaps, then a review."""
    tail = len(lines) if closing else _tail(lines)
    head = _after_furniture(lines[:tail])
    _skip(parsed, lines[:head])
    parts = _split_at_dates(lines[head:tail])
    for part in parts[:-1]:
        _review(parsed, part, [])
    _review(parsed, parts[-1], closing)
    _skip(parsed, lines[tail:])


def _after_furniture(lines: list[_Line]) -> int:
    """Where the furniture at the head of a region ends.

    An unknown line counts as furniture only if it does not read like prose, and known furniture or a date
    line follows.
    """
    after = 0
    for i, line in enumerate(lines):
        if _is_date(line.text) or _heads_review(lines, i):
            return i
        if is_furniture(line.text):
            after = i + 1
        elif is_prose(line.text):
            break
    return after


def _heads_review(lines: list[_Line], i: int) -> bool:
    """Whether this is the stars line of a review: a date or words follow it."""
    return _STARS.fullmatch(lines[i].text[:300]) is not None and any(
        _is_date(line.text) or is_prose(line.text) for line in lines[i + 1 : i + 4]
    )


def _tail(lines: list[_Line]) -> int:
    """Where the furniture at the end of the page begins."""
    end = len(lines)
    for i, line in enumerate(lines):
        if is_tail(line.text) and not any(_is_date(later.text) for later in lines[i:]):
            end = i
            break
    while end and (not lines[end - 1].text.strip() or is_furniture(lines[end - 1].text)):
        end -= 1
    return end


def _split_at_dates(lines: list[_Line]) -> list[list[_Line]]:
    """Cut a region where a date line shows that a closing line is missing before it."""
    cuts, seen = [0], False
    for i, line in enumerate(lines):
        if seen and _is_date(line.text) and not _within_sentence(lines, i):
            cuts.append(i)
        seen = seen or bool(line.text.strip())
    return [lines[a:b] for a, b in zip(cuts, [*cuts[1:], len(lines)], strict=True)]


def _within_sentence(lines: list[_Line], i: int) -> bool:
    """Whether a date on a line of its own continues a hard-wrapped sentence."""
    before = lines[i - 1].text.strip()
    after = lines[i + 1].text.strip() if i + 1 < len(lines) else ""
    if not before or _DETAILS.fullmatch(after) or _FRAGMENTS.search(before):
        return False
    return after[:1].islower() or not before.endswith((".", "!", "?", '"', ")", "…"))


def _review(parsed: Parsed, lines: list[_Line], closing: list[_Line]) -> None:
    """One review: stars, date and details before it, its text, its closing lines."""
    record, notes = Record(text=""), list[Note]()
    roles = _head(record, notes, lines)
    body = lines[len(roles) :]
    dated = any(role != "blank" for role in roles)
    if not (dated or any(is_prose(line.text) for line in body) or (closing and body)):
        _skip(parsed, lines)
        _skip(parsed, closing)
        return
    index = len(parsed.records)
    for line, role in zip(lines, roles, strict=False):
        parsed.add(line.end, role, index)
    _body(parsed, record, body)
    _close(record, notes, closing)
    for line in closing:
        parsed.add(line.end, "closing", index)
    if not closing:
        last = max((line for line in lines if line.text.strip()), key=lambda line: line.start)
        notes.append(Note(last.start, "cut", _CUT))
    if not record.text:
        notes.append(
            Note(
                (closing or lines)[0].start,
                "doubt",
                "A review without words: kept, its text is empty.",
            )
        )
    parsed.notes += notes
    parsed.records.append(record)


def _head(record: Record, notes: list[Note], lines: list[_Line]) -> list[str]:
    """Read what stands before the text; give the role of each line of it."""
    roles: list[str] = []
    for line in lines:
        if not line.text.strip():
            roles.append("blank")
        elif not {"stars", "date"} & {*roles} and (found := _STARS.fullmatch(line.text[:300])):
            record.rating, record.title = int(found["rating"]), found["title"] or None
            roles.append("stars")
        elif not {"date", "details"} & {*roles} and _is_date(line.text):
            _read_date(record, notes, line)
            roles.append("date")
        elif len(line.text) < 90 and _reads_details(record, line.text):
            roles.append("details")
        else:
            break
    return roles


def _read_date(record: Record, notes: list[Note], line: _Line) -> None:
    found = _DATE.fullmatch(line.text)
    assert found
    record.author = found["author"]
    try:
        day = datetime.date(int(found["year"]), _MONTHS.index(found["month"]) + 1, int(found["day"]))
    except ValueError:
        day = datetime.date.min
    if 1995 <= day.year <= 2035:
        record.date = day.isoformat()
    else:
        notes.append(Note(line.start, "doubt", "No such day: the date is left missing."))


def _reads_details(record: Record, text: str) -> bool:
    """Whether a line gives format or verification, each not yet known; they are put into the record."""
    found = _DETAILS.fullmatch(text)
    if not found or not (found["format"] or found["verified"]):
        return False
    if (found["format"] and record.format) or (found["verified"] and record.verified):
        return False
    record.format = found["format"] or record.format
    record.verified = True if found["verified"] else record.verified
    return True


def _body(parsed: Parsed, record: Record, lines: list[_Line]) -> None:
    """The text itself, from its first visible character to its last."""
    index = len(parsed.records)
    end = len(lines)
    while end and not lines[end - 1].text.strip():
        end -= 1
    whole = "\n".join(line.text for line in lines[:end])
    record.text = whole.strip()
    if end:
        record.start = lines[0].start + len(whole) - len(whole.lstrip())
        parsed.add(lines[end - 1].end, "text", index)
    if end < len(lines):
        parsed.add(lines[-1].end, "blank", index)
    for line in lines[:end]:
        if _is_date(line.text):
            parsed.notes.append(Note(line.start, "doubt", _KEPT_DATE))


def _close(record: Record, notes: list[Note], closing: list[_Line]) -> None:
    """Read votes and comments."""
    if not closing:
        return
    joined = " ".join(line.text.strip() for line in closing if line.text.strip())
    found = _CLOSING.fullmatch(joined)
    if found is None:
        notes.append(Note(closing[0].start, "doubt", _DAMAGED))
        found = _CLOSING.match(joined)
    if found:
        record.helpful_votes = _count(found["helpful"])
        record.comments, doubled = _undouble(found["comments"], plural="omments" in joined)
        if not doubled:
            notes.append(Note(closing[0].start, "doubt", _SINGLE))


def _count(printed: str | None) -> int | None:
    """A printed number: `1,017` is 1017, `One` is 1."""
    if printed is None:
        return None
    digits = re.sub(r"\D", "", printed)
    return int(digits) if digits else 1


def _undouble(printed: str | None, *, plural: bool) -> tuple[int | None, bool]:
    """The comment count behind its doubled print, and whether it was doubled as expected.

    >>> _undouble("1313", plural=True), _undouble("11", plural=False), _undouble("11", plural=True)
    ((13, True), (1, True), (11, False))
    """
    if printed is None or printed == "0":
        return _count(printed), True
    half, odd = divmod(len(printed), 2)
    if not odd and printed[:half] == printed[half:] and (_count(printed[:half]) != 1) == plural:
        return _count(printed[:half]), True
    return _count(printed), False


def _skip(parsed: Parsed, lines: list[_Line]) -> None:
    """Account for lines that belong to no review."""
    for line in lines:
        if not line.text.strip():
            parsed.add(line.end, "blank")
        elif is_furniture(line.text):
            parsed.add(line.end, "furniture", None, _SKIPPED)
        elif _is_closing(line.text) or _BUTTONS.fullmatch(line.text):
            parsed.add(line.end, "closing", None, "Skipped: a closing line with no review before it.")
        else:
            parsed.add(line.end, "unknown", None, _SKIPPED_UNKNOWN)
