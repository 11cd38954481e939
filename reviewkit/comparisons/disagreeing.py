"""Where do readers part? The sentences that divide them, which label met which, and each pair of readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import log2

import pandas as pd

from .. import schema
from ..errors import TableError
from .agreeing import sources_of, units_of
from .measuring import Counts, alpha, contingency, kappa, raw_agreement

__all__ = ["confusions", "disagreements", "entropy", "pairwise"]

_EVIDENCE = ("review_id", "layer", "label", "start", "end", "source")


def _alpha(table: Counts) -> Counts:
    """Alpha of two readers, from how often each label of one met each of the other."""
    return alpha(table + table.T)


_MEASURES = {"kappa": kappa, "raw": raw_agreement, "alpha": _alpha}


def disagreements(
    evidence: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    layer: str = "structure",
    between: Sequence[str] | None = None,
    labels: tuple[str, str] | None = None,
) -> pd.DataFrame:
    """The sentences that divide their readers, those that divide them most at the head.

    Takes tables of evidence and sentences; `layer` is `structure`, `spoilers` or `attitude`, `between` two
    or more sources (None: everyone but the key and the rules), `labels` two labels that must both have been
    given. Gives review_id, start, end, text, readers (how many labelled it), labels (how often each), said
    (who said what), share (of the readers who chose the most frequent label), entropy (of the labels, in
    bits: 0 where all agree, 1 where two labels divide them evenly). Raises `TableError` for an unknown
    layer or source.

    >>> from reviewkit.corpus import load
    >>> corpus = load("the-great-gatsby")
    >>> len(disagreements(corpus.labels.evidence, corpus.sentences, between=("annotator-1", "key")))
    9
    """
    schema.check(evidence, "evidence", _EVIDENCE)
    sources = sources_of(evidence, between)
    texts = dict(
        zip(
            zip(*(sentences[c] for c in ("review_id", "start", "end")), strict=True),
            sentences["text"],
            strict=True,
        )
    )
    rows = []
    for place, given in units_of(evidence, sentences, layer, sources).items():
        counts = Counter(label for label in given if label is not None)
        if len(counts) > 1 and (labels is None or set(labels) <= set(counts)):
            ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            who = "; ".join(
                f"{s}: {label}" for s, label in zip(sources, given, strict=True) if label is not None
            )
            how = ", ".join(f"{label} {n}" for label, n in ranked)
            readers = sum(counts.values())
            share, divided = ranked[0][1] / readers, entropy(list(counts.values()))
            rows.append((*place, texts[place], readers, how, who, share, divided))
    columns = ["review_id", "start", "end", "text", "readers", "labels", "said", "share", "entropy"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["entropy", "share"], ascending=[False, True], kind="stable", ignore_index=True)


def entropy(counts: Sequence[int]) -> float:
    """Shannon's entropy of how often each label was given, in bits.

    >>> entropy([2, 2]), round(entropy([2, 1]), 3), entropy([3])
    (1.0, 0.918, 0.0)
    """
    total = sum(counts)
    return sum(n / total * log2(total / n) for n in counts if n)


def confusions(
    evidence: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    layer: str = "structure",
    between: tuple[str, str] = ("annotator-1", "annotator-2"),
) -> pd.DataFrame:
    """Which label of one source met which of another: label_1, label_2, count, for pairs that occur.

    Only sentences that both labelled count. `disagreements(..., between=..., labels=...)` has the sentences
    behind two labels. Raises `TableError` for an unknown layer or source, and for more than two.

    >>> from reviewkit.corpus import load
    >>> corpus = load("the-great-gatsby")
    >>> confusions(corpus.labels.evidence, corpus.sentences).columns.tolist()
    ['label_1', 'label_2', 'count']
    """
    schema.check(evidence, "evidence", _EVIDENCE)
    sources = sources_of(evidence, between)
    if len(sources) != 2:
        raise TableError(f"Labels meet between two sources, not {len(sources)}.")
    units = units_of(evidence, sentences, layer, sources).values()
    counts = Counter((one, other) for one, other in units if one is not None and other is not None)
    rows = [
        (one, other, n) for (one, other), n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return pd.DataFrame(rows, columns=["label_1", "label_2", "count"])


def pairwise(
    evidence: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    layer: str = "structure",
    between: Sequence[str] | None = None,
    measure: str = "kappa",
) -> pd.DataFrame:
    """How far each source agrees with each other on the sentences of one layer: a square table.

    Rows and columns are the sources of `between` (None: everyone but the key and the rules), in that order;
    `measure` is `kappa`, `raw` or `alpha`. Each pair is measured on the sentences that both labelled, and
    missing where there are none; `rk.agreement(between=pair)` has its interval. Raises `TableError` for an
    unknown layer, source or measure.

    >>> from reviewkit.corpus import load
    >>> corpus = load("the-great-gatsby")
    >>> pairwise(corpus.labels.evidence, corpus.sentences).shape
    (3, 3)
    """
    schema.check(evidence, "evidence", _EVIDENCE)
    if measure not in _MEASURES:
        raise TableError(f"There is no measure {measure!r}. There is: {', '.join(_MEASURES)}.")
    sources = sources_of(evidence, between)
    units = list(units_of(evidence, sentences, layer, sources).values())
    table = pd.DataFrame(
        1.0, index=pd.Index(sources, name="source"), columns=pd.Index(sources, name="source")
    )
    for i, j in combinations(range(len(sources)), 2):
        pairs = [(row[i], row[j]) for row in units if row[i] is not None and row[j] is not None]
        known = sorted({str(label) for pair in pairs for label in pair})
        counts = contingency([a for a, _ in pairs], [b for _, b in pairs], known)
        value = float(_MEASURES[measure](counts)) if pairs else float("nan")
        table.iloc[i, j] = table.iloc[j, i] = value
    return table
