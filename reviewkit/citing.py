"""How does one cite a review, and what if its writer, date or headline is unknown?

Reviewers are cited by their pseudonyms: a review is evidence, and its writer did not ask to be one. What
the table does not know stands in square brackets, to be filled in from the page itself. The two styles
follow the habits of the MLA and the APA for online reviews; a journal's own rules go before them.
"""

from __future__ import annotations

import datetime
from typing import Any, Protocol

import pandas as pd

from . import schema
from .errors import TableError

__all__ = ["cite"]

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
STYLES = ("mla", "apa")


class Reviewed(Protocol):
    """What a citation needs of a corpus."""

    @property
    def title(self) -> str:
        """What the corpus is called; the kit's own begin with the work that is reviewed."""

    @property
    def invented(self) -> bool:
        """Whether its reviews were made up for the kit."""

    @property
    def reviews(self) -> pd.DataFrame:
        """A row for each review."""


def cite(
    corpus: Reviewed,
    review_id: str,
    *,
    style: str = "mla",
    work: str | None = None,
    site: str = "[site]",
    accessed: datetime.date | str | None = None,
) -> str:
    """One line with which a review can be found again, in the manner of the MLA or the APA.

    `work` is the title of what is reviewed, `site` where the page was collected, `accessed` the day on which
    it was (today if left out). An invented review says that it is one. Raises `TableError` for a review or a
    style that is not known.

    >>> import reviewkit as rk
    >>> "nvented" in rk.cite(rk.load("never-let-me-go"), "never-let-me-go-01")
    True
    """
    if style not in STYLES:
        raise TableError(f"The style {style!r} is not known; known are: {', '.join(STYLES)}.")
    reviews = schema.check(corpus.reviews, "reviews", needs=("review_id", "position"))
    found = reviews.loc[reviews["review_id"] == review_id]
    if found.empty:
        first = ", ".join(reviews["review_id"].head(3))
        raise TableError(f"There is no review {review_id!r}; there are, for example: {first}.")
    row = found.iloc[0].to_dict()
    about = work or (corpus.title.partition(":")[0] if corpus.invented else "[title of the film]")
    day = accessed or datetime.date.today()
    if isinstance(day, datetime.date):
        day = _day(day, style) if style == "mla" else f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
    where = "invented for the teaching kit reviewkit" if corpus.invented else site
    return (_mla if style == "mla" else _apa)(row, about, where, day)


def _mla(row: dict[Any, Any], work: str, site: str, accessed: str) -> str:
    author = f"{row['author']} [pseudonym]. " if _known(row, "author") else ""
    title = f"“{str(row['title']).rstrip('.')}.” " if _known(row, "title") else ""
    day = _day(row["date"], "mla") if _known(row, "date") else "[no date]"
    number = f"no. {row['position']} on its page"
    return f"{author}{title}Review of {work}, {number}. {_capital(site)}, {day}. Accessed {accessed}."


def _apa(row: dict[Any, Any], work: str, site: str, accessed: str) -> str:
    author = f"{row['author']} [pseudonym]" if _known(row, "author") else "[Reviewer unnamed]"
    title = f"{str(row['title']).rstrip('.')} " if _known(row, "title") else ""
    day = _day(row["date"], "apa") if _known(row, "date") else "n.d."
    about = f"[Review of {work}, no. {row['position']} on its page]"
    return f"{author}. ({day}). {title}{about}. {_capital(site)}. Retrieved {accessed}."


def _known(row: dict[Any, Any], column: str) -> bool:
    return column in row and not pd.isna(row[column])


def _capital(site: str) -> str:
    return site[:1].upper() + site[1:]


def _day(day: datetime.date, style: str) -> str:
    """A date as the style writes it, in English whatever the computer's language.

    >>> _day(datetime.date(2011, 1, 13), "mla"), _day(datetime.date(2011, 5, 13), "apa")
    ('13 Jan. 2011', '2011, May 13')
    """
    month = _MONTHS[day.month - 1]
    if style == "apa":
        return f"{day.year}, {month} {day.day}"
    short = month if len(month) < 5 else "Sept." if day.month == 9 else month[:3] + "."
    return f"{day.day} {short} {day.year}"
