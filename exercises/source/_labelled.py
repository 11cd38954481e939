"""What the key of a page and its two annotators say of each sentence, and tasks that sort sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import sort
from reviewkit.exercises.tasks import Task

ANNOTATORS = ("annotator-1", "annotator-2")
WHO = ("key", *ANNOTATORS)
GRADES = {"minor": 1, "major": 2, "everything": 3}
LETTERS = "abcdefghij"
Slip = Callable[[str, str], tuple[str, str]]


@dataclass(frozen=True)
class Said:
    """A sentence, and by source the labels on it: (layer, label, start, end, also)."""

    review_id: str
    start: int
    end: int
    text: str
    labels: Mapping[str, Sequence[tuple[str, str, int, int, str]]]

    def of(self, layer: str, who: str = "key") -> list[str]:
        """The labels of a layer, by a source."""
        return [label for on, label, *_ in self.labels[who] if on == layer]

    def grade(self, who: str = "key") -> int:
        """How much it gives away, by a source."""
        return max((GRADES.get(label, 0) for label in self.of("spoilers", who)), default=0)

    def worst(self) -> int:
        """How much it gives away, by whoever finds most in it."""
        return max(self.grade(who) for who in WHO)

    def stage(self, who: str = "key") -> str:
        """What it does, by a source."""
        return next(iter(self.of("structure", who)), "other")

    def also(self) -> str:
        """The second stage that the key names; empty where there is none."""
        return next((also for on, *_, also in self.labels["key"] if on == "structure"), "")

    @property
    def plain(self) -> str:
        """Its words, with single spaces."""
        return " ".join(self.text.split())


def said(corpus: Corpus, without: Iterable[int] = ()) -> list[Said]:
    """Every sentence of a page; `without` are reviews of the kit's own page that the lesson talks about."""
    skipped = set(without) if corpus.page.name == "never-let-me-go" else set()
    evidence = corpus.labels.evidence
    by = {who: dict(iter(evidence[evidence["source"] == who].groupby("review_id"))) for who in WHO}
    columns = ["layer", "label", "start", "end", "runner_up"]
    rows = {
        who: {review: table[columns].to_numpy().tolist() for review, table in tables.items()}
        for who, tables in by.items()
    }
    found = []
    for review, start, end, text in (
        corpus.sentences[["review_id", "start", "end", "text"]].to_numpy().tolist()
    ):
        if number_of(review) in skipped:
            continue
        labels = {
            who: [
                (layer, label, a, b, also if isinstance(also, str) else "")
                for layer, label, a, b, also in rows[who].get(review, ())
                if a < end and start < b
            ]
            for who in WHO
        }
        found.append(Said(review, int(start), int(end), str(text), labels))
    return found


def number_of(review_id: str) -> int:
    """The number of a review on its page."""
    return int(review_id.rpartition("-")[2])


def variant(corpus: Corpus) -> int:
    """0 on the page for practice, 1 on any other: which of two invented passages is used."""
    return int(corpus.page.name != "never-let-me-go")


def spread(rows: Iterable[Said], most: int) -> list[Said]:
    """Some of these sentences, from as many reviews as possible."""
    left, taken = list(rows), list[Said]()
    while left and len(taken) < most:
        reviews = [row.review_id for row in taken]
        left.sort(key=lambda row: reviews.count(row.review_id))
        taken.append(left.pop(0))
    return taken


def mixed(rows: Iterable[tuple[Any, str]]) -> list[tuple[Any, str]]:
    """Items in an order that has nothing to do with their labels."""
    return sorted(rows, key=lambda row: [ord(c) * 7 % 31 for c in str(getattr(row[0], "plain", row[0]))[3:9]])


def verdict(corpus: Corpus, layer: str) -> pd.Series:
    """The key's verdict on each review."""
    table = corpus.verdicts[corpus.verdicts["layer"] == layer]
    return table.set_index("review_id")["label"]


def legend(labels: Mapping[str, str]) -> str:
    """The labels and what they mean, as a list."""
    return "\n".join(f"- *{label}*: {means}" for label, means in labels.items())


def sorting(
    rows: Sequence[tuple[str, str, Mapping[str, str]]],
    labels: Mapping[str, str],
    slip: Slip,
    *,
    id: str,
    judgement: bool = True,
    **more: Any,
) -> Task:
    """A task that sorts passages: for each its text, the key's label, and the labels of others.

    Wrong answers are one item with each label that nobody gave, all items alike, and half of them left.
    """
    letters = LETTERS[: len(rows)]
    items = {letter: text for letter, (text, _, _) in zip(letters, rows, strict=True)}
    right = {letter: label for letter, (_, label, _) in zip(letters, rows, strict=True)}
    sources = sorted({who for _, _, others in rows for who in others})
    readings = {
        who: {
            letter: others[who] for letter, (_, _, others) in zip(letters, rows, strict=True) if who in others
        }
        for who in sources
    }
    slips = {(r, g): slip(r, g) for r in labels for g in labels if r != g}
    form, key = sort(items, labels, right, slips, readings=readings)
    wrong: list[tuple[object, str]] = []
    for letter, label in right.items():
        for given in labels:
            if given != label and all(of.get(letter) != given for of in readings.values()):
                wrong.append(({**right, letter: given}, slip(label, given)[0]))
    half = dict([*right.items()][: len(right) // 2])
    wrong = [*wrong[:: max(1, len(wrong) // 12)], (half, "left-open")]
    wrong += [(dict.fromkeys(right, label), "all-alike") for label in labels if len({*right.values()}) > 2]
    more.setdefault("starter", f'{id} = ex.card("{id}")\n{id}')
    return Task(
        id=id,
        kind="verdicts" if judgement else "sort",
        judgement=judgement,
        answer=f"{id} = {right!r}",
        form=form,
        key=key,
        right=[right, [*right.values()], {k.upper(): f" {v.upper()} " for k, v in right.items()}],
        wrong=wrong,
        **more,
    )


def readings(row: Said, of: Callable[[Said, str], str]) -> dict[str, str]:
    """How each annotator reads a sentence."""
    return {who: of(row, who) for who in ANNOTATORS}
