"""What was marked before? One small file for each submission, so that an interrupted run is taken up again.

A file is known by the hash of what was handed in and of the key, so a changed submission or a changed key is
marked anew, and nothing else is.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import kept
from .attempts import Entry
from .worth import Marked

__all__ = ["State"]

_SCHEMA = 1
_FIELDS = {"rows": list, "notes": list, "tried": list, "strange": bool, "how": str, "pseudonym": str}


class State:
    """The results that lie in a folder of their own below the grades."""

    def __init__(self, folder: Path, version: str) -> None:
        self.folder, self.version = folder / ".marking", version
        self._hashes: dict[int, str] = {}

    def of(self, entry: Entry, key: Mapping[str, Any]) -> Marked | None:
        """What was found before for the same file by the same key; None where it has to be marked."""
        handed = entry.counts
        if handed is None:
            return None
        try:
            said = json.loads(self._path(handed.sha, key).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(said, dict) or said.get("schema") != _SCHEMA:
            return None
        if any(not isinstance(said.get(name), kind) for name, kind in _FIELDS.items()):
            return None
        if [row.get("task") for row in said["rows"]] != [task["id"] for task in key["tasks"]]:
            return None
        made = Marked(entry.id, key["set"], key["page"], said["pseudonym"], entry.attempts, said["rows"])
        # What is said of the attempts may have changed since; what is said of the file itself has not.
        made.notes = [*entry.notes, *said["notes"]]
        made.tried, made.strange, made.how = said["tried"], said["strange"], said["how"]
        made.said, made.sha = handed.said, handed.sha
        return made

    def keep(self, made: Marked, entry: Entry, key: Mapping[str, Any]) -> None:
        """Keep a result, unless something is still to be done for it. Raises `ReviewkitError`."""
        if not made.complete:
            return
        said = {name: value for name, value in dataclasses.asdict(made).items() if name in _FIELDS}
        said["notes"] = [note for note in made.notes if note not in entry.notes]
        data = {"schema": _SCHEMA, **said}
        kept.replace(self._path(made.sha, key), json.dumps(data, ensure_ascii=False).encode())

    def _path(self, sha: str, key: Mapping[str, Any]) -> Path:
        if id(key) not in self._hashes:
            text = json.dumps([self.version, key], sort_keys=True, ensure_ascii=False)
            self._hashes[id(key)] = hashlib.sha256(text.encode()).hexdigest()[:12]
        return self.folder / f"{sha[:32]}-{self._hashes[id(key)]}.json"
