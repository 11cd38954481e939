"""A claim held against the page, and an argument of one's own."""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import claim, open_task
from reviewkit.exercises.tasks import Task

from . import _said, audiences


def claim_on_liking(corpus: Corpus) -> Task | None:
    """Does the page show that readers like the film less, or more?"""
    told = audiences.liking(corpus)
    if told is None:
        return None
    (who, _), liked = audiences.groups(corpus), told[0]
    sides = {
        name: (int(liked[who == name].sum()), int((who == name).sum()))
        for name in ("book-reader", "film-only")
    }
    (a, n), (b, m) = sides["book-reader"], sides["film-only"]
    if not n or not m:
        return None
    less = a / n < b / m
    how = (
        ""
        if _said.key_is_open(corpus)
        else " (readers and viewers by the rules, four or five stars for liking)"
    )
    word = "less" if less else "more"
    invented = corpus.invented
    verdicts = {
        "a": "The page bears it out: the shares differ, so readers of novels and viewers differ.",
        "b": "It holds of these reviews as a count; of readers and viewers in general nothing follows.",
        "c": "It is wrong: the page shows that the two audiences judge alike.",
        "d": "Nothing can be said, not even of these reviews.",
    }
    slips = {
        "a": (
            "sample-for-the-world",
            "You go from these reviews to readers and viewers in general. Which other reviews would have "
            "to be like these?",
        ),
        "c": (
            "no-proof-as-proof-of-none",
            "Not to have shown a difference is one thing, to have shown that there is none is another. "
            "Which of the two does the page do?",
        ),
        "d": ("doubt-of-everything", "You doubt too much. Can you not count these reviews?"),
    }
    grounds = {
        "a": f"{n} reviews on one side and {m} on the other are too few to tell a difference from luck.",
        "b": "The reviews were invented, and whoever wrote them decided who likes the film."
        if invented
        else "Those who write reviews have chosen to; others, who may judge otherwise, do not write.",
        "c": "Those who say nothing of the book can be counted with the viewers, to have more of them.",
        "d": "Two shares that are not equal show a difference between two audiences.",
        "e": "Reviews are opinions, and opinions cannot be counted.",
        "f": "What a group of six or ten does says little of the next one.",
    }
    taken = {
        "c": ("silence-as-no", "c: who says nothing has not said no. What would you be counting?"),
        "d": (
            "any-difference-counts",
            "d: deal ten cards into two piles, and the shares will hardly ever be equal.",
        ),
        "e": (
            "opinions-cannot-be-counted",
            "e: that somebody holds an opinion is a fact, and facts can be counted. What else do these "
            "counts lack?",
        ),
    }
    left = dict.fromkeys(
        "abf", ("ground-overlooked", "There is another good ground that you have not taken.")
    )
    form, key = claim(verdicts, "b", slips, grounds=grounds, sound="abf", taken=taken, left=left)
    best = {"verdict": "b", "grounds": ["a", "b", "f"]}
    wrong: list[tuple[object, str]] = [
        ({**best, "verdict": "a"}, "sample-for-the-world"),
        ({**best, "verdict": "c"}, "no-proof-as-proof-of-none"),
        ({**best, "verdict": "d"}, "doubt-of-everything"),
        ({"verdict": "a", "grounds": ["d"]}, "sample-for-the-world"),
        ({"verdict": "b", "grounds": ["a", "b", "f", "c"]}, "silence-as-no"),
        ({"verdict": "b", "grounds": ["a", "b", "d"]}, "any-difference-counts"),
        ({"verdict": "b", "grounds": ["e"]}, "opinions-cannot-be-counted"),
        ({"verdict": "b", "grounds": ["a"]}, "ground-overlooked"),
        ({"verdict": "b", "grounds": []}, "ground-overlooked"),
        ({"verdict": "b", "grounds": [*grounds]}, "took-everything"),
        ({"verdict": None, "grounds": ["a", "b", "f"]}, "no-verdict"),
        ({"verdict": "d", "grounds": ["e"]}, "doubt-of-everything"),
    ]
    return Task(
        id="claim",
        kind="claim",
        title="Does the page bear it out?",
        points=3,
        statement=f"Somebody writes: *Readers of the novel like the film {word} than those who know only "
        "the film. On this "
        f"page {a} of {n} readers like it, against {b} of {m} viewers.* The counts are right{how}. What do "
        "you say to the "
        "claim, and which of these are good grounds for your verdict?",
        starter='claim = ex.card("claim")\nclaim',
        answer=f"claim = {best!r}",
        form=form,
        key=key,
        hints=(
            "The claim speaks of readers; the counts speak of reviews. Which of the two do you have?",
            "A ground is good if it would still be one had the counts come out the other way.",
            "Three of the grounds say why one cannot go from these reviews to others.",
        ),
        solution=f"As a count it holds: {a} of {n} and {b} of {m}. Of readers in general it says nothing. "
        "The groups are so "
        "small that blind dealing would often part them as far; "
        + (
            "and whoever invented the reviews decided who likes the film, so that more of them would not "
            "help. "
            if invented
            else "and those who write have chosen to write. "
        )
        + "That is no reason to say nothing at all: these reviews can be read, counted and compared.",
        ask="Of whom does your verdict speak: of these reviews, or of people who are not on the page?",
        right=[
            best,
            {"verdict": "B", "grounds": "a, b and f"},
            {"verdict": verdicts["b"], "grounds": {g: g in "abf" for g in grounds}},
        ],
        wrong=wrong,
        cites=("02, “What ten reviews can show”", "02, “◆ Who likes it more?”"),
    )


def argue(corpus: Corpus) -> Task:
    """Two reviewers, and what each of them can see."""
    form, key = open_task(
        [
            (
                "How you know who is speaking",
                ["asserted", "words are quoted", "words are quoted, and it is said why they show it"],
            ),
            (
                "What each of them sees",
                [
                    "the same is said of both",
                    "a difference is named",
                    "a difference is shown in the words of both",
                ],
            ),
            (
                "How far the conclusion goes",
                [
                    "to readers and viewers in general, without grounds",
                    "held to these two",
                    "held to these two, and it is said what would be needed for more",
                ],
            ),
        ],
        "The first reviewer never says *I have read it*; but they set a scene of the film beside the page "
        "it comes from, "
        "and say what the novel does more slowly there. Nobody can miss what they never met, so I take "
        "them for a "
        "reader, by implication. The second says outright that they have not read the book, and for them "
        "the same scene "
        "is simply clear: they praise the actress's face for what the first had expected a sentence to do. "
        "Both speak of "
        "the same minute. One measures it against something absent, the other by what is there. I should "
        "not expect all "
        "readers to miss something: these two were chosen because they differ, and ten more of each, not "
        "chosen by me, "
        "would be a beginning.",
        "The evidence is named as evidence, with the step from words to verdict spelled out (“nobody can "
        "miss what they "
        "never met”). The comparison stands on one minute that both speak of, so that it can be looked up. "
        "The last "
        "sentence says what limits the conclusion: how the two were chosen.",
        least=80,
    )
    return Task(
        id="argue",
        kind="open",
        title="Two ways of knowing",
        points=5,
        statement="Choose two reviews from this page, one by somebody who knows the novel, and one by "
        "somebody who does "
        "not or does not say. Write eight to ten sentences: how do you know of each what they know; what "
        "does each see "
        "that the other does not; and how far would you go from these two to others?",
        starter='argue = ex.card("argue")\nargue',
        answer=f"argue = {key['model']!r}",
        form=form,
        key=key,
        hints=(
            "Choose two that speak of the same scene, or of the same actor.",
            "Quote few words, and say of each quotation what it shows.",
            "End with what you would need before you said the same of readers in general.",
        ),
        solution="",
        ask="",
        right=[key["model"], {"text": key["model"]}, [key["model"]]],
        wrong=[("Readers see more.", "very-short")],
        cites=("02, “◆ The question at the end”",),
    )
