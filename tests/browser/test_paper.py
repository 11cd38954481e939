"""The pages made for paper, in a real Chromium: accessible, whole on a small screen, printable."""

from __future__ import annotations

import re

import pytest

import reviewkit as rk
from reviewkit.printing.paper import write
from reviewkit.printing.sheets import print_out
from tools import book

from .axe import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module", params=["sheets", "lines", "book"])
def printed(request, tmp_path_factory):
    """One of the pages, as a file."""
    ours = rk.load("never-let-me-go")
    made = {
        "sheets": lambda: print_out(ours),
        "lines": lambda: print_out(ours, numbered="lines", reviews=[2, 5, 13, 20], apart=True),
        "book": book.book,
    }[request.param]()
    return write(made, tmp_path_factory.mktemp("paper") / f"{request.param}.html")


@pytest.fixture
def open_file(browser, printed):
    """Open it in a context of its own, in which nothing else can be had; the page forbids scripts itself."""
    contexts, asked = [], []

    def opened(**settings):
        context = browser.new_context(bypass_csp=True, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(printed.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert {url for url in asked if url != printed.as_uri()} == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_file, axe_core, scheme):
    page = open_file(color_scheme=scheme, viewport={"width": 1000, "height": 800})
    assert axe(page, axe_core, "html")[0] == []


def test_nothing_is_wider_than_a_small_screen(open_file):
    page = open_file(viewport={"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_and_nothing_is_cut_off(open_file, paper):
    page = open_file(viewport={"width": 690 if paper == "A4" else 712, "height": 900})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    pdf = page.pdf(format=paper, prefer_css_page_size=False)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) > 3
