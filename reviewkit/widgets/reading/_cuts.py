"""Does the evidence fit the reviews, and where must a review be cut to draw it?

Checks both tables, then cuts a text at every edge of a paragraph, a mark, a masked name and the words aimed
at. Offsets are counted here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from ... import people, schema
from ...errors import TableError
from ...looks.blocks import shown
from ...spans import Span, segments
from ...splitting import paragraphs
from ._words import Token, tokens

__all__ = ["checked_marks", "checked_reviews", "mark_row", "pieces"]

_MASKED = re.compile(rf"{people.BLOCK}+(?:[ \t]+{people.BLOCK}+)*")


def checked_reviews(table: Any) -> pd.DataFrame:
    """The table, checked: a text for each review, and an id that is its own."""
    checked = schema.check(table, "reviews", ("review_id", "text"))
    reviews: pd.DataFrame = checked.reset_index(drop=True)
    ids = reviews["review_id"]
    if ids.isna().any() or ids.duplicated().any():
        wrong = ids[ids.isna() | ids.duplicated()].iloc[0]
        raise TableError(
            f"Every review needs an id of its own, but {wrong!r} stands there "
            f"{'without one' if pd.isna(wrong) else 'twice'}. Number them: "
            'reviews["review_id"] = [f"page-{n:02}" for n in range(1, len(reviews) + 1)].'
        )
    return reviews


def checked_marks(evidence: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """The evidence about these reviews, by position, its quotations checked against the texts."""
    marks = schema.check(evidence, "evidence", ("review_id", "label", "start", "end"))
    marks = marks.reset_index(drop=True).reindex(columns=list(schema.TABLES["evidence"]))
    marks = marks.fillna({"layer": "own", "label": "unlabelled"})
    here = marks[marks["review_id"].isin(reviews["review_id"])].sort_values(["start", "end"])
    if len(marks) and here.empty:
        raise TableError(
            f"No row of this evidence is about these reviews; it speaks of {marks['review_id'].iloc[0]!r}. "
            "Make it from the same table of reviews."
        )
    texts = dict(zip(reviews["review_id"], reviews["text"].fillna(""), strict=True))
    for mark in here.itertuples():
        _fits(mark, texts[mark.review_id])
    return here


def _fits(mark: Any, text: str) -> None:
    """Raise unless the mark's offsets lie in the text and quote what its row says."""
    inside = 0 <= mark.start <= mark.end <= len(text)
    quoted = text[int(mark.start) : int(mark.end)] if inside else ""
    same = pd.isna(mark.text) or all(
        a == b or people.BLOCK in (a, b) for a, b in zip(quoted, mark.text, strict=False)
    )
    if not inside or not same or (pd.notna(mark.text) and len(quoted) != len(mark.text)):
        raise TableError(
            f"Row {mark.Index} of the evidence marks {mark.start} to {mark.end} of {mark.review_id}, which "
            f"{f'reads {quoted[:40]!r}' if inside else f'has {len(text)} characters'}, not "
            f"{str(mark.text)[:40]!r}. It was made for another version of the text: make it anew."
        )


def pieces(
    text: str,
    marks: pd.DataFrame,
    target: tuple[int, int] | None = None,
    *,
    words: bool = False,
    also: Iterable[tuple[int, int]] = (),
) -> list[list[dict[str, Any]]]:
    """Each paragraph's pieces: `t` (text), `at` (start), `rows` that mark it, whether `masked` or `aimed` at.

    `also` are further places to cut at. With `words=True` the text is cut at every edge of a word too: each
    piece has its `kind` (word, punctuation, gap), and pieces of one word share `word`, where it starts.
    """
    spans = [Span(int(m.start), int(m.end), int(m.Index)) for m in marks.itertuples()]  # type: ignore[arg-type]
    cuts = [Span(*span, f"p{n}") for n, span in enumerate(paragraphs(text))]
    masked = [Span(*m.span(), "masked") for m in _MASKED.finditer(text)]
    aimed = [Span(*target, "aimed")] if target else []
    kinds = _kinds(text, masked) if words else {}
    named = [Span(token.start, token.end, f"w{at}") for at, token in kinds.items()]
    made: list[list[dict[str, Any]]] = [[] for _ in cuts]
    for piece in segments(text, [*cuts, *spans, *masked, *aimed, *named, *(Span(*s, "also") for s in also)]):
        if not piece.ids or not str(piece.ids[0]).startswith("p"):
            continue  # white space between paragraphs
        entry: dict[str, Any] = {"t": shown(piece.text), "at": piece.start}
        if rows := [row for row in piece.ids if isinstance(row, int)]:
            entry["rows"] = rows
        entry |= {word: True for word in ("masked", "aimed") if word in piece.ids}
        for at in (int(str(each)[1:]) for each in piece.ids if str(each).startswith("w")):
            entry |= {"kind": kinds[at].kind, "word": at}
        made[int(str(piece.ids[0])[1:])].append(entry)
    return made


def _kinds(text: str, masked: list[Span]) -> dict[int, Token]:
    """The tokens of a text by where they start; a masked name is one word."""
    inside = [range(span.start, span.end) for span in masked]
    found = {t.start: t for t in tokens(text) if not any(t.start in names for names in inside)}
    return found | {span.start: Token(span.start, span.end, "word") for span in masked}


def mark_row(at: Hashable, row: Mapping[Hashable, Any], text: str) -> dict[str, Any]:
    """One row of the list of marks; what its table does not give is None."""
    start, end = int(row["start"]), int(row["end"])
    quote = " ".join(text[start:end].split())
    if len(quote) > 320:
        quote = f"{quote[:200]} … {quote[-100:]}"
    told = {c: None if pd.isna(row[c]) else shown(str(row[c])) for c in ("rule", "cues", "source")}
    return {"row": at, "key": int(row["key"]), "start": start, "end": end, "quote": shown(quote), **told}
