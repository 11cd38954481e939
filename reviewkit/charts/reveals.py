"""Where in its text does a review give things away, and does it warn before?

Each review is a line from its first word to its last. What gives something away stands on it as a bar, the
higher the more it gives away; warnings and what is withheld have shapes of their own. The line is drawn
through as far as one can read without learning the secret, and dotted from there on. Known misreading: the
place is a share of the text, so a second paragraph of a short review and of a long one lie far apart.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from .. import schema
from ..handling import GRADE_OF, handlings
from . import parts
from .linked import Drawing, Linked

__all__ = ["reveal_timeline"]

ROW = 24
DRAWN = 60
_HEIGHT = {"minor": 5, "major": 12, "everything": 20}
_SHAPE = {
    "warning": ("triangle-up", "▲", "var(--rk-mark-2)"),
    "withholding": ("cross", "✚", "var(--rk-mark-1)"),
}
_SAYS = {
    "minor": "minor: the premise, a detail",
    "major": "major: the secret, a turn",
    "everything": "everything: a fate, the ending",
    "warning": "warning",
    "withholding": "withholding: declines to tell",
}
_GLYPH = {"minor": "▁", "major": "▅", "everything": "█"}


def reveal_timeline(
    evidence: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    order: str = "reveal",
    source: str | None = None,
    note: str = "",
) -> Linked:
    """See how early each review gives something away, how much, and whether a warning stands before it.

    Takes tables of evidence (layer `spoilers`) and reviews (review_id and text). `order` is `reveal` (who
    gives a grade of 2 or more away first, first; those who never do last) or `page`. `source` says whose
    labels, where the evidence has several; `note` is a line to show with the chart.

    Gives a `Linked` chart; its table has a row for each mark: review_id, label, begins and ends (per cent of
    the text), handling of the review. Raises `TableError` for missing columns and unknown options.

    >>> from reviewkit.corpus import load
    >>> corpus = load("never-let-me-go")
    >>> reveal_timeline(corpus.key, corpus.reviews).description.split(":")[0]
    '30 reviews'
    """
    parts.checked(evidence, "text")
    schema.check(reviews, "reviews", ("review_id", "text"))
    parts.asked("order", order, ("reveal", "page"))
    spoilers = parts.of_one_source(evidence, "spoilers", source)
    spoilers = spoilers[spoilers["label"].isin([*_HEIGHT, *_SHAPE])]
    verdicts = _verdicts(spoilers, reviews)
    drawn = _ordered(verdicts, order)
    verdicts = verdicts.loc[drawn]
    marks = _marks(spoilers, reviews, verdicts)
    left_out = len(reviews) - len(drawn)
    description = _description(marks, verdicts, left_out)
    columns = ["review_id", "start", "end", "text", "label", "at"]
    told = marks.assign(at=[f"{at:.0f}% of the text" for at in marks["begins"]])[columns]
    names = parts.short_names(drawn)
    return Linked(
        Drawing(
            chart=_chart(marks, verdicts, names, description),
            title="Where reviews give things away",
            description=description,
            table=marks[["review_id", "label", "begins", "ends", "handling"]].round(1),
            names=[f"{m.label}, at {m.begins:.0f}% of the text" for m in parts.rows(marks)],
            groups=[f"Review {names[m.review_id]}, {m.handling}" for m in parts.rows(marks)],
            behind=lambda mark: told.iloc[[mark]] if mark >= 0 else told.iloc[:0],
            beside=("label", "at"),
            signs=_signs(marks),
            notes=(note,),
        )
    )


def _verdicts(spoilers: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """The handling of every review, by review_id; without any evidence nothing was given away."""
    one = spoilers.assign(source="chart")
    if one.empty:
        label = ["spoiler-free"] * len(reviews)
        none = schema.frame("verdicts", {"review_id": list(reviews["review_id"]), "label": list(label)})
        return none.set_index("review_id")
    return handlings(one, reviews).set_index("review_id")


def _ordered(verdicts: pd.DataFrame, order: str) -> list[str]:
    page = list(verdicts.index)
    if order == "page":
        return page[:DRAWN]
    at = verdicts["first_reveal"].astype("float64").fillna(2.0)
    return sorted(page, key=lambda review: (at[review], page.index(review)))[:DRAWN]


def _marks(spoilers: pd.DataFrame, reviews: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """One row for each mark, in the order of the lines and of the text."""
    length = dict(zip(reviews["review_id"], reviews["text"].fillna("").map(len), strict=True))
    rows = spoilers[spoilers["review_id"].isin(verdicts.index)]
    whole = rows["review_id"].map(length).clip(lower=1).astype("float64")
    rows = rows.assign(
        begins=100 * rows["start"] / whole,
        ends=100 * rows["end"] / whole,
        handling=rows["review_id"].map(verdicts["label"]),
        line=rows["review_id"].map({review: n for n, review in enumerate(verdicts.index)}),
    )
    return rows.sort_values(["line", "start"], kind="stable", ignore_index=True)


def _signs(marks: pd.DataFrame) -> list[dict[str, str]]:
    here = parts.among(marks["label"], list(_SAYS))
    ink = {
        **{label: f"var(--rk-grade-{g})" for label, g in GRADE_OF.items()},
        **{k: v[2] for k, v in _SHAPE.items()},
    }
    glyphs = _GLYPH | {label: glyph for label, (_, glyph, _) in _SHAPE.items()}
    return [{"name": _SAYS[label], "glyph": glyphs[label], "ink": ink[label]} for label in here]


def _chart(
    marks: pd.DataFrame, verdicts: pd.DataFrame, names: dict[str, str], description: str
) -> alt.LayerChart:
    rows = [f"{names[r]} {handling}" for r, handling in zip(verdicts.index, verdicts["label"], strict=True)]
    across: dict[str, Any] = {
        "axis": alt.Axis(title="part of the text (%)", values=[0, 25, 50, 75, 100], grid=True),
        "scale": alt.Scale(domain=[0, 100], nice=False),
    }
    y = parts.y("row", domain=rows, **parts.head_of_rows("review"))
    first = [100 * float(at) if pd.notna(at) else 100.0 for at in verdicts["first_reveal"]]
    lines = [{"row": row, "safe": at, "from": 0, "to": 100} for row, at in zip(rows, first, strict=True)]
    track = alt.Chart(parts.data(lines)).encode(y=y)
    safe = track.mark_rule(aria=False, stroke=parts.QUIET, strokeWidth=1.6).encode(
        x=parts.x("from", **across), x2=alt.X2(field="safe")
    )
    after = track.mark_rule(aria=False, stroke=parts.EDGE, strokeWidth=1.2, strokeDash=[1, 4]).encode(
        x=parts.x("safe", **across), x2=alt.X2(field="to")
    )
    row_of = dict(zip(verdicts.index, rows, strict=True))
    drawn = [_drawn(mark, m, row_of[m.review_id]) for mark, m in enumerate(parts.rows(marks))]
    layers = [after, safe]
    told = alt.Tooltip(field="told", type="nominal")
    for label, height in _HEIGHT.items():
        these = [row for row in drawn if row["label"] == label]
        layers.append(
            alt.Chart(parts.data(these))
            .mark_bar(
                aria=False,
                cursor="pointer",
                height=height,
                fill=f"var(--rk-grade-{GRADE_OF[label]})",
                minBandSize=3,
            )
            .encode(
                x=parts.x("begins", **across),
                x2=alt.X2(field="ends"),
                y=y,
                stroke=parts.chosen_or(parts.INK, parts.PAPER),
                strokeWidth=parts.chosen_or(2.5, 0.8),
                tooltip=told,
            )
        )
    for label, (shape, _, ink) in _SHAPE.items():
        these = [row for row in drawn if row["label"] == label]
        layers.append(
            alt.Chart(parts.data(these))
            .mark_point(aria=False, cursor="pointer", shape=shape, size=110, filled=True, fill=ink, opacity=1)
            .encode(
                x=parts.x("begins", **across),
                y=y,
                stroke=parts.chosen_or(parts.INK, parts.PAPER),
                strokeWidth=parts.chosen_or(2.5, 1),
                tooltip=told,
            )
        )
    return parts.picture(layers, description=description, height=ROW * len(rows))


def _drawn(mark: int, m: Any, row: str) -> dict[str, Any]:
    told = f"Review {row}: {m.label}, at {m.begins:.0f}% of the text"
    return {"mark": mark, "row": row, "label": m.label, "begins": m.begins, "ends": m.ends, "told": told}


def _description(marks: pd.DataFrame, verdicts: pd.DataFrame, left_out: int) -> str:
    count = len(verdicts)
    handled = verdicts["label"].value_counts()
    kinds = [f"{handled[k]} {k}" for k in ("warned", "unwarned", "withheld", "spoiler-free") if k in handled]
    labels = marks["label"].value_counts()
    told = [f"{labels[k]} {k}" for k in _SAYS if k in labels]
    at = verdicts["first_reveal"].astype("float64").dropna()
    first = (
        f"{parts.plural(len(at), 'review gives', 'reviews give')} a secret, a turn or a fate away, "
        f"the first time at {100 * at.min():.0f}% of its text at the earliest, "
        f"{100 * at.max():.0f}% at the latest, {100 * at.median():.0f}% in the middle case."
        if len(at)
        else "None gives a secret, a turn or a fate away."
    )
    return parts.in_words(
        f"{parts.plural(count, 'review')}: {parts.joined(kinds)}.",
        f"Marked in them: {parts.joined(told)}." if told else "Nothing is marked in them.",
        first,
        f"{parts.plural(left_out, 'more review is', 'more reviews are')} not drawn." if left_out else "",
    )
