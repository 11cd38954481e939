"""The pane in a real JupyterLab: by mouse, by keyboard, twice over, in every theme, with no key leaking."""

from __future__ import annotations

import pytest

from .axe import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETUP = '''
import pandas as pd, reviewkit as rk
from types import SimpleNamespace
first = """I had read the novel twice, and went in with folded arms.

Perhaps that was unfair. <b>Nobody</b> <script>window.hit = 1</script> howls like that 👩‍👧, and I wept.

""" + "The film keeps its distance, and so did I, until the end. " * 60 + """

Say nothing to your friends.

Ada Example"""
texts = [first, "I have not read it.\\n\\nסרט יפה מאוד \\u202eabc", None] + [
    f"Number {n}. Slow, and I would not have it any faster." for n in range(4, 13)
]
reviews = pd.DataFrame({
    "review_id": [f"page-{n:02}" for n in range(1, 13)],
    "rating": pd.array([4] + [None] * 11, dtype="Int64"),
    "text": texts,
})
page = SimpleNamespace(reviews=reviews, invented=True, title="A page")
marks = pd.concat([
    rk.evidence(reviews, [("page-01", "read the novel", "book-reader"),
                          ("page-02", "have not read it", "film-only")], layer="perspective", source="key"),
    rk.evidence(reviews, [("page-01", "Perhaps", "hedge"), ("page-01", "the novel twice", "grounds"),
                          ("page-01", "Say nothing", "voices")], layer="devices", source="rule"),
], ignore_index=True)
pane = rk.ReadingPane(page, marks)
'''


@pytest.fixture
def pane(lab, page):
    """The first of the views of a pane, in a notebook that has just been run."""
    name = lab.notebook("pane.ipynb", SETUP, "pane")
    lab.open(page, name)
    lab.run(page)
    view = page.locator(".rk-pane").first
    view.wait_for()
    view.evaluate("(node) => node.scrollIntoView({ block: 'start' })")
    yield view
    assert page.problems == []
    assert lab.errors(page) == []


def where(pane):
    return pane.locator(".rk-where").inner_text()


def wait_for(page, pane, title):
    page.wait_for_function(
        "([node, title]) => node.querySelector('h3').textContent === title",
        arg=[pane.element_handle(), title],
        timeout=15_000,
    )


def comes_to(lab, page, code, value):
    """Ask the kernel until it says so: what the browser has to tell may still be on its way."""
    for _ in range(60):
        if (said := lab.ask(page, code)) == value:
            return
        page.wait_for_timeout(50)
    assert said == value


def focused(page):
    return page.evaluate("() => document.activeElement.className")


def test_what_is_drawn(pane):
    assert pane.locator(".rk-invented").inner_text() == "These reviews were invented for this kit."
    assert pane.locator(".rk-entry").count() == 12
    assert where(pane) == "1 of 12"
    assert "<b>Nobody</b> <script>" in pane.locator(".rk-text").inner_text()
    assert pane.page.evaluate("() => window.hit") is None
    assert pane.locator(".rk-text b, .rk-text script").count() == 0
    assert pane.get_by_role("img", name="name hidden").inner_text() == "███ ███████"
    assert pane.locator(".rk-missing").count() == 0
    assert pane.locator('[data-row="0"] [data-row="3"]').all_inner_texts() == ["the novel"]


def test_by_keyboard_alone(lab, page, pane):
    pane.get_by_role("listbox").focus()
    page.keyboard.press("ArrowDown")
    assert where(pane) == "2 of 12"
    wait_for(page, pane, "Review 2")
    page.keyboard.press("End")
    wait_for(page, pane, "Review 12")
    page.keyboard.press("PageUp")
    assert where(pane) != "12 of 12"
    page.keyboard.press("Home")
    wait_for(page, pane, "Review 1")
    page.keyboard.press("Enter")
    assert focused(page) == "rk-article"
    page.keyboard.press("j")
    wait_for(page, pane, "Review 2")
    page.keyboard.press("k")
    wait_for(page, pane, "Review 1")

    page.keyboard.press("m")
    page.keyboard.press("m")
    page.keyboard.press("m")
    assert page.evaluate("() => document.activeElement.getAttribute('aria-label')").startswith("HE, hedge")
    page.keyboard.press("Enter")  # to its row
    assert focused(page) == "rk-row"
    comes_to(lab, page, "print(pane.selection['label'])", "hedge")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")  # and to the words of the next one, far down
    assert "rk-code" in focused(page)
    comes_to(lab, page, "print(pane.selection['text'])", "Say nothing")
    page.wait_for_function("() => document.querySelector('.rk-article').scrollTop > 200")

    page.keyboard.press("?")
    assert pane.locator(".rk-keys").is_visible()
    page.keyboard.press("Escape")
    assert not pane.locator(".rk-keys").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("have NOT read")
    page.wait_for_function("() => document.querySelectorAll('.rk-entry:not([hidden])').length === 1")
    page.keyboard.press("Enter")  # opens the first hit
    wait_for(page, pane, "Review 2")
    assert "rk-entries" in focused(page)
    comes_to(lab, page, "print(pane.review_id)", "page-02")
    page.keyboard.press("/")
    page.keyboard.press("Control+A")
    page.keyboard.type("Number 7")
    page.keyboard.press("Enter")  # before the list has been narrowed
    wait_for(page, pane, "Review 7")


def test_by_mouse(lab, page, pane):
    pane.locator('[data-row="2"]').click()
    comes_to(lab, page, "print(pane.selection['text'])", "Perhaps")
    assert "Perhaps" in pane.locator('[aria-current="true"]').inner_text()
    both = pane.locator('[data-row="0"] [data-row="3"]')
    both.click()
    one = lab.ask(page, "print(pane.selection['label'])")
    both.click()
    assert {one, lab.ask(page, "print(pane.selection['label'])")} == {"book-reader", "grounds"}
    pane.locator(".rk-row", has_text="Say nothing").click()
    page.wait_for_function("() => document.querySelector('.rk-article').scrollTop > 200")
    pane.locator(".rk-entry").nth(1).click()
    wait_for(page, pane, "Review 2")
    pane.get_by_role("button", name="Next review").click()
    wait_for(page, pane, "Review 3")
    assert "no text" in pane.locator(".rk-text").inner_text()


def test_a_label_can_be_switched_off(lab, page, pane):
    switch = pane.get_by_role("button", name="hedge", exact=False).and_(pane.locator(".rk-label"))
    switch.click()
    assert pane.locator('[data-row="2"]').count() == 0
    assert pane.locator(".rk-row").count() == 3
    assert "1 hidden" in pane.locator("h4").inner_text()
    assert switch.get_attribute("aria-pressed") == "false"
    lab.ask(page, "pane.show(2)")  # what is shown is never hidden
    pane.locator('[data-row="2"]').wait_for()


def test_from_python(lab, page, pane):
    lab.ask(page, "pane.review_id = 'page-05'")
    wait_for(page, pane, "Review 5")
    lab.ask(page, "pane.show(1)")
    wait_for(page, pane, "Review 2")
    assert pane.locator('[data-row="1"].rk-on').count() == 1
    lab.ask(page, "pane.show('page-01', 2, 10)")
    wait_for(page, pane, "Review 1")
    assert "".join(pane.locator(".rk-aimed").all_inner_texts()) == "had read"
    assert focused(page) != "rk-article"  # Python moves the text, not the reader's hand


KEYS = [*"abcdfghiklmnoprstvwxyz0123456789", "Enter", "Escape", "Delete", "ArrowUp", "Shift+M", "Shift+Enter"]


@pytest.mark.parametrize("place", [".rk-entries", ".rk-article", ".rk-code", ".rk-row", ".rk-search"])
def test_no_key_reaches_the_notebook(lab, page, pane, place):
    before = lab.cells(page)
    at = page.evaluate("() => window.jupyterapp.shell.currentWidget.content.activeCellIndex")
    for key in KEYS:
        pane.locator(place).first.focus()
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    after = lab.cells(page)
    assert [(c["cell_type"], c["source"]) for c in after] == [(c["cell_type"], c["source"]) for c in before]
    assert [c["execution_count"] for c in after] == [c["execution_count"] for c in before]
    assert page.evaluate("() => window.jupyterapp.shell.currentWidget.content.activeCellIndex") == at
    assert page.evaluate("() => window.jupyterapp.shell.currentWidget.content.mode") == "command"


@pytest.mark.parametrize("place", [".rk-entries", ".rk-article", ".rk-search"])
def test_control_s_still_saves(page, pane, place):
    dirty = "() => window.jupyterapp.shell.currentWidget.context.model.dirty"
    page.evaluate("() => { window.jupyterapp.shell.currentWidget.context.model.dirty = true; }")
    pane.locator(place).first.focus()
    page.keyboard.press("Control+s")
    page.wait_for_function(f"() => !({dirty})()", timeout=10_000)


def test_copied_text_is_the_text(page, pane):
    copied = pane.evaluate(
        """(node) => {
            const range = document.createRange();
            range.selectNodeContents(node.querySelector(".rk-text"));
            const chosen = document.getSelection();
            chosen.removeAllRanges();
            chosen.addRange(range);
            return chosen.toString();
        }"""
    )
    assert copied.startswith(
        "I had read the novel twice, and went in with folded arms.\n\nPerhaps that was unfair."
    )


def test_two_views_of_one_pane_and_none_left_behind(lab, page, pane):
    lab.notebook("twice.ipynb", SETUP, "pane", "pane")
    lab.open(page, "twice.ipynb")
    lab.run(page)
    views = page.locator(".rk-pane:visible")
    page.wait_for_function(
        "() => document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .rk-pane').length === 2"
    )
    views.nth(0).locator(".rk-entry").nth(3).click()
    for n in range(2):
        wait_for(page, views.nth(n), "Review 4")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.content.model.cells.get(2).outputs.clear()")
    page.wait_for_function(
        "() => document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .rk-pane').length === 1"
    )
    views.nth(0).locator(".rk-entry").nth(5).click()
    wait_for(page, views.nth(0), "Review 6")
    page.evaluate(
        """() => {
            const book = window.jupyterapp.shell.currentWidget.content;
            book.activeCellIndex = 2;
            window.jupyterapp.commands.execute("notebook:run-cell");
        }"""
    )
    page.wait_for_function(
        "() => document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .rk-pane').length === 2"
    )
    wait_for(page, views.nth(1), "Review 6")
    ids = page.evaluate("() => [...document.querySelectorAll('.rk-pane [id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("width", [1280, 420])
def test_axe_finds_nothing(lab, page, pane, axe_core, theme, width):
    lab.theme(page, theme)
    page.set_viewport_size({"width": width, "height": 900})
    pane.locator(".rk-label").first.click()
    pane.locator(".rk-row").first.click()
    pane.get_by_role("button", name="Keys").click()
    wrong, unsure = axe(page, axe_core, ".rk-pane")
    assert wrong == []
    assert unsure == []
    lab.theme(page, "Light")


def test_forced_colours_and_reduced_motion(page, pane, axe_core):
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    pane.locator(".rk-row").first.click()
    lines = pane.locator(".rk-text .rk-mark").evaluate_all(
        "(nodes) => nodes.map((n) => getComputedStyle(n).textDecorationLine)"
    )
    assert set(lines) == {"underline"}
    assert pane.locator(".rk-flash").first.evaluate("(n) => getComputedStyle(n).animationName") == "none"
    assert axe(page, axe_core, ".rk-pane")[0] == []


def test_targets_are_24_pixels(pane):
    small = pane.locator("button, [role=option], input").evaluate_all(
        """(nodes) => nodes.map((n) => [n.className, n.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([name]) => name)"""
    )
    assert small == []


def test_a_thousand_reviews_open_at_once(lab, page):
    setup = """
import pandas as pd, reviewkit as rk
reviews = pd.DataFrame({
    "review_id": [f"big-{n:04}" for n in range(1000)],
    "text": [f"Number {n}. " + "Slow, and I would not have it faster. " * 25 for n in range(1000)],
})
rk.evidence(reviews, [])
"""
    lab.open(page, lab.notebook("big.ipynb", setup, "1"))
    lab.run(page)
    took = page.evaluate(
        """async () => {
            const panel = window.jupyterapp.shell.currentWidget;
            panel.content.model.cells.get(1).sharedModel.setSource("pane = rk.ReadingPane(reviews)\\npane");
            panel.content.activeCellIndex = 1;
            const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            const start = performance.now();
            window.jupyterapp.commands.execute("notebook:run-cell");
            while (!panel.node.querySelector(".rk-article .rk-paragraph")) await frame();
            await frame();
            const opened = performance.now() - start;
            const list = panel.node.querySelector(".rk-entries");
            const moves = [];
            for (let n = 2; n <= 31; n += 1) {
                const from = performance.now();
                list.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
                const drawn = () => panel.node.querySelector("h3").textContent === `Review ${n}`;
                while (!drawn()) await new Promise((done) => setTimeout(done, 1));
                await frame();
                moves.push(performance.now() - from);
            }
            moves.sort((a, b) => a - b);
            return [opened, moves[15], moves[28]];
        }"""
    )
    opened, median, slow = took
    print(
        f"1,000 reviews: run to drawn {opened:.0f} ms; to the next {median:.0f} ms median, {slow:.0f} ms p95"
    )
    assert opened < 30_000  # benchmarks/panes.py measures; this only says that it does not hang
    assert median < 2_500
