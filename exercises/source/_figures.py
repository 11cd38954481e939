"""Numbers that one comes to on wrong ways, and the shape that tasks asking for a number have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reviewkit.exercises.kinds import number
from reviewkit.exercises.tasks import Task

_ROUNDED = "{yours} is rounded further than was asked. What are its decimals before you round?"
Slips = Mapping[str, tuple[float, str]]


def wrong_numbers(
    expected: float, slips: Slips, tolerance: float, most: float | None
) -> list[tuple[object, str]]:
    """Each wrong number with the slip that comes to it first, and those that are wrong anywhere."""
    near = max(tolerance, 1e-9)
    known = {name: float(value) for name, (value, _) in slips.items() if abs(value - expected) > near}
    found: list[tuple[float, str]] = []
    for value in known.values():
        first = next(name for name, other in known.items() if abs(value - other) <= near)
        if abs(value - expected) > 2 * near and first not in [name for _, name in found]:
            found.append((known[first], first))
    if most is not None:
        found.append((3 * most + 1, "more-than-there-are"))
    if expected > 0 and all(abs(-expected - v) > 2 * near for v, _ in found):
        found.append((-expected, "below-nought"))
    return [*found]


def figure(
    id: str,
    expected: float,
    slips: Slips,
    *,
    tolerance: float = 0.0,
    unit: str = "",
    most: float | None = None,
    places: int = 0,
    code: str = "",
    **more: Any,
) -> Task:
    """A task that asks for a number; `code` is its answer where it takes Python, `places` its decimals."""
    if places > 1:
        slips = {**slips, "rounded-too-far": (round(expected, places - 1), _ROUNDED)}
    form, key = number(expected, slips, tolerance=tolerance, unit=unit, most=most)
    written = f"{expected:.{places}f}"
    right = [expected, float(written), written, f"{written} {unit}".strip(), f" {written}. "]
    starter = f"{id} = ..." if code else f'{id} = ex.card("{id}")\n{id}'
    head, _, last = code.rpartition("\n")
    if head:
        starter = f"{head}\n\n{starter}"
    return Task(
        id=id,
        kind="number",
        starter=more.pop("starter", starter),
        answer=f"{head}\n\n{id} = {last}".strip() if code else f"{id} = {written}",
        form=form,
        key=key,
        right=right,
        wrong=wrong_numbers(expected, slips, tolerance, most),
        python=bool(code),
        **more,
    )


def as_table(head: list[str], rows: list[list[Any]]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in (head, *rows)]
    lines.insert(1, "|" + "---|" * len(head))
    return "\n".join(lines)
