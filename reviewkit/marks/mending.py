"""What becomes of a damaged file of marks? A copy of it is set aside, and a sound one takes its place.

Nothing is deleted: the copy stays beside it, and what can still be read is taken over. Others may have the
file open meanwhile. So it is not moved, which would leave them with a file under a strange name, but
overwritten by SQLite's backup, which knows of their locks; only where it is no database at all is it
replaced. While the guard `NAME.mending` lies there, nobody writes.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from . import layout
from .checking import MarkError, checked
from .events import Event
from .writing import insert, transaction

__all__ = ["alone", "guarded", "mend"]

_STALE = 60.0  # seconds after which whoever was mending has been killed
_NAMES = ", ".join(f'"{name}"' for name in layout.COLUMNS)


def guarded(path: Path) -> bool:
    """Whether somebody is mending the file just now."""
    with suppress(FileNotFoundError):
        return time.time() - _guard(path).stat().st_mtime < _STALE
    return False


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep others from mending the file, and from writing to it."""
    guard = _guard(path)
    while True:
        try:
            os.close(os.open(guard, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            if not guarded(path):
                guard.unlink(missing_ok=True)
            time.sleep(0.02)
    try:
        yield
    finally:
        guard.unlink(missing_ok=True)


def mend(path: Path, wait: float, begin: Callable[[Path], sqlite3.Connection]) -> str:
    """Put a sound file in place of a damaged one, and say what happened. Needs `alone`.

    `begin` makes a new file of marks.
    """
    _let_finish(path, wait)
    aside = _copied(path)
    saved, own_id = _saved(path)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    try:
        with closing(begin(fresh)) as new:
            with transaction(new):
                if own_id:
                    new.execute("UPDATE about SET value = ? WHERE name = 'id'", own_id)
                insert(new, [*saved.values()], [*saved])
            overwritten = _overwritten(path, new, wait)
        if not overwritten:
            path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
            fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return (
        f"The file of marks {path.name} was damaged. It is kept as {aside.name} in the same folder; "
        f"{len(saved)} events that could be read in it were taken over. Look whether marks are missing, "
        "and import your last export if they are."
    )


def _let_finish(path: Path, wait: float) -> None:
    """Wait for whoever began to write before the guard lay there."""
    with (
        suppress(sqlite3.DatabaseError),
        closing(sqlite3.connect(path, timeout=wait, isolation_level=None)) as db,
    ):
        db.execute("BEGIN IMMEDIATE")
        db.execute("ROLLBACK")


def _copied(path: Path) -> Path:
    """A copy of the file as it is, with its journal, under a name that says what it is."""
    stamp = time.strftime("%Y-%m-%d-%H%M%S")
    aside = path.with_name(f"{path.stem}-damaged-{stamp}-{os.getpid()}{path.suffix}")
    try:
        for tail in ("-journal", ""):
            with suppress(FileNotFoundError):
                shutil.copyfile(path.with_name(path.name + tail), aside.with_name(aside.name + tail))
        with aside.open("rb+") as copy:
            os.fsync(copy.fileno())
    except OSError:
        aside.unlink(missing_ok=True)  # half a copy; the damaged file itself is where it was
        raise
    return aside


def _overwritten(path: Path, new: sqlite3.Connection, wait: float) -> bool:
    """Whether the damaged file could be overwritten in its place."""
    try:
        with closing(sqlite3.connect(path, timeout=wait)) as old:
            new.backup(old)
            return bool(old.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def _saved(path: Path) -> tuple[dict[int, Event], tuple[str] | None]:
    """What can still be read in a damaged file, from its beginning and from its end, by number; its id."""
    found: dict[int, Event] = {}
    own_id = None
    with closing(sqlite3.connect(path)) as db:
        for order in ("ASC", "DESC"):
            with suppress(sqlite3.Error):
                for seq, *values in db.execute(f"SELECT seq, {_NAMES} FROM events ORDER BY seq {order}"):
                    with suppress(MarkError):
                        found[seq] = checked(dict(zip(layout.COLUMNS, values, strict=True)))
        with suppress(sqlite3.Error):
            own_id = db.execute("SELECT value FROM about WHERE name = 'id'").fetchone()
    return dict(sorted(found.items())), own_id


def _guard(path: Path) -> Path:
    return path.with_name(f"{path.name}.mending")
