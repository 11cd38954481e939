"""What does the review say, and on which of its words does a reading rest?

A pane to read reviews in, one at a time, with any table of evidence drawn as marks: every mark leads to its
row and every row to its words. Python cuts the text into segments; the module draws them and counts nothing.
Known misreading: a mark shows that something was marked, by whom its row says, not that it is right.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from .. import people, schema
from ..errors import TableError
from ..looks import assets
from ..looks.blocks import shown
from ._cuts import checked_marks, checked_reviews, mark_row, pieces
from ._rows import facts, legend, listing

__all__ = ["ReadingPane"]

_HERE = Path(__file__).parent
_PLACE = ("review_id", "start", "end")


class ReadingPane(anywidget.AnyWidget):
    """Read reviews closely, and follow every piece of evidence to its words and back.

    `data` is a table of reviews (columns `review_id` and `text`; all others of `schema.TABLES["reviews"]`
    are optional) or anything that has one as `.reviews`, such as a page or a corpus. `evidence` is a table
    of evidence; rows about other reviews are left out. `review_id` is the review to open at, else the first.
    `names=True` shows the signatures that are otherwise masked. `height` is the pane's height, in pixels or
    as CSS, where there is room for its two columns.

    `pane.review_id` is the review that is open; set it to open another. `pane.selection` is the row of
    evidence that was last activated (a Series, or None). Both can be observed. Raises `TableError` for
    tables without the columns needed, review ids that are missing, doubled or unknown, and evidence that
    was made for another version of the text.

    >>> reviews = pd.DataFrame({"review_id": ["page-01"], "text": ["I read the novel first."]})
    >>> pane = ReadingPane(reviews)
    >>> pane.show("page-01", 2, 16)
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    review_id = traitlets.Unicode().tag(sync=True)
    selection = traitlets.Any(None, allow_none=True, read_only=True)
    hidden_labels = traitlets.List(traitlets.Int()).tag(sync=True)

    _page = traitlets.Dict().tag(sync=True)  # what holds for all reviews; sent once
    _reviews: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)  # the list; sent once
    _legend: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    _current = traitlets.Dict().tag(sync=True)  # the open review, cut; all that is sent of any text
    _selected = traitlets.Int(-1).tag(sync=True)  # position in the evidence
    _target = traitlets.Dict().tag(sync=True)  # words to go to, numbered so that twice is twice
    _query = traitlets.Unicode().tag(sync=True)
    _hits = traitlets.Any(None).tag(sync=True)  # positions found, or None

    @traitlets.default("_esm")
    def _module(self) -> str:
        return assets("shared.js", _HERE / "pane.js", _HERE / "reading_pane.js")

    @traitlets.default("_css")
    def _styles(self) -> str:
        return assets("theme.css", _HERE / "pane.css", _HERE / "reading_pane.css")

    def __init__(
        self,
        data: Any,
        evidence: pd.DataFrame | None = None,
        *,
        review_id: str | None = None,
        names: bool = False,
        height: int | str | None = None,
    ) -> None:
        self._table = checked_reviews(getattr(data, "reviews", data))
        texts = self._table["text"].fillna("")
        if not names:
            texts = texts.map(people.mask)
        self._texts: dict[str, str] = dict(zip(self._table["review_id"], texts, strict=True))
        self._evidence = schema.empty("evidence") if evidence is None else evidence
        self._marks = checked_marks(self._evidence, self._table)
        labels = legend(self._marks.sort_index())
        key = {(entry["layer"], entry["label"]): entry["key"] for entry in labels}
        self._marks["key"] = [
            key[str(a), shown(str(b))]
            for a, b in zip(self._marks["layer"], self._marks["label"], strict=True)
        ]
        self._rows = {row["review_id"]: row for row in self._table.drop(columns="text").to_dict("records")}
        self._near = {str(name): rows for name, rows in self._marks.groupby("review_id")}
        first = self._known(next(iter(self._texts), "") if review_id is None else review_id)
        super().__init__(
            review_id=first,
            _page=_heading(data, height),
            _reviews=listing(self._table, self._texts),
            _legend=labels,
            _current=self._cut(first),
        )
        self.on_msg(self._on_message)

    def show(self, row: Any, start: int | None = None, end: int | None = None) -> None:
        """Go to the words of a row of evidence, or to any words: `show("page-01", 10, 24)`.

        `row` is a row of evidence (a Series, or a table of one row), its index label in the pane's own
        evidence, or a review's id, with or without `start` and `end`. Raises `TableError` for anything else.
        """
        review_id, span, at = self._aim(row, start, end)
        self._known(review_id)
        if span and not 0 <= span[0] <= span[1] <= len(self._texts[review_id]):
            raise TableError(
                f"{review_id} has {len(self._texts[review_id])} characters; there are no words from "
                f"{span[0]} to {span[1]}. Take start and end from a row of evidence."
            )
        target = {"review_id": review_id, "row": at, "n": self._target.get("n", 0) + 1}
        if span:
            target |= {"start": span[0], "end": span[1]}
        with self.hold_sync():
            self._target = target
            if at >= 0:
                hidden = int(self._marks["key"].loc[at])
                self.hidden_labels = [key for key in self.hidden_labels if key != hidden]
            self._selected = at
            self.review_id = review_id
            self._current = self._cut(review_id)

    def _aim(self, row: Any, start: int | None, end: int | None) -> tuple[str, tuple[int, int] | None, int]:
        """A review, the words in it, and their position in the evidence (or -1)."""
        if isinstance(row, str) and row in self._texts:
            return row, None if start is None or end is None else (int(start), int(end)), -1
        if isinstance(row, pd.DataFrame) and len(row) == 1:
            row = row.iloc[0]
        if not isinstance(row, pd.Series):
            if row not in self._evidence.index:
                raise TableError(
                    f"There is no row {row!r} in this pane's evidence. Give one of its index labels, "
                    "a row of evidence, or a review's id with start and end."
                )
            row = self._evidence.loc[row]
        if missing := [c for c in _PLACE if c not in row.index]:
            raise TableError(f"This row has no {', '.join(missing)}. Give a row of evidence.")
        span = (int(row["start"]), int(row["end"]))
        return str(row["review_id"]), span, self._position(row)

    def _position(self, row: pd.Series[Any]) -> int:
        """Where the pane's evidence has this row, or -1."""
        same = pd.Series(True, index=self._marks.index)
        for column in (*_PLACE, "layer", "label", "source"):
            if column in row.index and pd.notna(row[column]):
                same &= (self._marks[column] == row[column]).fillna(False).astype(bool)
        at = same.index[same]
        return int(at[0]) if len(at) else -1

    def _known(self, review_id: str) -> str:
        if review_id not in self._texts and (review_id or self._texts):
            known = ", ".join(list(self._texts)[:3]) or "none"
            raise TableError(
                f"There is no review {review_id!r} in this pane. Its reviews are called: {known}"
                f"{', ...' if len(self._texts) > 3 else ''}."
            )
        return review_id

    @traitlets.validate("review_id")
    def _check_id(self, proposal: dict[str, Any]) -> str:
        return self._known(proposal["value"])

    @traitlets.observe("review_id")
    def _open(self, change: dict[str, Any]) -> None:
        if self._target.get("review_id") != change["new"]:
            self._target = {"n": self._target.get("n", 0)}
        if self._current.get("id") != change["new"]:
            self._current = self._cut(change["new"])

    @traitlets.observe("_selected")
    def _select(self, change: dict[str, Any]) -> None:
        at = change["new"]
        self.set_trait("selection", self._evidence.iloc[at] if at >= 0 else None)

    @traitlets.observe("_query")
    def _filter(self, change: dict[str, Any]) -> None:
        words = change["new"].casefold().split()
        entries = zip(self._reviews, self._texts.values(), self._titles(), strict=True)
        found = [f"{e['n']} {e['date'] or ''} {title} {text}".casefold() for e, text, title in entries]
        self._hits = [n for n, text in enumerate(found) if all(w in text for w in words)] if words else None

    def _on_message(self, _: Any, content: Any, __: Any) -> None:
        """Open the first review that a search finds; the words come along, so that none is overtaken."""
        if isinstance(content, dict) and content.get("type") == "first":
            self._query = str(content.get("query", ""))
            if self._hits:
                self.review_id = self._reviews[self._hits[0]]["id"]

    def _titles(self) -> list[str]:
        if "title" not in self._table:
            return [""] * len(self._table)
        return [str(title) for title in self._table["title"].fillna("")]

    def _cut(self, review_id: str) -> dict[str, Any]:
        """The open review, ready to draw: its facts, its paragraphs in pieces, its marks."""
        if review_id not in self._texts:
            return {"id": "", "paragraphs": [], "marks": []}
        text = self._texts[review_id]
        marks = self._near.get(review_id, self._marks.iloc[:0])
        return {
            "id": review_id,
            **facts(self._rows[review_id]),
            "paragraphs": pieces(text, marks, self._target_in(review_id)),
            "marks": [mark_row(at, row, text) for at, row in marks.to_dict("index").items()],
        }

    def _target_in(self, review_id: str) -> tuple[int, int] | None:
        aim = self._target
        here = aim.get("review_id") == review_id and aim["row"] < 0 and "start" in aim
        return (aim["start"], aim["end"]) if here else None


def _heading(data: Any, height: int | str | None) -> dict[str, Any]:
    title = getattr(data, "title", None)
    return {
        "title": shown(title) if isinstance(title, str) else "",
        "invented": bool(getattr(data, "invented", False)),
        "height": f"{height}px" if isinstance(height, int) else height or "",
    }
