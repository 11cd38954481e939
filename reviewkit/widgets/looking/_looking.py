"""What is sent of another's reading once one's own is committed: rows, marks, figures, as plain values.

Pure functions for the pane `look_pane`. Of words under a cover nothing is sent here either.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from ... import schema
from ...comparisons.look_figures import limits
from ...comparisons.looking import OUTCOMES
from ...errors import TableError
from ...looks.blocks import shown
from ...marks.events import fold
from ...marks.exchange import read_marks
from ...marks.table import corpus_of, evidence_of, verdicts_of
from ...spans import segments
from ...splitting import sentence_spans
from ...veiling import Covered
from ..marking._marking import edges

__all__ = [
    "Other",
    "counts",
    "figure_rows",
    "first_commits",
    "legend_of",
    "look_rows",
    "other_of",
    "place_of",
]
__all__ += ["their_marks", "verdict_layer", "when"]

THEIRS = -2
"""The row of the first mark of the other's; the next are below it, one's own from 0 up."""

_NAMES = {
    "agreement": ("=", "agreement", "agreements"),
    "shifted": ("↔", "shifted boundary", "shifted boundaries"),
    "other label": ("≠", "other label", "other labels"),
    "miss": ("−", "miss", "misses"),
    "addition": ("+", "addition", "additions"),
}
_MEASURES = {
    "F1": "F1, same words",
    "F1 overlapping": "F1, overlapping words",
    "raw": "raw agreement",
    "kappa": "kappa",
}

_MEANS = {
    "F1": "F1: 1 where both marked the very same words, 0 where they share none.",
    "F1 overlapping": "F1, overlapping: marks that share a word count as the same.",
    "raw": "Raw agreement: the share in which both say the same.",
    "kappa": "Kappa: agreement beyond what chance would give; 1 is full, 0 no more than chance.",
}


class Other(NamedTuple):
    """The other reading: whose it is, in words, and its tables."""

    whose: str
    source: str
    evidence: pd.DataFrame
    verdicts: pd.DataFrame
    read: frozenset[str] = frozenset()
    """Layers that were read, though nothing may have been found."""


def other_of(data: Any, against: Any, reviews: pd.DataFrame, who: str) -> Other:
    """The reading that one's own is held against.

    `against` is `"key"`, a table of evidence or of verdicts, a pair of both, or a file of somebody's marks.
    Raises `TableError`, with the remedy, where it is none of these, or the reading of several people.
    """
    if isinstance(against, Path) or (
        isinstance(against, str) and against != "key" and Path(against).is_file()
    ):
        events = [each for each in read_marks(against) if each["corpus"] == corpus_of(data)]
        events = [each for each in events if each["who"] != who]
        against = (evidence_of(events, reviews)[0], verdicts_of(events))
    if isinstance(against, str):
        return _key(data, against)
    tables = (
        [against]
        if isinstance(against, pd.DataFrame)
        else list(against)
        if isinstance(against, list | tuple)
        else []
    )
    if not tables or not all(isinstance(table, pd.DataFrame) for table in tables):
        raise TableError(_NONE.format(f"not {type(against).__name__}"))
    spans = [table for table in tables if "start" in table.columns]
    said = [table for table in tables if "start" not in table.columns]
    evidence = pd.concat(spans, ignore_index=True) if spans else schema.empty("evidence")
    verdicts = pd.concat(said, ignore_index=True) if said else schema.empty("verdicts")
    schema.check(evidence, "evidence", ("review_id", "layer", "label", "start", "end", "source"))
    schema.check(verdicts, "verdicts", ("review_id", "layer", "label", "source"))
    sources = list(dict.fromkeys([*evidence["source"].dropna(), *verdicts["source"].dropna()]))
    if len(sources) > 1:
        raise TableError(
            f"This is the reading of several: {', '.join(map(str, sources))}. Look at one of them: "
            f'against=table[table["source"] == {sources[0]!r}].'
        )
    source = str(sources[0]) if sources else "rule"
    read = frozenset(layer for table in spans for layer in table.attrs.get("layers", ()))
    name = {"rule": "the rules", "key": "the key"}.get(source) or shown(source)
    return Other(name, source, evidence, verdicts, read)


_NONE = (
    'against is "key", a table of evidence or verdicts such as rk.read(corpus, "devices"), a pair of both, '
    "or the path of a classmate's file of marks; {}."
)


def _key(data: Any, name: str) -> Other:
    """The key of a corpus."""
    if name != "key":
        hint = ' For the rules, give against=rk.read(corpus, "devices").' if name == "rule" else ""
        raise TableError(_NONE.format(f"there is no file {name!r}") + hint)
    labels = getattr(data, "labels", None)
    tables = [getattr(labels, name, None) for name in ("evidence", "verdicts")]
    evidence, verdicts = (
        table[table["source"] == "key"]
        if isinstance(table, pd.DataFrame) and len(table)
        else schema.empty(name)
        for name, table in zip(("evidence", "verdicts"), tables, strict=True)
    )
    if evidence.empty and verdicts.empty:
        raise TableError(
            "Nobody has labelled these reviews: there is no key to look at. Look at the rules instead, "
            'against=rk.read(corpus, "devices"), or at a classmate\'s file of marks.'
        )
    return Other("the key", "key", evidence.reset_index(drop=True), verdicts.reset_index(drop=True))


def verdict_layer(layer: str) -> str:
    """The layer under which it is kept that a verdict was committed; marks may have a layer of that name."""
    return f"{layer} verdict"


def first_commits(
    events: Sequence[Mapping[str, Any]], layers: Mapping[str, str], kind: str
) -> dict[tuple[str, str], tuple[Mapping[str, Any], list[dict[str, Any]]]]:
    """For each review and layer the first commitment, and the marks or verdicts as they stood then.

    `events` in the order in which they were kept; `layers` maps the layer of a commitment to that of marks.
    """
    found: dict[tuple[str, str], tuple[Mapping[str, Any], list[dict[str, Any]]]] = {}
    for n, event in enumerate(events):
        layer = layers.get(event["layer"] or "")
        key = (event["review_id"], layer or "")
        if event["kind"] == "commit" and event["what"] == "set" and layer and key not in found:
            before = (e for e in events[:n] if e["kind"] == kind and (e["review_id"], e["layer"]) == key)
            found[key] = event, fold(before)
    return found


def legend_of(entries: Iterable[Mapping[str, Any]], whose: str, first: int) -> list[dict[str, Any]]:
    """The other's labels: the same colours as one's own, another code, never offered to be given."""
    return [
        {**entry, "key": first + n, "layer": "theirs", "label": f"{whose}: {entry['label']}"}
        | {"code": f"◇{entry['code']}", "given": False, "alone": False, "of": entry["label"]}
        for n, entry in enumerate(entries)
    ]


def their_marks(
    rows: Sequence[Mapping[str, Any]], text: str, keys: Mapping[str, int]
) -> list[dict[str, Any]]:
    """The other's marks to draw: whole words, each with the row (`of`) in which it stands; none twice."""
    made: dict[tuple[str, int, int], dict[str, Any]] = {}
    for n, row in enumerate(rows):
        if row["other_start"] is None or row["other_label"] not in keys:
            continue
        start, end = _at_edges(row["other_start"], row["other_end"], text)
        mark = {"row": THEIRS - n, "key": keys[row["other_label"]], "start": start, "end": end}
        drawn = made.setdefault((row["other_label"], start, end), mark | {"of": []})
        drawn["of"].append(n)
    return [*made.values()]


def look_rows(
    rows: Sequence[Mapping[str, Any]],
    text: str,
    covers: Sequence[Covered],
    held: Mapping[Any, str],
    source: str,
) -> list[dict[str, Any]]:
    """Rows to draw: outcome, labels, the sentence cut at the words of both, the reason, who shares it."""
    places = [(start, end) for _, start, end in sentence_spans(text)]
    return [{"row": n} | _drawn(row, text, places, covers, held, source) for n, row in enumerate(rows)]


def place_of(row: Mapping[Any, Any]) -> tuple[Any, ...]:
    """What a reading that is held to is known by: layer, my label, and where it stands."""
    start, end = (
        (row["start"], row["end"]) if row["start"] is not None else (row["other_start"], row["other_end"])
    )
    return (row["layer"], row["label"], *((None, None) if row["verdict"] else (start, end)))


def _drawn(
    row: Mapping[str, Any],
    text: str,
    places: Sequence[tuple[int, int]],
    covers: Sequence[Covered],
    held: Mapping[Any, str],
    source: str,
) -> dict[str, Any]:
    spans = {"mine": (row["start"], row["end"]), "theirs": (row["other_start"], row["other_end"])}
    known = {name: span for name, span in spans.items() if span[0] is not None}
    start = min((span[0] for span in known.values()), default=-1)
    end = max((span[1] for span in known.values()), default=-1)
    covered = any(c.start < end and start < c.end for c in covers)
    sign, name, _ = _NAMES[row["outcome"]]
    told: dict[str, Any] = {
        "outcome": row["outcome"],
        "sign": sign,
        "name": name,
        "layer": row["layer"],
        "mine": row["label"],
        "theirs": row["other_label"],
        "moved": row["moved"],
        "second": row["second"],
        "shared": row["shared"],
        "other_shared": row["other_shared"],
        "held": held.get(place_of(row)),
        "at": None if start < 0 else _at_edges(start, end, text),
        "covered": covered,
        "verdict": row["verdict"],
    }
    if covered:
        return told | {"pieces": [], "reason": None, "rule": None, "said": None}
    pieces = [] if start < 0 else _pieces(places, start, end, known, text)
    why = "cues" if source == "rule" else "why" if source == "key" else "note"
    reason = None if row["reason"] is None else {"name": why, "text": shown(row["reason"])}
    said = shown(row["text"]) if row["verdict"] and row["text"] else None
    return told | {"pieces": pieces, "reason": reason, "rule": row["rule"], "said": said}


def _pieces(
    places: Sequence[tuple[int, int]], start: int, end: int, spans: Mapping[str, tuple[int, int]], text: str
) -> list[dict[str, Any]]:
    """The sentence (or sentences), cut at the words of both; each piece says whose it is."""
    touched = [place for place in places if place[0] < end and start < place[1]] or [(start, end)]
    first, last = min(start, touched[0][0]), max(end, touched[-1][1])
    inside = [(a - first, b - first, name) for name, (a, b) in spans.items()]
    return [{"t": shown(part.text), "whose": [*part.ids]} for part in segments(text[first:last], inside)]


def _at_edges(start: int, end: int, text: str) -> tuple[int, int]:
    """Offsets moved out to the edges of words, since words are drawn whole."""
    known = sorted({*edges(text), len(text)})
    low, high = bisect_right(known, start) - 1, bisect_left(known, end)
    return known[max(low, 0)], known[min(high, len(known) - 1)]


def counts(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """How many rows there are of each outcome, in words; those without any are left out."""
    outcomes = [row["outcome"] for row in rows]
    told = []
    for outcome in OUTCOMES:
        if n := outcomes.count(outcome):
            sign, one, many = _NAMES[outcome]
            told.append({"outcome": outcome, "sign": sign, "n": n, "name": one if n == 1 else many})
    return told


def figure_rows(table: pd.DataFrame, reviews: int) -> dict[str, Any]:
    """A table of figures in words: name, value, interval, of how many; what they mean, and cannot show."""
    told, measures = [], []
    several = table["layer"].nunique() > 1
    for row in table[table["label"] == "all"].to_dict("records"):
        if row["unit"] == "reviews" and row["n"] < 2:
            continue  # one verdict is read, not measured
        value = "no value" if pd.isna(row["value"]) else _two(row["value"])
        between = "" if pd.isna(row["low"]) else f"{_two(row['low'])} to {_two(row['high'])}"
        measures.append(row["measure"])
        name = _MEASURES[row["measure"]]
        name = f"{row['layer']}: {name}" if several else name
        told.append(
            {"name": name, "value": value, "between": between, "of": f"{int(row['n'])} {row['unit']}"}
        )
    means = [_MEANS[measure] for measure in dict.fromkeys(measures)]
    return {"rows": told, "means": means, "limits": limits(table, reviews) if told else []}


def _two(value: float) -> str:
    return f"{value:.2f}"


def when(at: str) -> str:
    """The day and time of an event, here and now.

    >>> when("2026-05-04T09:30:00.000Z")[:10]
    '4 May 2026'
    """
    time = datetime.fromisoformat(at).astimezone()
    return f"{time.day} {time:%B} {time.year}, {time:%H:%M}"
