"""What did the student answer, as plain data? Any value becomes text, numbers, lists and mappings.

A value is taken apart by its type alone; nothing that a student has defined is called, so that an object
which claims to equal everything is a thing nobody can read, and no more. A table becomes its columns and
rows, its index first where the index has a name or words. Unknown is None in a table, `<NA>` by itself.
"""

from __future__ import annotations

import datetime
import math
import re
import sys
from collections.abc import Iterable
from typing import Any

__all__ = ["BLANK", "MISSING", "as_data", "is_blank", "plain_words", "squeezed", "unreadable"]

MISSING = "<NA>"
MOST = 5_000  # things in a list, rows in a table
LONGEST = 50_000  # characters of a text
_DEEPEST = 6
BLANK = {"", "...", "…", "?", "your answer"}
_STRAIGHT = str.maketrans("’‘“”\u00a0–", "''\"\" -")


def squeezed(text: str) -> str:
    """The text in small letters, with straight quotation marks and single spaces.

    >>> squeezed("  The “novel”\\n I read ")
    'the "novel" i read'
    """
    return re.sub(r"\s+", " ", text.translate(_STRAIGHT)).strip().casefold()


def plain_words(text: str) -> str:
    """The words of a text alone, for comparing what was written with what was meant.

    >>> plain_words("Page-furniture!")
    'page furniture'
    """
    return " ".join(re.findall(r"\w+", squeezed(text).replace("_", " ")))


def unreadable(what: str) -> dict[str, str]:
    """What stands for a value that no kind of task can read; `what` says what it is."""
    return {"unreadable": what}


def is_blank(data: Any) -> bool:
    """Whether nothing was answered: nothing at all, dots, or a form of which no field was filled.

    >>> is_blank({"a": "", "b": None}), is_blank(0)
    (True, False)
    """
    if isinstance(data, str):
        return squeezed(data) in BLANK
    if isinstance(data, dict) and "columns" in data:
        return False
    if isinstance(data, dict):
        return all(map(is_blank, data.values()))
    if isinstance(data, list):
        return all(map(is_blank, data))
    return data is None


def as_data(value: Any) -> Any:
    """Any value as plain data, which JSON can hold; raises nothing.

    >>> as_data({"b", "a"}), as_data(...), as_data(print)
    (['a', 'b'], None, {'unreadable': 'a function that was not called'})
    """
    try:
        return _taken(value, 0)
    except Exception as trouble:
        return unreadable(f"something that could not be read ({type(trouble).__name__})")


def _taken(value: Any, depth: int) -> Any:
    if value is None or value is Ellipsis:
        return None
    if depth > _DEEPEST:
        return unreadable("lists within lists within lists")
    if isinstance(value, bool):
        return bool(value)
    if isinstance(value, str):
        return str.__str__(value)[:LONGEST]
    if isinstance(value, int):
        whole = int.__index__(value)
        return whole if abs(whole) < 10**18 else unreadable("a number of more than eighteen figures")
    if isinstance(value, float):
        return _number(float.__float__(value))
    if isinstance(value, datetime.date):
        return _day(value)
    if isinstance(value, dict):
        return {str(_taken(k, depth + 1)): _taken(v, depth + 1) for k, v in list(value.items())[:MOST]}
    if isinstance(value, set | frozenset):
        return sorted((_taken(each, depth + 1) for each in list(value)[:MOST]), key=str)
    if isinstance(value, list | tuple | range):
        return [_taken(each, depth + 1) for each in value[:MOST]]
    return _of_library(value, depth)


def _of_library(value: Any, depth: int) -> Any:
    """A card's answer, a table of pandas, a number of numpy; whatever else it is cannot be read."""
    kind = type(value)
    home = kind.__module__.split(".")[0]
    if home == "reviewkit":
        if hasattr(kind, "as_data"):
            return value.as_data()
        marks = getattr(value, "marks", None) if hasattr(kind, "marks") else None
        return unreadable(f"a {kind.__name__}") if marks is None else _taken(marks, depth)
    if home in ("pandas", "numpy"):
        return _of_pandas(value, depth)
    if home in ("decimal", "fractions"):
        return _number(float(value))
    if home == "builtins" and kind.__name__ in (
        "map",
        "filter",
        "zip",
        "generator",
        "dict_keys",
        "dict_values",
    ):
        return [_taken(each, depth + 1) for _, each in zip(range(MOST), value, strict=False)]
    if isinstance(value, type) or callable(value):
        return unreadable("a function that was not called" if callable(value) else "a type")
    if isinstance(value, BaseException):
        return unreadable("an error")
    return unreadable(f"a {kind.__name__}")


def _of_pandas(value: Any, depth: int) -> Any:
    pd, np = sys.modules["pandas"], sys.modules["numpy"]
    if value is pd.NA or value is pd.NaT:
        return MISSING
    if isinstance(value, pd.DataFrame):
        return _table(value)
    if isinstance(value, pd.Series):
        if value.index.name or not pd.api.types.is_integer_dtype(value.index.dtype):
            return _table(value.to_frame(value.name if value.name is not None else "value"))
        return _cells(value)
    if isinstance(value, pd.Index | np.ndarray | pd.api.extensions.ExtensionArray):
        cells = value.tolist()
        return [_taken(each, depth + 1) for each in cells[:MOST]] if value.ndim else _taken(cells, depth + 1)
    if isinstance(value, np.generic):
        return _taken(value.item(), depth + 1)
    return unreadable(f"a {type(value).__name__}; put .sum(), .size() or the like behind it")


def _table(table: Any) -> dict[str, Any]:
    pd = sys.modules["pandas"]
    named = [name for name in table.index.names if name is not None]
    if named or not pd.api.types.is_integer_dtype(table.index.dtype):
        fallback = [name or "index" for name in table.index.names]
        clash = {name: f"index {name}" for name in fallback if name in table.columns}
        table = table.reset_index(names=[clash.get(name, name) for name in fallback])
    table = table.head(MOST)
    columns = [" ".join(map(str, c)) if isinstance(c, tuple) else str(c) for c in table.columns]
    cells = [_cells(table.iloc[:, n]) for n in range(len(columns))]
    return {"columns": columns, "rows": [list(row) for row in zip(*cells, strict=True)]}


def _cells(column: Any) -> list[Any]:
    found = [_taken(each, 1) for each in column.tolist()[:MOST]]
    return [None if each == MISSING else each for each in found]


def _number(value: float) -> Any:
    if math.isnan(value):
        return MISSING
    if math.isinf(value):
        return unreadable("a number without end")
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _day(value: datetime.date) -> str:
    if type(value).__name__ == "NaTType":
        return MISSING
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat()


def listed(names: Iterable[str], last: str = "and") -> str:
    """Names in a row, as one says them.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    said = list(names)
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} {last} {said[-1]}" if said else ""
