"""From reviews to sentences, and what can be counted of them."""

from __future__ import annotations

import hashlib

import pandas as pd

from . import schema
from .splitting import paragraphs, sentence_spans

__all__ = ["facts", "sentences"]


def sentences(reviews: pd.DataFrame) -> pd.DataFrame:
    """Each review, sentence by sentence, with exact offsets.

    Takes a table with `review_id` and `text`; gives one row per sentence with review_id, paragraph, sentence
    (both counted from 1 within the review), start, end (code points of the review's text, half open), text.
    Raises `TableError` where a column is missing.

    >>> reviews = pd.DataFrame({"review_id": ["a-01"], "text": ["It rains. Ruth waits."]})
    >>> sentences(reviews)["text"].tolist()
    ['It rains.', 'Ruth waits.']
    """
    schema.check(reviews, "reviews", ("review_id", "text"))
    columns: dict[str, list[object]] = {name: [] for name in schema.TABLES["sentences"]}
    for review_id, text in zip(reviews["review_id"], reviews["text"].fillna(""), strict=True):
        spans = list(sentence_spans(text))
        columns["review_id"] += [review_id] * len(spans)
        columns["paragraph"] += [paragraph for paragraph, _, _ in spans]
        columns["sentence"] += range(1, len(spans) + 1)
        columns["start"] += [start for _, start, _ in spans]
        columns["end"] += [end for _, _, end in spans]
        columns["text"] += [text[start:end] for _, start, end in spans]
    return schema.frame("sentences", columns)


def facts(reviews: pd.DataFrame) -> pd.DataFrame:
    """What can be counted of each review without quoting it, and the hash of its text.

    Takes a table with review_id, date, helpful_votes, comments and text. Gives one row per review: the first
    four, then words (runs between white space), characters (code points), paragraphs, sentences, and sha256
    (of the text in UTF-8). Raises `TableError` where a column is missing.
    """
    known = ["review_id", "date", "helpful_votes", "comments"]
    schema.check(reviews, "reviews", (*known, "text"))
    texts = list(reviews["text"].fillna(""))
    return (
        reviews[known]
        .reset_index(drop=True)
        .assign(
            words=[len(text.split()) for text in texts],
            characters=[len(text) for text in texts],
            paragraphs=[len(paragraphs(text)) for text in texts],
            sentences=[sum(1 for _ in sentence_spans(text)) for text in texts],
            sha256=[hashlib.sha256(text.encode()).hexdigest() for text in texts],
        )
    )
