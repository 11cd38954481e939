"""Which sign will VADER give this sentence? Guesses at sentences of a page, before their words are weighed.

The sentences are those that `reviewkit.weighing.telling` picks: always the same ones for the same page, none
of which gives the story away. Known misreading: they were picked because words and judgement part in them, so
how often guesses fail here says nothing of how often VADER does.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from ... import kept, people
from ...weighing import sign_of, signed, telling
from .ask import Gate

__all__ = ["GuessSigns"]

_SIGNS = ("positive", "near zero", "negative")


class GuessSigns(Gate):
    """Guess the sign that VADER gives to some sentences, then see what each word weighed, and what readers
    heard where the page has a key.

    `corpus` is a corpus; `count` the number of sentences, fewer where the page has fewer. `.table` has the
    sentences that were picked.

    >>> import reviewkit as rk
    >>> len(rk.GuessSigns(rk.load("never-let-me-go"), count=4).questions)
    4
    """

    def __init__(self, corpus: Any, count: int = 6) -> None:
        self.table = telling(corpus, count)
        self._keyed = bool((corpus.key["layer"] == "attitude").any())
        self._rows = {f"{row['review_id']} {row['start']}": row for row in self.table.to_dict("records")}
        options = [{"value": sign, "label": sign} for sign in _SIGNS]
        super().__init__(
            kept.key(f"signs of {corpus.name}", *self.table["text"]),
            corpus.name,
            kicker="Predict, then look",
            heading=f"{len(self.table)} sentences: which sign will VADER give to each of them?",
            lede=["Guess what the sum of the words will be, not what the writer means."]
            if len(self.table)
            else ["This page has no sentence to weigh."],
            questions=[
                {
                    "key": key,
                    "kind": "choice",
                    "layout": "row",
                    "prompt": f"Sentence {number} is scored",
                    "hide": True,
                    "tag": f"review {str(row['review_id']).rpartition('-')[2]}",
                    "quote": people.mask(" ".join(str(row["text"]).split())),
                    "options": options,
                }
                for number, (key, row) in enumerate(self._rows.items(), 1)
            ],
            button="Commit, and see the words weighed",
        )

    def look(self) -> None:
        """Show VADER's score and words beside each guess, and what the key says."""
        guesses = self.answers if self.committed else {}
        self.outcome = {key: self._verdict(row, guesses.get(key, "")) for key, row in self._rows.items()}
        made = [key for key in self._rows if guesses.get(key)]
        same = sum(guesses[key] == sign_of(self._rows[key]["compound"]) for key in made)
        told = (
            f"You foresaw the sign of {same} of {len(made)} sentences." if made else "Opened without a guess."
        )
        self.after = [{"kind": "yours", "text": told}, {"kind": "ask", "text": self._ask()}]
        self.shown = True

    def _verdict(self, row: dict[Any, Any], guess: str) -> dict[str, str]:
        sign = sign_of(row["compound"])
        score = f"VADER: {sign} ({signed(row['compound'])})"
        words = f"What weighs: {row['words']}." if row["words"] else "No word of it weighs anything."
        text = " ".join(filter(None, [words, self._heard(row)]))
        if not guess:
            return {"sign": "", "head": f"No guess. {score}.", "text": text}
        if guess == sign:
            return {"sign": "same", "head": f"You: {guess}. {score}.", "text": text}
        return {"sign": "other", "head": f"You: {guess}. {score}.", "text": text}

    def _heard(self, row: dict[Any, Any]) -> str:
        if not self._keyed:
            return ""
        if pd.isna(row["attitude"]):
            return "The key gives it no attitude: only sentences that comment on the film get one."
        return f"Attitude towards the film, by the key: {row['attitude']}."

    def _ask(self) -> str:
        heard = self.table["attitude"] if self._keyed else pd.Series(dtype="str")
        judged = heard.isin(["positive", "negative"])
        against = (
            int((heard[judged] != self.table["compound"][judged].map(sign_of)).sum()) if len(heard) else 0
        )
        key = (
            f" On {against} of the {int(judged.sum())} that the key hears as praise or blame, "
            if against
            else ""
        )
        said = f"{key}VADER gives another sign than the key." if key else ""
        return (
            "These were picked because they are difficult; how often VADER errs they cannot tell."
            f"{said} Which single word did most to mislead it, or you?"
        )
