"""Fills a folder with wheels, so that computers can be set up without a network.

Runs inside the kit's environment. A lock says with markers which package goes to which system;
`pip download --platform` would judge them by the computer it runs on, so they are judged here,
for each system and Python in turn.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging import tags
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

KIT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# Beside the lock: what installs, and what puts the kit's own folder into the environment.
TOOLS = ("pip", "uv>=0.5")
COMMON_MB, EACH_MB = 60, 33  # measured: what all systems share, and what each adds


@dataclass(frozen=True)
class Target:
    """A kind of computer and a Python; without a system it is the one this runs on."""

    name: str
    python: str
    system: str = ""
    machine: str = ""
    platforms: tuple[str, ...] = ()

    def environments(self) -> list[dict[str, str]]:
        """Return the values of markers, for the first and the last patch of this Python."""
        if not self.system:
            return [{name: str(value) for name, value in default_environment().items()}]
        windows = self.system == "Windows"
        names = {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}
        fixed = {
            "os_name": "nt" if windows else "posix",
            "sys_platform": names[self.system],
            "platform_system": self.system,
            "platform_machine": self.machine,
            "platform_python_implementation": "CPython",
            "implementation_name": "cpython",
            "implementation_version": self.python + ".0",
            "python_version": self.python,
            "extra": "",
        }
        return [fixed | {"python_full_version": f"{self.python}.{patch}"} for patch in (0, 99)]

    def tags(self) -> frozenset[tags.Tag]:
        """Return the tags of the wheels that this kind of computer can install."""
        if not self.system:
            return frozenset(tags.sys_tags())
        major, minor = (int(part) for part in self.python.split("."))
        interpreter = f"cp{major}{minor}"
        own = tags.cpython_tags((major, minor), platforms=self.platforms)
        common = tags.compatible_tags((major, minor), interpreter, platforms=self.platforms)
        return frozenset([*own, *common])

    def pip_options(self) -> list[str]:
        """Return what tells pip to fetch for this kind of computer."""
        if not self.system:
            return []
        platforms = [f"--platform={platform}" for platform in self.platforms]
        return [*platforms, f"--python-version={self.python}", "--implementation=cp"]


def all_targets() -> list[Target]:
    """Return the usual kinds of laptop, with each Python that the kit supports."""
    manylinux = [f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)]
    manylinux += ["manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"]
    kinds = [
        ("Windows", "Windows", "AMD64", ["win_amd64"]),
        ("macOS (Apple)", "Darwin", "arm64", [*tags.mac_platforms((12, 0), "arm64")]),
        ("macOS (Intel)", "Darwin", "x86_64", [*tags.mac_platforms((12, 0), "x86_64")]),
        ("Linux", "Linux", "x86_64", [*manylinux, "linux_x86_64"]),
    ]
    return [
        Target(name, python, system, machine, tuple(platforms))
        for name, system, machine, platforms in kinds
        for python in PYTHONS
    ]


def requirements(kit: Path) -> list[Requirement]:
    """Return everything that a set-up installs, as the locks name it."""
    files = [kit / "requirements.txt", kit / "requirements" / "build.txt"]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    stated = [line.partition("#")[0].strip() for line in lines if not line.startswith("-e")]
    return [Requirement(line) for line in [*filter(None, stated), *TOOLS]]


def needed(environment: dict[str, str], stated: Iterable[Requirement]) -> list[str]:
    """Return the requirements that hold where the markers have these values."""
    chosen = [
        f"{requirement.name}{requirement.specifier}"
        for requirement in stated
        if requirement.marker is None or requirement.marker.evaluate(environment)
    ]
    return list(dict.fromkeys(chosen))


def missing(target: Target, wanted: Iterable[str], folder: Path) -> Iterator[str]:
    """Yield the requirements that no wheel in the folder meets for this kind of computer."""
    accepted = target.tags()
    there = [parse_wheel_filename(path.name) for path in folder.glob("*.whl")]
    fitting = [(name, version) for name, version, _, kinds in there if kinds & accepted]
    for line in wanted:
        requirement = Requirement(line)
        name = canonicalize_name(requirement.name)
        if not any(name == own and version in requirement.specifier for own, version in fitting):
            yield line


def download(target: Target, wanted: list[str], folder: Path) -> str:
    """Fetch wheels for one kind of computer; return pip's words where it failed, else nothing."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:"]
    command += ["--ignore-requires-python", "--dest", str(folder), *target.pip_options()]
    command += ["--progress-bar=off", "--disable-pip-version-check"]
    done = subprocess.run([*command, *wanted], capture_output=True, text=True)
    return done.stderr if done.returncode else ""


def fetch(target: Target, wanted: list[str], folder: Path) -> list[str]:
    """Fetch wheels all at once, else one by one; return those that could not be had."""
    words = download(target, wanted, folder) if wanted else ""
    if not words:
        return []
    if "No matching distribution" not in words and "Could not find a version" not in words:
        raise SystemExit("Fetching stopped: " + words.strip().splitlines()[-1])
    return [line for line in missing(target, wanted, folder) if download(target, [line], folder)]


def fill(folder: Path, targets: list[Target]) -> dict[str, list[str]]:
    """Fetch what is missing for each target; return what could not be had, by target."""
    stated = requirements(KIT)
    failed: dict[str, list[str]] = {}
    for number, target in enumerate(targets, 1):
        label = f"{target.name}, Python {target.python}"
        say(f"[{number}/{len(targets)}] {label}")
        for environment in target.environments():
            wanted = list(missing(target, needed(environment, stated), folder))
            if lines := fetch(target, wanted, folder):
                failed[label] = lines
        say(f"    {megabytes(folder):.0f} MB so far")
    return failed


def megabytes(folder: Path) -> float:
    """Return the size of the wheels in a folder."""
    return sum(path.stat().st_size for path in folder.glob("*.whl")) / 1e6


def say(line: str) -> None:
    """Print a line at once."""
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    """Fill the folder and say what to do with it."""
    parser = argparse.ArgumentParser(prog="start.py bundle", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=KIT / "wheels")
    parser.add_argument("--this", action="store_true", help="only this computer and this Python")
    options = parser.parse_args()
    own = Target("this computer", f"{sys.version_info.major}.{sys.version_info.minor}")
    targets = [own] if options.this else all_targets()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    say(f"Fetching about {COMMON_MB + EACH_MB * len(targets)} MB of wheels into {folder}")
    failed = fill(folder, targets)
    for label, lines in failed.items():
        say(f"Not to be had for {label}: {', '.join(lines)}. Such a computer needs the network.")
    count = len(list(folder.glob("*.whl")))
    say(f"Done: {count} wheels, {megabytes(folder):.0f} MB. Copy the kit's folder to the USB stick,")
    say("without .venv, with these wheels in a folder wheels beside start.py (docs/set-up.md).")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
