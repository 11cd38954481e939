"""Feedback and the teacher's page as they are opened: from a file, on a phone, in the dark."""

from __future__ import annotations

import pytest
from conftest import ROOT
from handed_in import PROSE, answers, as_data, put

from reviewkit.grading import grade

from .axe import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("class")
    for n in range(6):
        odd = {"nought": {"answer": 32.9}, "helpful": {"answer": {"columns": ["a"], "rows": [["x" * 300]]}}}
        given = answers(n) | (odd if n % 2 else {"shows": {"answer": {"text": f"{n} {PROSE}" * 3}}})
        put(root, f"in/owl-{n}.ipynb", as_data(n, answers=given))
    put(root, "in/broken.ipynb", "{")
    grade(root / "in", root / "out", keys=ROOT / "exercises" / "held-out", say=print)
    return root / "out"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["feedback/owl-1.html", "feedback/owl-2.html", "class.html"])
def test_axe_finds_nothing_and_nothing_sticks_out(browser, folder, axe_core, name, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => (each.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page, axe_core, "html")[0] == []
    assert len(asked) == 1
    context.close()
