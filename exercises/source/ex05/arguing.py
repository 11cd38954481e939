"""Claim, grounds, warrant; and an argument of one's own about an argument."""

from __future__ import annotations

from typing import Any

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import open_task
from reviewkit.exercises.tasks import Task

from .._labelled import legend, sorting, variant

_PARTS = {
    "claim": "what one is asked to accept",
    "grounds": "what one is given for it, and could go and check",
    "warrant": "the general belief by which the one leads to the other",
    "rebuttal": "a case in which it would not hold, granted in advance",
    "no part": "has no part in this argument",
}
_REVIEWS: tuple[dict[str, Any], ...] = (
    {
        "text": "This is a timid film. Every quarrel breaks off before it is one: look at the breakfast, "
        "where he lifts the cup, and we cut to the street. I know that the director is eighty-one, and "
        "perhaps one quarrels less then. The disc has no subtitles.",
        "items": (
            ("This is a timid film.", "claim"),
            ("The disc has no subtitles.", "no part"),
            ("At breakfast he lifts the cup, and we cut to the street.", "grounds"),
            ("A film should look at what it has begun.", "warrant"),
            ("The director is eighty-one, and perhaps one quarrels less then.", "rebuttal"),
            ("Every quarrel breaks off before it is one.", "grounds"),
            ("Whoever cuts away from a quarrel is afraid of it.", "warrant"),
        ),
        "model": "The claim is that the film is timid, and the grounds are good ones: a breakfast, a "
        "cup, a cut to the street, all of which one can go and look at. What joins them is a warrant "
        "that the review never writes down: a film should look at what it has begun, and whoever looks "
        "away is afraid. I do not share it. A quarrel that one has to finish for oneself can last longer "
        "than one that is shown. The reviewer has an answer ready, for the age of the director is "
        "granted; but that excuses the director, and I do not think that there is anything to excuse. "
        "“Look at the breakfast” persuaded me that the cuts are there, and are meant. Of the word "
        "“timid” it did not persuade me. For that I should have needed one quarrel that is lost because "
        "it breaks off.",
    },
    {
        "text": "You can trust this film. Nobody explains the war: when the letter comes, the mother "
        "puts it under the bread tin and goes on kneading. Of course, whoever knows nothing of that "
        "country will be lost for an hour. My copy came with a poster.",
        "items": (
            ("My copy came with a poster.", "no part"),
            (
                "When the letter comes, the mother puts it under the bread tin and goes on kneading.",
                "grounds",
            ),
            ("You can trust this film.", "claim"),
            ("Whoever knows nothing of that country will be lost for an hour.", "rebuttal"),
            ("What is shown without a comment is more honest than what is explained.", "warrant"),
            ("Nobody explains the war.", "grounds"),
            ("A film that leaves things to its audience has nothing to hide from it.", "warrant"),
        ),
        "model": "The review wants me to trust the film, and points at a letter under a bread tin to "
        "bring me there. Between the two lies a belief that it does not state: what is shown without "
        "comment is more honest than what is explained. I share it half. A mother who goes on kneading "
        "is a choice too; somebody put that tin there, and silence can be as practised as any speech. "
        "The review sees one difficulty and grants it, those who know nothing of the country; that makes "
        "it sound fair, and costs it little. It does not see the other: that one can be misled by what "
        "is left out. “Goes on kneading” persuaded me that the film is well made. To trust it, I should "
        "want to know what it never shows.",
    },
)


def parts(corpus: Corpus) -> Task:
    """The parts of an argument, said and unsaid."""
    review = _REVIEWS[variant(corpus)]
    return sorting(
        [(text, label, {}) for text, label in review["items"]],
        _PARTS,
        _slip,
        id="parts",
        title="What leads to what?",
        points=4,
        statement=f"A review of a film that does not exist:\n\n> {review['text']}\n\nHere are seven "
        "sentences. Some stand in it; others are not said there, but needed or taken for granted. Which "
        f"part has each in the argument?\n\n{legend(_PARTS)}",
        hints=(
            "Begin with what you are to believe in the end. What are you shown for it?",
            "A warrant is general: it would fit another film. Grounds are particular: one can go and look.",
            "What the writer grants to those who disagree is neither for the claim nor beside it: it "
            "says where the claim stops.",
        ),
        solution="; ".join(
            f"{letter} {label}" for letter, (_, label) in zip("abcdefg", review["items"], strict=True)
        )
        + ". The claim judges; the grounds can be checked; the warrants speak of films in general and "
        "are not written down, so that one can accept every ground and still not be persuaded. The "
        "concession grants the case in which the claim is weak. What came with the disc belongs to no "
        "argument.",
        ask="Could it be said of another film as well, could one go and check it in this one, or is it "
        "what is to be proved?",
        cites=("05, “◆ Claim, grounds, warrant”",),
    )


def _slip(right: str, given: str) -> tuple[str, str]:
    if given == "no part":
        return (
            "left-out-of-the-argument",
            "{item}: you say {yours}. Would the argument be the same without it?",
        )
    if right == "no part":
        return (
            "everything-argues",
            "{item}: you say {yours}. What does it do for, or against, what is to be believed?",
        )
    says = {
        "claim": (
            "strong-for-claim",
            "Is that what you are to believe in the end, or something on the way there?",
        ),
        "grounds": (
            "reason-for-grounds",
            "Could you go to a place in this film and check it, and does it support the claim?",
        ),
        "warrant": ("particular-for-warrant", "Would it fit another film, by somebody else?"),
        "rebuttal": ("grounds-for-rebuttal", "On which side does it speak? Who might bring it forward?"),
    }
    name, question = says[given]
    return name, f"{{item}}: you say {{yours}}. {question}"


def persuade(corpus: Corpus) -> Task:
    """Whether an argument persuades, and what would have."""
    review = _REVIEWS[variant(corpus)]
    form, key = open_task(
        [
            (
                "Claim, grounds, warrant",
                [
                    "the claim alone",
                    "all three, the warrant being the claim over again",
                    "all three, and the warrant would fit another film",
                ],
            ),
            (
                "The other side",
                [
                    "nobody disagrees",
                    "that one may disagree is mentioned",
                    "somebody who does not share the warrant is given a reason",
                ],
            ),
            (
                "Whether it persuades",
                [
                    "a yes or no",
                    "with words of the review",
                    "with its words, and with what was missing or decisive",
                ],
            ),
        ],
        review["model"],
        "It writes the warrant down, and writes it so that it could be held against another film. It "
        "does not call the grounds bad because it rejects what is built on them. It looks at what is "
        "granted, and asks what the granting costs. And it says what would have persuaded, which is more "
        "than a verdict: somebody could go and look for it. One can be persuaded and have done the "
        "exercise as well.",
        least=70,
    )
    return Task(
        id="persuade",
        kind="open",
        title="Did it persuade you?",
        points=4,
        statement=f"The review once more:\n\n> {review['text']}\n\nWrite six or seven sentences. What is "
        "its claim, on what grounds, and by which warrant? Who would not share that warrant, and with "
        "what reason? What does the review concede, and what does it gain by that? Did it persuade you: "
        "by which words, or what would have? Quote.",
        starter='persuade = ex.card("persuade")\npersuade',
        answer=f"persuade = {key['model']!r}",
        form=form,
        key=key,
        hints=(
            "Begin the warrant with “A film should” or “Whoever”. Then try it on a film that you love.",
            "Put yourself in the place of somebody who accepts every ground and still shakes their head. "
            "What do they believe?",
            "Ask of what is granted whether it costs the writer anything.",
        ),
        solution="",
        ask="",
        right=[key["model"], {"text": key["model"]}, [key["model"]]],
        wrong=[("It persuaded me because the cup is a good example.", "very-short")],
        cites=("05, “◆ Claim, grounds, warrant”", "05, “◆ The question at the end”"),
    )
