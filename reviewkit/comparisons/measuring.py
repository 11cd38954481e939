"""How is agreement measured? Raw agreement, Cohen's kappa and Krippendorff's alpha, from counts.

Every function takes any number of tables at once, (..., labels, labels), so that resamples are computed
together. Sources: Cohen 1960 (kappa); Krippendorff 2004, chapter 11 (alpha, nominal).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Counts", "alpha", "coincidences", "contingency", "kappa", "ratio", "raw_agreement"]

Counts = npt.NDArray[np.float64]


def contingency(first: Sequence[object], second: Sequence[object], labels: Sequence[object]) -> Counts:
    """How often the first reader's label i met the second reader's label j: an array (labels, labels).

    >>> contingency(["a", "b", "b"], ["a", "a", "b"], ["a", "b"]).tolist()
    [[1.0, 0.0], [1.0, 1.0]]
    """
    place = {label: i for i, label in enumerate(labels)}
    table = np.zeros((len(labels), len(labels)))
    for one, other in zip(first, second, strict=True):
        table[place[one], place[other]] += 1
    return table


def coincidences(units: Sequence[Sequence[object]], labels: Sequence[object]) -> Counts:
    """Krippendorff's coincidence matrix, (labels, labels), of units that any number of readers labelled.

    `units` has for each unit the labels it was given; None is a missing mark, and a unit with fewer than two
    labels counts for nothing.

    >>> coincidences([["a", "a"], ["a", "b", None], ["b"]], ["a", "b"]).tolist()
    [[2.0, 1.0], [1.0, 0.0]]
    """
    place = {label: i for i, label in enumerate(labels)}
    matrix = np.zeros((len(labels), len(labels)))
    for unit in units:
        given = [place[label] for label in unit if label is not None]
        for i, one in enumerate(given):
            for j, other in enumerate(given):
                if i != j:
                    matrix[one, other] += 1 / (len(given) - 1)
    return matrix


def raw_agreement(tables: Counts) -> Counts:
    """The share of units on which both agree; `tables` is (..., labels, labels), from `contingency`."""
    return ratio(np.trace(tables, axis1=-2, axis2=-1), tables.sum((-2, -1)))


def kappa(tables: Counts) -> Counts:
    """Cohen's kappa, (observed - expected) / (1 - expected); missing where both used one label throughout.

    >>> round(float(kappa(np.array([[20.0, 5], [10, 15]]))), 3)
    0.4
    """
    total = tables.sum((-2, -1))
    expected = ratio((tables.sum(-1) * tables.sum(-2)).sum(-1), total**2)
    return ratio(raw_agreement(tables) - expected, 1 - expected)


def alpha(matrices: Counts) -> Counts:
    """Krippendorff's alpha for labels without order, 1 - observed / expected disagreement.

    `matrices` is (..., labels, labels), from `coincidences`; missing where only one label was used.
    """
    used = matrices.sum(-1)
    total = used.sum(-1)
    observed = ratio(total - np.trace(matrices, axis1=-2, axis2=-1), total)
    expected = ratio(total**2 - (used**2).sum(-1), total * (total - 1))
    return 1 - ratio(observed, expected)


def ratio(above: Any, below: Any) -> Counts:
    """Above by below; missing where below is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Counts = np.where(np.asarray(below) == 0, np.nan, np.divide(above, below))
    return found
