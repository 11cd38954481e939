"""What stands on a sheet? Reviews with numbered sentences or lines, room to mark, and where they come from.

Numbers are the page's own: sentence 4 on paper is sentence 4 in the tables, and review 7 is review 7. Text is
escaped, signatures are masked. Which reviews give the story away is told by the key where there is one, else
by rule, and a rule can miss.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterable
from html import escape
from typing import Any

import pandas as pd

from ..citing import cite
from ..corpus import Corpus
from ..errors import TableError
from ..veiling import Veil, veil
from ..works import Work
from .labels import label_sheet
from .paper import document

__all__ = ["NUMBERED", "SPOILERS", "chosen", "print_out"]

NUMBERED = ("sentences", "lines")
"""What can be numbered: each sentence on a line of its own, or lines of running prose, every fifth."""

SPOILERS = ("last", "keep", "leave-out")
"""What becomes of reviews that give the story away: behind the others, in their places, or not at all."""

_LINE = 64  # characters: a line that leaves a third of the sheet free
_INVENTED = (
    "These reviews are invented. They were written for the teaching kit reviewkit, and differences between "
    "groups of reviewers were planted: nothing about real audiences follows from them. They may be copied "
    "freely (CC0)."
)
_COLLECTED = (
    "These reviews belong to the people who wrote them. The sheets are for this class: mark them, quote a "
    "sentence with its source, and do not copy them for others or put them on a website."
)


def print_out(
    corpus: Corpus,
    *,
    reviews: Collection[int] | None = None,
    numbered: str = "sentences",
    spoilers: str = "last",
    labels: Collection[str] | None = None,
    apart: bool = False,
    work: Work | None = None,
    site: str = "[site]",
    collected: str = "[day of collection]",
) -> str:
    """One HTML page with the reviews of a corpus, ready to print.

    `reviews` are places on the page, all if left out; `numbered` is one of `NUMBERED`, `spoilers` one of
    `SPOILERS`; `labels` are the layers on the sheet of labels (all if left out, none if empty); `apart` puts
    each review on a sheet of its own; `work` says what can be given away where the page does not; `site` and
    `collected`, the day on which the page was, are named in the citations. Raises `TableError` for a review
    or an option that is not there.

    >>> import reviewkit as rk
    >>> page = print_out(rk.load("never-let-me-go"), reviews=[14])
    >>> "These reviews are invented." in page, page.count("<h2")
    (True, 2)
    """
    _known("numbered", numbered, NUMBERED)
    _known("spoilers", spoilers, SPOILERS)
    judge = _judge(corpus, work)
    table = _rows(corpus.reviews, reviews)
    tells = [bool(judge.covered(each)) or judge.title(each) >= 2 for each in table["review_id"]]
    kept, telling = table[[not told for told in tells]], table[tells]
    if spoilers == "keep":
        kept, telling = table, table.iloc[:0]
    known = work or corpus.work
    about = known.film if known else None
    seen = None if corpus.invented else collected
    sheet = _Sheet(corpus, numbered, apart, {"work": about, "site": site, "accessed": seen})
    parts = [_head(corpus, table, sum(tells), spoilers, judge), sheet.all_of(kept)]
    if spoilers == "last" and len(telling):
        parts.append(
            '<section class="telling"><h2>From here on the story is given away</h2>'
            f"<p>The reviews that follow tell a secret, a turn or the end ({escape(judge.whose)}).</p>"
            "</section>"
        )
        parts.append(sheet.all_of(telling))
    parts.append(label_sheet(labels))
    kind = "sheets invented" if corpus.invented else "sheets"
    return document(f"{corpus.title}: reviews to mark", f"<main>{''.join(parts)}</main>", kind=kind)


def chosen(text: str) -> list[int]:
    """The places that somebody wrote down, such as `2,5,7-9`; raises `TableError` for anything else.

    >>> chosen("2, 5, 7-9")
    [2, 5, 7, 8, 9]
    """
    places: list[int] = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        found = re.fullmatch(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?", part, re.ASCII)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if not first <= last <= first + 10_000:
            raise TableError(f"{part!r} is no place on a page. Write places like this: 2,5,7-9.")
        places += range(first, last + 1)
    return list(dict.fromkeys(places))


class _Sheet:
    """How each review of a corpus is set."""

    def __init__(self, corpus: Corpus, numbered: str, apart: bool, source: dict[str, str | None]) -> None:
        self.corpus, self.numbered, self.apart = corpus, numbered, apart
        self.source: dict[str, Any] = source
        self.sentences = dict(list(corpus.sentences.groupby("review_id")))

    def all_of(self, table: pd.DataFrame) -> str:
        return "".join(self.review(row) for row in table.to_dict("records"))

    def review(self, row: dict[Any, Any]) -> str:
        number, review_id = int(row["position"]), str(row["review_id"])
        line = cite(self.corpus, review_id, **self.source)
        title = f'<p class="title" dir="auto">{escape(str(row["title"]))}</p>' if _is(row, "title") else ""
        facts = f'<p class="facts">{escape("; ".join(_facts(row)))}</p>' if _facts(row) else ""
        return (
            f'<section class="review{" apart" if self.apart else ""}" aria-labelledby="review-{number}">'
            f'<h2 id="review-{number}">Review {number}</h2>{title}{facts}'
            f"{self._text(row, review_id)}"
            f'<p class="cite">{escape(line)}</p></section>\n'
        )

    def _text(self, row: dict[Any, Any], review_id: str) -> str:
        if self.numbered == "lines":
            return _lines(str(row["text"]))
        found = self.sentences.get(review_id)
        if found is None:
            return "<p>(The review has no text.)</p>"
        lists = []
        for _, group in found.groupby("paragraph", sort=False):
            numbers = zip(group["sentence"], group["text"], strict=True)
            items = "".join(f'<li value="{n}" dir="auto">{escape(text)}</li>' for n, text in numbers)
            lists.append(f'<ol start="{group["sentence"].iloc[0]}">{items}</ol>')
        return "".join(lists)


def _lines(text: str) -> str:
    """Running prose, cut into lines that are counted through the review; every fifth has its number."""
    written, count = [], 0
    for paragraph in filter(str.strip, re.split(r"\n\s*\n", text)):
        cut = textwrap.wrap(paragraph, _LINE, break_long_words=True, break_on_hyphens=False)
        spans = []
        for line in cut:
            count += 1
            number = f' data-n="{count}"' if count % 5 == 0 else ""
            spans.append(f"<span{number}>{escape(line)} </span>")
        written.append(f'<p class="lines" dir="auto">{"".join(spans)}</p>')
    return "".join(written)


def _head(corpus: Corpus, table: pd.DataFrame, telling: int, spoilers: str, judge: Veil) -> str:
    """Title, whose words these are, and what the sheets give away."""
    count = "One review" if len(table) == 1 else f"{len(table)} reviews"
    said = {
        "keep": "{n} of them give a secret, a turn or the end away, in their places among the others.",
        "last": "{n} of them give a secret, a turn or the end away; they stand last, behind a warning.",
        "leave-out": "{n} that give a secret, a turn or the end away were left out.",
    }[spoilers].format(n=telling)
    count = f"{count}." if spoilers != "leave-out" else f"{len(table) - telling} of {len(table)} reviews."
    warns = f"{said} Judged {judge.whose}. {judge.misses}" if telling else _none(judge)
    whose = _INVENTED if corpus.invented else _COLLECTED
    return (
        f"<header><h1>{escape(corpus.title)}</h1>"
        f"<p>{escape(whose)}</p><p>{escape(f'{count} {warns}')} "
        "Names are masked (█) as far as they were recognised.</p>"
        '<p class="name">Name: <span class="blank"></span> Date: <span class="blank short"></span></p>'
        "</header>\n"
    )


def _none(judge: Veil) -> str:
    return f"None was found to give a secret, a turn or the end away ({judge.whose}). {judge.misses}"


def _rows(reviews: pd.DataFrame, wanted: Iterable[int] | None) -> pd.DataFrame:
    if wanted is None:
        return reviews
    there = set(reviews["position"])
    if absent := [place for place in wanted if place not in there]:
        raise TableError(f"There is no review {absent[0]} on this page; it has {len(reviews)}.")
    return reviews[reviews["position"].isin(list(wanted))]


def _judge(corpus: Corpus, work: Work | None) -> Veil:
    """The key where there is one, else the rules, whatever the person at the computer knows of the story."""
    if work is None:
        return veil(corpus, "key" if len(corpus.key) else "rule")
    return veil(_With(corpus.reviews, work), "rule")


class _With:
    """Reviews and the work that they are about, as the veil wants them."""

    def __init__(self, reviews: pd.DataFrame, work: Work) -> None:
        self.reviews, self.work = reviews, work


def _facts(row: dict[Any, Any]) -> list[str]:
    """What the page tells of a review; what it does not tell is not mentioned."""
    facts = []
    if _is(row, "date"):
        facts.append(f"{row['date'].day} {row['date']:%B %Y}")
    if _is(row, "rating"):
        facts.append(f"{row['rating']} of 5 stars")
    if _is(row, "helpful_votes"):
        votes = int(row["helpful_votes"])
        facts.append("one person found it helpful" if votes == 1 else f"{votes} people found it helpful")
    if _is(row, "format"):
        facts.append(str(row["format"]))
    return facts


def _is(row: dict[Any, Any], column: str) -> bool:
    return column in row and not pd.isna(row[column])


def _known(name: str, value: str, known: Iterable[str]) -> None:
    if value not in known:
        raise TableError(f"{name}={value!r} is not known. It is one of: {', '.join(known)}.")
