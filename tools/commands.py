"""The commands of start.py."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from tools import environment, locks
from tools.runner import child_environment
from tools.trouble import WINDOWS, Trouble, from_os_error, start_command

KIT = Path(__file__).resolve().parent.parent
FIRST_NOTEBOOK = "notebooks/00_start_here.ipynb"
USUAL_PORT = 8888

HELP = """\
{start}                     set up where needed, then open the first notebook
    --no-browser, ...                 anything that begins with - goes to JupyterLab
{start} NOTEBOOK.ipynb      the same with another notebook
{start} reviewkit ...       the command line: reviewkit --help says what it does
{start} add instructor      add what demonstrations at the front need
{start} add parquet         add Parquet files
{start} bundle [DIR]        fill a folder (wheels/) for set-up without a network
    --this                            for this computer and this Python only
{start} test [quick] [...]  run every check; quick: under a minute; the rest goes to pytest
{start} bench               print the benchmarks
{start} tables              build the tables in data/ anew from pages and labels
{start} lock [--upgrade]    renew requirements.txt and requirements/ from pyproject.toml
{start} help                say this

Everything is kept in the folder .venv beside start.py; delete that folder to begin anew.
When something fails: docs/set-up.md.
"""


def main(argv: Sequence[str]) -> int:
    """Run one command and return the exit code; each failure is one line."""
    try:
        return dispatch(list(argv))
    except Trouble as trouble:
        return fail(str(trouble))
    except KeyboardInterrupt:
        print(f"\nStopped. {start_command()} carries on from here.", file=sys.stderr)
        return 130
    except OSError as error:
        trouble_found = from_os_error(error, str(KIT))
        if trouble_found is None:
            raise
        return fail(str(trouble_found))


def fail(line: str, code: int = 1) -> int:
    """Print the one line of a failure."""
    print(line, file=sys.stderr)
    return code


def dispatch(argv: list[str]) -> int:
    """Find the command that the first word names."""
    first = argv[0] if argv else ""
    if first in {"-h", "--help", "help"}:
        print(HELP.format(start=start_command()), end="")
        return 0
    if not first or first.startswith("-") or first.endswith(".ipynb"):
        return open_lab(argv)
    if first not in COMMANDS:
        known = ", ".join([*COMMANDS, "help"])
        return fail(f"There is no command {first!r}. Known: {known}; or none, to open the kit.", 2)
    return COMMANDS[first](argv[1:])


def open_lab(args: list[str]) -> int:
    """Open JupyterLab with the first notebook, or another one."""
    notebook = FIRST_NOTEBOOK
    if args and args[0].endswith(".ipynb"):
        notebook = os.path.relpath(args.pop(0), KIT)
        if not (KIT / notebook).is_file() or notebook.startswith(".."):
            return fail(f"There is no notebook {notebook} in {KIT}.", 2)
    python = environment.ensure(KIT)
    if "JUPYTERHUB_SERVICE_PREFIX" in os.environ:
        return hand_over([str(python), "-P", str(KIT / "tools" / "hub.py"), notebook], KIT)
    command = [str(python), "-P", "-m", "jupyterlab", f"--ServerApp.root_dir={KIT}"]
    if (KIT / notebook).is_file():
        command.append(f"--LabApp.default_url=/lab/tree/{quote(Path(notebook).as_posix())}")
    return hand_over(command + port_options(args) + root_options() + args, KIT)


def port_options(args: Sequence[str]) -> list[str]:
    """Choose another port where the usual one is taken, and say so."""
    if any(arg.startswith(("--port", "--ServerApp.port")) for arg in args) or is_free(USUAL_PORT):
        return []
    port = next(filter(is_free, range(USUAL_PORT + 1, USUAL_PORT + 100)), 0)
    print(
        f"Port {USUAL_PORT} is taken, perhaps by a JupyterLab that is still open: using {port}.",
        file=sys.stderr,
    )
    return [f"--port={port}"]


def is_free(port: int) -> bool:
    """Say whether a server could listen on this port of this computer."""
    with socket.socket() as probe:
        if not WINDOWS:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def root_options() -> list[str]:
    """Let JupyterLab run as root, as in many containers; it listens on this computer only."""
    return ["--allow-root"] if not WINDOWS and os.geteuid() == 0 else []


def reviewkit(args: list[str]) -> int:
    """Run the command line where the person stands, with nothing of ours on standard output."""
    python = environment.ensure(KIT)
    return hand_over([str(python), "-P", "-m", "reviewkit", *args], Path.cwd())


def bench(args: list[str]) -> int:
    """Run the benchmarks."""
    python = environment.ensure(KIT)
    return hand_over([str(python), str(KIT / "benchmarks" / "run.py"), *args], KIT)


def tables(args: list[str]) -> int:
    """Build the tables in data/ anew."""
    python = environment.ensure(KIT)
    return hand_over([str(python), str(KIT / "tools" / "tables.py"), *args], KIT)


def bundle(args: list[str]) -> int:
    """Fill a folder with wheels."""
    python = environment.ensure(KIT)
    return hand_over([str(python), "-P", str(KIT / "tools" / "bundle.py"), *args], Path.cwd())


def add(args: list[str]) -> int:
    """Add extras to the environment."""
    if not args or not set(args) <= set(environment.EXTRAS):
        return fail(f"{start_command()} add takes one of: {', '.join(environment.EXTRAS)}.", 2)
    environment.ensure(KIT, frozenset(args))
    print(f"Ready: {', '.join(args)}.", file=sys.stderr)
    return 0


def test(args: list[str]) -> int:
    """Run every check, each under its heading, and return 1 if any of them failed."""
    quick = bool(args) and args[0] == "quick"
    chosen = ["-m", "not slow", *args[1:]] if quick else args
    python = environment.ensure(KIT, {"test"})
    checks = {
        "lint": ["ruff", "check", "."],
        "format": ["ruff", "format", "--check", "."],
        "types": ["mypy"],
        "tests": ["pytest", *chosen],
    }
    failed = []
    for name, check in checks.items():
        print(f"\n== {name}: {' '.join(check)}", flush=True)
        child = child_environment(os.environ, KIT / ".venv")
        if subprocess.run([str(python), "-m", *check], cwd=KIT, env=child).returncode:
            failed.append(name)
    print(f"\n== {'failed: ' + ', '.join(failed) if failed else 'all checks passed'}", flush=True)
    return 1 if failed else 0


def lock(args: list[str]) -> int:
    """Renew the lock files."""
    if not set(args) <= {"--upgrade"}:
        return fail(f"{start_command()} lock takes only --upgrade.", 2)
    environment.ensure(KIT)
    locks.renew(KIT, upgrade=bool(args))
    return 0


def hand_over(command: list[str], folder: Path) -> int:
    """Become another program where the system can, else wait for it; its exit code is ours."""
    child = child_environment(os.environ, KIT / ".venv")
    sys.stdout.flush()
    if not WINDOWS:
        os.chdir(folder)
        os.execve(command[0], command, child)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the program's to answer
    try:
        return subprocess.run(command, cwd=folder, env=child).returncode
    finally:
        signal.signal(signal.SIGINT, before)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "reviewkit": reviewkit,
    "add": add,
    "bundle": bundle,
    "test": test,
    "bench": bench,
    "tables": tables,
    "lock": lock,
}
