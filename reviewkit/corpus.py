"""Pages to work with: those that the kit brings, and those in `my_pages/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from . import _paths, tables
from .errors import PageError
from .files import masked
from .pages import Page, as_path, read_page

__all__ = ["Corpus", "corpora", "load"]


@dataclass(frozen=True, eq=False)
class Corpus:
    """A page of reviews with what belongs to it. `invented` is true of the kit's own.

    Signatures are masked at equal length in every text, unless `names` is true; `page` has them as they are.
    """

    name: str
    title: str
    invented: bool
    page: Page
    names: bool = False
    opens_at: str | None = None
    """The review that a pane should open at, because it gives nothing away; None where nobody has looked."""

    @cached_property
    def reviews(self) -> pd.DataFrame:
        """One row per review; `rk.TABLES["reviews"]` explains the columns."""
        return self._shown("reviews", self.page.reviews)

    @property
    def report(self) -> pd.DataFrame:
        """One row per line of the page that was skipped, repaired or doubted."""
        return self.page.report

    @property
    def lines(self) -> pd.DataFrame:
        """What became of every line of the page."""
        return self.page.lines

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row per sentence, with exact offsets into the review's text."""
        return self._shown("sentences", tables.sentences(self.page.reviews))

    def _shown(self, name: str, table: pd.DataFrame) -> pd.DataFrame:
        return table if self.names else masked({"reviews": self.page.reviews, name: table})[name]

    def __repr__(self) -> str:
        made = ", invented for this kit" if self.invented else ""
        return f"<Corpus {self.name!r}: {len(self.reviews)} reviews{made}>"


def load(name: str | Path, *, names: bool = False) -> Corpus:
    """Open a page to work with: a corpus of the kit by name, a file in `my_pages/`, or any path.

    Gives a `Corpus` with reviews, sentences, report and lines; `names` leaves signatures unmasked. Raises
    `PageError`, with the names that are there, where none fits, and whatever `read_page` raises.

    >>> load("never-let-me-go").invented
    True
    """
    about = _shipped(str(name))
    if about is not None:
        folder = _paths.data() / str(name)
        page = read_page(folder / "page.txt", name=str(name))
        opens_at = f"{name}-{about['opens_at']:02d}"
        return Corpus(str(name), about["title"], about["invented"], page, names, opens_at)
    path = as_path(name)
    if not path.exists() and (_paths.pages() / path.name).is_file():
        path = _paths.pages() / path.name
    if not path.exists() and not path.suffix:
        raise PageError(_unknown(str(name)))
    page = read_page(path)
    return Corpus(page.name, page.name, False, page, names)


def corpora() -> pd.DataFrame:
    """What there is to choose from: columns name (for `rk.load`), title, invented."""
    own = sorted(p.name for p in _own_pages())
    rows = [(name, about["title"], about["invented"]) for name, about in _all_shipped().items()]
    rows += [(name, name, False) for name in own]
    return pd.DataFrame(rows, columns=["name", "title", "invented"])


def _own_pages() -> list[Path]:
    folder = _paths.pages()
    if not folder.is_dir():
        return []
    files = (p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))
    return [p for p in files if p.suffix.lower() in {".txt", ".csv", ".tsv", ".text"}]


def _all_shipped() -> dict[str, dict[str, Any]]:
    folders = sorted(p.parent.name for p in _paths.data().glob("*/about.toml"))
    return {name: about for name in folders if (about := _shipped(name))}


def _shipped(name: str) -> dict[str, Any] | None:
    if not name or Path(name).name != name:
        return None
    path = _paths.data() / name / "about.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _unknown(name: str) -> str:
    known = list(corpora()["name"])
    close = get_close_matches(name, known, n=1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    return f"There is no corpus {name!r}.{hint} There is: {', '.join(map(repr, known))}."
