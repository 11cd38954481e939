"""How does the table of grades look? One row for each student and set, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .. import kept
from .safe import safe
from .worth import Marked

__all__ = ["write_grades"]


def write_grades(
    folder: Path, made: Sequence[Marked], keys: Mapping[Any, Mapping[str, Any]], *, for_excel: bool
) -> list[Path]:
    """Write `grades.csv`, and with `for_excel` a copy that a spreadsheet takes for UTF-8.

    Columns: id, pseudonym, set, page, a column of points for each task (`ex01-lines`), total, out_of, waiting
    (answers that wait for the teacher), attempts, notes. Nothing is marked: the cells of tasks are empty.
    """
    tasks = list(dict.fromkeys(f"{k['set']}-{t['id']}" for k in keys.values() for t in k["tasks"]))
    columns = ["id", "pseudonym", "set", "page", *tasks, "total", "out_of", "waiting", "attempts", "notes"]
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(columns)
    for each in made:
        points = {f"{each.set}-{row['task']}": row["points"] for row in each.rows}
        sums = [each.points, each.out_of, each.waiting] if each.rows else [None, None, None]
        cells = [each.id, each.pseudonym, each.set, each.page, *(points.get(name) for name in tasks)]
        table.writerow([safe(cell) for cell in [*cells, *sums, each.attempts, " ".join(each.notes)]])
    written = [folder / "grades.csv"]
    kept.replace(written[0], out.getvalue().encode())
    if for_excel:
        written.append(folder / "grades-for-excel.csv")
        kept.replace(written[1], out.getvalue().encode("utf-8-sig"))
    return written
