"""How do the words weigh? VADER, sentence by sentence, with what each word contributed and what changed it.

vaderSentiment sums word valences by rule and squeezes the sum into [-1, 1], the compound score. `scores`
gives it for each sentence, `valences` for each word that weighs: its valence in the lexicon, its valence in
this place, and what changed it (a negation, a booster, capitals, "but"). A review's score is the mean over
its sentences; the compound of the whole text stands beside it because it saturates: long texts end near 1
or -1 whatever they say. It is a reading to be held against attitude and stance, never a verdict on a
review. Source: Hutto & Gilbert 2014.

Known misreadings: it knows no irony, no grim word that praises a sad film, and nothing across sentences; what
`changed_by` says is read off the words around and can name a word that VADER weighed to nothing.
"""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import pandas as pd
from vaderSentiment import vaderSentiment as vader  # noqa: N813

from ..rulebook import Ruleset
from ..works import Work
from .parts import Found, Told, as_written, shown, told

__all__ = ["Weighed", "Word", "emphasis", "find", "review_scores", "scores", "valences", "weigh"]

_TOKEN = re.compile(r"\S+")
_TURNS = frozenset({*vader.NEGATE, "never", "so", "this", "without", "doubt"})
_SURE = 0.05  # the compound below which its authors call a sentence neutral


class Word(NamedTuple):
    """A word that weighs, where it stands in the text that was weighed, and why it weighs what it does."""

    start: int
    end: int
    lexicon: float
    valence: float
    changed_by: str


class Weighed(NamedTuple):
    """A text on the scales: its compound score, and its words."""

    compound: float
    words: list[Word]


class _Near(NamedTuple):
    """All that VADER looks at to weigh one word: three words before it, two behind, and others' capitals."""

    words_and_emoticons: list[str]
    is_cap_diff: bool


class _Analyser(vader.SentimentIntensityAnalyzer):  # type: ignore[misc]
    """VADER, giving the weight of each word, and spared the words and characters that weigh nothing."""

    def valences(self, words: list[str]) -> list[float]:
        """What each word of a text weighs, "but" aside, by VADER's own rules."""
        lower, found, lexicon = " ".join(words).lower().split(" "), [0.0] * len(words), self.lexicon
        weighty = [i for i, word in enumerate(lower) if word in lexicon]
        capitals = bool(weighty) and vader.allcap_differential(words)
        for i in weighty:
            if lower[i] not in vader.BOOSTER_DICT and lower[i : i + 2] != ["kind", "of"]:
                first = max(i - 3, 0)
                near = _Near(words[first : i + 3], capitals)
                found[i] = self.sentiment_valence(0, near, words[i], i - first, [])[0]
        return found

    @staticmethod
    def _negation_check(valence: float, words: list[str], start_i: int, i: int) -> float:
        """VADER's own, asked only where one of three words before might turn a word round."""
        near = " ".join(words[max(i - 3, 0) : i]).lower()
        if _TURNS.isdisjoint(near.split(" ")) and "n't" not in near:
            return valence
        turned: float = vader.SentimentIntensityAnalyzer._negation_check(valence, words, start_i, i)
        return turned


@cache
def _analyser() -> _Analyser:
    return _Analyser()


def weigh(text: str) -> Weighed:
    """Weigh a text: exactly VADER's compound, and each word that carried valence, at its place.

    >>> weigh("It was not good.")
    Weighed(compound=-0.3412, words=[Word(start=11, end=15, lexicon=1.9, valence=-1.406, changed_by='not')])
    """
    analyser = _analyser()
    expanded, origin = _expanded(text, analyser.emojis)
    plain = [
        word if len(bare := word.strip(string.punctuation)) <= 2 else bare for word in expanded.split()
    ]  # as VADER does it: what is short may be an emoticon
    before = analyser.valences(plain)
    if not any(before):
        return Weighed(0.0, [])
    after = analyser._but_check(plain, list(before))
    compound = analyser.score_valence(after, expanded)["compound"]
    words = []
    for i, token in enumerate(_TOKEN.finditer(expanded)):
        if valence := after[i]:
            start, end = origin[token.start()], origin[token.end() - 1] + 1
            start, end = _trimmed(text, start, end, plain[i])
            lexicon = float(analyser.lexicon.get(plain[i].lower(), 0.0))
            changed = _changed(plain, i, lexicon, before[i], valence)
            words.append(Word(start, end, lexicon, round(valence, 3), changed))
    return Weighed(compound, words)


def emphasis(text: str) -> float:
    """What exclamation and question marks add to the sum of a text, on whichever side it leans to.

    >>> emphasis("Lovely!")
    0.292
    """
    return float(_analyser()._punctuation_emphasis(text))


def find(told: Told, rules: Ruleset | None, work: Work | None) -> list[Found]:
    """Each sentence that leans to a side, with the words that weigh in it; neutral sentences give nothing."""
    found = []
    for sentence in told.sentences:
        weighed = weigh(told.text[sentence.start : sentence.end])
        if abs(weighed.compound) < _SURE:
            continue
        words = (
            f"{told.text[sentence.start + w.start : sentence.start + w.end]} {w.valence:+.1f}"
            for w in weighed.words
        )
        label = "positive" if weighed.compound > 0 else "negative"
        cues = f"{weighed.compound:+.2f}: {', '.join(words)}"
        found.append(Found(label, sentence.start, sentence.end, "vader", cues))
    return found


def scores(source: Any) -> pd.DataFrame:
    """VADER's compound of every sentence: review_id, sentence, start, end, text, compound in [-1, 1].

    `source` is a corpus, or a table with review_id and text.
    """
    rows = []
    for review_id, text in _texts(source):
        for number, s in enumerate(told(text).sentences, 1):
            quoted = text[s.start : s.end]
            rows.append((review_id, number, s.start, s.end, quoted, weigh(quoted).compound))
    return shown(
        source, pd.DataFrame(rows, columns=["review_id", "sentence", "start", "end", "text", "compound"])
    )


def valences(source: Any) -> pd.DataFrame:
    """Every word that weighs: review_id, sentence, start, end, text, lexicon, valence, changed_by.

    `lexicon` is the word's mean rating by ten people, -4 to 4; `valence` what it weighs here; `changed_by`
    the words that made the difference. Offsets are code points of the review's text.
    """
    rows = []
    for review_id, text in _texts(source):
        for number, s in enumerate(told(text).sentences, 1):
            for w in weigh(text[s.start : s.end]).words:
                start, end = s.start + w.start, s.start + w.end
                rows.append(
                    (review_id, number, start, end, text[start:end], w.lexicon, w.valence, w.changed_by)
                )
    columns = ["review_id", "sentence", "start", "end", "text", "lexicon", "valence", "changed_by"]
    table = pd.DataFrame(rows, columns=columns).astype({"lexicon": "float64", "valence": "float64"})
    return shown(source, table if rows else table.astype({"text": "str", "changed_by": "str"}))


def review_scores(source: Any) -> pd.DataFrame:
    """Each review's mean compound over its sentences, beside the compound of its whole text: review_id,
    mean, whole."""
    rows = []
    for review_id, text in _texts(source):
        each = [weigh(text[s.start : s.end]).compound for s in told(text).sentences]
        rows.append(
            (review_id, sum(each) / len(each) if each else None, weigh(text).compound if text else None)
        )
    return pd.DataFrame(rows, columns=["review_id", "mean", "whole"])


def _texts(source: Any) -> list[tuple[str, str]]:
    table = as_written(source)
    return list(zip(table["review_id"], table["text"].fillna(""), strict=True))


def _expanded(text: str, emojis: dict[str, str]) -> tuple[str, Sequence[int]]:
    """The text as VADER splits it, emoji spelt out, and for each character where it came from."""
    if text.isascii() or emojis.keys().isdisjoint(text):
        return text, range(len(text))
    pieces, origin, space = [], list[int](), True
    for at, character in enumerate(text):
        name = emojis.get(character)
        piece = character if name is None else (name if space else f" {name}")
        pieces.append(piece)
        origin += [at] * len(piece)
        space = character == " " if name is None else False
    return "".join(pieces), origin


def _trimmed(text: str, start: int, end: int, word: str) -> tuple[int, int]:
    """The place of the word itself, without the signs around it."""
    at = text.find(word, start, end)
    return (at, at + len(word)) if at >= 0 else (start, end)


def _changed(words: list[str], i: int, lexicon: float, before: float, after: float) -> str:
    """The words that made a word weigh something else than the lexicon says."""
    found = []
    if before != lexicon:
        near = [word.lower() for word in words[max(i - 3, 0) : i]]
        found += [
            w for w in near if vader.negated([w]) or w in vader.BOOSTER_DICT or w in ("no", "least", "never")
        ]
        pairs = [" ".join(pair) for pair in itertools.pairwise(near)]
        found += [pair for pair in pairs if pair in vader.BOOSTER_DICT]
        found += near[-1:] if near[-1:] in (["so"], ["this"]) else []
        around = " ".join(word.lower() for word in words[max(i - 2, 0) : i + 3])
        found += [idiom for idiom in vader.SPECIAL_CASES if f" {idiom} " in f" {around} "]
        found += ["capitals"] if words[i].isupper() else []
    if after != before:
        found.append("but")
    return ", ".join(dict.fromkeys(found))
