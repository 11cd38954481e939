"""What does your rule hear? A rule of cues, tried on sentences that it should hit or miss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...cues import Cue, compile_cue, folded
from ...errors import WorkError
from ..plain import listed
from ._parts import Form, Found, Key, UnreadableError, kind_of, rows_of

__all__ = ["Rules", "rule"]

Written = Mapping[str, Sequence[str]]


def rule(
    given: Written, hit: Sequence[tuple[str, str]], miss: Sequence[tuple[str, str]], slips: Mapping[str, str]
) -> tuple[Form, Key]:
    """A task that mends a rule. `given` has its cues and what holds it back (`unless`); `hit` and `miss` are
    sentences with the slip that it is to get them wrong, whose words are in `slips`.
    """
    assert {name for _, name in (*hit, *miss)} <= set(slips)
    form = {"given": {name: list(given.get(name, ())) for name in ("cues", "unless")}}
    return form, {"hit": [[*e] for e in hit], "miss": [[*e] for e in miss], "slips": dict(slips)}


class Rules:
    """Cues, and cues that hold them back."""

    @staticmethod
    def read(data: Any, form: Form) -> list[dict[str, list[str]]]:
        """Rules, each with its cues and unless. Raises `UnreadableError`, for a bad cue as well."""
        if isinstance(data, dict) and "columns" in data:
            parts = rows_of(data)
        elif isinstance(data, dict) and "unreadable" not in data:
            parts = [data]
        elif isinstance(data, str | list):
            parts = [{"cues": data}]
        else:
            raise UnreadableError(
                f"Your answer is {kind_of(data)}; a rule was asked for: its cues, and its unless."
            )
        found = [{name: _lines(part.get(name)) for name in ("cues", "unless")} for part in parts]
        found = [part for part in found if part["cues"]]
        if not found:
            raise UnreadableError("Your rule has no cues: it can hear nothing.")
        cues = [cue for part in found for cues in part.values() for cue in cues]
        if len(cues) > 60 or max(map(len, cues)) > 300:
            raise UnreadableError(
                "Your rule is very long. Sixty cues of three hundred letters are the most that is tried."
            )
        for cue in cues:
            _cue(cue)
        return found

    @staticmethod
    def weigh(value: list[dict[str, list[str]]], form: Form, key: Key) -> Found:
        """How many more sentences it judges rightly than the rule that was given."""
        found = Found(0.0)
        if value == [form["given"]]:
            found.slip("unchanged", "That is the rule as it was given. What does it take that it should not?")
            return found
        rights = _right(value, key)
        before = sum(_right([form["given"]], key))
        for good, (_, name) in zip(rights, [*key["hit"], *key["miss"]], strict=True):
            if not good:
                found.slip(name, key["slips"][name])
        found.share = max(0.0, (sum(rights) - before) / max(1, len(rights) - before))
        if not any(_right(value, {"hit": key["hit"], "miss": []})):
            found.slip(
                "deaf", "Your rule takes none of the sentences that it is for. What holds all of them back?"
            )
            found.share = 0.0
        elif not any(_right(value, {"hit": [], "miss": key["miss"]})):
            found.share = 0.0
        return found

    @staticmethod
    def shown(value: list[dict[str, list[str]]], form: Form) -> str:
        """The answer as it was understood."""
        return "; ".join(
            f"cues {listed(map(repr, p['cues']))}"
            + (f", unless {listed(map(repr, p['unless']))}" if p["unless"] else "")
            for p in value
        )

    @staticmethod
    def fields(form: Form) -> list[dict[str, Any]]:
        """What a card asks: the cues and the unless, one a line."""
        return [
            {
                "key": "cues",
                "kind": "text",
                "prompt": "cues: the rule takes a sentence with one of these (one a line)",
                "options": [],
            },
            {
                "key": "unless",
                "kind": "text",
                "prompt": "unless: but not if one of these is there as well (one a line)",
                "options": [],
            },
        ]

    @staticmethod
    def from_card(said: Mapping[str, Any], form: Form) -> Any:
        """What a card's fields amount to."""
        return {name: _lines(said.get(name)) for name in ("cues", "unless")}


def _lines(said: Any) -> list[str]:
    if isinstance(said, str):
        said = said.split("\n")
    if said is None:
        return []
    if not isinstance(said, list) or any(not isinstance(each, str) for each in said):
        raise UnreadableError(f"In your rule stands {kind_of(said)}; cues are texts, one a line.")
    return [line.strip().strip("\"'“”‘’,") for each in said for line in each.split("\n") if line.strip()]


def _cue(text: str) -> Cue:
    from ...rulebook import _shipped

    try:
        return compile_cue(text, _shipped("perspective")[1])
    except WorkError as trouble:
        raise UnreadableError(str(trouble)) from None


def _right(value: Sequence[Written], key: Key) -> list[bool]:
    """For each sentence whether the rule does with it what it should."""
    made = [([_cue(c) for c in part["cues"]], [_cue(c) for c in part["unless"]]) for part in value]

    def takes(sentence: str) -> bool:
        told = folded(sentence)
        return any(
            any(c.find(told) for c in cues) and not any(c.find(told) for c in held) for cues, held in made
        )

    return [takes(text) for text, _ in key["hit"]] + [not takes(text) for text, _ in key["miss"]]
