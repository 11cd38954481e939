"""The commands of start.py."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence, Set
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
{start} demo                list the demonstrations for the front of a classroom
{start} demo 03             show one in the browser; Ctrl+C stops it
    --page NAME                       on another page than the kit's own
{start} reviewkit ...       the command line: reviewkit --help says what it does
{start} add instructor      add what demonstrations at the front need
{start} add parquet         add Parquet files
{start} add nbgrader        add nbgrader, for those who mark with it
{start} book                write the teacher's book as one page, to read or to print
{start} bundle [DIR]        fill a folder (wheels/) for set-up without a network
    --this                            for this computer and this Python only
{start} test [quick] [...]  run every check; quick: under a minute; the rest goes to pytest
{start} bench               print the benchmarks
{start} tables              build the tables in data/ anew from pages and labels
{start} exercises           write the exercises anew from their sources
    --page NAME --to DIR              a fresh assessment from another labelled page
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


def demo(args: list[str]) -> int:
    """List the demonstrations, or show one."""
    from reviewkit.demonstrations import DEMONSTRATIONS

    start = start_command()
    if not args or args[0].startswith("-"):
        for number, (_, title, question, minutes) in DEMONSTRATIONS.items():
            print(f"{number}  {title}: {question} ({minutes})")
        print(f"{start} demo {next(iter(DEMONSTRATIONS))} shows the first of them; Ctrl+C stops it.")
        return 0
    number, options = args[0].zfill(2), args[1:]
    if number not in DEMONSTRATIONS:
        known = ", ".join(DEMONSTRATIONS)
        return fail(f"There is no demonstration {args[0]!r}. Known: {known}; {start} demo lists them.", 2)
    if line := wrong_options(options):
        return fail(line, 2)
    notebook = f"notebooks/demonstrations/{number}.ipynb"
    if "JUPYTERHUB_SERVICE_PREFIX" in os.environ:
        python = environment.ensure(KIT)
        print("With the notebook open: Run > Run All Cells. Fill the screen with F.", flush=True)
        return hand_over([str(python), "-P", str(KIT / "tools" / "hub.py"), notebook], KIT)
    try:
        python = ensure_extras({"instructor"})
    except Trouble as trouble:
        return fail(f"{trouble} Without it: {start} {notebook} shows the same in JupyterLab.")
    return hand_over([str(python), "-P", str(KIT / "tools" / "demonstrate.py"), number, *options], KIT)


def wrong_options(options: Sequence[str]) -> str:
    """Say in a line what is wrong with what follows the number of a demonstration."""
    left = list(options)
    while left:
        word = left.pop(0)
        if word == "--no-browser" or (word.startswith("--page=") and word != "--page="):
            continue
        if word == "--page" and left and not left[0].startswith("-"):
            left.pop(0)
            continue
        if word == "--page":
            return "--page wants the name of a page, such as --page the-great-gatsby."
        return f"demo does not know {word!r}. It takes a number, --page NAME and --no-browser."
    return ""


def ensure_extras(extras: Set[str]) -> Path:
    """Add extras; where that fails, a kit that was whole before still counts as whole."""
    before = environment.read_stamp(KIT / ".venv") if environment.is_ready(KIT) else None
    try:
        return environment.ensure(KIT, extras)
    except Trouble:
        if before is not None:
            environment.write_stamp(KIT / ".venv", before)
        raise


def reviewkit(args: list[str]) -> int:
    """Run the command line where the person stands, with nothing of ours on standard output."""
    python = environment.ensure(KIT)
    return hand_over([str(python), "-P", "-m", "reviewkit", *args], Path.cwd())


def bench(args: list[str]) -> int:
    """Run the benchmarks."""
    python = environment.ensure(KIT)
    return hand_over([str(python), str(KIT / "benchmarks" / "run.py"), *args], KIT)


def book(args: list[str]) -> int:
    """Write the teacher's book as one page."""
    python = environment.ensure(KIT)
    return hand_over([str(python), "-P", str(KIT / "tools" / "book.py"), *args], Path.cwd())


def tables(args: list[str]) -> int:
    """Build the tables in data/ anew."""
    python = environment.ensure(KIT)
    return hand_over([str(python), str(KIT / "tools" / "tables.py"), *args], KIT)


def exercises(args: list[str]) -> int:
    """Write the exercises anew from their sources."""
    python = environment.ensure(KIT)
    return hand_over([str(python), str(KIT / "tools" / "exercise_sets.py"), *args], KIT)


def bundle(args: list[str]) -> int:
    """Fill a folder with wheels."""
    python = environment.ensure(KIT)
    return hand_over([str(python), "-P", str(KIT / "tools" / "bundle.py"), *args], Path.cwd())


def add(args: list[str]) -> int:
    """Add extras to the environment."""
    if not args or not set(args) <= set(environment.EXTRAS):
        return fail(f"{start_command()} add takes one of: {', '.join(environment.EXTRAS)}.", 2)
    ensure_extras(frozenset(args))
    print(f"Ready: {', '.join(args)}.", file=sys.stderr)
    return 0


def test(args: list[str]) -> int:
    """Run every check, each under its heading, and return 1 if any of them failed."""
    quick = bool(args) and args[0] == "quick"
    chosen = ["-m", "not slow", *args[1:]] if quick else args
    python = environment.ensure(KIT, {"test", "instructor"})  # the panes are tried in Voila too
    checks = {
        "lint": ["ruff", "check", "."],
        "format": ["ruff", "format", "--check", "."],
        "types": ["mypy"],
        "tests": ["pytest", *(chosen or ["-n", "2", "-m", "not browser"])],
    }
    if not chosen:  # alone, since what is measured in a browser suffers from neighbours
        checks["tests in a browser"] = ["pytest", "-m", "browser"]
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
    "demo": demo,
    "reviewkit": reviewkit,
    "add": add,
    "book": book,
    "bundle": bundle,
    "test": test,
    "bench": bench,
    "tables": tables,
    "exercises": exercises,
    "lock": lock,
}
