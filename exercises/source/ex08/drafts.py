"""Drafts of a review: what they promise, what they give away, and for whom they were changed."""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from .._labelled import legend, sorting, variant

Case = tuple[str, str, str]  # a passage, the key's label, another reader's where one may differ
STORIES = (
    "*The Lock* is a film that does not exist, made from a novel that does not exist either. Ada comes "
    "home to sell the lock that her father kept (so far the jacket). In the middle an old pilot is lost "
    "in a storm, and Ada finds her brother Emil, whom everybody believes dead, living in the boathouse. "
    "At the end she opens the gates at night and drowns in her father’s house.",
    "*The Glass Season* is a film that does not exist, made from a novel that does not exist either. "
    "Jonas is apprenticed to a glass blower in a town whose furnace is to be put out (so far the "
    "jacket). In the middle the master’s wife dies in the snow, and Jonas finds out that the master has "
    "been blind for years. At the end Jonas breaks all the glass, and walks off for good.",
)
_GRADES = {
    "nothing": "nothing beyond title, cast and genre",
    "minor": "the premise, a detail of a scene, or that it ends well or badly",
    "major": "the secret, a turn in the middle, the death of a minor character",
    "everything": "what becomes of a principal, or what happens at the end",
}
_DRAFTS: tuple[tuple[Case, ...], ...] = (
    (
        ("My sister had two tickets, and I had nothing better to do.", "nothing", ""),
        ("A woman comes home to sell the lock that her father kept, and finds that she cannot.", "minor", ""),
        ("I cried, and I was not the only one.", "nothing", "minor"),
        ("On the way home we spoke of nothing but the boathouse.", "minor", "nothing"),
        ("For there he is, thinner, with a beard, the brother they have buried.", "major", ""),
        ("The storm takes the old pilot, and the film takes its time over it.", "major", ""),
        ("When the water reaches her bed, she does not get up.", "everything", ""),
        ("I have seldom seen water photographed like that.", "nothing", ""),
    ),
    (
        ("The camera looks at the glass as if it were the only thing that breathes.", "nothing", ""),
        (
            "In a small town a furnace is to go out, and a boy is learning a trade that nobody will need.",
            "minor",
            "",
        ),
        ("After that last walk out of the town I could not have said a word.", "everything", ""),
        ("Watch the master’s hands; you will see why.", "minor", "nothing"),
        ("He has not seen a single one of the glasses that he made.", "major", ""),
        ("I bought the disc for my mother, who was born in such a place.", "nothing", ""),
        ("The wife is found by the dogs, in the snow, and the film looks away.", "major", ""),
        ("It wrecked me, and I have no idea why.", "nothing", "minor"),
    ),
)


def _with_readings(cases: tuple[Case, ...]) -> list[tuple[str, str, dict[str, str]]]:
    return [(text, label, {"another": other} if other else {}) for text, label, other in cases]


def _answers(cases: tuple[Case, ...]) -> str:
    return "; ".join(
        f"{letter} *{label}*" + (f" (or *{other}*)" if other else "")
        for letter, (_, label, other) in zip("abcdefgh", cases, strict=False)
    )


def graded(corpus: Corpus) -> Task:
    """How much does each sentence of a draft give away?"""
    cases = _DRAFTS[variant(corpus)]
    return sorting(
        _with_readings(cases),
        _GRADES,
        _grade_slip,
        id="graded",
        title="Your own sentences, as others read them",
        points=3,
        statement=f"{STORIES[variant(corpus)]}\n\nSuppose that this draft is yours, and that somebody "
        "reads it who has not seen the film. How much does each of its sentences give "
        f"away?\n\n{legend(_GRADES)}",
        hints=(
            "Go through the story above step by step: jacket, middle, secret, end. Which step does the "
            "sentence let a reader take?",
            "How softly it is put makes no difference; whether it can be worked out does.",
            "What the film did to you is yours. Only what happens in it can be given away.",
        ),
        solution=f"By the story: {_answers(cases)}. Where two are named, careful readers may differ: a "
        "word that means something only to those who know is a detail, if one hears it. A writer knows "
        "the story and so does not notice what a sentence tells; that is why somebody else reads it.",
        ask="What could somebody who has read only this sentence tell a friend about the story?",
        cites=("08, “◆ Somebody else reads”", "08, “Another work”"),
    )


def _grade_slip(right: str, given: str) -> tuple[str, str]:
    order = [*_GRADES]
    if right == "nothing":
        return (
            "feeling-for-telling",
            "{item}: you say {yours}. It is about the writer, or about how the film looks. What happens "
            "in it?",
        )
    if given == "nothing":
        return (
            "written-for-those-who-know",
            "{item}: you say nothing. You know the story. What does somebody learn from it who does not?",
        )
    if order.index(given) > order.index(right):
        return (
            "a-step-too-far",
            "{item}: you say {yours}. Cover the story. Can one take that step from this sentence alone?",
        )
    return (
        "softly-is-still-told",
        "{item}: you say {yours}. It is softly put. How far along the story does it lead whoever thinks "
        "about it?",
    )


_PROMISES = {
    "warns": "says that something is going to be told, and leaves it to the reader to go on",
    "withholds": "declines to tell something, and keeps to it",
    "tells all the same": "warns or declines, and gives it away in the same breath",
    "neither": "does not speak of telling, or only in jest",
}
_LINES: tuple[tuple[Case, ...], ...] = (
    (
        ("My third paragraph gives away a secret; leave it out if you have not seen the film.", "warns", ""),
        ("What Ada does in the end, you must see for yourself.", "withholds", ""),
        ("I would never reveal that the brother is alive.", "tells all the same", ""),
        ("Spoiler alert: there is a lot of water in it.", "neither", ""),
        ("I say nothing of the boathouse, not a word.", "withholds", ""),
        ("Stop here if you want to be surprised, since she drowns.", "tells all the same", ""),
        ("From here on I speak of the end, because that is where my trouble with it begins.", "warns", ""),
        ("The music has spoiled the best scene.", "neither", ""),
    ),
    (
        ("I shall be careful not to mention that the old man is blind.", "tells all the same", ""),
        (
            "If you are going to see it, come back to the last paragraph afterwards: it has the end in it.",
            "warns",
            "",
        ),
        ("A spoilt child, this Jonas, and very well played.", "neither", ""),
        ("What he finds out about his master I keep to myself.", "withholds", ""),
        ("Spoilers, I suppose: everybody in it wears a hat.", "neither", ""),
        (
            "I cannot explain my two stars without the last scene, so read on only if you have seen it.",
            "warns",
            "",
        ),
        (
            "Not to give anything away, but the wife is not there any more when the snow melts.",
            "tells all the same",
            "",
        ),
        ("How it ends is nobody’s business until they have sat through it.", "withholds", ""),
    ),
)


def promises(corpus: Corpus) -> Task:
    """Which rewritten lines warn or withhold, and which tell all the same?"""
    cases = _LINES[variant(corpus)]
    return sorting(
        _with_readings(cases),
        _PROMISES,
        _promise_slip,
        id="promises",
        title="What a line promises, and keeps",
        points=3,
        statement=f"{STORIES[variant(corpus)]}\n\nEight lines from drafts of a review of it, all of which "
        "mean to spare their reader something, or sound as if they did. What does each of them "
        f"do?\n\n{legend(_PROMISES)}",
        hints=(
            "Read the line as somebody who does not know the story. Do you know more of it now?",
            "A warning leaves a choice: one knows that something comes, and can stop. A refusal leaves "
            "nothing to choose.",
            "Compare what each line says that it will do with what it has done by its last word.",
        ),
        solution=f"{_answers(cases)}. To name the very thing that one will not tell is to tell it. A "
        "warning works if it stands before what it warns of, says how far it reaches, and does not need "
        "the secret to be understood.",
        ask="What does somebody know after this line who did not know the story before it?",
        cites=("08, “What does a review owe its reader?”", "08, “◆ Write”"),
    )


def _promise_slip(right: str, given: str) -> tuple[str, str]:
    if right == "tells all the same":
        return (
            "the-promise-for-the-deed",
            "{item}: you say {yours}. So it announces. What have you learned of the story by its last word?",
        )
    if given == "tells all the same":
        return (
            "told-too-soon",
            "{item}: you say {yours}. Which event of the story stands in it?",
        )
    if right == "neither":
        return (
            "a-word-for-a-deed",
            "{item}: you say {yours}. A word in it belongs to warnings. What is it doing here?",
        )
    if given == "neither":
        return (
            "no-signal-word",
            "{item}: you say {yours}. It has no signal word. Does it speak of telling all the same?",
        )
    return (
        "warning-for-refusal" if given == "warns" else "refusal-for-warning",
        "{item}: you say {yours}. After this line, will the review tell, or not?",
    )
