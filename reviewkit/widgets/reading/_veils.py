"""What does a pane say of its veil: what is covered, by whom, why, and what else can be chosen?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...knowing import standing
from ...veiling import JUDGES, Veil, judges, veil

__all__ = ["asked_veil", "controls"]

GRADES = {
    1: "from grade 1: the premise, too",
    2: "from grade 2: secrets and turns",
    3: "grade 3 only: fates and the end",
}


def controls(data: Any, on: Veil, *, given: bool = False, unasked: bool = False) -> dict[str, Any]:
    """The veil in words, and the choices of the pane's two controls.

    `given`: a table or a veil came with the pane and stays a choice. `unasked`: the veil was chosen by what
    the student has said of themselves, which is then told.
    """
    known = judges(data)
    choices = [{"judge": judge, "text": JUDGES[judge]} for judge in known]
    if given and on.judge not in known:
        choices.insert(0, {"judge": "table", "text": "by the marks given"})
    return {
        "judge": on.judge if on.judge != "off" else choices[0]["judge"],
        "grade": 0 if on.judge == "off" else on.grade,
        "whose": on.whose,
        "misses": on.misses,
        "why": _why(on) if unasked else "",
        "judges": choices,
        "grades": [{"grade": 0, "text": "nothing"}, *({"grade": g, "text": t} for g, t in GRADES.items())],
    }


def asked_veil(data: Any, given: Any, now: Mapping[str, Any], asked: Mapping[str, Any]) -> Veil | None:
    """The veil that a pane's two controls ask for: a judge among those offered `now`; a grade, 0 for none.

    `given` is what came with the pane. None where there is no such judge or grade.
    """
    judge, grade = asked.get("judge"), asked.get("grade")
    if grade == 0:
        return veil(data, "off")
    if judge in [each["judge"] for each in now["judges"]] and grade in (1, 2, 3):
        return veil(data, given if judge == "table" else judge, grade=grade)
    return None


def _why(on: Veil) -> str:
    """Why the veil is on or off, from what the student said in the first notebook."""
    story = standing().story
    if on.judge == "off":
        return "You said that you know the story (00 Start here)."
    unsaid = "You have not said whether you know the story" if story is None else "You do not know the story"
    return f"{unsaid} (00 Start here)."
