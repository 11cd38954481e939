"""Two audiences and those who say nothing: what do counts say of them?

Where the key is not open to students the groups are the rules', and to like a film is to give it four stars.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

import reviewkit as rk
from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import number, table
from reviewkit.exercises.tasks import Task

from . import _said


def groups(corpus: Corpus) -> tuple[pd.Series, str]:
    """Each review's perspective, and the code that gives it."""
    if _said.key_is_open(corpus):
        return rk.groups(corpus, "perspective"), 'who = rk.groups(corpus, "perspective")'
    code = 'who = rk.groups(corpus, "perspective", source="rule")'
    return rk.groups(corpus, "perspective", source="rule"), code


def liking(corpus: Corpus) -> tuple[pd.Series, pd.Series, str] | None:
    """Whether each review likes the film, whether it is not against it, and the code that gives the first."""
    if _said.key_is_open(corpus):
        stance = rk.groups(corpus, "stance")
        return (
            stance == "favourable",
            stance != "unfavourable",
            'liked = rk.groups(corpus, "stance") == "favourable"',
        )
    stars = corpus.reviews.set_index("review_id")["rating"]
    if stars.isna().any():
        return None
    code = 'liked = corpus.reviews.set_index("review_id")["rating"] >= 4'
    return (stars >= 4).astype(bool), (stars >= 3).astype(bool), code


def likes(corpus: Corpus) -> Task | None:
    """What share of those who know only the film are favourable."""
    told = liking(corpus)
    (who, who_code), viewers = groups(corpus), groups(corpus)[0] == "film-only"
    if told is None or viewers.sum() < 3 or not told[0].any():
        return None
    liked, not_against, liked_code = told
    share = float(liked[viewers].mean())
    folded = who.isin(["film-only", "unstated"])
    not_readers = who != "book-reader"
    slips = {
        "silence-as-no": (
            float(liked[folded].mean()),
            "{yours} counts those who say nothing among the viewers. Have they said that they never read it?",
        ),
        "everybody-else-as-viewers": (
            float(liked[not_readers].mean()),
            "{yours} counts everybody who is no book-reader as a viewer. Who else is among them?",
        ),
        "the-other-audience": (
            float(liked[who == "book-reader"].mean()),
            "{yours} is the share among those who have read the novel.",
        ),
        "everybody": (float(liked.mean()), "{yours} is the share among all reviewers."),
        "the-silent": (
            float(liked[who == "unstated"].mean()),
            "{yours} is the share among those who say nothing of the book.",
        ),
        "turned-round": (
            float(viewers[liked].mean()),
            "{yours} says how many of the favourable ones are viewers. The question goes the other way.",
        ),
        "of-everybody": (
            float((viewers & liked).mean()),
            "{yours}: of how many is that a share? The question is about viewers alone.",
        ),
        "not-against-for-in-favour": (
            float(not_against[viewers].mean()),
            "{yours} takes in those who stand between. Do they like it?",
        ),
        "a-count-for-a-share": (float((viewers & liked).sum()), "{yours} is a count. Out of how many?"),
        "how-many-viewers": (
            float(viewers.sum()),
            "{yours} is how many viewers there are. How large a part of them is favourable?",
        ),
        "unfavourable": (
            float((~not_against)[viewers].mean()),
            "{yours} is the share of those who are against it.",
        ),
    }
    form, key = number(share, slips, tolerance=0.0051, unit="", most=None)
    seen: dict[float, str] = {}
    for name, (value, _) in slips.items():
        if abs(value - share) > 0.0051:
            seen.setdefault(round(value, 3), name)
    wrong: list[tuple[object, str]] = [
        *seen.items(),
        (100 * share, "share-or-percent"),
        (-share, "below-nought"),
    ]
    return Task(
        id="likes",
        kind="number",
        title="Among viewers",
        points=2,
        python=True,
        statement="What share of those who know **only the film** likes it? Give it as a number between 0 "
        "and 1, with "
        "two decimals. The first two lines give you each review's group, and whether it likes the film"
        + (
            ", both by the key."
            if _said.key_is_open(corpus)
            else ": the group by the rules, and four or five stars for liking."
        ),
        starter=f"{who_code}\n{liked_code}\n\nlikes = ...",
        answer=f'{who_code}\n{liked_code}\n\nlikes = liked.groupby(who).mean()["film-only"]',
        form=form,
        key=key,
        hints=(
            "The lesson has a table with three columns: favourable, reviews, share. You need one cell of it.",
            "`liked.groupby(who)` puts the reviews into their groups; `.mean()` gives the share of True in "
            "each.",
            '`liked.groupby(who).mean()` is a column with a row for each group; `["film-only"]` behind it '
            "takes one.",
        ),
        solution=f'`liked.groupby(who).mean()["film-only"]` gives {share:.2f}: '
        f"{int((viewers & liked).sum())} of {int(viewers.sum())}. "
        "Those who say nothing stay a group of their own.",
        ask="Whom did you count, out of whom?",
        right=[share, round(share, 2), f"{share:.2f}", [share]],
        wrong=wrong,
        cites=("02, “◆ Who likes it more?”",),
    )


def lengths(corpus: Corpus) -> Task | None:
    """How many reviews there are in each group, and how long the middle one is."""
    reviews = corpus.reviews.set_index("review_id")
    who, who_code = groups(corpus)
    texts: Any = reviews["text"]
    words = texts.str.split().str.len()
    if who.nunique() < 3:
        return None

    def made(values: pd.Series, by: pd.Series, middle: str = "median") -> pd.DataFrame:
        found = values.groupby(by).agg(["size", middle]).reset_index()
        return found.set_axis(["perspective", "reviews", "words"], axis="columns")

    right = made(words, who)
    folded = who.replace("unstated", "film-only")
    slips = {
        "mean-for-median": (
            made(words, who, "mean"),
            "In your column words stand averages. Which review is the one in the middle?",
        ),
        "sum-for-median": (
            made(words, who, "sum"),
            "In your column words stand all words of a group together.",
        ),
        "longest-for-middle": (
            made(words, who, "max"),
            "In your column words stands the longest review of each group.",
        ),
        "shortest-for-middle": (
            made(words, who, "min"),
            "In your column words stands the shortest review of each group.",
        ),
        "silence-as-no": (
            made(words, folded),
            "In your table those who say nothing have gone over to the viewers. Did they say so?",
        ),
        "silence-as-no-and-mean": (
            made(words, folded, "mean"),
            "Those who say nothing have gone over to the viewers, and words are averages.",
        ),
        "characters-for-words": (
            made(reviews["text"].str.len(), who),
            "In your column words stand characters. What has to be cut before it is counted?",
        ),
        "the-silent-left-out": (
            right[right["perspective"] != "unstated"],
            "Your table has nobody who says nothing. Are they not a group?",
        ),
        "two-audiences-alone": (
            right[right["perspective"].isin(["book-reader", "film-only"])],
            "Your table has the two audiences alone. Who else writes?",
        ),
        "everybody-together": (
            pd.DataFrame({"perspective": ["all"], "reviews": [len(words)], "words": [words.median()]}),
            "Your table has a single row. What were the groups?",
        ),
    }
    form, key = table(right, ["perspective"], slips)
    wrong: list[tuple[object, str]] = [(f, n) for n, (f, _) in slips.items() if n in key["slips"]]
    wrong += [
        (right.drop(columns="words"), "columns-missing"),
        (right.drop(columns="reviews"), "columns-missing"),
        (right.assign(reviews=right["reviews"] + 1), "cells-of-reviews"),
        (right.head(0), "no-rows"),
    ]
    code = (
        f'{who_code}\ncounts = corpus.reviews.set_index("review_id")["text"].str.split().str.len()\n\n'
        'lengths = counts.groupby(who).agg(["size", "median"])\nlengths = lengths.set_axis(["reviews", '
        '"words"], axis="columns")'
    )
    return Task(
        id="lengths",
        kind="table",
        title="Silence and brevity",
        points=3,
        python=True,
        statement="Make a table with a row for each perspective: how many reviews it has (`reviews`), and "
        "how many words "
        "the review in the middle has, the median (`words`). Do not fold any group into another.",
        starter=f"{who_code}\ncounts = "
        'corpus.reviews.set_index("review_id")["text"].str.split().str.len()\n\nlengths = ...',
        answer=code,
        form=form,
        key=key,
        hints=(
            "The lesson asks whose reviews are shortest, and shows such a table.",
            '`.agg([...])` takes a list of what is to be worked out: `"size"` counts, and `"median"` is '
            "the middle.",
            '`counts.groupby(who).agg(["size", "median"])` is nearly all of it; `.set_axis([...], '
            'axis="columns")` renames.',
        ),
        solution=f"```python\n{code}\n```\n\nEach group keeps its own row, and those who say nothing are "
        "one of them. "
        "Whether they say nothing because they write little is a question that the table raises, and does "
        "not answer.",
        ask="Take one group, and find the review in its middle. Does your table have its length?",
        right=[
            right,
            right.set_index("perspective"),
            right.iloc[::-1].astype("object"),
            right.rename(columns={"reviews": "size", "words": "median"}).set_index("perspective"),
        ],
        wrong=wrong,
        cites=("02, “Silence, or brevity?”",),
    )
