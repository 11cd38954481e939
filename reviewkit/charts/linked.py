"""What stands behind this mark? A chart, the sentences of the mark that was opened, and the data in words.

Altair draws the chart, from JavaScript that its own package brings: nothing is fetched. A mark is opened by
clicking it or, since marks of a chart cannot be focused, from a list beside it; both do the same. Known
limit: a chart is drawn in the browser, so it is not seen where a notebook is read without a kernel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import altair as alt
import anywidget
import pandas as pd
import traitlets

from .. import people
from ..errors import TableError
from ..looks import assets
from ..looks.blocks import shown, table_block
from .offline import OfflineChart

__all__ = ["Drawing", "Linked"]

_HERE = Path(__file__).parent
_PLACE = ["review_id", "start", "end", "text"]
_BEFORE = "It is.\n\n"
MOST = 200  # sentences and rows shown at once; `.sentences` and `.table` have all


@dataclass(frozen=True, eq=False)
class Drawing:
    """What a chart hands over to be linked: row n of `table`, `names` and `groups` is about mark n."""

    chart: alt.LayerChart
    title: str
    description: str
    """What the chart shows, in words and numbers: its text alternative."""
    table: pd.DataFrame
    """The data drawn, one row for each mark."""
    names: Sequence[str]
    """What each mark is called where it is opened."""
    groups: Sequence[str]
    """Under which heading the list of marks has it."""
    behind: Callable[[int], pd.DataFrame]
    """The sentences behind a mark: review_id, start, end, text, and whatever is said beside them."""
    a_mark: str = "mark"
    """What one mark is, in a word, such as `stretch`."""
    beside: Sequence[str] = ()
    """Columns of what is behind a mark that are shown beside its words."""
    signs: Sequence[dict[str, str]] = ()
    """The legend: `name`, `code` or `glyph`, and their colours `fill` and `ink`."""
    notes: Sequence[str] = ()
    """What has to be known to read it, such as that its reviews were invented."""
    no_words: str = "Nothing in the review says so."
    """What is said where a row behind a mark has no words."""
    nothing: str = "No sentences stand behind this mark."
    """What is said where there is no row."""
    least: int = 0
    """The width in pixels below which the chart is scrolled sideways, so that its signs can still be read."""


class Linked(anywidget.AnyWidget):
    """A chart whose marks open: click one, or choose it from the list, and read the sentences behind it.

    `.description` is the text alternative, computed from the data; `.table` the data drawn, one row for each
    mark; `.sentences()` the rows behind the open mark, or behind others. `.chosen` is the number of the open
    mark, a row of `.table`, or -1: set it to open one. `.selection` is the sentence that was last activated
    (a Series, or None), and can be observed; `.open_in(pane)` shows it in a reading pane. `.chart` is the
    Altair chart. Made by `rk.stage_strips`, `rk.verdict_bars` and the other charts.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    chosen = traitlets.Int(-1).tag(sync=True)
    selection = traitlets.Any(None, allow_none=True, read_only=True)

    _chart = traitlets.Instance(anywidget.AnyWidget).tag(
        sync=True, to_json=lambda chart, _: f"IPY_MODEL_{chart.model_id}"
    )
    _page = traitlets.Dict().tag(sync=True)  # what holds for all marks; sent once
    _words = traitlets.Dict().tag(sync=True)  # the sentences behind the open mark
    _row = traitlets.Int(-1).tag(sync=True)  # which of them was activated

    @traitlets.default("_esm")
    def _module(self) -> str:
        return assets("shared.js", _HERE / "linked.js")

    @traitlets.default("_css")
    def _styles(self) -> str:
        return assets("theme.css", _HERE / "linked.css")

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._behind = pd.DataFrame(columns=_PLACE)
        self._panes: list[Any] = []
        drawn = OfflineChart(
            drawing.chart,
            embed_options={"actions": False, "renderer": "svg", "tooltip": {"theme": "rk"}},
        )
        super().__init__(_chart=drawn, _page=_page(drawing))
        drawn.observe(self._drawn_anew, names="_params")

    @property
    def description(self) -> str:
        """What the chart shows, in words and numbers."""
        return self._drawing.description

    @property
    def table(self) -> pd.DataFrame:
        """The data drawn, one row for each mark."""
        return self._drawing.table.copy()

    @property
    def chart(self) -> alt.LayerChart:
        """The chart itself, as Altair has it; its colours are names that only the widget's styles know."""
        return self._drawing.chart

    def sentences(self, mark: int | None = None, **where: object) -> pd.DataFrame:
        """The rows behind a mark: review_id, start, end, text, and what the chart says beside them.

        `mark` is the number of a row of `.table`. Columns of `.table` may be named instead, with the value
        wanted: `sentences(label="plot")`. With neither, the open mark; where none is open, all marks. Raises
        `TableError` for a mark, a column or a value that is not there.
        """
        if mark is not None:
            marks = [self._known(int(mark))]
        elif where:
            marks = self._where(where)
        else:
            marks = [self.chosen] if self.chosen >= 0 else list(range(len(self._drawing.table)))
        found = [rows for n in marks if len(rows := self._drawing.behind(n))]
        if not found:
            return self._drawing.behind(-1)
        keys = [c for c in ("review_id", "start", "end") if c in found[0]]
        return pd.concat(found).drop_duplicates(subset=keys, ignore_index=True)

    def open_in(self, pane: Any) -> None:
        """Show every sentence that is activated in a reading pane, or anything else with `show(row)`."""
        if not callable(getattr(pane, "show", None)):
            raise TableError(
                f"A reading pane was expected, not {type(pane).__name__}: rk.ReadingPane(corpus)."
            )
        self._panes.append(pane)
        self._page = {**self._page, "opens": True}

    def _where(self, where: dict[str, object]) -> list[int]:
        table = self._drawing.table
        same = pd.Series(True, index=table.index)
        for column, value in where.items():
            if column not in table:
                has = ", ".join(map(repr, table.columns))
                raise TableError(f"This chart's table has no column {column!r}. It has: {has}.")
            hits = (table[column] == value).fillna(False).astype(bool)
            if not hits.any():
                there = (
                    ", ".join(map(repr, list(dict.fromkeys(table[column].dropna().tolist()))[:12]))
                    or "nothing"
                )
                raise TableError(f"Nothing in this chart has the {column} {value!r}. There is: {there}.")
            same &= hits
        return [n for n, each in enumerate(same) if each]

    def _known(self, mark: int) -> int:
        count = len(self._drawing.table)
        if not -1 <= mark < count:
            raise TableError(f"There is no mark {mark} in this chart: its table has rows 0 to {count - 1}.")
        return mark

    @traitlets.validate("chosen")
    def _check_chosen(self, proposal: dict[str, Any]) -> int:
        return self._known(proposal["value"])

    @traitlets.observe("chosen")
    def _open(self, change: dict[str, Any]) -> None:
        mark = change["new"]
        self._behind = self._drawing.behind(mark)
        with self.hold_sync():
            self._row = -1
            self._words = self._told(mark)
        self._chart.params.chosen = mark

    def _drawn_anew(self, change: dict[str, Any]) -> None:
        """A view that is drawn later begins with no mark open; tell it which one is."""
        if change["new"].get("chosen") != self.chosen:
            self._chart.params.chosen = self.chosen

    @traitlets.observe("_row")
    def _activated(self, change: dict[str, Any]) -> None:
        row = self._behind.iloc[change["new"]] if 0 <= change["new"] < len(self._behind) else None
        self.set_trait("selection", row)
        if row is not None and pd.notna(row["start"]):
            for pane in self._panes:
                pane.show(row)

    def _told(self, mark: int) -> dict[str, Any]:
        """What stands behind a mark, ready to be set as text."""
        if mark < 0:
            return {"mark": -1, "rows": []}
        rows = [self._row_told(row) for row in self._behind.head(MOST).to_dict("records")]
        more = len(self._behind) - len(rows)
        said = f"{more:,} more are not shown: .sentences() has all." if more else ""
        return {"mark": mark, "rows": rows, "more": said, "count": len(self._behind)}

    def _row_told(self, row: dict[Any, Any]) -> dict[str, Any]:
        beside = [
            f"{name.replace('_', ' ')}: {row[name]}"
            for name in self._drawing.beside
            if pd.notna(row.get(name))
        ]
        known = pd.notna(row["start"])
        place = (
            f"{row['review_id']}, {int(row['start'])} to {int(row['end'])}"
            if known
            else str(row["review_id"])
        )
        quote = shown(_masked(str(row["text"]))) if known else ""
        return {"place": shown(place), "quote": quote, "beside": [shown(each) for each in beside]}


def _masked(words: str) -> str:
    """Words with a signature masked, which is known as one only behind something else."""
    return people.mask(_BEFORE + words)[len(_BEFORE) :]


def _page(drawing: Drawing) -> dict[str, Any]:
    table = table_block(drawing.table, most=MOST)
    table["columns"] = [shown(name) for name in table["columns"]]
    table["rows"] = [[shown(cell) for cell in row] for row in table["rows"]]
    return {
        "title": shown(drawing.title),
        "description": shown(drawing.description),
        "notes": [shown(note) for note in drawing.notes if note],
        "signs": [{k: shown(v) for k, v in sign.items()} for sign in drawing.signs],
        "marks": [[shown(g), shown(n)] for g, n in zip(drawing.groups, drawing.names, strict=True)],
        "aMark": drawing.a_mark,
        "least": drawing.least,
        "tall": int(drawing.chart.height),  # so that nothing moves when the chart is drawn
        "noWords": drawing.no_words,
        "nothing": drawing.nothing,
        "table": table,
        "opens": False,
    }
