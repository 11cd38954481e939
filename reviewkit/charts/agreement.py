"""Where did two readers agree, and which labels did they take for each other?

A square table: rows are what the first reader said, columns what the second said, numbers how often. Where
they agreed lies on the diagonal and is left plain; a cell off it is the darker the more often it happened.
Known misreading: a label that is used more has more to differ on; compare a cell with its row.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from ..scoring import STAGES
from . import parts
from .linked import Drawing, Linked

__all__ = ["agreement_matrix"]

ROW = 32
_MADE_BY = (
    "Make one with a row for each pair of labels: "
    "pairs.groupby(['label_1', 'label_2']).size().reset_index(name='count')."
)
_MANUAL = (*STAGES, "positive", "mixed", "neutral", "negative", "minor", "major", "everything")


def agreement_matrix(
    table: Any,
    *,
    sentences: pd.DataFrame | None = None,
    between: tuple[str, str] = ("the first reader", "the second"),
    note: str = "",
) -> Linked:
    """See which labels two readers took for each other, and reread the sentences that divided them.

    `table` has the columns label_1, label_2 and count; or one row for each sentence, with label_1 and
    label_2 and its review_id, start, end and text, which are then counted. `sentences` are such rows, where
    `table` is counted already. `between` names the readers; `note` is a line to show with the chart.

    Gives a `Linked` chart; its table has a row for each pair of labels that occurred: label_1, label_2,
    count, agreed. Raises `TableError` for missing columns.

    >>> pairs = pd.DataFrame({"label_1": ["plot", "plot"], "label_2": ["plot", "theme"], "count": [8, 2]})
    >>> agreement_matrix(pairs).description[:51]
    '10 sentences; on 8 of them (80%) the first reader a'
    """
    found = parts.taken(table, ("label_1", "label_2"), "pairs of labels", _MADE_BY)
    if "count" not in found:
        parts.taken(
            found, ("count", "text") if "text" not in found else ("text",), "pairs of labels", _MADE_BY
        )
        sentences = found if sentences is None else sentences
        found = found.assign(count=1)
    if sentences is not None:
        parts.taken(
            sentences,
            ("label_1", "label_2", "review_id", "start", "end", "text"),
            "labelled sentences",
            _MADE_BY,
        )
    pairs = (
        found.astype({"label_1": "str", "label_2": "str"})
        .groupby(["label_1", "label_2"], as_index=False)["count"]
        .sum()
    )
    pairs = pairs[pairs["count"] > 0]
    labels = parts.among([*pairs["label_1"], *pairs["label_2"]], _MANUAL)
    place = {label: n for n, label in enumerate(labels)}
    pairs = pairs.assign(agreed=pairs["label_1"] == pairs["label_2"])
    pairs = pairs.sort_values(["label_1", "label_2"], key=lambda c: c.map(place), ignore_index=True)
    description = _description(pairs, between)
    return Linked(
        Drawing(
            chart=_chart(pairs, labels, between, description),
            title="Where two readers agreed, and where not",
            description=description,
            table=pairs,
            names=[
                f"{p.label_2} by {between[1]}, {parts.plural(p.count_, 'time')}"
                for p in parts.rows(pairs.rename(columns={"count": "count_"}))
            ],
            groups=[f"{p.label_1} by {between[0]}" for p in parts.rows(pairs)],
            behind=_behind(pairs, sentences),
            a_mark="cell",
            beside=("label_1", "label_2"),
            nothing="The sentences are not at hand: give sentences= to read them.",
            notes=(note,),
            least=130 + 23 * len(labels),
        )
    )


def _behind(pairs: pd.DataFrame, sentences: pd.DataFrame | None) -> Any:
    columns = ["review_id", "start", "end", "text", "label_1", "label_2"]
    rows = pd.DataFrame(columns=columns) if sentences is None else sentences

    def behind(mark: int) -> pd.DataFrame:
        if mark < 0:
            return rows.iloc[:0][columns]
        here = (rows["label_1"] == pairs["label_1"][mark]) & (rows["label_2"] == pairs["label_2"][mark])
        found: pd.DataFrame = rows.loc[here, columns]
        return found.reset_index(drop=True)

    return behind


def _chart(
    pairs: pd.DataFrame, labels: list[str], between: tuple[str, str], description: str
) -> alt.LayerChart:
    signs = parts.stage_signs(labels)
    rows = {label: f"{label} {signs[label][0]}" for label in labels}
    top = max(int(pairs.loc[~pairs["agreed"], "count"].max() if (~pairs["agreed"]).any() else 1), 1)
    drawn = [
        {
            "mark": mark,
            "row": rows[p.label_1],
            "column": signs[p.label_2][0],
            "count": f"{p.count_:,}",
            "agreed": bool(p.agreed),
            "dark": 0.0 if p.agreed else 0.08 + 0.4 * p.count_ / top,
            "told": f"{p.label_1} by {between[0]}, {p.label_2} by {between[1]}: {p.count_}",
        }
        for mark, p in enumerate(parts.rows(pairs.rename(columns={"count": "count_"})))
    ]
    codes = [signs[label][0] for label in labels]
    y = parts.y(
        "row",
        domain=list(rows.values()),
        axis=alt.Axis(title=f"{between[0]} said", ticks=False, domain=False, labelPadding=6),
    )
    x = alt.X(
        field="column",
        type="ordinal",
        sort=None,
        scale=alt.Scale(domain=codes, padding=0.04),
        axis=alt.Axis(title=f"{between[1]} said", ticks=False, domain=False, orient="top", labelAngle=0),
    )
    base = alt.Chart(parts.data(drawn)).encode(x=x, y=y, tooltip=alt.Tooltip(field="told", type="nominal"))
    cells = base.mark_rect(aria=False, cursor="pointer", fill="var(--rk-mark-5)").encode(
        fillOpacity=alt.FillOpacity(field="dark", type="quantitative", scale=None, legend=None),
        stroke=parts.chosen_or(parts.INK, parts.EDGE),
        strokeWidth=parts.chosen_or(3, 0.6),
    )
    numbers = base.mark_text(aria=False, cursor="pointer", fontSize=12.5).encode(
        text=alt.Text(field="count", type="nominal")
    )
    return parts.picture([cells, numbers], description=description, height=ROW * len(labels))


def _description(pairs: pd.DataFrame, between: tuple[str, str]) -> str:
    count = int(pairs["count"].sum())
    same = int(pairs.loc[pairs["agreed"], "count"].sum())
    apart = pairs[~pairs["agreed"]].sort_values("count", ascending=False, kind="stable").head(5)
    each = [
        f"{a} against {b} ({n})"
        for a, b, n in zip(apart["label_1"], apart["label_2"], apart["count"], strict=True)
    ]
    return parts.in_words(
        f"{parts.plural(count, 'sentence')}; on {same} of them ({parts.share(same, count)}) "
        f"{between[0]} and {between[1]} agreed.",
        f"They differed most often on {parts.joined(each)}." if each else "They differed on none.",
    )
