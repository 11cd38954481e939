"""Which sentences give the story away, by whose judgement, so that they can be covered until asked for?

A sentence is covered where somebody gave it a grade (1 the premise, 2 a secret or a turn, 3 a fate or the
end) that is high enough: a key that careful readers agreed on, the rules, or one's own marks. Covers are
whole sentences. Titles have no labels; a key's and a rule's titles are held against the work's list of
reveals.

Known misreadings: whoever judges can miss. The rules know no allusion and no other telling of a reveal than
their cues; a key is silent on reviews that nobody labelled; marks of one's own cover what one has marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, NamedTuple

import pandas as pd

from . import schema
from .cues import folded
from .errors import TableError
from .handling import GRADE_OF
from .knowing import standing
from .readings import spoilers
from .readings.parts import as_written, told
from .rulebook import compiled
from .works import Work

__all__ = ["GIVES_AWAY", "JUDGES", "Covered", "Veil", "judges", "veil"]

JUDGES = {"key": "by the key", "rule": "by rule", "own": "by your own marks", "off": "by nobody"}
"""Who can judge what gives the story away; a table of evidence is a judge too."""

GIVES_AWAY = {1: "gives away the premise", 2: "gives away a secret", 3: "gives away the end"}
"""What a covered sentence is said to do, by its grade."""

_MISSES = {
    "key": "Its readers can differ from you.",
    "rule": "A rule can miss: allusions and words that it does not know stay uncovered.",
    "own": "Only what you have marked is covered.",
    "table": "Only what these marks name is covered.",
    "off": "",
}
_NO_WORK = " It knows no file about this story, and goes by general words."


class Covered(NamedTuple):
    """A sentence that is covered: code points of the review's text, half open, and its grade, 1 to 3."""

    start: int
    end: int
    grade: int


@dataclass(frozen=True)
class Veil:
    """What is covered in each review, from which grade up, and by whose judgement.

    `judge` is `key`, `rule`, `own`, `table` or `off`; `whose` says it in words, `misses` what it can miss.
    """

    judge: str
    grade: int
    whose: str
    misses: str
    _find: Callable[[str], Iterable[Covered]] = field(repr=False)
    _titled: Callable[[str], int] = field(repr=False)
    _seen: dict[str, tuple[Covered, ...]] = field(default_factory=dict, repr=False)

    def covered(self, review_id: str) -> tuple[Covered, ...]:
        """The sentences of a review that are covered, in order; judged when first asked for."""
        if review_id not in self._seen:
            self._seen[review_id] = tuple(self._find(review_id)) if self.judge != "off" else ()
        return tuple(each for each in self._seen[review_id] if each.grade >= self.grade)

    def title(self, review_id: str) -> int:
        """The grade of a review's title, or 0 where the title is not covered."""
        grade = self._titled(review_id) if self.judge != "off" else 0
        return grade if grade >= self.grade else 0

    def uncovered(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of a table (review_id, start, end) whose words touch no covered sentence."""
        schema.check(table, "evidence", ("review_id", "start", "end"))
        places = zip(table["review_id"], table["start"], table["end"], strict=True)
        seen = [
            not any(each.start < end and start < each.end for each in self.covered(str(review_id)))
            for review_id, start, end in places
        ]
        return table[pd.Series(seen, index=table.index, dtype="bool")]

    def covering(self, table: pd.DataFrame) -> pd.DataFrame:
        """The same table (review_id, start, end, text) with covered sentences kept, and their words not.

        In place of its words, each row that touches a covered sentence says what it gives away. For charts
        and tables that show sentences to a reader who would rather not know yet.
        """
        schema.check(table, "sentences", ("review_id", "start", "end", "text"))
        shown = []
        columns = (table[name] for name in ("review_id", "start", "end", "text"))
        for review_id, start, end, text in zip(*columns, strict=True):
            here = [c.grade for c in self.covered(str(review_id)) if c.start < end and start < c.end]
            shown.append(f"(covered: {GIVES_AWAY[max(here)]})" if here else text)
        return table.assign(text=pd.array(shown, dtype="str"))

    @property
    def quick(self) -> bool:
        """Whether all reviews are judged already, as by a key; a rule judges one when it is asked for."""
        return self.judge != "rule"


def veil(data: Any, judge: Any = None, *, grade: int = 2) -> Veil:
    """What to cover in these reviews so that nothing is given away that one would rather not know yet.

    `data` is a corpus, a page, or a table of reviews. `judge` is `key`, `rule`, `own`, a table of evidence
    (layer spoilers), or `off`; left out, what fits the student: `off` for somebody who has said that they
    know the story (`rk.standing()`), else the key where there is one, else the rule. `grade` (1 to 3) is the
    lowest that is covered. Gives a `Veil`. Raises `TableError` for an unknown judge or grade, and where
    there is no key.

    >>> reviews = pd.DataFrame({"review_id": ["a-01"], "text": ["I liked it. In the end they all die."]})
    >>> veil(reviews, "rule").covered("a-01")
    (Covered(start=12, end=36, grade=3),)
    """
    if isinstance(judge, Veil):
        return judge
    if grade not in GIVES_AWAY:
        raise TableError(f"The grade {grade!r} is not known. Cover from grade 1, 2 or 3 up.")
    texts = _columns(data, "text")
    if isinstance(judge, pd.DataFrame):
        return _by_table(data, judge, texts, "table", "by the marks given", grade)
    chosen = _fitting(data) if judge is None else _asked(judge)
    if chosen == "off":
        return Veil("off", grade, JUDGES["off"], "", lambda _: (), lambda _: 0)
    if chosen == "rule":
        return _by_rule(data, texts, grade)
    found = _key(data) if chosen == "key" else _own(data)
    if chosen == "key" and found.empty:
        raise TableError("These reviews have no key of what they give away. Take judge='rule'.")
    return _by_table(data, found, texts, chosen, JUDGES[chosen], grade)


def judges(data: Any) -> list[str]:
    """Who can judge these reviews: the key only where there is one."""
    return [*(["key"] if len(_key(data)) else []), "rule", "own"]


def _asked(judge: object) -> str:
    if judge is False:
        return "off"
    if judge not in JUDGES:
        close = get_close_matches(str(judge), JUDGES, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise TableError(
            f"There is no judge {judge!r}.{hint} There is: {', '.join(JUDGES)}, or a table of evidence."
        )
    return str(judge)


def _fitting(data: Any) -> str:
    """The judge that fits what the student has said; who has not said is taken not to know the story."""
    if standing().story:
        return "off"
    return "key" if len(_key(data)) else "rule"


def _key(data: Any) -> pd.DataFrame:
    found = getattr(data, "key", None)
    return _graded(found) if isinstance(found, pd.DataFrame) and len(found) else schema.empty("evidence")


def _own(data: Any) -> pd.DataFrame:
    """What one has marked oneself; the store of marks is opened only when it is asked for."""
    from .marks.table import my_marks

    return _graded(my_marks(data))


def _graded(evidence: pd.DataFrame) -> pd.DataFrame:
    rows = evidence[evidence["label"].isin(list(GRADE_OF))]
    return rows[rows["layer"] == "spoilers"] if "layer" in rows else rows


def _by_table(
    data: Any, evidence: pd.DataFrame, texts: dict[str, str], judge: str, whose: str, grade: int
) -> Veil:
    """The veil of a key, of one's own marks, or of any table: every sentence that a graded row touches."""
    rows = _graded(schema.check(evidence, "evidence", ("review_id", "label", "start", "end")))
    marks: dict[str, list[Covered]] = {}
    columns = (rows[name] for name in ("review_id", "start", "end", "label"))
    for review_id, start, end, label in zip(*columns, strict=True):
        marks.setdefault(str(review_id), []).append(Covered(int(start), int(end), GRADE_OF[str(label)]))

    def find(review_id: str) -> Iterable[Covered]:
        return _sentences(texts.get(review_id, ""), marks.get(review_id, []))

    work = getattr(data, "work", None) if judge == "key" else None
    return Veil(judge, grade, whose, _MISSES[judge], find, _titles(data, work))


def _by_rule(data: Any, texts: dict[str, str], grade: int) -> Veil:
    """The veil of the rules, which judge a review when it is asked for."""
    work: Work | None = getattr(data, "work", None)

    def find(review_id: str) -> Iterable[Covered]:
        read = told(texts.get(review_id, ""))
        found = spoilers.find(read, compiled("spoilers", work, None), work)
        graded = [Covered(f.start, f.end, GRADE_OF[f.label]) for f in found if f.label in GRADE_OF]
        return _sentences(read.text, graded)

    misses = _MISSES["rule"] + ("" if work else _NO_WORK)
    return Veil("rule", grade, JUDGES["rule"], misses, find, _titles(data, work))


def _sentences(text: str, marks: list[Covered]) -> Iterable[Covered]:
    """The sentences that marks touch, each with the gravest grade upon it."""
    if not marks:
        return
    for sentence in told(text).sentences:
        here = [m.grade for m in marks if m.start < sentence.end and sentence.start < m.end]
        if here:
            yield Covered(sentence.start, sentence.end, max(here))


def _titles(data: Any, work: Work | None) -> Callable[[str], int]:
    """How much each title gives away, by the work's list of what there is to give away."""
    titles = _columns(data, "title") if work else {}

    def grade(review_id: str) -> int:
        title = titles.get(review_id)
        given = work.given_away(folded(title)) if work and title else ()
        return max((each.reveal.grade for each in given), default=0)

    return grade


def _columns(data: Any, name: str) -> dict[str, str]:
    reviews = as_written(data)
    if name not in reviews:
        return {}
    return dict(zip(reviews["review_id"], reviews[name].fillna(""), strict=True))
