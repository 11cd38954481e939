"""Where am I? What was done of a set, and which sections of the lesson to reread."""

from __future__ import annotations

from html import escape
from typing import Any

from .marking import FULL

__all__ = ["Progress"]

_SAID = {
    "correct": "done",
    "agrees with the key": "done",
    "agrees with an annotator": "done, with one of two readers",
    "disputed": "done, disputed with a reason",
    "partly": "partly",
    "not yet": "tried",
    "unreadable": "tried",
    "open": "written",
    "kept": "answered",
}


class Progress:
    """What was done of a set; a table in a notebook, lines of text elsewhere. `.rows` has it as data."""

    def __init__(self, sheet: dict[str, Any], record: dict[str, dict[str, Any]]) -> None:
        self._title = sheet["title"]
        self._graded = sheet["use"] == "practice"
        self.rows = [_row(task, record.get(task["id"], {}), self._graded) for task in sheet["tasks"]]

    @property
    def done(self) -> int:
        """How many tasks are done."""
        return sum(bool(row["done"]) for row in self.rows)

    @property
    def reread(self) -> list[str]:
        """The sections to reread, each once, those of tasks first that were tried and are not done."""
        cites = [c for row in self.rows if row["tries"] and not row["done"] for c in row["cites"]]
        return list(dict.fromkeys(cites))

    def __str__(self) -> str:
        lines = [f"{self._title}: {self.done} of {len(self.rows)} tasks done."]
        lines += [
            f"  {n}. {row['title']}: {row['said']}{row['earned']}" for n, row in enumerate(self.rows, 1)
        ]
        return "\n".join([*lines, *(f"  To reread: {each}" for each in self.reread)])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        left = 'style="text-align:left;padding:4px 12px 4px 0"'
        heads = "".join(
            f'<th scope="col" {left}>{h}</th>'
            for h in ("Task", "How it stands", "Points", "Tries", "To reread")
        )
        body = "".join(
            f'<tr><th scope="row" {left}>{n}. {escape(row["title"])}</th>'
            f"<td {left}>{escape(row['said'])}</td><td {left}>{escape(row['points'])}</td><td "
            f"{left}>{row['tries']}</td>"
            f"<td {left}>{escape(row['reread'])}</td></tr>"
            for n, row in enumerate(self.rows, 1)
        )
        return (
            f'<div style="overflow-x:auto"><table><caption style="text-align:left;padding:4px 0"><strong>'
            f"{escape(self._title)}</strong>: {self.done} of {len(self.rows)} tasks done</caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
        )


def _row(task: dict[str, Any], known: dict[str, Any], graded: bool) -> dict[str, Any]:
    result = known.get("result", "")
    done = result in (*FULL, "disputed", "open", "kept")
    shown = graded and task["kind"] != "open" and bool(result)
    points = f"{known.get('points', 0):g} of {task['points']}" if shown else f"of {task['points']}"
    return {
        "task": task["id"],
        "title": task["title"],
        "done": done,
        "said": _SAID.get(result, "not attempted yet"),
        "points": points,
        "earned": f" ({points})" if shown else "",
        "tries": known.get("tries", 0),
        "cites": task["cites"],
        "reread": "; ".join(task["cites"]) if known.get("tries") and not done else "",
    }
