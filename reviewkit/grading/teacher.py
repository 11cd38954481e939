"""What does the teacher say? Points and comments for open and disputed answers, typed into two small tables.

`open-marks.csv` has a row for each answer that waits: id, set, task, and to be filled in: points, or levels
of the rubric (`2 1 0`), keys of comments, a remark. `comments.csv` has the comments by their keys. Both are
written once, and after that only added to; they may come back from a spreadsheet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import kept
from .safe import safe, unsafe
from .worth import Marked

__all__ = ["Said", "apply", "read_teacher", "write_teacher"]

MARKS = ("id", "set", "page", "task", "what", "points", "out_of", "levels", "comments", "remark")
COMMENTS = ("key", "comment")
_ID = tuple[str, str, str, str]


@dataclass
class Said:
    """What the teacher has typed so far, and what in it cannot be understood."""

    rows: dict[_ID, dict[str, str]] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)


def read_teacher(folder: Path) -> Said:
    """Read both tables, as far as they are there."""
    said = Said()
    for row in _rows(folder / "open-marks.csv", said):
        name = (row.get("id", ""), row.get("set", ""), row.get("page", ""), row.get("task", ""))
        said.rows[name] = row
    said.comments = {
        r["key"]: r.get("comment", "") for r in _rows(folder / "comments.csv", said) if r.get("key")
    }
    return said


def _rows(path: Path, said: Said) -> list[dict[str, str]]:
    """Rows of a table, whatever a spreadsheet has made of it: separators, old encodings."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as trouble:
        said.troubles.append(f"{path.name} cannot be read ({trouble.strerror}). Close it in other programs.")
        return []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    head = text.split("\n", 1)[0]
    comma = max(",;\t", key=head.count)
    try:
        found = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=comma))
    except csv.Error as trouble:
        said.troubles.append(f"{path.name} is no table ({trouble}).")
        return []
    return [{str(k).strip(): unsafe(v) for k, v in row.items() if k and isinstance(v, str)} for row in found]


def apply(made: Sequence[Marked], said: Said) -> None:
    """Put the teacher's points and comments into the rows; what cannot be understood is told."""
    known: set[_ID] = set()
    for each in made:
        for row in each.rows:
            name = (each.id, each.set, each.page, row["task"])
            known.add(name)
            typed = said.rows.get(name)
            if typed is not None and any(typed.get(n, "").strip() for n in MARKS[5:] if n != "out_of"):
                _give(row, typed, name, said)
    for name, typed in said.rows.items():
        if name not in known and any(
            typed.get(n, "").strip() for n in ("points", "levels", "comments", "remark")
        ):
            said.troubles.append(
                f"open-marks.csv: nobody called {name[0]!r} handed in {name[1]}, {name[3]!r}."
            )


def _give(row: dict[str, Any], typed: Mapping[str, str], name: _ID, said: Said) -> None:
    where = f"open-marks.csv, {name[0]}, {name[3]}"
    keys = [key.strip() for key in typed.get("comments", "").replace(";", " ").replace(",", " ").split()]
    for key in keys:
        if key not in said.comments:
            said.troubles.append(f"{where}: there is no comment {key!r} in comments.csv.")
    comments = [said.comments[key] for key in keys if key in said.comments]
    if remark := typed.get("remark", "").strip():
        comments.append(remark)
    row["comments"] = comments
    points = _points(row, typed, where, said)
    if points is not None:
        row["points"], row["teacher"] = points, True


def _points(row: Mapping[str, Any], typed: Mapping[str, str], where: str, said: Said) -> float | None:
    """The points, or what the levels of the rubric come to, in quarters."""
    text, most = typed.get("points", "").strip(), float(row["out_of"])
    try:
        if text:
            points = float(text.replace(",", "."))
        elif levels := typed.get("levels", "").replace(",", " ").replace(";", " ").split():
            points = round(4 * most * sum(map(int, levels)) / (2 * len(levels))) / 4
        else:
            return None
    except ValueError:
        said.troubles.append(f"{where}: {text or typed.get('levels')!r} is no number.")
        return None
    if not 0 <= points <= most:
        said.troubles.append(f"{where}: {points:g} points, and there are {most:g} at the most.")
        return None
    return int(points) if points == int(points) else points


def write_teacher(
    folder: Path, made: Sequence[Marked], keys: Mapping[Any, Mapping[str, Any]], said: Said
) -> None:
    """Add a row for each answer that waits and has none; start the comments from the rubrics."""
    if any("cannot be read" in each or "is no table" in each for each in said.troubles):
        return  # it is open in another program, or broken: better to leave it as it is
    rows = dict(said.rows)
    for each in made:
        for row in each.rows:
            name = (each.id, each.set, each.page, row["task"])
            if row["to_teacher"] and name not in rows:
                what = "disputed" if row["result"] == "disputed" else "open"
                blank = dict.fromkeys(MARKS, "") | {"what": what, "out_of": f"{row['out_of']:g}"}
                rows[name] = blank | dict(zip(("id", "set", "page", "task"), name, strict=True))
    if rows.keys() != said.rows.keys() or not (folder / "open-marks.csv").exists():
        _write(folder / "open-marks.csv", MARKS, rows.values())
    if not (folder / "comments.csv").exists():
        said.comments = _from_rubrics(keys.values())
        _write(
            folder / "comments.csv", COMMENTS, ({"key": k, "comment": c} for k, c in said.comments.items())
        )


def _from_rubrics(keys: Any) -> dict[str, str]:
    found = {}
    for key in keys:
        for task in key["tasks"]:
            for number, (criterion, levels) in enumerate(task["form"].get("rubric", ()), 1):
                for level in (0, 1):
                    found[f"{key['set']}-{task['id']}-{number}-{level}"] = f"{criterion}: {levels[level]}."
    return found


def _write(path: Path, columns: Sequence[str], rows: Any) -> None:
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    table.writerows({name: safe(row.get(name, "")) for name in columns} for row in rows)
    kept.replace(path, out.getvalue().encode("utf-8-sig"))
