"""A table that answers a question."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import table
from reviewkit.exercises.tasks import Task


def long_and_helpful(corpus: Corpus) -> Task | None:
    """The reviews with many votes, and how long they are."""
    reviews = corpus.reviews
    votes = reviews["helpful_votes"]
    ranked = votes.dropna().sort_values(ascending=False)
    if len(ranked) < 8:
        return None
    limit = int(ranked.iloc[5])  # somebody has just as many, so that "more" is less than "at least"
    texts: Any = reviews["text"]
    words = texts.str.split().str.len()
    whole = reviews[["review_id", "helpful_votes"]].assign(words=words)
    right = whole[votes >= limit]
    characters = reviews["text"].str.len()
    slips = {
        "more-for-at-least": (
            whole[votes > limit],
            "Your table leaves somebody out who has exactly that many votes. What does “at least” take in?",
        ),
        "the-other-side": (
            whole[votes <= limit],
            "Your table has the reviews at and below the limit. Which way does your sign point?",
        ),
        "below-for-above": (
            whole[votes < limit],
            "Your table has the reviews below the limit. Which way does your sign point?",
        ),
        "exactly-that-many": (
            whole[votes == limit],
            "Your table has only those with exactly that many votes.",
        ),
        "everybody": (whole, "Your table has all the reviews. Which of them were asked for?"),
        "unknown-let-in": (
            whole[(votes >= limit) | votes.isna()],
            "Your table has reviews in it of which no votes are known. Do they reach the limit?",
        ),
        "characters-for-words": (
            right.assign(words=characters),
            "In your column words stand characters. What has to be cut before it is counted?",
        ),
        "characters-of-everybody": (
            whole.assign(words=characters),
            "Your table has all the reviews, and characters where words were asked for.",
        ),
        "spaces-for-words": (
            right.assign(words=reviews["text"].str.count(" ")),
            "You have counted the spaces. Between five words there are four of them.",
        ),
        "sentences-for-words": (
            right.assign(words=reviews["text"].str.count(r"[.!?]")),
            "You have counted stops. How many words stand between two of them?",
        ),
        "comments-for-votes": (
            whole.assign(helpful_votes=reviews["comments"])[votes >= limit],
            "In your column of helpful votes stand comments.",
        ),
        "the-most-words": (
            whole.sort_values("words", ascending=False).head(len(right)),
            "Your table has the longest reviews. Are they those with the most votes?",
        ),
        "the-first-ones": (
            whole.head(len(right)),
            "Your table has the first reviews of the page. Are they those with the most votes?",
        ),
    }
    form, key = table(right, ["review_id"], slips)
    kept = key["slips"]
    wrong: list[tuple[object, str]] = [(frame, name) for name, (frame, _) in slips.items() if name in kept]
    wrong += [
        (right.drop(columns="words"), "columns-missing"),
        (right.iloc[:-2], "rows-missing"),
        (right.head(0), "no-rows"),
        (pd.concat([right, right.head(1)]), "rows-twice"),
        (right.assign(words=right["words"] + 1), "cells-of-words"),
    ]
    code = (
        f'votes = corpus.reviews["helpful_votes"]\n'
        'words = corpus.reviews["text"].str.split().str.len()\n'
        'mine = corpus.reviews[["review_id", "helpful_votes"]].assign(words=words)\n'
        f"helpful = mine[votes >= {limit}]"
    )
    return Task(
        id="helpful",
        kind="table",
        title="A table with a question",
        points=3,
        python=True,
        statement="Are the reviews that others found helpful the long ones? Make a table of the reviews "
        "with **at "
        f"least {limit}** helpful votes, and the columns `review_id`, `helpful_votes` and `words` (how "
        "many words the "
        "review has). The order of rows does not matter.",
        starter="helpful = ...",
        answer=code,
        form=form,
        key=key,
        hints=(
            "The lesson has a cell that adds a column `words` to a table. Begin with a copy of it.",
            "To keep some rows, put a comparison into square brackets behind the table: `mine[...]`.",
            f'“At least {limit}” is `>= {limit}`, and the votes are `corpus.reviews["helpful_votes"]`.',
        ),
        solution=f"```python\n{code}\n```\n\nReviews of which no votes are known do not reach the limit: a "
        "comparison "
        "with unknown is not true. Whether long reviews are found helpful because they are long, or are "
        "read because "
        "they stand at the top, this table cannot tell.",
        ask="Take one row of your table and hold it against the page: should it be there, and are its "
        "numbers right?",
        right=[
            right,
            right.sort_values("words").reset_index(drop=True),
            right.set_index("review_id"),
            right.rename(columns={"words": "Words"})[["helpful_votes", "Words", "review_id"]].astype(
                "object"
            ),
            right.astype(str).to_dict("records"),
        ],
        wrong=wrong,
        cites=("01, “A table of your own”",),
    )
