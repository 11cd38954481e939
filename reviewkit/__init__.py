"""reviewkit: from a page of customer reviews to evidence one can argue with.

    import reviewkit as rk
    page   = rk.read_page("page.txt")        # page.reviews, page.report, page.lines
    corpus = rk.load("never-let-me-go")      # corpus.reviews, .sentences, .key, .verdicts, .work
    rk.ReadingPane(corpus)                   # to read in

Names are imported when they are first used, so that `import reviewkit` takes no time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .charts.agreement import agreement_matrix as agreement_matrix
    from .charts.attitudes import sentiment_and_attitude as sentiment_and_attitude
    from .charts.reveals import reveal_timeline as reveal_timeline
    from .charts.strips import stage_strips as stage_strips
    from .charts.verdicts import verdict_bars as verdict_bars
    from .charts.words import keyness_plot as keyness_plot
    from .citing import cite as cite
    from .comparisons.agreeing import agreement as agreement
    from .comparisons.comparing import compare as compare
    from .comparisons.concordancing import concordance as concordance
    from .comparisons.disagreeing import (
        confusions as confusions,
        disagreements as disagreements,
        pairwise as pairwise,
    )
    from .comparisons.grouping import groups as groups
    from .comparisons.keywords import keyness as keyness
    from .comparisons.positions import (
        first_reveals as first_reveals,
        sentiment_course as sentiment_course,
        stage_positions as stage_positions,
    )
    from .comparisons.stretches import boundary_agreement as boundary_agreement
    from .corpus import Corpus as Corpus, corpora as corpora, load as load
    from .demonstrations.stage import Demonstration as Demonstration
    from .drafting import my_drafts as my_drafts
    from .errors import (
        PageError as PageError,
        ReviewkitError as ReviewkitError,
        TableError as TableError,
        WorkError as WorkError,
    )
    from .evaluating import evaluate as evaluate, misreadings as misreadings
    from .exercises.session import Exercise as Exercise, exercise as exercise
    from .handling import handlings as handlings
    from .knowing import standing as standing
    from .labels import Labels as Labels
    from .marks.foreign import import_annotations as import_annotations
    from .marks.merging import (
        export_marks as export_marks,
        import_marks as import_marks,
        merge as merge,
    )
    from .marks.table import lost_marks as lost_marks, my_marks as my_marks
    from .marks.who import keep_pseudonym as keep_pseudonym, pseudonym as pseudonym
    from .own_tables import keep_table as keep_table
    from .pages import Page as Page, read_page as read_page, read_text as read_text
    from .portfolios import portfolio as portfolio
    from .readings import decide as decide, read as read
    from .readings.changing import compare_rules as compare_rules
    from .rulebook import rules as rules
    from .schema import TABLES as TABLES
    from .showing import show as show
    from .spans import evidence as evidence
    from .tables import facts as facts, sentences as sentences
    from .weighing import weigh_reviews as weigh_reviews, word_by_word as word_by_word
    from .widgets.cards.after import after as after
    from .widgets.cards.ask import (
        Predict as Predict,
        Standing as Standing,
        Warmup as Warmup,
        open_gates as open_gates,
    )
    from .widgets.cards.choose import choose as choose
    from .widgets.cards.draft import Draft as Draft, FirstReader as FirstReader
    from .widgets.cards.guess import GuessCount as GuessCount, GuessLines as GuessLines
    from .widgets.cards.guess_signs import GuessSigns as GuessSigns
    from .widgets.cards.reorder import Reorder as Reorder
    from .widgets.comparing.comparison_pane import ComparisonPane as ComparisonPane
    from .widgets.looking.look_pane import LookPane as LookPane
    from .widgets.marking.marking_pane import MarkingPane as MarkingPane
    from .widgets.reading.reading_pane import ReadingPane as ReadingPane
    from .widgets.together.everybody import everybody as everybody
    from .widgets.together.together_pane import TogetherPane as TogetherPane
    from .works import (
        Work as Work,
        check_work as check_work,
        known_works as known_works,
        read_work as read_work,
    )

__version__ = "0.2.0"

_FROM = {
    "pages": "read_page read_text Page",
    "corpus": "load corpora Corpus",
    "tables": "sentences facts",
    "showing": "show",
    "spans": "evidence",
    "works": "read_work known_works check_work Work",
    "labels": "Labels",
    "handling": "handlings",
    "comparisons.agreeing": "agreement",
    "comparisons.grouping": "groups",
    "comparisons.comparing": "compare",
    "comparisons.keywords": "keyness",
    "comparisons.concordancing": "concordance",
    "comparisons.positions": "stage_positions first_reveals sentiment_course",
    "comparisons.disagreeing": "disagreements pairwise confusions",
    "comparisons.stretches": "boundary_agreement",
    "charts.strips": "stage_strips",
    "charts.reveals": "reveal_timeline",
    "charts.verdicts": "verdict_bars",
    "charts.words": "keyness_plot",
    "charts.attitudes": "sentiment_and_attitude",
    "charts.agreement": "agreement_matrix",
    "readings": "read decide",
    "rulebook": "rules",
    "readings.changing": "compare_rules",
    "evaluating": "evaluate misreadings",
    "citing": "cite",
    "exercises.session": "exercise Exercise",
    "own_tables": "keep_table",
    "drafting": "my_drafts",
    "portfolios": "portfolio",
    "marks.table": "my_marks lost_marks",
    "marks.foreign": "import_annotations",
    "marks.merging": "export_marks import_marks merge",
    "marks.who": "pseudonym keep_pseudonym",
    "knowing": "standing",
    "widgets.cards.choose": "choose",
    "widgets.cards.draft": "Draft FirstReader",
    "widgets.cards.ask": "Predict Standing Warmup open_gates",
    "widgets.cards.after": "after",
    "widgets.cards.guess": "GuessLines GuessCount",
    "widgets.cards.guess_signs": "GuessSigns",
    "weighing": "word_by_word weigh_reviews",
    "demonstrations.stage": "Demonstration",
    "widgets.comparing.comparison_pane": "ComparisonPane",
    "widgets.looking.look_pane": "LookPane",
    "widgets.marking.marking_pane": "MarkingPane",
    "widgets.reading.reading_pane": "ReadingPane",
    "widgets.cards.reorder": "Reorder",
    "widgets.together.everybody": "everybody",
    "widgets.together.together_pane": "TogetherPane",
    "schema": "TABLES",
    "errors": "PageError ReviewkitError TableError WorkError",
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
