"""Makes the environment and fills it: with uv where it can be had, with pip where not."""

import ast
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from tools.runner import Outcome, Runner, python_in
from tools.trouble import FULL, NETWORK, NO_WHEEL, Trouble, explain, recognise

UV = "uv>=0.5"
# Where pip was told of a mirror, a proxy or a certificate, uv is told as well.
PIP_TO_UV = {
    "index-url": ("UV_DEFAULT_INDEX", "UV_INDEX_URL"),
    "proxy": ("ALL_PROXY",),
    "cert": ("SSL_CERT_FILE",),
}
NO_PIP = (
    "This Python has no pip and no ensurepip. On Debian, Ubuntu and their like: "
    "sudo apt install python3-venv; elsewhere install Python from python.org, or put a folder "
    "wheels from a USB stick beside start.py (docs/set-up.md)."
)
NO_VENV = (
    "This Python has no module venv. On Debian, Ubuntu and their like: "
    "sudo apt install python3-venv; elsewhere install Python from python.org."
)


def base_python() -> str:
    """Return the Python that environments are made from, also when run inside one."""
    return os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)


def make_venv(runner: Runner) -> None:
    """Make an empty environment; pip comes later, because some Pythons lack ensurepip."""
    doing = "Making a private environment in .venv"
    made = runner.run(doing, [base_python(), "-m", "venv", "--without-pip", str(runner.venv)])
    if made.ok:
        return
    if uv := shutil.which("uv"):
        options = ["--allow-existing", "--python", base_python()]
        if runner.run(None, [uv, "venv", *options, str(runner.venv)]).ok:
            return
    if "No module named venv" in made.output:
        raise Trouble(NO_VENV)
    raise failure(runner, made)


def install(runner: Runner, requirements: Iterable[str]) -> None:
    """Install what the requirements files name: from wheels/ where it is filled, else online."""
    files = [word for name in requirements for word in ("-r", name)]
    wheels = wheels_beside(runner.kit)
    if wheels:
        outcome = _install_from(runner, files, ["--no-index", "--find-links", str(wheels)])
        if outcome.ok:
            return
        if recognise(outcome.output) == FULL:
            raise failure(runner, outcome)
        print("wheels/ lacks something for this computer: asking the network.", file=sys.stderr)
    outcome = _install_from(runner, files, ["--find-links", str(wheels)] if wheels else [])
    if not outcome.ok:
        raise failure(runner, outcome)


def wheels_beside(kit: Path) -> Path | None:
    """Return the folder wheels/ where it holds wheels, else None."""
    wheels = kit / "wheels"
    return wheels if any(wheels.glob("*.whl")) else None


def failure(runner: Runner, outcome: Outcome) -> Trouble:
    """Return the one line for an installer that failed."""
    kind = recognise(outcome.output)
    if kind != FULL and shutil.disk_usage(runner.kit).free < 5_000_000:
        kind = FULL
    last = outcome.last_line[:200]
    return Trouble(explain(kind, folder=str(runner.kit), log=str(runner.log), last_line=last))


def uv_command(runner: Runner, source: list[str]) -> tuple[list[str] | None, Outcome]:
    """Return uv, fetched into the environment where the computer has none, or None."""
    if uv := shutil.which("uv"):
        return [uv], Outcome(True, "")
    own = Path(python_in(str(runner.venv))).with_name("uv" + Path(python_in("")).suffix)
    pip = pip_command(runner)
    if not own.is_file():
        fetched = runner.run("Fetching the installer", [*pip, "install", "-q", *source, UV])
        if not fetched.ok:
            return None, fetched
    runner.settings |= settings_for_uv(runner.run(None, [*pip, "config", "list"]).output)
    return [str(own)], Outcome(True, "")


def settings_for_uv(pip_config: str) -> dict[str, str]:
    """Translate the output of `pip config list` into the variables that uv reads.

    >>> settings_for_uv("global.index-url='file:///mirror'")["UV_DEFAULT_INDEX"]
    'file:///mirror'
    """
    settings: dict[str, str] = {}
    for line in sorted(pip_config.splitlines(), key=lambda line: line.startswith(":env:")):
        key, equals, value = line.partition("=")
        for variable in PIP_TO_UV.get(key.rpartition(".")[2], ()) if equals else ():
            settings[variable] = str(ast.literal_eval(value))
    return settings


def pip_command(runner: Runner) -> list[str]:
    """Return a pip that installs into the environment, from wherever one can be had."""
    python = python_in(str(runner.venv))
    own = [python, "-m", "pip"]
    if runner.run(None, [*own, "--version"]).ok:
        return own
    for wheel in sorted((runner.kit / "wheels").glob("pip-*.whl"), reverse=True):
        return [python, f"{wheel}/pip"]
    if runner.run("Fetching pip", [python, "-m", "ensurepip"]).ok:
        return own
    theirs = [base_python(), "-m", "pip", "--python", python]
    if runner.run(None, [*theirs, "--version"]).ok:
        return theirs
    raise Trouble(NO_PIP)


def _install_from(runner: Runner, files: list[str], source: list[str]) -> Outcome:
    doing = "Installing the packages"
    doing += " from wheels/" if "--no-index" in source else ""
    uv, outcome = uv_command(runner, source)
    if uv:
        options = ["--python", python_in(str(runner.venv)), "--compile-bytecode"]
        outcome = runner.run(doing, [*uv, "pip", "install", *options, *source, *files, "pip"])
        stop = {FULL, NO_WHEEL} if "--no-index" in source else {FULL}
        if outcome.ok or recognise(outcome.output) in stop:
            return outcome
    elif recognise(outcome.output) in {FULL, NETWORK}:
        return outcome
    # pip knows mirrors and proxies of this computer that uv does not, and needs no binary.
    again = runner.run(f"{doing}, with pip", [*pip_command(runner), "install", *source, *files])
    return again if again.ok or not outcome.output else Outcome(False, outcome.output + again.output)
