"""Copies of the kit to set up, started with a home of their own and the network cut."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT

from tools import installers

PARTS = ("start.py", "tools", "pyproject.toml", "requirements.txt", "requirements", "reviewkit", "data")
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and mounts of Linux and macOS")


def copy_kit(target: Path) -> Path:
    """Copy what a set-up needs, and nothing that an earlier one left."""
    target.mkdir(parents=True, exist_ok=True)
    for name in [*PARTS, *(path.name for path in ROOT.glob("*.md")), "LICENSE"]:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            shutil.copy(source, target / name)
    return target


def start(kit: Path, *args: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run start.py with a home of its own and a package index that no one answers at."""
    return subprocess.run(
        [installers.base_python(), str(kit / "start.py"), *args],
        env=cut_off(kit) | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def cut_off(kit: Path) -> dict[str, str]:
    """Return variables under which neither pip nor uv finds an index, a cache or settings."""
    home = kit.parent / "home"
    home.mkdir(exist_ok=True)
    nobody = "http://127.0.0.1:9/simple"
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "UV_", "JUPYTERHUB_", "COV_", "PYTEST_"))
    }
    return clean | {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": nobody,
        "UV_DEFAULT_INDEX": nobody,
        "UV_NO_CONFIG": "1",
    }


def one_line(text: str) -> str:
    """Return the only line there is."""
    assert "Traceback" not in text
    lines = text.strip().splitlines()
    assert len(lines) == 1, text
    return lines[0]
