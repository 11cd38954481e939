"""What notebook 02 says of the kit's own page is so: its surprises surprise, and its figures are right."""

from __future__ import annotations

import pandas as pd
import pytest

import reviewkit as rk
from reviewkit.comparisons.concordancing import concordance


@pytest.fixture(scope="module")
def corpus():
    return rk.load("never-let-me-go")


@pytest.fixture(scope="module")
def likes(corpus):
    return rk.groups(corpus, "stance") == "favourable"


def test_counting_silence_as_a_no_turns_the_comparison_round(corpus, likes):
    who = rk.groups(corpus, "perspective")
    apart = likes.groupby(who).mean()
    folded = likes.groupby(who.replace("unstated", "film-only")).agg(["sum", "size", "mean"])
    assert apart["book-reader"] > apart["film-only"]
    assert folded["mean"]["book-reader"] < folded["mean"]["film-only"]
    assert folded.loc["film-only", ["sum", "size"]].tolist() == [10, 18]


def test_readers_are_two_audiences_by_order(corpus, likes):
    table = likes.groupby(rk.groups(corpus, "order")).agg(["sum", "size"])
    assert table.loc["book-first"].tolist() == [1, 6]
    assert table.loc["film-first"].tolist() == [2, 2]
    test = rk.compare(corpus, "order", layer="stance", label="favourable").test(
        between=("book-first", "film-first")
    )
    assert test.p == test.smallest_p == pytest.approx(3 / 28)


def test_what_is_said_outright_is_not_all(corpus):
    outright = rk.rules("perspective").query("basis != 'implied'")
    moved = rk.compare_rules(corpus, "perspective", outright)
    lost = moved.loc[moved["of"] == "verdict", "review_id"].str[-2:]
    assert lost.tolist() == ["07", "09", "15", "21", "28"]


def test_film_and_movie_go_one_way_on_one_page_and_the_other_on_another(corpus):
    def reviews(page: rk.Corpus, word: str) -> pd.Series:
        return concordance(page, word, by="perspective").groupby("group")["review_id"].nunique()

    gatsby = rk.load("the-great-gatsby")
    assert reviews(corpus, "film*")[["book-reader", "film-only"]].tolist() == [9, 4]
    assert reviews(corpus, "movie*")[["book-reader", "film-only"]].tolist() == [1, 4]
    assert reviews(gatsby, "film*")[["book-reader", "film-only"]].tolist() == [1, 5]


def test_the_middle_review_of_each_audience(corpus):
    words = corpus.reviews.set_index("review_id")["text"].str.split().str.len()
    middle = words.groupby(rk.groups(corpus, "perspective")).median()
    assert (middle["unstated"], middle["book-reader"]) == (134, 536)


@pytest.mark.parametrize("number", [2, 7, 8, 19, 21])
def test_the_reviews_to_judge_do_not_tell(corpus, number):
    told = corpus.key[corpus.key["label"].isin(["major", "everything"])]
    assert f"never-let-me-go-{number:02d}" not in set(told["review_id"])
