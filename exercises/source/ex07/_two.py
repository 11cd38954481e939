"""What two readers of a page said, side by side: for a short review, for a page, and by chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reviewkit.corpus import Corpus

from .._labelled import ANNOTATORS, Said, number_of, said

LESSON_USES = (5, 14, 21)  # reviews of the kit's own page that the lesson reads
SHORT = {"positive": "pos", "negative": "neg", "mixed": "mix", "neutral": "neu"}
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Pair:
    """A sentence, and what each of the two readers said of it."""

    row: Said
    one: str
    two: str

    @property
    def apart(self) -> bool:
        """Whether they differ."""
        return self.one != self.two


def attitudes(corpus: Corpus, without: tuple[int, ...] = ()) -> list[Pair]:
    """Every sentence whose attitude both readers gave."""
    found = []
    for row in said(corpus, without):
        one, two = (next(iter(row.of("attitude", who)), "") for who in ANNOTATORS)
        if one and two:
            found.append(Pair(row, one, two))
    return found


def short_review(corpus: Corpus) -> tuple[int, list[Pair]]:
    """The review of 7 to 16 such sentences on which the two differ most; its number, and the sentences."""
    by: dict[str, list[Pair]] = {}
    for pair in attitudes(corpus, LESSON_USES):
        by.setdefault(pair.row.review_id, []).append(pair)
    fit = {
        r: ps for r, ps in by.items() if 7 <= len(ps) <= 16 and 0 < sum(p.apart for p in ps) < 0.4 * len(ps)
    }
    best = max(fit, key=lambda r: (sum(p.apart for p in fit[r]), r), default="")
    return (number_of(best), fit[best]) if best else (0, [])


def raw(pairs: Pairs) -> float:
    """On what share of them the two agree."""
    return sum(a == b for a, b in pairs) / len(pairs)


def by_chance(pairs: Pairs) -> float:
    """On what share they would agree if each dealt out their own labels without reading."""
    one, two = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    return sum(one[label] * two[label] for label in one) / len(pairs) ** 2


def kappa(pairs: Pairs) -> float:
    """Cohen's kappa; nought where chance alone would do."""
    expected = by_chance(pairs)
    return (raw(pairs) - expected) / (1 - expected) if expected < 1 else 0.0


def differs_by_chance(pairs: Pairs, *, back: bool = False) -> float:
    """How often two labels drawn from one bag differ; with `back`, the first is put back."""
    bag = Counter(label for pair in pairs for label in pair)
    n = sum(bag.values())
    same = sum(k * (k if back else k - 1) for k in bag.values())
    return 1 - same / (n * (n if back else n - 1))


def alpha(pairs: Pairs) -> float:
    """Krippendorff's alpha for two readers who labelled everything."""
    return 1 - (1 - raw(pairs)) / differs_by_chance(pairs)


def split(pairs: Sequence[Pair], label: str) -> list[tuple[str, str]]:
    """One label against all others."""
    return [(str(p.one == label), str(p.two == label)) for p in pairs]
