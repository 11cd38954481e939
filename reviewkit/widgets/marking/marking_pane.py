"""Which words of this review do what, in your own reading? A pane to mark and label in.

What is marked shows at once and is kept in the file of marks (`reviewkit.marks.store`): the browser sends
events, Python commits them and says which are kept; other panes and notebooks hear of them. Until it is told,
the browser holds them itself. Known misreading: words can only be marked from one edge of a word to another.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import traitlets

from ...looks import assets
from ...marks import events as made
from ...marks.anchoring import Texts
from ...marks.checking import MarkError, checked
from ...marks.store import Store, StoreError
from ...marks.table import corpus_of, my_marks, verdicts_of
from ...marks.who import pseudonym
from ..reading import _covers
from ..reading._cuts import pieces
from ..reading._sheets import Sheets
from ..reading.reading_pane import ReadingPane
from ._marking import VERDICTS, brief, completed, edges, newer, offered, sentences, with_ends

__all__ = ["MarkingPane"]

_WIDGETS = Path(__file__).parents[1]
_PARTS = ("reading/pane", *(f"marking/marking_{part}" for part in ("desk", "text", "list", "tools", "pane")))
_LIVE: weakref.WeakSet[MarkingPane] = weakref.WeakSet()


class MarkingPane(ReadingPane):
    """Mark words, label them, note why; each mark is kept on this computer as soon as it is made.

    `data`, `review_id`, `names`, `height` and `veil` are those of `rk.ReadingPane`; covered sentences can be
    marked once they are uncovered. `layer` is the layer of the coding manual that is open first:
    perspective, spoilers, structure, devices or attitude. `tags` are labels of one's own, a list or a mapping
    from tag to meaning; they make a layer called `own`, or whatever else `layer` says. With `verdicts=False`
    the pane does not ask for verdicts on whole reviews.

    `pane.marks` is a table of evidence with this person's marks on these reviews, those of earlier days too
    (`source` is the pseudonym, `cues` the note); `pane.verdicts` is a table of the verdicts given. Raises
    `TableError` for an unknown layer and for tags that cannot be used, and what `rk.ReadingPane` raises.

    >>> reviews = pd.DataFrame({"review_id": ["page-01"], "text": ["I read the novel first."]})
    >>> pane = MarkingPane(reviews, tags=["irony", "praise"])
    >>> len(pane.marks)
    0
    """

    _desk = traitlets.Dict().tag(sync=True)  # whose marks, where they are kept, what labels there are
    _own: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)  # the last event of each mark

    @traitlets.default("_esm")
    def _module(self) -> str:
        return assets("shared.js", *(_WIDGETS / f"{name}.js" for name in _PARTS))

    @traitlets.default("_css")
    def _styles(self) -> str:
        return assets("theme.css", _WIDGETS / "reading/pane.css", _WIDGETS / "marking/marking_pane.css")

    def __init__(
        self,
        data: Any,
        *,
        layer: str = "devices",
        tags: Sequence[str] | Mapping[str, str] | None = None,
        review_id: str | None = None,
        names: bool = False,
        height: int | str | None = None,
        veil: Any = None,
        verdicts: bool = True,
    ) -> None:
        offered(layer, tags)  # raises before anything is read
        self._layer, self._tags, self._judged = layer, tags, verdicts
        self._store: Store | None = None
        self._state: dict[str, dict[str, Any]] = {}
        self._drawn: dict[str, dict[str, Any] | None] = {}  # events as the browser has them
        self._seq, self._who = 0, pseudonym()
        super().__init__(data, review_id=review_id, names=names, height=height, veil=veil)
        _LIVE.add(self)

    def open(self) -> None:
        """Called once by ipywidgets, before anything is sent: what is marked already goes along."""
        self._corpus = corpus_of(self._data) if len(self._texts) else "reviews"
        self._finder = Texts(self._texts)
        trouble = self._read()
        self._sheets = _Sheets(self)
        found = [(event["layer"], event["label"]) for event in self._all()]
        layer, self._legend = offered(self._layer, self._tags, found)
        self._desk = self._about(layer, trouble)
        self._own = self._briefs()
        self._current = self._cut(self.review_id)
        self._ahead = self._neighbours(self.review_id)
        super().open()

    @property
    def marks(self) -> pd.DataFrame:
        """Your marks on these reviews, new and old, as a table of evidence."""
        found = my_marks(self._data, who=self._who, store=self._opened())
        return found[found["review_id"].isin(list(self._texts))].reset_index(drop=True)

    @property
    def verdicts(self) -> pd.DataFrame:
        """Your verdicts on these reviews, as a table of verdicts."""
        said = self._opened().current(self._corpus, who=self._who, kind="verdict")
        return verdicts_of(event for event in said if event["review_id"] in self._texts)

    def _opened(self) -> Store:
        if self._store is None:
            self._store = Store()
        return self._store

    def _about(self, layer: str, trouble: str) -> dict[str, Any]:
        store = self._store
        return {
            "who": self._who,
            "corpus": self._corpus,
            "store": store.id if store else "",
            "layer": layer,
            "layers": list(dict.fromkeys(entry["layer"] for entry in self._legend if entry["given"])),
            "verdicts": VERDICTS if self._judged else {},
            "trouble": trouble or (store.notice if store else ""),
            "lost": [
                {"label": e["label"], "quote": e["quote"], "why": why}
                for e, why in map(self._lost, self._all())
                if why
            ],
        }

    def _all(self) -> list[dict[str, Any]]:
        return [event for event in self._state.values() if event["what"] == "set" and event["kind"] == "mark"]

    def _lost(self, event: dict[str, Any]) -> tuple[dict[str, Any], str]:
        place, why = self._finder.find(event)
        return event, "" if place else why or "The words are not there any more."

    def _read(self) -> str:
        """Hear of everything that is new in the file of marks; what went wrong, or nothing."""
        try:
            fresh, self._seq = self._opened().since(self._seq, corpus=self._corpus, who=self._who)
        except StoreError as trouble:
            return str(trouble)
        self._hear(fresh)
        return ""

    def _hear(self, events: Iterable[dict[str, Any]]) -> None:
        """Take in events that were kept; the browser hears of those that are new here."""
        ours = []
        for event in events:
            if event["who"] == self._who and newer(event, self._state.get(event["mark"])):
                self._state[event["mark"]] = event
                ours.append(event)
        if ours and self._desk:
            self._own[:] = self._briefs()  # for views that come later; those that are there hear the news
            self._cut_at(ours)
            self.send({"type": "news", "events": [b for e in ours if (b := self._placed(e))]})

    def _cut_at(self, events: Iterable[dict[str, Any]]) -> None:
        """Cut reviews anew where a mark from elsewhere begins or ends within a word."""
        for event in events:
            text, span = self._texts.get(event["review_id"], ""), {event["start"], event["end"]} - {None}
            if not span <= edges(text):
                self._sheets.forget(event["review_id"])
                if event["review_id"] == self.review_id:
                    self._current = self._cut(self.review_id)

    def _briefs(self) -> list[dict[str, Any]]:
        return [b for event in self._state.values() if event["what"] == "set" and (b := self._placed(event))]

    def _placed(self, event: dict[str, Any]) -> dict[str, Any] | None:
        """An event for the browser, its words where they stand now; None where they are not found."""
        if event["event"] not in self._drawn:
            self._drawn[event["event"]] = self._place(event)
        return self._drawn[event["event"]]

    def _place(self, event: dict[str, Any]) -> dict[str, Any] | None:
        if event["kind"] != "mark" or event["start"] is None:
            return brief(event) if event["review_id"] in self._texts else None
        place, _ = self._finder.find(event)
        if place is None:
            return brief(event) if event["what"] == "drop" else None
        return brief(event) | {"review_id": place.review_id, "start": place.start, "end": place.end}

    def _on_message(self, _: Any, content: Any, __: Any) -> None:
        """What the module asks for: events to keep, news, and whatever the reading pane does."""
        kind = content.get("type") if isinstance(content, dict) else None
        if kind == "marks":
            self._keep(content.get("events"))
        elif kind == "news?":
            trouble = self._read()
            self.send({"type": "news", "events": [], "trouble": trouble})
        else:
            super()._on_message(_, content, __)

    def _keep(self, sent: Any) -> None:
        """Commit events and say which are kept; one that is unsound does not hold up the others."""
        sent = [each for each in sent if isinstance(each, dict)] if isinstance(sent, list) else []
        ids = [each.get("event") for each in sent]
        whole = [completed(each, corpus=self._corpus, who=self._who, texts=self._texts) for each in sent]
        try:
            kept = self._opened().add(whole)
        except MarkError as trouble:
            for each in sent if len(sent) > 1 else ():
                self._keep([each])
            if len(sent) == 1:
                self.send({"type": "refused", "events": ids, "why": str(trouble)})
            return
        except StoreError as trouble:
            self.send({"type": "not kept", "events": ids, "why": str(trouble)})
            return
        self.send({"type": "kept", "events": kept, "store": self._opened().id})
        for pane in list(_LIVE):
            if pane._corpus == self._corpus:
                pane._hear(map(checked, whole))


class _Sheets(Sheets):
    """Sheets on which every word can be chosen: cut at the edges of words, with sentences and hash."""

    def __init__(self, pane: MarkingPane) -> None:
        super().__init__(pane._table, pane._texts, pane._marks, pane._sheets.veil)
        self._pane = pane

    def forget(self, review_id: str) -> None:
        """Cut a review anew when it is next asked for."""
        self._made.pop(review_id, None)

    def _cut(self, review_id: str, target: tuple[int, int] | None) -> dict[str, Any]:
        sheet = super()._cut(review_id, None)
        text, veil = self.texts[review_id], self.veil
        covers = _covers.covered(veil, review_id, self._uncovered)
        open_ = _covers.bare(veil, review_id, self._uncovered)
        spans = [(m["start"], m["end"]) for m in self._pane._briefs() if m["review_id"] == review_id]
        also = [(c.start, c.end) for c in (*covers, *open_)] + [s for s in spans if s[0] is not None]
        units = sentences(text)
        also += [(unit["start"], unit["end"]) for unit in units]
        cut = pieces(text, self._none, target, words=True, also=also)
        who, corpus = self._pane._who, self._pane._corpus
        ids = {layer: made.same_mark("verdict", who, corpus, review_id, layer) for layer in VERDICTS}
        drawn = with_ends(_covers.draped(cut, covers, open_, veil.whose))
        return sheet | {"paragraphs": drawn, "units": units, "sha": made.text_sha(text), "verdict_ids": ids}
