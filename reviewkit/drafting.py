"""What have I written, and what moved from one draft to the next? One's own review as a table like any other.

The drafts of a review are kept beside the answer that the writing card keeps, in `my_work/answers/`; none is
written over. As a table of reviews they can be read by the same rules as everybody else's. Known misreading:
what moved is what the rules see of it; a draft can be better in ways that no rule knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from . import _paths, kept, schema, tables, works
from .errors import ReviewkitError, TableError
from .readings import READINGS, decide, read

__all__ = ["TELLS", "Drafts", "every_draft", "kept_as", "my_drafts"]

TELLS = ("nothing", "the premise", "a secret or a turn", "the end")
"""What a review gives away, in words, by the gravest grade of its sentences, 0 to 3."""


@dataclass(frozen=True, eq=False)
class Drafts:
    """The drafts of one's own review, from first to last, to be read, drawn and compared like a page.

    `.reviews` has a row for each draft, called `draft-1`, `draft-2` ...; `.sentences` their sentences;
    `.work` the work that they are about, or None; `.beside` the page beside which they were written.
    """

    beside: str
    kept: tuple[dict[str, str], ...]
    """What was kept of each draft: date, text, `reader` (for whom), `knows` and `tells` (what was meant)."""
    work: works.Work | None = None
    title: str = "Your drafts"
    invented: bool = False

    @property
    def name(self) -> str:
        """What marks on these drafts are kept under."""
        return f"my-review-{self.beside}"

    @cached_property
    def reviews(self) -> pd.DataFrame:
        """One row per draft."""
        count = range(1, len(self.kept) + 1)
        return schema.frame(
            "reviews",
            {
                "review_id": [f"draft-{n}" for n in count],
                "position": [*count],
                "date": list(pd.to_datetime([each["date"] for each in self.kept], errors="coerce")),
                "text": [each["text"] for each in self.kept],
            },
        )

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row per sentence, with exact offsets into the draft."""
        return tables.sentences(self.reviews)

    @property
    def last(self) -> str:
        """The id of the last draft, such as `draft-2`; empty where there is none."""
        return f"draft-{len(self.kept)}" if self.kept else ""

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """What the rules find in every draft, on all questions: perspective, spoilers, structure, devices
        and sentiment; each row with its rule and what decided it."""
        found = pd.concat([read(self, layer) for layer in READINGS], ignore_index=True)
        found.attrs["layers"] = list(READINGS)  # asked, whether or not anything was found
        return found

    @cached_property
    def verdicts(self) -> pd.DataFrame:
        """What the rules decide on every draft: its perspective, and how it handles what it could tell."""
        return decide(self.evidence, self)

    def of_last(self, layer: str) -> pd.DataFrame:
        """What the rules find in the last draft on one question: the words, the label, what decided it.

        Raises `TableError` for a question that no rule asks.
        """
        if layer not in READINGS:
            raise TableError(f"There is no reading {layer!r}. There is: {', '.join(READINGS)}.")
        rows = self.evidence[(self.evidence["review_id"] == self.last) & (self.evidence["layer"] == layer)]
        return rows[["label", "text", "rule", "cues"]].reset_index(drop=True)

    def verdict(self, layer: str, draft: str = "") -> str:
        """What the rules decide on a draft, the last one if none is named; empty where there is none."""
        rows = self.verdicts[
            (self.verdicts["review_id"] == (draft or self.last)) & (self.verdicts["layer"] == layer)
        ]
        return str(rows["label"].iloc[0]) if len(rows) else ""

    def tells(self, draft: str = "") -> str:
        """What a draft gives away by rule, in the words of `TELLS`; empty where there is none."""
        rows = self.verdicts[
            (self.verdicts["review_id"] == (draft or self.last)) & (self.verdicts["layer"] == "spoilers")
        ]
        return TELLS[int(rows["severity"].iloc[0])] if len(rows) else ""

    def moved(self, before: str = "", after: str = "") -> pd.DataFrame:
        """What the rules read in one draft and in another, side by side: a row for each thing they count.

        The first and the last draft, unless two are named. Of a single draft there is one column. Raises
        `TableError` for a draft that is not there.
        """
        there = list(self.reviews["review_id"])
        asked = [before or (there[0] if there else ""), after or self.last]
        for each in asked:
            if each and each not in there:
                raise TableError(f"There is no draft {each!r}; there are: {', '.join(there) or 'none'}.")
        columns = {each: self._figures(each) for each in dict.fromkeys(asked) if each}
        kinds = ("device: ", "sentences of ")
        names = dict.fromkeys(name for each in columns.values() for name in each)
        rows = sorted(names, key=lambda name: [name.startswith(kind) for kind in kinds])
        table = pd.DataFrame(columns, index=rows, dtype="object").fillna(0)
        return table.rename_axis("reading").reset_index()

    def sentences_moved(self, before: str = "", after: str = "") -> pd.DataFrame:
        """Which sentences stayed, came, went or were reworded: what, and the words of either draft.

        The draft before the last and the last, unless two are named.
        """
        there = list(self.reviews["review_id"])
        if len(there) < 2:
            return pd.DataFrame({"what": [], "before": [], "after": []}, dtype="str")
        old, new = (self._words(each) for each in (before or there[-2], after or there[-1]))
        rows: list[tuple[str, str, str]] = []
        for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if what == "equal":
                rows += [("stayed", words, words) for words in old[i:j]]
            else:
                rows += _paired(old[i:j], new[k:m])
        return pd.DataFrame(rows, columns=["what", "before", "after"])

    def _words(self, draft: str) -> list[str]:
        rows = self.sentences[self.sentences["review_id"] == draft]
        return [" ".join(str(text).split()) for text in rows["text"]]

    def _figures(self, draft: str) -> dict[str, Any]:
        """What is counted in one draft."""
        text = str(self.reviews.set_index("review_id").loc[draft, "text"])
        rows = self.evidence[self.evidence["review_id"] == draft]
        figures: dict[str, Any] = {
            "words": len(text.split()),
            "sentences": len(self._words(draft)),
            "who speaks": self.verdict("perspective", draft),
            "what it gives away": self.tells(draft),
            "how it handles that": self.verdict("spoilers", draft),
        }
        for layer, called in (("structure", "sentences of"), ("devices", "device:")):
            for label, count in rows.loc[rows["layer"] == layer, "label"].value_counts().items():
                figures[f"{called} {label}"] = int(count)
        return figures

    def __repr__(self) -> str:
        count = len(self.kept)
        return f"<Drafts beside {self.beside!r}: {count} {'draft' if count == 1 else 'drafts'}>"


def my_drafts(corpus: Any) -> Drafts:
    """What you have written beside this page: every draft that the writing card has kept, read by rule.

    `corpus` is a corpus, or the name of one. Gives `Drafts`, without rows where none was kept.

    >>> len(my_drafts("a-page-beside-which-nothing-was-written").reviews)
    0
    """
    name = corpus if isinstance(corpus, str) else corpus.name
    record = kept.read(f"answers/{kept_as(name)}")
    about = record.get("work")
    work = _work(about) if about else getattr(corpus, "work", None)
    return Drafts(name, _sound(record), work)


def every_draft() -> list[Drafts]:
    """All reviews that were written, a `Drafts` for each page beside which one was."""
    return [my_drafts(record["page"]) for record in _records() if _sound(record) and record.get("page")]


def kept_as(page: str) -> str:
    """The name under which the drafts beside a page are kept, in `my_work/answers/`.

    >>> kept_as("persuasion")[:20]
    'my-review-persuasion'
    """
    return kept.key(f"my review {page}")


def _records() -> Iterator[dict[str, Any]]:
    folder: Path = _paths.work() / "answers"
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        record = kept.read(f"answers/{path.stem}")
        if isinstance(record.get("drafts"), list) and path.stem == kept_as(str(record.get("page", ""))):
            yield record


def _sound(record: dict[str, Any]) -> tuple[dict[str, str], ...]:
    """The drafts of a record, without anything that is none."""
    drafts = record.get("drafts")
    sound = [each for each in drafts if isinstance(each, dict)] if isinstance(drafts, list) else []
    names = ("date", "text", "reader", "knows", "tells")
    whole = [{name: str(each.get(name) or "") for name in names} for each in sound]
    return tuple(each for each in whole if each["text"].strip())


def _work(name: str) -> works.Work | None:
    try:
        return works.read_work(name)
    except ReviewkitError:
        return None


def _paired(old: list[str], new: list[str]) -> list[tuple[str, str, str]]:
    """Sentences that made way for others: those that are alike are the same sentence, reworded."""
    rows, taken = [], 0
    for words in old:
        like = [n for n in range(taken, len(new)) if _alike(words, new[n])]
        if like:
            rows += [("came", "", each) for each in new[taken : like[0]]]
            rows.append(("reworded", words, new[like[0]]))
            taken = like[0] + 1
        else:
            rows.append(("went", words, ""))
    return rows + [("came", "", each) for each in new[taken:]]


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.6
