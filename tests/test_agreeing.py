"""Agreement, against values worked out by hand and from the textbook."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

import reviewkit as rk
from reviewkit import readings
from reviewkit.comparisons import agreeing, disagreeing, stretches
from reviewkit.comparisons.disagreeing import confusions, disagreements, pairwise

# Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), examples A and C.
TWO = ([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
FOUR = (
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
)


def test_kappa_by_hand():
    table = agreeing.contingency(
        ["a"] * 25 + ["b"] * 25, ["a"] * 20 + ["b"] * 5 + ["a"] * 10 + ["b"] * 15, "ab"
    )
    assert table.tolist() == [[20, 5], [10, 15]]
    assert float(agreeing.raw_agreement(table)) == pytest.approx(0.7)
    assert float(agreeing.kappa(table)) == pytest.approx((0.7 - 0.5) / (1 - 0.5))


@pytest.mark.parametrize(
    ("readers", "labels", "published"), [(TWO, [0, 1], 0.095), (FOUR, [1, 2, 3, 4, 5], 0.743)]
)
def test_alpha_is_the_published_one(readers, labels, published):
    matrix = agreeing.coincidences(list(zip(*readers, strict=True)), labels)
    assert float(agreeing.alpha(matrix)) == pytest.approx(published, abs=0.0005)


def test_one_label_throughout_has_no_kappa_and_no_alpha():
    table = np.array([[9.0, 0], [0, 0]])
    assert np.isnan(agreeing.kappa(table))
    assert np.isnan(agreeing.alpha(table * 2))


def evidence(source: str, *rows: tuple[str, str, str, int, int]) -> pd.DataFrame:
    columns = ["review_id", "layer", "label", "start", "end"]
    return pd.DataFrame(rows, columns=columns).assign(source=source, runner_up=None)


SENTENCES = pd.DataFrame({"review_id": ["a", "a", "b"], "start": [0, 10, 0], "end": [9, 20, 9], "text": "x"})
VERDICTS = pd.DataFrame(columns=["review_id", "layer", "label", "source"])


def agreed(*rows: pd.DataFrame) -> pd.DataFrame:
    table = rk.agreement(pd.concat(rows), VERDICTS, SENTENCES, resamples=200)
    return table.set_index(["layer", "label", "measure"])


def test_agreement_layer_by_layer():
    one = evidence(
        "annotator-1",
        ("a", "structure", "plot", 0, 9),
        ("a", "structure", "theme", 10, 20),
        ("b", "structure", "overall", 0, 9),
        ("a", "spoilers", "major", 0, 9),
        ("a", "devices", "hedge", 0, 4),
        ("b", "devices", "hedge", 2, 5),
    )
    two = evidence(
        "annotator-2",
        ("a", "structure", "plot", 0, 9),
        ("a", "structure", "craft", 10, 20),
        ("b", "structure", "overall", 0, 9),
        ("a", "spoilers", "minor", 0, 9),
        ("a", "devices", "hedge", 0, 4),
        ("b", "devices", "hedge", 3, 8),
    )
    table = agreed(one, two)
    assert table.loc[("structure", "all", "raw"), "value"] == pytest.approx(2 / 3)
    assert table.loc[("structure", "comment", "F1"), "value"] == 1
    assert table.loc[("structure", "theme", "F1"), "value"] == 0
    assert table.loc[("spoilers", "grade 2 or more", "F1"), "value"] == 0
    assert table.loc[("devices", "hedge", "F1"), "value"] == pytest.approx(0.5)
    assert table.loc[("devices", "hedge", "F1 overlapping"), "value"] == 1
    assert (table["low"].isna() | (table["low"] <= table["value"])).all()


def test_a_source_that_labelled_nothing_is_named():
    with pytest.raises(
        rk.TableError, match="Nothing here was labelled by 'annotator-2'. Sources in this table: 'annot"
    ):
        agreed(evidence("annotator-1", ("a", "structure", "plot", 0, 9)))


# ---- any number of sources, some with missing marks ----


def read_by(source: str, *labels: str | None, layer: str = "structure", review: str = "a") -> pd.DataFrame:
    """What one source says of the sentences 0-9, 10-19, 20-29 ... of a review; None is a missing mark."""
    rows = [(review, layer, label, 10 * i, 10 * i + 9) for i, label in enumerate(labels) if label is not None]
    return evidence(source, *rows)


def sentences(**counts: int) -> pd.DataFrame:
    rows = [(review, 10 * i, 10 * i + 9, f"{review}{i}") for review, n in counts.items() for i in range(n)]
    return pd.DataFrame(rows, columns=["review_id", "start", "end", "text"])


def random_readings(seed: int, readers: int, units: int, missing: float) -> list[list[str | None]]:
    """Readers who agree more often than not, over three reviews; a share of marks is missing."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(["plot", "theme", "craft", "overall"], size=units)
    said = [np.where(rng.random(units) < 0.7, truth, rng.choice(truth, size=units)) for _ in range(readers)]
    return [[None if rng.random() < missing else str(label) for label in each] for each in said]


def test_alpha_of_four_readers_with_missing_marks_is_the_published_one():
    readers = [
        read_by(f"reader-{n}", *(None if m is None else str(m) for m in marks))
        for n, marks in enumerate(FOUR)
    ]
    table = rk.agreement(pd.concat(readers), VERDICTS, sentences(a=12), between=None, resamples=20)
    found = table.set_index(["layer", "label", "measure"])
    assert found.loc[("structure", "all", "alpha"), "value"] == pytest.approx(0.743, abs=0.0005)
    assert found.loc[("structure", "all", "alpha"), "n"] == 11  # one of the twelve has a single label


@pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")  # simpledorff 0.0.2
@pytest.mark.parametrize(("readers", "missing"), [(2, 0.0), (3, 0.2), (6, 0.5)])
def test_alpha_is_that_of_simpledorff(readers, missing):
    simpledorff = pytest.importorskip("simpledorff")
    said = random_readings(readers, readers, 60, missing)
    tables = [read_by(f"reader-{n}", *labels) for n, labels in enumerate(said)]
    mine = rk.agreement(pd.concat(tables), VERDICTS, sentences(a=60), between=None, resamples=5)
    mine = mine.set_index(["layer", "label", "measure"]).loc[("structure", "all", "alpha"), "value"]
    marks = [(i, n, label) for n, labels in enumerate(said) for i, label in enumerate(labels) if label]
    theirs = simpledorff.calculate_krippendorffs_alpha_for_df(
        pd.DataFrame(marks, columns=["unit", "reader", "label"]), "unit", "reader", "label"
    )
    assert mine == pytest.approx(theirs)


def test_kappa_is_that_of_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    said = random_readings(5, 3, 80, 0.0)
    tables = [read_by(f"reader-{n}", *labels) for n, labels in enumerate(said)]
    found = pairwise(pd.concat(tables), sentences(a=80))
    assert found.index.tolist() == ["reader-0", "reader-1", "reader-2"]
    for i in range(3):
        for j in range(3):
            assert found.iloc[i, j] == pytest.approx(metrics.cohen_kappa_score(said[i], said[j]))


def test_span_f1_is_that_of_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(2)
    first, second = (rng.random((2, 40)) < 0.5).astype(int)
    marks = [
        evidence(source, *(("a", "devices", "hedge", 10 * i, 10 * i + 5) for i in range(40) if each[i]))
        for source, each in (("annotator-1", first), ("annotator-2", second))
    ]
    table = agreed(*marks, read_by("annotator-1", "plot"), read_by("annotator-2", "plot"))
    theirs = metrics.f1_score(first, second)
    assert table.loc[("devices", "hedge", "F1"), "value"] == pytest.approx(theirs)
    assert table.loc[("devices", "hedge", "F1 overlapping"), "value"] == pytest.approx(theirs)


def test_of_two_sources_all_and_both_give_one_alpha():
    corpus = rk.load("the-great-gatsby")
    labels = corpus.labels
    two = labels.evidence[labels.evidence["source"].isin(["annotator-1", "annotator-2"])]
    pair, many = (
        rk.agreement(two, labels.verdicts, corpus.sentences, between=between, resamples=50).set_index(
            ["layer", "label", "measure"]
        )
        for between in (("annotator-1", "annotator-2"), None)
    )
    for layer in ("structure", "spoilers", "attitude"):
        for measure in ("raw", "alpha"):
            wanted = pair.loc[(layer, "all", measure), ["n", "value", "low", "high"]]
            assert many.loc[(layer, "all", measure), ["n", "value", "low", "high"]].equals(wanted)


def test_everyone_is_everyone_but_the_key_and_the_rules():
    labels = rk.load("never-let-me-go").labels
    assert agreeing.sources_of(labels.evidence, None) == ["annotator-1", "annotator-2", "annotator-3"]


def test_a_missing_grade_is_no_grade_0():
    # b gave the first two sentences a stage and graded the first of them; the third it left out.
    one = pd.concat(
        [read_by("a", "plot", "plot", "plot"), read_by("a", "major", "minor", "major", layer="spoilers")]
    )
    other = pd.concat([read_by("b", "plot", "plot"), read_by("b", "major", layer="spoilers")])
    units = agreeing.units_of(pd.concat([one, other]), sentences(a=3), "spoilers", ["a", "b"])
    assert list(units.values()) == [("major", "major"), ("minor", "none"), ("major", None)]


def test_who_gives_no_stages_has_read_the_reviews_that_they_mark():
    marks = evidence("me", ("a", "spoilers", "major", 0, 9))
    units = agreeing.units_of(marks, sentences(a=2, b=1), "spoilers", ["me"])
    assert list(units.values()) == [("major",), ("none",), (None,)]


def test_the_rules_are_a_source_like_others():
    corpus = rk.load("the-great-gatsby")
    found = pd.concat(
        [corpus.key, *(readings.read(corpus, layer) for layer in ("structure", "spoilers", "devices"))]
    )
    table = rk.agreement(found, VERDICTS, corpus.sentences, between=("key", "rule"), resamples=20)
    assert {"structure", "spoilers", "devices"} <= set(table["layer"])
    assert table["value"].between(-1, 1).all()


@pytest.mark.parametrize(
    ("between", "message"),
    [
        (("a",), "Agreement takes two sources or more. Sources in this table: 'a', 'key'"),
        (("a", "a"), "Agreement takes two sources or more"),
        ("a", "Agreement takes two sources or more"),
        (None, "Agreement takes two sources or more"),
        (("a", "b", "key"), "Nothing here was labelled by 'b'"),
    ],
)
def test_too_few_sources(between, message):
    table = pd.concat([read_by("a", "plot"), read_by("key", "plot")])
    with pytest.raises(rk.TableError, match=message):
        rk.agreement(table, VERDICTS, sentences(a=1), between=between)


# ---- stretches ----


@pytest.mark.parametrize(
    ("first", "second", "near", "wanted"),
    [
        ("aabb", "aabb", 2, 1),
        ("aabb", "ccdd", 2, 1),  # the same places, whatever the stages are called
        ("aaaa", "aaaa", 2, 1),
        ("aaaa", "aabb", 2, 0),
        ("aabb", "abbb", 2, 0.5),  # a near miss costs one half
        ("aabb", "abbb", 1, 0),  # ... unless it is none: two boundaries, each set by one reader alone
        ("aaab", "abbb", 2, 0),  # two sentences apart
        ("aaab", "abbb", 3, 1 / 3),  # ... within a span of three: it costs 2 of 3
        ("aabbcc", "aabbbb", 2, 0.5),  # one of two boundaries met
        ("aabbbc", "abbbbc", 2, 0.75),  # one met, one near: (2 - 1/2) / 2
    ],
)
def test_boundary_similarity_by_hand(first, second, near, wanted):
    assert stretches.boundary_similarity(first, second, near=near) == pytest.approx(wanted)
    assert stretches.boundary_similarity(second, first, near=near) == pytest.approx(wanted)


@pytest.mark.filterwarnings("ignore::SyntaxWarning")  # segeval 2.0.11, when it is first compiled
@pytest.mark.parametrize("near", [2, 3, 5])
@pytest.mark.parametrize("seed", range(20))
def test_boundary_similarity_is_that_of_segeval(seed, near):
    segeval = pytest.importorskip("segeval")
    first, second = random_readings(seed, 2, 30, 0.0)

    def masses(labels):
        edges = [0, *(at + 1 for at in sorted(stretches.boundaries(labels))), len(labels)]
        return tuple(end - start for start, end in itertools.pairwise(edges))

    theirs = segeval.boundary_similarity(masses(first), masses(second), n_t=near)
    assert stretches.boundary_similarity(first, second, near=near) == pytest.approx(float(theirs))


def test_boundaries_of_whole_reviews_are_pooled():
    # a: one boundary met; b: one near miss; c: read by one alone. (1 + 1/2) / 2.
    one = [
        read_by("x", "p", "p", "t"),
        read_by("x", "p", "p", "t", review="b"),
        read_by("x", "p", "t", review="c"),
    ]
    other = [
        read_by("y", "p", "p", "t"),
        read_by("y", "p", "t", "t", review="b"),
        read_by("y", "p", review="c"),
    ]
    table = stretches.boundary_agreement(
        pd.concat(one + other), sentences(a=3, b=3, c=2), between=("x", "y"), resamples=20
    )
    assert table.loc[0, ["between", "n", "value"]].tolist() == ["x and y", 2, 0.75]
    assert np.isnan(table.loc[0, "low"])


def test_readings_of_other_lengths_have_no_boundaries_in_common():
    with pytest.raises(
        rk.TableError, match="Two readers of the same sentences were expected, not of 2 and 3"
    ):
        stretches.boundary_similarity("ab", "abc")
    with pytest.raises(rk.TableError, match="a span of 1 or more sentences, not 0"):
        stretches.boundary_similarity("ab", "ab", near=0)


# ---- where they part ----

THREE = pd.concat(
    [
        read_by("x", "plot", "plot", "plot", "plot"),
        read_by("y", "plot", "theme", "theme", "plot"),
        read_by("z", "plot", "plot", "craft", None),
    ]
)


def test_the_sentences_that_divide_most_come_first():
    found = disagreements(THREE, sentences(a=4))
    assert found["text"].tolist() == ["a2", "a1"]
    assert found["labels"].tolist() == ["craft 1, plot 1, theme 1", "plot 2, theme 1"]
    assert found.loc[1, "said"] == "x: plot; y: theme; z: plot"
    # log2(3) bits where three readers give three labels; 2/3 log2(3/2) + 1/3 log2(3) where one differs.
    assert found["entropy"].tolist() == pytest.approx([1.58496, 0.9183], abs=0.0001)
    assert found["share"].tolist() == pytest.approx([1 / 3, 2 / 3])
    assert disagreements(THREE, sentences(a=4), labels=("craft", "plot"))["text"].tolist() == ["a2"]
    assert disagreements(THREE, sentences(a=4), between=("x", "z"))["text"].tolist() == ["a2"]


def test_which_label_met_which():
    found = confusions(THREE, sentences(a=4), between=("x", "y"))
    assert found.to_numpy().tolist() == [["plot", "plot", 2], ["plot", "theme", 2]]
    with pytest.raises(rk.TableError, match="Labels meet between two sources, not 3"):
        confusions(THREE, sentences(a=4), between=("x", "y", "z"))


def test_confusions_open_to_the_sentences_behind_them():
    corpus = rk.load("never-let-me-go")
    pair, marks = ("annotator-1", "annotator-2"), corpus.labels.evidence
    met = confusions(marks, corpus.sentences, between=pair)
    apart = met[met["label_1"] != met["label_2"]]
    assert apart["count"].sum() == len(disagreements(marks, corpus.sentences, between=pair))
    both = {tuple(sorted(labels)) for labels in apart[["label_1", "label_2"]].to_numpy()}
    opened = [disagreements(marks, corpus.sentences, between=pair, labels=labels) for labels in both]
    assert sum(map(len, opened)) == apart["count"].sum()


def test_pairs_without_common_sentences_have_no_kappa():
    apart = pd.concat([read_by("x", "plot"), read_by("y", None, "plot")])
    assert np.isnan(pairwise(apart, sentences(a=2)).loc["x", "y"])
    assert pairwise(THREE, sentences(a=4), measure="raw").loc["x", "y"] == 0.5
    with pytest.raises(rk.TableError, match="There is no measure 'F2'. There is: kappa, raw, alpha"):
        pairwise(THREE, sentences(a=4), measure="F2")
    with pytest.raises(
        rk.TableError, match="There is no layer of sentences 'devices'. There is: structure, spoil"
    ):
        pairwise(THREE, sentences(a=4), layer="devices")


@pytest.mark.parametrize("counts", [[4], [1, 1, 1, 1], [3, 1]])
def test_entropy_is_that_of_scipy(counts):
    stats = pytest.importorskip("scipy.stats")
    assert disagreeing.entropy(counts) == pytest.approx(stats.entropy(counts, base=2))


def test_agreement_says_what_it_cannot_show():
    corpus = rk.load("the-great-gatsby")
    labels = corpus.labels
    table = rk.agreement(labels.evidence, labels.verdicts, corpus.sentences, resamples=100)
    limits = table.attrs["limits"]
    assert limits[0] == "14 reviews, read by annotator-1 and annotator-2."
    assert any("n is below ten" in line for line in limits)
    assert "not that they are right" in limits[-1]
    few = table[table["label"] == "all"]
    shown = rk.show(few)
    assert repr(shown).endswith(f"* {limits[-1]}")
    assert f"<li>{limits[-1]}</li>" in shown._repr_html_()
    two = corpus.sentences[corpus.sentences["review_id"].isin(corpus.reviews["review_id"][:2])]
    of_two = rk.agreement(labels.evidence, labels.verdicts, two, resamples=100).attrs["limits"]
    assert "Of fewer than three reviews there is no interval." in of_two
    with_rules = pd.concat([labels.evidence, rk.read(corpus, "structure")])
    by_rule = rk.agreement(
        with_rules, labels.verdicts, corpus.sentences, between=("key", "rule"), resamples=9
    )
    assert "the rules' own" in by_rule.attrs["limits"][-1]
