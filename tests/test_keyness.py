"""Words: what counts as one, where it stands, and which group uses it more."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from small import small

import reviewkit as rk
from reviewkit.comparisons import keywords, words
from reviewkit.comparisons.concordancing import concordance
from reviewkit.comparisons.keywords import keyness

PAGE = {
    "p-01": [("The clones wait.", "plot"), ("Clones! Don’t go.", "plot")],
    "p-02": [("A clone waits.", "plot")],
    "p-03": [("The film is slow.", "craft")],
    "p-04": [("Slow, the film, and slow again.", "craft")],
}
HALVES = {"p-01": "a", "p-02": "a", "p-03": "b", "p-04": "b"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Don't", ["don't"]),
        ("Don’t DON'T", ["don't", "don't"]),
        ("Kathy's well-made film", ["kathy's", "well", "made", "film"]),
        ("the clones' 'school'", ["the", "clones", "school"]),
        ("10/10, 3 stars", ["stars"]),
        ("naïve nai\u0308ve", ["naïve", "naïve"]),
        ("Straße", ["strasse"]),
        ("snake_case", ["snake", "case"]),
        ("███ ██", []),
        ("", []),
    ],
)
def test_what_counts_as_a_word(text, wanted):
    found = words.tokens(text)
    assert [token.word for token in found] == wanted
    assert all(words.folded_word(text[token.start : token.end]) == token.word for token in found)


def test_a_concordance_quotes_exactly():
    corpus = small(PAGE)
    found = concordance(corpus, "clone*", width=4, by=HALVES)
    assert found[["group", "left", "word", "right"]].to_numpy().tolist() == [
        ["a", "The ", "clones", " wai"],
        ["a", "it. ", "Clones", "! Do"],
        ["a", "A ", "clone", " wai"],
    ]
    texts = corpus.reviews.set_index("review_id")["text"]
    assert all(texts[r][s:e] == w for r, s, e, w in found[["review_id", "start", "end", "word"]].to_numpy())
    assert len(concordance(corpus, "CLONES")) == 2
    assert len(concordance(corpus, "don't")) == 1
    assert concordance(corpus, "nothing").empty


def test_line_ends_are_blanks_in_a_concordance():
    corpus = small({"p-01": [("One\n\nclone\tmore", "plot")]})
    assert concordance(corpus, "clone").loc[0, ["left", "right"]].tolist() == ["One  ", " more"]


@pytest.mark.parametrize("word", ["", "*", "the book", "cl*ne", "10", "**", ".*"])
def test_what_is_no_word(word):
    with pytest.raises(rk.TableError, match="A single word was expected, not "):
        concordance(small(PAGE), word)


def test_a_width_below_nothing():
    with pytest.raises(rk.TableError, match="0 or more, not -1"):
        concordance(small(PAGE), "film", width=-1)


def test_counts_and_rates_by_hand():
    found = keyness(small(PAGE), HALVES, between=("a", "b"), min_reviews=1)
    table = found.table.set_index("word")
    # Group a has 3 + 3 + 3 words, group b 4 + 6.
    assert table.loc["clones", ["a", "b", "reviews_a", "reviews_b"]].tolist() == [2, 0, 1, 0]
    assert table.loc["slow", ["a", "b", "reviews_a", "reviews_b"]].tolist() == [0, 3, 0, 2]
    assert table.loc["the", ["rate_a", "rate_b"]].tolist() == pytest.approx([1000 / 9, 2000 / 10])
    assert table.loc["the", "difference"] == pytest.approx(1000 / 9 - 200)
    assert table["low"].isna().all()  # two reviews in a group
    assert found.table["word"].iloc[-1] == "slow"  # all of b, none of a
    assert found.sentences("Slow")[["review_id", "times"]].to_numpy().tolist() == [["p-03", 1], ["p-04", 2]]
    assert found.sentences("the", "a")["text"].tolist() == ["The clones wait."]


def test_a_word_of_a_single_review_is_left_out():
    found = keyness(small(PAGE), HALVES, between=("a", "b"))
    assert sorted(found.table["word"]) == ["film", "slow", "the"]
    assert any(line.startswith("3 of 13 words are shown") for line in found.limits)


def test_log_odds_are_the_published_ones():
    # The example in the README of jmhessel/FightingWords: nine words against nine, eleven in the vocabulary,
    # a prior of .05 for each. By hand, "donkey": log(.05 / 9.5) - log(1.05 / 8.5) = -3.156; variance
    # 1/.05 + 1/1.05 = 20.95; -3.156 / 4.577 = -.689.
    a, b = np.array([0, 1, 2]), np.array([1, 0, 2])
    delta, z = keywords.log_odds_ratio(a, b, 9, 9, 0.05, 11 * 0.05)
    assert z == pytest.approx([-0.6894227886807968, 0.6894227886807968, 0])
    assert delta[0] == pytest.approx(-3.156, abs=0.001)


def test_log_odds_of_a_table_by_hand():
    # Prior of "film" (2 of 19 words) with a weight of 10: 20/19. In a 0 of 9, in b 2 of 10 words.
    found = keyness(small(PAGE), HALVES, between=("a", "b"), log_odds=True, prior=10).table.set_index("word")
    prior = 20 / 19
    one, other = prior / (9 + 10 - prior), (2 + prior) / (10 + 10 - 2 - prior)
    assert found.loc["film", "log_odds"] == pytest.approx(np.log(one / other))
    assert found.loc["film", "z"] == pytest.approx(np.log(one / other) / np.sqrt(1 / prior + 1 / (2 + prior)))


def test_p_is_for_the_largest_of_all_words_over_all_ways_to_deal_the_reviews():
    def weighed(first):
        own = {review: "a" if review in first else "b" for review in PAGE}
        return keyness(small(PAGE), own, between=("a", "b"), log_odds=True).table.set_index("word")

    largest = np.array([weighed(first)["z"].abs().max() for first in itertools.combinations(PAGE, 2)])
    found = weighed(("p-01", "p-02"))
    for word, z, p in zip(found.index, found["z"], found["p"], strict=True):
        assert p == pytest.approx(np.mean(largest >= abs(z) - 1e-9)), word
    # "slow" parts {3, 4} from {1, 2} furthest: of the 6 ways to deal them, that one and its mirror image.
    assert found.loc["slow", "p"] == pytest.approx(2 / 6)


def test_groups_that_are_alike_have_a_p_of_one():
    corpus = small({f"{g}-{n}": [("The film is slow.", "craft")] for g in "ab" for n in range(3)})
    found = keyness(corpus, lambda review: review.review_id[0], between=("a", "b"), log_odds=True).table
    assert found["difference"].eq(0).all()
    assert found["p"].eq(1).all()


def test_exchanging_the_groups_exchanges_the_signs():
    one = keyness(small(PAGE), HALVES, between=("a", "b"), log_odds=True).table.set_index("word")
    other = keyness(small(PAGE), HALVES, between=("b", "a"), log_odds=True).table.set_index("word")
    other = other.loc[one.index]
    for name in ("difference", "log_odds", "z"):
        assert one[name].to_numpy() == pytest.approx(-other[name].to_numpy())
    assert one["p"].tolist() == other["p"].tolist()
    assert one["a"].tolist() == other["b"].tolist()


def test_every_count_opens_to_its_sentences():
    corpus = rk.load("the-great-gatsby")
    found = keyness(corpus, "perspective", between=("book-reader", "film-only"), resamples=20)
    texts = corpus.reviews.set_index("review_id")["text"]
    for word, a, reviews_a in found.table[["word", "a", "reviews_a"]].head(40).to_numpy():
        rows = found.sentences(word, "book-reader")
        assert rows["times"].sum() == a == len(concordance_of(corpus, word, "book-reader"))
        assert rows["review_id"].nunique() == reviews_a
        assert all(
            texts[r][s:e] == t for r, s, e, t in rows[["review_id", "start", "end", "text"]].to_numpy()
        )


def concordance_of(corpus, word, group):
    found = concordance(corpus, word, by="perspective")
    return found[found["group"] == group]


def test_limits_of_words():
    said = " ".join(keyness(small(PAGE, invented=True), HALVES, between=("a", "b"), log_odds=True).limits)
    assert "a against b: 6 assignments, so that no p can be below 0.33." in said
    assert "z is no test" in said
    assert said.endswith("support no claim about audiences.")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"between": ("a", "c")}, "Two of these groups were expected, not .'a', 'c'.: 'a', 'b'"),
        ({"between": ("a", "a")}, "Two of these groups were expected"),
        ({"between": "ab"}, "Two of these groups were expected, not 'ab'"),
        ({"between": ("a", "b"), "prior": 0}, "The prior weighs a number of words above 0, not 0"),
    ],
)
def test_unknown_options(options, message):
    with pytest.raises(rk.TableError, match=message):
        keyness(small(PAGE), HALVES, **options)


def test_unknown_words_and_groups():
    found = keyness(small(PAGE), HALVES, between=("a", "b"))
    with pytest.raises(
        rk.TableError, match="Neither group uses the word 'clons'. Near it: 'clones', 'clone'"
    ):
        found.sentences("clons")
    with pytest.raises(rk.TableError, match="There is no group 'c' here. There is: 'a', 'b'"):
        found.sentences("film", "c")
    who = small(PAGE, perspective=dict(zip(PAGE, ["partial", "film-only"] * 2, strict=True)))
    with pytest.raises(rk.TableError, match="outside every test of two groups"):
        keyness(who, "perspective", between=("partial", "film-only"))


def test_groups_without_a_common_word_give_an_empty_table():
    corpus = small({"p-01": [("One.", "plot")], "p-02": [("Two.", "plot")]})
    found = keyness(corpus, {"p-01": "a", "p-02": "b"}, between=("a", "b"), log_odds=True)
    assert found.table.empty
    assert list(found.table.columns)[:3] == ["word", "a", "b"]
    assert isinstance(found.table, pd.DataFrame)
