"""Where are the words of a text, so that they can be chosen one by one?

A text is parted into words, punctuation and gaps, in code points, with nothing left out. What a reader sees
as one character stays whole: an emoji with its skin tone or its family, a flag, a letter with its accents. An
ideograph is a word of its own, since no gap says where words end in Chinese or Japanese.

Known misreadings: "New York" is two words; languages without gaps that have letters (Thai) are cut at none.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Token", "tokens"]

_IDEOGRAPHS = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f"
_JOINS = "\u200d\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef"
_FLAG = "[\U0001f1e6-\U0001f1ff]"
_MASK = "\u2588"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Gaps, words and single signs, each with what combines with it."""
    with_it = f"[{_combining()}{_JOINS}]"
    sign = f"(?:{_FLAG}{_FLAG}|[^\\s])(?:{with_it}|(?<=\u200d)[^\\s\\w])*"
    letter = f"[^\\W_{_IDEOGRAPHS}{_KANA}]{with_it}*"
    inner = f"['’\u2010\u2011-](?={letter})|(?<=\\d)[.,:](?=\\d)|[\u200c\u200d\u00ad]|_"
    return re.compile(
        f"(?P<gap>\\s+)|(?P<word>(?:{letter}|(?<=\\w){inner}|(?<={with_it}){inner})+"
        f"|[{_IDEOGRAPHS}]{with_it}*|(?:[{_KANA}]{with_it}*)+|{_MASK}+)|(?P<punctuation>{sign})"
    )


def _combining() -> str:
    """Every character that stands upon the one before it, as the inside of a character class."""
    marks = [n for n in range(0x300, 0x1E945) if unicodedata.category(chr(n)) in ("Mn", "Mc", "Me")]
    runs: list[list[int]] = []
    for n in marks:
        if runs and runs[-1][1] == n - 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in runs)


class Token(NamedTuple):
    """Characters `start` to `end` (not included), and what they are: `word`, `punctuation` or `gap`."""

    start: int
    end: int
    kind: str


def tokens(text: str) -> list[Token]:
    """The text's words, punctuation and gaps, in order; joined they are the text.

    >>> [(token.kind, token.end) for token in tokens("It's so.")]
    [('word', 4), ('gap', 5), ('word', 7), ('punctuation', 8)]
    """
    return [Token(m.start(), m.end(), str(m.lastgroup)) for m in _pattern().finditer(text)]
