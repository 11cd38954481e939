"""What does a demonstration take from a page of reviews? Evidence, verdicts, passages and words under covers.

Where readers have settled on a key it is theirs, else the rules'. A class is taken not to know the story,
whatever the instructor has said of themselves: sentences that tell a secret or the end are covered until the
instructor lifts the covers, and their words stay in Python until then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from .. import people
from ..comparisons.grouping import groups
from ..corpus import Corpus
from ..errors import TableError
from ..looks.blocks import shown
from ..readings import read
from ..veiling import GIVES_AWAY, Veil, veil
from .parts import Block, NotHere

__all__ = ["DemoPage", "Words"]

KITS = "never-let-me-go"
MOST = 60  # passages behind one bar
LONG = 620  # characters of a passage: what a screen holds


class Words(NamedTuple):
    """Some words of a review: code points of its text, half open, and what they are marked as."""

    review_id: str
    start: int
    end: int
    mark: str = ""


class DemoPage:
    """A page of reviews as a class sees it. `lifted`: the instructor has lifted the covers."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.lifted = False
        self.texts: dict[str, str] = dict(
            zip(corpus.reviews["review_id"], corpus.reviews["text"].fillna(""), strict=True)
        )
        self._read: dict[str, pd.DataFrame] = {}

    @property
    def kits(self) -> bool:
        """Whether this is the kit's own page, for which the steps name reviews by number."""
        return self.corpus.name == KITS

    @cached_property
    def veil(self) -> Veil:
        """What is covered: by the key where there is one, else by rule."""
        graded = self.corpus.key["label"].isin(["minor", "major", "everything"]).any()
        return veil(self.corpus, "key" if graded else "rule")

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """The sentences of the page that have words in them."""
        table = self.corpus.sentences
        return table[table["text"].str.contains(r"\w", regex=True)]

    def keyed(self, layer: str) -> bool:
        """Whether readers have settled on a key for this layer (`stance`: for this verdict)."""
        table = self.corpus.verdicts if layer == "stance" else self.corpus.key
        return len(table) > 0 and bool((table["layer"] == layer).any())

    def whose(self, layer: str) -> str:
        """Whose evidence it is, in words."""
        return "the key" if self.keyed(layer) else "the rule"

    def evidence(self, layer: str, source: str | None = None) -> pd.DataFrame:
        """One layer's evidence: the key's where there is one, or the `rule`'s."""
        if self.keyed(layer) and source != "rule":
            key = self.corpus.key
            return key[key["layer"] == layer]
        if layer not in self._read:
            self._read[layer] = read(self.corpus, layer)
        return self._read[layer]

    def group(self, by: str, source: str | None = None) -> pd.Series:
        """The group of each review; raises `NotHere` where the page does not say."""
        try:
            return groups(self.corpus, by, source=source)
        except TableError as trouble:
            raise NotHere(f"This page has no {by} for its reviews.") from trouble

    def review(self, number: int) -> str:
        """The id of the review at this position."""
        return str(self.corpus.reviews["review_id"].iloc[number - 1])

    def find(self, number: int, words: str) -> Words:
        """Some words of a review of the kit's page, by its number."""
        review_id = self.review(number)
        start = self.texts[review_id].index(words)
        return Words(review_id, start, start + len(words))

    def telling(self, words: Words) -> bool:
        """Whether these words touch a sentence that is covered from the class, lifted or not."""
        return any(c.start < words.end and words.start < c.end for c in self.veil.covered(words.review_id))

    def around(self, words: Words, before: int = 1, after: int = 1) -> Words:
        """The same words, widened to whole sentences and some neighbours."""
        table = self.corpus.sentences
        here = table[table["review_id"] == words.review_id].reset_index(drop=True)
        inside = here.index[(here["start"] < words.end) & (here["end"] > words.start)]
        if not len(inside):
            return words
        first, last = max(0, inside[0] - before), min(len(here) - 1, inside[-1] + after)
        start, end = int(here["start"].iloc[first]), int(here["end"].iloc[last])
        return words._replace(start=start, end=end)

    def whole(self, review_id: str) -> Words:
        """All words of a review."""
        text = self.texts[review_id]
        return Words(review_id, len(text) - len(text.lstrip()), len(text.rstrip()))

    def tag(self, review_id: str) -> str:
        """What a review is called at the front."""
        number = review_id.rpartition("-")[2].lstrip("0")
        return f"Review {number or review_id}"

    def passage(self, words: Words, marks: Iterable[Words] = (), note: str = "", most: int = LONG) -> Block:
        """Words to read, some of them marked, those that tell under a cover; at most so many characters."""
        covers = [] if self.lifted else [*self.veil.covered(words.review_id)]
        told = [m for m in marks if m.review_id == words.review_id]
        text = people.mask(self.texts[words.review_id])
        end = words.end if words.end - words.start <= most else _cut(text, words.start + most, words.end)
        edges = {words.start, end}
        for start, stop in [*((c.start, c.end) for c in covers), *((m.start, m.end) for m in told)]:
            edges |= {at for at in (start, stop) if words.start < at < end}
        pieces: list[Block] = []
        ordered = sorted(edges)
        for start, stop in pairwise(ordered):
            over = [c for c in covers if c.start < stop and start < c.end]
            if over:
                said = {"cover": GIVES_AWAY[max(c.grade for c in over)]}
                if not pieces or pieces[-1] != said:
                    pieces.append(said)
                continue
            mark = next((m.mark for m in told if m.start < stop and start < m.end), "")
            pieces.append({"text": shown(text[start:stop]), "mark": mark})
        tag = self.tag(words.review_id)
        more = end < words.end
        return {"kind": "passage", "tag": tag, "note": note, "pieces": pieces, "more": more}

    def rows(self, table: pd.DataFrame) -> list[Words]:
        """The words of rows of evidence or of sentences; the label is the mark."""
        labels = table["label"] if "label" in table else pd.Series("", index=table.index)
        columns = (table["review_id"], table["start"], table["end"], labels)
        return [Words(str(r), int(s), int(e), str(m)) for r, s, e, m in zip(*columns, strict=True)]

    def behind(self, table: pd.DataFrame) -> list[Block]:
        """The passages behind a figure: each row in its sentence, the first sixty."""
        return [self.passage(self.around(words, 0, 0), [words]) for words in self.rows(table.head(MOST))]

    def beginnings(self, review_ids: Iterable[str]) -> list[Block]:
        """The first sentence of each of these reviews, where nothing more exact stands behind a figure."""
        kept = [*review_ids][:MOST]
        firsts = self.sentences.drop_duplicates("review_id").set_index("review_id")
        return [
            self.passage(w)
            for w in self.rows(firsts.loc[[r for r in kept if r in firsts.index]].reset_index())
        ]

    def first(self, table: pd.DataFrame, lacking: str, fits: Callable[[Any], bool] = lambda _: True) -> Words:
        """The first row of a table that can be shown to anybody; raises `NotHere` with what is lacking."""
        for words, row in zip(self.rows(table), table.itertuples(), strict=True):
            if not self.telling(words) and 20 <= words.end - words.start <= LONG and fits(row):
                return words
        raise NotHere(lacking)


def _cut(text: str, at: int, end: int) -> int:
    """A place near `at` where a passage can break off: behind a sentence, else behind a word."""
    stop = max(text.rfind(". ", 0, at) + 1, text.rfind("\n", 0, at))
    return stop if stop > at - 200 else max(text.rfind(" ", 0, at), min(at, end) - 40)


def listed(names: Sequence[str]) -> str:
    """Names in a row: a, b and c."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
