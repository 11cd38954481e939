"""How does a review handle what it could give away? One verdict per review, from spoiler evidence of any
source.

A review that gives away the secret, a turn or a fate (grade 2 or more) is `warned` where a warning begins
no later than the first such sentence, else `unwarned`; one that does not is `withheld` where it declines in
words to tell, else `spoiler-free`. Beside it stand the gravest grade, where in the text the first such
sentence begins, and whether something was withheld and told all the same.
"""

from __future__ import annotations

import pandas as pd

from . import schema

__all__ = ["GRADE_OF", "handlings"]

GRADE_OF = {"minor": 1, "major": 2, "everything": 3}
"""The grade, 1 to 3, of each label that a sentence can have in the layer `spoilers`; 0 has no row."""


def handlings(evidence: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """The handling of every review, for each source in a table of evidence.

    Takes tables of evidence (layer `spoilers`; other layers are left aside) and reviews. Gives a table of
    verdicts, one row per source and review, in the order of the reviews: label, spans (rows of evidence),
    severity (grade 0 to 3), first_reveal (from 0, the text's beginning, to 1), broken_promise. Raises
    `TableError` where a column is missing.

    >>> reviews = pd.DataFrame({"review_id": ["a-01"], "text": ["Spoilers! They are clones."]})
    >>> found = pd.DataFrame({"review_id": "a-01", "layer": "spoilers", "label": ["warning", "major"],
    ...                       "start": [0, 10], "end": [9, 26], "source": "hand"})
    >>> handlings(found, reviews)[["label", "severity"]].values.tolist()
    [['warned', 2]]
    """
    schema.check(evidence, "evidence", ("review_id", "layer", "label", "start", "source"))
    schema.check(reviews, "reviews", ("review_id", "text"))
    spoilers = evidence[evidence["layer"] == "spoilers"]
    rows: dict[str, list[object]] = {name: [] for name in schema.TABLES["verdicts"]}
    for source in dict.fromkeys(evidence["source"]) or ["rule"]:
        marks: dict[str, list[tuple[int, str]]] = {}
        of_source = spoilers[spoilers["source"] == source]
        for review_id, start, label in zip(
            of_source["review_id"], of_source["start"], of_source["label"], strict=True
        ):
            marks.setdefault(review_id, []).append((start, label))
        for review_id, text in zip(reviews["review_id"], reviews["text"].fillna(""), strict=True):
            for column, value in _verdict(marks.get(review_id, []), len(text)).items():
                rows[column].append(value)
            for column, value in (("review_id", review_id), ("layer", "spoilers"), ("source", source)):
                rows[column].append(value)
    return schema.frame("verdicts", {name: values for name, values in rows.items() if values})


def _verdict(marks: list[tuple[int, str]], length: int) -> dict[str, object]:
    """The verdict's own columns, from where each label starts in a text of this length."""
    grades = [GRADE_OF.get(label, 0) for _, label in marks]
    reveals = [start for (start, _), grade in zip(marks, grades, strict=True) if grade >= 2]
    withheld = any(label == "withholding" for _, label in marks)
    first = min(reveals, default=None)
    if first is None:
        label = "withheld" if withheld else "spoiler-free"
    else:
        label = "warned" if any(w == "warning" and at <= first for at, w in marks) else "unwarned"
    return {
        "label": label,
        "spans": len(marks),
        "severity": max(grades, default=0),
        "first_reveal": None if first is None else first / length,
        "broken_promise": withheld and first is not None,
    }
