"""What does a notebook find around it when it is run? The kit as a class has it: no key, no solution.

Sheets stand where keys stood; of a page that is for assessment only its texts are there; the code that marks
brings nothing secret along. Nobody else's work is ever in it.
"""

from __future__ import annotations

import compileall
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .. import _paths
from ..exercises import load_key, sets, sheet_of
from ..handing_out import ASSESSED

__all__ = ["FOLDERS", "stage"]

FOLDERS = {"practice": "practice", "assessment": "exercises/assessment"}
"""Where a notebook lies in it, so that paths such as `../data` mean what they mean in the kit."""
_PACKAGE = Path(__file__).resolve().parents[1]
_NOT_DATA = ("held-out", "development", "teachers", "solutions")
_KEY = ("labels", "tables", "README.md", "agreement.csv")


def stage(to: Path, given: Iterable[Mapping[str, Any]]) -> Path:
    """Make that copy in the folder `to`, for notebooks of the sets whose keys are given."""
    keys = list(given)
    held = {key["page"] for key in keys if key.get("use") == "assessment"} | {ASSESSED}
    shutil.copytree(_PACKAGE, to / "reviewkit", ignore=_not_sets)
    for name in (*FOLDERS.values(), "exercises/sheets", "reviewkit/exercises/sets", "my_pages"):
        (to / name).mkdir(parents=True, exist_ok=True)
    for name in sets():
        key = load_key(name)
        _write(to / "reviewkit" / "exercises" / "sets" / f"{name}.json", sheet_of(key))
    for sheet in keys:
        if sheet.get("use") == "assessment":
            _write(
                to / "exercises" / "sheets" / f"{sheet['set']}.{sheet['page']}.json", sheet_of(dict(sheet))
            )
    _copy_data(to / "data", held)
    (to / "start.py").write_text("", encoding="utf-8")
    for page in {key["page"] for key in keys}:
        for path in sorted(_paths.pages().glob(f"{page}.*")) if _paths.pages().is_dir() else ():
            if path.is_file() and not path.is_symlink():
                shutil.copyfile(path, to / "my_pages" / path.name)
    compileall.compile_dir(to / "reviewkit", quiet=2)
    return to


def _not_sets(folder: str, names: list[str]) -> set[str]:
    left = {"sets", "data"} if Path(folder).name in ("exercises", "reviewkit") else set()
    return {name for name in names if name in left or name.endswith((".tmp", ".ipynb"))}


def _copy_data(to: Path, held: set[str]) -> None:
    for path in sorted(_paths.data().rglob("*")):
        inside = path.relative_to(_paths.data())
        secret = set(inside.parts) & {*_NOT_DATA}
        if inside.parts[0] in held and len(inside.parts) > 1 and inside.parts[1] in _KEY:
            continue
        if path.is_file() and not path.is_symlink() and not secret:
            (to / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to / inside)


def _write(path: Path, sheet: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(sheet, ensure_ascii=False), encoding="utf-8")
