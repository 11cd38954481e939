"""Each lesson in a real browser, as a student goes through it: every card answered, every pane on show."""

from __future__ import annotations

import shutil

import pytest

from .lab import CHECKOUT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LESSONS = sorted((CHECKOUT / "notebooks").glob("0[2-8]_*.ipynb"))
CELLS = "() => window.jupyterapp.shell.currentWidget.content.model.cells.length"
SHOW = """async (at) => {
    const book = window.jupyterapp.shell.currentWidget.content;
    await book.scrollToItem(at, "start");
    await new Promise((done) => setTimeout(done, 60));
}"""


def answered(card) -> bool:
    """Answer every question of a card with what lies nearest, and commit it; whether it was there to be."""
    button = card.get_by_role("button", name="Commit", exact=False)
    if not button.count() or not button.first.is_visible():
        return False
    for group in card.locator("fieldset").all():
        choices = group.locator("input[type=radio]")
        if choices.count():
            choices.first.check()
    for order in card.locator(".rk-order").all():
        order.get_by_role("button", name="Move down").first.click()
    for field in card.locator("input[type=text], input[type=number], textarea").all():
        if field.is_visible() and field.is_editable():
            field.fill("3")
    button.first.click()
    card.get_by_text("kept on this computer").first.wait_for()
    return True


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_a_student_goes_through_it(lab, page, lesson, tmp_path):
    shutil.copy(lesson, lab.root / lesson.name)
    lab.open(page, lesson.name)
    lab.run(page)
    committed, seen = 0, 0
    for at in range(page.evaluate(CELLS)):
        page.evaluate(SHOW, at)
        cell = page.locator(f'.jp-Cell[data-windowed-list-index="{at}"]')
        for card in cell.locator(".rk-ask").all():
            committed += answered(card)
        panes = cell.locator(".rk-pane")
        seen += panes.count()
        if panes.count():
            panes.first.scroll_into_view_if_needed()
            assert panes.first.locator(".rk-article, .rk-found, .rk-quiet").count(), lesson.name
            page.screenshot(path=tmp_path / f"{lesson.stem}-{at}.png")
    assert committed > 4
    assert seen > 0
    assert page.get_by_text("could not be worked out").count() == 0
    assert page.problems == []
    assert lab.errors(page) == []
