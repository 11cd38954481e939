"""Which cell holds the answer to which task? For notebooks that come without their answers as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .plain import as_data, is_blank

__all__ = ["Found", "collect", "find_answers"]


@dataclass
class Found:
    """Where an answer was found: `cells` that claim to be it, how they were known, and the one chosen."""

    cells: list[int] = field(default_factory=list)
    how: str = ""
    chosen: int | None = None
    trouble: str = ""


def find_answers(notebook: Mapping[str, Any], sheet: Mapping[str, Any]) -> dict[str, Found]:
    """For each task of a set the cell of its answer, wherever it was moved to.

    Known by nbgrader's `grade_id`, else by the cell's id, else by the comment that begins it, else by setting
    the task's variable. Of several the last that was changed is chosen, and `trouble` says so.
    """
    cells = [c if isinstance(c, dict) else {} for c in notebook.get("cells", [])]
    sources = ["".join(map(str, s)) if isinstance(s := c.get("source", ""), list) else str(s) for c in cells]
    code = [n for n, c in enumerate(cells) if c.get("cell_type") == "code"]
    return {task["id"]: _found(task, sheet["set"], cells, sources, code) for task in sheet["tasks"]}


def _found(task: Any, set_id: str, cells: list[Any], sources: list[str], code: list[int]) -> Found:
    name = f"{set_id}-{task['id']}-answer"
    sets = re.compile(rf"^{re.escape(task['variable'])}\s*=[^=]", re.MULTILINE)
    ways = {
        "grade_id": [n for n in code if _grade_id(cells[n]) == name],
        "cell id": [n for n in code if cells[n].get("id") == name],
        "source": [n for n in code if sources[n].lstrip().startswith(f"# {set_id}-{task['id']}:")],
        "variable": [n for n in code if sets.search(sources[n])],
    }
    how = next((way for way, there in ways.items() if there), "")
    if not how:
        return Found(trouble="no cell of this task is left")
    found = sorted(
        {n for way in ("grade_id", "cell id", "source") for n in ways[way]} or set(ways["variable"])
    )
    changed = [n for n in found if _bare(sources[n]) != _bare(task.get("starter", ""))]
    trouble = (
        f"{len(found)} cells claim to be this answer; the last that was changed counts"
        if len(found) > 1
        else ""
    )
    if not ways["grade_id"] and not trouble:
        trouble = f"found by its {how}; its nbgrader metadata is gone"
    return Found(found, how, (changed or found)[-1], trouble)


def _grade_id(cell: Mapping[str, Any]) -> Any:
    about = cell.get("metadata")
    about = about.get("nbgrader") if isinstance(about, dict) else None
    return about.get("grade_id") if isinstance(about, dict) else None


def _bare(source: str) -> str:
    """Code without comments and spaces, for seeing whether it was touched."""
    return re.sub(r"\s+", "", re.sub(r"(?m)^\s*#.*$", "", source))


def collect(namespace: Mapping[str, Any], sheet: Mapping[str, Any]) -> dict[str, Any]:
    """What a notebook's variables hold for each task, as data; tasks without an answer are left out.

    Runs where the notebook ran; needs the sheet alone, never the key.

    >>> collect({"how_many": 13.0}, {"tasks": [{"id": "how-many", "variable": "how_many"}]})
    {'how-many': 13}
    """
    found = {task["id"]: as_data(namespace.get(task["variable"])) for task in sheet["tasks"]}
    return {task: data for task, data in found.items() if not is_blank(data)}
