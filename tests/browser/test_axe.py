"""The check of contrasts that axe-core leaves open: it finds what cannot be read, and lets pass what can."""

from __future__ import annotations

import pytest

from .axe import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = """<!doctype html><html lang="en"><title>A page</title><main class="rk" style="background:
linear-gradient({ground}, {ground})"><h1 style="color: {letters}; opacity: {opacity}; font-size: {size}">
Words</h1>"""


@pytest.mark.parametrize(
    ("ground", "letters", "opacity", "size", "readable"),
    [
        ("#fff", "#222", 1, "16px", True),
        ("#fff", "#888", 1, "16px", False),
        ("#fff", "#888", 1, "30px", True),
        ("#fff", "#222", 0.4, "16px", False),
        ("#111", "#eee", 1, "16px", True),
        ("#111", "#444", 1, "30px", False),
    ],
)
def test_letters_on_a_gradient(page, axe_core, ground, letters, opacity, size, readable):
    page.set_content(PAGE.format(ground=ground, letters=letters, opacity=opacity, size=size))
    wrong, unsure = axe(page, axe_core)
    assert unsure == []
    assert bool(wrong) != readable
    assert all("measured" in line for line in wrong)
