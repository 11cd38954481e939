"""How are notebooks run so that one cannot harm another? A fresh process for each, watched from outside.

A process is begun ahead of its job, so that its warming up is not waited for; it has run nothing before. It
ends when it is done, or when it takes too long, or too much memory, disk or room for answers; then its whole
group is ended. What comes back is JSON of bounded size and depth, or nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .confining import Confinement, Limits, arguments, python_paths
from .staging import FOLDERS
from .watching import kill, size_of, used

__all__ = ["Job", "Outcome", "Runner"]

_START = 90.0  # seconds that a process may take to be ready
_DEEPEST = 14


@dataclass
class Job:
    """A notebook to run. `cells` are (number, source) in their order, `again` those to run once more."""

    name: str
    sheet: Mapping[str, Any]
    use: str
    cells: list[tuple[int, str]]
    again: list[tuple[int, str]]
    book: Mapping[str, Any]


@dataclass
class Outcome:
    """What came of it: `ended` is done, time, memory, disk, output, processes, died or no start."""

    answers: dict[str, Any] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)
    tried: list[str] = field(default_factory=list)
    ended: str = "died"
    seconds: float = 0.0
    cells: float = 0.0
    """Seconds that the cells took by themselves, as it says."""
    strange: bool = False
    """Whether something else than what was asked for came through the channel."""
    said: str = ""


class Runner:
    """Runs jobs, one after another, the next process warming up meanwhile."""

    def __init__(self, kit: Path, how: Confinement, limits: Limits, hidden: Iterable[Path] = ()) -> None:
        self.kit, self.how, self.limits, self.hidden = kit, how, limits, list(hidden)

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Each job with what came of it."""
        waiting: _Process | None = None
        queue = list(jobs)
        try:
            for number, job in enumerate(queue):
                now, waiting = waiting, None
                if now is None or now.use != job.use:
                    if now is not None:
                        now.close()
                    now = _Process(self, job.use)
                try:
                    now.feed(job)
                    if number + 1 < len(queue):
                        waiting = _Process(self, queue[number + 1].use)
                    outcome = now.wait()
                finally:
                    now.close()
                yield job, outcome
        finally:
            if waiting is not None:
                waiting.close()


class _Process:
    """One process, from its beginning to its end."""

    def __init__(self, runner: Runner, use: str) -> None:
        self.limits, self.how, self.use = runner.limits, runner.how, use
        self.room = Path(tempfile.mkdtemp(prefix="marking-"))
        self.nonce = secrets.token_hex(16)
        self.ended = ""
        self._read = bytearray()
        self._wrong = bytearray()
        command, variables, cwd = self._command(runner)
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=variables,
            cwd=cwd,
            start_new_session=True,
        )
        self._threads = [
            threading.Thread(
                target=self._take, args=(self.process.stdout, self._read, runner.limits.answers)
            ),
            threading.Thread(target=self._take, args=(self.process.stderr, self._wrong, 20_000)),
        ]
        for thread in self._threads:
            thread.daemon = True
            thread.start()

    def _command(self, runner: Runner) -> tuple[list[str], dict[str, str], Path]:
        """The command, what it finds in its environment, and where it begins."""
        limits = self.limits
        folder = FOLDERS[self.use]
        if self.how:
            self.kit, tmp = "/kit", "/tmp/here"
            writable: dict[str, Path | int] = {f"/kit/{folder}": limits.disk // 2, tmp: limits.disk // 2}
            if not self.how.sized:
                writable = {where: self.room / str(n) for n, where in enumerate(writable)}
                for each in writable.values():
                    Path(str(each)).mkdir()
            prefix = arguments(self.how, kit=runner.kit, writable=writable, hidden=runner.hidden)
        else:
            kit = self.room / "kit"
            shutil.copytree(runner.kit, kit)
            self.kit, tmp, prefix = str(kit), str(self.room / "tmp"), []
            Path(tmp).mkdir()
        self.folder, self.writable = f"{self.kit}/{folder}", [f"{self.kit}/{folder}", tmp]
        paths = [self.kit, *(p for p in sys.path if p.endswith("-packages"))]
        asked = {"memory": limits.memory, "disk": limits.disk // 2, "cpu": limits.seconds + 30}
        asked |= {"refuse": not self.how, "alone": not self.how}
        code = f"import sys; sys.path[:] = {paths[:1]!r} + sys.path + {paths[1:]!r}; "
        code += f"from reviewkit.grading.inside import begin; begin({asked!r})"
        variables = {
            "PATH": "/usr/bin:/bin",
            "HOME": tmp,
            "USER": "student",
            "LANG": "C.UTF-8",
            "TMPDIR": tmp,
            "REVIEWKIT_HOME": f"{tmp}/home",
            "IPYTHONDIR": f"{tmp}/ipython",
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "MPLBACKEND": "Agg",
        }
        python = [sys.executable, "-I", "-B", "-X", "utf8", "-c", code]
        if self.how:
            words = [w for name, value in variables.items() for w in ("--setenv", name, value)]
            return (
                [*prefix, *words, "--chdir", self.folder, *python],
                {"PATH": os.environ.get("PATH", "")},
                self.room,
            )
        variables |= {n: os.environ[n] for n in ("SYSTEMROOT",) if n in os.environ}
        return python, variables, self.room

    def feed(self, job: Job) -> None:
        """Give it its job, once it is ready."""
        while not self._read.startswith(b"ready\n"):
            if self.process.poll() is not None or time.monotonic() - self.began > _START:
                self.ended = "no start"
                return
            time.sleep(0.005)
        readable = [self.kit, *map(str, python_paths())]
        asked = {
            "nonce": self.nonce,
            "sheet": job.sheet,
            "cells": job.cells,
            "again": job.again,
            "book": json.dumps(job.book),
            "file": f"{job.sheet['set']}.ipynb",
            "folder": self.folder,
            "pages": f"{self.kit}/my_pages",
            "cell": self.limits.cell,
            "start": _start(job.sheet),
            "plain": False,
            "readable": readable,
            "writable": self.writable,
        }
        data = json.dumps(asked).encode() + b"\n"
        self.began = time.monotonic()
        threading.Thread(target=self._give, args=(data,), daemon=True).start()

    def wait(self) -> Outcome:
        """Until it is done, or has to be ended."""
        looked = 0.0
        while not self.ended:
            if self.process.poll() is not None:
                break
            now = time.monotonic()
            if now - self.began > self.limits.seconds:
                self.ended = "time"
            elif len(self._read) > self.limits.answers:
                self.ended = "output"
            elif now - looked > 0.2:
                looked = now
                self.ended = self._too_much()
            time.sleep(0.01)
        seconds = time.monotonic() - self.began
        self.close()
        return self._outcome(seconds)

    def _too_much(self) -> str:
        memory, processes = used(self.process.pid)
        if memory > self.limits.memory:
            return "memory"
        if processes > self.limits.processes:
            return "processes"
        if not (self.how and self.how.sized):
            folders = [self.room / "0", self.room / "1"] if self.how else [Path(p) for p in self.writable]
            if sum(size_of(folder, self.limits.disk) for folder in folders) > self.limits.disk:
                return "disk"
        return ""

    def close(self) -> None:
        """End all of it, and remove what it left."""
        kill(self.process)
        for thread in self._threads:
            thread.join(0.5)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            with contextlib.suppress(OSError, ValueError):
                if stream is not None and not any(t.is_alive() for t in self._threads):
                    stream.close()
        shutil.rmtree(self.room, ignore_errors=True)

    def _take(self, stream: Any, into: bytearray, most: int) -> None:
        with contextlib.suppress(OSError, ValueError):
            while data := os.read(stream.fileno(), 65536):
                if len(into) <= most:
                    into += data

    def _give(self, data: bytes) -> None:
        with contextlib.suppress(OSError, ValueError):
            assert self.process.stdin is not None
            self.process.stdin.write(data)
            self.process.stdin.close()

    def _outcome(self, seconds: float) -> Outcome:
        made = Outcome(ended=self.ended or "died", seconds=seconds)
        lines = bytes(self._read[: self.limits.answers]).split(b"\n")
        for line in lines[1:]:
            if not line.strip():
                continue
            said = _plain(line)
            if not isinstance(said, dict) or said.get("nonce") != self.nonce:
                made.strange = True
                continue
            answers, errors, tried = said.get("answers"), said.get("errors"), said.get("tried")
            made.answers = answers if isinstance(answers, dict) else {}
            errors = errors if isinstance(errors, dict) else {}
            made.errors = {int(n): str(e)[:300] for n, e in errors.items() if n.isdecimal() and len(n) < 6}
            spent = said.get("seconds")
            made.cells = float(spent) if isinstance(spent, int | float) else 0.0
            made.tried = [str(each)[:250] for each in tried[:20]] if isinstance(tried, list) else []
            if said.get("done") is True and not self.ended:
                made.ended = "done"
        if made.ended in ("died", "no start"):
            signalled = self.process.returncode in (-signal.SIGTERM, 137)
            tail = self._wrong.decode("utf-8", "replace").strip().splitlines()
            made.said = "" if signalled or not tail else tail[-1][:200]
        return made


def _plain(line: bytes) -> Any:
    """JSON of bounded depth, or None."""
    try:
        data = json.loads(line, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    level = [data]
    for _ in range(_DEEPEST):
        level = [
            v for d in level if isinstance(d, dict | list) for v in (d.values() if isinstance(d, dict) else d)
        ]
        if not level:
            return data
    return None


def _start(sheet: Mapping[str, Any]) -> str:
    """What a notebook of a set begins with, for those that have lost it."""
    page = f", {sheet['page']!r}" if sheet.get("use") == "assessment" else ""
    code = f"import reviewkit as rk\nex = rk.exercise({sheet['set']!r}{page})\n"
    return code + f"corpus = rk.load({sheet['page']!r})\n"
