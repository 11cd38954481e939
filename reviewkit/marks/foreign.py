"""What did others mark with another tool? Their annotations, found by their words in the reviews of a page.

Takes W3C Web Annotations (one, a list, a page or a collection, as Recogito and Annotorious write them) and
exports of Hypothes.is. What counts are the quoted words: another tool's positions are those of another page,
so an annotation without a TextQuoteSelector has no place here. Names stay outside: whoever made an annotation
is known by a pseudonym that is made from the name. Known misreading: a tag means what its maker meant by it,
which need not be what the coding manual means.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from .. import schema
from ..errors import TableError
from .anchoring import Place, Texts
from .checking import LABELS, MarkError, checked, checked_name
from .events import Event, make, now
from .merging import _opened
from .store import Store
from .table import corpus_of

__all__ = ["COLUMNS", "import_annotations"]

COLUMNS = ("number", "who", "layer", "label", "quote", "note", "review_id", "start", "end", "why")
"""The columns of what `import_annotations` gives; `why` says why an annotation was left out."""

_UNTAGGED = "no tag"
_SEEN = "\n\u200c\u200d\u200e\u200f"
_MOST_BYTES = 64_000_000
_SPACE = uuid.UUID("3f0f3a52-6a86-4c0e-9d8b-0d5c5b0f6a11")


class _Note(NamedTuple):
    """An annotation of another tool: whose, when, its words, what it says."""

    own_id: str
    maker: str
    at: str
    words: tuple[str, str, str] | None
    tags: tuple[str, ...]
    note: str


def import_annotations(
    path: str | Path, data: Any, *, layer: str = "tags", who: str | None = None, store: Store | None = None
) -> pd.DataFrame:
    """Take the annotations of another tool into your file of marks, and see which could not be placed.

    `path` is a JSON file: W3C Web Annotations, or an export of Hypothes.is. `data` is the corpus, page or
    table of reviews whose words were annotated. Each tag becomes a mark of `layer` with the tag as its label;
    comments become its note; without a tag the label is `no tag`. In a layer of the coding manual only its
    labels are taken. `who` is the pseudonym to take them under; left out, one is made for each maker. What
    is there already is not taken twice.

    Gives a row for each tag of each annotation, in the order of the file, with the columns of `COLUMNS`:
    where it stands, or, in `why`, why it was left out. Raises `MarkError`, with the remedy, for a file
    that is not annotations, `TableError` for reviews without text, `StoreError` where nothing can be kept.
    """
    path = Path(path)
    reviews = schema.check(getattr(data, "reviews", data), "reviews", ("review_id", "text"))
    if not layer.strip():
        raise TableError('Name the layer to keep the tags in, such as layer="tags".')
    texts: dict[str, str] = dict(zip(reviews["review_id"], reviews["text"].fillna(""), strict=True))
    name = None if who is None else checked_name(who)
    finder, corpus = Texts(texts), corpus_of(data)
    rows, events = [], []
    for number, note in enumerate(_notes(path), 1):
        place, why = finder.anywhere(note.words) if note.words else (None, "It quotes no words.")
        whose = name or _pseudonym(note.maker)
        for tag in note.tags or (_UNTAGGED,):
            wrong = why or _wrong(layer, tag)
            where = place if place and not wrong else None
            if where:
                text = texts[where.review_id]
                event = _event(note, tag, where, text, {"who": whose, "corpus": corpus, "layer": layer})
                events.append(checked(event, f"{path.name}, annotation {number}"))
            quote = note.words[1] if note.words else None
            span = (where.review_id, where.start, where.end) if where else (None, None, None)
            rows.append((number, whose, layer, tag, quote, note.note or None, *span, wrong or None))
    with _opened(store) as opened:
        opened.add(events)
    return pd.DataFrame(rows, columns=[*COLUMNS]).astype({"start": "Int64", "end": "Int64"})


def _event(note: _Note, tag: str, place: Place, text: str, about: Mapping[str, Any]) -> Event:
    """The mark that a tag makes; the same one whenever its file is read again."""
    mark = uuid.uuid5(_SPACE, "\x1f".join((note.own_id, tag, *map(str, about.values()))))
    event = uuid.uuid5(mark, "\x1f".join((note.at, note.note, *map(str, place))))
    fields: Event = {"label": tag, "note": note.note or None, "at": note.at or now(), **about}
    fields |= {"review_id": place.review_id, "start": place.start, "end": place.end}
    return make(text=text, mark=str(mark), event=str(event), **fields)


def _wrong(layer: str, tag: str) -> str:
    """Why a tag cannot be a label, or nothing."""
    if len(tag) > 80:
        return "Its tag has more than 80 characters."
    if layer not in LABELS or tag in LABELS[layer]:
        return ""
    known = ", ".join(LABELS[layer])
    return f"The layer {layer} has no label {tag!r}; it has {known}. Take it in a layer with another name."


def _pseudonym(maker: str) -> str:
    """A name that says nothing of the maker, and is the same in every file."""
    return f"guest-{hashlib.sha256(maker.encode()).hexdigest()[:6]}" if maker else "guest-unnamed"


def _notes(path: Path) -> Iterator[_Note]:
    """The annotations in a file, as far as they can be understood."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise MarkError(f"{path.name} is larger than {_MOST_BYTES // 1_000_000} MB. Export a part of it.")
        found = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as trouble:
        raise MarkError(f"{path} cannot be read ({trouble.strerror or trouble}). Check its name.") from None
    except (ValueError, RecursionError) as trouble:
        if isinstance(trouble, MarkError):
            raise
        raise MarkError(f"{path.name} is not sound JSON ({trouble}). Export it anew.") from None
    if isinstance(found, Mapping) and "reviewkit:version" in found:
        raise MarkError(f"{path.name} is a file of the kit's own marks. Take it with rk.import_marks(path).")
    given = _listed_in(found)
    if given is None:
        raise MarkError(
            f"{path.name} is JSON, but has no annotations. Export them as W3C Web Annotations (JSON-LD), or "
            "from Hypothes.is as JSON."
        )
    return (_understood(each) for each in given)


def _listed_in(found: Any) -> list[Any] | None:
    """The annotations of a list, of a page or collection, or of an export of Hypothes.is."""
    if isinstance(found, list):
        return found
    if not isinstance(found, Mapping):
        return None
    if "target" in found:
        return [found]
    inside = (found.get(name) for name in ("items", "annotations", "rows", "first"))
    return next((got for each in inside if (got := _listed_in(each)) is not None), None)


def _understood(item: Any) -> _Note:
    """One annotation, whichever tool wrote it."""
    item = item if isinstance(item, Mapping) else {}
    bodies = [each for each in _all(item, "body", "bodies") if isinstance(each, Mapping)]
    said = [(str(each.get("purpose") or ""), _text(each.get("value"))) for each in bodies]
    tags = [words for purpose, words in said if purpose in ("tagging", "classifying")]
    tags += [_text(each) for each in _all(item, "tags")]
    notes = [words for purpose, words in said if purpose not in ("tagging", "classifying", "highlighting")]
    notes += [_text(each) for each in _all(item, "text", "bodyValue")]
    notes += [_text(each) for each in _all(item, "body") if isinstance(each, str) and ":" not in each]
    makers = [_maker(each) for each in (*_all(item, "creator", "user"), *_all({"of": bodies}, "of"))]
    note = "\n\n".join(filter(None, notes))[:10_000]
    words = _quoted(item)
    own_id = _text(item.get("id")) or json.dumps(item, sort_keys=True, default=str)
    at = next(filter(None, (_time(item.get(name)) for name in ("modified", "updated", "created"))), "")
    labels = dict.fromkeys(" ".join(tag.split()) for tag in tags if tag)
    return _Note(own_id, next(filter(None, makers), ""), at, words, (*labels,), note)


def _quoted(item: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """What stands before the words, the words, and what stands behind them, of the first quotation."""
    for target in _all(item, "target"):
        for selector in _all(target, "selector") if isinstance(target, Mapping) else ():
            if isinstance(selector, Mapping) and selector.get("type") == "TextQuoteSelector":
                parts = [selector.get(name) for name in ("prefix", "exact", "suffix")]
                before, exact, behind = (each if isinstance(each, str) else "" for each in parts)
                if exact.strip():
                    return before[-200:], exact, behind[:200]
    return None


def _all(found: Mapping[str, Any], *names: str) -> list[Any]:
    """What stands under these names, one or several."""
    given = (found.get(name) for name in names)
    return [one for each in given if each for one in (each if isinstance(each, list) else [each])]


def _maker(found: Any) -> str:
    """What an agent is known by."""
    if isinstance(found, Mapping):
        inner = found.get("creator")
        named = (found.get(name) for name in ("id", "name", "nickname"))
        return (
            _maker(inner)
            if inner
            else ""
            if "purpose" in found
            else next(filter(None, map(_text, named)), "")
        )
    return _text(found)


def _text(value: Any) -> str:
    """Text without characters that nobody sees, but for those that join."""
    given = value if isinstance(value, str) else ""
    hidden = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return "".join(c for c in given if c in _SEEN or unicodedata.category(c) not in hidden).strip()


def _time(value: Any) -> str:
    """A time as events have it, or nothing."""
    try:
        time = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return ""
    time = (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03d}Z"
