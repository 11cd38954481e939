"""Which words warn, which refuse, which give something away? Sentences that go no further than a premise."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from .._labelled import ANNOTATORS, Said, legend, mixed, readings, said, sorting, spread

_WORDS = {
    "warning": "announces that something is told, here or further on",
    "refusal": "declines, or promises not, to tell something",
    "neither": "neither of the two, whatever its words",
}
_OF = {"warning": "warning", "withholding": "refusal"}
_LIKE = re.compile(
    r"spoil|giv\w+ \w+ away|reveal|\bending\b|\btell|\bruin|surpris|secret|\bwarn|careful|\bstop\b"
    r"|preview|trailer"
    r"|(?:do not|don't|please|must) (?:\w+ )?(?:read|watch|see|go|expect|buy|bother)",
    re.IGNORECASE,
)
_INVENTED = {
    "warning": (
        "The next paragraph is for those who have seen it, so leave it out if you have not.",
        "Careful, I go through the whole story below.",
    ),
    "refusal": (
        "What she finds in the letter I keep to myself.",
        "You will have to see for yourself how they get out of it.",
    ),
    "neither": (
        "Spoiler alert: it rains.",
        "Nobody warned me that it was three hours long.",
        "The people who write the backs of boxes should be stopped.",
    ),
}
_JOKE = 12  # a joke that the lesson talks about


def _announced(row: Said, who: str) -> str:
    return next((_OF[label] for label in row.of("spoilers", who) if label in _OF), "neither")


def announced(corpus: Corpus) -> Task:
    """Warnings, refusals, and words that look like them."""
    short = [row for row in said(corpus, [_JOKE]) if row.worst() < 2 and 12 < len(row.plain) < 240]
    rows: list[tuple[Said | str, str]] = []
    for label, most in (("warning", 2), ("refusal", 2), ("neither", 3)):
        of = [row for row in short if _announced(row, "key") == label]
        if label == "neither":
            of = [
                r for r in of if _LIKE.search(r.plain) and all(_announced(r, w) == label for w in ANNOTATORS)
            ]
            of.sort(
                key=lambda row: (
                    not re.search("spoil|warn", row.plain, re.IGNORECASE),
                    row.stage() != "address",
                )
            )
        taken: list[Said | str] = [*spread(of, most)]
        rows += [(row, label) for row in [*taken, *_INVENTED[label]][:most]]
    items = [
        (row, label, {}) if isinstance(row, str) else (row.plain, label, readings(row, _announced))
        for row, label in mixed(rows)
    ]
    return sorting(
        items,
        _WORDS,
        _announced_slip,
        id="announced",
        title="Warned, refused, or neither?",
        points=3,
        statement="What does each of these sentences do for somebody who does not know the story yet? Go "
        f"by what it does, and not by the words that it does it with.\n\n{legend(_WORDS)}",
        hints=(
            "Imagine that you want to know nothing. After which of these sentences would you stop reading?",
            "After a warning you know that something is told. After a refusal you know that something is "
            "not.",
            "A joke has the form of a warning. Advice on how to watch, or a complaint about those who tell, "
            "speaks of other things.",
        ),
        solution="A warning lets you choose: it says that something is told, before or after it. A "
        "refusal says that something is kept back. The word *spoiler* is no sign of either: it stands in "
        "jokes and in complaints, and many a warning does without it. A warning that comes too late is a "
        "warning all the same; whether it is of use is another question.",
        ask="What does somebody know after this sentence, about the rest of the review, that they did "
        "not know before?",
        cites=("03, “How to say that you will not say”", "03, “◆ Write a warning”"),
    )


def _announced_slip(right: str, given: str) -> tuple[str, str]:
    said_of = {
        ("warning", "refusal"): (
            "warning-taken-for-refusal",
            "{item}: you say {yours}. Is something being kept from the reader here, or is the reader "
            "kept from it?",
        ),
        ("warning", "neither"): (
            "warning-overlooked",
            "{item}: you say {yours}. What would somebody who wants to be surprised do after reading it?",
        ),
        ("refusal", "warning"): (
            "refusal-taken-for-warning",
            "{item}: you say {yours}. By this sentence, will the matter be told?",
        ),
        ("refusal", "neither"): (
            "refusal-overlooked",
            "{item}: you say {yours}. Does the writer know something here that you do not get to hear?",
        ),
        ("neither", "warning"): (
            "form-for-warning",
            "{item}: you say {yours}. What does it announce, and would anybody lose by hearing it?",
        ),
        ("neither", "refusal"): (
            "a-no-for-a-refusal",
            "{item}: you say {yours}. Which piece of the story does it decline to tell?",
        ),
    }
    return said_of[right, given]


_HINTS = {
    "nothing": "gives nothing of the story away beyond title, cast and genre",
    "a little": "gives away something of the premise, a detail of a scene, or that it ends well or badly",
}


def _hinted(row: Said, who: str) -> str:
    return "a little" if row.grade(who) else "nothing"


def _named(rows: Iterable[Said]) -> list[Said]:
    """Those first that speak of what is in the film, and give nothing of the story away all the same."""
    return sorted(rows, key=lambda row: row.stage() not in ("craft", "comparison", "performance", "theme"))


def hints(corpus: Corpus) -> Task | None:
    """Sentences of grade 0 and of grade 1."""
    short = [row for row in said(corpus, [20, 21]) if row.worst() < 2 and 45 < len(row.plain) < 190]
    short = [row for row in short if not set(row.of("spoilers")) & {"warning", "withholding"}]
    little = [row for row in short if row.grade() == 1]
    agreed = [row for row in little if all(row.grade(who) == 1 for who in ANNOTATORS)]
    divided = [row for row in little if row not in agreed]
    none = [row for row in short if not any(row.grade(who) for who in ("key", *ANNOTATORS))]
    taken = [(row, "a little") for row in [*spread(agreed, 4), *spread(divided, 1)][:4]]
    taken += [(row, "nothing") for row in spread(_named(none), 4)]
    if len(taken) < 7 or not little:
        return None
    return sorting(
        [(row.plain, label, readings(row, _hinted)) for row, label in mixed(taken)],
        _HINTS,
        _hint_slip,
        id="hints",
        title="Nothing, or a little?",
        points=3,
        statement="None of these sentences tells a secret, a turn or the end. But some of them give away a "
        f"little. Which?\n\n{legend(_HINTS)}",
        hints=(
            "Do not ask how strong a sentence is. Ask what somebody knows now who had only seen the title.",
            "Cast, makers, praise and blame tell nothing of a story. A place, a deed, a thing that is "
            "seen in the film, do.",
            "Finish this for each: *So in this film there is …*. Can you?",
        ),
        solution="Grade 1 is for what a trailer or a jacket tells, and for details of a scene, however "
        "small: after the sentence you know something that is so in the story. A judgement of the "
        "acting, the music or the pace tells you what somebody thought, and a name alone tells you only "
        "who is in it.",
        ask="What do you know of the story after the sentence that you disagree about, and did not know "
        "before?",
        cites=("03, “◆ Premise, secret, fate”", "03, “◆ Grade a review”"),
    )


def _hint_slip(right: str, given: str) -> tuple[str, str]:
    if given == "nothing":
        return "detail-overlooked", (
            "{item}: you say {yours}. Could you say, after it, one thing that is to be seen or happens "
            "in the film?"
        )
    return "judgement-for-telling", (
        "{item}: you say {yours}. Which piece of the story has it told you, and not only an opinion or a "
        "name?"
    )
