"""The score of a whole text, held against the stars."""

from __future__ import annotations

import reviewkit as rk
from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import table
from reviewkit.exercises.tasks import Task


def stars(corpus: Corpus) -> Task | None:
    """Reviews with few stars that score high."""
    whole = rk.weigh_reviews(corpus)[["review_id", "rating", "whole", "mean"]]
    few, high = whole["rating"] <= 3, whole["whole"] >= 0.5
    few_known = few.fillna(False).astype(bool)
    wanted = ["review_id", "rating", "whole"]
    right = whole.loc[few_known & high, wanted]
    if len(right) < 2 or few_known.sum() <= len(right) - 1:
        return None
    less = (whole["rating"] < 3).fillna(False).astype(bool)
    more = (whole["rating"] >= 3).fillna(False).astype(bool)
    unknown = whole["rating"].isna()
    slips = {
        "fewer-for-at-most": (
            whole.loc[less & high, wanted],
            "Your table leaves out those with exactly three stars. What does “at most” take in?",
        ),
        "the-other-side-of-the-stars": (
            whole.loc[more & high, wanted],
            "Your table has reviews with three stars and more. Which way does your sign point?",
        ),
        "exactly-three": (
            whole.loc[few_known & ~less & high, wanted],
            "Your table has only those with exactly three stars.",
        ),
        "the-low-scores": (
            whole.loc[few_known & ~high, wanted],
            "Your table has the reviews whose score is below 0.5. Which of them would surprise a critic?",
        ),
        "stars-alone": (
            whole.loc[few_known, wanted],
            "Your table has every review with few stars. What was asked of the score?",
        ),
        "score-alone": (
            whole.loc[high, wanted],
            "Your table has every review with a high score. What was asked of the stars?",
        ),
        "unknown-let-in": (
            whole.loc[(few_known | unknown) & high, wanted],
            "Your table has reviews in it whose stars nobody knows. Have they at most three?",
        ),
        "mean-for-whole": (
            whole.loc[few_known & (whole["mean"] >= 0.5), wanted],
            "Your table goes by the average of the sentences. Which column weighs the text in one piece?",
        ),
        "mean-in-its-place": (
            right.assign(whole=whole["mean"]),
            "In your column whole stands the average of the sentences.",
        ),
        "only-the-end-of-the-scale": (
            whole.loc[few_known & (whole["whole"] >= 0.95), wanted],
            "Your table has only scores at the very end of the scale. Where was the limit?",
        ),
        "everybody": (whole[wanted], "Your table has all the reviews. Which of them were asked for?"),
        "either-for-both": (
            whole.loc[few_known | high, wanted],
            "Your table has reviews that fulfil one of the two conditions. Both were asked for.",
        ),
    }
    form, key = table(right, ["review_id"], slips)
    wrong: list[tuple[object, str]] = [
        (frame, name) for name, (frame, _) in slips.items() if name in key["slips"] and len(frame)
    ]
    wrong += [
        (right.drop(columns="rating"), "columns-missing"),
        (right.head(0), "no-rows" if "mean-for-whole" not in key["slips"] else "mean-for-whole"),
        (right.iloc[:-1], "rows-missing"),
        (right.assign(whole=right["whole"] - 0.3), "cells-of-whole"),
    ]
    code = (
        "reviews = rk.weigh_reviews(corpus)\n"
        'few = reviews[reviews["rating"] <= 3]\n'
        'stars = few[few["whole"] >= 0.5][["review_id", "rating", "whole"]]'
    )
    return Task(
        id="stars",
        kind="table",
        title="Few stars, high score",
        points=3,
        python=True,
        statement="Which reviews have **at most three stars**, and score **0.5 or more** as whole texts? "
        "Make a table with the columns `review_id`, `rating` and `whole`. More columns do no harm, and "
        "the order of rows does not matter.",
        starter="reviews = rk.weigh_reviews(corpus)\n\nstars = ...",
        answer=code,
        form=form,
        key=key,
        hints=(
            "Run `reviews` in a cell of its own first. Which column has the stars, and which the whole text?",
            "Take it in two steps: a table with few stars, and from that table the high scores.",
            'The first step is `few = reviews[reviews["rating"] <= 3]`. The second looks like it.',
        ),
        solution=f"```python\n{code}\n```\n\n{len(right)} of {int(few_known.sum())} reviews with at most "
        "three stars score 0.5 or more. Whoever takes a film apart says what would have been *good*, "
        "*better* or *beautiful*, and the longer the text the nearer it comes to 1, whatever it says. A "
        "review whose stars are unknown is not in the table: a comparison with unknown is not true.",
        ask="Take one row of your table: how many stars has it, and what does it score in one piece?",
        right=[
            right,
            right.sort_values("whole").reset_index(drop=True),
            right.set_index("review_id"),
            whole.loc[few_known & high],
            right.astype(str).to_dict("records"),
        ],
        wrong=wrong,
        cites=("06, “Score, stance and stars”", "06, “The whole text, and its sentences”"),
    )
