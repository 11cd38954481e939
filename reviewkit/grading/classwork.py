"""From a folder of what was handed in to grades, feedback and a page for the teacher: the whole way."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import __version__, kept
from ..errors import ReviewkitError
from ..exercises import load_key
from ..exercises.keys import held_out
from .attempts import Entry, entries, whose
from .classroom import class_page
from .confining import Confinement, Limits, probe, remains_open
from .feedback import feedback_page
from .handed import Handed, opened
from .naming import file_name
from .progress import Progress
from .running import Job, Runner
from .staging import stage
from .state import State
from .table import write_grades
from .teacher import apply, read_teacher, write_teacher
from .unpacking import files_in
from .worth import Marked, Plan, marked, plan, unmarked

__all__ = ["Graded", "grade"]

_Name = tuple[str, str]


@dataclass
class Graded:
    """What came of it: every submission with its marks, what was written, what the teacher should hear."""

    made: list[Marked]
    written: list[Path]
    again: int = 0
    """How many were marked now; the others were marked before."""
    troubles: list[str] = field(default_factory=list)


@dataclass
class _Keys:
    """The keys that are needed, looked for once each."""

    folder: Path | None
    page: str | None
    found: dict[_Name, dict[str, Any]] = field(default_factory=dict)
    missing: dict[tuple[str, str | None], str] = field(default_factory=dict)

    def of(self, set_id: str, page: str | None) -> dict[str, Any] | None:
        """The key of a set on a page; where no page is known, the one that the teacher names or has."""
        name = (set_id, page)
        if name in self.missing:
            return None
        if page is not None and (set_id, page) in self.found:
            return self.found[set_id, page]
        try:
            key = load_key(set_id, page or self._likely(set_id), self.folder)
        except ReviewkitError as trouble:
            self.missing[name] = str(trouble)
            return None
        return self.found.setdefault((key["set"], key["page"]), key)

    def _likely(self, set_id: str) -> str | None:
        if self.page:
            return self.page
        places = [self.folder] if self.folder else held_out()
        there = sorted(
            {
                p.name.split(".", 1)[1].removesuffix(".json")
                for f in places
                for p in f.glob(f"{set_id}.*.json")
            }
        )
        return there[0] if len(there) == 1 else None


def grade(
    submissions: Path | str,
    to: Path | str,
    *,
    keys: Path | str | None = None,
    page: str | None = None,
    again: bool = False,
    run: bool = True,
    for_excel: bool = False,
    limits: Limits | None = None,
    say: Callable[[str], None] | None = None,
    confinement: Confinement | None = None,
) -> Graded:
    """Mark what a class handed in; writes `grades.csv`, `feedback/`, `class.html` and what marking needs.

    `submissions` is a folder or a zip; `keys` the folder of held-out keys; `page` the page of notebooks
    that do not say theirs. `again` marks files anew that were marked before; `run=False` runs nobody's code.
    `say` hears what a teacher should know before it begins. Raises `ReviewkitError` where nothing can
    be marked.
    """
    source, folder = Path(submissions), Path(to)
    tell = say or (lambda text: print(text, file=sys.stderr))
    if folder.is_file():
        raise ReviewkitError(f"{str(folder)!r} is a file. Name a folder after --to.")
    if source.is_dir() and folder.resolve() == source.resolve():
        raise ReviewkitError("Grades do not go among what was handed in. Name another folder after --to.")
    known = _Keys(Path(keys) if keys else None, page)
    every = _all(source, folder)
    pairs = [(entry, known.of(entry.set, entry.page) if entry.counts else None) for entry in every]
    _heard(every, known, tell)
    state = State(folder, __version__)
    made: dict[int, Marked] = {}
    plans: dict[int, Plan] = {}
    for number, (entry, key) in enumerate(pairs):
        if entry.counts is None or key is None:
            why = known.missing.get((entry.set, entry.page), "")
            made[number] = unmarked(entry, f"Not marked: {why}" if why else "")
        elif not again and (before := state.of(entry, key)) is not None:
            made[number] = before
        else:
            plans[number] = _planned(entry, entry.counts, key, made, number)
    plans = {number: each for number, each in plans.items() if number not in made}
    how = (
        confinement
        if confinement is not None
        else (probe() if run and any(p.job for p in plans.values()) else Confinement(None, "not asked"))
    )
    said = _how_run(plans, how, run, tell)
    with _room(known, plans, run) as kit:
        hidden = [p.resolve() for p in (source, folder, *([known.folder] if known.folder else held_out()))]
        runner = Runner(kit, how, limits or Limits(), hidden) if kit else None
        for number, result in _each(plans, pairs, runner, tell):
            made[number] = result
            entry, key = pairs[number]
            assert key is not None
            state.keep(result, entry, key)
    done = [made[number] for number in range(len(pairs))]
    return _written(done, known.found, folder, said, for_excel, len(plans))


def _all(source: Path, folder: Path) -> list[Entry]:
    """Everything that was handed in; grades that lie within are no submissions."""
    handed: list[Handed] = []
    for file in files_in(source):
        if (source / file.label).resolve().is_relative_to(folder.resolve()):
            continue
        handed.append(opened(file))
    readable = [each for each in handed if not each.trouble]
    # A platform's own papers beside a submission are no submission; alone they are told of.
    whose(handed)
    owners = {each.id for each in readable}
    told = [
        e
        for e in handed
        if not e.trouble or e.trouble != "not a notebook" or (e.named and e.id not in owners)
    ]
    if not told:
        raise ReviewkitError(
            f"No notebook was found in {str(source)!r}. Name the folder or the zip with them."
        )
    return entries(told)


def _heard(every: list[Entry], known: _Keys, tell: Callable[[str], None]) -> None:
    """Say which keys are missing; nothing can be done where all are."""
    if not known.missing:
        return
    places = [known.folder] if known.folder else held_out()
    where = ", ".join(str(place) for place in places)
    for set_id, page in known.missing:
        file = f"{set_id}.{page or 'PAGE'}.json"
        count = sum((each.set, each.page) == (set_id, page) for each in every)
        tell(
            f"There is no key for {set_id} on {page or 'a page that is not said'} ({count} handed in): "
            f"{file} was looked for in {where}."
        )
    if not known.found:
        raise ReviewkitError(
            f"There is no key for anything that was handed in. Looked in: {where}. Name the folder that has "
            "the keys with --keys DIR; they are made by: python3 start.py exercises"
        )


def _planned(
    entry: Entry, handed: Handed, key: Mapping[str, Any], made: dict[int, Marked], number: int
) -> Plan:
    """A plan; what breaks even that is told of, and stops nobody else."""
    try:
        return plan(entry, handed, key)
    except Exception as trouble:
        made[number] = unmarked(entry, f"Not marked: it could not be taken apart ({type(trouble).__name__}).")
        return Plan({}, {}, {}, None)


def _how_run(plans: Mapping[int, Plan], how: Confinement, run: bool, tell: Callable[[str], None]) -> str:
    """Say, before anything begins, how notebooks are run and what remains open."""
    count = sum(each.job is not None for each in plans.values())
    what = "one notebook" if count == 1 else f"{count} notebooks"
    if not count:
        said = "Nothing had to be run: all answers were marked as data, or had been marked before."
    elif not run:
        said = f"No code was run, as was asked: of {what} only answers that are written out were marked."
    elif how:
        said = f"To run: {what}, each in a process of its own, confined by bubblewrap: "
        said += "no network, no other file."
    else:
        opens = "; ".join(remains_open(how))
        said = (
            f"To run: {what}, NOT CONFINED here: {how.why}. Each has a process and a copy of its own, with "
        )
        said += f"limits on time, memory and disk; but one that means harm could {opens}. "
        said += "To run nobody's code: --no-run."
    if count:
        tell(said)
    return said


@contextlib.contextmanager
def _room(known: _Keys, plans: Mapping[int, Plan], run: bool) -> Iterator[Path | None]:
    if not run or not any(each.job for each in plans.values()):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="marking-kit-") as room:
        yield stage(Path(room), known.found.values())


def _each(
    plans: Mapping[int, Plan], pairs: list[Any], runner: Runner | None, tell: Callable[[str], None]
) -> Iterator[tuple[int, Marked]]:
    """Those that came as data first, which takes no time; then those that are run."""
    jobs: dict[int, tuple[int, Job]] = {}
    quick = [number for number, each in plans.items() if each.job is None or runner is None]
    shown = Progress(len(plans), len(plans) - len(quick), tell)
    for number in quick:
        entry, key = pairs[number]
        yield number, _marked(entry, key, plans[number], None)
        shown.quick(entry.id)
    for number, each in plans.items():
        if each.job is not None and runner is not None:
            jobs[id(each.job)] = (number, each.job)
    if runner is None or not jobs:
        return
    ordered = sorted((job for _, job in jobs.values()), key=lambda job: job.use)
    for job, outcome in runner.run(ordered):
        number, _ = jobs[id(job)]
        entry, key = pairs[number]
        yield number, _marked(entry, key, plans[number], outcome)
        shown.run(entry.id)


def _marked(entry: Entry, key: Mapping[str, Any], planned: Plan, outcome: Any) -> Marked:
    assert entry.counts is not None
    try:
        return marked(entry, entry.counts, key, planned, outcome)
    except Exception as trouble:
        return unmarked(entry, f"Not marked: it could not be taken apart ({type(trouble).__name__}).")


def _written(
    made: list[Marked],
    keys: Mapping[_Name, Mapping[str, Any]],
    folder: Path,
    how: str,
    for_excel: bool,
    now: int,
) -> Graded:
    """All tables and pages, the teacher's own marks among them."""
    said = read_teacher(folder)
    apply(made, said)
    write_teacher(folder, made, keys, said)
    paths = write_grades(folder, made, keys, for_excel=for_excel)
    taken: set[str] = set()
    for each in made:
        if each.rows:
            several = sum(other.id == each.id for other in made) > 1
            stem = file_name(f"{each.id}-{each.set}-{each.page}" if several else each.id, taken)
            text = feedback_page(each, keys[each.set, each.page])
            _put(folder / "feedback" / f"{stem}.html", text)
    for old in (folder / "feedback").glob("*.html") if (folder / "feedback").is_dir() else ():
        if old.stem not in taken:
            old.unlink()
    _put(folder / "class.html", class_page(made, keys, said, how))
    return Graded(made, [*paths, folder / "feedback", folder / "class.html"], now, said.troubles)


def _put(path: Path, text: str) -> None:
    data = text.encode("utf-8", "replace")
    with contextlib.suppress(OSError):
        if path.read_bytes() == data:
            return
    kept.replace(path, data)
