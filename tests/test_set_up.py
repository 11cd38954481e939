"""Setting up for real: from a stick, without a network, on a full disk, and after being killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from kits import POSIX, copy_kit, cut_off, one_line, start

from tools import environment, installers


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheels for this computer, as `start.py bundle --this` fetches them."""
    folder = tmp_path_factory.mktemp("stick") / "wheels"
    command = [sys.executable, "-P", str(ROOT / "tools/bundle.py"), "--this", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode and not os.environ.get("CI"):
        pytest.skip(f"the wheels could not be fetched: {done.stderr.splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def from_stick(stick: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit in a folder with a space and accents, set up from the stick with the network cut."""
    kit = copy_kit(tmp_path_factory.mktemp("pupils") / "Zoë’s kit, leçon 1")
    shutil.copytree(stick, kit / "wheels")
    done = start(kit, "reviewkit", "--version")
    assert done.returncode == 0, done.stderr
    assert "from wheels/" in done.stderr
    assert "asking the network" not in done.stderr
    assert one_line(done.stdout).endswith(version())
    return kit


def version() -> str:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return text.partition('\nversion = "')[2].partition('"')[0]


@pytest.mark.slow
def test_no_network_at_first_run_is_one_line_with_the_remedy(tmp_path: Path) -> None:
    kit = copy_kit(tmp_path / "kit")
    done = start(kit, "reviewkit")
    assert done.returncode == 1
    assert done.stdout == ""
    last = done.stderr.strip().splitlines()[-1]
    assert "no connection to the package index" in last
    assert "Connect to the internet for the first start, or set up from a USB stick" in last
    assert "Traceback" not in done.stderr
    assert str(kit / ".venv/set-up.log") in last
    assert (kit / ".venv/set-up.log").stat().st_size > 0
    assert environment.read_stamp(kit / ".venv")["state"] == "incomplete"


@pytest.mark.slow
def test_set_up_from_a_stick_is_whole_and_quiet(from_stick: Path) -> None:
    assert environment.is_ready(from_stick)
    done = start(from_stick, "reviewkit", "--version")
    assert (done.returncode, done.stderr) == (0, "")
    wrong = start(from_stick, "reviewkit", "no-such-command")
    assert wrong.returncode not in {0, 1}


@pytest.mark.slow
def test_jupyterlab_asks_nothing_about_news(from_stick: Path) -> None:
    settings = from_stick / ".venv/share/jupyter/lab/settings/overrides.json"
    chosen = json.loads(settings.read_text(encoding="utf-8"))
    assert chosen["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


@pytest.mark.slow
def test_python_finds_compiled_packages(from_stick: Path) -> None:
    assert list((from_stick / ".venv").rglob("pandas/__pycache__/__init__.*.pyc"))


@pytest.mark.slow
@POSIX
def test_a_full_disk_is_one_line_and_room_is_given_back(stick: Path, mounted: Callable[[str], Path]) -> None:
    kit = copy_kit(mounted("90m") / "kit")
    (kit / "wheels").symlink_to(stick)
    done = start(kit, "reviewkit", HOME=str(stick.parent), XDG_CACHE_HOME=str(stick.parent / "cache"))
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("The disk is full; setting up needs about")
    assert "Traceback" not in done.stderr
    assert shutil.disk_usage(kit).free > 50_000_000


@pytest.mark.slow
@POSIX
def test_a_killed_set_up_is_found_and_repaired(stick: Path, tmp_path: Path) -> None:
    kit = copy_kit(tmp_path / "kit")
    (kit / "wheels").symlink_to(stick)
    command = [installers.base_python(), str(kit / "start.py"), "reviewkit", "--version"]
    process = subprocess.Popen(
        command, env=cut_off(kit), start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    deadline = time.monotonic() + 120
    while not list((kit / ".venv").glob("lib/*/site-packages/jupyter*")):
        assert process.poll() is None, "the set-up ended before it was killed"
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert environment.read_stamp(kit / ".venv")["state"] == "incomplete"
    again = start(kit, "reviewkit", "--version")
    assert again.returncode == 0, again.stderr
    assert "unfinished or moved: making it anew" in again.stderr
    assert environment.is_ready(kit)

    moved = kit.rename(tmp_path / "kit moved")
    after = start(moved, "reviewkit", "--version")
    assert after.returncode == 0, after.stderr
    assert "making it anew" in after.stderr
    assert one_line(after.stdout).endswith(version())
