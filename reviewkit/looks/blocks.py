"""What a card shows, as plain values: paragraphs and tables that JavaScript sets as text.

Unknown is written `<NA>`, as pandas writes it; a column called `text` is shown with signatures masked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from .. import people

__all__ = ["blocks", "shown", "table_block"]

# Shown in place of what would not be seen, or would turn the words around; one character for one, so that
# offsets hold. Control characters have pictures of their own; direction overrides have none.
_PICTURES = {c: 0x2400 + c for c in range(32) if c not in (9, 10)} | {127: 0x2421}
_PICTURES |= dict.fromkeys([*range(0x80, 0xA0), 0x202D, 0x202E, *range(0xD800, 0xE000)], 0xFFFD)


def shown(text: str) -> str:
    """The text with invisible controls and direction overrides made visible, at equal length."""
    return text.translate(_PICTURES)


def blocks(shown: object) -> list[dict[str, Any]]:
    """A text, a table, a column, or a list of these, as blocks for a card.

    >>> blocks("Ten.")
    [{'kind': 'text', 'text': 'Ten.'}]
    """
    if shown is None:
        return []
    if isinstance(shown, pd.Series):
        shown = shown.to_frame()
    if isinstance(shown, pd.DataFrame):
        return [table_block(shown)]
    if isinstance(shown, Iterable) and not isinstance(shown, str | Mapping):
        return [block for part in shown for block in blocks(part)]
    return [{"kind": "text", "text": str(shown)}]


def table_block(table: pd.DataFrame, caption: str = "", most: int = 200) -> dict[str, Any]:
    """A table as strings, with its index first where the index has a name or words; at most `most` rows."""
    if table.index.name or not pd.api.types.is_integer_dtype(table.index.dtype):
        table = table.reset_index(names=table.index.name or "name")
    numeric = [pd.api.types.is_numeric_dtype(dtype) for dtype in table.dtypes]
    rows = [
        [_written(value, str(column)) for column, value in zip(table.columns, row, strict=True)]
        for row in table.head(most).itertuples(index=False, name=None)
    ]
    if len(table) > most:
        caption = f"{caption} The first {most} of {len(table)} rows.".strip()
    columns = [str(column) for column in table.columns]
    return {
        "kind": "table",
        "caption": caption,
        "columns": columns,
        "numeric": numeric,
        "rows": rows,
    }


def _written(value: Any, column: str) -> str:
    """A cell as a reader meets it."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return "<NA>"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return people.mask(str(value)) if column == "text" else str(value)
