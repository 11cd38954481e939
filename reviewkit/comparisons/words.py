"""What counts as a word? Runs of letters and apostrophes, case folded, each at its exact place.

"Don't" is one word, and so is "Kathy's"; "well-made" is two; figures are none. A typographic apostrophe is
written as a plain one, accents as one character, so that the same word is the same string. Words are not
reduced to lemmas: "clone" and "clones" are two, unless a search ends in `*`. Known misreadings: an
apostrophe at a word's edge is left off ("the clones'" is "clones"); a masked signature is no word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from ..errors import TableError

__all__ = ["Token", "folded_word", "searched", "tokens"]

_LETTER = r"[^\W\d_][\u0300-\u036f]*"
_WORD = re.compile(rf"(?:{_LETTER})+(?:['\u2019\u02bc](?:{_LETTER})+)*")
_APOSTROPHES = str.maketrans("\u2019\u02bc", "''")


class Token(NamedTuple):
    """A word as it is counted, and where it stands: code points, half open."""

    start: int
    end: int
    word: str


def tokens(text: str) -> list[Token]:
    """The words of a text in their order.

    >>> tokens("Don’t go!")
    [Token(start=0, end=5, word="don't"), Token(start=6, end=8, word='go')]
    """
    return [Token(m.start(), m.end(), folded_word(m[0])) for m in _WORD.finditer(text)]


def folded_word(word: str) -> str:
    """A word as it is counted: case folded, apostrophes plain, accents composed."""
    return unicodedata.normalize("NFC", word.translate(_APOSTROPHES).casefold())


def searched(word: str) -> Callable[[str], bool]:
    """A test of whether a counted word is the one looked for; a final `*` stands for any further letters.

    Raises `TableError` for anything that is not a single word.

    >>> [each for each in ("clone", "clones", "cloned", "close") if searched("Clone*")(each)]
    ['clone', 'clones', 'cloned']
    """
    wanted = str(word).strip()
    stem = wanted.removesuffix("*")
    if not _WORD.fullmatch(stem):
        raise TableError(
            f"A single word was expected, not {wanted!r}: letters and apostrophes, such as 'clone', "
            "or 'clon*' for whatever begins so."
        )
    folded = folded_word(stem)
    if wanted.endswith("*"):
        return lambda counted: counted.startswith(folded)
    return lambda counted: counted == folded
