"""Two counts of one page: how much room a stage takes, and who does without it."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pandas as pd

import reviewkit as rk
from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import claim, table
from reviewkit.exercises.tasks import Task

_CODE = 'stages = rk.read(corpus, "structure")'


def two_counts(corpus: Corpus) -> Task | None:
    """For each stage its sentences, and the reviews that have it."""
    stages: Any = rk.read(corpus, "structure")
    reviews = len(corpus.reviews)
    by = stages.groupby("label")
    right = (
        pd.DataFrame({"sentences": by.size(), "reviews": by["review_id"].nunique()})
        .rename_axis("stage")
        .reset_index()
    )
    if len(right) < 5 or (right["sentences"] == right["reviews"]).all():
        return None
    first = stages.sort_values("start").drop_duplicates("review_id")["label"].value_counts()
    most = stages.groupby("review_id")["label"].agg(lambda s: s.value_counts().idxmax()).value_counts()
    size = by["text"].apply(lambda texts: texts.str.len().sum())

    def column(name: str, values: pd.Series) -> pd.DataFrame:
        return right.assign(**{name: right["stage"].map(values).fillna(0).astype(int)})

    slips = {
        "sentences-twice": (
            right.assign(reviews=right["sentences"]),
            "Both your columns count sentences. In how many **different** reviews is a stage found?",
        ),
        "reviews-twice": (
            right.assign(sentences=right["reviews"]),
            "Both your columns count reviews. How often is a stage there, in all of them together?",
        ),
        "columns-exchanged": (
            right.rename(columns={"sentences": "reviews", "reviews": "sentences"})[
                ["stage", "sentences", "reviews"]
            ],
            "Your columns have changed places. Can a stage be in more reviews than there are sentences "
            "of it?",
        ),
        "lacking-for-having": (
            right.assign(reviews=reviews - right["reviews"]),
            "In your column reviews stand those that **lack** the stage.",
        ),
        "first-sentences": (
            column("reviews", first),
            "In your column reviews stand those that **begin** with the stage.",
        ),
        "chief-stage": (
            column("reviews", most),
            "In your column reviews stand those that have more of this stage than of any other. Is once "
            "not enough?",
        ),
        "all-reviews": (
            right.assign(reviews=reviews),
            "In your column reviews stands the same number everywhere. Do all reviews have every stage?",
        ),
        "per-review": (
            right.assign(reviews=(right["sentences"] / right["reviews"])),
            "In your column reviews stand sentences for each review. How many reviews is that?",
        ),
        "share-of-sentences": (
            right.assign(sentences=right["sentences"] / len(stages)),
            "In your column sentences stand shares. How many are they?",
        ),
        "share-of-reviews": (
            right.assign(reviews=right["reviews"] / reviews),
            "In your column reviews stand shares. How many are they?",
        ),
        "letters-for-sentences": (column("sentences", size), "In your column sentences stand characters."),
    }
    form, key = table(right, ["stage"], slips)
    wrong: list[tuple[object, str]] = [(f, n) for n, (f, _) in slips.items() if n in key["slips"]]
    wrong += [
        (right.drop(columns="reviews"), "columns-missing"),
        (right.iloc[:-2], "rows-missing"),
        (right.head(0), "no-rows"),
        (pd.concat([right, right.head(1)]), "rows-twice"),
    ]
    code = (
        f'{_CODE}\n\ncounts = stages["label"].value_counts().rename_axis("stage")\n'
        'counts = counts.rename("sentences").to_frame()\n'
        'counts["reviews"] = stages.groupby("label")["review_id"].nunique()'
    )
    return Task(
        id="counts",
        kind="table",
        title="Room, and company",
        points=3,
        python=True,
        statement="Make a table with a row for each stage that the kit's rules find on this page, and "
        "three columns: `stage`, `sentences` (how many sentences of it there are) and `reviews` (in how "
        "many reviews it is found at all, in one sentence or in twenty). The order of rows does not "
        "matter.",
        starter=f"{_CODE}\n\ncounts = ...",
        answer=code,
        form=form,
        key=key,
        hints=(
            "The lesson makes both counts of the same table, in two cells one after the other.",
            '`stages["label"].value_counts()` counts rows, and a row is a sentence. For '
            "reviews each may count only once.",
            'The second count is `stages.groupby("label")["review_id"].nunique()`. Put it beside the '
            "first as a column.",
        ),
        solution=f"```python\n{code}\n```\n\n`value_counts` counts every sentence; `nunique` counts "
        "different values, so that a review counts once however much of a stage it has. The first column "
        "says how much room a stage takes, the second who does without it.",
        ask="Take one row of your table: how would you count it by hand, and which of the two numbers "
        "would you get?",
        right=[
            right,
            right.sort_values("reviews").set_index("stage"),
            right.astype(str).to_dict("records"),
            right[["reviews", "stage", "sentences"]].rename(columns={"stage": "Stage"}),
        ],
        wrong=wrong,
        cites=("04, “◆ How much of a review reviews?”",),
    )


def room(corpus: Corpus) -> Task | None:
    """Whether what takes more room is what fewer reviews do without."""
    key_of = corpus.key[corpus.key["layer"] == "structure"].groupby("label")["review_id"]
    sentences, having, reviews = key_of.size(), key_of.nunique(), len(corpus.reviews)
    names = [name for name in sentences.index if name != "other"]
    pairs = [
        ((sentences[x] - sentences[z]) * (having[z] - having[x]), x, z)
        for x, z in permutations(names, 2)
        if sentences[x] > sentences[z] and having[x] < having[z]
    ]
    if not pairs:
        return None
    _, x, z = max(pairs)
    verdicts = {
        "a": "The table bears out all of it.",
        "b": "The table bears out the first half, and contradicts the second.",
        "c": "The table contradicts the first half, and bears out the second.",
        "d": "The table says nothing about either half.",
    }
    slips = {
        "a": (
            "room-for-need",
            "You let the second half follow from the first. Which column speaks of doing without?",
        ),
        "c": (
            "halves-exchanged",
            "Which column of the table speaks of room, and which of reviews? Take the halves one by one.",
        ),
        "d": (
            "table-not-read",
            "The table has a column for each half of the sentence. Which number belongs to which?",
        ),
    }
    grounds = {
        "a": f"There are {sentences[x]} sentences of `{x}`, and {sentences[z]} of `{z}`.",
        "b": f"{reviews - having[x]} of {reviews} reviews have no `{x}` at all, and {reviews - having[z]} "
        f"have no `{z}`.",
        "c": f"Whoever has any `{x}` has on average {sentences[x] / having[x]:.1f} sentences of it; of "
        f"`{z}` it is {sentences[z] / having[z]:.1f}.",
        "d": f"`{x}` is in {sentences[x]} of {reviews} reviews.",
        "e": "What a text spends most words on is what it cannot do without.",
        "f": f"A review without `{x}` is no review.",
    }
    taken = {
        "d": (
            "sentences-for-reviews",
            "d: what does that number count in the table? Could it be true of reviews?",
        ),
        "e": ("room-for-need", "e: that is the claim over again, as a law. What in the table shows it?"),
        "f": (
            "a-norm-for-a-count",
            "f: that says what a review should have. What does the table say of those that lack it?",
        ),
    }
    left = dict.fromkeys(
        "abc", ("ground-overlooked", "There is another good ground that you have not taken.")
    )
    form, key = claim(verdicts, "b", slips, grounds=grounds, sound="abc", taken=taken, left=left)
    good = {"verdict": "b", "grounds": ["a", "b", "c"]}
    wrong: list[tuple[object, str]] = [({**good, "verdict": v}, said[0]) for v, said in slips.items()]
    wrong += [({**good, "grounds": ["a", "b", "c", g]}, said[0]) for g, said in taken.items()]
    wrong += [({**good, "grounds": each}, "ground-overlooked") for each in (["b"], ["a", "c"], ["a", "b"])]
    wrong += [
        ({"verdict": "a", "grounds": ["a", "e"]}, "room-for-need"),
        ({"verdict": "", "grounds": ["a"]}, "no-verdict"),
    ]
    lines = "\n".join(
        f"| `{n}` | {sentences[n]} | {having[n]} |" for n in sorted(names, key=lambda n: -sentences[n])
    )
    return Task(
        id="room",
        kind="claim",
        title="How much room, and who does without?",
        points=4,
        statement=f"By the key of this page, which has {reviews} reviews:\n\n| stage | sentences | "
        f"reviews that have it |\n|---|---|---|\n{lines}\n\nSomebody writes: *On this page `{x}` takes "
        f"more room than `{z}`, and so fewer reviews do without it.* What does the table say to that, and "
        "which of the statements are good grounds?",
        starter='room = ex.card("room")\nroom',
        answer=f"room = {good!r}",
        form=form,
        key=key,
        hints=(
            "The sentence makes two claims and ties them together with *and so*. Take them apart.",
            "Each of the two halves has its own column.",
            "A few reviews with very much of a thing, or many with a little: which of the two is which here?",
        ),
        solution=f"`{x}` has {sentences[x]} sentences and is in {having[x]} reviews; `{z}` has "
        f"{sentences[z]}, and is in {having[z]}. So the first half is right and the second wrong, and "
        "*and so* joined what does not hang together. Those who have the one have a great deal of it. "
        "How much room something takes and who does without it are two questions, with two counts.",
        ask="Which number of the table belongs to *takes room*, and which to *do without*?",
        right=[
            good,
            {"verdict": verdicts["b"], "grounds": "a, b, c"},
            {"verdict": "B", "grounds": {g: g in "abc" for g in grounds}},
        ],
        wrong=wrong,
        cites=("04, “◆ How much of a review reviews?”", "04, “What must be there”"),
    )
