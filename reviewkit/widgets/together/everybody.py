"""Who has labelled these reviews, and what may be looked at by now? Everybody's labels as one table.

Takes what lies on this computer (under whatever pseudonym), the files that others gave, and, where nobody
else has labelled a page, the kit's two annotators. Whoever labels meets the others' labels of a review when
they have labelled it themselves; whoever has labelled nothing, as at the front of a class, meets all of them.
Known misreading: a person who marked under two pseudonyms counts for two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ... import _paths, schema
from ...comparisons.agreeing import units_of
from ...comparisons.measuring import alpha, coincidences, raw_agreement
from ...comparisons.together import snapped
from ...errors import TableError
from ...marks.store import Store
from ...marks.table import corpus_of, evidence_of
from ...marks.troubles import StoreError
from ...marks.who import pseudonym
from ...tables import sentences as sentences_of
from ..cards.ask import gates_open
from ._gathering import Files, _wanted, gathered

__all__ = ["Everybody", "everybody"]

_EVERY_SENTENCE = ("structure", "attitude")
"""Layers of which every sentence gets a label: who has labelled all sentences is done."""
_SAME = ["source", "review_id", "layer", "start", "end"]


@dataclass(frozen=True, eq=False)
class Everybody:
    """Everybody's labels of one layer; printed, it says who is there and what is still missing."""

    marks: pd.DataFrame
    """A table of evidence; `source` says whose label it is."""
    notes: tuple[str, ...]
    """What could not be read, what is held back until you have labelled, who stands in for whom."""
    layer: str
    sentences: pd.DataFrame

    @property
    def people(self) -> list[str]:
        """Who has labelled something here."""
        return sorted(self.marks["source"].unique())

    @property
    def several(self) -> bool:
        """Whether there are two or more, so that there is something to compare."""
        return len(self.people) > 1

    def by_review(self) -> pd.DataFrame:
        """How far they agree, review by review: on a layer of sentences.

        Gives review_id, readers, sentences (that two or more labelled), raw (the share of pairs of labels
        that are the same), by_chance (that share, had the same labels been dealt blindly) and alpha
        (missing where all gave one label throughout). Raises `TableError` for a layer of spans.
        """
        rows = []
        for review, part in self.sentences.groupby("review_id", sort=False):
            found = self.marks[self.marks["review_id"] == review]
            people = list(dict.fromkeys(found["source"]))
            given = [] if not people else [*units_of(found, part, self.layer, people).values()]
            units = [unit for unit in given if sum(label is not None for label in unit) > 1]
            if units:
                rows.append((review, len(people), len(units), *_figures(units)))
        columns = ["review_id", "readers", "sentences", "raw", "by_chance", "alpha"]
        return pd.DataFrame(rows, columns=columns).round(2)

    def __repr__(self) -> str:
        counts = self.marks.groupby("source").size()
        there = ", ".join(f"{name} ({counts[name]} labels)" for name in self.people)
        return "\n".join([*([f"Labelled by {there}."] if there else []), *self.notes])


def everybody(
    data: Any,
    files: Files | None = None,
    *,
    layer: str = "attitude",
    reviews: Sequence[str] | None = None,
    without: str = "class-key",
) -> Everybody:
    """Put your labels and everybody else's beside each other, as far as you may look by now.

    `data` is a corpus, a page or a table of reviews; `files` are those of `rk.TogetherPane`, left out
    whatever lies in `my_work/class/`; `reviews` are the review_ids that are asked about (left out: all);
    `without` is the name under which decisions are kept, which are no labels. Marks are moved to their
    sentences. Others' labels of a review come when you have labelled all of it (any of it, for layers of
    spans), or if you have labelled nothing; `rk.open_gates()` shows all. Files that cannot be read are named
    in `notes`. Raises `TableError` for a table without text.

    >>> from reviewkit.corpus import load
    >>> found = everybody(load("the-great-gatsby"), pd.DataFrame())
    >>> found.several
    False
    """
    table = schema.check(getattr(data, "reviews", data), "reviews", ("review_id", "text"))
    asked = [str(name) for name in (table["review_id"] if reviews is None else dict.fromkeys(reviews))]
    cut = getattr(data, "sentences", None)
    sentences = cut if isinstance(cut, pd.DataFrame) else sentences_of(table)
    sentences = sentences[sentences["review_id"].isin(asked)]
    notes: list[str] = []
    marks = _joined([_kept(data, table, notes), _given(data, files, without, notes)])
    marks = marks[(marks["layer"] == layer) & (marks["source"] != without)]
    mine, here = pseudonym(), marks[marks["review_id"].isin(asked)]
    own = snapped(here[here["source"] == mine], sentences)
    done = _done(own, sentences, layer)
    others = here[here["source"] != mine]
    if others.empty:
        others = _annotators(data, layer, asked if gates_open() else done, notes)
    elif (marks["source"] == mine).any() and not gates_open():
        others = others[others["review_id"].isin(done)]
    notes += _missing(own, others, sentences, asked, done)
    return Everybody(_joined([own, snapped(others, sentences)]), tuple(notes), layer, sentences)


def _figures(units: list[tuple[str | None, ...]]) -> tuple[float, float, float]:
    """Raw agreement, agreement by chance, alpha."""
    met = coincidences(units, sorted({label for unit in units for label in unit if label is not None}))
    used, total = met.sum(1), met.sum()
    chance = float((used * (used - 1)).sum() / (total * (total - 1)))
    return float(raw_agreement(met)), chance, float(alpha(met))


def _kept(data: Any, table: pd.DataFrame, notes: list[str]) -> pd.DataFrame:
    """What lies in this computer's file of marks, under whatever pseudonym."""
    try:
        with Store() as store:
            events, _ = store.since(0, corpus=corpus_of(data))
    except StoreError as trouble:
        notes.append(str(trouble))
        return schema.empty("evidence")
    return evidence_of(events, table)[0]


def _given(data: Any, files: Files | None, without: str, notes: list[str]) -> pd.DataFrame:
    """What others gave."""
    if files is None:
        folder = _paths.work() / "class"
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        if not folder.is_dir() or not any(map(_is_one, folder.rglob("*"))):
            return schema.empty("evidence")
        files = folder
    if isinstance(files, pd.DataFrame) and files.empty:
        return schema.empty("evidence")
    try:
        found = gathered(files, data, without=without)
    except TableError as trouble:
        notes.append(str(trouble))
        return schema.empty("evidence")
    notes += [*found.notes, *(f"{name} was not read: {why}" for name, why in found.refused)]
    return found.evidence


def _is_one(path: Path) -> bool:
    return path.is_file() and _wanted(path.as_posix())


def _annotators(data: Any, layer: str, reviews: Iterable[str], notes: list[str]) -> pd.DataFrame:
    """The kit's annotators, on these reviews."""
    labels = getattr(data, "labels", None)
    there = schema.empty("evidence") if labels is None else labels.evidence
    there = there[(there["layer"] == layer) & there["source"].isin(["annotator-1", "annotator-2"])]
    if there.empty:
        notes.append(
            "Nobody else has labelled these reviews, and the kit has no annotators for this page. Put "
            "somebody's file into my_work/class, or choose the kit's own page at the top."
        )
    found = there[there["review_id"].isin([*reviews])]
    if len(found):
        notes.append("Nobody else's file is there, so the kit's two annotators stand in.")
    return found


def _done(own: pd.DataFrame, sentences: pd.DataFrame, layer: str) -> list[str]:
    """The reviews that are labelled: every sentence, or for layers that leave some out, anything."""
    labelled = own.drop_duplicates(["review_id", "start"]).groupby("review_id").size()
    whole = sentences.groupby("review_id").size()
    least = whole if layer in _EVERY_SENTENCE else whole.clip(upper=1)
    return [str(name) for name, n in labelled.items() if n >= least.get(name, 0)]


def _missing(
    own: pd.DataFrame, others: pd.DataFrame, sentences: pd.DataFrame, asked: list[str], done: list[str]
) -> list[str]:
    """What somebody who labels has still to label before they look."""
    labelled = own.drop_duplicates(["review_id", "start"]).groupby("review_id").size()
    whole = sentences.groupby("review_id").size()
    if own.empty and others.empty:
        return ["You have labelled nothing here yet. Do so, then run this cell again."]
    if own.empty:
        return []
    left = [name for name in asked if name not in done and name in whole]
    return [
        f"You have labelled {labelled.get(name, 0)} of {whole[name]} sentences of {name}. When you have "
        "labelled all, run this cell again."
        for name in left
    ]


def _joined(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Tables of evidence under each other, each label once."""
    full = [table for table in tables if len(table)]
    if not full:
        return schema.empty("evidence")
    return pd.concat(full, ignore_index=True).drop_duplicates(_SAME, ignore_index=True)
