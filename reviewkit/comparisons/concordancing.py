"""Where does a word stand? Every place where it is used, with the words around it."""

from __future__ import annotations

import pandas as pd

from ..corpus import Corpus
from ..errors import TableError
from .grouping import By, groups
from .words import searched, tokens

__all__ = ["concordance"]


def concordance(
    corpus: Corpus, word: str, *, width: int = 40, by: By | None = None, source: str | None = None
) -> pd.DataFrame:
    """Every place where a word is used, in the order of the page: a keyword in context.

    `word` is one word, in any case; a final `*` stands for further letters (`clon*`). Gives review_id, start,
    end (code points of the review's text), left and right (up to `width` characters around it, line ends as
    blanks) and word, as it is written there; with `by`, whatever `rk.groups` takes, group comes first.
    Raises `TableError` for what is not a word and for a width below 0.

    >>> from reviewkit.corpus import load
    >>> concordance(load("never-let-me-go"), "hailsham", width=12).iloc[0][["left", "word", "right"]].tolist()
    ['children at ', 'Hailsham', ' are clones,']
    """
    fits = searched(word)
    if width < 0:
        raise TableError(f"The width is a number of characters, 0 or more, not {width}.")
    rows = []
    for review_id, text in zip(corpus.reviews["review_id"], corpus.reviews["text"].fillna(""), strict=True):
        flat = "".join(" " if character.isspace() else character for character in text)
        for token in tokens(text):
            if fits(token.word):
                left, right = flat[max(token.start - width, 0) : token.start], flat[token.end :][:width]
                rows.append((review_id, token.start, token.end, left, text[token.start : token.end], right))
    columns = ["review_id", "start", "end", "left", "word", "right"]
    table = pd.DataFrame(rows, columns=columns)
    if by is not None:
        table.insert(0, "group", table["review_id"].map(groups(corpus, by, source=source)).astype("str"))
    return table
