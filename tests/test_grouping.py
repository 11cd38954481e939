"""Who stands with whom: every review in one group, and what is not known said so."""

from __future__ import annotations

import pandas as pd
import pytest
from small import small

import reviewkit as rk
from reviewkit.comparisons.grouping import KNOWN, UNKNOWN, evidence_of, groups, in_order, verdicts_of

FIVE = {f"p-0{n}": [("A sentence.", "plot")] for n in range(1, 6)}
SAID = {"p-01": "book-reader", "p-02": "book-reader", "p-03": "partial", "p-04": "film-only"}
CORPUS = small(
    FIVE,
    perspective=SAID,
    order={"p-01": "film-first", "p-03": "book-first"},
    rating=[1, 5, None, 4, 5],
    date=["2011-01-13", None, "2012-02-01", "2011-12-31", "2012-05-05"],
    country=["Canada", None, "Canada", "India", None],
    verified=[True, None, None, True, None],
)


@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        ("perspective", ["book-reader", "book-reader", "partial", "film-only", UNKNOWN]),
        # Who read half has no order, who read none stands under film-only, who does not say which is unknown.
        ("order", ["film-first", UNKNOWN, "partial", "film-only", UNKNOWN]),
        ("basis", ["stated", "stated", "partial", "stated", UNKNOWN]),
        ("stars", ["1 star", "5 stars", UNKNOWN, "4 stars", "5 stars"]),
        ("year", ["2011", UNKNOWN, "2012", "2011", "2012"]),
        ("date", ["2011-01-13", UNKNOWN, "2012-02-01", "2011-12-31", "2012-05-05"]),
        ("country", ["Canada", UNKNOWN, "Canada", "India", UNKNOWN]),
        ("verified", ["True", UNKNOWN, UNKNOWN, "True", UNKNOWN]),
    ],
)
def test_every_review_is_in_a_group(by, wanted):
    found = groups(CORPUS, by)
    assert found.tolist() == wanted
    assert found.index.tolist() == list(FIVE)
    assert found.name == by


def test_a_grouping_of_ones_own():
    own = {"p-01": "short", "p-04": "long", "p-05": None}
    wanted = ["short", UNKNOWN, UNKNOWN, "long", UNKNOWN]
    assert groups(CORPUS, own).tolist() == wanted
    assert groups(CORPUS, pd.Series(own)).tolist() == wanted
    assert groups(CORPUS, lambda review: own.get(review["review_id"])).tolist() == wanted
    assert groups(CORPUS, own).name == "your grouping"
    assert groups(CORPUS, groups(CORPUS, "perspective")).name == "perspective"


def test_a_grouping_of_numbers_becomes_text():
    assert groups(CORPUS, lambda review: len(review.text)).tolist() == ["11"] * 5


@pytest.mark.parametrize(
    ("by", "message"),
    [
        ("perspectives", "There is no grouping 'perspectives'. Did you mean 'perspective'?"),
        ("text", "There is no grouping 'text'."),
        (7, "A grouping was expected, not int: one of 'perspective', 'order'"),
        ({"q-01": "a"}, "No review is called 'q-01' here .1 such.. Reviews are called 'p-01' and so on"),
        (lambda review: 1 / 0, "Your grouping failed at review 'p-01': ZeroDivisionError"),
        (
            lambda review: "good" if review.rating > 3 else "bad",
            "failed at review 'p-03': TypeError.*pd.isna",
        ),
    ],
)
def test_what_is_no_grouping(by, message):
    with pytest.raises(rk.TableError, match=message):
        groups(CORPUS, by)


def test_an_unknown_source_lists_the_known():
    with pytest.raises(
        rk.TableError, match="Nothing here was labelled by 'me'. Sources of this page: 'key', 'rule'"
    ):
        groups(CORPUS, "perspective", source="me")


def test_the_rules_group_a_page_without_a_key():
    page = small({"p-01": [("I have read the book.", "x")], "p-02": [("I have not read the book.", "x")]})
    page.labels = rk.Labels(*(pd.DataFrame(columns=["source"]) for _ in range(4)))
    assert groups(page, "perspective").tolist() == ["book-reader", "film-only"]
    assert groups(page, "handling").tolist() == ["spoiler-free"] * 2  # although no rule found anything
    with pytest.raises(rk.TableError, match="The rules give no stance"):
        groups(page, "stance")


def test_groups_come_as_in_the_manual_and_unknown_last():
    assert in_order(["unknown", "unstated", "zebra", "film-only", "apple", "book-reader"]) == [
        "book-reader", "film-only", "unstated", "apple", "zebra", "unknown",
    ]  # fmt: skip


def test_evidence_is_the_keys_sentiment_the_rules():
    corpus = rk.load("never-let-me-go")
    assert evidence_of(corpus, "structure")[1] == "key"
    assert set(evidence_of(corpus, "attitude", "annotator-1")[0]["source"]) == {"annotator-1"}
    assert evidence_of(corpus, "sentiment")[1] == "rule"
    assert (
        verdicts_of(corpus, "spoilers", "rule")[0]["review_id"].tolist()
        == corpus.reviews["review_id"].tolist()
    )
    with pytest.raises(rk.TableError, match="The rules say nothing of attitude"):
        evidence_of(corpus, "attitude", "rule")
    with pytest.raises(rk.TableError, match="Sentiment is computed, not labelled"):
        evidence_of(corpus, "sentiment", "key")
    with pytest.raises(rk.TableError, match="There is no layer of evidence 'stages'"):
        evidence_of(corpus, "stages")


@pytest.mark.parametrize("by", KNOWN)
def test_the_kits_own_pages_can_be_grouped_by_anything(by):
    corpus = rk.load("the-great-gatsby")
    assert groups(corpus, by).index.tolist() == corpus.reviews["review_id"].tolist()
