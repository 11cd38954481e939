"""What is this line? What does that number count? Guesses about a page, before the parser's account.

The lines to guess are chosen to be various, always the same ones for the same page: rare roles first, and
within a role the lines that are easiest to take for something else.
"""

from __future__ import annotations

import re
from typing import Any, Protocol

import pandas as pd

from ... import kept, schema
from ...errors import TableError
from .ask import Gate, Predict

__all__ = ["GuessCount", "GuessLines", "various"]

ROLES = {
    "text": "review text",
    "stars": "stars and headline",
    "title": "headline",
    "name": "reviewer’s name",
    "date": "date line",
    "details": "details",
    "closing": "closing line",
    "header": "names of the columns",
    "empty": "row without a text",
    "divider": "dividing line",
    "furniture": "page furniture",
    "unknown": "something else",
    "blank": "an empty line",
}
_MEANS = {
    "details": "Details say which edition was bought, and whether.",
    "closing": "A closing line ends a review and counts votes or comments.",
    "header": "The names of the columns stand above a table and say what each column holds.",
    "divider": "A dividing line only parts one review from the next.",
    "furniture": "Page furniture belongs to the web page and to no review.",
}
# Half a sentence on why; for roles that are skipped, the report has one.
_WHY = {
    "text": "It stands where a reviewer’s own words stand.",
    "stars": "It holds the stars, and a headline at most.",
    "title": "It stands below the stars, before the review itself.",
    "name": "It says who wrote, and nothing else.",
    "date": "It holds the date and nothing of the review.",
    "details": "It stands at a review’s head and says what was bought.",
    "closing": "It counts comments or votes, and the review ends with it.",
    "blank": "Nothing stands on it, and no review runs across it.",
}
# Text that can be taken for another role, and why it is none.
_NOT = (
    (re.compile(r"^on [A-Z]\w+ \d"), "date", "A date line holds nothing but the date; this one goes on."),
    (
        re.compile(r"people found this helpful"),
        "closing",
        "A closing line holds its counts and buttons; here the count stands in a sentence.",
    ),
)
_DOUBLED = re.compile(r"\s*(\d[\d.,]*)\1\s*comments?", re.IGNORECASE)
# What makes a line easy to take for something else, and how much.
_TEMPTING = (
    (re.compile(r"people found this helpful"), 3),
    (re.compile(r"^on [A-Z]\w+ \d"), 3),
    (re.compile(r"\bcomments?\b|^Format|\bstars?\b|Change\b", re.IGNORECASE), 1),
    (re.compile(r"^.{1,40}$"), 1),
)


class Page(Protocol):
    """What a guess needs of a page or a corpus."""

    @property
    def name(self) -> str:
        """The page's name."""

    @property
    def lines(self) -> pd.DataFrame:
        """A row for each of its lines."""

    @property
    def reviews(self) -> pd.DataFrame:
        """A row for each of its reviews."""

    @property
    def report(self) -> pd.DataFrame:
        """A row for each line that was skipped, repaired or doubted."""


def various(lines: pd.DataFrame, count: int = 8) -> pd.DataFrame:
    """Rows of the table `lines`, at most `count`, with as many different roles as there are.

    In page order; one empty line at most, and two that begin with the same word. Raises `TableError` if
    columns are missing.
    """
    schema.check(lines, "lines", needs=("line", "start", "role", "text"))
    texts: dict[Any, str] = lines["text"].to_dict()
    by_role = [
        sorted(group.index, key=lambda i: (-_tempting(texts[i]), i))[:count]
        for _, group in sorted(lines.groupby("role"), key=lambda found: len(found[1]))
    ]
    # The most frequent role is the most various, too.
    turns = by_role[-1:] * 2 + by_role[:-1] + by_role * count
    chosen: list[Any] = []
    for rows in turns:
        begun = [_opening(texts[i]) for i in chosen]
        left = [
            i
            for i in rows
            if i not in chosen and begun.count(_opening(texts[i])) < 1 + bool(texts[i].strip())
        ]
        chosen += left[: min(1, count - len(chosen))]
    return lines.loc[sorted(chosen)]


def _opening(text: str) -> str:
    """The first word of a line; empty for an empty line."""
    found = re.search(r"\w+", text)
    return found[0].casefold() if found else text.strip()


def _tempting(text: str) -> int:
    """How easily a line is taken for something else."""
    return sum(weight for pattern, weight in _TEMPTING if pattern.search(text)) + 2 * bool(
        _DOUBLED.match(text)
    )


class GuessLines(Gate):
    """Guess what some lines of a page are, then see what the parser took each of them for.

    `page` is a page or a corpus; `count` the number of lines. Committing shows the parser's account beside
    each guess, how often the two agree, and the report's reason where it has one. Each line opens to its
    place on the page. Names are masked.

    Raises `TableError` for a page without lines.

    >>> import reviewkit as rk
    >>> len(rk.GuessLines(rk.load("never-let-me-go"), count=4).questions)
    4
    """

    def __init__(self, page: Page, count: int = 8) -> None:
        if not len(page.lines):
            raise TableError(f"The page {page.name!r} has no lines to guess.")
        self._page = page
        self._rows = various(page.lines, count)
        found = [*page.lines["role"].unique()]
        seen = {*found, *(["blank"] if (self._rows["text"].str.strip() == "").any() else [])}
        roles = [r for r in ROLES if r in seen] + [r for r in found if r not in ROLES]
        means = " ".join(said for role, said in _MEANS.items() if role in found)
        self._roles = found
        options = [{"value": role, "label": ROLES.get(role, role)} for role in roles]
        super().__init__(
            kept.key(f"lines of {page.name}", *self._rows["text"]),
            page.name,
            kicker="Predict, then look",
            heading=f"{len(self._rows)} lines of the page: what is each of them?",
            lede=[means] if means else [],
            questions=[
                {
                    "key": str(start),
                    "kind": "choice",
                    "layout": "row",
                    "prompt": f"Line {line} is",
                    "hide": True,
                    "tag": f"line {line}",
                    "quote": _clip(text, 220),
                    "options": options,
                    "place": _around(page.lines, line),
                }
                for line, start, text in zip(
                    self._rows["line"], self._rows["start"], self._rows["text"], strict=True
                )
            ],
            button="Commit, and see what the parser says",
        )

    def look(self) -> None:
        """Show the parser's account beside each guess."""
        found = {str(row["start"]): row for row in self._rows.to_dict("records")}
        guesses = self.answers if self.committed else {}
        self.outcome = {key: self._verdict(row, guesses.get(key, "")) for key, row in found.items()}
        made = [key for key in found if guesses.get(key)]
        same = sum(guesses[key] == found[key]["role"] for key in made)
        self.after = [
            {"kind": "yours", "text": _agreement(same, len(made), len(found))},
            {
                "kind": "ask",
                "text": "The parser’s account now stands beneath each line. Where you differ, one of you is "
                "wrong, and it need not be you: open the line’s place on the page and decide. What did "
                "you go by, and what can the parser go by?",
            },
        ]
        self.shown = True

    def _verdict(self, row: dict[Any, Any], guess: str) -> dict[str, str]:
        role = ROLES.get(row["role"], row["role"])
        report = self._page.report
        reasons = report.loc[report["line"] == row["line"], "action"].dropna().unique()
        where = row["review_id"]
        why, into = self._why(row), "" if pd.isna(where) else f"It belongs to review {where}."
        if into and row["role"] == "text" and not row["text"].strip():
            why, into = "", f"It parts two paragraphs of review {where}, which runs on across it."
        text = " ".join(filter(None, [why, *(str(reason) for reason in reasons), into]))
        if not guess:
            return {"sign": "", "head": f"No guess. The parser: {role}.", "text": text}
        if guess == row["role"]:
            return {"sign": "same", "head": f"Both: {role}.", "text": text}
        head = f"You: {ROLES.get(guess, guess)}. The parser: {role}."
        return {"sign": "other", "head": head, "text": text}

    def _why(self, row: dict[Any, Any]) -> str:
        """Half a sentence on what the parser goes by."""
        if row["role"] == "text":
            for pattern, other, why in _NOT:
                if other in self._roles and pattern.search(row["text"]):
                    return why
        return _WHY.get(row["role"], "")


def _agreement(same: int, made: int, lines: int) -> str:
    if not made:
        return "Opened without a guess."
    left = f"; {lines - made} without a guess" if made < lines else ""
    return f"You and the parser agree on {same} of {made} lines{left}."


def _around(lines: pd.DataFrame, line: int, reach: int = 3) -> list[dict[str, Any]]:
    """A line's place: the lines around it."""
    near = lines.loc[lines["line"].between(line - reach, line + reach)]
    return [
        {"line": int(at), "text": _clip(text, 120), "here": bool(at == line)}
        for at, text in zip(near["line"], near["text"], strict=True)
    ]


def _clip(text: str, most: int) -> str:
    text = " ".join(str(text).split())
    return text if len(text) <= most else text[: most - 2].rsplit(" ", 1)[0] + " …"


class GuessCount(Predict):
    """What does a printed count mean? A prediction about this page, then every count that it prints.

    Asks about the doubled comment count of a closing line where the page has one; about what a table
    should hold for an unknown count where the page prints none. `page` is a page or a corpus.

    >>> import reviewkit as rk
    >>> rk.GuessCount(rk.load("never-let-me-go")).shown
    False
    """

    def __init__(self, page: Page) -> None:
        closing = page.lines.loc[page.lines["role"] == "closing"]
        doubled = closing.loc[closing["text"].map(lambda text: bool(_DOUBLED.match(text)))]
        if len(doubled):
            text = str(max(doubled["text"], key=lambda line: len(line.split("omment")[0])))
            found = _DOUBLED.match(text)
            count = found[1] if found else ""
            super().__init__(
                "This line ends a review. How many comments did that review receive?",
                "number",
                lambda _: [
                    f"{count}, not {count}{count}. {_DOUBLED_SAYS}",
                    *_counts(page, closing),
                    _DOUBLED_ENDS,
                ],
                quote=text,
                name=f"comment counts of {page.name} {text}",
                page=page.name,
            )
        else:
            super().__init__(
                "This page does not say how many comments a review received. What should the table hold?",
                ["0, since none are mentioned", "The average of other pages", "Nothing: unknown"],
                _UNKNOWN_SAYS,
                name=f"comment counts of {page.name}",
                page=page.name,
            )


_DOUBLED_SAYS = (
    "The number is printed twice, once for the eye and once for a screen reader, which reads pages aloud. "
    "Copying the page as text glued the two together. So the parser halves it, and checks that both halves "
    "are the same. Here is each closing line with what became of it."
)
_DOUBLED_ENDS = (
    "A number that looks like data may be an accident of copying; nobody who saw only a finished table could "
    "have noticed."
)
_UNKNOWN_SAYS = (
    "The kit’s tables hold <NA>, which means: not known. A 0 would claim that nobody commented, and an "
    "average would invent a fact about this review. What is not known stays visibly so."
)


def _counts(page: Page, closing: pd.DataFrame) -> list[object]:
    """Closing lines beside the numbers read from them."""
    read = page.reviews[["review_id", "comments", "helpful_votes"]]
    shown = closing[["line", "review_id", "text"]].merge(read, on="review_id", how="left")
    shown = shown[shown["text"].str.contains(r"\d")].assign(
        text=shown["text"].map(lambda text: _clip(text, 60))
    )
    return [shown[["line", "text", "comments", "helpful_votes"]]]
