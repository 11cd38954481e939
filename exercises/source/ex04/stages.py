"""What is each sentence for? Four kinds of stages, and six stages of comment."""

from __future__ import annotations

import re

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from .._labelled import ANNOTATORS, WHO, Said, legend, mixed, readings, said, sorting, spread

LESSON_USES = (5, 14, 16)  # reviews of the kit's own page that the lesson takes apart
_KINDS = {
    "description": "facts about the work and how one came to it; who, where and what happens",
    "comment": "a judgement or a thought: acting, craft, meaning, comparison, response, the whole",
    "address": "speaks to you, or of the review itself",
    "other": "disc, delivery, price, signature, heading",
}
_COMMENTS = {
    "performance": "speaks of acting and casting",
    "craft": "speaks of what the makers did or left out",
    "theme": "says what it means, or what it asks",
    "comparison": "sets the film beside the book, or another work",
    "response": "tells what watching did to the writer",
    "overall": "judges the film as a whole",
}
_SHOWN = {
    "performance": r"\bact(?:ing|or|ress)|\bplay|\bcast|perform|good as|wonderful|brilliant",
    "craft": r"music|score|camera|photograph|direct|script|costume|\bsets?\b|colour|\bcut\b|editing|voice",
    "theme": r"\babout\b|\bmeans?\b|\basks?\b|question|human|metaphor",
    "comparison": r"(?:book|novel).*(?:film|movie|here|screen)|(?:film|movie|here|screen).*(?:book|novel)",
    "response": r"\bI (?:\w+ )?(?:cried|wept|felt|sat|thought|could|was|had|wanted|laughed|turned)",
    "overall": r"\b(?:film|movie)\b|\bstars\b",
}
_OF = {"background": "description", "plot": "description", "address": "address", "other": "other"}


def _kind(row: Said, who: str) -> str:
    return _OF.get(row.stage(who), "comment")


def _fit(corpus: Corpus) -> list[Said]:
    rows = said(corpus, LESSON_USES)
    return [row for row in rows if row.worst() < 2 and 18 < len(row.plain) < 200 and row.of("structure")]


def _clear(row: Said) -> tuple[bool, bool]:
    """For sorting: first those whose words show what they do, and that no other task asks about."""
    shown = re.search(_SHOWN.get(row.stage(), "."), row.plain, re.IGNORECASE)
    return not shown, bool({"warning", "withholding"} & set(row.of("spoilers")))


def kinds(corpus: Corpus) -> Task | None:
    """Description, comment, address or other."""
    rows: list[tuple[Said, str]] = []
    for label, most in (("description", 2), ("comment", 2), ("address", 2), ("other", 1)):
        of = [row for row in _fit(corpus) if _kind(row, "key") == label]
        agreed = [row for row in of if all(_kind(row, who) == label for who in ANNOTATORS)]
        rows += [(row, label) for row in spread(sorted(agreed, key=_clear), most)]
    if len(rows) < 6:
        return None
    return sorting(
        [(row.plain, label, readings(row, _kind)) for row, label in mixed(rows)],
        _KINDS,
        _kind_slip,
        id="kinds",
        title="Four kinds of work",
        points=2,
        statement="What kind of work does each of these sentences do? Ask what it is *for*, and not what "
        f"it is about.\n\n{legend(_KINDS)}",
        hints=(
            "Strike the sentence out in your mind. Would you miss a fact, a judgement, a word to "
            "yourself, or nothing?",
            "Whoever tells how they came to see the film, describes. Whoever tells what it did to them, "
            "comments.",
            "*You*, *please*, *this review*, *see it*: look who is being spoken to.",
        ),
        solution="Facts and the story are description, and so are the circumstances of the writer before "
        "they watched. Whatever judges, interprets, compares or tells what the film did to somebody is "
        "comment. A recommendation, a warning, a word about the review itself speak to the reader. What "
        "is about the shop, the disc or the parcel is other, however angry.",
        ask="If the sentence you hesitate over were cut, what would the reader of the review be missing?",
        cites=("04, “◆ Ten jobs”",),
    )


def _kind_slip(right: str, given: str) -> tuple[str, str]:
    if right == "other":
        return (
            "about-the-parcel",
            "{item}: you say {yours}. Of what does it speak: of the film, or of what came in the post?",
        )
    if given == "other":
        return (
            "taken-for-nothing",
            "{item}: you say {yours}. Has it really no work to do in a review of this film?",
        )
    if right == "address":
        return ("reader-overlooked", "{item}: you say {yours}. To whom, or about which text, is it spoken?")
    if given == "address":
        return (
            "anybody-for-the-reader",
            "{item}: you say {yours}. Are you being spoken to here, or only allowed to listen?",
        )
    if right == "description":
        return (
            "fact-for-judgement",
            "{item}: you say {yours}. Could two people who disagree about the film both say it?",
        )
    return (
        "judgement-for-fact",
        "{item}: you say {yours}. Could somebody have seen the film and deny it, and not be mistaken?",
    )


def comments(corpus: Corpus) -> Task | None:
    """Six ways of commenting."""

    def stage(row: Said, who: str) -> str:
        return row.stage(who)

    rows: list[tuple[Said, str]] = []
    known: list[str] = []
    fit = [row for row in _fit(corpus) if all(row.stage(who) in _COMMENTS for who in WHO)]
    for label in _COMMENTS:
        of = [row for row in fit if row.stage() == label and len(row.plain) > 25]
        of.sort(key=lambda row: (_clear(row), len({row.stage(who) for who in WHO}), row.review_id in known))
        rows += [(row, label) for row in of[:1]]
        known += [row.review_id for row in of[:1]]
    rest = [row for row in fit if row.stage() in ("craft", "response") and row not in [r for r, _ in rows]]
    rest.sort(key=lambda row: (_clear(row), row.review_id in known))
    rows += [(row, row.stage()) for row in spread(rest[:6], 2)]
    if len({label for _, label in rows}) < 4:
        return None
    items = []
    for row, label in mixed(rows):
        others = readings(row, stage)
        if row.also() in _COMMENTS:
            others["a second job, by the key"] = row.also()
        items.append((row.plain, label, others))
    return sorting(
        items,
        _COMMENTS,
        _comment_slip,
        id="comments",
        title="Six ways to comment",
        points=4,
        statement="All of these sentences comment. On what? Where two jobs fit, decide for the one that "
        f"you would miss if the sentence were cut.\n\n{legend(_COMMENTS)}",
        hints=(
            "Whose doing is it: an actor's, the makers', the writer's own? Or is it the film as a whole?",
            "Where the book, or another film, stands in the same sentence as this one, they are set side "
            "by side.",
            "*It made me cry* tells of the writer. *It is moving* judges the film.",
        ),
        solution="The manual settles the commonest doubts: praise of an actor stays `performance`, "
        "wherever it is; film against book in one sentence is `comparison`; what a maker did is `craft`, "
        "unless meaning is drawn from it; what watching did to the writer is `response`; and `overall` "
        "is kept for the whole. Where the key names a second job, or an annotator chose another one, "
        "that counts as well.",
        ask="Which word of it decides for you, and what is that word said of?",
        cites=("04, “◆ Ten jobs”", "04, “Two readers and a rule”"),
    )


def _comment_slip(right: str, given: str) -> tuple[str, str]:
    says = {
        "performance": ("name-for-acting", "Is anybody's acting, or the choice of an actor, spoken of?"),
        "craft": ("anything-for-craft", "Which decision of the makers does it speak of?"),
        "theme": ("story-for-meaning", "What does it say that the story means, or asks of us?"),
        "comparison": ("a-title-for-a-comparison", "Which two works does it hold against each other?"),
        "response": (
            "opinion-for-response",
            "What has happened to the writer while watching, by this sentence?",
        ),
        "overall": ("part-for-the-whole", "Is that said of the film as a whole, or of something in it?"),
    }
    name, question = says[given]
    return name, f"{{item}}: you say {{yours}}. {question}"
