"""Which rows, which columns? A table, however its rows are ordered and its columns dressed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from ..plain import as_data, listed
from ._parts import Form, Found, Key, UnreadableError, brief, kind_of, rows_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Table", "table"]

_MISSING = {"", "<na>", "nan", "nat", "none", "na", "n/a", "missing", "unknown"}
Cells = dict[str, list[Any]]


def table(
    expected: pd.DataFrame,
    by: Sequence[str],
    slips: Mapping[str, tuple[pd.DataFrame, str]],
) -> tuple[Form, Key]:
    """A task that asks for a table. `by` are the columns by which a row is known; `slips` are tables that one
    comes to on wrong ways: name to (table, what is said), left out where they are the expected one.
    """
    whole = as_data(expected.reset_index(drop=True))
    others = {name: [as_data(other.reset_index(drop=True)), says] for name, (other, says) in slips.items()}
    columns = [str(name) for name in expected.columns]
    key = {"expected": whole, "by": list(by)}
    right = _columns(whole, columns)
    apart = {
        n: o for n, o in others.items() if _rows(_columns(o[0], columns), columns) != _rows(right, columns)
    }
    return {"columns": columns}, {**key, "slips": apart}


class Table:
    """A table."""

    @staticmethod
    def read(data: Any, form: Form) -> dict[str, Any]:
        """Columns and rows. Raises `UnreadableError`."""
        if isinstance(data, list) and data and all(isinstance(row, dict) for row in data):
            names = list(dict.fromkeys(name for row in data for name in row))
            data = {"columns": names, "rows": [[row.get(name) for name in names] for row in data]}
        elif isinstance(data, dict) and "columns" not in data and "unreadable" not in data:
            data = _of_mapping(data, form)
        elif isinstance(data, list) and len(form["columns"]) == 1:
            data = {"columns": form["columns"], "rows": [[each] for each in data]}
        if not isinstance(data, dict) or "unreadable" in data:
            wanted = f"a table with the columns {listed(form['columns'])}"
            raise UnreadableError(f"Your answer is {kind_of(data)}; {wanted} was asked for.")
        rows_of(data)
        return data

    @staticmethod
    def weigh(value: dict[str, Any], form: Form, key: Key) -> Found:
        """Cell by cell; what went wrong on the way, where the whole table is known."""
        wanted: list[str] = form["columns"]
        right = _columns(key["expected"], wanted)
        yours = _matched(value, right, wanted)
        missing = [name for name in wanted if name not in yours]
        if missing and (turned := _turned(value, right, wanted)):
            yours, missing = turned, []
        found = Found(0.0)
        if missing:
            found.slip(
                "columns-missing",
                f"Your table has {listed(value['columns']) or 'no columns'}. Which column that is asked "
                "for has it not?",
            )
        for name, (other, says) in key["slips"].items():
            theirs = _columns(other, wanted)
            shared = [n for n in wanted if n in yours]
            mine = _rows(yours, shared)
            enough = len(shared) > 1 or len(shared) == len(wanted)
            if enough and mine == _rows(theirs, shared) != _rows(right, shared):
                found.slip(name, says)
                return found
        if missing:
            return found
        if not value["rows"]:
            found.slip("no-rows", "Your table has no rows. Which of your conditions does no review meet?")
            return found
        for one, other in combinations(wanted, 2):
            if _rows({**yours, one: yours[other], other: yours[one]}, wanted) == _rows(right, wanted):
                found.slip("columns-exchanged", f"Your columns {one} and {other} have changed places.")
                return found
        return _compare(yours, right, wanted, key["by"], found)

    @staticmethod
    def shown(value: dict[str, Any], form: Form) -> str:
        """The answer as it was understood."""
        return f"a table with {len(value['rows'])} rows and the columns {listed(value['columns'])}"

    @staticmethod
    def fields(form: Form) -> list[dict[str, Any]]:
        """A table is not asked for on a card."""
        return []

    @staticmethod
    def from_card(said: Mapping[str, Any], form: Form) -> Any:
        """A table is not asked for on a card."""
        return None


def _of_mapping(data: dict[str, Any], form: Form) -> dict[str, Any]:
    """A mapping as a table: columns by name, or a row for each key."""
    values = list(data.values())
    if values and all(isinstance(v, list) for v in values) and len({len(v) for v in values}) == 1:
        return {"columns": [*data], "rows": [list(row) for row in zip(*values, strict=True)]}
    if values and all(isinstance(v, dict) for v in values):
        names = list(dict.fromkeys(str(n) for v in values for n in v))
        rows = [[k, *(v.get(n) for n in names)] for k, v in data.items()]
        return {"columns": [form["columns"][0], *names], "rows": rows}
    columns = form["columns"] if len(form["columns"]) == 2 else ["key", "value"]
    return {"columns": columns, "rows": [[k, v] for k, v in data.items()]}


def _columns(data: Mapping[str, Any], names: Sequence[str]) -> Cells:
    """The cells of a table by column, as they are compared."""
    return {
        name: [_cell(row[data["columns"].index(name)]) for row in data["rows"]]
        for name in names
        if name in data["columns"]
    }


def _cell(cell: Any) -> Any:
    """A cell in its plainest dress: numbers rounded, days without hours, words without spaces around them."""
    if isinstance(cell, bool):
        return str(cell).casefold()
    if isinstance(cell, int | float):
        return round(float(cell), 2)
    if cell is None:
        return None
    text = re.sub(r"\s+", " ", str(cell)).strip().casefold()
    if text in _MISSING:
        return None
    if re.fullmatch(r"[+-]?\d[\d,]*(\.\d+)?", text):
        return round(float(text.replace(",", "")), 2)
    return re.sub(r"(\d{4}-\d\d-\d\d)[t ]00:00:00.*", r"\1", text)


def _plain(name: Any) -> str:
    return re.sub(r"[\W_]+", "", str(name).casefold())


def _matched(data: Mapping[str, Any], right: Cells, wanted: Sequence[str]) -> Cells:
    """The student's columns under the names that were asked for, by their names or else by what they hold."""
    cells = [[_cell(row[n]) for row in data["rows"]] for n in range(len(data["columns"]))]
    names = [_plain(name) for name in data["columns"]]
    for name in set(wanted) & set(right):
        if _plain(name) in names:
            at = names.index(_plain(name))
            cells[at] = _by_number(cells[at], right[name])
    found: Cells = {}
    used: set[int] = set()
    for name in wanted:
        if _plain(name) in names:
            at = names.index(_plain(name))
            found[name] = cells[at]
            used.add(at)
    for name in wanted:
        for at, column in enumerate(cells):
            if (
                name not in found
                and at not in used
                and Counter(map(repr, column)) == Counter(map(repr, right[name]))
            ):
                found[name] = column
                used.add(at)
    left, still = [at for at in range(len(cells)) if at not in used], [n for n in wanted if n not in found]
    if len(left) == len(still) == 1 and len(wanted) > 1:
        found[still[0]] = cells[left[0]]
    return {name: found[name] for name in wanted if name in found}


def _by_number(yours: list[Any], right: list[Any]) -> list[Any]:
    """Reviews that are named by their number alone, under the names that they have: 9 is page-09."""
    if not right or not all(isinstance(each, str) and re.search(r"-\d+$", each) for each in right):
        return yours
    if not yours or not all(isinstance(each, float) for each in yours):
        return yours
    stem, _, figures = right[0].rpartition("-")
    return [f"{stem}-{each:0{len(figures)}.0f}" for each in yours]


def _turned(data: Mapping[str, Any], right: Cells, wanted: Sequence[str]) -> Cells | None:
    """The same table lying on its side."""
    rows = data["rows"]
    if not rows or len(rows) > len(wanted):
        return None
    head, body = data["columns"], rows
    sides = [list(column) for column in zip(head, *body, strict=True)]
    for begin in (0, 1):
        cells = list(zip(*sides[begin:], strict=True))
        turned = {name: [_cell(c) for c in col] for name, col in zip(wanted, cells, strict=False)}
        if len(turned) == len(wanted) and _rows(turned, wanted) == _rows(right, wanted):
            return turned
    return None


def _rows(cells: Cells, names: Sequence[str]) -> Counter[str]:
    columns = [cells[name] for name in names if name in cells]
    return Counter(repr(row) for row in zip(*columns, strict=True))


def _compare(yours: Cells, right: Cells, wanted: Sequence[str], by: Sequence[str], found: Found) -> Found:
    """Which rows are there, too many or wrong."""
    if _rows(yours, wanted) == _rows(right, wanted):
        return Found(1.0)
    rest = [name for name in wanted if name not in by]
    mine = [tuple(row) for row in zip(*(yours[name] for name in by), strict=True)]
    theirs = {tuple(k): n for n, k in enumerate(zip(*(right[name] for name in by), strict=True))}
    extra = [row for row in dict.fromkeys(mine) if row not in theirs]
    gone = [row for row in theirs if row not in set(mine)]
    twice = [row for row, times in Counter(mine).items() if times > 1]
    wrong: dict[str, tuple[Any, Any]] = {}
    good = 0
    for at, row in enumerate(mine):
        if row in theirs:
            off = [name for name in rest if not _same(yours[name][at], right[name][theirs[row]])]
            good += not off
            for name in off:
                wrong.setdefault(name, (row, yours[name][at]))
    if extra:
        found.slip(
            "rows-too-many",
            f"{_count(extra)} in your table that should not be there, such as {_say(extra[0])}. Which "
            "condition should have kept it out?",
        )
    if gone:
        found.slip(
            "rows-missing",
            f"{_count(gone)} missing from your table. Is one of your conditions too strict, or is "
            "something unknown there?",
        )
    if twice:
        found.slip("rows-twice", f"{_say(twice[0])} stands more than once in your table.")
    for name, (row, cell) in wrong.items():
        said = "nothing" if cell is None else repr(cell) if isinstance(cell, str) else f"{cell:g}"
        found.slip(
            f"cells-of-{_plain(name)}",
            f"In column {name} your table has {said} for {_say(row)}. Go back to the words: how did it "
            "come about?",
        )
    found.share = max(0.0, min(0.9, (good - len(extra) - 0.5 * len(twice)) / len(theirs)))
    return found


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 0.011
    return bool(one == other)


def _count(rows: Sequence[Any]) -> str:
    return "One row is" if len(rows) == 1 else f"{len(rows)} rows are"


def _say(row: Sequence[Any]) -> str:
    return listed([brief(c, 40) if isinstance(c, str) else "nothing" if c is None else f"{c:g}" for c in row])
