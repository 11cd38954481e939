"""Where does my reading part from another's? Agreements, shifted boundaries, other labels, misses, additions.

Two readings of the same reviews are laid side by side, row by row, each row with its sentence, the other's
reason and who else read it so. Spans of one label that overlap are the same find: an agreement where they
stand on the same words, else shifted. Two spans of different labels that share half of their words are one
find under two labels. In layers of whole sentences a mark counts for the sentences that it covers by half,
and a key's second stage is right too. Known misreading: a span that meets two of the other's is paired with
both, so that it stands in two rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from .. import schema
from ..errors import TableError
from ..splitting import sentence_spans

__all__ = ["COLUMNS", "LAYERS", "OUTCOMES", "Reading", "by_sentence", "empty_row", "look", "names"]
__all__ += ["readings_of", "sentence_at", "table_of", "texts_of", "whole"]

OUTCOMES = ("agreement", "shifted", "other label", "miss", "addition")
"""Same words and label; same label, other words; same words, other label; only theirs; only mine."""
LAYERS = ("perspective", "spoilers", "structure", "devices", "attitude")
_SPANS = ("warning", "withholding")
_WHOLE = ("structure", "attitude", "spoilers")
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")

COLUMNS = {
    "review_id": "The review.",
    "layer": "The question.",
    "outcome": f"One of {', '.join(OUTCOMES)}.",
    "label": "My label; missing for a miss.",
    "start": "Where my words begin, in code points of the review's text; missing for a verdict.",
    "end": "One past their last character.",
    "text": "My words; of a verdict, my reason.",
    "other_label": "The other's label; missing for an addition.",
    "other_start": "Where the other's words begin; of a verdict, the first words that it rests on.",
    "other_end": "One past their last character.",
    "other_text": "The other's words.",
    "begins": "Characters by which mine begin later than theirs (negative: earlier).",
    "ends": "Characters by which mine end later than theirs (negative: earlier).",
    "moved": "The same in words, such as `ends 2 words later`; missing unless shifted.",
    "sentence": "The sentence or sentences in which it stands.",
    "reason": "Why the other reads it so: a key's reason, a rule's cues, a person's note.",
    "rule": "The rule that found it; missing for people.",
    "second": "A second label that is right too.",
    "shared": "Who else reads it as I do.",
    "other_shared": "Who else reads it as the other does, where we differ.",
}


class Reading(NamedTuple):
    """One mark: its label, its place, and what its table says of it."""

    label: str
    start: int
    end: int
    reason: str | None = None
    rule: str | None = None
    second: str | None = None


Pair = tuple[str, Reading | None, Reading | None]
"""An outcome, my mark and the other's."""


def look(
    own: pd.DataFrame,
    other: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    layer: str,
    committed: Iterable[str] | None = None,
    sharing: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Lay my marks on one layer beside another's: a row for each find, in the order of the text.

    Takes two tables of evidence, the other of one source, and the reviews they are about. `committed` are
    the reviews that I have read to the end (those of `own` if not given): only there is an unmarked place a
    miss. `sharing` is the evidence of further readers, such as a corpus's annotators. Gives the columns of
    `COLUMNS`. Raises `TableError` for an unknown layer.

    >>> from reviewkit.spans import evidence
    >>> reviews = pd.DataFrame({"review_id": ["a-01"], "text": ["Perhaps it is, I think, too slow."]})
    >>> mine = evidence(reviews, [("a-01", "it is", "hedge"), ("a-01", "think", "hedge")], layer="devices")
    >>> key = evidence(reviews, [("a-01", "Perhaps", "hedge"), ("a-01", "I think", "hedge")], layer="devices")
    >>> look(mine, key, reviews, layer="devices")[["outcome", "moved"]].fillna("").values.tolist()
    [['miss', ''], ['addition', ''], ['shifted', 'begins 1 word later']]
    """
    _known(layer)
    texts = texts_of(reviews)
    chosen = [*texts] if committed is None else [each for each in texts if each in set(committed)]
    if committed is None:
        chosen = [each for each in chosen if each in set(own["review_id"])]
    mine, theirs = readings_of(own, layer), readings_of(other, layer)
    further = _further(sharing, layer)
    rows = []
    for review in chosen:
        text = texts[review]
        pairs = _pairs(mine.get(review, []), theirs.get(review, []), text, layer)
        others = {who: given.get(review, []) for who, (given, read) in further.items() if review in read}
        others = {who: _placed(given, text, layer) for who, given in others.items()}
        rows += [_row(review, layer, pair, text, others) for pair in sorted(pairs, key=_order)]
    return table_of(rows)


def readings_of(evidence: pd.DataFrame, layer: str) -> dict[str, list[Reading]]:
    """The marks of one layer of a table of evidence, by review, in the order of the text."""
    schema.check(evidence, "evidence", ("review_id", "layer", "label", "start", "end"))
    rows = evidence[(evidence["layer"] == layer) & (evidence["label"] != "set-aside")]
    found: dict[str, list[Reading]] = {}
    for row in rows.to_dict("records"):
        told = (_given(row.get(name)) for name in ("cues", "rule", "runner_up"))
        found.setdefault(str(row["review_id"]), []).append(
            Reading(str(row["label"]), int(row["start"]), int(row["end"]), *told)
        )
    return {review: sorted(marks, key=lambda m: (m.start, m.end)) for review, marks in found.items()}


def whole(layer: str, label: str) -> bool:
    """Whether this label is given to whole sentences, and not to any words."""
    return layer in _WHOLE and label not in _SPANS


def by_sentence(marks: Iterable[Reading], text: str) -> dict[tuple[int, int], Reading]:
    """What is said of each sentence: of the marks that cover half of it, the one that covers most.

    A mark that covers half of none counts for the sentence of which it covers most.

    >>> by_sentence([Reading("plot", 0, 6)], "It went. So it goes.")
    {(0, 8): Reading(label='plot', start=0, end=8, reason=None, rule=None, second=None)}
    """
    places = [(start, end) for _, start, end in sentence_spans(text)]
    best: dict[tuple[int, int], tuple[int, Reading]] = {}
    for mark in marks:
        shares = {place: _overlap(place, (mark.start, mark.end)) for place in places}
        shares = {place: n for place, n in shares.items() if n > 0}
        half = {place: n for place, n in shares.items() if 2 * n >= place[1] - place[0]}
        top = sorted(shares.items(), key=lambda item: -item[1])[:1]
        for place, n in (half or dict(top)).items():
            if n >= best.get(place, (0, mark))[0]:
                best[place] = n, mark._replace(start=place[0], end=place[1])
    return {place: best[place][1] for place in places if place in best}


def _known(layer: str) -> None:
    if layer not in LAYERS:
        raise TableError(f"There is no layer {layer!r} to look at. There is: {', '.join(LAYERS)}.")


def _pairs(mine: list[Reading], theirs: list[Reading], text: str, layer: str) -> list[Pair]:
    sides = [[mark for mark in side if not whole(layer, mark.label)] for side in (mine, theirs)]
    graded = [[mark for mark in side if whole(layer, mark.label)] for side in (mine, theirs)]
    one, other = (by_sentence(side, text) for side in graded)
    return [*_of_spans(*sides), *_of_sentences(one, other)]


def _of_sentences(
    mine: dict[tuple[int, int], Reading], theirs: dict[tuple[int, int], Reading]
) -> Iterator[Pair]:
    for place in dict.fromkeys([*mine, *theirs]):
        own, other = mine.get(place), theirs.get(place)
        if own and other:
            same = own.label in (other.label, other.second)
            yield "agreement" if same else "other label", own, other
        else:
            yield "addition" if own else "miss", own, other


def _of_spans(mine: list[Reading], theirs: list[Reading]) -> list[Pair]:
    """First the same words and label, then one label overlapping, then half of the words under two labels."""
    found: list[Pair] = []
    left, right = list(mine), list(theirs)

    def pair(outcome: str, own: Reading, other: Reading) -> None:
        found.append((outcome, own, other))
        left[:] = [mark for mark in left if mark is not own]
        right[:] = [mark for mark in right if mark is not other]

    for outcome, share in (("agreement", _exact), ("shifted", _alike), ("other label", _half)):
        close = [(share(a, b), a, b) for a in mine for b in theirs]
        for n, own, other in sorted(close, key=lambda each: -each[0]):
            if n > 0 and any(m is own for m in left) and any(m is other for m in right):
                pair(outcome, own, other)
        if outcome == "shifted":  # one that overlaps a mark which has found its like already
            for a in list(left):
                if met := [b for b in theirs if _alike(a, b)]:
                    pair("shifted", a, max(met, key=lambda b: _alike(a, b)))
            for b in list(right):
                if met := [a for a in mine if _alike(a, b)]:
                    pair("shifted", max(met, key=lambda a: _alike(a, b)), b)
    return [*found, *(("addition", own, None) for own in left), *(("miss", None, other) for other in right)]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _exact(a: Reading, b: Reading) -> float:
    return float((a.label, a.start, a.end) == (b.label, b.start, b.end))


def _alike(a: Reading, b: Reading) -> float:
    return max(0, _overlap((a.start, a.end), (b.start, b.end))) if a.label == b.label else 0


def _half(a: Reading, b: Reading) -> float:
    """The share of their words that two marks of different labels have in common, from a half up."""
    share = _overlap((a.start, a.end), (b.start, b.end)) / (max(a.end, b.end) - min(a.start, b.start) or 1)
    return share if share >= 0.5 and a.label != b.label else 0


def _order(pair: Pair) -> tuple[int, int]:
    places = [(mark.start, mark.end) for mark in pair[1:] if mark]
    return min(places)


def _row(review: str, layer: str, pair: Pair, text: str, others: dict[str, list[Reading]]) -> dict[str, Any]:
    outcome, own, other = pair
    row = empty_row(review, layer, outcome)
    both = [mark for mark in (own, other) if mark]
    row["sentence"] = sentence_at(min(m.start for m in both), max(m.end for m in both), text)
    if own:
        row |= {"label": own.label, "start": own.start, "end": own.end, "text": text[own.start : own.end]}
    if other:
        row |= {"other_label": other.label, "other_start": other.start, "other_end": other.end}
        row |= {"other_text": text[other.start : other.end], "reason": other.reason, "rule": other.rule}
        row["second"] = other.second
    if own and other and outcome == "shifted":
        row |= {"begins": own.start - other.start, "ends": own.end - other.end}
        row["moved"] = _moved(own, other, text)
    row["shared"] = names(who for who, given in others.items() if _shares(own, other, given))
    if outcome not in ("agreement", "shifted"):
        row["other_shared"] = names(who for who, given in others.items() if _shares(other, own, given))
    return row


def _shares(reading: Reading | None, against: Reading | None, given: list[Reading]) -> bool:
    """Whether somebody reads it so; where nothing was marked, whether they marked nothing of the kind."""
    if reading is None:
        return against is not None and not any(_alike(against, mark) for mark in given)
    return any(
        _alike(reading, mark) or _alike(reading, mark._replace(label=mark.second or "")) for mark in given
    )


def _placed(marks: list[Reading], text: str, layer: str) -> list[Reading]:
    spans = [mark for mark in marks if not whole(layer, mark.label)]
    return [*spans, *by_sentence((mark for mark in marks if whole(layer, mark.label)), text).values()]


def _moved(own: Reading, other: Reading, text: str) -> str:
    """How far mine begins and ends from theirs, in words."""
    said = []
    for verb, mine, theirs in (("begins", own.start, other.start), ("ends", own.end, other.end)):
        if mine != theirs:
            words = len(_WORD.findall(text[min(mine, theirs) : max(mine, theirs)]))
            if not words:
                continue  # a sign or a blank
            far = f"{words} word{'' if words == 1 else 's'}"
            said.append(f"{verb} {far} {'later' if mine > theirs else 'earlier'}")
    return ", ".join(said) or "differs by a sign only"


def sentence_at(start: int, end: int, text: str) -> str:
    """The whole sentences in which these words stand."""
    touched = [(a, b) for _, a, b in sentence_spans(text) if a < end and start < b] or [(start, end)]
    return text[touched[0][0] : touched[-1][1]]


def _further(
    sharing: pd.DataFrame | None, layer: str
) -> dict[str, tuple[dict[str, list[Reading]], set[str]]]:
    """The marks of each further reader, and which reviews they have read."""
    if sharing is None or sharing.empty:
        return {}
    return {
        str(who): (readings_of(part, layer), set(part["review_id"]))
        for who, part in sharing.groupby("source")
    }


def texts_of(reviews: pd.DataFrame) -> dict[str, str]:
    """The text of each review."""
    schema.check(reviews, "reviews", ("review_id", "text"))
    return dict(zip(reviews["review_id"], reviews["text"].fillna(""), strict=True))


def _given(value: Any) -> str | None:
    return None if value is None or pd.isna(value) else str(value)


def names(who: Iterable[str]) -> str | None:
    """People in a row, or None where there is nobody."""
    return ", ".join(who) or None


def empty_row(review: str, layer: str, outcome: str) -> dict[str, Any]:
    """A row in which everything else is missing."""
    return dict.fromkeys(COLUMNS) | {"review_id": review, "layer": layer, "outcome": outcome}


def table_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a table with the columns of `COLUMNS`."""
    numbers = ("start", "end", "other_start", "other_end", "begins", "ends")
    types = {name: "Int64" if name in numbers else "str" for name in COLUMNS}
    return pd.DataFrame(rows, columns=[*COLUMNS]).astype(types)
