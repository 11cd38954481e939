"""How much does a process use, with all that it has started, and how is all of it ended?"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

__all__ = ["kill", "size_of", "used"]


def _family(pid: int) -> list[int]:
    """A process and those below it, as far as the system tells (Linux)."""
    below = defaultdict(list)
    with contextlib.suppress(OSError):
        for name in os.listdir("/proc"):  # noqa: PTH208
            if name.isdecimal():
                with contextlib.suppress(OSError, ValueError, IndexError):
                    about = Path(f"/proc/{name}/stat").read_text(encoding="utf-8", errors="replace")
                    below[int(about.rpartition(")")[2].split()[1])].append(int(name))
    found = [pid]
    for each in found:
        found += below.get(each, [])
    return found


def used(pid: int) -> tuple[int, int]:
    """Bytes of memory that a process and those below it hold, and how many they are; noughts if unknown."""
    family = _family(pid)
    memory = 0
    for each in family:
        with contextlib.suppress(OSError, ValueError, IndexError):
            memory += int(Path(f"/proc/{each}/statm").read_text(encoding="ascii").split()[1]) * 4096
    return memory, len(family)


def size_of(folder: Path, enough: int) -> int:
    """Bytes of all files below a folder; each file counts 1 kB at the least. Stops counting past `enough`."""
    total, folders = 0, [str(folder)]
    while folders and total <= enough:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    total += max(1_000, entry.stat(follow_symlinks=False).st_size)
    return total


def kill(process: subprocess.Popen[Any]) -> None:
    """End a process, its group, and all below it; those that it has left behind as far as they are known."""
    if process.poll() is not None:
        _end_group(process.pid)
        return
    if os.name == "nt":  # pragma: no cover
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True)
    else:
        family = _family(process.pid)
        _end_group(process.pid)
        for each in family[1:]:
            with contextlib.suppress(OSError):
                os.kill(each, signal.SIGKILL)
    with contextlib.suppress(OSError):
        process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)


def _end_group(pid: int) -> None:
    """The group was begun with this process and carries its number; a new one cannot while it has members."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
