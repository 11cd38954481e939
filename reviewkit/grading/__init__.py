"""Marking a class: what was handed in, marked without trusting it.

`grade` is the whole of it. Each module answers one question: what is in the files (`unpacking`), whose are
they (`naming`), what was handed in (`handed`), which attempt counts (`attempts`), what may a notebook do
(`confining`, `guarding`), how does it run (`running`, `inside`), what is it worth (`worth`), what was marked
before (`state`), what does the teacher say (`teacher`), and the pages and tables that come of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .classwork import grade

__all__ = ["grade"]


def __getattr__(name: str) -> Any:
    """Opened when asked for, so that a notebook that is run brings nothing of the marking with it."""
    if name == "grade":
        from .classwork import grade

        return grade
    raise AttributeError(name)
