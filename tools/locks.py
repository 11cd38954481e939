"""Makes requirements.txt and requirements/*.txt from pyproject.toml.

One lock serves Linux, macOS and Windows from Python 3.11 on. It carries no hashes, because pip
refuses the kit itself (`-e .`) beside hashes, and no address of a package index.
"""

import re
import sys
import tempfile
import tomllib
from pathlib import Path

from tools.environment import EXTRAS
from tools.installers import uv_command
from tools.runner import Runner
from tools.trouble import Trouble

HEADER = "# Made from pyproject.toml by: python3 start.py lock\n"

# Held back, because later ones have no wheel for a system that the kit serves.
HELD = ["argon2-cffi-bindings<26"]  # macOS on Intel


def renew(kit: Path, *, upgrade: bool = False) -> None:
    """Write the lock files; without `upgrade`, versions stay where they still fit."""
    runner = Runner(kit, kit / ".venv")
    with tempfile.TemporaryDirectory() as folder:
        held = Path(folder) / "held.txt"
        held.write_text("\n".join(HELD), encoding="utf-8")
        base = Path(folder) / "base.txt"
        base.write_text(pins(kit / "requirements.txt"), encoding="utf-8")
        compile_lock(runner, "pyproject.toml", base, "-c", str(held), upgrade=upgrade)
        base.write_text(re.sub(r", -c \S+", "", base.read_text("utf-8")), encoding="utf-8")
        write(kit / "requirements.txt", base.read_text("utf-8") + "-e .\n")
        for extra in EXTRAS:
            own = kit / f"requirements/{extra}.txt"
            draft = Path(folder) / f"{extra}.txt"
            draft.write_text(base.read_text("utf-8") + pins(own), encoding="utf-8")
            options = ["--extra", extra, "-c", str(base), "--no-annotate"]
            compile_lock(runner, "pyproject.toml", draft, *options, upgrade=upgrade)
            write(own, without(draft, base))
        build = Path(folder) / "build.in"
        project = tomllib.loads((kit / "pyproject.toml").read_text("utf-8"))
        build.write_text("\n".join([*project["build-system"]["requires"], "editables"]))
        draft = Path(folder) / "build.txt"
        compile_lock(runner, str(build), draft, "--no-annotate", "-c", str(base))
        write(kit / "requirements/build.txt", draft.read_text("utf-8"))


def compile_lock(runner: Runner, source: str, target: Path, *options: str, upgrade: bool = False) -> None:
    """Resolve one set of requirements for all systems."""
    uv, outcome = uv_command(runner, [])
    if uv:
        fixed = ["--universal", "--python-version", "3.11", "--annotation-style", "line"]
        fixed += ["--no-header", "--no-emit-index-url", "--no-emit-find-links", "-q"]
        fixed += ["--upgrade"] if upgrade else []
        command = [*uv, "pip", "compile", source, "-o", str(target), *fixed, *options]
        outcome = runner.run(f"Locking {target.stem}", command)
    if not outcome.ok:
        raise Trouble(f"The lock could not be made: {outcome.last_line} (see {runner.log})")


def pins(path: Path) -> str:
    """Return the pinned lines of a lock file, to be kept where they still fit."""
    if not path.exists():
        return ""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "".join(f"{line}\n" for line in lines if "==" in line)


def without(lock: Path, base: Path) -> str:
    """Return the lines of a lock file whose requirement the base does not have already."""
    known = {requirement(line) for line in base.read_text("utf-8").splitlines()}
    lines = lock.read_text("utf-8").splitlines()
    return "".join(f"{line}\n" for line in lines if requirement(line) not in known)


def requirement(line: str) -> str:
    """Return a line of a lock file without its comment."""
    return line.partition("#")[0].strip()


def write(path: Path, content: str) -> None:
    """Write a lock file under its header, and refuse one that names an index."""
    if "://" in content:
        raise Trouble(f"{path.name} would contain an address; nothing was written.")
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEADER + content, encoding="utf-8", newline="\n")
    print(f"  {path.name}: {len(content.splitlines())} lines", file=sys.stderr)
