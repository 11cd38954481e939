"""Set 06, on notebook 06: what does a score of words hear, what does it miss, and when is it worth having?"""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from . import arguing, mending, ratings, readers, words

TITLE = "What sentiment misses"
LESSON = "06_what_sentiment_misses"
MINUTES = "50 to 70 minutes"
CONTENT = (
    "The reviews speak of illness, death and grief, and many give the story away. Sentences that do stand "
    "in none of these tasks; in the table of task 3 they are covered unless you have said in *00 Start "
    "here* that you know the story."
)
OBJECTIVES = (
    "work out what a word weighs in its place, and to which side a sentence leans",
    "find praise that a score takes for blame, and say why",
    "read a table of scores and readings from the end that was asked for",
    "tell an error that a longer lexicon would mend from one that nothing of the kind can",
    "judge what an average of scores shows, and when one is worth having",
)


def tasks(corpus: Corpus) -> list[Task | None]:
    """The tasks of this set on a page; None stands for one that the page is not fit for."""
    return [
        words.valence(corpus),
        words.signs(corpus),
        readers.grim(corpus),
        readers.share(corpus),
        ratings.stars(corpus),
        mending.mend(corpus),
        arguing.averages(corpus),
        arguing.worth(corpus),
    ]
