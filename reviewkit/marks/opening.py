"""Open the file of marks, make it if it is not there, have it mended if it is damaged.

Opening happens on a thread of its own, since a network folder may never answer.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from . import layout, mending
from .troubles import StoreError, is_damage, newer, not_ours, said, silent
from .writing import transaction

__all__ = ["OPENS_WITHIN", "connect", "open_file"]

OPENS_WITHIN = 20.0
"""Seconds after which a file that has not opened counts as one that never will."""

_T = TypeVar("_T")


def open_file(path: Path, wait: float) -> tuple[sqlite3.Connection, str]:
    """An open file of marks in this kit's layout, and what is to be said about it (mostly nothing).

    `wait` is for how many seconds to wait while others hold it. Raises `StoreError`.
    """
    within = OPENS_WITHIN + wait
    return _in_time(lambda: _opened(path, wait), within, lambda: silent(path, within))


def _opened(path: Path, wait: float) -> tuple[sqlite3.Connection, str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return connect(path, wait), ""
        except sqlite3.DatabaseError as trouble:
            if not is_damage(trouble):
                raise
            with mending.alone(path):
                return _once_more(path, wait)
    except (OSError, sqlite3.Error) as trouble:
        raise said(path, trouble, "opened") from trouble


def _once_more(path: Path, wait: float) -> tuple[sqlite3.Connection, str]:
    """Open a damaged file that nobody else is mending, perhaps because they have just done so."""
    try:
        return connect(path, wait), ""
    except sqlite3.DatabaseError as trouble:
        if not is_damage(trouble):
            raise
    said_of_it = mending.mend(path, wait, lambda fresh: connect(fresh, wait))
    return connect(path, wait), said_of_it


def connect(path: Path, wait: float) -> sqlite3.Connection:
    """Open, look whether the file is whole, and bring it to this kit's layout."""
    db = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA synchronous = EXTRA")
        found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise _damage(found)
        if _version(db, path) < layout.VERSION:
            with transaction(db):
                if _version(db, path) < layout.VERSION:
                    layout.migrate(db)
        db.execute("SELECT count(*) FROM about, events WHERE seq = 0").fetchone()
        return db
    except BaseException:
        db.close()
        raise


def _version(db: sqlite3.Connection, path: Path) -> int:
    """The file's version; 0 of a file without anything in it."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (program,) = db.execute("PRAGMA application_id").fetchone()
    (things,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if (things or program) and program != layout.APPLICATION:
        raise not_ours(path)
    if version > layout.VERSION:
        raise newer(path, version, layout.VERSION)
    return int(version)


def _damage(found: str) -> sqlite3.DatabaseError:
    trouble = sqlite3.DatabaseError(found)
    trouble.sqlite_errorname = "SQLITE_CORRUPT"
    return trouble


def _in_time(do: Callable[[], _T], seconds: float, late: Callable[[], StoreError]) -> _T:
    """Do something on a thread of its own, and give up on it when it takes too long."""
    done: list[_T] = []
    trouble: list[BaseException] = []

    def run() -> None:
        try:
            done.append(do())
        except BaseException as error:
            trouble.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if trouble:
        raise trouble[0]
    if not done:
        raise late()
    return done[0]
