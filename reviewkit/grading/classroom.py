"""What did a class get wrong, and what waits for its teacher? One page, for the teacher's eyes alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from ..exercises.marking import FULL
from ..portfolios.markup import Markup, el, table
from .page import listed, page, said
from .suspecting import suspicions
from .teacher import Said
from .worth import Marked
from .written import disputed, opened

__all__ = ["class_page"]

_Keys = Mapping[Any, Mapping[str, Any]]


def class_page(made: Sequence[Marked], keys: _Keys, teacher: Said, how: str) -> str:
    """The whole page, as text; `how` says in a sentence how notebooks were run."""
    people = len({each.id for each in made})
    head = [
        el("p", f"{people} students, {len(made)} sets handed in", class_="by"),
        el("p", how, class_="note"),
    ]
    head += [el("p", trouble, class_="note") for trouble in teacher.troubles]
    parts = [
        ("class", "The class", _overview(made, keys)),
        ("tasks", "Task by task", _tasks(made, keys)),
        ("misconceptions", "What they took for right", _misconceptions(made, keys)),
        ("open", "Open answers, side by side", opened(made, keys, teacher)),
        ("disputed", "Disputed readings", disputed(made, keys)),
        ("look", "To be looked at", _suspicious(made, keys)),
        ("notes", "Notes on single files", _notes(made)),
    ]
    return page("What a class handed in", head, parts, wide=True)


def by_set(made: Sequence[Marked], keys: _Keys) -> list[tuple[Mapping[str, Any], list[Marked]]]:
    """Those that were marked, by the set they did."""
    return [
        (key, [e for e in made if e.rows and (e.set, e.page) == name]) for name, key in sorted(keys.items())
    ]


def _overview(made: Sequence[Marked], keys: _Keys) -> Markup:
    rows = []
    for key, group in by_set(made, keys):
        if group:
            totals = sorted(each.points for each in group)
            spread = f"{totals[0]:g} to {totals[-1]:g}"
            waits = sum(each.waiting for each in group)
            most = f"{group[0].out_of:g}"
            name = f"{key['set']} {key['title']}, on {key['page']}"
            rows.append([name, str(len(group)), f"{median(totals):g}", spread, most, str(waits)])
    without = [each for each in made if not each.rows]
    body = [table("All sets", ["Set", "Handed in", "Median", "From, to", "Out of", "Waiting for you"], rows)]
    if without:
        body += [el("h3", "Not marked"), listed(f"{each.id}: {' '.join(each.notes)}" for each in without)]
    return Markup("".join(body))


def _tasks(made: Sequence[Marked], keys: _Keys) -> Markup:
    parts = []
    columns = ["Task", "Right", "Partly", "Not yet", "Not attempted", "With you", "Share of points"]
    for key, group in by_set(made, keys):
        rows = []
        for number, task in enumerate(key["tasks"] if group else ()):
            marks = [each.rows[number] for each in group]
            results = Counter(_sort_of(row) for row in marks)
            counts = [
                str(results[name]) for name in ("right", "partly", "not yet", "not attempted", "with you")
            ]
            done = [row for row in marks if not (row["to_teacher"] and "teacher" not in row)]
            share = sum(r["points"] for r in done) / sum(r["out_of"] for r in done) if done else None
            rows.append([task["title"], *counts, "" if share is None else f"{share:.0%}"])
        if rows:
            parts.append(table(f"{key['set']} on {key['page']}", columns, rows))
    return Markup("".join(parts))


def _sort_of(row: Mapping[str, Any]) -> str:
    if row["to_teacher"] and "teacher" not in row:
        return "with you"
    if row["result"] in FULL or row["points"] >= row["out_of"]:
        return "right"
    if row["result"] == "not attempted":
        return "not attempted"
    return "partly" if row["points"] > 0 else "not yet"


def _misconceptions(made: Sequence[Marked], keys: _Keys) -> Markup:
    parts: list[Markup] = []
    for key, group in by_set(made, keys):
        for number, task in enumerate(key["tasks"] if group else ()):
            held: dict[str, list[str]] = defaultdict(list)
            example: dict[str, str] = {}
            for each in group:
                row = each.rows[number]
                for slip in dict.fromkeys(row["misconceptions"]):
                    held[slip].append(each.id)
                    if len(row["misconceptions"]) == 1 and row["feedback"]:
                        example.setdefault(slip, row["feedback"][0])
                if row["result"] == "unreadable":
                    held["(could not be read)"].append(each.id)
            if not held:
                continue
            parts.append(el("h3", f"{key['set']}, {task['title']}"))
            ranked = sorted(held.items(), key=lambda item: (-len(item[1]), item[0]))
            parts.append(el("ul", *(_slip(slip, who, example.get(slip)) for slip, who in ranked)))
    return Markup("".join(parts))


def _slip(slip: str, who: Sequence[str], example: str | None) -> Markup:
    name = "Nobody foresaw it" if slip == "unexplained" else slip.replace("-", " ")
    return el(
        "li",
        el("b", f"{name}: {len(who)}"),
        el("p", f"Told, for one: {said(example)}", class_="quiet") if example else None,
        el("details", el("summary", f"Who ({len(who)})"), el("p", ", ".join(who))),
    )


def _suspicious(made: Sequence[Marked], keys: _Keys) -> Markup:
    found = suspicions(made, keys)
    if not found:
        return el("p", "Nothing.")
    intro = el("p", "Likenesses and oddities, which prove nothing by themselves.", class_="quiet")
    groups: dict[str, list[Any]] = defaultdict(list)
    for each in found:
        groups[each.kind].append(each)
    parts = [intro]
    for kind, rows in groups.items():
        parts.append(el("h3", kind.capitalize()))
        lines = [
            el("li", el("span", ", ".join(each.who), class_="who"), f": {said(each.seen)}") for each in rows
        ]
        parts.append(el("ul", *lines))
    return Markup("".join(parts))


def _notes(made: Sequence[Marked]) -> Markup:
    rows = [(each, " ".join(each.notes)) for each in made if each.notes and each.rows]
    return el(
        "ul", *(el("li", el("span", each.id, class_="who"), f", {each.set}: {said(n)}") for each, n in rows)
    )
