"""Which words does one group use more? Words side by side, each with the reviews and sentences that have it.

Counts, the reviews that use a word, and rates per thousand words come first, with an interval over reviews;
read the word in its places (`rk.concordance`) before you make anything of it. For those who want it,
`log_odds` adds the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008): the
prior of each word is its share of the whole page's words, and weighs as much as an average review. Its z is
no test, since the words of a review come together; the p beside it is from dealing whole reviews to the two
groups, and corrected for all words looked at (the largest |z| of any word; Westfall & Young 1993).

Known misreadings: a word that one long review repeats has a high rate, which is why words need two reviews;
names and spellings are words like others; "clone" and "clones" are two.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..corpus import Corpus
from ..errors import TableError
from . import sampling
from .grouping import By, groups, named
from .results import Result
from .words import folded_word, tokens

__all__ = ["Keyness", "keyness", "log_odds_ratio"]

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Keyness(Result):
    """Words of two groups side by side: `.table`, `.sentences(word)`, `.limits`."""

    between: tuple[str, str]
    """The two groups: `a` and `b` in the table's columns."""

    def sentences(self, word: str, group: str | None = None) -> pd.DataFrame:
        """The sentences of the two groups that have a word, and how often: group, review_id, sentence, start,
        end, text, times.

        Raises `TableError` for a word that neither uses, and for another group.
        """
        wanted = folded_word(str(word).strip())
        rows = self.behind[self.behind["word"] == wanted]
        if rows.empty:
            close = get_close_matches(wanted, self.behind["word"].unique(), n=3)
            hint = f" Near it: {', '.join(map(repr, close))}." if close else ""
            raise TableError(f"Neither group uses the word {word!r}.{hint}")
        if group is not None and group not in self.between:
            raise TableError(
                f"There is no group {group!r} here. There is: {', '.join(map(repr, self.between))}."
            )
        rows = rows if group is None else rows[rows["group"] == group]
        return rows.drop(columns="word").reset_index(drop=True)


def keyness(
    corpus: Corpus,
    by: By,
    *,
    between: tuple[str, str],
    log_odds: bool = False,
    prior: float | None = None,
    min_reviews: int = 2,
    source: str | None = None,
    draws: int = 1999,
    resamples: int = 1000,
    seed: int = 1,
) -> Keyness:
    """The words of two groups of reviews, at the head those that more reviews of the first group use.

    `by` is whatever `rk.groups` takes; `between` names two groups, `a` and `b`. Words that fewer than
    `min_reviews` of their reviews use are left out. The table has word, a, b (times used), reviews_a,
    reviews_b (reviews that use it), rate_a, rate_b (times per 1,000 words), difference (rate_a - rate_b),
    low, high (95 % bootstrap interval of the difference over reviews); its order is by the difference in the
    shares of reviews that use the word, then in rates, so that no single review decides it. With `log_odds`,
    also log_odds, z, and p: how often any word at all reaches this |z| when reviews are dealt to the groups
    (all ways up to 20,000, else `draws`); `prior` is the prior's weight in words, an average review's unless
    given. Raises `TableError` for unknown or equal groups, for `partial`, which stands outside every
    comparison of two, and for a prior that is not above 0.

    >>> from reviewkit.corpus import load
    >>> found = keyness(load("never-let-me-go"), "perspective", between=("book-reader", "film-only"))
    >>> int(found.table.set_index("word").loc["ishiguro", "b"])
    0
    """
    if prior is not None and not prior > 0:
        raise TableError(f"The prior weighs a number of words above 0, not {prior}.")
    name = named(by)
    grouped = groups(corpus, by, source=source)
    a, b = sampling.two_of(grouped, between, name)
    both = grouped[grouped.isin([a, b])]
    found = _words(corpus)
    used = found.groupby(["review_id", "word"]).size().unstack(fill_value=0)
    used = used.reindex(grouped.index, fill_value=0)
    words = used.columns[(used.loc[both.index] > 0).sum() >= max(min_reviews, 1)]
    totals = used.sum(axis=1)
    parts = [both.index[both == group] for group in (a, b)]
    table = _rates(
        [used.loc[part, words] for part in parts], [totals.loc[part] for part in parts], resamples, seed
    )
    if log_odds:
        weight = prior if prior is not None else float(totals.sum() / max(len(totals), 1))
        share = (used[words].sum() / max(totals.sum(), 1)).to_numpy(float)
        table = pd.concat(
            [table, _odds(used, totals, words, parts, share * weight, weight, draws, seed)], axis=1
        )
    apart = table["reviews_a"] / max(len(parts[0]), 1) - table["reviews_b"] / max(len(parts[1]), 1)
    order = table.assign(apart=apart).sort_values(
        ["apart", "difference", "word"], ascending=[False, False, True]
    )
    table = table.loc[order.index].reset_index(drop=True)
    behind = _behind(corpus, found, both)
    limits = _limits(corpus, both, name, grouped, source, log_odds, len(words), behind)
    title = f"Words of {a} (a) and {b} (b), by {name}: rates per 1,000 words"
    return Keyness(title, table, limits, behind, (a, b))


def log_odds_ratio(
    a: Any, b: Any, of_a: Any, of_b: Any, prior: Any, weight: float
) -> tuple[Numbers, Numbers]:
    """The log-odds ratio of words between two groups, and its z, with an informative Dirichlet prior.

    `a` and `b` are how often each group uses each word, `of_a` and `of_b` how many words it has in all,
    `prior` the prior counts of the words and `weight` their sum over the whole vocabulary. Monroe, Colaresi &
    Quinn 2008: the log odds of a, prior included, less those of b; z is that by the square root of
    1 / (a + prior) + 1 / (b + prior).

    >>> delta, z = log_odds_ratio(3, 1, 10, 10, 1, 10)
    >>> round(float(delta), 3), round(float(z), 3)
    (0.811, 0.936)
    """
    a, b = np.asarray(a, float) + prior, np.asarray(b, float) + prior
    delta = np.log(a / (of_a + weight - a)) - np.log(b / (of_b + weight - b))
    return delta, delta / np.sqrt(1 / a + 1 / b)


def _words(corpus: Corpus) -> pd.DataFrame:
    """Every word of every review: review_id, word, and the sentence (number, start, end, text)."""
    rows = [
        (review, token.word, number, start, end, text)
        for review, number, start, end, text in zip(
            *(corpus.sentences[c] for c in ("review_id", "sentence", "start", "end", "text")), strict=True
        )
        for token in tokens(text)
    ]
    return pd.DataFrame(rows, columns=["review_id", "word", "sentence", "start", "end", "text"])


def _rates(used: list[pd.DataFrame], totals: list[pd.Series], resamples: int, seed: int) -> pd.DataFrame:
    """Counts and rates of each word, and the interval of their difference."""
    counts = [part.sum().to_numpy() for part in used]
    rates = [1000 * c / max(t.sum(), 1) for c, t in zip(counts, totals, strict=True)]
    spread = np.zeros((resamples, used[0].shape[1]))
    for sign, part, total in zip((1, -1), used, totals, strict=True):
        weights = sampling.resamples_of(len(part), resamples=resamples, seed=seed + (sign < 0))
        spread += (
            sign
            * 1000
            * (weights @ part.to_numpy(float))
            / np.maximum(weights @ total.to_numpy(float), 1)[:, None]
        )
    few = min(map(len, used)) < sampling.FEW or not spread.size
    low, high = (np.nan, np.nan) if few else np.percentile(spread, [2.5, 97.5], axis=0)
    return pd.DataFrame(
        {
            "word": used[0].columns.astype("str"),
            "a": counts[0],
            "b": counts[1],
            "reviews_a": (used[0] > 0).sum().to_numpy(),
            "reviews_b": (used[1] > 0).sum().to_numpy(),
            "rate_a": rates[0],
            "rate_b": rates[1],
            "difference": rates[0] - rates[1],
            "low": low,
            "high": high,
        }
    )


def _odds(
    used: pd.DataFrame,
    totals: pd.Series,
    words: pd.Index,
    parts: list[pd.Index],
    prior: Numbers,
    weight: float,
    draws: int,
    seed: int,
) -> pd.DataFrame:
    """Log-odds, z, and the p of the largest |z| of any word when whole reviews are dealt to the groups."""
    both = parts[0].append(parts[1])
    counts, of = used.loc[both, words].to_numpy(float), totals.loc[both].to_numpy(float)
    all_counts, all_words = counts.sum(0), of.sum()

    def weighed(chosen: Any) -> tuple[Numbers, Numbers]:
        one, words_one = chosen @ counts, (chosen @ of)[..., None]
        return log_odds_ratio(one, all_counts - one, words_one, all_words - words_one, prior, weight)

    given = (np.arange(len(both)) < len(parts[0])).astype(float)
    delta, z = weighed(given)
    blocks = sampling.dealt(len(parts[0]), len(parts[1]), draws=draws, seed=seed)
    largest = np.concatenate([np.abs(weighed(b.astype(float))[1]).max(axis=1, initial=0) for b in blocks])
    reached = len(largest) - np.searchsorted(np.sort(largest), np.abs(z) - 1e-9, side="left")
    return pd.DataFrame({"log_odds": delta, "z": z, "p": reached / len(largest)})


def _behind(corpus: Corpus, found: pd.DataFrame, both: pd.Series) -> pd.DataFrame:
    """Each sentence of the two groups under each of its words, with how often it has it."""
    rows = found[found["review_id"].isin(both.index)]
    keys = ["word", "review_id", "sentence", "start", "end", "text"]
    rows = rows.groupby(keys, sort=False, as_index=False).size().rename(columns={"size": "times"})
    rows.insert(0, "group", rows["review_id"].map(both).astype("str"))
    return rows


def _limits(
    corpus: Corpus,
    both: pd.Series,
    by: str,
    grouped: pd.Series,
    source: str | None,
    log_odds: bool,
    kept: int,
    behind: pd.DataFrame,
) -> tuple[str, ...]:
    """What words of so few reviews cannot show."""
    said = list(sampling.limits_of(both, by, invented=False, source=source, tests=log_odds))
    others = len(grouped) - len(both)
    if others:
        said.insert(1, f"Reviews of other groups: {others}. Their words count for nothing but the prior.")
    words = behind["word"].nunique()
    said.append(f"{kept:,} of {words:,} words are shown; the others are used in too few of these reviews.")
    said.append(
        "Each word has its own interval: among so many words, some intervals leave 0 out by chance."
        if not log_odds
        else "z is no test: words of one review come together. p is corrected for all words shown; "
        "of a small page hardly any word survives it, and the list is a list of places to read."
    )
    if corpus.invented:
        said.append(sampling.PLANTED)
    return tuple(said)
