"""What waits for the teacher, side by side: open answers with their rubric, disputes with reasons."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from ..exercises.plain import is_blank
from ..portfolios.markup import Markup, el, paragraphs, table
from .page import badge, number, said
from .teacher import Said
from .worth import Marked

__all__ = ["disputed", "opened"]

_Keys = Mapping[Any, Mapping[str, Any]]


def opened(made: Sequence[Marked], keys: _Keys, teacher: Said) -> Markup:
    """Every open task: rubric, model answer, and what each student wrote."""
    parts: list[Markup] = []
    for (set_id, name), key in sorted(keys.items()):
        group = [each for each in made if each.rows and (each.set, each.page) == (set_id, name)]
        for place, task in enumerate(key["tasks"]):
            rows = [(each, each.rows[place]) for each in group]
            rows = [(each, row) for each, row in rows if not is_blank(row["answer"])]
            if task["kind"] == "open" and rows:
                parts += _task(key, task, rows)
    if parts:
        parts = [_how(teacher), *parts]
    return Markup("".join(parts))


def _how(teacher: Said) -> Markup:
    way = el(
        "p",
        "Type points into ",
        el("code", "open-marks.csv"),
        ", or levels of the rubric such as ",
        el("code", "2 1 0"),
        "; keys of comments from ",
        el("code", "comments.csv"),
        ", and a remark if you like. Then run the same command again: grades and feedback take them up.",
        class_="note",
    )
    rows = [[key, comment] for key, comment in teacher.comments.items()]
    if not rows:
        return way
    kept = el(
        "details",
        el("summary", f"{len(rows)} comments to use again"),
        table("Comments", ["Key", "Comment"], rows),
    )
    return Markup(way + kept)


def _task(key: Mapping[str, Any], task: Mapping[str, Any], rows: list[tuple[Marked, Any]]) -> list[Markup]:
    rubric = [
        [f"{n}. {criterion}", *levels]
        for n, (criterion, levels) in enumerate(task["form"].get("rubric", ()), 1)
    ]
    parts = [el("h3", f"{key['set']}, {task['title']} ({number(task['points'])})")]
    if rubric:
        parts.append(table("Rubric", ["Criterion", "0", "1", "2"], rubric))
    for head, name in (("A model answer", "model"), ("What is good about it", "commentary")):
        if text := task["key"].get(name):
            parts.append(el("details", el("summary", head), paragraphs(str(text))))
    return [*parts, el("div", *(_answer(each, row) for each, row in rows), class_="beside")]


def _answer(each: Marked, row: Mapping[str, Any]) -> Markup:
    answer = row["answer"]
    text = answer.get("text", "") if isinstance(answer, dict) else answer
    text = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
    own = answer.get("self") if isinstance(answer, dict) else None
    own = own or ((each.said or {}).get("answers", {}).get(row["task"]) or {}).get("self")
    parts = [el("h4", each.id), el("div", said(text), class_="yours")]
    parts.append(el("p", f"{len(text.split())} words", class_="quiet"))
    if isinstance(own, dict) and own:
        levels = ", ".join(f"{n}: {level}" for n, level in own.items())
        parts.append(el("p", f"Judges it so, by the rubric: {said(levels)}", class_="quiet"))
    if "teacher" in row:
        parts.append(el("p", f"You gave {number(row['points'])}.", class_="who"))
    parts += [el("p", comment, class_="note") for comment in row.get("comments", ())]
    return el("div", *parts)


def disputed(made: Sequence[Marked], keys: _Keys) -> Markup:
    """Readings that were held to with a reason, by task, with what the key and the annotators say."""
    by_task: dict[tuple[Any, int], list[tuple[Marked, Any]]] = defaultdict(list)
    for each in made:
        for place, row in enumerate(each.rows):
            if row["result"] == "disputed":
                by_task[(each.set, each.page), place].append((each, row))
    parts: list[Markup] = []
    for (name, place), rows in sorted(by_task.items(), key=lambda item: item[0]):
        key = keys[name]
        task = key["tasks"][place]
        parts.append(el("h3", f"{key['set']}, {task['title']}"))
        if told := _readings(task):
            parts.append(el("details", el("summary", "What the key and the annotators say"), told))
        parts.append(el("div", *(_dispute(each, row) for each, row in rows), class_="beside"))
    if parts:
        note = "They keep the points they have without the dispute, until you give others in open-marks.csv."
        parts = [el("p", note, class_="note"), *parts]
    return Markup("".join(parts))


def _dispute(each: Marked, row: Mapping[str, Any]) -> Markup:
    parts = [
        el("h4", each.id),
        el("p", badge(row["result"]), f"{row['points']:g} of {number(row['out_of'])}"),
    ]
    parts += [el("p", "Reads:", class_="quiet"), el("div", said(row["read"]), class_="yours")]
    parts += [el("p", "Because:", class_="quiet"), el("div", said(row["because"]), class_="yours")]
    if "teacher" in row:
        parts.append(el("p", f"You gave {number(row['points'])}.", class_="who"))
    return el("div", *parts)


def _readings(task: Mapping[str, Any]) -> Markup:
    """The key beside the annotators, where the task is one of labels; else what it takes for right."""
    key, form = task["key"], task["form"]
    items = form.get("items")
    right, others = key.get("right"), key.get("readings")
    if isinstance(items, dict) and isinstance(right, dict):
        names = list(others) if isinstance(others, dict) else []
        rows = [
            [str(text), str(right.get(item, "")), *(str(others[name].get(item, "")) for name in names)]
            for item, text in items.items()
        ]
        return table("Readings", ["Passage", "Key", *names], rows)
    if isinstance(key.get("accepted"), list):
        return _passages(key)
    told = [_chosen("Key", right, form.get("verdicts") or form.get("options"))]
    if isinstance(key.get("grounds"), dict):
        told.append(_chosen("Good grounds", key["grounds"].get("right"), form["grounds"].get("options")))
    return Markup("".join(told))


def _passages(key: Mapping[str, Any]) -> Markup:
    """Every passage that the key or an annotator marked, with its label."""
    rows = []
    for each in key["accepted"]:
        review = str(each.get("review_id", ""))
        words = key["texts"].get(review, "")[each.get("start", 0) : each.get("end", 0)]
        by = "the key" if each.get("by") == "key" else "an annotator"
        rows.append([review, " ".join(words.split()), str(each.get("label", "")), by])
    return table("Passages", ["Review", "Passage", "Label", "Marked by"], rows)


def _chosen(name: str, right: Any, options: Any) -> Markup:
    """Options by their words, one a line; nothing where there are none."""
    chosen = [right] if isinstance(right, str) else right if isinstance(right, list) else []
    if not isinstance(options, dict) or not chosen:
        return Markup("")
    rows = [[str(each), str(options.get(each, ""))] for each in chosen]
    return table(name, ["Option", "Its words"], rows)
