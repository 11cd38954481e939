"""What is shown of a class's readings? Figures, matrices and choices, as plain values ready to be drawn.

Readings and decisions in, dictionaries out. None of them holds words of a review; these are cut, under the
veil, in `_places`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ...comparisons.class_agreeing import labels_met, people_met
from ...comparisons.sampling import FEW
from ...comparisons.together import Readings
from ...looks.blocks import shown
from ..marking._marking import VERDICTS
from ..reading._rows import MANUAL, legend
from ._deciding import answer

__all__ = [
    "choices",
    "figures",
    "labelled",
    "limits",
    "matrix_of_labels",
    "matrix_of_people",
    "overview",
    "said_of",
    "span_of",
]

_ORDER = {"sentences": "sentence", "spans": "passage", "reviews": "review"}
_GRADES = ("none", "minor", "major", "everything")


def labelled(evidence: pd.DataFrame) -> list[dict[str, Any]]:
    """Every label that somebody gave or could give, with its sign and code."""
    manual = [(layer, label) for layer, labels in MANUAL.items() for label in labels]
    given = list(zip(evidence["layer"].astype(str), evidence["label"].astype(str), strict=True))
    pairs = dict.fromkeys([*manual, *given])
    return legend(pd.DataFrame(list(pairs), columns=["layer", "label"]))


def figures(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of agreement: whose, how many, the value with its interval; missing figures are None."""
    rows = []
    for row in table.to_dict("records"):
        value, low, high = (
            None if pd.isna(row[name]) else float(row[name]) for name in ("value", "low", "high")
        )
        told = {name: row[name] for name in ("label", "measure", "n", "unit")}
        rows.append(told | {"text": shown(row["label"]), "value": value, "low": low, "high": high})
    return rows


def overview(tables: Sequence[tuple[str, pd.DataFrame]]) -> list[dict[str, Any]]:
    """For each layer the figure that tells most of it: alpha, of passages F1 of overlapping words."""
    rows = []
    for name, table in tables:
        whole = table[(table["label"] == "all") & table["measure"].isin(["alpha", "F1 overlapping"])]
        rows += [row | {"name": name, "text": shown(name)} for row in figures(whole)]
    return rows


def limits(readings: Readings, *, invented: bool, pair: bool) -> list[str]:
    """What these figures cannot show, in sentences; the most telling comes first."""
    read = (readings.codes >= 0).sum(1)
    reviews = int(readings.places["review_id"][read > 1].nunique())
    people = len(readings.people)
    unit = _ORDER[readings.layer.kind]
    said = ["Agreement is not truth: a class can agree on a misreading. Read the sentences behind a figure."]
    if reviews < FEW:
        said.append(f"{reviews} of the reviews were read by two or more: fewer than three have no interval.")
    elif reviews < 10:
        said.append(f"Only {reviews} reviews were read by two or more: such intervals are too narrow.")
    said.append(
        "Intervals resample reviews, not people: they speak of other reviews of this kind read by these "
        f"{people} people, not of other classes."
    )
    few = int((read < 2).sum())
    if few:
        said.append(
            f"{few:,} of {len(read):,} {unit}s were labelled by fewer than two people and count for nothing."
        )
    if readings.layer.kind == "spans":
        said.append(
            "F1 is not corrected for chance, and leaves aside the words that nobody marked. Whoever marked "
            "nothing at all in a review has not read it, as far as is known here."
        )
    elif pair:
        said.append("Kappa and alpha fall when one label dominates, whatever the readers do.")
    else:
        said.append(
            "Alpha falls when one label dominates, whatever the readers do. Kappa is for two: choose two."
        )
    if invented:
        said.append(
            "These reviews were invented: what is agreed on about them supports no claim about audiences."
        )
    return said


def matrix_of_labels(readings: Readings) -> dict[str, Any]:
    """Label against label: how often they met; the darker, the more often two readers differed so."""
    met = labels_met(readings)
    off = met[~np.eye(len(met), dtype=bool)]
    top = float(off.max()) if off.size else 0.0
    names = [shown(label) for label in readings.labels]
    two = len(readings.people) == 2
    cells = [
        [
            None
            if not two and b < a
            else {"n": int(n), "shade": 0 if a == b or not top else round(n / top, 3)}
            for b, n in enumerate(row)
        ]
        for a, row in enumerate(met.tolist())
    ]
    return {"of": "labels", "rows": names, "columns": names, "keys": list(readings.labels), "cells": cells}


def matrix_of_people(readings: Readings) -> dict[str, Any]:
    """Person against person: how far they agree; the darker, the less."""
    table = people_met(readings)
    measure = {"sentences": "kappa", "reviews": "raw agreement", "spans": "F1 of overlapping words"}
    values = table.to_numpy()
    known = values[~np.isnan(values) & ~np.eye(len(values), dtype=bool)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    wide = (high - low) or 1.0
    cells = [
        [
            None
            if b >= a
            else {"v": None if np.isnan(v) else round(v, 3), "shade": 0 if np.isnan(v) else (high - v) / wide}
            for b, v in enumerate(row)
        ]
        for a, row in enumerate(values.tolist())
    ]
    names = list(table.index)
    return {"of": "people", "rows": names, "columns": names, "keys": names, "cells": cells} | {
        "measure": measure[readings.layer.kind]
    }


def said_of(readings: Readings, n: int, notes: Mapping[tuple[str, int], str]) -> list[dict[str, Any]]:
    """Who gave which reading of a place, the most frequent first, with their notes."""
    groups: dict[int, list[dict[str, Any]]] = {}
    for who, (name, code) in enumerate(zip(readings.people, readings.codes[n].tolist(), strict=True)):
        if code >= 0:
            groups.setdefault(code, []).append({"who": name, "note": shown(notes.get((name, who), ""))})
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [{"label": shown(readings.labels[code]), "people": people} for code, people in ranked]


def choices(readings: Readings, n: int) -> list[dict[str, Any]]:
    """The labels that can be decided on, and how many gave each; of a passage only whether it is one."""
    layer = readings.layer
    if layer.kind == "spans":
        return []
    given = {
        readings.labels[c]: int((readings.codes[n] == c).sum())
        for c in set(readings.codes[n].tolist())
        if c >= 0
    }
    if layer.name == "spoilers":
        known: Sequence[str] = _GRADES
    elif layer.kind == "reviews":
        known = VERDICTS.get(layer.layer, ())
    else:
        known = [*MANUAL.get(layer.layer, ()), *(["none"] if layer.name == "attitude" else [])]
    rest = [label for label in given if label not in known]
    return [{"value": label, "text": shown(label), "n": given.get(label, 0)} for label in [*known, *rest]]


def span_of(readings: Readings, n: int) -> list[dict[str, Any]]:
    """The words that can be decided on in a passage: what people marked, all of it, what all share."""
    edges: dict[tuple[int, int], list[str]] = {}
    for who, start, end in readings.spans[n]:
        edges.setdefault((start, end), []).append(readings.people[who])
    if not edges:
        return []
    found = [
        {"start": a, "end": b, "who": sorted(set(who)), "name": ""}
        for (a, b), who in sorted(edges.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    whole = (min(a for a, _ in edges), max(b for _, b in edges))
    shared = (max(a for a, _ in edges), min(b for _, b in edges))
    for name, (a, b) in (("all that anybody marked", whole), ("what everybody marked", shared)):
        if a < b and (a, b) not in edges:
            found.append({"start": a, "end": b, "who": [], "name": name})
    return found


def told(event: Mapping[str, Any] | None) -> str | None:
    """The label that was decided on, for the list."""
    return None if event is None else shown(answer(dict(event)))
