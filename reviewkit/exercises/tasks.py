"""What is a task made of? One dataclass for those who write sets, and the plain data that it becomes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .kinds import KINDS, Form, Key

if TYPE_CHECKING:
    from ..corpus import Corpus

__all__ = ["SCHEMA", "Task", "as_sheet", "sheet_of", "texts_hash"]

SCHEMA = "reviewkit-exercise/1"
_SECRET = ("key", "hints", "solution", "ask")


@dataclass(frozen=True)
class Task:
    """One task of a set, as its source writes it.

    `statement` and `solution` are Markdown; `starter` is the code of the answer's cell, which must end in
    setting `variable`; `answer` is the same cell solved. `right` holds the model answer in three forms or
    more, `wrong` pairs of a wrong answer and the misconception that it must be told. `hints` go from where
    to look to almost there. `ask` is the question put back to an answer that nobody foresaw. `cites` are
    sections of the lesson to reread. `judgement` is true where careful readers may differ.
    """

    id: str
    kind: str
    title: str
    points: int
    statement: str
    starter: str
    answer: str
    form: Form
    key: Key
    hints: tuple[str, str, str]
    solution: str
    ask: str
    right: Sequence[Any]
    wrong: Sequence[tuple[Any, str]]
    cites: Sequence[str] = ()
    judgement: bool = False
    python: bool = False
    """Whether answering it takes Python."""
    before: str = ""
    """Code of a cell of its own above the answer's, such as a pane to read in."""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.id}: there is no kind {self.kind!r}. There is: {', '.join(KINDS)}.")

    @property
    def variable(self) -> str:
        """The name under which the notebook keeps the answer."""
        return self.id.replace("-", "_")


def as_sheet(
    set_id: str,
    title: str,
    lesson: str,
    corpus: Corpus,
    use: str,
    tasks: Sequence[Task],
    identity: str = "pseudonym",
) -> dict[str, Any]:
    """A set as data, its key within: what `mark` goes by. `use` is `practice` or `assessment`."""
    return {
        "schema": SCHEMA,
        "set": set_id,
        "title": title,
        "lesson": lesson,
        "page": corpus.page.name,
        "corpus": corpus.title,
        "use": use,
        "identity": identity,
        "texts": texts_hash(corpus),
        "tasks": [
            {
                "id": task.id,
                "kind": task.kind,
                "title": task.title,
                "points": task.points,
                "variable": task.variable,
                "judgement": task.judgement,
                "cites": list(task.cites),
                "starter": task.starter,
                "form": task.form,
                "key": task.key,
                "hints": list(task.hints),
                "solution": task.solution,
                "ask": task.ask,
            }
            for task in tasks
        ],
    }


def sheet_of(key: dict[str, Any]) -> dict[str, Any]:
    """What a student may know of a set: all of it but the key, the hints and the solutions."""
    tasks = [{name: v for name, v in task.items() if name not in _SECRET} for task in key["tasks"]]
    return {**key, "tasks": tasks}


def texts_hash(corpus: Corpus) -> str:
    """A hash of all texts of a page, by which to see whether two people had the same before them."""
    rows = corpus.reviews[["review_id", "text"]].fillna("").itertuples(index=False, name=None)
    return hashlib.sha256("\x1f".join(part for row in rows for part in row).encode()).hexdigest()
