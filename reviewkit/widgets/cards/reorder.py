"""In what order does a review say what it says, and in what other could it? A review taken apart.

Its sentences are given shuffled, to be put back, or as they stood, to be put into another order; what they do
and where they stood is shown only after the commitment. Known misreading: the writer's order is what was
written, not what is best.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from ... import kept, people
from ...comparisons.reordering import Pieces, pairs_kept, pieces_of, shuffled as dealt
from ...looks import assets
from ...looks.blocks import shown, table_block
from ...veiling import veil
from .ask import Gate

__all__ = ["Reorder"]

_HERE = Path(__file__).parent
_HOW = "Use the arrows beside a sentence, or drag it; on an arrow, the keys ↑ ↓ Home End move it too."
_BACK = "The sentences of one review, shuffled. In which order did they stand?"
_ANEW = "The same sentences as they stood. Put them into another order that a reader could follow."


class Reorder(Gate):
    """Put the sentences of one review into order, commit, then see how they stood and what each one does.

    `corpus` is a corpus; `review_id` a review of it, or None for one of about ten sentences that gives
    nothing away, which also stands in for a review of fewer than four sentences; a page that has only such
    reviews gets one from the kit's own. With `shuffled=False` the sentences begin as they stand in the
    review, to be put into another order. Sentences that are covered for this student stay covered. `.table`
    has all of them with their stages; `.order` is what was committed: the numbers of the sentences, counted
    from 1 in the review, or None before. Raises `TableError` for a review that is not there.

    >>> import reviewkit as rk
    >>> card = rk.Reorder(rk.load("never-let-me-go"))
    >>> len(card.table), card.order is None
    (10, True)
    """

    _esm = assets("shared.js", _HERE / "order.js", _HERE / "ask.js")

    def __init__(self, corpus: Any, review_id: str | None = None, *, shuffled: bool = True) -> None:
        self._pieces = pieces_of(corpus, review_id)
        self.table = self._pieces.table
        seen = veil(self._pieces.corpus).covering(self.table)["text"]
        self._texts = [shown(people.mask(" ".join(str(text).split()))) for text in seen]
        name = f"{self._pieces.corpus.name} {self._pieces.review_id}"
        count = len(self._texts)
        self._first = dealt(count, seed=name) if shuffled else list(range(count))
        self._shuffled = shuffled
        items = [{"value": _letter(i), "text": self._texts[n]} for i, n in enumerate(self._first)]
        super().__init__(
            kept.key(f"order of {name}" if shuffled else f"another order of {name}", *self._texts),
            self._pieces.corpus.name,
            kicker="Predict, then look" if shuffled else "Another order",
            heading=_BACK if shuffled else _ANEW,
            lede=_lede(self._pieces, corpus, review_id),
            questions=[
                {
                    "key": "order",
                    "kind": "order",
                    "prompt": "Your order, from first to last",
                    "how": _HOW,
                    "items": items,
                }
            ],
            button="Commit my order",
        )

    @property
    def order(self) -> list[int] | None:
        """What was committed: the numbers of the sentences in the review, counted from 1; None before."""
        return [n + 1 for n in self._given()] if self.committed else None

    def look(self) -> None:
        """Show where each sentence stood and what it does."""
        order = self._given()
        values = {n: _letter(i) for i, n in enumerate(self._first)}
        stages = list(self.table["stage"])
        self.outcome = {
            "order": {"notes": {values[n]: f"{n + 1} in the review · {stages[n]}" for n in order}}
        }
        told = self._told(order) if self.committed else "Opened without an order of yours."
        self.after = [{"kind": "yours", "text": told}, *self._beside(order)]
        self.shown = True

    def _given(self) -> list[int]:
        """The order answered, as numbers from 0; the order at the beginning where there is none."""
        places = {_letter(i): n for i, n in enumerate(self._first)}
        said = [places[each] for each in str(self.answers.get("order", "")).split() if each in places]
        return said if sorted(said) == sorted(self._first) else list(self._first)

    def _told(self, order: list[int]) -> str:
        pairs, same = len(order) - 1, pairs_kept(order)
        ends = [end for end, at in (("first", 0), ("last", -1)) if order[at] == sorted(order)[at]]
        if not self._shuffled:
            return f"{pairs - same} of {pairs} sentences are followed by another one than before."
        stood = f" Your {' and your '.join(ends)} sentence stood there in the review, too." if ends else ""
        told = f"{same} of {pairs} neighbours stand together as in the review; dealt at random, one would."
        return f"{told}{stood}"

    def _beside(self, order: list[int]) -> list[dict[str, Any]]:
        """The review as it stood; of an order of one's own, the text that it makes."""
        if not self._shuffled:
            return [
                {"kind": "text", "text": "Your version. Read it aloud:"},
                {"kind": "text", "text": " ".join(self._texts[n] for n in order)},
            ]
        whose = "by the key" if self._pieces.source == "key" else "by rule"
        rows = pd.DataFrame(
            {
                "place": range(1, len(order) + 1),
                "sentence": self._texts,
                "stage": list(self.table["stage"]),
                "you put it": [order.index(n) + 1 for n in range(len(order))],
            }
        )
        return [table_block(rows, f"{self._pieces.review_id} as it stands on the page; stages {whose}.")]

    def _record(self) -> dict[str, Any]:
        return super()._record() | {"sentences": [self._texts[n] for n in self._given()]}


def _letter(place: int) -> str:
    """A name for an item that does not tell where it stood: a, b, c, ..."""
    return chr(ord("a") + place)


def _lede(pieces: Pieces, asked: Any, review_id: str | None) -> list[str]:
    lines = [f"This is {pieces.review_id}."]
    if pieces.corpus is not asked:
        lines.append("No review of this page has four sentences, so this is one from the kit's own page.")
    elif review_id not in (None, pieces.review_id):
        lines.append(f"({review_id} has fewer than four sentences.)")
    if not pieces.whole:
        lines.append(f"These are the first {len(pieces.table)} sentences of a longer review.")
    return lines
