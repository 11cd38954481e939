"""What is not in a portfolio yet, and what is to be done about it?"""

from __future__ import annotations

from .gathering import Gathered

__all__ = ["missing_from"]


def missing_from(found: Gathered, argument: str, figures: int) -> tuple[str, ...]:
    """A sentence for each part that this portfolio lacks, with the notebook where it is made."""
    drafts = max((len(each.kept) for each in found.drafts), default=0)
    said = [
        (not argument.strip(), "Your argument. Write it in notebook 08, and commit it."),
        (drafts == 0, "A review of your own. Write one in notebook 08, and keep the draft."),
        (drafts == 1, "A second draft. Revise the first in notebook 08, and keep it again."),
        (not found.readers, "What your first reader said. Ask somebody to fill in the card in notebook 08."),
        (not found.marks, "Marks in reviews. Mark words in notebook 03, 04 or 05."),
        (not found.verdicts, "Judgements of whole reviews. Give some in notebook 02."),
        (
            not found.disputes,
            "A reading that you hold to against the key or a rule, with your reason. Notebooks 02 to 05 ask "
            "for one where you differ. (If you never differed, say so in your argument.)",
        ),
        (not found.answers, "Answers. Commit the cards in notebooks 00 to 07."),
        (not figures, "A figure. Give charts to rk.portfolio as figures=[...]."),
        (
            found.unplaced,
            "Where your collected page is from: write rk.portfolio(corpus, site='the site', ...).",
        ),
        (
            not found.chosen,
            "A pseudonym of your choice: rk.keep_pseudonym('owl-3'). Until then there is one by chance.",
        ),
    ]
    return tuple(text for lacks, text in said if lacks)
