"""Do two readers part a review at the same places? Boundary similarity of stretches of the same stage.

Neighbours with the same stage make a stretch; where the stage changes is a boundary, whatever the stages
are called. Boundary similarity (Fournier 2013) counts the boundaries that both readers set (1), those that
lie next to each other (a near miss, which costs a part), and those that one of them sets alone (0). Here
`near` is the span within which a boundary may have moved: 2, as in the paper, lets it move by one sentence
at half the cost. Sums are pooled over reviews, so that long reviews weigh more.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from .. import schema
from ..errors import TableError
from . import sampling
from .agreeing import sources_of, units_of
from .measuring import Counts, ratio

__all__ = ["boundaries", "boundary_agreement", "boundary_counts", "boundary_similarity"]


def boundaries(labels: Sequence[object]) -> set[int]:
    """Where neighbours differ: 0 is the place between the first and the second.

    >>> boundaries(["plot", "plot", "theme", "overall"])
    {1, 2}
    """
    return {i for i, (one, other) in enumerate(pairwise(labels)) if one != other}


def boundary_counts(first: Sequence[object], second: Sequence[object], *, near: int = 2) -> tuple[float, int]:
    """The cost of the edits that turn one reader's boundaries into the other's, and of how many boundaries.

    Near misses are taken first, the nearest before others and from the text's beginning; no boundary is
    used twice. Raises `TableError` where the readers' labels differ in number,
    and for a `near` below 1.
    """
    if len(first) != len(second):
        raise TableError(
            f"Two readers of the same sentences were expected, not of {len(first)} and {len(second)}."
        )
    if near < 1:
        raise TableError(f"A boundary moves within a span of 1 or more sentences, not {near}.")
    one, other = boundaries(first), boundaries(second)
    alone, cost, moved = one ^ other, 0.0, 0
    for distance in range(1, near):
        for at in sorted(alone):
            pair = {at, at + distance}
            if pair <= alone and len(pair & one) == 1:
                alone -= pair
                cost += distance / near
                moved += 1
    return cost + len(alone), len(one & other) + moved + len(alone)


def boundary_similarity(first: Sequence[object], second: Sequence[object], *, near: int = 2) -> float:
    """How far two readers part the same sentences at the same places, 0 to 1; 1 where neither parts any.

    >>> boundary_similarity(["plot", "plot", "theme"], ["plot", "theme", "theme"])
    0.5
    """
    cost, of = boundary_counts(first, second, near=near)
    return 1 - cost / of if of else 1.0


def boundary_agreement(
    evidence: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    between: Sequence[str] | None = ("annotator-1", "annotator-2"),
    near: int = 2,
    resamples: int = 2000,
    seed: int = 1,
) -> pd.DataFrame:
    """How far each pair of sources parts reviews into the same stretches, with an interval over reviews.

    Takes tables of evidence and sentences; only reviews count of which both gave every sentence a stage.
    Gives one row for each pair: between, layer, label, unit (`boundaries`), n (those of the first), measure
    (`B`), value, low, high; the columns from layer on are those of `rk.agreement`. Raises `TableError`
    where a source has labelled nothing.

    >>> from reviewkit.corpus import load
    >>> corpus = load("the-great-gatsby")
    >>> boundary_agreement(corpus.labels.evidence, corpus.sentences).columns[1:4].tolist()
    ['layer', 'label', 'unit']
    """
    schema.check(evidence, "evidence", ("review_id", "layer", "label", "start", "end", "source"))
    sources = sources_of(evidence, between)
    reviews: dict[str, list[tuple[str | None, ...]]] = {}
    for (review, _, _), labels in units_of(evidence, sentences, "structure", sources).items():
        reviews.setdefault(review, []).append(labels)
    rows = []
    for i, one in enumerate(sources):
        for j in range(i + 1, len(sources)):
            pairs = [([row[i] for row in rows], [row[j] for row in rows]) for rows in reviews.values()]
            whole = [(a, b) for a, b in pairs if None not in a and None not in b]
            counts = np.array([boundary_counts(a, b, near=near) for a, b in whole]).reshape(-1, 2)
            n = sum(len(boundaries(a)) for a, _ in whole)
            weights = sampling.resamples_of(len(whole), resamples=resamples, seed=seed)
            low, high = sampling.interval(_similar(weights @ counts), len(whole))
            name = f"{one} and {sources[j]}"
            value = float(_similar(counts.sum(0)))
            rows.append((name, "structure", "stretches", "boundaries", n, "B", value, low, high))
    columns = ["between", "layer", "label", "unit", "n", "measure", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _similar(counts: Counts) -> Counts:
    """Boundary similarity, of (..., 2): cost and boundaries."""
    return 1 - ratio(counts[..., 0], counts[..., 1])
