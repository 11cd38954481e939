"""What lies in `my_work/` of one person: drafts, answers, marks, judgements and disputes, with citations.

Marks are taken as they were kept, with the words that were quoted then. The page that they are about is
looked up for its citations: among those that were given, the kit's, and those in `my_pages/`; a mark on a
page that is not there is cited by the page's name and the review's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from .. import _paths, people
from ..citing import cite
from ..corpus import corpora, load
from ..drafting import Drafts, every_draft
from ..errors import ReviewkitError
from ..kept import read
from ..marks.store import Store
from ..marks.who import chosen, pseudonym
from ..pages import plain_name

__all__ = ["Answer", "Gathered", "Marked", "gathered", "quoted"]

_MOST_WORDS = 40  # of others' words in one quotation; a longer one is shortened in its middle
_STAGE_WORDS = 8  # of a sentence whose stage was marked, since whole reviews are marked so


class Answer(NamedTuple):
    """An answer that was committed: in which notebook, about which page, when, and what was said to what."""

    notebook: str
    page: str
    date: str
    question: str
    said: tuple[tuple[str, str], ...]
    """What was asked in detail, empty where the question says it, and the answer."""


class Marked(NamedTuple):
    """Something that a person marked, judged or disputed in a review."""

    page: str
    review_id: str
    layer: str
    label: str
    words: str
    note: str
    reason: str
    invented: bool


@dataclass(frozen=True)
class Gathered:
    """Everything that goes into a portfolio; `sources` has the citation of each review that is quoted."""

    who: str
    chosen: bool
    drafts: tuple[Drafts, ...]
    readers: tuple[dict[str, Any], ...]
    answers: tuple[Answer, ...]
    marks: tuple[Marked, ...]
    verdicts: tuple[Marked, ...]
    disputes: tuple[Marked, ...]
    sources: dict[str, str]
    unplaced: bool
    """Whether a citation lacks the site."""
    invented: bool
    """Whether reviews are among them that were invented for the kit."""


def gathered(
    pages: Iterable[Any], *, who: str | None = None, store: Store | None = None, site: str = "[site]"
) -> Gathered:
    """Collect what one person has kept; `who` is another pseudonym than one's own."""
    name = who or pseudonym()
    own = who is None or who == pseudonym()  # drafts and answers lie in a folder that is one person's
    shelf = _Shelf(pages)
    marks, verdicts, disputes = (
        tuple(_marked(event, shelf) for event in _events(name, kind, store))
        for kind in ("mark", "verdict", "dispute")
    )
    told = [*marks, *verdicts, *disputes]
    sources = {each.review_id: _source(each, shelf, site) for each in told}
    records = list(_records()) if own else []
    return Gathered(
        name,
        chosen() or who is not None,
        tuple(every_draft()) if own else (),
        tuple(each for each in records if "draft" in each),
        tuple(_answers(records)),
        marks,
        verdicts,
        disputes,
        sources,
        any("[site]" in each for each in sources.values()),
        any(each.invented for each in told),
    )


class _Shelf:
    """The pages that marks may be about, by the names under which marks are kept; opened when asked for."""

    def __init__(self, pages: Iterable[Any]) -> None:
        self._open: dict[str, Any] = {page.name: page for page in pages}
        self._there = {plain_name(Path(str(name)).stem): str(name) for name in corpora()["name"]}
        self._there |= {str(name): str(name) for name in corpora()["name"]}

    def page(self, name: str) -> Any:
        """The corpus of that name, or None where there is none that can be read."""
        if name not in self._open:
            try:
                self._open[name] = load(self._there[name]) if name in self._there else None
            except ReviewkitError:
                self._open[name] = None
        return self._open[name]


def _events(who: str, kind: str, store: Store | None) -> Sequence[dict[str, Any]]:
    """What is in the file of marks; it is not made where there is none."""
    if store is None and not (_paths.work() / "marks.sqlite3").is_file():
        return ()
    opened = store or Store()
    try:
        events = opened.current(who=who, kind=kind)
    finally:
        if store is None:
            opened.close()
    return sorted(
        events, key=lambda e: (e["corpus"] or "", e["review_id"] or "", e["layer"] or "", e["start"] or 0)
    )


def _marked(event: dict[str, Any], shelf: _Shelf) -> Marked:
    corpus = shelf.page(str(event["corpus"]))
    invented = bool(getattr(corpus, "invented", False))
    layer = str(event["layer"] or "")
    own = str(event["corpus"]).startswith("my-review-")
    words = quoted(str(event["quote"] or ""), layer, invented or own)
    texts = [str(event[name] or "") for name in ("label", "note", "reason")]
    return Marked(
        str(event["corpus"]), str(event["review_id"]), layer, texts[0], words, texts[1], texts[2], invented
    )


def quoted(words: str, layer: str = "", invented: bool = False) -> str:
    """The words that were marked, as they may be handed on: not many at once of a review that is somebody's.

    >>> quoted("one two three four five six seven eight nine ten", "structure")
    'one two three four five six seven eight …'
    """
    each = words.split()
    if invented:
        return words
    if layer == "structure" and len(each) > _STAGE_WORDS:
        return f"{' '.join(each[:_STAGE_WORDS])} …"
    if len(each) > _MOST_WORDS:
        half = _MOST_WORDS // 2
        return f"{' '.join(each[:half])} […] {' '.join(each[-half:])}"
    return words


def _source(mark: Marked, shelf: _Shelf, site: str) -> str:
    """How to find a review again; one of a draft says that it is the writer's own."""
    corpus = shelf.page(mark.page)
    try:
        return cite(corpus, mark.review_id, site=site)
    except (ReviewkitError, AttributeError):
        if mark.page.startswith("my-review-"):
            return f"{mark.review_id}, this portfolio."
        return f"{mark.review_id}, on a page called {mark.page}, which is not at hand."


def _records() -> Iterable[dict[str, Any]]:
    folder = _paths.work() / "answers"
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        if record := read(f"answers/{path.stem}"):
            yield record


def _answers(records: Iterable[dict[str, Any]]) -> list[Answer]:
    """What was committed, without drafts and what readers said of them, by notebook and date."""
    found = []
    for record in records:
        answers, asked = record.get("answers"), record.get("asked")
        if not isinstance(answers, dict) or "drafts" in record or "draft" in record:
            continue
        asked = asked if isinstance(asked, dict) else {}
        if "sentences" in record:  # a review that was put into another order; its sentences are not one's own
            said = [("", f"{len(record['sentences'])} sentences, put into an order")]
        elif len(asked) < 2:
            said = [("", people.mask(str(value))) for value in answers.values()]
        else:  # what a card quotes stands behind its question, and is somebody else's
            said = [
                (str(asked.get(key, key)).partition(":")[0], str(value)) for key, value in answers.items()
            ]
        if said := [pair for pair in said if pair[1].strip()]:
            head = [str(record.get(name) or "") for name in ("notebook", "page", "date", "question")]
            found.append(Answer(_titled(head[0]), head[1], head[2], head[3], tuple(said)))
    return sorted(found, key=lambda each: (not each.notebook, each.notebook, each.date, each.question))


def _titled(stem: str) -> str:
    """A notebook's name as its title has it.

    >>> _titled("02_who_is_speaking")
    '02 Who is speaking'
    """
    number, _, words = stem.partition("_")
    plain = words.replace("_", " ")
    return f"{number} {plain[:1].upper()}{plain[1:]}".strip()
