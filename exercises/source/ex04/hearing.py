"""A rule that listens for tears, and a review that could be shorter."""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import open_task, rule
from reviewkit.exercises.tasks import Task

from .._labelled import variant

_HITS = (
    ("I cried for an hour.", "loses-the-plain"),
    ("I wept at the end, and I never do.", "loses-the-plain"),
    ("It had me in tears.", "loses-me"),
    ("The last ten minutes left us all in tears.", "loses-me"),
    ("My eyes were full of tears.", "loses-me"),
    ("I sobbed into my scarf.", "loses-another-word"),
)
_MISSES = (
    ("Her character cried in every scene.", "takes-the-story"),
    ("The boy wept when they took the dog away.", "takes-the-story"),
    ("In the end both sisters are in tears.", "takes-the-story"),
    ("She has cried better in other films.", "takes-an-actor"),
    ("The lead never once wept as if he meant it.", "takes-an-actor"),
    ("Bring a handkerchief if you are given to tears.", "takes-advice"),
    ("You will be in tears, so do not watch it alone.", "takes-advice"),
    ("I never cried.", "takes-a-no"),
)
_SAYS = {
    "loses-the-plain": "Your rule loses reviewers who say in the plainest words what the film did to them.",
    "loses-me": "Your rule loses people who do not say *I*. In which other words does somebody speak of "
    "themselves?",
    "loses-another-word": "Your rule loses a reviewer who weeps in another word. How many words are "
    "there for it?",
    "takes-the-story": "Your rule takes what people **in the film** do for what the film did to "
    "somebody. Who weeps?",
    "takes-an-actor": "Your rule takes a remark on an actor's tears. Whose tears is it for?",
    "takes-advice": "Your rule takes what is foretold to the reader. Has the writer wept?",
    "takes-a-no": "Your rule takes somebody who says that it did **not** happen to them.",
}
GIVEN = {"cues": ["cried|wept|tears"], "unless": []}


def mend(corpus: Corpus) -> Task:
    """A rule for a response, to be made more careful."""
    form, key = rule(GIVEN, _HITS, _MISSES, _SAYS)
    best = {"cues": ["i|me|us|we|my ... cried|wept|tears|sobbed"], "unless": ["never cried"]}
    second = {
        "cues": ["i cried|wept|sobbed", "me|us ... in tears", "my eyes ... tears"],
        "unless": [],
    }
    third = {
        "cues": ["cried|wept|tears|sobbed"],
        "unless": ["character|boy|sisters|she|lead", "you", "never cried"],
    }
    wrong: list[tuple[object, str]] = [
        (GIVEN, "unchanged"),
        ({"cues": ["i ... cried|wept|tears|sobbed"], "unless": ["never cried"]}, "loses-me"),
        ({"cues": ["i cried|wept"], "unless": []}, "loses-another-word"),
        ({"cues": ["i|me|us|we|my ... cried|wept|tears"], "unless": ["never cried"]}, "loses-another-word"),
        ({"cues": ["i|me|us|we|my ... cried|wept|tears|sobbed"], "unless": []}, "takes-a-no"),
        ({"cues": ["cried|wept|tears|sobbed"], "unless": ["she|he|her"]}, "takes-advice"),
        ({"cues": ["cried|wept|tears|sobbed"], "unless": ["you", "never"]}, "takes-the-story"),
        (
            {"cues": ["cried|wept|tears|sobbed"], "unless": ["you", "character|boy|sisters", "never cried"]},
            "takes-an-actor",
        ),
        ({"cues": ["i|me|us|we|my ... cried|wept|tears|sobbed"], "unless": ["never"]}, "loses-the-plain"),
        ({"cues": ["camera|music"], "unless": []}, "deaf"),
        ({"cues": GIVEN["cues"], "unless": ["cried", "wept", "tears"]}, "deaf"),
    ]
    written = "\n".join(
        [*(f"cues:    {c}" for c in best["cues"]), *(f"unless:  {u}" for u in best["unless"])]
    )
    return Task(
        id="mend",
        kind="rule",
        title="Who is weeping?",
        points=4,
        statement="Somebody proposes a rule for the stage `response`: *Where there are tears, the writer "
        "tells what the film did to them.* In the kit's own way of writing:\n\n```\ncues:    "
        "cried|wept|tears\nunless:\n```\n\nThink of sentences with these words that are `plot`, "
        "`performance` or `address`. Then write a rule that takes those in which the writer, or somebody "
        "beside them, has wept over the film. A rule may have several cues, one a line; it takes a "
        "sentence that has any of them. What stands under `unless` holds it back.\n\n| you write | it "
        "hears |\n|---|---|\n| `i cried` | these words, one after the other |\n| `i\\|we` | one or the "
        "other |\n| `me ... tears` | the second within seven words after the first |\n| `sob\\*` | a "
        "word with any ending |\n\nYour rule is tried on sentences that you do not see.",
        starter='mend = ex.card("mend")\nmend',
        answer=f"mend = {{\n    'cues': {best['cues']!r},\n    'unless': {best['unless']!r},\n}}",
        form=form,
        key=key,
        hints=(
            "Who weeps? Write down one sentence in which it is a character, one for an actor, one for "
            "the reader.",
            "People who tell of themselves use more words than *I*. Put them before the tears, with "
            "three dots between.",
            "What is left is somebody whom the film did nothing to. Which word do they use? Hold back no "
            "more than that.",
        ),
        solution=f"One way:\n\n```\n{written}\n```\n\nThe tears are in the plot, in the acting and in the "
        "audience, and only a person before them tells which. *Never* by itself would hold back too "
        "much: “I wept, and I never do” is a response. The rule still misses whoever says that they had "
        "to leave the room.",
        ask="Take a sentence about a character who weeps, and one about yourself. What does your rule do "
        "with each?",
        right=[best, second, third, {n: "\n".join(lines) for n, lines in best.items()}],
        wrong=wrong,
        cites=("04, “◆ Ten jobs”", "04, “Two readers and a rule”"),
    )


_REVIEWS = (
    (
        "The parcel came on a Tuesday. I had been looking forward to this for a year, because I grew up "
        "by that river. A boy and his uncle take a boat down to the sea, and hardly speak. The old man "
        "who plays the uncle does more with his hands than others do with a page of words. There is too "
        "much music. A friend of mine liked the music. When they pass the mill I had to stop the film "
        "for a while, for reasons of my own. If you want something to happen, choose another film.",
        "It has no sentence that judges the film as a whole, and I did not notice at first, because the "
        "sentence about the hands is so warm. I would leave out “A friend of mine liked the music”: it "
        "takes back the only blame in the review and puts nothing in its place, so that I no longer know "
        "what the writer holds against the film. Somebody could say that it is fair to let the other "
        "side speak. But the friend gives no reason, and fairness without a reason is only manners. I "
        "would keep “I had to stop the film for a while”, although it says nothing about the film that "
        "one could check. It is the one sentence which only this writer could have written, and it lets "
        "me weigh all the others: here is somebody for whom this river is not scenery.",
    ),
    (
        "This is the second film of a director who used to be a baker. Four sisters meet to sell their "
        "mother's house, and do not sell it. The camera never leaves the kitchen, and after half an hour "
        "one knows where every cup belongs. It is a good film. The youngest sister is miscast. I laughed "
        "twice. It is a good film, I said so to my wife. What is a house worth to somebody who was not "
        "happy in it? See it with a brother or a sister, if you have one left.",
        "It never says what watching was like, apart from two laughs that stay without an object, and so "
        "“It is a good film” has nothing under it but a kitchen and its cups. I would cut the second “It "
        "is a good film, I said so to my wife”. Said twice, a verdict gets no stronger; it begins to "
        "sound as if somebody had doubted it. One could object that the wife makes it a thing said among "
        "people. Then I should like to know what she answered. I would not give up “after half an hour "
        "one knows where every cup belongs”: it describes, and by describing it judges. It is the ground "
        "on which the verdict could stand if the two were neighbours.",
    ),
)


def cut(corpus: Corpus) -> Task:
    """A short review: what it lacks, what it could lose, what it must keep."""
    text, model = _REVIEWS[variant(corpus)]
    form, key = open_task(
        [
            (
                "What is lacking",
                [
                    "nothing is named",
                    "a stage is named",
                    "a stage is named, with what its absence does to a reader",
                ],
            ),
            (
                "What could go, what must stay",
                [
                    "one of the two, or without words",
                    "both, quoted",
                    "both quoted, with the work that each does or fails to do",
                ],
            ),
            (
                "The other side",
                ["nobody objects", "an objection is mentioned", "an objection is put fairly, and answered"],
            ),
        ],
        model,
        "It names one absence and says what the absence does, where a list of stages would have said "
        "less. It quotes what it would cut and what it would keep, and gives a reason that speaks of a "
        "reader. The objection is one that somebody might really make, and the answer does not pretend "
        "that it was foolish. You may well cut another sentence; what counts is whether you can say what "
        "it does.",
        least=60,
    )
    return Task(
        id="cut",
        kind="open",
        title="What could it lose?",
        points=4,
        statement=f"Here is a short review, of a film that does not exist:\n\n> {text}\n\nWrite five to "
        "seven sentences. Which stage does it lack, and what does that do to its reader? Which sentence "
        "could it lose, and which must it keep? Quote both. Somebody will disagree with you: say how, "
        "and what you answer.",
        starter='cut = ex.card("cut")\ncut',
        answer=f"cut = {key['model']!r}",
        form=form,
        key=key,
        hints=(
            "Write the stage beside each sentence. Which of the ten are not there?",
            "Read the review aloud without the sentence that you would cut. What has changed?",
            "Look for the sentence that does another job than it seems to: a fact that judges, a verdict "
            "that doubts.",
        ),
        solution="",
        ask="",
        right=[key["model"], {"text": key["model"]}, [key["model"]]],
        wrong=[("It lacks a rating, and the parcel could go.", "very-short")],
        cites=("04, “What must be there”", "04, “◆ The question at the end”"),
    )
