"""What the reviews of a page do for their readers, and how a page is brought."""

from __future__ import annotations

import re

import pandas as pd

import reviewkit as rk
from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from .._figures import figure
from .._labelled import WHO, Said, legend, mixed, readings, said, sorting, spread, variant

_DOES = {
    "judges": "says how good the film is as a whole",
    "points": "shows a scene, a line or a shot in support of a claim",
    "speaks to its reader": "recommends, warns, says for whom it is, or speaks of the review",
    "tells": "tells what the story is about, or what happens in it",
}
_BOOK = re.compile(r"\b(?:books?|novels?|chapters?|pages?|read)\b", re.IGNORECASE)
_STAGES = {"overall": "judges", "address": "speaks to its reader", "plot": "tells"}


def _does(row: Said, who: str) -> str:
    if "grounds" in row.of("devices", who):
        return "points"
    return _STAGES.get(row.stage(who), "")


def _points_at_the_film(row: Said) -> bool:
    return not _BOOK.search(row.text) and all(row.stage(who) not in _STAGES for who in WHO)


def owe(corpus: Corpus) -> Task | None:
    """Which of four things does each sentence do?"""
    rows = [
        row
        for row in said(corpus)
        if 12 < len(row.plain) < 170 and row.worst() <= 1 and not row.also() and _does(row, "key")
    ]
    agreed = [row for row in rows if len({_does(row, who) for who in WHO}) == 1]
    clean = [row for row in agreed if _does(row, "key") != "points" or _points_at_the_film(row)]
    chosen: list[tuple[Said, str]] = []
    for label, most in (("judges", 2), ("points", 2), ("speaks to its reader", 2), ("tells", 1)):
        of = [row for row in clean if _does(row, "key") == label and len(row.plain) > 25]
        of = sorted(of, key=lambda row: (abs(len(row.plain) - 80), row.plain))
        taken = {row.review_id for row, _ in chosen}
        fresh = [row for row in of if row.review_id not in taken] or of
        chosen += [(row, label) for row in spread(fresh, most)]
    if len(chosen) < 5 or len({label for _, label in chosen}) < 3:
        return None
    return sorting(
        [(row.plain, label, readings(row, _does)) for row, label in mixed(chosen)],
        _DOES,
        _slip,
        id="owe",
        title="What a sentence does for its reader",
        points=3,
        statement="Somebody who has to choose a film for tonight wants a judgement, something that it "
        "rests on, and a word on whether the film is for them. What does each of these sentences of the "
        f"page do?\n\n{legend(_DOES)}",
        hints=(
            "Ask of each: could I go to the film and look it up? Could I do something because of it?",
            "To judge is to say how good. To point is to say where one can see it. They can stand in one "
            "review and yet be two things.",
            "Who is *you* in the sentence, said or unsaid? If there is such a person, it speaks to its "
            "reader.",
        ),
        solution="Key and annotators agree on all of these: "
        + "; ".join(
            f"{letter} *{label}*" for letter, (_, label) in zip("abcdefgh", mixed(chosen), strict=False)
        )
        + ". What is pointed at can be looked up by somebody who doubts; what only judges has to be "
        "believed.",
        ask="What can a reader do after this sentence that they could not do before it?",
        cites=("08, “What does a review owe its reader?”",),
    )


def _slip(right: str, given: str) -> tuple[str, str]:
    said_of = {
        "judges": {
            "points": (
                "a-verdict-as-evidence",
                "At which scene, line or shot could somebody who doubts go and look?",
            ),
            "speaks to its reader": (
                "a-verdict-as-advice",
                "To whom does it speak, and what should they do?",
            ),
            "tells": ("a-verdict-as-story", "What happens in it? Or does it say how good something is?"),
        },
        "points": {
            "judges": (
                "evidence-overlooked",
                "It may judge as well. Is there something in it that one could look up?",
            ),
            "speaks to its reader": (
                "evidence-as-advice",
                "To whom does it speak? And what does it show them?",
            ),
            "tells": ("evidence-as-story", "Is the scene there to be told, or to bear something out?"),
        },
        "speaks to its reader": {
            "judges": ("advice-as-verdict", "Does it say how good the film is, or who should do what?"),
            "points": ("advice-as-evidence", "Which scene, line or shot is in it? Whom does it speak to?"),
            "tells": ("advice-as-story", "Is it the story that it speaks of, or the one who reads?"),
        },
        "tells": {
            "judges": ("story-as-verdict", "Which word of it says how good the film is?"),
            "points": ("story-as-evidence", "Something is told. Which claim does it bear out?"),
            "speaks to its reader": ("story-as-advice", "Who is spoken to? Or is something told?"),
        },
    }
    name, asks = said_of[right][given]
    return name, "{item}: you say {yours}. " + asks


def speaking(corpus: Corpus) -> Task | None:
    """How many reviews speak to their reader, by rule."""
    read = rk.read(corpus, "structure")

    def having(label: str, rows: pd.DataFrame = read) -> set[str]:
        return set(rows.loc[rows["label"] == label, "review_id"])

    reviews = len(corpus.reviews)
    speak, judge = having("address"), having("overall")
    if not speak:
        return None
    sentences = int((read["label"] == "address").sum())
    slips = {
        "sentences-for-reviews": (
            sentences,
            "{yours} is how many sentences do it. In how many reviews do they stand?",
        ),
        "the-key-for-the-rule": (
            len(having("address", corpus.key)),
            "{yours} is what the key says. Here the rules were asked.",
        ),
        "judging-for-speaking": (
            len(judge),
            "{yours} reviews have a sentence that judges the whole. The question is about another stage.",
        ),
        "the-others": (
            reviews - len(speak),
            "{yours} is how many do **not**. Which did you count?",
        ),
        "every-review": (reviews, "{yours} is how many reviews there are. Do all of them do it?"),
        "both-for-one": (
            len(speak & judge),
            "{yours} reviews judge and speak to their reader. Only the second was asked.",
        ),
        "either-for-one": (
            len(speak | judge),
            "{yours} reviews judge, or speak to their reader, or do both. Only the second was asked.",
        ),
        "every-sentence": (
            len(read),
            "{yours} is how many sentences were read. Which of them were asked for?",
        ),
        "telling-for-speaking": (
            len(having("plot")),
            "{yours} reviews tell something of the story. The question is about another stage.",
        ),
        "sentences-that-judge": (
            int((read["label"] == "overall").sum()),
            "{yours} is how many sentences judge the whole. Look at the name of the stage again.",
        ),
        "responding-for-speaking": (
            len(having("response")),
            "{yours} reviews say what the film did to their writer. To whom do they speak?",
        ),
        "nobody": (0, "None at all? How does the table spell the stage?"),
    }
    code = (
        'read = rk.read(corpus, "structure")\n'
        'found = read.loc[read["label"] == "address", "review_id"]\n'
        'corpus.reviews["review_id"].isin(found).sum()'
    )
    return figure(
        "speaking",
        len(speak),
        {name: (float(value), says) for name, (value, says) in slips.items()},
        unit="reviews",
        most=float(sentences + reviews + len(read)),
        code=code,
        starter='read = rk.read(corpus, "structure")\n\nspeaking = ...',
        title="Who speaks to a reader?",
        points=2,
        statement="How many **reviews** of the page have at least one sentence that speaks to its reader "
        "(stage `address`), as the kit's rules read them?",
        hints=(
            "`read` has a row for each sentence. Show it, and find the column that says the stage.",
            "`read.loc[...]` keeps some of the rows: those in which `label` is *address*. Of these you "
            "need the column `review_id`.",
            "A review with three such sentences counts once: "
            '`corpus.reviews["review_id"].isin(...)`, and `.sum()`.',
        ),
        solution=f"```python\n{code}\n```\n\nThe rules find {sentences} such sentences, in {len(speak)} "
        f"of {reviews} reviews. `isin` asks of each review whether it is among those found, so that none "
        "is counted twice. A rule has read, and no person: before you say of a review that it speaks to "
        "nobody, read it.",
        ask="What is a row of the table that you counted: a sentence, or a review?",
        cites=("08, “What does a review owe its reader?”",),
    )


_PASTED = (
    "A film for people who have time.\n\nI had none, and stayed.\n-----\nSaw it with my father.\n--\nHe "
    "slept.\n-----\n\n-----\nThe novel is better - but the film is shorter.\n\n- good: the light\n- bad: "
    "the songs\n-----\nTwo words: go early.",
    "My third time.\n-----\n- the house\n- the parties\n- the car\n\nThat is all I "
    "remember.\n-----\n\n-----\nNot for me -- and not for my sister.\n\nShe left.\n--\nI "
    "stayed.\n-----\nLovely.\n-----\nToo long - by far.",
)


def pasted(corpus: Corpus) -> Task:
    """How many reviews does the kit find in a text that was pasted?"""
    text = _PASTED[variant(corpus)]
    count = len(rk.read_text(text).reviews)
    lines = text.split("\n")
    rules = sum(line == "-----" for line in lines)
    slips = {
        "empty-counted": (
            rules + 1,
            "{yours}: between two of the lines of dashes there is nothing. Is nothing a review?",
        ),
        "lines-of-dashes": (
            rules,
            "{yours} is how many lines of dashes there are. What do they stand between?",
        ),
        "paragraphs-for-reviews": (
            sum(bool(p.strip("-\n ")) for p in text.replace("-----", "\n\n").split("\n\n")),
            "{yours} is how many paragraphs there are. May a review have several?",
        ),
        "every-dash-parts": (
            sum(bool(p.strip()) for p in text.replace("-----", "\n--\n").split("\n--\n")),
            "{yours}: does a short line of dashes part two reviews as well?",
        ),
        "lines-for-reviews": (
            sum(bool(line.strip("- ")) for line in lines),
            "{yours} is how many lines have words in them. Where does a review end?",
        ),
        "all-lines": (len(lines), "{yours} is how many lines there are. Where does a review end?"),
        "one-text": (1, "One text was pasted. What did the lines of dashes do to it?"),
        "sentences-for-reviews": (
            sum(text.count(c) for c in ".:"),
            "{yours}: did you count sentences? Where does a review end?",
        ),
        "dashes-of-any-kind": (
            sum("-" in line for line in lines),
            "{yours} is how many lines have a dash in them. Which of them part two reviews?",
        ),
        "none-known": (
            0,
            "Nothing? The kit reads text that it does not know, as long as it is told where to cut.",
        ),
    }
    shown = "\n".join(f"    {line}" for line in lines)
    return figure(
        "pasted",
        count,
        {name: (float(value), says) for name, (value, says) in slips.items()},
        unit="reviews",
        most=float(len(lines) + 20),
        title="A page of your own",
        points=1,
        statement="A class has written reviews, and somebody pastes them into the "
        f"card:\n\n{shown}\n\nHow many reviews does the kit find?",
        hints=(
            "What does the lesson say stands between one review and the next?",
            "A blank line, a list and a short dash belong to whoever wrote them.",
            "Cut the text at each line of five dashes, and count the pieces that have words in them.",
        ),
        solution=f"A line of dashes (`-----`) parts two reviews. There are {rules} of them, so "
        f"{rules + 1} pieces, and one is empty: {count} reviews. Paragraphs, lists and shorter dashes "
        "stay inside. Read what the kit says of a page before you count anything on it.",
        ask="At which lines did you cut, and is there something in each piece?",
        cites=("08, “Another page”",),
    )
