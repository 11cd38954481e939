"""What did the class say, on what is it divided, and what do we settle on? A pane for everybody's files.

Who is there; how far they agree, with what that cannot show; which labels and which people differ, every cell
opening to its sentences; the sentences that divide the class, those that divide it most first, each to be
decided with a reason. Decisions are kept like marks, under a name of their own, and make a new key. Known
misreading: what divides a class most is not always what is worth most talk.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from ... import _paths, people
from ...comparisons.together import Readings
from ...errors import ReviewkitError
from ...looks import assets
from ...looks.blocks import shown
from ...marks.checking import checked_name
from ...marks.table import corpus_of
from ...tables import sentences as sentences_of
from ...veiling import veil as veil_of
from ..comparing._sides import veiled
from ..marking._marking import brief
from ..reading._cuts import checked_reviews
from . import _together as drawn
from ._board import Board
from ._deciding import Decisions, Key, write_key
from ._gathering import Files, gathered
from ._places import Places

__all__ = ["TogetherPane"]

_WIDGETS = Path(__file__).parents[1]
_VIEWS = ("sentences", "agreement", "matrix", "people")
_ASKED = ("layer", "between", "only", "matrix", "_cell")
PAGE = 20
"""So many places are listed at once."""


class TogetherPane(anywidget.AnyWidget):
    """Hold a class's labels against each other, talk about what divides it, and settle on a key.

    `data` is a corpus, a page, or a table of reviews. `files` are everybody's marks (`rk.export_marks`): a
    folder, a zip as a learning platform gives it, a list of files, or a mapping from file to the pseudonym
    to read it with; or a table of evidence with several sources. `layer` is what is asked first: `structure`,
    `spoilers` (grades), `warnings`, `attitude`, `perspective`, `devices`, a layer of one's own, or a verdict,
    such as `stance of the review`. `key` is a table of evidence to hold against the class; left out, the
    corpus's key and annotators; it is shown when it is asked for. `between` are two of the people, or none
    for everybody. `decides` is the name under which decisions are kept. `veil`, `names` and `height` are
    those of `rk.ReadingPane`.

    `pane.people` says who is there, `pane.refused` what could not be read and why, `pane.agreement` and
    `pane.divisions` are what is shown, as tables; `pane.key` is the new key as evidence (what was decided,
    and what all agree on), `pane.key_verdicts` as verdicts, `pane.decisions` what was decided and why. Raises
    `TableError` where there are no marks on these reviews, and for an unknown layer or person.

    >>> from reviewkit.corpus import load
    >>> corpus = load("the-great-gatsby")
    >>> pane = TogetherPane(corpus, corpus.labels.evidence)
    >>> pane.people["source"].tolist()
    ['annotator-1', 'annotator-2', 'annotator-3']
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    layer = traitlets.Unicode().tag(sync=True)
    between: traitlets.List[str] = traitlets.List(traitlets.Unicode()).tag(sync=True)
    view = traitlets.Enum(_VIEWS, "sentences").tag(sync=True)
    matrix = traitlets.Enum(("labels", "people"), "labels").tag(sync=True)
    only = traitlets.Enum(("all", "undecided", "decided"), "all").tag(sync=True)
    key_shown = traitlets.Bool(False).tag(sync=True)

    _page = traitlets.Dict().tag(sync=True)  # what holds throughout; sent once
    _desk = traitlets.Dict().tag(sync=True)  # for marking_desk.js: who decides, and where it is kept
    _own: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)  # decisions, as events
    _figures = traitlets.Dict().tag(sync=True)  # agreement on this layer
    _others: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)  # every layer, as a whole
    _cells = traitlets.Dict().tag(sync=True)  # the matrix
    _cell = traitlets.Dict().tag(sync=True)  # what the list is narrowed to
    _leaf = traitlets.Int(0).tag(sync=True)  # which page of the list
    _listed = traitlets.Dict().tag(sync=True)  # a page of the list, with its counts
    _open = traitlets.Int(-1).tag(sync=True)  # the place that is open
    _place = traitlets.Dict().tag(sync=True)  # the place, cut, and who said what
    _reading = traitlets.Bool(False).tag(sync=True)  # whether its review is open
    _current = traitlets.Dict().tag(sync=True)  # its review, cut
    _lifted = traitlets.Bool(False).tag(sync=True)
    _legend: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)  # asked for by pane.js
    hidden_labels = traitlets.List(traitlets.Int()).tag(sync=True)

    @traitlets.default("_esm")
    def _module(self) -> str:
        parts = ("reading/pane", "marking/marking_desk", "together/together_parts", "together/together_pane")
        return assets("shared.js", *(_WIDGETS / f"{name}.js" for name in parts))

    @traitlets.default("_css")
    def _styles(self) -> str:
        return assets("theme.css", _WIDGETS / "reading/pane.css", _WIDGETS / "together/together_pane.css")

    def __init__(
        self,
        data: Any,
        files: Files,
        *,
        layer: str | None = None,
        key: pd.DataFrame | None = None,
        between: tuple[str, str] | None = None,
        decides: str = "class-key",
        veil: Any = None,
        names: bool = False,
        height: int | str | None = None,
    ) -> None:
        self._ready = False
        self._table = checked_reviews(getattr(data, "reviews", data))
        texts = self._table["text"].fillna("")
        masked = texts if names else texts.map(people.mask)
        self._texts: dict[str, str] = dict(zip(self._table["review_id"], masked, strict=True))
        cut = getattr(data, "sentences", None)
        self._sentences = cut if isinstance(cut, pd.DataFrame) else sentences_of(self._table)
        self._data, self._who = data, checked_name(decides)
        found = gathered(files, data, without=self._who)
        self._board = Board(found, self._sentences, invented=bool(getattr(data, "invented", False)))
        self._decisions = Decisions(corpus_of(data), self._who, self._texts)
        self._veil = veil_of(data, veil)
        self._places = Places(
            self._table, self._texts, self._sentences, self._board.evidence, self._veil, data, key
        )
        self._order: list[int] = []
        super().__init__(
            layer=layer or next(iter(self._board.layers)),
            between=list(between or ()),
            _legend=drawn.labelled(self._board.evidence),
            _desk=self._decisions.about(),
            _own=self._decisions.briefs(),
            _page=self._heading(height),
        )
        self._ready = True
        self._ask()
        self.on_msg(self._on_message)

    # ---- what comes out ----

    @property
    def people(self) -> pd.DataFrame:
        """Who is there: source (the pseudonym), marks, reviews, verdicts, lost (their words are gone)."""
        return self._board.found.people.copy()

    @property
    def refused(self) -> pd.DataFrame:
        """The files that were not read: file, why."""
        return pd.DataFrame(self._board.found.refused, columns=["file", "why"])

    @property
    def agreement(self) -> pd.DataFrame:
        """How far these people agree on every layer: the columns of `rk.agreement`."""
        tables = [table for _, table in self._board.agreement(self.between) if len(table)]
        return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()

    @property
    def divisions(self) -> pd.DataFrame:
        """The places of this layer that divide the class, the most divisive first; see `divisions`."""
        table = self._board.readings(self.layer, self.between)[1]
        return table[table["division"] > 0].drop(columns="place").reset_index(drop=True)

    @property
    def key(self) -> pd.DataFrame:
        """The new key as evidence: what was decided (the reason in `cues`), and what all agree on."""
        return self._key()[0]

    @property
    def key_verdicts(self) -> pd.DataFrame:
        """The new key as a table of verdicts."""
        return self._key()[1]

    @property
    def decisions(self) -> pd.DataFrame:
        """What was decided: review_id, layer, start, end, annotator_1, annotator_2, key, why, said.

        Of more than two people, `annotator_1` and `annotator_2` are the two most frequent readings.
        """
        return self._key()[2]

    def save_key(self, path: str | Path | None = None) -> Path:
        """Write the new key to a folder, made if absent, as the kit keeps its own labels; gives the folder.

        Four files: sentences.csv, evidence.csv, verdicts.csv, adjudication.csv. Without a path it is
        `my_work/key-NAME`. Raises `KeptError` where it cannot be written.
        """
        name = self._decisions.corpus.replace("/", "-")
        folder = _paths.work() / f"key-{name}" if path is None else Path(path)
        written = getattr(getattr(self._data, "page", None), "reviews", None)
        sentences = self._sentences if written is None else sentences_of(written)
        write_key(folder, self._key(), sentences)
        return folder

    def _key(self) -> Key:
        self._decisions.read()
        return self._board.key(self._decisions, self._texts)

    # ---- what is asked ----

    @traitlets.validate("layer")
    def _check_layer(self, proposal: dict[str, Any]) -> str:
        return self._board.layer(str(proposal["value"]))

    @traitlets.validate("between")
    def _check_between(self, proposal: dict[str, Any]) -> list[str]:
        return self._board.pair(list(proposal["value"]))

    @traitlets.observe(*_ASKED)
    def _asked(self, change: dict[str, Any]) -> None:
        if not self._ready:
            return
        with self.hold_sync():
            if change["name"] in ("layer", "between") and self._cell:
                self._ready = False
                self._cell = {}
                self._ready = True
            if change["name"] in ("layer", "between", "_cell"):
                self._open = -1
            self._leaf = 0
            self._ask(figures=change["name"] in ("layer", "between"))

    def _ask(self, *, figures: bool = True) -> None:
        """Find and draw what is asked for."""
        if figures:
            self._figures = self._board.figures(self.layer, self.between)
            self._others = []
            self._overview()
        draws = drawn.matrix_of_labels if self.matrix == "labels" else drawn.matrix_of_people
        people = self._readings.people
        self._cells = draws(self._readings) | {"between": list(people) if len(people) == 2 else []}
        done = self._decisions.on(self._readings)
        self._order = self._board.narrowed(self.layer, self.between, self._cell, self.only, done)
        self._draw()

    @property
    def _readings(self) -> Readings:
        return self._board.readings(self.layer, self.between)[0]

    @traitlets.observe("view")
    def _overview(self, _: Any = None) -> None:
        """Every layer as a whole, once somebody looks at agreement."""
        if self.view == "agreement" and not self._others and self._ready:
            self._others = drawn.overview(self._board.agreement(self.between))

    @traitlets.observe("_leaf")
    def _turned(self, _: Any) -> None:
        if self._ready:
            self._draw()

    def _draw(self) -> None:
        """A page of the list, and how much is decided."""
        readings, table = self._board.readings(self.layer, self.between)
        done = self._decisions.on(readings)
        far = dict(zip(table["place"], table["division"], strict=True))
        pages = max(1, -(-len(self._order) // PAGE))
        leaf = min(max(self._leaf, 0), pages - 1)
        here = self._order[leaf * PAGE : (leaf + 1) * PAGE]
        rows = [
            self._places.row(readings, n)
            | {"at": leaf * PAGE + at, "division": far.get(n, 0.0)}
            | {"mark": self._mark(readings, n, done), "decided": drawn.told(done.get(n))}
            for at, n in enumerate(here)
        ]
        self._listed = {
            "n": self._listed.get("n", 0) + 1,
            "kind": readings.layer.kind,
            "rows": rows,
            "leaf": leaf,
            "pages": pages,
            "match": len(self._order),
            **self._board.progress(self.layer, done),
            "veil": veiled(self._veil, self._lifted),
            "misses": self._veil.misses,
        }
        if self._open >= 0:
            self._show()

    def _mark(self, readings: Readings, n: int, done: Mapping[int, Any]) -> str:
        return str(done[n]["mark"]) if n in done else self._decisions.mark_at(readings, n)

    # ---- one place ----

    @traitlets.observe("_open", "key_shown")
    def _opened(self, change: dict[str, Any]) -> None:
        if not self._ready:
            return
        if change["name"] == "_open":
            self._reading = False
            self._current = {}
        self._show()

    @traitlets.observe("_reading")
    def _read_on(self, _: Any) -> None:
        self._current = self._sheet() if self._reading and self._place else {}

    def _show(self) -> None:
        readings = self._readings
        if not 0 <= self._open < len(readings.places):
            self._place = {}
            return
        done = self._decisions.on(readings)
        at = self._order.index(self._open) if self._open in self._order else -1
        told = self._places.place(readings, self._open, key=self.key_shown)
        mark = self._mark(readings, self._open, done)
        event = done.get(self._open)
        edges = None if event is None or event["start"] is None else [event["start"], event["end"]]
        self._place = told | {
            "n": self._place.get("n", 0) + 1,
            "at": at,
            "of": len(self._order),
            "mark": mark,
            "decided": drawn.told(event),
            "edges": edges,
            "why": "" if event is None else event["note"] or "",
        }
        if self._reading:
            self._current = self._sheet()

    def _sheet(self) -> dict[str, Any]:
        return self._places.sheet(
            str(self._place["review_id"]), int(self._place["start"]), int(self._place["end"])
        )

    @traitlets.observe("_lifted")
    def _lift_all(self, _: Any) -> None:
        self._places.put_on(veil_of(self._table, "off") if self._lifted else self._veil)
        self._draw()

    # ---- what the module asks for ----

    def _on_message(self, _: Any, content: Any, __: Any) -> None:
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == "marks":
            for answer in self._decisions.keep(content.get("events")):
                self.send(answer)
            self._changed()
        elif kind == "news?":
            fresh, trouble = self._decisions.read()
            self.send({"type": "news", "events": [brief(e) for e in fresh], "trouble": trouble})
            if fresh:
                self._changed()
        elif kind == "step":
            self._step(int(content.get("by", 1)))
        elif kind == "lift":
            self._places.lift(
                str(content.get("review_id")), int(content.get("at", -1)), bool(content.get("up", True))
            )
            self._draw()
        elif kind == "save":
            self._save()

    def _changed(self) -> None:
        """Decisions have changed: the list and the open place say so; the list stays in its order."""
        self._own = self._decisions.briefs()
        self._draw()

    def _step(self, by: int) -> None:
        here = self._order.index(self._open) if self._open in self._order else -1 if by > 0 else 0
        if 0 <= here + by < len(self._order):
            with self.hold_sync():
                self._leaf = (here + by) // PAGE
                self._open = self._order[here + by]

    def _save(self) -> None:
        try:
            folder = self.save_key()
        except ReviewkitError as trouble:
            self.send({"type": "saved", "why": str(trouble)})
            return
        table = self._key()[0]
        self.send({"type": "saved", "folder": f"my_work/{folder.name}", "rows": len(table)})

    # ---- what holds throughout ----

    def _heading(self, height: int | str | None) -> dict[str, Any]:
        title = getattr(self._data, "title", None)
        return {
            "title": shown(title) if isinstance(title, str) else "",
            "invented": bool(getattr(self._data, "invented", False)),
            "height": f"{height}px" if isinstance(height, int) else height or "",
            **self._board.heading(),
            "has_key": self._places.has_key,
            "who": self._who,
        }
