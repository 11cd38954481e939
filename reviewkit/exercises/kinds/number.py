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
_ONES = re.findall(
    r"\w+",
    "nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen",
)
_TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d{1,2}|\d{4,})(?![\d,])|(?<![\d.,])(0),(\d{3})(?![\d,])")


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
            raise UnreadableError(_no_number(said))
        if isinstance(said, int | float):
            if not math.isfinite(said):
                raise UnreadableError("Your answer is no number that one can count to.")
            return float(said)
        return _written(said[:500].replace("\u2212", "-"), form)  # a typographic minus

    @staticmethod
    def weigh(value: float, form: Form, key: Key) -> Found:
        """Right, or the way on which one comes to this number."""
        expected, near = key["expected"], max(key["tolerance"], 1e-9)
        if abs(value - expected) <= near:
            return Found(1.0)
        yours = f"{value:g}"
        found = Found(0.0)
        alike = [
            (abs(value - other), name, says)
            for name, (other, says) in key["slips"].items()
            if abs(value - other) <= max(near if near < 0.5 else 1e-9, 1e-9, 0.0005 * abs(other))
            or _rounds_to(other, value)
            or _rounds_to(value, other)
        ]
        off, name, says = min(alike, key=lambda each: each[0], default=(1.0, "", ""))
        if name and not (_rounds_to(expected, value) and off > 1e-9):
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
    if value < 0 <= expected and any(other < 0 for other, _ in key["slips"].values()):
        return "below-nought", "{yours} is below nought. On which side did you begin, and what changes sides?"
    if value < 0 <= expected:
        return "below-nought", "{yours} is less than nothing. What was taken from what?"
    if expected and (abs(value - 100 * expected) <= 100 * near or abs(value * 100 - expected) <= near):
        return (
            "share-or-percent",
            "{yours}: is that a share, a count, or a count in every hundred? Read what is asked.",
        )
    if expected and not whole and (_near(value, 10 * expected, near) or _near(10 * value, expected, near)):
        return "ten-times", "{yours}: for how many is that? Your point may have slipped by one place."
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
    if not whole and (_rounds_to(expected, value) or value == round(expected) != 0):
        return "rounded", "{yours} is rounded more than was asked. Give it with its decimals."
    hundred = form["unit"] == "%" or "100" in form["unit"]
    rest = 100 if hundred else 1 if 0 < expected < 1 else None
    if rest and abs(rest - value - expected) <= max(near, 0.005 * rest):
        return "the-rest", "{yours} is the share of all the others. Of which ones was it asked?"
    if rest == 1 and value > 1:
        return (
            "more-than-a-share",
            "{yours} is more than all of them. Which of your two numbers is the whole?",
        )
    if value == 0:
        return "none-at-all", "{yours} would mean that there is none at all. Is that so?"
    if not whole and abs(value - expected) <= 0.03 * abs(expected):
        return "nearly", "{yours} is close. Did you round on the way, or miss one in counting?"
    return "", ""


def _near(one: float, other: float, near: float) -> bool:
    return abs(one - other) <= 10 * near


def _rounds_to(other: float, value: float) -> bool:
    """Whether this value is that number, rounded: to whole ones from ten on, else to one decimal or two."""
    figures = f"{value:.6f}".rstrip("0").partition(".")[2]
    few = 1 if figures else 0
    return len(figures) <= 2 and (few == 1 or abs(value) >= 10) and round(other, len(figures)) == value


def _no_number(said: Any) -> str:
    """What an answer is that holds more than a number, and what one may have wanted of it."""
    if isinstance(said, list) and said and all(isinstance(each, bool) or each is None for each in said):
        return "Your answer is a column of True and False. How many of them are True, or how large a part?"
    if isinstance(said, list) and said:
        return f"Your answer is a list of {len(said)} values; a single number was asked for. Which is it?"
    if isinstance(said, dict) and isinstance(said.get("rows"), list):
        rows = len(said["rows"])
        return f"Your answer is a table of {rows} rows; a single number was asked for. What of it is wanted?"
    return f"Your answer is {kind_of(said)}; a single number was asked for."


def _written(said: str, form: Form) -> float:
    """A number as it is written: with a decimal comma, in words, as a fraction, behind “=”. Raises
    `UnreadableError`."""
    text = _DECIMAL_COMMA.sub(lambda m: ".".join(part for part in m.groups() if part), said)
    text = text.rpartition("=")[2] if "=" in text else text
    found = _FIGURES.findall(text)
    share = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(/|of|in|out of|per|for every)\s*(\d+)\D*", text.casefold())
    if share and 0 < float(share[3]) < 1e15:
        hundred = share[3] == "100" and (form["unit"] == "%" or "100" in form["unit"])
        return float(share[1]) / (1 if hundred else float(share[3]))
    if len(found) == 1:
        value = float(re.sub(r"[,\s]", "", found[0])[:300])
        percent = re.search(r"%|per ?cent", text.casefold()) and not form["unit"] and not form["whole"]
        return value / 100 if percent else value
    if not found and (number := _in_words(text)) is not None:
        return float(number)
    what = "There are several numbers" if found else "There is no number"
    raise UnreadableError(f"{what} in your answer {brief(said, 40)}; a single one was asked for.")


def _in_words(text: str) -> int | None:
    """A number below a hundred, where the text says one and only one.

    >>> _in_words("Twenty-three comments"), _in_words("some")
    (23, None)
    """
    words = re.findall(r"[a-z]+", text.casefold().replace("zero", "nought"))
    values = [
        _ONES.index(w) if w in _ONES else 10 * _TENS.index(w) + 20 for w in words if w in (*_ONES, *_TENS)
    ]
    tens_and_ones = len(values) == 2 and values[0] >= 20 and 0 < values[1] < 10
    return sum(values) if len(values) == 1 or tens_and_ones else None
