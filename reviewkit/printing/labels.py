"""Which labels are there to choose from? The coding manual's, on one sheet, to lie beside the reviews."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from ..errors import TableError
from ..widgets.marking._marking import MEANINGS

__all__ = ["LAYERS", "label_sheet"]

_ABOUT = {
    "perspective": "Perspective: what the reviewer knows of the novel when writing",
    "spoilers": "Spoilers: what is given away, and how",
    "structure": "Stages: what each sentence does",
    "devices": "Devices: how the case is made",
    "attitude": "Attitude: what a sentence of comment makes of the film",
    "stance": "Stance: what the whole review makes of the film",
}
_WHOLE = {
    "perspective": {
        "unstated": "no sign either way; not the same as film-only",
        "(basis)": "stated: in so many words; implied: by what only a reader could say, or by conduct",
    },
    "spoilers": {
        "(whole review)": "warned: tells grade 2 or 3, with a warning before; unwarned: tells, with none "
        "before; withheld: declines to tell, and does not; spoiler-free: none of these",
    },
    "stance": {
        "favourable": "on the whole, for the film",
        "mixed": "for and against, without a balance",
        "unfavourable": "on the whole, against it",
    },
}
LAYERS = tuple(_ABOUT)
"""What can stand on the sheet, in this order."""


def label_sheet(layers: Collection[str] | None = None) -> str:
    """The labels of these layers with a line on each, as HTML; nothing for no layers.

    Raises `TableError` for a layer that the coding manual has not.

    >>> label_sheet([])
    ''
    """
    wanted = LAYERS if layers is None else layers
    if unknown := [layer for layer in wanted if layer not in LAYERS]:
        raise TableError(f"There are no labels for {unknown[0]!r}. There are: {', '.join(LAYERS)}.")
    if not wanted:
        return ""
    tables = "".join(_table(layer) for layer in LAYERS if layer in wanted)
    return f'<section class="labels" aria-labelledby="labels"><h2 id="labels">Labels</h2>{tables}</section>\n'


def _table(layer: str) -> str:
    meanings = MEANINGS.get(layer, {}) | _WHOLE.get(layer, {})
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(meaning)}</td></tr>'
        for label, meaning in meanings.items()
    )
    return f"<h3>{escape(_ABOUT[layer])}</h3><table><tbody>{rows}</tbody></table>"
