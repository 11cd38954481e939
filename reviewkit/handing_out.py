"""What does a class get? The kit without what a class must not have: a folder and a zip, ready to start.

Left out: keys and solutions of assessments, the sources of the exercises, the labels of the page that is for
assessment, held-out reviews, the teacher's book, demonstrations and tests. In the lessons, a section that
goes through single reviews of the assessment's page is left out as well; what they say of the page as a
whole stays. What is left out here can still be found by whoever looks for the kit elsewhere: for a mark that
counts, make a fresh assessment (`start.py exercises --page`).
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from . import _paths
from .errors import ReviewkitError

__all__ = ["ASSESSED", "hand_out"]

ASSESSED = "the-great-gatsby"
_FILES = (
    "start.py",
    "pyproject.toml",
    "requirements.txt",
    "LICENSE",
    "LICENSE-corpus.md",
    "LICENSE-lessons.md",
    "my_pages/README.md",
)
_TREES = {
    "reviewkit": ("**/*", ()),
    "tools": ("**/*", ("exercise_sets.py", "tables.py", "book.py")),
    "requirements": ("*", ()),
    "notebooks": ("*.ipynb", ()),
    "docs": ("*", ("teachers.md",)),
    "data": ("**/*", ()),
    "exercises": ("**/*", ()),
}
_NEVER = ("__pycache__", "held-out", "solutions", "source", "teachers", "development", ".ipynb_checkpoints")
_KEY = ("labels", "tables", "README.md", "agreement.csv")
_README = """\
# reviewkit: from a page of customer reviews to evidence one can argue with

Unpack the whole folder. Then, with Python 3.11 or newer:

    python3 start.py          (on Windows: py start.py)

The first start fetches what is needed, and takes some minutes; later ones take seconds. The first notebook
opens in your browser. Exercises are in the folder `exercises/`: `ex01` goes with lesson 01, and so on. What
you mark and answer stays in `my_work/` on this computer, until you hand in the one file that the
last cell of an exercise makes.

When something fails: [docs/set-up.md](docs/set-up.md). The reviews in `data/` were invented for this kit.
"""


def hand_out(to: Path | str) -> tuple[Path, Path]:
    """Write the kit for a class below the folder `to`: gives the folder `reviewkit` and its zip.

    Raises `ReviewkitError` where the package was installed without the kit, where `to` holds something of
    that name already, and where it cannot be written.
    """
    kit, to = _paths.kit(), Path(to)
    if not (kit / "start.py").is_file():
        raise ReviewkitError("A handout is made from the kit's folder, the one with start.py in it.")
    folder, packed = to / "reviewkit", to / "reviewkit.zip"
    if folder.exists() or packed.exists():
        raise ReviewkitError(
            f"There is {str(folder)!r} or its zip already. Remove it, or name another folder."
        )
    try:
        folder.mkdir(parents=True)
        for path in _chosen(kit):
            _copy(path, folder / path.relative_to(kit))
        (folder / "README.md").write_text(_README, encoding="utf-8", newline="\n")
        _zip(folder, packed)
    except OSError as trouble:
        raise ReviewkitError(
            f"Nothing can be written to {str(to)!r} ({trouble.strerror or trouble})."
        ) from None
    return folder, packed


def _chosen(kit: Path) -> Iterator[Path]:
    """Every file that a class gets."""
    yield from (kit / name for name in _FILES if (kit / name).is_file())
    for tree, (pattern, without) in _TREES.items():
        for path in sorted((kit / tree).glob(pattern)):
            inside = path.relative_to(kit / tree)
            if path.is_file() and path.name not in without and not _secret(tree, inside):
                yield path


def _secret(tree: str, inside: Path) -> bool:
    """Whether a class must not have it, or has no use for it."""
    if set(inside.parts) & {*_NEVER}:
        return True
    return tree == "data" and inside.parts[0] == ASSESSED and inside.parts[1] in _KEY


def _copy(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if to.suffix == ".ipynb" and to.parent.name == "notebooks":
        to.write_text(_lesson(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    else:
        shutil.copyfile(path, to)


def _lesson(text: str) -> str:
    """A lesson without the sections that open the assessment's page; all else letter for letter."""
    book = json.loads(text)
    cells = book["cells"]
    begins = [
        n for n, c in enumerate(cells) if c["cell_type"] == "code" and f'"{ASSESSED}"' in "".join(c["source"])
    ]
    if not begins:
        return text
    gone: set[int] = set()
    heads = [
        n
        for n, c in enumerate(cells)
        if c["cell_type"] == "markdown" and "".join(c["source"]).startswith("## ")
    ]
    for n in begins:
        first = n - 1 if n - 1 not in heads and cells[n - 1]["cell_type"] == "markdown" else n
        gone |= set(range(first, min((h for h in heads if h > n), default=len(cells))))
    book["cells"] = [c for n, c in enumerate(cells) if n not in gone]
    return json.dumps(book, ensure_ascii=False, indent=1) + "\n"


def _zip(folder: Path, to: Path) -> None:
    """Pack a folder, the same bytes for the same files."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            about = zipfile.ZipInfo(
                (Path(folder.name) / path.relative_to(folder)).as_posix(), (2026, 1, 1, 0, 0, 0)
            )
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            packed.writestr(about, path.read_bytes())
