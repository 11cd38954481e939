"""The first lesson as a student meets it: run everything, read by keyboard and mouse, follow a mark."""

from __future__ import annotations

import shutil

import pytest

from .axe import axe
from .lab import CHECKOUT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LESSON = CHECKOUT / "notebooks" / "01_from_page_to_table.ipynb"
MARK = """
own = rk.evidence(corpus, [(pane.review_id, (0, 12), "booster")], layer="devices")
marked = rk.ReadingPane(corpus, own, review_id=pane.review_id)
marked
"""


@pytest.fixture
def lesson(lab, page):
    if not LESSON.is_file():
        pytest.skip("the lesson 01_from_page_to_table.ipynb is not written yet")
    shutil.copy(LESSON, lab.root / LESSON.name)
    lab.open(page, LESSON.name)
    lab.run(page)
    yield page
    assert page.problems == []
    assert lab.errors(page) == []


def pane_of(page):
    """The lesson's first pane, on show."""
    page.evaluate(
        """async () => {
            const book = window.jupyterapp.shell.currentWidget.content;
            const at = [...book.model.cells].findIndex((c) => c.sharedModel.source.includes("ReadingPane("));
            await book.scrollToItem(at, "start");
        }"""
    )
    pane = page.locator(".rk-pane").first
    pane.wait_for()
    pane.scroll_into_view_if_needed()
    return pane


def test_every_cell_runs(lab, lesson):
    code = [c for c in lab.cells(lesson) if c["cell_type"] == "code" and "".join(c["source"]).strip()]
    assert code
    assert [c["execution_count"] is not None for c in code] == [True] * len(code)


def test_the_pane_moves_by_keyboard_and_by_mouse(lab, lesson):
    pane = pane_of(lesson)
    where = pane.locator(".rk-where")
    start = where.inner_text()
    pane.get_by_role("listbox").focus()
    lesson.keyboard.press("Home")
    lesson.keyboard.press("ArrowDown")
    assert where.inner_text().startswith("2 of ") or start.startswith("2 of ")
    pane.get_by_role("option").nth(2).click()
    assert where.inner_text().startswith("3 of ")
    assert lab.ask(lesson, "print(pane.review_id == corpus.reviews['review_id'].iloc[2])") == "True"


def test_a_mark_leads_to_its_row_and_back(lab, lesson):
    lesson.evaluate(
        """async (source) => {
            const book = window.jupyterapp.shell.currentWidget.content;
            book.activeCellIndex = book.model.cells.length - 1;
            await window.jupyterapp.commands.execute("notebook:insert-cell-below");
            book.activeCell.model.sharedModel.setSource(source);
            await window.jupyterapp.commands.execute("notebook:run-cell");
            await book.scrollToItem(book.activeCellIndex, "start");
        }""",
        MARK,
    )
    assert lab.errors(lesson) == []
    marked = lesson.locator(".rk-pane:has(.rk-code)")
    marked.wait_for()
    marked.locator(".rk-text .rk-mark").first.click()
    assert lab.ask(lesson, "print(marked.selection['label'])") == "booster"
    marked.locator(".rk-row").click()
    assert "rk-code" in lesson.evaluate("() => document.activeElement.className")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_axe_finds_nothing_in_our_elements(lab, lesson, axe_core, theme):
    lab.theme(lesson, theme)
    pane_of(lesson)
    wrong, _ = axe(lesson, axe_core, ".rk")
    lab.theme(lesson, "Light")
    assert wrong == []
