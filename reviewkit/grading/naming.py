"""Whose is a file? By the names that learning platforms give; what a notebook says of itself comes last.

Moodle: `Jane Doe_12345_assignsubmission_file_/...` or flat. Canvas: `doejane_LATE_12345_67890_ex01-2.ipynb`.
Blackboard: `Exercises 1_jdoe_attempt_2026-11-20-10-11-12_ex01.ipynb`. Else the folder it lies in, else its
own name. Names inside a student's zip are not asked: a student could put another's name there.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

__all__ = ["Named", "bare_stem", "file_name", "named"]

_MOODLE = re.compile(r"(?P<id>.+_\d+)_assignsubmission_(?:file|onlinetext)(?:_(?P<rest>.*))?$")
_CANVAS = re.compile(r"(?P<who>[^_]+)(?:_LATE)?_(?P<number>\d+)_(?P<attempt>\d+)_(?P<rest>.+)$")
_BLACKBOARD = re.compile(r".*_(?P<id>[^_]+)_attempt_(?P<when>\d{4}(?:-\d\d){5})(?:[_.].*)?$")
_COPY = re.compile(r"(?:[ _-]*\((\d+)\)|[ _-]*copy(?:[ _-]*(\d+))?)$", re.IGNORECASE)
_AGAIN = re.compile(rf"{_COPY.pattern[:-1]}$|-(\d{{1,2}})$", re.IGNORECASE)


class Named(NamedTuple):
    """Whose a file is by its name; `sure` where a platform says so. `attempt` sorts several of one person."""

    id: str
    sure: bool
    attempt: tuple[str, int, int]


def named(trail: tuple[str, ...], name: str) -> Named | None:
    """By the names that a platform gives to folders and files; None where it is none of those.

    >>> named(("Jane Doe_12345_assignsubmission_file_",), "ex01.ipynb").id
    'Jane Doe_12345'
    >>> named((), "doejane_LATE_12345_67890_ex01-2.ipynb")
    Named(id='doejane_12345', sure=True, attempt=('', 67890, 2))
    """
    for part in (*trail, name):
        stem = re.sub(r"\.(?:ipynb|zip|txt|json)$", "", part, flags=re.IGNORECASE)
        if found := _MOODLE.match(stem):
            return Named(found["id"], True, ("", 0, _number(name)))
        if found := _BLACKBOARD.match(stem):
            return Named(found["id"], True, (found["when"], 0, _number(name)))
        if found := _CANVAS.match(stem):
            who = f"{found['who']}_{found['number']}"
            return Named(who, True, ("", int(found["attempt"][:15]), _number(stem)))
    return None


def bare_stem(name: str) -> str:
    """A file's name without its ending, and without the mark of a further copy.

    >>> bare_stem("owl-3 (2).ipynb"), bare_stem("ex01 copy.ipynb")
    ('owl-3', 'ex01')
    """
    stem = re.sub(r"(?:\.(?:ipynb|zip|txt|json))+$", "", name, flags=re.IGNORECASE)
    return _COPY.sub("", stem) or stem


def _number(name: str) -> int:
    stem = re.sub(r"(?:\.(?:ipynb|zip|txt|json))+$", "", name, flags=re.IGNORECASE)
    found = _AGAIN.search(stem)
    return int(next((n for n in found.groups() if n), 1)) if found else 0


def file_name(text: str, taken: set[str]) -> str:
    """A name for a file that every system can write; another one for each text.

    >>> file_name("Zoë / ../x", set())
    'zoe-x'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "nobody"
    if re.fullmatch(r"(?:con|prn|aux|nul|com\d|lpt\d)", stem):
        stem += "-"
    made = next(m for n in range(1, len(taken) + 2) if (m := stem if n == 1 else f"{stem}-{n}") not in taken)
    taken.add(made)
    return made
