"""The kinds of tasks: how an answer of each is read, weighed, shown and asked for on a card.

A helper (`choice`, `number` ...) makes what a student may know (the form) and what a check goes by (the key);
both are plain data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from ._parts import Form, Found, Key, UnreadableError
from .choices import Choice, Choices, choice, choices
from .claims import Claim, claim
from .number import Number, number
from .opened import Open, open_task
from .passages import Spans, spans
from .rules import Rules, rule
from .sorting import Sort, sort
from .tables import Table, table

__all__ = ["KINDS", "Form", "Found", "Key", "Kind", "UnreadableError"]
__all__ += ["choice", "choices", "claim", "number", "open_task", "rule", "sort", "spans", "table"]


class Kind(Protocol):
    """What each kind can do."""

    @staticmethod
    def read(data: Any, form: Form) -> Any:
        """The answer in the kind's own shape. Raises `UnreadableError`."""

    @staticmethod
    def weigh(value: Any, form: Form, key: Key) -> Found:
        """What is right about it."""

    @staticmethod
    def shown(value: Any, form: Form) -> str:
        """The answer as it was understood, in a line."""

    @staticmethod
    def fields(form: Form) -> list[dict[str, Any]]:
        """What a card asks."""

    @staticmethod
    def from_card(said: Mapping[str, Any], form: Form) -> Any:
        """What a card's fields amount to, as data."""


KINDS: dict[str, type[Kind]] = {
    "choice": Choice,
    "choices": Choices,
    "number": Number,
    "table": Table,
    "sort": Sort,
    "verdicts": Sort,
    "spans": Spans,
    "rule": Rules,
    "claim": Claim,
    "open": Open,
}
