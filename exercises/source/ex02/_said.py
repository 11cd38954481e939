"""What a page's readers said of who has read the novel, as the tasks need it."""

from __future__ import annotations

from typing import Any

import pandas as pd

import reviewkit as rk
from reviewkit.corpus import Corpus

ANNOTATORS = ("annotator-1", "annotator-2")
LESSON_USES = {2, 7, 8, 19, 21}  # reviews of the kit's own page that the lesson talks about


def key_is_open(corpus: Corpus) -> bool:
    """Whether a student may look into the key of this page; into an assessment's nobody may."""
    return bool(corpus.page.name == "never-let-me-go")


def spans(corpus: Corpus, source: str) -> pd.DataFrame:
    """What a source marked on perspective."""
    table = corpus.labels.evidence
    return table[(table["source"] == source) & (table["layer"] == "perspective")]


def verdict(corpus: Corpus, source: str = "key") -> dict[str, Any]:
    """The perspective of each review, by a source."""
    table = corpus.labels.verdicts
    said = table[(table["source"] == source) & (table["layer"] == "perspective")]
    return dict(zip(said["review_id"], said["label"], strict=True))


def basis(corpus: Corpus) -> dict[str, Any]:
    """Whether the key's verdict is stated or implied."""
    table = corpus.verdicts[corpus.verdicts["layer"] == "perspective"]
    return dict(zip(table["review_id"], table["basis"], strict=True))


def number(review_id: str) -> int:
    """The number of a review on its page."""
    return int(review_id.rpartition("-")[2])


def untold(corpus: Corpus) -> list[str]:
    """Reviews that the lesson does not talk about."""
    lesson = LESSON_USES if corpus.page.name == "never-let-me-go" else set()
    return [r for r in corpus.reviews["review_id"] if number(r) not in lesson]


def label_in(table: pd.DataFrame, row: Any) -> str | None:
    """What a source marked within a sentence; None where nothing."""
    near = table[
        (table["review_id"] == row.review_id) & (table["start"] < row.end) & (table["end"] > row.start)
    ]
    return str(near["label"].iloc[0]) if len(near) else None


def set_aside(corpus: Corpus) -> pd.DataFrame:
    """Words that a rule weighs and sets aside: no evidence about the reviewer."""
    found = rk.read(corpus, "perspective")
    return found[found["label"] == "set-aside"]


def texts(corpus: Corpus) -> dict[str, str]:
    """The text of each review."""
    return dict(zip(corpus.reviews["review_id"], corpus.reviews["text"].fillna(""), strict=True))
