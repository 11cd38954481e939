"""Which one is it, and which ones are they? Tasks with options, of which one or several are right."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from ..plain import listed, plain_words
from ._parts import Form, Found, Key, UnreadableError, kind_of, named, options_of, slips_of, unwrapped

__all__ = ["Choice", "Choices", "choice", "choices"]

Slips = Mapping[str, tuple[str, str]]
YES, NO = "yes", "no"


def choice(options: Mapping[str, str], right: str, slips: Slips) -> tuple[Form, Key]:
    """A task with one right option. Each other one has a slip: its name, and what is said to it."""
    assert set(slips) == set(options) - {right}, "each wrong option has its misconception"
    return {"options": dict(options)}, {"right": right, "slips": slips_of(slips)}


def choices(
    options: Mapping[str, str], right: Collection[str], taken: Slips, left: Slips
) -> tuple[Form, Key]:
    """A task with several right options: `taken` is said to those taken wrongly, `left` to those left out.

    What is said to one that was left out must not say which one it is.
    """
    assert set(taken) == set(options) - set(right)
    assert set(left) == set(right)
    return {"options": dict(options)}, {
        "right": sorted(right),
        "taken": slips_of({key: taken[key] for key in options if key in taken}),
        "left": slips_of({key: left[key] for key in options if key in left}),
    }


class Choice:
    """One of some options."""

    @staticmethod
    def read(data: Any, form: Form) -> str:
        """The key of the option. Raises `UnreadableError`."""
        said = unwrapped(data)
        if isinstance(said, list | dict) and "unreadable" not in said:
            raise UnreadableError(
                f"Your answer is {kind_of(said)}; choose one option, such as {next(iter(form['options']))!r}."
            )
        return named(said, form["options"])

    @staticmethod
    def weigh(value: str, form: Form, key: Key) -> Found:
        """Right, or the misconception behind the option."""
        if value == key["right"]:
            return Found(1.0)
        found = Found(0.0)
        found.slip(*key["slips"][value])
        return found

    @staticmethod
    def shown(value: str, form: Form) -> str:
        """The answer as it was understood."""
        return f"{value}: {form['options'][value]}"

    @staticmethod
    def fields(form: Form) -> list[dict[str, Any]]:
        """What a card asks."""
        return [
            {
                "key": "answer",
                "kind": "choice",
                "prompt": "Your answer",
                "options": options_of(form["options"]),
            }
        ]

    @staticmethod
    def from_card(said: Mapping[str, Any], form: Form) -> Any:
        """What a card's fields amount to."""
        return said.get("answer")


class Choices:
    """Some of some options; each is taken, left, or not yet decided."""

    @staticmethod
    def read(data: Any, form: Form) -> dict[str, str]:
        """For each option that was decided, `yes` or `no`. Raises `UnreadableError`."""
        options = form["options"]
        if isinstance(data, str):
            data = _listed(data, options)
        if isinstance(data, dict) and [len(row) for row in data.get("rows", [])] == [2] * len(options):
            data = {str(each): said for each, said in data["rows"]}
        if isinstance(data, dict) and "columns" not in data and "unreadable" not in data:
            return {named(k, options): _yes(v) for k, v in data.items() if v not in (None, "")}
        if not isinstance(data, list):
            raise UnreadableError(
                f"Your answer is {kind_of(data)}; a list was asked for, such as {list(options)[:2]!r}."
            )
        taken = {named(each, options) for each in data}
        return {key: YES if key in taken else NO for key in options}

    @staticmethod
    def weigh(value: dict[str, str], form: Form, key: Key) -> Found:
        """Each option taken or left in the right; what is taken wrongly weighs against what is right."""
        right, options = set(key["right"]), form["options"]
        taken = {each for each, said in value.items() if said == YES}
        open_ones = [each for each in options if each not in value]
        good, bad = taken & right, taken - right
        found = Found(max(0.0, len(good) / len(right) - len(bad) / max(1, len(options) - len(right))))
        if taken == right and not open_ones:
            return Found(1.0)
        if taken == set(options) and len(bad) > 1:
            found.slip("took-everything", "You took every one of them. Which of them could you defend?")
        if good:
            found.said.append(f"Right so far: {listed(sorted(good))}.")
        for each in sorted(bad):
            found.slip(*key["taken"][each])
        for each in sorted(right - taken - set(open_ones)):
            found.slip(*key["left"][each])
        if open_ones:
            found.slip("left-open", f"Not decided yet: {listed(open_ones)}.")
        found.share = min(found.share, 0.9)
        return found

    @staticmethod
    def shown(value: dict[str, str], form: Form) -> str:
        """The answer as it was understood."""
        return listed([each for each, said in value.items() if said == YES]) or "none of them"

    @staticmethod
    def fields(form: Form) -> list[dict[str, Any]]:
        """What a card asks: yes or no to each."""
        both = [{"value": YES, "label": YES}, {"value": NO, "label": NO}]
        return [
            {"key": k, "kind": "choice", "layout": "row", "prompt": f"{k}: {text}", "options": both}
            for k, text in form["options"].items()
        ]

    @staticmethod
    def from_card(said: Mapping[str, Any], form: Form) -> Any:
        """What a card's fields amount to."""
        return {key: said.get(key) for key in form["options"]}


def _listed(said: str, options: Mapping[str, str]) -> list[str]:
    """Options in a row, as one types them: “a, c”, “A and C.”, “a c”, “ac”, “none”."""
    parts = [part.strip() for part in re.split(r"[,;\n]|\band\b|&", said) if part.strip(" .")]
    words = [word for part in parts for word in re.findall(r"\w+", part.casefold())]
    if plain_words(said) in ("none", "none of them", "no"):
        return []
    if set(words) <= {key.casefold() for key in options}:
        return words
    whole = words[0] if len(words) == 1 else ""
    return list(whole) if len(whole) > 1 and set(whole) <= set(options) else parts


def _yes(said: Any) -> str:
    if isinstance(said, bool):
        return YES if said else NO
    word = plain_words(str(said))
    if word in (YES, "y", "true", "1", "1 0", "x"):
        return YES
    if word in (NO, "n", "false", "0", "0 0"):
        return NO
    raise UnreadableError(f"Say yes or no to each, not {str(said)[:40]!r}.")
