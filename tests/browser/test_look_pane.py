"""Predict, then look, in a real JupyterLab: nothing before the commitment, both readings after it."""

from __future__ import annotations

import itertools

import pytest

from .axe import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETUP = '''
import pandas as pd, reviewkit as rk
from types import SimpleNamespace
first = """I had read the novel twice, and went in with folded arms.

Perhaps that was unfair. Nobody howls like 👩‍👧 that, and I wept. It keeps still, but never lies.

It is, I think, a quiet film. You could say that nothing happens in it."""
texts = [first, "I liked it, somehow. In the end they all die.",
         "Slow, perhaps, and long.", "Of course it is fine."]
reviews = pd.DataFrame({"review_id": [f"page-{n:02}" for n in range(1, 5)], "text": texts})
def spans(source, *marks):
    return rk.evidence(reviews, marks, layer="devices", source=source)
key = spans("key", ("page-01", "Perhaps", "hedge"), ("page-01", "I think", "hedge"),
            ("page-01", "It keeps still, but never lies", "concession"),
            ("page-01", "You could say", "voices"),
            ("page-02", "somehow", "hedge"), ("page-03", "perhaps", "hedge"))
key.loc[2, "cues"] = "Grants that it keeps still, and sets the contrary against it. ZEBRA"
one = spans("annotator-1", ("page-01", "Perhaps", "hedge"),
            ("page-01", "It keeps still, but never lies", "concession"))
verdicts = pd.DataFrame({"review_id": reviews["review_id"], "layer": "perspective", "source": "key",
                         "label": ["book-reader", "unstated", "unstated", "unstated"]})
both = pd.concat([key, one], ignore_index=True)
labels = SimpleNamespace(evidence=both, verdicts=verdicts, adjudication=pd.DataFrame())
page = SimpleNamespace(reviews=reviews, invented=True, title="A page", name="NAME", labels=labels, key=key)
pane = PANE
'''
DEVICES = 'rk.LookPane(page, layer="devices", veil="off")'
VERDICTS = 'rk.LookPane(page, verdicts="perspective", veil="off")'
NUMBERS = itertools.count(1)


@pytest.fixture
def made():
    return DEVICES


@pytest.fixture
def pane(lab, page, made):
    """A look pane on a page that nobody has read yet."""
    setup = SETUP.replace("NAME", f"looking {next(NUMBERS)}").replace("PANE", made)
    lab.open(page, lab.notebook("looking.ipynb", setup, "pane"))
    lab.run(page)
    view = page.locator(".rk-pane").first
    view.wait_for()
    view.evaluate("(node) => node.scrollIntoView({ block: 'start' })")
    yield view
    assert page.problems == []
    assert lab.errors(page) == []


def keys(page, *names):
    for name in names:
        page.keyboard.press(name)


def word(pane, text):
    return pane.locator(f'.rk-text .rk-piece[data-kind="word"]:text-is("{text}")').first


def label(pane, name):
    return pane.locator(".rk-choosing .rk-give", has_text=name)


def mark_some(page, pane):
    """An agreement, a shifted boundary, another label, an addition; a miss is left."""
    for first, last, name in (
        ("Perhaps", "Perhaps", "hedge"),
        ("think", "think", "hedge"),
        ("Nobody", "howls", "booster"),
        ("You", "say", "hedge"),
    ):
        word(pane, first).click()
        if last != first:
            word(pane, last).click()
        label(pane, name).click()
    page.wait_for_function("() => document.querySelector('.rk-kept').dataset.state === 'kept'")


def looked(pane):
    pane.locator(".rk-looked").wait_for()


def test_mark_commit_look(lab, page, pane):
    html = pane.evaluate("(node) => node.innerHTML")
    assert "ZEBRA" not in html
    assert pane.locator(".rk-find, [data-row^='-']").count() == 0
    state = lab.ask(page, "import json; print(json.dumps(pane.get_state(), default=str))")
    assert "ZEBRA" not in state
    mark_some(page, pane)
    pane.get_by_role("button", name="Commit and look").click()
    looked(pane)
    names = pane.locator(".rk-find-name").all_inner_texts()
    assert names == ["agreement", "addition", "miss", "shifted boundary", "other label"]
    assert "ZEBRA" in pane.locator(".rk-look-panel").inner_text()
    assert "begins 1 word later" in pane.locator(".rk-look-panel").inner_text()
    assert "Annotator-1 reads it as you do." in pane.locator(".rk-find-why").first.inner_text()
    assert pane.locator('.rk-text .rk-mark[data-row^="-"]').count() > 3
    assert page.evaluate("() => document.activeElement.className").count("rk-look-title") == 1
    page.wait_for_function(
        "() => document.querySelector('.rk-pane > [role=status]').textContent.startsWith('Committed')"
    )
    outcomes = "print(pane.results['outcome'].tolist(), pane.committed)"
    assert lab.ask(page, outcomes).startswith("['agreement', 'addition', 'miss', 'shifted', 'other label']")


def test_what_was_committed_counts(lab, page, pane):
    mark_some(page, pane)
    pane.get_by_role("button", name="Commit and look").click()
    looked(pane)
    pane.locator(".rk-row[data-to]").first.click()
    pane.get_by_role("button", name="Delete this mark").click()
    page.wait_for_function("() => document.querySelectorAll('.rk-rows:not(.rk-look-rows) > li').length === 3")
    page.wait_for_function("() => document.querySelector('.rk-kept').dataset.state === 'kept'")
    assert lab.ask(page, "print(len(pane.marks), len(pane.results))") == "3 5"
    lab.run(page)  # on another day
    pane = page.locator(".rk-pane").first
    looked(pane)
    assert pane.locator(".rk-find").count() == 5


def test_by_keyboard_alone(lab, page, pane):
    pane.locator(".rk-article").focus()
    keys(page, "ArrowDown", "4", "c")
    looked(pane)
    keys(page, "d", "d", "h")
    page.keyboard.type("b, c and x are only letters here")
    keys(page, "Tab", "Enter")
    pane.locator(".rk-held").wait_for()
    assert "only letters here" in lab.ask(page, "print(pane.disputes['reason'].tolist())")
    keys(page, "ArrowDown", "Enter", "Shift+D", "n")
    page.wait_for_function("() => document.querySelector('.rk-where').textContent.startsWith('2')")
    assert pane.locator(".rk-find").count() == 0
    assert len(lab.cells(page)) == 2


def test_nothing_marked_is_asked_twice(page, pane):
    button = pane.get_by_role("button", name="Commit and look")
    button.click()
    assert "Press again" in pane.locator(".rk-look-alarm").inner_text()
    button.click()
    looked(pane)
    assert pane.locator(".rk-find").count() == 4


def test_rows_and_words_lead_to_each_other(page, pane):
    mark_some(page, pane)
    pane.get_by_role("button", name="Commit and look").click()
    looked(pane)
    pane.locator(".rk-find").nth(2).click()
    lit = pane.locator(".rk-text .rk-flash").all_inner_texts()
    assert "".join(lit) == "It keeps still, but never lies"
    pane.locator('.rk-code[data-code^="-"]').last.click()
    assert pane.locator('.rk-find[aria-current="true"] .rk-find-name').inner_text() == "other label"
    pane.get_by_role("button", name="1 agreement").click()
    assert pane.locator(".rk-find").count() == 4
    pane.get_by_role("button", name="Sentences").click()
    pane.locator(".rk-find").first.click()
    assert pane.locator(".rk-sentence.rk-flash").count() == 1


def test_a_teacher_opens_the_gates(lab, page, pane):
    assert pane.locator(".rk-find").count() == 0
    lab.ask(page, "rk.open_gates()")
    looked(pane)
    assert "Opened by a teacher" in pane.locator(".rk-look-note").inner_text()
    assert lab.ask(page, "print(len(pane.results))") == "0"
    lab.ask(page, "rk.open_gates(False)")


@pytest.mark.parametrize("made", [VERDICTS])
def test_verdicts(lab, page, pane, made):
    pane.get_by_role("button", name="Commit and look").click()
    assert "Choose a verdict first" in pane.locator(".rk-look-alarm").inner_text()
    pane.get_by_label("Your verdict: perspective").select_option("film-only")
    pane.get_by_label("Why: perspective").fill("Folded arms, no page is named.")
    pane.get_by_role("button", name="Commit and look").click()
    looked(pane)
    find = pane.locator(".rk-find")
    assert "other label" in find.inner_text()
    assert "Folded arms" in find.inner_text()
    assert lab.ask(page, "print(pane.results[['label', 'other_label']].values.tolist())") == (
        "[['film-only', 'book-reader']]"
    )


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("width", [1280, 420])
def test_axe_finds_nothing(lab, page, pane, axe_core, theme, width):
    mark_some(page, pane)
    lab.theme(page, theme)
    page.set_viewport_size({"width": width, "height": 900})
    before, unsure = axe(page, axe_core, ".rk-pane")
    pane.get_by_role("button", name="Commit and look").click()
    looked(pane)
    pane.get_by_text("What this means, and cannot show").click()
    assert pane.get_by_text("F1: 1 where both marked the very same words").is_visible()
    pane.get_by_role("button", name="Hold to mine").first.click()
    after, unsure_too = axe(page, axe_core, ".rk-pane")
    lab.theme(page, "Light")
    assert before + after == []
    assert unsure + unsure_too == []


def test_forced_colours_and_targets(page, pane, axe_core):
    mark_some(page, pane)
    pane.get_by_role("button", name="Commit and look").click()
    looked(pane)
    small = """(nodes) => nodes.map((n) => [n.className, n.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([name]) => name)"""
    assert pane.locator("button, summary, select, textarea").evaluate_all(small) == []
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    lines = pane.locator('.rk-text .rk-mark[data-row^="-"]').evaluate_all(
        "(nodes) => nodes.map((n) => getComputedStyle(n).textDecorationLine)"
    )
    assert set(lines) == {"overline"}
    assert axe(page, axe_core, ".rk-pane")[0] == []
