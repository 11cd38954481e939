"""What do I read here, and what does somebody else? A pane to mark in, commit, and only then look.

A reading is committed review by review; the event is kept in the file of marks, and what was marked before
it is the reading that counts, whatever is changed afterwards. Before it nothing of the other reading leaves
Python. Known misreading: whoever looks into the tables (`corpus.key`) has looked without committing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import traitlets

from ... import people
from ...errors import ReviewkitError, TableError
from ...looks import assets
from ...marks import events as made
from ...marks.store import StoreError
from ...marks.who import pseudonym
from ..cards.ask import _LIVE as _CARDS, gates_open
from ..marking._marking import VERDICTS
from ..marking.marking_pane import _LIVE, _PARTS, MarkingPane
from ..reading import _covers
from ..reading._cuts import checked_reviews
from . import _looking as drawn
from ._look_record import Record, asked_of, fitting

__all__ = ["LookPane"]

_WIDGETS = Path(__file__).parents[1]


class LookPane(MarkingPane):
    """Mark or judge a review, commit, and look: your reading beside the key's, a rule's or a classmate's.

    `layer` is the layer to mark: perspective, spoilers, structure, devices or attitude. Or `verdicts` are
    judgements of the whole review to give, with a reason: perspective, spoilers, stance, one or more of
    them. `against` is the reading to look at: `"key"`, a table of evidence or of verdicts (as `rk.read` and
    `rk.decide` give them; a pair of both for verdicts with the words they rest on), or the path of a
    classmate's file of marks. The rest is that of `rk.MarkingPane`. Grading spoilers against the key, covers
    are drawn by rule, since the key's would tell its grades.

    `pane.results` is a table of every find in the committed reviews, `pane.summary` the figures over them,
    `pane.committed` their ids, `pane.disputes` what you hold to against the other, and why. A teacher's
    `rk.open_gates()`, or REVIEWKIT_OPEN=1, shows the other reading without a commitment. Raises `TableError`
    for layers, verdicts and readings that cannot be used, and what `rk.MarkingPane` raises.

    >>> from reviewkit.corpus import load
    >>> pane = LookPane(load("the-great-gatsby"), layer="devices")
    >>> len(pane.results)
    0
    """

    @traitlets.default("_esm")
    def _module(self) -> str:
        parts = [*_PARTS[:-1], "looking/look_pane", _PARTS[-1]]
        return assets("shared.js", *(_WIDGETS / f"{name}.js" for name in parts))

    @traitlets.default("_css")
    def _styles(self) -> str:
        sheets = ("reading/pane", "marking/marking_pane", "looking/look_pane")
        return assets("theme.css", *(_WIDGETS / f"{name}.css" for name in sheets))

    def __init__(
        self,
        data: Any,
        *,
        layer: str | None = None,
        verdicts: Sequence[str] | None = None,
        against: Any = "key",
        review_id: str | None = None,
        names: bool = False,
        height: int | str | None = None,
        veil: Any = None,
    ) -> None:
        asked = asked_of(layer, verdicts)
        reviews = checked_reviews(getattr(data, "reviews", data))
        texts = reviews["text"].fillna("")
        shown = reviews[["review_id"]].assign(text=texts if names else texts.map(people.mask))
        self._record = Record(data, against, shown, asked, layer is not None, pseudonym())
        veil = fitting(data, veil, asked, self._record.other.source)
        self._gate = gates_open()
        super().__init__(
            data, layer=layer or "devices", review_id=review_id, names=names, height=height, veil=veil
        )
        _CARDS.add(self)

    @property
    def committed(self) -> list[str]:
        """The reviews that you have committed, in their order."""
        return [*self._record.committed]

    @property
    def results(self) -> pd.DataFrame:
        """Your reading beside the other's, in every committed review: a row for each find.

        The columns are those of `reviewkit.comparisons.looking.COLUMNS`, and `held`, your reason where you
        hold to your reading.
        """
        found, held = self._record.found, self._held()
        reasons = [held.get((row["review_id"], *drawn.place_of(row))) for row in self._record.rows(found)]
        return found.assign(held=pd.array(reasons, dtype="str"))

    @property
    def summary(self) -> pd.DataFrame:
        """How near your committed readings are to the other's, over all committed reviews.

        F1 of spans for the same and for overlapping words, raw agreement and kappa of whole sentences and
        verdicts; with an interval over reviews from three reviews up.
        """
        return self._record.figures(self.committed)

    @property
    def disputes(self) -> pd.DataFrame:
        """The readings that you hold to: review_id, layer, label (missing: that there is nothing), start,
        end, text, against (whose, and what it says), reason."""
        names = ("review_id", "layer", "label", "start", "end", "quote", "note", "reason")
        rows = [[event[name] for name in names] for event in self._disputed()]
        columns = ["review_id", "layer", "label", "start", "end", "text", "against", "reason"]
        return pd.DataFrame(rows, columns=columns).astype({"start": "Int64", "end": "Int64"})

    def commit(self, review_id: str | None = None) -> None:
        """Commit your reading of a review (the open one), as the button does.

        Raises `TableError` where a verdict is still missing, `StoreError` where it cannot be kept.
        """
        review_id = self._known(self.review_id if review_id is None else review_id)
        self._read()
        if review_id in self._record.committed:
            return
        record = self._record
        if not record.marking:
            said = set(record.reading(self._here(review_id))[1]["layer"])
            if missing := [layer for layer in record.asked if layer not in said]:
                raise TableError(
                    f"There is no verdict on {' and '.join(missing)} yet. Choose one, then commit."
                )
        done = drawn.first_commits(self._events(), record.layers, "commit")
        about = {
            "who": self._who,
            "corpus": self._corpus,
            "review_id": review_id,
            "text": self._texts[review_id],
        }
        todo = [kept for kept, layer in record.layers.items() if (review_id, layer) not in done]
        self._add([made.make("commit", layer=kept, **about) for kept in todo])

    def hold(self, row: int, reason: str) -> None:
        """Hold to your reading in a row of `pane.results`, with a reason; an empty one lets go of it.

        Raises `TableError` where there is no such row, or where you agree.
        """
        results = self.results
        if row not in results.index or results.loc[row, "outcome"] == "agreement":
            raise TableError(
                f"Row {row!r} of pane.results is none in which you differ from {self._record.other.whose}. "
                'pane.results[pane.results["outcome"] != "agreement"] has those.'
            )
        self._hold(self._record.rows(results.loc[[row]])[0], reason)

    def look(self) -> None:
        """Show the other reading without a commitment, for a teacher; `rk.open_gates()` does it for all."""
        self._gate = True
        for review_id in self._texts:
            self._sheets.forget(review_id)
        self._redraw()

    def _about(self, layer: str, trouble: str) -> dict[str, Any]:
        """What the module needs to know before anything is committed: of the other reading only whose."""
        record = self._record
        labels = [
            entry for entry in self._legend if entry["layer"] in (record.asked if record.marking else ())
        ]
        theirs = drawn.legend_of(labels, record.other.whose, len(self._legend))
        self._keys = {entry["of"]: entry["key"] for entry in theirs}
        self._legend = [*self._legend, *theirs]
        self._recall()
        verdicts = (
            [] if record.marking else [{"layer": each, "labels": VERDICTS[each]} for each in record.asked]
        )
        look = {"whose": record.other.whose, "marking": record.marking, "verdicts": verdicts}
        return super()._about(layer, trouble) | {"layers": [layer] if record.marking else [], "look": look}

    # ---- what is kept ----

    def _events(self) -> list[dict[str, Any]]:
        """Everything that this person has done to these reviews, in the order in which it was kept."""
        return self._opened().since(0, corpus=self._corpus, who=self._who)[0]

    def _recall(self) -> None:
        try:
            self._record.recall(self._events())
        except StoreError:
            return  # the pane has said so: `_read` meets the same

    def _add(self, events: list[dict[str, Any]]) -> None:
        """Keep events, and let every pane on these reviews hear of them."""
        self._opened().add(events)
        for pane in list(_LIVE):
            if pane._corpus == self._corpus:
                pane._hear(events)

    def _hear(self, events: Iterable[dict[str, Any]]) -> None:
        """A commitment or a dispute, from wherever, shows what follows from it."""
        events = [*events]
        super()._hear(events)
        ours = [e for e in events if e["who"] == self._who and e["kind"] in ("commit", "dispute")]
        if not ours or not self._desk:
            return
        if any(event["kind"] == "commit" for event in ours):
            self._recall()
        for event in ours:
            self._sheets.forget(event["review_id"])
        self._current, self._ahead = self._cut(self.review_id), self._neighbours(self.review_id)

    def _here(self, review_id: str) -> list[dict[str, Any]]:
        """The marks and verdicts of a review as they are now."""
        return [
            event
            for event in self._state.values()
            if event["what"] == "set"
            and event["review_id"] == review_id
            and event["kind"] in ("mark", "verdict")
        ]

    def _disputed(self) -> list[dict[str, Any]]:
        """What is held to on the asked layers, its words where they stand now."""
        asked, found = self._record.asked, []
        for event in self._state.values():
            if event["kind"] != "dispute" or event["what"] != "set" or event["layer"] not in asked:
                continue
            if (event["start"] is not None) != self._record.marking:
                continue
            if event["start"] is None:
                found.append(event)
            elif place := self._finder.find(event)[0]:
                found.append(event | {"review_id": place.review_id, "start": place.start, "end": place.end})
        return [event for event in found if event["review_id"] in self._texts]

    def _held(self) -> dict[tuple[Any, ...], str]:
        names = ("review_id", "layer", "label", "start", "end")
        return {tuple(event[name] for name in names): event["reason"] or "" for event in self._disputed()}

    def _hold(self, row: Mapping[Any, Any], reason: str) -> None:
        """Keep that a reading is held to, or that it is not any more."""
        layer, label, start, end = drawn.place_of(row)
        place = {"review_id": row["review_id"], "layer": layer, "label": label, "start": start, "end": end}
        same = [e for e in self._disputed() if all(e[name] == value for name, value in place.items())]
        if not reason.strip() and not same:
            return
        theirs = row["other_label"] or "nothing here"
        about = {"who": self._who, "corpus": self._corpus, "note": f"{self._record.other.whose}: {theirs}"}
        if same:
            about |= {"mark": same[-1]["mark"], "at": made.now(after=same[-1]["at"])}
        what = "set" if reason.strip() else "drop"
        text = self._texts[row["review_id"]]
        self._add(
            [made.make("dispute", text=text, what=what, reason=reason.strip() or None, **about, **place)]
        )

    def _on_message(self, _: Any, content: Any, __: Any) -> None:
        """What the module asks for: to commit, to hold to a reading, and whatever the marking pane does."""
        kind = content.get("type") if isinstance(content, dict) else None
        if kind not in ("commit", "hold"):
            super()._on_message(_, content, __)
            return
        review_id = content.get("review_id")
        try:
            if kind == "commit":
                self.commit(str(review_id))
            else:
                row, reason = content.get("row"), content.get("reason")
                rows = self._rows(str(review_id))
                if isinstance(row, int) and 0 <= row < len(rows) and isinstance(reason, str):
                    self._hold(rows[row], reason[:4000])
        except ReviewkitError as trouble:
            self.send({"type": "look trouble", "review_id": review_id, "why": str(trouble)})

    # ---- what is sent ----

    def _cut(self, review_id: str) -> dict[str, Any]:
        return self._with_look(super()._cut(review_id))

    def _neighbours(self, review_id: str) -> list[dict[str, Any]]:
        return [self._with_look(sheet) for sheet in super()._neighbours(review_id)]

    def _with_look(self, sheet: dict[str, Any]) -> dict[str, Any]:
        """A sheet, and beside it what the other says: nothing before the commitment."""
        review_id, record = sheet["id"], self._record
        if "units" not in sheet:
            return sheet
        at = record.committed.get(review_id)
        told = {"committed": drawn.when(at) if at else "", "shown": bool(at) or self._gate}
        told |= {"done": len(record.committed), "of": len(self._texts)}
        return sheet | {"look": told | (self._seen(review_id) if told["shown"] else {})}

    def _rows(self, review_id: str) -> list[dict[Any, Any]]:
        """The finds of one review: of what was committed, or of what stands there if the gate is open."""
        record = self._record
        if review_id in record.committed:
            found = record.found
            return record.rows(found[found["review_id"] == review_id])
        if not self._gate:
            return []
        return record.rows(record.beside([review_id], record.reading(self._here(review_id))))

    def _seen(self, review_id: str) -> dict[str, Any]:
        """Both readings of one review, side by side, as far as it is not covered."""
        record, text = self._record, self._texts[review_id]
        rows = self._rows(review_id)
        covers = _covers.covered(self._sheets.veil, review_id, self._sheets._uncovered)
        held = {place[1:]: reason for place, reason in self._held().items() if place[0] == review_id}
        done = review_id in record.committed
        now = None if done else record.reading(self._here(review_id))
        told = {
            "counts": drawn.counts(rows),
            "rows": drawn.look_rows(rows, text, covers, held, record.other.source),
            "marks": drawn.their_marks(rows, text, self._keys) if record.marking else [],
            "figure": drawn.figure_rows(record.figures([review_id], now), 1),
        }
        several = len(record.committed)
        return told | ({"all": drawn.figure_rows(self.summary, several)} if done and several > 1 else {})
