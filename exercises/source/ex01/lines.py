"""What is each line, and what does a printed number count?"""

from __future__ import annotations

import re
from typing import Any

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import number, sort
from reviewkit.exercises.tasks import Task
from reviewkit.widgets.cards.guess import ROLES, various

_MEANS = {
    "text": "the reviewer's own words",
    "stars": "the stars, with a headline at most",
    "title": "the headline of a review, by itself",
    "name": "who wrote, and nothing else",
    "date": "when a review was posted",
    "details": "which edition was bought, and whether",
    "closing": "ends a review, and counts who found it helpful or commented",
    "furniture": "belongs to the web page, and to no review",
}
_HEADS = ("date", "details", "stars", "title", "name", "closing")


def which_line(corpus: Corpus) -> Task | None:
    """Lines of the page, chosen to be various."""
    known = corpus.lines[corpus.lines["role"].isin(list(_MEANS))]
    chosen = various(known, 7)
    if chosen["role"].nunique() < 4:
        return None
    roles = dict(zip("abcdefg", chosen["role"], strict=False))
    items = dict(zip("abcdefg", (_cut(text) for text in chosen["text"]), strict=False))
    there = [role for role in _MEANS if (known["role"] == role).any()]
    labels = {ROLES[role].replace("’", "'"): _MEANS[role] for role in there}
    name = dict(zip(there, labels, strict=True))
    right = {item: name[role] for item, role in roles.items()}
    slips = {(name[r], name[g]): _slip(r, g) for r in there for g in there if r != g}
    wrong = [({**right, item: name[g]}, _slip(r, g)[0]) for item, r in roles.items() for g in _near(r, there)]
    legend = "\n".join(f"- *{label}*: {means}" for label, means in labels.items())
    form, key = sort(items, labels, right, slips)
    return Task(
        id="lines",
        kind="sort",
        title="What is each line?",
        points=3,
        statement=f"Seven lines of the page, cut at a hundred characters. What is each of them?\n\n{legend}",
        starter='lines = ex.card("lines")\nlines',
        answer=f"lines = {right!r}",
        form=form,
        key=key,
        hints=(
            "Ask of each line who wrote it: the reviewer, or the shop's own program?",
            "A line of a review's head or foot speaks about one review. Page furniture would stand there if "
            "nobody had written anything.",
            "Two of the lines look like something else. Read them to their end: would a program stop there?",
        ),
        solution="A line is known by its looks and by its place. A date inside a sentence is part of the "
        "sentence; a line with nothing but a date belongs to a review's head. A count of helpful votes that "
        "stands alone closes a review; the same words in somebody's complaint are that somebody's words. "
        "What "
        "would be there without any review is furniture.",
        ask="Put a finger on the line on the page: what stands right before it, and what right after?",
        right=[right, [*right.values()], {k.upper(): f" {v.upper()} " for k, v in right.items()}],
        wrong=wrong[:14],
        cites=("01, “What is each line?”", "01, “Every line accounted for”"),
    )


def _cut(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= 100 else f"{shown[:100].rstrip()} …"


def _near(role: str, there: list[str]) -> list[str]:
    """Roles that this one is plausibly taken for."""
    usual = {"text": ("date", "furniture"), "furniture": ("text", "details")}
    return [g for g in usual.get(role, ("furniture", "text")) if g in there]


def _slip(right: str, given: str) -> tuple[str, str]:
    if right == "furniture":
        return "furniture-taken-for-a-review", (
            "{item}: you say {yours}. Of which review? If you cannot name one, who put the line there?"
        )
    if given == "furniture":
        return "thrown-away", (
            "{item}: you would leave it out with the page's furniture. Does it tell anything about one "
            "review?"
        )
    if right == "text":
        return "known-by-looks-alone", (
            "{item}: it has something of what you say ({yours}). Read it to its end: would a program write "
            "that?"
        )
    if given == "text":
        return "not-the-reviewers-words", (
            "{item}: you say {yours}. Would the reviewer have typed that, or was it filled in for them?"
        )
    return "heads-mixed-up", "{item}: you say {yours}. What exactly does this line tell, and what not?"


def printed_number(corpus: Corpus) -> Task | None:
    """A number that is printed on the page, and what it counts."""
    lines = corpus.lines
    for review, text in lines.loc[lines["role"] == "closing", ["review_id", "text"]].itertuples(index=False):
        found = re.match(r"\s*((\d{2,})\2) comments", text)
        if found:
            return _doubled(corpus, str(review), text, found[1], found[2])
    total = (
        lines.loc[lines["role"] == "furniture", "text"].str.extract(r"^([\d,]+) global ratings")[0].dropna()
    )
    return _ratings(corpus, total.iloc[0]) if len(total) else None


def _task(
    statement: str, form: object, key: object, expected: int, wrong: list[tuple[object, str]], why: str
) -> Task:
    return Task(
        id="printed",
        kind="number",
        title="What does this number count?",
        points=1,
        statement=statement,
        starter='printed = ex.card("printed")\nprinted',
        answer=f"printed = {expected}",
        form=form,  # type: ignore[arg-type]
        key=key,  # type: ignore[arg-type]
        hints=(
            "A page prints numbers for people who look at it. For whom was this one printed?",
            "Who would be disturbed if the number were as large as it looks?",
            "Compare with the table of the reviews, where the same thing has a column or a row.",
        ),
        solution=why,
        ask="Which words of the page stand next to your number, and what do they say is being counted?",
        right=[expected, float(expected), str(expected), f" {expected} "],
        wrong=wrong,
        cites=("01, “What does this number count?”",),
    )


def _doubled(corpus: Corpus, review: str, text: str, printed: str, real: str) -> Task:
    row: Any = corpus.reviews.set_index("review_id").loc[review]
    helpful = int(row["helpful_votes"])
    slips = {
        "as-printed": (
            int(printed),
            "{yours} is what is printed. A page writes a number once for the eye and once for those who "
            "have it read aloud.",
        ),
        "the-other-count": (
            helpful,
            "{yours} counts those who found the review helpful. The question is how many wrote something "
            "under it.",
        ),
        "halved": (
            int(printed) / 2,
            "{yours}: the number is doubled as text, and not as a quantity. Look at its figures.",
        ),
        "added-up": (
            2 * int(real),
            "{yours}: the two halves say the same thing twice. Are they to be added?",
        ),
        "one-figure": (
            int(real[0]),
            "{yours}: you have taken the number apart too far. Where does it begin anew?",
        ),
        "all-counts": (
            int(real) + helpful,
            "{yours}: you have added two counts that are of different things.",
        ),
        "nought-comments": (0, "Nought would mean that nobody wrote anything. What does the line say?"),
        "printed-and-helpful": (
            int(printed) + helpful,
            "{yours}: you have added what is printed to another count.",
        ),
    }
    form, key = number(int(real), slips, most=None, unit="comments")
    return _task(
        f"Review {row['position']} ends with this line:\n\n> {text}\n\nHow many comments were written "
        "under the review?",
        form,
        key,
        int(real),
        [*((v, n) for n, (v, _) in slips.items()), (int(real) + 1, "near-the-edge"), (-3, "below-nought")],
        "The line says the same number twice, once for the eye and once for a screen reader, and copying "
        "glued "
        f"them together: {printed} is {real} and {real}. Nobody's program knows that who has not looked.",
    )


def _ratings(corpus: Corpus, printed: str) -> Task:
    reviews, lines = corpus.reviews, corpus.lines
    rows, total = len(reviews), int(printed.replace(",", ""))
    first = int((reviews["country"] == reviews["country"].iloc[0]).sum())
    slips = {
        "ratings-are-not-reviews": (
            total,
            "{yours} counts everybody who gave stars. How many of them wrote something that you can read "
            "here?",
        ),
        "one-country": (
            first,
            "{yours}: those are the reviews of one country. Go on to the end of the page.",
        ),
        "those-with-votes": (
            int(reviews["helpful_votes"].notna().sum()),
            "{yours}: you have counted those that somebody found helpful. Is a review without a vote no "
            "review?",
        ),
        "those-who-bought": (
            int(reviews["verified"].notna().sum()),
            "{yours}: you have counted those who are known to have bought it. Who else wrote?",
        ),
        "votes-not-reviews": (
            int(reviews["helpful_votes"].sum()),
            "{yours} adds up the votes for reviews. The question is about the reviews.",
        ),
        "closing-lines": (
            int((lines["role"] == "closing").sum()),
            "{yours}: you have counted closing lines. Has each review just one of them here?",
        ),
        "lines-of-text": (
            int((lines["role"] == "text").sum()),
            "{yours}: you have counted lines of text. A review can have several.",
        ),
        "the-difference": (
            total - rows,
            "{yours} is how many gave stars and are not read here. The question is the other way round.",
        ),
        "nought": (0, "Nought would mean that there is nothing to read here."),
    }
    form, key = number(rows, slips, most=total, unit="reviews")
    return _task(
        f"At its head the page says:\n\n> {printed} global ratings\n\nOf how many of them can you read the "
        "review here?",
        form,
        key,
        rows,
        [
            *((v, n) for n, (v, _) in slips.items()),
            (rows + 1, "near-the-edge"),
            (total + 5, "more-than-there-are"),
        ],
        f"Stars can be given without a word. Of {printed} people who gave them, the page shows the reviews "
        "of "
        f"{rows}: those that the shop put at the top. Whatever you find among them, you find among those.",
    )
