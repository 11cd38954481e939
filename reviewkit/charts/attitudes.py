"""Does the sum of the words agree with a careful reader? Sentiment of each sentence beside its attitude.

One row for each attitude that the key has; in it a bar for each step of the score from -1 to 1, as high as
its sentences are many; those near zero, often half of all, are a number in the middle. A bar on the far side
of zero holds sentences that a reader heard one way and the sum of their words weighs the other way: those
are the ones to read. Known misreading: a score near zero means that no word weighs, or that words cancel
out, not that nothing is judged.
"""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd

from . import parts
from .linked import Drawing, Linked

__all__ = ["sentiment_and_attitude"]

ROW = 74
STEP = 0.1  # the middle step, -0.05 to 0.05, is what VADER's authors call neutral
_ATTITUDES = ("positive", "mixed", "neutral", "negative")
NOT_JUDGED = "not labelled"
CONTRARY = "var(--rk-mark-5)"
_NEEDS = ("review_id", "start", "end", "text", "compound")
_MADE_BY = "readings.sentiment.scores(corpus) makes one."


def sentiment_and_attitude(
    scores: pd.DataFrame, evidence: pd.DataFrame, *, source: str | None = None, note: str = ""
) -> Linked:
    """Hold VADER's score of every sentence against the attitude that careful readers gave it.

    `scores` has the columns of `readings.sentiment.scores`: review_id, start, end, text, compound (-1 to 1).
    `evidence` is a table of evidence with the layer `attitude`. Sentences without an attitude, which describe
    and do not judge, are a row of their own. `source` says whose labels, where the evidence has several;
    `note` is a line to show with the chart.

    Gives a `Linked` chart; its table has a row for each bar: attitude, above and up_to (the score's step),
    sentences, contrary (whether the score points the other way). Raises `TableError` for missing columns.

    >>> scores = pd.DataFrame({"review_id": "a-01", "start": [0], "end": [9], "text": ["So grim."],
    ...                        "compound": [-0.4]})
    >>> key = pd.DataFrame({"review_id": "a-01", "layer": "attitude", "label": ["positive"],
    ...                     "start": [0], "end": [9]})
    >>> sentiment_and_attitude(scores, key).description[:53]
    '1 sentence. positive: 1 sentence, mean score −0.40, 0'
    """
    table = parts.taken(scores, _NEEDS, "scores", _MADE_BY)
    labelled = parts.of_one_source(parts.checked(evidence), "attitude", source)
    told = _told(table, labelled)
    rows = parts.among(told["attitude"], (*_ATTITUDES,))
    rows = [row for row in rows if row != NOT_JUDGED] + [row for row in rows if row == NOT_JUDGED]
    bars = (
        told.groupby(["attitude", "step"], as_index=False)
        .agg(sentences=("text", "size"), contrary=("contrary", "first"))
        .assign(place=lambda t: t["attitude"].map(rows.index))
        .sort_values(["place", "step"], ignore_index=True)
    )
    bars = bars.assign(
        above=(bars["step"] * STEP - STEP / 2).round(2), up_to=(bars["step"] * STEP + STEP / 2).round(2)
    )
    description = _description(told, rows)
    columns = ["review_id", "start", "end", "text", "attitude", "score"]
    return Linked(
        Drawing(
            chart=_chart(told, bars, rows, description),
            title="What the words weigh, beside what a reader heard",
            description=description,
            table=bars[["attitude", "above", "up_to", "sentences", "contrary"]],
            names=[f"score {_span(b)}, {parts.plural(b.sentences, 'sentence')}" for b in parts.rows(bars)],
            groups=[f"Attitude {b.attitude}" for b in parts.rows(bars)],
            behind=lambda mark: told.loc[
                (told["attitude"] == bars["attitude"][mark]) & (told["step"] == bars["step"][mark])
                if mark >= 0
                else told["step"] > 1000,
                columns,
            ].reset_index(drop=True),
            a_mark="bar",
            beside=("attitude", "score"),
            signs=[
                {"name": "score on the same side, or no side to take", "glyph": "■", "ink": parts.ACCENT},
                {"name": "score on the other side", "glyph": "□", "ink": CONTRARY},
                {"name": "score near zero: their number", "glyph": "n", "ink": parts.INK},
            ],
            notes=(note,),
            least=360,
        )
    )


def _told(scores: pd.DataFrame, labelled: pd.DataFrame) -> pd.DataFrame:
    """Each scored sentence with its attitude, the step of its score, and whether the two are contrary."""
    marks: dict[str, list[tuple[int, int, str]]] = {}
    for review, start, end, label in zip(
        *(labelled[c] for c in ("review_id", "start", "end", "label")), strict=True
    ):
        marks.setdefault(review, []).append((start, end, str(label)))
    known = scores[scores["compound"].notna()].reset_index(drop=True)
    places = zip(known["review_id"], known["start"], strict=True)
    attitudes = [
        next((label for start, end, label in marks.get(review, []) if start <= at < end), NOT_JUDGED)
        for review, at in places
    ]
    step = [_step(float(value)) for value in known["compound"]]
    heard = [{"positive": 1, "negative": -1}.get(each, 0) for each in attitudes]
    contrary = [sign * lean < 0 for sign, lean in zip(heard, step, strict=True)]
    score = [parts.minus(value) for value in known["compound"]]
    return known.assign(attitude=attitudes, step=step, contrary=contrary, score=score)


def _step(score: float) -> int:
    """The step of a score, 0 from above -0.05 to below 0.05, as its authors draw the line."""
    return int(math.copysign(math.floor((abs(score) + STEP / 2 + 1e-9) / STEP), score))


def _span(bar: Any) -> str:
    return "near zero" if bar.step == 0 else f"{parts.minus(bar.above)} to {parts.minus(bar.up_to)}"


def _chart(sentences: pd.DataFrame, bars: pd.DataFrame, rows: list[str], description: str) -> alt.LayerChart:
    leaning = bars.loc[bars["step"] != 0, "sentences"]
    most = max(int(leaning.max()), 1) if len(leaning) else 1
    foot = {row: float(len(rows) - 1 - n) for n, row in enumerate(rows)}
    drawn = [
        {
            "mark": mark,
            "from": float(b.above) + 0.008,
            "to": float(b.up_to) - 0.008,
            "middle": b.step * STEP,
            "foot": foot[b.attitude],
            "top": foot[b.attitude] + (0.03 if b.step == 0 else 0.03 + 0.5 * b.sentences / most),
            "head": foot[b.attitude] + (0.26 if b.step == 0 else 0.03 + 0.5 * b.sentences / most),
            "look": "near" if b.step == 0 else "contrary" if b.contrary else "along",
            "count": f"{b.sentences}",
            "told": f"{b.attitude}, score {_span(b)}: {parts.plural(b.sentences, 'sentence')}",
        }
        for mark, b in enumerate(parts.rows(bars))
    ]
    across: dict[str, Any] = {
        "axis": alt.Axis(
            title="score: the sum of the words, −1 to 1",
            values=[-1, -0.5, 0, 0.5, 1],
            grid=True,
        ),
        "scale": alt.Scale(domain=[-1.06, 1.06], nice=False),
    }
    up: dict[str, Any] = {"axis": None, "scale": alt.Scale(domain=[0, len(rows)], nice=False)}
    told = alt.Tooltip(field="told", type="nominal")
    base = alt.Chart(parts.data(drawn))
    counts = base.mark_text(aria=False, baseline="bottom", cursor="pointer", dy=-2, fontSize=11).encode(
        x=parts.x("middle", **across),
        y=alt.Y(field="top", type="quantitative", **up),
        text=alt.Text(field="count", type="nominal"),
        tooltip=told,
    )
    columns = base.mark_rect(aria=False, cursor="pointer").encode(
        x=parts.x("from", **across),
        x2=alt.X2(field="to"),
        y=alt.Y(field="foot", type="quantitative", **up),
        y2=alt.Y2(field="head"),
        fill=alt.condition("datum.look === 'along'", alt.value(parts.ACCENT), alt.value(parts.PAPER)),
        stroke={
            "condition": [
                {"test": "datum.mark === chosen", "value": parts.INK},
                {"test": "datum.look === 'contrary'", "value": CONTRARY},
            ],
            "value": parts.EDGE,
        },
        strokeWidth={
            "condition": [
                {"test": "datum.mark === chosen", "value": 3},
                {"test": "datum.look === 'contrary'", "value": 2},
            ],
            "value": 1,
        },
        tooltip=told,
    )
    lines = [{"foot": foot[row], "from": -1.06, "to": 1.06} for row in rows]
    ground = (
        alt.Chart(parts.data(lines))
        .mark_rule(aria=False, stroke=parts.EDGE)
        .encode(
            x=parts.x("from", **across),
            x2=alt.X2(field="to"),
            y=alt.Y(field="foot", type="quantitative", **up),
        )
    )
    heads = [{"at": -1.06, "up": foot[row] + 0.93, "text": _head(sentences, row)} for row in rows]
    words = (
        alt.Chart(parts.data(heads))
        .mark_text(aria=False, align="left", baseline="top", fontSize=12.5)
        .encode(
            x=parts.x("at", **across),
            y=alt.Y(field="up", type="quantitative", **up),
            text=alt.Text(field="text", type="nominal"),
        )
    )
    zero = (
        alt.Chart(parts.data([{"at": 0}]))
        .mark_rule(aria=False, stroke=parts.EDGE, strokeDash=[4, 3])
        .encode(x=parts.x("at", **across))
    )
    return parts.picture(
        [zero, columns, ground, counts, words], description=description, height=ROW * max(len(rows), 1)
    )


def _head(told: pd.DataFrame, row: str) -> str:
    these = told[told["attitude"] == row]
    contrary = int(these["contrary"].sum())
    other = f", {contrary} of them on the other side" if contrary else ""
    return f"{row}: {len(these)}{other}"


def _description(told: pd.DataFrame, rows: list[str]) -> str:
    each = []
    for row in rows:
        these = told[told["attitude"] == row]
        score = these["compound"].astype("float64")
        near = int((these["step"] == 0).sum())
        contrary = int(these["contrary"].sum())
        other = f", {contrary} on the other side of zero" if contrary else ""
        each.append(
            f"{row}: {parts.plural(len(these), 'sentence')}, mean score {parts.minus(score.mean())}, "
            f"{near} near zero{other}."
        )
    return parts.in_words(f"{parts.plural(len(told), 'sentence')}.", *each)
