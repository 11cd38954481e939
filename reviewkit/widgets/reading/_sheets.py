"""What is sent of a review? Its sheet: facts, text in pieces, marks, what is covered, what stands beside it.

A sheet is cut when it is asked for and kept for a while, so that the reviews next to the open one can be sent
ahead. Of covered words nothing is on it, and nothing is found in them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from ...looks.blocks import shown
from ...splitting import sentence_spans
from ...veiling import Veil
from . import _covers
from ._cuts import mark_row, pieces
from ._rows import facts

__all__ = ["Sheets"]

KEPT = 12  # sheets kept, and the open one with its neighbours is among them


class Sheets:
    """The sheets of a table of reviews, under a veil that can be lifted sentence by sentence.

    `texts` are the texts as they are shown, by review; `marks` the evidence about them; `beside` gives what
    stands beside a review, from its id and where its sentences stand.
    """

    def __init__(
        self,
        reviews: pd.DataFrame,
        texts: dict[str, str],
        marks: pd.DataFrame,
        veil: Veil,
        beside: Callable[[str], dict[str, Any] | None] = lambda _: None,
    ) -> None:
        self.texts, self.veil, self._beside = texts, veil, beside
        self._rows = {row["review_id"]: row for row in reviews.drop(columns="text").to_dict("records")}
        self._near = {str(name): rows for name, rows in marks.groupby("review_id")}
        self._none = marks.iloc[:0]
        self._uncovered: set[tuple[str, int]] = set()
        self._made: dict[str, dict[str, Any]] = {}
        self._count = 0

    def sheet(self, review_id: str, target: tuple[int, int] | None = None) -> dict[str, Any]:
        """A review, ready to draw; `n` is another number each time that it is cut anew."""
        if review_id not in self.texts:
            return {"id": "", "paragraphs": [], "marks": []}
        if target:
            return self._cut(review_id, target)
        if review_id not in self._made:
            self._made = dict(list(self._made.items())[1 - KEPT :])
            self._made[review_id] = self._cut(review_id, None)
        return self._made[review_id]

    def put_on(self, veil: Veil) -> None:
        """Another veil, closed."""
        self.veil = veil
        self._uncovered.clear()
        self._made.clear()

    def lift(self, review_id: str, at: int | None, up: bool) -> None:
        """Uncover, or cover again, the sentence that starts at `at` (-1: the title), or all of a review."""
        every = {c.start for c in self.veil.covered(review_id)} | {_covers.TITLE}
        these = {(review_id, start) for start in every if at is None or start == at}
        if these:
            self._uncovered = self._uncovered | these if up else self._uncovered - these
            self.forget(review_id)

    def forget(self, review_id: str) -> None:
        """Cut a review anew when it is next asked for: its marks have changed."""
        self._made.pop(review_id, None)

    def first(self, review_id: str) -> str | None:
        """The first words of a review for the list; None where they are covered."""
        text = self.texts[review_id]
        covers = _covers.covered(self.veil, review_id, self._uncovered)
        words = _covers.beginning(text, covers)
        return None if covers and not words else shown(words)

    def has(self, review_id: str, words: Sequence[str], beside: str) -> bool:
        """Whether all words stand in a review (or in `beside`) and not under a cover."""
        row = self._rows[review_id]
        title = row.get("title")
        told = f"{beside} {title if isinstance(title, str) else ''} {self.texts[review_id]}".casefold()
        if not all(word in told for word in words):
            return False
        covers = _covers.covered(self.veil, review_id, self._uncovered)
        hidden = self._title(review_id)
        if not covers and not hidden:
            return True
        seen = "" if hidden or not isinstance(title, str) else title
        told = f"{beside} {seen} {_covers.unsaid(self.texts[review_id], covers)}".casefold()
        return all(word in told for word in words)

    def _title(self, review_id: str) -> int:
        """The grade of a title that is covered now, or 0."""
        return 0 if (review_id, _covers.TITLE) in self._uncovered else self.veil.title(review_id)

    def _cut(self, review_id: str, target: tuple[int, int] | None) -> dict[str, Any]:
        text, veil, whose = self.texts[review_id], self.veil, self.veil.whose
        marks = self._near.get(review_id, self._none)
        covers = _covers.covered(veil, review_id, self._uncovered)
        open_ = _covers.bare(veil, review_id, self._uncovered)
        edges = [(each.start, each.end) for each in (*covers, *open_)]
        beside = self._beside(review_id)
        edges += [(cell["at"], cell["end"]) for cell in beside["cells"]] if beside else []
        told = facts(self._rows[review_id])
        if grade := self._title(review_id):
            told |= {
                "title_cover": _covers.block(_covers.TITLE, len(told["title"] or ""), grade, whose),
                "title": None,
            }
        self._count += 1
        return {
            "id": review_id,
            "n": self._count,
            **told,
            "title_bare": not grade and bool(veil.title(review_id)),
            "paragraphs": _covers.draped(pieces(text, marks, target, also=edges), covers, open_, whose),
            "marks": [
                _covers.under(mark_row(at, row, text), covers) for at, row in marks.to_dict("index").items()
            ],
            "covered": len(covers),
            "opened": len(open_) + (not grade and bool(veil.title(review_id))),
            "sentences": sum(1 for _ in sentence_spans(text)) if veil.judge != "off" else 0,
            "beside": beside,
        }
