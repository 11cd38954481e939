"""Set 07, on notebook 07: how far do two readers agree, and is it the sentence, the manual or a reader?"""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from . import beyond, board, manual, matrix, sharing

TITLE = "Reading together"
LESSON = "07_reading_together"
MINUTES = "60 to 80 minutes"
CONTENT = (
    "You need not know its story: the few sentences of the page that stand in these tasks go no further "
    "than its premise, and the others were made up. Take paper and a pocket calculator."
)
OBJECTIVES = (
    "work out how far two readers agree, how far they would by chance, kappa and alpha",
    "read from a table what is taken for what",
    "say of a disagreement whether a slip made it, the manual, the text or a reader",
    "tell a rule that decides from one that only sounds like it, and write one",
    "say what agreement shows, and what it cannot show",
)


def tasks(corpus: Corpus) -> list[Task | None]:
    """The tasks of this set on a page; None stands for one that the page is not fit for."""
    return [
        sharing.raw(corpus),
        sharing.chance(corpus),
        beyond.kappa(corpus),
        beyond.alpha(corpus),
        matrix.matrix(corpus),
        manual.causes(corpus),
        board.board(corpus),
        matrix.right(corpus),
        board.divided(corpus),
    ]
