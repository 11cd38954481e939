"""Killed at random while a script marks away: what was shown as kept is there, and nothing is there twice."""

from __future__ import annotations

import json
import os
import random
import signal

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROUNDS = int(os.environ.get("REVIEWKIT_KILLS", "10"))
SETUP = """
import os, pandas as pd, reviewkit as rk
from types import SimpleNamespace
text = "\\n\\n".join("Perhaps the film keeps still, and so did I, until the end. " * 6 for _ in range(5))
reviews = pd.DataFrame({"review_id": ["page-01"], "text": [text]})
page = SimpleNamespace(reviews=reviews, name="NAME")
pane = rk.MarkingPane(page, veil="off")
"""

# Marks away with the keys that a reader has, and writes down which marks were shown as kept.
MARKING = """() => {
    const root = document.querySelector(".rk-pane");
    const article = root.querySelector(".rk-article");
    const shown = new Set(JSON.parse(localStorage.getItem("shown") ?? "[]"));
    const look = () => {
        for (const row of root.querySelectorAll(".rk-rows > li")) {
            const state = row.querySelector(".rk-state").textContent;
            if (row.rkKey && state === "kept") shown.add(row.rkKey);
        }
        localStorage.setItem("shown", JSON.stringify([...shown]));
    };
    new MutationObserver(look).observe(root.querySelector(".rk-rows"), { childList: true, subtree: true });
    const press = (key, shiftKey = false) => {
        const options = { key, shiftKey, bubbles: true, cancelable: true };
        article.dispatchEvent(new KeyboardEvent("keydown", options));
    };
    let n = 0;
    window.marked = 0;
    window.marker = setInterval(() => {
        n += 1;
        for (let k = 0; k < 1 + Math.floor(Math.random() * 9); k += 1) press("ArrowRight");
        for (let k = 0; k < Math.floor(Math.random() * 4); k += 1) press("ArrowRight", true);
        press(String(1 + n % 7));
        window.marked += 1;
        if (n % 30 === 0) press("Home");
    }, 12);
}"""


def begin(lab, page, book):
    lab.open(page, book)
    lab.run(page)
    page.locator(".rk-pane").first.wait_for()


def settled(page):
    """Everything that the browser held has been sent again, and is kept."""
    page.wait_for_function(
        """() => document.querySelector(".rk-kept")?.dataset.state === "kept" &&
            !Object.keys(localStorage).some((key) => key.startsWith("reviewkit:"))""",
        timeout=30_000,
    )


def check(lab, page, before):
    """Every mark that was shown as kept is in the file, once; gives how many there are."""
    shown = set(json.loads(page.evaluate("() => localStorage.getItem('shown') ?? '[]'")))
    code = "import json; from reviewkit.marks.store import Store; s = Store(); h = s.history(); "
    code += "print(json.dumps([[e['event'], e['mark']] for e in h if e['corpus'] == page.name]))"
    events = json.loads(lab.ask(page, code))
    assert len({event for event, _ in events}) == len(events)  # none twice
    sets = {mark for _, mark in events}
    assert shown <= sets
    assert len(shown) > before
    return len(shown), len(events)


def now_there(lab, page):
    """What a reader sees is what the file holds: no mark twice, none missing."""
    seen = page.evaluate(
        "() => [...document.querySelectorAll('.rk-pane .rk-rows > li')].map((row) => row.rkKey)"
    )
    assert len(seen) == len(set(seen))
    kept = "from reviewkit.marks.store import Store; print(len(Store().current(page.name, who=pane._who)))"
    assert len(seen) == int(lab.ask(page, kept))


def test_the_kernel_is_killed(lab, page):
    book = lab.notebook("killed.ipynb", SETUP.replace("NAME", "killed kernel"), "pane")
    begin(lab, page, book)
    dice, shown = random.Random(), 0
    for n in range(ROUNDS):
        pid = int(lab.ask(page, "print(os.getpid())"))
        page.evaluate(MARKING)
        page.wait_for_timeout(dice.randint(150, 900))
        os.kill(pid, signal.SIGKILL)
        page.wait_for_timeout(dice.randint(0, 300))  # marking goes on for a while
        page.evaluate("() => clearInterval(window.marker)")
        lab.notebook("killed.ipynb", SETUP.replace("NAME", "killed kernel"), "pane")
        begin(lab, page, book)
        settled(page)
        shown, events = check(lab, page, shown)
        print(f"kernel killed {n + 1}: {shown} shown as kept, {events} events")
    now_there(lab, page)


def test_the_tab_is_reloaded_or_closed(lab, page):
    setup = SETUP.replace("NAME", "closed tab")
    book = lab.notebook("closed.ipynb", setup, "pane")
    begin(lab, page, book)
    dice, shown = random.Random(), 0
    for n in range(ROUNDS):
        page.evaluate(MARKING)
        page.wait_for_timeout(dice.randint(150, 900))
        if n % 2:
            page.evaluate("() => location.reload()")
        else:  # without a chance to say goodbye
            other = page.context.new_page()
            page.close()
            page = other
            page.problems = []
        lab.notebook("closed.ipynb", setup, "pane")
        begin(lab, page, book)
        settled(page)
        shown, events = check(lab, page, shown)
        print(f"tab closed {n + 1}: {shown} shown as kept, {events} events")
    now_there(lab, page)
