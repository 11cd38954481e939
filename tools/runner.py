"""Runs the installers: keeps their words in a log, and shows that something is happening."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

from tools.trouble import WINDOWS

# Of the settings that begin with PIP_ or UV_, those that say where packages come from are kept;
# those that say where packages go would break the set-up.
KEPT = [
    *("INDEX", "FIND_LINKS", "CERT", "PROXY", "HOST", "HTTP", "TIMEOUT", "RETR", "TLS"),
    *("CACHE", "CONFIG", "KEYRING", "OFFLINE", "CREDENTIALS"),
]
DROPPED = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__")


class Outcome(NamedTuple):
    """What an installer's run came to."""

    ok: bool
    output: str

    @property
    def last_line(self) -> str:
        """The last line that says something."""
        return next((line.strip() for line in reversed(self.output.split("\n")) if line.strip()), "")


def python_in(venv: str, *, windows: bool = WINDOWS) -> str:
    """Return where an environment keeps its Python."""
    return venv + ("\\Scripts\\python.exe" if windows else "/bin/python")


def child_environment(environ: Mapping[str, str], venv: Path) -> dict[str, str]:
    """Return the variables for a program in the environment, free of what would mislead it."""
    child = {
        name: value
        for name, value in environ.items()
        if name.upper() not in DROPPED
        and (not name.upper().startswith(("PIP_", "UV_")) or any(word in name for word in KEPT))
    }
    programs = str(Path(python_in(str(venv))).parent)
    child["VIRTUAL_ENV"] = str(venv)
    child["PATH"] = programs + os.pathsep + child.get("PATH", os.defpath)
    return child


def installer_environment(environ: Mapping[str, str], venv: Path) -> dict[str, str]:
    """Return the variables for pip and uv: no questions, no colours, this environment only."""
    child = child_environment(environ, venv)
    child |= {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_NO_INPUT": "1"}
    child |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "UV_PYTHON_DOWNLOADS": "never"}
    child |= {"NO_COLOR": "1", "UV_NO_PROGRESS": "1", "PYTHONIOENCODING": "utf-8"}
    child.setdefault("UV_SYSTEM_CERTS", "true")
    child.setdefault("PIP_RETRIES", "2")
    child.setdefault("UV_HTTP_RETRIES", "2")
    return child


class Progress:
    """Shows what is being done and for how long: one moving line, or a few plain ones."""

    def __init__(self, doing: str, stream: TextIO | None = None) -> None:
        self.doing = doing
        self.stream = sys.stderr if stream is None else stream
        self.moving = self.stream.isatty()
        self.began = time.monotonic()
        self.next_line = 15.0
        self._write(f"{doing} ...", end="" if self.moving else "\n")

    def tick(self) -> None:
        """Say how long it has taken so far."""
        seconds = time.monotonic() - self.began
        if self.moving:
            self._write(f"\r{self.doing} ... {seconds:.0f} s", end="")
        elif seconds >= self.next_line:
            self._write(f"  still at it, {seconds:.0f} s", end="\n")
            self.next_line += 15

    def end(self) -> None:
        """Leave the line as it is and begin a new one."""
        if self.moving:
            self._write("", end="\n")

    def _write(self, text: str, end: str) -> None:
        print(text, end=end, file=self.stream, flush=True)


class Runner:
    """Runs one installer after another for one environment, all into one log."""

    def __init__(self, kit: Path, venv: Path, inherited: int | None = None) -> None:
        self.kit = kit
        self.venv = venv
        self.log = venv / "set-up.log"
        self.inherited = inherited
        self.settings: dict[str, str] = {}

    def run(self, doing: str | None, command: Sequence[str]) -> Outcome:
        """Run a command; show progress under the name `doing`, or nothing where it is None."""
        process = self._start(command)
        pieces: list[bytes] = []
        reader = threading.Thread(target=self._read, args=(process, pieces), daemon=True)
        reader.start()
        progress = Progress(doing) if doing else None
        try:
            while reader.is_alive():
                reader.join(0.2)
                if progress:
                    progress.tick()
            code = process.wait()
        except BaseException:
            process.terminate()
            process.wait()
            raise
        finally:
            if progress:
                progress.end()
        return Outcome(code == 0, b"".join(pieces).decode("utf-8", "replace"))

    def _start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        self._note(("\n$ " + " ".join(command) + "\n").encode("utf-8", "replace"))
        # An installer that outlives a killed start keeps the lock until it ends as well.
        keep = () if WINDOWS or self.inherited is None else (self.inherited,)
        return subprocess.Popen(
            command,
            cwd=self.kit,
            env=installer_environment(os.environ, self.venv) | self.settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=keep,
        )

    def _read(self, process: subprocess.Popen[bytes], pieces: list[bytes]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            pieces.append(line)
            self._note(line)

    def _note(self, words: bytes) -> None:
        try:
            with self.log.open("ab") as log:
                log.write(words)
        except OSError:
            pass  # a full disk must not hide what the installer says
