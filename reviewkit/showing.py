"""How does a table look best on a page? Text at the left, whole sentences, no row numbers.

pandas draws tables for figures: text at the right and cut at fifty characters, and a number before each row
that is none of the table's own. This draws the same cells as text, never as markup.
"""

from __future__ import annotations

from html import escape

import pandas as pd

from .errors import TableError

__all__ = ["Shown", "show"]

_STYLE = """<style>
.rk-shown { border-collapse: collapse; font-size: var(--jp-ui-font-size1, 13px); margin: 4px 0; }
.rk-shown th, .rk-shown td { text-align: left !important; vertical-align: top !important;
  padding: 5px 14px 5px 0 !important; border: 0; border-bottom: 1px solid var(--jp-border-color2, #ccc);
  white-space: pre-wrap !important; max-width: 46em; overflow-wrap: break-word; }
.rk-shown tbody tr { background: transparent !important; }
.rk-shown td:not(:last-child) { white-space: nowrap !important; }
.rk-shown td.rk-long { white-space: pre-wrap !important; min-width: 18em; }
</style>"""


class Shown:
    """A table made ready to look at; a notebook draws it, elsewhere it prints like the table itself."""

    def __init__(self, table: pd.DataFrame, most: int | None = None) -> None:
        self.table = table if most is None else table.head(most)
        left = len(table) - len(self.table)
        rows = "row" if left == 1 else "rows"
        self.limits: tuple[str, ...] = tuple(table.attrs.get("limits", ()))
        self.rest = f"… and {left} more {rows}. Take most={most} out of the cell to see all." if left else ""

    def __repr__(self) -> str:
        limits = [f"* {line}" for line in self.limits]
        return "\n".join(filter(None, [self.table.to_string(index=False), self.rest, *limits]))

    def _repr_html_(self) -> str:
        heads = "".join(f"<th>{escape(str(name))}</th>" for name in self.table)
        columns = [_printed(self.table[name]) for name in self.table]
        rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in zip(*columns, strict=True))
        drawn = f'<table class="rk-shown"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        rest = f"<p>{escape(self.rest)}</p>" if self.rest else ""
        limits = "".join(f"<li>{escape(line)}</li>" for line in self.limits)
        return _STYLE + drawn + rest + (f"<ul>{limits}</ul>" if limits else "")


def _printed(column: pd.Series) -> list[str]:
    """The cells of a column as words; days without the time of day."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return list(column.dt.strftime("%Y-%m-%d").fillna("NaT"))
    return [str(value) for value in column]


def _cell(text: str) -> str:
    long = ' class="rk-long"' if len(text) > 40 else ""
    return f"<td{long}>{escape(text)}</td>"


def show(table: pd.DataFrame | pd.Series, *, most: int | None = None) -> Shown:
    """Look at a table or a column: all of every cell, text at the left, missing values as pandas names them.

    With `most` only so many rows are shown, and a line below says how many are left. What figures cannot show
    (`.attrs["limits"]`) is written below them. The table itself stays as it is. Raises `TableError` for
    anything that is not a table.

    >>> show(pd.DataFrame({"words": [12]}))
     words
        12
    """
    if isinstance(table, pd.Series):
        table = table.to_frame().reset_index()
    if not isinstance(table, pd.DataFrame):
        raise TableError(f"A table was expected, not {type(table).__name__}, such as corpus.reviews.")
    return Shown(table, most)
