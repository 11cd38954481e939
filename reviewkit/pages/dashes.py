"""Reviews typed or pasted one after another, a line of dashes between them.

    The first review, in as many paragraphs as it needs.
    -----
    The second review.

Three or more dashes, equals signs, asterisks or underscores, alone on a line, part two reviews. Nothing
but the text is known of such a review. Known misreading: a review that itself uses a line of dashes is
cut in two.
"""

from __future__ import annotations

import re

from .parts import Parsed, Record

NAME = "dashes"
LOOKS_FOR = "reviews parted by lines of dashes (-----)"
EXAMPLE = """\
I read it on a train and missed my stop.

The film I saw on a smaller screen than it deserves.
-----
Not for me.
"""

_LINE = re.compile(
    r"^[ \t]*(?:[-–—]{3,}|={3,}|\*{3,}|_{3,}|(?:- ){2,}-|(?:\* ){2,}\*)[ \t]*(?:\n|\Z)", re.MULTILINE
)
_PARTED = "A line that parts two reviews."


def recognise(text: str) -> bool:
    """Whether a line of dashes parts, or closes, at least one piece of text."""
    return bool(text.strip()) and any(text[: found.start()].strip() for found in _LINE.finditer(text))


def parse(text: str) -> Parsed:
    """Take a page apart at its lines of dashes."""
    parsed, start = Parsed(text), 0
    for found in _LINE.finditer(text):
        _piece(parsed, text, start, found.start())
        parsed.add(found.end(), "divider", None, _PARTED)
        start = found.end()
    _piece(parsed, text, start, len(text))
    return parsed


def _piece(parsed: Parsed, text: str, start: int, end: int) -> None:
    if not text[start:end].strip():
        parsed.add(end, "blank")
        return
    record = Record(text="")
    parsed.add_text(record, end)
    parsed.records.append(record)
