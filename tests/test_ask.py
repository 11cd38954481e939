"""Question cards: nothing is shown before a commitment, nothing that was committed is lost."""

import datetime
import json

import pandas as pd
import pytest

from reviewkit import kept
from reviewkit.corpus import load
from reviewkit.errors import TableError
from reviewkit.knowing import Knows, standing
from reviewkit.looks.blocks import blocks, table_block
from reviewkit.pages import read_text
from reviewkit.widgets.cards import ask
from reviewkit.widgets.cards.ask import Predict, Standing, Warmup, open_gates
from reviewkit.widgets.cards.guess import GuessCount, GuessLines, various

DASHES = "Short, and I was glad of it.\n\nThe sea at the end.\n-----\nNot for me.\n"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    monkeypatch.delenv("REVIEWKIT_OPEN", raising=False)
    yield tmp_path
    open_gates(False)


def said(card):
    """All that a card shows, in one string."""
    return json.dumps([card.after, card.outcome], ensure_ascii=False)


# ---- Predict


def test_nothing_that_follows_is_in_the_card_before_a_commitment():
    card = Predict("How many?", "number", reveal="It is thirteen.")
    assert "thirteen" not in json.dumps(card.get_state(), default=str)
    assert (card.answer, card.shown) == (None, False)


def test_a_commitment_shows_what_follows_with_the_prediction_before_it():
    card = Predict("How many?", "number", reveal="It is thirteen.")
    card.commit(1313)
    assert [block["text"] for block in card.after] == ["You predicted: 1313", "It is thirteen."]
    assert card.answer == 1313
    assert card.status["text"] == "kept on this computer"


@pytest.mark.parametrize(
    ("typed", "number"), [("13", 13), ("1,313", 1313), (" 40 % ", 40), ("2.5", 2.5), ("-1", -1)]
)
def test_numbers_as_people_type_them(typed, number):
    card = Predict("How many?", "number", reveal="")
    card.commit(typed)
    assert card.answer == number


def test_a_function_is_asked_only_after_the_commitment_and_gets_the_answer():
    asked = []
    card = Predict("Which?", ["this", "that"], reveal=lambda answer: asked.append(answer) or "done")
    assert asked == []
    card.commit("that")
    assert asked == ["that"]


def test_a_function_that_fails_says_so_in_the_card():
    card = Predict("Which?", "text", reveal=lambda _: {}["no such key"])
    card.commit("a guess")
    assert "could not be worked out (KeyError" in said(card)


def test_running_the_cell_again_shows_the_commitment_as_it_was_left():
    Predict("How many?", ["one", "two"], reveal="Two.").commit("one")
    again = Predict("How many?", ["one", "two"], reveal="Two.")
    assert (again.answer, again.shown) == ("one", True)
    other = Predict("How many?", ["one", "two", "three"], reveal="Two.")
    assert other.answer is None


def test_an_answer_can_be_cleared():
    card = Predict("How many?", "number", reveal="Two.")
    card.commit(2)
    card.committed = False
    assert not card.shown
    assert Predict("How many?", "number", reveal="Two.").answer is None


def test_a_teacher_can_open_all_gates():
    card = Predict("How many?", "number", reveal="Two.")
    open_gates()
    later = Predict("How many more?", "number", reveal="Three.")
    assert "Two." in said(card)
    assert "Three." in said(later)
    assert card.after[0]["text"] == "Opened without a prediction."
    assert card.answer is None


def test_the_environment_opens_gates_too(monkeypatch):
    monkeypatch.setenv("REVIEWKIT_OPEN", "1")
    assert Predict("How many?", "number", reveal="Two.").shown


def test_a_full_disk_is_said_and_what_follows_is_shown_all_the_same(monkeypatch):
    def full(*_):
        raise kept.KeptError("The disk is full.")

    monkeypatch.setattr(kept, "write", full)
    card = Predict("How many?", "number", reveal="Two.")
    card.commit(2)
    assert card.shown
    assert card.status["state"] == "problem"
    assert "disk is full" in card.status["text"]


def test_an_answer_in_ones_own_words_is_not_called_a_prediction():
    card = Predict("What does it show?", "text", reveal="Kept.")
    card.commit("Less than I thought.")
    assert card.button == "Commit my answer"
    assert card.after == [{"kind": "text", "text": "Kept."}]  # what was written stands in its field


def test_words_can_be_changed_and_stay_kept_until_others_are():
    card = Predict("What does it show?", "text", reveal="Kept.")
    card.commit("Less than I thought.")
    card.committed = False
    assert card.answers == {"answer": "Less than I thought."}
    assert (card.shown, card.after) == (False, [])
    assert Predict("What does it show?", "text", reveal="Kept.").answer == "Less than I thought."
    card.commit("More, after all.")
    assert Predict("What does it show?", "text", reveal="Kept.").answer == "More, after all."


def test_what_is_kept_can_be_read_without_the_card(home):
    question = "What does it show, and for which of the ten reviews?"
    Predict(question, "text", "Kept.", quote="61 people", page="hats").commit("Less.")
    (file,) = (home / "my_work" / "answers").iterdir()
    assert file.name.startswith("what-does-it-show-and-for-which-of-the-t-")
    values = json.loads(file.read_text("utf-8"))
    assert datetime.date.fromisoformat(values.pop("date")) <= datetime.date.today()
    assert values == {
        "question": question,
        "page": "hats",
        "asked": {"answer": "Your answer: 61 people"},
        "answers": {"answer": "Less."},
    }


def test_another_page_is_another_question():
    Predict("How many?", "number", "Two.", page="hats").commit(2)
    assert Predict("How many?", "number", "Two.", page="hats").answer == 2
    assert Predict("How many?", "number", "Two.", page="gloves").answer is None


def test_the_warmup_asks_and_tells():
    card = Warmup()
    assert [option["value"] for option in card.questions[0]["options"]] == ["201", "301", "an error"]
    assert "only met 200" not in json.dumps(card.get_state(), default=str)
    card.commit("301")
    assert card.after[1]["text"].startswith("201. The kernel has only met 200.")


@pytest.mark.parametrize("options", ["essay", [], ()])
def test_unknown_options_are_refused(options):
    with pytest.raises(TableError, match='a list of answers, "number" or "text"'):
        Predict("How many?", options, reveal="Two.")


# ---- what a card shows


def test_a_table_becomes_strings_and_unknown_is_written_as_pandas_writes_it():
    table = pd.DataFrame(
        {
            "day": pd.to_datetime(["2011-05-03", None]),
            "votes": pd.array([13, None], dtype="Int64"),
            "mean": [2.50, float("nan")],
        }
    )
    assert table_block(table)["rows"] == [["2011-05-03", "13", "2.5"], ["<NA>", "<NA>", "<NA>"]]
    assert table_block(table)["numeric"] == [False, True, True]


def test_markup_stays_text_and_signatures_are_masked():
    table = pd.DataFrame({"text": ["<b>Bold.</b>\n\nAda Example"]})
    assert table_block(table)["rows"] == [["<b>Bold.</b>\n\n███ ███████"]]


def test_an_index_that_says_something_is_shown():
    shown = blocks(pd.Series([3, 1], index=["date", "text"], name="lines"))
    assert shown[0]["columns"] == ["name", "lines"]
    assert shown[0]["rows"] == [["date", "3"], ["text", "1"]]
    sorted_away = pd.DataFrame({"n": [1, 2]}).sort_values("n", ascending=False)
    assert blocks(sorted_away)[0]["rows"] == [["2"], ["1"]]


def test_long_tables_are_cut_and_say_so():
    block = table_block(pd.DataFrame({"n": range(500)}), most=10)
    assert len(block["rows"]) == 10
    assert block["caption"] == "The first 10 of 500 rows."


# ---- GuessLines


def test_the_lines_are_various_and_the_same_each_time():
    corpus = load("never-let-me-go")
    rows = various(corpus.lines, 10)
    assert {"text", "date", "closing", "details", "furniture", "blank"} <= {*rows["role"]}
    assert (rows["text"].str.strip() == "").sum() == 1
    assert rows["line"].is_monotonic_increasing
    assert rows.equals(various(corpus.lines, 10))
    assert len(rows) == 10


def test_lines_that_only_look_like_something_else_are_among_them():
    rows = various(load("never-let-me-go").lines, 10)
    prose = rows.loc[rows["role"] == "text", "text"]
    assert prose.str.startswith("on May 21, 2011").any()
    assert prose.str.contains("people found this helpful").any()


def test_agreement_is_counted_and_a_difference_named():
    corpus = load("never-let-me-go")
    card = GuessLines(corpus, count=10)
    roles = dict(zip(corpus.lines["start"].astype(str), corpus.lines["role"], strict=True))
    keys = [question["key"] for question in card.questions]
    assert card.outcome == {}
    card.commit({keys[0]: roles[keys[0]], keys[1]: "closing", keys[2]: roles[keys[2]]})
    assert card.after[0]["text"] == "You and the parser agree on 2 of 3 lines; 7 without a guess."
    assert card.outcome[keys[0]]["sign"] == "same"
    assert card.outcome[keys[1]]["head"] == "You: closing line. The parser: an empty line."
    assert card.outcome[keys[3]]["head"].startswith("No guess.")
    assert "Skipped" in card.outcome[keys[0]]["text"]


def test_eight_lines_are_various_in_how_they_begin():
    card = GuessLines(load("never-let-me-go"))
    assert len(card.questions) == 8
    begun = [question["quote"].split(" ")[0] for question in card.questions]
    assert max(begun.count(word) for word in begun) <= 2


def test_a_verdict_says_why():
    card = GuessLines(load("never-let-me-go"))
    card.commit({card.questions[0]["key"]: "blank"})
    quoted = {q["quote"][:15]: card.outcome[q["key"]]["text"] for q in card.questions}
    assert quoted["on May 21, 2011"].startswith("A date line holds nothing but the date; this one goes on.")
    assert all(quoted.values())


def test_only_roles_of_this_page_are_offered_and_explained():
    card = GuessLines(read_text("text,stars\nA review long enough to be one.,3\nAnd another one here.,4\n"))
    values = [option["value"] for option in card.questions[0]["options"]]
    assert values == ["text", "header"]
    assert "names of the columns" in card.lede[0]
    assert "closing" not in card.lede[0]


def test_each_line_opens_to_its_place():
    card = GuessLines(load("never-let-me-go"))
    for question in card.questions:
        here = [near for near in question["place"] if near["here"]]
        assert [f"line {near['line']}" for near in here] == [question["tag"]]


def test_names_are_masked_in_the_lines():
    page = read_text("I wept.\n\nAda Example\n-----\nNot for me.\n")
    state = json.dumps(GuessLines(page).get_state(), default=str, ensure_ascii=False)
    assert "Ada Example" not in state
    assert "███ ███████" in state


def test_a_page_of_another_layout_can_be_guessed_too():
    card = GuessLines(read_text(DASHES))
    values = [option["value"] for option in card.questions[0]["options"]]
    assert "divider" in values
    card.commit({card.questions[0]["key"]: "text"})
    assert "You and the parser agree on 1 of 1" in said(card)


def test_a_page_without_lines_is_refused():
    class Nothing:
        name, lines = "nothing", load("never-let-me-go").lines.head(0)

    with pytest.raises(TableError, match="no lines to guess"):
        GuessLines(Nothing())


# ---- GuessCount


def test_the_doubled_count_is_asked_about_where_there_is_one():
    card = GuessCount(load("never-let-me-go"))
    assert card.questions[0]["quote"].startswith("2323 comments")
    card.commit("2323")
    assert "1017" in said(card)
    assert card.after[1]["text"].startswith("23, not 2323. The number is printed twice")
    assert card.after[-1]["text"].endswith("could have noticed.")
    assert [card.after[2]["rows"][0][i] for i in (0, 2, 3)] == ["25", "23", "1017"]


def test_a_page_without_counts_is_asked_what_unknown_should_be():
    card = GuessCount(read_text(DASHES))
    assert [o["label"][:7] for o in card.questions[0]["options"]] == ["0, sinc", "The ave", "Nothing"]
    card.commit(card.questions[0]["options"][0]["value"])
    assert "<NA>" in said(card)


# ---- Standing


def test_where_a_student_stands_is_kept_as_soon_as_it_is_said():
    card = Standing()
    card.answers = {"film": "seen"}
    assert standing() == Knows(None, "seen")
    assert card.status["state"] == "kept"
    card.answers = {"film": "seen", "novel": "part"}
    assert Standing().answers == {"novel": "part", "film": "seen"}


def test_an_answer_from_elsewhere_is_a_sentence_and_no_trace():
    card = Standing()
    card.answers = {"film": "<script>"}
    assert card.status["state"] == "problem"
    assert standing() == Knows(None, None)


def test_the_module_never_builds_html_from_text():
    source = (ask._HERE / "ask.js").read_text("utf-8")
    for unsafe in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "http"):
        assert unsafe not in source
