"""How many hedges, in how many reviews, and whose?"""

from __future__ import annotations

from typing import Any

import reviewkit as rk
from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import claim, number
from reviewkit.exercises.tasks import Task

from .._labelled import verdict


def hedged(corpus: Corpus) -> Task | None:
    """How many hedges for every hundred sentences."""
    devices = rk.read(corpus, "devices")
    hedges, boosters = devices[devices["label"] == "hedge"], devices[devices["label"] == "booster"]
    sentences, reviews = len(corpus.sentences), len(corpus.reviews)
    n, b = len(hedges), len(boosters)
    if n < 8:
        return None
    share = 100 * n / sentences
    texts: Any = corpus.reviews["text"]
    words = int(texts.str.split().str.len().sum())
    slips = {
        "a-count-for-a-rate": (
            n,
            "{yours} is how many hedges there are. How many is that for a hundred sentences?",
        ),
        "for-each-sentence": (
            n / sentences,
            "{yours} is for **one** sentence. The question is about a hundred.",
        ),
        "turned-round": (
            100 * sentences / n,
            "{yours}: you have divided the other way round. What is to be small here?",
        ),
        "sentences-for-each-hedge": (
            sentences / n,
            "{yours} is how many sentences there are for each hedge.",
        ),
        "for-each-review": (
            n / reviews,
            "{yours} is for each review. Reviews are of all lengths; what was asked for?",
        ),
        "hundred-reviews": (
            100 * n / reviews,
            "{yours} is for a hundred reviews. The question is about sentences.",
        ),
        "reviews-with-hedges": (
            100 * hedges["review_id"].nunique() / reviews,
            "{yours} is how many reviews in a hundred have a hedge at all.",
        ),
        "boosters-for-hedges": (
            100 * b / sentences,
            "{yours} is about boosters. Which of the two leaves room for doubt?",
        ),
        "both-together": (
            100 * (n + b) / sentences,
            "{yours} takes hedges and boosters together. They pull opposite ways.",
        ),
        "of-all-devices": (
            100 * n / len(devices),
            "{yours} is their share among all devices. The question is about sentences.",
        ),
        "all-devices": (
            100 * len(devices) / sentences,
            "{yours} counts every device. Which one was asked for?",
        ),
        "hundred-words": (
            100 * n / words,
            "{yours} is for a hundred words. The question is about sentences.",
        ),
        "how-many-sentences": (sentences, "{yours} is how many sentences there are."),
    }
    form, key = number(share, slips, tolerance=0.06, unit="for every 100 sentences")
    seen: dict[float, str] = {}
    for name, (value, _) in slips.items():
        if abs(value - share) > 0.1 and all(abs(value - other) > 0.1 for other in seen):
            seen[float(value)] = name
    code = 'devices = rk.read(corpus, "devices")\nhedges = devices[devices["label"] == "hedge"]'
    return Task(
        id="hedged",
        kind="number",
        title="How much room for doubt?",
        points=2,
        python=True,
        statement="For every 100 sentences of this page, how many hedges do the kit's rules find? Give "
        "one decimal. The sentences are in `corpus.sentences`, a row for each.",
        starter=f"{code}\n\nhedged = ...",
        answer=f"{code}\n\nhedged = 100 * len(hedges) / len(corpus.sentences)",
        form=form,
        key=key,
        hints=(
            "Two numbers are needed: how many hedges, and how many sentences.",
            "`len(...)` says how many rows a table has.",
            "Divide the hedges by the sentences, and multiply by 100: `100 * len(...) / len(...)`.",
        ),
        solution=f"`100 * len(hedges) / len(corpus.sentences)` is 100 × {n} / {sentences}: {share:.1f}. A "
        "count by itself cannot be compared with another page's; a rate can. And it is worth as much as "
        "the definition of a hedge: the rules count *I think* wherever it stands, also where nobody "
        "doubts.",
        ask="What did you divide by what, and for how many sentences is the result?",
        right=[share, round(share, 1), f"{share:.1f}", f"{share:.2f} hedges"],
        wrong=[*seen.items(), (-share, "below-nought")],
        cites=("05, “How sure do they sound?”",),
    )


def hedgers(corpus: Corpus) -> Task | None:
    """Whether those who do not like the film hedge less, and what follows."""
    stance = verdict(corpus, "stance")
    found = rk.compare(corpus, "stance", layer="devices", label="hedge", source="key").table.set_index(
        "group"
    )
    if not {"favourable", "unfavourable"} <= set(found.index) or int(found["count"].sum()) < 5:
        return None
    share = (100 * found["share"].astype(float)).round()
    low, high = (100 * found["low"].astype(float)).round(), (100 * found["high"].astype(float)).round()
    likes, against = int(share["favourable"]), int(share["unfavourable"])
    touch = bool(low["favourable"] <= high["unfavourable"] and low["unfavourable"] <= high["favourable"])
    if likes == against or not touch or low.isna().any():
        return None
    few = int((stance == "unfavourable").sum())
    right = "b" if against < likes else "c"
    verdicts = {
        "a": "The table bears it out: whoever condemns is surer than whoever praises.",
        "b": "In these reviews those against the film hedge less; that they are surer, or that it is so "
        "elsewhere, does not follow.",
        "c": "Not even that: in these reviews those against the film hedge more.",
        "d": "The groups have different numbers of reviews, so nothing can be compared.",
    }
    slips = {
        "a": (
            "words-for-minds",
            "The table counts words. What would somebody have to be, to write without *perhaps*?",
        ),
        "b": ("rows-misread", "Go back to the two rows, and compare how many of 100 sentences each has."),
        "c": (
            "counts-for-rates",
            "Go back to the two rows, and compare how many of **100** sentences each has.",
        ),
        "d": ("size-is-no-bar", "Of how many sentences is each number a part? What was that done for?"),
    }
    slips.pop(right)
    grounds = {
        "a": f"Of 100 sentences {against} are hedged where the film is disliked, and {likes} where it is "
        "liked.",
        "b": "The ranges of the two rows reach into each other.",
        "c": f"Only {few} reviews are against the film.",
        "d": f"There are {int(found['count']['favourable'])} hedges in the one group and "
        f"{int(found['count']['unfavourable'])} in the other, and that settles it.",
        "e": "A hedge shows that its writer is unsure.",
        "f": "The range from low to high holds nearly all of the group's reviews.",
    }
    taken = {
        "d": ("counts-for-rates", "d: the groups are not equally long. Which column makes them comparable?"),
        "e": (
            "words-for-minds",
            "e: does whoever says *I think* always doubt? The lesson asked whether it may be manners.",
        ),
        "f": (
            "range-of-reviews",
            "f: the range is about the **share**, had other reviews been drawn. Where are single reviews?",
        ),
    }
    left = dict.fromkeys(
        "abc", ("ground-overlooked", "There is another good ground that you have not taken.")
    )
    form, key = claim(verdicts, right, slips, grounds=grounds, sound="abc", taken=taken, left=left)
    good = {"verdict": right, "grounds": ["a", "b", "c"]}
    wrong: list[tuple[object, str]] = [({**good, "verdict": v}, s[0]) for v, s in slips.items()]
    wrong += [({**good, "grounds": ["a", "b", "c", g]}, s[0]) for g, s in taken.items()]
    wrong += [({**good, "grounds": each}, "ground-overlooked") for each in (["a"], ["b", "c"], ["a", "c"])]
    wrong += [
        ({"verdict": "", "grounds": ["a", "b"]}, "no-verdict"),
        ({"verdict": "a", "grounds": ["e"]}, "words-for-minds"),
    ]
    rows = "\n".join(
        f"| {g} | {found['reviews'][g]} | {found['sentences'][g]} | {found['count'][g]} | {share[g]:.0f} | "
        f"{low[g]:.0f} | {high[g]:.0f} |"
        for g in found.index
    )
    return Task(
        id="hedgers",
        kind="claim",
        title="Who is surer?",
        points=4,
        statement="Somebody claims: *People who dislike a film are surer of themselves than people who "
        "like it.* By the key of this page:\n\n| the review is | reviews | sentences | hedges | of 100 "
        f"sentences | low | high |\n|---|---|---|---|---|---|---|\n{rows}\n\n*Low* and *high* say how far "
        "the number before them could have moved, had other reviews of the kind been drawn. Which "
        "verdict does the table allow, and which statements are good grounds for it?",
        starter='hedgers = ex.card("hedgers")\nhedgers',
        answer=f"hedgers = {good!r}",
        form=form,
        key=key,
        hints=(
            "Say first what was counted, in plain words, without *sure*.",
            "Two ranges that reach into each other: what could the order of the two numbers have been?",
            "A good ground can be read off the table and is put to the use that it is good for. Test "
            "each of the six.",
        ),
        solution=f"Of 100 sentences {against} are hedged in the reviews against the film and {likes} in "
        f"those for it: a fact about this page. There are {few} reviews of the one kind, the ranges "
        "overlap, and other reviews might have turned the order round. And a hedge is a word. From it to "
        "a state of mind there is a step that the table does not take."
        + (" The reviews are invented besides." if corpus.invented else ""),
        ask="What exactly was counted, in whose reviews, and how far could the number have moved?",
        right=[
            good,
            {"verdict": verdicts[right], "grounds": "a, b, c"},
            {"verdict": right.upper(), "grounds": {g: g in "abc" for g in grounds}},
        ],
        wrong=wrong,
        cites=("05, “How sure do they sound?”",),
    )
