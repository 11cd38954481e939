"""Cards that ask a task, and one on which to judge an open answer of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from .. import kept
from ..widgets.cards.ask import Gate, gates_open
from .kinds import KINDS
from .mark_value import Mark, bare

if TYPE_CHECKING:
    from .session import Exercise

__all__ = ["AssessCard", "TaskCard"]

_BECAUSE = "because"


class _Card(Gate):
    """A card whose answers stay in their fields when they are changed."""

    keeps = traitlets.Bool(True).tag(sync=True)

    def __init__(self, ex: Exercise, task: dict[str, Any], name: str, **traits: Any) -> None:
        self._ex, self._task = ex, task
        page = ex.sheet["page"]
        super().__init__(kept.key(f"{ex.sheet['set']} {name} {task['id']}", page), page, **traits)

    def _clear(self) -> None:
        self.after, self.outcome, self.shown = [], {}, False
        self.say("", "")

    def _show(self, kicker: str, sentences: list[str]) -> None:
        said = ({"kind": "text", "text": bare(each)} for each in sentences)
        self.after = [{"kind": "yours", "text": kicker}, *said]
        self.shown = True


class TaskCard(_Card):
    """One task, with a button that checks what was answered. `card.answer` is the answer as data."""

    def __init__(self, ex: Exercise, task: dict[str, Any]) -> None:
        fields = [_plain(field) for field in KINDS[task["kind"]].fields(task["form"])]
        if task["judgement"] and task["kind"] != "open":
            prompt = (
                "Where you would hold to your reading against another careful reader’s: why? (may stay empty)"
            )
            fields = [*fields, {"key": _BECAUSE, "kind": "text", "prompt": prompt, "options": []}]
        points = f"{task['points']} point{'s' if task['points'] != 1 else ''}"
        super().__init__(
            ex,
            task,
            "card",
            kicker=f"{task['title']} · {points}",
            heading=_HEADS.get(task["kind"], "Your answer"),
            questions=fields,
            button="Check my answer" if ex.practice and task["kind"] != "open" else "Keep my answer",
        )

    @property
    def answer(self) -> Any:
        """What was committed, as data; None before."""
        return self.as_data()["answer"]

    def as_data(self) -> dict[str, Any]:
        """The answer, and the reason given for it, as plain data."""
        said = dict(self.answers) if self.committed else {}
        answer = KINDS[self._task["kind"]].from_card(said, self._task["form"]) if said else None
        return {"answer": answer, "because": str(said.get(_BECAUSE) or "")}

    def look(self) -> None:
        """Check what was committed, and say what was found."""
        if not self.committed:
            if gates_open():
                self._show("Nothing was answered.", [])
            return
        said = self.as_data()
        mark: Mark = self._ex.marked(self._task, said["answer"], said["because"])
        more = []
        if mark.result == "open" and self._ex.practice:
            more = [f"A model answer: {self._task['key']['model']}", self._task["key"]["commentary"]]
        elif self._ex.practice:
            more = ["Run the cell below for hints and, after them, a way to the answer."]
        self._show(mark.heading, [*mark.feedback, *more])


class AssessCard(_Card):
    """The rubric of an open task, on which the student says where their answer stands."""

    def __init__(self, ex: Exercise, task: dict[str, Any]) -> None:
        super().__init__(
            ex,
            task,
            "own judgement of",
            kicker=f"{task['title']} · your own judgement",
            heading="Read your answer again as if somebody else had written it. Where does it stand?",
            questions=[
                {
                    "key": str(n),
                    "kind": "choice",
                    "prompt": what,
                    "options": [{"value": str(level), "label": text} for level, text in enumerate(levels)],
                }
                for n, (what, levels) in enumerate(task["form"]["rubric"], 1)
            ],
            button="Keep my judgement",
        )

    def look(self) -> None:
        """Keep what was judged."""
        levels = (
            {k: int(v) for k, v in self.answers.items() if str(v) in ("0", "1", "2")}
            if self.committed
            else {}
        )
        if levels:
            self._ex.record.judge(self._task["id"], levels)
            low = [self._task["form"]["rubric"][int(k) - 1][0] for k, v in levels.items() if v < 2]
            said = [f"You see room in: {', '.join(low)}. Change one sentence for it."] if low else []
            self._show("Your judgement is kept with your answer.", said)


def _plain(field: dict[str, Any]) -> dict[str, Any]:
    """A field of a card with what the kit says in it as plain text; what is quoted stays as it was."""
    options = [{**option, "label": bare(option["label"])} for option in field["options"]]
    return {**field, "prompt": bare(field["prompt"]), "options": options}


_HEADS = {
    "choice": "Choose one.",
    "choices": "Yes or no to each.",
    "sort": "Which is which?",
    "verdicts": "Your verdict on each.",
    "spans": "Copy the words.",
    "rule": "Your rule.",
    "claim": "Your verdict, and its grounds.",
    "open": "In your own words.",
}
