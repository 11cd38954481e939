"""Marks as W3C Web Annotations: JSON-LD that other tools can read, and that comes back without loss.

One AnnotationCollection with one AnnotationPage; each mark, verdict, dispute or commitment as it stands is
one Annotation. The label is a body with the purpose `tagging`, a note one with `commenting`, a reason one
with `questioning`; the target has a TextPositionSelector and a TextQuoteSelector, whose offsets count code
points as the model asks. What the model has no word for stands under the prefix `reviewkit:`, with the
history (what was changed or dropped) at the collection's end.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote as escaped

from .checking import MarkError
from .events import FIELDS, Event, fold

__all__ = ["VERSION", "collection", "events_in"]

VERSION = 1
"""The version of what stands under our own prefix."""

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"reviewkit": "urn:reviewkit:terms:"}]
_WHY = {"mark": "tagging", "verdict": "assessing", "commit": "assessing", "dispute": "questioning"}
_PURPOSES = {"label": "tagging", "note": "commenting", "reason": "questioning"}
_OWN = ("event", "kind", "corpus", "review_id", "layer")


def collection(events: Sequence[Event]) -> dict[str, Any]:
    """Events as an AnnotationCollection, ready for `json.dumps`."""
    standing = fold(events)
    last = {event["event"] for event in standing}
    first: dict[tuple[str, str], str] = {}
    for event in sorted(events, key=lambda each: each["at"]):
        first.setdefault((event["who"], event["mark"]), event["at"])
    shared = Counter(event["mark"] for event in standing)
    items = [
        _annotation(
            event,
            first[event["who"], event["mark"]],
            event["mark"] if shared[event["mark"]] == 1 else event["event"],
        )
        for event in standing
    ]
    people = sorted({event["who"] for event in events})
    page = {"id": _urn(uuid.uuid4()), "type": "AnnotationPage", "startIndex": 0, "items": items}
    shown: dict[str, Any] = {"@context": _CONTEXT, "id": _urn(uuid.uuid4()), "type": "AnnotationCollection"}
    shown |= {"label": f"Marks of {', '.join(people) or 'nobody'}", "total": len(items)}
    shown |= {"generator": {"id": "urn:reviewkit:kit", "type": "Software", "name": "reviewkit"}}
    shown |= {"reviewkit:version": VERSION, "first": page, "last": page["id"]}
    history = [event for event in events if event["event"] not in last]
    return shown | {"reviewkit:history": [_past(event) for event in history]}


def events_in(found: Any, file: str) -> Iterator[tuple[str, Event]]:
    """The events of a collection or a page, each with where it stands, for messages; not yet checked."""
    if not isinstance(found, Mapping) or "reviewkit:version" not in found:
        raise MarkError(
            f"{file} is JSON, but not a file of marks. Export the marks with rk.export_marks; annotations of "
            "another tool are taken by rk.import_annotations(path, page)."
        )
    version = found["reviewkit:version"]
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= VERSION:
        raise MarkError(
            f"{file} was written by a newer version of the kit (its layout is {str(version)[:20]}, this kit "
            f"knows {VERSION}). Update the kit, or export to CSV there."
        )
    for number, past in enumerate(_list(found.get("reviewkit:history"), f"{file}, reviewkit:history"), 1):
        where = f"{file}, entry {number} of the history"
        yield where, {name: _object(past, where).get(f"reviewkit:{name}") for name in FIELDS}
    page = _object(found.get("first", {"items": []}), f"{file}, first")
    for number, item in enumerate(_list(page.get("items"), f"{file}, items"), 1):
        where = f"{file}, annotation {number}"
        yield where, _event(_object(item, where), where)


def _annotation(event: Event, first: str, own_id: str) -> dict[str, Any]:
    source = {"id": _source(event), "type": "Text"}
    if event["text_sha"]:
        source["reviewkit:text_sha"] = event["text_sha"]
    bodies = [
        {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": event[name]}
        for name, purpose in _PURPOSES.items()
        if event[name]
    ]
    creator = {"id": f"urn:reviewkit:reader:{escaped(event['who'])}", "type": "Person"}
    shown = {
        "id": _urn(own_id),
        "type": "Annotation",
        "motivation": _WHY[event["kind"]],
        "creator": creator | {"nickname": event["who"]},
        "created": first,
        "modified": event["at"],
        **({"body": bodies} if bodies else {}),
        "target": source if event["start"] is None else {"source": source, "selector": _selectors(event)},
        "reviewkit:mark": event["mark"],
    }
    return shown | {f"reviewkit:{name}": event[name] for name in _OWN if event[name] is not None}


def _selectors(event: Event) -> list[dict[str, Any]]:
    place = {"type": "TextPositionSelector", "start": event["start"], "end": event["end"]}
    words = {"type": "TextQuoteSelector", "exact": event["quote"]}
    return [place, words | {"prefix": event["prefix"], "suffix": event["suffix"]}]


def _event(item: Mapping[str, Any], where: str) -> Event:
    """An annotation's event, as it stands there."""
    target = _object(item.get("target"), f"{where}, target")
    source = _object(target.get("source", target), f"{where}, source")
    place, words = (_selector(target, name, where) for name in ("TextPositionSelector", "TextQuoteSelector"))
    creator = item.get("creator")
    event: Event = {name: item.get(f"reviewkit:{name}") for name in (*_OWN, "mark")}
    event |= {"what": "set", "at": item.get("modified")}
    event |= {"who": creator.get("nickname") if isinstance(creator, Mapping) else None}
    event |= {"start": place.get("start"), "end": place.get("end"), "quote": words.get("exact")}
    event |= {name: words.get(name) for name in ("prefix", "suffix")}
    event |= {name: _body(item, purpose, where) for name, purpose in _PURPOSES.items()}
    return event | {"text_sha": source.get("reviewkit:text_sha")}


def _selector(target: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
    selectors = _objects(target.get("selector", []), f"{where}, selector")
    alike = [each for each in selectors if each.get("type") == name]
    if len(alike) > 1:
        raise MarkError(f"{where} has {len(alike)} of {name}; one is possible. Leave one.")
    return alike[0] if alike else {}


def _body(item: Mapping[str, Any], purpose: str, where: str) -> Any:
    bodies = _objects(item.get("body", []), f"{where}, body")
    values = [each.get("value") for each in bodies if each.get("purpose") == purpose]
    if len(values) > 1:
        raise MarkError(f"{where} has {len(values)} bodies with the purpose {purpose}; one is possible.")
    return values[0] if values else None


def _past(event: Event) -> dict[str, Any]:
    return {f"reviewkit:{name}": event[name] for name in FIELDS if event[name] is not None}


def _source(event: Event) -> str:
    return f"urn:reviewkit:review:{escaped(event['corpus'], safe='')}:{escaped(event['review_id'], safe='')}"


def _urn(own_id: object) -> str:
    return f"urn:uuid:{own_id}"


def _list(value: Any, where: str) -> list[Any]:
    if value is not None and not isinstance(value, list):
        raise MarkError(f"{where} is {type(value).__name__}, not a list. Export the marks anew.")
    return value or []


def _objects(value: Any, where: str) -> list[Mapping[str, Any]]:
    return [_object(each, where) for each in (value if isinstance(value, list) else [value])]


def _object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise MarkError(f"{where} is {type(value).__name__}, not an object. Export the marks anew.")
    return value
