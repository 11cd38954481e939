"""Labelling together in a real JupyterLab: by mouse, by keyboard, in every theme; decisions are kept."""

from __future__ import annotations

import pytest

import reviewkit as rk
from tests.classes import class_of

from .axe import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETUP = """
import reviewkit as rk
from reviewkit.marks.store import Store
corpus = rk.load("never-let-me-go")
pane = rk.TogetherPane(corpus, "class", veil="off", decides="{}")
"""
NAMES = iter(f"decider-{n}" for n in range(1000))


@pytest.fixture(scope="module")
def files(lab):
    """A class of five on six reviews, and a file that is none of marks."""
    folder = lab.root / "class"
    class_of(rk.load("never-let-me-go"), folder, 5, reviews=6)
    (folder / "holiday.csv").write_text("<b>a</b>,b\n1,2\n")


@pytest.fixture
def pane(lab, page, files):
    """The first of the views of a pane, in a notebook that has just been run; nothing is decided yet."""
    lab.open(page, lab.notebook("together.ipynb", SETUP.format(next(NAMES)), "pane"))
    lab.run(page)
    view = page.locator(".rk-together").first
    view.wait_for()
    view.evaluate("(node) => node.scrollIntoView({ block: 'start' })")
    yield view
    assert page.problems == []
    assert lab.errors(page) == []


def wait_for(page, selector, words):
    page.wait_for_function(
        "([selector, words]) => document.querySelector(selector)?.textContent.includes(words)",
        arg=[selector, words],
        timeout=15_000,
    )


def focused(page):
    return page.evaluate("() => document.activeElement.dataset.focus ?? document.activeElement.className")


def first_open(page, pane):
    pane.locator(".rk-entry-row").first.click()
    pane.locator(".rk-decide").wait_for()


def test_what_is_drawn(pane):
    assert "5 people" in pane.locator(".rk-report").inner_text()
    pane.get_by_role("button", name="1 file refused: see why").click()
    refused = pane.locator(".rk-refused")
    refused.wait_for()
    assert "holiday.csv" in refused.inner_text()
    assert pane.locator(".rk-there tbody tr").count() == 5
    assert pane.locator(".rk-invented").inner_text() == "These reviews were invented for this kit."


def test_a_decision_is_kept_undone_and_done_again(lab, page, pane):
    first_open(page, pane)
    pane.locator(".rk-choice").nth(3).click()
    assert pane.locator(".rk-choice").nth(3).get_attribute("aria-pressed") == "true"
    wait_for(page, ".rk-state", "kept")
    wait_for(page, ".rk-progress-said", "1 of ")
    pane.get_by_label("The reason").fill("It is how the film is made.")
    page.wait_for_timeout(1500)
    wait_for(page, ".rk-kept", "all kept")
    assert lab.ask(page, "print(pane.decisions['why'][0])") == "It is how the film is made."
    assert lab.ask(page, "print(len(Store().current('never-let-me-go', who=pane._who)))") == "1"
    pane.get_by_role("button", name="Undo").click()
    pane.get_by_role("button", name="Undo").click()
    wait_for(page, ".rk-progress-said", "0 of ")
    assert pane.locator(".rk-choice[aria-pressed=true]").count() == 0
    pane.get_by_role("button", name="Redo").click()
    wait_for(page, ".rk-progress-said", "1 of ")
    pane.get_by_role("button", name="Write the key to my_work").click()
    wait_for(page, ".rk-foot", "my_work/key-never-let-me-go")


def test_by_keyboard_alone(lab, page, pane):
    pane.locator(".rk-entry-row").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    pane.locator(".rk-decide").wait_for()
    page.wait_for_function("() => document.activeElement.classList.contains('rk-placed')")
    page.keyboard.press("2")
    wait_for(page, ".rk-state", "kept")
    page.keyboard.press("r")
    page.keyboard.type("Because it retells, u and n and 3.")
    page.keyboard.press("Escape")
    wait_for(page, ".rk-kept", "all kept")
    assert lab.ask(page, "print(pane.decisions[['key', 'why']].values.tolist())") == (
        "[['plot', 'Because it retells, u and n and 3.']]"
    )
    page.keyboard.press("n")
    page.wait_for_function("() => document.querySelector('.rk-where').textContent.startsWith('3 of')")
    page.wait_for_function("() => document.activeElement.classList.contains('rk-placed')")
    page.keyboard.press("k")
    page.wait_for_function("() => document.querySelector('.rk-key li')")
    page.keyboard.press("o")
    pane.locator(".rk-place .rk-aimed").first.wait_for()
    page.wait_for_function("() => document.activeElement.className === 'rk-article'")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.activeElement.dataset.focus === 'review'")
    page.keyboard.press("Escape")
    assert "rk-entry-row" in focused(page)
    page.keyboard.press("u")
    page.keyboard.press("u")
    wait_for(page, ".rk-progress-said", "0 of ")


def test_the_words_of_a_passage(lab, page, pane):
    pane.get_by_label("Layer").select_option("devices")
    wait_for(page, ".rk-foot", "decided")
    page.wait_for_function("() => document.querySelector('.rk-hit')")
    first_open(page, pane)
    pane.locator(".rk-choice").first.click()
    wait_for(page, ".rk-state", "kept")
    assert pane.locator(".rk-chosen").count()
    before = lab.ask(page, "print(pane.decisions['end'][0])")
    pane.get_by_role("button", name="End a word later").click()
    wait_for(page, ".rk-state", "kept")
    page.wait_for_timeout(300)
    assert int(lab.ask(page, "print(pane.decisions['end'][0])")) > int(before)
    assert focused(page) == "edge end 1"
    pane.locator(".rk-choice[data-choice=none]").click()
    wait_for(page, ".rk-state", "kept")
    page.wait_for_timeout(300)
    assert lab.ask(page, "print(pane.decisions['key'].tolist())") == "['none']"


def test_a_cell_opens_to_its_sentences(lab, page, pane):
    pane.get_by_role("button", name="Matrix", exact=True).click()
    cell = pane.locator(".rk-cell").first
    cell.focus()
    page.keyboard.press("ArrowRight")
    name = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    wait_for(page, ".rk-narrowed", "Where")
    first, second = name.split(":")[0].split(", ")
    assert f"{first} met {second}" in pane.locator(".rk-narrowed").inner_text()
    wait_for(page, ".rk-counts", first)
    assert second in pane.locator(".rk-counts").first.inner_text()
    pane.get_by_role("button", name="Show all that divides").click()
    page.wait_for_function("() => document.querySelector('.rk-narrowed').hidden")


def test_agreement_and_two_people(page, pane):
    pane.get_by_role("button", name="Agreement", exact=True).click()
    page.wait_for_function("() => document.querySelector('.rk-others tbody tr')")
    assert "kappa" not in pane.locator(".rk-figures").first.inner_text()
    pane.get_by_label("Between").select_option("reader-02")
    page.wait_for_function("() => document.querySelector('.rk-figures').textContent.includes('kappa')")
    assert "Agreement is not truth" in pane.locator(".rk-limits").inner_text()


def test_covered_places(lab, page, pane):
    lab.ask(
        page,
        "pane._veil = rk.ReadingPane(corpus, veil='key').veil; pane._lifted = True; pane._lifted = False",
    )
    pane.get_by_label("Layer").select_option("spoilers")
    page.wait_for_function("() => document.querySelector('.rk-covering')")
    pane.locator(".rk-under").first.click()
    cover = pane.locator(".rk-context .rk-cover.rk-aimed")
    cover.first.wait_for()
    cover.first.focus()
    page.keyboard.press("Enter")
    pane.locator(".rk-context .rk-piece.rk-aimed").first.wait_for()


def test_pages_of_the_list(page, pane):
    pane.get_by_role("button", name="Next page").click()
    wait_for(page, ".rk-pager", "21 to 40")
    page.wait_for_function("() => document.activeElement.dataset.at === '20'")


def test_decisions_are_seen_in_another_window(lab, page, pane):
    lab.ask(page, "other = rk.TogetherPane(corpus, 'class', veil='off', decides=pane._who)")
    first_open(page, pane)
    pane.locator(".rk-choice").nth(1).click()
    wait_for(page, ".rk-state", "kept")
    assert lab.ask(page, "print(len(other.key) == len(pane.key), len(other.decisions))") == "True 1"


KEYS = [*"abcdefghijlmpqstvwxyz", "Delete", "ArrowUp", "Shift+M", "Shift+Enter"]


@pytest.mark.parametrize("place", [".rk-entry-row", ".rk-choice", ".rk-field", "textarea"])
def test_no_key_reaches_the_notebook(lab, page, pane, place):
    first_open(page, pane)
    before = lab.cells(page)
    for key in KEYS:
        pane.locator(place).first.focus()
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    after = lab.cells(page)
    assert [(c["cell_type"], c["source"]) for c in after] == [(c["cell_type"], c["source"]) for c in before]
    assert page.evaluate("() => window.jupyterapp.shell.currentWidget.content.mode") == "command"


def states(page, pane):
    """The pane's faces: a sentence, a passage, agreement, both matrices, who is there, a review."""
    first_open(page, pane)
    pane.get_by_role("button", name="Show the key's reading").click()
    page.wait_for_function("() => document.querySelector('.rk-key li')")
    pane.locator(".rk-choice").first.click()
    yield
    pane.get_by_label("Layer").select_option("devices")
    page.wait_for_function("() => document.querySelector('.rk-hit')")
    first_open(page, pane)
    yield
    pane.get_by_role("button", name="Agreement", exact=True).click()
    page.wait_for_function("() => document.querySelector('.rk-others tbody tr')")
    yield
    pane.get_by_role("button", name="Matrix", exact=True).click()
    pane.locator(".rk-cell").first.wait_for()
    yield
    pane.get_by_label("Matrix of").select_option("people")
    pane.locator(".rk-of-people .rk-cell").first.wait_for()
    yield
    pane.get_by_role("button", name="Who is there", exact=True).click()
    yield
    pane.get_by_role("button", name="What divides", exact=True).click()
    pane.locator("[data-focus=review]").click()
    pane.locator(".rk-place .rk-aimed").first.wait_for()
    yield


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("width", [1280, 420])
def test_axe_finds_nothing(lab, page, pane, axe_core, theme, width):
    lab.theme(page, theme)
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    for _ in states(page, pane):
        wrong, unsure = axe(page, axe_core, ".rk-together")
        assert wrong == []
        assert unsure == []
    lab.theme(page, "Light")


def test_forced_colours(page, pane, axe_core):
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    for _ in states(page, pane):
        assert axe(page, axe_core, ".rk-together")[0] == []


def test_targets_are_24_pixels(page, pane):
    for _ in states(page, pane):
        small = pane.locator("button, select, input, textarea").evaluate_all(
            """(nodes) => nodes.map((n) => [n.className, n.getBoundingClientRect()])
                .filter(([, b]) => b.width && (b.width < 24 || b.height < 24)).map(([name]) => name)"""
        )
        assert small == []
