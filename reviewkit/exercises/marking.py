"""How right is an answer, and what does its writer believe? Answers as data, held against a key.

Nothing of a student's is run: an answer is numbers, texts and lists, and the key is data as well. What is
said of an answer names the student's own value and the misconception, never the expected answer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from .kinds import KINDS, Found, UnreadableError
from .plain import is_blank

__all__ = ["FULL", "RESULTS", "mark", "mark_task"]

RESULTS = {
    "correct": "Right",
    "agrees with the key": "You agree with the key",
    "agrees with an annotator": "A careful reader says the same, and the key another thing: that counts in "
    "full",
    "disputed": "You hold to your reading, and say why",
    "partly": "Partly",
    "not yet": "Not yet",
    "not attempted": "Not attempted yet",
    "unreadable": "This cannot be read",
    "open": "Kept",
    "kept": "Kept",
}
"""What may become of an answer, and how it is said."""
FULL = ("correct", "agrees with the key", "agrees with an annotator")
_REASON = 4  # words that a reason has at the least


def mark(
    set_id: str, answers: Mapping[str, Any], key: Mapping[str, Any], *, self_study: bool = False
) -> list[dict[str, Any]]:
    """Mark a set: a row for every task of the key, whatever the answers are.

    `answers` maps task to answer as data, or to {"answer": ..., "because": ...}. A row has task, title, kind,
    points, out_of, result, misconceptions, feedback (sentences for the student), to_teacher, because, answer
    and read (how it was understood). A disputed reading counts in full in `self_study`; in class it keeps
    what it has otherwise, and goes to the teacher. Raises `ValueError` where the key is another set's.
    """
    if key.get("set") != set_id:
        raise ValueError(f"This is the key of {key.get('set')!r}, not of {set_id!r}.")
    given = answers if isinstance(answers, Mapping) else {}
    return [mark_task(task, *_taken(given.get(task["id"])), self_study=self_study) for task in key["tasks"]]


def mark_task(
    task: Mapping[str, Any], answer: Any, because: str = "", *, self_study: bool = False
) -> dict[str, Any]:
    """Mark one task; gives a row as `mark` does, and never raises for an answer."""
    try:
        return _marked(task, answer, because, self_study)
    except (ArithmeticError, AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError):
        said = ["Your answer is of a shape that was not asked for. Compare it with the form of the question."]
        return _row(task, answer, because, "unreadable", said=said)


def _taken(given: Any) -> tuple[Any, str]:
    if (
        isinstance(given, Mapping)
        and "answer" in given
        and set(given) <= {"answer", "because", "tries", "at"}
    ):
        because = given.get("because")
        return given["answer"], because if isinstance(because, str) else ""
    return given, ""


def _marked(task: Mapping[str, Any], answer: Any, because: str, self_study: bool) -> dict[str, Any]:
    kind, form = KINDS[task["kind"]], task["form"]
    if is_blank(answer):
        return _row(task, answer, because, "not attempted", said=["There is no answer yet."])
    if isinstance(answer, dict) and isinstance(answer.get("unreadable"), str):
        said = [f"Your answer is {answer['unreadable']}. What was to come out of it?"]
        return _row(task, answer, because, "unreadable", said=said)
    try:
        value = kind.read(answer, form)
        if is_blank(value):
            return _row(task, answer, because, "not attempted", said=["There is no answer yet."])
        shown = kind.shown(value, form)
        if "key" not in task:
            said = [f"Your answer: {shown}.", "It is marked after you have handed it in."]
            return _row(task, answer, because, "kept", said=said, read=shown)
        found = kind.weigh(value, form, task["key"])
    except UnreadableError as trouble:
        return _row(task, answer, because, "unreadable", said=[str(trouble)])
    return _judged(task, answer, because.strip(), found, shown, self_study)


def _judged(
    task: Mapping[str, Any], answer: Any, because: str, found: Found, shown: str, self_study: bool
) -> dict[str, Any]:
    share, said = found.share, [*found.said]
    if task["kind"] == "open":
        return _row(task, answer, because, "open", said=said, slips=found.slips, read=shown, teacher=True)
    if share >= 1:
        whose = "an annotator" if found.agrees == "annotator" else "the key"
        result = f"agrees with {whose}" if task["judgement"] else "correct"
        return _row(task, answer, because, result, share=1.0, said=said, read=shown)
    if not found.slips or found.slips == ["unexplained"]:
        said.append(task["ask"])
    result = "partly" if share > 0 else "not yet"
    if task["judgement"] and because:
        if len(because.split()) >= _REASON:
            said.append("Your reason is kept with your reading.")
            share = 1.0 if self_study else share
            return _row(task, answer, because, "disputed", share, said, found.slips, shown, teacher=True)
        said.append("A reason takes a sentence: which words, and what do they show?")
    elif task["judgement"]:
        said.append("If you hold to your reading, say why: a reason counts.")
    return _row(task, answer, because, result, share, said, found.slips, shown)


def _row(
    task: Mapping[str, Any],
    answer: Any,
    because: str,
    result: str,
    share: float = 0.0,
    said: list[str] | None = None,
    slips: list[str] | None = None,
    read: str = "",
    *,
    teacher: bool = False,
) -> dict[str, Any]:
    points = task["points"]
    return {
        "task": task["id"],
        "title": task["title"],
        "kind": task["kind"],
        "points": points if share >= 1 else math.floor(share * points * 4) / 4,
        "out_of": points,
        "result": result,
        "misconceptions": slips or [],
        "feedback": said or [],
        "to_teacher": teacher,
        "because": because,
        "answer": answer,
        "read": read,
    }
