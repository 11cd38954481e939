"""The sentences of a page with what their words weigh and what readers heard in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import reviewkit as rk
from reviewkit.corpus import Corpus
from reviewkit.readings.sentiment import Word, emphasis, weigh

from .._labelled import ANNOTATORS, WHO, Said, said

SURE = 0.05  # nearer to nought than this is neutral
LESSON_USES = (26, 29)  # reviews of the kit's own page that the lesson talks about
PRAISE, BLAME, NOUGHT = "praise", "blame", "near zero"
_SIDES = {"positive": PRAISE, "negative": BLAME}


@dataclass(frozen=True)
class Weighed:
    """A sentence on the scales."""

    row: Said
    compound: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Its words, with single spaces."""
        return self.row.plain

    @property
    def plain(self) -> str:
        """The same, for what orders sentences by their words."""
        return self.row.plain

    @property
    def review_id(self) -> str:
        """The review that it stands in."""
        return self.row.review_id

    @property
    def weighs(self) -> str:
        """The side that its words lean to."""
        return NOUGHT if abs(self.compound) < SURE else PRAISE if self.compound > 0 else BLAME

    def attitude(self, who: str = "key") -> str:
        """What a reader heard in it; empty where it comments on nothing."""
        return next(iter(self.row.of("attitude", who)), "")

    def heard(self) -> str:
        """The side on which everybody heard it; empty where they heard none or several."""
        sides = {_SIDES.get(self.attitude(who), "") for who in WHO}
        return sides.pop() if len(sides) == 1 else ""

    def praised(self) -> str:
        """Who heard praise in it: the key, an annotator, or nobody."""
        if self.attitude() == "positive":
            return "key"
        return next((who for who in ANNOTATORS if self.attitude(who) == "positive"), "")

    def raw_word(self, word: Word) -> str:
        """A word of it as it was written."""
        return self.row.text[word.start : word.end]


@lru_cache(maxsize=8)
def _of(name: str, corpus: Corpus, aside: tuple[int, ...]) -> tuple[Weighed, ...]:
    found = []
    for row in said(corpus, aside):
        weighed = weigh(row.text)
        found.append(Weighed(row, weighed.compound, tuple(weighed.words)))
    return tuple(found)


def weighed(corpus: Corpus) -> tuple[Weighed, ...]:
    """Every sentence of a page, but for the reviews that the lesson talks about."""
    return _of(corpus.page.name, corpus, LESSON_USES)


def whole_page(corpus: Corpus) -> tuple[Weighed, ...]:
    """Every sentence of a page: what a student may quote from it."""
    return _of(corpus.page.name, corpus, ())


def quotable(corpus: Corpus, least: int = 20, most: int = 150) -> list[Weighed]:
    """Sentences that can stand alone in a task: neither long nor telling, by whoever graded them."""
    return [s for s in weighed(corpus) if least < len(s.text) < most and s.row.worst() <= 1]


def shouted(sentence: Weighed) -> bool:
    """Whether exclamation or question marks add to its sum."""
    return bool(emphasis(sentence.row.text))


def audiences(corpus: Corpus) -> tuple[dict[str, str], str]:
    """Each review's perspective, and by whom; where the key is not open to students, by the rules."""
    source = "key" if corpus.page.name == "never-let-me-go" else "rule"
    who = rk.groups(corpus, "perspective", source=source)
    return dict(who), "by the key" if source == "key" else "by the kit's rules"
