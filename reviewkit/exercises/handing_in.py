"""What does a student hand in? One file: the notebook, with the answers in it as data."""

from __future__ import annotations

import datetime
import json
import os
import re
from pathlib import Path
from typing import Any

from .. import _paths, kept
from ..errors import ReviewkitError

__all__ = ["SUBMISSION", "checked_submission", "given_here", "hand_in", "read_submission"]

SUBMISSION = "reviewkit-submission/1"
_NAME = "reviewkit_submission"
LARGEST = 20_000_000  # bytes of a file
_DEEPEST = 12
_FIELDS = {"schema": str, "set": str, "page": str, "kit": str, "at": str, "who": dict, "answers": dict}


def hand_in(
    sheet: dict[str, Any], record: dict[str, dict[str, Any]], name: str | None
) -> tuple[Path, list[str]]:
    """Write the file to hand in; gives its path, and what the student should know of it.

    Raises `ReviewkitError` where nothing has been answered, or the file cannot be written.
    """
    names = ("answer", "because", "tries", "at", "self")
    answers = {
        task["id"]: {n: record[task["id"]][n] for n in names if n in record[task["id"]]}
        for task in sheet["tasks"]
        if "answer" in record.get(task["id"], {})
    }
    if not answers:
        raise ReviewkitError("No answer has been checked yet. Check at least one, then hand in.")
    who, notes = _who(sheet, name)
    path = _notebook(sheet)
    book, saved = _opened(path)
    book.setdefault("metadata", {})[_NAME] = {
        "schema": SUBMISSION,
        "set": sheet["set"],
        "page": sheet["page"],
        "kit": _version(),
        "at": _now(),
        "who": who,
        "texts": sheet["texts"] if _same_texts(sheet) else None,
        "notebook_saved": saved,
        "answers": answers,
    }
    plain = re.sub(r"[^\w.-]+", "-", who["is"]).strip("-.")[:60] or "nobody"
    to = _paths.work() / "handed_in" / f"{sheet['set']}_{sheet['page']}_{plain}.ipynb"
    kept.replace(to, (json.dumps(book, ensure_ascii=False, indent=1) + "\n").encode())
    return to, [*notes, *_notes(sheet, answers, path)]


def _who(sheet: dict[str, Any], name: str | None) -> tuple[dict[str, str], list[str]]:
    from ..marks.who import pseudonym

    if name is not None and isinstance(name, str) and name.strip():
        return {"as": "name", "is": " ".join(name.split())[:100]}, ["It carries your name."]
    if sheet.get("identity") == "name":
        raise ReviewkitError('Your teacher wants names on this one: ex.submit(name="Your Name").')
    own = pseudonym()
    return {"as": "pseudonym", "is": own}, [f"It carries your pseudonym, {own}, and no name."]


def _notes(sheet: dict[str, Any], answers: dict[str, Any], path: Path | None) -> list[str]:
    left = [task["title"] for task in sheet["tasks"] if task["id"] not in answers]
    count = f"{len(answers)} of {len(sheet['tasks'])} answers are in it."
    notes = [count + (f" Not answered: {', '.join(left)}." if left else "")]
    if path is None:
        return [
            *notes,
            "The notebook itself was not found, so the file holds the answers alone; that is enough.",
        ]
    return [
        *notes,
        "The notebook is in it as it was last saved. Changed an answer? Check it again, save, and run this "
        "again.",
    ]


def _notebook(sheet: dict[str, Any]) -> Path | None:
    """The notebook that is running, as it was last saved."""
    named = os.environ.get("JPY_SESSION_NAME", "")
    beside = sorted(Path.cwd().glob("*.ipynb"))
    for path in [*([Path(named)] if named.endswith(".ipynb") else []), *beside]:
        about = _loaded(path).get("metadata", {}).get("reviewkit") if path.is_file() else None
        if isinstance(about, dict) and (about.get("set"), about.get("page")) == (sheet["set"], sheet["page"]):
            return path
    return None


def _opened(path: Path | None) -> tuple[dict[str, Any], str | None]:
    """The notebook, and when it was saved; an empty one where there is none."""
    if path is not None:
        saved = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
        return _loaded(path), saved.isoformat(timespec="seconds").replace("+00:00", "Z")
    return {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, None


def _loaded(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            return {}
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    sound = isinstance(found, dict) and isinstance(found.get("metadata", {}), dict)
    return found if sound else {}


def given_here(set_id: str, page: str) -> dict[str, dict[str, Any]]:
    """The answers in a notebook that was handed in and lies in the working directory; mostly none."""
    for path in sorted(Path.cwd().glob("*.ipynb")):
        said = _loaded(path).get("metadata", {}).get(_NAME)
        try:
            found = checked_submission(said) if said is not None else None
        except ReviewkitError:
            continue
        if found and (found["set"], found["page"]) == (set_id, page):
            return {t: a for t, a in found["answers"].items() if isinstance(a, dict)}
    return {}


def read_submission(path: Path | str) -> dict[str, Any] | None:
    """The answers in a file that was handed in; None where it is a notebook without any.

    A stranger's file: its size, types and depth are checked, and nothing in it is run. Raises
    `ReviewkitError`, in a sentence, for what is no notebook, or holds answers of another shape.
    """
    path = Path(path)
    try:
        if path.stat().st_size > LARGEST:
            raise ReviewkitError(f"{path.name} is larger than 20 MB.")
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as trouble:
        raise ReviewkitError(f"{path.name} cannot be opened ({trouble.strerror or trouble}).") from None
    except (ValueError, RecursionError):
        raise ReviewkitError(f"{path.name} is no notebook: it does not hold JSON.") from None
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise ReviewkitError(f"{path.name} is no notebook: it has no cells.")
    about = found.get("metadata")
    said = about.get(_NAME) if isinstance(about, dict) else None
    return None if said is None else checked_submission(said)


def checked_submission(said: Any) -> dict[str, Any]:
    """Answers that were handed in, if they have the shape of `hand_in`'s. Raises `ReviewkitError`."""
    if not isinstance(said, dict) or said.get("schema") != SUBMISSION:
        raise ReviewkitError(f"Its answers are not of the form {SUBMISSION}.")
    if wrong := [name for name, kind in _FIELDS.items() if not isinstance(said.get(name), kind)]:
        raise ReviewkitError(f"Its answers cannot be read: {wrong[0]} is missing or of another kind.")
    who = said["who"]
    if who.get("as") not in ("pseudonym", "name") or not isinstance(who.get("is"), str):
        raise ReviewkitError("Its answers cannot be read: it does not say whose they are.")
    if _too_deep(said["answers"]):
        raise ReviewkitError("Its answers cannot be read: they are lists within lists without end.")
    return said


def _too_deep(data: Any) -> bool:
    level = [data]
    for _ in range(_DEEPEST):
        level = [
            v for d in level if isinstance(d, dict | list) for v in (d.values() if isinstance(d, dict) else d)
        ]
        if not level:
            return False
    return True


def _same_texts(sheet: dict[str, Any]) -> bool:
    """Whether the page that this computer has is the one that the set was made from."""
    from ..corpus import load
    from .tasks import texts_hash

    for name in (sheet["page"], f"{sheet['page']}.txt", f"{sheet['page']}.csv"):
        try:
            return bool(texts_hash(load(name)) == sheet["texts"])
        except (ReviewkitError, OSError):
            continue
    return False


def _version() -> str:
    from .. import __version__

    return __version__


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
