"""Write the exercises from their sources: notebooks for students, with solutions, and the sets as data.

For each set in `exercises/source/`: practice on the kit's own page and an assessment on its second one. With
--page, a fresh assessment of every set from another labelled page: what the class gets goes to DIR, the keys
and solutions to DIR/held-out.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import reviewkit as rk
from reviewkit import _paths
from reviewkit.exercises.tasks import Task, as_sheet, sheet_of

KIT = Path(__file__).resolve().parent.parent
PRACTICE, ASSESSMENT = "never-let-me-go", "the-great-gatsby"
_LARGEST = 12  # lines of a cell


def sources() -> list[str]:
    """The names of the sets that there are sources of."""
    return sorted(p.name for p in (KIT / "exercises" / "source").iterdir() if (p / "__init__.py").is_file())


def load_source(name: str) -> ModuleType:
    """The source of a set."""
    if str(KIT) not in sys.path:
        sys.path.insert(0, str(KIT))
    return import_module(f"exercises.source.{name}")


def tasks_of(name: str, corpus: rk.Corpus) -> list[Task]:
    """The tasks of a set on a page, without those that the page is not fit for."""
    return [task for task in load_source(name).tasks(corpus) if task is not None]


def build(kit: Path) -> list[Path]:
    """Write all that is shipped, below `kit`; gives the files."""
    written = []
    for name in sources():
        for page, use in ((PRACTICE, "practice"), (ASSESSMENT, "assessment")):
            written += [write(kit / place, text) for place, text in files(name, rk.load(page), use)]
    return written


def files(name: str, corpus: rk.Corpus, use: str, identity: str = "pseudonym") -> Iterator[tuple[str, str]]:
    """Every file of a set on a page: where it goes in the kit, and its text."""
    source, tasks = load_source(name), tasks_of(name, corpus)
    key = as_sheet(name, source.TITLE, source.LESSON, corpus, use, tasks, identity)
    page = corpus.page.name
    student, solved = (notebook(source, key, tasks, corpus, solved=s) for s in (False, True))
    if use == "practice":
        stem = source.LESSON.replace(source.LESSON[:2], name, 1)
        yield f"reviewkit/exercises/sets/{name}.json", as_json(key)
        yield f"exercises/{stem}.ipynb", as_json(student)
        yield f"exercises/solutions/{stem}.ipynb", as_json(solved)
    else:
        yield f"exercises/assessment/{name}_{page}.ipynb", as_json(student)
        yield f"exercises/sheets/{name}.{page}.json", as_json(sheet_of(key))
        yield f"exercises/held-out/{name}.{page}.json", as_json(key)
        yield f"exercises/held-out/{name}_{page}_solutions.ipynb", as_json(solved)


def fresh(corpus: rk.Corpus, to: Path, identity: str) -> list[Path]:
    """A fresh assessment of every set from a labelled page, with a copy of the page for the class."""
    written = []
    for name in sources():
        left = load_source(name).tasks(corpus)
        if gone := sum(task is None for task in left):
            print(
                f"{name}: {gone} of {len(left)} tasks do not fit this page, and are left out.",
                file=sys.stderr,
            )
        for place, text in files(name, corpus, "assessment", identity):
            path = Path(place).relative_to("exercises")
            path = path.relative_to("assessment") if path.parts[0] == "assessment" else path
            written.append(write(to / path, text))
    return written


def write(path: Path, text: str) -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def as_json(data: Any) -> str:
    """JSON whose differences can be read."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def notebook(
    source: ModuleType, key: dict[str, Any], tasks: list[Task], corpus: rk.Corpus, *, solved: bool
) -> dict[str, Any]:
    """A set as a notebook: for a student, or with the answers."""
    name, practice = key["set"], key["use"] == "practice"
    cells = [_header(source, key, tasks, corpus, solved=solved), _start(key, corpus)]
    for number, task in enumerate(tasks, 1):
        cells += _cells(name, number, task, practice=practice, solved=solved)
    cells += _end(name, practice=practice)
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    about = {"set": name, "page": key["page"], "use": key["use"]}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}, "reviewkit": about}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _header(
    source: ModuleType, key: dict[str, Any], tasks: list[Task], corpus: rk.Corpus, *, solved: bool
) -> dict[str, Any]:
    practice = key["use"] == "practice"
    number, points = key["set"][2:], sum(task.points for task in tasks)
    up = "../.." if solved or not practice else ".."
    without = sum(not task.python for task in tasks)
    objectives = ",\n".join(f"- {each}" for each in source.OBJECTIVES)
    told = "solutions" if solved else "practice" if practice else "assessment"
    invented = " The reviews were invented for this kit." if corpus.invented else ""
    how = (
        "Each task has a cell for your answer and a cell that checks it. Where the answer's cell shows a "
        "card, answer "
        "there; where it holds code, put your answer in the place of the dots. Then run the cell below it: "
        "it says "
        "what is right, what is missing, and what may lie behind an answer, and has three hints folded "
        "away. Try as "
        "often as you like; what you answered is kept in `my_work/`."
        if practice
        else "Each task has a cell for your answer and a cell that keeps it. Where the answer's cell shows "
        "a card, "
        "answer there; where it holds code, put your answer in the place of the dots. Then run the cell "
        "below it: it "
        "says how your answer was understood. Whether it is right you learn when it has been marked."
    )
    return _markdown(
        f"{key['set']}-header",
        f"# Exercises {number}: {source.TITLE} ({told})\n\n"
        f"**For:** those who have worked through [{number} "
        f"{source.TITLE}]({up}/notebooks/{source.LESSON}.ipynb)\\\n"
        f"**Time:** {source.MINUTES}\\\n"
        f"**You need:** that lesson; {without} of the {len(tasks)} tasks take no Python, the others no "
        "more than it taught\\\n"
        f"**Points:** {points}\n\n**Here you practise to**\n\n{objectives}.\n\n"
        f"The page is *{corpus.title}*.{invented} {source.CONTENT}\n\n{how}",
    )


def _start(key: dict[str, Any], corpus: rk.Corpus) -> dict[str, Any]:
    page = "" if key["use"] == "practice" else f', "{key["page"]}"'
    own = corpus.name if (_paths.data() / corpus.page.name).is_dir() else _file(corpus).name
    code = f'import reviewkit as rk\n\nex = rk.exercise("{key["set"]}"{page})\ncorpus = rk.load("{own}")'
    return _code(f"{key['set']}-start", code)


def _file(corpus: rk.Corpus) -> Path:
    """The file of a page, under the name that a class finds it by in my_pages/."""
    shipped = next((_paths.data() / corpus.name).glob("page.*"), None)
    own = next(_paths.pages().glob(f"{corpus.page.name}.*"), None)
    suffix = (shipped or own or Path("page.txt")).suffix
    return _paths.pages() / f"{corpus.page.name}{suffix}"


def _cells(name: str, number: int, task: Task, *, practice: bool, solved: bool) -> Iterator[dict[str, Any]]:
    """The cells of a task."""
    cell, variable = f"{name}-{task.id}", task.variable
    counted = f"{task.points} point{'s' if task.points != 1 else ''}"
    manual = task.kind == "open"
    statement = f"## {number}. {task.title} ({counted})\n\n{task.statement}"
    yield _markdown(f"{cell}-task", statement, grade={"task": True, "points": task.points} if manual else {})
    if task.before:
        yield _code(f"{cell}-read", task.before)
    answer = task.answer if solved else task.starter
    yield _code(f"{cell}-answer", f"# {cell}: your answer\n{answer}", free=True)
    check = f'ex.check("{task.id}", {variable})'
    yield _code(cell, check, grade={} if manual else {"grade": True, "points": task.points})
    if manual and practice:
        yield _code(f"{cell}-own", f'ex.assess("{task.id}")', free=True)
    if solved and task.solution:
        yield _markdown(f"{cell}-solution", f"**Why.**\n\n{task.solution}")


def _end(name: str, *, practice: bool) -> Iterator[dict[str, Any]]:
    told = "what is done, and what to reread" if practice else "what is answered"
    yield _markdown(f"{name}-progress-text", f"## How it stands\n\nRun this at any time: it says {told}.")
    yield _code(f"{name}-progress", "ex.progress()", free=True)
    yield _markdown(
        f"{name}-submit-text",
        "## Handing in\n\nSave the notebook (Ctrl+S, on a Mac Cmd+S), then run this. It makes one file "
        "with everything "
        "in it. It carries your pseudonym; if your teacher wants names, write yours between the brackets, in "
        'quotation marks: `ex.submit("Your Name")`.',
    )
    yield _code(f"{name}-submit", "ex.submit()", free=True)


def _markdown(name: str, text: str, *, grade: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "cell_type": "markdown",
        "id": name,
        "metadata": _nbgrader(name, grade or {}),
        "source": _lines(text),
    }


def _code(name: str, text: str, *, grade: dict[str, Any] | None = None, free: bool = False) -> dict[str, Any]:
    assert text.count("\n") < _LARGEST, f"{name} is longer than {_LARGEST} lines"
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": _nbgrader(name, grade or {}, free=free),
        "outputs": [],
        "source": _lines(text),
    }


def _nbgrader(name: str, grade: dict[str, Any], *, free: bool = False) -> dict[str, Any]:
    """What nbgrader reads of a cell: whether it is locked, and what it is worth."""
    plain = {
        "grade": False,
        "grade_id": name,
        "locked": not free,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    return {"nbgrader": {**plain, **grade}}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def main(arguments: list[str] | None = None) -> int:
    """Write the exercises, and say what was written."""
    parser = argparse.ArgumentParser(prog="start.py exercises", description=__doc__.split("\n")[0])
    parser.add_argument("--page", metavar="NAME", help="another labelled page, for a fresh assessment")
    parser.add_argument("--to", type=Path, metavar="DIR", help="where the fresh assessment goes")
    parser.add_argument("--names", action="store_true", help="ask for names in place of pseudonyms")
    options = parser.parse_args(arguments)
    if not options.page:
        for path in build(KIT):
            print(path.relative_to(KIT))
        return 0
    if not options.to:
        parser.error("--page needs --to DIR")
    try:
        corpus = rk.load(options.page)
    except rk.ReviewkitError as trouble:
        parser.error(str(trouble))
    if not corpus.labels:
        parser.error(f"{options.page} has no labels; a fresh assessment needs a page with a key")
    for path in fresh(corpus, options.to, "name" if options.names else "pseudonym"):
        print(path)
    page = next((p for p in (_paths.data() / corpus.name).glob("page.*")), None)
    if page is not None and corpus.invented and corpus.name != corpus.page.name:
        copied = options.to / "my_pages" / f"{corpus.page.name}{page.suffix}"
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, copied)
        print(copied)
    print("The folder held-out/ is yours; the rest is for the class.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
