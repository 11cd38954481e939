"""Passages: what do these words say of the reviewer's own reading, and where does a review show it?"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import sort, spans
from reviewkit.exercises.tasks import Task
from reviewkit.veiling import veil

from . import _said

_LABELS = {
    "has read": "the reviewer has read the novel, or heard it read",
    "has not read": "the reviewer says or shows that they have not",
    "part of it": "began it, read half, skimmed it",
    "nothing": "nothing either way about the reviewer's own reading",
}
_SPEAKS = re.compile(r"\b(?:read|book|novel|audiobook|chapters?|pages)", re.IGNORECASE)
_OF = {"book-reader": "has read", "film-only": "has not read", "partial": "part of it", None: "nothing"}


def own(corpus: Corpus) -> Task | None:
    """Sentences, and what each says of the reviewer's own reading."""
    rows = _chosen(corpus)
    if len(rows) < 6 or len({label for _, label in rows}) < 3:
        return None
    letters = "abcdefgh"
    items = {letter: row.text for letter, (row, _) in zip(letters, rows, strict=False)}
    right = {letter: _OF[label] for letter, (_, label) in zip(letters, rows, strict=False)}
    readings = {
        who: {
            letter: _OF[_said.label_in(_said.spans(corpus, who), row)]
            for letter, (row, _) in zip(letters, rows, strict=False)
        }
        for who in _said.ANNOTATORS
    }
    slips = {(r, g): _slip(r, g) for r in _LABELS for g in _LABELS if r != g}
    form, key = sort(items, _LABELS, right, slips, readings=readings)
    wrong: list[tuple[object, str]] = []
    for letter, label in right.items():
        for given in _LABELS:
            if given != label and all(said[letter] != given for said in readings.values()):
                wrong.append(({**right, letter: given}, _slip(label, given)[0]))
    legend = "\n".join(f"- *{label}*: {means}" for label, means in _LABELS.items())
    return Task(
        id="own",
        kind="verdicts",
        title="Whose reading?",
        points=3,
        judgement=True,
        statement="What does each of these sentences say of the reviewer's **own** reading of the novel? "
        "Go by the "
        f"sentence alone.\n\n{legend}",
        starter='own = ex.card("own")\nown',
        answer=f"own = {right!r}",
        form=form,
        key=key,
        hints=(
            "Who is the subject of the reading: the reviewer, or somebody else?",
            "To own a book, to order it or to hand it back is something one does with a book. Reading is "
            "another thing.",
            "A judgement on a chapter, or on how something is told in the novel, is hard to have without "
            "reading it.",
        ),
        solution="A sentence is evidence where its words would convince somebody who doubts. "
        + " ".join(
            _why(letter, row, label, corpus) for letter, (row, label) in zip(letters, rows, strict=False)
        ),
        ask="Which word of the sentence decides, and could it also stand in a review by somebody who is "
        "the opposite?",
        right=[right, [*right.values()], {k.upper(): v.title() for k, v in right.items()}],
        wrong=wrong,
        cites=("02, “How do you know?”",),
    )


def _chosen(corpus: Corpus) -> list[tuple[Any, str | None]]:
    """Sentences that say something of a reading: one of each kind, of nothing two."""
    key, others = _said.spans(corpus, "key"), [_said.spans(corpus, who) for who in _said.ANNOTATORS]
    known, aside = _said.basis(corpus), _said.set_aside(corpus)
    untold = set(_said.untold(corpus))
    rows = corpus.sentences[corpus.sentences["review_id"].isin(untold)]
    size = rows["text"].str.len()
    knowing = {r for r, said in _said.verdict(corpus).items() if said in ("book-reader", "partial")}
    found: dict[tuple[Any, Any], list[tuple[int, Any]]] = {}
    short: Any = rows[size.between(12, 240)]
    for row in short.itertuples():
        label = _said.label_in(key, row)
        if label and not _SPEAKS.search(str(row.text)):
            continue
        agreed = all(_said.label_in(other, row) == label for other in others)
        if label is None and row.review_id in knowing:  # what it says of the book may come from reading it
            continue
        if label is None and (not agreed or _said.label_in(aside, row) is None):
            continue
        kind = known[row.review_id] if label else "none"
        found.setdefault((label, kind), []).append((len(str(row.text)) + 200 * (not agreed), row))
    most = {("book-reader", "stated"): 1, ("film-only", "stated"): 1, (None, "none"): 2}
    chosen: list[tuple[Any, str | None]] = []
    for (label, kind), each in found.items():
        seen: set[str] = set()
        for _, row in sorted(each, key=lambda pair: pair[0]):
            if row.review_id not in seen and len(seen) < most.get((label, kind), 1):
                seen.add(row.review_id)
                chosen.append((row, label))
    return sorted(chosen, key=lambda pair: (str(pair[0].text).casefold()[2:9], pair[0].start))[:7]


def _why(letter: str, row: Any, label: str | None, corpus: Corpus) -> str:
    review = f"review {_said.number(row.review_id)}"
    if label is None:
        return f"{letter} ({review}): nothing; the reading is somebody else's, or nobody's in particular."
    near = corpus.key[(corpus.key["review_id"] == row.review_id) & (corpus.key["layer"] == "perspective")]
    words = near[(near["start"] < row.end) & (near["end"] > row.start)].iloc[0]
    reason = f" {words['cues']}" if isinstance(words["cues"], str) else ""
    return f"{letter} ({review}): {_OF[label]}, by “{words['text']}”.{reason}"


def _slip(right: str, given: str) -> tuple[str, str]:
    said = {
        ("nothing", "has read"): (
            "somebody-elses-reading",
            "{item}: you say {yours}. Whose reading does the sentence speak of?",
        ),
        ("nothing", "has not read"): (
            "silence-as-no",
            "{item}: you say {yours}. Does it say no, or does it say nothing about the reviewer?",
        ),
        ("nothing", "part of it"): (
            "silence-as-part",
            "{item}: you say {yours}. Which word measures how much the reviewer has read?",
        ),
        ("has read", "nothing"): (
            "only-what-is-said-outright",
            "{item}: you find nothing. Could somebody who never opened the novel have written it?",
        ),
        ("has read", "has not read"): (
            "a-no-heard-in-a-yes",
            "{item}: you say {yours}. Read it once more to its end: what did the reviewer do?",
        ),
        ("has read", "part of it"): (
            "a-part-for-the-whole",
            "{item}: you say {yours}. Which word says that they stopped?",
        ),
        ("has not read", "nothing"): (
            "a-no-overlooked",
            "{item}: you find nothing. What does the reviewer say, or do, with the book?",
        ),
        ("has not read", "has read"): (
            "touched-is-not-read",
            "{item}: you say {yours}. The book comes up. Has it been read, by this sentence?",
        ),
        ("has not read", "part of it"): (
            "none-is-not-some",
            "{item}: you say {yours}. How much, by the sentence?",
        ),
        ("part of it", "has read"): ("half-is-not-whole", "{item}: you say {yours}. How far did they get?"),
        ("part of it", "has not read"): (
            "half-is-not-nothing",
            "{item}: you say {yours}. Had they never begun?",
        ),
        ("part of it", "nothing"): (
            "a-measure-overlooked",
            "{item}: you find nothing. Is there a word for how much?",
        ),
    }
    return said[right, given]


def marked(corpus: Corpus, taken: list[str]) -> Task | None:
    """One review, in which to mark the words that show what its writer knows."""
    key, one, two = (_said.spans(corpus, who) for who in ("key", *_said.ANNOTATORS))
    best: tuple[bool, int, int, str] = (False, 0, 0, "")
    cover = veil(corpus, "key")  # who does not know the story must be able to find all passages
    for review in _said.untold(corpus):
        of = key[key["review_id"] == review]
        if review in taken or len(cover.uncovered(of)) < len(of):
            continue
        both = sum(_said.label_in(one, r) == r.label == _said.label_in(two, r) for r in of.itertuples())
        best = max(best, (both > 1, -len(cover.covered(review)), both, review))
    enough, *_, review = best
    if not enough:
        return None
    text = _said.texts(corpus)[review]
    accepted = _accepted(corpus, review)
    rows = corpus.sentences[corpus.sentences["review_id"] == review]
    labels = {"book-reader": "has read it", "film-only": "has not", "partial": "has read part of it"}
    slips = {
        "beside": "{yours} speaks of the film, or of something else. What does it show of reading?",
        "talks-of-the-book": "{yours} speaks of a book or of reading. Does it show what the reviewer has "
        "read?",
    }
    hints_at = rows[rows["text"].str.contains(r"\b(?:book|novel|read|audiobook)", case=False)]
    traps = [
        {"review_id": review, "start": r.start, "end": r.end, "slip": "talks-of-the-book"}
        for r in hints_at.itertuples()
        if not any(a["start"] < r.end and r.start < a["end"] for a in accepted)
    ]
    form, check = spans({review: text}, labels, accepted, traps, slips)
    form["layer"] = "perspective"
    must = [a for a in accepted if a["must"] and a["by"] == "key"]
    good = [
        {
            "review_id": review,
            "label": a["label"],
            "start": a["start"],
            "end": a["end"],
            "text": text[a["start"] : a["end"]],
        }
        for a in must
    ]
    own_label = good[0]["label"]
    others = [label for label in labels if label != own_label]
    free = [
        r for r in rows.itertuples() if not any(a["start"] < r.end and r.start < a["end"] for a in accepted)
    ]
    whole = {"review_id": review, "label": own_label, "start": 0, "end": len(text), "text": text}

    def plain(row: Any) -> dict[str, Any]:
        return {
            "review_id": review,
            "label": own_label,
            "start": int(row.start),
            "end": int(row.end),
            "text": str(row.text),
        }

    trapped = [t["start"] for t in traps]
    wrong: list[tuple[object, str]] = [
        ([whole], "too-much"),
        (good[:1], "not-all"),
        ([{**g, "label": others[0]} for g in good], "other-label"),
        ([{**good[0], "label": others[1]}, *good[1:]], "other-label"),
        ([*good, {"label": own_label, "text": "I have read every word of it and more"}], "not-there"),
        ([*good, {"label": own_label, "text": text.split()[0]}], "too-short"),
        *(([*good, plain(r)], "talks-of-the-book" if r.start in trapped else "beside") for r in free[:3]),
        ([plain(r) for r in free[-2:]], "not-all"),
    ]
    longer = [
        {**g, "end": min(len(text), g["end"] + 8), "text": text[g["start"] : g["end"] + 8]} for g in good
    ]
    return Task(
        id="words",
        kind="spans",
        title="Show the words",
        points=3,
        judgement=True,
        statement=f"Read review {_said.number(review)}, and mark every passage that shows what its writer "
        "knows of the "
        "novel. Choose words with the mouse or the keyboard, then a label. Leave out what shows nothing, "
        "however much "
        "it speaks of the book.",
        starter=f'words = rk.MarkingPane(corpus, layer="perspective", review_id="{review}")\nwords',
        answer=f"words = {[(g['text']) for g in good]!r}"
        if own_label == "none"
        else "words = " + repr([{"label": g["label"], "text": g["text"]} for g in good]),
        form=form,
        key=check,
        hints=(
            "Read to the end before you mark: a reviewer may say it more than once.",
            "A passage counts if its words alone would tell you something about the writer's reading.",
            "Ask of each passage how much: all of it, none of it, or some?",
        ),
        solution="By the key: "
        + "; ".join(f"“{g['text']}” ({g['label']})" for g in good)
        + ". Where annotators differ "
        "about a passage, to mark it and to leave it out are both right.",
        ask="Cover the rest of the review: what does your passage tell by itself?",
        right=[
            good,
            longer,
            pd.DataFrame(good).assign(layer="perspective"),
            [{"label": g["label"], "text": g["text"].upper()} for g in good],
        ],
        wrong=wrong,
        cites=("02, “How do you know?”",),
    )


def _accepted(corpus: Corpus, review: str) -> list[dict[str, Any]]:
    """What the key or an annotator marked in a review; `must` where all three did."""
    made: list[dict[str, Any]] = []
    tables = {who: _said.spans(corpus, who) for who in ("key", *_said.ANNOTATORS)}
    for who, table in tables.items():
        here: Any = table[table["review_id"] == review]
        for row in here.itertuples():
            near = [m for m in made if m["start"] < row.end and row.start < m["end"]]
            unit = near[0]["unit"] if near else len(made)
            every = all(_said.label_in(other, row) == row.label for other in tables.values())
            made.append(
                {
                    "review_id": review,
                    "label": row.label,
                    "start": int(row.start),
                    "end": int(row.end),
                    "unit": unit,
                    "must": every,
                    "by": "key" if who == "key" else "annotator",
                }
            )
    return made
