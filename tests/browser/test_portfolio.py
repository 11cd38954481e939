"""The portfolio as whoever marks it opens it: from a file, on any screen, on paper, with no network."""

from __future__ import annotations

import pytest

import reviewkit as rk
from reviewkit.marks.events import make
from reviewkit.marks.store import Store

from .axe import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A portfolio with something in each of its parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REVIEWKIT_HOME", str(tmp_path_factory.mktemp("home")))
        corpus = rk.load("never-let-me-go")
        card = rk.Draft(corpus)
        card.commit({"text": "Perhaps <b>slow</b>. Jonas, stay to the end.", "reader": "Jonas"})
        card.committed = False
        card.commit({"text": "Slow. Jonas, stay to the end. Would I go again? Of course."})
        rk.FirstReader(card.drafts).commit({"knows": "unstated", "whom": "somebody called Jonas"})
        rk.Predict("Why?", "text", "So.").commit("Because.")
        row = corpus.reviews.iloc[1]
        about = {"who": rk.pseudonym(), "corpus": corpus.name, "review_id": row["review_id"]}
        with Store() as store:
            mark = {"layer": "devices", "label": "hedge", "start": 0, "end": 20}
            store.add([make(text=row["text"], **about, **mark, note="Is it?")])
            store.add([make("dispute", text=row["text"], **about, **mark, reason="It is not.")])
            store.add([make("verdict", text=row["text"], **about, layer="stance", label="mixed")])
        figures = [
            rk.stage_strips(card.drafts.evidence, card.drafts.sentences),
            rk.reveal_timeline(corpus.key, corpus.reviews),
        ]
        yield rk.portfolio(corpus, argument="One.\n\nTwo.", figures=figures).path.as_uri()


@pytest.fixture
def opened(browser, address):
    """Open it with a given width and colours; whatever it asks for beside itself is collected."""
    contexts = []

    def visit(width=1280, scheme="light", media="screen"):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
        )
        contexts.append(context)
        page = context.new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.emulate_media(media=media)
        page.goto(address)
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_is_asked_for(opened, address, axe_core, scheme, width):
    page = opened(width, scheme)
    assert page.asked == [address]
    assert page.said == []
    wrong, unsure = axe(page, axe_core, "html")
    assert wrong == []
    letters = ("<text ", "only non-text characters")  # in a drawing, in its legend: held by the charts' tests
    assert [each for each in unsure if not any(reason in each for reason in letters)] == []
    for fold in page.locator("summary").all():
        fold.click()
    assert axe(page, axe_core, "html")[0] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_dark_is_dark_and_paper_is_white(opened):
    def paper(page):
        return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    ink = "getComputedStyle(document.querySelector('svg text')).fill"
    light, dark, printed = opened(), opened(scheme="dark"), opened(scheme="dark", media="print")
    assert paper(light) != paper(dark)
    assert paper(printed) == "rgba(0, 0, 0, 0)"
    assert light.evaluate(ink) == printed.evaluate(ink) != dark.evaluate(ink)


def test_each_link_leads_to_its_part(opened):
    page = opened()
    links = page.locator("nav a")
    assert links.count() >= 6
    for number in range(links.count()):
        links.nth(number).click()
        assert page.evaluate("document.querySelector(location.hash).querySelector('h2').textContent")


def test_bars_in_a_figure_have_their_colours(opened):
    fills = opened().evaluate(
        "[...document.querySelectorAll('figure svg path')].map((p) => getComputedStyle(p).fill)"
    )
    assert len({*fills} - {"none"}) >= 4
