"""The house: imports run one way, public names are documented, the version is one, the wheel is whole."""

from __future__ import annotations

import ast
import doctest
import importlib
import os
import pkgutil
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

import reviewkit as rk

# From the ground up: a module may import from its own floor and those below.
FLOORS = [
    {"errors", "schema", "_paths", "spans", "splitting", "cues", "cue_index", "cue_rows"},
    {"people", "pages", "works", "rulebook"},
    {"tables", "files", "handling", "scoring", "labels", "corpus", "kept", "citing", "knowing", "looks"},
    {"readings"},
    {"drafting", "own_tables", "showing", "veiling", "marks", "weighing"},
    {"comparisons", "evaluating"},
    {"charts"},
    {"portfolios"},
    {"widgets"},
    {"demonstrations", "exercises"},
    {"handing_out", "printing"},
    {"grading"},
    {"commands", "__main__"},
]


def modules() -> list[str]:
    return sorted(
        m.name for m in pkgutil.walk_packages(rk.__path__, "reviewkit.") if m.name != "reviewkit.__main__"
    )


def test_imports_run_one_way():
    floor = {name: level for level, names in enumerate(FLOORS) for name in names}
    for path in (ROOT / "reviewkit").rglob("*.py"):
        parts = path.relative_to(ROOT / "reviewkit").with_suffix("").parts
        if parts[0] == "__init__":
            continue
        assert parts[0] in floor, f"{parts[0]} has no floor: put it into FLOORS"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == len(parts):
                named = [node.module.split(".")[0]] if node.module else [alias.name for alias in node.names]
                for name in named:
                    assert floor.get(name, 0) <= floor[parts[0]], f"{path.name} imports {name} from above"


def test_no_module_takes_a_public_name():
    names = {m.name for m in pkgutil.iter_modules(rk.__path__)}
    assert names & set(rk.__all__) == set()


@pytest.mark.parametrize("name", rk.__all__)
def test_each_public_name_is_there_and_documented(name):
    value = getattr(rk, name)
    assert name == "TABLES" or (value.__doc__ or "").strip()


def test_an_unknown_name_lists_the_known():
    with pytest.raises(AttributeError, match="reviewkit has no 'Readingpane'. Did you mean rk.ReadingPane?"):
        rk.Readingpane  # noqa: B018
    with pytest.raises(AttributeError, match="reviewkit has no 'xyz'. It has: read_page, "):
        rk.xyz  # noqa: B018


@pytest.mark.parametrize("name", modules())
def test_examples_in_docstrings(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    module = importlib.import_module(name)
    assert doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE).failed == 0


def test_the_version_is_one():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == rk.__version__
    assert f"## {rk.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_import_brings_nothing_heavy():
    heavy = ("pandas", "numpy", "anywidget", "nupunkt")
    code = f"import sys, reviewkit; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_the_wheel_carries_data_and_works_elsewhere(tmp_path):
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "elsewhere with a space"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    code = (
        "import reviewkit as rk; corpus = rk.load('never-let-me-go'); pane = rk.ReadingPane(corpus); "
        "print(rk.__file__, len(corpus.reviews), len(corpus.sentences) > 100, len(str(pane._esm)) > 1000)"
    )
    home = {"REVIEWKIT_HOME": str(tmp_path / "home"), "PYTHONPATH": str(site)}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | home,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-3:] == ["30", "True", "True"]
    assert str(site) in done.stdout
    assert Path(done.stdout.strip().removesuffix(" 30 True True")).is_relative_to(site)


def test_the_readme_example_runs(monkeypatch):
    monkeypatch.chdir(ROOT / "data" / "never-let-me-go")
    (example,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    exec(compile(example, "README.md", "exec"), {})


def test_links_in_documents_resolve():
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "data").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"
