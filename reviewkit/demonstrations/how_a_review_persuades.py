"""05, how a review persuades: a concession and its mirror, every *but*, loud and soft, one ground.

The surprise: whether reviewers shout hangs on what is called a booster; three more words turn it round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from ..comparisons.concordancing import concordance
from ..readings import read
from ..rulebook import rules
from .page import DemoPage, Words
from .parts import Block, Hands, NotHere, Part, Step, bar, bars, cards, ranges, say

__all__ = ["STEPS"]

DEVICES = {
    "concession": "concession: grants, then turns",
    "grounds": "grounds: points at a scene",
    "voices": "voices: what others say",
    "ethos": "ethos: who is speaking",
}
RATIOS = {"fewer than 1": 1.0, "about 1": 2.0, "2 or 3": 4.0, "4 or more": float("inf")}


def somebody_else(page: DemoPage) -> Step:
    """Which means a sentence uses; it may be two."""
    devices = page.evidence("devices")
    if page.kits:
        here = page.find(22, "I know some people say there's too much music but I don't agree")
    else:
        table = devices[devices["label"].isin([*DEVICES])]
        here = page.around(page.first(table, "No means of persuasion on this page can be shown."), 0, 0)
    touched = _touching(devices, here)
    names = [*DEVICES]
    holds = [i for i, name in enumerate(names) if name in set(touched["label"])]
    whose = page.whose("devices")

    def reveal(_: Hands) -> Sequence[Part]:
        found = " and ".join(names[i] for i in holds) or "none of these"
        says = f"{whose.capitalize()}: {found}. Several can do their work in the same words."
        return [Part(says, [page.passage(here, page.rows(touched))], holds, whose)]

    return Step(
        "means",
        "By what means?",
        "By what means does this sentence win you over? Two hands allowed.",
        [page.passage(here)],
        [*DEVICES.values()],
        reveal,
        "Who are the “some people”? Could you find them, and let them answer?",
    )


def turned_round(page: DemoPage) -> Step:
    """The same two judgements in two orders."""
    said = "It is a very cruel and depressing film but for me also one of the best that I have seen."
    other = "It is for me one of the best films that I have seen but also very cruel and depressing."

    def reveal(_: Hands) -> Sequence[Part]:
        says = "The first is how a reviewer of the kit's page wrote it, and gave five stars."
        more = "What stands after “but” has the last word; what stands before it is granted, and spent."
        return [Part(says, (), [0], "the stars"), Part(more)]

    return Step(
        "but",
        "Granted, but",
        "A friend asks what to watch tonight. Which of the two sends them to see the film?",
        [cards([said, other])],
        ["A", "B", "both alike"],
        reveal,
        "A concession seems fair: the objection is met by somebody who liked the film all the same.",
    )


def what_but_does(page: DemoPage) -> Step:
    """How many of the page's *but* grant anything."""
    devices = page.evidence("devices")
    granted = devices[devices["label"] == "concession"]
    found = concordance(page.corpus, "but")
    if len(found) < 4:
        raise NotHere("Hardly a “but” stands on this page.")
    inside = pd.Series(
        [
            bool(
                (
                    (granted["review_id"] == row.review_id)
                    & (granted["start"] <= row.start)
                    & (granted["end"] >= row.end)
                ).any()
            )
            for row in found.itertuples()
        ],
        index=found.index,
    )
    n, total = int(inside.sum()), len(found)
    options, holds = ranges(total, n)

    def reveal(_: Hands) -> Sequence[Part]:
        rows = [
            bar("in a concession", n, total, page.behind(found[inside])),
            bar("doing something else", total - n, total, page.behind(found[~inside])),
        ]
        says = f"{n} of {total}. “But” turns; to grant is only one kind of turn."
        return [
            Part(
                says,
                [bars("Every “but” on the page; open a bar to read them", rows)],
                [holds],
                page.whose("devices"),
            )
        ]

    return Step(
        "every-but",
        "Every but",
        f"“But” stands {total} times on this page. How many of them grant a point?",
        [say("A concession grants a point and sets the contrary against it.")],
        options,
        reveal,
        "Whoever counts “but” and calls it fairness is wrong this often.",
    )


def loud_or_soft(page: DemoPage) -> Step:
    """Hedges for each booster."""
    devices = page.evidence("devices")
    soft, loud = (devices[devices["label"] == name] for name in ("hedge", "booster"))
    if not len(loud) or not len(soft):
        raise NotHere("This page has not both hedges and boosters to hold against each other.")
    ratio = len(soft) / len(loud)
    holds = next(i for i, most in enumerate(RATIOS.values()) if ratio < most)

    def reveal(_: Hands) -> Sequence[Part]:
        says = f"{len(soft)} hedges, {len(loud)} boosters. Nobody shouts, then?"
        return [Part(says, [_loudness(page, devices, page.whose("devices"))], [holds], page.whose("devices"))]

    return Step(
        "loud",
        "Loud or soft?",
        "“Perhaps, I think”: hedges. “Certainly, no doubt”: boosters. How many hedges for each booster?",
        [say("People on the internet, one hears, shout.")],
        [*RATIOS],
        reveal,
        "Do not discuss the definition yet. The next step does.",
    )


def three_words_more(page: DemoPage) -> Step:
    """A wider definition, and the finding turned round."""
    wide = rules("devices")
    wide.loc[wide["rule"] == "certainly", "cues"] += "\nvery|really|so"
    before, after = page.evidence("devices", "rule"), read(page.corpus, "devices", rules=wide)
    counts = [int((after["label"] == name).sum()) for name in ("hedge", "booster")]
    was = [int((before["label"] == name).sum()) for name in ("hedge", "booster")]
    near = abs(counts[0] - counts[1]) <= max(counts) / 10
    holds = 1 if near else int(counts[1] > counts[0]) * 2

    def reveal(_: Hands) -> Sequence[Part]:
        turned = (was[0] > was[1]) != (counts[0] > counts[1])
        says = "The finding is turned round" if turned else "The finding stands"
        says += f": {counts[0]} hedges, {counts[1]} boosters. Not a word of any review has changed."
        so = int(after[after["label"] == "booster"]["text"].str.fullmatch("so", flags=re.IGNORECASE).sum())
        more = f"But open the bar: “so” is {so} of them, and often no more than a “therefore”."
        drawn = _loudness(page, after, "the wider rule")
        return [Part(says, [drawn], [holds], "the wider rule"), Part(more)]

    return Step(
        "wide",
        "Three words more",
        "Now let “very”, “really” and “so” count as boosters as well. What does the rule find more of?",
        [_loudness(page, before, "the rule as it is")],
        ["hedges, as before", "about as many of both", "boosters"],
        reveal,
        "A count is worth as much as the definition beside it, and the look that somebody took.",
        surprise=True,
    )


def one_ground(page: DemoPage) -> Step:
    """The same word in reviews for and against."""
    if not page.keyed("stance"):
        raise NotHere(
            "This page has no key of who likes the film, so one ground is not held against two verdicts."
        )
    stance, tally = page.group("stance"), {}
    for word in ("sad*", "slow*", "depressing"):
        found = concordance(page.corpus, word).drop_duplicates("review_id")
        liked = found[found["review_id"].map(stance) == "favourable"]
        tally[word.strip("*")] = (liked, len(found))
    words = {word: (len(liked), total) for word, (liked, total) in tally.items() if total}
    if len(words) < 2:
        raise NotHere("Hardly anybody on this page calls the film sad, slow or depressing.")
    options = [*words]
    best = max(options, key=lambda word: words[word][0] / words[word][1])

    def reveal(_: Hands) -> Sequence[Part]:
        rows = [bar(f"“{w}”", n, total, page.behind(tally[w][0])) for w, (n, total) in words.items()]
        says = "The same ground for two verdicts. What must one believe about films for “slow” to be blame?"
        drawn = bars("Of the reviews that use the word, those that like the film", rows)
        return [Part(says, [drawn], [options.index(best)])]

    return Step(
        "ground",
        "One ground",
        "Which of these words is used most by reviewers who like the film all the same?",
        [say("Claim: what you are asked to accept. Grounds: what you are given. Between them: a warrant.")],
        options,
        reveal,
        "Have them complete the warrant: “A film should …”. Some words have it built in.",
    )


def on_whose_authority(page: DemoPage) -> Step:
    """What a speaker's standing is good for."""
    if not page.kits:
        raise NotHere("The question of authority is asked on the kit's own page.")
    here = page.find(
        3, "I've seen every single thing he has been in, some of it really bad, so trust me on this one"
    )

    def reveal(_: Hands) -> Sequence[Part]:
        one = "Somebody who has seen all his films can compare them. That is no help with the film's beauty."
        two = "And “some of it really bad” is a point given away. Without it, would you trust them?"
        marked = _touching(page.evidence("devices"), here)
        return [Part(one, [page.passage(here, page.rows(marked))], [1], "one answer"), Part(two)]

    return Step(
        "ethos",
        "Trust me",
        "This reviewer adores an actor. For which claim are these words a reason to trust them?",
        [page.passage(here)],
        ["the film is beautiful", "it is one of his best parts", "for none"],
        reveal,
        "Authority holds for some claims and not for others.",
    )


def to_take_along(page: DemoPage) -> Step:
    """What to carry to any page."""
    told = [
        "Look after “but” for what the writer stands by.",
        "Write the warrant down before you argue with the claim.",
        "Put the definition beside the count.",
    ]
    return Step(
        "end", "To take along", "Which review persuaded you, and by which words?", [say(x) for x in told]
    )


STEPS = (
    somebody_else,
    turned_round,
    what_but_does,
    loud_or_soft,
    three_words_more,
    one_ground,
    on_whose_authority,
    to_take_along,
)


def _touching(evidence: pd.DataFrame, here: Words) -> pd.DataFrame:
    inside = (evidence["start"] < here.end) & (evidence["end"] > here.start)
    return evidence[(evidence["review_id"] == here.review_id) & inside]


def _loudness(page: DemoPage, devices: pd.DataFrame, whose: str) -> Block:
    """Hedges and boosters as bars."""
    rows = []
    for name in ("hedge", "booster"):
        here = devices[devices["label"] == name]
        rows.append(bar(f"{name}s", len(here), 0, page.behind(here)))
    return bars(f"By {whose}; open a bar to read them", rows)
