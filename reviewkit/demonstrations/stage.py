"""What does a whole class predict, and what does it then find? Steps for the front of a classroom.

One step at a time, in large type: a question, something to read, hands to count, and only then what the key,
the rule or the figures say. Hands and steps are kept in `my_work/demonstrations/`, so that a reload shows
them as they were; covers are down again after it. What is revealed stays in Python until then.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t

from .. import kept
from ..corpus import Corpus, load
from ..errors import ReviewkitError, TableError
from ..looks import assets
from . import DEMONSTRATIONS, Demo
from .page import DemoPage
from .parts import NotHere, Step, say

__all__ = ["Demonstration", "steps_of"]

_HERE = Path(__file__).parent
_MOST_HANDS = 999
_INVENTED = "Its reviews were invented for this kit: nothing here is a finding about real audiences."
_CONTENT = (
    "The reviews speak of illness, death and grief. Sentences that tell a secret or the end are covered."
)

Maker = Callable[[DemoPage], Step]


def steps_of(number: str, page: DemoPage) -> tuple[list[Step], list[str]]:
    """The steps of a demonstration on this page, and in a sentence each why others are left out."""
    demo = _known(number)
    makers: Sequence[Maker] = import_module(f".{demo.file}", __package__).STEPS
    steps, left_out = list[Step](), list[str]()
    for make in makers:
        try:
            steps.append(make(page))
        except NotHere as reason:
            left_out.append(str(reason))
        except Exception as trouble:
            name = make.__name__.replace("_", " ")
            left_out.append(f"“{name}” could not be worked out on this page ({type(trouble).__name__}).")
    left_out = list(dict.fromkeys(left_out))
    return [_opening(demo, page, left_out), *steps], left_out


def _known(number: str) -> Demo:
    wanted = str(number).zfill(2)
    if wanted not in DEMONSTRATIONS:
        known = ", ".join(DEMONSTRATIONS)
        raise TableError(f"There is no demonstration {number!r}. There is: {known}.")
    return DEMONSTRATIONS[wanted]


def _opening(demo: Demo, page: DemoPage, left_out: Sequence[str]) -> Step:
    """The first step: the question of the hour, and what is on the table."""
    corpus, n = page.corpus, len(page.texts)
    told = [f"On the table: {corpus.title} ({n} review{'' if n == 1 else 's'}).", _CONTENT]
    if corpus.invented:
        told.insert(1, _INVENTED)
    note = f"About {demo.minutes}. Ask each question aloud, count hands, enter them, and only then go on."
    if left_out:
        note += f" Left out on this page: {' '.join(left_out)}"
    return Step("opening", "Begin", demo.question, [say(line) for line in told], note=note)


class Demonstration(anywidget.AnyWidget):
    """A demonstration for the front of a classroom: steps, hands, and what is revealed.

    `number` is that of the notebook, "02" to "07". `page` is a corpus, or the name of one as `rk.load` takes
    it; left out, the page that REVIEWKIT_PAGE names, else the kit's own. `.hands` has the hands that were
    counted, by step. Raises `TableError` for an unknown number; a page that cannot be read is said on the
    stage.

    >>> Demonstration("02", "never-let-me-go").title
    'Who is speaking?'
    """

    _esm = assets("shared.js", _HERE / "stage.js")
    _css = assets("theme.css", _HERE / "stage.css")

    number = t.Unicode().tag(sync=True)
    title = t.Unicode().tag(sync=True)
    about = t.Unicode().tag(sync=True)
    problem = t.Unicode().tag(sync=True)
    steps = t.List(t.Dict()).tag(sync=True)
    at = t.Int(0).tag(sync=True)
    shown = t.Dict().tag(sync=True)
    hands = t.Dict().tag(sync=True)
    parts = t.Dict().tag(sync=True)
    lifted = t.Bool(False).tag(sync=True)
    status = t.Dict().tag(sync=True)

    _turn = 0

    def __init__(self, number: str = "02", page: Corpus | str | None = None) -> None:
        demo = _known(number)
        self._name, self._steps = "", list[Step]()
        self._known = dict[str, list[dict[str, Any]]]()
        super().__init__(number=str(number).zfill(2), title=demo.title)
        try:
            corpus = page if isinstance(page, Corpus) else load(_named(page))
        except ReviewkitError as trouble:
            self.problem = str(trouble)
            return
        self._page = DemoPage(corpus)
        unsaid = corpus.invented and "invented" not in corpus.title
        self.about = f"{corpus.title}{', invented' if unsaid else ''}"
        self._name = f"demonstrations/{kept.key(f'{self.number} {corpus.name}')}"
        self._build()
        self._recall()
        self.observe(self._on_change, ["at", "shown", "hands"])
        self.observe(self._on_lifted, "lifted")
        self.on_msg(self._on_message)

    def _build(self) -> None:
        """Make the steps, with or without covers."""
        self._page.lifted = self.lifted
        self._known.clear()
        self._steps = steps_of(self.number, self._page)[0]
        self.steps = [self._front(step) for step in self._steps]

    def _front(self, step: Step) -> dict[str, Any]:
        """What may be shown of a step before anything is revealed."""
        return {
            "key": step.key,
            "name": step.name,
            "ask": step.ask,
            "blocks": [*step.blocks],
            "options": [*step.options],
            "note": step.note,
            "parts": len(self._parts_of(step)),
        }

    def _parts_of(self, step: Step) -> list[dict[str, Any]]:
        """What is revealed of a step, worked out once unless it depends on the hands."""
        if step.counts or step.key not in self._known:
            self._known[step.key] = self._worked_out(step)
        return self._known[step.key]

    def _worked_out(self, step: Step) -> list[dict[str, Any]]:
        try:
            found = step.reveal(self._counted())
        except Exception as trouble:
            says = f"What follows could not be worked out on this page ({type(trouble).__name__})."
            return [{"says": says, "blocks": [], "holds": [], "whose": ""}]
        return [
            {"says": part.says, "blocks": [*part.blocks], "holds": [*part.holds], "whose": part.whose}
            for part in found
        ]

    def _counted(self) -> dict[str, list[int]]:
        """The hands as numbers, one for each answer, whatever the browser sent."""
        told = {}
        for step in self._steps:
            given = self.hands.get(step.key)
            given = given if isinstance(given, list) else []
            given = [n if type(n) is int and 0 <= n <= _MOST_HANDS else 0 for n in given]
            told[step.key] = [*given, *[0] * len(step.options)][: len(step.options)]
        return told

    def _reveal(self) -> None:
        """Send the parts that are asked for, and take back those that are not any more."""
        told = {}
        for step in self._steps:
            many = self.shown.get(step.key)
            if type(many) is int and many > 0:
                told[step.key] = self._parts_of(step)[:many]
        self.parts = told

    def _recall(self) -> None:
        """Take up where this computer left off."""
        before = kept.read(self._name)
        for name in ("hands", "shown"):
            if isinstance(before.get(name), dict):
                setattr(self, name, before[name])
        self.hands = {key: counts for key, counts in self._counted().items() if any(counts)}
        at = before.get("at")
        self.at = at if type(at) is int and 0 <= at < len(self._steps) else 0
        self._reveal()
        if self.at or self.hands:
            self._say("kept", f"taken up from {before.get('date', 'earlier')}")

    def _say(self, state: str, text: str) -> None:
        self._turn += 1
        self.status = {"state": state, "text": text, "turn": self._turn}

    def _on_change(self, change: dict[str, Any]) -> None:
        """Reveal what is asked for, keep where the class is, and say so."""
        counting = any(step.counts for step in self._steps)
        if change["name"] == "shown" or (change["name"] == "hands" and counting):
            self._reveal()
        day = datetime.date.today().isoformat()
        values: dict[str, Any] = {"demonstration": self.title, "page": self._page.corpus.name, "date": day}
        values |= {"at": self.at, "shown": self.shown, "hands": self.hands, "asked": self._asked()}
        try:
            kept.write(self._name, values)
        except ReviewkitError as trouble:
            self._say("problem", str(trouble))
        else:
            self._say("kept", "kept")

    def _asked(self) -> dict[str, Any]:
        """What the hands were raised for, so that the file can be understood by itself."""
        return {s.key: {"question": s.ask, "answers": [*s.options]} for s in self._steps if s.options}

    def _on_lifted(self, _: dict[str, Any]) -> None:
        self._build()
        self._reveal()
        self._say("", "covers lifted" if self.lifted else "covers down")

    def _on_message(self, _: Any, content: Any, __: Any) -> None:
        """Begin afresh with another class."""
        if not isinstance(content, dict) or content.get("type") != "afresh":
            return
        with self.hold_trait_notifications():
            self.at, self.shown, self.hands, self.lifted = 0, {}, {}, False
        try:
            kept.drop(self._name)
        except ReviewkitError as trouble:
            self._say("problem", str(trouble))
        else:
            self._say("", "begun afresh")


def _named(page: str | None) -> str:
    """The page that is asked for, by the caller or by REVIEWKIT_PAGE, else the kit's own."""
    return str(page or os.environ.get("REVIEWKIT_PAGE") or "never-let-me-go")
