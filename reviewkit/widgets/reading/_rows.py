"""What does a pane say about a review, and by which sign does it know a label?

Tables in, plain lists and dictionaries out, ready to be drawn: the list of reviews, what is known of one of
them (what is not is named, never shown as 0), and the legend. A label from the coding manual has the same
colour and underline in every pane, so that a rule's marks and a key's can be held side by side.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from ...looks.blocks import shown

__all__ = ["codes", "facts", "legend", "listing"]

HUES, LINES = 8, 5  # as many as theme.css has colours and pane.js has underlines

MANUAL = {
    "perspective": ("book-reader", "film-only", "partial", "set-aside"),
    "spoilers": ("warning", "withholding", "minor", "major", "everything"),
    "structure": (
        *("background", "plot", "performance", "craft", "theme"),
        *("comparison", "response", "overall", "address", "other"),
    ),
    "devices": ("concession", "grounds", "voices", "hedge", "booster", "question", "ethos"),
    "attitude": ("positive", "negative", "mixed", "neutral"),
}
"""The labels of the coding manual, in its order."""


def listing(
    reviews: pd.DataFrame, texts: Mapping[str, str], firsts: Mapping[str, str | None] | None = None
) -> list[dict[str, Any]]:
    """One entry for each review: id, place on the page, date, stars, length in words, first words.

    `firsts` gives first words by review, None for covered ones; of those that it lacks nothing is shown yet.
    """
    rows = []
    for number, row in enumerate(reviews.to_dict("records"), start=1):
        text = texts[row["review_id"]]
        head = text[:400].split()
        rows.append(
            {
                "id": row["review_id"],
                "n": _number(row, "position") or number,
                "date": _day(row, "%b"),
                "stars": _number(row, "rating"),
                "words": len(text.split()),
                "first": shown(" ".join(head[:14])) + ("…" if len(head) > 14 else ""),
            }
        )
        if firsts is not None:
            rows[-1]["first"] = firsts.get(row["review_id"])
            rows[-1]["judged"] = row["review_id"] in firsts
    return rows


def facts(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    """What the page tells about a review, and the names of what it does not tell.

    Returns `title` (or None), `stars` (or None), `given` (short phrases in reading order) and `missing`
    (names of columns that are there but empty for this review). A column that the table lacks is not named.
    """
    helpful, votes = _number(row, "helpful_votes"), _number(row, "votes")
    if helpful is not None and votes is not None:
        found: str | None = f"{helpful:,} of {votes:,} found this helpful"
    else:
        found = None if helpful is None else f"{_count(helpful, 'person', 'people')} found this helpful"
    comments, verified = _number(row, "comments"), _given(row, "verified")
    phrases = {
        "date": _day(row),
        "title": _given(row, "title"),
        "author": _given(row, "author"),
        "country": _given(row, "country"),
        "format": _given(row, "format"),
        "verified": None
        if verified is None
        else ("verified purchase" if verified else "not a verified purchase"),
        "helpful_votes": found,
        "comments": None if comments is None else _count(comments, "comment", "comments"),
    }
    words = {"rating": "stars", "helpful_votes": "helpful votes", "verified": "verified purchase"}
    stars = _number(row, "rating")
    known = phrases | {"rating": stars}
    order = ["date", "rating", "title", "author", "country", "format", "verified", "helpful_votes"]
    order.append("comments")
    return {
        "title": None if phrases["title"] is None else shown(str(phrases.pop("title"))),
        "stars": stars,
        "given": [shown(str(p)) for c, p in phrases.items() if p is not None and c != "title"],
        "missing": [words.get(c, c) for c in order if c in row and known[c] is None],
    }


def legend(evidence: pd.DataFrame) -> list[dict[str, Any]]:
    """Every label in the evidence, with its layer, how often it stands there, a short code and a sign.

    `hue` (1 to 8) and `line` (0 to 4) together are the label's own; labels of the coding manual have the
    same ones everywhere, others take what is free, in order of appearance.
    """
    counts = evidence.groupby(["layer", "label"], sort=False, dropna=False).size()
    keys = sorted(counts.index, key=lambda k: _place(*k)) if len(counts) else []
    signs, entries = _signs(keys), []
    two = codes([str(label) for _, label in keys])
    for number, (key, code) in enumerate(zip(keys, two, strict=True)):
        hue, line = signs[key]
        entries.append(
            {"key": number, "layer": str(key[0]), "label": shown(str(key[1])), "code": shown(code)}
            | {"hue": hue + 1, "line": line, "total": int(counts[key])}
        )
    return entries


def _place(layer: str, label: str) -> tuple[int, int]:
    """Where the coding manual has a label; what it does not know comes last, in order of appearance."""
    layers = list(MANUAL)
    if layer not in layers:
        return len(layers), 0
    labels = MANUAL[layer]
    return layers.index(layer), labels.index(label) if label in labels else len(labels)


def _signs(keys: list[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, int]]:
    """A hue and an underline for each label, none used twice while any are free."""
    free = [(n % HUES, n % LINES) for n in range(HUES * LINES)]
    first = {"spoilers": 2, "structure": 0, "devices": 3, "attitude": 5}
    taken: dict[tuple[str, str], tuple[int, int]] = {}
    for layer, label in keys:
        at = (_place(layer, label)[1] + first.get(layer, 0)) % len(free)
        rest = [sign for sign in free[at:] + free[:at] if sign not in taken.values()]
        taken[layer, label] = rest[0] if rest else free[at]
    return taken


def codes(labels: list[str]) -> list[str]:
    """Two letters for each label, initials where it has several words; no two alike."""
    made: list[str] = []
    for label in labels:
        parts = re.findall(r"[^\W_]+", label) or ["?"]
        letters = [c for part in parts for c in part]
        initials = [a[0] + b[0] for a, b in itertools.pairwise(parts)]
        pairs = (letters[0] + c for c in letters[1:])
        numbers = (letters[0] + str(n) for n in range(2, len(labels) + 3))
        tries = (c.upper() for c in (*initials[:1], *pairs, *numbers))
        made.append(next(code for code in tries if code not in made))
    return made


def _given(row: Mapping[Hashable, Any], column: str) -> Any:
    """A cell, or None where it is missing or the table has no such column."""
    value = row.get(column)
    return None if value is None or pd.isna(value) else value


def _number(row: Mapping[Hashable, Any], column: str) -> int | None:
    value = _given(row, column)
    return None if value is None else int(value)


def _day(row: Mapping[Hashable, Any], month: str = "%B") -> str | None:
    date = _given(row, "date")
    if date is None:
        return None
    day = pd.Timestamp(date)
    return f"{day.day} {day.strftime(month)} {day.year}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
