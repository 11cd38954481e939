"""Set 02, on notebook 02: how does one know what a reviewer knows of the novel?"""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from . import arguing, audiences, hearing, passages, verdicts

TITLE = "Who is speaking"
LESSON = "02_who_is_speaking"
MINUTES = "60 to 80 minutes"
CONTENT = (
    "The reviews speak of illness, death and grief, and many give the story away. Sentences that do are "
    "covered in "
    "the panes unless you have said in *00 Start here* that you know the story."
)
OBJECTIVES = (
    "tell a reviewer's own reading from somebody else's, and both from silence",
    "rest a verdict on words that somebody who doubts it could look up",
    "find out where a rule goes wrong, and mend it",
    "say what the counts of a page bear out, and what they do not",
)


def tasks(corpus: Corpus) -> list[Task | None]:
    """The tasks of this set on a page; None stands for one that the page is not fit for."""
    chosen = verdicts.chosen(corpus)
    return [
        passages.own(corpus),
        verdicts.verdicts(corpus, chosen),
        passages.marked(corpus, chosen),
        hearing.counter_examples(corpus),
        hearing.mend(corpus),
        audiences.likes(corpus),
        audiences.lengths(corpus),
        arguing.claim_on_liking(corpus),
        arguing.argue(corpus),
    ]
