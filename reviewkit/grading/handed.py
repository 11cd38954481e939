"""What was handed in? One file, taken apart: which set, on which page, whose, its answers and its cells.

All of it is a stranger's. Nothing is run; names that lead to files are held to plain letters; of a notebook
only what marking needs is kept, without its outputs.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from ..errors import ReviewkitError
from ..exercises.handing_in import checked_submission
from .naming import Named, named
from .unpacking import File

__all__ = ["Handed", "opened"]

_SET = re.compile(r"[a-z]{1,8}\d{1,3}")
_PAGE = re.compile(r"\w[\w.-]{0,79}")
_CALL = re.compile(
    r"\bexercise\(\s*[\"']([a-z]{1,8}\d{1,3})[\"']\s*(?:,\s*(?:page\s*=\s*)?[\"'](\w[\w.-]{0,79})[\"'])?"
)
_CELL = re.compile(r"(?:^|# )([a-z]{1,8}\d{1,3})-[\w-]+")
_CELLS = 1_000
_SOURCE = 2_000_000  # characters of all cells together


@dataclass
class Handed:
    """One file. `trouble` says why it cannot be marked at all, `notes` what the teacher should know."""

    label: str
    trail: tuple[str, ...]
    name: str
    named: Named | None
    sha: str = ""
    set: str = ""
    page: str | None = None
    pseudonym: str = ""
    said: dict[str, Any] | None = None
    cells: list[dict[str, Any]] = field(default_factory=list)
    at: str = ""
    when: float = 0.0
    trouble: str = ""
    notes: list[str] = field(default_factory=list)
    id: str = ""

    @property
    def order(self) -> tuple[Any, ...]:
        """Sorts attempts of one person, the latest last."""
        stamp, number, copy = self.named.attempt if self.named else ("", 0, 0)
        return (stamp, number, self.at, copy, self.when, self.label)


def opened(file: File) -> Handed:
    """A file as what was handed in; it never raises for what stands in it."""
    made = Handed(file.label, file.trail, file.name, named(file.trail, "" if file.within else file.name))
    made.when = file.when
    if file.data is None:
        made.trouble = file.trouble
        return made
    made.sha = hashlib.sha256(file.data).hexdigest()
    try:
        book = json.loads(file.data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        made.trouble = "is no notebook: it does not hold JSON"
        return made
    if not isinstance(book, dict) or not isinstance(book.get("cells"), list):
        made.trouble = "is no notebook: it has no cells"
        return made
    about = book.get("metadata")
    _take_answers(made, about if isinstance(about, dict) else {})
    _take_cells(made, book["cells"])
    _find_set(made, about if isinstance(about, dict) else {})
    return made


def _take_answers(made: Handed, about: dict[str, Any]) -> None:
    if (said := about.get("reviewkit_submission")) is None:
        return
    try:
        said = checked_submission(said)
        if not _SET.fullmatch(said["set"]) or not _PAGE.fullmatch(said["page"]):
            raise ReviewkitError("Its answers are for a set that cannot be.")
    except ReviewkitError as trouble:
        made.notes.append(f"{trouble} Its cells are marked instead.")
        return
    made.said, made.set, made.page = said, said["set"], said["page"]
    made.pseudonym = " ".join(said["who"]["is"].split())[:100]
    made.at = said["at"][:40]


def _take_cells(made: Handed, cells: list[Any]) -> None:
    left = _SOURCE
    for cell in cells[:_CELLS]:
        cell = cell if isinstance(cell, dict) else {}
        source = cell.get("source", "")
        text = "".join(map(str, source)) if isinstance(source, list) else str(source)
        text, left = text[:left], left - len(text[:left])
        kept: dict[str, Any] = {"cell_type": cell.get("cell_type"), "source": text}
        if isinstance(cell.get("id"), str):
            kept["id"] = cell["id"][:80]
        about = cell.get("metadata")
        grader = about.get("nbgrader") if isinstance(about, dict) else None
        if isinstance(grader, dict) and isinstance(grader.get("grade_id"), str):
            kept["metadata"] = {"nbgrader": {"grade_id": grader["grade_id"][:80]}}
        made.cells.append(kept)
    if len(cells) > _CELLS or left <= 0:
        made.notes.append(f"It is very long; the first {_CELLS:,} cells were read.")


def _find_set(made: Handed, about: dict[str, Any]) -> None:
    """Which set it is: what it says, else what its cells say."""
    if made.set:
        return
    mark = about.get("reviewkit")
    if isinstance(mark, dict):
        name, page = mark.get("set"), mark.get("page")
        if isinstance(name, str) and _SET.fullmatch(name):
            made.set = name
            made.page = page if isinstance(page, str) and _PAGE.fullmatch(page) else None
            return
    sources = "\n".join(cell["source"] for cell in made.cells if cell["cell_type"] == "code")
    if found := _CALL.search(sources):
        made.set, made.page = found[1], found[2]
    else:
        names = [str(cell.get("id", "")) for cell in made.cells]
        names += [
            str(cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", "")) for cell in made.cells
        ]
        names += [cell["source"][:80] for cell in made.cells]
        hits = [found[1] for name in names if (found := _CELL.match(name))]
        made.set = max(set(hits), key=hits.count) if hits else ""
    if made.set:
        made.notes.append("The notebook's own metadata is gone; the set was known by its cells.")
    else:
        made.trouble = "is a notebook, and none of these exercises: no cell of a set was found in it"
