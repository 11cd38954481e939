"""Who stands with whom? Each review in a group: by perspective, order, handling, stance, stars, year, a
column, or one's own.

Every review is in exactly one group. What is not known is a group of its own, `unknown`, never left out in
silence. A reviewer who knows part of the novel (`partial`) stays apart by perspective, basis and order, and
outside every test of two groups. By order, whoever has not read the novel has no order, and stands under
their perspective, so that `film-first` can be held against `book-first` and against `film-only` alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import pandas as pd

from .. import readings, schema
from ..corpus import Corpus
from ..errors import TableError
from ..scoring import PERSPECTIVES

__all__ = ["KNOWN", "PARTED", "UNKNOWN", "evidence_of", "groups", "in_order", "named", "verdicts_of"]

UNKNOWN = "unknown"
"""The group of the reviews of which it is not known."""
KNOWN = ("perspective", "order", "basis", "handling", "stance", "stars", "year", "country")
"""What `groups` knows beside the columns of the reviews."""
PARTED = ("perspective", "order", "basis")
"""The groupings in which `partial` is a group that no test takes."""
_LAYERS = {"perspective": "perspective", "order": "perspective", "basis": "perspective"}
_LAYERS |= {"handling": "spoilers", "stance": "stance"}
_ORDER = ["book-first", "film-first", *PERSPECTIVES, "stated", "implied", "none"]
_ORDER += ["warned", "unwarned", "withheld", "spoiler-free", "favourable", "mixed", "unfavourable"]

By = str | Mapping[str, object] | Callable[[pd.Series], object] | pd.Series
"""What reviews can be grouped by."""


def groups(corpus: Corpus, by: By, *, source: str | None = None) -> pd.Series:
    """The group of every review: a Series of text, its index the review_ids in the order of the page.

    `by` is one of `perspective`, `order`, `basis`, `handling`, `stance`, `stars`, `year`, `country`; a column
    of `corpus.reviews`; or one's own: a dictionary or a Series from review_id to group, or a function that is
    given a review (a row of `corpus.reviews`) and returns its group. `source` says whose verdicts: `key`
    (where there is one), `rule`, or an annotator. Reviews of which it is not known are `unknown`.
    Raises `TableError` for an unknown `by` or `source`, and for review_ids that are not on the page.

    >>> from reviewkit.corpus import load
    >>> int((groups(load("never-let-me-go"), "perspective") == "film-only").sum())
    10
    """
    reviews = corpus.reviews
    found: Any
    if not isinstance(by, str):
        found = _own(reviews, by)
    elif by in _LAYERS:
        found = _by_verdict(corpus, by, source)
    elif by in ("stars", "year"):
        found = _stars(reviews) if by == "stars" else reviews["date"].dt.year.astype("Int64")
    elif by in reviews.columns and by not in ("review_id", "text"):
        found = reviews["date"].dt.strftime("%Y-%m-%d") if by == "date" else reviews[by]
    else:
        raise TableError(_no_such(by, [*KNOWN, *reviews.columns.drop(["review_id", "text"])]))
    values = [UNKNOWN if _missing(value) else str(value) for value in found]
    index = pd.Index(reviews["review_id"], name="review_id")
    return pd.Series(values, index=index, name=named(by), dtype="str")


def _missing(value: Any) -> bool:
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def named(by: By) -> str:
    """What a grouping is called: a Series from `groups` keeps its name, one's own is `your grouping`."""
    name = by if isinstance(by, str) else by.name if isinstance(by, pd.Series) else None
    return name if isinstance(name, str) else "your grouping"


def in_order(names: Iterable[str]) -> list[str]:
    """The names of groups as tables show them: as in the coding manual, else by name, `unknown` last.

    >>> in_order(["unknown", "film-only", "book-reader"])
    ['book-reader', 'film-only', 'unknown']
    """

    def place(name: str) -> tuple[bool, int, str]:
        return name == UNKNOWN, _ORDER.index(name) if name in _ORDER else len(_ORDER), name

    return sorted(set(names), key=place)


def evidence_of(corpus: Corpus, layer: str, source: str | None = None) -> tuple[pd.DataFrame, str]:
    """One layer's evidence from one source, and which source it is; None takes the key where there is one.

    Sentiment is by rule whatever the key; nobody but the key and people has `attitude`. Raises `TableError`
    for an unknown layer or source, or where the source has nothing on that layer.
    """
    known = [*readings.READINGS, "attitude"]
    if layer not in known:
        raise TableError(_no_such(layer, known, "layer of evidence"))
    chosen = "rule" if layer == "sentiment" and source is None else _chosen(corpus, source)
    if chosen == "rule":
        if layer == "attitude":
            raise TableError("The rules say nothing of attitude: it takes a key, or people who labelled.")
        return readings.read(corpus, layer), chosen
    if layer == "sentiment":
        raise TableError("Sentiment is computed, not labelled: leave `source` out, or take source='rule'.")
    table = corpus.labels.evidence
    return table[(table["source"] == chosen) & (table["layer"] == layer)].reset_index(drop=True), chosen


def verdicts_of(corpus: Corpus, layer: str, source: str | None = None) -> tuple[pd.DataFrame, str]:
    """One layer's verdicts (`perspective`, `spoilers`, `stance`) from one source, and which source it is."""
    chosen = _chosen(corpus, source)
    if chosen != "rule":
        table = corpus.labels.verdicts
        return table[(table["source"] == chosen) & (table["layer"] == layer)].reset_index(drop=True), chosen
    if layer == "stance":
        raise TableError("The rules give no stance: it takes a key, or people who labelled.")
    found = readings.read(corpus, layer)
    if found.empty:  # nothing found in any review is a finding too: a row of no layer stands for the source
        found = schema.frame("evidence", {"layer": ["none"], "start": [0], "end": [0], "source": ["rule"]})
        found.attrs["layers"] = [layer]
    return readings.decide(found, corpus), chosen


def _chosen(corpus: Corpus, source: str | None) -> str:
    labelled = list(dict.fromkeys(corpus.labels.evidence["source"])) if corpus.labels else []
    if source is None:
        return "key" if "key" in labelled else "rule"
    known = [*labelled, "rule"]
    if source not in known:
        raise TableError(f"Nothing here was labelled by {source!r}. Sources of this page: {_listed(known)}.")
    return source


def _by_verdict(corpus: Corpus, by: str, source: str | None) -> list[object]:
    table, _ = verdicts_of(corpus, _LAYERS[by], source)
    rows = {row.review_id: row for row in table.itertuples()}
    return [_value(rows.get(review), by) for review in corpus.reviews["review_id"]]


def _value(row: Any, by: str) -> object:
    """The group of one review, from its verdict."""
    if row is None or by in ("perspective", "handling", "stance"):
        return row.label if row is not None else None
    if row.label == "partial":
        return "partial"
    if by == "order" and row.label != "book-reader":
        return row.label
    return row.order if by == "order" else row.basis


def _stars(reviews: pd.DataFrame) -> list[object]:
    given = reviews["rating"]
    return [None if pd.isna(n) else "1 star" if n == 1 else f"{n} stars" for n in given]


def _own(reviews: pd.DataFrame, by: Any) -> list[object]:
    """One's own grouping of the reviews."""
    ids = list(reviews["review_id"])
    if callable(by):
        return [_asked(by, row) for _, row in reviews.iterrows()]
    if not isinstance(by, Mapping | pd.Series):
        raise TableError(
            f"A grouping was expected, not {type(by).__name__}: one of {_listed(KNOWN)}, a column of the "
            "reviews, a dictionary or a Series from review_id to group, or a function of a review."
        )
    given = dict(by.items())
    if strangers := [key for key in given if key not in set(ids)]:
        raise TableError(
            f"No review is called {strangers[0]!r} here ({len(strangers)} such). Reviews are called "
            f"{ids[0]!r} and so on: corpus.reviews['review_id'] has them all."
            if ids
            else "There are no reviews here to group."
        )
    return [given.get(review) for review in ids]


def _asked(by: Callable[[pd.Series], object], row: pd.Series) -> object:
    try:
        return by(row)
    except Exception as error:
        raise TableError(
            f"Your grouping failed at review {row['review_id']!r}: {type(error).__name__}: {error}. "
            "What a page does not say is missing: ask pd.isna(...) first."
        ) from error


def _no_such(name: object, known: Iterable[str], what: str = "grouping") -> str:
    known = list(known)
    close = get_close_matches(str(name), known, n=1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    return f"There is no {what} {name!r}.{hint} There is: {_listed(known)}."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names))
