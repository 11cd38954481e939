"""Which label for which? Lines, passages or whole reviews, each with a label, and with words where asked.

A judgement is held against the key and against each annotator; to agree with any of them counts in full.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from ..plain import is_blank, listed, squeezed
from ._parts import Form, Found, Key, UnreadableError, brief, kind_of, named, rows_of, slips_of

__all__ = ["Sort", "sort"]

_LONGEST = 4_000  # letters of an answer that was typed in lines


def sort(
    items: Mapping[str, str],
    labels: Mapping[str, str],
    right: Mapping[str, str],
    slips: Mapping[tuple[str, str], tuple[str, str]],
    *,
    readings: Mapping[str, Mapping[str, str]] | None = None,
    texts: Mapping[str, str] | None = None,
    words: Mapping[str, Mapping[str, list[str]]] | None = None,
    silent: Collection[str] = (),
) -> tuple[Form, Key]:
    """A task that gives each item a label.

    `slips` are misconceptions by (item, label given), or by (label that is right, label given) for all
    items. `readings` are the annotators' labels, each of which is right too. With `texts`, the words that a
    label rests on are asked for as well: `words` has passages for each item and label, and labels in
    `silent` need none.
    """
    assert set(right) == set(items)
    assert set(right.values()) <= set(labels)
    form = {"items": dict(items), "labels": dict(labels), "words": texts is not None, "silent": [*silent]}
    return form, {
        "right": dict(right),
        "readings": {who: dict(said) for who, said in (readings or {}).items()},
        "slips": slips_of(slips),
        "texts": dict(texts or {}),
        "passages": {item: dict(said) for item, said in (words or {}).items()},
    }


class Sort:
    """A label for each of some items."""

    @staticmethod
    def read(data: Any, form: Form) -> dict[str, dict[str, str]]:
        """For each item that was judged, its label and the words it rests on. Raises `UnreadableError`."""
        items, labels = form["items"], form["labels"]
        said: dict[str, Any] = {}
        if isinstance(data, dict) and "columns" in data:
            for row in rows_of(data):
                cells = {name.casefold(): cell for name, cell in row.items()}
                item = next((c for c in row.values() if isinstance(c, str) and _is_item(c, items)), None)
                rest = [c for c in row.values() if isinstance(c, str) and c != item]
                if item is not None:
                    said[item] = {
                        "label": cells.get("label", rest[0] if rest else None),
                        "words": cells.get("words"),
                    }
        elif isinstance(data, dict) and "unreadable" not in data:
            said = _turned(data, items, labels)
        elif (pairs := _pairs(data, items)) is not None:
            said = pairs
        elif isinstance(data, list) and len(data) == len(items):
            said = dict(zip(items, data, strict=True))
        else:
            first = next(iter(items))
            raise UnreadableError(
                f"Your answer is {kind_of(data)}; a label for each of {listed([*items])} was asked for, "
                f"such as {{{first!r}: {next(iter(labels))!r}}}."
            )
        found = {}
        for item, given in said.items():
            given = _fields(given)
            if not is_blank(given.get("label")):
                words = given.get("words")
                words = " … ".join(map(str, words)) if isinstance(words, list) else words
                label = named(given.get("label"), labels, "label")
                found[named(item, items, "item")] = {"label": label, "words": str(words or "").strip()}
        return found

    @staticmethod
    def weigh(value: dict[str, dict[str, str]], form: Form, key: Key) -> Found:
        """Each item by itself; with words asked for, half of each is the label and half the words."""
        items = form["items"]
        found, whole, others, points = Found(0.0), [], [], 0.0
        later: list[tuple[str, str]] = []
        for item in items:
            if item not in value:
                continue
            label = value[item]["label"]
            share, wrong = _agrees(item, label, key)
            others += [item] if share and label != key["right"][item] else []
            if share and form["words"] and label not in form["silent"]:
                slip = _words_slip(item, value[item], key)
                share, wrong = (0.5, slip) if slip else (1.0, None)
            points += share
            whole += [item] if share == 1.0 else []
            later += [wrong] if wrong else []
        found.share = min(points / len(items), 1.0)
        if whole and len(whole) < len(items):
            found.said.append(f"{'Agreed' if key['readings'] else 'Right'} so far: {listed(whole)}.")
        for name, says in later:
            found.slip(name, says)
        if open_ones := [item for item in items if item not in value]:
            found.slip("left-open", f"Not answered yet: {listed(open_ones)}.")
        if (
            len(items) > 3
            and len(value) == len(items)
            and len({v["label"] for v in value.values()}) == 1
            and found.share < 1
        ):
            found.slip("all-alike", "You gave the same label to all of them. Which two of them differ most?")
        found.agrees = "" if found.share < 1 else "annotator" if others else "key"
        return found

    @staticmethod
    def shown(value: dict[str, dict[str, str]], form: Form) -> str:
        """The answer as it was understood."""
        return "; ".join(
            f"{item}: {said['label']}" + (f" ({brief(said['words'], 60)})" if said["words"] else "")
            for item, said in value.items()
        )

    @staticmethod
    def fields(form: Form) -> list[dict[str, Any]]:
        """What a card asks: a label for each item and, where asked, the words it rests on."""
        asked: list[dict[str, Any]] = []
        plain = [{"value": label, "label": label} for label in form["labels"]]
        for item, text in form["items"].items():
            layout = "inline" if form["words"] else "row"
            asked.append(
                {
                    "key": item,
                    "kind": "choice",
                    "layout": layout,
                    "prompt": item,
                    "quote": text,
                    "options": plain,
                }
            )
            if form["words"]:
                asked.append(
                    {
                        "key": f"{item} words",
                        "kind": "text",
                        "prompt": f"{item}: the words it rests on",
                        "options": [],
                    }
                )
        return asked

    @staticmethod
    def from_card(said: Mapping[str, Any], form: Form) -> Any:
        """What a card's fields amount to."""
        if not form["words"]:
            return {item: said.get(item) for item in form["items"]}
        return {
            item: {"label": said.get(item), "words": said.get(f"{item} words", "")} for item in form["items"]
        }


def _is_item(cell: Any, items: Mapping[str, str]) -> bool:
    try:
        return bool(named(cell, items, "item"))
    except UnreadableError:
        return False


def _pairs(data: Any, items: Mapping[str, str]) -> dict[str, Any] | None:
    """Pairs of item and label, or lines such as “a: label”, as a mapping; None where they are neither."""
    if isinstance(data, str):
        lines = [line for line in re.split(r"[\n;]", data[:_LONGEST]) if line.strip()]
        data = [re.split(r"\s*[:=]\s*|\s+-\s+", line, maxsplit=1) for line in lines]
    if not isinstance(data, list) or not data:
        return None
    if all(isinstance(pair, list) and len(pair) == 2 and _is_item(pair[0], items) for pair in data):
        return {str(item): label for item, label in data}
    return None


def _turned(data: dict[str, Any], items: Mapping[str, str], labels: Mapping[str, str]) -> dict[str, Any]:
    """Items under each label, turned into a label for each item; as it came where it is not of that form."""
    if not all(isinstance(each, list) for each in data.values()) or any(_is_item(k, items) for k in data):
        return data
    return {str(item): label for label, each in data.items() for item in each}


def _fields(given: Any) -> dict[str, Any]:
    """A label, and the words it rests on, under whatever names they came."""
    if isinstance(given, list) and len(given) == 2:
        return {"label": given[0], "words": given[1]}
    if not isinstance(given, dict) or "unreadable" in given:
        return {"label": given}
    said = {str(name).strip().casefold(): value for name, value in given.items()}
    label = next((said[name] for name in ("label", "verdict", "answer") if name in said), None)
    words = next((said[name] for name in ("words", "evidence", "quote", "text") if name in said), None)
    return {"label": label, "words": words}


def _agrees(item: str, label: str, key: Key) -> tuple[float, tuple[str, str] | None]:
    """Whether this label is the key's or an annotator's, and the misconception where it is neither."""
    right = key["right"][item]
    if label in (right, *(said.get(item) for said in key["readings"].values())):
        return 1.0, None
    slips = key["slips"]
    name, says = slips.get(f"{item}>{label}") or slips.get(f"{right}>{label}") or ("", "")
    says = says or f"{item}: you say {label}. Which words of it would convince somebody who says otherwise?"
    return 0.0, (name or "unexplained", says.replace("{item}", item).replace("{yours}", label))


def _words_slip(item: str, said: Mapping[str, str], key: Key) -> tuple[str, str] | None:
    """What is wrong with the words that a label is rested on; None where they carry it."""
    words, text = squeezed(said["words"]).strip(" .,;:!?\"'"), squeezed(key["texts"].get(item, ""))
    if not words:
        return "no-words", f"{item}: you say {said['label']}, and quote nothing. Which words show it?"
    parts = [part.strip(" .,;:!?\"'") for part in words.replace("...", "…").split("…")]
    parts = [part for part in parts if part]
    if missing := [part for part in parts if part not in text]:
        return (
            "words-not-there",
            f"{item}: {brief(missing[0], 60)} does not stand there like that. Copy the words.",
        )
    if max(map(len, parts)) < 5 or all(" " not in part for part in parts):
        return (
            "words-too-few",
            f"{item}: {brief(words, 40)} is too little to show anything. Quote the whole clause.",
        )
    if sum(map(len, parts)) > max(250, len(text) // 2) and len(text) > 500:
        return "words-too-many", f"{item}: you quote half the review. Which clause of it decides?"
    passages = [squeezed(each) for each in key["passages"].get(item, {}).get(said["label"], [])]
    for part in parts:
        at = text.index(part)
        for passage in passages:
            start = text.find(passage)
            if start >= 0 and at < start + len(passage) and start < at + len(part):
                return None
    return "words-elsewhere", (
        f"{item}: {brief(words, 60)} stands there. Does it show that the verdict is {said['label']}, or only "
        "that the matter comes up?"
    )
