"""A sentence that spoils a film which does not exist: five ways of rewriting it, and one's own."""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import open_task
from reviewkit.exercises.tasks import Task

from .._labelled import legend, sorting, variant

_GRADES = {
    "nothing": "nothing beyond title, cast and genre",
    "minor": "the premise, a detail of a scene, or that it ends well or badly",
    "major": "the central secret, a turn in the middle, the death of a minor character",
    "everything": "what becomes of a principal, or what happens at the end",
}
_FILMS = (
    {
        "title": "The Salt House",
        "story": "Marta, a nurse, comes to a house by the sea to look after an old man who does not "
        "speak (so far the jacket). In the middle the housekeeper dies in a fire. Marta finds out that "
        "the old man is her own father, whom she believed dead. At the end she swims out at night and "
        "does not come back.",
        "spoils": "That the old man is her own father I could just believe, but when Marta swims out and "
        "drowns I was too angry to be sad, because nothing in two hours leads up to it.",
        "items": (
            (
                "A nurse looks after a man who never speaks, and nothing in two hours leads up to anything.",
                "minor",
            ),
            (
                "Neither the writing nor the acting prepared me for what I was asked to feel, and I was "
                "angry.",
                "nothing",
            ),
            (
                "The last we see of Marta is her coat on the sand, and nothing in two hours leads up to it.",
                "everything",
            ),
            ("I could just believe who the old man turns out to be, her father of all people.", "major"),
            ("It ends badly, and I was too angry to be sad, since nothing leads up to it.", "minor"),
            (
                "If I said that somebody should have thrown Marta a rope in time, you would know why I "
                "was angry.",
                "everything",
            ),
            ("I stopped believing in it an hour in, when the poor housekeeper goes up in flames.", "major"),
        ),
        "model": "I was angry where I was meant to be sad. What happens last needs two hours that lead "
        "up to it, and these two hours look at the sea instead. Marta comes to nurse a man who does not "
        "speak, and we learn so little of what she wants that whatever she did in the end, I could not "
        "have been moved by it.",
        "kept": "the anger, and its ground: that nothing leads up to the end",
    },
    {
        "title": "The Lamp Room",
        "story": "Ivo becomes night porter of a hotel that is to be pulled down, and listens to a singer "
        "through the wall (so far the jacket). In the middle the lift man falls to his death. Ivo finds "
        "out that the singer is only a recording. At the end he sets fire to the hotel and stays in it.",
        "spoils": "It turns out that the singer is only a recording, and Ivo burns with his hotel: a "
        "cheap trick and a cheap way out, since we never learn what he wanted.",
        "items": (
            (
                "The trick is cheap and the way out cheaper, since nobody in it seems to want anything.",
                "nothing",
            ),
            ("There is nobody behind that wall but a machine, which is a cheap trick.", "major"),
            ("A porter listens to a voice through a wall, and we never learn what he wants of it.", "minor"),
            ("Ivo will not be needing another post, and it is a cheap way out.", "everything"),
            ("From the moment when the lift man falls I no longer cared what anybody wanted.", "major"),
            ("Nobody should expect to leave it cheered up, and the sadness comes cheap.", "minor"),
            (
                "The last shot has his cap in the ashes: a cheap way out of a story that has no idea "
                "what he wanted.",
                "everything",
            ),
        ),
        "model": "It cheats twice: once with the voice behind the wall, and once, worse, with its last "
        "minutes. Both times the film has an effect where it should have a reason. What does its porter "
        "want, night after night, with his ear to that wall? As long as it does not know, it may do with "
        "him what it likes, and I shall not mind.",
        "kept": "the blame, twice, and its ground: that we never learn what he wanted",
    },
)


def rewritten(corpus: Corpus) -> Task:
    """How much each of some rewritten sentences gives away."""
    film = _FILMS[variant(corpus)]
    return sorting(
        [(text, label, {}) for text, label in film["items"]],
        _GRADES,
        _slip,
        id="rewritten",
        title="Rewritten, and still told?",
        points=4,
        statement=f"*{film['title']}* is a film that does not exist, so nobody can spoil it for you. "
        f"{film['story']}\n\nA reviewer has written:\n\n> {film['spoils']}\n\nHere are seven attempts to "
        "say it, or something like it, with less. How much does each of them give away to somebody who "
        f"has only read the jacket, or not even that?\n\n{legend(_GRADES)}",
        hints=(
            "Cover the story above, and take one attempt by itself. What do you know now?",
            "How softly something is put makes no difference. Whether it can be worked out does.",
            "Go through the story step by step, jacket, middle, secret, end, and ask which step the "
            "sentence lets you take. The furthest one decides.",
        ),
        solution="By the story of the film: "
        + "; ".join(f"{letter} {label}" for letter, (_, label) in zip("abcdefg", film["items"], strict=True))
        + ". An end is told as well by a thing left behind as by a verb, and a joke that only works if "
        "somebody dies has told that somebody dies. Anger and blame tell nothing. That something ends "
        "badly, without what it is, counts with the premise.",
        ask="What could somebody who has read nothing but this sentence tell a friend about the story?",
        cites=("03, “◆ Premise, secret, fate”", "03, “◆ Write a warning”"),
    )


def _slip(right: str, given: str) -> tuple[str, str]:
    order = [*_GRADES]
    more = order.index(given) > order.index(right)
    if right == "nothing":
        return (
            "heat-for-telling",
            "{item}: you say {yours}. It is strongly put. What has it told you that happens?",
        )
    if right == "minor" and more:
        return (
            "mood-for-event",
            "{item}: you say {yours}. Name what happens, to whom, by this sentence alone.",
        )
    if right == "minor":
        return "premise-is-not-nothing", (
            "{item}: you say {yours}. Do you know more of the story after it than the title tells?"
        )
    if right == "major" and more:
        return (
            "middle-for-end",
            "{item}: you say {yours}. Where in the story does that happen, and to whom?",
        )
    if right == "major":
        return "secret-belittled", (
            "{item}: you say {yours}. Would it have stood on the jacket, and if not, why not?"
        )
    return "told-in-other-words", (
        "{item}: you say {yours}. It does not use the word. Can one work out from it what becomes of "
        "somebody?"
    )


def rewrite(corpus: Corpus) -> Task:
    """A sentence that spoils, to be written anew."""
    film = _FILMS[variant(corpus)]
    form, key = open_task(
        [
            (
                "What it still gives away",
                [
                    "a secret or the end, if only to those who can add",
                    "something of the middle",
                    "no more than the jacket",
                ],
            ),
            (
                "What it keeps of the judgement",
                ["a mood, or nothing", "the judgement", "the judgement and the ground it rests on"],
            ),
            (
                "How it was done",
                [
                    "not said",
                    "one choice is named",
                    "a choice is named, with what it cost and what it gained",
                ],
            ),
        ],
        f"{film['model']}\n\nI have put a question, or a thing missing, where the event was. The reader "
        "loses the proof: they must take my word for it that nothing prepares the end. What they gain is "
        "that they can go and see whether I am right.",
        f"It keeps {film['kept']}; and a reader who has read the jacket learns nothing further. It speaks "
        "of *what happens last* without a word of what that is, and of the story only what the jacket "
        "tells. The second paragraph names the price: a judgement whose evidence one may not show. You "
        "may find the price too high; then the other way is to leave the sentence as it stands, and to "
        "warn.",
        least=50,
    )
    return Task(
        id="rewrite",
        kind="open",
        title="Your own version",
        points=4,
        judgement=False,
        statement=f"Here is the sentence on *{film['title']}* once more:\n\n> {film['spoils']}\n\nRewrite "
        "it in two to four sentences, for readers who have not seen the film. It should give away no "
        "more than the jacket does, and keep what the reviewer thinks of the film, with the reason. Then "
        "say in two or three sentences more which choice you made, and what it cost.",
        starter='rewrite = ex.card("rewrite")\nrewrite',
        answer=f"rewrite = {key['model']!r}",
        form=form,
        key=key,
        hints=(
            "Underline what is judgement and what is event. Which of the two does the reviewer need you "
            "to hear?",
            "Say what is missing before the event, in the place of the event.",
            "Read your version to somebody who has not read this page, and ask them what happens in the "
            "film.",
        ),
        solution="",
        ask="",
        right=[key["model"], {"text": key["model"]}, [key["model"]]],
        wrong=[("It ends badly and I did not like it.", "very-short")],
        cites=("03, “◆ Write a warning”", "03, “With the veil and without”"),
    )
