"""What can a sample of this size show? Resamples, assignments, and the sentences that say it.

Sentences and words of one review are no independent witnesses, so everything here resamples or reassigns
whole reviews. Intervals are percentile bootstrap intervals (Efron & Tibshirani 1993, chapter 13), and of
few reviews too narrow: on made-up reviews an interval of 95 % held the true share 81 times in a hundred
with five reviews, 88 with ten, 93 with thirty. A permutation test asks how many of the ways to deal the
reviews to two groups of these sizes part them at least as far (Good 2005): of four against two there are
fifteen ways, so that no difference whatever can have a p below 1/15.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..errors import TableError
from .grouping import PARTED, UNKNOWN, in_order

__all__ = [
    "ALL",
    "BY_RULE",
    "EXACT",
    "FEW",
    "PLANTED",
    "assignments",
    "dealt",
    "in_reach",
    "interval",
    "limits_of",
    "limits_of_agreement",
    "resamples_of",
    "testable",
    "two_of",
    "written",
]

EXACT = 20_000
"""Up to so many assignments, a test goes through all of them."""
ALL = "all"
"""The one group of all reviews, where they were not grouped."""
FEW = 3
"""With fewer reviews there is no interval."""
BY_RULE = "The labels are the rules' own, and some are wrong: read the sentences behind a number."
PLANTED = (
    "These reviews were invented, and differences between their groups were planted: numbers and tests "
    "rehearse a method here and support no claim about audiences."
)

Numbers = npt.NDArray[np.float64]


def assignments(first: int, second: int) -> int:
    """In how many ways reviews can be dealt to two groups of these sizes.

    >>> assignments(4, 2), assignments(5, 5)
    (15, 252)
    """
    return comb(first + second, first)


def in_reach(first: int, second: int) -> float:
    """The smallest two-sided p that groups of these sizes could have, if every review had another value.

    Of groups of one size each division comes twice, with the groups exchanged.

    >>> round(in_reach(4, 2), 3), round(in_reach(5, 5), 3)
    (0.067, 0.008)
    """
    return min(1.0, (2 if first == second else 1) / assignments(first, second))


def dealt(first: int, second: int, *, draws: int, seed: int) -> Iterator[npt.NDArray[np.bool_]]:
    """Which reviews go to the first group, in blocks (assignments, reviews): all ways up to `EXACT`, else
    the one that is given and `draws` more at random."""
    size = first + second
    if assignments(first, second) <= EXACT:
        ways = combinations(range(size), first)
        while block := [way for _, way in zip(range(500), ways, strict=False)]:
            chosen = np.zeros((len(block), size), dtype=bool)
            np.put_along_axis(chosen, np.array(block).reshape(len(block), first), True, axis=1)
            yield chosen
        return
    rng = np.random.default_rng(seed)
    given = np.arange(size) < first
    yield given[None, :]
    for start in range(0, draws, 500):
        count = min(500, draws - start)
        yield rng.permuted(np.tile(given, (count, 1)), axis=1)


def resamples_of(size: int, *, resamples: int, seed: int) -> npt.NDArray[np.int64]:
    """How often each of so many reviews is drawn in each resample: (resamples, size).

    Depends on the size and the seed alone, so that the order of groups makes no difference.
    """
    rng = np.random.default_rng([seed, size])
    return rng.multinomial(size, np.full(size, 1 / max(size, 1)), size=resamples)


def interval(spread: Numbers, reviews: int) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile; missing for fewer than three reviews, where nothing was resampled, and
    where more than one resample in twenty has nothing to compute from."""
    known = spread[~np.isnan(spread)]
    if reviews < FEW or not len(known) or len(known) < 0.95 * len(spread):
        return float("nan"), float("nan")
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)


def limits_of(
    grouped: pd.Series,
    by: str,
    *,
    invented: bool,
    source: str | None = None,
    left_out: int = 0,
    tests: bool = True,
    intervals: bool = True,
) -> tuple[str, ...]:
    """What groups of these sizes cannot show, in sentences.

    `grouped` is from `rk.groups`; `source` whose labels are counted; `left_out` how many reviews it has not
    labelled; `tests` and `intervals` whether there are any.
    """
    sizes = {name: int((grouped == name).sum()) for name in in_order(grouped)}
    listed = [f"{name} {size}" for name, size in sizes.items()]
    shown = ", ".join(listed[:12]) + (f" and {len(listed) - 12} groups more" if len(listed) > 12 else "")
    said = [
        f"{_reviews(len(grouped))}, by {by}: {shown or 'none'}."
        if by != ALL
        else f"{_reviews(len(grouped))}."
    ]
    if left_out:
        said.append(f"Left out: {_reviews(left_out)} without labels by {source!r}.")
    if UNKNOWN in sizes:
        said.append(
            f"Of {_reviews(sizes[UNKNOWN])} nothing says where they belong; {UNKNOWN} is a group of its own."
        )
    if tests:
        if by in PARTED and "partial" in sizes:
            said.append("Who knows part of the novel (partial) stands outside every test of two groups.")
        said += _of_tests([(name, n) for name, n in sizes.items() if testable(name, by) and name != UNKNOWN])
    small = [name for name, n in sizes.items() if n < 10]
    if small and intervals:
        said.append(
            f"Fewer than ten reviews: {', '.join(small[:12])}{' and others' if len(small) > 12 else ''}. "
            "Their intervals are too narrow (of five reviews, one in five misses the truth), and fewer "
            "than three have none."
        )
    resampled = "Reviews were resampled, not sentences or words: nothing here is a claim about words, and"
    claim = f"{resampled} nothing" if tests or intervals else "Nothing here is a claim"
    said.append(f"{claim} about reviewers who are not on this page.")
    if source == "rule":
        said.append(BY_RULE)
    if invented:
        said.append(PLANTED)
    return tuple(said)


def limits_of_agreement(table: pd.DataFrame, reviews: int, sources: Sequence[str]) -> tuple[str, ...]:
    """What figures of agreement between these sources cannot show, in sentences.

    `table` has n, measure, value and low; `reviews` is how many the sources share.
    """
    said = [f"{_reviews(reviews)}, read by {' and '.join(sources[:4])}{' and others' * (len(sources) > 4)}."]
    if reviews < FEW:
        said.append("Of fewer than three reviews there is no interval.")
    elif reviews < 10:
        said.append("Fewer than ten reviews: the intervals are too narrow.")
    if table["low"].notna().sum() > 20:
        said.append("Of intervals at 95 %, about one in twenty misses what it should hold, by chance alone.")
    if table["n"].between(1, 9).any():
        said.append("Where n is below ten, one more or less moves the figure a lot.")
    if (table.loc[table["measure"].isin(["kappa", "alpha"]), "value"] < 0.4).any():
        said.append("Kappa and alpha are low where one label dominates, however often readers agree.")
    said.append("It says how far these readers agree on these reviews, and not that they are right.")
    return (*said, BY_RULE) if "rule" in sources else tuple(said)


def testable(group: str, by: str) -> bool:
    """Whether a group can stand in a test of two groups."""
    return not (by in PARTED and group == "partial")


def two_of(grouped: pd.Series, between: tuple[str, str], by: str) -> tuple[str, str]:
    """The names of two groups that can be tested; raises `TableError` for anything else."""
    known = in_order(grouped)
    pair = (between,) if isinstance(between, str) else tuple(between)
    if len(pair) != 2 or pair[0] == pair[1] or not set(pair) <= set(known):
        raise TableError(
            f"Two of these groups were expected, not {between!r}: {', '.join(map(repr, known))}."
        )
    if not all(testable(group, by) for group in pair):
        raise TableError("Who knows part of the novel (partial) stands outside every test of two groups.")
    return pair[0], pair[1]


def written(p: float) -> str:
    """A p in figures.

    >>> written(0.5), written(0.0666), written(0.00001)
    ('0.50', '0.067', 'less than 0.001')
    """
    return "less than 0.001" if p < 0.001 else f"{p:.2g}" if p < 0.1 else f"{p:.2f}"


def _of_tests(sizes: Sequence[tuple[str, int]]) -> list[str]:
    """What no test between two of these groups can find."""
    if len(sizes) > 20:
        return [f"{len(sizes)} groups: most are too small for any test between two of them."]
    pairs = [(a, b, in_reach(n, m), assignments(n, m)) for (a, n), (b, m) in combinations(sizes, 2)]
    if not pairs:
        return ["There are no two groups to test."]
    hopeless = [(a, b, p, ways) for a, b, p, ways in pairs if p > 0.05]
    said = [
        f"{a} against {b}: {ways:,} assignment{'s' * (ways != 1)}, so that no p can be below {written(p)}."
        for a, b, p, ways in hopeless[:3]
    ]
    if len(hopeless) > 3:
        said.append(
            f"The same holds of {len(hopeless) - 3} more pairs of groups: too few reviews for p = .05."
        )
    if len(hopeless) < len(pairs):
        a, b, p, ways = min(pairs, key=lambda pair: pair[2])
        said.append(
            f"{a} against {b}: {ways:,} assignments; the smallest p that could be had is {written(p)}."
        )
        said.append(
            "Whoever tests twenty labels finds one below .05 by chance: choose yours before you look."
        )
    return said


def _reviews(n: int) -> str:
    return "1 review" if n == 1 else f"{n} reviews"
