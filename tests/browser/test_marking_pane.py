"""Marking in a real JupyterLab: by mouse, by touch, by keyboard alone, through the list; and trouble."""

from __future__ import annotations

import itertools
import json

import pytest

from .axe import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETUP = '''
import pandas as pd, reviewkit as rk
from types import SimpleNamespace
first = """I had read the novel twice, and went in with folded arms.

Perhaps that was unfair. <b>Nobody</b> howls like 👩‍👧 that, and I wept. It keeps still, but never lies.

""" + "The film keeps still, and so did I, until the end. " * 60 + """

סרט יפה מאוד.

Ada Example"""
texts = [first, "I liked it. In the end they all die.", None] + [f"Number {n}. Slow." for n in range(4, 8)]
reviews = pd.DataFrame({"review_id": [f"page-{n:02}" for n in range(1, 8)], "text": texts})
page = SimpleNamespace(reviews=reviews, invented=True, title="A page", name="NAME")
pane = rk.MarkingPane(page, veil="VEIL")
def told():
    rows = pane.marks[["layer", "label", "start", "end", "text", "cues"]].astype(object)
    return rows.where(rows.notna(), None).values.tolist()
'''
NUMBERS = itertools.count(1)


@pytest.fixture
def veil():
    return "off"


@pytest.fixture
def pane(lab, page, veil):
    """A marking pane on a page that nobody has marked yet."""
    setup = SETUP.replace("NAME", f"marking {next(NUMBERS)}").replace("VEIL", veil)
    lab.open(page, lab.notebook("marking.ipynb", setup, "pane"))
    lab.run(page)
    view = page.locator(".rk-pane").first
    view.wait_for()
    view.evaluate("(node) => node.scrollIntoView({ block: 'start' })")
    yield view
    assert page.problems == []
    assert lab.errors(page) == []


def marks(lab, page):
    """What Python has: layer, label, start, end, text, note."""
    return json.loads(lab.ask(page, "import json; print(json.dumps(told()))"))


def words(lab, page):
    return [(label, text) for _, label, _, _, text, _ in marks(lab, page)]


def kept(page, n=None):
    """Wait until everything that was marked is kept."""
    page.wait_for_function(
        """(n) => document.querySelector(".rk-kept").dataset.state === "kept" &&
            (n === null || document.querySelectorAll(".rk-rows > li").length === n)""",
        arg=n,
        timeout=15_000,
    )


def word(pane, text):
    return pane.locator(f'.rk-text .rk-piece[data-kind="word"]:text-is("{text}")').first


def label(pane, name):
    return pane.locator(".rk-choosing .rk-give", has_text=name)


def keys(page, *names):
    for name in names:
        page.keyboard.press(name)


def test_click_start_click_end_and_a_label(lab, page, pane):
    word(pane, "read").click()
    word(pane, "twice").click()
    assert "“read the novel twice”" in pane.locator(".rk-prompt").inner_text()
    label(pane, "grounds").click()
    assert pane.locator(".rk-code").inner_text() == "GR"  # at once
    kept(page, 1)
    assert words(lab, page) == [("grounds", "read the novel twice")]
    assert pane.locator(".rk-row .rk-state").inner_text() == "kept"
    page.wait_for_function(
        "() => document.querySelector('.rk-pane > [role=status]').textContent.includes('kept')"
    )


def test_drag_grows_to_whole_words(lab, page, pane):
    a, b = word(pane, "read").bounding_box(), word(pane, "twice").bounding_box()
    page.mouse.move(a["x"] + a["width"] - 6, a["y"] + 8)
    page.mouse.down()
    page.mouse.move(b["x"] + 6, b["y"] + 8, steps=6)
    page.mouse.up()
    label(pane, "hedge").click()
    kept(page, 1)
    assert words(lab, page) == [("hedge", "read the novel twice")]
    assert page.evaluate("() => document.getSelection().isCollapsed")


def test_drag_backwards_over_an_emoji(lab, page, pane):
    first, last = word(pane, "howls").bounding_box(), word(pane, "wept").bounding_box()
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + 8)
    page.mouse.down()
    page.mouse.move(first["x"] + 4, first["y"] + 8, steps=6)
    page.mouse.up()
    label(pane, "voices").click()
    kept(page, 1)
    assert words(lab, page) == [("voices", "howls like 👩‍👧 that, and I wept")]


def test_what_is_pressed_does_not_move_away(page, pane):
    page.set_viewport_size({"width": 420, "height": 900})
    pane.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Tab")
    pane.locator(".rk-article").focus()
    keys(page, "1", "ArrowDown", "2")
    pane.locator(".rk-row").first.click()  # the line that says what to do has three lines now
    word(pane, "folded").click()
    assert pane.locator(".rk-choice").inner_text() == "“folded”"


def test_shift_click_extends(lab, page, pane):
    word(pane, "read").click()
    word(pane, "novel").click()
    word(pane, "arms").click(modifiers=["Shift"])
    label(pane, "hedge").click()
    kept(page, 1)
    assert words(lab, page) == [("hedge", "read the novel twice, and went in with folded arms")]


def test_by_touch(lab, browser):
    context = browser.new_context(viewport={"width": 600, "height": 900}, has_touch=True, is_mobile=False)
    page = context.new_page()
    setup = SETUP.replace("NAME", f"marking {next(NUMBERS)}").replace("VEIL", "off")
    lab.open(page, lab.notebook("touch.ipynb", setup, "pane"))
    lab.run(page)
    view = page.locator(".rk-pane").first
    word(view, "read").tap()
    word(view, "novel").tap()
    choosing = view.locator(".rk-text .rk-choosing")  # under the words, not far above them
    choosing.locator(".rk-give", has_text="hedge").tap()
    kept(page, 1)
    assert words(lab, page) == [("hedge", "read the novel")]
    page.evaluate(
        """() => {
            const [a, b] = ["howls", "wept"].map((text) =>
                [...document.querySelectorAll(".rk-piece")].find((n) => n.textContent === text).firstChild);
            document.getSelection().setBaseAndExtent(a, 1, b, 2);
        }"""
    )  # what a long press and its handles do
    view.locator(".rk-choice", has_text="howls like").wait_for()
    view.locator(".rk-choosing .rk-give", has_text="booster").tap()
    kept(page, 2)
    assert words(lab, page)[1] == ("booster", "howls like 👩‍👧 that, and I wept")
    context.close()


def test_by_keyboard_alone(lab, page, pane):
    pane.locator(".rk-article").focus()
    keys(page, "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "4")
    kept(page, 1)
    assert words(lab, page) == [("hedge", "read the novel")]
    keys(page, "ArrowDown", "Enter", "ArrowRight", "ArrowRight", "Enter", "2")  # begin here, end there
    kept(page, 2)
    assert words(lab, page)[1] == ("grounds", "Perhaps that was")
    keys(page, "s", "5")  # the whole sentence
    kept(page, 3)
    assert ("booster", "Perhaps that was unfair.") in words(lab, page)
    keys(page, "m", "]", "[")  # the first mark: its edges
    page.wait_for_timeout(300)
    kept(page, 3)
    assert words(lab, page)[0] in [("hedge", "had read the novel twice")]
    keys(page, "e")
    page.keyboard.type("because b x 1")
    keys(page, "Escape")
    page.wait_for_timeout(200)
    kept(page, 3)
    assert marks(lab, page)[0][5] == "because b x 1"
    pane.locator(".rk-article").focus()
    keys(page, "Delete")
    kept(page, 2)
    assert "hedge" not in dict(words(lab, page))
    keys(page, "u")
    kept(page, 3)
    assert marks(lab, page)[0][5] == "because b x 1"
    keys(page, "u", "u", "u", "Shift+U")
    page.wait_for_timeout(300)
    kept(page, 3)
    keys(page, "m", "M", "Escape")
    keys(page, "l")
    assert pane.locator(".rk-sentences").is_visible()
    keys(page, "l")
    assert pane.locator(".rk-article").is_visible()


def test_undo_and_redo_go_through_the_whole_session(lab, page, pane):
    pane.locator(".rk-article").focus()
    keys(page, "1", "ArrowDown", "2", "n")
    page.wait_for_function("() => document.querySelector('.rk-pane h3').textContent === 'Review 2'")
    keys(page, "3")
    kept(page, 1)
    undo = pane.get_by_role("button", name="Undo")
    undo.click()
    kept(page, 0)
    undo.click()  # was in the first review, which is opened
    page.wait_for_function("() => document.querySelector('.rk-pane h3').textContent === 'Review 1'")
    kept(page, 1)
    undo.click()
    kept(page, 0)
    assert marks(lab, page) == []
    for _ in range(3):
        pane.get_by_role("button", name="Redo").click()
    page.wait_for_timeout(400)
    kept(page)
    assert [mark[1] for mark in marks(lab, page)] == ["concession", "grounds", "voices"]


def test_a_whole_sentence_with_one_key_and_one_stage_only(lab, page, pane):
    pane.get_by_label("Layer", exact=True).select_option("structure")
    pane.locator(".rk-article").focus()
    keys(page, "1", "ArrowDown", "3", "0")
    kept(page, 2)
    assert words(lab, page) == [
        ("background", "I had read the novel twice, and went in with folded arms."),
        ("other", "Perhaps that was unfair."),  # changed, not added
    ]
    keys(page, "0")  # the same again takes it away
    kept(page, 1)


def test_overlapping_marks(lab, page, pane):
    for first, last, name in [
        ("read", "novel", "hedge"),
        ("the", "twice", "booster"),
        ("novel", "arms", "ethos"),
    ]:
        word(pane, first).click()
        word(pane, last).click()
        label(pane, name).click()
    kept(page, 3)
    assert len(words(lab, page)) == 3
    around = "(n) => [...document.querySelectorAll('.rk-mark')].filter((m) => m.contains(n)).length"
    assert word(pane, "novel").evaluate(around) == 3


def test_changed_in_the_editor(lab, page, pane):
    pane.locator(".rk-article").focus()
    keys(page, "1")
    kept(page, 1)
    pane.locator(".rk-row").click()
    editor = pane.locator(".rk-editor")
    editor.get_by_label("Label", exact=True).select_option("ethos")
    editor.get_by_label("First word").select_option("2")
    editor.get_by_label("Last word").select_option("4")
    editor.get_by_label("Note").fill("I <b>think</b> so")
    kept(page, 1)
    page.wait_for_timeout(1300)
    kept(page, 1)
    assert marks(lab, page) == [["devices", "ethos", 6, 20, "read the novel", "I <b>think</b> so"]]
    assert pane.locator(".rk-row-note").inner_text() == "I <b>think</b> so"
    word(pane, "folded").click()
    word(pane, "arms").click()
    pane.get_by_role("button", name="Move the mark here").click()
    kept(page, 1)
    page.wait_for_timeout(200)
    assert words(lab, page) == [("ethos", "folded arms")]
    editor.get_by_role("button", name="Delete").click()
    kept(page, 0)
    assert marks(lab, page) == []


def test_everything_through_the_list(lab, page, pane):
    pane.get_by_role("button", name="Sentences").focus()
    keys(page, "Enter")
    pane.get_by_role("button", name="Label sentence 2", exact=True).focus()
    keys(page, "Enter", "4")  # digits work here too
    kept(page, 1)
    pane.get_by_role("button", name="booster").focus()
    keys(page, "Enter")
    kept(page, 2)
    pane.get_by_label("Last word").focus()
    keys(page, "ArrowUp")  # without the last word
    pane.locator(".rk-sentence").nth(1).get_by_role("button", name="question").focus()
    keys(page, "Enter")
    kept(page, 3)
    assert words(lab, page) == [
        ("question", "Perhaps that was"),
        ("hedge", "Perhaps that was unfair."),
        ("booster", "Perhaps that was unfair."),
    ]
    pane.get_by_role("button", name="hedge: Perhaps").focus()
    keys(page, "Enter")
    pane.locator(".rk-sentence .rk-editor").get_by_label("Note").fill("why")
    pane.locator(".rk-sentence .rk-editor").get_by_label("Label", exact=True).select_option("ethos")
    page.wait_for_timeout(200)
    kept(page, 3)
    assert [mark for mark in marks(lab, page) if mark[5]] == [
        ["devices", "ethos", 59, 83, "Perhaps that was unfair.", "why"]
    ]
    pane.locator(".rk-sentence .rk-editor").get_by_role("button", name="Delete").focus()
    keys(page, "Enter")
    kept(page, 2)
    keys(page, "u")
    kept(page, 3)
    pane.get_by_role("button", name="Label sentence 2", exact=True).focus()
    keys(page, "ArrowDown")
    assert page.evaluate("() => document.activeElement.getAttribute('aria-label')") == "Label sentence 3"


def test_verdicts(lab, page, pane):
    pane.get_by_label("Verdict: stance").select_option("mixed")
    pane.get_by_label("Verdict: perspective").select_option("book-reader")
    pane.locator(".rk-verdict .rk-state", has_text="kept").nth(1).wait_for()
    said = "print(pane.verdicts[['layer', 'label']].values.tolist())"
    assert lab.ask(page, said) == "[['stance', 'mixed'], ['perspective', 'book-reader']]"
    pane.get_by_label("Verdict: stance").select_option("")
    page.wait_for_timeout(500)
    assert lab.ask(page, said) == "[['perspective', 'book-reader']]"
    pane.get_by_role("button", name="Undo").click()
    page.wait_for_timeout(500)
    assert pane.get_by_label("Verdict: stance").input_value() == "mixed"


@pytest.mark.parametrize("veil", ["rule"])
def test_covered_words_cannot_be_marked(lab, page, pane):
    pane.locator(".rk-entry").nth(1).click()
    page.wait_for_function("() => document.querySelector('.rk-pane h3').textContent === 'Review 2'")
    pane.locator(".rk-article").focus()
    keys(page, "ArrowDown", "ArrowDown", "1")
    kept(page, 1)
    assert words(lab, page) == [("concession", "I liked it.")]
    pane.locator(".rk-cover").click()
    word(pane, "die").click()
    label(pane, "hedge").click()
    kept(page, 2)
    assert words(lab, page)[1] == ("hedge", "die")


def test_right_to_left(lab, page, pane):
    word(pane, "יפה").click()
    word(pane, "סרט").click()
    label(pane, "hedge").click()
    kept(page, 1)
    assert words(lab, page) == [("hedge", "סרט יפה")]


def test_two_panes_show_the_same_marks(lab, page, pane):
    lab.notebook(
        "two.ipynb",
        SETUP.replace("NAME", f"marking {next(NUMBERS)}").replace("VEIL", "off"),
        "pane",
        "rk.MarkingPane(page, veil='off')",
        "pane",
    )
    lab.open(page, "two.ipynb")
    lab.run(page)
    views = page.locator(".rk-pane:visible")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.rk-pane')].filter((n) => n.offsetParent).length === 3"
    )
    word(views.nth(0), "read").click()
    label(views.nth(0), "hedge").click()
    for n in range(3):
        views.nth(n).locator(".rk-row", has_text="read").wait_for(timeout=2000)
    lab.ask(page, "from reviewkit.marks.store import Store; from reviewkit.marks.events import make")
    made = "make(text=first, who=pane._who, corpus=page.name, review_id='page-01', layer='devices', "
    lab.ask(page, f"Store().add([{made} label='ethos', start=3, end=5)])")
    for n in range(3):  # by another program
        views.nth(n).locator(".rk-row", has_text="ethos").wait_for(timeout=6000)


def test_the_disk_is_full_and_has_room_again(lab, page, pane):
    lab.ask(page, "from reviewkit.marks.store import Store, StoreError; real = Store.add")
    lab.ask(page, "def full(*_): raise StoreError('The disk is full. Make room.')\nStore.add = full")
    pane.locator(".rk-article").focus()
    keys(page, "1")
    pane.get_by_role("alert").get_by_text("The disk is full. Make room.").wait_for()
    assert pane.locator(".rk-row .rk-state").inner_text() == "not kept yet"
    assert pane.locator(".rk-kept").inner_text() == "1 not kept yet"
    assert (
        page.evaluate("() => Object.keys(localStorage).filter((k) => k.startsWith('reviewkit:')).length") == 1
    )
    lab.ask(page, "Store.add = real")
    kept(page, 1)
    assert pane.get_by_role("alert").inner_text() == ""
    assert len(words(lab, page)) == 1
    assert (
        page.evaluate("() => Object.keys(localStorage).filter((k) => k.startsWith('reviewkit:')).length") == 0
    )


def test_text_is_shown_as_text(lab, page, pane):
    pane.locator(".rk-article").focus()
    keys(page, "ArrowDown", "ArrowDown", "1")
    kept(page, 1)
    assert pane.locator(".rk-row-quote").inner_text().startswith("“<b>Nobody</b> howls")
    assert pane.locator(".rk-pane b:text-is('Nobody')").count() == 0


KEYS = [
    *"abcdfghikoqrtvwxyz0123456789sejlmnpu",
    "Enter",
    "Escape",
    "Delete",
    "ArrowUp",
    "Shift+M",
    "Shift+Enter",
]
PLACES = [".rk-entries", ".rk-article", ".rk-row", ".rk-give", ".rk-tools .rk-button", "select", ".rk-note"]


@pytest.mark.parametrize("place", PLACES)
def test_no_key_reaches_the_notebook(lab, page, pane, place):
    pane.locator(".rk-article").focus()
    keys(page, "1", "ArrowDown", "2")
    kept(page, 2)
    pane.locator(".rk-row").first.click()
    before = lab.cells(page)
    at = page.evaluate("() => window.jupyterapp.shell.currentWidget.content.activeCellIndex")
    for key in KEYS:
        if not pane.locator(place).first.is_visible():
            continue
        pane.locator(place).first.focus()
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    after = lab.cells(page)
    assert [(c["cell_type"], c["source"]) for c in after] == [(c["cell_type"], c["source"]) for c in before]
    assert [c["execution_count"] for c in after] == [c["execution_count"] for c in before]
    assert page.evaluate("() => window.jupyterapp.shell.currentWidget.content.activeCellIndex") == at
    assert page.evaluate("() => window.jupyterapp.shell.currentWidget.content.mode") == "command"


def test_control_s_still_saves(page, pane):
    dirty = "() => window.jupyterapp.shell.currentWidget.context.model.dirty"
    page.evaluate("() => { window.jupyterapp.shell.currentWidget.context.model.dirty = true; }")
    pane.locator(".rk-article").focus()
    page.keyboard.press("Control+s")
    page.wait_for_function(f"() => !({dirty})()", timeout=10_000)


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("width", [1280, 420])
def test_axe_finds_nothing(lab, page, pane, axe_core, theme, width):
    lab.theme(page, theme)
    page.set_viewport_size({"width": width, "height": 900})
    pane.locator(".rk-article").focus()
    keys(page, "1", "ArrowDown", "2")
    kept(page, 2)
    pane.locator(".rk-row").first.click()
    pane.get_by_label("Note").fill("because")
    pane.get_by_role("button", name="Keys").click()
    pane.get_by_role("button", name="What do the labels mean?").click()
    word(pane, "folded").click()
    wrong, unsure = axe(page, axe_core, ".rk-pane")
    pane.get_by_role("button", name="Sentences").click()
    pane.get_by_role("button", name="Label sentence 3", exact=True).click()
    listed, unsure_too = axe(page, axe_core, ".rk-pane")
    lab.theme(page, "Light")
    assert wrong + listed == []
    assert unsure + unsure_too == []


def test_forced_colours_and_reduced_motion(page, pane, axe_core):
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    pane.locator(".rk-article").focus()
    keys(page, "1")
    word(pane, "folded").click()
    lines = pane.locator(".rk-text .rk-mark").evaluate_all(
        "(nodes) => nodes.map((n) => getComputedStyle(n).textDecorationLine)"
    )
    assert set(lines) == {"underline"}
    assert axe(page, axe_core, ".rk-pane")[0] == []


def test_targets_are_24_pixels(pane, page):
    pane.locator(".rk-article").focus()
    keys(page, "1")
    pane.locator(".rk-row").first.click()
    small = """(nodes) => nodes.map((n) => [n.className, n.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([name]) => name)"""
    assert pane.locator("button, .rk-entry, input, select, textarea").evaluate_all(small) == []
    pane.get_by_role("button", name="Sentences").click()
    pane.get_by_role("button", name="Label sentence 3", exact=True).click()
    assert pane.locator("button, .rk-entry, input, select, textarea").evaluate_all(small) == []
