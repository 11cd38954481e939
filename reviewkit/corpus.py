"""Pages to work with: those that the kit brings, and those in `my_pages/`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from . import _paths, tables, works
from .errors import PageError
from .files import masked
from .labels import Labels, labels_of
from .pages import Page, as_path, read_page

__all__ = ["Corpus", "corpora", "labelled_corpora", "load", "work_beside"]


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
    about: str | None = None
    """The name of the work that it is about, for `rk.read_work`; None for a page of one's own."""
    beside: Path | None = None
    """The file about its work that lies beside a page of one's own, under the same name."""
    use: str = "written against"
    """What the rules may be tried on it for: `test` where nobody who wrote them has read it."""

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

    @cached_property
    def work(self) -> works.Work | None:
        """The work that the reviews are about: that of the file beside the page, or the one that the page's
        heading names; None where none is known. Raises `WorkError` for a file that has a fault."""
        name = self.about or self.beside or works.named_in(self._heading())
        return works.read_work(name) if name else None

    @cached_property
    def labels(self) -> Labels:
        """What annotators said of these reviews, the key among them; empty where nobody has labelled them.

        `.evidence` and `.verdicts` hold every source, `.adjudication` what they differed on, `.report` what
        did not fit this copy of the page.
        """
        own = self.name if self.about else None
        found = labels_of(self.page.reviews, tables.sentences(self.page.reviews), corpus=own)
        return Labels(
            self._shown("evidence", found.evidence), found.verdicts, found.adjudication, found.report
        )

    @property
    def key(self) -> pd.DataFrame:
        """The evidence that was agreed on, a row for each label; `corpus.verdicts` has what follows for
        each review."""
        return _of_key(self.labels.evidence)

    @property
    def verdicts(self) -> pd.DataFrame:
        """The key's verdicts: perspective, spoilers and stance of each review."""
        return _of_key(self.labels.verdicts)

    def _heading(self) -> str:
        """What stands on the page before its first review."""
        lines = self.page.lines
        of_reviews = lines["review_id"].notna()
        first = int(of_reviews.argmax()) if of_reviews.any() else 0
        return self.page.text[: int(lines["start"].iloc[first])] if len(lines) else ""

    def _shown(self, name: str, table: pd.DataFrame) -> pd.DataFrame:
        return table if self.names else masked({"reviews": self.page.reviews, name: table})[name]

    def __repr__(self) -> str:
        made = ", invented for this kit" if self.invented else ""
        return f"<Corpus {self.name!r}: {len(self.reviews)} reviews{made}>"


def load(name: str | Path, *, names: bool = False) -> Corpus:
    """Open a page to work with: a corpus of the kit by name, a file in `my_pages/`, or any path.

    Gives a `Corpus` with reviews, sentences, report and lines; `names` leaves signatures unmasked. What
    `persuasion.toml` says of a work goes with the page `persuasion.txt` beside which it lies. Raises
    `PageError`, with the names that are there, where none fits, and whatever `read_page` raises.

    >>> load("never-let-me-go").invented
    True
    """
    about = _shipped(str(name))
    if about is not None:
        return _opened(str(name), about, names)
    path = as_path(name)
    if not path.exists() and (_paths.pages() / path.name).is_file():
        path = _paths.pages() / path.name
    if not path.exists() and not path.suffix:
        raise PageError(_unknown(str(name)))
    page = read_page(path)
    return Corpus(page.name, page.name, False, page, names, beside=work_beside(path))


def work_beside(page: Path) -> Path | None:
    """The file about a work that has the name of the page beside which it lies, where there is one."""
    path = page.with_suffix(".toml")
    return path if path.is_file() else None


def labelled_corpora() -> list[Corpus]:
    """Every corpus that has a key: all of the kit's, and the collected page where it is at hand."""
    shipped = [_opened(name, about, False) for name, about in _all_shipped("**/").items()]
    own = [load(path) for path in _own_pages()]
    return [corpus for corpus in (*shipped, *own) if corpus.labels]


def _opened(name: str, about: dict[str, Any], names: bool) -> Corpus:
    """A corpus of the kit, from its folder."""
    page = next((_paths.data() / name).glob("page.*"))
    opens_at = f"{Path(name).name}-{about['opens_at']:02d}" if "opens_at" in about else None
    opened = read_page(page, name=Path(name).name)
    use = about.get("use", "written against")
    return Corpus(name, about["title"], about["invented"], opened, names, opens_at, about["work"], use=use)


def _of_key(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["source"] == "key"].reset_index(drop=True)


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


def _all_shipped(deep: str = "*/") -> dict[str, dict[str, Any]]:
    """What is said about each corpus of the kit; those that no chooser lists lie a folder deeper."""
    folders = sorted(p.parent for p in _paths.data().glob(f"{deep}about.toml"))
    names = [folder.relative_to(_paths.data()).as_posix() for folder in folders]
    return {name: about for name in names if (about := _shipped(name))}


def _shipped(name: str) -> dict[str, Any] | None:
    if not re.fullmatch(r"(?:(?:development|held-out)/)?[\w-]+", name):
        return None
    path = _paths.data() / name / "about.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _unknown(name: str) -> str:
    known = list(corpora()["name"])
    close = get_close_matches(name, known, n=1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    return f"There is no corpus {name!r}.{hint} There is: {', '.join(map(repr, known))}."
