"""Tables as files: one UTF-8 `TABLE.csv` each, signatures masked, all of them or none.

ISO dates, undecorated integers, empty for missing, cells verbatim. The copy for spreadsheets puts an
apostrophe before what a spreadsheet would run as a formula, and a byte-order mark at its head.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from . import people, schema
from .errors import ReviewkitError

__all__ = ["escaped", "masked", "write_tables"]

_FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def masked(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The same tables with signatures blocked out at equal length, wherever they are quoted.

    Needs `reviews` among the tables; every table with review_id, start and end is quoted anew from it.
    """
    texts = dict(
        zip(
            tables["reviews"]["review_id"],
            map(people.mask, tables["reviews"]["text"].fillna("")),
            strict=True,
        )
    )
    result = {}
    for name, table in tables.items():
        if name == "reviews":
            quoted = [texts[review_id] for review_id in table["review_id"]]
        elif {"review_id", "start", "end"} <= set(table.columns) and name != "lines":
            rows = zip(table["review_id"], table["start"], table["end"], strict=True)
            quoted = [texts[review_id][start:end] for review_id, start, end in rows]
        else:
            result[name] = table
            continue
        result[name] = table.assign(text=pd.array(quoted, dtype="str"))
    return result


def write_tables(
    tables: Mapping[str, pd.DataFrame],
    folder: str | Path,
    *,
    names: bool = False,
    for_excel: bool = False,
    parquet: bool = False,
) -> list[Path]:
    """Write each table to `folder` (made if absent) as `TABLE.csv`; give back the paths.

    `names` leaves signatures as they are; `for_excel` adds `TABLE-for-excel.csv`; `parquet` adds
    `TABLE.parquet`. Raises `ReviewkitError` where a file cannot be written; then none has been.
    """
    folder = Path(folder)
    shown = dict(tables) if names else masked(tables)
    writers: dict[str, Callable[[Path], object]] = {}
    for name, table in shown.items():
        schema.check(table, name)
        writers[f"{name}.csv"] = _csv(table, "utf-8")
        if for_excel:
            writers[f"{name}-for-excel.csv"] = _csv(escaped(table), "utf-8-sig")
        if parquet:
            writers[f"{name}.parquet"] = _parquet(table)
    try:
        return _write_all(writers, folder)
    except OSError as error:
        raise ReviewkitError(
            f"The tables cannot be written to {str(folder)!r} ({error.strerror or error}). "
            "Close them in other programs, or name another folder after --to."
        ) from None


def _write_all(writers: Mapping[str, Callable[[Path], object]], folder: Path) -> list[Path]:
    """Write everything beside its place first, then move it there."""
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(20, "a file of that name stands in the way")
    made_here = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return _fill(writers, folder)
    except BaseException:
        if made_here:
            folder.rmdir()
        raise


def _fill(writers: Mapping[str, Callable[[Path], object]], folder: Path) -> list[Path]:
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder) as made:
        for file, write in writers.items():
            write(Path(made) / file)
        for file in writers:
            if (folder / file).is_dir():
                raise IsADirectoryError(21, f"{file} is a folder there")
        for file in writers:
            (Path(made) / file).replace(folder / file)
    return [folder / file for file in writers]


def _csv(table: pd.DataFrame, encoding: str) -> Callable[[Path], object]:
    return lambda path: table.to_csv(
        path, index=False, encoding=encoding, date_format="%Y-%m-%d", lineterminator="\n"
    )


def _parquet(table: pd.DataFrame) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        try:
            table.to_parquet(path, index=False)
        except ImportError:
            raise ReviewkitError(
                "Parquet needs one more package. Add it with: python3 start.py add parquet"
            ) from None

    return write


def escaped(table: pd.DataFrame) -> pd.DataFrame:
    """Text columns with an apostrophe before whatever a spreadsheet would run."""
    columns = {
        name: table[name].map(lambda cell: "'" + cell if _FORMULA.match(cell) else cell, na_action="ignore")
        for name in table.columns
        if isinstance(table[name].dtype, pd.StringDtype)
    }
    return table.assign(**columns)
