"""What do a class's readings come to? Layer by layer, for everybody or for two, worked out when asked for.

Holds what was gathered; gives readings, figures, what divides, and a key together with what was decided.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from ...comparisons.class_agreeing import class_agreement, places_met
from ...comparisons.together import Readings, divisions, layers_of, readings_of, snapped
from ...errors import TableError
from ...looks.blocks import shown
from . import _together as drawn
from ._deciding import Decisions, Key, key_of
from ._gathering import Gathered

__all__ = ["Board"]

_KEPT = 24  # readings kept, with how far their places divide
_MANUAL = ("structure", "spoilers", "attitude", "perspective", "devices")


class Board:
    """A class's readings of every layer, from what was `gathered` and the sentences that they are about."""

    def __init__(self, found: Gathered, sentences: pd.DataFrame, *, invented: bool) -> None:
        self.found, self.sentences, self._invented = found, sentences, invented
        self.evidence = snapped(found.evidence, sentences)
        self.layers = {each.name: each for each in layers_of(self.evidence, found.verdicts)}
        self.people = list(found.people["source"])
        self._made: dict[tuple[str, tuple[str, ...]], tuple[Readings, pd.DataFrame]] = {}

    def layer(self, name: str) -> str:
        """A layer that somebody has labelled; raises `TableError` for another."""
        if name not in self.layers:
            known = ", ".join(map(repr, self.layers))
            raise TableError(f"Nobody here has labelled the layer {name!r}. There is: {known}.")
        return name

    def pair(self, two: list[str]) -> list[str]:
        """Two of the people, or none; raises `TableError` for others."""
        if two and (len(two) != 2 or len(set(two)) != 2 or not set(two) <= set(self.people)):
            known = ", ".join(self.people)
            raise TableError(f"Two of these people were expected, or none: {known}. Not: {', '.join(two)}.")
        return two

    def readings(self, name: str, two: Sequence[str] = ()) -> tuple[Readings, pd.DataFrame]:
        """Everybody's readings of a layer, or those of two, and how far their places divide."""
        at = (name, tuple(two))
        if at not in self._made:
            if two:
                readings = self.readings(name)[0].of(two)
            else:
                readings = readings_of(
                    self.evidence,
                    self.sentences,
                    self.layers[name],
                    verdicts=self.found.verdicts,
                    people=self.people,
                    committed=self.found.committed,
                )
            self._made = dict(list(self._made.items())[-_KEPT:])
            self._made[at] = readings, divisions(readings)
        return self._made[at]

    def agreement(self, two: Sequence[str] = ()) -> list[tuple[str, pd.DataFrame]]:
        """For each layer how far people agree on it."""
        return [(name, class_agreement(self.readings(name, two)[0])) for name in self.layers]

    def figures(self, name: str, two: Sequence[str]) -> dict[str, Any]:
        """Agreement on a layer, ready to draw, and what it cannot show."""
        readings = self.readings(name, two)[0]
        told = drawn.limits(readings, invented=self._invented, pair=len(readings.people) == 2)
        return {"rows": drawn.figures(class_agreement(readings)), "limits": told}

    def narrowed(
        self, name: str, two: Sequence[str], cell: Mapping[str, Any], only: str, done: Collection[int]
    ) -> list[int]:
        """The places that are asked for, in order: all that divides, or what stands behind a number."""
        readings, table = self.readings(name, two)
        ranked: list[int] = table[table["division"] > 0]["place"].tolist()
        of, first, second = cell.get("of"), str(cell.get("first")), str(cell.get("second"))
        if of == "labels" and {first, second} <= set(readings.labels):
            ranked = places_met(readings, first, second).tolist()
        elif of == "people" and {first, second} <= set(readings.people):
            codes = readings.of((first, second)).codes
            apart = (codes >= 0).all(1) & (codes[:, 0] != codes[:, 1])
            ranked = [n for n in table["place"].tolist() if apart[n]]
        elif of == "label" and first in readings.labels:
            code = readings.labels.index(first)
            ranked = [n for n in ranked if (readings.codes[n] == code).any()]
        if only == "all":
            return ranked
        return [n for n in ranked if (n in done) == (only == "decided")]

    def progress(self, name: str, done: Collection[int]) -> dict[str, int]:
        """Of the places that divide everybody, how many are decided; and on how many all agree."""
        table = self.readings(name)[1]
        divided = table[table["division"] > 0]["place"].tolist()
        agreed = int((table["division"] == 0).sum())
        return {"decided": sum(n in done for n in divided), "divided": len(divided), "agreed": agreed}

    def key(self, decisions: Decisions, texts: Mapping[str, str]) -> Key:
        """The key as evidence and verdicts, and the decisions behind it."""
        asked = [self.readings(name)[0] for name in self.layers]
        return key_of([(each, decisions.on(each)) for each in asked], texts, agreed=True)

    def heading(self) -> dict[str, Any]:
        """Who is there, with what; what was refused; what can be asked."""
        found = self.found
        layers = found.evidence.groupby("source")["layer"].unique().to_dict()
        told = found.people.to_dict("records")
        return {
            "layers": [{"value": name, "text": shown(name)} for name in self.layers],
            "people": [each | {"layers": _in_order(layers.get(each["source"], ()))} for each in told],
            "marks": len(found.evidence),
            "reviews": int(pd.concat([found.evidence["review_id"], found.verdicts["review_id"]]).nunique()),
            "refused": [{"file": shown(file), "why": shown(why)} for file, why in found.refused],
            "notes": [shown(note) for note in found.notes],
        }


def _in_order(layers: Any) -> list[str]:
    """The layers of the coding manual in its order, then others."""
    known = [name for name in _MANUAL if name in layers]
    return [shown(name) for name in [*known, *sorted(str(n) for n in layers if n not in known)]]
