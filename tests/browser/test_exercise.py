"""The first exercise set as a student works it: cards, code, checks, progress, handing in."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from .axe import axe
from .lab import CHECKOUT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "ex01_from_page_to_table.ipynb"
SHOTS = os.environ.get("REVIEWKIT_SHOTS")
RUN = """([id, source]) => {
    const panel = window.jupyterapp.shell.currentWidget.content;
    const at = panel.widgets.findIndex((cell) => cell.model.sharedModel.id === id);
    if (source) panel.widgets[at].model.sharedModel.setSource(source);
    panel.activeCellIndex = at;
    return window.jupyterapp.commands.execute('notebook:run-cell').then(() => null);
}"""


def shot(page, name: str, part=None) -> None:
    """Keep a picture where somebody wants to look."""
    if SHOTS:
        (part or page).screenshot(path=str(Path(SHOTS) / f"{name}.png"))


@pytest.fixture
def key():
    sheet = json.loads((CHECKOUT / "reviewkit/exercises/sets/ex01.json").read_text(encoding="utf-8"))
    return {task["id"]: task["key"] for task in sheet["tasks"]}


@pytest.fixture
def opened(lab, page):
    """The set, just run, with nothing kept from before."""
    shutil.rmtree(lab.root / "my_work", ignore_errors=True)
    (lab.root / "exercises").mkdir(exist_ok=True)
    shutil.copyfile(CHECKOUT / "exercises" / NAME, lab.root / "exercises" / NAME)
    lab.open(page, f"exercises/{NAME}")
    lab.run(page)
    page.locator(".rk-ask").first.wait_for()
    yield page
    assert page.problems == []
    assert lab.errors(page) == []


def test_a_student_works_the_set_and_hands_it_in(lab, opened, key, axe_core):
    page = opened
    card = page.locator(".rk-ask").first
    lines = key["lines"]["right"]
    for item, label in lines.items():
        given = "page furniture" if item == "a" and label != "page furniture" else label
        given = "review text" if item == "a" and given == label else given
        card.locator(f'[data-key="{item}"]').get_by_label(given, exact=True).check()
    card.get_by_role("button", name="Check my answer").click()
    card.get_by_text("Partly").wait_for()
    card.scroll_into_view_if_needed()
    shot(page, "1-partly", card)
    assert axe(page, axe_core, ".rk-ask") == ([], [])

    card.get_by_role("button", name="Change my answer").click()
    assert card.locator('[data-key="b"]').get_by_label(lines["b"], exact=True).is_checked()
    card.locator('[data-key="a"]').get_by_label(lines["a"], exact=True).check()
    page.wait_for_timeout(700)  # a click right after another is the end of a double click
    card.get_by_role("button", name="Check my answer").click()
    card.get_by_text("Right (3 of 3)").wait_for()

    page.evaluate(RUN, ["ex01-lines", ""])
    page.locator(".rk-mark", has_text="Right (3 of 3)").wait_for()
    page.evaluate(RUN, ["ex01-nought-answer", 'nought = corpus.reviews["helpful_votes"].fillna(0).mean()'])
    page.evaluate(RUN, ["ex01-nought", ""])
    said = page.locator(".rk-mark", has_text="counts every unknown as a nought")
    said.wait_for()
    said.scroll_into_view_if_needed()
    said.get_by_text("Hint 1 of 3").click()
    assert said.get_by_text("Hint 2 of 3").is_visible()
    assert not said.get_by_text("Hint 3 of 3").is_visible()
    shot(page, "2-slip", said)
    assert axe(page, axe_core, ".rk-mark")[0] == []

    page.evaluate(RUN, ["ex01-progress", ""])
    table = page.locator("table", has_text="1 of 9 tasks done")
    table.wait_for()
    table.scroll_into_view_if_needed()
    shot(page, "3-progress")
    page.evaluate(RUN, ["ex01-submit", ""])
    page.locator(".rk-mark", has_text="Hand in this one file").wait_for()
    shot(page, "4-submit")
    (path,) = (lab.root / "my_work" / "handed_in").iterdir()
    said = json.loads(path.read_text(encoding="utf-8"))
    answers = said["metadata"]["reviewkit_submission"]["answers"]
    assert answers["lines"]["answer"] == lines
    assert {*answers} == {"lines", "nought"}
    assert any(cell["id"] == "ex01-lines" for cell in said["cells"])

    lab.theme(page, "Dark")
    card.scroll_into_view_if_needed()
    shot(page, "5-dark")
    page.locator(".rk-mark", has_text="counts every unknown").scroll_into_view_if_needed()
    shot(page, "6-dark-slip")
    assert axe(page, axe_core, ".rk-mark")[0] == []
    lab.theme(page, "Light")
