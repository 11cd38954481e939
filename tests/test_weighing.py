"""A sentence on the scales, word by word; and what the lesson on sentiment promises to find."""

from __future__ import annotations

import pandas as pd
import pytest

import reviewkit as rk
from reviewkit.readings import sentiment
from reviewkit.veiling import veil
from reviewkit.weighing import sign_of, signed, telling


@pytest.fixture(scope="module")
def corpus():
    return rk.load("never-let-me-go")


def own(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"review_id": [f"a-{n:02}" for n in range(1, len(texts) + 1)], "text": texts})


def test_the_sum_is_told_by_hand():
    found = rk.word_by_word("The acting is excellent, but the film is sad and slow.")
    assert found.table.values.tolist() == [["excellent", 2.7, 1.35, "but"], ["sad", -2.1, -3.15, "but"]]
    assert found.line == "The sum is −1.80. Squeezed into the space between −1 and 1, that is −0.42."
    assert found.compound == pytest.approx(-1.8 / (1.8**2 + 15) ** 0.5, abs=1e-4)


def test_exclamation_marks_are_told_apart():
    line = rk.word_by_word("A sad film!").line
    assert line.startswith("The sum is −2.10. Exclamation and question marks make it −2.39. Squeezed")
    assert "Exclamation" not in rk.word_by_word("A sad film.").line


@pytest.mark.parametrize("nothing", ["", "  \n", None, 13])
def test_nothing_written_weighs_nothing(nothing):
    found = rk.word_by_word(nothing)
    assert (found.compound, len(found.table)) == (0.0, 0)
    assert [*found] == ["Nothing is written here, so there is nothing to weigh."]


def test_words_without_weight_are_said_to_have_none():
    assert rk.word_by_word("A film.").line == "No word of this weighs anything: the score is 0.00."


def test_it_is_drawn_as_text_and_never_as_markup():
    drawn = rk.word_by_word("<b>good</b> & 😁 bad")._repr_html_()
    assert "<b>" not in drawn
    assert "&lt;b&gt;" in drawn


def test_signs():
    assert [sign_of(score) for score in (0.05, 0.049, -0.05)] == ["positive", "near zero", "negative"]
    assert [signed(value) for value in (1.9, -0.341, -0.001)] == ["+1.90", "−0.34", "0.00"]


def test_a_review_is_held_against_stars_and_stance(corpus):
    table = rk.weigh_reviews(corpus).set_index("review_id")
    assert table.loc["never-let-me-go-26"].tolist() == [5, "favourable", 22, 0.07, -0.96]


# ---- what the lesson says will be found


@pytest.mark.parametrize("name", ["never-let-me-go", "the-great-gatsby"])
def test_the_lowest_score_belongs_to_praise_with_five_stars(name):
    table = rk.weigh_reviews(rk.load(name))
    lowest = table.sort_values("whole").iloc[0]
    assert (lowest["stance"], lowest["rating"]) == ("favourable", 5)


def test_on_the_collected_page_too_it_belongs_to_praise(collected):
    table = rk.weigh_reviews(rk.load(collected))
    below = table[table["whole"] < 0]
    assert sorted(below["whole"]) == [-0.9, -0.85]
    assert set(below["stance"]) == {"favourable"}


def test_contempt_weighs_as_praise(corpus):
    words = sentiment.valences(corpus)
    inside = words[words["review_id"] == "never-let-me-go-26"].nlargest(2, "valence")
    assert inside["text"].tolist() == ["best", "heartless"]


@pytest.mark.parametrize(("name", "mean"), [("never-let-me-go", -0.07), ("the-great-gatsby", -0.08)])
def test_tears_weigh_least_of_all_stages(name, mean):
    page = rk.load(name)
    stages = rk.stage_positions(page, resamples=20).sentences()[["review_id", "sentence", "stage"]]
    found = sentiment.scores(page).merge(stages).groupby("stage")["compound"].mean()
    assert found.idxmin() == "response"
    assert round(found.min(), 2) == mean


# ---- sentences to guess at


def test_sentences_to_guess_part_words_from_meaning_and_give_nothing_away(corpus):
    table = telling(corpus, 6)
    heard = table[table["attitude"].isin(["positive", "negative"])]
    assert (heard["attitude"] != heard["compound"].map(sign_of)).sum() >= 3
    assert len(veil(corpus, "key").uncovered(table)) == len(table) == 6
    assert table["review_id"].is_unique


def test_a_veil_leaves_the_rows_that_it_does_not_cover():
    reviews = own("I liked it. In the end they all die.")
    sentences = rk.sentences(reviews)
    assert veil(reviews, "rule").uncovered(sentences)["text"].tolist() == ["I liked it."]
    assert len(veil(reviews, "off").uncovered(sentences)) == 2


def test_a_guess_is_held_against_the_score(corpus, monkeypatch, tmp_path):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    card = rk.GuessSigns(corpus, count=4)
    assert not card.outcome
    card.commit({question["key"]: "negative" for question in card.questions})
    signs = [each["sign"] for each in card.outcome.values()]
    assert signs.count("same") == (card.table["compound"] <= -0.05).sum()
    assert card.after[0]["text"] == f"You foresaw the sign of {signs.count('same')} of 4 sentences."


@pytest.mark.parametrize("text", ["Fine.", ""])
def test_a_page_with_next_to_nothing_makes_a_card(text, monkeypatch, tmp_path):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    (tmp_path / "small.csv").write_text(f'text\n"{text}"\n"Lovely hats."\n', encoding="utf-8")
    card = rk.GuessSigns(rk.load(tmp_path / "small.csv"))
    card.commit({question["key"]: "positive" for question in card.questions})
    assert card.shown
