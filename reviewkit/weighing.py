"""How does VADER arrive at its score? A sentence on the scales, word by word; and sentences to guess at.

`word_by_word` shows what each word weighs by the lexicon, what it weighs in this place, what changed it, and
how the sum becomes the score. `telling` picks sentences of a page on which guessing teaches something: praise
that weighs as blame, blame that weighs as praise, words that a negation turned, words that pull both ways.
Known misreading: a sentence that was picked because it goes wrong says nothing of how often that happens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from .looks.blocks import shown
from .readings import sentiment
from .showing import show
from .veiling import judges, veil

__all__ = ["WordByWord", "sign_of", "signed", "telling", "weigh_reviews", "word_by_word"]

_STYLE = """<style>
.rk-weighed { font-family: var(--jp-content-font-family, serif); font-size: 16px; line-height: 3;
  max-width: 46em; margin: 2px 0 12px; }
.rk-weighed span { display: inline-flex; flex-direction: column; align-items: center; line-height: 1.3;
  border-bottom: 2px solid currentColor; }
.rk-weighed span.rk-down { border-bottom: 4px double currentColor; }
.rk-weighed small { display: block; font-size: 12px; font-variant-numeric: tabular-nums; }
.rk-weighed-sum { margin: 8px 0; max-width: 46em; }
</style>"""
_TURNS = ("n't", "not", "no", "never", "nothing", "without", "cannot", "none", "neither", "nor")
_LENGTH = (5, 26)  # words of a sentence that can be weighed in the head


@dataclass(frozen=True, eq=False)
class WordByWord:
    """A text on the scales. `.compound` is VADER's score, `.table` its words: word, lexicon, here,
    changed_by; `.line` says how their sum becomes the score."""

    text: str
    compound: float
    table: pd.DataFrame
    line: str
    _words: tuple[sentiment.Word, ...]

    def __iter__(self) -> Iterator[object]:
        """What a card shows of it: the sum in words, then the table."""
        yield self.line
        if len(self.table):
            yield self.table

    def __repr__(self) -> str:
        return f"{self.table.to_string(index=False)}\n{self.line}" if len(self.table) else self.line

    def _repr_html_(self) -> str:
        said = {"lexicon": self.table["lexicon"].map(signed), "here": self.table["here"].map(signed)}
        table = show(self.table.assign(**said))._repr_html_() if len(self.table) else ""
        drawn = f'<div class="rk-weighed">{self._drawn()}</div>' if len(self.table) else ""
        return f'{_STYLE}{drawn}{table}<p class="rk-weighed-sum">{escape(self.line)}</p>'

    def _drawn(self) -> str:
        """The text with the weight of each word beneath it."""
        pieces, at = list[str](), 0
        for word in self._words:
            pieces.append(escape(shown(self.text[at : word.start])))
            side = "rk-up" if word.valence > 0 else "rk-down"
            quoted = escape(shown(self.text[word.start : word.end]))
            pieces.append(f'<span class="{side}">{quoted}<small>{signed(word.valence)}</small></span>')
            at = word.end
        return "".join([*pieces, escape(shown(self.text[at:]))])


def word_by_word(text: object) -> WordByWord:
    """See what each word of a sentence weighs, what changed it, and how the sum becomes VADER's score.

    The table has word, lexicon (the mean rating by ten people, -4 to 4), here (what it weighs in this
    place) and changed_by. Words that weigh nothing are not in it. Anything but a text weighs nothing.

    >>> word_by_word("It was not good.")
    word  lexicon  here changed_by
    good      1.9 -1.41        not
    The sum is −1.41. Squeezed into the space between −1 and 1, that is −0.34.
    """
    said = text if isinstance(text, str) else ""
    weighed = sentiment.weigh(said)
    rows = [(said[w.start : w.end], w.lexicon, round(w.valence, 2), w.changed_by) for w in weighed.words]
    table = pd.DataFrame(rows, columns=["word", "lexicon", "here", "changed_by"])
    line = _line(said, weighed)
    return WordByWord(said, weighed.compound, table, line, tuple(weighed.words))


def telling(corpus: Any, count: int = 6) -> pd.DataFrame:
    """Sentences of a page that are worth guessing at, at most `count`, none of which gives the story away.

    Columns of `sentiment.scores`, `words` (what weighs, in words) and `attitude` (the key's; missing where
    it has none). One of each kind first: heard as praise and weighed as blame, the other way round, turned
    by a negation, pulling both ways, no word that weighs; in page order, always the same for one page.

    >>> from reviewkit.corpus import load
    >>> len(telling(load("never-let-me-go"), 4))
    4
    """
    table = _told(corpus)
    size = table["text"].str.count(r"\S+")
    table = table[size.between(*_LENGTH)] if size.between(*_LENGTH).any() else table
    cover = veil(corpus, judges(corpus)[0])
    kinds = [list(part.index) for part in _kinds(table)]
    chosen: list[Any] = []
    while len(chosen) < count and any(kinds):
        for kind in kinds:
            taken = {table.at[i, "review_id"] for i in chosen}
            kind.sort(key=lambda i: table.at[i, "review_id"] in taken)
            while kind and len(chosen) < count:
                at = kind.pop(0)
                if at not in chosen and len(cover.uncovered(table.loc[[at]])):
                    chosen.append(at)
                    break
    return table.loc[sorted(chosen)].reset_index(drop=True)


def weigh_reviews(corpus: Any) -> pd.DataFrame:
    """Hold each review's two scores against its stars and its stance.

    Columns review_id, rating, stance (the key's; missing where it has none), sentences, mean (of the scores
    of its sentences) and whole (the score of its text weighed in one piece).

    >>> from reviewkit.corpus import load
    >>> weigh_reviews(load("never-let-me-go")).at[25, "stance"]
    'favourable'
    """
    scores = sentiment.review_scores(corpus).astype({"mean": "float64", "whole": "float64"}).round(2)
    verdicts = corpus.verdicts[corpus.verdicts["layer"] == "stance"].set_index("review_id")["label"]
    here = scores["review_id"]
    rating = corpus.reviews.set_index("review_id")["rating"]
    count = corpus.sentences.groupby("review_id").size()
    scores.insert(1, "rating", here.map(rating))
    scores.insert(2, "stance", here.map(verdicts).astype("str"))
    scores.insert(3, "sentences", here.map(count).fillna(0).astype("int64"))
    return scores


def sign_of(compound: float) -> str:
    """`positive`, `negative` or `near zero`, by the line that VADER's authors draw at 0.05."""
    return "near zero" if abs(compound) < 0.05 else "positive" if compound > 0 else "negative"


def signed(value: float, places: int = 2) -> str:
    """A number with its sign, as it is printed: +1.90, −0.34, 0.00."""
    written = f"{value:+.{places}f}"
    return written[1:] if not float(written) else written.replace("-", "−")


def _line(text: str, weighed: sentiment.Weighed) -> str:
    if not text.strip():
        return "Nothing is written here, so there is nothing to weigh."
    if not weighed.words:
        return "No word of this weighs anything: the score is 0.00."
    total = sum(word.valence for word in weighed.words)
    more = sentiment.emphasis(text) * (total > 0) - sentiment.emphasis(text) * (total < 0)
    signs = f" Exclamation and question marks make it {signed(total + more)}." if more else ""
    squeezed = "Squeezed into the space between −1 and 1, that is"
    return f"The sum is {signed(total)}.{signs} {squeezed} {signed(weighed.compound)}."


def _told(corpus: Any) -> pd.DataFrame:
    """Every sentence with its score, its words, what turned them, and the attitude that the key has."""
    table, words = sentiment.scores(corpus), sentiment.valences(corpus)
    said = [f"{text} {signed(v, 1)}" for text, v in zip(words["text"], words["valence"], strict=True)]
    turned = [bool({*by.split(", ")} & {*_TURNS} or "n't" in by) for by in words["changed_by"]]
    words = words.assign(said=said, turned=turned)
    each = words.groupby(["review_id", "sentence"], sort=False).agg(
        words=("said", ", ".join), low=("valence", "min"), high=("valence", "max"), turned=("turned", "any")
    )
    key = corpus.key[corpus.key["layer"] == "attitude"][["review_id", "start", "label"]]
    found = table.merge(each.reset_index(), on=["review_id", "sentence"], how="left")
    found = found.merge(key.drop_duplicates(["review_id", "start"]), on=["review_id", "start"], how="left")
    found["turned"] = found["turned"].eq(True)
    found["words"] = found["words"].fillna("")
    return found.rename(columns={"label": "attitude"})


def _kinds(table: pd.DataFrame) -> list[pd.DataFrame]:
    """The sentences of each kind, the clearest first; one sentence can be of several kinds."""
    score, heard = table["compound"], table["attitude"].fillna("")
    both = (table["low"] < 0) & (table["high"] > 0)
    up, down = score.sort_values(ascending=False, kind="stable").index, score.sort_values(kind="stable").index
    by_up, by_down = table.loc[up], table.loc[down]
    return [
        by_down[(heard.loc[down] == "positive") & (score.loc[down] < -0.05)],
        by_up[(heard.loc[up] == "negative") & (score.loc[up] > 0.05)],
        by_up[table.loc[up, "turned"]],
        by_down[both.loc[down]],
        table[(score.abs() < 0.05) & ((heard == "positive") | (heard == "negative"))],
        by_up[~both.loc[up]],
        by_down,
        table[table["words"] == ""],
        table,
    ]
