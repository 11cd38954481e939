"""What is a submission worth? Answers that came as data are marked as data; of the rest, what its cells give.

The marking itself happens here, in the process that knows the key, on plain data alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..exercises import find_answers, mark, sheet_of
from ..exercises.finding import Found
from ..exercises.plain import is_blank
from .attempts import Entry
from .handed import Handed
from .literals import literals
from .running import Job, Outcome

__all__ = ["Marked", "Plan", "marked", "plan", "unmarked"]

_ENDED = {
    "time": "it took too long",
    "memory": "it took too much memory",
    "disk": "it wrote too much",
    "output": "its answers were too large",
    "processes": "it started too many processes",
    "died": "it ended before its time",
    "no start": "it could not be started here",
}


@dataclass
class Plan:
    """What is known of a submission before anything is run; `job` is None where nothing needs to be."""

    answers: dict[str, Any]
    found: dict[str, Found]
    literal: dict[str, Any]
    job: Job | None
    notes: list[str] = field(default_factory=list)


@dataclass
class Marked:
    """A submission with its marks: a row for each task, as `mark` gives them, and what was noticed."""

    id: str
    set: str
    page: str
    pseudonym: str
    attempts: int
    rows: list[dict[str, Any]]
    notes: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    strange: bool = False
    how: str = "data"
    said: dict[str, Any] | None = None
    sha: str = ""
    complete: bool = True
    """Whether everything was run that had to be, so that it need not be marked again."""

    @property
    def points(self) -> float:
        """What it has earned so far."""
        return float(sum(row["points"] for row in self.rows))

    @property
    def out_of(self) -> float:
        """What could be earned."""
        return float(sum(row["out_of"] for row in self.rows))

    @property
    def waiting(self) -> int:
        """How many answers wait for the teacher."""
        return sum(bool(row["to_teacher"]) and "teacher" not in row for row in self.rows)


def plan(entry: Entry, handed: Handed, key: Mapping[str, Any]) -> Plan:
    """What to mark as data, what to read from cells, and what has to be run."""
    said = handed.said["answers"] if handed.said is not None else {}
    known = {t: a for t, a in said.items() if not is_blank(a.get("answer") if isinstance(a, dict) else a)}
    found = find_answers({"cells": handed.cells}, key)
    missing = [task for task in key["tasks"] if task["id"] not in known]
    touched = [task for task in missing if _touched(task, found[task["id"]], handed.cells)]
    notes = list(entry.notes)
    if handed.said is None:
        notes.append("A bare notebook, without answers as data.")
        notes += _troubles(found)
    read = literals(handed.cells, found, touched)
    need = [task for task in touched if task["id"] not in read]
    run = bool(need) or (handed.said is None and bool(touched))
    job = _job(entry, handed, key, found) if run else None
    return Plan(known, found, read, job, notes)


def _touched(task: Mapping[str, Any], found: Found, cells: list[dict[str, Any]]) -> bool:
    """Whether somebody wrote an answer into a cell of the task, or into its check."""
    if found.chosen is not None and _bare(cells[found.chosen]["source"]) != _bare(task.get("starter", "")):
        return True
    name, variable = re.escape(task["id"]), re.escape(task["variable"])
    inline = re.compile(rf"check\(\s*[\"']{name}[\"']\s*,\s*(?!{variable}\b|\.\.\.)\S")
    sets = re.compile(rf"^\s*{variable}\s*=(?!=)", re.MULTILINE)
    for number, cell in enumerate(cells):
        other = cell["cell_type"] == "code" and number not in found.cells
        if other and (inline.search(cell["source"]) or sets.search(cell["source"])):
            return True
    return False


def _bare(source: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"(?m)^\s*#.*$", "", source))


def _job(entry: Entry, handed: Handed, key: Mapping[str, Any], found: dict[str, Found]) -> Job:
    cells = [(n, c["source"]) for n, c in enumerate(handed.cells) if c["cell_type"] == "code"]
    again = [
        f for f in found.values() if len(f.cells) > 1 and f.chosen is not None and f.chosen != f.cells[-1]
    ]
    twice = [(f.chosen, handed.cells[f.chosen]["source"]) for f in again if f.chosen is not None]
    about: dict[str, Any] = {"reviewkit": {"set": key["set"], "page": key["page"], "use": key["use"]}}
    if handed.said is not None:
        about["reviewkit_submission"] = handed.said
    book = {"cells": [], "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    use = "assessment" if key.get("use") == "assessment" else "practice"
    return Job(entry.id, sheet_of(dict(key)), use, cells, twice, book)


def _troubles(found: Mapping[str, Found]) -> list[str]:
    """What was odd about where answers were, said once for all tasks alike."""
    counts = Counter(each.trouble for each in found.values() if each.trouble)
    told = []
    for trouble, count in counts.items():
        where = ", ".join(task for task, each in found.items() if each.trouble == trouble)
        told.append(f"{where if count < len(found) else 'All tasks'}: {trouble}.")
    return told


def marked(
    entry: Entry, handed: Handed, key: Mapping[str, Any], planned: Plan, outcome: Outcome | None
) -> Marked:
    """The marks, once everything that had to be run has been."""
    notes, answers = list(planned.notes), dict(planned.answers)
    ran = outcome.answers if outcome is not None else {}
    blank = {task["id"] for task in key["tasks"]} - set(answers)
    fresh = {t: {"answer": ran[t]} for t in blank if t in ran and not is_blank(ran[t])}
    fresh |= {t: {"answer": a} for t, a in planned.literal.items() if t in blank and t not in fresh}
    if handed.said is not None and fresh:
        notes.append(
            f"Not checked before handing in, and taken from their cells: {', '.join(sorted(fresh))}."
        )
    made = Marked(entry.id, key["set"], key["page"], handed.pseudonym, entry.attempts, [], notes)
    made.said, made.sha = handed.said, handed.sha
    if outcome is not None:
        made.how, made.tried, made.strange = "run", outcome.tried, outcome.strange
        made.complete = outcome.ended != "no start"
        notes += _of_run(outcome, handed)
    elif planned.job is not None:
        made.how, made.complete = "not run", False
        notes.append("It would have to be run, and was not; only answers that are written out were read.")
    made.rows = mark(key["set"], {**answers, **fresh}, key)
    return made


def _of_run(outcome: Outcome, handed: Handed) -> list[str]:
    told = []
    if outcome.ended != "done":
        more = f" ({outcome.said})" if outcome.said else ""
        told.append(
            f"Running it was stopped: {_ENDED[outcome.ended]}{more}. What it gave before then counts."
        )
    if outcome.errors:
        first = min(outcome.errors)
        count = len(outcome.errors)
        cells = f"Cell {first + 1}" if count == 1 else f"{count} cells, the first of them {first + 1},"
        told.append(f"{cells} failed: {outcome.errors[first]}")
    own = [c for c in handed.cells if c["cell_type"] == "code" and not _known(c, handed.set)]
    if own and len(own) < len(handed.cells):
        told.append(f"{len(own)} cells that do not belong to the set were run as well.")
    return told


def _known(cell: Mapping[str, Any], set_id: str) -> bool:
    grader = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", "")
    return any(str(each).startswith(f"{set_id}-") for each in (grader, cell.get("id", "")))


def unmarked(entry: Entry, why: str = "") -> Marked:
    """What could not be marked, so that its owner is not missing from the table."""
    notes = [*entry.notes, *([why] if why else [])]
    handed = entry.counts
    made = Marked(entry.id, entry.set, entry.page or "", "", entry.attempts, [], notes, how="none")
    if handed is not None:
        made.pseudonym, made.sha = handed.pseudonym, handed.sha
    made.complete = False
    return made
