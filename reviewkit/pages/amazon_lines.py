"""What a line of Amazon's page of 2016 is: date, name, stars, closing line, or something else.

Lines are matched whole, white space run together. A closing line may have lost its line end, or a letter or
two; it may be spread over several lines.
"""

from __future__ import annotations

import re

from .lines import Line, matchable, split_lines
from .parts import Note, Parsed

__all__ = ["BY", "CLOSING", "COUNTS", "DATE", "STARS", "closing_at", "head_kind", "head_length"]
__all__ += ["is_closing", "is_date", "page_lines"]

DATE = re.compile(
    r"(?:By ?(?P<author>(?!(?:the|a|an|my|this|that|then|now) )\S.{0,60}?) ?)?"
    r"[Oo]n (?:(?P<month>[A-Z]\w{2,9}) (?P<day>\d{1,2}),|(?P<uk_day>\d{1,2}) (?P<uk_month>[A-Z]\w{2,9}))"
    r" (?P<year>\d{4})"
)
BY = re.compile(r"By(?: (?P<author>\S.{0,60}))?")
_HEAD = re.compile(
    r"(?:s|h[xbn]?)?(?:b|nx)?d|(?:s|hx?)(?:b|nx)"
)  # the kinds of line in a review's head, see head_kind
STARS = re.compile(r"(?P<rating>[1-5])\.0 out of 5 stars ?(?P<title>.{0,200})")
COUNTS = re.compile(
    r"(?:(?:(?P<comments>\d[\d.,]*(?: \d[\d.,]*)?) ?[Cc]omments?"
    r"|Comment(?= ?(?:\||\d|One|Was this))) ?\|? ?)?"
    r"(?:(?P<helpful>\d[\d.,]*|[Oo]ne)(?: of (?P<votes>\d[\d.,]*))? (?:people|person)"
    r" found this helpful\.? ?)?"
)
CLOSING = re.compile(
    rf"{COUNTS.pattern}Was this review helpful to you\? ?(?P<buttons>Yes ?No)? ?(?:Report abuse)?"
    r"(?P<form> ?(?:Please write at least one word|Thank you for your feedback|Sending feedback).*)?"
)
_HEAD_STARTS = tuple("12345BoO")
_FRAGMENTS = re.compile(r"[Cc]omments? ?\||found this helpful\.|Was this review helpful|YesNo|Report abuse")

_GLUED = "Closing line cut from the words it was glued to."


def page_lines(parsed: Parsed) -> list[Line]:
    """The page's lines; one that lost its line end before a closing line is cut in two."""
    lines = []
    for line in split_lines(parsed.page):
        raw = parsed.page[line.start : line.end]
        cut = _glued(raw.rstrip("\n"))
        if cut is None:
            lines.append(line)
            continue
        at = line.start + cut
        lines += [Line(line.start, at, matchable(raw[:cut])), Line(at, line.end, matchable(raw[cut:]))]
        parsed.notes.append(Note(at, "doubt", _GLUED))
    return lines


def _glued(line: str) -> int | None:
    """Where in a line a closing line begins that is glued to words before it."""
    if not line.rstrip().endswith(("abuse", "YesNo")):
        return None
    offset = max(0, len(line) - 160)
    found = next((m for m in CLOSING.finditer(line.rstrip(), offset) if m.end() == len(line.rstrip())), None)
    if (
        found is None
        or sum(1 + (char > "\x7f") for char in line[: found.start()] if char.isalpha() or char > "\x7f") < 2
    ):
        return None
    return found.start() if found["comments"] or found["helpful"] or found["buttons"] else None


def is_date(line: str) -> bool:
    """A line that is nothing but a review's date, perhaps with its writer's name."""
    return len(line) < 110 and line[-4:].isdigit() and DATE.fullmatch(line) is not None


def _hinted(line: str) -> bool:
    return "omment" in line or "helpful" in line or "abuse" in line or "Was this" in line


def is_closing(line: str) -> bool:
    """A line that ends a review, even with a letter or two damaged."""
    if len(line) > 400 or not _hinted(line):
        return False
    if CLOSING.fullmatch(line):
        return True
    return len(line) < 200 and line[-1] not in ".!?" and len({m[0] for m in _FRAGMENTS.finditer(line)}) >= 3


def closing_at(lines: list[Line], i: int) -> int:
    """How many lines the closing block takes that begins at line `i`; 0 where none begins there.

    Counts, question and buttons may stand on lines of their own, in this order.
    """
    if not _may_close(lines[i].text):
        return 0
    best = 1 if is_closing(lines[i].text) else 0
    joined = ""
    for count, line in enumerate(lines[i : i + 7], 1):
        if not line.text:
            continue
        joined = f"{joined} {line.text}".strip()
        if len(joined) > 400:
            break
        found = CLOSING.fullmatch(joined)
        if found and not found["form"]:
            best = count
    return best


def _may_close(line: str) -> bool:
    """Whether a line could be the first of a closing block: it begins with a count or the question."""
    if len(line) > 400 or not line:
        return False
    return (
        (line[0].isdigit() and _hinted(line))
        or line.startswith(("Comment", "One ", "one ", "Was this"))
        or is_closing(line)
    )


def head_length(lines: list[Line], i: int) -> int:
    """How many lines stand from line `i` to its date line, included: stars, title, name, date; else 0."""
    if i >= len(lines) or lines[i].text[:1] not in _HEAD_STARTS:
        return 0
    kinds, length = "", 0
    for count, line in enumerate(lines[i : i + 9], 1):
        if line.text:
            kinds += head_kind(line.text)
            length = count if _HEAD.fullmatch(kinds) else length
        if kinds[:1] not in tuple("shbnd") or len(kinds) > 5 or kinds.endswith("d"):
            break
    return length


def head_kind(line: str) -> str:
    """d date, s stars with title, h stars alone, b "By NAME", n "By" alone, x another short line."""
    if is_date(line):
        return "d"
    if found := STARS.fullmatch(line[:300]):
        return "s" if found["title"] else "h"
    if len(line) < 80 and (found := BY.fullmatch(line)):
        return "b" if found["author"] else "n"
    return "x" if 0 < len(line) < 150 else "-"
