"""Charts in a real JupyterLab: drawn without a network, opened by mouse and by keyboard, in every theme."""

from __future__ import annotations

import re

import pytest

from .axe import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETUP = """
import pandas as pd, reviewkit as rk
from reviewkit.charts.strips import stage_strips
from reviewkit.charts.reveals import reveal_timeline
from reviewkit.charts.verdicts import verdict_bars
from reviewkit.charts.words import keyness_plot
from reviewkit.charts.attitudes import sentiment_and_attitude
from reviewkit.charts.agreement import agreement_matrix
corpus = rk.load("never-let-me-go")
key, sentences = corpus.key, corpus.sentences
words = pd.DataFrame({"word": ["film", "<b>x</b>", "datum.mark"], "a": [9, 3, 1], "b": [1, 3, 8],
                      "rate_a": [9.0, 3.0, 1.0], "rate_b": [1.0, 2.0, 8.0]})
scores = sentences.assign(compound=[(n % 21 - 10) / 10 for n in range(len(sentences))])
pairs = pd.DataFrame({"label_1": ["plot", "plot", "theme"], "label_2": ["plot", "theme", "theme"],
                      "count": [8, 2, 5]})
charts = [
    stage_strips(key, sentences),
    reveal_timeline(key, corpus.reviews),
    verdict_bars(corpus.verdicts, "stance", evidence=key),
    keyness_plot(words, between=("readers", "viewers"), sentences=sentences),
    sentiment_and_attitude(scores, key),
    agreement_matrix(pairs),
]
"""
ALL = range(6)


@pytest.fixture
def charts(lab, page):
    """A notebook with a chart of each kind, just run and drawn."""
    lab.open(page, lab.notebook("charts.ipynb", SETUP, *(f"charts[{n}]" for n in ALL)))
    lab.run(page)
    views = page.locator(".rk-linked")
    page.wait_for_function("() => document.querySelectorAll('.rk-linked svg.marks').length === 6")
    yield views
    assert page.problems == []
    assert lab.errors(page) == []


def drawn(chart, kind="rect"):
    return chart.locator(f"svg g.mark-{kind}.role-mark > path")


def settle(page, chart):
    """Scroll to a chart, and wait until nothing moves any more: cells above it may still be drawn."""
    chart.evaluate("(node) => node.scrollIntoView({ block: 'start' })")
    before, still = None, 0
    while still < 3:
        page.wait_for_timeout(150)
        now = chart.bounding_box()
        before, still = now, still + 1 if now == before else 0


def opened(chart, name):
    chart.locator(".rk-open-name").filter(has_text=name).wait_for()


def test_all_are_drawn_with_no_other_machine(charts):  # the fixture `page` fails on any request to another
    for n in ALL:
        chart = charts.nth(n)
        chart.scroll_into_view_if_needed()
        svg = chart.locator("svg.marks")
        assert svg.bounding_box()["width"] > 500
        told = chart.locator("[role=graphics-document]").get_attribute("aria-label")
        assert re.search(r"\d", told)
        assert told == chart.locator(".rk-description").inner_text()
        assert chart.locator(".vega-actions, summary[title]").count() == 0  # no menu
        assert chart.locator("[role=graphics-symbol]:not([aria-hidden=true])").count() == 0
    assert charts.nth(3).locator("b").count() == 0
    assert "<b>x</b>" in charts.nth(3).locator("svg").inner_html().replace("&lt;", "<").replace("&gt;", ">")


def test_a_click_opens_the_sentences(lab, page, charts):
    chart = charts.nth(0)
    settle(page, chart)
    drawn(chart).nth(3).click(force=True)
    name = lab.ask(page, "print(charts[0]._drawing.names[3])")
    opened(chart, name)
    first = lab.ask(page, "print(charts[0].sentences(3)['text'].iloc[0])")
    assert first in chart.locator(".rk-behind").inner_text()
    assert chart.locator("select").input_value() == "3"
    assert drawn(chart).nth(3).get_attribute("stroke") == "var(--rk-ink)"
    assert drawn(chart).nth(2).get_attribute("stroke") == "var(--rk-paper)"

    chart.get_by_role("button", name="Next stretch").click()
    page.wait_for_function(
        "(node) => node.getAttribute('stroke') === 'var(--rk-ink)'", arg=drawn(chart).nth(4).element_handle()
    )
    drawn(chart).nth(3).click(force=True)  # the same mark as before, after another was opened from the list
    opened(chart, name)
    assert lab.ask(page, "print(charts[0].chosen)") == "3"


@pytest.mark.parametrize(("n", "kind"), [(1, "rect"), (2, "rect"), (3, "rect"), (4, "rect"), (5, "rect")])
def test_marks_of_every_chart_can_be_clicked(lab, page, charts, n, kind):
    chart = charts.nth(n)
    settle(page, chart)
    drawn(chart, kind).first.click(force=True)
    chart.locator(".rk-open-name:not(:empty)").wait_for()
    assert int(lab.ask(page, f"print(charts[{n}].chosen)")) >= 0


def test_a_click_far_up_brings_the_sentences_into_view(page, charts):
    chart = charts.nth(0)
    settle(page, chart)
    drawn(chart).first.click(force=True)
    page.wait_for_function(
        """(node) => {
            const box = node.getBoundingClientRect();
            return node.querySelector("li") && box.bottom <= innerHeight && box.top >= 0;
        }""",
        arg=chart.locator(".rk-words").element_handle(),
    )


def test_by_keyboard_alone(lab, page, charts):
    chart = charts.nth(2)
    chart.locator("select").focus()
    page.keyboard.press("ArrowDown")
    opened(chart, lab.ask(page, "print(charts[2]._drawing.names[0])"))
    assert drawn(chart).first.get_attribute("stroke") == "var(--rk-ink)"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # next bar
    opened(chart, lab.ask(page, "print(charts[2]._drawing.names[1])"))
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.dataset.n") == "0"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("() => document.activeElement.dataset.n") == "1"
    page.keyboard.press("End")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chart.locator('[data-n="1"][aria-current=true]').wait_for()
    assert lab.ask(page, "print(charts[2].selection['text'])") in chart.locator('[data-n="1"]').inner_text()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "rk-scroll"
    assert chart.locator("tbody tr").count() == int(lab.ask(page, "print(len(charts[2].table))"))


def test_no_key_reaches_the_notebook(lab, page, charts):
    chart = charts.nth(2)
    chart.get_by_role("button", name="Next bar").click()
    chart.locator(".rk-behind-row").first.wait_for()
    before = [(c["cell_type"], c["source"]) for c in lab.cells(page)]
    for place in (".rk-behind-row", ".rk-button", "summary", "select"):
        for key in [*"abcdmxyz0123", "Delete", "Escape", "ArrowUp", "Shift+M"]:
            chart.locator(place).first.focus()
            page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert [(c["cell_type"], c["source"]) for c in lab.cells(page)] == before


def test_from_python_and_in_two_views(lab, page):
    lab.open(
        page,
        lab.notebook("two.ipynb", SETUP, "pane = rk.ReadingPane(corpus)\npane", "charts[2]", "charts[2]"),
    )
    lab.run(page)
    charts = page.locator(".rk-linked")
    page.wait_for_function("() => document.querySelectorAll('.rk-linked svg.marks').length === 2")
    lab.ask(page, "charts[2].open_in(pane); charts[2].chosen = 2")
    for n in range(2):
        opened(charts.nth(n), lab.ask(page, "print(charts[2]._drawing.names[2])"))
        page.wait_for_function(
            "(node) => node.getAttribute('stroke') === 'var(--rk-ink)'",
            arg=drawn(charts.nth(n)).nth(2).element_handle(),
        )
    charts.nth(1).locator(".rk-behind-row").first.click()
    charts.nth(0).locator('[data-n="0"][aria-current=true]').wait_for()
    assert lab.ask(page, "print(pane.review_id == charts[2].selection['review_id'])") == "True"
    assert page.locator(".rk-pane .rk-on, .rk-pane .rk-aimed").count() > 0
    page.evaluate("() => window.jupyterapp.shell.currentWidget.content.model.cells.get(3).outputs.clear()")
    page.wait_for_function("() => document.querySelectorAll('.rk-linked').length === 1")
    page.evaluate(
        """() => {
            const book = window.jupyterapp.shell.currentWidget.content;
            book.activeCellIndex = 3;
            window.jupyterapp.commands.execute("notebook:run-cell");
        }"""
    )
    page.wait_for_function("() => document.querySelectorAll('.rk-linked svg.marks').length === 2")
    page.wait_for_function(  # a view that is drawn later shows what is open
        "(node) => node.getAttribute('stroke') === 'var(--rk-ink)'",
        arg=drawn(charts.nth(1)).nth(2).element_handle(),
    )
    assert lab.ask(page, "print(charts[2].chosen)") == "2"
    ids = page.evaluate("() => [...document.querySelectorAll('.rk-linked [id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))


COLOURS = """(chart) => {
    const seen = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
    const light = (rgb) => {
        const [r, g, b] = rgb.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const paper = light(seen(getComputedStyle(chart).backgroundColor));
    const out = [...chart.querySelectorAll("svg text")]
        .filter((n) => n.textContent && !n.closest(".mark-text.role-mark"))
        .map((n) => light(seen(getComputedStyle(n).fill)));
    return [paper, ...out.map((l) => (Math.max(l, paper) + 0.05) / (Math.min(l, paper) + 0.05))];
}"""


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_axes_can_be_read_in_every_theme(lab, page, charts, theme):
    lab.theme(page, theme)
    for n in ALL:
        paper, *contrasts = charts.nth(n).evaluate(COLOURS)
        assert (paper > 0.5) == (theme == "Light")
        assert n == 5 or contrasts or n == 4
        assert [each for each in contrasts if each < 4.5] == []
    lab.theme(page, "Light")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("width", [1280, 420])
def test_axe_finds_nothing(lab, page, charts, axe_core, theme, width):
    lab.theme(page, theme)
    page.set_viewport_size({"width": width, "height": 900})
    for n in ALL:
        charts.nth(n).get_by_role("button", name=re.compile("^Next ")).click()
        charts.nth(n).locator("summary").click()
    wrong, unsure = axe(page, axe_core, ".rk-linked")
    assert wrong == []
    assert unsure == []
    lab.theme(page, "Light")


@pytest.mark.parametrize("width", [1280, 900, 420])
def test_a_chart_fits_its_place(page, charts, width):
    page.evaluate("() => window.jupyterapp.commands.execute('application:toggle-left-area')")
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_timeout(800)
    for n in ALL:
        chart = charts.nth(n)
        room = chart.bounding_box()["width"]
        assert chart.evaluate("(node) => node.scrollWidth <= node.clientWidth + 1")
        box = chart.locator(".rk-drawing")
        if width >= 900:
            assert box.evaluate("(node) => node.scrollWidth <= node.clientWidth + 1")
            assert chart.locator("svg.marks").bounding_box()["width"] > room - 60
        elif box.evaluate("(node) => node.scrollWidth > node.clientWidth + 1"):
            assert box.get_attribute("tabindex") == "0"  # what scrolls can be reached and has a name
            assert box.get_attribute("aria-label")


def test_forced_colours(page, charts, axe_core):
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    charts.nth(0).get_by_role("button", name="Next stretch").click()
    assert axe(page, axe_core, ".rk-linked")[0] == []


def test_targets_are_24_pixels(charts):
    charts.nth(0).get_by_role("button", name="Next stretch").click()
    charts.nth(0).locator(".rk-behind-row").first.wait_for()
    small = charts.locator("button, select, summary").evaluate_all(
        """(nodes) => nodes.map((n) => [n.className, n.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([name]) => name)"""
    )
    assert small == []
