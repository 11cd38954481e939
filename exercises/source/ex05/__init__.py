"""Set 05, on notebook 05: by what means does a review win you over, and what does its case rest on?"""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from . import arguing, conceding, counts, means

TITLE = "How a review persuades"
LESSON = "05_how_a_review_persuades"
MINUTES = "45 to 60 minutes"
CONTENT = (
    "Sentences of the page that stand in these tasks give away no more than its premise; the reviews "
    "speak of illness, loss and death."
)
OBJECTIVES = (
    "name the means by which a sentence persuades",
    "tell the *but* that concedes from the others, and say by which half a writer stands",
    "mend a rule that listens for concessions",
    "take an argument apart into claim, grounds and warrant",
    "say what a count of hedges shows, and of whom",
)


def tasks(corpus: Corpus) -> list[Task | None]:
    """The tasks of this set on a page; None stands for one that the page is not fit for."""
    return [
        means.means(corpus),
        means.buts(corpus),
        conceding.stands(corpus),
        conceding.mend(corpus),
        counts.hedged(corpus),
        counts.hedgers(corpus),
        arguing.parts(corpus),
        arguing.persuade(corpus),
    ]
