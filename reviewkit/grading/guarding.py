"""What did a notebook try? A watch inside its own process, by Python's audit events.

It tells, and where nothing better confines the notebook it refuses as well. It is no wall: code that means to
can get round it. The wall is bubblewrap.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["guard"]

_MOST = 20
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NETWORK = {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname"}
_NETWORK |= {"socket.sendmsg", "socket.gethostbyaddr"}
_START = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile"}
_FORK = {"os.fork", "os.forkpty"}
_KILL = {"os.kill", "os.killpg"}
_CHANGE = {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.chown", "os.link", "os.symlink"}
_CHANGE |= {"os.truncate", "shutil.rmtree", "shutil.move", "os.utime"}
_LOOK = {"os.listdir", "os.scandir"}
_SYSTEM: tuple[str, ...] = ("/usr", "/lib", "/lib64", "/bin", "/etc/localtime", "/etc/ssl")
_SYSTEM += ("/etc/mime.types", "/etc/fonts")
_SYSTEM += ("/dev/null", "/dev/urandom", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/sys/devices")


def guard(readable: Sequence[str], writable: Sequence[str], *, refuse: bool) -> list[str]:
    """Begin to watch; gives the list that fills with what was tried. It cannot be taken off again."""
    tried: list[str] = []
    real, inside = os.path.realpath, _inside
    read = [real(p) for p in (*readable, *writable)] + [*_SYSTEM, f"/proc/{os.getpid()}/"]
    write = [real(p) for p in writable] + ["/dev/null"]
    busy = [False]

    def note(what: str) -> None:
        if len(tried) < _MOST and what not in tried:
            tried.append(what)
        if refuse:
            raise PermissionError(f"not allowed here: {what}")

    def path_of(value: Any, allowed: list[str], verb: str) -> None:
        if not isinstance(value, str | bytes):
            return
        text = os.fsdecode(value)
        if not inside(real(text), allowed):
            note(f"{verb} {text[:200]}")

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if busy[0] or event.startswith(("import", "compile", "object.", "sys.")):
            return
        check = _CHECKS.get(event)
        if check is None or (event in _FORK and not refuse):
            return
        busy[0] = True
        try:
            check(args, note, path_of, read, write)
        except PermissionError:
            raise
        except Exception:
            return
        finally:
            busy[0] = False

    sys.addaudithook(hook)
    return tried


def _inside(path: str, allowed: Sequence[str]) -> bool:
    return any(path == each or path.startswith(each.rstrip(os.sep) + os.sep) for each in allowed)


_Note = Callable[[str], None]
_PathOf = Callable[[Any, list[str], str], None]


def _open(args: tuple[Any, ...], note: _Note, path_of: _PathOf, read: list[str], write: list[str]) -> None:
    path, mode, flags = (*args, None, None)[:3]
    writes = bool((flags or 0) & _WRITES) or bool(isinstance(mode, str) and set(mode) & set("wax+"))
    path_of(path, write if writes else read, "write" if writes else "read")


def _change(args: tuple[Any, ...], note: _Note, path_of: _PathOf, read: list[str], write: list[str]) -> None:
    for path in args[:2]:
        path_of(path, write, "change")


def _look(args: tuple[Any, ...], note: _Note, path_of: _PathOf, read: list[str], write: list[str]) -> None:
    path_of(args[0] if args else None, read, "look into")


def _said(what: str) -> Any:
    def check(
        args: tuple[Any, ...], note: _Note, path_of: _PathOf, read: list[str], write: list[str]
    ) -> None:
        note(f"{what}{_detail(args)}")

    return check


def _detail(args: tuple[Any, ...]) -> str:
    told = [str(a)[:100] for a in args if isinstance(a, str | int | tuple | list)]
    return f" ({', '.join(told)})"[:200] if told else ""


def _kill(args: tuple[Any, ...], note: _Note, path_of: _PathOf, read: list[str], write: list[str]) -> None:
    if args and args[0] != os.getpid():
        note("end another process")


_CHECKS = {
    "open": _open,
    **dict.fromkeys(_CHANGE, _change),
    **dict.fromkeys(_LOOK, _look),
    **dict.fromkeys(_NETWORK, _said("use the network")),
    **dict.fromkeys(_START, _said("start a program")),
    **dict.fromkeys(_FORK, _said("split its process")),
    **dict.fromkeys(_KILL, _kill),
}
