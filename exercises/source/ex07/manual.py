"""What divides two readers of a sentence?"""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from .._labelled import legend, sorting, variant

_WHAT = {
    "slip": "whoever made it takes it back at once",
    "manual": "both can defend their label by it, or neither can: it needs a rule",
    "text": "the sentence does both things, or will not say",
    "reader": "one of them knows, likes or expects something that the other does not",
}
_Case = tuple[str, str, str]
_CASES: tuple[tuple[_Case, ...], ...] = (
    (
        (
            "“The novel’s last page is perfect.” Owl: positive, something is praised. Fox: neutral, "
            "it is not the film. Both have the manual open, which says “evaluates the film” and nothing "
            "of novels.",
            "manual",
            "",
        ),
        (
            "“It is exactly the film that one expects of him.” Owl hears praise for a man of his word, "
            "fox a yawn. Both point at “exactly”, and each can hear the other’s reading when it is read "
            "aloud.",
            "text",
            "",
        ),
        (
            "“Well acted, and very badly lit.” Owl: mixed. Fox: positive. Asked for the words, fox "
            "says: oh, I read to the comma.",
            "slip",
            "",
        ),
        (
            "“They speak of it as people on our ward do.” Owl, who has nursed, hears high praise: that "
            "is how it is. Fox, who has not, hears a remark about the dialogue.",
            "reader",
            "",
        ),
        (
            "“It could lose twenty minutes.” Both take it as a wish that it were shorter. Owl: "
            "negative, who wishes finds fault. Fox: neutral, nothing is called bad. No line of the "
            "manual speaks of wishes.",
            "manual",
            "",
        ),
        (
            "“Oh, it is a nice film.” Nothing before or after it says how it is meant. Owl and fox both "
            "say that it can be scorn and can be kindness, and that they had to take one.",
            "text",
            "",
        ),
        (
            "“He sings it as on the old record.” Owl owns the record, and knows that on it he is out of "
            "tune. Fox has never heard of it, and takes the sentence for praise.",
            "reader",
            "",
        ),
        (
            "“The music is unbearable.” Owl: positive. Fox: negative. Owl looks at the keys: I "
            "pressed the wrong one.",
            "slip",
            "",
        ),
    ),
    (
        (
            "“Dull it is not.” Owl: negative. Fox: positive. Owl reads it again, and says: I stopped "
            "at *dull*.",
            "slip",
            "",
        ),
        (
            "“My sister walked out.” Owl: negative, somebody disliked it. Fox: neutral, it was not "
            "the writer. Both quote the manual, which says “evaluates” and does not say whose evaluation "
            "counts.",
            "manual",
            "",
        ),
        (
            "“The valley looks as it did in ninety-four.” Owl grew up there, and knows what was done to "
            "it that year. Fox takes it for a remark on the scenery.",
            "reader",
            "",
        ),
        (
            "“You will not sleep.” It might be said of a thriller and of a bore, and the review ends "
            "there. Each of the two says that the other may be right.",
            "text",
            "",
        ),
        (
            "“Three stars.” Owl: neutral, three is the middle. Fox: mixed, three says good and bad. "
            "Both can defend it, and the manual has nothing on stars.",
            "manual",
            "",
        ),
        (
            "“Beautifully cut.” Owl: neutral. Fox: positive. Owl says: that was meant for the line "
            "above, I was a row too low.",
            "slip",
            "",
        ),
        (
            "“What a performance.” The writer praises the actor before it and mocks him after it. Read "
            "aloud it goes both ways, and both readers say so.",
            "text",
            "",
        ),
        (
            "“He bows like a man who has served.” Owl’s grandfather was in service, and she hears how "
            "exact that is. Fox hears no judgement.",
            "reader",
            "",
        ),
    ),
)


def causes(corpus: Corpus) -> Task:
    """What divides two readers: a slip, the manual, the text or a reader?"""
    cases = _CASES[variant(corpus)]
    return sorting(
        [(text, label, {"another": other} if other else {}) for text, label, other in cases],
        _WHAT,
        _slip,
        id="causes",
        title="What divides them?",
        points=4,
        statement="Owl and fox have labelled the attitude of sentences, apart, by the thin manual of the "
        "lesson. (The sentences and the talk were made up for this task.) What divides them in each "
        f"case?\n\n{legend(_WHAT)}",
        hints=(
            "Ask what each of the two would say if you showed them the other’s label.",
            "Would a sentence more in the manual settle it? Or would it only hide something that is there?",
            "Somebody takes it back; both lean on the manual; both hear both; one knows something. Which "
            "is it?",
        ),
        solution="; ".join(
            f"{letter}: {label}" for letter, (_, label, _) in zip("abcdefgh", cases, strict=True)
        )
        + ". A slip is corrected and forgotten. Where both lean on the manual it needs a rule. Where "
        "both hear both, a rule would only hide that the sentence does two things. And what one reader "
        "knows is a finding, to be written down, and no fault.",
        ask="What would each of the two say on seeing the other’s label?",
        cites=("07, “◆ Put your labels together”",),
    )


def _slip(right: str, given: str) -> tuple[str, str]:
    if right == "slip":
        return (
            "an-error-made-deep",
            "{item}: you say {yours}. Does either of them defend both labels, once the words are read again?",
        )
    if given == "slip":
        return (
            "difference-as-error",
            "{item}: you say slip. Who takes their label back?",
        )
    said = {
        ("manual", "text"): (
            "silence-of-the-manual",
            "{item}: you say text. Do they differ on what the sentence says, or on what it is to be called?",
        ),
        ("manual", "reader"): (
            "label-for-knowledge",
            "{item}: you say reader. What does one of them know that the other does not?",
        ),
        ("text", "manual"): (
            "a-rule-for-everything",
            "{item}: you say manual. Write the rule. What would have been heard, and would no longer be "
            "seen?",
        ),
        ("text", "reader"): (
            "two-readings-in-one-head",
            "{item}: you say reader. Does one of them hear something that the other cannot hear?",
        ),
        ("reader", "manual"): (
            "no-rule-teaches-it",
            "{item}: you say manual. Which rule would give the one what the other has lived?",
        ),
        ("reader", "text"): (
            "open-to-one-alone",
            "{item}: you say text. Do both hear both, or has one of them something from outside the "
            "sentence?",
        ),
    }
    return said[right, given]
