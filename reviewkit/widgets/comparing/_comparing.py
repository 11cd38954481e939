"""Which sentences are asked for, how many has each group, and how sure is that?

Pure functions behind the comparison pane: the labels of every sentence, the choices of its controls, the
sentences that fit them, counts and rates by group with the intervals of `rk.compare` (resampled reviews).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ...comparisons import sampling
from ...comparisons.counting import KINDS, LABELS
from ...comparisons.grouping import UNKNOWN, groups, in_order
from ...errors import TableError
from ...handling import GRADE_OF, handlings
from ...looks.blocks import shown

__all__ = ["FILTERS", "MOST", "choices", "first_columns", "fitting", "grouped", "groupings"]
__all__ += ["labels_of", "one_source", "rate", "tags", "with_handling"]

FILTERS = {"stage": "structure", "attitude": "attitude", "grade": "spoilers", "device": "devices"}
"""The controls that filter, and the layer of evidence that each asks."""
MOST = 5
"""So many groups stand side by side at most."""
_NONE = {"grade": "grade 0", "device": "no device"}
_GRADES = {label: f"grade {grade}: {label}" for label, grade in GRADE_OF.items()}
_GRADES |= {"grade 0": "grade 0: gives nothing away"}
_PAIRS: tuple[tuple[str, ...], ...] = (
    ("book-reader", "film-only"),
    ("book-first", "film-first", "film-only"),
    ("warned", "unwarned"),
)
_PAIRS += (("favourable", "unfavourable"), ("stated", "implied"))
_LAYERS = {"perspective": "perspective", "order": "perspective", "handling": "spoilers", "stance": "stance"}
_COLUMNS = {"stars": "rating", "year": "date"}

Floats = npt.NDArray[np.float64]


def one_source(table: pd.DataFrame, what: str) -> str:
    """Whose labels a table has; raises `TableError` where labels of several sources stand in it."""
    sources = list(table["source"].dropna().unique()) if "source" in table else []
    if len(sources) > 1:
        raise TableError(
            f"This table of {what} is by {', '.join(map(repr, sources))}: their labels would be counted "
            f"twice. Give one of them: {what}[{what}['source'] == {sources[0]!r}]."
        )
    return str(sources[0]) if sources else "unnamed"


def labels_of(sentences: pd.DataFrame, marks: pd.DataFrame) -> dict[str, list[frozenset[str]]]:
    """For each layer of the marks, the labels that touch each sentence, in the order of the sentences."""
    touched: dict[str, list[set[str]]] = {
        str(layer): [set() for _ in range(len(sentences))] for layer in marks["layer"].unique()
    }
    places: dict[str, list[tuple[int, int, int]]] = {}
    columns = (sentences[name] for name in ("review_id", "start", "end"))
    for row, (review, start, end) in enumerate(zip(*columns, strict=True)):
        places.setdefault(review, []).append((row, start, end))
    columns = (marks[name] for name in ("review_id", "layer", "label", "start", "end"))
    for review, layer, label, start, end in zip(*columns, strict=True):
        for row, first, last in places.get(review, ()):
            if start < last and first < end:
                touched[layer][row].add(label)
    return {layer: [frozenset(labels) for labels in rows] for layer, rows in touched.items()}


def choices(labels: Mapping[str, Sequence[frozenset[str]]]) -> list[dict[str, Any]]:
    """The controls that there are: `name`, and `options`: `value`, `text`, `n` (sentences that fit)."""
    made = []
    for name, layer in FILTERS.items():
        if layer not in labels:
            continue
        seen = {label for row in labels[layer] for label in row}
        known = [label for label in LABELS[layer] if label in seen]
        values = [*KINDS.get(layer, ()), *known, *sorted(seen - set(known))]
        values = [_NONE[name], *values] if name == "grade" else [*values, *filter(None, [_NONE.get(name)])]
        options = [
            {"value": value, "text": _said(name, value), "n": len(_fitting(labels, name, value))}
            for value in values
        ]
        made.append({"name": name, "options": [option for option in options if option["n"]]})
    return made


def _said(name: str, value: str) -> str:
    return shown(_GRADES.get(value, value) if name == "grade" else value)


def fitting(labels: Mapping[str, Sequence[frozenset[str]]], wanted: Mapping[str, str], size: int) -> set[int]:
    """The rows of the sentences that fit every control; a control that is empty fits all."""
    rows = set(range(size))
    for name, value in wanted.items():
        if value:
            rows &= _fitting(labels, name, value)
    return rows


def _fitting(labels: Mapping[str, Sequence[frozenset[str]]], name: str, value: str) -> set[int]:
    layer = FILTERS[name]
    if value == _NONE.get(name):
        absent = set(GRADE_OF) if name == "grade" else None
        return {n for n, has in enumerate(labels[layer]) if not (has & absent if absent else has)}
    any_of = set(KINDS.get(layer, {}).get(value, (value,)))
    return {n for n, has in enumerate(labels[layer]) if has & any_of}


def tags(labels: Mapping[str, Sequence[frozenset[str]]], row: int) -> list[str]:
    """What a sentence is labelled, in the order of the controls; a device's name is enough."""
    said = []
    for layer in FILTERS.values():
        here = labels[layer][row] if layer in labels else frozenset()
        known = [label for label in LABELS[layer] if label in here]
        for label in [*known, *sorted(here - set(known))]:
            said.append(shown(f"grade {GRADE_OF[label]}" if label in GRADE_OF else label))
    return said


def groupings(reviews: pd.DataFrame, verdicts: pd.DataFrame) -> list[str]:
    """By what these reviews can be grouped: what their verdicts answer, and what the page tells."""
    known = set(verdicts["layer"])
    told = [by for by, layer in _LAYERS.items() if layer in known]
    has = {by for by, column in _COLUMNS.items() if column in reviews and reviews[column].notna().any()}
    return [*told, *(by for by in _COLUMNS if by in has)]


def grouped(reviews: pd.DataFrame, verdicts: pd.DataFrame, by: Any, known: Iterable[str]) -> pd.Series:
    """The group of every review, as `rk.groups` gives it, from these verdicts."""
    if isinstance(by, str) and by in _LAYERS and by not in known:
        layer = "spoilers" if by == "handling" else "perspective" if by == "order" else by
        raise TableError(
            f"These reviews have no verdicts on {layer}. Give them: verdicts=rk.decide(rk.read(data, "
            f"{layer!r}), data), or take another grouping: {', '.join(map(repr, known)) or 'a dictionary'}."
        )
    given = verdicts.assign(source="given")
    labels = SimpleNamespace(evidence=pd.DataFrame({"source": ["given"]}), verdicts=given)
    page: Any = SimpleNamespace(reviews=reviews, labels=labels)
    return groups(page, by, source="given")


def with_handling(verdicts: pd.DataFrame, marks: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """The verdicts, and where they have none on spoilers, those that follow from the marks."""
    if "spoilers" in set(verdicts["layer"]) or not (marks["layer"] == "spoilers").any():
        return verdicts
    found = handlings(marks[marks["layer"] == "spoilers"], reviews)
    return pd.concat([verdicts, found], ignore_index=True) if len(verdicts) else found


def first_columns(names: pd.Series) -> list[str]:
    """The groups that a pane begins with: the ones that a grouping is about, else the two largest."""
    sizes = names.value_counts()
    every = in_order(sizes.index)
    for pair in _PAIRS:
        if set(pair[:2]) <= set(every):
            return [name for name in pair if name in every]
    if all(name.endswith((" star", " stars", UNKNOWN)) for name in every):
        given = [name for name in every if name != UNKNOWN]
        return [given[-1], given[0]] if len(given) > 1 else every[:2]
    largest = sorted((n for n in every if n != UNKNOWN), key=lambda name: -sizes[name])[:2]
    return [name for name in every if name in largest] or every[:1]


@lru_cache(maxsize=16)
def _weights(size: int) -> Floats:
    return sampling.resamples_of(size, resamples=2000, seed=1).astype("float64")


def rate(count: Floats, of: Floats, per: int) -> dict[str, float | None]:
    """How often per so many, and a 95 % interval over reviews as in `rk.compare`; None for none."""
    total, size = count.sum(), of.sum()
    if not size:
        return {"rate": None, "low": None, "high": None}
    low = high = float("nan")
    if total not in (0, size):
        weights = _weights(len(count))
        with np.errstate(divide="ignore", invalid="ignore"):
            low, high = sampling.interval((weights @ count) / (weights @ of), len(count))
    found = {"rate": total / size, "low": low, "high": high}
    return {name: None if np.isnan(value) else float(value) * per for name, value in found.items()}
