"""Amazon, 2016: a page of customer reviews, selected in the browser and pasted as text.

A review stands between its date line and its closing line:

    on May 21, 2013                                       (the first review of a page may have none)
    Format: DVD|Verified Purchase                         (or one of them, or neither)
    The text, in paragraphs.
    22 comments| 58 people found this helpful. Was this review helpful to you?YesNoReport abuse

The comment count is there twice, once for the eye and once for a screen reader, glued together:
`1313 comments` is 13, `11 comment` is 1, `0Comment` is 0. What stands around the reviews is page furniture.

Stars, a title and a name may stand before the date, on one line or on several. A closing line is what ends a
review, so a date within prose, or a sentence with "people found this helpful", ends none. Known misreadings:
an undated review that begins with a few words in the manner of a button ("Next") loses them to the report; a
review whose closing line is missing is told from the next one only by that one's date line.
"""

from __future__ import annotations

import re

from .amazon_lines import (
    BY,
    CLOSING,
    COUNTS,
    DATE,
    STARS,
    closing_at,
    head_kind,
    head_length,
    is_closing,
    is_date,
    page_lines,
)
from .furniture import is_furniture, is_prose, is_tail
from .lines import Line, count, iso_day, matchable
from .parts import CUT, KEPT_DATE, NO_DAY, NO_WORDS, SKIPPED, SKIPPED_UNKNOWN, Note, Parsed, Record

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

_BADGES = re.compile(r"(?: ?\(?(?:TOP \d+ REVIEWER|HALL OF FAME|VINE VOICE)\)?)+$", re.IGNORECASE)
_FORMAT = r"(?:Format|Edition): ?(?P<format>(?:[A-Z0-9]|e[A-Z])(?:[^|.\n]|\.(?! ))*?)"
_WHAT = r"(?: ?\(What(?:'s|’s| is) this\?\))?"
_VERIFIED = rf"(?:Amazon )?(?P<verified>Verified Purchase){_WHAT}"
_VINE = rf"(?:Vine Customer Review of Free Product{_WHAT})?"
_DETAILS = re.compile(rf"(?:{_FORMAT})? ?\|? ?(?:{_VERIFIED})? ?\|? ?{_VINE}")
_DETAILS_TURNED = re.compile(rf"{_VERIFIED} ?\|? ?{_FORMAT}")

_SKIPPED_CLOSING = "Skipped: a closing line with no review before it."
_DAMAGED = "A damaged closing line: votes and comments that cannot be read are left missing."
_SINGLE = "The comment count is not there twice: taken as it stands."
_BARE = "Taken for a closing line, though it has neither counts nor buttons: the review ends here."


def recognise(text: str) -> bool:
    """Whether a closing line is there, or date lines, or the head of such a page."""
    lines = [matchable(line) for line in text.split("\n") if len(line) < 400]
    if any(is_closing(line) for line in lines if "review helpful" in line or "abuse" in line):
        return True
    dates = sum(is_date(line) for line in lines)
    furniture = any(len(line) > 12 and is_furniture(line) for line in lines[:12])
    return (
        dates >= 2
        or (dates >= 1 and furniture)
        or any("(Clear)Rate this item" in line for line in lines[:12])
    )


def parse(text: str) -> Parsed:
    """Take a page apart, from closing line to closing line."""
    parsed = Parsed(text)
    lines = page_lines(parsed)
    region, i = 0, 0
    while i < len(lines):
        if count := closing_at(lines, i):
            _region(parsed, lines[region:i], lines[i : i + count])
            region = i = i + count
        else:
            i += 1
    _region(parsed, lines[region:], [])
    return parsed


# ---- from closing line to closing line ----


def _region(parsed: Parsed, lines: list[Line], closing: list[Line]) -> None:
    """What stands between two closing lines: furniture, perhaps, then a review."""
    tail = len(lines) if closing else _tail(lines)
    head = _after_furniture(lines[:tail])
    _skip(parsed, lines[:head])
    parts = _split_at_dates(lines[head:tail])
    for part in parts[:-1]:
        _review(parsed, part, [])
    _review(parsed, parts[-1], closing)
    _skip(parsed, lines[tail:])


def _after_furniture(lines: list[Line]) -> int:
    """Where the furniture at the head of a region ends.

    An unknown line counts as furniture only if known furniture or a date line follows, and if it does not
    read like prose, or comes behind a line that opens the furniture at a page's end.
    """
    after, last = 0, -1
    for i, line in enumerate(lines):
        if head_length(lines, i) or (line.text and _are_details(lines[i : i + 3])):
            return i
        if is_furniture(line.text):
            after = i + 1
            if last < 0 and is_tail(line.text):
                last = max(k for k, later in enumerate(lines) if is_furniture(later.text))
        elif is_prose(line.text) and i > last:
            break
    return after


def _are_details(lines: list[Line]) -> bool:
    """Whether these lines are a review's details: they vouch for the purchase, as no furniture does."""
    found = [_DETAILS.fullmatch(line.text) for line in lines if line.text and len(line.text) < 90]
    first, second = [*found, None, None][:2]
    return bool(first and (first["verified"] or (second and second["verified"])))


def _tail(lines: list[Line]) -> int:
    """Where the furniture at the end of the page begins."""
    last_date = max((i for i, line in enumerate(lines) if is_date(line.text)), default=-1)
    end = next((i for i, line in enumerate(lines) if i > last_date and is_tail(line.text)), len(lines))
    while end and (not lines[end - 1].text or is_furniture(lines[end - 1].text)):
        end -= 1
    return end


def _split_at_dates(lines: list[Line]) -> list[list[Line]]:
    """Cut a region where a date line shows that a closing line is missing before it."""
    cuts, seen, i = [0], False, 0
    while i < len(lines):
        length = head_length(lines, i) if lines[i].text else 0
        if length and not _within_sentence(lines, i + length - 1):
            if seen:
                cuts.append(i)
            i += length
            seen = True
        else:
            seen = seen or bool(lines[i].text)
            i += 1
    return [lines[a:b] for a, b in zip(cuts, [*cuts[1:], len(lines)], strict=True)]


def _within_sentence(lines: list[Line], i: int) -> bool:
    """Whether a date on a line of its own continues a hard-wrapped sentence."""
    before = lines[i - 1].text if i else ""
    after = lines[i + 1].text if i + 1 < len(lines) else ""
    return after[:1].islower() and before.rstrip("\"'”’»)]*")[-1:] not in tuple(".!?…") and bool(before)


def _review(parsed: Parsed, lines: list[Line], closing: list[Line]) -> None:
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
        if record.author and role in ("name", "date"):
            parsed.hide(line.start, line.end, record.author)
    _body(parsed, record, body)
    _close(record, notes, closing)
    for line in closing:
        parsed.add(line.end, "closing", index)
    if not closing:
        last = max((line for line in lines if line.text), key=lambda line: line.start)
        notes.append(Note(last.start, "cut", CUT))
    if not record.text:
        notes.append(Note((closing or lines)[0].start, "doubt", NO_WORDS))
    record.author = record.author and _BADGES.sub("", record.author)
    parsed.notes += notes
    parsed.records.append(record)


def _head(record: Record, notes: list[Note], lines: list[Line]) -> list[str]:
    """Read what stands before the text; give the role of each line of it."""
    first = next((i for i, line in enumerate(lines) if line.text), len(lines))
    roles = ["blank"] * first
    head = lines[first : first + head_length(lines, first)]
    kinds = [head_kind(line.text) for line in head if line.text]
    named = (DATE.fullmatch(head[-1].text) or {"author": None})["author"] if head else None
    titled = len(kinds) > 2 and kinds[0] == "h" and (kinds[1] == "x" or kinds[2] in "bn" or bool(named))
    for line in head:
        roles.append(_read_head(record, notes, line, titled=titled))
    detailed = 0
    for line in lines[len(roles) :]:
        if not line.text:
            roles.append("blank")
        elif detailed < 2 and len(line.text) < 90 and _reads_details(record, line.text):
            detailed += 1
            roles.append("details")
        else:
            break
    return roles


def _read_head(record: Record, notes: list[Note], line: Line, *, titled: bool) -> str:
    """Read one line of stars, title (where one is expected), name or date; give its role."""
    kind = head_kind(line.text) if line.text else ""
    if not kind:
        return "blank"
    if kind == "d":
        _read_date(record, notes, line)
        return "date"
    if kind in "sh" and (found := STARS.fullmatch(line.text)):
        record.rating, record.title = int(found["rating"]), found["title"] or None
        return "stars"
    if titled and record.title is None:
        record.title = line.text
        return "title"
    found = BY.fullmatch(line.text)
    record.author = found["author"] if found else line.text
    return "name"


def _read_date(record: Record, notes: list[Note], line: Line) -> None:
    found = DATE.fullmatch(line.text)
    assert found
    record.author = found["author"] or record.author
    month, day = found["month"] or found["uk_month"], found["day"] or found["uk_day"]
    record.date = iso_day(month, day, found["year"])
    if record.date is None:
        notes.append(Note(line.start, "doubt", NO_DAY))


def _reads_details(record: Record, text: str) -> bool:
    """Whether a line gives format or verification, each not yet known; they are put into the record."""
    found = _DETAILS.fullmatch(text) or _DETAILS_TURNED.fullmatch(text)
    if not found or not (found["format"] or found["verified"]):
        return False
    if (found["format"] and record.format) or (found["verified"] and record.verified):
        return False
    if found["format"] and (len(found["format"]) > 60 or found["format"].endswith((".", "!", "?"))):
        return False
    record.format = found["format"] or record.format
    record.verified = True if found["verified"] else record.verified
    return True


def _body(parsed: Parsed, record: Record, lines: list[Line]) -> None:
    """The text itself, from its first visible character to its last."""
    if not lines:
        return
    parsed.add_text(record, lines[-1].end)
    parsed.notes += [Note(line.start, "doubt", KEPT_DATE) for line in lines if is_date(line.text)]


def _close(record: Record, notes: list[Note], closing: list[Line]) -> None:
    """Read votes and comments."""
    if not closing:
        return
    at = closing[0].start
    joined = " ".join(line.text for line in closing if line.text)
    found = CLOSING.fullmatch(joined)
    counts = COUNTS.match(joined)
    assert counts
    printed, helpful = counts["comments"], counts["helpful"]
    record.helpful_votes = count(helpful)
    record.votes = count(counts["votes"])
    record.comments, doubled = _undouble(printed, plural="omments" in joined)
    if not doubled:
        notes.append(Note(at, "doubt", _SINGLE))
    unread = (printed and record.comments is None) or (helpful and record.helpful_votes is None)
    if unread or not found:
        notes.append(Note(at, "doubt", _DAMAGED))
    elif not (printed or helpful or found["buttons"]):
        notes.append(Note(at, "doubt", _BARE))


def _undouble(printed: str | None, *, plural: bool) -> tuple[int | None, bool]:
    """The comment count behind its doubled print, and whether it was doubled as expected.

    >>> _undouble("1313", plural=True), _undouble("11", plural=False), _undouble("11", plural=True)
    ((13, True), (1, True), (11, False))
    """
    printed = printed and printed.replace(" ", "")
    if not printed or printed == "0":
        return count(printed or None), True
    half, odd = divmod(len(printed), 2)
    if not odd and printed[:half] == printed[half:] and (count(printed[:half]) != 1) == plural:
        return count(printed[:half]), True
    return count(printed), False


def _skip(parsed: Parsed, lines: list[Line]) -> None:
    """Account for lines that belong to no review."""
    for line in lines:
        if not parsed.page[line.start : line.end].strip():
            parsed.add(line.end, "blank")
        elif not line.text or is_furniture(line.text):
            parsed.add(line.end, "furniture", None, SKIPPED)
        elif is_closing(line.text) or line.text in ("Yes", "No", "YesNo", "Report abuse"):
            parsed.add(line.end, "closing", None, _SKIPPED_CLOSING)
        else:
            parsed.add(line.end, "unknown", None, SKIPPED_UNKNOWN)
