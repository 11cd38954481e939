"""Where paragraphs and sentences begin and end, in code points.

Paragraphs first (blank lines part them), then the lines of a paragraph where the writer, not the width of a
window, broke them, then sentences by nupunkt, whose offsets are exact. nupunkt's own list of abbreviations
is drawn from scanned documents and holds common words ("book", "story", "life"), behind which it never ends a
sentence; the short list below stands in its place. A rule of our own ends a sentence behind a shout
(`**SPOILERS**`) or an emoticon.

Known misreadings: "at 9 p.m. Kathy left" stays in one piece; a quotation is parted from "she said" behind an
exclamation mark; a heading glued to its paragraph stays with it.
"""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

__all__ = ["paragraphs", "sentence_spans"]

_ABBREVIATIONS = """
    mr mrs ms messrs dr drs prof rev fr sr jr st mt capt col lt sgt gov sen
    e.g i.e eg ie etc cf vs viz ca approx esp incl resp misc
    vol vols nos pp ch chap eds dept univ inc ltd co corp bros
    a.m p.m min mins hr hrs yr yrs jan feb apr aug sept oct nov tues thurs
    u.s u.k u.s.a d.c n.y l.a b.a m.a ph.d m.d b.c a.d d.j t.v
    b c d e f g h j k l m n o p q r s t u v w x y z
"""
# Words that open a sentence even behind an abbreviation.
_OPENERS = """
    the this that these those there here it its he she they we you i my our his her their
    but and so or yet if when while then now not no yes what who why how where which
    in on at as for with after before because although though also still just even only
    all one some many most every each nothing nobody everyone everything
"""
_BLANK = re.compile(r"\n\s*\n\s*")
_OPENS = re.compile(r"[\"“'‘(\[]*[A-Z0-9*•]")
_SHOUT = re.compile(
    r"[*=:;](?:(?<=\*)\*{0,2}[^*a-z\n]{4,40}\*{1,3}|(?<=(?<!=)=)={1,4}[^=a-z\n]{4,40}={2,5}|(?<=\s[:;])-?[)(DP])"
    r"(?=\s+[\"“'‘(]?[A-Z])"
)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs of a text stand: spans (start, end) without the blank lines between them.

    >>> paragraphs("One.\\n\\nTwo.\\nStill two.")
    [(0, 4), (6, 21)]
    """
    spans, start, last = [], len(text) - len(text.lstrip()), len(text.rstrip())
    for gap in _BLANK.finditer(text, start, last):
        spans.append((start, start + len(text[start : gap.start()].rstrip())))
        start = gap.end()
    return [*spans, (start, last)] if last > start else spans


def sentence_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """The sentences of one text: paragraph (from 1), start, end, without the white space around them.

    >>> list(sentence_spans("I read the book. Kathy did not."))
    [(1, 0, 16), (1, 17, 31)]
    """
    cuts = sorted({*(start for start, _ in _segmenter().span_tokenize(text)), *_own_cuts(text)})
    for number, (first, last) in enumerate(paragraphs(text), 1):
        inner = cuts[bisect(cuts, first) : bisect_left(cuts, last)]
        for start, end in pairwise([first, *inner, last]):
            sentence = text[start:end]
            if stripped := sentence.strip():
                at = start + len(sentence) - len(sentence.lstrip())
                yield number, at, at + len(stripped)


def _own_cuts(text: str) -> Iterator[int]:
    """Where a text is cut without asking nupunkt: at deliberate lines, and behind what ends in a shout."""
    width, start = max(map(len, text.split("\n"))), 0
    while (end := text.find("\n", start)) >= 0:
        following = text[end + 1 : end + 200].split(None, 1)
        first = following[0] if following else ""
        if end - start + 1 + len(first) <= 0.8 * width and _OPENS.match(first):
            yield end + 1
        start = end + 1
    yield from (found.end() for found in _SHOUT.finditer(text))


@cache
def _segmenter() -> Any:
    from nupunkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters(
        abbrev_types=set(_ABBREVIATIONS.split()), sent_starters=set(_OPENERS.split())
    )
    return PunktSentenceTokenizer(parameters, include_common_abbrevs=False)
