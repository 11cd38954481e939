"""A review put back into order in a real JupyterLab: by button, by key, by dragging, and seen by axe."""

from __future__ import annotations

import shutil

import pytest

from .axe import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CARD = "import reviewkit as rk\ncard = rk.Reorder(rk.load('never-let-me-go'))\ncard"


@pytest.fixture
def card(lab, page):
    shutil.rmtree(lab.root / "my_work", ignore_errors=True)
    lab.open(page, lab.notebook("reorder.ipynb", CARD))
    lab.run(page)
    found = page.locator(".rk-ask")
    found.locator(".rk-order-item").first.wait_for()
    yield found
    assert page.problems == []
    assert lab.errors(page) == []


def words(card) -> list[str]:
    return [text[:24] for text in card.locator(".rk-order-words > span").all_inner_texts()]


def focused(page) -> list[str]:
    """The label of what has the focus, and the sentence it moves."""
    return page.evaluate(
        """() => { const at = document.activeElement;
            const words = at.closest(".rk-order-item").querySelector(".rk-order-words > span");
            return [at.getAttribute("aria-label"), words.innerText.slice(0, 24)]; }"""
    )


def test_buttons_move_a_sentence_keep_the_focus_and_say_where_it_is(lab, page, card):
    before = words(card)
    card.locator(".rk-order-item").nth(2).get_by_role("button", name="Move up").click()
    assert words(card) == [before[0], before[2], before[1], *before[3:]]
    assert focused(page) == ["Move up", before[2]]
    assert card.locator(".rk-order .rk-said").inner_text() == "Now 2 of 10."
    assert lab.ask(page, "print(card.answers['order'])") == "a c b d e f g h i j"


def test_keys_alone_do_everything(lab, page, card):
    before = words(card)
    card.locator(".rk-order-item").nth(4).get_by_role("button", name="Move down").focus()
    for key in ("ArrowUp", "ArrowUp", "Enter", "End"):
        page.keyboard.press(key)
    assert words(card) == [*before[:4], *before[5:], before[4]]
    assert focused(page) == ["Move down", before[4]]
    page.keyboard.press("ArrowDown")
    assert card.locator(".rk-order .rk-said").inner_text() == "It is the last already."
    page.keyboard.press("b")  # would insert a cell if it reached the notebook
    assert len(lab.cells(page)) == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    card.get_by_text("neighbours stand together").wait_for()
    assert lab.ask(page, "print(card.order[-1])") == lab.ask(page, "print(card._first[4] + 1)")


def test_a_sentence_can_be_dragged(lab, page, card):
    before = words(card)
    held, above = (card.locator(".rk-order-item").nth(n).bounding_box() for n in (3, 1))
    page.mouse.move(held["x"] + 150, held["y"] + held["height"] / 2)
    page.mouse.down()
    page.mouse.move(above["x"] + 150, above["y"] + 4, steps=8)
    assert lab.ask(page, "print(card.answers)") == "{}"  # nothing is said before it is let go
    page.mouse.up()
    assert words(card) == [before[0], before[3], before[1], before[2], *before[4:]]
    assert lab.ask(page, "print(card.answers['order'])") == "a d b c e f g h i j"


def test_nothing_is_committed_unmoved_and_a_commitment_can_be_taken_back(page, card):
    before = words(card)
    card.get_by_role("button", name="Commit my order").click()
    card.get_by_text("Move a sentence first; a guess will do.").wait_for()
    card.locator(".rk-order-item").first.get_by_role("button", name="Move down").click()
    card.get_by_role("button", name="Commit my order").click()
    card.get_by_text("in the review · overall").first.wait_for()
    assert card.get_by_role("button", name="Move up").count() == 0
    page.wait_for_timeout(700)
    card.get_by_role("button", name="Forget my answer and ask again").click()
    card.get_by_role("button", name="Commit my order").wait_for()
    assert words(card) == before
    assert "in the review" not in card.inner_text()


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_axe_finds_nothing(lab, page, card, axe_core, theme):
    lab.theme(page, theme)
    open_wrong, _ = axe(page, axe_core, ".rk-ask")
    card.locator(".rk-order-item").first.get_by_role("button", name="Move down").click()
    card.get_by_role("button", name="Commit my order").click()
    card.get_by_text("neighbours stand together").wait_for()
    wrong, _ = axe(page, axe_core, ".rk-ask")
    lab.theme(page, "Light")
    assert open_wrong + wrong == []
