"""What divides a class? Everybody's readings of one layer side by side, and how far they part.

A place is a sentence (stage, grade, attitude), a passage (spans of one label that cover half of each other or
more), or a review (verdicts). At each place each person has one reading or none: who has not read a review
counts for nothing there. Somebody has read a review for a layer of spans where they marked anything in it and
this layer anywhere, or committed the layer there.

Known misreadings: spans that hang together like links of a chain make one passage; who marks one passage
twice counts once; a mark that is not a sentence counts for the sentences of which it covers half or more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from .. import schema, scoring
from ..errors import TableError
from .agreeing import SENTENCE_LAYERS, units_of
from .disagreeing import entropy
from .passages import Passage, Span, linked, said_of

__all__ = ["Layer", "Readings", "divisions", "layers_of", "readings_of", "snapped"]

_WARNINGS = ("warning", "withholding")
_ORDER = {
    "structure": scoring.STAGES,
    "spoilers": ("none", "minor", "major", "everything"),
    "attitude": ("positive", "mixed", "neutral", "negative"),
}
_REVIEWS = {"perspective": "perspective", "spoilers": "handling", "stance": "stance"}

Numbers = npt.NDArray[np.float64]


class Layer(NamedTuple):
    """What is asked: a name, the layer of the table, what is labelled: `sentences`, `spans`, `reviews`."""

    name: str
    layer: str
    kind: str


@dataclass(frozen=True, eq=False)
class Readings:
    """Everybody's readings of one layer: `codes[place, person]` is a position in `labels`, -1 if missing.

    `places` has review_id, start, end, about (of a passage, the label that somebody gave it); `spans` has for
    each passage who marked which words.
    """

    layer: Layer
    people: tuple[str, ...]
    labels: tuple[str, ...]
    places: pd.DataFrame
    codes: npt.NDArray[np.int64]
    spans: tuple[tuple[tuple[int, int, int], ...], ...] = ()

    @property
    def counts(self) -> Numbers:
        """How often each label was given at each place: (places, labels)."""
        counts: Numbers = self.given.sum(1)
        return counts

    @property
    def given(self) -> Numbers:
        """Whether this person gave this label at this place, 1 or 0: (places, people, labels)."""
        given: Numbers = (self.codes[:, :, None] == np.arange(len(self.labels))).astype("float64")
        return given

    def of(self, people: Sequence[str]) -> Readings:
        """The readings of these people only; raises `TableError` for somebody who is not there."""
        if unknown := [name for name in people if name not in self.people]:
            listed = ", ".join(self.people[:12])
            raise TableError(f"Nothing here was marked by {unknown[0]!r}. There is: {listed}.")
        at = [self.people.index(name) for name in people]
        new = {old: n for n, old in enumerate(at)}
        spans = tuple(tuple((new[p], a, b) for p, a, b in each if p in new) for each in self.spans)
        return Readings(self.layer, tuple(people), self.labels, self.places, self.codes[:, at], spans)


def layers_of(evidence: pd.DataFrame, verdicts: pd.DataFrame | None = None) -> list[Layer]:
    """The layers that somebody has labelled, in the coding manual's order, one's own tags behind them.

    Grades of spoilers are `spoilers`; warnings and withholding, which are spans, are `warnings`; verdicts are
    named after what they are about, such as `handling of the review`.

    >>> from reviewkit.corpus import load
    >>> [each.name for each in layers_of(load("the-great-gatsby").labels.evidence)]
    ['structure', 'spoilers', 'warnings', 'attitude', 'perspective', 'devices']
    """
    there = set(zip(evidence["layer"], evidence["label"].isin(_WARNINGS), strict=True))
    names = [name for name in SENTENCE_LAYERS if (name, False) in there]
    found = [Layer(name, name, "sentences") for name in names]
    if ("spoilers", True) in there:
        found.insert(names.index("spoilers") + 1 if "spoilers" in names else len(found), _warnings())
    rest = [name for name in dict.fromkeys(evidence["layer"]) if name not in SENTENCE_LAYERS]
    known = [name for name in ("perspective", "devices") if name in rest]
    found += [Layer(name, name, "spans") for name in [*known, *(n for n in rest if n not in known)]]
    said = set() if verdicts is None else set(verdicts["layer"])
    return found + [Layer(f"{n} of the review", k, "reviews") for k, n in _REVIEWS.items() if k in said]


def _warnings() -> Layer:
    return Layer("warnings", "spoilers", "spans")


def snapped(evidence: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The evidence with marks of stages, grades and attitudes moved to the sentences that they are about.

    A mark counts for each sentence of which it covers half or more; a shorter one for the sentence that it
    lies in. Other layers, warnings and withholding stay as they are. Takes and gives tables of evidence.

    >>> from reviewkit import sentences, spans
    >>> reviews = pd.DataFrame({"review_id": ["a"], "text": ["I wept. They meet at school."]})
    >>> mine = spans.evidence(reviews, [("a", "meet at school", "plot")], layer="structure")
    >>> snapped(mine, sentences(reviews))["text"].tolist()
    ['They meet at school.']
    """
    wanted = evidence["layer"].isin(SENTENCE_LAYERS) & ~evidence["label"].isin(_WARNINGS)
    of: dict[str, list[tuple[int, int, str]]] = {}
    for review, start, end, text in _rows(sentences, ("review_id", "start", "end", "text")):
        of.setdefault(review, []).append((start, end, text))
    at, cells = [], []
    places = _rows(evidence, ("review_id", "start", "end"))
    for n, (moves, (review, start, end)) in enumerate(zip(wanted, places, strict=True)):
        if moves:
            found = _touched(of.get(review, []), start, end)
            at += [n] * len(found)
            cells += found
        else:
            at.append(n)
            cells.append((start, end, None))
    moved = evidence.iloc[at].reset_index(drop=True)
    texts = [text if words is None else words for (*_, words), text in zip(cells, moved["text"], strict=True)]
    starts, ends = [start for start, *_ in cells], [end for _, end, _ in cells]
    return moved.assign(start=starts, end=ends, text=pd.array(texts, dtype="str"))


def _touched(sentences: list[tuple[int, int, str]], start: int, end: int) -> list[tuple[int, int, Any]]:
    """The sentences that a mark is about."""
    first = max(0, bisect_right(sentences, (start, 1 << 60, "")) - 1)
    near = []
    for one in sentences[first:]:
        if one[0] >= end:
            break
        near.append(one)
    half = [s for s in near if 2 * (min(s[1], end) - max(s[0], start)) >= s[1] - s[0]]
    most = max(near, key=lambda s: min(s[1], end) - max(s[0], start), default=None)
    return [*(half or ([most] if most and min(most[1], end) > max(most[0], start) else []))]


def readings_of(
    evidence: pd.DataFrame,
    sentences: pd.DataFrame,
    layer: Layer,
    *,
    verdicts: pd.DataFrame | None = None,
    people: Sequence[str] | None = None,
    committed: Collection[tuple[str, str, str]] = (),
) -> Readings:
    """Everybody's readings of one layer, place by place.

    Takes tables of evidence (its marks `snapped`), sentences and verdicts, and a `Layer` of `layers_of`;
    `people` are the sources (left out: everyone but the key and the rules), `committed` who has finished
    which review: (source, review_id, layer). Raises `TableError` for missing columns.

    >>> from reviewkit.corpus import load
    >>> corpus = load("the-great-gatsby")
    >>> stages = Layer("structure", "structure", "sentences")
    >>> said = readings_of(corpus.labels.evidence, corpus.sentences, stages)
    >>> said.people[:2], said.codes.shape[0] == len(corpus.sentences)
    (('annotator-1', 'annotator-2'), True)
    """
    schema.check(evidence, "evidence", ("review_id", "layer", "label", "start", "end", "source"))
    schema.check(sentences, "sentences", ("review_id", "start", "end", "text"))
    names = tuple(people if people is not None else _everyone(evidence, verdicts))
    if layer.kind == "reviews":
        return _of_reviews(layer, names, verdicts, sentences)
    if layer.kind == "spans":
        return _of_spans(layer, names, evidence, committed)
    units = units_of(evidence, sentences, layer.layer, names)
    found = [(*place, None) for place in units]
    return _readings(layer, names, found, list(units.values()))


def _everyone(evidence: pd.DataFrame, verdicts: pd.DataFrame | None) -> list[str]:
    sources = [*evidence["source"], *([] if verdicts is None else verdicts["source"])]
    return [name for name in dict.fromkeys(sources) if name not in ("key", "rule")]


def _readings(
    layer: Layer,
    people: tuple[str, ...],
    places: list[tuple[Any, ...]],
    given: Sequence[Sequence[str | None]],
    spans: tuple[tuple[tuple[int, int, int], ...], ...] = (),
) -> Readings:
    """Labels as codes; those of the coding manual stand in its order, `none` last where spans are asked."""
    used = dict.fromkeys(label for row in given for label in row if label is not None)
    known = _ORDER.get(layer.layer, scoring.DEVICES) if layer.kind != "reviews" else ()
    labels = [label for label in known if label in used and label != "none"]
    labels += sorted(label for label in used if label not in labels and label != "none")
    labels = [*(["none"] if layer.name == "spoilers" and "none" in used else []), *labels]
    labels += ["none"] if "none" in used and "none" not in labels else []
    code = {label: n for n, label in enumerate(labels)} | {None: -1}
    codes = np.array([[code[label] for label in row] for row in given], dtype="int64")
    table = pd.DataFrame(places, columns=["review_id", "start", "end", "about"])
    return Readings(layer, people, tuple(labels), table, codes.reshape(len(places), len(people)), spans)


def _of_reviews(
    layer: Layer, people: tuple[str, ...], verdicts: pd.DataFrame | None, sentences: pd.DataFrame
) -> Readings:
    rows = schema.empty("verdicts") if verdicts is None else verdicts[verdicts["layer"] == layer.layer]
    said = {(r, who): label for r, who, label in _rows(rows, ("review_id", "source", "label"))}
    ends: dict[str, int] = {}
    for review, end in _rows(sentences, ("review_id", "end")):
        ends[review] = max(end, ends.get(review, 0))
    places = [(review, 0, end, None) for review, end in ends.items()]
    return _readings(layer, people, places, [[said.get((r, who)) for who in people] for r in ends])


def _of_spans(
    layer: Layer,
    people: tuple[str, ...],
    evidence: pd.DataFrame,
    committed: Collection[tuple[str, str, str]],
) -> Readings:
    at = {name: n for n, name in enumerate(people)}
    evidence = evidence[evidence["source"].isin(list(people))]
    rows = evidence[evidence["layer"] == layer.layer]
    if layer.layer == "spoilers":
        rows = rows[rows["label"].isin(_WARNINGS)]
    working = set(rows["source"])
    touched = set(_rows(evidence[evidence["source"].isin(working)], ("source", "review_id")))
    touched |= {(who, review) for who, review, name in committed if name == layer.layer and who in at}
    read: dict[str, list[int]] = {}
    for who, review in touched:
        read.setdefault(review, []).append(at[who])
    marked: dict[tuple[str, str], list[Span]] = {}
    for review, label, start, end, who in _rows(rows, ("review_id", "label", "start", "end", "source")):
        marked.setdefault((review, label), []).append((at[who], start, end))
    passages = [Passage(*k, tuple(g)) for k, spans in marked.items() for g in linked(spans)]
    order = {review: n for n, review in enumerate(dict.fromkeys(evidence["review_id"]))}
    passages.sort(key=lambda p: (order[p.review], p.start, p.end))
    near: dict[str, list[Passage]] = {}
    for passage in passages:
        near.setdefault(passage.review, []).append(passage)
    given = [said_of(p, near[p.review], read[p.review], len(people)) for p in passages]
    places = [(p.review, p.start, p.end, p.label) for p in passages]
    return _readings(layer, people, places, given, tuple(p.spans for p in passages))


# ---- how far a place divides ----


def divisions(readings: Readings, *, by: str | None = None) -> pd.DataFrame:
    """How far each place divides its readers, those that divide them most at the head.

    `by` is `pairs` (the share of pairs of readers who differ; what sentences and reviews go by unless you
    say otherwise), `entropy` (of the labels, in bits), or, of passages, `points` (1 less the share of the
    code points marked by either that both marked, mean over pairs). Gives place (row of
    `readings.places`), review_id, start, end, about, readers, labels (how often each), said (who said what),
    share (of the most frequent), division, entropy. Places that fewer than two have read are left out.
    Raises `TableError` for an unknown measure.
    """
    known = ("points", "pairs", "entropy") if readings.layer.kind == "spans" else ("pairs", "entropy")
    by = by or known[0]
    if by not in known:
        raise TableError(f"There is no measure {by!r} here. There is: {', '.join(known)}.")
    rows = []
    for n, row in enumerate(readings.codes):
        counts = Counter(int(code) for code in row if code >= 0)
        readers = sum(counts.values())
        if readers < 2:
            continue
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        named = [(readings.labels[code], count) for code, count in ranked]
        pairs = 1 - sum(c * (c - 1) for c in counts.values()) / (readers * (readers - 1))
        bits = entropy(list(counts.values()))
        far = pairs if by == "pairs" else bits if by == "entropy" else _apart(readings, n)
        said = "; ".join(
            f"{w}: {readings.labels[c]}" for w, c in zip(readings.people, row, strict=True) if c >= 0
        )
        told = ", ".join(f"{label} {count}" for label, count in named)
        rows.append((n, readers, told, said, named[0][1] / readers, far, bits))
    columns = ["place", "readers", "labels", "said", "share", "division", "entropy"]
    table = pd.DataFrame(rows, columns=columns)
    table = readings.places.iloc[table["place"]].reset_index(drop=True).join(table)
    table = table[["place", *readings.places.columns, *columns[1:]]]
    return table.sort_values(["division", "readers"], ascending=False, kind="stable", ignore_index=True)


def _apart(readings: Readings, n: int) -> float:
    """1 less the overlap of two readers' words in a passage, mean over pairs; neither marking is agreeing."""
    cut = sorted({edge for _, start, end in readings.spans[n] for edge in (start, end)})
    wide = np.diff(cut).astype("float64")
    on = np.zeros((len(readings.people), len(wide)))
    for who, start, end in readings.spans[n]:
        on[who, cut.index(start) : cut.index(end)] = 1
    on = on[readings.codes[n] >= 0]
    shared = (on * wide) @ on.T
    either = shared.diagonal()[:, None] + shared.diagonal() - shared
    overlap = np.divide(shared, either, out=np.ones_like(shared), where=either > 0)
    first, second = np.triu_indices(len(on), 1)
    return float(1 - overlap[first, second].mean())


def _rows(table: pd.DataFrame, columns: tuple[str, ...]) -> Iterable[tuple[Any, ...]]:
    return zip(*(table[name].tolist() for name in columns), strict=True)
