"""By which half does a writer stand, and can a rule hear a concession?"""

from __future__ import annotations

import re

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import rule
from reviewkit.exercises.tasks import Task

from .._labelled import Said, mixed, said, sorting, spread, variant
from .means import LESSON_USES

_HALVES = {"the first": "stands by what is said first", "the second": "stands by what is said second"}
_INVENTED = (
    (
        ("Although the last reel is rushed, I would not lose a minute of it.", "the second"),
        ("I would not lose a minute of it, although the last reel is rushed.", "the first"),
        ("It is no masterpiece, however much I laughed.", "the first"),
        ("For all its fine lamps and ladders, it left me cold.", "the second"),
    ),
    (
        ("Even though the songs are from the wrong century, one goes home humming.", "the second"),
        ("One goes home humming, even though the songs are from the wrong century.", "the first"),
        ("I did not believe a word, much as I enjoyed the hats.", "the first"),
        ("Granted, nobody in it can dance. One could watch them try all night.", "the second"),
    ),
)

_LACKING = [
    ("The jokes are old, but they are well told.", "the second"),
    ("It may well be cruel, but it is just.", "the second"),
    ("The hats are all wrong, but the faces are right.", "the second"),
]


def _plain_but(row: Said) -> bool:
    """Whether it is a concession of two clauses, with a *but* between them and no other turn."""
    spans = [(a, b) for on, label, a, b, _ in row.labels["key"] if on == "devices" and label == "concession"]
    if len(spans) != 1 or re.search(r"although|though|however|except|even if|still", row.text, re.IGNORECASE):
        return False
    found = [*re.finditer(r"\bbut\b", row.text, re.IGNORECASE)]
    a, b = spans[0][0] - row.start, spans[0][1] - row.start
    return a >= 0 and b <= len(row.text) and len(found) == 1 and a + 12 < found[0].start() < b - 12


def stands(corpus: Corpus) -> Task:
    """Concessions, and the half that has the last word."""
    rows = [
        row
        for row in said(corpus, LESSON_USES)
        if row.worst() < 2 and 30 < len(row.plain) < 190 and _plain_but(row)
    ]
    rows.sort(key=lambda row: len(row.plain))
    chosen = [*[(row.plain, "the second") for row in spread(rows, 3)], *_LACKING][:3]
    chosen += _INVENTED[variant(corpus)]
    return sorting(
        [(text, label, {}) for text, label in mixed(chosen)],
        _HALVES,
        _stands_slip,
        id="stands",
        title="The last word",
        points=3,
        statement="Each of these grants something and stands by something else. By which half does its "
        "writer stand: by the one that comes first, or by the one that comes second? (Some are the kit's "
        "reviewers', some were made up for this.)",
        hints=(
            "Think of a friend who asks whether to see the film. Which half is the answer?",
            "The half that hangs on *although*, *even though*, *however* or *much as* is the one that is "
            "granted.",
            "*But* leaves the half before it behind. *Although* goes with its own half, wherever that "
            "stands.",
        ),
        solution="A concession has a half that the writer stands by, the nucleus, and one that is "
        "granted, the satellite. After *but* comes the nucleus. *Although*, *even though*, *for all*, "
        "*however much* mark the satellite, and it may stand first or second. So it is not the place "
        "that decides, it is the word; only where there is no word at all the second half tends to win.",
        ask="Leave one half away, then the other. With which of the two is the advice still the same?",
        cites=("05, “◆ Granted, but”",),
    )


def _stands_slip(right: str, given: str) -> tuple[str, str]:
    if given == "the first":
        return (
            "first-come",
            "{item}: you say {yours}. A friend hears only that half. Do they do what the writer would wish?",
        )
    return (
        "last-word-by-place",
        "{item}: you say {yours}. Which word joins the halves, and to which of them does it belong?",
    )


_HITS = (
    ("It is slow, but I would not lose a minute.", "loses-the-plain"),
    ("The acting is fine but the story goes nowhere.", "loses-the-plain"),
    ("I liked the music, but it never stops.", "loses-the-plain"),
    ("Although it is long, it never drags.", "loses-although"),
    ("It never drags, though it is very long.", "loses-although"),
    ("Even though the end is silly, I was moved.", "loses-although"),
)
_MISSES = (
    ("There is nothing but rain in it.", "takes-an-exception"),
    ("Everybody but the director knew better.", "takes-an-exception"),
    ("It is not a comedy but a funeral.", "takes-a-correction"),
    ("Not the uncle but the boy is the hero.", "takes-a-correction"),
    ("We wanted to go in May, but then she got sick.", "takes-a-story"),
    ("I pressed play, but then the telephone rang.", "takes-a-story"),
    ("But to come back to the music.", "takes-a-change-of-subject"),
    ("But enough of the plot.", "takes-a-change-of-subject"),
)
_SAYS = {
    "loses-the-plain": "Your rule loses concessions of the plainest kind. What does it ask for too much, "
    "or what holds it back?",
    "loses-although": "Your rule is deaf to concessions that are made with another word. Which words "
    "grant a point beforehand?",
    "takes-an-exception": "Your rule takes a sentence in which somebody or something is only counted "
    "out. What stands before the word?",
    "takes-a-correction": "Your rule takes a sentence that says *not this, that*. Is its first half granted?",
    "takes-a-story": "Your rule takes a sentence in which something comes in between. Has anybody "
    "granted a point?",
    "takes-a-change-of-subject": "Your rule takes a sentence that only turns to something else. Where in "
    "it does the word stand?",
}
GIVEN = {"cues": ["but"], "unless": []}


def mend(corpus: Corpus) -> Task:
    """The rule that every *but* concedes, to be mended."""
    form, key = rule(GIVEN, _HITS, _MISSES, _SAYS)
    best = {
        "cues": ["but", "although|though"],
        "unless": ["nothing|everybody|all but", "not ... but", "but then", "^ but"],
    }
    second = {
        "cues": ["but i|it|the", "although", "though"],
        "unless": ["everybody|nobody|everything but", "not ... but", "^ but"],
    }
    third = {
        "cues": ["is|liked|was ... but", "although|though ... it|is"],
        "unless": ["nothing|nobody but", "not ... but", "but then"],
    }
    wrong: list[tuple[object, str]] = [
        (GIVEN, "unchanged"),
        ({"cues": ["but", "although|though"], "unless": []}, "takes-an-exception"),
        (
            {"cues": ["but"], "unless": ["nothing|everybody but", "not ... but", "but then", "^ but"]},
            "loses-although",
        ),
        ({"cues": ["although|though"], "unless": []}, "loses-the-plain"),
        (
            {"cues": ["but", "although|though"], "unless": ["nothing|everybody but", "but then", "^ but"]},
            "takes-a-correction",
        ),
        (
            {"cues": ["but", "although|though"], "unless": ["nothing|everybody but", "not ... but", "^ but"]},
            "takes-a-story",
        ),
        (
            {"cues": ["but", "although|though"], "unless": ["nothing|everybody but", "not", "then"]},
            "takes-a-change-of-subject",
        ),
        (
            {"cues": ["but", "although|though"], "unless": ["but then", "^ but", "not ... but"]},
            "takes-an-exception",
        ),
        ({"cues": ["but", "although|though"], "unless": ["is|music"]}, "loses-the-plain"),
        ({"cues": ["perhaps|maybe"], "unless": []}, "deaf"),
        ({"cues": ["but"], "unless": ["but"]}, "deaf"),
    ]
    written = "\n".join(
        [*(f"cues:    {c}" for c in best["cues"]), *(f"unless:  {u}" for u in best["unless"])]
    )
    return Task(
        id="mend",
        kind="rule",
        title="A rule for concessions",
        points=4,
        statement="Somebody proposes a rule: *Where there is a “but”, something is conceded.* In the "
        "kit's own way of writing:\n\n```\ncues:    but\nunless:\n```\n\nIt takes much that concedes "
        "nothing, and it is deaf to whoever concedes without a *but*. Write a better one. A rule may "
        "have several cues, one a line; it takes a sentence that has any of them. What stands under "
        "`unless`, one a line, holds it back.\n\n| you write | it hears |\n|---|---|\n| `but then` | "
        "these words, one after the other |\n| `nor\\|yet` | one or the other |\n| `so ... that` | the "
        "second within seven words after the first |\n| `^ well` | a word at the beginning of the "
        "sentence |\n\nYour rule is tried on sentences that you do not see.",
        starter='mend = ex.card("mend")\nmend',
        answer=f"mend = {{\n    'cues': {best['cues']!r},\n    'unless': {best['unless']!r},\n}}",
        form=form,
        key=key,
        hints=(
            "Write down four sentences with *but* in which nobody grants anything, each of another kind.",
            "The lesson names four things that *but* does when it does not concede. Each can be heard by "
            "the words around it.",
            "Look before the word (*nothing*, *not*), behind it (*then*), and whether it is the first of "
            "its sentence.",
        ),
        solution=f"One way:\n\n```\n{written}\n```\n\nEach line under `unless` holds one kind of *but* "
        "back: exceptions, corrections, stories, a new subject. The second cue hears concessions that "
        "announce themselves. A rule like this is right oftener than *but* alone, and still knows only "
        "words: “But I was moved” at the beginning of a sentence may well answer the sentence before.",
        ask="Take one *but* that concedes and one that does not. Which word beside it tells your rule "
        "which is which?",
        right=[best, second, third, {n: "\n".join(lines) for n, lines in best.items()}],
        wrong=wrong,
        cites=("05, “What *but* does”",),
    )
