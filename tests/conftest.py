"""What all tests share: a home of their own, the collected page where it is at hand, and a cut network."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COLLECTED = ROOT.parent / "shared" / "pages" / "never-let-me-go-2016.txt"

# Before anything of the kit is imported: tests never touch a student's own files.
os.environ["REVIEWKIT_HOME"] = tempfile.mkdtemp(prefix="reviewkit-tests-")


@pytest.fixture(scope="session")
def collected() -> Path:
    """The collected page of 2016, which is never part of the project."""
    if not COLLECTED.is_file():
        pytest.skip("the collected page is not at hand (it belongs to its writers and is not shipped)")
    return COLLECTED


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to reach another machine fails the test."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError(f"the network was asked for: {args[1:]}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mount a small disk of its own, where the system lets us."""
    place = tmp_path / "disk"

    def mount(size: str) -> Path:
        place.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
        if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("a small disk can only be mounted by root")
        return place

    yield mount
    if place.exists():
        subprocess.run(["umount", "-l", str(place)], capture_output=True)
