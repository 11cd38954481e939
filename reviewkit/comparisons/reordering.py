"""What holds a review together? The sentences of one review, and how much of its order another order keeps.

An order is judged by its neighbours: two sentences that follow each other in the review and still do. Dealt
at random, about one pair is kept, however many sentences there are. Known misreading: an order that keeps few
pairs need not be a worse review; where sentences do not lean on each other, many orders read as well.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from ..corpus import Corpus, load
from ..errors import TableError
from ..veiling import judges, veil
from .grouping import evidence_of

__all__ = ["FEWEST", "Pieces", "pairs_kept", "pieces_of", "shuffled"]

FEWEST = 4
"""Sentences that a review must have to be worth taking apart."""
_BEST = 10  # sentences of a review that is neither quickly done nor too long to oversee
_KITS = "never-let-me-go"


@dataclass(frozen=True, eq=False)
class Pieces:
    """The sentences of one review, in their order."""

    corpus: Corpus
    """Where it stands: the page asked for, or the kit's own where none of its reviews is long enough."""
    review_id: str
    table: pd.DataFrame
    """review_id, sentence, start, end, text, stage."""
    whole: bool
    """Whether these are all sentences of the review."""
    source: str
    """Whose the stages are: `key` or `rule`."""


def pieces_of(corpus: Corpus, review_id: str | None = None, *, most: int = 14) -> Pieces:
    """A review to take apart: the one named, or one that gives nothing away and is near ten sentences long.

    Of a longer review the first `most` sentences are taken. Where the one named has fewer than four
    sentences another is given, and where none of the page has four, one of the kit's own page. Raises
    `TableError` for a review that is not there.
    """
    known = list(corpus.reviews["review_id"])
    if review_id is not None and review_id not in known:
        raise TableError(
            f"There is no review {review_id!r} here. There is: {', '.join(map(str, known[:12]))}."
        )
    counts = corpus.sentences.groupby("review_id", sort=False).size()
    counts = counts[counts >= FEWEST]
    if counts.empty:
        return pieces_of(load(_KITS), most=most)
    chosen = review_id if review_id in counts.index else _fitting(corpus, counts)
    rows = corpus.sentences[corpus.sentences["review_id"] == chosen].reset_index(drop=True)
    evidence, source = evidence_of(corpus, "structure")
    here = evidence[evidence["review_id"] == chosen].drop_duplicates("start").set_index("start")["label"]
    table = rows.drop(columns="paragraph").assign(stage=rows["start"].map(here).astype("str")).head(most)
    return Pieces(corpus, str(chosen), table, len(rows) <= most, source)


def _fitting(corpus: Corpus, counts: pd.Series) -> str:
    """The review nearest to ten sentences that gives nothing away; failing that, the one nearest to ten."""
    near = (counts - _BEST).abs().sort_values(kind="stable")
    cover = veil(corpus, judges(corpus)[0])
    found = (str(name) for name in near.index if not cover.covered(str(name)))
    return next(found, str(near.index[0]))


def shuffled(count: int, *, seed: str) -> list[int]:
    """The numbers from 0 to `count` - 1 in an order that keeps no neighbours; the same for the same seed.

    >>> pairs_kept(shuffled(7, seed="a review"))
    0
    """
    order, dealt = list(range(count)), random.Random(seed)
    while count > 2 and (order[0] == 0 or pairs_kept(order)):
        dealt.shuffle(order)
    return order


def pairs_kept(order: Sequence[int]) -> int:
    """How many sentences are still followed by the one that followed them before.

    >>> pairs_kept([2, 3, 0, 1])
    2
    """
    return sum(after == before + 1 for before, after in pairwise(order))
