"""What do some reviewers say, and how, that others do not? Their sentences side by side, with counts.

Two to five groups of reviews as columns; filters that combine; any word or phrase in its context; every
sentence opens to its place in the review. Known misreadings: a count is of what was labelled, by whose labels
the pane says; and a difference between two columns is not yet one between two kinds of readers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from ...comparisons.grouping import By, named
from ...errors import TableError
from ...looks import assets
from ...looks.blocks import shown
from ...veiling import Veil, veil as veil_of
from ..reading._sheets import Sheets
from ..reading._veils import asked_veil, controls
from . import _comparing as comparing
from ._context import SORTS, Hit
from ._material import Material
from ._sides import PAGE, Asked, veiled

__all__ = ["ComparisonPane"]

_WIDGETS = Path(__file__).parents[1]
_ASKED = ("by", "columns", *comparing.FILTERS, "words", "view", "sort", "_pages")
_SORTS = [{"value": value, "text": text} for value, text in SORTS.items()]
_WAYS = {"view": ("sentences", "context"), "sort": tuple(SORTS)}


class ComparisonPane(anywidget.AnyWidget):
    """Hold groups of reviews against each other, sentence by sentence, and see how many each has.

    `data` is a corpus, a page, or a table of reviews (`review_id` and `text`). `by` is the grouping:
    `perspective`, `order`, `handling`, `stance`, `stars`, `year`, a column of the reviews, or one's own, a
    dictionary or Series from review_id to group, or a function of a review. `evidence` and `verdicts` are
    tables from one source; left out, the corpus's key. `columns` are the groups to begin with (up to five);
    `stage`, `attitude`, `grade`, `device`, `words` filter. `view` is `sentences` or `context`, which aligns
    `words` (literal; `clon*` takes further letters). `veil` is what `reviewkit.veiling` takes: sentences that
    give the story away stay covered until asked for. `names=True` shows signatures; `height` as in
    `rk.ReadingPane`. All of these but the tables can be read, set and observed.

    `pane.sentences()` and `pane.counts()` give what is asked for as tables, with nothing covered;
    `pane.selection` is the sentence that was opened last (a Series, or None). Raises `TableError` for what
    the tables do not have, naming what they have.

    >>> reviews = pd.DataFrame({"review_id": ["a", "b"], "text": ["I wept.", "I slept. I wept."]})
    >>> pane = ComparisonPane(reviews, {"a": "first", "b": "second"}, words="wept")
    >>> pane.counts()["match"].tolist()
    [1, 1]
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    by = traitlets.Unicode().tag(sync=True)
    columns: traitlets.List[str] = traitlets.List(traitlets.Unicode()).tag(sync=True)
    stage = traitlets.Unicode().tag(sync=True)
    attitude = traitlets.Unicode().tag(sync=True)
    grade = traitlets.Unicode().tag(sync=True)
    device = traitlets.Unicode().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    view = traitlets.Unicode("sentences").tag(sync=True)
    sort = traitlets.Unicode("follows").tag(sync=True)
    selection = traitlets.Any(None, allow_none=True, read_only=True)

    _page = traitlets.Dict().tag(sync=True)  # what holds throughout; sent once
    _shown = traitlets.Dict().tag(sync=True)  # a page of each column, with its counts
    _pages = traitlets.Dict().tag(sync=True)  # which page of each column
    _open = traitlets.Dict().tag(sync=True)  # the entry that was opened: group, at
    _current = traitlets.Dict().tag(sync=True)  # its review, cut
    _veil = traitlets.Dict().tag(sync=True)  # what is covered, by whom, and what else there is
    _lifted = traitlets.Bool(False).tag(sync=True)  # whether the whole veil is lifted
    _legend: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)  # asked for by pane.js
    hidden_labels = traitlets.List(traitlets.Int()).tag(sync=True)

    @traitlets.default("_esm")
    def _module(self) -> str:
        return assets("shared.js", _WIDGETS / "reading/pane.js", _WIDGETS / "comparing/comparison_pane.js")

    @traitlets.default("_css")
    def _styles(self) -> str:
        return assets("theme.css", _WIDGETS / "reading/pane.css", _WIDGETS / "comparing/comparison_pane.css")

    def __init__(
        self,
        data: Any,
        by: By = "perspective",
        *,
        evidence: pd.DataFrame | None = None,
        verdicts: pd.DataFrame | None = None,
        columns: list[str] | None = None,
        stage: str = "",
        attitude: str = "",
        grade: str = "",
        device: str = "",
        words: str = "",
        view: str = "sentences",
        sort: str = "follows",
        veil: Any = None,
        names: bool = False,
        height: int | str | None = None,
    ) -> None:
        self._ready = False
        self._tables = tables = Material(data, by, evidence, verdicts, names)
        self._sides = tables.sides
        self._data, self._given = data, veil if isinstance(veil, pd.DataFrame | Veil) else None
        self._cover = veil_of(data, veil)
        self._sheets = Sheets(tables.reviews, tables.texts, tables.marks.iloc[:0], self._cover)
        self._uncovered: set[tuple[str, int]] = set()
        self._entries: dict[str, list[Hit]] = {}
        self._asks = 1
        super().__init__(
            by=named(by),
            columns=columns or comparing.first_columns(tables.groups(named(by))),
            **{"stage": stage, "attitude": attitude, "grade": grade, "device": device},
            words=words,
            view=view,
            sort=sort,
            _page=tables.heading(data, height) | {"sorts": _SORTS},
            _veil=controls(data, self._cover, given=self._given is not None, unasked=veil is None),
        )
        self._ready = True
        self._draw()
        self.on_msg(self._on_message)

    def sentences(self) -> pd.DataFrame:
        """The sentences that are asked for, of all columns: group, review_id, sentence, start, end, text.

        In the view `context` one row for each place of the words; start, end and text are the words'.
        """
        rows = [(name, *self._told(hit)) for name, hits in self._entries.items() for hit in hits]
        return pd.DataFrame(rows, columns=["group", "review_id", "sentence", "start", "end", "text"])

    def counts(self) -> pd.DataFrame:
        """The numbers over the columns, a row for each: counts first, then a rate with its interval.

        Columns group, reviews, sentences (of the group), match (how many fit), reviews_with (in how many
        reviews), rate (per 100 sentences; in the view `context` per 1,000 words), low, high (95 % bootstrap
        interval over reviews, missing where there is none).
        """
        wanted = ["name", "reviews", "sentences", "match", "in", "rate", "low", "high"]
        rows = [[told[name] for name in wanted] for told in self._numbers]
        columns = ["group", "reviews", "sentences", "match", "reviews_with", "rate", "low", "high"]
        table = pd.DataFrame(rows, columns=columns)
        return table.astype(dict.fromkeys(("rate", "low", "high"), "float64"))

    def _told(self, hit: Hit) -> tuple[str, int, int, int, str]:
        review, _, _ = self._sides.place(hit.row)
        number = int(self._sides.sentences["sentence"].iloc[hit.row])
        return (review, number, hit.start, hit.end, self._sides.texts[review][hit.start : hit.end])

    @traitlets.validate("by")
    def _check_by(self, proposal: dict[str, Any]) -> str:
        self._tables.groups(str(proposal["value"]))
        return str(proposal["value"])

    @traitlets.validate(*comparing.FILTERS)
    def _check_filter(self, proposal: dict[str, Any]) -> str:
        return self._tables.label(proposal["trait"].name, str(proposal["value"]))

    @traitlets.validate("view", "sort")
    def _check_way(self, proposal: dict[str, Any]) -> str:
        name, value = proposal["trait"].name, str(proposal["value"])
        known = _WAYS[name]
        if value not in known:
            raise TableError(f"There is no {name} {value!r}. There is: {', '.join(map(repr, known))}.")
        return value

    @traitlets.validate("columns")
    def _check_columns(self, proposal: dict[str, Any]) -> list[str]:
        return self._tables.columns(self.by, list(proposal["value"]))

    @traitlets.observe(*_ASKED)
    def _changed(self, change: dict[str, Any]) -> None:
        if not self._ready:
            return
        self._ready = False
        with self.hold_sync():
            if change["name"] == "by":
                self.columns = comparing.first_columns(self._tables.groups(self.by))
            if change["name"] != "_pages":
                self._asks += 1
                self._pages = {}
                self._open = {}
            self._ready = True
            self._draw()

    @traitlets.observe("_lifted")
    def _lift_all(self, _: Any = None) -> None:
        self._uncovered = set()
        self._sheets.put_on(self._on)
        self._draw()
        self._turn()

    @property
    def _on(self) -> Veil:
        """The veil that holds now."""
        return veil_of(self._tables.reviews, "off") if self._lifted else self._cover

    def _asked(self) -> Asked:
        filters = {name: getattr(self, name) for name in comparing.FILTERS}
        return Asked(
            self.by, tuple(self.columns), filters, self.words, self.view == "context", self.sort, self._pages
        )

    def _draw(self) -> None:
        """Find, count and list what is asked for."""
        asked, names = self._asked(), self._tables.groups(self.by)
        out = self._sides.left_out(asked, self._tables.source)
        entries = self._entries = self._sides.entries(asked, names[~names.index.isin(out)])
        self._numbers = self._sides.counts(asked, names, entries, out)
        sides = [self._side(asked, told, entries[told["name"]]) for told in self._numbers]
        top = max((told["high"] or told["rate"] or 0 for told in self._numbers), default=0)
        self._shown = {
            "n": self._shown.get("n", 0) + 1,
            "asks": self._asks,
            "view": self.view,
            "sizes": self._sides.sizes(names),
            "sides": sides,
            "top": top,
            "veil": veiled(self._cover, self._lifted),
            "misses": self._cover.misses,
            "filtered": bool(any(asked.filters.values()) or asked.words.strip()),
            "limits": self._sides.limits(
                asked,
                names,
                self._numbers,
                source=self._tables.source,
                invented=self._tables.invented,
                out=out,
            ),
        }

    def _side(self, asked: Asked, told: dict[str, Any], entries: list[Hit]) -> dict[str, Any]:
        pages = max(1, -(-len(entries) // PAGE))
        page = max(0, min(int(asked.pages.get(told["name"], 0)), pages - 1))
        rows = self._sides.listed(asked, entries, page, self._on, self._uncovered)
        return told | {
            "text": shown(told["name"]),
            "page": page,
            "pages": pages,
            "first": page * PAGE,
            "rows": rows,
        }

    @traitlets.observe("_open")
    def _turn(self, _: Any = None) -> None:
        """Cut the review of the entry that is open, and the place of its sentence lit."""
        hits = self._entries.get(str(self._open.get("group")), [])
        at = int(self._open.get("at", -1))
        if not 0 <= at < len(hits):
            self._current = {}
            return
        hit = hits[at]
        review, start, end = self._sides.place(hit.row)
        told = self._sides.sentences.iloc[hit.row].copy()
        told["text"], told["group"] = (self._sides.texts[review][start:end], self._open["group"])
        self.set_trait("selection", told)
        self._current = self._sheets.sheet(review, (hit.start, hit.end)) | {
            "open": dict(self._open),
            "number": self._sides.number(hit.row),
            "of": len(hits),
        }

    def _on_message(self, _: Any, content: Any, __: Any) -> None:
        """`lift` a cover (by row in a list, by place in a review), another `veil`, or the next `step`."""
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == "lift":
            self._lift(content)
        elif kind == "veil" and (on := asked_veil(self._data, self._given, self._veil, content)):
            self._cover, self._veil = on, controls(self._data, on, given=self._given is not None)
            if self._lifted:
                self._lifted = False  # which draws anew
            else:
                self._lift_all()
        elif kind == "step" and self._open:
            group, at = (
                str(self._open.get("group")),
                int(self._open.get("at", 0)) + int(content.get("by", 1)),
            )
            if 0 <= at < len(self._entries.get(group, [])):
                self._pages = self._pages | {group: at // PAGE}
                self._open = {"group": group, "at": at}

    def _lift(self, content: dict[str, Any]) -> None:
        up = bool(content.get("up", True))
        if "row" in content:
            row = int(content["row"])
            review, starts = (self._sides.place(row)[0], self._sides.covers(row, self._cover))
        else:
            review, starts = str(content.get("review_id")), [int(content.get("at", -1))]
        for start in starts:
            (self._uncovered.add if up else self._uncovered.discard)((review, start))
            self._sheets.lift(review, start, up)
        with self.hold_sync():
            self._draw()
            if self._open:
                self._turn()
