"""reviewkit: from a page of customer reviews to evidence one can argue with.

    import reviewkit as rk
    page   = rk.read_page("page.txt")        # page.reviews, page.report, page.lines
    corpus = rk.load("never-let-me-go")      # corpus.reviews, corpus.sentences
    rk.ReadingPane(corpus)                   # to read in

Names are imported when they are first used, so that `import reviewkit` takes no time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .corpus import Corpus, corpora, load
    from .errors import PageError, ReviewkitError, TableError
    from .pages import Page, read_page, read_text
    from .schema import TABLES
    from .spans import evidence
    from .tables import facts, sentences
    from .widgets.reading_pane import ReadingPane

__version__ = "0.1.0"

_FROM = {
    "Corpus": "corpus",
    "Page": "pages",
    "PageError": "errors",
    "ReadingPane": "widgets.reading_pane",
    "ReviewkitError": "errors",
    "TABLES": "schema",
    "TableError": "errors",
    "corpora": "corpus",
    "evidence": "spans",
    "facts": "tables",
    "load": "corpus",
    "read_page": "pages",
    "read_text": "pages",
    "sentences": "tables",
}

__all__ = [  # noqa: RUF022
    "read_page", "read_text", "load", "corpora", "sentences", "evidence", "facts", "ReadingPane",
    "TABLES", "Corpus", "Page", "PageError", "ReviewkitError", "TableError",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _FROM:
        raise AttributeError(f"reviewkit has no {name!r}. It has: {', '.join(__all__)}.")
    value = getattr(import_module(f".{_FROM[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *__all__]
