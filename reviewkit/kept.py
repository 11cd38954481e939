"""Small things that a student chose or answered, kept as JSON in `my_work/`.

A file is written beside its place and then put there in one move, so that it is either the old one or the
new one, whole, whatever happens in between. Nothing is sent anywhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from . import _paths
from .errors import ReviewkitError

__all__ = ["KeptError", "drop", "key", "read", "replace", "write"]


class KeptError(ReviewkitError):
    """Something could not be kept; the message says where and what to try."""


def key(*parts: str) -> str:
    """A file name for these words, with a readable start; the same words always give the same one.

    >>> key("Of the ten reviews, how many have a date?")[:-16]
    'of-the-ten-reviews-how-many-have-a-date-'
    """
    code = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
    plain = unicodedata.normalize("NFKD", parts[0]).encode("ascii", "ignore").decode().lower()
    start = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].rstrip("-")
    return f"{start}-{code}" if start else code


def read(name: str) -> dict[str, Any]:
    """What was kept under `name` (such as `choice`, or `answers/` and a key); empty if nothing was."""
    try:
        values = json.loads(_file(name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def write(name: str, values: dict[str, Any]) -> Path:
    """Keep `values` under `name` and say where. Raises `KeptError` if the folder cannot be written."""
    path = _file(name)
    replace(path, json.dumps(values, ensure_ascii=False, indent=1).encode())
    return path


def drop(name: str) -> None:
    """Forget what was kept under `name`. Raises `KeptError` if it is there and cannot be removed."""
    try:
        _file(name).unlink(missing_ok=True)
    except OSError as trouble:
        raise _cannot(_file(name), trouble) from trouble


def replace(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one move, on disk before it counts. Raises `KeptError`."""
    beside = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except OSError as trouble:
        if beside:
            Path(beside).unlink(missing_ok=True)
        raise _cannot(path, trouble) from trouble


def _file(name: str) -> Path:
    return _paths.work() / f"{name}.json"


def _cannot(path: Path, trouble: OSError) -> KeptError:
    return KeptError(
        f"{path} could not be kept ({trouble.strerror or trouble}). "
        "Look whether the disk is full or the folder may not be written to."
    )
