"""What is in the files that a learning platform exports? Read in memory, never unpacked onto the disk.

Folders, zips, and zips within zips. A zip is a stranger's: entries that climb out of it, that are too many,
too large or grow too much are refused, each with a sentence, and the rest is read. Links are not followed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import ReviewkitError

__all__ = ["LARGEST", "File", "files_in"]

LARGEST = 20_000_000  # bytes of a notebook
_ZIP = 100_000_000  # bytes of a zip as it lies there
_CLASS_ZIP = 2_000_000_000  # of one that the teacher names, or that holds the whole class
_ALL = 200_000_000  # bytes of everything in a student's zip
_MANY = 2_000  # entries of one
_GROWS = 200  # times that an entry may be larger than its packed form, once it is large
_DEEPEST = 3
_IGNORED = re.compile(r"^(?:\.|__MACOSX$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_NOTEBOOK = re.compile(r"\.ipynb|\.json$", re.IGNORECASE)
_OTHERS = re.compile(r"\.(?:7z|rar|tar|gz|tgz|bz2|xz)$", re.IGNORECASE)


@dataclass
class File:
    """A file that was found. `trail` are the names of folders and zips around it that can be relied on.

    `label` says where it is, `data` is None where `trouble` says why it was not read. `within` is true of a
    file in a student's own zip, whose name anybody could have given it."""

    label: str
    trail: tuple[str, ...]
    name: str
    data: bytes | None
    when: float = 0.0
    trouble: str = ""
    within: bool = False


def files_in(root: Path) -> Iterator[File]:
    """Every file below a folder, in a zip, or the one file itself; in the order of their names.

    Raises `ReviewkitError` where there is nothing of that name.
    """
    if not root.exists():
        raise ReviewkitError(
            f"There is no {str(root)!r}. Name the folder, or the zip, with what was handed in."
        )
    if root.is_file():
        yield from _taken(_on_disk(root, ()), export=True)
        return
    tops = [p for p in sorted(root.iterdir()) if not _IGNORED.match(p.name)]
    # Zips alone, and no names of a platform: exports of a whole class, whose inner names can be relied on.
    export = bool(tops) and all(p.suffix.lower() == ".zip" and "_" not in p.stem for p in tops)
    for path in _walk(root):
        yield from _taken(_on_disk(path, path.relative_to(root).parts[:-1]), export=export)


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or _IGNORED.match(path.name):
            continue
        if path.is_dir():
            yield from _walk(path)
        elif path.is_file():
            yield path


def _on_disk(path: Path, trail: tuple[str, ...]) -> File:
    label = "/".join((*trail, path.name))
    try:
        about = path.stat()
        most = _CLASS_ZIP if path.suffix.lower() == ".zip" else LARGEST
        if about.st_size > most:
            return File(label, trail, path.name, None, about.st_mtime, f"larger than {most // 1_000_000} MB")
        return File(label, trail, path.name, path.read_bytes(), about.st_mtime)
    except OSError as trouble:
        return File(label, trail, path.name, None, 0.0, f"cannot be opened ({trouble.strerror or trouble})")


def _taken(file: File, *, export: bool, depth: int = 0) -> Iterator[File]:
    """The file itself, or what is in it."""
    if file.data is None:
        yield file
    elif file.data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        yield from _zipped(file, export and depth == 0, depth)
    elif _OTHERS.search(file.name):
        yield _without(file, "packed in a way that is not read here; unpack it, or ask for a zip")
    elif not _NOTEBOOK.search(file.name) and file.data.lstrip()[:1] != b"{":
        yield _without(file, "not a notebook")
    else:
        yield file


def _zipped(file: File, export: bool, depth: int) -> Iterator[File]:
    if depth >= _DEEPEST:
        yield _without(file, "a zip in a zip in a zip: refused")
        return
    if not export and len(file.data or b"") > _ZIP:
        yield _without(file, f"a zip of more than {_ZIP // 1_000_000} MB: refused")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(file.data or b"")) as packed:
            entries = [e for e in packed.infolist() if not e.is_dir()]
            if len(entries) > (50 * _MANY if export else _MANY):
                yield _without(file, f"a zip of {len(entries)} entries: refused")
                return
            left = _CLASS_ZIP if export else _ALL
            for entry in sorted(entries, key=lambda e: e.filename):
                found = _entry(packed, entry, file, export, left)
                if found is not None:
                    left -= len(found.data or b"")
                    yield from _taken(found, export=False, depth=depth + 1)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, zlib.error, EOFError) as trouble:
        yield _without(file, f"a broken zip ({trouble})")


def _entry(
    packed: zipfile.ZipFile, entry: zipfile.ZipInfo, file: File, export: bool, left: int
) -> File | None:
    """One entry, read no further than it may be long; None for what a system leaves behind."""
    name = entry.filename.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    label = f"{file.label}/{name}"[:300]
    when = file.when
    if not parts or any(_IGNORED.match(part) for part in parts if part != ".."):
        return None
    # In a student's own zip the names inside say nothing about whose it is.
    stem = re.sub(r"\.zip$", "", file.name, flags=re.IGNORECASE)
    trail = (*file.trail, stem, *(parts[:-1] if export else ()))

    def refused(why: str) -> File:
        return File(label, trail, parts[-1], None, when, why, not export)

    if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
        return refused("its name climbs out of the zip: refused")
    if entry.external_attr >> 16 & 0o170000 == 0o120000:
        return refused("a link: refused")
    if entry.flag_bits & 1:
        return refused("locked by a password")
    most = _ZIP if parts[-1].lower().endswith(".zip") else LARGEST
    if entry.file_size > min(most, left):
        return refused(f"unpacks to {entry.file_size // 1_000_000} MB: refused")
    if entry.file_size > 1_000_000 and entry.file_size > _GROWS * max(1, entry.compress_size):
        return refused("grows more than two hundred times when it is unpacked: refused")
    try:
        with packed.open(entry) as stream:
            data = stream.read(min(most, left) + 1)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
        EOFError,
    ) as bad:
        return refused(f"cannot be unpacked ({bad})")
    if len(data) > min(most, left):
        return refused("unpacks to more than it says: refused")
    return File(label, trail, parts[-1], data, when, within=not export)


def _without(file: File, why: str) -> File:
    return File(file.label, file.trail, file.name, None, file.when, why, file.within)
