"""Where are marks kept, so that none is lost? One file of events, `my_work/marks.sqlite3`.

Events are added and never changed. `add` comes back when they are on disk, by SQLite's rollback journal with
every write synced, which also holds on a network home; killed at any moment, the file has each event once or
not at all. Several notebooks may have it open: each sees the others' events by `since`. To carry marks to
another machine, export them or copy the file while nothing has it open.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from .. import _paths
from . import layout
from .checking import checked
from .events import Event, fold
from .mending import guarded
from .opening import open_file
from .troubles import StoreError, is_damage, newer, said
from .writing import insert, transaction

__all__ = ["Store", "StoreError"]

_T = TypeVar("_T")
_NAMES = ", ".join(f'"{name}"' for name in layout.COLUMNS)


class Store:
    """The events in a file of marks, which is made if it is not there.

    `path` is `my_work/marks.sqlite3` unless given; `wait` is for how many seconds to wait while another
    program holds the file. `store.id` names this file; `store.notice` is what must be said to the student,
    such as that a damaged file was set aside, and mostly empty. Raises `StoreError`, with a remedy, where
    the file cannot be opened or was written by a newer kit.

    >>> from reviewkit.marks.events import make
    >>> store = Store(_paths.work() / "example.sqlite3")
    >>> mark = make(text="I read it.", who="owl", corpus="page", review_id="page-01",
    ...             layer="perspective", label="book-reader", start=2, end=9)
    >>> store.add([mark]) == [mark["event"]]
    True
    >>> [event["quote"] for event in store.current("page")]
    ['read it']
    """

    def __init__(self, path: str | Path | None = None, *, wait: float = 5.0) -> None:
        self.path = Path(path) if path is not None else _paths.work() / "marks.sqlite3"
        self.notice = ""
        self._wait = wait
        self._lock = threading.RLock()
        self._db: sqlite3.Connection | None = None
        self._reopen()

    def add(self, events: Iterable[Mapping[str, Any]]) -> list[str]:
        """Keep events; gives their ids once they are on disk. What is known already is not added again.

        All of them are kept or none: raises `MarkError` where one is not sound, `StoreError` where they
        cannot be written; sent again later, they are kept then.
        """
        sound = [checked(each, f"Event {number}") for number, each in enumerate(events, 1)]
        if sound:
            self._do(lambda db: self._insert(db, sound), "kept")
        return [each["event"] for each in sound]

    def since(
        self, seq: int, *, corpus: str | None = None, who: str | None = None
    ) -> tuple[list[Event], int]:
        """Events added after number `seq` by anybody who has the file open, and the number to ask from next.

        Ask from 0 for all. `corpus` and `who` leave out others' events. Raises `StoreError`.
        """

        def ask(db: sqlite3.Connection) -> tuple[list[Event], int]:
            last = db.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0]
            first = seq if seq <= last else 0  # the file is another one than it was
            found = _select(db, last=last, first=first, corpus=corpus, who=who) if first < last else []
            return found, int(last)

        return self._do(ask, "read")

    def current(
        self,
        corpus: str | None = None,
        *,
        review_id: str | None = None,
        who: str | None = None,
        kind: str | None = "mark",
    ) -> list[Event]:
        """Marks as they stand, the last event of each, in the order in which they were first set.

        `kind` is `mark`, `verdict`, `dispute`, `commit`, or None for all. Raises `StoreError`.
        """
        found = self._do(lambda db: _select(db, corpus=corpus, review_id=review_id, who=who), "read")
        return [event for event in fold(found) if kind in (None, event["kind"])]

    def history(self, mark: str | None = None) -> list[Event]:
        """Every event, or every one of a mark, in the order in which they were kept. Raises `StoreError`."""
        return self._do(lambda db: _select(db, mark=mark), "read")

    def close(self) -> None:
        """Let go of the file; whatever is asked later opens it again."""
        with self._lock:
            if self._db is not None:
                self._db.close()
            self._db = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _insert(self, db: sqlite3.Connection, events: list[Event]) -> None:
        while True:
            with transaction(db):
                (version,) = db.execute("PRAGMA user_version").fetchone()
                if version > layout.VERSION:
                    raise newer(self.path, version, layout.VERSION)
                if not guarded(self.path):
                    insert(db, events)
                    return
            time.sleep(0.05)

    def _do(self, ask: Callable[[sqlite3.Connection], _T], doing: str) -> _T:
        """Ask the file, again if it turned out to be damaged, or to be another one than was opened."""
        with self._lock:
            for last in (False, False, True):
                try:
                    if self._db is None or not self._same():
                        self._reopen()
                    assert self._db is not None
                    answer = ask(self._db)
                    if self._same() or last:
                        return answer
                except sqlite3.Error as trouble:
                    if last or not is_damage(trouble):
                        raise said(self.path, trouble, doing) from trouble
                    self._reopen()
        raise AssertionError  # the third round ends either way

    def _same(self) -> bool:
        """Whether the file at this place is still the one that is open."""
        try:
            return _identity(self.path) == self._opened
        except OSError:
            return False

    def _reopen(self) -> None:
        self.close()
        self._db, notice = open_file(self.path, self._wait)
        self.notice = notice or self.notice
        try:
            self._opened = _identity(self.path)
            (self.id,) = self._db.execute("SELECT value FROM about WHERE name = 'id'").fetchone()
        except (OSError, sqlite3.Error) as trouble:
            self.close()
            raise said(self.path, trouble, "opened") from trouble


def _identity(path: Path) -> tuple[int, int]:
    found = os.stat(path)  # noqa: PTH116
    return found.st_dev, found.st_ino


def _select(db: sqlite3.Connection, *, first: int = 0, last: int | None = None, **where: Any) -> list[Event]:
    """Events with these fields, in the order in which they were kept."""
    tests = {f'"{name}" = ?': value for name, value in where.items() if value is not None}
    tests |= {"seq > ?": first} | ({} if last is None else {"seq <= ?": last})
    command = f"SELECT {_NAMES} FROM events WHERE {' AND '.join(tests)} ORDER BY seq"
    rows = db.execute(command, [*tests.values()])
    return [dict(zip(layout.COLUMNS, row, strict=True)) for row in rows]
