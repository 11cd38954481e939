"""Is this a Web Annotation? What the W3C's Web Annotation Data Model (2017) asks of what the kit writes.

Every fault begins with the section of the recommendation that is broken. What is asked, by section:

| section | what MUST be |
|---|---|
| 3.1 | `@context` has the model's; exactly one `id`, an IRI; `type` has Annotation; a `target` at least |
| 3.2 | a body or target is an IRI, or one resource of one kind |
| 3.2.1 | of an external resource: one `id`, an IRI; `format` is a media type |
| 3.2.4 | of a textual body: exactly one `value`, text; never a target |
| 3.2.5 | never `body` and `bodyValue` at once |
| 3.3.1 | `created`, `modified`, `generated`: one each at most, a time with its zone |
| 3.3.2 | of an agent: one `id` at most, an IRI; Person, Organization or Software; one `nickname` at most |
| 3.3.5 | `motivation` and `purpose` are among the model's |
| 4 | of a specific resource: exactly one `source`, and something that makes it specific |
| 4.2.4 | TextQuoteSelector: exactly one `exact`, one `prefix` and `suffix` at most, all text |
| 4.2.5 | TextPositionSelector: exactly one `start` and `end`, not below 0, counted in code points |
| 5.1 | of a collection: `@context`, `id`, `type`; `first` where `total` is not 0; `total` not below 0 |
| 5.2 | of a page: exactly one `id` and `items`, a list of annotations; `startIndex` not below 0 |
| 6.2 (JSON-LD) | every key is the model's, or has a prefix that the context declares |

The schemas of the W3C's own tests (web-platform-tests, annotation-model) check the same of the same sections.
Selectors other than these two, choices, states and styles (4.4: `stylesheet` MUST be an IRI or one sheet)
are not written by the kit and count as unknown keys. `faults` lists what is wrong; an empty list is
what one wants.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_MOTIVATIONS = """assessing bookmarking classifying commenting describing editing highlighting identifying
    linking moderating questioning replying tagging"""
_KEYS = {
    "annotation": """@context id type body bodyValue target creator created modified generator generated
        audience motivation rights canonical via""",
    "collection": "@context id type total label first last creator created modified generator rights",
    "page": "@context id type partOf items next prev startIndex",
    "resource": "id type format language processingLanguage textDirection purpose value source selector",
    "selector": "type exact prefix suffix start end refinedBy",
    "agent": "id type name nickname email email_sha1 homepage",
}
MOTIVATIONS = _MOTIVATIONS.split()
KNOWN = {kind: keys.split() for kind, keys in _KEYS.items()}


def faults(found: Any) -> list[str]:
    """What is wrong with an annotation, a page or a collection as a document of its own."""
    if not isinstance(found, dict):
        return ["3.1: the document is not an object"]
    kinds = {"Annotation": _annotation, "AnnotationPage": _page, "AnnotationCollection": _collection}
    named = [kind for kind in kinds if kind in _listed(found.get("type"))]
    if not named:
        return [f"3.1: type is {found.get('type')!r}"]
    context = _listed(found.get("@context"))
    wrong = [] if CONTEXT in context else ["3.1: @context is not the model's"]
    prefixes = {name for each in context if isinstance(each, dict) for name in each}
    return [*wrong, *kinds[named[0]](found, prefixes)]


def _annotation(found: dict[str, Any], prefixes: set[str]) -> Iterator[str]:
    yield from _keys(found, "annotation", prefixes)
    yield from _needs(found, "id", _is_iri, "3.1")
    if "target" not in found:
        yield "3.1: an annotation has no target"
    if "body" in found and "bodyValue" in found:
        yield "3.2.5: an annotation has both body and bodyValue"
    for key in ("created", "modified", "generated"):
        yield from _may(found, key, _is_time, "3.3.1")
    for value in _listed(found.get("motivation")):
        if value not in MOTIVATIONS:
            yield f"3.3.5: motivation {value!r}"
    for agent in _listed(found.get("creator")):
        yield from _agent(agent, prefixes)
    for body in _listed(found.get("body")):
        yield from _resource(body, prefixes, textual=True)
    for target in _listed(found.get("target")):
        yield from _resource(target, prefixes, textual=False)


def _resource(found: Any, prefixes: set[str], *, textual: bool) -> Iterator[str]:
    """A body or target is exactly one of: an IRI, a textual body, a specific and an external resource."""
    if isinstance(found, str):
        yield from [] if _is_iri(found) else [f"3.2: {found!r} is no IRI"]
        return
    if not isinstance(found, dict):
        yield f"3.2: a resource is {type(found).__name__}"
        return
    yield from _keys(found, "resource", prefixes)
    kinds = [kind for kind, key in (("textual", "value"), ("specific", "source")) if key in found]
    if not kinds and "id" in found:
        kinds = ["external"]
    if len(kinds) != 1 or (kinds == ["textual"] and not textual):
        yield f"3.2: a resource is {' and '.join(kinds) or 'of no kind'}"
    if "value" in found:
        yield from _needs(found, "value", lambda value: isinstance(value, str), "3.2.4")
    yield from _may(found, "format", lambda value: bool(re.match(r"(application|text)/", value)), "3.2.1")
    yield from _may(found, "purpose", lambda value: value in MOTIVATIONS, "3.3.5")
    yield from _may(found, "id", _is_iri, "3.2.1")
    if "source" in found:
        yield from _resource(found["source"], prefixes, textual=False)
        if not {"purpose", "selector"} & set(found):
            yield "4: a specific resource has nothing specific"
        for selector in _listed(found.get("selector")):
            yield from _selector(selector, prefixes)


def _selector(found: Any, prefixes: set[str]) -> Iterator[str]:
    if not isinstance(found, dict):
        yield "4.2: a selector is not an object"
        return
    yield from _keys(found, "selector", prefixes)
    if found.get("type") == "TextPositionSelector":
        for key in ("start", "end"):
            yield from _needs(found, key, lambda value: type(value) is int and value >= 0, "4.2.5")
        if {"exact", "prefix", "suffix"} & set(found):
            yield "4.2.5: a position selector quotes"
    elif found.get("type") == "TextQuoteSelector":
        yield from _needs(found, "exact", lambda value: isinstance(value, str), "4.2.4")
        for key in ("prefix", "suffix"):
            yield from _may(found, key, lambda value: isinstance(value, str), "4.2.4")
    else:
        yield f"4.2: a selector has the type {found.get('type')!r}"


def _agent(found: Any, prefixes: set[str]) -> Iterator[str]:
    if isinstance(found, str):
        yield from [] if _is_iri(found) else [f"3.3.2: {found!r} is no IRI"]
        return
    yield from _keys(found, "agent", prefixes)
    yield from _may(found, "id", _is_iri, "3.3.2")
    for kind in _listed(found.get("type")):
        if kind not in ("Person", "Organization", "Software"):
            yield f"3.3.2: an agent has the type {kind!r}"
    yield from _may(found, "nickname", lambda value: isinstance(value, str), "3.3.2")
    for value in _listed(found.get("name")):
        yield from [] if isinstance(value, str) else ["3.3.2: an agent's name is not text"]


def _page(found: dict[str, Any], prefixes: set[str]) -> Iterator[str]:
    yield from _keys(found, "page", prefixes)
    yield from _needs(found, "id", _is_iri, "5.2")
    yield from _needs(found, "items", lambda value: isinstance(value, list), "5.2")
    yield from _may(found, "startIndex", lambda value: type(value) is int and value >= 0, "5.2")
    seen = set()
    for item in found.get("items") or []:
        if "Annotation" not in _listed(item.get("type")):
            yield "5.2: an item is not an annotation"
        if item.get("id") in seen:
            yield f"3.1: two items are called {item.get('id')}"
        seen.add(item.get("id"))
        yield from _annotation(item, prefixes)


def _collection(found: dict[str, Any], prefixes: set[str]) -> Iterator[str]:
    yield from _keys(found, "collection", prefixes)
    yield from _needs(found, "id", _is_iri, "5.1")
    yield from _may(found, "total", lambda value: type(value) is int and value >= 0, "5.1")
    yield from _may(found, "last", _is_iri, "5.1")
    for value in _listed(found.get("label")):
        yield from [] if isinstance(value, str) else ["5.1: a label is not text"]
    for agent in [*_listed(found.get("creator")), *_listed(found.get("generator"))]:
        yield from _agent(agent, prefixes)
    first = found.get("first")
    if isinstance(first, dict):
        yield from [] if "AnnotationPage" in _listed(first.get("type")) else ["5.1: first is not a page"]
        yield from _page(first, prefixes)
        if "next" not in first and len(first.get("items", [])) != found.get("total"):
            yield "5.1: total is not the number of annotations"
        if "next" not in first and found.get("last", first.get("id")) != first.get("id"):
            yield "5.1: last is not the only page"
    elif found.get("total") and not _is_iri(first):
        yield "5.1: a collection with annotations has no first page"


def _keys(found: dict[str, Any], kind: str, prefixes: set[str]) -> Iterator[str]:
    for key in found:
        if key not in KNOWN[kind] and not (":" in key and key.split(":")[0] in prefixes):
            yield f"6.2: {kind} has a key {key!r} that no context declares"


def _needs(found: dict[str, Any], key: str, test: Callable[[Any], bool], section: str) -> Iterator[str]:
    if key not in found or not test(found[key]):
        yield f"{section}: {key} is {found.get(key)!r}"


def _may(found: dict[str, Any], key: str, test: Callable[[Any], bool], section: str) -> Iterator[str]:
    if key in found and not test(found[key]):
        yield f"{section}: {key} is {found[key]!r}"


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _is_iri(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", value))


def _is_time(value: Any) -> bool:
    try:
        return "T" in value and datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False
