"""Amazon, as it is today: a page of customer reviews, selected in the browser and pasted as text.

A review has a head, a text and a foot, and most of it may be missing:

    Ada Example                                           (VINE VOICE and the like below it)
    5.0 out of 5 stars Sad, and the better for it         (the title here, glued, or on the next line)
    Reviewed in the United States on March 3, 2015        (in the page's language)
    Format: DVD|Verified Purchase                         (in one line or several)
    The text, in paragraphs.
    Read more
    12 people found this helpful
    Helpful
    Report

Heads are found by their stars and date, which stand together; the foot says where the text before ends; the
line between a foot and the next head is a name. Without stars, a date is a head if it comes after a foot, or
if a name or details stand beside it; without a date, stars are one if they come after a foot, or if details
follow. So lines within prose that look like furniture stay text.

Known misreadings, where the same lines can mean two things: a text's last line that reads "Read more" or
"Customer image", or "Helpful" where that button is missing, goes to the report, as does "Customer image" as
a first line; "12 people found this helpful" as a last line is counted where the page prints no votes; a
first line such as "Format: DVD" or "Verified Purchase" is believed where the page prints none, and so is
"Verified Purchase" as a title. Where no foot ends a text,
the next name is known by its look alone. Without stars, one line before a date is a name, two are a name and
a title; without a date, a short line below bare stars is the title, and a review that has neither details
nor a foot before it stays part of the one before.
"""

from __future__ import annotations

from .amazon_lines import is_closing, is_date
from .amazon_today_feet import Foot, closing_foot, find_feet, has_prose
from .amazon_today_heads import (
    Head,
    find_heads,
    looks_like_name,
    name_and_title,
    name_at_end,
    name_before,
    visible,
)
from .amazon_today_lines import (
    Details,
    Row,
    bare_name,
    foot_marks,
    is_media,
    is_number,
    page_rows,
    read_day,
    read_stars,
    reads_like_text,
    votes_of,
)
from .lines import count, matchable
from .parts import CUT, KEPT_DATE, NO_DAY, NO_WORDS, SKIPPED, SKIPPED_UNKNOWN, Note, Parsed, Record

NAME = "amazon-today"
LOOKS_FOR = (
    'Amazon, as it is today, pasted: lines such as "5.0 out of 5 stars" and '
    '"Reviewed in the United States on March 3, 2015"'
)
EXAMPLE = """\
Customer reviews
4.2 out of 5 stars
1,234 global ratings
5 star58%
Top reviews from the United States
Ada Example
VINE VOICE
5.0 out of 5 starsSlow, and I would not have it any faster
Reviewed in the United States on March 3, 2015
Format: Blu-rayVerified Purchase
My sister chose it.

We did not talk on the way to the kitchen.
Read more
1,012 people found this helpful
Helpful
Report
Top reviews from other countries
Bodo Beispiel
2,0 von 5 Sternen
Zu leise
Rezension aus Deutschland vom 7. Mai 2016
Format: DVD
Der Regen war das Beste daran.
Eine Person fand diese Informationen hilfreich
Nützlich
Melden
See more reviews
Back to top
"""

_SKIPPED_FOOT = "Skipped: votes or buttons with no review before them."
_UNREAD = "A number of votes that cannot be: left missing."
_NO_HEAD = "No name, stars or date stand before this text: kept as a review, its head is unknown."


def recognise(text: str) -> bool:
    """Whether heads of today's layout are there, and more of them than closing lines of 2016."""
    found, stars, feet, old, near = 0, 0, 0, 0, -9
    for i, line in enumerate(line for line in map(matchable, text.split("\n")) if line):
        if len(line) > 250:
            continue
        if read_day(line):
            found += 2 if i - near < 4 else 1
        elif (read := read_stars(line)) and not is_number(read.title):
            near, stars = i, stars + 1
        elif foot_marks(line) - {"comment"}:
            feet += 1
        else:
            old += is_closing(line) or is_date(line)
    return found > old or bool(not old and stars and feet) or (not old and _is_top(text))


def _is_top(text: str) -> bool:
    """Whether a page is the top of such a page, where it was not selected to its end."""
    signs = ("global ratings", "ratings work", "Top reviews from ", "Review this product", "Customers say")
    return sum(sign in text[:5_000] for sign in signs) >= 3


def parse(text: str) -> Parsed:
    """Take a page apart, from head to head."""
    parsed = Parsed(text)
    rows = page_rows(text)
    heads, kept = find_heads(rows)
    parsed.notes += [Note(row.start, "doubt", KEPT_DATE) for row in kept]
    open_ends: list[int] = []
    first = heads[0] if heads else None
    names = _Region(parsed, open_ends, first).read(rows[: first.first if first else len(rows)], None)
    for head, after in zip(heads, [*heads, None][1:], strict=True):
        record = _record(parsed, rows, head, names)
        body = rows[head.end : after.first if after else len(rows)]
        names = _Region(parsed, open_ends, after).read(body, record)
    if len(open_ends) < len(parsed.records):
        parsed.notes += [Note(at, "cut", CUT) for at in open_ends]
    return parsed


# ---- a head ----


def _record(parsed: Parsed, rows: list[Row], head: Head, names: list[Row]) -> Record:
    """Begin a review: read its head, and account for it."""
    record, index = Record(text=""), len(parsed.records)
    _take_names(parsed, record, names)
    record.format, record.verified = head.details.format, head.details.verified
    for k in range(head.first, head.end):
        row, role = rows[k], "details" if rows[k].text else "blank"
        if k == head.stars and (stars := read_stars(row.text)):
            role, record.rating, record.title = "stars", stars.rating, head.title or record.title
        elif k == head.date and (day := read_day(row.text)):
            role, record.date, record.country = "date", day.iso, day.country
            if day.iso is None:
                parsed.notes.append(Note(row.start, "doubt", NO_DAY))
        elif k in head.titles:
            role, record.title = "title", row.text
        parsed.add(row.end, role, index)
    return record


def _take_names(parsed: Parsed, record: Record, names: list[Row]) -> None:
    """Read the lines before a head: a name, badges, and perhaps a title where the stars are missing."""
    index = len(parsed.records)
    for row in names:
        role = "name" if row.text else "blank"
        if row.kind == "badge":
            role = "details"
        elif row.text and record.author is None:
            record.author = bare_name(row.text)
            parsed.hide(row.start, row.end)
        elif row.text:
            role, record.title = "title", row.text
            parsed.hide(row.start, row.end)  # of two lines, either may be the name
        parsed.add(row.end, role, index)


# ---- from head to head ----


class _Region:
    """What stands between two heads: a text, its foot, furniture, and the next reviewer's name."""

    def __init__(self, parsed: Parsed, open_ends: list[int], after: Head | None) -> None:
        self.parsed = parsed
        self.open_ends = open_ends
        self.after = after
        self.bare = after is not None and after.stars is None
        """Whether the head behind it has no stars, so that its title stands below its name."""

    def read(self, rows: list[Row], record: Record | None) -> list[Row]:
        """Account for these rows, but for those of the next head's name, which are handed back."""
        place, first = 0, record is None
        for foot in find_feet(rows):
            if not foot.whole:
                continue
            self._block(rows[place : foot.first], rows[foot.first : foot.end], record, top=first)
            place, record, first = foot.end, None, False
        rest = rows[place:]
        middle = first and self._pair(rest) is None and _is_middle(rest[: name_at_end(rest)])
        if record is None and not middle:
            return self._between(rest)
        return self._open(rest, record or Record(text=""))

    def _block(self, rows: list[Row], foot: list[Row], record: Record | None, *, top: bool) -> None:
        """Rows that a foot closes: the text of a review, or one whose head is lost, or nothing."""
        if record is None:
            begin = 1 + max((i for i, row in enumerate(rows) if row.kind in ("page", "section")), default=-1)
            if not any(row.kind in ("words", "date", "stars") for row in rows[begin:]):
                self._skip([*rows, *foot], names=not top)
                return
            self._skip(rows[:begin], names=not top)
            record, rows = self._headless(rows[begin:], top=top and not begin)
        self._write(record, rows, foot)

    def _headless(self, rows: list[Row], *, top: bool) -> tuple[Record, list[Row]]:
        """A review whose stars and date are lost; its first line is a name, but at the top of a page."""
        record = Record(text="")
        shown = visible(rows, 0, 2)
        if not top and len(shown) > 1 and not reads_like_text(rows[shown[0]].text):
            _take_names(self.parsed, record, rows[: shown[0] + 1])
            rows = rows[shown[0] + 1 :]
        details, end = Details(), 0
        for i in visible(rows, 0, 4):
            if not details.take(rows[i].text):
                break
            end = i + 1
        record.format, record.verified = details.format, details.verified
        for row in rows[:end]:
            self.parsed.add(row.end, "details" if row.text else "blank", len(self.parsed.records))
        at = next((row.start for row in rows if row.text), rows[0].start if rows else 0)
        self.parsed.notes.append(Note(at, "cut", _NO_HEAD))
        return record, rows[end:]

    def _open(self, rows: list[Row], record: Record) -> list[Row]:
        """A text that no whole foot closes: a part of one may, or furniture, or the next name."""
        pair = name_and_title(rows) if self.bare else None
        body = rows[:pair]
        foot = closing_foot(body)
        if foot:
            self._write(record, rows[: foot.first], rows[foot.first : foot.end])
            if pair is None:
                return self._between(rows[foot.end :])
            self._skip(rows[foot.end : pair], names=True)
            return rows[pair:]
        if pair is not None:
            self._write(record, body, [])
            return rows[pair:]
        section = next((i for i, row in enumerate(rows) if row.kind == "section"), len(rows))
        if section < len(rows) and not (self.after and has_prose(rows[section:])):
            foot = closing_foot(rows[:section]) or Foot(section, section, frozenset())
            self._write(record, rows[: foot.first], rows[foot.first : foot.end])
            return self._between(rows[foot.end :])
        if self.after is None:
            self._hide_name(rows)
        end = name_at_end(rows) if self.after else len(rows)
        self._write(record, rows[:end], [])
        return rows[end:]

    def _write(self, record: Record, rows: list[Row], foot: list[Row]) -> None:
        """Put a text and its foot into a review, and the review onto the list."""
        parsed, index = self.parsed, len(self.parsed.records)
        words = [i for i, row in enumerate(rows) if row.text]
        begin = next((i for i in words if not is_media(rows[i])), len(rows))
        end = 1 + next((i for i in reversed(words) if foot or rows[i].kind not in _LOOSE), -1)
        self._furniture(rows[:begin] if begin < len(rows) else rows)
        if begin < end:
            parsed.add_text(record, rows[end - 1].end)
        else:
            record.start = (rows or foot)[0].start if rows or foot else len(parsed.page)
            parsed.notes.append(Note(max(0, record.start - 1), "doubt", NO_WORDS))
        for row in rows[max(begin, end) :]:
            self._furniture([row], index if not row.text else None)
        for row in foot:
            if row.kind == "weak" and not foot_marks(row.text):
                self._furniture([row])
                continue
            if votes := votes_of(row.text):
                record.helpful_votes = count(votes)
                parsed.notes += [Note(row.start, "doubt", _UNREAD)] * (record.helpful_votes is None)
            parsed.add(row.end, "closing" if row.text else "blank", index)
        if not foot:
            self.open_ends.append(max(0, record.start + len(record.text) - 1))
        parsed.records.append(record)

    def _furniture(self, rows: list[Row], index: int | None = None) -> None:
        for row in rows:
            self.parsed.add(row.end, "furniture" if row.text else "blank", index, SKIPPED)

    def _between(self, rows: list[Row]) -> list[Row]:
        """Rows behind a foot: furniture; the last lines before the next head are its name."""
        if self.after is None:
            self._hide_name(rows)
            self._skip(rows, names=True)
            return []
        begin = self._pair(rows)
        begin = name_before(rows, titled=self.bare) if begin is None else begin
        self._skip(rows[:begin], names=True)
        return rows[begin:]

    def _pair(self, rows: list[Row]) -> int | None:
        """Where a name and a title stand before a head without stars, whatever the title reads like."""
        shown = [i for i, row in enumerate(rows) if row.text and row.kind != "badge"]
        begin = max((k for k, i in enumerate(shown[:-1], 1) if rows[i].kind in _FURNITURE), default=0)
        pair = [i for k, i in enumerate(shown[begin:]) if k or not is_number(rows[i].text)]
        return pair[0] if self.bare and len(pair) == 2 and rows[pair[0]].kind == "words" else None

    def _hide_name(self, rows: list[Row]) -> None:
        """Mask what looks like a name at the page's end: the page may break off in a head."""
        for row in [row for row in rows if row.text][-2:]:
            if row.kind == "words" and looks_like_name(row.text):
                self.parsed.hide(row.start, row.end)

    def _skip(self, rows: list[Row], *, names: bool) -> None:
        """Account for rows that belong to no review; what stands right behind a foot may be a name."""
        for row in rows:
            names = names and row.kind in ("", "weak", "words")
            if not row.text:
                self.parsed.add(row.end, "blank")
            elif row.kind == "foot":
                self.parsed.add(row.end, "closing", None, _SKIPPED_FOOT)
            elif row.kind in ("page", "section", "weak", "badge", "stars"):
                self.parsed.add(row.end, "furniture", None, SKIPPED)
            else:
                if names:
                    self.parsed.hide(row.start, row.end)
                    names = False
                self.parsed.add(row.end, "unknown", None, SKIPPED_UNKNOWN)


_FURNITURE = ("page", "section", "foot", "weak", "stars")
_LOOSE = ("weak", "page", "section")


def _is_middle(rows: list[Row]) -> bool:
    """Whether a page begins in the middle of a text: prose, and no furniture."""
    return has_prose(rows) and not any(row.kind in ("page", "section") for row in rows)
