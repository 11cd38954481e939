"""Shows a demonstration: runs Voila on its notebook, opens the browser, and stops with Ctrl+C.

Runs inside the kit's environment. Voila's own words go to a file, since they are for programmers; what a
person needs to know is said in a line.
"""

import argparse
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

KIT = Path(__file__).resolve().parent.parent
LOG = KIT / ".venv" / "demonstration.log"
USUAL_PORT = 8866
NEEDED = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget"]
PATIENCE = 60.0  # seconds for Voila to answer; a cold laptop needs ten


def main(argv: list[str]) -> int:
    """Show one demonstration until it is stopped, and return the exit code."""
    asked = _parser().parse_args(argv)
    if line := page_trouble(asked.page):
        return _fail(line)
    try:
        port = asked.port or free_port()
    except OSError:
        return _fail("No port of this computer is free. Restart the computer, then start again.")
    token = secrets.token_urlsafe(16)
    url = f"http://localhost:{port}/?token={token}"
    try:
        with _log(asked.log).open("w", encoding="utf-8") as log:
            command = voila(asked.number, port, token)
            running = subprocess.Popen(
                command,
                cwd=KIT,
                env=_environment(asked.page),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
    except OSError as error:
        return _fail(f"The demonstration could not be started ({error.strerror or error}).")
    for each in (signal.SIGINT, signal.SIGTERM):  # whatever started us may have switched Ctrl+C off
        signal.signal(each, _interrupt)
    try:
        return _serve(running, url, open_browser=not asked.no_browser, log=_log(asked.log))
    except KeyboardInterrupt:
        print("\nStopped. What the class raised hands for is kept in my_work.", file=sys.stderr)
        return 0
    finally:
        _end(running)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="demo", description="Show a demonstration at the front of a class.")
    parser.add_argument("number")
    parser.add_argument("--page", default="", help="the page to show it on, as the notebooks name it")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--log", type=Path, default=LOG, help=argparse.SUPPRESS)
    return parser


def page_trouble(page: str) -> str:
    """Say in a line why a page cannot be shown, or nothing."""
    from reviewkit.errors import ReviewkitError

    try:
        import reviewkit as rk

        if page:
            rk.load(page)
    except ReviewkitError as trouble:
        return " ".join(str(trouble).split())
    except OSError as error:
        return f"The page {page} cannot be read ({error.strerror or error})."
    return ""


def free_port() -> int:
    """Return the usual port, or the next free one."""
    for port in (*range(USUAL_PORT, USUAL_PORT + 50), 0):
        with socket.socket() as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError


def voila(number: str, port: int, token: str) -> list[str]:
    """Return the command line: this computer only, one notebook, our own page around it."""
    notebook = Path("notebooks") / "demonstrations" / f"{number}.ipynb"
    options = {
        "Voila.ip": "localhost",
        "Voila.port_retries": "0",
        "port": str(port),
        "token": token,
        "template": "front",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    flags += [f"--VoilaConfiguration.extension_allowlist={name}" for name in NEEDED]
    return [sys.executable, "-P", "-m", "voila", str(notebook), "--no-browser", *flags]


def _environment(page: str) -> dict[str, str]:
    paths = [str(KIT / "tools" / "front"), os.environ.get("JUPYTER_PATH", "")]
    named = {"REVIEWKIT_PAGE": page} if page else {}
    return os.environ | {"JUPYTER_PATH": os.pathsep.join(filter(None, paths))} | named


def _serve(running: subprocess.Popen[bytes], url: str, *, open_browser: bool, log: Path) -> int:
    """Wait for Voila, open the browser, and stay until it ends."""
    print("Starting the demonstration ...", file=sys.stderr, flush=True)
    began = time.monotonic()
    while not answers(url):
        if running.poll() is not None:
            return _fail(f"The demonstration ended before it began: {last_words(log)}")
        if time.monotonic() - began > PATIENCE:
            return _fail(f"The demonstration does not answer. Start again. Its own words: {log}")
        time.sleep(0.2)
    if open_browser and not _opened(url):
        print("No browser could be opened. Open this address in one:", file=sys.stderr)
    print(f"{url}\nCtrl+C stops it.", file=sys.stderr, flush=True)
    code = running.wait()
    return _fail(f"The demonstration ended by itself: {last_words(log)}") if code else 0


def answers(url: str) -> bool:
    """Say whether a server listens there."""
    try:
        with build_opener(ProxyHandler({})).open(url.replace("/?", "/voila/static/none?"), timeout=5):
            return True
    except URLError as error:
        return hasattr(error, "code")  # an answer that there is no such page is an answer
    except OSError:
        return False


def _opened(url: str) -> bool:
    try:
        return webbrowser.open(url)
    except webbrowser.Error:
        return False


def last_words(log: Path) -> str:
    """Return the last line that Voila wrote, and where the others are."""
    try:
        lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        lines = []
    said = next((line for line in reversed(lines) if line), "no reason given")
    return f"{said} Its own words: {log}"


def _log(path: Path) -> Path:
    if not path.parent.is_dir():  # an environment of one's own, not made by start.py
        path = KIT / "my_work" / "demonstration.log"
        path.parent.mkdir(exist_ok=True)
    return path


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _end(running: subprocess.Popen[bytes]) -> None:
    """End Voila, and with it the kernels that it started."""
    if running.poll() is None:
        running.terminate()
    try:
        running.wait(10)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        running.kill()


def _fail(line: str) -> int:
    print(line, file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
