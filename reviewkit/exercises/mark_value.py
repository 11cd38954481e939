"""The value of a check: a number that a grader reads, and a card that a student reads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from .marking import FULL, RESULTS

__all__ = ["Mark", "Said", "bare", "folds", "prose"]

_COLOURS = {"correct": "#2e7d4f", "partly": "#b26a00", "not yet": "#b3402f", "disputed": "#5a4fa3"}


_SIGNS = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|(?<![\w*])\*([^*\n]+)\*(?![\w*])")


class Said:
    """A few sentences, as a card in a notebook and as text elsewhere."""

    def __init__(
        self, heading: str, sentences: Sequence[str], colour: str = "#6b6f76", more: str = ""
    ) -> None:
        self._heading, self._sentences, self._colour, self._more = heading, [*sentences], colour, more

    def __str__(self) -> str:
        return "\n".join([self._heading, *self._sentences])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return card(self._heading, self._sentences, self._colour, self._more)


class Mark(float):
    """What an answer has earned: a number of points, with `.result`, `.feedback`, `.slips` and `.row`.

    Its `repr` is the bare number, which nbgrader takes for partial credit; `print` gives the sentences, a
    notebook shows a card.

    >>> row = {"task": "a", "title": "A", "points": 1.5, "out_of": 2, "result": "partly"}
    >>> mark = Mark({**row, "feedback": ["Right so far: b."], "misconceptions": []})
    >>> mark, mark + 1
    (1.5, 2.5)
    """

    row: dict[str, Any]

    def __new__(cls, row: Mapping[str, Any], more: str = "") -> Mark:
        """Make the number, and keep what it came from."""
        made = super().__new__(cls, row["points"])
        made.row = dict(row)
        made._more = more
        return made

    _more: str

    @property
    def result(self) -> str:
        """`correct`, `partly`, `not yet`, `not attempted`, `agrees with the key` and so on."""
        return str(self.row["result"])

    @property
    def feedback(self) -> list[str]:
        """What is said of the answer."""
        return list(self.row["feedback"])

    @property
    def slips(self) -> list[str]:
        """The misconceptions behind it."""
        return list(self.row["misconceptions"])

    @property
    def heading(self) -> str:
        """The result in words and, where there is one, the points."""
        told = RESULTS[self.result]
        counted = self.result not in ("kept", "open", "not attempted", "unreadable")
        return f"{told} ({float(self):g} of {self.row['out_of']})" if counted else told

    def __repr__(self) -> str:
        return repr(float(self))

    def __str__(self) -> str:
        return "\n".join([f"{self.row['title']}: {self.heading}", *self.feedback])

    def _repr_html_(self) -> str:
        result = "correct" if self.result in FULL else self.result
        return card(self.heading, self.feedback, _COLOURS.get(result, "#6b6f76"), self._more)


def card(heading: str, sentences: Sequence[str], colour: str, more: str = "") -> str:
    """HTML of a card: a bar of colour, a heading that says the same, sentences."""
    said = "".join(f'<p style="margin:4px 0">{prose(each)}</p>' for each in sentences)
    return (
        f'<div class="rk-mark" role="group" style="border-left:4px solid {colour};padding:6px '
        "14px;max-width:46rem;"
        'margin:4px 0;overflow-wrap:anywhere"><p style="margin:2px '
        f'0"><strong>{escape(heading)}</strong></p>{said}{more}</div>'
    )


def prose(text: str) -> str:
    """Text as HTML: `code` and **bold** of Markdown, paragraphs, and nothing else."""
    if "```" in text:
        before, code, after = [*text.split("```", 2), "", ""][:3]
        code = code.removeprefix("python").strip("\n")
        block = f'<pre style="margin:4px 0;overflow-x:auto">{escape(code)}</pre>'
        return prose(before) + block + prose(after.strip())
    shown = escape(text, quote=False)
    shown = re.sub(r"`([^`]+)`", r"<code>\1</code>", shown)
    shown = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", shown)
    shown = re.sub(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])", r"<em>\1</em>", shown)
    return shown.replace("\n\n", "<br><br>").replace("\n- ", "<br>· ")


def bare(text: str) -> str:
    """The same text without its signs, for where only plain text is shown.

    >>> bare("Is `plot` *in* a **row**? raised* clone*")
    'Is plot in a row? raised* clone*'
    """
    return _SIGNS.sub(lambda found: found[found.lastindex or 0], text)


def folds(parts: Sequence[tuple[str, str]]) -> str:
    """Texts folded one within another, so that the second is met only after the first was opened."""
    inner = ""
    for name, text in reversed(parts):
        inner = (
            f'<details style="margin:6px 0 2px"><summary style="cursor:pointer">{escape(name)}</summary>'
            f'<p style="margin:4px 0">{prose(text)}</p>{inner}</details>'
        )
    return inner
