"""What happens where in a review? The numbers behind the strip that stands beside its text.

From tables of evidence (layers structure and spoilers) and of scores (`compound`, as `sentiment.scores` makes
them) comes, for each sentence, its place, its stage, how much it gives away and its sentiment. Known
misreadings: every sentence is drawn equally long; one that does two jobs is drawn under the first of them;
what sentiment is worth says `reviewkit.readings.sentiment`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from ... import schema
from ...errors import TableError
from ...handling import GRADE_OF
from ...looks.blocks import shown
from ...scoring import STAGES
from ...splitting import sentence_spans
from ._rows import codes

__all__ = ["strips"]

_CODES = dict(zip(STAGES, codes(list(STAGES)), strict=True))
_Spans = dict[str, list[tuple[int, int, Any]]]


def strips(beside: Any, texts: Mapping[str, str]) -> Callable[[str], dict[str, Any] | None]:
    """A function that gives the strip of a review, by its id; None where there is nothing to draw.

    `beside` is a table of evidence, a table of scores, several of them, or None. Raises `TableError` for
    anything else, and where several people have labelled stages or what is given away.
    """
    tables = [beside] if isinstance(beside, pd.DataFrame) else list(beside or ())
    stages: _Spans = {}
    grades: _Spans = {}
    scores: _Spans = {}
    for table in tables:
        if isinstance(table, pd.DataFrame) and "compound" in table:
            _collect(scores, table, "compound")
            continue
        rows = schema.check(table, "evidence", ("review_id", "layer", "label", "start", "end"))
        _collect(stages, _of_one(rows, "structure"), "label")
        graded = _of_one(rows, "spoilers")
        _collect(grades, graded[graded["label"].isin(list(GRADE_OF))], "label")
    if tables and not (stages or grades or scores):
        raise TableError(
            "Nothing in these tables can be drawn beside the text. Give evidence with stages or with what is "
            'given away (rk.read(corpus, "structure")), or a table of sentences with their compound.'
        )

    def of(review_id: str) -> dict[str, Any] | None:
        if not tables or review_id not in texts:
            return None
        spans = [(start, end) for _, start, end in sentence_spans(texts[review_id])]
        return _strip(spans, *(found.get(review_id, []) for found in (stages, grades, scores)))

    return of


def _of_one(rows: pd.DataFrame, layer: str) -> pd.DataFrame:
    """The rows of a layer, if only one person or rule has made them."""
    rows = rows[rows["layer"] == layer]
    sources = [str(name) for name in dict.fromkeys(rows["source"])] if "source" in rows else []
    if len(sources) > 1:
        raise TableError(
            f"In this table {' and '.join(sources)} have marked {layer}. Give the rows of one: "
            f'evidence[evidence["source"] == {sources[0]!r}].'
        )
    return rows


def _collect(found: _Spans, rows: pd.DataFrame, value: str) -> None:
    schema.check(rows, "evidence", ("review_id", "start", "end"))
    columns = (rows[name] for name in ("review_id", "start", "end", value))
    for review_id, start, end, what in zip(*columns, strict=True):
        found.setdefault(str(review_id), []).append((int(start), int(end), what))


def _strip(
    spans: Sequence[tuple[int, int]],
    stages: list[tuple[int, int, Any]],
    grades: list[tuple[int, int, Any]],
    scores: list[tuple[int, int, Any]],
) -> dict[str, Any] | None:
    """The cells of one review, and which of the three kinds of sign it has."""
    if not spans:
        return None
    cells = []
    for number, (start, end) in enumerate(spans, 1):
        stage = next((str(label) for a, b, label in stages if a <= start < b), None)
        grade = max((GRADE_OF[label] for a, b, label in grades if a < end and start < b), default=0)
        weight = next((float(score) for a, b, score in scores if a <= start < b), None)
        cells.append(
            {
                "n": number,
                "at": start,
                "end": end,
                "stage": None if stage is None else shown(stage),
                "code": _CODES.get(stage, (stage or "")[:2].upper()) if stage else "",
                "hue": STAGES.index(stage) + 1 if stage in STAGES else 0,
                "grade": grade,
                "score": weight,
            }
        )
    return {"cells": cells, "stages": bool(stages), "grades": bool(grades), "scores": bool(scores)}
