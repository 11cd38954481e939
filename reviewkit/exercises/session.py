"""An exercise set in a notebook: cards, checks, hints, solutions, progress, and handing in."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from ..errors import ReviewkitError
from .handing_in import given_here, hand_in
from .keys import load_sheet
from .mark_value import Mark, Said, folds
from .marking import FULL, mark_task
from .plain import as_data, is_blank
from .progress import Progress
from .record import Record

if TYPE_CHECKING:
    from .cards import AssessCard, TaskCard

__all__ = ["Exercise", "exercise"]


def exercise(name: str, page: str | None = None) -> Exercise:
    """A set of exercises to work on: `ex01` to practise, or with a page's name as an assessment on it.

    Gives an `Exercise`: `ex.card(task)` asks, `ex.check(task, answer)` checks, `ex.hint(task)` helps,
    `ex.solution(task)` shows a way after an attempt, `ex.progress()` says where you are, `ex.submit()` makes
    the file to hand in. Raises `ReviewkitError` where there is no such set.

    >>> exercise("ex01").practice
    True
    """
    return Exercise(load_sheet(name, page))


class Exercise:
    """One set, and what one person has made of it so far."""

    def __init__(self, sheet: dict[str, Any]) -> None:
        self.sheet = sheet
        self.record = Record(sheet["set"], sheet["page"])
        self._tasks = {task["id"]: task for task in sheet["tasks"]}
        self._given: dict[str, Any] | None = None

    @property
    def practice(self) -> bool:
        """Whether this is for practice, with hints and solutions."""
        return bool(self.sheet["use"] == "practice")

    def card(self, task: str) -> TaskCard | Said:
        """A card that asks a task, for those tasks that take no Python."""
        from .cards import TaskCard

        found = self._tasks.get(task)
        return self._no_such(task) if found is None else TaskCard(self, found)

    def check(self, task: str, answer: Any = None, because: str = "") -> Mark | Said:
        """Check an answer, and keep it. `because` is a reason to hold to a reading that is disputed.

        Gives a `Mark`, a number of points that shows what was found. Raises nothing.
        """
        found = self._tasks.get(task)
        if found is None:
            return self._no_such(task)
        data, reason = as_data(answer), as_data(because)
        reason = reason if isinstance(reason, str) else ""
        if isinstance(data, dict) and set(data) == {"answer", "because"}:
            data, reason = data["answer"], reason or str(data["because"] or "")
        if is_blank(data):
            data, reason = self._handed(task, reason)
        return self.marked(found, data, reason)

    def marked(self, task: dict[str, Any], data: Any, because: str) -> Mark:
        """Mark an answer that is data already, and keep it."""
        row = mark_task(task, data, because, self_study=self.practice)
        if row["result"] != "not attempted":
            self.record.take(row)
        if self.record.trouble:
            row["feedback"] = [*row["feedback"], self.record.trouble]
        return Mark(row, self._more(task, row["result"]))

    def hint(self, task: str) -> Said:
        """Three hints, folded one within another."""
        found = self._tasks.get(task)
        if found is None:
            return self._no_such(task)
        if "hints" not in found or not self.practice:
            return Said("No hints here", ["This is an assessment; hints belong to practice."])
        return Said(found["title"], ["Open one hint at a time."], more=folds(_hints(found)))

    def solution(self, task: str) -> Said:
        """A way to the answer, with its reasons; for practice, and only after an attempt."""
        found = self._tasks.get(task)
        if found is None:
            return self._no_such(task)
        if "solution" not in found or not self.practice:
            return Said("No solution here", ["This is an assessment; solutions belong to practice."])
        if not self.record.tries(task):
            return Said("Try first", ["A solution is shown after an attempt. A guess will do."])
        parts = [found["solution"]]
        if found["kind"] == "open":
            parts = [f"**A model answer.** {found['key']['model']}", found["key"]["commentary"]]
        return Said(f"{found['title']}: a way to the answer", parts)

    def assess(self, task: str) -> AssessCard | Said:
        """A card on which you judge an open answer of your own by the rubric."""
        from .cards import AssessCard

        found = self._tasks.get(task)
        if found is None or found["kind"] != "open":
            return self._no_such(
                task, "open task", [t["id"] for t in self.sheet["tasks"] if t["kind"] == "open"]
            )
        return AssessCard(self, found)

    def progress(self) -> Progress:
        """What was done, and what to reread."""
        return Progress(self.sheet, self.record.all())

    def submit(self, name: str | None = None) -> Said:
        """Make the one file to hand in: this notebook, with all answers as data.

        Under your pseudonym, or under `name` where your teacher wants names.
        """
        try:
            path, notes = hand_in(self.sheet, self.record.all(), name)
        except ReviewkitError as trouble:
            return Said("Nothing was handed in yet", [str(trouble)], "#b3402f")
        return Said("Ready to hand in", [f"Hand in this one file: `{path}`", *notes], "#2e7d4f")

    def _handed(self, task: str, because: str) -> tuple[Any, str]:
        """The answer in the file that was handed in, where this notebook runs as one."""
        if self._given is None:
            self._given = given_here(self.sheet["set"], self.sheet["page"])
        said = self._given.get(task, {})
        return said.get("answer"), because or said.get("because", "")

    def _more(self, task: dict[str, Any], result: str) -> str:
        """Hints and, after an attempt, the solution, folded away below what is said."""
        if not self.practice or "hints" not in task:
            return ""
        way = [("A way to the answer, with reasons", task["solution"])]
        if task["kind"] == "open":
            return ""
        if result in FULL:
            return folds(way)
        return folds(_hints(task) + (way if self.record.tries(task["id"]) else []))

    def _no_such(self, task: Any, what: str = "task", known: list[str] | None = None) -> Said:
        names = [*self._tasks] if known is None else known
        close = get_close_matches(str(task), names, n=1)
        meant = f" Did you mean {close[0]!r}?" if close else ""
        return Said(f"There is no {what} {str(task)[:40]!r}.{meant}", [f"There is: {', '.join(names)}."])

    def __repr__(self) -> str:
        return f"<Exercise {self.sheet['set']} on {self.sheet['page']}: {len(self._tasks)} tasks>"


def _hints(task: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f"Hint {n} of {len(task['hints'])}", text) for n, text in enumerate(task["hints"], 1)]
