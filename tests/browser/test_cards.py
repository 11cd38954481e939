"""Question cards and the chooser in a real JupyterLab: a hasty hand, a low window, no kernel, a form."""

from __future__ import annotations

import shutil

import pytest

from .axe import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CARDS = (
    "import reviewkit as rk\nrk.Predict('How many?', ['one', 'two'], ['Two.'] + ['And so on.'] * 8)",
    "rk.Predict('Why?', 'text', 'Because.')",
    "rk.GuessLines(rk.load('never-let-me-go'))",
    "choice = rk.choose()\nchoice",
)


@pytest.fixture
def cards(lab, page):
    """A notebook with a card of each kind, just run, and nothing kept from before."""
    for folder in ("my_work", "my_pages"):
        shutil.rmtree(lab.root / folder, ignore_errors=True)
    lab.open(page, lab.notebook("cards.ipynb", *CARDS))
    lab.run(page)
    page.locator(".rk-ask").nth(3).wait_for()
    yield page.locator(".rk-ask")
    assert page.problems == []
    assert lab.errors(page) == []


def in_view(part) -> bool:
    return part.evaluate(
        """(node) => {
            const box = node.getBoundingClientRect();
            const room = node.closest(".jp-WindowedPanel-outer, .jp-Notebook").getBoundingClientRect();
            return box.top >= room.top - 1 && box.bottom <= room.bottom + 1;
        }"""
    )


def settled(page, part) -> None:
    """Wait until a scroll has come to its end, and see that it brought the part into view."""
    for _ in range(40):
        page.wait_for_timeout(100)
        if in_view(part):
            return
    assert in_view(part)


def test_a_double_click_commits_and_clears_nothing(page, cards):
    card = cards.nth(0)
    card.get_by_label("one").check()
    card.get_by_role("button", name="Commit").dblclick()
    card.get_by_text("You predicted: one").wait_for()
    again = card.get_by_role("button", name="Forget my answer and ask again")
    again.wait_for()
    assert card.locator(".rk-ask-after").bounding_box()["y"] < again.bounding_box()["y"]
    page.wait_for_timeout(700)
    again.click()
    card.get_by_role("button", name="Commit").wait_for()
    assert card.locator("input:checked").count() == 0


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_what_is_revealed_comes_into_view(page, cards, motion):
    page.emulate_media(reduced_motion=motion)
    page.set_viewport_size({"width": 1280, "height": 520})
    card = cards.nth(0)
    card.get_by_label("two").check()
    card.get_by_role("button", name="Commit").click()
    card.get_by_text("You predicted: two").wait_for()
    settled(page, card.locator(".rk-ask-after"))
    assert "rk-ask-after" in page.evaluate("() => document.activeElement.className")


def test_words_can_be_changed(lab, page, cards):
    card = cards.nth(1)
    field = card.get_by_role("textbox")
    field.fill("Because I say so.")
    card.get_by_role("button", name="Commit").click()
    card.get_by_text("Because.", exact=True).wait_for()
    assert "You wrote" not in card.inner_text()
    page.wait_for_timeout(700)
    card.get_by_role("button", name="Change my answer").click()
    assert field.is_enabled()
    assert field.input_value() == "Because I say so."


@pytest.mark.parametrize("gone", ["_ws.send = () => {}", "shutdown()"])
def test_a_card_without_a_kernel_says_so(page, cards, gone):
    page.evaluate(f"() => {{ window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.{gone}; }}")
    page.wait_for_timeout(1000)
    card = cards.nth(0)
    card.get_by_label("one").check()
    card.get_by_role("button", name="Commit").click()
    card.get_by_text("saving").wait_for()
    card.get_by_text("Not kept: the kernel is not running this cell. Run the cell again.").wait_for(
        timeout=8000
    )


def test_the_form_speaks_below_its_button(lab, page, cards):
    card = cards.nth(3)
    card.get_by_text("Add a page of your own").click()
    add = card.get_by_role("button", name="Add this page")
    said = card.locator(".rk-ask-adding + .rk-ask-status")
    file = card.locator("input[type=file]")

    add.click()
    said.get_by_text("Choose a file or paste the page first.").wait_for()
    settled(page, said)

    file.set_input_files({"name": "bare.txt", "mimeType": "text/plain", "buffer": b""})
    add.click()
    said.get_by_text("'bare.txt' is empty. Was it saved after pasting?").wait_for()

    card.get_by_label("paste the page here").fill("A first review.\n-----\nA second one.\n")
    add.click()
    said.get_by_text("There is a file and a pasted text. Take one of them out.").wait_for()
    card.get_by_role("button", name="Take the file out").click()
    card.get_by_label("A name for it").fill("Gloves")
    add.click()
    said.get_by_text("kept: my_pages/gloves.txt, 2 reviews.").wait_for()
    settled(page, said)
    assert lab.ask(page, "print(choice.corpus.name)") == "gloves"
    assert card.locator(".rk-ask-status").first.inner_text() == ""
    card.get_by_role("radio", name="thirty invented reviews").check()
    card.locator(".rk-ask-status").first.get_by_text("kept: never-let-me-go").wait_for()
    assert said.inner_text() == ""


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_axe_finds_nothing(lab, page, cards, axe_core, theme):
    lab.theme(page, theme)
    lines = cards.nth(2)
    lines.get_by_text("its place").first.click()
    lines.get_by_label("review text").first.check()
    for n in (0, 2):
        cards.nth(n).get_by_role("radio").first.check()
        cards.nth(n).get_by_role("button", name="Commit").click()
        cards.nth(n).locator(".rk-ask-link").wait_for()
        cards.nth(n).locator(".rk-ask-after p").first.wait_for()
    wrong, _ = axe(page, axe_core, ".rk-ask")
    lab.theme(page, "Light")
    assert wrong == []
