"""02, who is speaking? Sentences to judge, a silence to count, and what becomes of it when it is folded.

The surprise: which audience likes the film more can hang on where those are put who say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from .audiences import favourable, lead, liking, who_leads
from .page import DemoPage, Words, listed
from .parts import Hands, NotHere, Part, Step, bar, bars, ranges, say

__all__ = ["STEPS"]

ANSWERS = {
    "book-reader": "has read the novel",
    "film-only": "has not read it",
    "partial": "has read part of it",
    "unstated": "gives no sign",
}
LIKES = ["those who know the novel", "those who know only the film", "both alike"]


def whose_reading(page: DemoPage) -> Step:
    """Somebody else's reading is nobody's evidence about the reviewer."""
    if page.kits:
        here = page.find(
            5,
            "My late wife loved the book, and I bought this for her in 2011 but she got sick and we never "
            "got around to it. I finally watched it last week.",
        )
    else:
        silent = _of(page, "unstated")
        table = page.sentences[page.sentences["review_id"].isin(silent)]
        table = table[table["text"].str.contains(r"\b(?:book|novel)\b", case=False, regex=True)]
        here = page.around(page.first(table, "Nobody here speaks of the book without saying who read it."), 0)
    return _judged(
        page,
        here,
        "whose",
        "Someone's book",
        "What do these words say of the reviewer's own reading?",
        "Another person's reading or the book's fame is no evidence that the reviewer has read it.",
        "Ask who is the subject of the verb. Somebody will say that a man who bought it has surely read it.",
        said={"unstated": "nothing either way"},
    )


def in_passing(page: DemoPage) -> Step:
    """A whole short review in which a few words decide."""
    short = page.texts[page.review(19)] if page.kits else ""
    here = page.find(19, short) if page.kits else _shortest(page, "film-only", "stated")
    return _judged(
        page,
        here,
        "passing",
        "In passing",
        "Has this reviewer read the novel?",
        "Read to the end: one clause, in passing, is all it takes.",
        "Give the class ten seconds. Then ask for the words, and who has read over them.",
    )


def never_says_it(page: DemoPage) -> Step:
    """A reading that is shown and not said."""
    if page.kits:
        here = page.find(
            7,
            "Only one thing gave me pain and it is the tape with the music. In the book she lost it and he "
            "wants to be the one who finds it again for her, and they look in the shops of second hand. "
            "It was the chapter most beautiful. I waited for it and it is not there",
        )
    else:
        here = _shortest(page, "book-reader", "implied")
    return _judged(
        page,
        here,
        "implied",
        "Never says it",
        "“I have read the book” is not there. And yet?",
        "Nobody waits for a scene, or finds a chapter too long, without knowing the novel. It is implied.",
        "Ask for the one verb that could not be there otherwise.",
        pick=["has read the novel", "has not read it", "gives no sign"],
    )


def a_doubtful_case(page: DemoPage) -> Step:
    """The manual decides, and a class may still hold out against it."""
    if not page.kits:
        raise NotHere("The doubtful case is one of the kit's own page.")
    here = page.find(21, "So I bought the english DVD, and now I have also ordered the novel in English")
    return _judged(
        page,
        here,
        "doubt",
        "A doubtful case",
        "A German reviewer orders the novel “in English”. Has this reviewer read it?",
        "By the manual, an intention to read, with nothing about the past, is film-only. But who orders a "
        "book in English may know it in German. Hold out for no sign, and you have a case.",
        "Do not settle it. Ask each side for one sentence that would convince the other.",
        pick=["has read the novel", "has not read it", "gives no sign"],
    )


def silence(page: DemoPage) -> Step:
    """How many say nothing of the book at all."""
    group = page.group("perspective")
    silent, total = int((group == "unstated").sum()), len(group)
    options, holds = ranges(total, silent)
    evidence = page.evidence("perspective")

    def reveal(_: Hands) -> Sequence[Part]:
        rows = []
        for name, told in ANSWERS.items():
            here = [*group.index[group == name]]
            shown = evidence[(evidence["label"] == name) & evidence["review_id"].isin(here)]
            words = page.behind(shown) if len(shown) else page.beginnings(here)
            rows.append(bar(told, len(here), total, words))
        says = f"{silent} of {total} give no sign. That bar has no words to show: it opens to how they begin."
        drawn = bars(f"Reviews, by {page.whose('perspective')}; open a bar to read the words", rows)
        return [Part(says, [drawn], [holds], page.whose("perspective"))]

    return Step(
        "silence",
        "Silence",
        f"How many of the {total} reviews give no sign whether their writer knows the novel?",
        [say("If nobody asked you, would you say in a review whether you had read the book?")],
        options,
        reveal,
        "Open the bar of those who have not read it, and let somebody read two aloud.",
    )


def who_likes_it_more(page: DemoPage) -> Step:
    """The two audiences, and those who say nothing left out."""
    tally = liking(page)

    def reveal(_: Hands) -> Sequence[Part]:
        shares = tally["book-reader"], tally["film-only"]
        says = f"{who_leads(*shares)}. One review more or less would matter: these are small groups."
        drawn = favourable(page, {LIKES[0]: ["book-reader"], LIKES[1]: ["film-only"]})
        return [Part(says, [drawn], [lead(*shares)])]

    return Step(
        "likes",
        "Who likes it?",
        "Which audience has the larger share of favourable reviews?",
        [say("Those who say nothing of the book are left out here.")],
        LIKES,
        reveal,
        "Let them say what they expect of readers before they raise a hand.",
    )


def fold_the_silent(page: DemoPage) -> Step:
    """Count silence as a no, and see whether the order holds."""
    tally = liking(page)
    quiet = tally.get("unstated", (0, 0))
    if not quiet[1]:
        raise NotHere("Everybody on this page says whether they know the novel: there is no silence to fold.")
    folded = (tally["film-only"][0] + quiet[0], tally["film-only"][1] + quiet[1])
    before, after = lead(tally["book-reader"], tally["film-only"]), lead(tally["book-reader"], folded)

    def reveal(_: Hands) -> Sequence[Part]:
        turned = {before, after} == {0, 1}
        says = "The order is reversed" if turned else "The order changes" if before != after else "It stays"
        says += f": {quiet[0]} of the {quiet[1]} silent are favourable. Not a word of any review has changed."
        both = {LIKES[0]: ["book-reader"], "all others, the silent too": ["film-only", "unstated"]}
        drawn = favourable(page, both)
        return [Part(says, [drawn], [after])]

    return Step(
        "folded",
        "Fold the silent",
        "Many a study counts silence as a no. Put the silent with the viewers: who likes it more now?",
        [favourable(page, {LIKES[0]: ["book-reader"], LIKES[1]: ["film-only"], "no sign": ["unstated"]}, 1)],
        [LIKES[0], "all the others", LIKES[2]],
        reveal,
        "The lesson is about method: what is done with those who do not say can be the whole result.",
        surprise=True,
    )


def to_take_along(page: DemoPage) -> Step:
    """What to carry to any page."""
    told = [
        "A reader is known by words that you can point to.",
        "Who says nothing stays a group of their own.",
        "Before you compare two groups, ask what was done with the rest.",
    ]
    if page.corpus.invented:
        told.append("And these reviews are invented: which page would you need for a claim about readers?")
    return Step("end", "To take along", "Which of the counts would you print?", [say(x) for x in told])


STEPS = (
    whose_reading,
    in_passing,
    never_says_it,
    a_doubtful_case,
    silence,
    who_likes_it_more,
    fold_the_silent,
    to_take_along,
)


def _of(page: DemoPage, perspective: str) -> list[str]:
    group = page.group("perspective")
    return [*group.index[group == perspective]]


def _shortest(page: DemoPage, label: str, basis: str) -> Words:
    """The evidence for such a verdict, with its neighbours, in the shortest review that can be shown."""
    here = [r for r in _of(page, label) if page.group("basis")[r] == basis]
    table = page.evidence("perspective")
    table = table[table["review_id"].isin(here) & (table["label"] == label)]
    lengths = table["review_id"].map(lambda r: len(page.texts[r]))
    table = table.assign(length=lengths).sort_values("length", kind="stable")
    for words in page.rows(table):
        wide = page.around(words)
        if not page.telling(wide):
            return wide
    raise NotHere(f"No {label} on this page with basis {basis} can be shown without giving the story away.")


def _judged(
    page: DemoPage,
    here: Words,
    key: str,
    name: str,
    ask: str,
    why: str,
    note: str,
    *,
    pick: Sequence[str] = (),
    said: dict[str, str] | None = None,
) -> Step:
    """A passage whose writer's perspective the class judges; the key speaks first, then the rule."""
    answers = ANSWERS | (said or {})
    options = [*pick] or [*answers.values()]
    verdict = page.group("perspective")[here.review_id]
    basis = page.group("basis")[here.review_id]
    ruled = page.group("perspective", "rule")[here.review_id]

    def reveal(_: Hands) -> Sequence[Part]:
        parts = list[Part]()
        for whose, label in (("the key", verdict), ("the rule", ruled)):
            if whose == "the key" and not page.keyed("perspective"):
                continue
            table = page.evidence("perspective", "rule" if whose == "the rule" else None)
            marked = page.rows(table[table["label"] == label]) if label != "unstated" else []
            how = f", {basis}" if whose == "the key" and basis in ("stated", "implied") else ""
            text = f"{whose.capitalize()}: {label}{how}. {why if not parts else _heard(table, here, label)}"
            holds = [options.index(answers[label])] if answers[label] in options else []
            parts.append(Part(text, [page.passage(here, marked)], holds, whose))
        return parts

    return Step(key, name, ask, [page.passage(here)], options, reveal, note)


def _heard(table: pd.DataFrame, here: Words, label: str) -> str:
    """What the rule went by."""
    rows = table[(table["review_id"] == here.review_id) & (table["label"] == label)]
    if rows.empty:
        return "It found nothing to go by."
    names = [f"“{rule}”" for rule in dict.fromkeys(rows["rule"])][:2]
    return f"It went by the rule {listed(names)}."
