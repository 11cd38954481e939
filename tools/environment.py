"""The private environment .venv: is it whole and ours, and if not, make it so.

A stamp, `.venv/set-up.json`, says what the environment was made from. It says `incomplete`
before anything else is written and is completed last, so that a set-up that was cut off
at any point is seen at the next start.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sys
import time
import tomllib
from collections.abc import Iterator, Set
from pathlib import Path
from typing import IO, Any

from tools import installers
from tools.runner import Runner, python_in
from tools.trouble import Trouble

EXTRAS = ("test", "instructor", "nbgrader", "parquet")
STAMP, LOCK, LOG = "set-up.json", "set-up.lock", "set-up.log"


def ensure(kit: Path, extras: Set[str] = frozenset()) -> Path:
    """Return the environment's Python, after setting the environment up where needed."""
    venv = kit / ".venv"
    python = Path(python_in(str(venv)))
    if is_ready(kit, extras):
        return python
    check_folder(kit)
    venv.mkdir(exist_ok=True)
    with only_one(venv) as lock:
        if not is_ready(kit, extras):
            set_up(kit, extras, lock)
    return python


def is_ready(kit: Path, extras: Set[str] = frozenset()) -> bool:
    """Say whether nothing is left to do. Reads a few small files and starts no program."""
    stamp = read_stamp(kit / ".venv")
    fresh = made_from(kit, extras)
    return (
        is_sound(kit, stamp)
        and stamp.get("project") == fresh["project"]
        and all(stamp["locks"].get(name) == value for name, value in fresh["locks"].items())
    )


def is_sound(kit: Path, stamp: dict[str, Any]) -> bool:
    """Say whether an environment is complete, in its place, and its Python still there."""
    base = stamp.get("base", "")
    return (
        stamp.get("state") == "complete"
        and stamp.get("folder") == place(kit)
        and os.path.lexists(base)
        and Path(python_in(str(kit / ".venv"))).is_file()
        and (base != installers.base_python() or stamp.get("version") == python_version())
    )


def set_up(kit: Path, extras: Set[str], lock: int | None = None) -> None:
    """Bring the environment up to date; from nothing, unless the one that is there is sound."""
    venv = kit / ".venv"
    stamp = read_stamp(venv)
    if not stamp and (venv / "pyvenv.cfg").exists():
        raise Trouble(
            "The folder .venv here was not made by start.py. Rename or delete it, then start again."
        )
    extras = extras | set(stamp.get("locks", {})) & set(EXTRAS)
    keep = is_sound(kit, stamp)
    if not keep:
        if stamp:
            print("The environment in .venv is unfinished or moved: making it anew.", file=sys.stderr)
        empty(venv)
    fresh = made_from(kit, extras)
    write_stamp(venv, {"state": "incomplete"} | fresh)
    runner = Runner(kit, venv, lock)
    try:
        if not keep:
            installers.make_venv(runner)
        installers.install(runner, lock_files(extras))
    except Trouble as trouble:
        if "disk is full" in str(trouble):
            empty(venv)
        raise
    write_stamp(venv, {"state": "complete"} | fresh)


def made_from(kit: Path, extras: Set[str]) -> dict[str, Any]:
    """Describe what an environment made now would be made from."""
    project = tomllib.loads((kit / "pyproject.toml").read_text(encoding="utf-8"))
    parts = [project.get("build-system"), project["project"], project["tool"].get("hatch")]
    names = ["base", *sorted(extras)]
    files = [(kit / name).read_bytes() for name in lock_files(extras)]
    return {
        "folder": place(kit),
        "base": installers.base_python(),
        "version": python_version(),
        "project": digest(json.dumps(parts, sort_keys=True).encode()),
        "locks": {name: digest(file) for name, file in zip(names, files, strict=True)},
    }


def lock_files(extras: Set[str]) -> list[str]:
    """Return the requirements files of the kit itself and of some extras."""
    return ["requirements.txt", *(f"requirements/{name}.txt" for name in sorted(extras))]


def check_folder(kit: Path) -> None:
    """Refuse at once where setting up cannot work, with the remedy."""
    if sys.maxsize < 2**32:
        raise Trouble("This is a 32-bit Python. Install the 64-bit one from python.org.")
    if os.pathsep in str(kit):
        raise Trouble(f"The path of this folder contains '{os.pathsep}'. Rename the folder.")


def place(kit: Path) -> str:
    """Return the one spelling of where the kit lies."""
    return os.path.normcase(os.path.realpath(kit))


def python_version() -> str:
    """Return the running Python's version as far as environments depend on it: 3.11."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def digest(content: bytes) -> str:
    """Return a short fingerprint; line ends do not count, since git may change them."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:16]


def read_stamp(venv: Path) -> dict[str, Any]:
    """Read the stamp; one that is missing or damaged says nothing."""
    try:
        stamp = json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        return {"state": "damaged"}
    return stamp if isinstance(stamp, dict) else {"state": "damaged"}


def write_stamp(venv: Path, stamp: dict[str, Any]) -> None:
    """Write the stamp whole or not at all."""
    draft = venv / (STAMP + ".new")
    draft.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    draft.replace(venv / STAMP)


def empty(venv: Path) -> None:
    """Remove all but the lock, which is held, and the stamp, which goes with the next one."""
    for entry in venv.iterdir():
        if entry.name in {LOCK, STAMP}:
            continue
        try:
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        except OSError as error:
            raise Trouble(
                f"{entry} cannot be removed ({error.strerror}). Close JupyterLab and other windows "
                "of the kit, delete the folder .venv, then start again."
            ) from error


@contextlib.contextmanager
def only_one(venv: Path) -> Iterator[int]:
    """Let one start at a time work on the environment.

    The lock is the operating system's own: it ends with the process that holds it, however
    that process ends, so there is no stale lock to clear away.
    """
    with (venv / LOCK).open("a+b") as file:
        said = False
        while not take(file):
            if not said:
                print("Another start is setting up this folder: waiting.", file=sys.stderr)
            said = True
            time.sleep(0.3)
        yield file.fileno()


def take(file: IO[bytes]) -> bool:
    """Try to take the lock; where the file system knows no locks, go on without."""
    if sys.platform == "win32":
        import msvcrt

        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
    else:
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
    return True
