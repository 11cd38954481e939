"""A page of a few one-sentence-long ideas with labels set by hand, for tests that count."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd

import reviewkit as rk
from reviewkit import schema


def small(
    reviews: dict[str, list[tuple[str, str]]],
    *,
    perspective: dict[str, str] | None = None,
    order: dict[str, str] | None = None,
    invented: bool = False,
    source: str = "key",
    **columns: list[object],
) -> Any:
    """A corpus of reviews, each a list of (sentence, stage), joined by blanks; verdicts as given."""
    texts = {review: " ".join(text for text, _ in told) for review, told in reviews.items()}
    table = schema.frame(
        "reviews",
        {
            "review_id": [*texts],
            "position": [*range(1, len(texts) + 1)],
            "text": [*texts.values()],
            **columns,
        },
    )
    cells: dict[str, list[object]] = {
        name: [] for name in ("review_id", "start", "end", "text", "label", "sentence")
    }
    for review, told in reviews.items():
        at = 0
        for number, (text, stage) in enumerate(told, 1):
            for name, value in zip(cells, (review, at, at + len(text), text, stage, number), strict=True):
                cells[name].append(value)
            at += len(text) + 1
    size = len(cells["start"])
    sentences = schema.frame(
        "sentences",
        {name: cells[name] for name in ("review_id", "sentence", "start", "end", "text")}
        | {"paragraph": [1] * size},
    )
    evidence = schema.frame(
        "evidence",
        {name: cells[name] for name in ("review_id", "label", "start", "end", "text")}
        | {"layer": ["structure"] * size, "source": [source] * size},
    )
    said = perspective or {}
    verdicts = schema.frame(
        "verdicts",
        {
            "review_id": [*said],
            "layer": ["perspective"] * len(said),
            "label": [*said.values()],
            "basis": ["stated"] * len(said),
            "order": [(order or {}).get(review) for review in said],
            "source": [source] * len(said),
        },
    )
    labels = rk.Labels(evidence, verdicts, pd.DataFrame(), pd.DataFrame())
    return SimpleNamespace(reviews=table, sentences=sentences, labels=labels, invented=invented, names=True)
