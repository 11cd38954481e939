"""How is a sentence covered, so that its words never leave Python until somebody asks for them?

Takes what `reviewkit.veiling` covers and what the student has uncovered; gives pieces to draw in which each
covered sentence is a block of blanks of its length, rows of marks that do not quote it, and texts to search
and to list in which it is left out. A title counts as the sentence at -1.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from ...veiling import GIVES_AWAY, Covered, Veil

__all__ = ["TITLE", "bare", "beginning", "covered", "draped", "under", "unsaid"]

TITLE = -1
"""Where a title is said to start."""

_BLANK = "\u2007" * 5 + " "  # a word of blanks, as wide as figures; the line can break behind it


def covered(veil: Veil, review_id: str, uncovered: Collection[tuple[str, int]]) -> list[Covered]:
    """The sentences of a review that are covered now."""
    return [each for each in veil.covered(review_id) if (review_id, each.start) not in uncovered]


def bare(veil: Veil, review_id: str, uncovered: Collection[tuple[str, int]]) -> list[Covered]:
    """The sentences that were covered, until they were asked for."""
    return [each for each in veil.covered(review_id) if (review_id, each.start) in uncovered]


def draped(
    paragraphs: Sequence[list[dict[str, Any]]], covers: list[Covered], open_: list[Covered], whose: str
) -> list[list[dict[str, Any]]]:
    """The pieces, covered ones replaced by a block for each sentence; behind an uncovered one, a way back."""
    return [_draped(parts, covers, open_, whose) for parts in paragraphs]


def _draped(
    parts: list[dict[str, Any]], covers: list[Covered], open_: list[Covered], whose: str
) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for part in parts:
        if cover := _over(part, covers):
            if not (made and made[-1].get("cover") == cover.start):
                made.append(block(cover.start, cover.end - cover.start, cover.grade, whose))
            rows = {*made[-1].get("rows", []), *part.get("rows", [])}
            made[-1] |= {"rows": sorted(rows)} if rows else {}
            made[-1] |= {"aimed": True} if part.get("aimed") else {}
        elif seen := _over(part, open_):
            made.append(part | {"bare": True})
            if part["at"] + len(part["t"]) >= seen.end:
                made.append({"again": seen.start})
        else:
            made.append(part)
    return made


def _over(part: dict[str, Any], spans: list[Covered]) -> Covered | None:
    return next((span for span in spans if span.start <= part["at"] < span.end), None)


def block(start: int, length: int, grade: int, whose: str) -> dict[str, Any]:
    """A cover as it is drawn: where it begins, what it says, and blanks of about the sentence's length."""
    says = f"covered: {GIVES_AWAY[grade]}, {whose}"
    left = max(0, round(0.85 * length - 0.7 * len(says)))  # a blank is wider than a letter, the label smaller
    blanks = (_BLANK * (left // len(_BLANK) + 1))[:left].rstrip(" ")
    return {"cover": start, "at": start, "says": says.capitalize(), "shown": says, "fill": blanks}


def under(mark: dict[str, Any], covers: list[Covered]) -> dict[str, Any]:
    """A row of the list of marks; one that lies on covered words quotes neither them nor a reason."""
    if not any(c.start < mark["end"] and mark["start"] < c.end for c in covers):
        return mark
    return mark | {"covered": True, "quote": "", "cues": None, "rule": None}


def unsaid(text: str, covers: list[Covered]) -> str:
    """The text without what is covered, to be searched in."""
    kept, at = [], 0
    for cover in covers:
        kept.append(text[at : cover.start])
        at = cover.end
    return "\n".join([*kept, text[at:]])


def beginning(text: str, covers: list[Covered], words: int = 14) -> str:
    """The first words of a review, as far as they are not covered."""
    head = text[: covers[0].start] if covers else text
    first = head[:400].split()
    if len(first) > words:
        return " ".join(first[:words]) + "…"
    return " ".join([*first, "…"]) if covers and first else " ".join(first)
