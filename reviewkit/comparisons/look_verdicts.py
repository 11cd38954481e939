"""Where do my verdicts on whole reviews part from another's? One row for each review and question.

A verdict agrees or it does not; beside it stand the words that the other's rests on, the reasons of both,
and who else decided so. The rows have the columns of `looking.COLUMNS`.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from .. import schema
from .looking import empty_row, names, readings_of, sentence_at, table_of, texts_of

__all__ = ["look_at_verdicts"]


def look_at_verdicts(
    own: pd.DataFrame,
    other: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    layers: Sequence[str],
    evidence: pd.DataFrame | None = None,
    reasons: pd.DataFrame | None = None,
    notes: dict[tuple[str, str], str] | None = None,
    sharing: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Lay my verdicts beside another's: a row for each review and layer on which I gave one.

    Takes two tables of verdicts, `evidence` that the other's rest on, `reasons` (review_id, layer, key, why)
    such as `corpus.labels.adjudication`, `notes` (my reasons, by review and layer) and the verdicts of
    further readers. Gives the columns of `COLUMNS`; a verdict that the other has not given is an addition.
    """
    texts = texts_of(reviews)
    mine, theirs = _verdicts(own), _verdicts(other)
    why = _reasons(reasons)
    rest = {layer: readings_of(evidence, layer) for layer in layers} if evidence is not None else {}
    rows = []
    for review, text in texts.items():
        for layer in (each for each in layers if (review, each) in mine):
            said, met = mine[review, layer], theirs.get((review, layer))
            outcome = "addition" if met is None else "agreement" if said == met else "other label"
            behind = sorted(rest.get(layer, {}).get(review, []), key=lambda r: (r.label != met, r.start))
            row = empty_row(review, layer, outcome) | {"label": said, "other_label": met}
            row["text"] = (notes or {}).get((review, layer))
            if behind and met is not None:
                first = behind[0]
                row |= {"other_start": first.start, "other_end": first.end, "rule": first.rule}
                row["other_text"] = text[first.start : first.end]
                row["sentence"] = sentence_at(first.start, first.end, text)
                row["reason"] = first.reason
            row["reason"] = why.get((review, layer)) or row["reason"]
            row |= _shared_verdicts(sharing, review, layer, said, met)
            rows.append(row)
    return table_of(rows)


def _shared_verdicts(
    sharing: pd.DataFrame | None, review: str, layer: str, said: str, met: str | None
) -> dict[str, str | None]:
    if sharing is None or sharing.empty:
        return {}
    here = sharing[(sharing["review_id"] == review) & (sharing["layer"] == layer)]
    given = dict(zip(here["source"], here["label"], strict=True))
    as_i = names(str(who) for who, label in given.items() if label == said)
    as_they = names(str(who) for who, label in given.items() if label == met)
    return {"shared": as_i, "other_shared": None if said == met else as_they}


def _reasons(table: pd.DataFrame | None) -> dict[tuple[str, str], str]:
    """Why a key decided a whole review as it did, where its readers differed."""
    if table is None or table.empty:
        return {}
    rows = table[table["start"].isna() & table["why"].notna()]
    return {
        (r, layer): why for r, layer, why in zip(rows["review_id"], rows["layer"], rows["why"], strict=True)
    }


def _verdicts(table: pd.DataFrame) -> dict[tuple[str, str], str]:
    schema.check(table, "verdicts", ("review_id", "layer", "label"))
    return {
        (r, y): str(w) for r, y, w in zip(table["review_id"], table["layer"], table["label"], strict=True)
    }
