"""Where do words stand, and what stands around them? Any word or phrase, found as it is written.

What is looked for is taken literally, never as a pattern: in any case, between the edges of words, blanks of
any kind and length alike, straight and typographic apostrophes alike. A `*` behind a last letter stands for
further letters (`clon*`), as in `rk.concordance`. Known misreading: "ß" and "ss" are not the same here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ...comparisons.words import tokens
from ...looks.blocks import shown
from ...people import BLOCK
from ...spans import Span, segments

__all__ = ["SORTS", "WIDTH", "Hit", "around", "cut", "found", "sorted_by"]

WIDTH = 72
"""Characters of context on each side; what does not fit into the pane is cut off there."""
SORTS = {"follows": "what follows", "precedes": "what comes before", "page": "the order of the page"}
"""How a list of words in their context can be sorted."""
_MASKED = re.compile(rf"{BLOCK}+(?:[ \t]+{BLOCK}+)*")
_INSIDE = r"[\w\u0300-\u036f]"


class Hit(NamedTuple):
    """Where words were found: the row of their sentence, and code points of the review's text."""

    row: int
    start: int
    end: int


@lru_cache(maxsize=64)
def _pattern(words: str) -> re.Pattern[str] | None:
    """What finds these words; None where there are none."""
    wanted = " ".join(words.split())
    further = len(wanted) > 1 and wanted.endswith("*") and wanted[-2].isalpha()
    wanted = wanted.removesuffix("*") if further else wanted
    if not wanted:
        return None
    forms = dict.fromkeys(unicodedata.normalize(form, wanted) for form in ("NFC", "NFD"))
    literal = "|".join(_literal(form) for form in forms)
    before = rf"(?<!{_INSIDE})" if wanted[0].isalnum() else ""
    after = rf"{_INSIDE}*" if further else rf"(?!{_INSIDE})" if wanted[-1].isalnum() else ""
    return re.compile(rf"{before}(?:{literal}){after}", re.IGNORECASE)


def _literal(words: str) -> str:
    """A pattern that finds just these characters."""
    signs = ("['\u2019\u02bc]" if sign in "'\u2019\u02bc" else re.escape(sign) for sign in words)
    return "".join(signs).replace(r"\ ", r"\s+")


def found(words: str, text: str) -> list[tuple[int, int]]:
    """Where the words stand in a text: code points, half open, none overlapping.

    >>> found("never let", "Never  let me go. Neverlet!")
    [(0, 10)]
    """
    pattern = _pattern(words)
    return [match.span() for match in pattern.finditer(text)] if pattern else []


def cut(text: str, start: int, end: int, hits: Iterable[tuple[int, int]] = ()) -> list[dict[str, Any]]:
    """The words from `start` to `end`, in pieces: `t`, whether `masked` or a `hit`; line ends as blanks."""
    part = text[start:end]
    spans = [Span(*match.span(), "masked") for match in _MASKED.finditer(part)]
    for a, b in hits:
        if a < end and start < b:
            spans.append(Span(max(a, start) - start, min(b, end) - start, "hit"))
    return [
        {"t": shown(_flat(piece.text)), **{str(name): True for name in piece.ids}}
        for piece in segments(part, spans)
    ]


def around(text: str, start: int, end: int, covered: Sequence[tuple[int, int]] = ()) -> dict[str, Any]:
    """Words in their context, in pieces: `left`, `word`, `right`; what is covered ends them on both sides."""
    first = max([0, *(b for _, b in covered if b <= start)])
    last = min([len(text), *(a for a, _ in covered if a >= end)])
    if first < start - WIDTH:  # from a whole word on, where there are gaps between words
        first = next(
            (n + 1 for n in range(start - WIDTH - 1, start - 12) if text[n].isspace()), start - WIDTH
        )
    if last > end + WIDTH:
        last = next((n for n in range(end + WIDTH, end + 12, -1) if text[n].isspace()), end + WIDTH)
    return {
        "left": cut(text, first, start),
        "word": cut(text, start, end),
        "right": cut(text, end, last),
    }


def sorted_by(hits: Collection[Hit], text_of: Callable[[int], str], how: str) -> list[Hit]:
    """Hits by the words that follow or precede them, or as they come; `text_of` a row is its review's."""
    if how == "page":
        return list(hits)
    near = 60

    def words(hit: Hit) -> list[str]:
        text = text_of(hit.row)
        if how == "follows":
            return [token.word for token in tokens(text[hit.end : hit.end + near])]
        return [token.word for token in tokens(text[max(0, hit.start - near) : hit.start])][::-1]

    return sorted(hits, key=words)


def _flat(text: str) -> str:
    return "".join(" " if sign.isspace() else sign for sign in text)
