"""Where are the sets? Practice, with its key, in the package; an assessment's sheet with the student, its key
with the teacher."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from .. import _paths
from ..errors import ReviewkitError
from .tasks import SCHEMA

__all__ = ["held_out", "load_key", "load_sheet", "sets"]

_PRACTICE = Path(__file__).parent / "sets"


def sets() -> list[str]:
    """The names of the sets that there are for practice."""
    return sorted(path.stem for path in _PRACTICE.glob("*.json"))


def held_out() -> list[Path]:
    """The folders in which an assessment's key is looked for, on a teacher's computer."""
    named = os.environ.get("REVIEWKIT_KEYS")
    return [*([Path(named)] if named else []), _paths.kit() / "exercises" / "held-out"]


def load_key(set_id: str, page: str | None = None, folder: Path | str | None = None) -> dict[str, Any]:
    """The key of a set: of practice, or of the assessment on a page.

    `folder` is where keys of assessments are, else REVIEWKIT_KEYS, else `exercises/held-out/`. Raises
    `ReviewkitError` where there is none.
    """
    if page is None and (_PRACTICE / f"{set_id}.json").is_file():
        return _read(_PRACTICE / f"{set_id}.json")
    practice = _read(_PRACTICE / f"{set_id}.json") if (_PRACTICE / f"{set_id}.json").is_file() else {}
    if page is not None and practice.get("page") == page:
        return practice
    for place in [Path(folder)] if folder else held_out():
        path = place / f"{set_id}.{page}.json"
        if page is not None and path.is_file():
            return _read(path)
    known = ", ".join(sets())
    if page is None:
        raise ReviewkitError(f"There is no set {set_id!r}. There is: {known}.")
    raise ReviewkitError(
        f"The key of {set_id} on {page!r} is not here. Name its folder, or set REVIEWKIT_KEYS to it."
    )


def load_sheet(set_id: str, page: str | None = None) -> dict[str, Any]:
    """A set as it can be had here: with its key if that is at hand, else what a student may know of it.

    Raises `ReviewkitError` where there is neither.
    """
    try:
        return load_key(set_id, page)
    except ReviewkitError:
        if page is None:
            raise
    for place in (
        _paths.kit() / "exercises" / "sheets",
        Path.cwd() / "sheets",
        Path.cwd(),
        Path.cwd().parent / "sheets",
    ):
        path = place / f"{set_id}.{page}.json"
        if path.is_file():
            return _read(path)
    raise ReviewkitError(
        f"There is no exercise {set_id!r} on {page!r} here. Its file {set_id}.{page}.json belongs into the "
        "folder "
        "exercises/sheets, or beside the notebook."
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as trouble:
        raise ReviewkitError(f"{path.name} cannot be read ({trouble}). Unpack the kit again.") from None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise ReviewkitError(f"{path.name} is no exercise that this version of the kit can read ({SCHEMA}).")
    return found
