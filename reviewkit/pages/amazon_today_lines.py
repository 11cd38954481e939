"""What a line of Amazon's page of today is: a review's stars, its date, its details, its votes, or furniture.

A line is matched whole, white space run together. What it is (`Row.kind`) is one of

    date     "Reviewed in Canada on March 3, 2015", perhaps with details glued to it
    stars    "5.0 out of 5 stars", perhaps with the title
    foot     votes and buttons below a text: "12 people found this helpful", "Helpful", "HelpfulReport"
    weak     what stands below a text, or above it, and is no proof of its end: "Read more", "Customer image"
    badge    "VINE VOICE", below a name
    section  a heading or link that ends a list of reviews: "Top reviews from other countries", "Back to top"
    page     other furniture
    words    anything else; and "" for a blank line

Only the neighbours tell whether a line of words is a name, a title or text: `amazon_today.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from . import amazon_tongues as said
from .amazon_today_furniture import begins_summary, ends_summary, kind_of_furniture
from .furniture import is_prose
from .lines import iso_day, matchable, split_lines

__all__ = ["Day", "Details", "Row", "Stars", "bare_name", "foot_marks", "is_media", "is_number", "page_rows"]
__all__ += ["read_day", "read_stars", "reads_like_text", "votes_of"]

_LONG = 250


class Row(NamedTuple):
    """A line, where it stands on the page, and what it is."""

    start: int
    end: int
    text: str
    kind: str


class Day(NamedTuple):
    """A date line, read; `rest` is what is glued to it."""

    iso: str | None
    country: str
    rest: str


class Stars(NamedTuple):
    """A star line, read; the title is "" where it stands elsewhere, as where a badge takes its place."""

    rating: int
    title: str
    badge: str = ""


def _any(phrases: tuple[str, ...]) -> list[re.Pattern[str]]:
    return [re.compile(phrase) for phrase in phrases]


_DATES, _STARS = _any(said.DATES), _any(said.STARS)
_COUNT = "|".join(said.COUNTS)
_BUTTON = re.compile(said.BUTTONS)
_FOOT = re.compile(rf"(?:{_COUNT})?(?P<buttons>(?:[ |·]*(?:{said.BUTTONS}))*)[ |·]*")
_HELPFUL, _REPORT = re.compile(said.HELPFUL), re.compile(said.REPORT)
_MORE = re.compile(rf"(?:(?:{said.MORE})[ |…]*)+")
_MORE_GLUED = re.compile(rf"(?<=[.!?…)\"”’»。！？」])(?:(?:{said.MORE})[ \t]*)+$")
_MORE_ENDS = tuple({phrase[-3:] for phrase in said.MORE.split("|")})
_UNDER = re.compile(rf"(?:{said.IMAGES})(?: ?(?:{said.IMAGES}))*|{said.UNDER_TEXT}|\|")
_BADGE = re.compile(rf"(?:(?:{said.BADGES})[ ,|·]*)+")
_BADGES_BEHIND = re.compile(rf"(?: ?(?:{said.BADGES}))+$")
_INITIAL = re.compile(r"\b(?:[^\W\d_]|Mr|Mrs|Ms|Dr|St|Jr|Sr|Prof)\.")
_NUMBER = re.compile(
    r"[^\w\s]?\s?[\d.,]+\s?[^\w\s]?(?: \(?[\d.,]+\)?)?|\([\d.,]+\)|[\d.,]+ ?[KM]?"
    r"|[\d.,]+ (?:global )?ratings?"
)
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def page_rows(page: str) -> list[Row]:
    """The page's lines, each with what it is; "Read more", glued to a text's end, is a line of its own."""
    rows = []
    for line in split_lines(page):
        raw = page[line.start : line.end].rstrip("\n")
        glued = _MORE_GLUED.search(raw, max(0, len(raw) - 40)) if raw.rstrip().endswith(_MORE_ENDS) else None
        if glued:
            cut = line.start + glued.start()
            text = matchable(raw[: glued.start()])
            rows.append(Row(line.start, cut, text, _kind(text)))
            rows.append(Row(cut, line.end, glued[0].strip(), "weak"))
        else:
            rows.append(Row(line.start, line.end, line.text, _kind(line.text)))
    return _with_players(_with_summaries(rows))


def _kind(text: str) -> str:
    if not text or len(text) > _LONG:
        return "words" if text else ""
    if read_day(text):
        return "date"
    if read_stars(text):
        return "stars"
    if marks := foot_marks(text):
        return "foot" if marks != {"comment"} else "weak"
    if _MORE.fullmatch(text) or _UNDER.fullmatch(text):
        return "weak"
    if _BADGE.fullmatch(text):
        return "badge"
    return kind_of_furniture(text)


def _with_summaries(rows: list[Row]) -> list[Row]:
    """The same, with what stands between "Customers say" and who generated it as furniture."""
    begun = None
    for i, row in enumerate(rows):
        if row.kind == "page" and begins_summary(row.text):
            begun = i
        elif row.kind in ("date", "stars", "foot", "section") or (begun is not None and i > begun + 12):
            begun = None
        elif begun is not None and row.kind == "page" and ends_summary(row.text):
            for k in range(begun, i):
                rows[k] = rows[k]._replace(kind="page" if rows[k].text else "")
            begun = None
    return rows


def _with_players(rows: list[Row]) -> list[Row]:
    """The same, with the words of a film's player, "Play Video" to "This is a modal window.", as weak."""
    begun = None
    for i, row in enumerate(rows):
        if row.text == said.PLAYER_BEGINS:
            begun = i
        elif row.kind in ("date", "stars", "foot", "section") or (begun is not None and i > begun + 80):
            begun = None
        elif begun is not None and row.text.startswith(said.PLAYER_ENDS):
            for k in range(begun, i + 1):
                rows[k] = rows[k]._replace(kind="weak" if rows[k].text else "")
    return rows


def read_day(text: str) -> Day | None:
    """Read a date line, with nothing behind it or a review's details.

    >>> read_day("Reviewed in Canada on March 3, 2015")
    Day(iso='2015-03-03', country='Canada', rest='')
    >>> read_day("Rezension aus Deutschland vom 3. März 2015Verifizierter Kauf").rest
    'Verifizierter Kauf'
    >>> read_day("Reviewed in Canada on March 3, 2015, and never since.")
    """
    if len(text) > _LONG or not any(char.isdigit() for char in text):
        return None
    for pattern in _DATES:
        if found := pattern.match(text):
            rest = text[found.end() :].strip(" |")
            if rest and not Details().take(rest):
                return None
            iso = iso_day(found["month"], found["day"], found["year"])
            return Day(iso, said.country_in_english(found["country"]), rest)
    return None


def read_stars(text: str) -> Stars | None:
    """Read a star line.

    >>> read_stars("4.0 out of 5 starsA quiet one"), read_stars("5つ星のうち5.02回見た")
    (Stars(rating=4, title='A quiet one', badge=''), Stars(rating=5, title='2回見た', badge=''))
    >>> read_stars("4.0 out of 5 stars Verified Purchase")
    Stars(rating=4, title='', badge='Verified Purchase')
    >>> read_stars("4.3 out of 5 stars")
    """
    for pattern in _STARS if text[:1] in tuple("12345") else ():
        if found := pattern.match(text):
            rest = text[found.end() :].strip()
            badge = rest.strip(" |·")
            if _BADGE_OF_DETAILS.fullmatch(badge):
                return Stars(int(found["rating"]), "", badge)
            return Stars(int(found["rating"]), rest)
    return None


def foot_marks(text: str) -> set[str]:
    """What a line below a text holds: `count`, `helpful`, `report`, `comment`; nothing where it is none.

    >>> sorted(foot_marks("HelpfulReport")), sorted(foot_marks("One person found this helpful"))
    (['helpful', 'report'], ['count'])
    >>> foot_marks("Helpful and kind.")
    set()
    """
    if len(text) > _LONG or not (found := _FOOT.fullmatch(text)) or not text:
        return set()
    marks = {"count"} if any(found.groups()[: len(said.COUNTS)]) else set()
    for button in _BUTTON.findall(found["buttons"]):
        if _HELPFUL.fullmatch(button):
            marks.add("helpful")
        elif _REPORT.fullmatch(button):
            marks.add("report")
        else:
            marks.add("comment")
    return marks


def votes_of(text: str) -> str | None:
    """The votes that a line below a text prints; None where it prints none.

    >>> votes_of("1.234 Personen fanden diese Informationen hilfreich"), votes_of("Helpful")
    ('1.234', None)
    """
    found = _FOOT.fullmatch(text)
    return next(filter(None, found.groups()[: len(said.COUNTS)]), None) if found else None


def is_media(row: Row) -> bool:
    """A line of a picture or a film in a review, or of a button for its language."""
    return row.kind == "weak" and not _MORE.fullmatch(row.text) and not foot_marks(row.text)


def is_number(text: str) -> bool:
    """A price, a count, a percentage: what stands below a product, and is no title and no name."""
    return bool(text) and len(text) < 30 and _NUMBER.fullmatch(text) is not None


def bare_name(text: str) -> str:
    """A name without the badges that are glued to it.

    >>> bare_name("Ada ExampleVINE VOICE")
    'Ada Example'
    """
    return _BADGES_BEHIND.sub("", text).strip() or text


def reads_like_text(text: str) -> bool:
    """Whether a line reads like a sentence; an initial ("Ada B.") ends none."""
    if _EAST.search(text):
        return len(text) > 25 or text.endswith(tuple("。！？"))
    plain = _INITIAL.sub("", text)
    return len(text) > 100 or is_prose(plain) or (plain.endswith(".") and plain == text)


# ---- details ----


@dataclass(slots=True)
class Details:
    """What a review's detail lines say; each thing once, since a text may begin in the same way."""

    format: str | None = None
    verified: bool | None = None
    seen: set[str] = field(default_factory=set)

    def take(self, text: str) -> bool:
        """Whether a line is a line of details, with nothing that is known already; then it is kept.

        >>> details = Details()
        >>> details.take("Format: Blu-rayVerified Purchase"), details.format, details.verified
        (True, 'Blu-ray', True)
        >>> details.take("Format: mostly flashbacks, sadly"), details.take("Verified Purchase")
        (False, False)
        """
        if not text or len(text) > _LONG:
            return False
        badges = {_badge(found) for found in _BADGE_OF_DETAILS.finditer(text)}
        pairs = _pairs(_BADGE_OF_DETAILS.sub("|", text))
        keys = None if pairs is None else {*pairs, *badges}
        if keys is None or keys & self.seen or not (keys or text == "|"):
            return False
        self.seen |= keys
        self.verified = True if "verified" in badges else self.verified
        named = next((value for key, value in (pairs or {}).items() if _FORMAT.fullmatch(key)), None)
        self.format = self.format or named
        return True


_FORMAT = re.compile(said.FORMATS)
_KEY = re.compile(rf"(?P<key>{said.FORMATS}|{said.OTHER_DETAILS}) ?[:：] ?")
_WHAT = r"(?: ?\( ?(?:What['’]s this\?|Was ist das\?|詳細|[^()]{3,25}\?) ?\))?"
_BADGE_OF_DETAILS = re.compile(rf"(?:(?P<verified>{said.VERIFIED})|{said.VINE}){_WHAT}")


def _badge(found: re.Match[str]) -> str:
    return "verified" if found["verified"] else "vine"


def _pairs(text: str) -> dict[str, str] | None:
    """Keys and values of a line such as "Size: 2Color: Blue"; None where anything else is there.

    Values with small letters alone, or with the end of a sentence, are a reviewer's words.
    """
    pairs: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split("|"))):
        keys = list(_KEY.finditer(part))
        if not keys or keys[0].start() > 0:
            return None
        for key, after in zip(keys, [*keys[1:], None], strict=True):
            value = part[key.end() : after.start() if after else None].strip(" ,")
            if not _is_value(value, strict=bool(_FORMAT.fullmatch(key["key"]))) or key["key"] in pairs:
                return None
            pairs[key["key"]] = value
    return pairs


def _is_value(value: str, *, strict: bool) -> bool:
    if not value or len(value) > 80 or value.endswith(("!", "?", "…", "。")) or is_prose(value.rstrip(".")):
        return False
    return not strict or not value[0].islower() or re.match(r"e[A-Z]", value) is not None
