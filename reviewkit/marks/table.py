"""What have I marked, and where does it stand? Marks as a table of evidence, verdicts as a table of verdicts.

A person's marks are evidence like a rule's or a key's: `source` is the pseudonym, `cues` what the person
noted. Marks whose words cannot be found in the reviews any more are listed apart, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from .. import schema
from .anchoring import Place, Texts
from .events import fold
from .store import Store
from .who import pseudonym

__all__ = ["LOST", "corpus_of", "evidence_of", "lost_marks", "my_marks", "verdicts_of"]

LOST = ("mark", "source", "review_id", "layer", "label", "start", "end", "quote", "note", "why")
"""The columns of a table of marks that could not be placed; `why` says so in a sentence."""

_PLACED = ("review_id", "layer", "label", "start", "end", "text", "cues", "source")


def my_marks(
    data: Any, *, layer: str | None = None, who: str | None = None, store: Store | None = None
) -> pd.DataFrame:
    """What you have marked in these reviews, as evidence to hold against a key's or a rule's.

    `data` is a corpus, a page or a table of reviews; `layer` leaves the others out; `who` is another
    pseudonym than yours; `store` is another file of marks than `my_work/marks.sqlite3`. Gives a table of
    evidence in the order of the reviews and their words; `lost_marks(data)` lists the marks whose words are
    not found any more. Raises `TableError` for a table without text, `StoreError` if the file cannot be read.

    >>> reviews = pd.DataFrame({"review_id": ["page-01"], "text": ["I read the novel first."]})
    >>> len(my_marks(reviews, who="nobody-yet"))
    0
    """
    evidence, _ = _mine(data, who, store)
    if layer is not None:
        evidence = evidence[evidence["layer"] == layer].reset_index(drop=True)
    return evidence


def lost_marks(data: Any, *, who: str | None = None, store: Store | None = None) -> pd.DataFrame:
    """Which of your marks could not be found again in these reviews, what they quoted, and why.

    Takes what `my_marks` takes; gives the columns of `LOST`. They stay in the file of marks.
    """
    return _mine(data, who, store)[1]


def evidence_of(
    events: Iterable[Mapping[str, Any]], reviews: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Marks as evidence in these reviews, and the marks whose words are not there any more.

    Takes events (of their marks, the last event counts) and a table with review_id and text. Gives a table
    of evidence, in the order of the reviews and their words, and a table with the columns of `LOST`. Raises
    `TableError` for a table without text.

    >>> from reviewkit.marks.events import make
    >>> reviews = pd.DataFrame({"review_id": ["page-01"], "text": ["Well! I read the novel first."]})
    >>> mark = make(text="I read the novel first.", who="owl", corpus="page", review_id="page-01",
    ...             layer="perspective", label="book-reader", start=2, end=16)
    >>> evidence, lost = evidence_of([mark], reviews)
    >>> evidence[["start", "end", "text"]].values.tolist(), len(lost)
    ([[8, 22, 'read the novel']], 0)
    """
    schema.check(reviews, "reviews", ("review_id", "text"))
    texts = dict(zip(reviews["review_id"], reviews["text"].fillna(""), strict=True))
    order = {review_id: number for number, review_id in enumerate(texts)}
    finder = Texts(texts)
    placed: list[tuple[Place, Mapping[str, Any]]] = []
    lost = []
    for event in fold(events):
        if event["kind"] == "mark":
            place, why = finder.find(event)
            if place is None:
                lost.append([{**event, "source": event["who"], "why": why}[name] for name in LOST])
            else:
                placed.append((place, event))
    placed.sort(key=lambda pair: (order[pair[0].review_id], pair[0].start, pair[0].end))
    rows = [
        (p.review_id, e["layer"], e["label"], p.start, p.end, words, e["note"], e["who"])
        for p, e in placed
        for words in (texts[p.review_id][p.start : p.end],)
    ]
    columns = {name: [row[n] for row in rows] for n, name in enumerate(_PLACED)}
    return schema.frame("evidence", columns), pd.DataFrame(lost, columns=[*LOST])


def verdicts_of(events: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Verdicts on whole reviews as a table of verdicts, `source` being the pseudonym.

    >>> from reviewkit.marks.events import make
    >>> said = make("verdict", who="owl", corpus="page", review_id="page-01", layer="stance", label="mixed")
    >>> verdicts_of([said])[["review_id", "label", "source"]].values.tolist()
    [['page-01', 'mixed', 'owl']]
    """
    said = [event for event in fold(events) if event["kind"] == "verdict"]
    columns = {name: [event[name] for event in said] for name in ("review_id", "layer", "label")}
    return schema.frame("verdicts", {**columns, "source": [event["who"] for event in said]})


def corpus_of(data: Any) -> str:
    """The name under which marks on these reviews are kept: the corpus's or page's own, or else what the
    first review's id begins with.

    >>> corpus_of(pd.DataFrame({"review_id": ["my-page-01"], "text": ["Fine."]}))
    'my-page'
    """
    name = getattr(data, "name", None)
    if isinstance(name, str) and name:
        return name
    reviews = schema.check(getattr(data, "reviews", data), "reviews", ("review_id",))
    first = str(next(iter(reviews["review_id"]), ""))
    return first.rpartition("-")[0] or first or "reviews"


def _mine(data: Any, who: str | None, store: Store | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    reviews = schema.check(getattr(data, "reviews", data), "reviews", ("review_id", "text"))
    opened = store or Store()
    try:
        events = opened.current(corpus_of(data), who=who or pseudonym())
    finally:
        if store is None:
            opened.close()
    return evidence_of(events, reviews)
