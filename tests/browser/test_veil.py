"""The veil and the strip in a real JupyterLab: by mouse, by keyboard, in every theme."""

from __future__ import annotations

import pytest

from .axe import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETUP = """
import pandas as pd, reviewkit as rk
from types import SimpleNamespace
long = "The gardener did it, and he hangs for it in the rain while the others look on from the house."
rain = "Nothing happens, and then it rains. " * 40
reviews = pd.DataFrame({
    "review_id": [f"v-{n:02}" for n in range(1, 5)],
    "text": [f"A slow film. {long} I liked the music.\\n\\n{rain}\\n\\n{long}",
             "The gardener did it. Lovely coats.", "Fine.", "Rain again."],
})
given = [("v-01", "gardener did it", "everything", 1), ("v-01", "gardener did it", "major", 2),
         ("v-02", "gardener", "major")]
key = rk.evidence(reviews, given, layer="spoilers", source="key")
sentences = rk.sentences(reviews)
count = len(sentences)
labels = [("plot", "craft")[n % 2] for n in range(count)]
stages = sentences.assign(layer="structure", label=labels, source="key")
scores = sentences.assign(compound=[(n % 5 - 2) / 4 for n in range(count)])
page = SimpleNamespace(reviews=reviews, key=key, invented=True, title="A page")
pane = rk.ReadingPane(page, key, strip=[pd.concat([key, stages]), scores])
"""


@pytest.fixture
def pane(lab, page):
    lab.open(page, lab.notebook("veil.ipynb", SETUP, "pane"))
    lab.run(page)
    view = page.locator(".rk-pane").first
    view.wait_for()
    view.evaluate("(node) => node.scrollIntoView({ block: 'start' })")
    yield view
    assert page.problems == []
    assert lab.errors(page) == []


def told(pane):
    return pane.locator(".rk-veil-told").inner_text()


def tells(page, words):
    """Wait until the line above the reviews has these words: it is drawn anew a moment after the text."""
    page.wait_for_function(
        "(words) => document.querySelector('.rk-veil-told').innerText.includes(words)", arg=words
    )


def has(page, words):
    return page.evaluate(
        "(words) => document.querySelector('.rk-pane').outerHTML.includes(words)"
        " || [...document.querySelectorAll('.rk-pane *')].some((n) => n.textContent.includes(words))",
        words,
    )


def gone(page, words):
    """Wait until no part of the pane has these words any more: list, text and rows are drawn one by one."""
    page.wait_for_function(
        "(words) => !document.querySelector('.rk-pane').outerHTML.includes(words)", arg=words
    )


def test_by_mouse(page, pane):
    assert told(pane).startswith("2 of 44 sentences covered by the key, from grade 2 up.")
    tells(page, "You have not said whether you know the story")
    assert not has(page, "gardener")
    covers = pane.locator(".rk-cover")
    assert covers.first.locator(".rk-cover-says").inner_text() == "covered: gives away the end, by the key"
    assert pane.locator(".rk-entry-first").all_inner_texts()[1] == "covered"
    assert pane.locator(".rk-row-quote").first.inner_text() == "covered"

    covers.first.click()
    pane.locator(".rk-again").wait_for()
    assert "The gardener did it" in pane.locator(".rk-text").inner_text()
    page.wait_for_function("() => document.querySelectorAll('.rk-cover').length === 1")
    tells(page, "1 uncovered")
    pane.locator(".rk-again").click()
    page.wait_for_function("() => document.querySelectorAll('.rk-cover').length === 2")
    gone(page, "gardener did it,")

    pane.get_by_role("button", name="Uncover this review").click()
    page.wait_for_function("() => document.querySelectorAll('.rk-cover').length === 0")
    pane.get_by_role("button", name="Cover again").click()
    page.wait_for_function("() => document.querySelectorAll('.rk-cover').length === 2")


def test_by_keyboard_alone(page, pane):
    pane.locator(".rk-article").focus()
    page.keyboard.press("v")
    assert page.evaluate("() => document.activeElement.className") == "rk-cover"
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.className === 'rk-again'")
    assert pane.locator(".rk-said").inner_text().startswith("Uncovered: The gardener did it")
    page.keyboard.press("v")  # far down
    page.wait_for_function("() => document.activeElement.className === 'rk-cover'")
    page.keyboard.press("Shift+V")
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelectorAll('.rk-cover').length === 2")
    assert page.evaluate("() => document.activeElement.className") == "rk-cover"
    page.keyboard.press("u")
    page.wait_for_function("() => document.querySelectorAll('.rk-cover').length === 0")
    page.keyboard.press("u")
    page.wait_for_function("() => document.querySelectorAll('.rk-cover').length === 2")


def test_grade_and_judge_can_be_chosen(page, pane):
    pane.get_by_role("button", name="Change what is covered").click()
    grade = pane.get_by_role("combobox", name="Cover")
    grade.focus()
    grade.select_option("3")
    page.wait_for_function("() => document.querySelectorAll('.rk-cover').length === 1")
    tells(page, "from grade 3 up")
    grade.select_option("0")
    page.wait_for_function("() => document.querySelectorAll('.rk-cover').length === 0")
    tells(page, "Nothing is covered.")
    assert not pane.get_by_role("combobox", name="As judged").is_visible()
    grade.select_option("2")
    page.wait_for_function("() => document.querySelectorAll('.rk-cover').length === 2")
    pane.get_by_role("combobox", name="As judged").select_option("rule")
    page.wait_for_function("() => document.querySelector('.rk-veil-told').textContent.includes('by rule')")
    tells(page, "can miss")
    assert page.evaluate("() => document.activeElement.tagName") == "SELECT"


def test_search_says_that_it_does_not_look_under_covers(page, pane):
    pane.locator(".rk-search").fill("gardener")
    page.wait_for_function("() => document.querySelectorAll('.rk-entry:not([hidden])').length === 0")
    assert pane.get_by_text("Covered words are not searched.").is_visible()


def test_the_strip_leads_to_its_sentences(page, pane):
    cells = pane.locator(".rk-cell")
    assert cells.count() == 44
    assert cells.nth(1).get_attribute("aria-label") == (
        "Sentence 2: craft, gives away the end, sentiment −0.25"
    )
    place = pane.locator(".rk-strip-here")
    before = place.get_attribute("style")
    cells.nth(43).click()
    page.wait_for_function("() => document.querySelector('.rk-article').scrollTop > 200")
    page.wait_for_function(
        "(before) => document.querySelector('.rk-strip-here').getAttribute('style') !== before", arg=before
    )
    assert pane.locator(".rk-flash").first.get_attribute("class").startswith("rk-cover")
    pane.locator(".rk-strip-cells").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.rk-article').scrollTop < 200")
    assert pane.locator(".rk-flash").first.inner_text() == "A slow film."
    pane.locator(".rk-strip-words summary").click()
    pane.get_by_role("button", name="Sentence 44:").click()
    page.wait_for_function("() => document.querySelector('.rk-cover.rk-flash')")
    assert pane.locator(".rk-strip-score").first.get_attribute("points").count(",") == 44


@pytest.mark.parametrize(
    "place", [".rk-cover", ".rk-strip-cells", ".rk-veil select", ".rk-strip-words summary"]
)
def test_no_key_reaches_the_notebook(lab, page, pane, place):
    pane.get_by_role("button", name="Change what is covered").click()
    before = [(c["cell_type"], c["source"]) for c in lab.cells(page)]
    for key in [*"abcdfhmorvxyz", "Delete", "ArrowUp", "Shift+M"]:
        pane.locator(place).first.focus()
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert [(c["cell_type"], c["source"]) for c in lab.cells(page)] == before


@pytest.mark.parametrize("theme", ["Light", "Dark", "forced"])
def test_axe_finds_nothing(lab, page, pane, axe_core, theme):
    if theme == "forced":
        page.emulate_media(forced_colors="active", reduced_motion="reduce")
    else:
        lab.theme(page, theme)
    pane.locator(".rk-cover").first.click()
    pane.locator(".rk-again").wait_for()
    pane.get_by_role("button", name="Change what is covered").click()
    for width in (1280, 400):
        page.set_viewport_size({"width": width, "height": 900})
        wrong, unsure = axe(page, axe_core, ".rk-pane")
        assert wrong == []
        assert unsure == []
        page.set_viewport_size({"width": 1280, "height": 900})
    lab.theme(page, "Light")


def test_targets_are_24_pixels(pane):
    pane.get_by_role("button", name="Change what is covered").click()
    pane.locator(".rk-strip-words summary").click()
    small = pane.locator("button, select, input, summary").evaluate_all(
        """(nodes) => nodes.map((n) => [n.className, n.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([name]) => name)"""
    )
    assert small == []
