"""What does a student get back? A page of their own: what was found in each answer, and what to reread.

It says what the feedback of a check says, which never gives the expected answer away; nothing of the key,
and nothing of anybody else's, is on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..exercises.plain import is_blank
from ..portfolios.markup import Markup, el, paragraphs, table
from .page import badge, number, page, said
from .worth import Marked

__all__ = ["feedback_page"]

_SHOWN = (
    "A bare notebook",
    "Not checked before",
    "Running it was stopped",
    "Cell ",
    "It would have to be run",
)


def feedback_page(made: Marked, key: Mapping[str, Any]) -> str:
    """The whole page, as text."""
    tasks = {task["id"]: task for task in key["tasks"]}
    who = made.id if made.pseudonym in ("", made.id) else f"{made.id} ({made.pseudonym})"
    head = [
        el("p", f"for {who}", class_="by"),
        el("p", el("b", f"{made.points:g} of {number(made.out_of)}"), _waits(made), class_="total"),
    ]
    told = [note for note in made.notes if note.startswith(_SHOWN) or "attempts;" in note]
    head += [el("p", note, class_="note") for note in told]
    rows = [[row["title"], f"{row['points']:g}", f"{row['out_of']:g}"] for row in made.rows]
    parts = [
        ("tasks", "Task by task", Markup("".join(_task(n, row) for n, row in enumerate(made.rows, 1)))),
        ("reread", "What to reread", _reread(made, tasks)),
        ("points", "All points", table("Points of each task", ["Task", "Points", "Out of"], rows)),
    ]
    return page(f"Exercises {key['set'][2:]}: {key['title']}", head, parts)


def _waits(made: Marked) -> str:
    waits = made.waiting
    if not waits:
        return ""
    return f", and {'one answer is' if waits == 1 else f'{waits} answers are'} still with your teacher"


def _task(count: int, row: Mapping[str, Any]) -> Markup:
    waits = row["to_teacher"] and "teacher" not in row
    points = f"{row['points']:g} of {number(row['out_of'])}"
    if waits and row["result"] == "open":
        points = f"{number(row['out_of'])} to be had; with your teacher"
    elif waits:
        points += " so far; with your teacher"
    parts = [
        el("h3", f"{count}. {row['title']}"),
        el("p", badge(row["result"]), el("span", points, class_="points")),
    ]
    if not is_blank(row["answer"]) and row["read"]:
        parts += [el("p", "Your answer:", class_="quiet"), el("div", said(row["read"]), class_="yours")]
    if row["because"]:
        parts += [el("p", "Your reason:", class_="quiet"), el("div", said(row["because"]), class_="yours")]
    parts += [el("p", said(sentence)) for sentence in row["feedback"]]
    for comment in row.get("comments", ()):
        parts += [el("p", "Your teacher:", class_="quiet"), el("div", paragraphs(comment), class_="note")]
    return el("article", *parts)


def _reread(made: Marked, tasks: Mapping[str, Mapping[str, Any]]) -> Markup:
    """Sections of the lesson, for those tasks that did not earn everything."""
    short = [row for row in made.rows if row["points"] < row["out_of"] and not row["to_teacher"]]
    cites: dict[str, list[str]] = {}
    for row in short:
        for place in tasks[row["task"]].get("cites", ()):
            cites.setdefault(place, []).append(row["title"])
    if not cites:
        return Markup("")
    return el("ul", *(el("li", f"{place} (for: {', '.join(titles)})") for place, titles in cites.items()))
