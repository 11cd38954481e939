"""Does the page bear this claim out? A verdict on a claim, and the grounds that it rests on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ..plain import is_blank
from ._parts import Form, Found, Key, UnreadableError, kind_of, named, options_of, slips_of, unwrapped
from .choices import Choices, choices

__all__ = ["Claim", "claim"]

Slips = Mapping[str, tuple[str, str]]


def claim(
    verdicts: Mapping[str, str],
    right: str,
    slips: Slips,
    *,
    grounds: Mapping[str, str],
    sound: Collection[str],
    taken: Slips,
    left: Slips,
) -> tuple[Form, Key]:
    """A task that judges a claim: half of it is the verdict, half the grounds (those that are `sound`)."""
    assert set(slips) == set(verdicts) - {right}
    form, key = choices(grounds, sound, taken, left)
    whole = {"verdicts": dict(verdicts), "grounds": form}
    return whole, {"right": right, "slips": slips_of(slips), "grounds": key}


class Claim:
    """A verdict, and its grounds."""

    @staticmethod
    def read(data: Any, form: Form) -> dict[str, Any]:
        """The verdict's key, and for each ground yes or no. Raises `UnreadableError`."""
        said = _parts(data, form)
        if said is None:
            raise UnreadableError(
                f"Your answer is {kind_of(data)}; a verdict and its grounds were asked for, such as "
                f"{{'verdict': {next(iter(form['verdicts']))!r}, 'grounds': [...]}}."
            )
        verdict, grounds = unwrapped(said[0]), said[1]
        verdict = "" if is_blank(verdict) else named(verdict, form["verdicts"], "verdict")
        return {
            "verdict": verdict,
            "grounds": Choices.read([] if grounds is None else grounds, form["grounds"]),
        }

    @staticmethod
    def weigh(value: dict[str, Any], form: Form, key: Key) -> Found:
        """Half for the verdict, half for the grounds; nothing for grounds of a wrong verdict."""
        grounds = Choices.weigh(value["grounds"], form["grounds"], key["grounds"])
        holds = value["verdict"] == key["right"]
        found = Found(0.5 * holds + 0.5 * grounds.share * holds)
        if not value["verdict"]:
            found.slip("no-verdict", "There is no verdict yet. Does the page bear the claim out?")
        elif not holds:
            found.slip(*key["slips"][value["verdict"]])
        elif grounds.share < 1:
            found.said.append("Your verdict holds. Now its grounds.")
        for name in grounds.slips:
            found.slips.append(name)
        found.said += [said for said in grounds.said if said not in found.said]
        return found

    @staticmethod
    def shown(value: dict[str, Any], form: Form) -> str:
        """The answer as it was understood."""
        grounds = Choices.shown(value["grounds"], form["grounds"])
        return f"{value['verdict'] or 'no verdict'}, on the grounds {grounds}"

    @staticmethod
    def fields(form: Form) -> list[dict[str, Any]]:
        """What a card asks."""
        first = {
            "key": "verdict",
            "kind": "choice",
            "prompt": "Your verdict",
            "options": options_of(form["verdicts"]),
        }
        return [first, *Choices.fields(form["grounds"])]

    @staticmethod
    def from_card(said: Mapping[str, Any], form: Form) -> Any:
        """What a card's fields amount to."""
        return {"verdict": said.get("verdict"), "grounds": Choices.from_card(said, form["grounds"])}


def _parts(data: Any, form: Form) -> tuple[Any, Any] | None:
    """The verdict and the grounds of an answer, in whatever form they came; None where there are neither."""
    if isinstance(data, str):
        return data, []
    if isinstance(data, list) and len(data) == 2 and isinstance(data[1], list | dict):
        return data[0], data[1]
    if not isinstance(data, dict) or "columns" in data or "unreadable" in data:
        return None
    said = {str(name).strip().casefold(): value for name, value in data.items()}
    single = {name: said[name] for name in said if name in form["grounds"]["options"]}
    grounds = said.get("grounds", said.get("ground", single))
    return (said.get("verdict"), grounds or []) if {"verdict", "grounds", *single} & set(said) else None
