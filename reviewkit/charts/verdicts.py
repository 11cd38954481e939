"""Who are the reviewers, group by group? Verdicts counted by anything that reviews can be grouped by.

One row for each group, one column for each verdict, in each cell a bar as long as its reviews: bars of a
column begin at one line, so that they can be compared, and each has its number. Known misreading: groups
differ in size, so compare a bar with its row's total before comparing it with another row's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from .. import schema
from ..errors import TableError
from ..looks.blocks import shown
from ..scoring import PERSPECTIVES
from . import parts
from .linked import Drawing, Linked

__all__ = ["verdict_bars"]

ROW = 34
_LABELS = {
    "perspective": PERSPECTIVES,
    "stance": ("favourable", "mixed", "unfavourable"),
    "spoilers": ("warned", "unwarned", "withheld", "spoiler-free"),
}
_CALLED = {"perspective": "Perspective", "stance": "Stance", "spoilers": "Handling of spoilers"}
_COLUMNS = ("order", "basis", "severity", "broken_promise")
_MANUAL = (
    "book-first",
    "film-first",
    *(label for labels in _LABELS.values() for label in labels),
    "stated",
    "implied",
)


def verdict_bars(
    verdicts: pd.DataFrame,
    by: str | Mapping[str, object] | pd.Series,
    *,
    layer: str = "perspective",
    evidence: pd.DataFrame | None = None,
    source: str | None = None,
    note: str = "",
) -> Linked:
    """See the verdicts of one layer in groups: perspective by stance, by handling, by year, by anything.

    Takes a table of verdicts. `by` is another layer in it (`stance`, `perspective`, `spoilers` or
    `handling`), a column of this layer's verdicts (`order`, `basis`, `severity`, `broken_promise`), or a
    Series or dictionary from review_id to group, such as `rk.groups(corpus, "year")`. With `evidence`, a mark
    opens the words its verdicts rest on; without, the reviews. `source` says whose verdicts, where the table
    has several; `note` is a line to show with the chart.

    Gives a `Linked` chart; its table has a row for each bar: group, label, reviews, of (reviews of the
    group). Reviews that no group is known of are `unknown`. Raises `TableError` for missing columns and
    unknown options.

    >>> from reviewkit.corpus import load
    >>> corpus = load("never-let-me-go")
    >>> verdict_bars(corpus.verdicts, "stance").description.split(".")[0]
    '30 reviews by stance'
    """
    schema.check(verdicts, "verdicts", ("review_id", "layer", "label"))
    layer = "spoilers" if layer == "handling" else layer
    rows = _of_layer(verdicts, layer, source)
    name, grouped = _grouped(verdicts, rows, by, layer, source)
    rows = rows.assign(group=[_said(grouped.get(review)) for review in rows["review_id"]])
    groups, labels = parts.among(rows["group"], _MANUAL), parts.among(rows["label"], _LABELS.get(layer, ()))
    counts = rows.groupby(["group", "label"]).size()
    of = rows["group"].value_counts()
    cells = [(g, la, int(counts[g, la]), int(of[g])) for g in groups for la in labels if (g, la) in counts]
    table = pd.DataFrame(cells, columns=["group", "label", "reviews", "of"])
    description = _description(table, groups, labels, name, len(rows))
    called = _CALLED.get(layer, layer.capitalize())
    return Linked(
        Drawing(
            chart=_chart(table, groups, labels, of, name, description),
            title=f"{called} of the reviewers by {name}" if layer != "spoilers" else f"{called} by {name}",
            description=description,
            table=table,
            names=[f"{c.label}, {parts.plural(c.reviews, 'review')}" for c in parts.rows(table)],
            groups=[f"{c.group} ({c.of})" for c in parts.rows(table)],
            behind=_behind(table, rows, evidence, layer, source),
            a_mark="bar",
            beside=("label", "basis"),
            no_words="No words of the review say so."
            if evidence is not None
            else "The words are not at hand: give evidence=corpus.key to read them.",
            notes=(note,),
            least=112 + len(labels) * (11 + 6 * max(len(line) for label in labels for line in _lines(label))),
        )
    )


def _of_layer(verdicts: pd.DataFrame, layer: str, source: str | None) -> pd.DataFrame:
    rows = parts.of_one_source(verdicts, layer, source)
    if rows.empty:
        there = parts.joined(map(repr, dict.fromkeys(verdicts["layer"])))
        raise TableError(f"There are no verdicts on {layer!r} in this table. There is: {there}.")
    return rows


def _grouped(
    verdicts: pd.DataFrame, rows: pd.DataFrame, by: Any, layer: str, source: str | None
) -> tuple[str, dict[str, Any]]:
    """What the grouping is called, and the group of each review."""
    if isinstance(by, Mapping | pd.Series):
        return str(getattr(by, "name", None) or "group"), {str(k): v for k, v in by.items()}
    columns = [c for c in _COLUMNS if c in rows and rows[c].notna().any()]
    others = [name for name in dict.fromkeys(verdicts["layer"]) if name != layer]
    known = [*("handling" if name == "spoilers" else name for name in others), *columns]
    by = "handling" if by == "spoilers" else by
    parts.asked("by", by, known, ", or a Series or dictionary from review_id to group")
    if by in columns:
        return str(by).replace("_", " "), dict(zip(rows["review_id"], rows[by], strict=True))
    other = parts.of_one_source(verdicts, "spoilers" if by == "handling" else by, source)
    return str(by), dict(zip(other["review_id"], other["label"], strict=True))


def _said(group: object) -> str:
    return "unknown" if group is None or pd.isna(group) else str(group)  # type: ignore[call-overload]


def _behind(
    table: pd.DataFrame, rows: pd.DataFrame, evidence: pd.DataFrame | None, layer: str, source: str | None
) -> Any:
    """The evidence of a bar's reviews; a review whose verdict rests on no words has a row without any."""
    said = rows.reindex(columns=["review_id", "label", "basis", "group"])
    if evidence is None:
        told = said.assign(start=None, end=None, text=None)
    else:
        marked = parts.of_one_source(parts.checked(evidence, "text"), layer, source)
        marked = marked[["review_id", "start", "end", "text", "label"]].rename(columns={"label": "mark"})
        told = said.merge(marked, on="review_id", how="left")
    told = told.astype({"start": "Int64", "end": "Int64"})
    columns = ["review_id", "start", "end", "text", "label", "basis"]
    columns += ["mark"] if layer == "spoilers" and "mark" in told else []

    def behind(bar: int) -> pd.DataFrame:
        if bar < 0:
            return told.iloc[:0][columns]
        here = (told["group"] == table["group"][bar]) & (told["label"] == table["label"][bar])
        found: pd.DataFrame = told.loc[here, columns]
        return found.reset_index(drop=True)

    return behind


def _chart(
    table: pd.DataFrame, groups: list[str], labels: list[str], of: pd.Series, name: str, description: str
) -> alt.LayerChart:
    rows = {group: f"{group} ({of[group]})" for group in groups}
    most = max(table["reviews"].max(), 1)
    drawn = [
        {
            "mark": mark,
            "row": rows[cell.group],
            "from": labels.index(cell.label),
            "to": labels.index(cell.label) + 0.74 * cell.reviews / most,
            "reviews": f"{cell.reviews:,}",
            "told": f"{rows[cell.group]}: {cell.label}, {cell.reviews}",
        }
        for mark, cell in enumerate(parts.rows(table))
    ]
    across: dict[str, Any] = {"axis": None, "scale": alt.Scale(domain=[0, len(labels)], nice=False)}
    y = parts.y(
        "row",
        domain=list(rows.values()),
        **parts.head_of_rows(f"{name} (reviews)"),
    )
    base = alt.Chart(parts.data(drawn)).encode(y=y, tooltip=alt.Tooltip(field="told", type="nominal"))
    bars = base.mark_bar(aria=False, cursor="pointer", fill=parts.ACCENT).encode(
        x=parts.x("from", **across),
        x2=alt.X2(field="to"),
        stroke=parts.chosen_or(parts.INK, parts.PAPER),
        strokeWidth=parts.chosen_or(3, 0),
    )
    numbers = base.mark_text(aria=False, align="left", dx=5, fontSize=13, cursor="pointer").encode(
        x=parts.x("to", **across), text=alt.Text(field="reviews", type="nominal")
    )
    empty = [
        {"row": rows[g], "at": n, "text": "0"}
        for g in groups
        for n, label in enumerate(labels)
        if not ((table["group"] == g) & (table["label"] == label)).any()
    ]
    zeros = alt.Chart(parts.data(empty)).mark_text(
        aria=False, align="left", dx=5, fontSize=13, color=parts.QUIET
    )
    zeros = zeros.encode(x=parts.x("at", **across), y=y, text=alt.Text(field="text", type="nominal"))
    columns = alt.Chart(parts.data({"at": n, "label": _lines(label)} for n, label in enumerate(labels)))
    lines = columns.mark_rule(aria=False, stroke=parts.EDGE).encode(x=parts.x("at", **across))
    heads = columns.mark_text(
        aria=False, align="left", baseline="line-bottom", y=-20, fontSize=12, fontWeight=600, lineHeight=14
    ).encode(x=parts.x("at", **across), text=alt.Text(field="label", type="nominal"))
    return parts.picture(
        [bars, numbers, zeros, lines, heads], description=description, height=ROW * len(groups)
    )


def _lines(label: str) -> list[str]:
    """A label on two lines, on the lower one where it is one word: `book-` above `reader`."""
    first, hyphen, rest = label.partition("-")
    return [shown(first + hyphen), shown(rest)] if rest else ["", shown(label)]


def _description(table: pd.DataFrame, groups: list[str], labels: list[str], name: str, count: int) -> str:
    told = []
    for group in groups:
        cells = table[table["group"] == group]
        each = [
            f"{c.reviews} {c.label}" for label in labels for c in parts.rows(cells[cells["label"] == label])
        ]
        told.append(f"{group} ({cells['of'].iloc[0]}): {parts.joined(each)}.")
    return parts.in_words(f"{parts.plural(count, 'review')} by {name}.", *told)
