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
    from .citing import cite as cite
    from .corpus import Corpus as Corpus, corpora as corpora, load as load
    from .errors import PageError as PageError, ReviewkitError as ReviewkitError, TableError as TableError
    from .knowing import standing as standing
    from .own_tables import keep_table as keep_table
    from .pages import Page as Page, read_page as read_page, read_text as read_text
    from .schema import TABLES as TABLES
    from .showing import show as show
    from .spans import evidence as evidence
    from .tables import facts as facts, sentences as sentences
    from .widgets.ask import (
        Predict as Predict,
        Standing as Standing,
        Warmup as Warmup,
        open_gates as open_gates,
    )
    from .widgets.choose import choose as choose
    from .widgets.guess import GuessCount as GuessCount, GuessLines as GuessLines
    from .widgets.reading_pane import ReadingPane as ReadingPane

__version__ = "0.1.0"

_FROM = {
    "pages": "read_page read_text Page",
    "corpus": "load corpora Corpus",
    "tables": "sentences facts",
    "showing": "show",
    "spans": "evidence",
    "citing": "cite",
    "own_tables": "keep_table",
    "knowing": "standing",
    "widgets.choose": "choose",
    "widgets.ask": "Predict Standing Warmup open_gates",
    "widgets.guess": "GuessLines GuessCount",
    "widgets.reading_pane": "ReadingPane",
    "schema": "TABLES",
    "errors": "PageError ReviewkitError TableError",
}
_MODULE = {name: module for module, names in _FROM.items() for name in names.split()}

__all__ = [*_MODULE]


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        from difflib import get_close_matches

        folded = {known.casefold(): known for known in __all__}
        close = get_close_matches(name.casefold(), folded, n=1)
        hint = f" Did you mean rk.{folded[close[0]]}?" if close else f" It has: {', '.join(__all__)}."
        raise AttributeError(f"reviewkit has no {name!r}.{hint}")
    value = getattr(import_module(f".{_MODULE[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *__all__]
