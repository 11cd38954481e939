"""Which device is in a sentence, and what does its *but* do?"""

from __future__ import annotations

import re

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from .._labelled import ANNOTATORS, Said, legend, mixed, readings, said, sorting, spread

LESSON_USES = (1, 20)  # reviews of the kit's own page whose devices the lesson talks about
_SEVEN = {
    "concession": "grants a point, and sets the contrary against it",
    "grounds": "points at a scene, a line or a shot in support of a claim",
    "voices": "brings in what others say, or may object",
    "hedge": "lowers the stakes: this may be wrong",
    "booster": "raises them: this is certain",
    "question": "is asked for effect, and waits for no answer",
    "ethos": "rests the judgement on who is speaking",
}


def _device(row: Said, who: str) -> str:
    return next(iter(row.of("devices", who)), "none")


def _fit(corpus: Corpus) -> list[Said]:
    rows = said(corpus, LESSON_USES)
    return [row for row in rows if row.worst() < 2 and 20 < len(row.plain) < 220]


def means(corpus: Corpus) -> Task | None:
    """Sentences with a single device each."""
    single = [row for row in _fit(corpus) if len({*row.of("devices")}) == 1]
    rows: list[tuple[Said, str]] = []
    for label in _SEVEN:
        of = [row for row in single if _device(row, "key") == label]
        sure = [row for row in of if all({*row.of("devices", who)} == {label} for who in ANNOTATORS)]
        whole = [
            r
            for r in sure
            if any(b - a > 0.5 * len(r.text) for on, _, a, b, _ in r.labels["key"] if on == "devices")
        ]
        rows += [(row, label) for row in spread([*whole, *sure, *of], 1)]
    if len(rows) < 5:
        return None
    return sorting(
        [(row.plain, label, readings(row, _device)) for row, label in mixed(rows)],
        _SEVEN,
        _means_slip,
        id="means",
        title="By which means?",
        points=3,
        statement=f"Each of these sentences has one of the seven devices in it. Which?\n\n{legend(_SEVEN)}",
        hints=(
            "Ask of each: on what does it want you to rely? A thing in the film, the writer, others, or "
            "how sure it is?",
            "Look for the words that could be struck out without changing *what* is said, only how firmly.",
            "Two halves that pull against each other; a finger that points into the film; somebody else "
            "who speaks; a reason to trust the writer. Which of these is there?",
        ),
        solution="A device is in the words, and in what they do there. "
        + "; ".join(f"{label}: “{_words(row, label)}”" for row, label in rows)
        + ". In another sentence the same words may do something else.",
        ask="Which words of the sentence do it, and what would be lost if they were struck out?",
        cites=("05, “◆ Seven means”",),
    )


def _words(row: Said, label: str) -> str:
    a, b = next((a, b) for on, name, a, b, _ in row.labels["key"] if on == "devices" and name == label)
    return " ".join(row.text[max(0, a - row.start) : b - row.start].split())


def _means_slip(right: str, given: str) -> tuple[str, str]:
    says = {
        "concession": ("a-turn-for-a-concession", "Which point of the other side does it grant?"),
        "grounds": ("a-reason-for-grounds", "To which place in the film could you go and check?"),
        "voices": ("people-for-voices", "Whose opinion, other than the writer's own, is heard in it?"),
        "hedge": ("softness-for-a-hedge", "Which word says that the writer may be wrong?"),
        "booster": (
            "strength-for-a-booster",
            "Which word vouches that it is **true**, and not only that it is much?",
        ),
        "question": ("doubt-for-a-question", "Is anything asked in it?"),
        "ethos": ("i-for-ethos", "Which fact about the writer is to make you believe the judgement?"),
    }
    name, question = says[given]
    return name, f"{{item}}: you say {{yours}}. {question}"


_BUT = {
    "concedes": "grants a point, and sets the contrary against it",
    "turns": "corrects, counts out, goes on with the story, changes the subject",
}
_LACKING = {  # for pages that have too few
    "concedes": (
        "It is far too long, but I forgave it every minute.",
        "I missed the humour of the book, but not for long.",
        "The plot is thin, but nobody minds with faces like these.",
        "He cannot sing, but he means every note.",
    ),
    "turns": (
        "We had tickets for May, but the cinema burnt down in April.",
        "What it shows is not the war but the waiting.",
        "All but one of the cousins can sing.",
        "But back to the costumes.",
    ),
}
_WORD = re.compile(r"\bbut\b", re.IGNORECASE)


def _turn(row: Said, who: str) -> str:
    at = row.start + _WORD.search(row.text).start()  # type: ignore[union-attr]
    inside = any(
        on == "devices" and label == "concession" and a <= at < b for on, label, a, b, _ in row.labels[who]
    )
    return "concedes" if inside else "turns"


def buts(corpus: Corpus) -> Task:
    """What a *but* does."""
    rows = [row for row in _fit(corpus) if len(_WORD.findall(row.text)) == 1]
    chosen: list[tuple[Said | str, str]] = []
    for label, most in (("concedes", 4), ("turns", 4)):
        of = [row for row in rows if _turn(row, "key") == label]
        sure = [row for row in of if all(_turn(row, who) == label for who in ANNOTATORS)]
        inner = [row for row in sure if not row.plain.lower().startswith("but")]
        rest = [row for row in sure if row not in inner and label == "turns"]
        taken: list[Said | str] = [*spread([*inner, *rest], most)]
        chosen += [(row, label) for row in [*taken, *_LACKING[label]][:most]]
    items = [
        (row, label, {}) if isinstance(row, str) else (row.plain, label, readings(row, _turn))
        for row, label in mixed(chosen)
    ]
    return sorting(
        items,
        _BUT,
        _but_slip,
        id="buts",
        title="What does this *but* do?",
        points=3,
        statement="All of these sentences have a *but* in them. In which of them is a point granted, and "
        f"the contrary set against it? (Where the page has too few, some were made up.)\n\n{legend(_BUT)}",
        hints=(
            "Put *I grant you that* before the part that comes before *but*. Does it still make sense?",
            "In a concession both halves are true for the writer, and they speak for opposite sides.",
            "*Not this but that* grants nothing: the first half is denied. A story that goes on grants "
            "nothing either.",
        ),
        solution="In a concession the writer holds both halves to be true, and lets the one outweigh the "
        "other. Where the first half is denied, or an exception is made, or something comes in between "
        "in a story, *but* turns without granting anything. About half of all *but* do the one and half "
        "the other, so that counting them counts nothing.",
        ask="Which point is granted in it, and to whom?",
        cites=("05, “What *but* does”", "05, “◆ Granted, but”"),
    )


def _but_slip(right: str, given: str) -> tuple[str, str]:
    if given == "concedes":
        return (
            "every-but-concedes",
            "{item}: you say {yours}. Which point is granted there, and who might have made it?",
        )
    return (
        "concession-overlooked",
        "{item}: you say {yours}. Do both halves hold for the writer, and for which side does each speak?",
    )
