"""Does the division of the reviews matter? A permutation test of two groups of whole reviews.

Every way to deal the reviews to two groups of these sizes is gone through, up to 20,000, else a number of
them drawn at random: p is the share of them that part the groups at least as far, in either direction, as
they were found. So a test of few reviews has a smallest p, and `Tested` says which: that of the assignment
which parts these very counts furthest. Shares are pooled, so that long reviews weigh more. Sources:
scipy.stats.permutation_test, Good 2005; scipy.stats.bootstrap (percentile), Efron & Tibshirani 1993.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import numpy.typing as npt

from . import sampling

__all__ = ["Tested", "tested"]

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class Tested:
    """A permutation test of one label between two groups of reviews."""

    label: str
    between: tuple[str, str]
    reviews: tuple[int, int]
    shares: tuple[float, float]
    difference: float
    """The first group's share less the second's."""
    low: float
    high: float
    """A 95 % bootstrap interval of the difference; missing for fewer than three reviews in a group."""
    assignments: int
    """In how many ways these reviews can be dealt to groups of these sizes."""
    drawn: int | None
    """How many of them were drawn at random; None where all were gone through."""
    p: float
    """The share of assignments whose difference, in either direction, is at least as large."""
    smallest_p: float
    """The p of the assignment that parts these very counts furthest: no other could have been had."""
    limits: tuple[str, ...]

    @property
    def exact(self) -> bool:
        """Whether all assignments were gone through."""
        return self.drawn is None

    def __repr__(self) -> str:
        return "\n".join([self._said(), *(f"* {line}" for line in self.limits)])

    def _repr_html_(self) -> str:
        lines = "".join(f"<li>{escape(line)}</li>" for line in self.limits)
        return f"<p>{escape(self._said())}</p><ul>{lines}</ul>"

    def _said(self) -> str:
        (a, b), (n, m), (one, other) = self.between, self.reviews, self.shares
        return (
            f"{self.label}: {a} ({n} reviews) {one:.3f}, {b} ({m} reviews) {other:.3f}; "
            f"difference {self.difference:+.3f}{_bounds(self.low, self.high)}; p {_is(self.p)}."
        )


def tested(
    label: str,
    between: tuple[str, str],
    counts: Numbers,
    totals: Numbers,
    parts: tuple[Places, Places],
    *,
    draws: int,
    resamples: int,
    seed: int,
    planted: bool,
) -> Tested:
    """Test the difference of two shares, count by total, over whole reviews.

    `counts` and `totals` have a number for each review, totals above 0; `parts` says which reviews are in the
    first and the second group, at least two in each.

    >>> counts, totals = np.array([2.0, 2, 0, 0]), np.array([2.0, 2, 2, 2])
    >>> pair, rest = (np.array([0, 1]), np.array([2, 3])), dict(draws=99, resamples=9, seed=1, planted=False)
    >>> found = tested("plot", ("a", "b"), counts, totals, pair, **rest)
    >>> found.difference, found.assignments, round(found.p, 3)
    (1.0, 6, 0.333)
    """

    def share(at: Any, axis: int) -> Any:
        at = np.asarray(at, dtype=int)
        return counts[at].sum(axis=axis) / totals[at].sum(axis=axis)

    # Always tested in the same order, so that exchanging the groups exchanges the sign and nothing else.
    turned = between[0] > between[1]
    pair = parts[::-1] if turned else parts
    ways = sampling.assignments(len(parts[0]), len(parts[1]))
    drawn = None if ways <= sampling.EXACT else draws
    p, smallest = _permuted(pair, share, draws=drawn, seed=seed)
    low, high = _bootstrapped(pair, share, resamples=resamples, seed=seed)
    low, high = (-high, -low) if turned else (low, high)
    one, other = (float(share(part, 0)) for part in parts)
    return Tested(
        label=label,
        between=between,
        reviews=(len(parts[0]), len(parts[1])),
        shares=(one, other),
        difference=one - other,
        low=low,
        high=high,
        assignments=ways,
        drawn=drawn,
        p=p,
        smallest_p=smallest,
        limits=_of_test(ways, drawn, smallest, planted=planted),
    )


def _permuted(pair: Any, share: Any, *, draws: int | None, seed: int) -> tuple[float, float]:
    """The p of the difference in shares, and the smallest p that any assignment would have had."""
    from scipy import stats  # type: ignore[import-untyped]

    def apart(one: Any, other: Any, axis: int) -> Any:
        return np.abs(share(one, axis) - share(other, axis))

    found = stats.permutation_test(
        tuple(pair),
        apart,
        vectorized=True,
        n_resamples=np.inf if draws is None else draws,
        batch=2000,
        alternative="greater",
        rng=np.random.default_rng(seed),
    )
    null = found.null_distribution if draws is None else np.append(found.null_distribution, found.statistic)
    return float(found.pvalue), float(np.mean(null >= null.max() - 1e-12))


def _bootstrapped(pair: Any, share: Any, *, resamples: int, seed: int) -> tuple[float, float]:
    """A 95 % percentile interval of the difference; missing for few reviews, and where nothing varies."""
    if min(map(len, pair)) < sampling.FEW:
        return float("nan"), float("nan")
    from scipy import stats

    found = stats.bootstrap(
        tuple(pair),
        lambda one, other, axis: share(one, axis) - share(other, axis),
        vectorized=True,
        n_resamples=resamples,
        method="percentile",
        rng=np.random.default_rng(seed),
    )
    low, high = found.confidence_interval
    return (float(low), float(high)) if low < high else (float("nan"), float("nan"))


def _of_test(ways: int, drawn: int | None, smallest: float, *, planted: bool) -> tuple[str, ...]:
    """What a test of this size can show at most."""
    gone = "all were gone through" if drawn is None else f"{drawn:,} were drawn at random"
    hopeless = ": even the clearest division of these reviews would not have fallen below .05."
    said = [
        f"{ways:,} assignments of these reviews to two groups of these sizes; {gone}.",
        f"The smallest p that could be had from these counts is {sampling.written(smallest)}"
        + (hopeless if smallest > 0.05 else "."),
        "A large p is no evidence that groups are alike, and a small one no measure of how far they differ.",
    ]
    return (*said, sampling.PLANTED) if planted else tuple(said)


def _bounds(low: float, high: float) -> str:
    return "" if np.isnan(low) else f" [{low:+.3f}, {high:+.3f}]"


def _is(p: float) -> str:
    return sampling.written(p) if p < 0.001 else f"= {sampling.written(p)}"
