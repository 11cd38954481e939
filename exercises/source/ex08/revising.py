"""A change and whom it serves, and a review of one's own."""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import open_task
from reviewkit.exercises.tasks import Task

from .._labelled import legend, sorting, variant

_FOR = {
    "a reader": "somebody who reads it can do more with it than before",
    "the measure": "a count or a rule's verdict moves, and nobody is helped",
}
_CHANGES: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("“It drags.” becomes “It drags from the moment they reach the coast.”", "a reader"),
        (
            "“I have read the novel” is put in front of a review that says so in its third line.",
            "the measure",
        ),
        ("The warning is moved from the last line to the paragraph that tells.", "a reader"),
        ("“Perhaps” is added to each judgement, because careful reviews have hedges.", "the measure"),
        (
            "“Everybody should see it” becomes “If you love the novel and fear for it: go, they have "
            "kept its silence.”",
            "a reader",
        ),
        ("“Spoiler warning!” is put above a review that tells nothing.", "the measure"),
        ("Two lines about the parcel and the driver are taken out.", "a reader"),
    ),
    (
        (
            "A sentence “I recommend it to everyone” is added, so that the review has an address.",
            "the measure",
        ),
        (
            "“The acting is good” becomes “She says the line about the shirts as if she had only now "
            "understood it.”",
            "a reader",
        ),
        ("*Good* is replaced by *wonderful* throughout, and the score rises.", "the measure"),
        (
            "The sentence that tells the secret is cut, and the review says that it keeps something back.",
            "a reader",
        ),
        (
            "The review is made twice as long by telling the first half hour, since long ones get more "
            "votes.",
            "the measure",
        ),
        ("Next to “not for children” it now says: because of the scene in the garage.", "a reader"),
        ("“As a teacher” is put into the first line by somebody who has never taught.", "the measure"),
    ),
)


def changes(corpus: Corpus) -> Task:
    """For whom was each change made?"""
    cases = _CHANGES[variant(corpus)]
    return sorting(
        [(text, label, {}) for text, label in cases],
        _FOR,
        _slip,
        id="changes",
        title="Changed for whom?",
        points=2,
        statement="Seven changes between a first draft and a second. Whom, or what, does each of them "
        "serve?\n\n" + legend(_FOR),
        hints=(
            "Imagine the reader beside you. Would they notice the change, and be glad of it?",
            "A change can be seen by a rule and by a reader. Which of them can do something with it?",
            "Something to look up, to be warned by in time, or to decide by: that helps. A word that was "
            "put there to be found does not.",
        ),
        solution="; ".join(f"{letter} *{label}*" for letter, (_, label) in zip("abcdefg", cases, strict=True))
        + ". No table of moved verdicts can tell the two apart; only somebody who asks what the words do "
        "for a person. Where you would put a change on the other side, say what a reader could do with "
        "it.",
        ask="What can a reader do after the change that they could not do before it?",
        cites=("08, “◆ Revise”",),
    )


def _slip(right: str, given: str) -> tuple[str, str]:
    if right == "a reader":
        return (
            "help-overlooked",
            "{item}: you say {yours}. Imagine somebody who has to choose a film tonight. Can they use it?",
        )
    return (
        "moved-is-not-helped",
        "{item}: you say {yours}. A rule would find more now. What does a person know, or do, that they "
        "did not before?",
    )


def review(corpus: Corpus) -> Task:
    """A review for somebody who is named."""
    form, key = open_task(
        [
            (
                "For whom it is",
                ["everybody", "somebody is named", "one can tell from each paragraph for whom it is"],
            ),
            (
                "A judgement, and what it rests on",
                [
                    "a judgement alone",
                    "a judgement, and a scene or a line",
                    "a scene or a line that somebody who doubts could look up",
                ],
            ),
            (
                "What it gives away",
                [
                    "more than its reader wants",
                    "nothing, or nothing without a warning",
                    "nothing, and what it keeps back is felt",
                ],
            ),
            (
                "What the reader can do with it",
                ["nothing", "see the film or not", "see it or not, and know what to look for"],
            ),
        ],
        "(For Aunt Miriam, who has read the novel three times. Film and novel are invented.) You will "
        "miss the letters, so I say it at once: there are none. *The Lock* has given up what you love "
        "best in the book, that Ada tells us everything and we believe too much of it. What it has in "
        "their place is water. In the first minutes a hand tries the gate, finds it stuck, and stays "
        "there; we see no face. I thought of your first chapter, the one you read to us, and that the "
        "film had found another way to say that somebody is not ready to come home. It does not always "
        "find one. The pilot, who is so funny in the novel, is a beard and a pipe. And the middle is "
        "told so clearly that those who have not read it learn too early what you learned late; I shall "
        "not say more, for you may want to take Jonas, and he knows nothing. Go for the hand on the "
        "gate. Leave the novel at home, and read it again on Sunday.",
        "One reader is meant, and one can tell it from what is taken for granted (the letters, the first "
        "chapter) as well as from what is spared: not her, who knows, but whom she may bring. The "
        "judgement is divided, and rests on a shot that anybody could look up. What is kept back is said "
        "to be kept back, without a word that tells it. And the end gives her something to do.",
        least=100,
    )
    return Task(
        id="review",
        kind="open",
        title="A review for somebody",
        points=6,
        statement="Review a film made from a book that you know, in 150 to 250 words, for **one** "
        "reader, whom you name in the first line (Aunt Miriam, who has read the novel three times and is "
        "afraid; Jonas, who is fifteen and reads no books; a teacher; or somebody whom you really know). "
        "Judge, point at something, say what it is for your reader, and give nothing away that this "
        "reader would not want to know.",
        starter='review = ex.card("review")\nreview',
        answer=f"review = {key['model']!r}",
        form=form,
        key=key,
        hints=(
            "Write down three things that your reader knows already. Leave them out.",
            "Choose one scene, and let your judgement stand on it.",
            "Read it as your reader. At which sentence do they stop, and what do they do afterwards?",
        ),
        solution="",
        ask="",
        right=[key["model"], {"text": key["model"]}, [key["model"]]],
        wrong=[("A good film for everybody who likes films.", "very-short")],
        cites=("08, “◆ Write”", "08, “◆ Somebody else reads”"),
    )
