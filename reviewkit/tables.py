"""From reviews to sentences, and what can be counted of them.

Sentences: paragraphs first (blank lines part them), then the lines of a paragraph where the writer, not the
width of a window, broke them, then sentences by nupunkt, whose offsets are exact. nupunkt runs on behind a
closing `**SPOILERS**`; a rule of our own parts such shouts. Known misreadings: a sentence that begins with a
small letter is not parted from the one before; a heading glued to its paragraph stays with it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pandas as pd

from . import schema

__all__ = ["facts", "paragraphs", "sentence_spans", "sentences"]

_BLANK = re.compile(r"\n\s*\n\s*")
# What ends a sentence without a full stop: a shout in asterisks or equals signs, an emoticon.
_SHOUT = re.compile(
    r"(?:\*{1,3}[^*a-z\n]{4,40}\*{1,3}|={2,}[^=a-z\n]{4,40}={2,}|(?<=\s)[:;]-?[)(DP])(?=\s+[\"“'‘(]?[A-Z])"
)
_HINT = re.compile(r"\*|==|[:;]-?[)(DP]")
_OPENS = re.compile(r"[\"“'‘(\[]*[A-Z0-9*•]")


def sentences(reviews: pd.DataFrame) -> pd.DataFrame:
    """Each review, sentence by sentence, with exact offsets.

    Takes a table with `review_id` and `text`; gives one row per sentence with review_id, paragraph, sentence
    (both counted from 1 within the review), start, end (code points of the review's text, half open), text.
    Raises `TableError` where a column is missing.

    >>> reviews = pd.DataFrame({"review_id": ["a-01"], "text": ["It rains. Ruth waits."]})
    >>> sentences(reviews)["text"].tolist()
    ['It rains.', 'Ruth waits.']
    """
    schema.check(reviews, "reviews", ("review_id", "text"))
    columns: dict[str, list[object]] = {name: [] for name in schema.TABLES["sentences"]}
    for review_id, text in zip(reviews["review_id"], reviews["text"], strict=True):
        spans = list(sentence_spans(text))
        columns["review_id"] += [review_id] * len(spans)
        columns["paragraph"] += [paragraph for paragraph, _, _ in spans]
        columns["sentence"] += range(1, len(spans) + 1)
        columns["start"] += [start for _, start, _ in spans]
        columns["end"] += [end for _, _, end in spans]
        columns["text"] += [text[start:end] for _, start, end in spans]
    return schema.frame("sentences", columns)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs of a text stand: spans (start, end) without the blank lines between them."""
    spans, start, last = [], len(text) - len(text.lstrip()), len(text.rstrip())
    for gap in _BLANK.finditer(text, start, last):
        spans.append((start, start + len(text[start : gap.start()].rstrip())))
        start = gap.end()
    return [*spans, (start, last)] if last > start else spans


def sentence_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """The sentences of one text: paragraph (from 1), start, end, without the white space around them."""
    width = max(map(len, text.split("\n")))
    for number, (first, last) in enumerate(paragraphs(text), 1):
        for start, end in _blocks(text, first, last, width):
            for a, b in _segmenter()(text[start:end]):
                sentence = text[start + a : start + b]
                stripped = sentence.strip()
                if stripped:
                    at = start + a + len(sentence) - len(sentence.lstrip())
                    yield number, at, at + len(stripped)


def _blocks(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Stretches of a paragraph that no sentence crosses: ends of deliberate lines, and shouts."""
    cuts = [start]
    position = text.find("\n", start, end)
    while position >= 0:
        line = position - max(text.rfind("\n", start, position) + 1, start)
        following = text[position + 1 : end].split(None, 1)
        first = following[0] if following else ""
        if line + 1 + len(first) <= 0.8 * width and _OPENS.match(first):
            cuts.append(position + 1)
        position = text.find("\n", position + 1, end)
    if _HINT.search(text, start, end):
        cuts += [found.end() for found in _SHOUT.finditer(text, start, end)]
    cuts.sort()
    yield from zip(cuts, [*cuts[1:], end], strict=True)


@cache
def _segmenter() -> Any:
    import nupunkt

    return nupunkt.sent_spans


def facts(reviews: pd.DataFrame) -> pd.DataFrame:
    """What can be counted of each review without quoting it, and the hash of its text.

    Gives one row per review: review_id, date, helpful_votes, comments, words (runs between white space),
    characters (code points), paragraphs, sentences, sha256 (of the text in UTF-8).
    """
    schema.check(reviews, "reviews", ("review_id", "date", "helpful_votes", "comments", "text"))
    texts = list(reviews["text"])
    known = reviews[["review_id", "date", "helpful_votes", "comments"]].reset_index(drop=True)
    return known.assign(
        words=[len(text.split()) for text in texts],
        characters=[len(text) for text in texts],
        paragraphs=[len(paragraphs(text)) for text in texts],
        sentences=[sum(1 for _ in sentence_spans(text)) for text in texts],
        sha256=[hashlib.sha256(text.encode()).hexdigest() for text in texts],
    )
