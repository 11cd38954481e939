"""What stands in a cell of its own, and yet waits for the card above it."""

from __future__ import annotations

from typing import Any

import ipywidgets  # type: ignore[import-untyped]

from .ask import Gate

__all__ = ["after"]

_WAITS = "This waits for your answer on the card above; it will stand here as soon as you commit it.\n"


def after(card: Gate, *things: Any) -> ipywidgets.Output:
    """Show panes, charts or tables once a card is committed, without the cell being run again.

    `things` are what a cell can show; they are held back again when the answer is taken back, and a
    teacher's open gates open this one as well.

    >>> from reviewkit import Predict
    >>> card = Predict("Ten or twelve?", ["10", "12"], "Twelve.", name="another example")
    >>> below = after(card, "Look here.")
    >>> below.outputs[0]["text"][:10]
    'This waits'
    """
    output = ipywidgets.Output()

    def look(_: Any = None) -> None:
        output.outputs = ()
        if card.shown:
            for thing in things:
                output.append_display_data(thing)
        else:
            output.append_stdout(_WAITS)

    card.observe(look, "shown")
    look()
    return output
