"""Which words set two groups apart? Rates of a word in both, side by side, for the words that differ most.

A word has a dot for the first group and a square for the second, and a line between them: the longer the
line, the further apart. Known misreading: with few reviews the rarest words lie furthest apart by chance;
the counts stand beside each line, and the sentences behind it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import altair as alt
import pandas as pd

from .. import schema
from . import parts
from .linked import Drawing, Linked

__all__ = ["keyness_plot"]

ROW = 22
_NEEDS = ("word", "a", "b", "rate_a", "rate_b")
_MADE_BY = "rk.keyness(corpus, by, between=(a, b)) makes one."
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_APOSTROPHES = str.maketrans("\u2019\u02bc", "''")
_SQUEEZED = (
    "The scale grows narrower to the right, so that rare words can be told apart beside frequent ones."
)
_INK = ("var(--rk-mark-1)", "var(--rk-mark-5)")


def keyness_plot(
    table: Any,
    *,
    between: tuple[str, str] | None = None,
    sentences: pd.DataFrame | None = None,
    most: int = 24,
    note: str = "",
) -> Linked:
    """See which words one group uses more than the other, and read them where they stand.

    `table` is what `rk.keyness` gives, or a table with the columns word, a, b (times used in each group),
    rate_a, rate_b (times per 1,000 words) and, if it is to decide which words are drawn, z; else the
    difference of the rates does. `most` is how many words are drawn, half of them from each side where
    there are enough. `between` names the two groups. `sentences` are those to look a word up in; the result
    of `rk.keyness` brings its own. `note` is a line to show with the chart.

    Gives a `Linked` chart; its table has the rows of `table` that are drawn. Raises `TableError` for missing
    columns.

    >>> table = pd.DataFrame({"word": ["page", "cried"], "a": [6, 1], "b": [1, 4],
    ...                       "rate_a": [3.0, 0.5], "rate_b": [0.5, 2.0]})
    >>> keyness_plot(table, between=("readers", "viewers")).description[:60]
    '2 words, by how often they come in 1,000 words of readers an'
    """
    found = parts.taken(table, _NEEDS, "words", _MADE_BY)
    one, other = between or getattr(table, "between", None) or ("group a", "group b")
    drawn = _chosen(found, most)
    description = _description(drawn, (one, other), len(found))
    more = {"a": one, "b": other}
    return Linked(
        Drawing(
            chart=_chart(drawn, (one, other), description),
            title=f"Words that set {one} and {other} apart",
            description=description,
            table=drawn,
            names=[f"“{w.word}”, {w.a} and {w.b} times" for w in parts.rows(drawn)],
            groups=[f"More in {more['a' if w.rate_a >= w.rate_b else 'b']}" for w in parts.rows(drawn)],
            behind=_behind(drawn, sentences, getattr(table, "behind", None)),
            a_mark="word",
            beside=("group", "times"),
            nothing="The sentences are not at hand: give sentences=corpus.sentences to read them.",
            signs=[
                {"name": one, "glyph": "●", "ink": _INK[0]},
                {"name": other, "glyph": "■", "ink": _INK[1]},
            ],
            notes=(note, _SQUEEZED if _squeezed(drawn) else "", *getattr(table, "limits", ())),
            least=340,
        )
    )


def _chosen(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """The words furthest apart, those of the first group at the head."""
    apart = table["rate_a"] - table["rate_b"]
    by = table["z"].fillna(0) if "z" in table else apart
    ranked = table.assign(_apart=apart, _by=by).sort_values("_by", ascending=False, kind="stable")
    ranked = ranked[ranked["_by"] != 0]
    above, below = int((ranked["_by"] > 0).sum()), int((ranked["_by"] < 0).sum())
    upper = min(above, max(most - most // 2, most - below))
    lower = min(below, most - upper)
    kept = pd.concat([ranked.head(upper), ranked.tail(lower) if lower else ranked.iloc[:0]])
    return kept.drop(columns=["_apart", "_by"]).reset_index(drop=True)


def _behind(drawn: pd.DataFrame, sentences: pd.DataFrame | None, of_result: pd.DataFrame | None) -> Any:
    if sentences is not None:
        schema.check(sentences, "sentences", ("review_id", "start", "end", "text"))
        wanted = {str(word) for word in drawn["word"]}
        has = [_words(str(text)) & wanted for text in sentences["text"]]
        found = (
            sentences.assign(
                word=pd.Series([sorted(each) for each in has], index=sentences.index, dtype=object)
            )
            .explode("word")
            .dropna(subset="word")
        )
    elif of_result is not None:
        found = of_result
    else:
        found = pd.DataFrame(columns=["review_id", "start", "end", "text", "word"])
    columns = [c for c in ("review_id", "start", "end", "text", "word", "group", "times") if c in found]

    def behind(mark: int) -> pd.DataFrame:
        word = drawn["word"][mark] if mark >= 0 else None
        return found.loc[found["word"] == word, columns].reset_index(drop=True)

    return behind


def _squeezed(drawn: pd.DataFrame) -> bool:
    """Whether a few words are so frequent that all others would crowd at the left."""
    most = drawn[["rate_a", "rate_b"]].max(axis=1)
    return len(drawn) > 1 and float(most.max()) > 4 * float(most.median())


def _words(text: str) -> set[str]:
    """The words of a text: runs of letters, with apostrophes between them, as `rk.keyness` counts them."""
    plain = unicodedata.normalize("NFC", text).translate(_APOSTROPHES).casefold()
    return set(_WORD.findall(plain))


def _chart(drawn: pd.DataFrame, between: tuple[str, str], description: str) -> alt.LayerChart:
    words = [str(word) for word in drawn["word"]]
    top = max(float(drawn[["rate_a", "rate_b"]].to_numpy().max()), 0.1) if len(drawn) else 1.0
    squeezed = _squeezed(drawn)
    edge = top * (1.75 if squeezed else 1.32)  # room for the counts
    rows = [
        {
            "mark": mark,
            "row": str(w.word),
            "rate_a": float(w.rate_a),
            "rate_b": float(w.rate_b),
            "left": 0,
            "right": edge,
            "counts": f"{w.a} : {w.b}",
            "told": f"{w.word}: {between[0]} {w.a} times, {w.rate_a:.1f} in 1,000 words; "
            f"{between[1]} {w.b} times, {w.rate_b:.1f}",
        }
        for mark, w in enumerate(parts.rows(drawn))
    ]
    across: dict[str, Any] = {
        "axis": alt.Axis(
            title="times in 1,000 words",
            grid=True,
            tickCount=5,
        ),
        "scale": alt.Scale(domain=[0, edge], nice=False, type="sqrt" if squeezed else "linear"),
    }
    base = alt.Chart(parts.data(rows)).encode(
        y=parts.y(
            "row",
            domain=words,
            axis=alt.Axis(title=None, ticks=False, domain=False, labelPadding=8, labelFontSize=13),
        ),
        tooltip=alt.Tooltip(field="told", type="nominal"),
    )
    hit = base.mark_rect(aria=False, cursor="pointer", fill=parts.ACCENT, cornerRadius=3).encode(
        x=parts.x("left", **across), x2=alt.X2(field="right"), fillOpacity=parts.chosen_or(0.22, 0)
    )
    line = base.mark_rule(aria=False, cursor="pointer", stroke=parts.EDGE, strokeWidth=1.5).encode(
        x=parts.x("rate_a", **across), x2=alt.X2(field="rate_b")
    )
    points = [
        base.mark_point(
            aria=False,
            cursor="pointer",
            shape=shape,
            size=size,
            filled=True,
            fill=ink,
            stroke=parts.PAPER,
            opacity=1,
        ).encode(x=parts.x(rate, **across))
        for shape, size, ink, rate in (("circle", 95, _INK[0], "rate_a"), ("square", 75, _INK[1], "rate_b"))
    ]
    counts = base.mark_text(
        aria=False, align="right", dx=-3, fontSize=11.5, color=parts.QUIET, cursor="pointer"
    ).encode(x=parts.x("right", **across), text=alt.Text(field="counts", type="nominal"))
    head = (
        alt.Chart(parts.data([{"right": edge, "text": "times ● : ■"}]))
        .mark_text(
            aria=False, align="right", baseline="bottom", dx=-3, y=-5, fontSize=11.5, color=parts.QUIET
        )
        .encode(x=parts.x("right", **across), text=alt.Text(field="text", type="nominal"))
    )
    return parts.picture(
        [hit, line, *points, counts, head], description=description, height=ROW * max(len(words), 1)
    )


def _description(drawn: pd.DataFrame, between: tuple[str, str], of: int) -> str:
    if drawn.empty:
        return f"No word differs between {between[0]} and {between[1]}."
    more = [drawn[drawn["rate_a"] >= drawn["rate_b"]], drawn[drawn["rate_a"] < drawn["rate_b"]].iloc[::-1]]
    told = []
    for group, words in zip(between, more, strict=True):
        each = [f"“{w.word}” ({w.rate_a:.1f} to {w.rate_b:.1f})" for w in parts.rows(words.head(8))]
        if each:
            told.append(f"More in {group}, the furthest apart first: {parts.joined(each)}.")
    left = f"{of - len(drawn):,} of {of:,} words are not drawn." if of > len(drawn) else ""
    drawn_of = parts.plural(len(drawn), "word")
    head = f"{drawn_of}, by how often they come in 1,000 words of {between[0]} and of {between[1]}."
    return parts.in_words(head, *told, left)
