"""Set 03, on notebook 03: what may a review give away, and what does it owe to whoever does not know yet?"""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from . import counts, hearing, invented, passages

TITLE = "Handling spoilers"
LESSON = "03_handling_spoilers"
MINUTES = "45 to 60 minutes"
CONTENT = (
    "You need not know its story. Sentences of the page that stand in these tasks go no further than its "
    "premise, by everybody who graded them; the two tasks in which a secret and an end are told are about a "
    "film that does not exist."
)
OBJECTIVES = (
    "tell a warning and a refusal from the words that look like them",
    "say how much a sentence gives away, however softly it is put",
    "give a verdict on a review's handling from the place of its warning and of what it tells",
    "mend a rule, and say what a table of few reviews bears out",
    "rewrite a sentence so that it keeps its judgement and its secret",
)


def tasks(corpus: Corpus) -> list[Task | None]:
    """The tasks of this set on a page; None stands for one that the page is not fit for."""
    return [
        passages.announced(corpus),
        passages.hints(corpus),
        counts.handling(corpus),
        counts.first_half(corpus),
        hearing.mend(corpus),
        counts.liking(corpus),
        invented.rewritten(corpus),
        invented.rewrite(corpus),
    ]
