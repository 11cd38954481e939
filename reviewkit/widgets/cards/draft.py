"""For whom do I write, and what does my review tell them? A card to write in, and one for the first reader.

Every draft that is kept stays beside those before it. Writer and reader answer the same two questions, what
the review shows of the novel and what it gives away; the rules answer them a third time.
"""

from __future__ import annotations

import datetime
from typing import Any

import pandas as pd

from ... import kept, works
from ...drafting import TELLS, Drafts, kept_as, my_drafts
from ...looks.blocks import table_block
from .ask import Gate

__all__ = ["Draft", "FirstReader"]

_KNOWS = {
    "book-reader": "that you have read it",
    "film-only": "that you have not",
    "partial": "that you have read part of it",
    "unstated": "nothing either way",
}
_FIELDS = ("reader", "knows", "tells", "text")
_THEN = "Click the next cell and choose Run > Run Selected Cell and All Below: what follows reads this draft."


class Draft(Gate):
    """Write a review for a reader whom you name, and keep it; each change is kept as another draft.

    `corpus` is the page beside which you write. `work` names the work that your review is about, if it is
    another than the page's (`rk.known_works()` lists those that the kit knows), or a file about one.
    `.drafts` has all drafts as a table. Raises `WorkError` for a work that is not known.

    >>> import reviewkit as rk
    >>> card = rk.Draft(rk.load("never-let-me-go"))
    >>> len(card.drafts.reviews)
    0
    """

    def __init__(self, corpus: Any, *, work: str | None = None) -> None:
        self._corpus = corpus
        self._work = work and (work if works.read_work(work) else "")
        super().__init__(
            kept_as(corpus.name),
            corpus.name,
            kicker="In your own words",
            heading="Your review",
            lede=["Every draft is kept in my_work/ on this computer; an earlier one is never written over."],
            questions=[
                {
                    "key": "reader",
                    "kind": "text",
                    "rows": 2,
                    "prompt": "For whom? Name one person; say what they know, and what they have to decide.",
                },
                _choice("knows", "What shall it show of your knowledge of the novel?", _KNOWS),
                _choice("tells", "What shall it give away, at most?", {each: each for each in TELLS}),
                {"key": "text", "kind": "text", "rows": 12, "prompt": "The review"},
            ],
            button="Keep this draft",
        )

    @property
    def drafts(self) -> Drafts:
        """Every draft that was kept, as a table like any other page."""
        return my_drafts(self._corpus)

    def look(self) -> None:
        """Say which draft this is, and what can be done now."""
        count = len(self._drafts())
        words = len(str(self.answers.get("text", "")).split())
        if not self.committed or not words:
            text = "There is no draft yet: write into the field called The review."
        else:
            before = f" {_before(count)}" if count > 1 else ""
            text = f"This is draft {count}, {words} {'word' if words == 1 else 'words'}.{before} {_THEN}"
        self.after = [{"kind": "text", "text": text}]
        self.shown = True

    def _drafts(self) -> list[dict[str, str]]:
        """What is on disk, and behind it what stands in the card, if it is another text."""
        there = [dict(each) for each in my_drafts(self._corpus.name).kept]
        said = {name: str(self.answers.get(name) or "") for name in _FIELDS}
        if not self.committed or not said["text"].strip():
            return there
        made = {"date": datetime.date.today().isoformat(), **said}
        if there and there[-1]["text"] == said["text"]:
            return [*there[:-1], {**made, "date": there[-1]["date"]}]
        return [*there, made]

    def _record(self) -> dict[str, Any]:
        work = self._work or getattr(getattr(self._corpus, "work", None), "name", "")
        about = {"work": work} if work else {}
        return super()._record() | about | {"drafts": self._drafts()}


class FirstReader(Gate):
    """Let somebody else read your last draft and answer; then see what you meant, what they took, and what
    the rules make of it, side by side.

    `drafts` is what `rk.my_drafts(corpus)` or the writing card's `.drafts` gives. `.table` is the comparison.

    >>> import reviewkit as rk
    >>> FirstReader(rk.my_drafts("a-page-beside-which-nothing-was-written")).table.empty
    True
    """

    def __init__(self, drafts: Drafts) -> None:
        self._of = drafts
        super().__init__(
            kept.key(f"first reader of {drafts.name}", drafts.last),
            drafts.beside,
            kicker="For your reader",
            heading="You have read a draft. What did it tell you?",
            lede=[
                f"You have {drafts.last} of somebody else's review before you. There is no wrong answer: "
                "what you did not notice, the draft did not say."
                if drafts.last
                else "There is no draft yet. Keep one above, then run this cell again."
            ],
            questions=[
                _choice("knows", "What does it show of its writer's knowledge of the novel?", _THEIRS),
                _choice("tells", "What did it give away?", {each: each for each in TELLS}),
                _text("whom", "For whom do you think it was written, and how do you know?"),
                _text("stay", "Which sentence should stay as it is? Quote it."),
                _text("go", "Which could go, or left you with a question?"),
            ],
            button="Commit my answers",
        )

    @property
    def table(self) -> pd.DataFrame:
        """What was meant, what the reader took, what the rules make of it."""
        if not self._of.kept:
            return pd.DataFrame({"question": [], "you meant": [], "your reader": [], "the rules": []})
        meant = self._of.kept[-1]
        rules = {"knows": self._of.verdict("perspective"), "tells": self._of.tells()}
        rows = [
            (asked, *(str(side.get(key) or "") or "(no answer)" for side in (meant, self.answers, rules)))
            for key, asked in (("knows", "knows the novel"), ("tells", "gives away"))
        ]
        return pd.DataFrame(rows, columns=["question", "you meant", "your reader", "the rules"])

    def look(self) -> None:
        """Show the three readings side by side."""
        table, self.after = self.table, []
        if table.empty:
            self.after = [{"kind": "text", "text": "There is no draft to compare with yet."}]
        elif not self.committed:
            self.after = [{"kind": "text", "text": "Opened without a reader's answers."}]
        if len(table):
            same = sum(len({*row[1:]}) == 1 for row in table.itertuples(index=False, name=None))
            told = {0: "on neither question", 1: "on one of the two questions", 2: "on both questions"}[same]
            whom = str(self._of.kept[-1]["reader"]).strip() or "nobody whom you named"
            self.after = [
                *self.after,
                {"kind": "yours", "text": f"The three agree {told}."},
                table_block(table, f"{self._of.last}, read three times"),
                {"kind": "text", "text": f"You wrote it for: {whom}"},
            ]
        self.shown = True

    def _record(self) -> dict[str, Any]:
        return super()._record() | {"draft": self._of.last}


_THEIRS = {
    "book-reader": "they have read it",
    "film-only": "they have not",
    "partial": "they have read part of it",
    "unstated": "nothing either way",
}


def _choice(key: str, prompt: str, labels: dict[str, str]) -> dict[str, Any]:
    options = [{"value": value, "label": label} for value, label in labels.items()]
    return {"key": key, "kind": "choice", "layout": "inline", "prompt": prompt, "options": options}


def _text(key: str, prompt: str) -> dict[str, Any]:
    return {"key": key, "kind": "text", "rows": 2, "prompt": prompt}


def _before(count: int) -> str:
    return "Draft 1 stays beside it." if count == 2 else f"Drafts 1 to {count - 1} stay beside it."
