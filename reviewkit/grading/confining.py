"""What may a notebook do that is run? As little as the system lets us say: bubblewrap where it is.

Confined, a notebook sees Python, a copy of the kit without keys, and two small folders in memory. No network,
no other process, no other file; it cannot gain rights, and dies with what started it. Whether this holds here
is found out by doing it once. Where it does not, `remains_open` says what a notebook could do.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Confinement", "Limits", "arguments", "probe", "python_paths", "remains_open"]

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32")
_ETC = ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives", "/etc/localtime")
_NEWER = ("--disable-userns",)


@dataclass(frozen=True)
class Limits:
    """How much a notebook may use: seconds altogether and for one cell, bytes of memory, disk and answers."""

    seconds: float = 60.0
    cell: float = 20.0
    memory: int = 1_500_000_000
    disk: int = 64_000_000
    answers: int = 4_000_000
    processes: int = 64


@dataclass(frozen=True)
class Confinement:
    """What confines notebooks, or `why` nothing does; `sized` where disks in memory have a size."""

    program: str | None
    why: str = ""
    newer: bool = True
    sized: bool = True

    def __bool__(self) -> bool:
        return self.program is not None


def probe() -> Confinement:
    """Try bubblewrap once, with all that a run would ask of it."""
    if sys.platform != "linux":
        return Confinement(None, "bubblewrap, which confines it, is a program of Linux")
    program = shutil.which("bwrap")
    if program is None:
        return Confinement(None, "bubblewrap is not installed (Debian, Ubuntu: sudo apt install bubblewrap)")
    return _tried(program)


@cache
def _tried(program: str) -> Confinement:
    said = ""
    for newer, sized in ((True, True), (False, True), (False, False)):
        made = Confinement(program, "", newer, sized)
        command = [*arguments(made, kit=None, writable={}), sys.executable, "-I", "-c", "print('in')"]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL
            )
        except (OSError, subprocess.TimeoutExpired) as trouble:
            said = said or str(trouble)
            continue
        if done.returncode == 0 and done.stdout.strip() == "in":
            return made
        said = said or (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1][:200]
    return Confinement(None, f"bubblewrap is here, but this system does not let it work ({said})")


def arguments(
    how: Confinement, *, kit: Path | None, writable: dict[str, Path | int], hidden: Sequence[Path] = ()
) -> list[str]:
    """The words of a command that confines what is put behind them.

    `kit` is shown as `/kit`. `writable` maps folders inside to a size in bytes, of a disk in memory, or to a
    folder outside. `hidden` is covered, should it lie below something that has to be shown.
    """
    words = [str(how.program), "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session"]
    words += ["--cap-drop", "ALL", "--uid", "1000", "--gid", "1000", "--hostname", "marking", "--clearenv"]
    words += _NEWER if how.newer else ()
    words += ["--proc", "/proc", "--dev", "/dev", "--dir", "/tmp"]
    for place in _SYSTEM:
        path = Path(place)
        if path.is_symlink():
            words += ["--symlink", str(path.readlink()), place]
        elif path.is_dir():
            words += ["--ro-bind", place, place]
    for place in _ETC:
        words += ["--ro-bind-try", place, place]
    shown = [p for p in python_paths() if not any(p.is_relative_to(s) for s in ("/usr", "/lib", "/bin"))]
    for path in shown:
        words += ["--ro-bind", str(path), str(path)]
    for path in hidden:
        if any(path.is_relative_to(each) for each in (*map(Path, _SYSTEM), *shown)) and path.exists():
            words += ["--tmpfs", str(path)] if path.is_dir() else ["--ro-bind", "/dev/null", str(path)]
    if kit is not None:
        words += ["--ro-bind", str(kit), "/kit"]
    for inside, what in writable.items():
        if isinstance(what, int):
            words += ["--size", str(what)] if how.sized else []
            words += ["--tmpfs", inside]
        else:
            words += ["--bind", str(what), inside]
    words += ["--size", "1000000", "--tmpfs", "/dev/shm"] if how.sized else []
    return [*words, "--remount-ro", "/dev", "--remount-ro", "/"]


def python_paths() -> list[Path]:
    """The folders that this Python needs: its own, its environment's, and where packages are."""
    wanted: Iterable[str] = (sys.base_prefix, sys.prefix, *(p for p in sys.path if p.endswith("-packages")))
    found: list[Path] = []
    for path in (Path(each) for each in wanted):
        for each in dict.fromkeys((path, path.resolve())):
            covered = any(each.is_relative_to(other) for other in found)
            if each.is_dir() and each != Path(each.anchor) and not covered:
                found.append(each)
    return found


def remains_open(how: Confinement) -> list[str]:
    """What a notebook that is run here could do, a sentence each; empty where it is confined."""
    if how:
        return []
    said = [
        "read files that you can read, keys and what others handed in among them, if it gets round a watch "
        "inside its own process",
        "write files that you can write, these grades among them, in the same way",
        "use the network in the same way",
        "leave a process behind that outlives it",
    ]
    if sys.platform != "linux":
        said.append("use as much memory as there is")
    return said
