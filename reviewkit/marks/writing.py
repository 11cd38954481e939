"""Write events, all of a call or none, and only while nobody is mending the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from . import layout
from .events import Event

__all__ = ["insert", "transaction"]

_NAMES = ", ".join(f'"{name}"' for name in layout.COLUMNS)
_INSERT = f"INSERT OR IGNORE INTO events (seq, {_NAMES}) VALUES (?{', ?' * len(layout.COLUMNS)})"


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of what is done inside, on disk at the end, or nothing of it."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise


def insert(db: sqlite3.Connection, events: Sequence[Event], seqs: Sequence[int | None] = ()) -> None:
    """Add events that are not there yet; needs a transaction."""
    numbered = zip(seqs or (None,) * len(events), events, strict=True)
    db.executemany(_INSERT, [(seq, *(each[name] for name in layout.COLUMNS)) for seq, each in numbered])
