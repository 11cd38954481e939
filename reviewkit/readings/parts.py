"""What every reading is given, and what it gives back.

A reading is one module with
    find(told, rules, work) -> list[Found]
a pure function of one review's text: `text[start:end]` of whatever it finds is the quoted words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import pandas as pd

from .. import files, schema
from ..cues import folded
from ..rulebook import Ruleset
from ..splitting import sentence_spans
from ..works import Work

__all__ = ["Found", "Reading", "Sentence", "Told", "as_written", "shown", "told"]


class Sentence(NamedTuple):
    """A sentence of a review: where it stands, and its words as cues are tried on them."""

    paragraph: int
    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True)
class Told:
    """A review's text with its sentences."""

    text: str
    sentences: tuple[Sentence, ...]


class Found(NamedTuple):
    """Words that are evidence of something: code points of the review's text, half open."""

    label: str
    start: int
    end: int
    rule: str = ""
    cues: str = ""
    """The words that decided it."""
    runner_up: str = ""


class Reading(Protocol):
    """The shape of a reading's module."""

    def find(self, told: Told, rules: Ruleset, work: Work | None) -> list[Found]:
        """The evidence in one review, in order of its words."""


@lru_cache(maxsize=2000)
def told(text: str) -> Told:
    """A review's text, with its sentences."""
    spans = sentence_spans(text)
    return Told(text, tuple(Sentence(p, start, end, folded(text[start:end])) for p, start, end in spans))


def as_written(source: Any) -> pd.DataFrame:
    """The reviews of a corpus, a page or a table, with their signatures, so that sentences stay what they
    are."""
    table = getattr(getattr(source, "page", source), "reviews", source)
    return schema.check(table, "reviews", ("review_id", "text"))


def shown(source: Any, table: pd.DataFrame) -> pd.DataFrame:
    """A table of quoted words, signatures masked where the corpus masks them."""
    if getattr(source, "names", True):
        return table
    return files.masked({"reviews": as_written(source), "shown": table})["shown"]
