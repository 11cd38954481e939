"""What may one do with other people's words, and what does a table say of them?"""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import choices, open_task
from reviewkit.exercises.tasks import Task

_FINE = {
    "quote": (
        "to quote two sentences in an essay, and say where they are from",
        "to read a review aloud in class and discuss how it argues",
    ),
    "count": (
        "to count in a table how many reviews name an actor",
        "to hand in a chart of how many votes each review has",
    ),
    "mask": (
        "to pass on a table in which signatures are covered and names are pseudonyms",
        "to write in an essay of “a reviewer who calls the film too long”",
    ),
}
_NOT = {
    "copy": (
        "to put the whole page on a public website, because it was public anyway",
        "to put the file with all texts into a shared folder for anybody to download",
    ),
    "find": (
        "to look up who a reviewer is, so as to understand them better",
        "to search the web for a reviewer's words, to see what else they have written",
    ),
    "write": (
        "to write to a reviewer and ask what they meant",
        "to answer a reviewer under their review, as a piece of fieldwork",
    ),
    "name": (
        "to give a reviewer's user name in a footnote, as one does with authors",
        "to print a review with its signature, since the reviewer signed it",
    ),
}
_SAYS = {
    "copy": (
        "public-means-free",
        "To read in public is offered; the texts still belong to those who wrote them. Who would be "
        "copying, and for whom?",
    ),
    "find": (
        "public-means-known",
        "Public is not the same as offered. Did they write for somebody who wants to know who they are?",
    ),
    "write": (
        "readers-as-informants",
        "They wrote for other customers, and not as somebody's informants. Would you want that letter?",
    ),
    "name": (
        "cited-like-an-author",
        "An author put a name to a book for the world. What does a name lead to here, and whom does that "
        "help?",
    ),
}


def rights(corpus: Corpus) -> Task:
    """What one may do with a page of real reviews."""
    other = int(corpus.page.name != "never-let-me-go")
    texts = {**_FINE, **_NOT}
    order = ("copy", "quote", "find", "count", "name", "mask", "write")
    letters = dict(zip("abcdefg", order, strict=True))
    options = {letter: texts[what][other] for letter, what in letters.items()}
    right = {letter for letter, what in letters.items() if what in _FINE}
    taken = {
        letter: (_SAYS[what][0], f"{letter}: {_SAYS[what][1]}")
        for letter, what in letters.items()
        if what in _NOT
    }
    left = dict.fromkeys(
        right,
        (
            "forbids-criticism",
            "You forbid something that criticism does with every text in public. What would be left to say?",
        ),
    )
    form, key = choices(options, right, taken, left)
    good = sorted(right)
    wrong: list[tuple[object, str]] = [([*good, letter], said[0]) for letter, said in taken.items()]
    wrong += [(good[:n] + good[n + 1 :], "forbids-criticism") for n in range(len(good))]
    wrong += [
        ([*letters], "took-everything"),
        (sorted(taken), "forbids-criticism"),
        ({k: k not in right for k in letters}, "public-means-free"),
    ]
    return Task(
        id="rights",
        kind="choices",
        title="Other people's words",
        points=2,
        statement="Suppose that the page were a collected one, with reviews by real people. Which of these "
        "may "
        "you do, for a seminar, without asking anybody?",
        starter='rights = ex.card("rights")\nrights',
        answer=f"rights = {good!r}",
        form=form,
        key=key,
        hints=(
            "Ask two questions of each: who gets the words, and whom do they lead to?",
            "Reading, counting, discussing, quoting what an argument needs: that is criticism.",
            "Copying a page, and finding a person, are the two things to stay away from, in whatever dress.",
        ),
        solution="What criticism does with a text in public, it may do here: read, count, discuss, and "
        "quote what an "
        "argument needs, with its source. The texts belong to those who wrote them, so the page is not "
        "passed on; and "
        "the writers did not write for a seminar, so nobody looks for them, writes to them or prints their "
        "names.",
        ask="Which of these would you mind if the review were your own?",
        right=[good, tuple(reversed(good)), ", ".join(good), {k: k in right for k in letters}],
        wrong=wrong,
        cites=("01, “Whose names are these?”",),
    )


def what_it_shows(corpus: Corpus) -> Task:
    """What a table of votes and words shows, and what not."""
    form, key = open_task(
        [
            (
                "A claim that the table bears out",
                [
                    "none, or one about readers in general",
                    "one, without its numbers",
                    "one, with the numbers that show it",
                ],
            ),
            (
                "Something that no table of this kind can show",
                ["nothing named", "named in general", "named, with words of a review that show it"],
            ),
            (
                "How the numbers came about",
                [
                    "taken as they are",
                    "a doubt is named",
                    "the doubt is tied to this page: votes, order, unknown",
                ],
            ),
        ],
        "Of the reviews with the most votes, nearly all are longer than the review in the middle of the "
        "row; so on "
        "this page what is found helpful tends to be long. The table does not say why. The votes were "
        "counted on a "
        "page that shows its most helpful reviews first, and whoever stands at the top is read by more "
        "people. And "
        "it knows nothing of what the words do: a review can grant a point and take it back in one "
        "sentence, and "
        "its row would be the same if it had not.",
        "The first sentence claims no more than the rows show, and says on which page. The second and the "
        "third part "
        "the finding from its causes. The last names something that was lost on the way into the table, "
        "and says "
        "where it could be found: in the words.",
        least=40,
    )
    return Task(
        id="shows",
        kind="open",
        title="What the table shows",
        points=4,
        statement="Take your table of helpful reviews, and read one of them in full. Write four to six "
        "sentences: what "
        "does the table show, what can it not show, and how did its numbers come about?",
        before="rk.ReadingPane(corpus, review_id=corpus.opens_at)",
        starter='shows = ex.card("shows")\nshows',
        answer=f"shows = {key['model']!r}",
        form=form,
        key=key,
        hints=(
            "Begin with “On this page”.",
            "Ask of the numbers who made them: who votes, and on what?",
            "Name one thing that you learned by reading, and that is in no column.",
        ),
        solution="",
        ask="",
        right=[key["model"], {"text": key["model"]}, [key["model"]]],
        wrong=[("Long reviews are better.", "very-short")],
        cites=("01, “A table of your own”", "01, “The question at the end”"),
    )
