"""A review taken apart: nothing tells its order before the commitment, and what is kept of it is counted."""

import json
from types import SimpleNamespace

import pandas as pd
import pytest

import reviewkit as rk
from reviewkit import knowing, schema
from reviewkit.comparisons.reordering import FEWEST, pairs_kept, pieces_of, shuffled
from reviewkit.errors import TableError
from reviewkit.veiling import veil
from reviewkit.widgets.cards.ask import open_gates
from reviewkit.widgets.cards.reorder import Reorder

SHORT = "Slow.\n-----\nToo long. Not for me.\n"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    monkeypatch.delenv("REVIEWKIT_OPEN", raising=False)
    yield tmp_path
    open_gates(False)


@pytest.fixture(scope="module")
def corpus():
    return rk.load("never-let-me-go")


def own(tmp_path, text):
    path = tmp_path / "own.txt"
    path.write_text(text, encoding="utf-8")
    return rk.load(str(path))


def items(card):
    return card.questions[0]["items"]


def put(card, *numbers):
    """The answer that puts these sentences of the review, counted from 1, into this order."""
    places = {n: items(card)[i]["value"] for i, n in enumerate(card._first)}
    return {"order": " ".join(places[n - 1] for n in numbers)}


# ---- how much of an order is kept


@pytest.mark.parametrize(
    ("order", "kept"),
    [([0, 1, 2, 3], 3), ([3, 2, 1, 0], 0), ([2, 3, 0, 1], 2), ([0, 2, 1, 3], 0), ([], 0), ([0], 0)],
)
def test_neighbours_that_still_follow_each_other_are_counted(order, kept):
    assert pairs_kept(order) == kept


@pytest.mark.parametrize("count", range(3, 15))
def test_a_shuffle_keeps_no_neighbours_and_does_not_begin_with_the_beginning(count):
    order = shuffled(count, seed="a review")
    assert sorted(order) == list(range(count))
    assert (pairs_kept(order), order[0] != 0) == (0, True)
    assert order == shuffled(count, seed="a review")


# ---- which review


def test_the_review_is_of_some_ten_sentences_and_gives_nothing_away(corpus):
    found = pieces_of(corpus)
    assert (found.review_id, len(found.table), found.whole) == ("never-let-me-go-14", 10, True)
    assert veil(corpus, "key").covered(found.review_id) == ()
    assert found.source == "key"
    assert found.table["stage"].tolist()[:3] == ["overall", "craft", "craft"]


def test_of_a_long_review_the_first_sentences_are_taken(corpus):
    found = pieces_of(corpus, "never-let-me-go-15", most=6)
    assert (found.table["sentence"].tolist(), found.whole) == ([1, 2, 3, 4, 5, 6], False)
    assert "the first 14 sentences of a longer review" in " ".join(Reorder(corpus, "never-let-me-go-15").lede)


def test_a_page_of_ones_own_is_labelled_by_rule(tmp_path):
    found = pieces_of(own(tmp_path, "I saw it late. It is slow. I wept. See it.\n-----\nNo.\n"))
    assert (len(found.table), found.source) == (4, "rule")
    assert found.table["stage"].notna().all()


def test_a_page_without_a_review_of_four_sentences_gets_one_from_the_kit(tmp_path):
    card = Reorder(own(tmp_path, SHORT))
    assert len(card.table) >= FEWEST
    assert "one from the kit's own page" in " ".join(card.lede)


def test_a_review_that_is_too_short_is_replaced_and_an_unknown_one_named(tmp_path):
    page = own(tmp_path, "Slow.\n-----\nI saw it late. It is slow. I wept. See it.\n")
    assert Reorder(page, "own-01").lede[:2] == ["This is own-02.", "(own-01 has fewer than four sentences.)"]
    with pytest.raises(TableError, match="no review 'own-07' here. There is: own-01, own-02"):
        Reorder(page, "own-07")


# ---- the card


def test_nothing_tells_where_a_sentence_stood_before_the_commitment(corpus):
    card = Reorder(corpus)
    assert (card.outcome, card.after, card.order) == ({}, [], None)
    assert [each["value"] for each in items(card)] == list("abcdefghij")
    assert {each["text"] for each in items(card)} == {" ".join(t.split()) for t in card.table["text"]}
    assert '"stage"' not in json.dumps(card.get_state(), default=str)


def test_after_it_each_sentence_says_where_it_stood_and_what_it_does(corpus):
    card = Reorder(corpus)
    card.commit(put(card, 1, 2, 3, 4, 5, 6, 7, 8, 10, 9))
    assert card.order == [1, 2, 3, 4, 5, 6, 7, 8, 10, 9]
    told = card.after[0]["text"]
    assert told.startswith("7 of 9 neighbours stand together as in the review; dealt at random, one would.")
    assert told.endswith("Your first sentence stood there in the review, too.")
    table = card.after[1]
    assert table["columns"] == ["place", "sentence", "stage", "you put it"]
    assert [row[3] for row in table["rows"]][-2:] == ["10", "9"]
    value = put(card, *range(1, 11))["order"].split()[9]
    assert card.outcome["order"]["notes"][value] == "10 in the review · background"


def test_it_is_kept_with_its_words_and_shown_again(corpus, home):
    card = Reorder(corpus)
    card.commit(put(card, *range(10, 0, -1)))
    assert Reorder(corpus).order == list(range(10, 0, -1))
    (file,) = (home / "my_work" / "answers").iterdir()
    assert json.loads(file.read_text("utf-8"))["sentences"][9] == card.table["text"].iloc[0]
    card.committed = False
    assert Reorder(corpus).order is None


@pytest.mark.parametrize("said", ["", "13", "a a a", "z b c", "a b c d e f g h i"])
def test_an_answer_that_is_no_order_counts_as_the_order_given(corpus, said):
    card = Reorder(corpus)
    card.commit({"order": said})
    assert card.order == [n + 1 for n in card._first]
    assert card.after[0]["text"].startswith("0 of 9 neighbours")


def test_another_order_begins_as_the_review_stands_and_gives_the_new_text(corpus):
    card = Reorder(corpus, "never-let-me-go-17", shuffled=False)
    assert items(card)[0]["text"] == "What a beautiful movie!!!"
    card.commit(put(card, 7, 1, 2, 3, 4, 5, 6))
    assert card.after[0]["text"] == "1 of 6 sentences are followed by another one than before."
    assert card.after[2]["text"].startswith("LOVED IT! What a beautiful movie!!!")


def test_an_open_gate_shows_the_order_without_a_commitment(corpus):
    card = Reorder(corpus)
    open_gates()
    assert card.shown
    assert card.after[0]["text"] == "Opened without an order of yours."


def test_covered_sentences_stay_covered_for_those_who_do_not_know_the_story(corpus):
    hidden = json.dumps(Reorder(corpus, "never-let-me-go-28").get_state(), default=str)
    assert "(covered: gives away the end)" in hidden
    assert "bred for their organs" not in hidden
    knowing.keep_standing("read", "seen")
    assert "bred for their organs" in json.dumps(
        Reorder(corpus, "never-let-me-go-28").get_state(), default=str
    )


def test_signatures_are_masked(tmp_path):
    signed = "I saw it late. It is slow. I wept. See it.\n\nAda Example\n-----\nNo.\n"
    card = Reorder(own(tmp_path, signed))
    assert "Ada Example" not in json.dumps(card.get_state(), default=str)


# ---- covering a table


def test_a_veil_covers_the_words_of_a_table_and_nothing_else():
    text = "I liked it. In the end they all die."
    reviews = schema.frame("reviews", {"review_id": ["a-01"], "position": [1], "text": [text]})
    table = rk.sentences(reviews)
    covered = veil(SimpleNamespace(reviews=reviews), "rule").covering(table)
    assert covered["text"].tolist() == ["I liked it.", "(covered: gives away the end)"]
    assert covered.drop(columns="text").equals(table.drop(columns="text"))
    assert table["text"].iloc[1] == "In the end they all die."
    assert veil(reviews, "off").covering(table)["text"].tolist() == table["text"].tolist()
    with pytest.raises(TableError, match="text"):
        veil(reviews, "off").covering(pd.DataFrame({"review_id": [], "start": [], "end": []}))


# ---- what the lesson on stages finds surprising


def test_what_is_in_nearly_every_review_takes_a_tenth_of_the_sentences(corpus):
    """The commonest stage is missing from half of the reviews, and a rare one from hardly any."""
    stages = corpus.key[corpus.key["layer"] == "structure"]
    sentences = stages["label"].value_counts()
    reviews = stages.groupby("label")["review_id"].nunique()
    assert (len(stages), sentences["overall"], reviews["overall"]) == (589, 61, 29)
    assert (sentences.idxmax(), sentences["plot"], reviews["plot"]) == ("plot", 94, 15)
    assert reviews.idxmax() == "overall"
