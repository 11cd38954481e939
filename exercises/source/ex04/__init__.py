"""Set 04, on notebook 04: what does each sentence of a review do, and which could it leave out?"""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from . import counts, hearing, places, searching, stages

TITLE = "What a review does"
LESSON = "04_what_a_review_does"
MINUTES = "45 to 60 minutes"
CONTENT = (
    "Sentences of the page that stand in these tasks give away no more than its premise; the reviews "
    "speak of love, loss and death."
)
OBJECTIVES = (
    "say what a sentence of a review is for, and argue it where two jobs fit",
    "find in a review the sentences that do one job, among those that look like them",
    "count in sentences and in reviews, and say which question each count answers",
    "read a table of places, and say what is not in it",
    "defend what a review should keep and what it could lose",
)


def tasks(corpus: Corpus) -> list[Task | None]:
    """The tasks of this set on a page; None stands for one that the page is not fit for."""
    return [
        stages.kinds(corpus),
        stages.comments(corpus),
        searching.searched(corpus),
        counts.two_counts(corpus),
        counts.room(corpus),
        places.tenths(corpus),
        hearing.mend(corpus),
        hearing.cut(corpus),
    ]
