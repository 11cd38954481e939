"""What does it mean when the file of marks cannot be read or written, and what helps?"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ..errors import ReviewkitError

__all__ = ["StoreError", "is_damage", "newer", "not_ours", "said", "silent"]

_ELSEWHERE = "or name another folder with the environment variable REVIEWKIT_HOME"
_REMEDIES = {
    "SQLITE_BUSY": "Another window or program holds it and did not let go. Close the other notebook, or any "
    "program that has the file open, and try again",
    "SQLITE_LOCKED": "Another part of this notebook holds it. Try again",
    "SQLITE_FULL": "The disk is full, or your share of it. Delete something or empty the bin, then try again",
    "SQLITE_READONLY": f"It may not be written to. Allow writing to the file and its folder, {_ELSEWHERE}",
    "SQLITE_PERM": f"It may not be written to. Allow writing to the file and its folder, {_ELSEWHERE}",
    "SQLITE_CANTOPEN": f"It cannot be opened. Look whether its folder may be written to, {_ELSEWHERE}",
    "SQLITE_IOERR": "The disk did not answer as it should: it may be full, gone, or a network folder without "
    f"locks. Make room or connect it again, {_ELSEWHERE}",
}


class StoreError(ReviewkitError):
    """Marks could not be kept or read; the message says why and what helps. What was kept stays kept."""


def is_damage(trouble: sqlite3.Error) -> bool:
    """Whether the file itself is broken."""
    return _name(trouble).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def said(path: Path, trouble: Exception, doing: str = "kept") -> StoreError:
    """The trouble in words."""
    name = _name(trouble)
    if isinstance(trouble, OSError):
        name = "SQLITE_FULL" if trouble.errno == 28 else "SQLITE_CANTOPEN"
    known = next((text for start, text in _REMEDIES.items() if name.startswith(start)), None)
    remedy = known or "Restart the notebook and try again"
    return StoreError(f"The marks in {path} cannot be {doing} now ({trouble}). {remedy}.")


def newer(path: Path, version: int, known: int) -> StoreError:
    """A file that a later kit has written; it is left as it is."""
    return StoreError(
        f"{path} was written by a newer version of the kit (layout {version}; this kit knows "
        f"{known}); it is left as it is. Update the kit, {_ELSEWHERE}."
    )


def not_ours(path: Path) -> StoreError:
    """A database of another program; it is left as it is."""
    return StoreError(
        f"{path} is a database of another program, not a file of marks; it is left as it is. "
        "Move it elsewhere, or name another file."
    )


def silent(path: Path, seconds: float) -> StoreError:
    """A file system that neither does what it is asked nor refuses."""
    return StoreError(
        f"{path} did not open within {seconds:g} seconds: its disk, perhaps a network folder, does not "
        f"answer to locks. Connect it again and restart the notebook, {_ELSEWHERE}, on a disk of this "
        "computer."
    )


def _name(trouble: Exception) -> str:
    return str(getattr(trouble, "sqlite_errorname", ""))
