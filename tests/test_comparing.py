"""Groups side by side, against numbers worked out by hand; tests that know what they cannot show."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from small import small

import reviewkit as rk
from reviewkit.comparisons import permuting, sampling
from reviewkit.comparisons.comparing import compare
from reviewkit.comparisons.grouping import groups

PLOT, THEME = ("They meet at school.", "plot"), ("It is about time.", "theme")
FOUR = {
    "p-01": [PLOT, PLOT],
    "p-02": [PLOT, THEME],
    "p-03": [THEME, THEME],
    "p-04": [THEME, THEME],
}
HALVES = {"p-01": "a", "p-02": "a", "p-03": "b", "p-04": "b"}


@pytest.fixture(scope="module")
def corpus():
    return rk.load("never-let-me-go")


def row(found, group, label):
    return found.table.set_index(["group", "label"]).loc[(group, label)]


def test_counts_and_shares_by_hand():
    found = compare(small(FOUR), HALVES)
    plot = row(found, "a", "plot")
    # Group a: 4 sentences of 2 reviews, 3 of them plot; 16 words by four, less one: 4 + 4 + 4 + 4.
    assert plot[["reviews", "sentences", "words", "count"]].tolist() == [2, 4, 16, 3]
    assert plot["per_review"] == 1.5
    assert plot["share"] == 0.75
    assert row(found, "b", "plot")["count"] == 0
    assert len(found.table) == 2 * 10


def test_without_resamples_there_are_numbers_and_no_intervals():
    corpus = rk.load("never-let-me-go")
    labels = corpus.labels
    pair = ("book-reader", "film-only")
    for table in (
        rk.stage_positions(corpus, resamples=0).table,
        rk.compare(corpus, by="perspective", resamples=0).table,
        rk.keyness(corpus, by="perspective", between=pair, resamples=0).table,
        rk.agreement(labels.evidence, labels.verdicts, corpus.sentences, resamples=0),
    ):
        assert len(table) > 10
        assert table["low"].isna().all()


def test_units():
    corpus = small(FOUR)
    of_reviews = compare(corpus, HALVES, label="plot", unit="reviews")
    assert row(of_reviews, "a", "plot")[["count", "share"]].tolist() == [2, 1.0]
    of_words = compare(corpus, HALVES, label="plot", unit="words")
    assert row(of_words, "a", "plot")[["count", "words", "share"]].tolist() == [12, 16, 0.75]
    both = compare(corpus, HALVES, label="description")
    assert row(both, "a", "description")["count"] == 3


@pytest.mark.parametrize("unit", ["sentences", "reviews", "words"])
@pytest.mark.parametrize(
    "layer", ["structure", "spoilers", "devices", "attitude", "sentiment", "perspective"]
)
def test_every_number_opens_to_its_sentences(corpus, layer, unit):
    found = compare(corpus, "perspective", layer=layer, unit=unit, resamples=20)
    texts = corpus.reviews.set_index("review_id")["text"]
    behind = found.sentences()
    assert all(texts[r][s:e] == t for r, s, e, t in behind[["review_id", "start", "end", "text"]].to_numpy())
    for group, label, count in found.table[["group", "label", "count"]].to_numpy():
        rows = found.sentences(group, label)
        number = {
            "sentences": len(rows),
            "reviews": rows["review_id"].nunique(),
            "words": rows["words"].sum(),
        }
        assert number[unit] == count, (group, label)


def test_verdicts_are_counted_by_review_and_open_to_their_evidence(corpus):
    found = compare(corpus, "perspective", layer="handling", resamples=20)
    assert found.table["count"].sum() == len(corpus.reviews)
    assert (
        found.sentences("film-only", "warned")["review_id"].nunique()
        == row(found, "film-only", "warned")["count"]
    )
    by = compare(corpus, "handling", layer="perspective", unit="reviews", resamples=20)
    assert by.table["count"].sum() == len(corpus.reviews)
    # No words say that nothing is said: the whole review stands behind it, and nothing in it is marked.
    silent = by.sentences(label="unstated")
    assert len(silent) == corpus.sentences["review_id"].isin(silent["review_id"]).sum()
    assert silent["marked"].isna().all()
    with pytest.raises(rk.TableError, match="There is one handling for each review"):
        compare(corpus, "perspective", layer="handling", unit="words")


def test_an_exact_test_by_hand():
    # Plot sentences 2, 1, 0, 0, of two each: of the 6 ways to deal them, {1, 2} and {3, 4} part them by 3/4,
    # all others by 1/4.
    found = compare(small(FOUR), HALVES).test("plot", between=("a", "b"))
    assert found.difference == 0.75
    assert found.assignments == 6
    assert found.exact
    assert found.p == pytest.approx(2 / 6)
    assert found.smallest_p == pytest.approx(2 / 6)
    assert np.isnan(found.low)
    assert (
        "6 assignments of these reviews to two groups of these sizes; all were gone through." in found.limits
    )


def test_four_against_two_has_fifteen_assignments():
    corpus = small({f"p-0{n}": [THEME if n < 5 else PLOT] for n in range(1, 7)})
    own = {f"p-0{n}": "four" if n < 5 else "two" for n in range(1, 7)}
    found = compare(corpus, own)
    assert found.test("plot", between=("four", "two")).p == pytest.approx(1 / 15)
    assert "four against two: 15 assignments, so that no p can be below 0.067." in found.limits
    assert (sampling.assignments(4, 2), sampling.assignments(5, 5)) == (15, 252)
    assert sampling.in_reach(5, 5) == pytest.approx(2 / 252)


def test_a_p_is_what_going_through_all_assignments_gives():
    rng = np.random.default_rng(3)
    counts, totals = rng.integers(0, 6, 9).astype(float), rng.integers(6, 12, 9).astype(float)
    parts = np.arange(4), np.arange(4, 9)
    rest = {"draws": 9, "resamples": 9, "seed": 1, "planted": False}
    found = permuting.tested("x", ("a", "b"), counts, totals, parts, **rest)

    def apart(first):
        rest = [i for i in range(9) if i not in first]
        first = list(first)
        return abs(counts[first].sum() / totals[first].sum() - counts[rest].sum() / totals[rest].sum())

    all_of_them = [apart(first) for first in itertools.combinations(range(9), 4)]
    assert found.assignments == len(all_of_them) == 126
    assert found.p == pytest.approx(np.mean([d >= apart((0, 1, 2, 3)) - 1e-12 for d in all_of_them]))
    assert found.smallest_p == pytest.approx(np.mean([d >= max(all_of_them) - 1e-12 for d in all_of_them]))
    dealt = np.concatenate(list(sampling.dealt(4, 5, draws=9, seed=1)))
    assert {tuple(np.flatnonzero(way)) for way in dealt} == set(itertools.combinations(range(9), 4))


def test_many_assignments_are_drawn():
    corpus = small({f"p-{n:02}": [PLOT if n < 10 else THEME] for n in range(20)})
    own = {f"p-{n:02}": "a" if n < 10 else "b" for n in range(20)}
    found = compare(corpus, own).test("plot", between=("a", "b"), draws=999)
    assert (found.assignments, found.drawn, found.exact) == (184_756, 999, False)
    assert found.p == found.smallest_p == 1 / 1000
    assert "999 were drawn at random" in found.limits[0]


@pytest.mark.parametrize("size", [3, 10])
def test_groups_that_are_alike_have_a_p_of_one(size):
    corpus = small({f"{g}-{n:02}": [PLOT] * n + [THEME] for g in "ab" for n in range(1, size + 1)})
    found = compare(corpus, lambda review: review.review_id[0]).test("plot", between=("a", "b"), draws=199)
    assert found.difference == 0
    assert found.p == 1


def test_where_nothing_varies_no_p_could_be_small():
    corpus = small({f"{g}-{n}": [PLOT, THEME] for g in "ab" for n in range(5)})
    found = compare(corpus, lambda review: review.review_id[0]).test("plot", between=("a", "b"))
    assert (found.p, found.smallest_p) == (1, 1)
    assert "even the clearest division of these reviews would not have fallen below .05" in found.limits[1]


def test_exchanging_the_groups_exchanges_the_sign_alone(corpus):
    found = compare(corpus, "perspective", label="comparison", resamples=200)
    one = found.test(between=("book-reader", "film-only"), draws=199)
    other = found.test(between=("film-only", "book-reader"), draws=199)
    assert (one.p, one.smallest_p, one.difference) == (other.p, other.smallest_p, -other.difference)
    assert (one.low, one.high) == (-other.high, -other.low)
    assert one.low < one.difference < one.high


def test_the_order_of_reviews_and_groups_changes_nothing():
    again = dict(reversed(FOUR.items()))
    one, other = (compare(small(each), HALVES) for each in (FOUR, again))
    pd.testing.assert_frame_equal(one.table, other.table)
    assert one.test("plot", between=("a", "b")).p == other.test("plot", between=("a", "b")).p
    renamed = compare(small(FOUR), {r: {"a": "z", "b": "b"}[g] for r, g in HALVES.items()})
    assert row(renamed, "z", "plot").equals(row(one, "a", "plot").rename(("z", "plot")))


def test_more_reviews_of_the_same_narrow_the_interval_alone():
    few = {f"p-{n:02}": FOUR[f"p-0{n % 4 + 1}"] for n in range(4)}
    many = {f"p-{n:02}": FOUR[f"p-0{n % 4 + 1}"] for n in range(40)}
    one, other = (row(compare(small(each), lambda review: "all"), "all", "plot") for each in (few, many))
    assert one["share"] == other["share"] == 3 / 8
    assert other["high"] - other["low"] < (one["high"] - one["low"]) / 2


def test_intervals_are_those_of_scipy():
    stats = pytest.importorskip("scipy.stats")
    plots, of = np.array([0, 1, 2, 3, 5, 8.0]), np.array([4, 4, 4, 8, 8, 9.0])
    corpus = small({f"p-{n}": [PLOT] * int(plots[n]) + [THEME] * int(of[n] - plots[n]) for n in range(6)})
    mine = row(compare(corpus, lambda review: "all", resamples=20_000), "all", "plot")
    at = (np.arange(6),)
    theirs = stats.bootstrap(
        at,
        lambda i, axis: plots[i].sum(axis) / of[i].sum(axis),
        vectorized=True,
        method="percentile",
        n_resamples=20_000,
        rng=np.random.default_rng(5),
    ).confidence_interval
    assert (mine["low"], mine["high"]) == pytest.approx((theirs.low, theirs.high), abs=0.01)


def test_on_reviews_that_differ_by_chance_alone_small_ps_are_rare():
    rng = np.random.default_rng(7)
    rest = {"draws": 9, "resamples": 2, "seed": 1, "planted": False}
    found = []
    for _ in range(300):
        totals = rng.integers(3, 40, 9).astype(float)
        counts = rng.binomial(totals.astype(int), rng.beta(1.5, 6, 9)).astype(float)
        parts = np.arange(4), np.arange(4, 9)
        found.append(permuting.tested("x", ("a", "b"), counts, totals, parts, **rest).p)
    assert np.mean(np.array(found) <= 0.1) < 0.1 + 3 * np.sqrt(0.1 * 0.9 / 300)


def test_where_nobody_does_it_there_is_no_interval_and_a_reason():
    corpus = small({f"p-{n}": [PLOT] for n in range(5)})
    found = compare(corpus, lambda review: "all")
    assert row(found, "all", "theme")[["low", "high"]].isna().all()
    assert any("3 in n" in line for line in found.limits)


def test_partial_stands_outside_every_test():
    corpus = small(
        FOUR, perspective=dict(zip(FOUR, ["partial", "partial", "film-only", "film-only"], strict=True))
    )
    for by in ("perspective", "order", groups(corpus, "perspective")):
        with pytest.raises(rk.TableError, match="outside every test of two groups"):
            compare(corpus, by).test("plot", between=("partial", "film-only"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"layer": "stage"}, "There is no layer 'stage'. There is: 'structure', 'spoilers'"),
        ({"label": "plots"}, "There is no label of structure 'plots'. There is: 'background', 'plot'"),
        ({"unit": "lines"}, "There is no unit 'lines'. There is: 'sentences', 'reviews', 'words'"),
        ({"source": "me"}, "Nothing here was labelled by 'me'"),
    ],
)
def test_unknown_options_list_the_known(options, message):
    with pytest.raises(rk.TableError, match=message):
        compare(small(FOUR), HALVES, **options)


def test_unknown_groups_and_labels_list_the_known():
    found = compare(small(FOUR), HALVES | {"p-04": "c"})
    with pytest.raises(rk.TableError, match="Nothing here has the group 'd'. There is: 'a', 'b', 'c'"):
        found.sentences("d")
    with pytest.raises(
        rk.TableError, match="Two of these groups were expected, not .'a', 'd'.: 'a', 'b', 'c'"
    ):
        found.test("plot", between=("a", "d"))
    with pytest.raises(rk.TableError, match="The group 'b' has 1 review: there is nothing to test"):
        found.test("plot", between=("a", "b"))
    with pytest.raises(
        rk.TableError, match="One label is tested at a time, and None is not here: 'background'"
    ):
        found.test(between=("a", "b"))
    assert found.sentences("b", "plot").empty


def test_limits_say_what_is_unknown_left_out_and_planted():
    corpus = small(FOUR, perspective={"p-01": "partial", "p-02": "film-only"}, invented=True)
    corpus.labels.evidence.loc[corpus.labels.evidence["review_id"] == "p-04", "source"] = "annotator-1"
    said = " ".join(compare(corpus, "perspective").limits)
    assert "3 reviews, by perspective: film-only 1, partial 1, unknown 1." in said
    assert "Left out: 1 review without labels by 'key'." in said
    assert "Of 1 review nothing says where they belong" in said
    assert sampling.PLANTED in said
    assert "planted" not in " ".join(compare(small(FOUR), HALVES).limits)


def test_a_result_is_drawn_as_text_never_as_markup():
    corpus = small({"p-01": [PLOT], "p-02": [THEME]}, invented=True)
    found = compare(corpus, {"p-01": "<script>alert(1)</script>", "p-02": "b"}, label="plot")
    assert "<script>" not in found._repr_html_()
    assert "&lt;script&gt;" in found._repr_html_()
    assert sampling.PLANTED in found._repr_html_()
    assert "plot by your grouping: sentences, labels by 'key'" in repr(found)
    drawn = compare(small(FOUR), {r: f"<b>{g}" for r, g in HALVES.items()}).test(
        "plot", between=("<b>a", "<b>b")
    )
    assert "<b>" not in drawn._repr_html_()
    assert "p = 0.33" in repr(drawn)


def test_a_page_without_reviews_has_an_empty_comparison():
    found = compare(small({}), "country")
    assert found.table.empty
    assert found.limits[0] == "0 reviews, by country: none."
