"""Can this event be trusted? Types, sizes, offsets, labels, ids, control characters, names.

Nothing is kept, from a pane or from a file, before it has passed here. An error says which event (a file and
its row), which field and what to do. Known limit: a pseudonym is one word; that a word is somebody's first
name, or that a note names somebody, no program can see.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from ..errors import ReviewkitError
from .events import AROUND, FIELDS, KINDS, Event

__all__ = ["LABELS", "MarkError", "checked", "checked_name"]

_MANUAL = {
    "perspective": "book-reader film-only partial unstated set-aside",
    "spoilers": "minor major everything warning withholding warned unwarned withheld spoiler-free",
    "structure": "background plot performance craft theme comparison response overall address other",
    "devices": "concession grounds voices hedge booster question ethos",
    "attitude": "positive negative mixed neutral",
    "stance": "favourable mixed unfavourable",
}
LABELS = {layer: tuple(labels.split()) for layer, labels in _MANUAL.items()}
"""The labels of each layer of the coding manual; one's own tags stand in a layer with another name."""

_LONGEST = {"corpus": 200, "review_id": 200, "layer": 80, "label": 80, "quote": 100_000, "note": 10_000}
_LONGEST |= {"prefix": AROUND, "suffix": AROUND, "reason": 10_000}
_FURTHEST = 10_000_000  # characters; no review is as long
_SHA = re.compile(r"[0-9a-f]{64}")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_NAME = re.compile(r"\w[\w-]{1,39}")
_TAKEN = re.compile(r"rule|key|own|off|hand|vader|annotator-\d+", re.IGNORECASE)
_BREAKS = {"\n", "\t"}
_JOINERS = set("\u200c\u200d\u200e\u200f")  # what some scripts and emoji cannot be written without


class MarkError(ReviewkitError, ValueError):
    """An event that cannot be kept as it is; the message names it, the field and the remedy."""


def checked(event: Mapping[str, Any], where: str = "This event") -> Event:
    """The event with all of its fields, in their order and types; empty text is missing.

    `where` begins the message of an error, such as `marks.csv, row 3`. Raises `MarkError`.
    """
    if not isinstance(event, Mapping):
        raise MarkError(f"{where} is not an event but {type(event).__name__}. Export the marks anew.")
    if unknown := sorted(map(str, set(event) - set(FIELDS))):
        raise MarkError(f"{where} has a field {unknown[0]!r}. The fields are: {', '.join(FIELDS)}.")
    given = {name: event.get(name) for name in FIELDS}
    done: Event = {
        "event": _uuid(given, "event", where),
        "mark": _uuid(given, "mark", where),
        "what": _one_of(given, "what", ("set", "drop"), where),
        "kind": _one_of(given, "kind", KINDS, where),
        "at": _time(given["at"], where),
        "who": checked_name(given["who"], where),
        **{name: _line(given, name, where) for name in ("corpus", "review_id", "layer", "label")},
        **_place(given, where),
        **{name: _prose(given, name, where) for name in ("note", "reason")},
    }
    _whole(done, where)
    return done


def checked_name(name: Any, where: str = "This pseudonym") -> str:
    """The pseudonym, if it is one word of letters, digits and hyphens. Raises `MarkError`.

    >>> checked_name("reader-7k3f")
    'reader-7k3f'
    """
    text = unicodedata.normalize("NFC", name.strip()) if isinstance(name, str) else ""
    if not _NAME.fullmatch(text) or _TAKEN.fullmatch(text):
        taken = " is a name that the kit itself uses" if _TAKEN.fullmatch(text) else ""
        raise MarkError(
            f"{where}: who{taken or ' is missing, or reads like a name or an address'}. A pseudonym is one "
            "word of 2 to 40 letters, digits and hyphens, such as reader-7k3f; give one with "
            "who='reader-7k3f'."
        )
    return text


def _whole(event: Event, where: str) -> None:
    """What each kind of event must have, and whether its label is one of its layer's."""
    needs = ["corpus", "review_id"]
    if event["what"] == "set":
        needs += ["layer"] if event["kind"] in ("commit", "dispute") else ["layer", "label"]
        needs += ["start"] if event["kind"] == "mark" else []
    if missing := [name for name in needs if event[name] is None]:
        raise MarkError(f"{where} has no {missing[0]}: {FIELDS[missing[0]]} Add it, or leave the row out.")
    known = LABELS.get(event["layer"])
    if known and event["label"] is not None and event["label"] not in known:
        raise MarkError(
            f"{where}: the layer {event['layer']} has no label {event['label']!r}. It has: "
            f"{', '.join(known)}. Tags of one's own need a layer with a name of their own."
        )


def _uuid(given: Event, name: str, where: str) -> str:
    try:
        return str(uuid.UUID(given[name].removeprefix("urn:uuid:")))
    except (ValueError, AttributeError):
        raise MarkError(
            f"{where}: {name} is {_brief(given[name])}, not a UUID. Export the marks anew."
        ) from None


def _one_of(given: Event, name: str, known: tuple[str, ...], where: str) -> str:
    if given[name] not in known:
        raise MarkError(f"{where}: {name} is {_brief(given[name])}; it is one of: {', '.join(known)}.")
    return str(given[name])


def _time(value: Any, where: str) -> str:
    try:
        if not _AT.fullmatch(value) or not datetime.fromisoformat(value):
            raise ValueError
    except (TypeError, ValueError):
        raise MarkError(
            f"{where}: at is {_brief(value)}. Write the time in UTC to the millisecond, "
            "such as 2026-05-04T09:30:00.000Z."
        ) from None
    return str(value)


def _line(given: Event, name: str, where: str) -> str | None:
    """Text of one line, without characters that nobody sees."""
    text = _text(given, name, where)
    hidden = ("Cc", "Cf", "Zl", "Zp")
    return _without(where, name, text, lambda c: unicodedata.category(c) in hidden and c not in _JOINERS)


def _prose(given: Event, name: str, where: str) -> str | None:
    text = (_text(given, name, where) or "").replace("\r\n", "\n")
    return _without(where, name, text, lambda c: unicodedata.category(c) == "Cc" and c not in _BREAKS)


def _without(where: str, name: str, text: str | None, bad: Callable[[str], bool]) -> str | None:
    if text and text.isascii() and text.isprintable():  # most are, and have nothing that is hidden
        return text
    if found := next(filter(bad, text or ""), None):
        raise MarkError(f"{where}: {name} has the control character U+{ord(found):04X}. Remove it.")
    return text or None


def _text(given: Event, name: str, where: str) -> str | None:
    value = given[name]
    if value is not None and not isinstance(value, str):
        raise MarkError(f"{where}: {name} is {type(value).__name__}, not text. Export the marks anew.")
    if value is not None and len(value) > _LONGEST[name]:
        raise MarkError(
            f"{where}: {name} has {len(value):,} characters; {_LONGEST[name]:,} are the most. Shorten it."
        )
    if value is not None and not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
        raise MarkError(f"{where}: {name} has half a character (a lone surrogate). Mark the words anew.")
    return value


def _place(given: Event, where: str) -> Event:
    """Offsets, the words they stand for, and the text's hash: all or nothing but the hash."""
    start, end = given["start"], given["end"]
    sha = given["text_sha"] or None
    if sha is not None and not (isinstance(sha, str) and _SHA.fullmatch(sha)):
        raise MarkError(f"{where}: text_sha is {_brief(sha)}, not a SHA-256 in hexadecimal. Leave it out.")
    if start is None and end is None and not given["quote"]:
        return dict.fromkeys(("start", "end", "quote", "prefix", "suffix")) | {"text_sha": sha}
    if not all(isinstance(n, int) and not isinstance(n, bool) for n in (start, end)):
        raise MarkError(f"{where}: start and end are {_brief(start)} and {_brief(end)}, not whole numbers.")
    if not 0 <= start < end <= _FURTHEST:
        raise MarkError(f"{where} runs from {start} to {end}. Offsets count from 0, and the end comes last.")
    words = {name: _text(given, name, where) or "" for name in ("quote", "prefix", "suffix")}
    if len(words["quote"]) != end - start:
        raise MarkError(
            f"{where}: from {start} to {end} are {end - start} characters, but the quote has "
            f"{len(words['quote'])}. Offsets count code points; copy the words from the review exactly."
        )
    return {"start": start, "end": end, **words, "text_sha": sha}


def _brief(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
