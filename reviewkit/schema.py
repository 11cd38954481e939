"""The tables that everything shares: their columns, types, units, and a check.

`TABLES[name]` maps each column to a `Column`; `check(frame, name)` says what is missing and which function
makes such a table. Unknown is missing (`NaT`, `<NA>`), never 0 or "".
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from .errors import TableError

__all__ = ["MADE_BY", "TABLES", "Column", "check", "empty", "frame"]


class Column(NamedTuple):
    """A column's pandas dtype and, in a sentence, what it holds."""

    dtype: str
    meaning: str


TABLES: dict[str, dict[str, Column]] = {
    "reviews": {
        "review_id": Column("str", "Page name and two-digit position, such as `my-page-03`."),
        "position": Column("int64", "Place on the page, counted from 1."),
        "date": Column("datetime64[s]", "Day on which the review was posted."),
        "rating": Column("Int64", "Stars given, 1 to 5."),
        "title": Column("str", "The review's own headline."),
        "author": Column("str", "Pseudonym, the same for the same name on this computer."),
        "helpful_votes": Column("Int64", "People who found the review helpful."),
        "votes": Column("Int64", "People who voted at all, where the page tells."),
        "comments": Column("Int64", "Comments under the review."),
        "verified": Column("boolean", "Whether the shop vouches that the reviewer bought it there."),
        "format": Column("str", "Edition reviewed, such as `DVD`."),
        "country": Column("str", "Country the review was posted in."),
        "text": Column("str", "The review itself, as it was written."),
    },
    "sentences": {
        "review_id": Column("str", "The review it stands in."),
        "paragraph": Column("int64", "Paragraph within the review, counted from 1."),
        "sentence": Column("int64", "Sentence within the review, counted from 1."),
        "start": Column("int64", "First character, in code points of the review's text, from 0."),
        "end": Column("int64", "One past the last character; `text[start:end]` is the sentence."),
        "text": Column("str", "The sentence."),
    },
    "evidence": {
        "review_id": Column("str", "The review it stands in."),
        "layer": Column("str", "The question it answers, such as `spoilers`."),
        "label": Column("str", "What the words are evidence of."),
        "start": Column("int64", "First character, in code points of the review's text, from 0."),
        "end": Column("int64", "One past the last character; `text[start:end]` is the quoted words."),
        "text": Column("str", "The quoted words."),
        "rule": Column("str", "Name of the rule that found it; missing for a person's mark."),
        "cues": Column("str", "What decided it: words; in a key, the reason where its annotators differed."),
        "runner_up": Column("str", "The label that came second; in a key, a second stage that is right too."),
        "source": Column("str", "`rule`, `key`, or who marked it."),
    },
    "verdicts": {
        "review_id": Column("str", "The review it is about."),
        "layer": Column("str", "The question it answers: `perspective`, `spoilers` or `stance`."),
        "label": Column("str", "The answer."),
        "basis": Column("str", "Of a perspective: `stated`, `implied` or `none`."),
        "spans": Column("Int64", "Rows of evidence with this review, layer and source."),
        "order": Column("str", "Of a perspective: `book-first` or `film-first`, where the review says it."),
        "severity": Column("Int64", "Of spoilers: the gravest grade, 0 to 3."),
        "first_reveal": Column(
            "Float64", "Of spoilers: where grade 2 begins, 0 (start) to 1 (end of the text)."
        ),
        "broken_promise": Column(
            "boolean", "Of spoilers: whether something was withheld and told all the same."
        ),
        "source": Column("str", "`rule`, `key`, or who decided it."),
    },
    "report": {
        "page": Column("str", "The page's name."),
        "line": Column("Int64", "Line of the page, counted from 1; missing for the page as a whole."),
        "kind": Column("str", "What was met, such as `furniture` or `mojibake`."),
        "text": Column("str", "The line, names masked."),
        "action": Column("str", "What the parser did about it, in a sentence."),
    },
    "lines": {
        "line": Column("int64", "Line of the page, counted from 1."),
        "start": Column("int64", "First character, in code points of the page, from 0."),
        "end": Column("int64", "One past the last character, the line's end included."),
        "role": Column("str", "What the parser took the line for, such as `text` or `date`."),
        "review_id": Column("str", "The review it went into; missing where it went into the report."),
        "text": Column("str", "The line, names masked."),
    },
}

MADE_BY = {
    "reviews": "rk.read_page(path).reviews",
    "sentences": "rk.sentences(reviews)",
    "evidence": "rk.evidence(reviews, spans)",
    "verdicts": "rk.handlings(evidence, reviews)",
    "report": "rk.read_page(path).report",
    "lines": "rk.read_page(path).lines",
}


def frame(name: str, columns: dict[str, list[object]]) -> pd.DataFrame:
    """Build the table `name` from lists; columns that are left out are missing throughout.

    Returns a new DataFrame with exactly the columns and dtypes of `TABLES[name]`.
    """
    length = len(next(iter(columns.values()), []))
    made = {}
    for column, (dtype, _) in TABLES[name].items():
        values = columns.get(column)
        made[column] = pd.array([None] * length if values is None else values, dtype=dtype)  # type: ignore[call-overload]
    return pd.DataFrame(made)


def empty(name: str) -> pd.DataFrame:
    """The table `name` without rows."""
    return frame(name, {})


def check(table: pd.DataFrame, name: str, needs: tuple[str, ...] | None = None) -> pd.DataFrame:
    """Give `table` back if it has the columns of the table `name` (or just those in `needs`).

    Raises `TableError`, naming the table, the missing columns and what makes such a table.
    """
    if not isinstance(table, pd.DataFrame):
        raise TableError(
            f"A table of {name} was expected, not {type(table).__name__}. {MADE_BY[name]} makes one."
        )
    missing = [c for c in (needs or tuple(TABLES[name])) if c not in table.columns]
    if missing:
        raise TableError(
            f"This table of {name} has no column {', '.join(map(repr, missing))}. "
            f"It has: {', '.join(map(repr, table.columns)) or 'no columns'}. "
            f"{MADE_BY[name]} makes a complete one."
        )
    return table
