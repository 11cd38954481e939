"""How near is my reading to another's, and what can so few marks not show?

The figures that go with `looking`: of spans F1, for the same words and for words that overlap; of labels
given to whole sentences, and of verdicts, raw agreement and Cohen's kappa. Sentences that only one of the
two labelled are misses and additions, and count in no kappa; a sentence without a grade has grade 0. Where
the other names a second label, either is right. Intervals (from three reviews up) draw whole reviews anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from .. import scoring
from ..splitting import sentence_spans
from .looking import by_sentence, readings_of, whole
from .measuring import Counts, contingency, kappa, raw_agreement
from .sampling import FEW, interval, resamples_of

__all__ = ["figures", "limits", "verdict_figures"]

_COLUMNS = ["layer", "label", "unit", "n", "measure", "value", "low", "high"]
_SPANS = {
    "perspective": ("book-reader", "film-only", "partial"),
    "spoilers": ("warning", "withholding"),
    "devices": scoring.DEVICES,
}
_WHOLE = ("structure", "attitude", "spoilers")


class _Figure(NamedTuple):
    layer: str
    label: str
    unit: str
    n: int
    measure: str
    counts: Counts
    compute: Callable[[Counts], Counts]


def figures(
    own: pd.DataFrame,
    other: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    layer: str,
    committed: Iterable[str],
    resamples: int = 1000,
    seed: int = 1,
) -> pd.DataFrame:
    """How near my marks on one layer are to another's, over the reviews that I have committed.

    Takes what `looking.look` takes. Gives layer, label (`all`, then each label of spans that somebody used),
    unit (`spans` or `sentences`), n (of spans: mine and theirs together; of sentences: those that both
    labelled), measure (`F1`, `F1 overlapping`, `raw`, `kappa`), value, low, high (95 % interval over
    reviews; missing for fewer than three).

    >>> from reviewkit.spans import evidence
    >>> reviews = pd.DataFrame({"review_id": ["a-01"], "text": ["Perhaps it is, I think, too slow."]})
    >>> mine = evidence(reviews, [("a-01", "Perhaps", "hedge"), ("a-01", "think", "hedge")], layer="devices")
    >>> key = evidence(reviews, [("a-01", "Perhaps", "hedge"), ("a-01", "I think", "hedge")], layer="devices")
    >>> figures(mine, key, reviews, layer="devices", committed=["a-01"])["value"].tolist()[:2]
    [0.5, 1.0]
    """
    chosen = [each for each in reviews["review_id"] if each in set(committed)]
    found: list[_Figure] = []
    if layer in _SPANS:
        found += _of_spans(own, other, layer, chosen)
    if layer in _WHOLE:
        texts = dict(zip(reviews["review_id"], reviews["text"].fillna(""), strict=True))
        found += _of_sentences(own, other, layer, {each: texts[each] for each in chosen})
    return _answered(found, len(chosen), resamples, seed)


def verdict_figures(
    own: pd.DataFrame, other: pd.DataFrame, *, layers: Sequence[str], resamples: int = 1000, seed: int = 1
) -> pd.DataFrame:
    """How often my verdicts are another's: raw agreement and kappa on each layer, as `figures` gives them."""
    found: list[_Figure] = []
    most = 0
    for layer in layers:
        mine, theirs = (
            dict(zip(rows["review_id"], rows["label"], strict=True))
            for table in (own, other)
            for rows in (table[table["layer"] == layer],)
        )
        pairs = {review: [(said, theirs[review])] for review, said in mine.items() if review in theirs}
        most = max(most, len(pairs))
        found += _nominal(layer, "reviews", pairs)
    return _answered(found, most, resamples, seed)


def limits(table: pd.DataFrame, reviews: int) -> list[str]:
    """What these figures cannot show, in sentences; `reviews` is how many were committed.

    >>> limits(pd.DataFrame(columns=["unit", "n", "measure", "value", "label"]), 1)
    ['There is nothing that both of you labelled: no figure.']
    """
    if not len(table) or not table["n"].sum():
        return ["There is nothing that both of you labelled: no figure."]
    said = []
    spans = table[(table["unit"] == "spans") & (table["label"] == "all")]
    if len(spans) and (n := int(spans["n"].iloc[0])):
        said.append(f"With {n} spans between you, one hit more or less moves F1 by {_two(2 / n)}.")
    sentences = table[(table["unit"] == "sentences") & (table["measure"] == "raw")]
    if len(sentences) and (n := int(sentences["n"].iloc[0])) < 50:
        said.append(f"{n} sentences: one more or less moves raw agreement by {_two(1 / n)}.")
    kappas = table.loc[table["measure"] == "kappa", "value"]
    if kappas.isna().any():
        said.append("Kappa has no value where both of you used one label throughout.")
    elif len(kappas) and (kappas < 0.4).any():
        said.append("Kappa is low where one label dominates, however often you agree: read the rows.")
    return [*said, _of_reviews(reviews)]


def _of_reviews(n: int) -> str:
    if n == 1:
        return "One review: the figure describes it, and says nothing of how you would read another."
    if n < FEW:
        return (
            f"{n} reviews are too few for an interval: sentences of one review are no independent witnesses."
        )
    if n < 10:
        return f"The interval draws your {n} reviews anew; of so few it is too narrow."
    return "The interval draws whole reviews anew, since sentences of one review hang together."


def _two(value: float) -> str:
    return f"{value:.2f}".removeprefix("0")


def _of_spans(own: pd.DataFrame, other: pd.DataFrame, layer: str, reviews: list[str]) -> list[_Figure]:
    """F1 of all labels together, and of each label that somebody used."""
    found = []
    of = [table[table["review_id"].isin(reviews)] for table in (own, other)]
    sizes = {
        label: sum(int(((t["layer"] == layer) & (t["label"] == label)).sum()) for t in of)
        for label in _SPANS[layer]
    }
    for measure, exact in (("F1", True), ("F1 overlapping", False)):
        counts = scoring.spans_met(layer, _SPANS[layer], of[1], of[0], reviews, exact=exact)
        together = sum(counts.values(), np.zeros((len(reviews), 3)))
        found.append(_Figure(layer, "all", "spans", sum(sizes.values()), measure, together, scoring.f1))
        for (_, label), each in counts.items():
            if sizes[label]:
                found.append(_Figure(layer, label, "spans", sizes[label], measure, each, scoring.f1))
    if not sum(sizes.values()):
        return []
    return sorted(found, key=lambda each: each.label != "all")


def _of_sentences(own: pd.DataFrame, other: pd.DataFrame, layer: str, texts: dict[str, str]) -> list[_Figure]:
    mine, theirs = readings_of(own, layer), readings_of(other, layer)
    pairs: dict[str, list[tuple[str, str]]] = {}
    for review, text in texts.items():
        one, two = (
            by_sentence((m for m in side.get(review, []) if whole(layer, m.label)), text)
            for side in (mine, theirs)
        )
        pairs[review] = []
        for place in ((start, end) for _, start, end in sentence_spans(text)):
            a, b = one.get(place), two.get(place)
            if a and b:
                pairs[review].append((b.label if a.label == b.second else a.label, b.label))
            elif layer == "spoilers":
                pairs[review].append((a.label if a else "none", b.label if b else "none"))
    return _nominal(layer, "sentences", pairs)


def _nominal(layer: str, unit: str, pairs: dict[str, list[tuple[str, str]]]) -> list[_Figure]:
    labels = sorted({label for found in pairs.values() for pair in found for label in pair})
    tables = [contingency([a for a, _ in found], [b for _, b in found], labels) for found in pairs.values()]
    counts = np.array(tables).reshape(len(pairs), len(labels), len(labels))
    n = int(counts.sum())
    if not n:
        return []
    measures = (("raw", raw_agreement), ("kappa", kappa))
    return [_Figure(layer, "all", unit, n, name, counts, compute) for name, compute in measures]


def _answered(found: list[_Figure], reviews: int, resamples: int, seed: int) -> pd.DataFrame:
    rows = []
    weights = resamples_of(max(reviews, 1), resamples=resamples if reviews >= FEW else 1, seed=seed)
    for each in found:
        value = float(each.compute(each.counts.sum(0)))
        low = high = float("nan")
        if reviews >= FEW and len(each.counts) == reviews:
            low, high = interval(each.compute(np.tensordot(weights, each.counts, axes=1)), reviews)
        rows.append((*each[:5], value, low, high))
    table = pd.DataFrame(rows, columns=_COLUMNS)
    return table if rows else table.astype(dict.fromkeys(("n", "value", "low", "high"), float))
