"""How is the file of marks laid out, and how does an older one become a newer one?

Each step leads from one version of the file to the next; a new file takes them all. A step that has been
released is never changed: a later one is added. Every step and the new version number are committed at once,
so that a file is the old one or the new one, whatever happens in between.
"""

from __future__ import annotations

import sqlite3
import uuid

from .events import FIELDS

__all__ = ["APPLICATION", "COLUMNS", "VERSION", "migrate"]

APPLICATION = 0x524B4D31
"""Stands in the head of the file, so that another program's database is never taken for one of marks."""

COLUMNS = tuple(FIELDS)

_FIRST = (
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE events (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL UNIQUE, mark TEXT NOT NULL,
        what TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL, corpus TEXT NOT NULL,
        review_id TEXT NOT NULL, layer TEXT, label TEXT, start INTEGER, "end" INTEGER, quote TEXT,
        prefix TEXT, suffix TEXT, text_sha TEXT, note TEXT, reason TEXT)""",
    f"PRAGMA application_id = {APPLICATION}",
)
_SECOND = (
    "CREATE INDEX events_of_review ON events (corpus, review_id)",
    "CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events stay'); END",
    "CREATE TRIGGER events_last BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events stay'); END",
)
STEPS = (_FIRST, _SECOND)
VERSION = len(STEPS)
"""The version that this kit writes, kept as `PRAGMA user_version`."""


def migrate(db: sqlite3.Connection) -> None:
    """Bring an open file to this kit's version; does nothing where it has it. Needs a write transaction."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    for step in STEPS[version:]:
        for command in step:
            db.execute(command)
    if version < VERSION:
        db.execute("INSERT OR IGNORE INTO about VALUES ('id', ?)", (str(uuid.uuid4()),))
        db.execute(f"PRAGMA user_version = {VERSION}")
