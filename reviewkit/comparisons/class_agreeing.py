"""How far does a class agree on one layer, who with whom, and which labels were taken for each other?

For labels of sentences and reviews the share of pairs that agree and Krippendorff's alpha, which takes
readings that are missing; of two people Cohen's kappa too. For passages F1, pooled over all pairs of readers:
the same words, words that overlap, and code points; F1 is not corrected for agreement by chance. Each with
the interval of a bootstrap over reviews. Of two people the figures are those of `agreeing.agreement`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..errors import TableError
from . import sampling
from .measuring import Counts, alpha, kappa, ratio, raw_agreement
from .together import Readings

__all__ = ["class_agreement", "labels_met", "people_met", "places_met"]

_MEASURES = {"sentences": ("kappa", "raw"), "reviews": ("raw", "kappa"), "spans": ("F1",)}


class _Question(NamedTuple):
    label: str
    measure: str
    n: int
    counts: Counts
    compute: Callable[[Counts], Counts]


def class_agreement(readings: Readings, *, resamples: int = 1000, seed: int = 1) -> pd.DataFrame:
    """How far everybody in `readings` agrees, as a whole and label by label, with intervals over reviews.

    Gives layer, label (`all`: the layer as a whole), unit, n (places that two or more have read; of labels,
    how often it was given), measure, value, low, high: the columns of `rk.agreement`, and its `attrs`.
    Intervals are missing for fewer than three reviews, and where resamples have nothing to compare too often.

    >>> from reviewkit.comparisons.together import Layer, readings_of
    >>> from reviewkit.corpus import load
    >>> corpus = load("the-great-gatsby")
    >>> stages = Layer("structure", "structure", "sentences")
    >>> said = readings_of(corpus.labels.evidence, corpus.sentences, stages)
    >>> class_agreement(said, resamples=20).loc[0, ["layer", "label", "measure"]].tolist()
    ['structure', 'all', 'raw']
    """
    read = (readings.codes >= 0).sum(1) > 1
    reviews = readings.places["review_id"][read]
    of = pd.Categorical(reviews, categories=reviews.unique()).codes.astype("int64")
    size = len(reviews.unique())
    weights = sampling.resamples_of(size, resamples=resamples, seed=seed)
    asked = _of_passages if readings.layer.kind == "spans" else _of_labels
    rows = []
    for q in asked(readings, read, of, size) if size else ():
        value = float(q.compute(q.counts.sum(0)))
        low, high = sampling.interval(q.compute(np.tensordot(weights, q.counts, axes=1)), size)
        unit = "passages" if readings.layer.kind == "spans" else readings.layer.kind
        rows.append((readings.layer.name, q.label, unit, q.n, q.measure, value, low, high))
    table = pd.DataFrame(rows, columns=["layer", "label", "unit", "n", "measure", "value", "low", "high"])
    table.attrs["limits"] = sampling.limits_of_agreement(table, size, readings.people)
    return table


def _of_labels(
    readings: Readings, read: npt.NDArray[np.bool_], of: npt.NDArray[np.int64], size: int
) -> Iterator[_Question]:
    """Raw agreement, kappa of two, and alpha; of each label against all others, alpha."""
    counts = readings.counts[read]
    met = _coincidences(counts)
    tables = _summed(met, of, size)
    n = len(counts)
    yield _Question("all", "raw", n, tables, raw_agreement)
    if len(readings.people) == 2:
        given = readings.given[read]
        yield _Question(
            "all", "kappa", n, _summed(given[:, 0, :, None] * given[:, 1, None, :], of, size), kappa
        )
    yield _Question("all", "alpha", n, tables, alpha)
    if readings.layer.kind == "reviews" or len(readings.labels) < 3:
        return
    for at, label in enumerate(readings.labels):
        yes = np.arange(len(readings.labels)) == at
        sides = np.stack([yes, ~yes]).astype("float64")
        told = np.einsum("ia,rab,jb->rij", sides, tables, sides)
        yield _Question(label, "alpha", int(counts[:, at].sum()), told, alpha)


def _coincidences(counts: Counts) -> Counts:
    """Krippendorff's coincidences of each place: (places, labels, labels)."""
    labels = np.eye(counts.shape[1])
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * labels
    return ratio(pairs, (counts.sum(1) - 1)[:, None, None])


def _summed(counts: Counts, of: npt.NDArray[np.int64], size: int) -> Counts:
    """Counts of places as counts of reviews."""
    summed = np.zeros((size, *counts.shape[1:]))
    np.add.at(summed, of, counts)
    return summed


def _of_passages(
    readings: Readings, read: npt.NDArray[np.bool_], of: npt.NDArray[np.int64], size: int
) -> Iterator[_Question]:
    """F1 over all pairs of readers: twice what both marked, by what each marked."""
    about = readings.places["about"].to_numpy()[read]
    found = np.array([_passage(readings, int(n)) for n in np.flatnonzero(read)]).reshape(-1, 3, 2)
    for label in ("all", *(each for each in readings.labels if each in set(about))):
        here = found if label == "all" else found * (about == label)[:, None, None]
        n = len(here) if label == "all" else int((about == label).sum())
        tables = _summed(here, of, size)
        for at, measure in enumerate(("F1", "F1 overlapping", "F1 code points")):
            if label == "all" or at == 1:
                yield _Question(label, measure, n, tables[:, at], _share)


def _share(counts: Counts) -> Counts:
    return ratio(counts[..., 0], counts[..., 1])


def _passage(readings: Readings, n: int) -> list[tuple[float, float]]:
    """Of one passage, shared and marked, over all pairs of readers: same words, any words, code points."""
    others = int((readings.codes[n] >= 0).sum()) - 1
    spans = {(who, (start, end)) for who, start, end in readings.spans[n]}
    if not spans:
        return [(0.0, 0.0)] * 3
    times = np.unique([words for _, words in spans], axis=0, return_counts=True)[1]
    who = len({who for who, _ in spans})
    edges = sorted({edge for _, words in spans for edge in words})
    on = np.zeros((len(readings.people), len(edges) - 1), dtype=bool)
    for one, (start, end) in spans:
        on[one, edges.index(start) : edges.index(end)] = True
    wide, deep = np.diff(edges), on.sum(0)
    return [
        (float((times * (times - 1)).sum()), float(times.sum() * others)),
        (float(who * (who - 1)), float(who * others)),
        (float((wide * deep * (deep - 1)).sum()), float((wide * deep).sum() * others)),
    ]


def labels_met(readings: Readings) -> npt.NDArray[np.float64]:
    """How often one person's label met another's: (labels, labels).

    Of two people rows are the first's; of more every pair counts once and the table is symmetrical.
    """
    given = readings.given
    if len(readings.people) == 2:
        one: Counts = np.einsum("na,nb->ab", given[:, 0], given[:, 1])
        return one
    counts = given.sum(1)
    met: Counts = counts.T @ counts - np.diag(counts.sum(0))
    np.fill_diagonal(met, met.diagonal() / 2)
    return met


def places_met(readings: Readings, first: str, second: str) -> npt.NDArray[np.int64]:
    """The places behind a cell of `labels_met`: where these two labels met, the most often first."""
    a, b = readings.labels.index(first), readings.labels.index(second)
    given = readings.given
    if len(readings.people) == 2:
        times = given[:, 0, a] * given[:, 1, b]
    else:
        counts = given.sum(1)
        times = counts[:, a] * counts[:, b] if a != b else counts[:, a] * (counts[:, a] - 1)
    return np.argsort(-times, kind="stable")[: int((times > 0).sum())]


def people_met(readings: Readings, *, measure: str | None = None) -> pd.DataFrame:
    """How far each person agrees with each other: a square table, missing where two share nothing.

    `measure` is `kappa` or `raw` of sentences and reviews, `F1` (words that overlap) of passages. Raises
    `TableError` for another.
    """
    known = _MEASURES[readings.layer.kind]
    measure = measure or known[0]
    if measure not in known:
        raise TableError(f"There is no measure {measure!r} here. There is: {', '.join(known)}.")
    if readings.layer.kind == "spans":
        value = _passages_met(readings)
    else:
        n, people, labels = readings.given.shape
        flat = readings.given.reshape(n, people * labels)
        tables = (flat.T @ flat).reshape(people, labels, people, labels).transpose(0, 2, 1, 3)
        value = (kappa if measure == "kappa" else raw_agreement)(tables)
    np.fill_diagonal(value, 1.0)
    names = pd.Index(readings.people, name="source")
    return pd.DataFrame(value, index=names, columns=names)


def _passages_met(readings: Readings) -> Counts:
    marked = np.zeros(readings.codes.shape)
    for n, spans in enumerate(readings.spans):
        for who, _, _ in spans:
            marked[n, who] = 1
    read = (readings.codes >= 0).astype("float64")
    each = marked.T @ read
    return ratio(2 * marked.T @ marked, each + each.T)
