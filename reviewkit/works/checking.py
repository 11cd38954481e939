"""What is wrong with a file about a work? Every fault with its line, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, NamedTuple

from ..cues import Cue, compile_cue, folded, tried
from ..errors import WorkError
from .written import GRADES, Written

__all__ = ["Problem", "problems"]


class Problem(NamedTuple):
    """A fault: the line of the file, from 1, and what is wrong with the remedy."""

    line: int
    text: str


class _Key(NamedTuple):
    kind: type
    required: bool = False


_TEXT, _TEXTS, _YEAR = _Key(str, required=True), _Key(list), _Key(int, required=True)
_PARTS: dict[str, dict[str, _Key]] = {
    "novel": {"title": _TEXT, "author": _TEXT, "year": _YEAR, "also": _TEXTS},
    "film": {"title": _TEXT, "year": _YEAR, "also": _TEXTS},
    "person": {"name": _TEXT, "role": _TEXT, "plays": _Key(str), "also": _TEXTS},
    "character": {"name": _TEXT, "principal": _Key(bool), "also": _TEXTS},
    "reveal": {
        "name": _TEXT,
        "kind": _TEXT,
        "what": _TEXT,
        "grade": _Key(int),
        "cues": _Key(list, required=True),
        "unless": _TEXTS,
        "gives_away": _Key(list, required=True),
        "keeps": _Key(list, required=True),
    },
}
_ONCE = ("novel", "film")
_ROLES = ("novelist", "director", "screenwriter", "producer", "composer", "photographer", "editor", "actor")
_KINDS = {str: "a text in quotation marks", int: "a whole number", bool: "true or false", list: "a list"}


def problems(written: Written, *, try_sentences: bool) -> list[Problem]:
    """All faults, by line; `try_sentences` also holds each reveal to its own sentences."""
    found = list(_form(written))
    if not found:
        found = list(_sense(written))
        found += _reveals(written, try_sentences=try_sentences)
    return sorted(found)


def _form(written: Written) -> Iterator[Problem]:
    """Parts and names that are missing, unknown or of the wrong kind."""
    for part, value in written.content.items():
        line = written.line(part)
        if part not in _PARTS:
            yield Problem(line, f"{part!r} is no part of such a file.{_meant(part, _PARTS)}")
        elif isinstance(value, dict) != (part in _ONCE) or not isinstance(value, dict | list):
            brackets = f"[{part}]" if part in _ONCE else f"[[{part}]]"
            yield Problem(line, f"The part {part!r} is written {brackets}, on a line of its own.")
    for part in (*_ONCE, "character", "reveal"):
        if part not in written.content:
            brackets = f"[{part}]" if part in _ONCE else f"[[{part}]]"
            yield Problem(1, f"The part {brackets} is missing. reviewkit work new shows how it looks.")
    for part, keys in _PARTS.items():
        tables = [written.table(part)] if part in _ONCE else written.tables(part)
        for index, table in enumerate(tables):
            if table or part not in _ONCE:
                yield from _keys(written, part, index, table, keys)


def _keys(
    written: Written, part: str, index: int, table: dict[str, Any], keys: dict[str, _Key]
) -> Iterator[Problem]:
    for key, value in table.items():
        line = written.line(part, index, key)
        if key not in keys:
            yield Problem(line, f"{key!r} is not known in {part!r}.{_meant(key, keys)}")
        elif type(value) is not keys[key].kind:
            yield Problem(line, f"{key!r} must be {_KINDS[keys[key].kind]}.")
        elif isinstance(value, list) and not all(isinstance(each, str) and each.strip() for each in value):
            yield Problem(line, f"{key!r} must be a list of texts in quotation marks, none of them empty.")
        elif isinstance(value, str) and not value.strip():
            yield Problem(line, f"{key!r} is empty. Write something between the quotation marks.")
        elif keys[key].required and value == []:
            yield Problem(line, f"{key!r} is empty. Give it one text at least.")
    for key, rule in keys.items():
        if rule.required and key not in table:
            line = written.line(part, index)
            yield Problem(line, f"This {part} has no {key!r}. Add a line: {key} = ...")


def _sense(written: Written) -> Iterator[Problem]:
    """Values of the right kind that make no sense."""
    names = written.character_names()
    for index, person in enumerate(written.tables("person")):
        if person["role"] not in _ROLES:
            said = f"The role {person['role']!r} is not known.{_meant(person['role'], _ROLES)}"
            yield Problem(written.line("person", index, "role"), said)
        if "plays" in person and person["plays"] not in names:
            said = f"{person['name']} plays {person['plays']!r}, who is no character here."
            yield Problem(written.line("person", index, "plays"), said + _meant(person["plays"], names))
    owners: dict[str, str] = {}
    for index, character in enumerate(written.tables("character")):
        for form in {folded(form) for form in (character["name"], *character.get("also", []))}:
            owner = owners.setdefault(form, character["name"])
            if owner != character["name"]:
                line = written.line("character", index)
                yield Problem(line, f"{form!r} is a name of {owner} already: leave it to one of them.")
    for index, reveal in enumerate(written.tables("reveal")):
        if reveal["kind"] not in GRADES:
            said = f"The kind {reveal['kind']!r} is not known.{_meant(reveal['kind'], GRADES)}"
            yield Problem(written.line("reveal", index, "kind"), said)
        if reveal.get("grade", 1) not in (1, 2, 3):
            said = "A grade is 1 (minor), 2 (major) or 3 (everything)."
            yield Problem(written.line("reveal", index, "grade"), said)


def _reveals(written: Written, *, try_sentences: bool) -> Iterator[Problem]:
    """Cues that cannot be read, and sentences that a reveal's cues miss or wrongly find."""
    names = written.character_names()
    for index, reveal in enumerate(written.tables("reveal")):
        made: dict[str, list[Cue]] = {"cues": [], "unless": []}
        faulty = False
        for key, cues in made.items():
            for text in reveal.get(key, []):
                try:
                    cues.append(compile_cue(text, names))
                except WorkError as error:
                    faulty = True
                    yield Problem(written.line("reveal", index, key, text), str(error))
        if not try_sentences or faulty:
            continue
        for key, wanted in (("gives_away", True), ("keeps", False)):
            for sentence in reveal[key]:
                if (said := tried(sentence, made["cues"], made["unless"], wanted=wanted)) is not None:
                    yield Problem(written.line("reveal", index, key, sentence), said)


def _meant(name: object, known: Any) -> str:
    close = get_close_matches(str(name), list(known), n=1)
    return f" Did you mean {close[0]!r}?" if close else f" Known here: {', '.join(map(str, known))}."
