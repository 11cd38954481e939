"""One JupyterLab and one Chromium for all browser tests; no page may ask anything of another machine."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from .axe import axe_source
from .lab import FLAGS, Lab, chromium, missing


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    chromium()  # first, so that a machine without one need not start a server
    server = Lab(tmp_path_factory.mktemp("lab"))
    yield server
    server.close()


@pytest.fixture(scope="session")
def browser():
    path = chromium()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed; the test extra has it")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=[*FLAGS, "--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(browser):
    """A fresh page; the test fails if anything in it reaches for another machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    strangers: list[str] = []

    def local_only(route):
        address = urlsplit(route.request.url)
        if address.hostname in ("127.0.0.1", "localhost"):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    context.route("**/*", local_only)
    opened = context.new_page()
    opened.problems = []
    opened.on("pageerror", lambda error: opened.problems.append(str(error)))
    yield opened
    context.close()
    assert strangers == []


@pytest.fixture(scope="session")
def axe_core(request):
    return axe_source(request.config.cache.mkdir("axe-core"))
