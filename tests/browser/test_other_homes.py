"""The panes in Notebook 7 and in Voila: drawn, marked in, kept, veiled, and quiet towards other machines."""

from __future__ import annotations

import itertools
import sys
from importlib.util import find_spec

import pytest

import reviewkit as rk
from reviewkit.marks.store import Store
from tests.classes import class_of

from .lab import TIMEOUT, Lab, missing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETUP = """
import pandas as pd, reviewkit as rk
from types import SimpleNamespace
texts = ["I had read the novel twice. Perhaps that was unfair. Nobody howls like that, and I wept.",
         "I liked it. In the end they all die.", "Slow, perhaps, and long. The book is kinder."]
reviews = pd.DataFrame({"review_id": [f"page-{n:02}" for n in range(1, 4)], "text": texts})
key = pd.concat([
    rk.evidence(reviews, [("page-02", "they all die", "everything")], layer="spoilers", source="key"),
    rk.evidence(reviews, [("page-01", "Perhaps", "hedge")], layer="devices", source="key"),
], ignore_index=True)
labels = SimpleNamespace(evidence=key, verdicts=pd.DataFrame(), adjudication=pd.DataFrame())
page = SimpleNamespace(reviews=reviews, invented=True, title="A page", name="NAME", labels=labels, key=key)
corpus = rk.load("never-let-me-go")
"""
PANES = [
    'rk.ReadingPane(page, key, veil="key", review_id="page-02")',
    'rk.MarkingPane(page, veil="off")',
    'rk.LookPane(page, layer="devices", veil="off")',
    'rk.ComparisonPane(page, {"page-01": "readers", "page-02": "viewers"}, evidence=key, veil="key")',
    'rk.TogetherPane(corpus, "class", veil="off", decides="a-decider")',
]
READING, LOOK, COMPARISON, TOGETHER = (
    ".rk-pane[aria-label^='Reading pane']",
    ".rk-looking",
    ".rk-compare",
    ".rk-together",
)
MARKING = ".rk-marking:not(.rk-looking)"
NUMBERS = itertools.count(1)


class Notebook7(Lab):
    """One notebook to a tab."""

    program, app, pages = "notebook", "JupyterNotebookApp", "notebooks"


class Voila(Lab):
    """A notebook as a page, without its code, run when it is opened; in the page that Voila itself brings."""

    program, alive = "voila", ""

    def _command(self) -> list[str]:
        options = {"Voila.ip": "127.0.0.1", "Voila.port_retries": "0", "token": self.token}
        options["port"] = self.url.rpartition(":")[2]
        flags = [f"--{name}={value}" for name, value in options.items()]
        return [sys.executable, "-m", "voila", str(self.root), "--no-browser", *flags]

    def open(self, page, name):
        # Voila's own page asks a CDN for the signs of Font Awesome, which nothing of ours uses.
        page.route("https://cdn.jsdelivr.net/**/fontawesome*/**", lambda route: route.fulfill(body=""))
        page.goto(f"{self.url}/voila/render/{name}?token={self.token}", timeout=TIMEOUT)

    def run(self, page):
        """It runs while it is opened, and shows an error in place of what a cell gives."""

    def errors(self, page):
        return page.locator("[data-mime-type='application/vnd.jupyter.stderr']").all_inner_texts()


def started(kind, folder):
    """A server with the marks of a class in its folder."""
    if find_spec(kind.program) is None:
        missing(f"{kind.program} is not installed: python3 start.py test installs it")
    server = kind(folder)
    class_of(rk.load("never-let-me-go"), server.root / "class", 3, reviews=2)
    return server


@pytest.fixture(scope="module")
def notebook7(tmp_path_factory):
    server = started(Notebook7, tmp_path_factory.mktemp("notebook7"))
    yield server
    server.close()


@pytest.fixture(scope="module")
def voila(tmp_path_factory):
    server = started(Voila, tmp_path_factory.mktemp("voila"))
    yield server
    server.close()


def theirs(where):
    """Whether a front end's own bundle said it; ours are loaded from blobs, through anywidget."""
    return "/static/notebook/" in where or "/voila/static/" in where


def opened(server, page, shown=PANES, seen=(READING, MARKING, LOOK, COMPARISON, TOGETHER)):
    """All panes on a page that nobody has marked yet; at the end, nothing of ours has gone wrong."""
    wrong = []
    page.on("pageerror", lambda error: theirs(error.stack or "") or wrong.append(error.stack))
    page.on(
        "console",
        lambda said: (
            said.type == "error" and not theirs(said.location["url"] + said.text) and wrong.append(said.text)
        ),
    )
    server.name = f"home {next(NUMBERS)}"
    server.open(page, server.notebook("home.ipynb", SETUP.replace("NAME", server.name), *shown))
    server.run(page)
    for name in seen:
        page.locator(name).first.wait_for(timeout=TIMEOUT)
    page.wait_for_timeout(1500)  # Notebook 7 takes the focus to its cell a moment after the cells have run
    yield server
    assert wrong == []
    assert server.errors(page) == []


@pytest.fixture(params=["notebook7", "voila"])
def place(request, page):
    yield from opened(request.getfixturevalue(request.param), page)


@pytest.fixture
def notebook(notebook7, page):
    yield from opened(notebook7, page)


@pytest.fixture
def cards(notebook7, page):
    shown = [
        'rk.Predict("How many?", "number", "Three.", name="how many")',
        "from reviewkit.charts.reveals import reveal_timeline\nreveal_timeline(corpus.key, corpus.reviews)",
    ]
    yield from opened(notebook7, page, shown, (".rk-ask", ".rk-linked svg.marks"))


def in_store(server):
    """What stands on the disk, read by another process than the one that wrote it: label and words."""
    with Store(server.root / "my_work" / "marks.sqlite3") as store:
        return [(event["label"], event["quote"]) for event in store.current(server.name)]


def kept(page, pane, n):
    page.wait_for_function(
        """([pane, n]) => pane.querySelector(".rk-kept").dataset.state === "kept" &&
            pane.querySelectorAll(".rk-rows > li").length === n""",
        arg=[pane.element_handle(), n],
        timeout=15_000,
    )


def word(pane, text):
    return pane.locator(f'.rk-text .rk-piece[data-kind="word"]:text-is("{text}")').first


def test_panes_are_drawn_and_veiled(page, place):
    reading = page.locator(READING)
    assert reading.locator(".rk-cover").count() == 1
    assert "they all die" not in reading.inner_text() + page.locator(COMPARISON).inner_text()
    reading.locator(".rk-cover").click()
    reading.locator(".rk-again").wait_for()
    assert "In the end they all die" in reading.locator(".rk-text").inner_text()
    assert page.locator(COMPARISON).locator(".rk-side-name").all_text_contents() == ["readers", "viewers"]
    assert "3 people" in page.locator(TOGETHER).locator(".rk-report").text_content()
    sizes = page.locator(".rk-pane").evaluate_all("(all) => all.map((n) => n.getBoundingClientRect().height)")
    assert min(sizes) > 200


def test_by_mouse_by_keyboard_and_through_the_list(page, place):
    pane = page.locator(MARKING)
    word(pane, "read").click()
    word(pane, "twice").click()
    pane.locator(".rk-choosing .rk-give", has_text="grounds").click()
    kept(page, pane, 1)
    assert in_store(place) == [("grounds", "read the novel twice")]

    pane.locator(".rk-article").focus()
    for key in ("ArrowDown", "Shift+ArrowRight", "4"):
        page.keyboard.press(key)
    kept(page, pane, 2)
    assert in_store(place)[1] == ("hedge", "Perhaps that")

    pane.get_by_role("button", name="Sentences").focus()
    page.keyboard.press("Enter")
    pane.get_by_role("button", name="Label sentence 3", exact=True).focus()
    page.keyboard.press("Enter")
    pane.locator(".rk-sentence").nth(2).get_by_role("button", name="booster").focus()
    page.keyboard.press("Enter")
    kept(page, pane, 3)
    assert in_store(place)[2] == ("booster", "Nobody howls like that, and I wept.")


def test_predict_then_look(page, place):
    pane = page.locator(LOOK)
    pane.locator(".rk-article").focus()
    for key in ("ArrowDown", "4"):
        page.keyboard.press(key)
    kept(page, pane, 1)
    pane.get_by_role("button", name="Commit and look").click()
    pane.locator(".rk-looked").wait_for()
    assert pane.locator(".rk-find-name").all_inner_texts() == ["shifted boundary"]


def test_together_a_decision_is_kept(page, place):
    pane = page.locator(TOGETHER)
    pane.locator(".rk-entry-row").first.click()
    pane.locator(".rk-choice").first.click()
    page.wait_for_function(
        "() => document.querySelector('.rk-together .rk-state').textContent.includes('kept')"
    )


KEYS = [*"abcdfhijklmnoqrsuvxyz0123456789", "Enter", "Escape", "Delete", "ArrowUp", "Shift+M", "Shift+Enter"]
PLACES = [".rk-entries", ".rk-article", ".rk-tools .rk-button", "select"]


def press_everywhere(page, notebook, root, places, keys):
    """Press every key in every place of `root`: no cell has changed or run, the same one is chosen."""
    seen = "() => { const { content } = window.jupyterapp.shell.currentWidget;"
    seen += " return [content.activeCellIndex, content.mode]; }"
    before, at = notebook.cells(page), page.evaluate(seen)
    pressed = 0
    for place in places:
        for key in keys:
            if root.locator(place).first.is_visible():
                root.locator(place).first.focus()
                page.keyboard.press(key)
                pressed += 1
    page.wait_for_timeout(300)
    told = [
        [(c["cell_type"], c["source"], c.get("execution_count")) for c in cells]
        for cells in (before, notebook.cells(page))
    ]
    assert pressed > 10
    assert told[0] == told[1]
    assert page.evaluate(seen) == at


@pytest.mark.parametrize("name", [READING, MARKING, LOOK, COMPARISON, TOGETHER])
def test_no_key_reaches_the_notebook(page, notebook, name):
    pane = page.locator(name)
    pane.evaluate("(node) => node.focus()")
    press_everywhere(page, notebook, pane, PLACES, KEYS)


def test_nor_does_one_from_a_card_or_a_chart(page, cards):
    for root, place in ((".rk-ask", "button"), (".rk-linked", "button")):
        page.locator(root).locator(place).first.focus()
        press_everywhere(
            page, cards, page.locator(root).first, [place], [k for k in KEYS if "Enter" not in k]
        )


def test_control_s_still_saves(page, notebook):
    page.evaluate("() => { window.jupyterapp.shell.currentWidget.context.model.dirty = true; }")
    page.locator(MARKING).locator(".rk-article").focus()
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty", timeout=10_000)
