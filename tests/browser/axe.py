"""axe-core, asked about our elements only; a contrast that it cannot decide on is measured on the screen."""

from __future__ import annotations

import base64
import shutil
import subprocess
import tarfile
from pathlib import Path

from .lab import missing

AXE = "axe-core@4.14"
CHECKS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
BARE = """
*, *::before, *::after { -webkit-text-fill-color: transparent !important; text-shadow: none !important;
    text-decoration-color: transparent !important; caret-color: transparent !important; }
* { transition: none !important; }
svg text { fill: transparent !important; }
"""


def axe_source(folder: Path) -> str:
    """The source of axe-core, fetched from npm once and kept in pytest's cache."""
    script = folder / f"{AXE.replace('@', '-')}.js"
    if not script.is_file():
        npm = shutil.which("npm")
        if npm is None:
            missing("npm is needed once, to fetch axe-core")
        command = [npm, "pack", AXE, "--silent", "--pack-destination", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        if done.returncode:
            missing(f"axe-core could not be fetched from npm: {done.stderr.strip()[-200:]}")
        packed = folder / done.stdout.strip().splitlines()[-1]
        with tarfile.open(packed) as archive:
            member = archive.extractfile("package/axe.min.js")
            assert member is not None
            script.write_bytes(member.read())
        packed.unlink()
    return script.read_text(encoding="utf-8")


def axe(page, source: str, root: str = ".rk") -> tuple[list[str], list[str]]:
    """What is wrong in our elements, and what neither axe-core nor the screen could decide.

    Where axe-core gives up on a contrast, the ground is photographed without its letters: 4.5 to 1 is asked,
    of large letters 3 to 1. In forced colours nothing is measured.
    """
    page.evaluate(source)
    page.evaluate(CHECKS)
    page.wait_for_function(  # transitions of a theme would be measured half-way
        "() => document.getAnimations().every((a) => a.playState !== 'running')", timeout=10_000
    )
    found = page.evaluate("(root) => checks.run(root)", root)
    wrong, unsure = found["wrong"], found["unsure"]
    bare = page.add_style_tag(content=BARE) if found["open"] else None
    for each in found["open"]:
        least = contrast(page, page.locator(each["selector"]).first, each["colour"])
        if least is None:
            unsure.append(each["says"])
        elif least < (3 if each["large"] else 4.5):
            wrong.append(f"measured {least:.2f} to 1, {each['colour']}: {each['says']}")
    if bare:
        bare.evaluate("(style) => style.remove()")
    return wrong, unsure


def contrast(page, element, colour: str) -> float | None:
    """The least contrast of letters of this colour with what lies behind them; None where none is on show."""
    place = element.evaluate("(element) => checks.place(element)")
    if place is None:
        return None
    picture = base64.b64encode(page.screenshot(clip=place["clip"], scale="css")).decode()
    least: float | None = page.evaluate("(told) => checks.least(told)", [picture, colour, place["opacity"]])
    return least
