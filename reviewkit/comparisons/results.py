"""What does a comparison hand over? A table, the sentences behind its numbers, and what it cannot show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import pandas as pd

from ..errors import TableError
from ..showing import Shown

__all__ = ["Result", "picked"]


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """A table of numbers that can be opened; a notebook draws it with its limits, elsewhere it prints."""

    title: str
    table: pd.DataFrame
    """The numbers."""
    limits: tuple[str, ...]
    """What they cannot show, in sentences."""
    behind: pd.DataFrame
    """The sentences that were counted, all of them."""

    def __repr__(self) -> str:
        drawn = rounded(self.table).to_string(index=False) if len(self.table) else "(nothing)"
        return "\n".join([self.title, drawn, *(f"* {line}" for line in self.limits)])

    def _repr_html_(self) -> str:
        lines = "".join(f"<li>{escape(line)}</li>" for line in self.limits)
        table = Shown(rounded(self.table))._repr_html_()
        return f"<p><strong>{escape(self.title)}</strong></p>{table}<ul>{lines}</ul>"


def rounded(table: pd.DataFrame) -> pd.DataFrame:
    """The same table for the eye: three decimals, and nothing where a number is missing."""
    shown = table.copy()
    for name in table.select_dtypes("number"):
        if pd.api.types.is_float_dtype(table[name]):
            shown[name] = ["" if pd.isna(value) else f"{value:.3f}" for value in table[name]]
    return shown


def picked(rows: pd.DataFrame, counts: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    """The rows in which each column named has the value wanted; None wants any.

    A value that only the table of counts has is one that was counted and never met: no rows. Raises
    `TableError` for a value that neither has, naming those that there are.
    """
    fits = pd.Series(True, index=rows.index)
    for column, value in wanted.items():
        if value is None:
            continue
        there = [*counts.get(column, ()), *rows[column]]
        if value not in there:
            raise TableError(_unknown(column, value, there))
        fits &= rows[column] == value
    return rows[fits].reset_index(drop=True)


def _unknown(column: str, value: object, there: Iterable[object]) -> str:
    known = ", ".join(map(repr, dict.fromkeys(there))) or "nothing"
    return f"Nothing here has the {column} {value!r}. There is: {known}."
