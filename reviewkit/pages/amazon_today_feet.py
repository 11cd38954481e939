"""Where does a text end on Amazon's page of today? Below it stand votes and buttons.

The foot of a review has votes, then "Helpful", then "Report", each once; pictures, "Read more" and the like
may stand anywhere among them. Two of the three close a text, whatever follows. One alone closes it only if
nothing that reads like text follows, for a reviewer may quote a button.
"""

from __future__ import annotations

from typing import NamedTuple

from .amazon_today_lines import Row, foot_marks, reads_like_text

__all__ = ["Foot", "closing_foot", "find_feet", "has_prose"]

_ORDER = {"count": 0, "helpful": 1, "report": 2}
_FEW = 3  # lines of words that may stand behind votes: what the page advertises


class Foot(NamedTuple):
    """Where a foot stands among some rows, and what it has: `count`, `helpful`, `report`."""

    first: int
    end: int
    marks: frozenset[str]

    @property
    def whole(self) -> bool:
        """Whether there is too much of it to be a reviewer's words."""
        return len(self.marks) > 1


def find_feet(rows: list[Row]) -> list[Foot]:
    """The feet among some rows, in order; read from the end, since each begins where its order breaks."""
    feet: list[Foot] = []
    end = limit = len(rows)
    while end > 0:
        if rows[end - 1].kind != "foot":
            end -= 1
            continue
        first, marks = _foot_before(rows, end)
        behind = end
        while behind < limit and rows[behind].kind in ("weak", ""):
            behind += 1
        feet.append(Foot(first, behind, marks))
        end = limit = first
    return feet[::-1]


def _foot_before(rows: list[Row], end: int) -> tuple[int, frozenset[str]]:
    """Where the foot begins that ends here, and what it has."""
    first, marks, lowest = end, set[str](), len(_ORDER)
    for k in range(end - 1, -1, -1):
        if rows[k].kind not in ("foot", "weak", ""):
            break
        found = [_ORDER[mark] for mark in foot_marks(rows[k].text) if mark in _ORDER]
        if found and max(found) >= lowest:
            break
        lowest = min([lowest, *found])
        marks |= {mark for mark in _ORDER if _ORDER[mark] in found}
        first = k if rows[k].text else first
    return first, frozenset(marks)


def closing_foot(rows: list[Row]) -> Foot | None:
    """The part of a foot that ends these rows, if one does."""
    return next((foot for foot in find_feet(rows)[:-4:-1] if _closes(rows, foot)), None)


def _closes(rows: list[Row], foot: Foot) -> bool:
    """Whether a part of a foot ends a text: nothing behind it reads like text, or is too much for a name."""
    behind = [row for row in rows[foot.end :] if row.kind in ("words", "date")]
    if has_prose(behind):
        return False
    adverts = any(row.kind in ("page", "section") for row in rows[foot.end :])
    return len(behind) < 2 or adverts or ("count" in foot.marks and len(behind) <= _FEW)


def has_prose(rows: list[Row]) -> bool:
    """Whether a line among these reads like a sentence of somebody's."""
    return any(row.kind == "words" and reads_like_text(row.text) for row in rows)
