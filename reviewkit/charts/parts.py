"""What do all charts share? Colours, letters and sizes, and how a table becomes something to draw.

Colours are named, not given: `theme.css` says what each is in a light, a dark and a forced theme, so a
chart follows JupyterLab without being drawn again. No colour stands alone: a label has its letters, its
place or its height beside it. Words of a page enter a chart as values of columns that have names of our
own, never as a name, a title or an expression.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import altair as alt
import pandas as pd

from .. import schema
from ..errors import TableError
from ..looks.blocks import shown
from ..scoring import STAGES

__all__ = ["ACCENT", "EDGE", "INK", "LAST", "PAPER", "QUIET", "RULE", "STAGE_CODES", "among", "asked"]
__all__ += [
    "checked",
    "chosen_or",
    "data",
    "head_of_rows",
    "in_words",
    "joined",
    "minus",
    "of_one_source",
    "picture",
    "plural",
    "rows",
    "share",
]
__all__ += ["short_names", "stage_signs", "taken", "x", "y"]

INK, QUIET, RULE = "var(--rk-ink)", "var(--rk-ink-quiet)", "var(--rk-rule)"
EDGE, PAPER, ACCENT = "var(--rk-edge)", "var(--rk-paper)", "var(--rk-accent)"
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif'

STAGE_CODES = dict(zip(STAGES, ["BA", "PL", "PE", "CR", "TH", "CO", "RE", "OV", "AD", "OT"], strict=True))
"""Two letters for each stage, the same as in the reading pane."""
LAST = ("unknown", "none", "<NA>")
"""Groups that stand last."""

_CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "aria": False,
        "domainColor": EDGE,
        "tickColor": EDGE,
        "gridColor": RULE,
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": 170,
        "titlePadding": 8,
    },
    "text": {"color": INK, "fontSize": 12, "font": FONT},
}


def data(rows: Iterable[Mapping[str, Any]]) -> alt.InlineData:
    """Rows to draw, as plain values inside the chart; what could not be seen in a text is made visible."""
    values = [{name: shown(v) if isinstance(v, str) else v for name, v in row.items()} for row in rows]
    return alt.InlineData(values=values)


def x(field: str, **options: Any) -> alt.X:
    """A horizontal place, from a column of numbers."""
    return alt.X(field=field, type="quantitative", **options)


def y(field: str, **options: Any) -> alt.Y:
    """A row, from a column of names, in the order of the `domain` given."""
    domain = options.pop("domain", None)
    if domain is not None:
        options["scale"] = alt.Scale(domain=[shown(name) for name in domain], padding=0.12)
    return alt.Y(field=field, type="ordinal", sort=None, **options)


def head_of_rows(title: str) -> dict[str, Any]:
    """How the rows of a chart are labelled, with a title above their names."""
    return {
        "axis": alt.Axis(
            title=title,
            titleAlign="right",
            titleAngle=0,
            titleBaseline="bottom",
            titleColor=QUIET,
            titleX=-8,
            titleY=-6,
            domain=False,
            labelPadding=8,
            ticks=False,
        )
    }


def minus(number: float, digits: int = 2) -> str:
    """A number with its sign, as it is printed."""
    return f"{number:+.{digits}f}".replace("-", "\u2212") if round(number, digits) else "0"


def chosen_or(chosen: Any, otherwise: Any) -> Any:
    """One look for the mark that is open, another for the rest."""
    return alt.condition("datum.mark === chosen", alt.value(chosen), alt.value(otherwise))


def rows(table: pd.DataFrame) -> Iterable[Any]:
    """The rows of a table; a row's columns are its attributes."""
    return table.itertuples(index=False)


def picture(layers: Sequence[alt.Chart], *, description: str, height: int) -> alt.LayerChart:
    """Layers as one chart that is as wide as its place, and shows the mark that is open.

    What can be clicked, in whichever layer, has a column `mark` in its data, numbered from 0.
    """
    layered: Any = alt.layer(*layers).add_params(alt.param(name="chosen", value=-1))
    drawn: alt.LayerChart = layered.properties(
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        background="transparent",
        config=_CONFIG,
        description=shown(description),
        height=height,
        width="container",
    )
    return drawn


def of_one_source(evidence: pd.DataFrame, layer: str, source: str | None) -> pd.DataFrame:
    """The rows of one layer, by one source; where there are several, the caller says which."""
    rows = evidence[evidence["layer"] == layer]
    if "source" not in rows:
        return rows
    there = [str(name) for name in dict.fromkeys(rows["source"])]
    if source is None and len(there) > 1:
        raise TableError(
            f"In this table {joined(there)} have marked {layer}. Say whose: source={there[0]!r}."
        )
    if source is not None and there and source not in there:
        raise TableError(
            f"Nobody called {source!r} has marked {layer} in this table. There is: {joined(there)}."
        )
    return rows if source is None else rows[rows["source"] == source]


def taken(table: Any, needs: Sequence[str], what: str, made_by: str) -> pd.DataFrame:
    """A table that is none of the shared ones, or the result of a comparison, if it has these columns."""
    table = getattr(table, "table", table)
    if not isinstance(table, pd.DataFrame):
        raise TableError(f"A table of {what} was expected, not {type(table).__name__}. {made_by}")
    if missing := [name for name in needs if name not in table.columns]:
        raise TableError(
            f"This table of {what} has no column {', '.join(map(repr, missing))}. "
            f"It has: {', '.join(map(repr, table.columns)) or 'no columns'}. {made_by}"
        )
    return table


def asked(option: str, value: object, known: Sequence[str], more: str = "") -> None:
    """Raise unless an option has one of its known values."""
    if value not in known:
        close = get_close_matches(str(value), known, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise TableError(
            f"{option}={value!r} is not known.{hint} There is: {joined(map(repr, known))}{more}."
        )


_ATTITUDE_CODES = {"positive": "PO", "negative": "NE", "mixed": "MX", "neutral": "NU"}  # as in the panes


def stage_signs(labels: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """For each stage its letters, its colour and the colour of letters upon it; ten are in the manual."""
    signs: dict[str, tuple[str, str, str]] = {}
    for label in labels:
        if label in STAGES:
            n = STAGES.index(label) + 1
            signs[label] = STAGE_CODES[label], f"var(--rk-stage-{n})", f"var(--rk-stage-ink-{n})"
        else:
            used = {code for code, _, _ in signs.values()} | set(STAGE_CODES.values())
            code = _ATTITUDE_CODES.get(label) or _code(label, used)
            signs[label] = code, "var(--rk-paper-low)", INK
    return signs


def _code(label: str, used: set[str]) -> str:
    letters = [c for c in label.upper() if c.isalnum()] or ["?"]
    tries = [*(letters[0] + c for c in letters[1:]), *(letters[0] + str(n) for n in range(1, 100))]
    return next((code for code in tries if code not in used), "??")


def among(labels: Iterable[Any], manual: Sequence[str]) -> list[str]:
    """The labels that occur, in the order of the manual; others after them by name, unknown ones last."""
    found = {str(label) for label in labels}

    def place(label: str) -> tuple[bool, int, float, str]:
        at = manual.index(label) if label in manual else len(manual)
        head = label.split()[0] if label.split() else ""
        number = float(head) if head.isascii() and head.isdigit() else float("inf")
        return label in LAST, at, number, label

    return sorted(found, key=place)


def short_names(review_ids: Iterable[str]) -> dict[str, str]:
    """What a review is called where there is little room: its number, if all are of one page."""
    ids = list(dict.fromkeys(review_ids))
    split = [name.rpartition("-") for name in ids]
    one_page = len({head for head, _, _ in split}) == 1 and all(n.isdigit() for _, _, n in split)
    return {name: number if one_page else name for name, (_, _, number) in zip(ids, split, strict=True)}


def plural(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 review`, `1,200 reviews`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def share(part: float, whole: float) -> str:
    """Part of a whole in per cent, without decimals.

    >>> share(1, 8)
    '12%'
    """
    return f"{100 * part / whole:.0f}%" if whole else "none"


def joined(words: Iterable[str]) -> str:
    """Words as a list in a sentence.

    >>> joined(["plot", "theme", "craft"])
    'plot, theme and craft'
    """
    *head, last = [*words] or ["none"]
    return f"{', '.join(head)} and {last}" if head else last


def in_words(*sentences: str) -> str:
    """Sentences as one text, without those that have nothing to say."""
    return " ".join(each for each in sentences if each)


def checked(evidence: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """A table of evidence with the columns that a chart of evidence needs."""
    return schema.check(evidence, "evidence", ("review_id", "layer", "label", "start", "end", *columns))
