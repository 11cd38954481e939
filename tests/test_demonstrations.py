"""Demonstrations: each has its steps and its surprise, on the kit's page and on pages that lack much."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import reviewkit as rk
from reviewkit import kept
from reviewkit.demonstrations import DEMONSTRATIONS
from reviewkit.demonstrations.page import DemoPage, Words
from reviewkit.demonstrations.parts import Block, Part, Step, pairs_alike, ranges
from reviewkit.demonstrations.stage import Demonstration, steps_of

KINDS = {"say", "passage", "bars", "weights", "strips", "cards"}
NUMBERS = [*DEMONSTRATIONS]


@pytest.fixture(scope="module")
def kits() -> dict[str, list[Step]]:
    """The steps of every demonstration on the kit's page."""
    page = DemoPage(rk.load("never-let-me-go"))
    return {number: steps_of(number, page)[0] for number in NUMBERS}


@pytest.fixture(autouse=True)
def nothing_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    monkeypatch.delenv("REVIEWKIT_PAGE", raising=False)


def shown(steps: list[Step], key: str) -> list[Part]:
    step = next(step for step in steps if step.key == key)
    return [*step.reveal({})]


def figures(part: Part) -> dict[str, tuple[int, int]]:
    (drawn,) = [block for block in part.blocks if block["kind"] == "bars"]
    return {row["label"]: (row["n"], row["of"]) for row in drawn["rows"]}


def answers(steps: list[Step], key: str) -> list[str]:
    step = next(step for step in steps if step.key == key)
    return [step.options[i] for part in step.reveal({}) for i in part.holds]


def answer(step: Step) -> str:
    """What a teacher is told of the answers that hold."""
    held = dict.fromkeys(step.options[i] for part in step.reveal({}) for i in part.holds)
    return " / ".join(held) or "–"


# What every step owes


@pytest.mark.parametrize("number", NUMBERS)
def test_the_teachers_page_has_these_steps_with_their_answers(
    kits: dict[str, list[Step]], number: str
) -> None:
    said = (ROOT / "docs" / "teachers" / f"{number}.md").read_text(encoding="utf-8")
    table = said.split("## With a projector\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+) \| (.+) \| (.+) \|$", table, re.MULTILINE)[1:]
    steps = kits[number][1:]  # the first says the question of the lesson
    names = [f"**{step.name}**" if step.surprise else step.name for step in steps]
    assert rows == [(name, step.ask, answer(step)) for name, step in zip(names, steps, strict=True)]


@pytest.mark.parametrize("number", NUMBERS)
def test_six_to_nine_steps_and_one_surprise(kits: dict[str, list[Step]], number: str) -> None:
    steps = kits[number]
    assert 6 <= len(steps) <= 9
    assert sum(step.surprise for step in steps) == 1
    assert len({step.key for step in steps}) == len(steps)
    assert len({step.name for step in steps}) == len(steps)
    page = DemoPage(rk.load("never-let-me-go"))
    assert steps_of(number, page)[1] == []  # nothing is left out where everything is there


@pytest.mark.parametrize("number", NUMBERS)
def test_each_question_has_answers_and_an_answer_holds(kits: dict[str, list[Step]], number: str) -> None:
    for step in kits[number]:
        assert step.ask.endswith(("?", ".")), step.key
        assert len(step.name) <= 17, step.name
        assert len(step.ask) <= 115, step.key
        parts = step.reveal({})
        assert bool(parts) == bool(step.options), step.key
        for part in parts:
            assert part.says
            assert len(part.says) <= 260, part.says
            assert all(0 <= i < len(step.options) for i in part.holds)
        if step.options and step.key not in ("again",):
            assert any(part.holds for part in parts), step.key
        for block in [*step.blocks, *(block for part in parts for block in part.blocks)]:
            assert block["kind"] in KINDS
            json.dumps(block)


@pytest.mark.parametrize("number", NUMBERS)
def test_each_bar_that_counts_words_of_the_page_opens_to_them(
    kits: dict[str, list[Step]], number: str
) -> None:
    for step in kits[number]:
        for part in step.reveal({}):
            for block in part.blocks:
                for row in block["rows"] if block["kind"] == "bars" else ():
                    own = "repeated" in block["caption"] or "pairs" in block["caption"]
                    assert own or not row["n"] or row["words"], f"{step.key}: {row['label']}"


@pytest.mark.parametrize("number", NUMBERS)
def test_figures_are_computed_not_written(number: str) -> None:
    source = (ROOT / "reviewkit/demonstrations" / f"{DEMONSTRATIONS[number].file}.py").read_text("utf-8")
    written = re.findall(r"\b\d+ of (?:the )?\d+\b", source)
    assert written == []


def test_each_has_its_notebook_and_no_more_in_it_than_the_call() -> None:
    for number in NUMBERS:
        path = ROOT / "notebooks/demonstrations" / f"{number}.ipynb"
        book = json.loads(path.read_text(encoding="utf-8"))
        (cell,) = book["cells"]
        assert "".join(cell["source"]) == f'import reviewkit as rk\n\nrk.Demonstration("{number}")'
        assert cell["outputs"] == []
        assert cell["metadata"]["jupyter"]["source_hidden"]
        assert list((ROOT / "notebooks").glob(f"{number}_*.ipynb")), number


# The surprises


def test_02_folding_the_silent_turns_the_order_round(kits: dict[str, list[Step]]) -> None:
    (before,), (after,) = shown(kits["02"], "likes"), shown(kits["02"], "folded")
    shares = [n / of for n, of in figures(before).values()]
    folded = [n / of for n, of in figures(after).values()]
    assert shares[0] > shares[1]
    assert folded[0] < folded[1]
    assert after.says.startswith("The order is reversed")
    assert answers(kits["02"], "likes") == ["those who know the novel"]
    assert answers(kits["02"], "folded") == ["all the others"]


def test_03_the_middle_review_tells_in_its_first_quarter(kits: dict[str, list[Step]]) -> None:
    assert answers(kits["03"], "where") == ["in the first quarter"]


def test_04_what_takes_little_room_is_hardly_ever_missing(kits: dict[str, list[Step]]) -> None:
    (room,), (having,) = shown(kits["04"], "room"), shown(kits["04"], "reviews")
    assert figures(room)["overall"] == (61, 589)
    assert figures(having)["overall"] == (29, 30)
    assert answers(kits["04"], "reviews") == ["overall"]
    assert answers(kits["04"], "last") == ["D"]
    (part,) = shown(kits["04"], "last")
    in_order = [letter for letter, _ in part.blocks[0]["items"]]
    assert sorted(in_order) == ["A", "B", "C", "D"]
    assert in_order[-1] == "D"


def test_05_three_words_turn_the_count_round(kits: dict[str, list[Step]]) -> None:
    assert answers(kits["05"], "loud") == ["4 or more"]
    part = shown(kits["05"], "wide")[0]
    assert part.says.startswith("The finding is turned round")
    counts = figures(part)
    assert counts["boosters"] > counts["hedges"]


def test_06_the_lowest_score_recommends(kits: dict[str, list[Step]]) -> None:
    assert answers(kits["06"], "lowest") == ["it recommends the film"]
    assert answers(kits["06"], "praise") == ["negative"]
    assert answers(kits["06"], "blame") == ["positive"]
    assert answers(kits["06"], "turned") == ["as praise"]


def test_07_much_agreement_is_nothing_beyond_chance(kits: dict[str, list[Step]]) -> None:
    part = shown(kits["07"], "nothing")[0]
    assert figures(part)["the same label"] == (12, 13)
    assert part.says.startswith("Kappa is 0.00")


def test_07_the_class_s_own_agreement_is_worked_out(kits: dict[str, list[Step]]) -> None:
    one = next(step for step in kits["07"] if step.key == "one")
    assert one.reveal({"one": [3, 1, 0, 0]})[0].says == "Of 100 pairs among you, 50 gave the same answer."
    again = next(step for step in kits["07"] if step.key == "again")
    assert again.reveal({"one": [2, 2, 0, 0], "again": [4, 0, 0, 0]})[0].says == "You agree more than before."


def test_pairs_by_hand() -> None:
    assert pairs_alike([2, 1]) == pytest.approx(1 / 3)
    assert pairs_alike([0, 0]) is None


@pytest.mark.parametrize("total", [1, 2, 4, 8, 14, 30, 379])
def test_ranges_cover_every_count_once(total: int) -> None:
    for right in range(total + 1):
        told, holds = ranges(total, right)
        assert 0 <= holds < len(told)
        said = told[holds]
        numbers = [int(n) for n in re.findall(r"\d+", said)]
        assert right > numbers[0] if said.startswith("more") else numbers[0] <= right <= numbers[-1]


# Covers


def covered(blocks: Any) -> str:
    return json.dumps(blocks, ensure_ascii=False)


def test_what_is_covered_never_leaves_python(tmp_path: Path) -> None:
    page = DemoPage(rk.load("never-let-me-go"))
    secrets = [
        page.texts[review_id][cover.start : cover.end]
        for review_id in page.texts
        for cover in page.veil.covered(review_id)
    ]
    assert len(secrets) > 50
    for number in NUMBERS:
        stage = Demonstration(number, "never-let-me-go")
        stage.shown = {step["key"]: step["parts"] for step in stage.steps}
        sent = json.dumps([stage.steps, stage.parts], ensure_ascii=False)
        told = [words for words in secrets if len(words) > 40 and json.dumps(words)[1:-1] in sent]
        assert told == [], number


def test_lifting_the_covers_shows_the_words_and_putting_them_down_hides_them() -> None:
    stage = Demonstration("03", "never-let-me-go")
    stage.shown = {"tells": 1}
    assert '"cover"' in json.dumps(stage.parts)
    stage.lifted = True
    assert '"cover"' not in json.dumps(stage.parts)
    stage.lifted = False
    assert '"cover"' in json.dumps(stage.parts)


def test_covers_are_for_the_class_whatever_the_instructor_knows() -> None:
    from reviewkit.knowing import keep_standing

    keep_standing("read", "seen")
    assert DemoPage(rk.load("never-let-me-go")).veil.judge == "key"


def test_a_passage_is_the_words_of_the_review() -> None:
    page = DemoPage(rk.load("never-let-me-go"))
    here = page.find(19, "I haven't")
    block: Block = page.passage(page.whole(page.review(19)), [here._replace(mark="film-only")])
    assert "".join(piece["text"] for piece in block["pieces"]) == page.texts[page.review(19)].strip()
    assert [piece["text"] for piece in block["pieces"] if piece["mark"]] == ["I haven't"]


def test_a_long_passage_breaks_off_behind_a_word() -> None:
    page = DemoPage(rk.load("never-let-me-go"))
    whole = page.whole(page.review(1))
    block = page.passage(whole, most=300)
    words = "".join(piece.get("text", "") for piece in block["pieces"])
    assert block["more"]
    assert len(words) <= 300
    assert page.texts[page.review(1)].strip()[len(words)] in " \n"


def test_signatures_are_masked(tmp_path: Path) -> None:
    path = tmp_path / "signed.csv"
    path.write_text('text\n"A fine film, and I have read the book.\n\nJane Smith, Ohio"\n', encoding="utf-8")
    page = DemoPage(rk.load(str(path), names=True))
    assert "Smith" not in json.dumps(page.passage(Words("signed-01", 0, 60)), ensure_ascii=False)


# The widget


def test_hands_and_step_are_kept_and_taken_up_again() -> None:
    stage = Demonstration("02", "never-let-me-go")
    stage.hands = {"whose": [3, 1, 0, 9]}
    stage.at, stage.shown = 1, {"whose": 1}
    assert stage.status["state"] == "kept"
    again = Demonstration("02", "never-let-me-go")
    assert (again.at, again.hands, again.shown) == (1, {"whose": [3, 1, 0, 9]}, {"whose": 1})
    assert [*again.parts] == ["whose"]
    assert not again.lifted
    assert Demonstration("02", "the-great-gatsby").hands == {}


def test_nothing_of_a_reveal_is_sent_before_it_is_asked_for() -> None:
    stage = Demonstration("02", "never-let-me-go")
    assert stage.parts == {}
    assert "holds" not in json.dumps(stage.steps)
    stage.shown = {"passing": 1}
    assert len(stage.parts["passing"]) == 1
    stage.shown = {"passing": 0}
    assert stage.parts == {}


@pytest.mark.parametrize("sent", [{"whose": "many"}, {"whose": [-1, 2, "3", None, 7, 8]}, {"gone": [1]}])
def test_what_a_browser_sends_is_taken_for_what_it_is(sent: dict[str, Any]) -> None:
    stage = Demonstration("02", "never-let-me-go")
    stage.hands, stage.shown = sent, {"whose": "all", "gone": 1}
    assert len(stage._counted()["whose"]) == 4
    assert all(0 <= n <= 999 for counts in stage._counted().values() for n in counts)
    assert stage.parts == {}


def test_a_damaged_record_is_a_fresh_beginning() -> None:
    stage = Demonstration("02", "never-let-me-go")
    kept.write(stage._name, {"at": 99, "shown": [], "hands": {"whose": 5}})
    again = Demonstration("02", "never-let-me-go")
    assert (again.at, again.hands, again.shown) == (0, {}, {})


def test_afresh_forgets_the_hands_and_the_file() -> None:
    stage = Demonstration("02", "never-let-me-go")
    stage.hands, stage.at = {"whose": [1, 0, 0, 0]}, 3
    stage._on_message(stage, {"type": "afresh"}, [])
    assert (stage.at, stage.hands) == (0, {})
    assert kept.read(stage._name) == {}


def test_hands_that_cannot_be_kept_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Demonstration("02", "never-let-me-go")

    def refuse(*args: object) -> None:
        raise kept.KeptError("the disk is full")

    monkeypatch.setattr(kept, "write", refuse)
    stage.hands = {"whose": [1, 0, 0, 0]}
    assert stage.status["state"] == "problem"


def test_the_page_is_the_caller_s_or_the_environment_s(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Demonstration("06").about == "Never Let Me Go: thirty invented reviews"
    monkeypatch.setenv("REVIEWKIT_PAGE", "the-great-gatsby")
    assert "Gatsby" in Demonstration("06").about
    assert "Never" in Demonstration("06", "never-let-me-go").about


def test_a_page_that_is_not_there_is_said_on_the_stage() -> None:
    stage = Demonstration("02", "gone")
    assert "There is no corpus 'gone'" in stage.problem
    assert stage.steps == []


def test_an_unknown_number_lists_the_known() -> None:
    with pytest.raises(rk.TableError, match="There is no demonstration '9'. There is: 02, 03, 04"):
        Demonstration("9")


# Other pages

BARE = "text\nI loved the film. I have read the book twice.\nBoring and slow.\nNice.\n"
PAGES = {
    "bare": BARE,
    "one": "text\nNice film.\n",
    "empty cell": 'text\n"Fine."\n""\n',
    "odd": "text\n🎬\n...\n",
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_bare_table_is_shown_without_an_error(number: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text(PAGES[name], encoding="utf-8")
    page = DemoPage(rk.load(str(path)))
    steps, left_out = steps_of(number, page)
    assert len(steps) >= 2
    assert not [line for line in left_out if "worked out" in line]
    for step in steps:
        step.reveal({})
    assert ("Left out on this page" in steps[0].note) == bool(left_out)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_collected_page(number: str, collected: Path) -> None:
    page = DemoPage(rk.load(str(collected)))
    steps, left_out = steps_of(number, page)
    assert len(steps) >= 6
    assert not [line for line in left_out if "worked out" in line]
    for step in steps:
        for part in step.reveal({}):
            assert part.says


def test_a_step_that_fails_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from reviewkit.demonstrations import who_is_speaking

    def broken_step(page: DemoPage) -> Step:
        raise ValueError("no")

    monkeypatch.setattr(who_is_speaking, "STEPS", (broken_step, who_is_speaking.to_take_along))
    steps, left_out = steps_of("02", DemoPage(rk.load("the-great-gatsby")))
    assert [step.key for step in steps] == ["opening", "end"]
    assert left_out == ["“broken step” could not be worked out on this page (ValueError)."]
    assert "REVIEWKIT_PAGE" not in os.environ
