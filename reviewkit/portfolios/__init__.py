"""What have I done in this course, and what do I argue? One page to hand in, that opens anywhere.

`gathering` collects what lies in `my_work/`, `writing` makes HTML of it, `portfolio.css` says how it looks.
Everything that a student or a reviewer wrote is text and stays text: it is escaped, whatever it looks like.
The page has no program in it and asks nothing of another machine. Others' reviews are quoted in the words
that were marked, each with a citation, and never whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import _paths, kept
from ..charts.still import still
from ..errors import TableError
from ..marks.store import Store
from .gathering import gathered
from .missing import missing_from
from .writing import page

__all__ = ["Portfolio", "portfolio"]


@dataclass(frozen=True)
class Portfolio:
    """A portfolio that was written: where it lies, and what is not in it yet."""

    path: Path
    missing: tuple[str, ...]
    """What is not in it, and what to do about that, a sentence each."""

    def __repr__(self) -> str:
        size = self.path.stat().st_size / 1000 if self.path.is_file() else 0
        said = [f"Written: my_work/{self.path.name} ({size:.0f} KB). It opens in any browser."]
        if self.missing:
            said += ["", "Not in it yet:", *(f"  - {each}" for each in self.missing)]
        return "\n".join(said)


def portfolio(
    *pages: Any,
    argument: str | None = None,
    figures: Iterable[Any] = (),
    title: str = "Portfolio",
    site: str = "[site]",
    who: str | None = None,
    store: Store | None = None,
) -> Portfolio:
    """Write one page with your reviews, marks, disputes, figures, answers and argument, ready to hand in.

    `pages` are the corpora that you worked on; those of the kit and in `my_pages/` are found without being
    named. `argument` is your argument, as text; `figures` are charts of the kit; `site` is where a collected
    page is from, for its citations; `who` is another pseudonym than yours, `store` another file of marks.
    Writes `my_work/portfolio-PSEUDONYM.html`, in place of an earlier one. Raises `TableError` for a figure
    that is no chart of the kit, `StoreError` where marks cannot be read, `KeptError` where the page cannot
    be written.

    >>> import reviewkit as rk
    >>> made = rk.portfolio(who="nobody-yet")
    >>> made.path.name, len(made.missing) > 3
    ('portfolio-nobody-yet.html', True)
    """
    if argument is not None and not isinstance(argument, str):
        raise TableError(f"The argument is a text, not {type(argument).__name__}: card.answer gives one.")
    found = gathered(pages, who=who, store=store, site=site)
    drawn = [still(each, named=f"figure-{number}") for number, each in enumerate(figures, 1)]
    missing = missing_from(found, argument or "", len(drawn))
    path = _paths.work() / f"portfolio-{found.who}.html"
    kept.replace(path, page(found, argument or "", drawn, missing, str(title)).encode())
    return Portfolio(path, missing)
