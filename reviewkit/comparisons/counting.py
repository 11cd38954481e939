"""What is counted? For each label the sentences that carry it, review by review, with the words marked.

One row for each sentence and label, whatever is counted: of `sentences` the rows, of `reviews` the reviews
among them, of `words` the words marked in them. So every number can be opened to its sentences. A key's
second stage counts for nothing. A verdict (perspective, handling, stance of a whole review) is traced to the
sentences that are evidence of it, and where there is none to all that the review says, with nothing marked.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

import pandas as pd

from ..corpus import Corpus
from ..errors import TableError
from ..handling import GRADE_OF
from ..scoring import COMMENT, DESCRIPTION, DEVICES, PERSPECTIVES, STAGES
from .grouping import evidence_of, verdicts_of
from .words import tokens

__all__ = ["KINDS", "LABELS", "UNITS", "Counted", "counted"]

UNITS = ("sentences", "reviews", "words")
LABELS: dict[str, tuple[str, ...]] = {
    "structure": STAGES,
    "spoilers": (*GRADE_OF, "warning", "withholding"),
    "devices": DEVICES,
    "attitude": ("positive", "negative", "mixed", "neutral"),
    "sentiment": ("positive", "negative"),
    "perspective": ("book-reader", "film-only", "partial"),
    "handling": ("warned", "unwarned", "withheld", "spoiler-free"),
    "stance": ("favourable", "mixed", "unfavourable"),
}
"""The labels of each layer that can be counted; `handling` and `stance` are verdicts on whole reviews."""
KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    "structure": {"description": DESCRIPTION, "comment": COMMENT},
    "spoilers": {"grade 1 or more": tuple(GRADE_OF), "grade 2 or more": ("major", "everything")},
}
"""Labels that stand for several."""
_VERDICTS = {"perspective": "perspective", "handling": "spoilers", "stance": "stance"}
_EVIDENCE = {"handling": "spoilers", "stance": "attitude"}


class Counted(NamedTuple):
    """Counts of a layer: what each review has of each label, of how much, and where."""

    source: str
    counts: pd.DataFrame
    """Index: the reviews that the source has labelled; a column for each label."""
    totals: pd.DataFrame
    """The same index; columns reviews (1 each), sentences, words."""
    behind: pd.DataFrame
    """review_id, label, sentence, start, end, text, marked (the words marked in it), words (how many)."""


def counted(
    corpus: Corpus,
    layer: str,
    *,
    label: str | None = None,
    unit: str = "sentences",
    source: str | None = None,
) -> Counted:
    """Count one layer of a corpus, review by review.

    `label` is one label of the layer, or one that stands for several (`KINDS`); None takes all single ones.
    Raises `TableError` for an unknown layer, label or unit, naming those that are known.
    """
    if layer not in LABELS:
        raise TableError(_unknown("layer", layer, LABELS))
    if unit not in UNITS:
        raise TableError(_unknown("unit", unit, UNITS))
    of_reviews = unit == "reviews" and layer in _VERDICTS
    if layer in _EVIDENCE and not of_reviews:
        raise TableError(
            f"There is one {layer} for each review, so that reviews are counted: unit='reviews'."
        )
    known = PERSPECTIVES if of_reviews and layer == "perspective" else LABELS[layer]
    if label is not None and label not in (*known, *KINDS.get(layer, {})):
        raise TableError(_unknown(f"label of {layer}", label, (*known, *KINDS.get(layer, {}))))
    wanted = {name: KINDS.get(layer, {}).get(name, (name,)) for name in ([label] if label else known)}
    marks, chosen = _verdicts(corpus, layer, source) if of_reviews else _marks(corpus, layer, source)
    labelled = _labelled(corpus, chosen)
    behind = pd.concat(
        [_behind(corpus, marks[marks["label"].isin(labels)], name) for name, labels in wanted.items()],
        ignore_index=True,
    )
    behind = behind[behind["review_id"].isin(labelled)]
    order = {review: i for i, review in enumerate(labelled)}
    behind = behind.sort_values(
        ["review_id", "start"], key=lambda c: c.map(order) if c.name == "review_id" else c
    )
    counts = _counts(behind, unit, list(wanted), labelled)
    return Counted(chosen, counts, _totals(corpus, labelled), behind.reset_index(drop=True))


def _marks(corpus: Corpus, layer: str, source: str | None) -> tuple[pd.DataFrame, str]:
    """Review, label and place of each mark of a layer."""
    table, chosen = evidence_of(corpus, layer, source)
    return table[["review_id", "label", "start", "end"]].assign(silent=False), chosen


def _verdicts(corpus: Corpus, layer: str, source: str | None) -> tuple[pd.DataFrame, str]:
    """The marks of a review's evidence under the label of its verdict; of one without, the whole text."""
    verdicts, chosen = verdicts_of(corpus, _VERDICTS[layer], source)
    found, _ = evidence_of(corpus, _EVIDENCE.get(layer, layer), chosen)
    label = dict(zip(verdicts["review_id"], verdicts["label"], strict=True))
    found = found[found["review_id"].isin(label)]
    found = found.assign(label=found["review_id"].map(label), silent=False)
    silent = [review for review in label if review not in set(found["review_id"])]
    length = dict(zip(corpus.reviews["review_id"], corpus.reviews["text"].fillna("").str.len(), strict=True))
    whole = pd.DataFrame(
        {
            "review_id": silent,
            "label": [label[r] for r in silent],
            "start": 0,
            "end": [length[r] for r in silent],
            "silent": True,
        }
    )
    columns = ["review_id", "label", "start", "end", "silent"]
    return pd.concat([found[columns], whole] if silent else [found[columns]], ignore_index=True), chosen


def _labelled(corpus: Corpus, source: str) -> list[str]:
    """The reviews that a source has labelled, in the order of the page."""
    reviews = list(corpus.reviews["review_id"])
    if source == "rule":
        return reviews
    table = corpus.labels.evidence
    known = set(table.loc[table["source"] == source, "review_id"])
    return [review for review in reviews if review in known]


def _behind(corpus: Corpus, marks: pd.DataFrame, name: str) -> pd.DataFrame:
    """The sentences that these marks touch, once each, with the words marked in them."""
    rows = []
    spans = {
        review: list(zip(part["start"], part["end"], part["silent"], strict=True))
        for review, part in marks.groupby("review_id")
    }
    columns = (corpus.sentences[c] for c in ("review_id", "sentence", "start", "end", "text"))
    for review, number, start, end, text in zip(*columns, strict=True):
        met = [(max(s, start), min(e, end)) for s, e, _ in spans.get(review, []) if s < end and start < e]
        if met:
            silent = any(nothing for _, _, nothing in spans[review])
            pieces = [] if silent else _merged(met)
            marked = " … ".join(text[s - start : e - start] for s, e in pieces) or None
            words = 0 if silent else sum(_within(t.start + start, pieces) for t in tokens(text))
            rows.append((review, name, number, start, end, text, marked, words))
    made = pd.DataFrame(
        rows, columns=["review_id", "label", "sentence", "start", "end", "text", "marked", "words"]
    )
    return made.astype({"review_id": "str", "label": "str", "text": "str", "marked": "str", "words": "int64"})


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a word that begins here begins in one of these spans."""
    i = bisect_right(spans, (at, float("inf"))) - 1
    return i >= 0 and at < spans[i][1]


def _counts(behind: pd.DataFrame, unit: str, names: list[str], reviews: list[str]) -> pd.DataFrame:
    by = behind.groupby(["review_id", "label"])
    found = by["words"].sum() if unit == "words" else by.size()
    table = found.unstack(fill_value=0).reindex(index=reviews, columns=names, fill_value=0)
    return (table > 0).astype("int64") if unit == "reviews" else table.astype("int64")


def _totals(corpus: Corpus, reviews: list[str]) -> pd.DataFrame:
    texts = dict(zip(corpus.reviews["review_id"], corpus.reviews["text"].fillna(""), strict=True))
    sentences = corpus.sentences["review_id"].value_counts()
    return pd.DataFrame(
        {
            "reviews": 1,
            "sentences": [int(sentences.get(review, 0)) for review in reviews],
            "words": [len(tokens(texts[review])) for review in reviews],
        },
        index=pd.Index(reviews, name="review_id"),
    )


def _unknown(what: str, name: object, known: object) -> str:
    return f"There is no {what} {name!r}. There is: {', '.join(map(repr, known))}."  # type: ignore[call-overload]
