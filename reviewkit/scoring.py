"""How often is a reading right? Hits, false alarms and misses of each label, review by review, against a key.

Sentences are counted for stages and grades, spans for perspective evidence, warnings and devices (two spans
of one label that overlap are the same find), reviews for verdicts. Where a key names a second stage, either
is right. Everything is counted per review, so that intervals can be drawn over reviews.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from .handling import GRADE_OF

__all__ = ["COMMENT", "DESCRIPTION", "DEVICES", "STAGES", "Counts", "Question"]
__all__ += ["by_place", "counted", "f1", "labelled", "places", "precision", "recall", "spans_met"]

Counts = npt.NDArray[np.float64]
"""(reviews, 3): hits, false alarms, misses."""

DESCRIPTION = ("background", "plot")
COMMENT = ("performance", "craft", "theme", "comparison", "response", "overall")
STAGES = (*DESCRIPTION, *COMMENT, "address", "other")
DEVICES = ("concession", "grounds", "voices", "hedge", "booster", "question", "ethos")
PERSPECTIVES = ("book-reader", "film-only", "partial", "unstated")

Question = tuple[str, str]
"""Layer and label."""


def f1(counts: Counts) -> Counts:
    """2 hits / (2 hits + false alarms + misses), of (..., 3); missing where there is nothing to find.

    >>> float(f1(np.array([3.0, 1, 1])))
    0.75
    """
    return _share(2 * counts[..., 0], 2 * counts[..., 0] + counts[..., 1] + counts[..., 2])


def precision(counts: Counts) -> Counts:
    """Hits / (hits + false alarms), of (..., 3)."""
    return _share(counts[..., 0], counts[..., 0] + counts[..., 1])


def recall(counts: Counts) -> Counts:
    """Hits / (hits + misses), of (..., 3)."""
    return _share(counts[..., 0], counts[..., 0] + counts[..., 2])


def _share(part: Counts, whole: Counts) -> Counts:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Counts = np.where(whole == 0, np.nan, part / whole)
    return found


def counted(
    key: tuple[pd.DataFrame, pd.DataFrame],
    given: tuple[pd.DataFrame, pd.DataFrame],
    sentences: pd.DataFrame,
    reviews: list[str],
) -> dict[Question, Counts]:
    """Hits, false alarms and misses of what is given against a key, for each layer and label.

    `key` and `given` are each a table of evidence and one of verdicts, of a single source; layers that
    `given` lacks count as empty. Rows of the result's arrays follow `reviews`.
    """
    found: dict[Question, Counts] = {}
    found |= _of_stages(key[0], given[0], sentences, reviews)
    found |= _of_grades(key[0], given[0], sentences, reviews)
    for layer, labels in (("spoilers", ("warning", "withholding")), ("devices", DEVICES)):
        found |= spans_met(layer, labels, key[0], given[0], reviews)
    found |= _of_verdicts("perspective", PERSPECTIVES, key[1], given[1], reviews)
    handled = _of_verdicts(
        "spoilers", ("warned", "unwarned", "withheld", "spoiler-free"), key[1], given[1], reviews
    )
    found |= handled
    found["spoilers", "handling"] = sum(handled.values(), np.zeros((len(reviews), 3)))
    return found


Place = tuple[str, int, int]


def _of_stages(
    key: pd.DataFrame, given: pd.DataFrame, sentences: pd.DataFrame, reviews: list[str]
) -> dict[Question, Counts]:
    right, said = by_place(key, "structure"), by_place(given, "structure")
    either = by_place(key, "structure", "runner_up")
    pairs = []
    for place in places(sentences, reviews):
        if place in right:
            wanted, got = right[place], said.get(place, "none")
            pairs.append((place[0], got if got == either.get(place) else wanted, got))
    found = {("structure", stage): labelled(pairs, {stage}, reviews) for stage in STAGES}
    found["structure", "description"] = labelled(pairs, set(DESCRIPTION), reviews)
    found["structure", "comment"] = labelled(pairs, set(COMMENT), reviews)
    return found


def _of_grades(
    key: pd.DataFrame, given: pd.DataFrame, sentences: pd.DataFrame, reviews: list[str]
) -> dict[Question, Counts]:
    right, said = (_graded(table) for table in (key, given))
    pairs = [(p[0], right.get(p, "none"), said.get(p, "none")) for p in places(sentences, reviews)]
    return {
        ("spoilers", "grade 2 or more"): labelled(pairs, {"major", "everything"}, reviews),
        ("spoilers", "grade 1 or more"): labelled(pairs, set(GRADE_OF), reviews),
        ("spoilers", "grade 3"): labelled(pairs, {"everything"}, reviews),
    }


def _graded(table: pd.DataFrame) -> dict[Place, str]:
    return by_place(table[table["label"].isin(list(GRADE_OF))], "spoilers")


def labelled(pairs: Iterable[tuple[str, str, str]], labels: set[str], reviews: list[str]) -> Counts:
    """Counts of whether the label is one of these, from (review, wanted, got)."""
    row = {review: i for i, review in enumerate(reviews)}
    counts = np.zeros((len(reviews), 3))
    for review, wanted, got in pairs:
        if wanted in labels or got in labels:
            kind = 0 if wanted in labels and got in labels else 1 if got in labels else 2
            counts[row[review], kind] += 1
    return counts


def spans_met(
    layer: str,
    labels: Iterable[str],
    key: pd.DataFrame,
    given: pd.DataFrame,
    reviews: list[str],
    *,
    exact: bool = False,
) -> dict[Question, Counts]:
    """A span is a hit where it overlaps one of the key's, or is the `exact` same; those that none meets are
    misses."""
    meet = tuple.__eq__ if exact else _meet
    right, said = _spans(key, layer), _spans(given, layer)
    found = {}
    for label in labels:
        counts = np.zeros((len(reviews), 3))
        for i, review in enumerate(reviews):
            wanted, got = right.get((review, label), []), said.get((review, label), [])
            hits = sum(any(meet(one, other) for other in wanted) for one in got)
            missed = sum(not any(meet(one, other) for other in got) for one in wanted)
            counts[i] = len(wanted) - missed, len(got) - hits, missed
        found[layer, label] = counts
    return found


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _of_verdicts(
    layer: str, labels: Iterable[str], key: pd.DataFrame, given: pd.DataFrame, reviews: list[str]
) -> dict[Question, Counts]:
    right, said = (_verdicts(table, layer) for table in (key, given))
    pairs = [(r, right[r], said.get(r, "none")) for r in reviews if r in right]
    return {(layer, label): labelled(pairs, {label}, reviews) for label in labels}


def _verdicts(table: pd.DataFrame, layer: str) -> dict[str, str]:
    rows = table[table["layer"] == layer]
    return dict(zip(rows["review_id"], rows["label"], strict=True))


def places(sentences: pd.DataFrame, reviews: list[str]) -> list[Place]:
    """Where each sentence of these reviews stands: (review, start, end)."""
    known = set(reviews)
    rows = zip(sentences["review_id"], sentences["start"], sentences["end"], strict=True)
    return [place for place in rows if place[0] in known]


def by_place(table: pd.DataFrame, layer: str, column: str = "label") -> dict[Place, str]:
    """What one layer of a table of evidence says of each place where it says something."""
    rows = table[(table["layer"] == layer) & table[column].notna()]
    places = zip(rows["review_id"], rows["start"], rows["end"], strict=True)
    return dict(zip(places, rows[column], strict=True))


def _spans(table: pd.DataFrame, layer: str) -> Mapping[tuple[str, str], list[tuple[int, int]]]:
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    rows = table[table["layer"] == layer]
    columns = (rows[name] for name in ("review_id", "label", "start", "end"))
    for review, label, start, end in zip(*columns, strict=True):
        spans.setdefault((review, label), []).append((start, end))
    return spans
