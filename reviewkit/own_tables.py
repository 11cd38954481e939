"""Keep a table of one's own as a file that any spreadsheet opens.

The file is CSV in UTF-8 with a byte-order mark, as spreadsheets like it; unknown is an empty cell; a cell
that a spreadsheet would run as a formula gets an apostrophe before it; signatures are masked.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from . import _paths, files, kept
from .errors import TableError

__all__ = ["keep_table"]


def keep_table(table: pd.DataFrame, name: str, *, corpus: Any = None) -> str:
    """Write a table to `my_work/tables/NAME.csv`, and say where; an earlier one of that name is replaced.

    A table that quotes reviews (columns `review_id` and `text`) is masked by the reviews it quotes, so it
    needs the `corpus`. Raises `TableError` for anything but a table, a name without letters or digits, or
    quotations without their corpus; `KeptError` if the file cannot be written.

    >>> keep_table(pd.DataFrame({"review_id": ["a-01"], "words": [12]}), "Words!")
    'my_work/tables/words.csv'
    """
    if not isinstance(table, pd.DataFrame):
        raise TableError(f"A table was expected, not {type(table).__name__}.")
    safe = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]
    if not safe:
        raise TableError("Give the table a name of letters and digits, such as my-table.")
    if not isinstance(table.index, pd.RangeIndex) and table.index.name:
        table = table.reset_index()
    shown = files.escaped(_masked(table, corpus))
    text = shown.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n")
    kept.replace(_paths.work() / "tables" / f"{safe}.csv", text.encode("utf-8-sig"))
    return f"my_work/tables/{safe}.csv"


def _masked(table: pd.DataFrame, corpus: Any) -> pd.DataFrame:
    """The table with signatures blocked out in what it quotes."""
    if "text" not in table.columns:
        return table
    if corpus is None:
        raise TableError(
            "This table quotes reviews, so signatures in it must be masked. "
            "Write rk.keep_table(table, name, corpus=corpus), or leave the column text out."
        )
    reviews = corpus.reviews
    if {"review_id", "start", "end"} <= {*table.columns}:
        return files.masked({"reviews": reviews, "quoted": table})["quoted"]
    masked = files.masked({"reviews": reviews})["reviews"].set_index("review_id")["text"]
    whole = dict(zip(reviews["text"], masked, strict=True))
    return table.assign(text=[whole.get(text, text) for text in table["text"]])
