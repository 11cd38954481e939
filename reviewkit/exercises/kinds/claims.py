"""Does the page bear this claim out? A verdict on a claim, and the grounds that it rests on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ._parts import Form, Found, Key, UnreadableError, kind_of, named, options_of, slips_of
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
        if not isinstance(data, dict) or "verdict" not in data:
            raise UnreadableError(
                f"Your answer is {kind_of(data)}; a verdict and its grounds were asked for, such as "
                f"{{'verdict': {next(iter(form['verdicts']))!r}, 'grounds': [...]}}."
            )
        verdict = data["verdict"]
        verdict = named(verdict, form["verdicts"], "verdict") if verdict not in (None, "") else ""
        grounds = data.get("grounds")
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
