"""What is each review doing, sentence by sentence? Every review as a bar of its stages.

A bar is cut where the stage changes; a piece, called a stretch, is as long as the sentences in it and opens
them. Known misreadings: a bar counts sentences, and a sentence may have three words or sixty; a sentence
that does two jobs is drawn under the first of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from .. import schema
from ..errors import TableError
from ..scoring import STAGES
from . import parts
from .linked import Drawing, Linked

__all__ = ["stage_strips"]

NO_STAGE = "no stage"
ROW = 21  # height of a bar and the gap below it, in pixels: two letters fit above each other
DRAWN = 60  # reviews drawn at most


class _Stretch(NamedTuple):
    """Neighbouring sentences of one review with one stage, counted from 0, half open."""

    review_id: str
    stage: str
    first: int
    last: int


def stage_strips(
    evidence: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    order: str | Sequence[str] = "page",
    scale: str = "sentences",
    source: str | None = None,
    note: str = "",
) -> Linked:
    """See where each review describes, judges, compares and addresses its reader.

    Takes tables of evidence (layer `structure`; other layers are left aside) and sentences. `order` is
    `page`, `length` (longest first), a stage (the reviews with the largest share of it first), or the
    review_ids to draw, in their order. `scale` is `sentences`, or `share` to draw all reviews equally long.
    `source` says whose labels, where the evidence has several; `note` is a line to show with the chart.

    Gives a `Linked` chart; its table has a row for each stretch: review_id, stage, first and last sentence
    (counted from 1), sentences. At most 60 reviews are drawn, the first in that order. Raises `TableError`
    for missing columns, unknown options, and evidence without stages.

    >>> from reviewkit.corpus import load
    >>> corpus = load("never-let-me-go")
    >>> stage_strips(corpus.key, corpus.sentences).description.split(" in ")[0]
    '30 reviews'
    """
    parts.checked(evidence)
    schema.check(sentences, "sentences", ("review_id", "sentence", "start", "end", "text"))
    parts.asked("scale", scale, ("sentences", "share"))
    staged = _staged(parts.of_one_source(evidence, "structure", source), sentences)
    drawn = _ordered(staged, order)
    shown = staged[staged["review_id"].isin(drawn)]
    stretches = _stretches(shown, drawn)
    left_out = staged["review_id"].nunique() - len(drawn)
    return Linked(
        Drawing(
            chart=_chart(stretches, drawn, scale, description := _description(shown, stretches, left_out)),
            title="What each review is doing, sentence by sentence",
            description=description,
            table=pd.DataFrame(
                [(s.review_id, s.stage, s.first + 1, s.last, s.last - s.first) for s in stretches],
                columns=["review_id", "stage", "first", "last", "sentences"],
            ),
            names=[_name(s) for s in stretches],
            groups=[_group(s.review_id, drawn) for s in stretches],
            behind=_behind(shown, stretches),
            a_mark="stretch",
            beside=("also",),
            signs=_signs(stretches),
            least=_least(stretches, scale),
            notes=(note,),
        )
    )


def _staged(evidence: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The sentences of the labelled reviews with their stage, and the second one where the key has it."""
    if evidence.empty:
        raise TableError(
            "Nothing in this evidence is in the layer 'structure'. The key of a labelled corpus has stages "
            "(corpus.key), and so has rk.read(corpus, 'structure')."
        )
    labels: dict[str, list[tuple[int, int, str, Any]]] = {}
    also = evidence["runner_up"] if "runner_up" in evidence else [None] * len(evidence)
    columns = (evidence[c] for c in ("review_id", "start", "end", "label"))
    for review, start, end, label, other in zip(*columns, also, strict=True):
        labels.setdefault(review, []).append((start, end, str(label), other))
    kept = sentences[sentences["review_id"].isin(labels)]
    found = [_label(labels[r], at) for r, at in zip(kept["review_id"], kept["start"], strict=True)]
    return kept.assign(stage=[stage for stage, _ in found], also=[other for _, other in found])


def _label(labels: list[tuple[int, int, str, Any]], at: int) -> tuple[str, Any]:
    for start, end, label, other in labels:
        if start <= at < end:
            return label, other
    return NO_STAGE, None


def _ordered(staged: pd.DataFrame, order: str | Sequence[str]) -> list[str]:
    """The reviews to draw, from top to bottom."""
    page = list(dict.fromkeys(staged["review_id"]))
    if not isinstance(order, str):
        if strangers := [each for each in order if each not in page]:
            raise TableError(
                f"No review with stages is called {strangers[0]!r}. There is: {', '.join(page[:3])}, ..."
            )
        return list(dict.fromkeys(order))[:DRAWN]
    stages = parts.among(staged["stage"], STAGES)
    parts.asked("order", order, ("page", "length", *stages), ", or a list of review_ids")
    if order == "page":
        return page[:DRAWN]
    by_review = staged.groupby("review_id")["stage"]
    rank = by_review.size() if order == "length" else by_review.agg(lambda found: (found == order).mean())
    return sorted(page, key=lambda review: (-rank[review], page.index(review)))[:DRAWN]


def _stretches(staged: pd.DataFrame, drawn: list[str]) -> list[_Stretch]:
    found = []
    by_review = {str(name): list(rows["stage"]) for name, rows in staged.groupby("review_id")}
    for review in drawn:
        at = 0
        for stage, run in groupby(by_review[review]):
            length = sum(1 for _ in run)
            found.append(_Stretch(review, stage, at, at + length))
            at += length
    return found


def _name(s: _Stretch) -> str:
    where = f"sentence {s.first + 1}" if s.last - s.first == 1 else f"sentences {s.first + 1} to {s.last}"
    return f"{s.stage}, {where}"


def _group(review_id: str, drawn: list[str]) -> str:
    return f"Review {parts.short_names(drawn)[review_id]}"


def _signs(stretches: list[_Stretch]) -> list[dict[str, str]]:
    signs = parts.stage_signs(parts.among((s.stage for s in stretches), STAGES))
    return [{"name": n, "code": code, "fill": fill, "ink": ink} for n, (code, fill, ink) in signs.items()]


def _behind(staged: pd.DataFrame, stretches: list[_Stretch]) -> Any:
    by_review = {str(name): rows for name, rows in staged.groupby("review_id")}
    columns = ["review_id", "sentence", "start", "end", "text", "stage", "also"]

    def behind(mark: int) -> pd.DataFrame:
        if mark < 0:
            return staged.iloc[:0][columns]
        s = stretches[mark]
        return by_review[s.review_id].iloc[s.first : s.last][columns].reset_index(drop=True)

    return behind


def _least(stretches: list[_Stretch], scale: str) -> int:
    """The width that leaves room for the letters of one sentence."""
    longest = max((s.last for s in stretches), default=1)
    return round(44 + 9.5 * longest) if scale == "sentences" else 380


def _chart(stretches: list[_Stretch], drawn: list[str], scale: str, description: str) -> alt.LayerChart:
    short = parts.short_names(drawn)
    signs = parts.stage_signs(parts.among((s.stage for s in stretches), STAGES))
    length = {s.review_id: s.last for s in stretches}  # the last stretch's end stays
    longest = 1 if scale == "share" else max(length.values(), default=1)
    rows = []
    for mark, s in enumerate(stretches):
        whole = length[s.review_id] if scale == "share" else 1
        code, fill, ink = signs[s.stage]
        rows.append(
            {
                "mark": mark,
                "row": short[s.review_id],
                "from": s.first / whole,
                "to": s.last / whole,
                "middle": (s.first + s.last) / 2 / whole,
                "code": code,
                "upper": code[:1],
                "lower": code[1:],
                "fill": fill,
                "ink": ink,
                "told": f"{_group(s.review_id, drawn)}: {_name(s)}",
            }
        )
    base = alt.Chart(parts.data(rows)).encode(
        y=parts.y(
            "row",
            domain=[short[r] for r in drawn],
            **parts.head_of_rows("review"),
        )
    )
    title = "part of the review" if scale == "share" else "sentences"
    across = {
        "axis": alt.Axis(
            title=title,
            format="%" if scale == "share" else "d",
            tickMinStep=0.25 if scale == "share" else 1,
            grid=False,
        ),
        "scale": alt.Scale(domain=[0, longest], nice=False),
    }
    bars = base.mark_rect(cursor="pointer", aria=False).encode(
        x=parts.x("from", **across),
        x2=alt.X2(field="to"),
        fill=alt.Fill(field="fill", type="nominal", scale=None, legend=None),
        stroke=parts.chosen_or(parts.INK, parts.PAPER),
        strokeWidth=parts.chosen_or(2.5, 1),
        tooltip=alt.Tooltip(field="told", type="nominal"),
    )
    wide = f"(datum.to - datum.from) * width / {longest}"
    letters = base.encode(
        tooltip=alt.Tooltip(field="told", type="nominal"),
        x=parts.x("middle", **across),
        fill=alt.Fill(field="ink", type="nominal", scale=None, legend=None),
    )
    room = {"code": f"{wide} >= 17", "upper": f"{wide} < 17 && {wide} >= 8.5"}
    room["lower"] = room["upper"]
    looks = (("code", 10, 0.0), ("upper", 8.5, -4.0), ("lower", 8.5, 4.5))
    texts = [
        letters.mark_text(aria=False, cursor="pointer", dy=dy, fontSize=size, fontWeight=600).encode(
            text={"condition": {"test": room[part], "field": part, "type": "nominal"}, "value": ""}
        )
        for part, size, dy in looks
    ]
    return parts.picture([bars, *texts], description=description, height=ROW * len(drawn))


def _description(staged: pd.DataFrame, stretches: list[_Stretch], left_out: int) -> str:
    reviews, count = staged["review_id"].nunique(), len(staged)
    stages = Counter(staged["stage"]).most_common()
    by_review = staged.groupby("review_id", sort=False)["stage"]
    lengths = by_review.size()
    first, last = Counter(by_review.first()).most_common(1)[0], Counter(by_review.last()).most_common(1)[0]
    most = [f"{stage} ({n}, {parts.share(n, count)})" for stage, n in stages]
    return parts.in_words(
        f"{parts.plural(reviews, 'review')} in {parts.plural(count, 'sentence')}.",
        f"The sentences by stage, most first: {parts.joined(most)}.",
        f"The stage that most reviews begin with is {first[0]} ({first[1]} of {reviews}); "
        f"that most end with, {last[0]} ({last[1]} of {reviews}).",
        f"There are {parts.plural(len(stretches), 'stretch', 'stretches')} of one stage; "
        f"the longest review has {parts.plural(int(lengths.max()), 'sentence')}, "
        f"the shortest {int(lengths.min())}.",
        f"{parts.plural(left_out, 'more review is', 'more reviews are')} not drawn." if left_out else "",
    )
