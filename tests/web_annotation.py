"""Is this a Web Annotation? What the W3C's Web Annotation Data Model (2017) asks of what the kit writes.

Each rule is one that the model calls a MUST, or that the published schemas of w3c/web-annotation-tests check:
required keys, types, cardinalities. `faults` lists what is wrong; an empty list is what one wants. Covers
collections, pages, textual bodies, external and specific resources, and the two text selectors, not choices,
states, styles or other selectors.
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
        return ["the document is not an object"]
    kinds = {"Annotation": _annotation, "AnnotationPage": _page, "AnnotationCollection": _collection}
    named = [kind for kind in kinds if kind in _listed(found.get("type"))]
    if not named:
        return [f"type is {found.get('type')!r}"]
    context = _listed(found.get("@context"))
    wrong = [] if CONTEXT in context else ["@context is not the model's"]
    prefixes = {name for each in context if isinstance(each, dict) for name in each}
    return [*wrong, *kinds[named[0]](found, prefixes)]


def _annotation(found: dict[str, Any], prefixes: set[str]) -> Iterator[str]:
    yield from _keys(found, "annotation", prefixes)
    yield from _needs(found, "id", _is_iri)
    if "target" not in found:
        yield "an annotation has no target"
    if "body" in found and "bodyValue" in found:
        yield "an annotation has both body and bodyValue"
    for key in ("created", "modified", "generated"):
        yield from _may(found, key, _is_time)
    for value in _listed(found.get("motivation")):
        if value not in MOTIVATIONS:
            yield f"motivation {value!r}"
    for agent in _listed(found.get("creator")):
        yield from _agent(agent, prefixes)
    for body in _listed(found.get("body")):
        yield from _resource(body, prefixes, textual=True)
    for target in _listed(found.get("target")):
        yield from _resource(target, prefixes, textual=False)


def _resource(found: Any, prefixes: set[str], *, textual: bool) -> Iterator[str]:
    """A body or target is exactly one of: an IRI, a textual body, a specific and an external resource."""
    if isinstance(found, str):
        yield from [] if _is_iri(found) else [f"{found!r} is no IRI"]
        return
    if not isinstance(found, dict):
        yield f"a resource is {type(found).__name__}"
        return
    yield from _keys(found, "resource", prefixes)
    kinds = [kind for kind, key in (("textual", "value"), ("specific", "source")) if key in found]
    if not kinds and "id" in found:
        kinds = ["external"]
    if len(kinds) != 1 or (kinds == ["textual"] and not textual):
        yield f"a resource is {' and '.join(kinds) or 'of no kind'}"
    if "value" in found:
        yield from _needs(found, "value", lambda value: isinstance(value, str))
    yield from _may(found, "format", lambda value: bool(re.match(r"(application|text)/", value)))
    yield from _may(found, "purpose", lambda value: value in MOTIVATIONS)
    yield from _may(found, "id", _is_iri)
    if "source" in found:
        yield from _resource(found["source"], prefixes, textual=False)
        if not {"purpose", "selector"} & set(found):
            yield "a specific resource has nothing specific"
        for selector in _listed(found.get("selector")):
            yield from _selector(selector, prefixes)


def _selector(found: Any, prefixes: set[str]) -> Iterator[str]:
    if not isinstance(found, dict):
        yield "a selector is not an object"
        return
    yield from _keys(found, "selector", prefixes)
    if found.get("type") == "TextPositionSelector":
        for key in ("start", "end"):
            yield from _needs(found, key, lambda value: type(value) is int and value >= 0)
        if {"exact", "prefix", "suffix"} & set(found):
            yield "a position selector quotes"
    elif found.get("type") == "TextQuoteSelector":
        yield from _needs(found, "exact", lambda value: isinstance(value, str))
        for key in ("prefix", "suffix"):
            yield from _may(found, key, lambda value: isinstance(value, str))
    else:
        yield f"a selector has the type {found.get('type')!r}"


def _agent(found: Any, prefixes: set[str]) -> Iterator[str]:
    if isinstance(found, str):
        yield from [] if _is_iri(found) else [f"{found!r} is no IRI"]
        return
    yield from _keys(found, "agent", prefixes)
    yield from _may(found, "id", _is_iri)
    for kind in _listed(found.get("type")):
        if kind not in ("Person", "Organization", "Software"):
            yield f"an agent has the type {kind!r}"
    yield from _may(found, "nickname", lambda value: isinstance(value, str))
    for value in _listed(found.get("name")):
        yield from [] if isinstance(value, str) else ["an agent's name is not text"]


def _page(found: dict[str, Any], prefixes: set[str]) -> Iterator[str]:
    yield from _keys(found, "page", prefixes)
    yield from _needs(found, "id", _is_iri)
    yield from _needs(found, "items", lambda value: isinstance(value, list))
    yield from _may(found, "startIndex", lambda value: type(value) is int and value >= 0)
    seen = set()
    for item in found.get("items") or []:
        if "Annotation" not in _listed(item.get("type")):
            yield "an item is not an annotation"
        if item.get("id") in seen:
            yield f"two items are called {item.get('id')}"
        seen.add(item.get("id"))
        yield from _annotation(item, prefixes)


def _collection(found: dict[str, Any], prefixes: set[str]) -> Iterator[str]:
    yield from _keys(found, "collection", prefixes)
    yield from _needs(found, "id", _is_iri)
    yield from _may(found, "total", lambda value: type(value) is int and value >= 0)
    yield from _may(found, "last", _is_iri)
    for value in _listed(found.get("label")):
        yield from [] if isinstance(value, str) else ["a label is not text"]
    for agent in [*_listed(found.get("creator")), *_listed(found.get("generator"))]:
        yield from _agent(agent, prefixes)
    first = found.get("first")
    if isinstance(first, dict):
        yield from [] if "AnnotationPage" in _listed(first.get("type")) else ["first is not a page"]
        yield from _page(first, prefixes)
        if "next" not in first and len(first.get("items", [])) != found.get("total"):
            yield "total is not the number of annotations"
        if "next" not in first and found.get("last", first.get("id")) != first.get("id"):
            yield "last is not the only page"
    elif found.get("total") and not _is_iri(first):
        yield "a collection with annotations has no first page"


def _keys(found: dict[str, Any], kind: str, prefixes: set[str]) -> Iterator[str]:
    for key in found:
        if key not in KNOWN[kind] and not (":" in key and key.split(":")[0] in prefixes):
            yield f"{kind} has a key {key!r} that no context declares"


def _needs(found: dict[str, Any], key: str, test: Callable[[Any], bool]) -> Iterator[str]:
    if key not in found or not test(found[key]):
        yield f"{key} is {found.get(key)!r}"


def _may(found: dict[str, Any], key: str, test: Callable[[Any], bool]) -> Iterator[str]:
    if key in found and not test(found[key]):
        yield f"{key} is {found[key]!r}"


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _is_iri(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", value))


def _is_time(value: Any) -> bool:
    try:
        return "T" in value and datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False
