"""Question cards: predict, then look; and where the student stands.

One small widget draws them all. A card holds questions as plain values, takes answers, and only after the
student has committed asks Python for what follows, so that nothing is given away by looking at the page.
A commitment is kept in `my_work/answers/`, and running the cell again shows it as it was left.
"""

from __future__ import annotations

import datetime
import os
import weakref
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t

from ... import kept, knowing
from ...errors import ReviewkitError, TableError
from ...looks import assets
from ...looks.blocks import blocks

__all__ = ["Ask", "Predict", "Standing", "Warmup", "open_gates"]

_HERE = Path(__file__).parent
_LIVE: weakref.WeakSet[Ask] = weakref.WeakSet()
_GATES = {"open": False}


def open_gates(opened: bool = True) -> None:
    """Show what follows every question without a prediction, for the rest of this session.

    For a teacher at the front of a class. The environment variable REVIEWKIT_OPEN=1 does the same from
    the start. `open_gates(False)` closes the gates of cards that are made afterwards.
    """
    _GATES["open"] = opened
    for card in list(_LIVE) if opened else ():
        card.look()


def gates_open() -> bool:
    """Whether a teacher has opened all gates."""
    return _GATES["open"] or os.environ.get("REVIEWKIT_OPEN", "") not in ("", "0")


class Ask(anywidget.AnyWidget):
    """A card with questions; what the other cards are made of.

    `questions` are mappings with `key`, `kind` (`choice`, `number` or `text`), `prompt` and, for a choice,
    `options` (mappings with `value` and `label`). `answers` maps keys to what was said.
    """

    _esm = assets("shared.js", _HERE / "ask.js")
    _css = assets("theme.css", _HERE / "ask.css")

    kicker = t.Unicode().tag(sync=True)
    heading = t.Unicode().tag(sync=True)
    lede = t.List(t.Unicode()).tag(sync=True)
    questions = t.List(t.Dict()).tag(sync=True)
    answers = t.Dict().tag(sync=True)
    button = t.Unicode().tag(sync=True)
    committed = t.Bool(False).tag(sync=True)
    shown = t.Bool(False).tag(sync=True)
    outcome = t.Dict().tag(sync=True)
    after = t.List(t.Dict()).tag(sync=True)
    status = t.Dict().tag(sync=True)
    adding = t.Dict().tag(sync=True)

    _said = 0

    def say(self, state: str, text: str) -> None:
        """Tell the reader how things stand: `kept`, or a `problem`."""
        self._said += 1
        self.status = {"state": state, "text": text, "turn": self._said}

    def keep(self, name: str, values: dict[str, Any], text: str) -> bool:
        """Keep `values` in `my_work/` and say so, or say why not."""
        try:
            kept.write(name, values)
        except ReviewkitError as trouble:
            self.say("problem", str(trouble))
            return False
        self.say("kept", text)
        return True

    def look(self) -> None:
        """Show what follows; a card with nothing to follow stays as it is."""


class Gate(Ask):
    """A card whose second half is shown once the first is committed; `page` is the page it asks about."""

    def __init__(self, name: str, page: str = "", **traits: Any) -> None:
        super().__init__(**traits)
        self._name = f"answers/{name}"
        self._about = page
        before = kept.read(self._name).get("answers")
        if isinstance(before, dict) and before:
            self.answers, self.committed = before, True
            self.look()
            self.say("kept", "kept: this is what you committed earlier")
        elif gates_open():
            self.look()
        self.observe(self._on_committed, "committed")
        _LIVE.add(self)

    def commit(self, answers: Mapping[str, Any] | str | float) -> None:
        """Commit answers from code, as the button does; a single value answers a single question."""
        if not isinstance(answers, Mapping):
            answers = {self.questions[0]["key"]: str(answers)}
        self.answers = dict(answers)
        self.committed = True

    def _on_committed(self, change: dict[str, Any]) -> None:
        try:
            if not change["new"]:
                self._clear()
                return
            self.say("saving", "saving …")  # somebody is there, however long what follows may take
            self.look()
            self.keep(self._name, self._record(), "kept on this computer")
        except ReviewkitError as trouble:
            self.say("problem", str(trouble))

    def _record(self) -> dict[str, Any]:
        """What is kept, so that it can be understood without the card."""
        asked = {
            q["key"]: f"{q['prompt']}: {q['quote']}" if q.get("quote") else q["prompt"]
            for q in self.questions
        }
        about = {"page": self._about} if self._about else {}
        day = datetime.date.today().isoformat()
        book = Path(os.environ.get("JPY_SESSION_NAME", "")).stem  # set by Jupyter where it starts a kernel
        where = about | ({"notebook": book} if book else {})
        return {"question": self.heading, **where, "date": day, "asked": asked, "answers": self.answers}

    def _clear(self) -> None:
        """Forget the commitment, and what it showed; words stay, and stay kept, until others are."""
        self.after, self.outcome, self.shown = [], {}, False
        if not any(q["kind"] == "text" for q in self.questions):
            self.answers = {}
            kept.drop(self._name)
        self.say("", "")
        if gates_open():
            self.look()


class Predict(Gate):
    """One question to commit to before what follows is shown, with the prediction beside it.

    `options` is a list of answers to choose from, or `"number"` or `"text"` for an answer in one's own
    words. `reveal` is a text, a table, a list of these, or a function of the answer that gives one; a
    function runs only after the commitment. `quote` is a line of the page to look at; `rows` is the height
    of a field for words. `.answer` is what was committed, a number where one was asked for, None before.
    Kept under the question's words, or under `name`, and for each `page` apart where one is named.

    Raises `TableError` for options that are neither.

    >>> card = Predict("How many?", "number", reveal="Ten, as it happens.", name="an example")
    >>> card.answer is None and not card.shown
    True
    """

    def __init__(
        self,
        question: str,
        options: Sequence[str] | str,
        reveal: object,
        *,
        quote: str | None = None,
        note: str = "",
        rows: int = 3,
        name: str | None = None,
        page: str = "",
    ) -> None:
        self._reveal = reveal
        kind = options if isinstance(options, str) else "choice"
        if kind not in ("number", "text", "choice") or (kind == "choice" and not options):
            raise TableError(f'options is a list of answers, "number" or "text", not {options!r}.')
        choices = [] if isinstance(options, str) else [{"value": o, "label": o} for o in options]
        prompts = {"number": "Your prediction, in figures", "text": "Your answer"}
        asked = {
            "key": "answer",
            "kind": kind,
            "prompt": prompts.get(kind, "Your prediction"),
            "options": choices,
            "quote": quote,
            "rows": rows,
        }
        free = kind == "text"
        super().__init__(
            kept.key(
                name or question, *([] if name else [c["label"] for c in choices]), *filter(None, [page])
            ),
            page,
            kicker="In your own words" if free else "Predict, then look",
            heading=question,
            lede=[note] if note else [],
            questions=[asked],
            button="Commit my answer" if free else "Commit my prediction",
        )

    @property
    def answer(self) -> str | float | None:
        """What was committed: text, or a number where one was asked for; None before."""
        if not self.committed or not self.answers.get("answer"):
            return None
        said = str(self.answers["answer"]).strip()
        if self.questions[0]["kind"] != "number":
            return said
        try:
            return float(said.rstrip("%").replace(",", "").replace(" ", ""))
        except ValueError:
            return said

    def look(self) -> None:
        """Show what follows, with the prediction before it; written words still stand in their field."""
        said = str(self.answers.get("answer", "")) if self.committed else ""
        free = self.questions[0]["kind"] == "text"
        none = f"Opened without {'an answer' if free else 'a prediction'}."
        yours = (
            [] if said and free else [{"kind": "yours", "text": f"You predicted: {said}" if said else none}]
        )
        self.after = [*yours, *_revealed(self._reveal, self.answer)]
        self.shown = True


class Warmup(Predict):
    """A first prediction, with which a student meets the cards: what a cell that was not run does.

    >>> Warmup().shown
    False
    """

    def __init__(self) -> None:
        super().__init__(
            "A cell says pages = 200 and was run. Someone changes it to pages = 300 and does not run it. "
            "What does pages + 1 give in the next cell?",
            ["201", "301", "an error"],
            "201. The kernel has only met 200. What is written counts from the moment you run it; so after "
            "a change, run the cell, and the cells below it that depend on it.",
        )


def _revealed(reveal: object, answer: str | float | None) -> list[dict[str, Any]]:
    """What a reveal shows; a function that fails is named instead of traced."""
    if not isinstance(reveal, Callable):  # type: ignore[arg-type]
        return blocks(reveal)
    try:
        return blocks(reveal(answer))  # type: ignore[operator]
    except Exception as trouble:
        text = f"What follows could not be worked out ({type(trouble).__name__}: {trouble})."
        return [{"kind": "text", "text": text}]


class Standing(Ask):
    """Where the student stands: have they read the novel, have they seen the film?

    Two questions; each answer is kept in `my_work/standing.json` as soon as it is given, and stays on
    this computer. `rk.standing()` gives it back in any notebook.

    >>> [question["key"] for question in Standing().questions]
    ['novel', 'film']
    """

    def __init__(self, novel: str = "the novel", film: str = "the film") -> None:
        known = knowing.standing()
        super().__init__(
            kicker="Where you stand",
            heading="What do you know of the story?",
            lede=[
                "There is no better or worse answer. It stays in my_work/ on this computer.",
                "It is one answer, for the story of your page: with a page about another, change it.",
            ],
            questions=[
                _options("novel", f"Have you read {novel}?", knowing.NOVEL),
                _options("film", f"Have you seen {film}?", knowing.FILM),
            ],
            answers={k: v for k, v in known._asdict().items() if v is not None},
        )
        if self.answers:
            self.say("kept", "kept: this is what you said earlier; you can change it")
        self.observe(self._on_answers, "answers")

    def _on_answers(self, change: dict[str, Any]) -> None:
        try:
            knowing.keep_standing(change["new"].get("novel"), change["new"].get("film"))
        except ReviewkitError as trouble:
            self.say("problem", str(trouble))
        else:
            self.say("kept", "kept on this computer")


def _options(key: str, prompt: str, labels: Mapping[str, str]) -> dict[str, Any]:
    choices = [{"value": value, "label": label} for value, label in labels.items()]
    asked = {"key": key, "kind": "choice", "layout": "inline", "prompt": prompt}
    return {**asked, "options": choices}
