"""How does a chart go onto a page that has no program behind it? As a drawing, in the colours of that page.

The drawing is SVG with its colours still by name (`theme.css`), so that a page can say what they are in the
light, in the dark and in print. It is taken apart and only shapes and letters are kept: nothing that could
run, be clicked or be fetched. Known limit: the marks of a still drawing do not open.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple
from xml.etree import ElementTree

import pandas as pd

from ..errors import TableError
from .linked import Linked

__all__ = ["Still", "still"]

_SVG = "http://www.w3.org/2000/svg"
_KEPT = {"svg", "g", "path", "line", "rect", "circle", "text", "tspan", "defs", "clipPath"}
_LOOKS = {
    *("d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "dx", "dy", "width", "height", "viewBox"),
    *("transform", "fill", "stroke", "opacity", "fill-opacity", "stroke-opacity", "stroke-width"),
    *("stroke-dasharray", "stroke-miterlimit", "stroke-linecap", "stroke-linejoin"),
    *("text-anchor", "font-size", "font-weight", "font-style", "id", "clip-path", "display", "visibility"),
}


class Still(NamedTuple):
    """A chart as a drawing, with what has to be said beside it."""

    title: str
    description: str
    """What the chart shows, in words and numbers: its text alternative."""
    svg: str
    """The drawing, hidden from screen readers; whoever shows it gives it `description` as a label."""
    signs: tuple[dict[str, str], ...]
    """The legend: `name`, `code` or `glyph`, and the colours' names."""
    notes: tuple[str, ...]
    table: pd.DataFrame
    """The data drawn, a row for each mark."""


def still(chart: Linked, *, width: int = 640, named: str = "figure") -> Still:
    """A chart of the kit as a drawing for a page without a program behind it.

    `width` is in pixels; `named` begins every id in the drawing, so that two of them can stand on one page.
    Raises `TableError` for anything that is no chart of the kit.

    >>> from reviewkit.charts.strips import stage_strips
    >>> from reviewkit.corpus import load
    >>> corpus = load("never-let-me-go")
    >>> still(stage_strips(corpus.key, corpus.sentences)).svg[:4]
    '<svg'
    """
    if not isinstance(chart, Linked):
        raise TableError(
            f"A chart was expected, not {type(chart).__name__}: rk.stage_strips(...), rk.verdict_bars(...) "
            "or another of the kit's charts."
        )
    from vl_convert import vegalite_to_svg  # starts an engine of its own; only where a drawing is wanted

    drawing = chart._drawing
    plan = json.loads(drawing.chart.to_json(validate=False))
    plan["width"] = max(width, drawing.least)
    return Still(
        drawing.title,
        drawing.description,
        _plain(vegalite_to_svg(plan), named),
        tuple(dict(sign) for sign in drawing.signs),
        tuple(note for note in drawing.notes if note),
        drawing.table.drop(columns="text", errors="ignore"),
    )


def _plain(drawn: str, named: str) -> str:
    """Shapes and letters of a drawing, and nothing else."""
    root = ElementTree.fromstring(drawn)
    _prune(root, named)
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _prune(element: ElementTree.Element, named: str) -> None:
    element.attrib = {
        name: _own(name, value, named)
        for name, value in element.attrib.items()
        if name in _LOOKS and not re.search(r"url\((?!['\"]?#)|javascript:", value, re.IGNORECASE)
    }
    for child in list(element):
        tag = child.tag.removeprefix(f"{{{_SVG}}}") if isinstance(child.tag, str) else ""
        empty = tag == "text" and not "".join(child.itertext()).strip()
        if tag not in _KEPT or empty:
            element.remove(child)
        else:
            _prune(child, named)


def _own(name: str, value: str, named: str) -> str:
    """An attribute's value, ids and what refers to them under the drawing's own name."""
    if name == "id":
        return f"{named}-{value}"
    return re.sub(r"url\(['\"]?#([^'\")]+)['\"]?\)", rf"url(#{named}-\1)", value)
