"""Whole reviews: a verdict on each, and the words that it rests on."""

from __future__ import annotations

from typing import Any

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import sort
from reviewkit.exercises.tasks import Task

from . import _said

_LABELS = {
    "book-reader": "has read the novel, or heard it read",
    "film-only": "has not read it",
    "partial": "has read part of it",
    "unstated": "gives no sign either way",
}


def chosen(corpus: Corpus) -> list[str]:
    """Reviews to judge: short ones, of every perspective that there is, stated and implied."""
    said, how = _said.verdict(corpus), _said.basis(corpus)
    size = {r: len(text) for r, text in _said.texts(corpus).items()}
    kinds: dict[tuple[Any, Any], list[str]] = {}
    for review in sorted(_said.untold(corpus), key=lambda r: (size[r] < 150, size[r])):
        kinds.setdefault((said[review], how[review]), []).append(review)
    return sorted(reviews[0] for reviews in kinds.values())[:5]


def verdicts(corpus: Corpus, reviews: list[str]) -> Task | None:
    """A verdict with evidence on each of some reviews."""
    said, texts = _said.verdict(corpus), _said.texts(corpus)
    if len(reviews) < 3:
        return None
    items = {str(_said.number(r)): r for r in reviews}
    right = {n: said[r] for n, r in items.items()}
    readings = {
        who: {n: _said.verdict(corpus, who).get(r, said[r]) for n, r in items.items()}
        for who in _said.ANNOTATORS
    }
    words: dict[str, dict[str, list[str]]] = {n: {} for n in items}
    for who in ("key", *_said.ANNOTATORS):
        marked: Any = _said.spans(corpus, who)
        for row in marked.itertuples():
            for n, r in items.items():
                if r == row.review_id:
                    words[n].setdefault(row.label, []).append(row.text)
    slips = {(r, g): _slip(r, g) for r in _LABELS for g in _LABELS if r != g}
    form, key = sort(
        items,
        _LABELS,
        right,
        slips,
        readings=readings,
        texts={n: texts[r] for n, r in items.items()},
        words=words,
        silent=["unstated"],
    )
    full: dict[str, Any] = {
        n: {"label": v, "words": words[n][v][0] if v != "unstated" else ""} for n, v in right.items()
    }
    spoken = [n for n, v in right.items() if v != "unstated"]
    first = spoken[0]
    elsewhere = next(
        s
        for s in corpus.sentences.loc[corpus.sentences["review_id"] == items[first], "text"]
        if len(s) > 20 and not any(w in s or s in w for each in words[first].values() for w in each)
    )
    wrong: list[tuple[object, str]] = []
    for n, v in right.items():
        wrong += [({**full, n: {**full[n], "label": g}}, _slip(v, g)[0]) for g in _LABELS if g != v][:2]
    wrong += [
        ({**full, first: {**full[first], "words": ""}}, "no-words"),
        (
            {**full, first: {**full[first], "words": "I have read it from cover to cover, twice"}},
            "words-not-there",
        ),
        ({**full, first: {**full[first], "words": elsewhere}}, "words-elsewhere"),
        ({**full, first: {**full[first], "words": full[first]["words"].split()[0]}}, "words-too-few"),
        ({n: each for n, each in full.items() if n != first}, "left-open"),
        (right, "no-words"),
    ]
    legend = "\n".join(f"- `{label}`: {means}" for label, means in _LABELS.items())
    listed = ", ".join([*items][:-1]) + " and " + [*items][-1]
    return Task(
        id="verdicts",
        kind="verdicts",
        title="A verdict, and its words",
        points=5,
        judgement=True,
        statement=f"Read reviews {listed} in the pane. What does each writer know of the novel? Give a "
        "verdict on each "
        "and, unless it is `unstated`, copy the words that it rests on: those that you would show to "
        "somebody who "
        f"doubts it.\n\n{legend}",
        before=f'rk.ReadingPane(corpus, review_id="{reviews[0]}")',
        starter='verdicts = ex.card("verdicts")\nverdicts',
        answer="verdicts = {\n" + "".join(f"    {n!r}: {each!r},\n" for n, each in full.items()) + "}",
        form=form,
        key=key,
        hints=(
            "Look for the reviewer's own *I*. What has it done?",
            "Nothing said outright? Look for what only a reader could know, or for what somebody does with "
            "the book.",
            "Where you find neither, that is an answer as well: silence is a group of its own.",
        ),
        solution=" ".join(
            f"Review {n}: `{v}`"
            + (f", by “{full[n]['words']}”." if full[n]["words"] else ": nothing in it says.")
            for n, v in right.items()
        ),
        ask="Which words would you show to somebody who says the opposite?",
        right=[
            full,
            {items[n]: each for n, each in full.items()},
            {
                n: {"label": e["label"].upper(), "words": f"“{e['words']}.”" if e["words"] else ""}
                for n, e in full.items()
            },
        ],
        wrong=wrong,
        cites=("02, “How do you know?”", "02, “◆ Who says nothing?”"),
    )


def _slip(right: str, given: str) -> tuple[str, str]:
    said = {
        ("unstated", "film-only"): (
            "silence-as-no",
            "{item}: you say {yours}. Who says nothing of the book has not said that they never read it.",
        ),
        ("unstated", "book-reader"): (
            "talk-as-reading",
            "{item}: you say {yours}. Who may know a novelist's name, or a story, without having read it?",
        ),
        ("unstated", "partial"): (
            "silence-as-part",
            "{item}: you say {yours}. Which word measures how much was read?",
        ),
        ("film-only", "unstated"): (
            "a-no-overlooked",
            "{item}: you find no sign. Look once more for what the reviewer says of the book, or does with "
            "it.",
        ),
        ("film-only", "book-reader"): (
            "touched-is-not-read",
            "{item}: you say {yours}. A book is spoken of. Has the reviewer read it?",
        ),
        ("film-only", "partial"): (
            "none-is-not-some",
            "{item}: you say {yours}. How much have they read, by their own words?",
        ),
        ("book-reader", "unstated"): (
            "only-what-is-said-outright",
            "{item}: you find no sign. Could somebody who never opened the novel have written all of it?",
        ),
        ("book-reader", "film-only"): (
            "a-critic-of-the-book",
            "{item}: you say {yours}. Who finds fault with a book, or prefers the film, may have read it.",
        ),
        ("book-reader", "partial"): (
            "a-part-for-the-whole",
            "{item}: you say {yours}. Which words say that they stopped?",
        ),
        ("partial", "book-reader"): ("half-is-not-whole", "{item}: you say {yours}. How far did they get?"),
        ("partial", "film-only"): ("half-is-not-nothing", "{item}: you say {yours}. Had they never begun?"),
        ("partial", "unstated"): (
            "a-measure-overlooked",
            "{item}: you find no sign. Is there a word for how much they read?",
        ),
    }
    return said[right, given]
