"""What is there to give away? A novel, its film, their people, and the reveals, from a short file about the
work.

A file about a work is TOML that a teacher writes in half an hour; `data/works/` has two, `reviewkit work new`
starts another, and `reviewkit work check` says what is wrong with one, line by line. What counts as premise,
secret, turn and fate stands there and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from .. import _paths
from ..cue_index import CueIndex, Hit
from ..cues import Cue, compile_cue, folded
from ..errors import WorkError
from .checking import Problem, problems
from .written import GRADES, Written

__all__ = ["GRADES", "Given", "Person", "Problem", "Reveal", "Work", "check_work", "known_works", "read_work"]


class Person(NamedTuple):
    """Someone behind or before the camera, or in the story, by every name that reviewers use."""

    name: str
    role: str
    """`novelist`, `director`, `actor` ...; `character` for people of the story."""
    also: tuple[str, ...] = ()
    plays: str | None = None
    principal: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """All names, the misspelt ones too."""
        return (self.name, *self.also)


@dataclass(frozen=True)
class Reveal:
    """Something that a review can give away: its kind, its grade (1 to 3), and the words that do it."""

    name: str
    kind: str
    grade: int
    what: str
    cues: tuple[Cue, ...]
    unless: tuple[Cue, ...]
    gives_away: tuple[str, ...]
    keeps: tuple[str, ...]


class Given(NamedTuple):
    """What a sentence gives away, by which cue, and where in the sentence its words stand."""

    reveal: Reveal
    cue: Cue
    spans: list[tuple[int, int]]


@dataclass(frozen=True, eq=False)
class Work:
    """A novel and the film of it: `people`, `characters`, `reveals`, and what a sentence gives away."""

    name: str
    title: str
    titles: tuple[str, ...]
    """Every title that a page's heading may have."""
    author: str
    novel_year: int
    film: str
    film_year: int
    people: tuple[Person, ...]
    characters: tuple[Person, ...]
    reveals: tuple[Reveal, ...]

    def given_away(self, sentence: str) -> list[Given]:
        """What a sentence gives away, gravest first; nothing is known here of the sentences around it.

        >>> work = read_work("never-let-me-go")
        >>> [given.reveal.grade for given in work.given_away("They turn out to be clones.")]
        [2]
        """
        plain = folded(sentence)
        first: dict[int, Hit[int]] = {}
        for hit in self._index.find(plain):
            first.setdefault(hit.of, hit)
        given = [
            Given(self.reveals[number], hit.cue, hit.spans)
            for number, hit in sorted(first.items())
            if not any(each.find(plain) for each in self.reveals[number].unless)
        ]
        return sorted(given, key=lambda each: -each.reveal.grade)

    @cached_property
    def _index(self) -> CueIndex[int]:
        """All cues, each with the number of its reveal: a sentence is tried on those alone that could fit."""
        return CueIndex((cue, number) for number, reveal in enumerate(self.reveals) for cue in reveal.cues)

    @cached_property
    def table(self) -> pd.DataFrame:
        """The reveals, one a row: reveal, kind, grade, what, cues (one a line)."""
        rows = [
            (r.name, r.kind, r.grade, r.what, "\n".join(cue.text for cue in r.cues)) for r in self.reveals
        ]
        return pd.DataFrame(rows, columns=["reveal", "kind", "grade", "what", "cues"])

    def __repr__(self) -> str:
        return (
            f"<Work {self.name!r}: {self.title} by {self.author} ({self.novel_year}), "
            f"film of {self.film_year}, {len(self.reveals)} reveals>"
        )


def known_works() -> list[str]:
    """The names of the works that the kit knows; `read_work` opens one."""
    return sorted(path.stem for path in (_paths.data() / "works").glob("*.toml"))


def read_work(name: str | Path) -> Work:
    """Open a work that the kit knows, by name, or a file about one.

    Raises `WorkError`, with the line and the remedy, for a file that has a fault that would make it misread
    reviews, and for a name that is neither; `check_work` lists all faults.

    >>> read_work("never-let-me-go").author
    'Kazuo Ishiguro'
    """
    path = _found(name)
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(path: Path, _: int) -> Work:
    """The work in a file, as it stood at a time."""
    written = Written.read(path)
    if faults := problems(written, try_sentences=False):
        more = f" There are {len(faults) - 1} more: reviewkit work check lists them." if faults[1:] else ""
        raise WorkError(f"{path.name}, line {faults[0].line}: {faults[0].text}{more}")
    return _made(path.stem, written)


def check_work(path: str | Path) -> list[Problem]:
    """Everything that is wrong with a file about a work: line and text, in order; an empty list if nothing
    is.

    Beside its form, the sentences of each reveal are tried: those under `gives_away` must be found by its
    cues, those under `keeps` must not. Raises `WorkError` for a file that cannot be read at all.
    """
    return problems(Written.read(_found(path)), try_sentences=True)


def named_in(heading: str) -> str | None:
    """The shipped work whose title a page's heading names; None where none or several fit.

    Capitals count, so that "On the Road" is not taken for *The Road*.

    >>> named_in("Customer Reviews: Never Let Me Go")
    'never-let-me-go'
    """
    plain = " ".join(heading.split())
    fits = [
        name
        for name in known_works()
        if any(re.search(rf"\b(?:{t}|{t.upper()})\b", plain) for t in map(re.escape, _titles(name)))
    ]
    return fits[0] if len(fits) == 1 else None


@cache
def _titles(name: str) -> tuple[str, ...]:
    """Every title of a shipped work."""
    return _titles_of(Written.read(_paths.data() / "works" / f"{name}.toml"))


def _titles_of(written: Written) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*written.titles("novel"), *written.titles("film"))))


def _found(name: str | Path) -> Path:
    shipped = _paths.data() / "works" / f"{name}.toml"
    if str(name) in known_works():
        return shipped
    path = Path(name)
    if path.is_file():
        return path
    close = get_close_matches(str(name), known_works(), n=1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    raise WorkError(
        f"There is no work {str(name)!r}, nor a file of that name.{hint} The kit knows: "
        f"{', '.join(map(repr, known_works()))}. A file for another work is begun with: "
        "reviewkit work new FILE"
    )


def _made(name: str, written: Written) -> Work:
    """The work, from a file in which nothing is wrong."""
    novel, film = written.table("novel"), written.table("film")
    people = tuple(_person(each, each["role"]) for each in written.tables("person"))
    characters = tuple(_person(each, "character") for each in written.tables("character"))
    names = written.character_names()
    reveals = []
    for each in written.tables("reveal"):
        cues, unless = (
            tuple(compile_cue(cue, names) for cue in each.get(key, [])) for key in ("cues", "unless")
        )
        quoted = tuple(each["gives_away"]), tuple(each["keeps"])
        grade = each.get("grade", GRADES[each["kind"]])
        reveals.append(Reveal(each["name"], each["kind"], grade, each["what"], cues, unless, *quoted))
    return Work(
        name,
        novel["title"],
        _titles_of(written),
        novel["author"],
        novel["year"],
        film["title"],
        film["year"],
        people,
        characters,
        tuple(reveals),
    )


def _person(entry: dict[str, Any], role: str) -> Person:
    plays, principal = entry.get("plays"), entry.get("principal", False)
    return Person(entry["name"], role, tuple(entry.get("also", ())), plays, principal)
