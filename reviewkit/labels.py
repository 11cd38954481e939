"""What did careful readers say? Labels that people set by the coding manual, and the key that was agreed on.

Labels are kept apart from the texts: offsets, labels, and a hash of each sentence. So they can be shipped
for a page whose sentences belong to others, and are put back where a text is at hand whose sentences have
those hashes. Where a copy differs, labels are placed sentence by sentence as far as the hashes fit; the
rest is reported, never guessed. Known limits: a verdict on a whole review is placed only where all of its
sentences are there and no others; a review of which less than some forty characters fit is not found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from . import _paths, schema
from .handling import handlings

__all__ = ["Labels", "labels_of", "sentence_hash"]

_ENOUGH = 40  # characters of labelled sentences that must fit before two reviews are taken for the same
_STANDOFF = {
    "sentences": {"review_id": "str", "sentence": "int64", "start": "int64", "end": "int64", "sha256": "str"},
    "evidence": {
        "source": "str",
        "review_id": "str",
        "layer": "str",
        "label": "str",
        "start": "int64",
        "end": "int64",
        "also": "str",
    },
    "verdicts": {
        "source": "str",
        "review_id": "str",
        "layer": "str",
        "label": "str",
        "basis": "str",
        "order": "str",
    },
    "adjudication": {
        "review_id": "str",
        "layer": "str",
        "start": "Int64",
        "end": "Int64",
        "annotator_1": "str",
        "annotator_2": "str",
        "key": "str",
        "why": "str",
    },
}


@dataclass(frozen=True, eq=False)
class Labels:
    """What annotators said who worked apart, and the key: `source` tells them apart in every table."""

    evidence: pd.DataFrame
    """A table of evidence: sources `annotator-1`, `annotator-2`, `key`, and of a sample `annotator-3`."""
    verdicts: pd.DataFrame
    """A table of verdicts on perspective, stance and (computed from the evidence) spoilers."""
    adjudication: pd.DataFrame
    """Where the two differed: review_id, layer, start, end, annotator_1, annotator_2, key, why."""
    report: pd.DataFrame
    """What could not be placed: review_id (as it was labelled), sentence, what."""

    def __bool__(self) -> bool:
        return len(self.evidence) > 0


def sentence_hash(sentence: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a sentence in UTF-8."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


def labels_of(reviews: pd.DataFrame, sentences: pd.DataFrame, *, corpus: str | None = None) -> Labels:
    """The labels that the kit has for these reviews, placed on their words.

    Takes tables of reviews and sentences with their words as they were written (signatures unmasked). Looks
    into the labels of one `corpus`, or of all; gives empty tables where none fit.
    """
    schema.check(reviews, "reviews", ("review_id", "text"))
    schema.check(sentences, "sentences", ("review_id", "start", "end", "text"))
    folders = (
        [_paths.data() / corpus] if corpus else sorted(p.parent for p in _paths.data().glob("**/labels"))
    )
    folders = [folder / "labels" for folder in folders if (folder / "labels" / "sentences.csv").is_file()]
    found = [labels for folder in folders if (labels := _Placing(folder, reviews, sentences).labels())]
    return max(found, key=lambda each: len(each.evidence), default=_none())


def _none() -> Labels:
    empty = pd.DataFrame(columns=list(_STANDOFF["adjudication"]))
    return Labels(schema.empty("evidence"), schema.empty("verdicts"), empty, _report([]))


def _report(rows: list[tuple[str, int | None, str]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["review_id", "sentence", "what"])
    return table.astype({"review_id": "str", "sentence": "Int64", "what": "str"})


def standoff(folder: Path, name: str) -> pd.DataFrame:
    """One of the files that labels are kept in; `_STANDOFF` names them and their columns."""
    return pd.read_csv(folder / f"{name}.csv", dtype=_STANDOFF[name], keep_default_na=False, na_values=[""])


class _Placing:
    """One folder of labels, put onto reviews and sentences that may differ from those that were labelled."""

    def __init__(self, folder: Path, reviews: pd.DataFrame, sentences: pd.DataFrame) -> None:
        self.folder = folder
        self.reviews = reviews
        self.texts = dict(zip(reviews["review_id"], reviews["text"].fillna(""), strict=True))
        self.here = _by_review(sentences.assign(sha256=[sentence_hash(text) for text in sentences["text"]]))
        self.labelled = _by_review(standoff(folder, "sentences"))
        self.missing: list[tuple[str, int | None, str]] = []

    def labels(self) -> Labels | None:
        """All labels that fit; None where no review does."""
        if not self.places:
            return None
        evidence = self._evidence()
        return Labels(evidence, self._verdicts(evidence), self._placed_adjudication, _report(self.missing))

    @cached_property
    def places(self) -> dict[str, tuple[str, dict[int, int]]]:
        """For each labelled review its review here, and which of its sentences is which, both counted from
        0."""
        found: dict[str, tuple[str, dict[int, int]]] = {}
        taken: set[str] = set()
        sets = {review: {s.sha256 for s in rows} for review, rows in self.here.items()}
        for labelled, rows in self.labelled.items():
            fits = {
                r: sum(s.end - s.start for s in rows if s.sha256 in sets[r]) for r in sets if r not in taken
            }
            best = max(fits, key=lambda r: (fits[r], r == labelled), default=None)
            if best is None or fits[best] < _ENOUGH:
                self.missing.append((labelled, None, "No review here has its sentences."))
                continue
            taken.add(best)
            hashes = [s.sha256 for s in rows], [s.sha256 for s in self.here[best]]
            blocks = SequenceMatcher(None, *hashes, autojunk=False).get_matching_blocks()
            pairs = {a + i: b + i for a, b, size in blocks for i in range(size)}
            found[labelled] = best, pairs
            gone = [s.sentence for n, s in enumerate(rows) if n not in pairs]
            self.missing += [(labelled, s, "No sentence here has its hash.") for s in gone]
        return found

    def _moved(self, review: str, start: int, end: int) -> tuple[str, int, int] | None:
        """Where labelled words stand here; None where a sentence of theirs is missing, or others came
        between."""
        if review not in self.places:
            return None
        here, pairs = self.places[review]
        rows = self.labelled[review]
        touched = [n for n, s in enumerate(rows) if s.start < end and start < s.end]
        moved = [pairs.get(n) for n in touched]
        first = moved[0] if moved else None
        if first is None or moved != list(range(first, first + len(moved))):
            return None
        last = self.here[here][first + len(moved) - 1]
        new_start = self.here[here][first].start + start - rows[touched[0]].start
        return here, new_start, last.start + end - rows[touched[-1]].start

    def _evidence(self) -> pd.DataFrame:
        columns: dict[str, list[object]] = {name: [] for name in schema.TABLES["evidence"]}
        why = {
            (row.review_id, row.layer, row.key, row.start, row.end): row.why
            for row in _rows(self._placed_adjudication)
            if isinstance(row.key, str)
        }
        for row in _rows(standoff(self.folder, "evidence")):
            if (place := self._moved(row.review_id, row.start, row.end)) is None:
                continue
            review, start, end = place
            reason = why.get((review, row.layer, row.label, start, end)) if row.source == "key" else None
            values = (review, row.layer, row.label, start, end, self.texts[review][start:end])
            for name, value in zip(columns, (*values, None, reason, row.also, row.source), strict=True):
                columns[name].append(value)
        return schema.frame("evidence", columns)

    @cached_property
    def whole(self) -> dict[str, str]:
        """The labelled reviews that are here sentence for sentence, and which they are."""
        same = {
            review: here
            for review, (here, pairs) in self.places.items()
            if len(pairs) == len(self.labelled[review]) == len(self.here[here])
        }
        self.missing += [
            (r, None, "Its text differs: no verdict on it.") for r in self.places if r not in same
        ]
        return same

    def _verdicts(self, evidence: pd.DataFrame) -> pd.DataFrame:
        stored = standoff(self.folder, "verdicts")
        stored = stored[stored["review_id"].isin(self.whole)]
        stored = stored.assign(review_id=stored["review_id"].map(self.whole))
        counts = evidence.groupby(["source", "review_id", "layer"]).size().to_dict()
        keys = zip(stored["source"], stored["review_id"], stored["layer"], strict=True)
        columns = {
            name: list(stored[name]) for name in ("review_id", "layer", "label", "basis", "order", "source")
        }
        said = schema.frame("verdicts", {**columns, "spans": [counts.get(key, 0) for key in keys]})
        whole = self.reviews[self.reviews["review_id"].isin(self.whole.values())]
        handled = []
        for _, part in evidence.groupby("source", sort=False):
            labelled = part.loc[part["layer"] == "structure", "review_id"]
            handled.append(handlings(part, whole[whole["review_id"].isin(labelled)]))
        return pd.concat([said, *handled], ignore_index=True)

    @cached_property
    def _placed_adjudication(self) -> pd.DataFrame:
        table = standoff(self.folder, "adjudication")
        return pd.DataFrame(list(self._adjudicated(table)), columns=table.columns).astype(
            _STANDOFF["adjudication"]
        )

    def _adjudicated(self, table: pd.DataFrame) -> Iterator[tuple[object, ...]]:
        for row in _rows(table):
            if pd.isna(row.start):
                if row.review_id in self.whole:
                    yield (self.whole[row.review_id], *row[1:])
            elif place := self._moved(row.review_id, row.start, row.end):
                yield (place[0], row.layer, *place[1:], *row[4:])


def _rows(table: pd.DataFrame) -> Iterable[Any]:
    """The rows of a table; a row's columns are its attributes."""
    return table.itertuples(index=False)


def _by_review(sentences: pd.DataFrame) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in _rows(sentences):
        found.setdefault(row.review_id, []).append(row)
    return found
