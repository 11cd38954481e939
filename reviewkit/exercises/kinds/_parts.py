"""What every kind of task shares: what was found, and how a thing that cannot be read is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..plain import plain_words

__all__ = ["Form", "Found", "Key", "UnreadableError", "brief", "named", "options_of", "slips_of"]

Form = dict[str, Any]
"""What a student may know of a task: options, labels, columns that are asked for."""
Key = dict[str, Any]
"""What a check goes by; in an assessment it never leaves the teacher."""


class UnreadableError(Exception):
    """An answer that cannot be read as what was asked for; the message is for the student."""


@dataclass
class Found:
    """What a check found: how much is right (0 to 1), which misconceptions, and what is said of it."""

    share: float
    said: list[str] = field(default_factory=list)
    slips: list[str] = field(default_factory=list)
    agrees: str = ""
    """Of a judgement that counts in full: `key` or `annotator`."""

    def slip(self, name: str, says: str) -> None:
        """Take down a misconception, once."""
        if name not in self.slips:
            self.slips.append(name)
        if says not in self.said:
            self.said.append(says)


def slips_of(slips: Mapping[Any, tuple[str, str]], join: str = ">") -> dict[str, list[str]]:
    """Slips as JSON holds them: what was answered, and the misconception's name and words."""
    return {join.join(k) if isinstance(k, tuple) else str(k): list(said) for k, said in slips.items()}


def brief(text: str, most: int = 90) -> str:
    """The beginning of a text, in quotation marks, which it may bring along."""
    text = " ".join(str(text).split())
    if len(text) > 2 and text[0] in '“"„«' and text[-1] in '”"“»':
        text = text[1:-1]
    return f"“{text}”" if len(text) <= most else f"“{text[: most - 1].rstrip()} …”"


def options_of(options: Mapping[str, str], prefix: str = "") -> list[dict[str, str]]:
    """Options as a card takes them, the letter before the words."""
    return [{"value": key, "label": f"{prefix}{text}"} for key, text in options.items()]


def named(said: Any, options: Mapping[str, str], what: str = "option") -> str:
    """The key of the option that was meant: by its key, in any dress, or by its words.

    Raises `UnreadableError`, with the keys that there are.

    >>> named("(B)", {"a": "a date line", "b": "page furniture"})
    'b'
    """
    if not isinstance(said, str | int | float) or isinstance(said, bool):
        raise UnreadableError(
            f"Your answer is {_kind(said)}; one {what} was asked for, as a text in quotation marks."
        )
    words = plain_words(str(said))
    for key, text in options.items():
        names = (plain_words(key), plain_words(text), f"{plain_words(key)} {plain_words(text)}")
        if words and words in names:
            return key
    bare = [key for key in options if words and _bare(words) == _bare(plain_words(key))]
    close = [key for key, text in options.items() if len(words) > 3 and plain_words(text).startswith(words)]
    for few in (bare, close):
        if len(few) == 1:
            return few[0]
    raise UnreadableError(f"There is no {what} {brief(str(said), 40)}. There is: {', '.join(options)}.")


def _bare(words: str) -> str:
    """A name without its article, its noughts in front and the word *review*: “09”, “Review 9” are 9."""
    bare = re.sub(r"^(?:the |a |an |review |item )*0*(?=\w)", "", words)
    return {"1st": "first", "1": "first", "2nd": "second", "2": "second"}.get(bare, bare)


def _kind(said: Any) -> str:
    if said is None:
        return "nothing"
    if isinstance(said, dict) and "unreadable" in said:
        return str(said["unreadable"])
    if isinstance(said, dict) and "columns" in said:
        return "a table"
    names = {list: "a list", dict: "a mapping", bool: "True or False", str: "a text", int: "a number"}
    return names.get(type(said), "a number" if isinstance(said, float) else "something else")


def kind_of(said: Any) -> str:
    """What sort of thing an answer is, in words."""
    return _kind(said)


def rows_of(data: Any) -> list[dict[str, Any]]:
    """The rows of a table as mappings. Raises `UnreadableError`."""
    columns, rows = data.get("columns"), data.get("rows")
    sound = isinstance(columns, list) and isinstance(rows, list)
    if not sound or any(not isinstance(row, list) or len(row) != len(columns) for row in rows):
        raise UnreadableError("Your table cannot be read: its rows and its columns do not fit together.")
    return [dict(zip(map(str, columns), row, strict=True)) for row in rows]


def unwrapped(said: Any) -> Any:
    """What stands alone in a list, a mapping or a table of one cell."""
    while True:
        if isinstance(said, list) and len(said) == 1:
            said = said[0]
        elif (
            isinstance(said, dict)
            and "columns" in said
            and [len(r) for r in said.get("rows", [])] in ([1], [2])
        ):
            said = said["rows"][0][-1]
        else:
            return said


def of(found: Sequence[Any], whole: int) -> float:
    """A share, 1 where there is nothing to have a share of."""
    return len(found) / whole if whole else 1.0
