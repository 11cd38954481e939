"""What follows from an average of scores, and when is one worth having?"""

from __future__ import annotations

import reviewkit as rk
from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import claim, open_task
from reviewkit.exercises.tasks import Task

from .._labelled import variant
from ._weighed import audiences


def averages(corpus: Corpus) -> Task | None:
    """Does a difference between two averages show who likes the film?"""
    who, whose = audiences(corpus)
    scores = rk.weigh_reviews(corpus).set_index("review_id")["mean"].dropna()
    mean = {
        group: [float(score) for review, score in scores.items() if who.get(str(review)) == group]
        for group in ("book-reader", "film-only")
    }
    if min(map(len, mean.values())) < 2:
        return None
    (n, a), (m, b) = ((len(each), sum(each) / len(each)) for each in mean.values())
    high, low = ("readers of the novel", "viewers") if a > b else ("viewers", "readers of the novel")
    a, b = round(a, 2) + 0.0, round(b, 2) + 0.0
    if a == b:
        return None
    of = f"{a:.2f} for {n} readers of the novel, {b:.2f} for {m} who know only the film, {whose}".replace(
        "-", "−"
    )
    verdicts = {
        "a": f"It is borne out: {high} score higher, so they like the film better.",
        "b": f"The averages are as they are; that {high} like the film better does not follow.",
        "c": f"It is refuted: {low} like the film at least as well.",
        "d": "Nobody may average such scores, so there is nothing to discuss.",
    }
    slips = {
        "a": (
            "score-for-liking",
            "You go from words to liking. What else, besides liking, puts words that weigh into a review?",
        ),
        "c": (
            "no-proof-as-proof-of-none",
            "You have grounds to doubt the claim. Have you grounds for its contrary?",
        ),
        "d": (
            "numbers-not-allowed",
            "An average can be had of anything that was counted. The question is what this one shows.",
        ),
    }
    grounds = {
        "a": "Who knows a novel names it and its title, and such words can weigh whatever is thought of "
        "the film.",
        "b": "Long reviews score higher, and an average over sentences grows with the length of the text.",
        "c": f"With {n} and {m} reviews, one or two of them can make a difference of this size.",
        "d": "The averages have two decimals, so that a difference in the second is a real one.",
        "e": "Nobody has read a sample from both sides and counted how often the sign is wrong on each.",
        "f": "A program cannot feel, so its numbers have nothing to do with what people wrote.",
        "g": "One side may retell more, or weep more, and both weigh.",
    }
    taken = {
        "b": (
            "sum-for-average",
            "b: that is so of a text weighed in one piece. What does an average over sentences do with "
            "length?",
        ),
        "d": (
            "decimals-for-certainty",
            "d: any number can be printed with two decimals. What makes it certain?",
        ),
        "f": (
            "feeling-for-measuring",
            "f: a thermometer does not feel either. What exactly do these numbers have to do with the words?",
        ),
    }
    left = dict.fromkeys(
        "aceg", ("ground-overlooked", "There is another good ground that you have not taken.")
    )
    form, key = claim(verdicts, "b", slips, grounds=grounds, sound="aceg", taken=taken, left=left)
    best = {"verdict": "b", "grounds": ["a", "c", "e", "g"]}
    wrong: list[tuple[object, str]] = [
        ({**best, "verdict": "a"}, "score-for-liking"),
        ({**best, "verdict": "c"}, "no-proof-as-proof-of-none"),
        ({**best, "verdict": "d"}, "numbers-not-allowed"),
        ({"verdict": "a", "grounds": ["d"]}, "score-for-liking"),
        ({"verdict": "d", "grounds": ["f"]}, "numbers-not-allowed"),
        ({"verdict": "b", "grounds": ["a", "b", "c", "e", "g"]}, "sum-for-average"),
        ({"verdict": "b", "grounds": ["a", "d", "e", "g"]}, "decimals-for-certainty"),
        ({"verdict": "b", "grounds": ["c", "f"]}, "feeling-for-measuring"),
        ({"verdict": "b", "grounds": ["a", "c"]}, "ground-overlooked"),
        ({"verdict": "b", "grounds": []}, "ground-overlooked"),
        ({"verdict": "b", "grounds": [*grounds]}, "took-everything"),
        ({"verdict": None, "grounds": ["a", "c", "e", "g"]}, "no-verdict"),
    ]
    return Task(
        id="averages",
        kind="claim",
        title="Two averages",
        points=3,
        statement=f"Somebody writes: *The {high} like this film better. A program shows it: their reviews "
        "score higher on average, each taken as the mean of its sentences.* The averages are right "
        f"({of}). What do you say to the claim, and which of these are good grounds for your verdict?",
        starter='averages = ex.card("averages")\naverages',
        answer=f"averages = {best!r}",
        form=form,
        key=key,
        hints=(
            "What was measured, and what is claimed? Write the step from one to the other down as a "
            "sentence.",
            "The lesson ends with four questions to put to such a number. Put them.",
            "Four of the grounds say what else could have made the difference, or that nobody has looked.",
        ),
        solution="That the averages differ is so. What makes words weigh is not liking alone: *novel* "
        "weighs +1.3 as often as it is named, *Great* in a title +3.1, tears weigh as blame. One side "
        f"may do more of that than the other; nobody has read a sample to see; and with {n} and {m} "
        "reviews a single one can move an average. None of this shows that the claim is false. An "
        "average over sentences does not grow with length: that is what it is for.",
        ask="What would have to be true of the two groups’ words, so that the claim followed from the "
        "averages?",
        right=[
            best,
            {"verdict": "B", "grounds": "a, c, e and g"},
            {"verdict": verdicts["b"], "grounds": {g: g in "aceg" for g in grounds}},
        ],
        wrong=wrong,
        cites=("06, “Who is more positive?”", "06, “When is a number worth having?”"),
    )


_OFFERS = (
    "A city library has forty thousand short comments that borrowers left on novels, over ten years. It "
    "wants to show on each novel’s page the average score of its comments, by VADER, “so that nobody has "
    "to read them”.",
    "A television station has two hundred thousand short posts about its films, sent while they were "
    "shown. It wants to drop directors whose films have a low average score, by VADER, “because the "
    "audience has spoken”.",
)


def worth(corpus: Corpus) -> Task:
    """An argued answer: is this number worth having?"""
    form, key = open_task(
        [
            (
                "What the number would measure",
                [
                    "liking, or opinion, as such",
                    "the words of the texts",
                    "the words, with an example that goes wrong",
                ],
            ),
            (
                "Whether errors fall evenly",
                ["not asked", "asked in general", "two cases are named on which they would not"],
            ),
            (
                "Something that could be done first",
                [
                    "nothing",
                    "a check in general",
                    "a check that somebody could carry out, and what would decide",
                ],
            ),
            (
                "A decision",
                [
                    "none, or one without a reason",
                    "for or against, with a reason",
                    "for one use and against another",
                ],
            ),
        ],
        "I would take the number for one purpose and refuse it for another. It adds up words; so a "
        "comment that says a book broke the reader’s heart lowers the average of that book, and one that "
        "says *like* in a comparison raises it. With thousands of short comments single errors would not "
        "matter, if they fell on all books alike. They do not: whoever writes on a tragedy, a war or an "
        "illness uses grim words in praise, so that such works would stand lower than light ones that "
        "nobody likes better. I should have two people read fifty comments on a sad work and fifty on a "
        "comic one, and count how often the sign is wrong on each. If it is wrong equally often, the "
        "average may help to follow one and the same work over the years. It should never rank one "
        "against another, and no decision about a person should rest on it.",
        "It begins with what is measured, and proves it with a sentence that goes wrong. The decisive "
        "step is not that there are errors but that they fall unevenly, and on whom. The check can be "
        "carried out in an afternoon, and says beforehand which result would decide. And the answer is "
        "not yes or no: it names a use for which the number is good enough.",
        least=80,
    )
    return Task(
        id="worth",
        kind="open",
        title="Is it worth having?",
        points=5,
        statement=f"{_OFFERS[variant(corpus)]}\n\nIs that number worth having? Write eight to ten "
        "sentences: what would it measure; on which texts would it go wrong, and would its errors fall "
        "evenly; what would you do before you used it; and for what would you use it, and for what not?",
        starter='worth = ex.card("worth")\nworth',
        answer=f"worth = {key['model']!r}",
        form=form,
        key=key,
        hints=(
            "Begin with one sentence that such a number would get wrong, and ask who writes sentences of "
            "that kind.",
            "The four questions of the lesson are: same kind, same errors, read, open. Which of them "
            "bites here?",
            "End with two uses, one that you would allow, and one that you would not.",
        ),
        solution="",
        ask="",
        right=[key["model"], {"text": key["model"]}, [key["model"]]],
        wrong=[("It is not worth having.", "very-short")],
        cites=("06, “When is a number worth having?”",),
    )
