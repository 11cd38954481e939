"""The comparison pane in a real JupyterLab: by mouse, by keyboard alone, in every theme; no key leaks."""

from __future__ import annotations

import pytest

from .axe import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETUP = """
import pandas as pd, reviewkit as rk
from types import SimpleNamespace
told = "I had read it. Nobody howls like that, and I wept. The book is slow {}. They all die."
texts = [told.format(n) for n in range(24)]
texts[0] = "I read it <b>twice</b> <script>window.hit = 1</script>. The book is slow.\\n\\nAda Example"
texts[1] = "סרט יפה book מאוד. They all die."
reviews = pd.DataFrame({"review_id": [f"page-{n:02}" for n in range(1, 25)], "text": texts})
page = SimpleNamespace(reviews=reviews, invented=True, title="A page")
marks = [(r, "They all die", "everything") for r in reviews["review_id"][1:]]
marks = pd.concat([
    rk.evidence(reviews, marks, layer="spoilers", source="key"),
    rk.evidence(reviews, [(r, "I had read it.", "background") for r in reviews["review_id"][2:]],
                layer="structure", source="key"),
], ignore_index=True)
names = {r: ["readers", "viewers", "others"][n % 3] for n, r in enumerate(reviews["review_id"])}
pane = rk.ComparisonPane(page, names, evidence=marks, veil=marks, columns=["readers", "viewers"])
"""


@pytest.fixture
def pane(lab, page):
    """The first of the views of a pane, in a notebook that has just been run."""
    lab.open(page, lab.notebook("compare.ipynb", SETUP, "pane"))
    lab.run(page)
    view = page.locator(".rk-compare").first
    view.wait_for()
    view.evaluate("(node) => node.scrollIntoView({ block: 'start' })")
    yield view
    assert page.problems == []
    assert lab.errors(page) == []


def heads(pane):
    return pane.locator(".rk-count").all_inner_texts()


def wait_for(page, pane, words):
    """Wait until the line above the groups says this."""
    page.wait_for_function(
        "([node, words]) => node.querySelector('.rk-sum').textContent.includes(words)",
        arg=[pane.element_handle(), words],
        timeout=15_000,
    )


def focused(page):
    return page.evaluate("() => document.activeElement.dataset.focus ?? document.activeElement.className")


def test_what_is_drawn(pane):
    assert pane.locator(".rk-invented").inner_text() == "These reviews were invented for this kit."
    assert "support no claim" in pane.locator(".rk-caution").inner_text()
    assert pane.locator(".rk-side-name").all_inner_texts() == ["readers", "viewers"]
    assert "<b>twice</b> <script>" in pane.locator(".rk-side").first.inner_text()
    assert pane.page.evaluate("() => window.hit") is None
    assert "Ada" not in pane.inner_text()
    assert "They all die" not in pane.inner_text()
    assert pane.get_by_role("img", name="name hidden").count() == 1
    options = pane.locator("[data-name=stage] option").all_inner_texts()
    assert options == ["any", "description (22)", "background (22)"]


def test_by_mouse(lab, page, pane):
    pane.get_by_label("Stage").select_option("background")
    wait_for(page, pane, "readers 7, viewers 7 sentences")
    assert heads(pane) == ["7 sentences, in 7 of 7 reviews", "7 sentences, in 7 of 8 reviews"]
    pane.get_by_role("button", name="others, 8 reviews").click()
    wait_for(page, pane, "others 8")
    assert lab.ask(page, "print(pane.columns)") == "['others', 'readers', 'viewers']"
    pane.get_by_role("button", name="Clear all filters").click()
    wait_for(page, pane, "All sentences")
    pane.get_by_label("Words").fill("howls like")
    wait_for(page, pane, "readers 7")
    assert pane.locator(".rk-hit").first.inner_text() == "howls like"
    pane.locator(".rk-side").nth(1).locator(".rk-entry-row").nth(2).click()
    pane.locator(".rk-place .rk-aimed").first.wait_for()
    assert "".join(pane.locator(".rk-aimed").all_inner_texts()) == "Nobody howls like that, and I wept."
    assert lab.ask(page, "print(pane.selection['text'])") == "Nobody howls like that, and I wept."
    assert not pane.locator(".rk-sides").is_visible()
    pane.get_by_role("button", name="Next sentence").click()
    page.wait_for_function("() => document.querySelector('.rk-where').textContent === '4 of 7'")
    pane.get_by_role("button", name="Back to the lists").click()
    assert pane.locator(".rk-sides").is_visible()
    assert focused(page) == "row readers 3"


def test_by_keyboard_alone(lab, page, pane):
    pane.get_by_label("Words").focus()
    page.keyboard.type("book")
    page.keyboard.press("Enter")
    wait_for(page, pane, "readers 8, viewers 8")
    pane.locator(".rk-entry-row").first.focus()
    page.keyboard.press("v")
    wait_for(page, pane, "places")
    page.wait_for_function("() => document.activeElement.dataset.focus === 'row readers 0'")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert focused(page) == "row viewers 1"
    page.keyboard.press("End")
    assert focused(page) == "row viewers 7"
    page.keyboard.press("Enter")
    pane.locator(".rk-place .rk-aimed").first.wait_for()
    page.wait_for_function("() => document.activeElement.className === 'rk-article'")
    page.keyboard.press("p")
    page.wait_for_function("() => document.querySelector('.rk-where').textContent === '7 of 8'")
    page.keyboard.press("Escape")
    assert focused(page) == "row viewers 6"
    page.keyboard.press("/")
    page.keyboard.press("Control+A")
    page.keyboard.type(".*")
    wait_for(page, pane, "readers 0")
    page.keyboard.press("Escape")
    wait_for(page, pane, "Type a word")


def test_a_covered_sentence_is_uncovered_first(lab, page, pane):
    pane.get_by_label("Gives away").select_option("everything")
    wait_for(page, pane, "readers 7")
    row = pane.locator(".rk-entry-row").first
    assert "Covered: gives away the end" in row.inner_text()
    assert "by the marks given" in pane.locator(".rk-veiled").inner_text()
    row.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.querySelector('.rk-entry-row').textContent.includes('They all die')"
    )
    assert focused(page) == "row readers 0"
    pane.get_by_role("button", name="Cover this sentence again").click()
    page.wait_for_function(
        "() => !document.querySelector('.rk-entry-row').textContent.includes('They all die')"
    )
    pane.get_by_role("button", name="Uncover all").click()
    page.wait_for_function("() => document.querySelectorAll('.rk-covering').length === 0")
    pane.get_by_role("button", name="Cover again", exact=True).click()
    page.wait_for_function("() => document.querySelectorAll('.rk-covering').length > 0")


def test_another_veil(lab, page, pane):
    pane.get_by_label("Gives away").select_option("everything")
    wait_for(page, pane, "readers 7")
    assert pane.locator(".rk-covering").count() > 0
    pane.get_by_role("button", name="Change what is covered").focus()
    page.keyboard.press("Enter")
    pane.get_by_label("Cover", exact=True).focus()
    page.keyboard.press("Home")
    pane.get_by_text("Nothing is covered.").wait_for()
    assert pane.locator(".rk-covering").count() == 0
    assert pane.get_by_label("As judged").is_hidden()
    assert page.evaluate("() => document.activeElement.ariaLabel") == "Cover"
    pane.get_by_label("Cover", exact=True).select_option("3")
    pane.get_by_text("Covered until asked for: what gives away the end").wait_for()
    assert pane.locator(".rk-covering").count() > 0


def test_covers_in_a_review(lab, page, pane):
    pane.get_by_label("Stage").select_option("background")
    wait_for(page, pane, "readers 7")
    pane.locator(".rk-entry-row").first.click()
    cover = pane.locator(".rk-place .rk-cover")
    cover.first.focus()
    page.keyboard.press("Enter")
    pane.locator(".rk-place .rk-again").wait_for()
    assert "They all die" in pane.locator(".rk-text").inner_text()
    assert "rk-again" in focused(page)
    page.keyboard.press("Enter")
    cover.first.wait_for()


def test_words_are_aligned(page, pane):
    pane.get_by_role("button", name="In context").click()
    pane.get_by_label("Words").fill("book")
    wait_for(page, pane, "readers 8")
    middles = pane.locator(".rk-word").evaluate_all(
        "(nodes) => nodes.map((n) => n.getBoundingClientRect()).map((b) => Math.round(b.left + b.width / 2))"
    )
    assert max(middles) - min(middles) <= 2


def test_pages_of_a_list(page, pane):
    side = pane.locator(".rk-side").first
    side.get_by_role("button", name="Next page, readers").click()
    page.wait_for_function("() => document.activeElement.dataset.focus === 'row readers 20'")
    assert "21 to" in side.locator(".rk-pager").inner_text()
    assert pane.locator(".rk-side").nth(1).locator(".rk-entry-row").first.get_attribute("data-at") == "0"


def test_from_python(lab, page, pane):
    lab.ask(page, "pane.words = 'slow'; pane.view = 'context'")
    wait_for(page, pane, "readers 8, viewers 7 places")
    assert pane.get_by_label("Words").input_value() == "slow"
    lab.ask(page, "pane.columns = ['others']; pane.stage = 'background'")
    wait_for(page, pane, "others 0")
    assert pane.get_by_label("Stage").input_value() == "background"


KEYS = [*"abcdfghiklmoprstwxyz0123456789", "Delete", "ArrowUp", "Shift+M", "Shift+Enter"]


@pytest.mark.parametrize("place", [".rk-entry-row", ".rk-field", ".rk-chip", ".rk-wordy input"])
def test_no_key_reaches_the_notebook(lab, page, pane, place):
    before = lab.cells(page)
    for key in KEYS:
        pane.locator(place).first.focus()
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    after = lab.cells(page)
    assert [(c["cell_type"], c["source"]) for c in after] == [(c["cell_type"], c["source"]) for c in before]
    assert [c["execution_count"] for c in after] == [c["execution_count"] for c in before]
    assert page.evaluate("() => window.jupyterapp.shell.currentWidget.content.mode") == "command"


def test_control_s_still_saves(page, pane):
    page.evaluate("() => { window.jupyterapp.shell.currentWidget.context.model.dirty = true; }")
    pane.locator(".rk-entry-row").first.focus()
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty", timeout=10_000)


def states(page, pane):
    """The pane's four faces: lists, words in context, a review, and what it cannot show."""
    pane.get_by_role("button", name="What this cannot show").click()
    yield
    pane.get_by_role("button", name="In context").click()
    pane.get_by_label("Words").fill("book")
    wait_for(page, pane, "places")
    yield
    pane.locator(".rk-entry-row").nth(1).click()
    pane.locator(".rk-place .rk-aimed").first.wait_for()
    yield


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("width", [1280, 420])
def test_axe_finds_nothing(lab, page, pane, axe_core, theme, width):
    lab.theme(page, theme)
    page.set_viewport_size({"width": width, "height": 900})
    for _ in states(page, pane):
        wrong, unsure = axe(page, axe_core, ".rk-compare")
        assert wrong == []
        assert unsure == []
    lab.theme(page, "Light")


def test_forced_colours(page, pane, axe_core):
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    for _ in states(page, pane):
        assert axe(page, axe_core, ".rk-compare")[0] == []


def test_targets_are_24_pixels(page, pane):
    for _ in states(page, pane):
        small = pane.locator("button, select, input").evaluate_all(
            """(nodes) => nodes.map((n) => [n.className, n.getBoundingClientRect()])
                .filter(([, b]) => b.width && (b.width < 24 || b.height < 24)).map(([name]) => name)"""
        )
        assert small == []


def test_a_thousand_reviews_open_at_once(lab, page):
    setup = """
import pandas as pd, reviewkit as rk
reviews = pd.DataFrame({
    "review_id": [f"big-{n:04}" for n in range(1000)],
    "text": [f"Number {n}. " + "Slow, and I would not have it faster. " * 12 for n in range(1000)],
})
half = {f"big-{n:04}": "odd" if n % 2 else "even" for n in range(1000)}
rk.ComparisonPane(reviews[:2], {"big-0000": "a"})
"""
    lab.open(page, lab.notebook("big.ipynb", setup, "1"))
    lab.run(page)
    took = page.evaluate(
        """async () => {
            const panel = window.jupyterapp.shell.currentWidget;
            const code = "p = rk.ComparisonPane(reviews, half)\\np";
            panel.content.model.cells.get(1).sharedModel.setSource(code);
            panel.content.activeCellIndex = 1;
            const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            const at = (selector) => panel.node.querySelectorAll(".jp-Cell")[1].querySelector(selector);
            const start = performance.now();
            window.jupyterapp.commands.execute("notebook:run-cell");
            while (!at(".rk-entry-row")) await frame();
            await frame();
            const opened = performance.now() - start;
            const from = performance.now();
            at(".rk-entry-row").click();
            while (!at(".rk-place .rk-aimed")) await new Promise((done) => setTimeout(done, 1));
            await frame();
            return [opened, performance.now() - from];
        }"""
    )
    print(f"1,000 reviews: run to drawn {took[0]:.0f} ms; to the place of a sentence {took[1]:.0f} ms")
    assert took[0] < 30_000
    assert took[1] < 5_000
