"""Where do reviews begin on Amazon's page of today, and which line is the reviewer's name?

A star line with a date below it is a head, and a title or details may stand between the two. A date without
stars, or stars without a date, are a head only if their neighbours say so: a foot or furniture before them, a
name above them, details below them. Otherwise they are a line of somebody's text.
"""

from __future__ import annotations

from typing import NamedTuple

from .amazon_today_lines import Details, Row, Stars, is_number, read_day, read_stars, reads_like_text

__all__ = ["Head", "find_heads", "looks_like_name", "name_and_title", "name_at_end"]
__all__ += ["name_before", "visible"]

_FEW = 3  # lines of words that may stand between a foot and a head: a name, a title


class Head(NamedTuple):
    """Where a review's head stands among the rows: `first` to `end`, the name before it not counted."""

    first: int
    end: int
    stars: int | None
    date: int | None
    titles: tuple[int, ...]
    details: Details
    title: str = ""
    """The title, where it stands on the star line."""


def find_heads(rows: list[Row]) -> tuple[list[Head], list[Row]]:
    """Where the heads of reviews stand, in order; and the date lines that are text."""
    heads: list[Head] = []
    kept: list[Row] = []
    floor = 0
    starred = any(row.kind == "stars" and _date_after(rows, i) for i, row in enumerate(rows))
    closes = _next_of(rows, ("foot",))
    dates = _next_of(rows, ("date",))
    for i, row in enumerate(rows):
        if i < floor or row.kind not in ("stars", "date"):
            continue
        head = None
        if row.kind == "stars":
            head = _starred(rows, i) or _undated(rows, i, floor, closes[i] < dates[i])
        elif _begins(rows, i, floor, starred=starred):
            head = _with_details(rows, i, None, i, ())
        else:
            kept.append(row)
        if head:
            heads.append(head)
            floor = head.end
    return heads, kept


def _next_of(rows: list[Row], kinds: tuple[str, ...]) -> list[int]:
    """For each row, the next one of these kinds behind it; one past the last where there is none."""
    found, last = [], len(rows)
    for i in range(len(rows) - 1, -1, -1):
        found.append(last)
        last = i if rows[i].kind in kinds else last
    return found[::-1]


def visible(rows: list[Row], start: int, most: int) -> list[int]:
    """The next few rows that are not blank."""
    found: list[int] = []
    for i in range(start, min(len(rows), start + 60)):
        if rows[i].text:
            found.append(i)
            if len(found) == most:
                break
    return found


def _date_after(rows: list[Row], i: int) -> tuple[int, tuple[int, ...]] | None:
    """The date that stands below a star line, and what stands between: a title, details."""
    stars = read_stars(rows[i].text) or Stars(0, "")
    between: list[int] = []
    titles = 0 if stars.title else 1
    for k in visible(rows, i + 1, 4):
        if rows[k].kind == "date":
            return k, tuple(between)
        titles -= not Details().take(rows[k].text)
        between.append(k)
        if titles < 0 or len(between) > 2 or len(rows[k].text) > 250:
            break
    return None


def _starred(rows: list[Row], i: int) -> Head | None:
    found = _date_after(rows, i)
    return _with_details(rows, i, i, *found) if found else None


def _undated(rows: list[Row], i: int, floor: int, closed: bool) -> Head | None:
    """A head whose date is missing: details follow, or it stands between one foot and another."""
    below = visible(rows, i + 1, 3)
    at_end = len(below) < 3
    _, title, badge = read_stars(rows[i].text) or Stars(0, "")
    for k, place in enumerate(below[: 1 if title else 2]):
        if Details().take(rows[place].text) and rows[place].kind != "weak":
            return _with_details(rows, i, i, None, tuple(below[:k]))
    if is_number(title) or (below and is_number(rows[below[0]].text)):
        return None
    if below and rows[below[0]].kind in ("page", "section", "stars"):
        return None
    above = _above(rows, i, floor)
    named = (
        bool(title or badge or at_end)
        and above is not None
        and (above.kind == "badge" or looks_like_name(above.text))
    )
    prose = title[:1].islower() and (len(title) > 40 or reads_like_text(title))
    if prose or not (named or _after_foot(rows, i, floor)) or not (closed or at_end):
        return None
    is_title = not title and len(below) > 1 and _looks_like_title(rows[below[0]])
    return _with_details(rows, i, i, None, tuple(below[:1]) if is_title else ())


def _looks_like_title(row: Row) -> bool:
    return row.kind == "words" and len(row.text) < 80 and row.text[-1] not in ".。" and ". " not in row.text


def _above(rows: list[Row], i: int, floor: int) -> Row | None:
    """The line before a line, blank ones left out."""
    return next((rows[k] for k in range(i - 1, max(floor, i - 60) - 1, -1) if rows[k].text), None)


def _begins(rows: list[Row], i: int, floor: int, *, starred: bool) -> bool:
    """Whether a date without stars is a review's, and not a line of prose."""
    day = read_day(rows[i].text)
    if _after_foot(rows, i, floor) or (day and day.rest):
        return True
    below = visible(rows, i + 1, 1)
    if below and rows[below[0]].kind != "weak" and Details().take(rows[below[0]].text):
        return True
    above = _above(rows, i, floor)
    if above is None or above.kind == "badge":
        return above is not None or floor == 0
    within = bool(below) and rows[below[0]].text[0].islower()
    if starred:
        return looks_like_name(above.text) and not within
    return looks_like_name(above.text) or not within or above.text[-1] in ".!?…。！？"


def _after_foot(rows: list[Row], i: int, floor: int) -> bool:
    """Whether what stands before a line is a foot, furniture or the page's begin, but for a few lines."""
    words = 0
    for k in range(i - 1, max(floor, i - 60) - 1, -1):
        kind, text = rows[k].kind, rows[k].text
        if kind in ("foot", "page", "section"):
            return True
        words += kind == "words"
        if kind in ("date", "stars") or (kind == "words" and (words > _FEW or reads_like_text(text))):
            return False
    return floor == 0 and i < 60


def _with_details(
    rows: list[Row], first: int, stars: int | None, date: int | None, between: tuple[int, ...]
) -> Head:
    """A head, with the lines of details below its date."""
    details = Details()
    _, title, badge = (read_stars(rows[first].text) if stars is not None else None) or Stars(0, "")
    if date is not None and (day := read_day(rows[date].text)):
        details.take(day.rest)
    titles = tuple(k for k in between if not details.take(rows[k].text))
    end = 1 + max(first, date or 0, *between) if between else 1 + max(first, date or 0)
    for k in visible(rows, end, 5):
        if not details.take(rows[k].text):
            break
        end = k + 1
    if badge and not details.take(badge):  # said again below: the badge is there, this was the title
        title = badge
    return Head(first, end, stars, date, titles, details, title)


# ---- names ----


def name_before(rows: list[Row], *, titled: bool = False) -> int:
    """Where, behind a foot or furniture, the lines of the next head's name begin.

    Where the title stands among them (`titled`), two lines are a name and a title. A price is no name, but
    what stands alone is one, whatever it reads like.
    """
    words = _last_words(rows)
    if titled and len(words) == 2:
        return words[0]
    alone = len(words) == 1 and not any(row.text for row in rows[max(0, words[0] - 30) : words[0]])
    return words[-1] if words and (alone or _may_be_name(rows[words[-1]].text)) else len(rows)


def _last_words(rows: list[Row]) -> list[int]:
    """The last few lines of words, up to anything but badges: three are as good as more."""
    found: list[int] = []
    for k in range(len(rows) - 1, -1, -1):
        if found and is_number(rows[k].text):
            break
        if rows[k].kind == "words" and len(found) < 3:
            found.append(k)
        elif rows[k].kind not in ("", "badge"):
            break
    return found[::-1]


def _may_be_name(text: str) -> bool:
    return len(text) <= 100 and not is_number(text) and not Details().take(text)


def name_and_title(rows: list[Row]) -> int | None:
    """Where, at the end of a text without a foot, a name and a title begin; the title may be any words."""
    shown = [k for k in range(max(0, len(rows) - 30), len(rows)) if rows[k].text and rows[k].kind != "badge"]
    named = len(shown) > 1 and rows[shown[-2]].kind == "words" and looks_like_name(rows[shown[-2]].text)
    return shown[-2] if named else None


def name_at_end(rows: list[Row]) -> int:
    """Where, at the end of a text without a foot, the lines of the next head's name begin."""
    words = _last_words(rows)
    if not words:
        return len(rows)
    above = next((rows[k] for k in range(words[0] - 1, -1, -1) if rows[k].text), None)
    if above and above.kind in ("page", "section", "foot"):
        return name_before(rows)
    return words[-1] if looks_like_name(rows[words[-1]].text) else len(rows)


def looks_like_name(text: str) -> bool:
    """Whether a line could be a name: a few words, no sentence, not all in small letters.

    >>> looks_like_name("Ada B."), looks_like_name("film_fan7"), looks_like_name("boring film")
    (True, True, False)
    """
    if len(text) > 40 or len(text.split()) > 5 or text.endswith(("!", "?", "…", ":", "。")):
        return False
    capital = not text.islower() or any(char.isdigit() or char == "_" for char in text)
    return capital and not is_number(text) and not reads_like_text(text)
