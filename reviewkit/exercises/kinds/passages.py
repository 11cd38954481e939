"""Where does it say so? Passages of the page: labelled in a pane, or quoted.

A passage is right where it shares words with one that the key or an annotator marked under that label. To
leave out what one of two annotators left out as well is never wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from ..plain import listed, squeezed
from ._parts import Form, Found, Key, UnreadableError, brief, kind_of, named, rows_of

__all__ = ["Spans", "spans"]

Span = Mapping[str, Any]
_FIELDS = 8  # on a card, where it is not said how many passages there are


def spans(
    texts: Mapping[str, str],
    labels: Mapping[str, str],
    accepted: Sequence[Span],
    traps: Sequence[Span],
    slips: Mapping[str, str],
    *,
    need: int | None = None,
    unknown: str = "beside",
) -> tuple[Form, Key]:
    """A task that asks for passages. `accepted` and `traps` have review_id, start, end and, where labels are
    given, label; accepted ones say `must` (whether leaving it out counts) and `by` (`key` or an annotator),
    traps the `slip` that they are, whose words are in `slips`. `need`: that many accepted ones are enough.
    `unknown` is the slip of a passage that is none of these.
    """
    form = {"reviews": [*texts], "labels": dict(labels), "need": need}
    return form, {
        "texts": dict(texts),
        "accepted": [dict(each) for each in accepted],
        "traps": [dict(each) for each in traps],
        "slips": dict(slips),
        "unknown": unknown,
    }


class Spans:
    """Passages, with labels where there is more than one."""

    @staticmethod
    def read(data: Any, form: Form) -> list[dict[str, Any]]:
        """Each passage: text, and review_id, label, start, end as far as given. Raises `UnreadableError`."""
        labels = form["labels"]
        if isinstance(data, dict) and "columns" in data:
            data = rows_of(data)
        elif isinstance(data, dict) and "unreadable" not in data:
            if "text" in data or "start" in data:
                data = [data]
            else:
                data = [
                    {"label": k, "text": t}
                    for k, v in data.items()
                    for t in (v if isinstance(v, list) else [v])
                ]
        elif isinstance(data, str):
            data = [part for part in data.split("\n") if part.strip()]
        if not isinstance(data, list):
            raise UnreadableError(
                f"Your answer is {kind_of(data)}; passages were asked for: marks of the pane, or a list of "
                "quotations."
            )
        found = []
        for each in data[:300]:
            row = each if isinstance(each, dict) else _pair(each, labels)
            if labels and isinstance(each, str):
                known = listed([*labels], "or")
                raise UnreadableError(f"{brief(each, 40)} has no label. Say of each passage: {known}.")
            if not isinstance(row.get("text"), str) or not row["text"].strip():
                raise UnreadableError(f"One of your passages is {kind_of(each)}, and has no words.")
            label = row.get("label")
            if isinstance(row.get("layer"), str) and "layer" in form and row["layer"] != form["layer"]:
                continue
            label = named(label, labels, "label") if labels else ""
            whole = isinstance(row.get("start"), int) and isinstance(row.get("end"), int)
            place = {"start": row["start"], "end": row["end"]} if whole else {}
            review = row.get("review_id")
            at = {"review_id": review} if isinstance(review, str) else {}
            found.append({"text": row["text"], "label": label, **at, **place})
        return found

    @staticmethod
    def weigh(value: list[dict[str, Any]], form: Form, key: Key) -> Found:
        """What was found, what was taken for it and is not, and how much is still to be found."""
        found = Found(0.0)
        hit: set[int] = set()
        wrong = 0
        for span in _apart(value, key["texts"]):
            places = _places(span, key["texts"])
            if len(squeezed(span["text"]).split()) < 2:
                found.slip(
                    "too-short",
                    f"{brief(span['text'])} is too short to show anything. Take the whole clause.",
                )
                wrong += 1
            elif not places:
                found.slip(
                    "not-there", f"{brief(span['text'])} does not stand there like that. Copy the words."
                )
                wrong += 1
            else:
                wrong += not _judged(span, places, key, found, hit)
        accepted = key["accepted"]
        groups = {a["unit"] for n, a in enumerate(accepted) if n in hit}
        if form["need"]:
            have, need = len(groups), form["need"]
        else:
            must = {a["unit"] for a in accepted if a["must"]}
            have, need = len(groups & must), len(must)
        found.share = 1.0 if have >= need and not wrong else min(0.9, have / (max(need, have) + wrong))
        if have and found.share < 1:
            found.said.insert(0, f"Right so far: {have}.")
        if have < need:
            more = "Some that careful readers marked are" if not have else f"{need - have} more are"
            more = "One more is" if have and need - have == 1 else more
            found.slip("not-all", f"{more} still to be found.")
        if found.share == 1.0:
            by = {a["by"] for n, a in enumerate(accepted) if n in hit}
            found.agrees = "key" if "key" in by else "annotator"
        return found

    @staticmethod
    def shown(value: list[dict[str, Any]], form: Form) -> str:
        """The answer as it was understood."""
        return listed([brief(span["text"], 60) for span in value[:6]]) + (
            " and more" if len(value) > 6 else ""
        )

    @staticmethod
    def fields(form: Form) -> list[dict[str, Any]]:
        """What a card asks: a field for each quotation that is needed, or several, which say not how many."""
        return [
            {"key": str(n + 1), "kind": "text", "prompt": f"Passage {n + 1}: copy its words", "options": []}
            for n in range(form["need"] or _FIELDS)
        ]

    @staticmethod
    def from_card(said: Mapping[str, Any], form: Form) -> Any:
        """What a card's fields amount to."""
        quoted = [str(text or "") for _, text in sorted(said.items())]
        return [line.strip() for text in quoted for line in text.split("\n") if line.strip()]


def _pair(each: Any, labels: Mapping[str, str]) -> dict[str, Any]:
    """A passage given as (label, words) or (words, label), or as words alone."""
    if not labels or not isinstance(each, list) or len(each) != 2 or not isinstance(each[0], str):
        return {"text": each}
    first = each[0].strip().casefold() in {label.casefold() for label in labels}
    return dict(zip(("label", "text") if first else ("text", "label"), each, strict=True))


def _apart(value: Sequence[dict[str, Any]], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Passages, those apart that were written in one line with semicolons between them."""
    found = []
    for span in value:
        parts = [part for part in span["text"].split(";") if part.strip()]
        split = len(parts) > 1 and "start" not in span and not _places(span, texts)
        found += [{**span, "text": part} for part in parts] if split else [span]
    return found


def _within(place: tuple[str, int, int], accepted: Sequence[Span]) -> bool:
    review, start, end = place
    return any(review == a["review_id"] and start < a["end"] and a["start"] < end for a in accepted)


def _holds(place: tuple[str, int, int], each: Span) -> bool:
    return bool(place[0] == each["review_id"] and place[1] <= each["start"] and each["end"] <= place[2])


def _places(span: Span, texts: Mapping[str, str]) -> list[tuple[str, int, int]]:
    """Where the words stand: at the place that is given if they are there, else wherever they are."""
    review, words = span.get("review_id"), squeezed(span["text"]).strip(" .,;:!?\"'")
    start, end = span.get("start", -1), span.get("end", -1)
    there = squeezed(texts.get(str(review), "")[start:end]) if 0 <= start < end else ""
    if words in there and len(there) < len(words) + 10:
        return [(str(review), start, end)]
    found = []
    for name, text in texts.items():
        if review is None or name == review or review not in texts:
            found += [(name, *place) for place in _in(text, words)]
    return found


@lru_cache(maxsize=500)
def _folded(text: str) -> tuple[str, list[int]]:
    """A text as quotations are compared with it, and where each of its characters stands."""
    folded: list[str] = []
    at: list[int] = []
    for n, char in enumerate(text):
        plain = squeezed(f"x{char}x")[1:-1]
        if plain != " " or folded[-1:] != [" "]:
            folded += plain
            at += [n] * len(plain)
    return "".join(folded), at


def _in(text: str, words: str) -> list[tuple[int, int]]:
    """Every place of some words in a text, whatever its spaces and quotation marks."""
    if not words:
        return []
    folded, at = _folded(text)
    found, start = [], folded.find(words)
    while start >= 0:
        found.append((at[start], at[start + len(words) - 1] + 1))
        start = folded.find(words, start + 1)
    return found


def _judged(
    span: Span, places: Sequence[tuple[str, int, int]], key: Key, found: Found, hit: set[int]
) -> bool:
    """Whether a passage is right; takes down what it is otherwise."""

    def over(each: Span) -> bool:
        return any(r == each["review_id"] and s < each["end"] and each["start"] < e for r, s, e in places)

    touched = [n for n, each in enumerate(key["accepted"]) if over(each)]
    same = [n for n in touched if key["accepted"][n].get("label", span["label"]) == span["label"]]
    if same and len(places) > 1 and not all(_within(place, key["accepted"]) for place in places):
        found.slip("more-than-once", f"{brief(span['text'])} stands there more than once. Take more words.")
        return False
    traps = [
        each for each in key["traps"] if over(each) and each.get("label", span["label"]) == span["label"]
    ]
    if same:
        longest = max(e - s for _, s, e in places)
        room = len({at for n in same for at in range(key["accepted"][n]["start"], key["accepted"][n]["end"])})
        swallowed = [each for each in key["traps"] if any(_holds(place, each) for place in places)]
        if longest - room > (room if swallowed else max(260, 2 * room)):
            found.slip("too-much", f"{brief(span['text'])} takes in far more than the words that show it.")
            return False
        hit.update(same)
        return True
    yours = brief(span["text"])
    if touched:
        found.slip(
            "other-label",
            f"{yours}: the words matter, and you call them {span['label']}. Is that what they show?",
        )
    elif traps:
        found.slip(traps[0]["slip"], key["slips"][traps[0]["slip"]].replace("{yours}", yours))
    else:
        found.slip(
            key["unknown"],
            key["slips"].get(key["unknown"], "{yours}: what does it show?").replace("{yours}", yours),
        )
    return False
