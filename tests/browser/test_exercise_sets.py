"""Every exercise set as a student works it: cards answered wrong, then right; code; a pane; handing in."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from handed_sets import SETS, models_of, odd_label

from reviewkit.exercises import load_key, mark
from reviewkit.exercises.handing_in import read_submission

from .axe import axe
from .lab import CHECKOUT
from .test_exercise import RUN

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHOTS = os.environ.get("REVIEWKIT_SHOTS")
SETTLED = 700  # milliseconds: a click right after another is the end of a double click
SHOW = """async (id) => {
    const book = window.jupyterapp.shell.currentWidget.content;
    const at = book.widgets.findIndex((cell) => cell.model.sharedModel.id === id);
    await book.scrollToItem(at, "start");
    return at;
}"""


def in_fields(task: dict, answer) -> dict[str, str]:
    """An answer, as it stands in the fields of a task's card."""
    form = task["form"]
    match task["kind"]:
        case "choices":
            return {key: "yes" if key in answer else "no" for key in form["options"]}
        case "sort" | "verdicts" if form["words"]:
            words = {f"{item} words": said["words"] for item, said in answer.items()}
            return {item: said["label"] for item, said in answer.items()} | words
        case "sort" | "verdicts":
            return answer
        case "claim":
            grounds = {key: "yes" if key in answer["grounds"] else "no" for key in form["grounds"]["options"]}
            return {"verdict": answer["verdict"], **grounds}
        case "spans":
            return {str(n): said for n, said in enumerate(answer, 1)}
        case "rule":
            return {name: "\n".join(answer[name]) for name in ("cues", "unless")}
        case "open":
            return {"text": answer}
    return {"answer": str(answer)}


def a_slip(task: dict, right: dict[str, str]) -> dict[str, str]:
    """The fields with one of them gone wrong, as a student may leave them."""
    match task["kind"]:
        case "choices":
            first = next(iter(right))
            return {**right, first: "no" if right[first] == "yes" else "yes"}
        case "sort" | "verdicts":
            item, label = odd_label(task)
            return {**right, item: label}
        case "claim":
            return {**right, "verdict": next(v for v in task["form"]["verdicts"] if v != right["verdict"])}
        case "spans":
            return dict.fromkeys(right, "the")
        case "rule":
            return {"cues": "zebra", "unless": ""}
    return {"answer": "99999"}


def full_points(task: dict) -> str:
    """What a check says of an answer that earns everything."""
    return f"({task['points']} of {task['points']})"


def filled(card, fields: dict[str, str]) -> None:
    """Fill a card in, by mouse and keyboard."""
    for name, said in fields.items():
        part = card.locator(f'.rk-ask-question[data-key="{name}"]')
        if part.locator("input[type=radio]").count():
            part.locator(f'input[value="{said}"]').check()
        else:
            part.locator("input, textarea").fill(said)


def commit(page, card) -> str:
    """Have an answer checked, and give what is said of it."""
    page.wait_for_timeout(SETTLED)
    card.get_by_role("button", name="my answer").click()
    after = card.locator(".rk-ask-yours")
    after.wait_for()
    return after.inner_text()


def on_a_card(page, card, task: dict, answer, name: str, axe_core) -> None:
    right, full = in_fields(task, answer), full_points(task)
    if task["kind"] != "open":
        filled(card, a_slip(task, right))
        assert full not in commit(page, card), name
        told = card.locator(".rk-ask-text").all_inner_texts()
        assert any(len(said) > 20 for said in told), name
        if SHOTS:
            card.screenshot(path=str(Path(SHOTS) / f"{name}-slip.png"))
        page.wait_for_timeout(SETTLED)
        card.get_by_role("button", name="Change my answer").click()
    filled(card, right)
    said = commit(page, card)
    if task["kind"] != "open":
        assert full in said, (name, said)
    if SHOTS:
        card.screenshot(path=str(Path(SHOTS) / f"{name}.png"))
    assert axe(page, axe_core, ".rk-ask") == ([], []), name


def in_a_pane(page, pane, answer) -> None:
    """Mark passages with the mouse: the first word, the last word, the label."""
    for n, passage in enumerate(answer, 1):
        words = pane.locator('.rk-text .rk-piece[data-kind="word"]')
        texts = words.all_inner_texts()
        wanted = passage["text"].replace(",", " ").replace(".", " ").split()
        at = next(i for i in range(len(texts)) if texts[i : i + len(wanted)] == wanted)
        words.nth(at).click()
        words.nth(at + len(wanted) - 1).click()
        pane.locator(".rk-choosing .rk-give", has_text=passage["label"]).click()
        pane.locator(".rk-rows > li").nth(n - 1).wait_for()
    page.wait_for_function("() => document.querySelector('.rk-kept').dataset.state === 'kept'")


@pytest.mark.parametrize("set_id", SETS[1:])
def test_a_student_works_the_set(lab, page, axe_core, set_id):
    key = load_key(set_id)
    (student,) = (CHECKOUT / "exercises").glob(f"{set_id}_*.ipynb")
    solved = json.loads((CHECKOUT / "exercises/solutions" / student.name).read_text(encoding="utf-8"))
    sources = {cell["id"]: "".join(cell["source"]) for cell in solved["cells"]}
    answers = models_of(key, solved)
    shutil.rmtree(lab.root / "my_work", ignore_errors=True)
    (lab.root / "exercises").mkdir(exist_ok=True)
    shutil.copyfile(student, lab.root / "exercises" / student.name)
    lab.open(page, f"exercises/{student.name}")
    lab.run(page)
    for task in key["tasks"]:
        name = f"{set_id}-{task['id']}"
        cell = page.locator(f'.jp-Cell[data-windowed-list-index="{page.evaluate(SHOW, f"{name}-answer")}"]')
        if cell.locator(".rk-ask").count():
            on_a_card(page, cell.locator(".rk-ask"), task, answers[task["id"]], name, axe_core)
        elif cell.locator(".rk-pane").count():
            in_a_pane(page, cell.locator(".rk-pane"), answers[task["id"]])
        else:
            page.evaluate(RUN, [f"{name}-answer", sources[f"{name}-answer"]])
        page.evaluate(RUN, [name, ""])
        at = page.evaluate(SHOW, name)
        said = page.locator(f'.jp-Cell[data-windowed-list-index="{at}"] .rk-mark')
        said.wait_for()
        if task["kind"] != "open":
            said.filter(has_text=full_points(task)).wait_for()
    page.evaluate(RUN, [f"{set_id}-progress", ""])
    done = f"{len(key['tasks'])} of {len(key['tasks'])} tasks done"
    page.locator("table", has_text=done).wait_for()
    page.evaluate(RUN, [f"{set_id}-submit", ""])
    page.locator(".rk-mark", has_text="Hand in this one file").wait_for()
    assert page.problems == []
    assert lab.errors(page) == []

    (path,) = (lab.root / "my_work" / "handed_in").iterdir()
    rows = mark(set_id, read_submission(path)["answers"], key)
    assert {row["task"]: row["points"] for row in rows if row["kind"] != "open"} == {
        task["id"]: task["points"] for task in key["tasks"] if task["kind"] != "open"
    }
    assert all(row["answer"] for row in rows)
