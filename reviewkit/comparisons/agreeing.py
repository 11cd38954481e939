"""How far do two readers agree? Raw agreement, Cohen's kappa, Krippendorff's alpha, F1 over spans.

Each figure has an interval: the 2.5th and 97.5th percentile over resamples of whole reviews (a bootstrap),
since sentences of one review are no independent witnesses (Efron & Tibshirani 1993). Of two sources all
measures are given; of any number alpha, which takes sentences that some of them left out. Kappa falls when
one label dominates, whatever the readers do; read `disagreements` too. The measures are in `measuring`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from .. import schema, scoring
from ..errors import TableError
from .measuring import Counts, alpha, coincidences, contingency, kappa, raw_agreement
from .sampling import interval, limits_of_agreement

__all__ = ["SENTENCE_LAYERS", "agreement", "alpha", "coincidences", "contingency", "kappa", "raw_agreement"]
__all__ += ["sources_of", "units_of"]

_GROUPS = {
    "structure": {
        "description": set(scoring.DESCRIPTION),
        "comment": set(scoring.COMMENT),
        **{stage: {stage} for stage in scoring.STAGES},
    },
    "spoilers": {"grade 2 or more": {"major", "everything"}},
    "attitude": {},
}
SENTENCE_LAYERS = tuple(_GROUPS)
"""The layers of which every sentence has at most one label."""
_SPANS = {
    "perspective": ("book-reader", "film-only", "partial"),
    "spoilers": ("warning", "withholding"),
    "devices": scoring.DEVICES,
}


class _Question(NamedTuple):
    """One row of the result: what is asked, and counts per review, from which the measure is computed."""

    layer: str
    label: str
    unit: str
    measure: str
    n: int
    counts: Counts
    """(reviews, ...); the measure is computed from their sum over reviews."""
    compute: Callable[[Counts], Counts]


def agreement(
    evidence: pd.DataFrame,
    verdicts: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    between: Sequence[str] | None = ("annotator-1", "annotator-2"),
    resamples: int = 2000,
    seed: int = 1,
) -> pd.DataFrame:
    """How far sources agree, layer by layer, with intervals over reviews.

    Takes tables of evidence and verdicts that hold the sources of `between`, any two or more (None:
    everyone but the key and the rules), and the sentences they are about. A second stage counts for
    nothing. Gives layer, label (`all` where a layer is taken as a whole), unit (`sentences`, `spans`,
    `reviews`), n (units; of spans, those of the first source), measure (`raw`, `kappa`, `alpha`, `F1`, `F1
    overlapping`), value, low, high (95 % interval; missing for fewer than three reviews, and where
    resamples have nothing to compare too often). Of two named sources, only reviews that both labelled
    count; of more, and with None, every unit that two or more of them labelled, and the measures are `raw`
    (the share of pairs that agree) and `alpha`. `.attrs["limits"]` says what the figures cannot show;
    `rk.show` writes it below them. Raises `TableError` where a source has labelled nothing.

    >>> from reviewkit.corpus import load
    >>> corpus = load("the-great-gatsby")
    >>> table = agreement(corpus.labels.evidence, corpus.labels.verdicts, corpus.sentences, resamples=20)
    >>> table.loc[0, ["layer", "label", "measure"]].tolist()
    ['structure', 'all', 'raw']
    """
    schema.check(evidence, "evidence", ("review_id", "layer", "label", "start", "end", "source"))
    sources = sources_of(evidence, between)
    parts = [evidence[evidence["source"] == source] for source in sources]
    times = pd.Series([review for part in parts for review in set(part["review_id"])], dtype=object)
    shared = {review for review, n in times.value_counts().items() if n >= 2}
    reviews = [review for review in dict.fromkeys(sentences["review_id"]) if review in shared]
    rng = np.random.default_rng(seed)
    weights = rng.multinomial(len(reviews), np.full(len(reviews), 1 / max(len(reviews), 1)), size=resamples)
    if between is None or len(sources) > 2:
        questions = [
            *_of_many_sentences(evidence, sentences, sources, reviews),
            *_of_many_verdicts(verdicts, sources, reviews),
        ]
    else:
        questions = [
            *_of_sentences(parts, sentences, reviews),
            *_of_spans(parts, reviews),
            *_of_verdicts(verdicts, sources, reviews),
        ]
    rows = [_answer(question, weights) for question in questions]
    table = pd.DataFrame(rows, columns=["layer", "label", "unit", "n", "measure", "value", "low", "high"])
    table.attrs["limits"] = limits_of_agreement(table, len(reviews), sources)
    return table


def sources_of(evidence: pd.DataFrame, between: Sequence[str] | None) -> list[str]:
    """Two or more sources of a table of evidence; None takes everyone but the key and the rules.

    Raises `TableError` for fewer than two, and for a source that has labelled nothing.
    """
    there = list(dict.fromkeys(evidence["source"]))
    named = [source for source in there if source not in ("key", "rule")] if between is None else between
    named = [named] if isinstance(named, str) else list(dict.fromkeys(named))
    listed = ", ".join(map(repr, there)) or "none"
    for source in named:
        if source not in there:
            raise TableError(f"Nothing here was labelled by {source!r}. Sources in this table: {listed}.")
    if len(named) < 2:
        raise TableError(f"Agreement takes two sources or more. Sources in this table: {listed}.")
    return named


def units_of(
    evidence: pd.DataFrame, sentences: pd.DataFrame, layer: str, sources: Sequence[str]
) -> dict[scoring.Place, tuple[str | None, ...]]:
    """What each source says of each sentence on one layer: (review_id, start, end) and a label for each.

    None is a missing mark. Whoever gave a sentence a stage and no grade gave it grade 0, `none`; whoever
    gives no stages at all has read the reviews in which they mark this layer. Raises `TableError` for a
    layer that is not one of sentences.
    """
    if layer not in _GROUPS:
        raise TableError(f"There is no layer of sentences {layer!r}. There is: {', '.join(SENTENCE_LAYERS)}.")
    said = []
    for source in sources:
        part = evidence[(evidence["source"] == source) & ~evidence["label"].isin(["warning", "withholding"])]
        staged = set(scoring.by_place(part, "structure"))
        read = set(part.loc[part["layer"] == layer, "review_id"]) if not staged else set()
        said.append((scoring.by_place(part, layer), staged, read))
    blank = "none" if layer == "spoilers" else None
    return {
        place: tuple(
            given.get(place, blank if place in staged or place[0] in read else None)
            for given, staged, read in said
        )
        for place in scoring.places(sentences, list(dict.fromkeys(sentences["review_id"])))
    }


def _answer(q: _Question, weights: npt.NDArray[np.int64]) -> tuple[object, ...]:
    """One row: the measure on all reviews, and its percentiles over the resamples."""
    value = float(q.compute(q.counts.sum(0)))
    spread = q.compute(np.tensordot(weights, q.counts, axes=1))
    return q.layer, q.label, q.unit, q.n, q.measure, value, *interval(spread, len(q.counts))


def _nominal(
    layer: str, label: str, unit: str, pairs: dict[str, list[tuple[Any, Any]]]
) -> Iterator[_Question]:
    """Raw agreement, kappa and alpha on pairs of labels, by review."""
    labels = sorted({label for found in pairs.values() for pair in found for label in pair})
    tables = [contingency([a for a, _ in found], [b for _, b in found], labels) for found in pairs.values()]
    counts = np.array(tables).reshape(len(pairs), len(labels), len(labels))
    n = int(counts.sum())
    if n:
        yield _Question(layer, label, unit, "raw", n, counts, raw_agreement)
        yield _Question(layer, label, unit, "kappa", n, counts, kappa)
        yield _Question(layer, label, unit, "alpha", n, counts + counts.transpose(0, 2, 1), alpha)


def _f1s(unit: str, measure: str, counts: dict[scoring.Question, Counts]) -> Iterator[_Question]:
    """F1 of each label that somebody used; n is how often the first reader did."""
    for (layer, label), each in counts.items():
        if each.any():
            yield _Question(layer, label, unit, measure, int(each[:, [0, 2]].sum()), each, scoring.f1)


def _of_sentences(
    pair: list[pd.DataFrame], sentences: pd.DataFrame, reviews: list[str]
) -> Iterator[_Question]:
    """Stage, description against comment, grade and attitude, sentence by sentence."""
    graded = [part[~part["label"].isin(["warning", "withholding"])] for part in pair]
    of = {layer: [scoring.by_place(part, layer) for part in graded] for layer in _GROUPS}
    staged = [p for p in scoring.places(sentences, reviews) if all(p in each for each in of["structure"])]
    for layer, (first, second) in of.items():
        pairs = [(p[0], first.get(p, "none"), second.get(p, "none")) for p in staged]
        if layer == "attitude":
            pairs = [each for each in pairs if "none" not in each]
        yield from _nominal(layer, "all", "sentences", _by_review(pairs, reviews))
        groups = _GROUPS[layer].items()
        counts = {(layer, name): scoring.labelled(pairs, labels, reviews) for name, labels in groups}
        yield from _f1s("sentences", "F1", counts)


def _by_review(pairs: list[tuple[str, str, str]], reviews: list[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {review: [] for review in reviews}
    for review, one, other in pairs:
        found[review].append((one, other))
    return found


def _of_spans(pair: list[pd.DataFrame], reviews: list[str]) -> Iterator[_Question]:
    """F1 of each label of spans: the same words, and words that overlap."""
    for layer, labels in _SPANS.items():
        for measure, exact in (("F1", True), ("F1 overlapping", False)):
            yield from _f1s(
                "spans", measure, scoring.spans_met(layer, labels, pair[0], pair[1], reviews, exact=exact)
            )


def _of_verdicts(verdicts: pd.DataFrame, between: Sequence[str], reviews: list[str]) -> Iterator[_Question]:
    """Perspective, stance and handling, review by review."""
    for layer, given in _given(verdicts, between).items():
        pairs = {r: [(given[0][r], given[1][r])] for r in reviews if r in given[0] and r in given[1]}
        if len(pairs) == len(reviews):
            yield from _nominal(layer, _named(layer), "reviews", pairs)


def _given(verdicts: pd.DataFrame, sources: Sequence[str]) -> dict[str, list[dict[str, str]]]:
    """For each layer the verdict of each source on each review."""
    schema.check(verdicts, "verdicts", ("review_id", "layer", "label", "source"))
    found = {}
    for layer in dict.fromkeys(verdicts["layer"]):
        rows = verdicts[verdicts["layer"] == layer]
        parts = (rows[rows["source"] == source] for source in sources)
        found[layer] = [dict(zip(part["review_id"], part["label"], strict=True)) for part in parts]
    return found


def _named(layer: str) -> str:
    return "handling" if layer == "spoilers" else "all"


# ---- any number of sources ----

_Units = dict[str, list[tuple[str | None, ...]]]
"""For each review its units, and of each unit a label for each source."""


def _of_many_sentences(
    evidence: pd.DataFrame, sentences: pd.DataFrame, sources: Sequence[str], reviews: list[str]
) -> Iterator[_Question]:
    """Stage, grade and attitude as a whole, and each label against all others."""
    for layer, kinds in _GROUPS.items():
        units: _Units = {review: [] for review in reviews}
        for (review, _, _), labels in units_of(evidence, sentences, layer, sources).items():
            if review in units:
                units[review].append(labels)
        yield from _alphas(layer, "all", "sentences", units)
        for name, inside in kinds.items():
            told = {review: [_told(labels, inside) for labels in rows] for review, rows in units.items()}
            if any("yes" in labels for rows in told.values() for labels in rows):
                yield from _alphas(layer, name, "sentences", told)


def _told(labels: tuple[str | None, ...], inside: set[str]) -> tuple[str | None, ...]:
    return tuple(None if label is None else "yes" if label in inside else "no" for label in labels)


def _of_many_verdicts(
    verdicts: pd.DataFrame, sources: Sequence[str], reviews: list[str]
) -> Iterator[_Question]:
    for layer, given in _given(verdicts, sources).items():
        units: _Units = {review: [tuple(labels.get(review) for labels in given)] for review in reviews}
        yield from _alphas(layer, _named(layer), "reviews", units)


def _alphas(layer: str, label: str, unit: str, units: _Units) -> Iterator[_Question]:
    """The share of pairs that agree, and alpha, of units with two labels or more."""
    labels = sorted({label for rows in units.values() for row in rows for label in row if label is not None})
    n = sum(sum(label is not None for label in row) > 1 for rows in units.values() for row in rows)
    if n:
        counts = np.array([coincidences(rows, labels) for rows in units.values()])
        yield _Question(layer, label, unit, "raw", n, counts, raw_agreement)
        yield _Question(layer, label, unit, "alpha", n, counts, alpha)
