"""How a review handles what it could give away, by the manual's rules."""

from __future__ import annotations

import pandas as pd
import pytest

import reviewkit as rk

REVIEWS = pd.DataFrame({"review_id": ["a"], "text": ["x" * 100]})


def verdict(*marks: tuple[str, int]) -> pd.Series:
    evidence = pd.DataFrame(
        [("a", "spoilers", label, start, start + 5, "key") for label, start in marks],
        columns=["review_id", "layer", "label", "start", "end", "source"],
    )
    if evidence.empty:
        evidence.loc[0] = ["a", "structure", "plot", 0, 5, "key"]
    table = rk.handlings(evidence, REVIEWS)
    assert table.dtypes.to_dict() == rk.handlings(evidence, REVIEWS.head(0)).dtypes.to_dict()
    return table.iloc[0]


@pytest.mark.parametrize(
    ("marks", "label", "severity", "reveal", "broken"),
    [
        ((), "spoiler-free", 0, None, False),
        ((("minor", 10),), "spoiler-free", 1, None, False),
        ((("warning", 0),), "spoiler-free", 0, None, False),
        ((("withholding", 0),), "withheld", 0, None, False),
        ((("warning", 0), ("major", 50)), "warned", 2, 0.5, False),
        ((("warning", 50), ("major", 50)), "warned", 2, 0.5, False),
        ((("major", 20), ("warning", 50), ("everything", 60)), "unwarned", 3, 0.2, False),
        ((("everything", 0),), "unwarned", 3, 0.0, False),
        ((("withholding", 0), ("major", 10)), "unwarned", 2, 0.1, True),
        ((("withholding", 0), ("warning", 5), ("major", 10)), "warned", 2, 0.1, True),
    ],
)
def test_a_verdict(marks, label, severity, reveal, broken):
    found = verdict(*marks)
    assert (found["label"], found["severity"], found["broken_promise"]) == (label, severity, broken)
    assert pd.isna(found["first_reveal"]) if reveal is None else found["first_reveal"] == reveal
    assert found["spans"] == len(marks)


def test_each_source_has_its_own_verdicts():
    marks = pd.DataFrame(
        {
            "review_id": "a",
            "layer": "spoilers",
            "label": ["major", "withholding"],
            "start": 0,
            "end": 5,
            "source": ["key", "me"],
        }
    )
    table = rk.handlings(marks, REVIEWS).set_index("source")["label"]
    assert table.to_dict() == {"key": "unwarned", "me": "withheld"}
