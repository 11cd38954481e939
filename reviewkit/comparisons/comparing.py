"""What do some reviewers do that others do not? Groups of reviews side by side, and a test of two.

`compare` counts what a layer marks, group by group, with intervals over reviews; `.sentences` opens any
number; `.test` asks of one label whether the division of the reviews into two groups matters. Shares are
pooled (all marked sentences of a group by all its sentences), so that long reviews weigh more; with
`unit="reviews"` every review has one vote. Known misreadings: a test of each of ten labels finds a
difference by chance more often than not one does; name your label before you look.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..corpus import Corpus
from ..errors import TableError
from . import sampling
from .counting import Counted, counted
from .grouping import By, groups, in_order, named
from .permuting import Tested, tested
from .results import Result, picked

__all__ = ["Comparison", "compare"]

_NOBODY = (
    "Where nobody does a thing, or everybody, resampling has nothing to vary and there is no interval; "
    "that none of n reviews does it leaves room for some 3 in n who would."
)


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(Result):
    """Groups of reviews side by side: `.table`, `.sentences`, `.test`, `.limits`."""

    unit: str
    by: str
    grouped: pd.Series
    """The group of each review that was counted."""
    counted: Counted
    resamples: int
    seed: int

    def sentences(self, group: str | None = None, label: str | None = None) -> pd.DataFrame:
        """The sentences behind a number of the table, one row for each sentence and label.

        Columns group, review_id, label, sentence, start, end (code points of the review's text), text, marked
        (the words marked in it; missing where a verdict rests on no words at all), words (how many). Raises
        `TableError` for a group or a label that is not in the table.
        """
        return picked(self.behind, self.table, group=group, label=label)

    def test(self, label: str | None = None, *, between: tuple[str, str], draws: int = 9999) -> Tested:
        """Could the difference between two groups come from how these reviews happened to be divided?

        Goes through all ways to deal the reviews to groups of these sizes where there are at most 20,000,
        else through `draws` at random (scipy.stats.permutation_test; Good 2005); the interval is a percentile
        bootstrap over the reviews of each group (scipy.stats.bootstrap). Reviews without a single sentence
        are left out. Raises `TableError` for unknown groups, for `partial` (outside every test of two
        groups), and for a group of fewer than two reviews.
        """
        label = self._one_label(label)
        first, second = sampling.two_of(self.grouped, between, self.by)
        totals = self.counted.totals[self.unit]
        names = self.grouped[totals[self.grouped.index] > 0]
        parts = [
            np.flatnonzero(self.counted.counts.index.isin(names.index[names == g])) for g in (first, second)
        ]
        for group, part in zip((first, second), parts, strict=True):
            if len(part) < 2:
                raise TableError(
                    f"The group {group!r} has {_reviews(len(part))}: there is nothing to test. "
                    f"Read its sentences: .sentences({group!r}, {label!r})."
                )
        return tested(
            label,
            (first, second),
            self.counted.counts[label].to_numpy(float),
            totals.to_numpy(float),
            (parts[0], parts[1]),
            draws=draws,
            resamples=self.resamples,
            seed=self.seed,
            planted=sampling.PLANTED in self.limits,
        )

    def _one_label(self, label: str | None) -> str:
        known = list(self.counted.counts.columns)
        if label is None and len(known) == 1:
            return str(known[0])
        if label not in known:
            raise TableError(f"One label is tested at a time, and {label!r} is not here: {_listed(known)}.")
        return str(label)


def compare(
    corpus: Corpus,
    by: By,
    *,
    layer: str = "structure",
    label: str | None = None,
    unit: str | None = None,
    source: str | None = None,
    resamples: int = 2000,
    seed: int = 1,
) -> Comparison:
    """What each group of reviews does, in counts and in shares with intervals.

    `by` is whatever `rk.groups` takes. `layer` is a layer of evidence, `handling` or `stance`; `label` one of
    its labels (`description`, `comment`, `grade 2 or more` among them), or None for each. `unit` is what is
    counted: `sentences` that carry the label, `reviews` that have it anywhere (of perspective, handling and
    stance: whose verdict it is), or `words` marked. `source` is whose labels and whose verdicts: `key` where
    there is one, else `rule`; for groups by another source, give `rk.groups(..., source=...)` as `by`.
    The table has one row per group and label: group, label, reviews, sentences, words (all that the group
    has), count, per_review, share (of the group's sentences, reviews or words), low, high (95 % bootstrap
    interval of the share over reviews). Raises `TableError` for anything unknown, naming what is known.

    >>> from reviewkit.corpus import load
    >>> c = compare(load("never-let-me-go"), "perspective", label="comparison", resamples=200)
    >>> len(c.sentences("film-only")) == int(c.table.set_index("group").loc["film-only", "count"])
    True
    """
    unit = unit or ("reviews" if layer in ("handling", "stance") else "sentences")
    found = counted(corpus, layer, label=label, unit=unit, source=source)
    grouped = groups(corpus, by, source=source)
    left_out = len(grouped) - len(found.counts)
    grouped = grouped[grouped.index.isin(found.counts.index)]
    name = named(by)
    rows = [
        row
        for group in in_order(grouped)
        for row in _rows(group, grouped.index[grouped == group], found, unit, resamples, seed)
    ]
    columns = [
        "group",
        "label",
        "reviews",
        "sentences",
        "words",
        "count",
        "per_review",
        "share",
        "low",
        "high",
    ]
    limits = sampling.limits_of(
        grouped, name, invented=corpus.invented, source=found.source, left_out=left_out
    )
    table = pd.DataFrame(rows, columns=columns)
    if ((table["low"].isna()) & (table["reviews"] >= sampling.FEW)).any():
        limits = (*limits[:-1], _NOBODY, limits[-1])
    behind = found.behind.copy()
    behind.insert(0, "group", behind["review_id"].map(grouped).astype("str"))
    what = label or layer
    return Comparison(
        f"{what} by {name}: {unit}, labels by {found.source!r}",
        table,
        limits,
        behind,
        unit,
        name,
        grouped,
        found,
        resamples,
        seed,
    )


def _rows(
    group: str, reviews: pd.Index, found: Counted, unit: str, resamples: int, seed: int
) -> list[tuple[object, ...]]:
    """One group's rows of the table, a label each."""
    counts, totals = found.counts.loc[reviews], found.totals.loc[reviews]
    weights = sampling.resamples_of(len(reviews), resamples=resamples, seed=seed)
    size, of = len(reviews), totals[unit].to_numpy(float)
    rows: list[tuple[object, ...]] = []
    for label in counts:
        count = counts[label].to_numpy(float)
        low, high = sampling.interval(_ratio(weights @ count, weights @ of), size)
        total = int(count.sum())
        if total in (0, of.sum()):
            low, high = np.nan, np.nan
        share = float(_ratio(count.sum(), of.sum()))
        sums = int(totals["sentences"].sum()), int(totals["words"].sum())
        rows.append((group, label, size, *sums, total, total / size, share, low, high))
    return rows


def _ratio(above: Any, below: Any) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.asarray(below) == 0, np.nan, np.divide(above, below))


def _reviews(n: int) -> str:
    return "1 review" if n == 1 else f"{n} reviews"


def _listed(names: Any) -> str:
    return ", ".join(map(repr, names))
