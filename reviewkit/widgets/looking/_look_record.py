"""What was committed, and how does it stand beside the other's? What a look pane knows, without a widget."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ...comparisons.look_figures import figures, verdict_figures
from ...comparisons.look_verdicts import look_at_verdicts
from ...comparisons.looking import LAYERS, look
from ...errors import TableError
from ...knowing import standing
from ...marks.table import evidence_of, verdicts_of
from ..marking._marking import VERDICTS
from ..reading._cuts import checked_marks
from ._looking import Other, first_commits, other_of, verdict_layer

__all__ = ["Record", "asked_of", "fitting"]

_Reading = tuple[pd.DataFrame, pd.DataFrame, dict[tuple[str, str], str]]
"""Marks as evidence, verdicts, and the reasons given for verdicts."""


class Record:
    """One person's committed readings of some reviews, beside another's.

    `asked` are layers, to be marked (`marking`) or to be decided; `reviews` has the texts as they are shown.
    """

    def __init__(
        self, data: Any, against: Any, reviews: pd.DataFrame, asked: Sequence[str], marking: bool, who: str
    ):
        self.asked, self.marking, self._reviews = asked, marking, reviews
        self.other = _checked(other_of(data, against, reviews, who), reviews, asked, marking)
        self._labels = getattr(data, "labels", None) if self.other.source == "key" else None
        self.layers = {each if marking else verdict_layer(each): each for each in asked}
        """Under which layer each layer's commitment is kept, and which that is."""
        self.committed: dict[str, str] = {}
        """When each review was committed."""
        self._mine = self.reading([])
        self._found: pd.DataFrame | None = None

    def recall(self, events: Sequence[Mapping[str, Any]]) -> None:
        """Take in everything that the person has done, in the order in which it was kept."""
        found = first_commits(events, self.layers, "mark" if self.marking else "verdict")
        ids = self._reviews["review_id"]
        whole = [review for review in ids if all((review, layer) in found for layer in self.asked)]
        self.committed = {r: max(found[r, layer][0]["at"] for layer in self.asked) for r in whole}
        stood = [e for (r, _), (_, state) in found.items() if r in self.committed for e in state]
        self._mine, self._found = self.reading(stood), None

    def reading(self, events: Iterable[Mapping[str, Any]]) -> _Reading:
        """What these events amount to, on the asked layers."""
        here = [event for event in events if event["layer"] in self.asked]
        said = [event for event in here if event["kind"] == "verdict"]
        notes = {(e["review_id"], e["layer"]): e["note"] for e in said if e["note"]}
        return evidence_of(here, self._reviews)[0], verdicts_of(said), notes

    @property
    def found(self) -> pd.DataFrame:
        """A row for each find in the committed reviews."""
        if self._found is None:
            self._found = self.beside([*self.committed])
        return self._found

    def beside(self, reviews: Sequence[str], reading: _Reading | None = None) -> pd.DataFrame:
        """A reading (what was committed) beside the other's, in these reviews."""
        evidence, verdicts, notes = reading or self._mine
        table = self._reviews[self._reviews["review_id"].isin(reviews)]
        if self.marking:
            there, further = self.other.evidence, self._annotators("evidence")
            return look(evidence, there, table, layer=self.asked[0], committed=reviews, sharing=further)
        return look_at_verdicts(
            verdicts,
            self.other.verdicts,
            table,
            layers=self.asked,
            evidence=self.other.evidence,
            reasons=getattr(self._labels, "adjudication", None),
            notes=notes,
            sharing=self._annotators("verdicts"),
        )

    def figures(self, reviews: Sequence[str], reading: _Reading | None = None) -> pd.DataFrame:
        """How near the two readings are, over these reviews."""
        evidence, verdicts, _ = reading or self._mine
        table = self._reviews[self._reviews["review_id"].isin(reviews)]
        if self.marking:
            return figures(evidence, self.other.evidence, table, layer=self.asked[0], committed=reviews)
        return verdict_figures(
            verdicts[verdicts["review_id"].isin(reviews)], self.other.verdicts, layers=self.asked
        )

    def rows(self, table: pd.DataFrame) -> list[dict[Hashable, Any]]:
        """Rows of a table of finds as mappings, missing cells None; `verdict` says what they are of."""
        whole = table.astype(object).where(table.notna(), None).to_dict("records")
        return [row | {"verdict": not self.marking} for row in whole]

    def _annotators(self, name: str) -> pd.DataFrame | None:
        """What the key's annotators said each for themselves; only a look at the key tells it."""
        table = getattr(self._labels, name, None)
        if table is None or table.empty:
            return None
        found: pd.DataFrame = table[table["source"].str.startswith("annotator-").fillna(False).astype(bool)]
        return found


def asked_of(layer: str | None, verdicts: Sequence[str] | str | None) -> tuple[str, ...]:
    """The layers that are asked. Raises `TableError` unless it is one to mark, or verdicts that there are."""
    if (layer is None) == (verdicts is None):
        raise TableError(
            'Say what is to be read: layer="devices" to mark words, or verdicts=("perspective", "stance") to '
            "judge whole reviews; one of the two."
        )
    asked = (
        (layer,) if layer is not None else (verdicts,) if isinstance(verdicts, str) else tuple(verdicts or ())
    )
    known = LAYERS if layer is not None else tuple(VERDICTS)
    if wrong := [each for each in asked if each not in known] or ([] if asked else ["none"]):
        what = "layer" if layer is not None else "verdict"
        raise TableError(f"There is no {what} {wrong[0]!r} to look at. There is: {', '.join(known)}.")
    return tuple(str(each) for each in dict.fromkeys(asked))


def fitting(data: Any, veil: Any, asked: Sequence[str], source: str) -> Any:
    """The veil to read under: where spoilers are asked, none that tells what the other says of them."""
    if "spoilers" not in asked or source not in ("key", "rule"):
        return veil
    if veil == source:
        raise TableError(
            f"A veil by the {source} tells what the {source} says of spoilers before you have committed. "
            'Take veil="own", or veil="off".'
        )
    if veil is not None or standing().story:
        return veil
    key = getattr(data, "key", None)
    return "rule" if source == "key" else "key" if key is not None and len(key) else "off"


def _checked(other: Other, reviews: pd.DataFrame, asked: Sequence[str], marking: bool) -> Other:
    """Raise unless the other has read what is asked, on the texts that are here."""
    given = set((other.evidence if marking else other.verdicts)["layer"]) | other.read
    if missing := [layer for layer in asked if layer not in given]:
        what = "marks" if marking else "verdicts"
        how = "rk.read(corpus, layer)" if marking else "rk.decide(rk.read(corpus, layer), corpus)"
        raise TableError(
            f"In the reading of {other.whose} there are no {what} on {' and '.join(missing)}; there are on: "
            f"{', '.join(sorted(given)) or 'nothing'}. Give another reading as against, such as {how}."
        )
    evidence = other.evidence.reset_index(drop=True)
    if len(evidence):
        evidence = evidence.loc[sorted(checked_marks(evidence, reviews).index)]
    return other._replace(evidence=evidence)
