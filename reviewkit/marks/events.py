"""What did somebody do? An event: a mark set, changed or dropped, a verdict given, a reading disputed.

Events are only ever added. The state of a mark is its last event, by the time at which it was made; one that
is dropped stays in the history. A mark belongs to the person who set it, so nobody's file can change
somebody else's. Offsets are code points of the review's text, half open; with them go the quoted words and
what stands around them, so that they are found again when the text was parsed anew. Signatures are masked
in what is quoted, and the hash is that of the masked text. Known misreading: where a clock was set back
between two changes of one mark, the earlier of them wins, unless whoever made the second passed the first's
time to `now`.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from .. import people

__all__ = ["AROUND", "FIELDS", "KINDS", "fold", "make", "now", "quoted", "same_mark", "text_sha"]

FIELDS = {
    "event": "Id of the event, a UUID; an event that is sent twice is taken once.",
    "mark": "Id of what it is about, a UUID; the events of one mark have the same.",
    "what": "`set` (made or changed) or `drop`.",
    "kind": "`mark`, `verdict` (without offsets), `dispute` (against the key), `commit` (before looking).",
    "at": "When, in UTC to the millisecond, such as `2026-05-04T09:30:00.000Z`.",
    "who": "Pseudonym of the person.",
    "corpus": "Name of the page or corpus.",
    "review_id": "The review it is about.",
    "layer": "The question it answers, such as `spoilers`, or the name of one's own set of tags.",
    "label": "The answer.",
    "start": "First character, in code points of the review's text, from 0.",
    "end": "One past the last character.",
    "quote": "The words themselves, signatures masked.",
    "prefix": "Up to 32 characters before them.",
    "suffix": "Up to 32 characters behind them.",
    "text_sha": "SHA-256 of the review's whole text, signatures masked.",
    "note": "What the person noted.",
    "reason": "Why the person holds to a reading against the key.",
}
KINDS = ("mark", "verdict", "dispute", "commit")
AROUND = 32
"""How many code points are kept on either side of the quoted words."""

_KIT = uuid.UUID("8c3d4a8e-5a53-4f5a-9d57-0c9b7e3f1d42")
_MOMENT = timedelta(milliseconds=1)

Event = dict[str, Any]


def now(after: str | None = None) -> str:
    """The time, in UTC to the millisecond; later than `after`, the time of the event that is being changed.

    >>> now(after="2999-01-01T00:00:00.000Z")
    '2999-01-01T00:00:00.001Z'
    """
    time = datetime.now(UTC)
    if after is not None:
        time = max(time, datetime.fromisoformat(after) + _MOMENT)
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03d}Z"


def same_mark(kind: str, who: str, corpus: str, review_id: str, layer: str) -> str:
    """The one id of a person's verdict, dispute or commitment on this layer of this review, in every window.

    >>> same_mark("commit", "owl", "page", "page-01", "devices") == same_mark(
    ...     "commit", "owl", "page", "page-01", "devices")
    True
    """
    return str(uuid.uuid5(_KIT, "\x1f".join((kind, who, corpus, review_id, layer))))


def text_sha(text: str) -> str:
    """The SHA-256 of a review's text, signatures masked: the same whether or not names are shown."""
    return _sha(people.mask(text))


def quoted(text: str, start: int, end: int) -> Event:
    """What an event keeps of the words from `start` to `end`: offsets, quote, prefix, suffix, text_sha.

    >>> found = quoted("I read the novel first.", 2, 16)
    >>> found["quote"], found["prefix"], found["suffix"]
    ('read the novel', 'I ', ' first.')
    """
    text = people.mask(text)
    return {
        "start": start,
        "end": end,
        "quote": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
        "text_sha": _sha(text),
    }


def make(kind: str = "mark", *, text: str | None = None, what: str = "set", **fields: Any) -> Event:
    """An event with all of its fields: ids and time are made where they are not given.

    `fields` are those of `FIELDS`. With `text`, the review's text, its hash is added, and the words from
    `start` to `end` are quoted. An event without offsets has one mark id for its person, review and layer.

    >>> made = make(text="I read it.", who="owl", corpus="page", review_id="page-01",
    ...             layer="perspective", label="book-reader", start=2, end=9)
    >>> made["quote"], made["what"], made["reason"]
    ('read it', 'set', None)
    """
    event: Event = {name: fields.get(name) for name in FIELDS} | {"kind": kind, "what": what}
    if text is not None:
        start, end = event["start"], event["end"]
        event |= {"text_sha": text_sha(text)} if start is None else quoted(text, start, end)
    if not event["mark"]:
        place = [str(event[name] or "") for name in ("who", "corpus", "review_id", "layer")]
        event["mark"] = str(uuid.uuid4()) if event["start"] is not None else same_mark(kind, *place)
    event["event"] = event["event"] or str(uuid.uuid4())
    event["at"] = event["at"] or now()
    return event


def fold(events: Iterable[Mapping[str, Any]], *, dropped: bool = False) -> list[Event]:
    """The state that events lead to: the last of each person's marks, in the order in which they began.

    Of two events with the same time the later in `events` counts. What was dropped is left out, unless
    `dropped`.

    >>> first = make(mark="m", at="2026-05-04T09:30:00.000Z", who="owl", label="hedge", start=0, end=1)
    >>> fold([first, first | {"label": "booster", "at": "2026-05-04T09:31:00.000Z"}])[0]["label"]
    'booster'
    """
    last: dict[tuple[str, str], Event] = {}
    for event in sorted(events, key=lambda each: each["at"]):
        last[event["who"], event["mark"]] = dict(event)
    return [event for event in last.values() if dropped or event["what"] == "set"]


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
