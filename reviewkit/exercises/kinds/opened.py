"""What do you say? Open answers: no check can judge them; a rubric and one's own eyes can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ._parts import Form, Found, Key, UnreadableError, kind_of

__all__ = ["Open", "open_task"]


def open_task(
    rubric: Sequence[tuple[str, Sequence[str]]], model: str, commentary: str, *, least: int = 40
) -> tuple[Form, Key]:
    """An open task: for each criterion three levels, lowest first; a model answer and what makes it one.

    `least` is how many words an attempt has at the least.
    """
    assert all(len(levels) == 3 for _, levels in rubric)
    form = {"rubric": [[what, list(levels)] for what, levels in rubric], "least": least}
    return form, {"model": model, "commentary": commentary}


class Open:
    """Words of one's own, and how one judges them by the rubric."""

    @staticmethod
    def read(data: Any, form: Form) -> dict[str, Any]:
        """The text, and the level that the student gave to each criterion. Raises `UnreadableError`."""
        said = data if isinstance(data, dict) else {"text": data}
        text = said.get("text", said.get("answer"))
        if isinstance(text, list) and all(isinstance(each, str) for each in text):
            text = "\n\n".join(text)
        if not isinstance(text, str):
            raise UnreadableError(f"Your answer is {kind_of(data)}; a text of your own was asked for.")
        own = said.get("self")
        known = {str(n + 1) for n in range(len(form["rubric"]))}
        levels = own.items() if isinstance(own, dict) else ()
        kept = {k: v for k, v in levels if k in known and v in (0, 1, 2) and not isinstance(v, bool)}
        return {"text": text.strip(), "self": kept}

    @staticmethod
    def weigh(value: dict[str, Any], form: Form, key: Key) -> Found:
        """Nothing is marked; a very short answer is told so."""
        count = len(value["text"].split())
        found = Found(0.0)
        if count < form["least"]:
            found.slip(
                "very-short", f"{count} words so far. What would a neighbour ask you to say more about?"
            )
        return found

    @staticmethod
    def shown(value: dict[str, Any], form: Form) -> str:
        """The answer as it was understood."""
        return f"{len(value['text'].split())} words"

    @staticmethod
    def fields(form: Form) -> list[dict[str, Any]]:
        """What a card asks."""
        return [{"key": "text", "kind": "text", "rows": 10, "prompt": "Your answer", "options": []}]

    @staticmethod
    def from_card(said: Mapping[str, Any], form: Form) -> Any:
        """What a card's field amounts to."""
        return {"text": said.get("text")}
