"""A JupyterLab of one's own, driven in a real Chromium."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn
from urllib.error import URLError
from urllib.request import urlopen

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FLAGS += ["--disable-sync", "--no-first-run", "--disable-quic"]
TIMEOUT = 120_000  # milliseconds; a busy machine takes half a minute to start a kernel


def missing(reason: str) -> NoReturn:
    """Skip, saying why; where CI is set, fail instead."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason} (CI is set, so this is a failure)", pytrace=False)
    pytest.skip(reason)


def chromium() -> str:
    """The path of a Chromium or Chrome that is there already."""
    if named := os.environ.get("CHROMIUM"):
        return named if Path(named).is_file() else missing(f"CHROMIUM names {named}, which is not a file")
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if found := shutil.which(name):
            return found
    usual = [
        Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
        *(
            Path(os.environ[base]) / "Google/Chrome/Application/chrome.exe"
            for base in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
            if base in os.environ
        ),
    ]
    for path in usual:
        if path.is_file():
            return str(path)
    missing("No Chromium or Chrome was found; install one, or name it in the variable CHROMIUM")


class Lab:
    """A JupyterLab server in a folder of its own, with nothing of the user's settings.

    A subclass runs another home of notebooks: another program, and another page for a notebook.
    """

    program = "jupyterlab"
    app = "LabApp"
    pages = "lab/tree"
    alive = "api"

    def __init__(self, folder: Path) -> None:
        self.root = folder / "course"
        self.home = folder / "home"
        self.token = secrets.token_hex(16)
        self.log = folder / "server.log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        for path in (self.root, self.home):
            path.mkdir()
        self._settings(folder / "settings")
        self._out = self.log.open("w")
        self._process = subprocess.Popen(
            self._command(),
            cwd=self.root,
            env=self._environment(folder),
            stdout=self._out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        self._wait()

    def _command(self) -> list[str]:
        options = {
            "ServerApp.ip": "127.0.0.1",
            "ServerApp.port": self.url.rpartition(":")[2],
            "ServerApp.port_retries": "0",
            "ServerApp.root_dir": str(self.root),
            "IdentityProvider.token": self.token,
            f"{self.app}.expose_app_in_browser": "True",
        }
        flags = ["--no-browser", *(f"--{name}={value}" for name, value in options.items())]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            flags.append("--allow-root")
        return [sys.executable, "-m", self.program, *flags]

    def _environment(self, folder: Path) -> dict[str, str]:
        own = {name: str(self.home) for name in ("HOME", "USERPROFILE")}
        for name in ("CONFIG", "DATA", "RUNTIME"):
            own[f"JUPYTER_{name}_DIR"] = str(folder / name.lower())
        own["JUPYTERLAB_SETTINGS_DIR"] = str(folder / "settings")
        own["JUPYTERLAB_WORKSPACES_DIR"] = str(folder / "workspaces")
        own["IPYTHONDIR"] = str(folder / "ipython")
        own["REVIEWKIT_HOME"] = str(self.root)
        path = [str(CHECKOUT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
        own["PYTHONPATH"] = os.pathsep.join(filter(None, path))
        return {**os.environ, **own}

    @staticmethod
    def _settings(folder: Path) -> None:
        """No question about news in front of the first page."""
        path = folder / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))

    def _wait(self) -> None:
        for _ in range(240):
            if self._process.poll() is not None:
                break
            try:
                with urlopen(f"{self.url}/{self.alive}?token={self.token}", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.25)
        self.close()
        pytest.fail(f"{self.program} did not start:\n" + self.log.read_text()[-2000:], pytrace=False)

    def close(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._out.close()

    def notebook(self, name: str, *cells: str) -> str:
        """Write a notebook with these code cells."""
        made = [
            {
                "cell_type": "code",
                "id": f"cell-{n}",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": source,
            }
            for n, source in enumerate(cells)
        ]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        book = {"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
        (self.root / name).write_text(json.dumps(book), encoding="utf-8")
        return name

    def open(self, page, name: str) -> None:
        """Open a notebook and wait for its kernel."""
        page.goto(f"{self.url}/{self.pages}/{name}?token={self.token}&reset", timeout=TIMEOUT)
        page.wait_for_function("() => window.jupyterapp", timeout=TIMEOUT)
        page.evaluate("() => window.jupyterapp.restored.then(() => null)")
        page.wait_for_function(
            """() => {
                const at = window.jupyterapp.shell.currentWidget;
                return at?.context?.isReady && at.sessionContext?.session?.kernel?.status === "idle";
            }""",
            timeout=TIMEOUT,
        )

    def run(self, page) -> None:
        """Run every cell; fail on any error output."""
        page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
        page.wait_for_function(
            """() => {
                const at = window.jupyterapp.shell.currentWidget;
                const cells = [...at.content.model.cells].filter((c) => c.type === "code");
                const failed = cells.some((c) => c.outputs.toJSON().some((o) => o.output_type === "error"));
                const ran = cells.every((c) => c.executionCount || !c.sharedModel.source.trim());
                return failed || (ran && at.sessionContext.session.kernel.status === "idle");
            }""",
            timeout=TIMEOUT,
        )
        assert self.errors(page) == []

    @staticmethod
    def cells(page) -> list[dict]:
        return page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.content.model.sharedModel.toJSON().cells"
        )

    def errors(self, page) -> list[str]:
        """What the code cells raised, or printed on behalf of a widget's callback that raised."""
        outputs = [o for c in self.cells(page) if c["cell_type"] == "code" for o in c["outputs"]]
        return [f"{o['ename']}: {o['evalue']}" for o in outputs if o["output_type"] == "error"]

    def ask(self, page, code: str) -> str:
        """Run code in the notebook's kernel, outside any cell; what it prints."""
        return page.evaluate(
            """async (code) => {
                const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
                const future = kernel.requestExecute({ code, store_history: false });
                let printed = "";
                future.onIOPub = (m) => {
                    if (m.header.msg_type === "stream") printed += m.content.text;
                    if (m.header.msg_type === "error") printed += "ERROR " + m.content.evalue;
                };
                await future.done;
                return printed.trim();
            }""",
            code,
        )

    @staticmethod
    def theme(page, name: str) -> None:
        """`Light` or `Dark`."""
        page.evaluate(
            "(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })",
            f"JupyterLab {name}",
        )
        page.wait_for_function(
            "(light) => document.body.dataset.jpThemeLight === light",
            arg=str(name == "Light").lower(),
            timeout=TIMEOUT,
        )
