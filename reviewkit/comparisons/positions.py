"""Where in a review do things happen? Stages from first to last, first reveals, sentiment by sentence.

A sentence's place is its middle, as a fraction of the review's text: 0 is the first character, 1 the end.
Sentiment is VADER's compound, raw beside smoothed: the smoothed value is the mean over a window that is
centred on the sentence, and narrower towards both ends so that it stays centred; the first and last sentence
are as they were. A smoothed line is drawn by its window: a longer one is calmer, whatever was felt. Known
misreadings: a tenth of thirty sentences and a tenth of three are drawn alike; VADER knows no irony.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..corpus import Corpus
from ..errors import TableError
from ..handling import GRADE_OF
from ..readings import sentiment
from ..scoring import STAGES
from . import sampling
from .grouping import By, evidence_of, groups, in_order, named, verdicts_of
from .results import Result, picked

__all__ = ["Positions", "first_reveals", "sentiment_course", "smoothed", "stage_positions"]

_TENTHS = ["group", "tenth", "stage", "count", "sentences", "share", "low", "high"]


@dataclass(frozen=True, eq=False, repr=False)
class Positions(Result):
    """Where things happen: `.table`, `.sentences`, `.limits`."""

    def sentences(self, **wanted: object) -> pd.DataFrame:
        """The sentences behind the numbers, all or those wanted: `sentences(stage="plot", tenth=1)`.

        Takes the columns of the sentences by name. Raises `TableError` for a column or a value that is not
        there.
        """
        for column in wanted:
            if column not in self.behind:
                there = ", ".join(map(repr, self.behind))
                raise TableError(f"These sentences have no column {column!r}. They have: {there}.")
        return picked(self.behind, self.table, **wanted)


def stage_positions(
    corpus: Corpus,
    *,
    by: By | None = None,
    source: str | None = None,
    resamples: int = 1000,
    seed: int = 1,
) -> Positions:
    """Which stage stands where: each tenth of the reviews, and how its sentences divide into stages.

    With `by`, whatever `rk.groups` takes, for each group. The table has group (`all` without `by`), tenth (1
    to 10, by the middle of the sentence), stage, count, sentences (of all stages in that tenth), share, low,
    high (95 % bootstrap interval of the share over reviews). `.sentences` has review_id, group, sentence,
    start, end, text, stage, position (0 to 1), tenth. Raises `TableError` for an unknown grouping or source.

    >>> from reviewkit.corpus import load
    >>> found = stage_positions(load("never-let-me-go"))
    >>> int(found.table["count"].sum()) == len(found.sentences())
    True
    """
    evidence, chosen = evidence_of(corpus, "structure", source)
    grouped, name = _grouped(corpus, by, source)
    length = _lengths(corpus)
    stage = {(row.review_id, row.start, row.end): row.label for row in evidence.itertuples()}
    rows = []
    for review, number, start, end, text in _told(corpus):
        if label := stage.get((review, start, end)):
            at = (start + end) / 2 / length[review]
            rows.append((review, grouped[review], number, start, end, text, label, at, tenth(at)))
    columns = ["review_id", "group", "sentence", "start", "end", "text", "stage", "position", "tenth"]
    behind = pd.DataFrame(rows, columns=columns)
    table = pd.concat(
        [
            _by_tenth(group, behind[behind["group"] == group], resamples, seed)
            for group in in_order(behind["group"])
        ]
        or [pd.DataFrame(columns=_TENTHS)],
        ignore_index=True,
    )
    here = grouped[grouped.index.isin(set(behind["review_id"]))]
    limits = [
        f"A tenth of {len(here)} reviews has some {len(behind) / 10:.0f} sentences in all: shares of it move "
        "a lot with every sentence, and short reviews skip tenths.",
        *_limits(corpus, here, name, chosen, len(grouped) - len(here), intervals=True),
    ]
    return Positions(f"Stages by place, labels by {chosen!r}", table, tuple(limits), behind)


def first_reveals(corpus: Corpus, *, by: By | None = None, source: str | None = None) -> Positions:
    """Where each review first gives away the secret, a turn or a fate (grade 2 or more), and in what words.

    The table has one row per review: review_id, group (`all` without `by`), handling, severity (the gravest
    grade, 0 to 3), first_reveal (0 to 1; missing where there is none), warned_at (where its first warning
    begins, if any). `.sentences` has the sentences of the first reveals: review_id, group, handling, start,
    end, text, label, position. Raises `TableError` for an unknown grouping or source.

    >>> from reviewkit.corpus import load
    >>> first_reveals(load("never-let-me-go")).table["handling"].value_counts()["warned"].item()
    7
    """
    verdicts, chosen = verdicts_of(corpus, "spoilers", source)
    evidence, _ = evidence_of(corpus, "spoilers", chosen)
    grouped, name = _grouped(corpus, by, source)
    length = _lengths(corpus)
    grades = evidence[evidence["label"].map(GRADE_OF).fillna(0) >= 2].sort_values("start", kind="stable")
    first: dict[Any, Any] = {row.review_id: row for row in grades.drop_duplicates("review_id").itertuples()}
    warnings = evidence[evidence["label"] == "warning"]
    warned: dict[Any, int] = warnings.groupby("review_id")["start"].min().to_dict()
    place: dict[Any, Any] = {row.review_id: row for row in verdicts.itertuples()}
    reviews = [review for review in corpus.reviews["review_id"] if review in place]
    columns = ["review_id", "group", "handling", "severity", "first_reveal", "warned_at"]
    rows = [
        (
            review,
            grouped[review],
            place[review].label,
            place[review].severity,
            place[review].first_reveal,
            warned[review] / length[review] if review in warned else None,
        )
        for review in reviews
    ]
    table = pd.DataFrame(rows, columns=columns).astype(
        {"severity": "Int64", "first_reveal": "Float64", "warned_at": "Float64"}
    )
    found = [(r, grouped[r], place[r].label, first[r]) for r in reviews if r in first]
    behind = pd.DataFrame(
        [(r, g, h, w.start, w.end, w.text, w.label, w.start / length[r]) for r, g, h, w in found],
        columns=["review_id", "group", "handling", "start", "end", "text", "label", "position"],
    )
    here = grouped[grouped.index.isin(reviews)]
    limits = (
        "A fraction of the text, not of the reading: one sentence of a short review may be half of it. "
        "Reviews that give nothing away have no first reveal; a mean over the others is not about all.",
        *_limits(corpus, here, name, chosen, len(grouped) - len(here), intervals=False),
    )
    return Positions(f"First reveals, labels by {chosen!r}", table, limits, behind)


def sentiment_course(corpus: Corpus, review_id: str, *, over: int = 3) -> Positions:
    """How sentiment runs through one review: VADER's compound, raw beside smoothed.

    `over` is how many sentences are smoothed over, an odd number. The table has review_id, sentence, start,
    end, text, position (0 to 1), compound and smoothed, both in [-1, 1]. Raises `TableError` for a review
    that is not there and for an even or negative `over`.

    >>> from reviewkit.corpus import load
    >>> sentiment_course(load("the-great-gatsby"), "the-great-gatsby-03", over=5).table.columns[-2:].tolist()
    ['compound', 'smoothed']
    """
    if over < 1 or over % 2 == 0:
        raise TableError(f"A centred window needs an odd number of sentences, 1, 3, 5 and so on, not {over}.")
    reviews = corpus.reviews
    if review_id not in set(reviews["review_id"]):
        known = list(reviews["review_id"])
        there = f"{known[0]!r} to {known[-1]!r}" if known else "none"
        raise TableError(f"There is no review {review_id!r} here. There are: {there}.")
    scored = sentiment.scores(corpus)
    table = scored[scored["review_id"] == review_id].reset_index(drop=True)
    length = max(_lengths(corpus)[review_id], 1)
    table.insert(5, "position", (table["start"] + table["end"]) / 2 / length)
    table["smoothed"] = smoothed(table["compound"].tolist(), over=over)
    limits = [
        f"{len(table)} sentences of one review. The smoothed line is drawn by its window of {over}: another "
        "window draws another line, and none of them is what somebody felt.",
        "The compound weighs words by a lexicon; a sad film praised in sad words weighs as blame.",
    ]
    if corpus.invented:
        limits.append("This review was invented.")
    return Positions(f"Sentiment of {review_id}, sentence by sentence", table, tuple(limits), table)


def smoothed(values: Sequence[float], *, over: int) -> list[float]:
    """A centred moving average over `over` values, an odd number; towards the ends over as many as there are
    on both sides alike.

    >>> smoothed([0, 3, 0, 3, 0], over=3), smoothed([0, 3, 0, 3, 0], over=5)
    ([0.0, 1.0, 2.0, 1.0, 0.0], [0.0, 1.0, 1.2, 1.0, 0.0])
    """
    half = over // 2
    reach = [min(half, i, len(values) - 1 - i) for i in range(len(values))]
    return [float(np.mean(values[i - r : i + r + 1])) for i, r in enumerate(reach)]


def tenth(position: float) -> int:
    """Which tenth of a text, 1 to 10, a place from 0 to 1 lies in.

    >>> tenth(0.0), tenth(0.1), tenth(1.0)
    (1, 2, 10)
    """
    return min(int(position * 10), 9) + 1


def _by_tenth(group: str, behind: pd.DataFrame, resamples: int, seed: int) -> pd.DataFrame:
    """One group's stages in each tenth, with intervals."""
    reviews = {review: i for i, review in enumerate(dict.fromkeys(behind["review_id"]))}
    counts = np.zeros((len(reviews), 10, len(STAGES)))
    for review, at, stage in zip(behind["review_id"], behind["tenth"], behind["stage"], strict=True):
        counts[reviews[review], at - 1, STAGES.index(stage)] += 1
    weights = sampling.resamples_of(len(reviews), resamples=resamples, seed=seed)
    spread, total = np.tensordot(weights, counts, axes=1), counts.sum(0)
    sums = total.sum(-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares, drawn = total / sums[:, None], spread / spread.sum(-1, keepdims=True)
    rows = []
    for at in range(10):
        for i, stage in enumerate(STAGES):
            varies = 0 < total[at, i] < sums[at]
            low, high = sampling.interval(drawn[:, at, i], len(reviews)) if varies else (np.nan, np.nan)
            rows.append((group, at + 1, stage, int(total[at, i]), int(sums[at]), shares[at, i], low, high))
    return pd.DataFrame(rows, columns=_TENTHS)


def _grouped(corpus: Corpus, by: By | None, source: str | None) -> tuple[pd.Series, str]:
    if by is not None:
        return groups(corpus, by, source=source), named(by)
    index = pd.Index(corpus.reviews["review_id"], name="review_id")
    return pd.Series(sampling.ALL, index=index, dtype="str"), sampling.ALL


def _limits(
    corpus: Corpus, here: pd.Series, name: str, source: str, left_out: int, *, intervals: bool
) -> tuple[str, ...]:
    return sampling.limits_of(
        here,
        name,
        invented=corpus.invented,
        source=source,
        left_out=left_out,
        tests=False,
        intervals=intervals,
    )


def _lengths(corpus: Corpus) -> dict[str, int]:
    texts = corpus.reviews["text"].fillna("")
    return {r: max(len(text), 1) for r, text in zip(corpus.reviews["review_id"], texts, strict=True)}


def _told(corpus: Corpus) -> list[tuple[str, int, int, int, str]]:
    columns = (corpus.sentences[c] for c in ("review_id", "sentence", "start", "end", "text"))
    return list(zip(*columns, strict=True))
