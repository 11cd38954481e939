"""What can be compared? Reviews, their sentences and labels, and the groups that they can be dealt to.

Checks the tables of a comparison pane and holds them, and says what there is where something else is asked
for. Tables come in and are not changed; labels have to come from one source, or they would be counted twice.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from ... import people, schema
from ...comparisons.grouping import By, named
from ...errors import TableError
from ...looks.blocks import shown
from ...tables import sentences as sentences_of
from ..reading._cuts import checked_marks, checked_reviews
from . import _comparing as comparing
from ._sides import Sides

__all__ = ["Material"]


class Material:
    """The tables behind a comparison pane."""

    def __init__(
        self, data: Any, by: By, evidence: pd.DataFrame | None, verdicts: pd.DataFrame | None, names: bool
    ) -> None:
        self.reviews = checked_reviews(getattr(data, "reviews", data))
        self.invented = bool(getattr(data, "invented", False))
        given = _given(data, "key", evidence, "evidence")
        self.source = comparing.one_source(given, "evidence")
        self.marks = checked_marks(given, self.reviews)
        said = _given(data, "verdicts", verdicts, "verdicts")
        comparing.one_source(said, "verdicts")
        self.verdicts = comparing.with_handling(said, self.marks, self.reviews)
        texts = self.reviews["text"].fillna("")
        shown_texts = texts if names else texts.map(people.mask)
        self.texts: dict[str, str] = dict(zip(self.reviews["review_id"], shown_texts, strict=True))
        cut = getattr(data, "sentences", None)
        cut = cut if isinstance(cut, pd.DataFrame) else sentences_of(self.reviews)
        self.sides = Sides(self.reviews, self.texts, cut, self.marks)
        self.known = comparing.groupings(self.reviews, self.verdicts)
        self.choices = comparing.choices(self.sides.labels)
        self._groups = {named(by): comparing.grouped(self.reviews, self.verdicts, by, self.known)}
        self.offered = [*self.known, *(name for name in self._groups if name not in self.known)]

    def groups(self, by: str) -> pd.Series:
        """The group of every review; raises `TableError` where these tables do not give it."""
        if by not in self._groups:
            self._groups[by] = comparing.grouped(self.reviews, self.verdicts, by, self.known)
        return self._groups[by]

    def columns(self, by: str, wanted: list[str]) -> list[str]:
        """Groups that can stand side by side, in order; raises `TableError` for others and for too many."""
        names = [each["name"] for each in Sides.sizes(self.groups(by))]
        if strangers := [name for name in wanted if name not in names]:
            raise TableError(
                f"There is no group {strangers[0]!r} here. There is: {', '.join(map(repr, names))}."
            )
        if len(wanted) > comparing.MOST or not (wanted or not names):
            raise TableError(f"One to {comparing.MOST} groups stand side by side, not {len(wanted)}.")
        return [name for name in names if name in wanted]

    def label(self, control: str, value: str) -> str:
        """A label that a control offers, or "" for any; raises `TableError` for others."""
        known = [o["value"] for c in self.choices if c["name"] == control for o in c["options"]]
        if value and not known:
            layer = comparing.FILTERS[control]
            raise TableError(
                f"There are no labels of {control} here. Give them: evidence=rk.read(data, {layer!r})."
            )
        if value and value not in known:
            raise TableError(
                f"No sentence here has the {control} {value!r}. There is: {', '.join(map(repr, known))}."
            )
        return value

    def heading(self, data: Any, height: int | str | None) -> dict[str, Any]:
        """What a pane says and offers throughout."""
        title = getattr(data, "title", None)
        return {
            "title": shown(title) if isinstance(title, str) else "",
            "invented": self.invented,
            "height": f"{height}px" if isinstance(height, int) else height or "",
            "groupings": [{"value": name, "text": shown(name)} for name in self.offered],
            "filters": self.choices,
            "most": comparing.MOST,
        }


def _given(data: Any, name: str, table: pd.DataFrame | None, kind: str) -> pd.DataFrame:
    """A table that was given, or the data's own, with every column of its kind."""
    own = getattr(data, name, None) if table is None else table
    if not isinstance(own, pd.DataFrame):
        return schema.empty(kind)
    return schema.check(own, kind, ("review_id", "label")).reindex(columns=list(schema.TABLES[kind]))
