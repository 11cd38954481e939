"""What stands side by side? The sentences and counts of each group, ready to draw, a page at a time.

Holds the tables of one comparison pane; what is asked comes in as an `Asked`, what is drawn goes out as plain
lists. Covered sentences are counted and listed, but none of their words is among what goes out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ...comparisons import sampling
from ...comparisons.grouping import in_order
from ...comparisons.words import tokens
from ...looks.blocks import shown
from ...veiling import GIVES_AWAY, Veil
from ._comparing import fitting, labels_of, rate, tags
from ._context import Hit, around, cut, found, sorted_by

__all__ = ["PAGE", "Asked", "Sides", "veiled"]

PAGE = 20
"""So many sentences of a group are listed at once."""
_NOBODY = (
    "Where nobody does a thing, or everybody, there is no interval; that none of n reviews does it leaves "
    "room for some 3 in n who would."
)
_VEILED = {
    1: "what gives away the premise or more",
    2: "what gives away a secret or the end",
    3: "what gives away the end",
}


def veiled(veil: Veil, lifted: bool) -> str:
    """What stays covered and by whose judgement, in a sentence; nothing where nothing does."""
    if veil.judge == "off":
        return ""
    what = _VEILED[veil.grade]
    return f"Uncovered: {what}." if lifted else f"Covered until asked for: {what}, {veil.whose}."


@dataclass(frozen=True)
class Asked:
    """What a reader asks for: a grouping and its columns, filters, words, how it is listed, which pages."""

    by: str
    columns: tuple[str, ...]
    filters: dict[str, str]
    words: str = ""
    context: bool = False
    sort: str = "follows"
    pages: dict[str, int] = field(default_factory=dict)


class Sides:
    """Sentences of all reviews with their labels, to be asked for by group."""

    def __init__(
        self, reviews: pd.DataFrame, texts: dict[str, str], sentences: pd.DataFrame, marks: pd.DataFrame
    ) -> None:
        here = sentences[sentences["review_id"].isin(reviews["review_id"])]
        self.sentences = here[["review_id", "sentence", "start", "end"]].reset_index(drop=True)
        self.texts = texts
        self.labels = labels_of(self.sentences, marks)
        self._marked = set(marks["review_id"])
        self._ids = list(texts)
        place = {review: n for n, review in enumerate(self._ids)}
        columns = (self.sentences[name] for name in ("review_id", "start", "end"))
        self._places = [(place[r], int(a), int(b)) for r, a, b in zip(*columns, strict=True)]
        self._of = np.array([at for at, _, _ in self._places], dtype="int64")
        given = reviews["position"] if "position" in reviews else pd.Series(dtype="Int64")
        self._numbers = [n if pd.isna(p) else int(p) for n, p in enumerate(given.reindex(reviews.index), 1)]
        stars = reviews["rating"] if "rating" in reviews else pd.Series(dtype="Int64")
        self._stars = [None if pd.isna(s) else int(s) for s in stars.reindex(reviews.index)]

    @cached_property
    def _words(self) -> npt.NDArray[np.float64]:
        return np.array([len(tokens(text)) for text in self.texts.values()], dtype="float64")

    def text_of(self, row: int) -> str:
        """The text of the review that a sentence belongs to."""
        return self.texts[self._ids[self._places[row][0]]]

    def place(self, row: int) -> tuple[str, int, int]:
        """The review of a sentence, and where it stands in it."""
        at, start, end = self._places[row]
        return self._ids[at], start, end

    def number(self, row: int) -> int:
        """The place on the page of a sentence's review."""
        return self._numbers[self._places[row][0]]

    def entries(self, asked: Asked, names: pd.Series) -> dict[str, list[Hit]]:
        """For each column what is listed: sentences that fit, or in context every place of the words."""
        rows = sorted(fitting(self.labels, asked.filters, len(self.sentences)))
        group = list(names.reindex(self._ids))
        made: dict[str, list[Hit]] = {name: [] for name in asked.columns}
        for row in rows:
            if (name := group[self._places[row][0]]) not in made:
                continue
            at, start, end = self._places[row]
            if not asked.words.strip():
                made[name] += [] if asked.context else [Hit(row, start, end)]
                continue
            hits = found(asked.words, self.texts[self._ids[at]][start:end])
            if asked.context:
                made[name] += [Hit(row, start + a, start + b) for a, b in hits]
            elif hits:
                made[name].append(Hit(row, start, end))
        if asked.context:
            made = {name: sorted_by(hits, self.text_of, asked.sort) for name, hits in made.items()}
        return made

    def left_out(self, asked: Asked, source: str) -> set[str]:
        """The reviews that nobody has labelled, where labels are asked for."""
        if source == "rule" or not any(asked.filters.values()):
            return set()
        return set(self._ids) - self._marked

    def counts(
        self, asked: Asked, names: pd.Series, entries: dict[str, list[Hit]], out: set[str]
    ) -> list[dict[str, Any]]:
        """One entry per column: reviews, sentences, words, how many fit, in how many reviews, the rate."""
        counted = names.reindex(self._ids)
        all_of = np.bincount(self._of, minlength=len(self._ids)).astype("float64")
        whole = self._words if asked.context else all_of
        made = []
        for name in asked.columns:
            part = np.flatnonzero([g == name and r not in out for r, g in counted.items()])
            hits = np.bincount(
                np.array([self._places[hit.row][0] for hit in entries[name]], dtype="int64"),
                minlength=len(self._ids),
            ).astype("float64")
            told = {"name": name, "reviews": len(part), "sentences": int(all_of[part].sum())}
            told |= {"match": int(hits[part].sum()), "in": int((hits[part] > 0).sum())}
            per = 1000 if asked.context else 100
            made.append(told | rate(hits[part], whole[part], per) | {"words": int(whole[part].sum())})
        return made

    def listed(
        self, asked: Asked, entries: list[Hit], page: int, veil: Veil, lifted: Any
    ) -> list[dict[str, Any]]:
        """One page of a column's entries, each in pieces or with what covers it."""
        first = page * PAGE
        return [
            self._entry(asked, hit, first + n, veil, lifted)
            for n, hit in enumerate(entries[first : first + PAGE])
        ]

    def _entry(self, asked: Asked, hit: Hit, at: int, veil: Veil, lifted: Any) -> dict[str, Any]:
        review, start, end = self.place(hit.row)
        text = self.texts[review]
        spans = [c for c in veil.covered(review) if (review, c.start) not in lifted]
        over = [c for c in spans if c.start < end and start < c.end]
        told: dict[str, Any] = {"at": at, "row": hit.row, "review": self.number(hit.row)}
        told |= {"stars": self._stars[self._places[hit.row][0]], "tags": tags(self.labels, hit.row)}
        if over:
            return told | {
                "covered": f"Covered: {GIVES_AWAY[max(c.grade for c in over)]}",
                "word": [{"t": shown(asked.words.strip())}]
                if asked.context
                else [],  # not as it stands there
            }
        if any(c.start < end and start < c.end for c in veil.covered(review)):
            told["bare"] = True
        if asked.context:
            return told | around(text, *hit[1:], [(c.start, c.end) for c in spans])
        hits = [(start + a, start + b) for a, b in found(asked.words, text[start:end])]
        return told | {"parts": cut(text, start, end, hits)}

    def covers(self, row: int, veil: Veil) -> list[int]:
        """Where the covered sentences begin that lie on a row."""
        review, start, end = self.place(row)
        return [c.start for c in veil.covered(review) if c.start < end and start < c.end]

    def limits(
        self,
        asked: Asked,
        names: pd.Series,
        told: list[dict[str, Any]],
        *,
        source: str,
        invented: bool,
        out: set[str],
    ) -> list[str]:
        """What these groups cannot show, in sentences."""
        used = source if any(asked.filters.values()) else None
        kept = names[~names.index.isin(out)]
        said = sampling.limits_of(
            kept, asked.by, invented=invented, source=used, left_out=len(out), tests=False
        )
        if used == "key":
            said = (said[0], "The labels are the key's: what careful readers agreed on.", *said[1:])
        elif used and used != "rule":
            said = (said[0], f"The labels are by {used}.", *said[1:])
        if any(c["match"] == 0 and c["reviews"] >= sampling.FEW for c in told):
            said = (*said[:-1], _NOBODY, said[-1])
        return [shown(line) for line in said]

    @staticmethod
    def sizes(names: pd.Series) -> list[dict[str, Any]]:
        """Every group of a grouping, and how many reviews it has."""
        count = names.value_counts()
        return [{"name": name, "text": shown(name), "reviews": int(count[name])} for name in in_order(names)]
