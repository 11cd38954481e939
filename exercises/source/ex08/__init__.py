"""Set 08, on notebook 08: for whom is a review written, and how does one know that it reached them?"""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from . import cues, drafts, page, revising

TITLE = "Your review, your page"
LESSON = "08_your_review_your_page"
MINUTES = "60 to 80 minutes, of which 25 are for writing"
CONTENT = (
    "You need not know its story: sentences of the page that stand in these tasks go no further than its "
    "premise, and the secrets and ends that are told belong to works that do not exist. Some speak of "
    "death."
)
OBJECTIVES = (
    "say what a sentence of a review does for its reader",
    "read a draft of your own as somebody does who does not know the story",
    "tell a change for a reader from a change for a measure",
    "bring a page, and say in a cue what a story has to give away",
    "write a review for somebody whom you name",
)


def tasks(corpus: Corpus) -> list[Task | None]:
    """The tasks of this set on a page; None stands for one that the page is not fit for."""
    return [
        page.owe(corpus),
        page.speaking(corpus),
        page.pasted(corpus),
        drafts.promises(corpus),
        drafts.graded(corpus),
        revising.changes(corpus),
        cues.cue(corpus),
        revising.review(corpus),
    ]
