"""Unknown and nought, the average and the middle."""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import choices, number
from reviewkit.exercises.tasks import Task

_ASKED = ("date", "rating", "title", "helpful_votes", "votes", "comments", "verified", "format", "country")


def unknown(corpus: Corpus) -> Task | None:
    """Which columns have gaps."""
    missing = {name: int(corpus.reviews[name].isna().sum()) for name in _ASKED}
    rows = len(corpus.reviews)
    right = {name for name, n in missing.items() if 0 < n < rows}
    if len(right) < 2:
        return None
    taken = {name: _taken(name, missing[name], corpus) for name in _ASKED if name not in right}
    left = dict.fromkeys(
        right,
        (
            "gap-overlooked",
            "A column with gaps is still missing from your answer. Go down each column to its end.",
        ),
    )
    options = {name: f"the column {name}" for name in _ASKED}
    form, key = choices(options, right, taken, left)
    good = sorted(right)
    wrong: list[tuple[object, str]] = [([*good, name], said[0]) for name, said in taken.items()]
    wrong += [(good[:n] + good[n + 1 :], "gap-overlooked") for n in range(len(good))]
    wrong += [([*_ASKED], "took-everything"), (sorted(taken), "gap-overlooked"), (good[:1], "gap-overlooked")]
    return Task(
        id="unknown",
        kind="choices",
        title="Where are the gaps?",
        points=2,
        statement="A column can be known for every review, unknown for every review, or have gaps. Which of "
        "these columns have gaps: known for some of the reviews, and unknown for others?",
        before='rk.show(corpus.reviews.drop(columns=["text", "author"]))',
        starter='unknown = ex.card("unknown")\nunknown',
        answer=f"unknown = {good!r}",
        form=form,
        key=key,
        hints=(
            "`<NA>`, `NaT` and `NaN` all say *unknown*.",
            "A column in which nothing at all is known has no gaps: it is one gap.",
            "`corpus.reviews.notna().sum()` counts for each column how many reviews it is known for. Compare "
            "with the number of reviews.",
        ),
        solution="`corpus.reviews.notna().sum()` gives, for each column, for how many reviews the page "
        "tells. "
        f"Of {rows} reviews, these are known for some: "
        + ", ".join(f"{name} ({rows - missing[name]})" for name in good)
        + ". A 0 is known: it says that somebody counted, and found none.",
        ask="Take one of the columns that you chose: for which review is it known, and for which not?",
        right=[good, set(good), ", ".join(good), {name: name in right for name in _ASKED}],
        wrong=wrong,
        cites=("01, “What the page does not say”",),
    )


def _taken(name: str, missing: int, corpus: Corpus) -> tuple[str, str]:
    if missing:
        return (
            "nothing-known-at-all",
            f"{name}: is there any review for which the page tells it? A gap needs something around it.",
        )
    if name == "comments" and (corpus.reviews[name] == 0).any():
        return (
            "nought-is-not-unknown",
            f"{name}: there is a 0 for some reviews. Does the page not know, or does it know that there "
            "are none?",
        )
    return "known-throughout", f"{name}: name a review for which it is unknown."


def nought(corpus: Corpus) -> Task | None:
    """An average, the unknown left out."""
    votes = corpus.reviews["helpful_votes"]
    known = votes.dropna().astype(float)
    if len(known) == len(votes) or len(known) < 5:
        return None
    mean = float(known.mean())
    slips = {
        "unknown-as-nought": (
            float(votes.fillna(0).mean()),
            "{yours} counts every unknown as a nought. Do you know that nobody found those reviews helpful?",
        ),
        "median-for-mean": (
            float(known.median()),
            "{yours} stands in the middle of the row. That is another kind of average than was asked for.",
        ),
        "sum-for-mean": (
            float(known.sum()),
            "{yours} is what all votes add up to. An average is for each review.",
        ),
        "a-count-of-reviews": (
            float(len(known)),
            "{yours} is how many reviews have a number. What do those numbers come to, for each?",
        ),
        "largest-for-average": (
            float(known.max()),
            "{yours} is the largest number. One review has it; what about the others?",
        ),
        "smallest-for-average": (
            float(known.min()),
            "{yours} is the smallest number. What about the others?",
        ),
        "how-many-unknown": (
            float(votes.isna().sum()),
            "{yours} is how many are unknown. The question is about those that are known.",
        ),
        "without-the-largest": (
            float(known.sort_values().iloc[:-1].mean()),
            "{yours} leaves the largest out. It may be odd, but it is known.",
        ),
        "comments-for-votes": (
            float(corpus.reviews["comments"].astype(float).mean(skipna=True)),
            "{yours} is about comments. The question is about helpful votes.",
        ),
        "spread-for-average": (
            float(known.std()),
            "{yours} says how far apart the numbers lie, and not where.",
        ),
    }
    slips = {n: (v, s) for n, (v, s) in slips.items() if v == v}
    form, key = number(mean, slips, tolerance=0.051, unit="votes", most=float(known.max()))
    seen: dict[float, str] = {}
    for name, (value, _) in slips.items():
        if abs(value - mean) > 0.051:
            seen.setdefault(round(value, 3), name)
    wrong: list[tuple[object, str]] = [*seen.items()]
    return Task(
        id="nought",
        kind="number",
        title="Unknown is not nought",
        points=2,
        python=True,
        statement="How many helpful votes does a review have on average, as far as the page tells? Give one "
        "decimal. Leave the reviews out of which it is unknown.",
        starter='votes = corpus.reviews["helpful_votes"]\n\nnought = ...',
        answer='votes = corpus.reviews["helpful_votes"]\n\nnought = votes.mean()',
        form=form,
        key=key,
        hints=(
            "The lesson has a cell that prints two averages of the same column. How did they differ?",
            "`.mean()` leaves out what is unknown, as long as it is unknown. `.fillna(0)` makes noughts of "
            "it.",
            "`votes` is the column. Put `.mean()` behind it.",
        ),
        solution=f"`votes.mean()` adds up what is known ({known.sum():.0f} votes of {len(known)} reviews) "
        "and divides by "
        f"{len(known)}: {mean:.1f}. With the unknown filled in as 0 it would be divided by {len(votes)}, "
        "and come out as "
        f"{votes.fillna(0).mean():.1f}: smaller, and an invention.",
        ask="What did you add up, and by how many did you divide?",
        right=[mean, round(mean, 1), f"{mean:.1f}", f"{mean:.2f} votes"],
        wrong=[
            *wrong,
            (float(round(mean)), "rounded") if abs(round(mean) - mean) > 0.06 else (-mean, "below-nought"),
            (float(known.max()) * 3, "more-than-there-are"),
        ],
        cites=("01, “What the page does not say”",),
    )


def above(corpus: Corpus) -> Task | None:
    """How many are above the average."""
    votes = corpus.reviews["helpful_votes"]
    known = votes.dropna().astype(float)
    if len(known) < 8:
        return None
    mean, middle = known.mean(), known.median()
    more = int((known > mean).sum())
    slips = {
        "average-as-middle": (
            len(known) // 2,
            "{yours}: did you count, or take half of them to be above the average, as they are above the "
            "middle?",
        ),
        "middle-for-average": (
            int((known > middle).sum()),
            "{yours} have more than the one in the middle. The question is about the average.",
        ),
        "the-other-side": (
            int((known < mean).sum()),
            "{yours} have fewer than the average. The question is who has more.",
        ),
        "unknown-counted": (
            len(votes) - int((known < mean).sum()),
            "{yours} has those among them of which nothing is known. Are they above anything?",
        ),
        "everybody-known": (len(known), "{yours} is how many reviews have a number at all."),
        "everybody": (len(votes), "{yours} is how many reviews there are."),
        "the-average-itself": (round(float(mean), 1), "{yours} is the average. How many have more?"),
        "the-rounded-average": (int(mean), "{yours} is the average. How many have more?"),
        "any-votes-at-all": (
            int((known > 0).sum()),
            "{yours} have any vote at all. Is that more than the average?",
        ),
        "half-of-everybody": (
            len(votes) // 2,
            "{yours} is half of all reviews. Did you count, or take the average for the middle?",
        ),
        "only-the-largest": (1, "One review has the most. Is it the only one above the average?"),
        "nobody": (0, "If nobody had more than the average, who could have less?"),
    }
    form, key = number(more, slips, unit="reviews", most=float(len(votes)))
    seen: dict[float, str] = {}
    for name, (value, _) in slips.items():
        if value != more:
            seen.setdefault(float(value), name)
    return Task(
        id="above",
        kind="number",
        title="Above the average",
        points=2,
        python=True,
        statement="How many reviews have **more** helpful votes than the average review? Before you count: "
        "what "
        "would you expect?",
        starter='votes = corpus.reviews["helpful_votes"]\n\nabove = ...',
        answer='votes = corpus.reviews["helpful_votes"]\n\nabove = (votes > votes.mean()).sum()',
        form=form,
        key=key,
        hints=(
            "The average is not the one in the middle of the row.",
            "A comparison gives True or False for each review, and `.sum()` counts the True ones.",
            "Write `(votes > ...)` with the average in the place of the dots, and `.sum()` behind the "
            "bracket.",
        ),
        solution=f"`(votes > votes.mean()).sum()` gives {more}. The average is {mean:.1f}, the number in "
        "the middle "
        f"{middle:.0f}: a few reviews with very many votes lift the average above nearly everybody.",
        ask="Which reviews did you count, and how many votes do two of them have?",
        right=[more, float(more), str(more), [more]],
        wrong=[
            *((v, n) for v, n in seen.items()),
            (len(votes) + 4, "more-than-there-are"),
            (more + 0.5, "a-count-is-whole"),
        ],
        cites=("01, “The average review”",),
    )
