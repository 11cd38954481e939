"""How is a notebook run? In this process, which is begun for it alone and knows no key.

Begun with `begin(...)`: it warms up, says that it is ready, takes one job from its input, runs the cells, and
writes what the variables hold to a channel of its own, as data. Whatever a cell prints goes nowhere. The
answers are marked elsewhere: whoever writes into the channel can only say what the notebook's answers are.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

__all__ = ["begin"]

_SAID = 300  # characters of an error


class OutOfTime(BaseException):
    """A cell took longer than one may; not an `Exception`, so that few cells catch it."""


def begin(limits: dict[str, Any]) -> None:
    """Warm up, take a job, run it. `limits` has memory, disk, cpu (seconds), refuse and alone."""
    channel = os.dup(1)
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, 1)
    if limits["alone"] and hasattr(os, "fork"):
        _stand_before(channel)
    _limit(limits)
    shell, collect = _warm()
    with os.fdopen(channel, "wb", buffering=0) as out:
        out.write(b"ready\n")
        job = json.loads(sys.stdin.buffer.readline())
        os.dup2(quiet, 0)
        os.dup2(quiet, 2)
        _run(job, shell, collect, limits, out)
    os._exit(0)


def _stand_before(channel: int) -> None:
    """Where nothing confines: split, so that the parent that a notebook could end is this one."""
    above = os.getppid()
    child = os.fork()
    if child == 0:
        return
    os.close(channel)
    os.close(0)
    while True:
        gone, status = os.waitpid(child, os.WNOHANG)
        if gone:
            os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
        if os.getppid() != above:
            os.killpg(0, signal.SIGKILL)
        time.sleep(0.05)


def _limit(limits: dict[str, Any]) -> None:
    try:
        import resource
    except ImportError:
        return
    wanted = {"AS": limits["memory"], "FSIZE": limits["disk"], "CPU": limits["cpu"], "CORE": 0, "NOFILE": 256}
    for name, most in wanted.items():
        with contextlib.suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (int(most), int(most)))


def _warm() -> tuple[Any, Callable[[Any, Any], dict[str, Any]]]:
    """IPython, so that `%` and `!` and `display` mean what they mean in a notebook; pandas and the kit."""
    os.environ.setdefault("IPYTHONDIR", str(Path(os.environ.get("HOME", ".")) / ".ipython"))
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    import reviewkit

    from ..exercises import collect

    with contextlib.suppress(ImportError):
        for name in ("ipywidgets", "pandas"):
            importlib.import_module(name)
    reviewkit.exercise  # noqa: B018
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "NoColor"
    settings.InteractiveShell.cache_size = 0
    shell = InteractiveShell.instance(config=settings)
    for part, name in (
        (shell.display_pub, "publish"),
        (shell, "showtraceback"),
        (shell, "showsyntaxerror"),
    ):
        setattr(part, name, lambda *args, **named: None)
    return shell, collect


def _run(job: dict[str, Any], shell: Any, collect: Any, limits: dict[str, Any], out: Any) -> None:
    _lay_out(job)
    space = shell.user_ns
    dumps, now = json.dumps, time.monotonic
    before: list[Any] = [None]
    errors: dict[int, str] = {}
    tried: list[str] = []
    began = now()

    def tell(done: bool) -> None:
        """Say what the answers are so far, if they are others than were said last."""
        try:
            answers = {**_kept(space, job["sheet"]), **collect(space, job["sheet"])}
            said = dumps(answers, allow_nan=False)
        except BaseException:
            answers, said = {}, ""
        if done or said != before[0]:
            before[0] = said
            about = {"nonce": job["nonce"], "done": done, "answers": answers, "tried": tried[:20]}
            about |= {"errors": {str(n): e for n, e in errors.items()}, "seconds": round(now() - began, 3)}
            out.write(b"\n" + dumps(about).encode() + b"\n")

    with contextlib.suppress(Exception):
        exec(compile(job["start"], "<start>", "exec"), space)
    if not job["plain"]:
        from .guarding import guard

        tried = guard(job["readable"], job["writable"], refuse=bool(limits["refuse"]))
    began = now()
    cells: list[tuple[int, str]] = [(n, source) for n, source in job["cells"]]
    for number, source in cells:
        errors.pop(number, None)
        if said := _cell(shell, source, job["cell"]):
            errors[number] = said
        tell(False)
    late = [n for n, said in errors.items() if said.startswith("NameError")]
    for number, source in [(n, s) for n, s in cells if n in late] + [(n, s) for n, s in job["again"]]:
        said = _cell(shell, source, job["cell"])
        errors.pop(number, None)
        if said:
            errors[number] = said
    tell(True)


def _lay_out(job: dict[str, Any]) -> None:
    """The notebook and its sheet, where a notebook and its sheet lie."""
    os.chdir(job["folder"])
    Path(job["file"]).write_text(job["book"], encoding="utf-8")
    home = Path(os.environ.get("REVIEWKIT_HOME", "."))
    home.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):
        (home / "my_pages").symlink_to(job["pages"], target_is_directory=True)


def _kept(space: dict[str, Any], sheet: dict[str, Any]) -> dict[str, Any]:
    """What was checked and stands in no variable."""
    from ..exercises import Exercise

    ex = space.get("ex")
    if not isinstance(ex, Exercise):
        return {}
    with contextlib.suppress(Exception):
        names = {task["id"] for task in sheet["tasks"]}
        return {t: said["answer"] for t, said in ex.record.all().items() if t in names and "answer" in said}
    return {}


def _cell(shell: Any, source: str, seconds: float) -> str:
    """Run a cell; gives its error, in a line, or nothing."""
    try:
        with _no_longer_than(seconds):
            done = shell.run_cell(source, store_history=False, silent=True)
        trouble = done.error_before_exec or done.error_in_exec
    except BaseException as raised:
        trouble = raised
    if trouble is None:
        return ""
    if isinstance(trouble, OutOfTime):
        return f"OutOfTime: it took more than {seconds:g} seconds"
    try:
        return f"{type(trouble).__name__}: {trouble}"[:_SAID]
    except BaseException:
        return "an error that cannot be shown"


@contextlib.contextmanager
def _no_longer_than(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: Any) -> None:
        raise OutOfTime

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
