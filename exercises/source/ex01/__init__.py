"""Set 01, on notebook 01: what happens to people's words on the way into a table?"""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from . import counting, lines, places, tables, using

TITLE = "From page to table"
LESSON = "01_from_page_to_table"
MINUTES = "40 to 60 minutes"
CONTENT = (
    "Lines and passages in these tasks were chosen from all over the page; some give part of the story away."
)
OBJECTIVES = (
    "say what each line of a page is for, also where it looks like another",
    "tell unknown from nought, and see what a table makes of the two",
    "count with your page, and say what was counted",
    "make a small table that answers a question, and say what it cannot answer",
)


def tasks(corpus: Corpus) -> list[Task | None]:
    """The tasks of this set on a page; None stands for one that the page is not fit for."""
    return [
        lines.which_line(corpus),
        lines.printed_number(corpus),
        counting.unknown(corpus),
        counting.nought(corpus),
        counting.above(corpus),
        places.offsets(corpus),
        tables.long_and_helpful(corpus),
        using.rights(corpus),
        using.what_it_shows(corpus),
    ]
