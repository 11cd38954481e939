"""How many, how much? A number, with what commonly goes wrong on the way to it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from ..plain import MISSING
from ._parts import Form, Found, Key, UnreadableError, brief, kind_of, unwrapped

__all__ = ["Number", "number"]

_FIGURES = re.compile(r"[+-]?(?:\d{1,3}(?:[,\s]\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+")
_WORDS = (
    "nought zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
)


def number(
    expected: float,
    slips: Mapping[str, tuple[float, str]],
    *,
    tolerance: float = 0.0,
    most: float | None = None,
    unit: str = "",
) -> tuple[Form, Key]:
    """A task that asks for a number. `slips` are other numbers that one comes to, and how: name to
    (number, what is said). A slip that is the expected number on this page is left out. `most` is the
    largest number that makes sense, `tolerance` how far off is right still.
    """
    apart = {n: (v, s) for n, (v, s) in slips.items() if abs(float(v) - float(expected)) > tolerance}
    whole = float(expected).is_integer() and tolerance < 0.5
    form = {"unit": unit, "whole": whole and not tolerance}
    return form, {
        "expected": float(expected),
        "tolerance": float(tolerance),
        "most": None if most is None else float(most),
        "slips": {n: [float(v), s] for n, (v, s) in apart.items()},
    }


class Number:
    """A number."""

    @staticmethod
    def read(data: Any, form: Form) -> float:
        """The number that was meant, units and separators aside. Raises `UnreadableError`."""
        said = unwrapped(data)
        if said == MISSING:
            raise UnreadableError("Your answer is <NA>: unknown. Which step made it so?")
        if isinstance(said, bool) or not isinstance(said, int | float | str):
            raise UnreadableError(f"Your answer is {kind_of(said)}; a single number was asked for.")
        if isinstance(said, int | float):
            if not math.isfinite(said):
                raise UnreadableError("Your answer is no number that one can count to.")
            return float(said)
        said = said.replace("\u2212", "-")  # a typographic minus
        found = _FIGURES.findall(said)
        if len(found) == 1:
            return float(re.sub(r"[,\s]", "", found[0]))
        if said.strip().casefold() in _WORDS.split():
            raise UnreadableError("Give the number in figures, such as 13.")
        what = "several numbers" if found else "no number in figures"
        raise UnreadableError(
            f"There is {what} in your answer {brief(said, 40)}; a single one was asked for."
        )

    @staticmethod
    def weigh(value: float, form: Form, key: Key) -> Found:
        """Right, or the way on which one comes to this number."""
        expected, near = key["expected"], max(key["tolerance"], 1e-9)
        if abs(value - expected) <= near:
            return Found(1.0)
        yours = f"{value:g}"
        found = Found(0.0)
        for name, (other, says) in key["slips"].items():
            if abs(value - other) <= max(near if near < 0.5 else 1e-9, 1e-9, 0.0005 * abs(other)):
                found.slip(name, says.replace("{yours}", yours))
                return found
        name, says = _general(value, form, key)
        if name:
            found.slip(name, says.replace("{yours}", yours))
        return found

    @staticmethod
    def shown(value: float, form: Form) -> str:
        """The answer as it was understood."""
        return f"{value:g} {form['unit']}".strip()

    @staticmethod
    def fields(form: Form) -> list[dict[str, Any]]:
        """What a card asks."""
        return [{"key": "answer", "kind": "number", "prompt": "Your answer, in figures", "options": []}]

    @staticmethod
    def from_card(said: Mapping[str, Any], form: Form) -> Any:
        """What a card's field amounts to."""
        return said.get("answer")


def _general(value: float, form: Form, key: Key) -> tuple[str, str]:
    """What goes wrong with numbers anywhere; nothing where this one tells nothing of its maker."""
    expected, most, whole = key["expected"], key["most"], form["whole"]
    near = max(key["tolerance"], 1e-9)
    if value < 0 <= expected:
        return "below-nought", "{yours} is less than nothing. What was taken from what?"
    if expected and (abs(value - 100 * expected) <= 100 * near or abs(value * 100 - expected) <= near):
        return (
            "share-or-percent",
            "{yours}: is that a share, a count, or a count in every hundred? Read what is asked.",
        )
    if most is not None and value > most:
        return (
            "more-than-there-are",
            "{yours} is more than there can be on this page. What was counted twice, or counted that "
            "should not be?",
        )
    if whole and not float(value).is_integer():
        return (
            "a-count-is-whole",
            "{yours} is not whole, and what is counted here comes in ones. Is it an average, or a share?",
        )
    if whole and abs(value - expected) == 1:
        return "near-the-edge", "{yours} is close. Does your count begin and end where it should?"
    if not whole and abs(round(value) - round(expected)) == 0 and float(value).is_integer():
        return "rounded", "{yours} is rounded more than was asked. Give it with its decimals."
    return "", ""
