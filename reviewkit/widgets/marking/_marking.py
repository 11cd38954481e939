"""Which labels can be given, what do they mean, and what becomes of an event that the browser sends?

Pure functions for the marking pane. The browser knows where pieces of a text begin and end because Python
told it; it sends these offsets back, and here the event gets what stands there: quotation, surroundings,
hash.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd

from ...errors import TableError
from ...looks.blocks import shown
from ...marks import events as made
from ...splitting import paragraphs, sentence_spans
from ..reading._rows import MANUAL, legend
from ..reading._words import tokens

__all__ = ["VERDICTS", "brief", "completed", "edges", "newer", "offered", "sentences", "with_ends"]

MEANINGS = {
    "perspective": {
        "book-reader": "has read (or listened to) the novel before writing",
        "film-only": "says, or leaves no doubt, that they have not read it",
        "partial": "began it, read half of it, skimmed it",
    },
    "spoilers": {
        "warning": "announces that spoilers follow, or are there",
        "withholding": "declines in words to reveal something, or promises not to",
        "minor": "grade 1: the premise, what a trailer gives away, a detail, that it ends sadly or well",
        "major": "grade 2: the central secret, a turn in the middle, a minor character's death",
        "everything": "grade 3: a principal's final fate, or what happens at the ending",
    },
    "structure": {
        "background": "facts about the work and its makers; what the reviewer expected before watching",
        "plot": "retells premise, setting, characters or events",
        "performance": "acting and casting",
        "craft": "direction, script, photography, music, pacing; what a maker did or left out",
        "theme": "what the work means; the questions it raises",
        "comparison": "sets the film beside the novel or another work",
        "response": "what watching did to the reviewer, or to those in the room",
        "overall": "judges the film as a whole; the rating",
        "address": "speaks to the review's reader: recommends, warns, says whom it is for",
        "other": "signature, disc, delivery, price, heading, fragment",
    },
    "devices": {
        "concession": "grants a point and sets the contrary against it; mark both clauses",
        "grounds": "points at a scene, a line or a shot in support of a claim",
        "voices": "brings in what others say, or may object",
        "hedge": "lowers commitment: perhaps, it seems, I think, for me",
        "booster": "raises commitment to the claim's truth: certainly, no doubt, of course",
        "question": "asked for effect",
        "ethos": "rests the judgement on who the reviewer is",
    },
    "attitude": {
        "positive": "the reviewer's evaluation of the film is favourable here",
        "negative": "it is unfavourable here",
        "mixed": "both are in the sentence",
        "neutral": "nothing is evaluated",
    },
}
"""The labels that can be given, layer by layer, as the coding manual explains them."""

WHOLE = {"structure": 1, "attitude": 1, "spoilers": 3}
"""Layers in which whole sentences are labelled, and how many of their last labels shut each other out."""

VERDICTS = {
    "perspective": ["book-reader", "film-only", "partial", "unstated"],
    "spoilers": ["spoiler-free", "withheld", "warned", "unwarned"],
    "stance": ["favourable", "mixed", "unfavourable"],
}
"""What can be said of a whole review."""

_BRIEF = ("event", "mark", "what", "kind", "at", "review_id", "layer", "label", "start", "end", "note")
_SENT = (*_BRIEF, "quote", "text_sha", "who")


def offered(
    layer: str,
    tags: Sequence[str] | Mapping[str, str] | None,
    found: Iterable[tuple[str, str]] = (),
) -> tuple[str, list[dict[str, Any]]]:
    """The layer that is open first, and every label that can be given, with its meaning and its sign.

    `found` are layers and labels of marks that are there already; those that are not offered now, such as
    other tags of an earlier day, are in the list too, with `given` false. Raises `TableError` for an unknown
    layer, and for tags that are empty, doubled or no words.
    """
    own = _tags(tags) if tags is not None else {}
    if own and layer in MANUAL:
        layer = "own"
    if not own and layer not in MEANINGS:
        raise TableError(
            f"There is no layer {layer!r} in the coding manual. It has: {', '.join(MEANINGS)}. For labels of "
            'your own, give them as tags: rk.MarkingPane(corpus, tags=["irony", "praise"]).'
        )
    layers = {layer: own, **MEANINGS} if own else MEANINGS
    known = {name: [*labels, *_rest(name, labels)] for name, labels in layers.items()}
    for name, label in dict.fromkeys(found):
        known[name] = list(dict.fromkeys([*known.get(name, []), label]))
    signs = [entry for name, labels in known.items() for entry in legend(_table({name: labels}))]
    codes = {(e["layer"], e["label"]): e["code"] for e in legend(_table(known))}
    entries: list[dict[str, Any]] = []
    for entry in signs:
        meanings = layers.get(entry["layer"], {})
        means, given = meanings.get(entry["label"], ""), entry["label"] in meanings
        entry |= {"key": len(entries), "code": codes[entry["layer"], entry["label"]], "total": 0}
        entries.append(entry | {"means": shown(means), "given": given, "alone": _alone(entry, layers)})
    return layer, entries


def _rest(layer: str, labels: Iterable[str]) -> list[str]:
    """Labels of the manual that are not for people to give, but may stand in somebody's file."""
    return [label for label in MANUAL.get(layer, ()) if label not in labels]


def _alone(entry: Mapping[str, Any], layers: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether a sentence can have only one of this label and its like: a stage, an attitude, a grade."""
    layer, labels = entry["layer"], list(layers.get(entry["layer"], ()))
    if layer not in WHOLE or entry["label"] not in labels:
        return False
    return layer != "spoilers" or entry["label"] in labels[-WHOLE[layer] :]


def _table(layers: Mapping[str, Iterable[str]]) -> pd.DataFrame:
    pairs = [(layer, label) for layer, labels in layers.items() for label in labels]
    return pd.DataFrame(pairs, columns=["layer", "label"])


def _tags(tags: Sequence[str] | Mapping[str, str]) -> dict[str, str]:
    if isinstance(tags, str):
        tags = [tags]
    meant = dict(tags) if isinstance(tags, Mapping) else dict.fromkeys(tags, "")
    wrong = [
        tag for tag in meant if not isinstance(tag, str) or not tag.strip() or len(tag) > 40 or _unseen(tag)
    ]
    if wrong or not meant or len(meant) != len(tags):
        about = f"{wrong[0]!r} is none" if wrong else "there are none" if not meant else "one stands twice"
        raise TableError(
            f"Tags are words or short phrases of up to 40 characters, each given once; {about}. "
            'Write tags=["irony", "praise"], or with what they mean: tags={"irony": "says the contrary"}.'
        )
    return {shown(tag.strip()): str(means or "") for tag, means in meant.items()}


def _unseen(text: str) -> bool:
    """Whether a text has line ends, control characters or marks of direction."""
    return any(unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") for character in text)


def with_ends(parts: Sequence[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """The pieces, each with `e`, one past its last character."""
    return [[part | {"e": part["at"] + len(part["t"])} if "t" in part else part for part in p] for p in parts]


def sentences(text: str) -> list[dict[str, int]]:
    """Each sentence: `start`, `end`, and the paragraph `p`, counted from 0.

    >>> sentences("So it goes. It went.")
    [{'p': 0, 'start': 0, 'end': 11}, {'p': 0, 'start': 12, 'end': 20}]
    """
    starts = [start for start, _ in paragraphs(text)]
    found = ((start, end) for _, start, end in sentence_spans(text))
    return [{"p": sum(s <= start for s in starts) - 1, "start": start, "end": end} for start, end in found]


@lru_cache(maxsize=32)
def edges(text: str) -> frozenset[int]:
    """Every place at which a word, a sign or a gap begins or ends."""
    return frozenset({0, *(token.end for token in tokens(text))})


def _written(note: Any) -> Any:
    """A note as it can be kept: without control characters and halves of characters."""
    if not isinstance(note, str):
        return note
    whole = note.encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in whole if c in "\n\t" or unicodedata.category(c) != "Cc").strip() or None


def brief(event: Mapping[str, Any]) -> dict[str, Any]:
    """What the browser needs of an event; text is shown with control characters made visible."""
    told = {name: event[name] for name in _BRIEF}
    return told | {"label": shown(event["label"] or ""), "layer": shown(event["layer"] or "")}


def newer(event: Mapping[str, Any], than: Mapping[str, Any] | None) -> bool:
    """Whether an event is the later of two of one mark, and not the same."""
    return than is None or (event["event"] != than["event"] and event["at"] >= than["at"])


def completed(sent: Any, *, corpus: str, who: str, texts: Mapping[str, str]) -> made.Event:
    """An event as the browser sends it, made whole: corpus, person, quotation, surroundings, hash.

    Offsets hold for the text whose hash came along. Where that is another text than is here now, the words
    are kept as the browser had them, so that the mark is anchored by quotation.
    """
    given = {name: sent.get(name) for name in _SENT} if isinstance(sent, Mapping) else {}
    event: made.Event = {name: given.get(name) for name in made.FIELDS} | {"corpus": corpus}
    event["who"], event["note"] = event["who"] or who, _written(event["note"])
    text = texts.get(str(event["review_id"]))
    if text is None or event["kind"] != "mark":
        return event | {"text_sha": event["text_sha"] or None}
    start, end = event["start"], event["end"]
    inside = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
    if inside and event["text_sha"] == made.text_sha(text):
        return event | made.quoted(text, start, end)
    return event
