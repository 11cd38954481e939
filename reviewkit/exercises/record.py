"""What has been tried so far? Each answer, as it was last checked, kept in `my_work/exercises/`."""

from __future__ import annotations

import datetime
from typing import Any

from .. import kept
from ..errors import ReviewkitError

__all__ = ["Record"]


class Record:
    """The answers of one person to one set; kept whenever one is checked.

    `record.trouble` says why nothing could be kept, and is mostly empty.
    """

    def __init__(self, set_id: str, page: str) -> None:
        self.name = f"exercises/{set_id}.{page}"
        self.trouble = ""

    def all(self) -> dict[str, dict[str, Any]]:
        """What is known of each task: answer, because, result, points, tries, misconceptions, at."""
        tasks = kept.read(self.name).get("tasks")
        found = tasks if isinstance(tasks, dict) else {}
        return {str(task): said for task, said in found.items() if isinstance(said, dict)}

    def of(self, task: str) -> dict[str, Any]:
        """What is known of a task; empty before it was tried."""
        return self.all().get(task, {})

    def tries(self, task: str) -> int:
        """How many different answers were checked."""
        found = self.of(task).get("tries", 0)
        return found if isinstance(found, int) else 0

    def take(self, row: dict[str, Any]) -> None:
        """Keep what was checked; the same answer again is no further attempt."""
        tasks = self.all()
        before = tasks.get(row["task"], {})
        again = before.get("answer") == row["answer"] and before.get("because") == row["because"]
        tries = self.tries(row["task"]) + (not again)
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        names = ("answer", "because", "result", "points", "misconceptions")
        tasks[row["task"]] = {**before, **{name: row[name] for name in names}, "tries": tries, "at": now}
        self._keep(tasks)

    def judge(self, task: str, levels: dict[str, int]) -> None:
        """Keep how the student judges an open answer of theirs."""
        tasks = self.all()
        tasks[task] = {**tasks.get(task, {}), "self": levels}
        self._keep(tasks)

    def _keep(self, tasks: dict[str, Any]) -> None:
        try:
            kept.write(self.name, {"schema": 1, "tasks": tasks})
            self.trouble = ""
        except ReviewkitError as trouble:
            self.trouble = str(trouble)
