"""Where in a review things happen, against places worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from small import small

import reviewkit as rk
from reviewkit import schema
from reviewkit.comparisons.positions import first_reveals, sentiment_course, smoothed, stage_positions, tenth

# Two sentences of 9 characters with a blank between: middles at 4.5 / 19 and 14.5 / 19.
PAIR = {"p-01": [("It plays.", "plot"), ("It means.", "theme")], "p-02": [("It means.", "theme")]}


def test_a_sentence_stands_where_its_middle_is():
    found = stage_positions(small(PAIR))
    rows = found.sentences()
    assert rows["position"].tolist() == pytest.approx([4.5 / 19, 14.5 / 19, 0.5])
    assert rows["tenth"].tolist() == [3, 8, 6]
    assert found.sentences(stage="theme", tenth=8)["text"].tolist() == ["It means."]
    table = found.table.set_index(["group", "tenth", "stage"])
    assert table.loc[("all", 3, "plot"), ["count", "sentences", "share"]].tolist() == [1, 1, 1.0]
    assert np.isnan(table.loc[("all", 1, "plot"), "share"])
    assert len(found.table) == 100
    assert found.sentences(stage="craft").empty


def test_groups_stand_apart_and_counts_open_to_sentences():
    corpus = rk.load("never-let-me-go")
    found = stage_positions(corpus, by="perspective", resamples=200)
    assert found.table["count"].sum() == len(corpus.sentences)
    for row in found.table[found.table["count"] > 0].head(40).itertuples():
        assert len(found.sentences(group=row.group, tenth=row.tenth, stage=row.stage)) == row.count
    known = found.table.dropna(subset="low")
    assert ((known["low"] <= known["share"]) & (known["share"] <= known["high"])).mean() > 0.95
    assert "planted" in found.limits[-1]


@pytest.mark.parametrize(("at", "wanted"), [(0, 1), (0.0999, 1), (0.1, 2), (0.95, 10), (1, 10)])
def test_tenths(at, wanted):
    assert tenth(at) == wanted


@pytest.mark.parametrize(
    ("values", "over", "wanted"),
    [
        ([1, 2, 6], 1, [1, 2, 6]),
        ([1, 2, 6], 3, [1, 3, 6]),
        ([1, 2, 6], 5, [1, 3, 6]),  # the window stays centred, so that here it is three at most
        ([0, 0, 10, 0, 0], 5, [0, 10 / 3, 2, 10 / 3, 0]),
        ([4], 3, [4]),
        ([], 3, []),
    ],
)
def test_a_centred_moving_average(values, over, wanted):
    assert smoothed(values, over=over) == pytest.approx(wanted)
    middle = pd.Series(values, dtype=float).rolling(over, center=True).mean().dropna()
    assert np.array(smoothed(values, over=over))[middle.index] == pytest.approx(middle.to_numpy())


def test_the_course_of_sentiment_is_raw_beside_smoothed():
    corpus = small({"p-01": [("I love it.", "overall"), ("It is there.", "plot"), ("I hate it.", "overall")]})
    found = sentiment_course(corpus, "p-01", over=3).table
    raw = found["compound"].tolist()
    assert raw[0] > 0.5
    assert raw[1] == 0
    assert raw[2] < -0.5
    assert found["smoothed"].tolist() == pytest.approx([raw[0], sum(raw) / 3, raw[2]])
    assert found["position"].between(0, 1).all()


@pytest.mark.parametrize("over", [0, 2, -3])
def test_a_window_is_odd(over):
    with pytest.raises(rk.TableError, match=f"an odd number of sentences, 1, 3, 5 and so on, not {over}"):
        sentiment_course(small(PAIR), "p-01", over=over)


def test_an_unknown_review():
    with pytest.raises(rk.TableError, match="There is no review 'p-09' here. There are: 'p-01' to 'p-02'"):
        sentiment_course(small(PAIR), "p-09")


def told() -> object:
    """p-01 warns at its beginning and tells in its second half; p-02 tells nothing; nobody labelled p-03."""
    corpus = small({**PAIR, "p-03": [("It plays.", "plot")]}, invented=True)
    marks = schema.frame(
        "evidence",
        {
            "review_id": ["p-01", "p-01", "p-01"],
            "layer": ["spoilers"] * 3,
            "label": ["warning", "minor", "major"],
            "start": [0, 0, 10],
            "end": [2, 9, 19],
            "text": ["It", "It plays.", "It means."],
            "source": ["key"] * 3,
        },
    )
    verdicts = schema.frame(
        "verdicts",
        {
            "review_id": ["p-01", "p-02"],
            "layer": ["spoilers"] * 2,
            "label": ["warned", "spoiler-free"],
            "severity": [2, 0],
            "first_reveal": [10 / 19, None],
            "source": ["key"] * 2,
        },
    )
    corpus.labels = rk.Labels(
        pd.concat([corpus.labels.evidence, marks], ignore_index=True),
        verdicts,
        pd.DataFrame(),
        pd.DataFrame(),
    )
    return corpus


def test_first_reveals_by_hand():
    found = first_reveals(told(), by={"p-01": "a", "p-02": "b"})
    assert found.table["review_id"].tolist() == ["p-01", "p-02"]
    assert found.table["first_reveal"].tolist() == [10 / 19, pd.NA]
    assert found.table["warned_at"].tolist() == [0, pd.NA]
    assert found.sentences()[["review_id", "group", "text", "label", "position"]].to_numpy().tolist() == [
        ["p-01", "a", "It means.", "major", 10 / 19]
    ]
    assert "Left out: 1 review without labels by 'key'." in found.limits
    assert found.limits[-1].startswith("These reviews were invented")


@pytest.mark.parametrize("source", ["key", "rule"])
def test_first_reveals_are_where_the_verdicts_say(source):
    found = first_reveals(rk.load("never-let-me-go"), source=source)
    places = found.sentences().set_index("review_id")["position"]
    given = found.table.dropna(subset="first_reveal").set_index("review_id")["first_reveal"]
    assert places.loc[given.index].to_numpy() == pytest.approx(given.to_numpy(float))
    assert len(places) == len(given)


def test_unknown_columns_and_values():
    found = stage_positions(small(PAIR))
    with pytest.raises(
        rk.TableError, match="These sentences have no column 'stages'. They have: 'review_id'"
    ):
        found.sentences(stages="plot")
    with pytest.raises(
        rk.TableError, match="Nothing here has the stage 'plots'. There is: 'background', 'plot'"
    ):
        found.sentences(stage="plots")
