"""How do marks get from one machine to another? As files: CSV, W3C Web Annotations, or a whole file of marks.

Both formats hold every event, so that what is read is what was written, history included. A file that comes
in is never trusted: its size, each type, offset, label, id and name is checked before anything is kept, and
an error names the file, the row and the remedy.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import kept
from . import sheets, w3c
from .checking import MarkError, checked, checked_name
from .events import Event
from .store import Store

__all__ = ["KINDS", "read_marks", "write_marks"]

KINDS = (".csv", ".jsonld", ".json", ".sqlite3")
"""The endings of the files that hold marks."""

_MOST_BYTES = 64_000_000
_MOST_EVENTS = 200_000
_LESS = "Export one corpus at a time: rk.export_marks(path, corpus=...)."
_LESS = "Export one corpus at a time: rk.export_marks(path, corpus=...)."


def write_marks(
    path: str | Path, events: Iterable[Mapping[str, Any]], *, for_excel: bool = False
) -> list[Path]:
    """Write events to a file, and give back the paths; the ending says the format.

    `.csv` has a row for each event and the columns of `events.FIELDS`; `.jsonld` or `.json` is W3C Web
    Annotation. `for_excel` adds a copy `NAME-for-excel.csv` to look at in a spreadsheet. A file of that name
    is replaced in one move. Raises `MarkError` for another ending, `KeptError` if it cannot be written.
    """
    path = Path(path)
    sound = [checked(event, f"Event {number}") for number, event in enumerate(events, 1)]
    if path.suffix.lower() not in KINDS[:3]:
        raise MarkError(
            f"{path.name} ends in none of {', '.join(KINDS[:3])}. Name a file such as marks.jsonld."
        )
    if path.suffix.lower() == ".csv":
        text = sheets.csv_of(sound)
    else:
        text = json.dumps(w3c.collection(sound), ensure_ascii=False, indent=1)
    kept.replace(path, text.encode())
    if not for_excel:
        return [path]
    copy = path.with_name(f"{path.stem}-for-excel.csv")
    kept.replace(copy, sheets.excel_of(sound).encode("utf-8-sig"))
    return [path, copy]


def read_marks(path: str | Path, *, who: str | None = None) -> list[Event]:
    """The events in a file of any of the `KINDS`, checked, each once.

    `who` is the pseudonym to put in place of whatever names the file has. Raises `MarkError`, naming file,
    row and remedy, for whatever is not sound; then nothing of the file is taken.
    """
    path = Path(path)
    if who is not None:
        who = checked_name(who)
    found: dict[str, Event] = {}
    for where, given in _given(path):
        event = checked(given if who is None else {**given, "who": who}, where)
        if found.setdefault(event["event"], event) != event:
            raise MarkError(
                f"{where}: an event with the id {event['event']} stood before it and says something else. "
                "Leave one of the two out."
            )
        if len(found) > _MOST_EVENTS:
            raise MarkError(f"{path.name} has more than {_MOST_EVENTS:,} events. {_LESS}")
    return [*found.values()]


def _given(path: Path) -> Iterator[tuple[str, Event]]:
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise MarkError(f"{path.name} ends in none of {', '.join(KINDS)}. Ask for a file of rk.export_marks.")
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise MarkError(f"{path.name} is larger than {_MOST_BYTES // 1_000_000} MB. {_LESS}")
        if kind == ".sqlite3":
            return _of_store(path)
        text = path.read_bytes().decode("utf-8-sig")
        if kind == ".csv":
            return sheets.events_in(text, path.name)
        return w3c.events_in(json.loads(text, parse_constant=_refused), path.name)
    except OSError as trouble:
        raise MarkError(f"{path} cannot be read ({trouble.strerror or trouble}). Check its name.") from None
    except UnicodeDecodeError:
        raise MarkError(f"{path.name} is not UTF-8. Import the file as rk.export_marks wrote it.") from None
    except (ValueError, RecursionError) as trouble:
        if isinstance(trouble, MarkError):
            raise
        raise MarkError(f"{path.name} is not sound JSON ({trouble}). Export it anew.") from None


def _of_store(path: Path) -> Iterator[tuple[str, Event]]:
    """The events of another file of marks, read from a copy, so that it stays as it is."""
    with tempfile.TemporaryDirectory(prefix="reviewkit-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / path.name
        for tail in ("", "-journal"):
            if path.with_name(path.name + tail).exists():
                shutil.copyfile(path.with_name(path.name + tail), copy.with_name(copy.name + tail))
        with Store(copy) as store:
            if store.notice:
                raise MarkError(f"{path.name} is damaged. Copy it anew, while no notebook has it open.")
            events = store.history()
    return ((f"{path.name}, event {number}", event) for number, event in enumerate(events, 1))


def _refused(name: str) -> None:
    raise ValueError(f"{name} is not a number")
