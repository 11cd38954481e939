"""What does the review say, and on which of its words does a reading rest?

A pane to read reviews in, one at a time, with any table of evidence drawn as marks: every mark leads to its
row and every row to its words. Sentences that give the story away are covered until they are asked for, and
their words are not sent before. Python cuts the text into segments; the module draws them and counts nothing.
Known misreading: a mark shows that something was marked, by whom its row says, not that it is right.
"""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from ... import people, schema
from ...errors import TableError
from ...looks import assets
from ...looks.blocks import shown
from ...veiling import Veil, veil as veil_of
from ._cuts import checked_marks, checked_reviews
from ._rows import legend, listing
from ._sheets import Sheets
from ._strip import strips
from ._veils import asked_veil, controls

__all__ = ["ReadingPane"]

_HERE = Path(__file__).parent
_PLACE = ("review_id", "start", "end")
_AT_ONCE = 24  # reviews that a rule judges at once for the list of first words, fewer where they are long:
_LENGTH = 24_000  # characters, which take a tenth of a second


class ReadingPane(anywidget.AnyWidget):
    """Read reviews closely, and follow every piece of evidence to its words and back.

    `data` is a table of reviews (columns `review_id` and `text`; all others of `schema.TABLES["reviews"]`
    are optional) or anything that has one as `.reviews`, such as a page or a corpus. `evidence` is a table
    of evidence; rows about other reviews are left out. `review_id` is the review to open at, else the first.
    `names=True` shows the signatures that are otherwise masked. `height` is the pane's height, in pixels or
    as CSS, where there is room for its two columns.

    `veil` says what is covered: `"key"`, `"rule"`, `"own"` or a table of evidence (from grade 2 up), a
    `Veil` made by `reviewkit.veiling.veil`, `"off"`, or None for what fits the student: nothing for somebody
    who has said that they know the story, else what the key, or failing that the rule, would cover. It is a
    courtesy, not a lock: `pane.show` and the tables know every word. `pane.veil` is the veil that is on.

    `strip` draws beside the text what each sentence does: a table of evidence (stages of layer structure as
    cells, what is given away as signs), a table of scores (sentences with `compound`, as a line), or several.

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
    _reviews: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)  # the list
    _legend: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    _current = traitlets.Dict().tag(sync=True)  # the open review, cut
    _ahead: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)  # its neighbours, cut
    _veil = traitlets.Dict().tag(sync=True)  # what is covered, by whom, and what else there is
    _selected = traitlets.Int(-1).tag(sync=True)  # position in the evidence
    _target = traitlets.Dict().tag(sync=True)  # words to go to, numbered so that twice is twice
    _query = traitlets.Unicode().tag(sync=True)
    _hits = traitlets.Any(None).tag(sync=True)  # positions found, or None

    @traitlets.default("_esm")
    def _module(self) -> str:
        return assets("shared.js", *(_HERE / f"{name}.js" for name in ("pane", "strip", "reading_pane")))

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
        veil: Any = None,
        strip: Any = None,
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
        self._data, self._given = data, veil if isinstance(veil, pd.DataFrame | Veil) else None
        first = self._known(next(iter(self._texts), "") if review_id is None else review_id)
        on = veil_of(data, veil)
        self._sheets = Sheets(self._table, self._texts, self._marks, on, strips(strip, self._texts))
        super().__init__(
            review_id=first,
            _page=_heading(data, height) | {"strip": strip is not None},
            _reviews=self._listed(),
            _legend=labels,
            _current=self._sheets.sheet(first),
            _ahead=self._neighbours(first),
            _veil=controls(data, on, given=self._given is not None, unasked=veil is None),
        )
        self.on_msg(self._on_message)

    @property
    def veil(self) -> Veil:
        """What is covered, from which grade up, and by whose judgement."""
        return self._sheets.veil

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
            self._ahead = self._neighbours(review_id)

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
            self._ahead = self._neighbours(change["new"])

    @traitlets.observe("_selected")
    def _select(self, change: dict[str, Any]) -> None:
        at = change["new"]
        self.set_trait("selection", self._evidence.iloc[at] if at >= 0 else None)

    @traitlets.observe("_query")
    def _filter(self, change: dict[str, Any]) -> None:
        words = change["new"].casefold().split()
        found = [
            n
            for n, e in enumerate(self._reviews)
            if words and self._sheets.has(e["id"], words, f"{e['n']} {e['date'] or ''}")
        ]
        self._hits = found if words else None
        self._ahead = self._neighbours(self.review_id)

    def _on_message(self, _: Any, content: Any, __: Any) -> None:
        """What the module asks for: the first review found, words to uncover, another veil, first words."""
        asked = {"first": self._open_first, "lift": self._lift, "veil": self._revise, "firsts": self._judge}
        kind = content.get("type") if isinstance(content, dict) else None
        if isinstance(kind, str) and kind in asked:
            asked[kind](content)

    def _open_first(self, content: dict[str, Any]) -> None:
        """Open the first review that a search finds; the words come along, so that none is overtaken."""
        self._query = str(content.get("query", ""))
        if self._hits:
            self.review_id = self._reviews[self._hits[0]]["id"]

    def _lift(self, content: dict[str, Any]) -> None:
        """Uncover a sentence or a whole review, or cover it again."""
        review_id, at = content.get("review_id"), content.get("at")
        if isinstance(review_id, str) and review_id in self._texts and (at is None or isinstance(at, int)):
            self._sheets.lift(review_id, at, bool(content.get("up")))
            self._redraw()

    def _revise(self, content: dict[str, Any]) -> None:
        """Put on another veil: a judge that there is, and a grade, or 0 for none."""
        if on := asked_veil(self._data, self._given, self._veil, content):
            self._put_on(on)

    def _put_on(self, veil: Veil) -> None:
        self._sheets.put_on(veil)
        self._veil = controls(self._data, veil, given=self._given is not None)
        self._redraw()
        self._filter({"new": self._query})

    def _redraw(self) -> None:
        self._current = self._cut(self.review_id)
        self._ahead = self._neighbours(self.review_id)
        self._reviews = self._listed()

    def _judge(self, content: dict[str, Any]) -> None:
        """The first words of some more reviews, which a rule had not read yet."""
        start = content.get("from")
        if isinstance(start, int) and start >= 0:
            ids = self._some(start)
            self.send({"type": "firsts", "from": start, "firsts": [self._sheets.first(each) for each in ids]})

    def _some(self, start: int) -> list[str]:
        """As many reviews from there on as a rule judges in a moment, one at least."""
        ids = list(self._texts)[start : start + _AT_ONCE]
        far = list(accumulate(len(self._texts[each]) for each in ids))
        return [each for n, each in enumerate(ids) if n == 0 or far[n] <= _LENGTH]

    def _listed(self) -> list[dict[str, Any]]:
        """The list of reviews; a rule judges the first entries now, the others when the module asks."""
        some = list(self._texts) if self.veil.quick else self._some(0)
        return listing(self._table, self._texts, {each: self._sheets.first(each) for each in some})

    def _neighbours(self, review_id: str) -> list[dict[str, Any]]:
        """The sheets of the reviews before and behind, among those that a search has left."""
        ids = list(self._texts)
        seen = [ids[n] for n in self._hits] if self._hits is not None else ids
        if not seen or review_id not in self._texts:
            return []
        at = seen.index(review_id) if review_id in seen else -1
        near = [at + 1, at + 2, at - 1] if at >= 0 else [0]
        return [self._sheets.sheet(seen[n]) for n in near if 0 <= n < len(seen)]

    def _cut(self, review_id: str) -> dict[str, Any]:
        aim = self._target
        here = aim.get("review_id") == review_id and aim["row"] < 0 and "start" in aim
        return self._sheets.sheet(review_id, (aim["start"], aim["end"]) if here else None)


def _heading(data: Any, height: int | str | None) -> dict[str, Any]:
    title = getattr(data, "title", None)
    return {
        "title": shown(title) if isinstance(title, str) else "",
        "invented": bool(getattr(data, "invented", False)),
        "height": f"{height}px" if isinstance(height, int) else height or "",
    }
