"""All eight sets as a class hands them in: the model answers, answers with known faults, and disputes."""

from __future__ import annotations

import ast
import copy
import json
import math
from functools import cache
from typing import Any

from conftest import ROOT

from reviewkit.exercises import load_key

PAGE = "the-great-gatsby"
SETS = [f"ex0{n}" for n in range(1, 9)]
REASON = "I hold to it: the words can be heard so as well, by somebody who has been there."


@cache
def _read(path: str) -> str:
    return (ROOT / "exercises" / path).read_text(encoding="utf-8")


def key_of(set_id: str) -> dict[str, Any]:
    return load_key(set_id, PAGE, ROOT / "exercises" / "held-out")


def student_of(set_id: str) -> dict[str, Any]:
    return json.loads(_read(f"assessment/{set_id}_{PAGE}.ipynb"))


def solved_of(set_id: str) -> dict[str, Any]:
    return json.loads(_read(f"held-out/{set_id}_{PAGE}_solutions.ipynb"))


def set_for(number: int) -> str:
    """The set that a student of this number does."""
    return SETS[number % len(SETS)]


def closed(set_id: str) -> float:
    """The points that can be had without the teacher."""
    return sum(task["points"] for task in key_of(set_id)["tasks"] if task["kind"] != "open")


@cache
def models(set_id: str) -> dict[str, Any]:
    """The model answer of each task of an assessment."""
    return models_of(key_of(set_id), solved_of(set_id))


def models_of(key: dict[str, Any], solved: dict[str, Any]) -> dict[str, Any]:
    """The model answer of each task: as the solved notebook writes it, else as the key has it."""
    cells = {cell["id"]: "".join(cell["source"]) for cell in solved["cells"]}
    found = {}
    for task in key["tasks"]:
        try:
            last = ast.parse(cells[f"{key['set']}-{task['id']}-answer"]).body[-1]
            found[task["id"]] = json.loads(json.dumps(ast.literal_eval(last.value)))
        except ValueError:
            found[task["id"]] = task["key"]["expected"]
    return found


def odd_label(task: dict[str, Any]) -> tuple[str, str]:
    """An item, and a label that nobody gave it."""
    key = task["key"]
    for item, right in key["right"].items():
        given = {right, *(said.get(item) for said in key["readings"].values())}
        if free := [label for label in task["form"]["labels"] if label not in given]:
            return item, free[0]
    raise AssertionError(task["id"])


def spoilt(set_id: str, task: dict[str, Any]) -> tuple[Any, float]:
    """A wrong answer to a task, and the points that it earns all the same."""
    form, answer = task["form"], copy.deepcopy(models(set_id)[task["id"]])
    match task["kind"]:
        case "number":
            return 99_999, 0
        case "table":
            return {"columns": form["columns"], "rows": []}, 0
        case "rule":
            return form["given"], 0
        case "claim":
            return {**answer, "verdict": next(v for v in form["verdicts"] if v != task["key"]["right"])}, 0
        case "sort" | "verdicts":
            item, label = odd_label(task)
            answer[item] = {"label": label, "words": ""} if form["words"] else label
            count = len(form["items"])
            return answer, math.floor((count - 1) / count * task["points"] * 4) / 4
    return [], 0


def handed(
    set_id: str,
    number: int,
    *,
    wrong: int = 0,
    disputes: bool = False,
    at: str = "2026-11-20T10:00:00Z",
) -> tuple[dict[str, Any], float]:
    """A notebook with its answers as data, and its points: `wrong` closed tasks are spoilt, the first first.

    With `disputes` the first task of judgement is answered against everybody, with a reason.
    """
    key, points, answers = key_of(set_id), 0.0, {}
    tasks = [task for task in key["tasks"] if task["kind"] != "open"]
    spoil = {task["id"] for task in tasks[:wrong]}
    held = (
        {task["id"] for task in tasks if task["judgement"] and "items" in task["form"]} if disputes else set()
    )
    for task in key["tasks"]:
        answer, worth = models(set_id)[task["id"]], float(task["points"])
        because = ""
        if task["kind"] == "open":
            answer = {"text": " ".join(f"word{(number * 31 + n * n) % 997}" for n in range(60))}
            worth = 0
        elif task["id"] in spoil | held:
            answer, worth = spoilt(set_id, task)
            because = REASON if task["id"] in held else ""
        points += worth
        day = f"2026-11-2{len(answers) % 9}T10:00:{number % 60:02}Z"
        answers[task["id"]] = {"answer": answer, "because": because, "tries": 2, "at": day}
    book = student_of(set_id)
    book["metadata"]["reviewkit_submission"] = {
        "schema": "reviewkit-submission/1",
        "set": set_id,
        "page": PAGE,
        "kit": "0.2.0",
        "at": at,
        "who": {"as": "pseudonym", "is": f"owl-{number}"},
        "texts": key["texts"],
        "notebook_saved": None,
        "answers": answers,
    }
    return book, points
