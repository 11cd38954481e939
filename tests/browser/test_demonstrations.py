"""Demonstrations in real Voila, started by the kit's own command: steps, hands, reveals, and what is kept."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys

import pytest

from .axe import axe
from .lab import CHECKOUT, chromium

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WAIT = 90_000


class Front:
    """A demonstration on a page, as `start.py demo` shows it."""

    def __init__(self, folder, number: str, *options: str) -> None:
        self.home, self.said = folder / "home", list[str]()
        self.home.mkdir(exist_ok=True)
        log = folder / "voila.txt"
        command = [sys.executable, str(CHECKOUT / "tools/demonstrate.py"), number, "--no-browser"]
        own = {"REVIEWKIT_HOME": str(self.home), "PYTHONPATH": str(CHECKOUT)}
        own |= {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
        self.process = subprocess.Popen(
            [*command, "--log", str(log), *options], env=os.environ | own, stderr=subprocess.PIPE, text=True
        )
        for line in self.process.stderr:
            self.said.append(line.strip())
            if line.startswith(("http", "Ctrl")):
                break
        self.url = self.said[-1]
        assert self.url.startswith("http"), self.said

    def open(self, page) -> None:
        page.goto(self.url, timeout=WAIT)
        page.locator(".rk-stage h2").wait_for(timeout=WAIT)

    def stop(self, by=signal.SIGTERM) -> str:
        self.process.send_signal(by)
        return self.process.communicate(timeout=30)[1]


@pytest.fixture(scope="module")
def front(tmp_path_factory):
    pytest.importorskip("voila", reason="the instructor extra has it")
    chromium()
    shown = Front(tmp_path_factory.mktemp("front"), "02")
    yield shown
    shown.stop()


@pytest.fixture
def stage(front, page):
    """The stage at its first step, with nothing kept from before."""
    shutil.rmtree(front.home / "my_work", ignore_errors=True)
    page.set_viewport_size({"width": 1280, "height": 800})
    front.open(page)
    yield page.locator(".rk-stage")
    assert page.problems == []


def asked(stage) -> str:
    return stage.locator("h2").inner_text()


def says(stage, words):
    return stage.locator(".rk-stage-says", has_text=words)


def kept(page) -> None:
    page.locator(".rk-stage-status[data-state=kept]", has_text="kept").wait_for()


def test_steps_hands_and_reveal_by_mouse_then_a_reload(front, page, stage):
    first = asked(stage)
    stage.get_by_role("button", name="Next").click()
    assert asked(stage) != first
    more = stage.get_by_role("button", name="One hand more: nothing either way")
    for _ in range(3):
        more.click()
    stage.get_by_role("button", name="One hand fewer: nothing either way").click()
    assert stage.get_by_role("spinbutton", name="nothing either way").input_value() == "2"
    assert stage.locator(".rk-stage-total").inner_text() == "2 hands"
    assert "The key" not in stage.inner_text()
    stage.get_by_role("button", name="Show the answer").click()
    says(stage, "The key: unstated").wait_for()
    stage.locator(".rk-stage-holds", has_text="the key").wait_for()
    assert stage.locator(".rk-stage-hands input").first.is_disabled()
    kept(page)
    page.wait_for_timeout(300)
    front.open(page)
    says(stage, "The key: unstated").wait_for()
    assert stage.locator(".rk-stage-total").inner_text() == "2 hands"
    stage.get_by_role("button", name="Hide the answer").click()
    says(stage, "The key: unstated").wait_for(state="detached")
    assert stage.locator(".rk-stage-hands input").first.is_enabled()


def test_all_of_it_by_keyboard_and_by_clicker(page, stage):
    page.keyboard.press("PageDown")
    page.keyboard.press("1")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    page.keyboard.press("4")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert stage.locator(".rk-stage-total").inner_text() == "13 hands"
    page.keyboard.press("ArrowRight")
    says(stage, "The key: unstated").wait_for()
    page.keyboard.press("PageUp")
    says(stage, "The key: unstated").wait_for(state="detached")
    page.keyboard.press("Space")
    says(stage, "The key: unstated").wait_for()
    page.keyboard.press("u")
    says(stage, "The key: unstated").wait_for(state="detached")
    here = asked(stage)
    page.keyboard.press("b")
    assert stage.locator(".rk-stage-black").is_visible()
    page.keyboard.press("PageDown")  # brings the screen back, and does nothing else
    assert not stage.locator(".rk-stage-black").is_visible()
    assert asked(stage) == here
    note = stage.locator(".rk-stage-note")
    assert not note.is_visible()
    page.keyboard.press("n")
    assert "Ask who is the subject" in note.inner_text()
    page.keyboard.press("n")
    page.keyboard.press("ArrowLeft")
    assert asked(stage).startswith("How do you know")


def test_a_bar_opens_to_its_words_and_covers_stay_until_lifted(page, stage):
    stage.get_by_role("button", name="Step 6").click()
    stage.get_by_role("button", name="Show the answer").click()
    stage.locator(".rk-stage-bar").first.click()
    drawer = stage.locator("dialog[open]")
    drawer.get_by_text("Review 1", exact=True).first.wait_for()
    assert drawer.locator(".rk-stage-cover").count() > 0
    page.keyboard.press("Escape")
    drawer.wait_for(state="detached")
    page.keyboard.press("v")
    stage.get_by_role("button", name="Put covers down").wait_for()
    page.wait_for_timeout(1500)
    stage.locator(".rk-stage-bar").first.click()
    assert drawer.locator(".rk-stage-cover").count() == 0


def test_no_code_in_sight_and_large_enough(page, stage):
    stage.get_by_role("button", name="Step 3").click()
    assert "import" not in page.locator("body").inner_text()
    assert page.locator(".jp-InputArea:visible, .highlight:visible").count() == 0
    size = "(n) => parseFloat(getComputedStyle(n).fontSize)"
    for part in ("blockquote", ".rk-stage-hands label", "h2"):
        assert stage.locator(part).first.evaluate(size) >= 24, part
    box = stage.bounding_box()
    assert (box["width"], box["height"]) == (1280, 800)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080)])
def test_axe_finds_nothing_in_light_and_dark(page, stage, axe_core, width, height):
    page.set_viewport_size({"width": width, "height": height})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for step in (1, 3, 6):
            stage.get_by_role("button", name=f"Step {step}:").click()
            answer = stage.get_by_role("button", name="Show the answer")
            if step != 1 and answer.count():
                assert axe(page, axe_core, ".rk-stage")[0] == []
                answer.click()
                stage.locator(".rk-stage-says").first.wait_for()
                page.wait_for_timeout(300)
            assert axe(page, axe_core, ".rk-stage")[0] == []


def test_it_stops_with_ctrl_c_and_says_so(tmp_path):
    pytest.importorskip("voila", reason="the instructor extra has it")
    front = Front(tmp_path, "06", "--page", "the-great-gatsby")
    assert "Starting the demonstration ..." in front.said
    said = front.stop(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
    assert "Stopped." in said
    assert "Traceback" not in said
    assert front.process.returncode == 0


def test_in_jupyterlab_it_looks_the_same_and_keeps_its_keys(lab, page):
    name = lab.notebook("stage.ipynb", 'import reviewkit as rk\nrk.Demonstration("02")')
    lab.open(page, name)
    lab.run(page)
    stage = page.locator(".rk-stage")
    stage.wait_for()
    cells = len(lab.cells(page))
    stage.get_by_role("button", name="Step 3").click()
    stage.locator("h2").click()
    stage.locator(".rk-stage-foot").get_by_role("button", name="Show the answer").focus()
    page.keyboard.press("b")
    assert stage.locator(".rk-stage-black").is_visible()
    page.keyboard.press("b")
    page.keyboard.press("x")
    page.keyboard.press("PageDown")
    says(stage, "The key: film-only").wait_for()
    assert len(lab.cells(page)) == cells
    assert lab.errors(page) == []
