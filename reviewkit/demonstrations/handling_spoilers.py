"""03, handling spoilers: grades, a joke, promises, the place of the first telling, and two studies.

The surprise: where a secret is what there is to tell, reviews begin to tell early, and not near their end.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..comparisons.positions import first_reveals
from .page import DemoPage, Words
from .parts import Block, Hands, NotHere, Part, Step, bar, bars, ranges, say

__all__ = ["STEPS"]

HANDLED = {
    "unwarned": "tells, and does not warn",
    "warned": "warns, and tells",
    "withheld": "says that it will not tell",
    "spoiler-free": "does not tell, and says nothing of it",
}
QUARTERS = ["in the first quarter", "in the second", "in the third", "in the last quarter"]
PROLOGUE = "From forth the fatal loins of these two foes\nA pair of star-cross'd lovers take their life"


def star_crossed(page: DemoPage) -> Step:
    """What counts as giving the end away, on a play that everybody knows."""
    lines: Block = {"kind": "passage", "tag": "Romeo and Juliet", "note": "", "more": False}
    lines["pieces"] = [{"text": PROLOGUE, "mark": ""}]

    def reveal(_: Hands) -> Sequence[Part]:
        says = (
            "The end, by the manual: what becomes of the two. And it stands in the Prologue, lines 5 and 6."
        )
        return [
            Part(says, [], [2], "the manual"),
            Part("The Chorus tells before anybody has come on. Is it a spoiler?"),
        ]

    return Step(
        "grades",
        "How much is told?",
        "How much do these two lines give away?",
        [lines],
        ["the premise", "a secret or a turn", "the end", "nothing"],
        reveal,
        "Premise: what a jacket tells. Secret: what you find out. End: what becomes of a main character.",
    )


def a_joke(page: DemoPage) -> Step:
    """Words that look like a warning."""
    if page.kits:
        here = page.find(12, "Spoiler alert nothing happens.")
    else:
        table = page.sentences
        table = table[table["text"].str.contains(r"\bspoil", case=False, regex=True)]
        here = page.around(
            page.first(table, "Nobody on this page speaks of spoilers in words to show."), 0, 0
        )
    options = ["a warning", "a refusal to tell", "a spoiler", "none of these"]
    evidence = page.evidence("spoilers")
    touched = evidence[
        (evidence["review_id"] == here.review_id)
        & (evidence["start"] < here.end)
        & (evidence["end"] > here.start)
    ]
    said = [name for name in ("warning", "withholding") if name in set(touched["label"])]
    holds = {"warning": 0, "withholding": 1}[said[0]] if said else 2 if len(touched) else 3
    whose = page.whose("spoilers")

    def reveal(_: Hands) -> Sequence[Part]:
        text = f"{whose.capitalize()}: {options[holds]}."
        if page.kits:
            text += " It is a joke in the form of a warning. But does “nothing happens” give a film away?"
        return [Part(text, [page.passage(here, page.rows(touched))], [holds], whose)]

    note = "The form of a warning is so well known that it can be joked with. That alone is worth a minute."
    return Step("joke", "A warning?", "What is this?", [page.passage(here)], options, reveal, note)


def who_tells(page: DemoPage) -> Step:
    """How many tell, and who of them warns."""
    handling = page.group("handling")
    telling = int(handling.isin(["warned", "unwarned"]).sum())
    options, holds = ranges(len(handling), telling)
    whose = page.whose("spoilers")

    def reveal(_: Hands) -> Sequence[Part]:
        rows = [_bar(page, name, [*handling.index[handling == name]], len(handling)) for name in HANDLED]
        late = int((handling == "unwarned").sum())
        says = (
            f"{telling} of {len(handling)} tell, {late} of them with no warning or one that comes too late."
        )
        return [Part(says, [bars(f"Reviews, by {whose}; open a bar to read", rows)], [holds], whose)]

    return Step(
        "tells",
        "Who tells?",
        f"How many of the {len(handling)} reviews tell a secret, a turn or the end?",
        [say("For whom is a customer's review: for those who wonder whether to watch, or who have watched?")],
        options,
        reveal,
        "A rule finds fewer than readers do: a secret can be told in any words.",
    )


def promises(page: DemoPage) -> Step:
    """Who says that they will not tell, and tells."""
    evidence = page.evidence("spoilers")
    refusals = evidence[evidence["label"] == "withholding"]
    promised = [*dict.fromkeys(refusals["review_id"])]
    if not promised:
        raise NotHere("Nobody on this page says in words that they will not tell.")
    handling = page.group("handling")
    broken = [r for r in promised if handling[r] in ("warned", "unwarned")]
    shown = refusals.drop_duplicates("review_id")
    if page.kits:
        shown = shown[shown["review_id"].isin([page.review(n) for n in (7, 9, 20)])]
    drawn = [page.passage(page.around(words, 0, 0), [words]) for words in page.rows(shown.head(3))]
    options, holds = ranges(len(promised), len(broken))
    if len(promised) < 4:
        options = ["none", *(str(n) for n in range(1, len(promised) + 1))]
        holds = len(broken)

    def reveal(_: Hands) -> Sequence[Part]:
        rows = [
            bar(label, len(ids), len(promised), page.behind(refusals[refusals["review_id"].isin(ids)]))
            for label, ids in (("kept", [r for r in promised if r not in broken]), ("broken", broken))
        ]
        says = f"{len(broken)} of {len(promised)}. To refuse is to promise, and a promise can be broken."
        parts = [
            Part(says, [bars("Promises; open a bar to read them", rows)], [holds], page.whose("spoilers"))
        ]
        if page.kits:
            more = "“I won't say what the school is for”: kept. And yet, what does it take for granted?"
            parts.append(Part(more))
        return parts

    return Step(
        "promises",
        "Promises",
        f"{len(promised)} reviews refuse, somewhere, to tell. How many of them tell all the same?",
        drawn,
        options,
        reveal,
        "A refusal can keep a secret and give away that there is one.",
    )


def where_it_begins(page: DemoPage) -> Step:
    """Where in their text reviews begin to tell."""
    found = first_reveals(page.corpus)
    told = found.table.dropna(subset="first_reveal")
    if len(told) < 3:
        raise NotHere("Fewer than three reviews on this page tell, so there is no row to find the middle of.")
    at = told["first_reveal"].astype("float64")
    middle, total = float(at.median()), len(told)
    quarter = (at * 4).astype(int).clip(upper=3)
    words = found.sentences()

    def reveal(_: Hands) -> Sequence[Part]:
        rows = []
        for n, name in enumerate(QUARTERS):
            here = told.loc[quarter == n, "review_id"]
            rows.append(bar(name, len(here), total, page.behind(words[words["review_id"].isin(here)])))
        says = (
            f"The review in the middle of the row begins to tell after {100 * middle:.0f} of 100 of its text."
        )
        secret = int((words["label"] == "major").sum())
        grave = f"Told first: a secret or a turn in {secret} of {len(words)}, else the end."
        return [
            Part(
                says,
                [bars("Where the first telling sentence begins", rows)],
                [min(3, int(middle * 4))],
                "the count",
            ),
            Part(f"{grave} It depends on what there is to tell."),
        ]

    return Step(
        "where",
        "Where?",
        f"Of the {total} reviews that tell, line up the places where they begin. Where is the middle one?",
        [say("At 0 it opens the review. At 100 it would close it.")],
        QUARTERS,
        reveal,
        "Most say the end, since the story's end would come there. What can one not discuss without telling?",
        surprise=True,
    )


def under_the_covers(page: DemoPage) -> Step:
    """What covered sentences do besides telling."""
    marked, stages = page.evidence("spoilers"), page.evidence("structure")
    telling = marked[marked["label"].isin(["major", "everything"])]
    both = telling[["review_id", "start", "end"]].merge(
        stages, on=["review_id", "start"], suffixes=("_of", "")
    )
    if len(both) < 5:
        raise NotHere("Hardly a sentence on this page tells, so there is little under its covers to sort.")
    plot, total = int((both["label"] == "plot").sum()), len(both)
    edges = {"fewer than 40": 40, "40 to 59": 60, "60 to 79": 80, "80 or more": 101}
    holds = next(i for i, most in enumerate(edges.values()) if 100 * plot < most * total)

    def reveal(_: Hands) -> Sequence[Part]:
        counts = both["label"].value_counts()
        rows = [bar(str(s), int(n), total, page.behind(both[both["label"] == s])) for s, n in counts.items()]
        says = (
            f"{100 * plot / total:.0f} of 100 only retell. The others compare, judge or interpret, and tell."
        )
        drawn = bars("What the telling sentences do; covered until you lift it", rows)
        return [Part(says, [drawn], [holds], page.whose("structure"))]

    return Step(
        "under",
        "Under the covers",
        "Of 100 sentences that tell a secret or the end, how many do nothing but retell the story?",
        [say("The others do some other work, and tell while they do it.")],
        [*edges],
        reveal,
        "The price of every cover: criticism goes under it too.",
    )


def does_it_spoil(page: DemoPage) -> Step:
    """Two studies that disagree."""

    def reveal(_: Hands) -> Sequence[Part]:
        return [
            Part(
                "Leavitt and Christenfeld, 2011: readers liked short stories better when they had been told "
                "before how these come out.",
                (),
                [1],
                "Leavitt & Christenfeld",
            ),
            Part(
                "Johnson and Rosenbaum, 2015, set out to repeat it: untold stories were more fun, more "
                "suspenseful, and more moving.",
                (),
                [0],
                "Johnson & Rosenbaum",
            ),
            Part("Which stories? Which spoiler? Which question? And of a film you have waited for?"),
        ]

    return Step(
        "spoils",
        "Does it spoil?",
        "People read short stories, some with the end told beforehand. What did they like better?",
        [say("It was chance that decided who was told.")],
        ["stories that nobody had told", "stories that had been told", "no difference"],
        reveal,
        "Two careful studies, opposite answers: neither need be wrong.",
    )


def write_a_warning(page: DemoPage) -> Step:
    """What a good warning says."""
    told = [
        "What kind of thing is told: the premise, a secret, the end?",
        "Where does it begin, and where may one go on reading?",
        "To whom does it matter?",
        "And it does not itself give it away.",
    ]
    ask = "Write a warning for a review that tells. What must it say?"
    return Step(
        "end", "Write a warning", ask, [say(line) for line in told], note="Two minutes, then read aloud."
    )


STEPS = (
    star_crossed,
    a_joke,
    who_tells,
    promises,
    where_it_begins,
    under_the_covers,
    does_it_spoil,
    write_a_warning,
)


def _bar(page: DemoPage, name: str, ids: list[str], total: int) -> Block:
    """The reviews that handle it so, with the words that show it."""
    evidence = page.evidence("spoilers")
    here = evidence[evidence["review_id"].isin(ids)]
    wanted = {
        "warned": ["warning"],
        "unwarned": ["major", "everything"],
        "withheld": ["withholding"],
    }.get(name, [])
    shown = here[here["label"].isin(wanted)].drop_duplicates("review_id")
    words = [page.passage(page.around(w, 0, 0), [Words(*w)]) for w in page.rows(shown)]
    return bar(HANDLED[name], len(ids), total, words or page.beginnings(ids))
