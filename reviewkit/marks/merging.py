"""What did the whole class mark? Several people's files put together, and one's own taken along.

Files are collected by any means: mail, a shared folder, a stick. Merging only adds: every event is taken
once, nobody's mark changes another's, and of two events with one id the one that was known first stays.
Known misreading: two people who chose the same pseudonym are taken for one; the report says where a
pseudonym comes from more than one file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from .. import _paths
from .checking import MarkError
from .events import Event
from .exchange import KINDS, read_marks, write_marks
from .store import Store
from .troubles import StoreError
from .who import pseudonym

__all__ = ["Merged", "export_marks", "import_marks", "merge"]

Files = str | Path | Iterable[str | Path] | Mapping[str | Path, str | None]
"""A file, a folder of files, several files, or files with the pseudonym to read each with."""

_REPORT = {"file": "str", "who": "str", "events": "int64", "new": "int64", "note": "str"}


class Merged(NamedTuple):
    """Everybody's events, each once, and a report: file, who, events, new (not known before), note."""

    events: list[Event]
    report: pd.DataFrame


def merge(files: Files, *, store: Store | None = None) -> Merged:
    """Put several people's files of marks together.

    `files` is a folder, a file, a list of them, or a mapping from each file to the pseudonym to read it with
    (None: as it says). With a `store`, what is new is kept there too. A file that cannot be read is left out
    and says why in the report's `note`. Raises `MarkError` where there are no files, `StoreError` where the
    store cannot be written.
    """
    known = {event["event"]: event for event in (store.history() if store else ())}
    before = set(known)
    taken: dict[str, Event] = {}
    rows: list[tuple[str, str | None, int, int, str | None]] = []
    seen: dict[str, str] = {}
    for path, who in _listed(files).items():
        try:
            events = read_marks(path, who=who)
        except (MarkError, StoreError) as trouble:
            rows.append((path.name, None, 0, 0, str(trouble)))
            continue
        fresh = {event["event"]: event for event in events if event["event"] not in known}
        notes = _notes(events, known, seen, path.name)
        known |= fresh
        taken |= {event["event"]: known[event["event"]] for event in events}
        people = ", ".join(sorted({event["who"] for event in events})) or None
        rows.append((path.name, people, len(events), len(fresh), " ".join(notes) or None))
    if store:
        store.add(event for event in taken.values() if event["event"] not in before)
    return Merged([*taken.values()], pd.DataFrame(rows, columns=[*_REPORT]).astype(_REPORT))


def export_marks(
    path: str | Path | None = None,
    *,
    corpus: str | None = None,
    who: str | None = None,
    everyone: bool = False,
    for_excel: bool = False,
    store: Store | None = None,
) -> Path:
    """Write your marks, with their history, to one file to carry or to hand in; gives its path.

    The ending of `path` says the format: `.jsonld` (W3C Web Annotation) or `.csv`; without a path it is
    `my_work/marks-PSEUDONYM.jsonld`. `corpus` leaves the others out; `who` is another pseudonym than yours;
    `everyone` takes all that the file of marks holds; `for_excel` adds a copy to look at in a spreadsheet.
    Raises `MarkError` where there is nothing to export, `KeptError` if it cannot be written.
    """
    name = who or pseudonym()
    with _opened(store) as opened:
        events, _ = opened.since(0, corpus=corpus, who=None if everyone else name)
    if not events:
        raise MarkError(f"There are no marks of {name} yet. Set one, or name another pseudonym as who=.")
    label = "everyone" if everyone else name
    path = _paths.work() / f"marks-{label}.jsonld" if path is None else Path(path)
    if path.is_dir():
        path = path / f"marks-{label}.jsonld"
    return write_marks(path, events, for_excel=for_excel)[0]


def import_marks(path: str | Path, *, who: str | None = None, store: Store | None = None) -> pd.DataFrame:
    """Take the marks of a file into your own file of marks; what is known already is not taken twice.

    `path` is a file of `export_marks`, or another computer's `marks.sqlite3`; `who` is the pseudonym to read
    it with. Gives one row: file, who, events, new, note. Raises `MarkError`, naming file, row and remedy, if
    anything in it is unsound; then nothing is taken.
    """
    read_marks(path, who=who)
    with _opened(store) as opened:
        report = merge({path: who}, store=opened).report
    people = str(report["who"].iloc[0])
    if report["note"].isna().iloc[0] and people != pseudonym():
        hint = f"These are marks of {people}; you mark as {pseudonym()}."
        report = report.assign(note=pd.array([hint], dtype="str"))
    return report


class _opened:  # noqa: N801
    """A store for a while: the one that is given, which stays open, or the student's own."""

    def __init__(self, store: Store | None) -> None:
        self._given = store

    def __enter__(self) -> Store:
        self._store = self._given or Store()
        return self._store

    def __exit__(self, *_: object) -> None:
        if self._given is None:
            self._store.close()


def _notes(events: list[Event], known: Mapping[str, Event], seen: dict[str, str], file: str) -> list[str]:
    """What the reader of the report should know of a file."""
    notes = []
    other = sum(known.get(event["event"], event) != event for event in events)
    if other:
        notes.append(f"{other} events are known with another content; what was known first stays.")
    for who in sorted({event["who"] for event in events}):
        if seen.setdefault(who, file) != file:
            notes.append(
                f"{who} is in {seen[who]} too: one person twice, or two with one pseudonym? If two, read one "
                f"as another: merge({{{file!r}: 'another-name', ...}})."
            )
    return notes


def _listed(files: Files) -> dict[Path, str | None]:
    """The files, each with the pseudonym to read it with."""
    if isinstance(files, Mapping):
        return {Path(path): who for path, who in files.items()}
    given = [Path(files)] if isinstance(files, str | Path) else [Path(path) for path in files]
    found: dict[Path, str | None] = {}
    for path in given:
        inside = sorted(p for p in path.iterdir() if p.suffix.lower() in KINDS) if path.is_dir() else [path]
        found |= dict.fromkeys(p for p in inside if not p.stem.endswith("-for-excel"))
    if not found:
        raise MarkError(f"No file of marks here. They end in {', '.join(KINDS)}; name one, or a folder.")
    return found
