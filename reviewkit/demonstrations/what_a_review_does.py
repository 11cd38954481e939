"""04, what a review does: a sentence with two jobs, two counts that disagree, two reviews built alike.

The surprise: judgements of the whole take up little room, and yet hardly a review does without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations, groupby
from string import ascii_uppercase

import pandas as pd

from ..comparisons.positions import stage_positions
from ..scoring import STAGES
from .page import DemoPage
from .parts import Hands, NotHere, Part, Step, bar, bars, cards, say, strips

__all__ = ["STEPS"]

SHARES = {"fewer than 15": 15, "15 to 29": 30, "30 to 49": 50, "50 or more": 101}
PLACES = ["at the beginning", "in the middle", "at the end"]
ASKED = ["plot", "performance", "craft", "response", "overall", "address"]


def two_jobs(page: DemoPage) -> Step:
    """A sentence on which two readers chose differently, or the rule hesitated."""
    stages, divided = page.evidence("structure"), page.corpus.labels.adjudication
    divided = divided[divided["layer"].eq("structure") & (divided["annotator_1"] != divided["annotator_2"])]
    if page.kits:
        wanted = page.find(5, "I can't say I enjoyed it")
        divided = divided[(divided["review_id"] == wanted.review_id) & (divided["start"] == wanted.start)]
    doubtful = divided if len(divided) else stages[stages["runner_up"].notna()]
    here = page.first(doubtful, "No sentence that divides readers can be shown here.")
    row = doubtful[(doubtful["review_id"] == here.review_id) & (doubtful["start"] == here.start)].iloc[0]
    sides = [row["annotator_1"], row["annotator_2"]] if len(divided) else [row["label"], row["runner_up"]]
    others = [name for name in ("response", "overall", "craft", "theme", "plot") if name not in sides]
    options = sorted([*sides, *others[:2]], key=STAGES.index)
    says = row["key"] if len(divided) else row["label"]

    def reveal(_: Hands) -> Sequence[Part]:
        holds = [options.index(says)] if says in options else []
        if not len(divided):
            text = f"The rule: {says}. It hesitated, and its second choice was {sides[1]}. Who is right?"
            return [Part(text, [], holds, "the rule")]
        return [
            Part(f"Two careful readers differed: one chose {sides[0]}, the other {sides[1]}."),
            Part(f"The key: {says}. {row['why']}", [], holds),
        ]

    return Step(
        "jobs",
        "Two jobs",
        "What is this sentence for?",
        [page.passage(here)],
        options,
        reveal,
        "If it were cut, what would you miss? Response: what watching did; overall: judges the film.",
    )


def how_much_judges(page: DemoPage) -> Step:
    """How much room a judgement of the whole takes."""
    stages = page.evidence("structure")
    counts, total = stages["label"].value_counts(), len(stages)
    judging = int(counts.get("overall", 0))
    holds = next(i for i, most in enumerate(SHARES.values()) if 100 * judging < most * total)

    def reveal(_: Hands) -> Sequence[Part]:
        rows = [
            bar(s, int(counts[s]), total, page.behind(stages[stages["label"] == s])) for s in counts.index
        ]
        says = f"{judging} of {total} sentences, {100 * judging / max(total, 1):.0f} of 100, judge the whole."
        drawn = bars(f"Sentences, by {page.whose('structure')}; open a bar to read them", rows)
        return [Part(says, [drawn], [holds], page.whose("structure"))]

    return Step(
        "room",
        "How much judges?",
        "Of 100 sentences on this page, how many judge the film as a whole?",
        [
            say("A review, the dictionaries say, is an assessment."),
            say("Praise of an actor, of the music or of one scene does not count here: only the whole film."),
        ],
        [*SHARES],
        reveal,
        "Most expect a third or more.",
    )


def in_most_reviews(page: DemoPage) -> Step:
    """The same sentences, counted by the reviews that have them."""
    stages = page.evidence("structure")
    total = stages["review_id"].nunique()
    having = stages.groupby("label")["review_id"].nunique().sort_values(ascending=False, kind="stable")
    most = max(int(having.get(name, 0)) for name in ASKED)
    holds = [i for i, name in enumerate(ASKED) if int(having.get(name, 0)) == most]

    def reveal(_: Hands) -> Sequence[Part]:
        firsts = stages.drop_duplicates(["review_id", "label"])
        rows = [
            bar(str(s), int(n), total, page.behind(firsts[firsts["label"] == s])) for s, n in having.items()
        ]
        rarest = "; ".join(f"{name} in {having.get(name, 0)}" for name in ("overall", "plot"))
        says = (
            f"Of {total} reviews: {rarest}. How much room, and who does without: two questions, two counts."
        )
        return [
            Part(says, [bars("Reviews that have it at least once", rows)], holds, page.whose("structure"))
        ]

    return Step(
        "reviews",
        "Who does without?",
        "Now count reviews, not sentences: which of these is found in the most reviews?",
        [say("Once counts: one sentence, or twenty.")],
        ASKED,
        reveal,
        "Five boxes on the board: ten beans in one, one in each other. Which box leads in which count?",
        surprise=True,
    )


def built_alike(page: DemoPage) -> Step:
    """Two reviews with nearly the same build."""
    one, other = (page.review(17), page.review(29)) if page.kits else _most_alike(page)
    built = _builds(page)
    drawn = strips([(page.tag(r), built[r]) for r in (one, other)])

    def reveal(_: Hands) -> Sequence[Part]:
        both = [page.passage(page.whole(r)) for r in (one, other)]
        says = "Read both. Does a build show whether something is meant?"
        if page.kits:
            says = "One means every word, and the other not one. A build does not show whether it is meant."
        return [Part(says, both, [1] if page.kits else [], "the texts")]

    return Step(
        "alike",
        "Built alike",
        "Each piece is a sentence, its letters what it does. Do these two say alike?",
        [drawn],
        ["they say much the same", "they say opposite things", "one cannot tell from the build"],
        reveal,
        "Have somebody describe both from the letters alone, before the texts are shown.",
    )


def where_verdicts_stand(page: DemoPage) -> Step:
    """Judgements of the whole, by tenths of their reviews."""
    placed = stage_positions(page.corpus)
    table, words = placed.table, placed.sentences()
    judging = table[table["stage"] == "overall"].sort_values("tenth")
    if judging.empty:
        raise NotHere("Nobody on this page judges the film as a whole.")
    shares = dict(zip(judging["tenth"].astype(int), judging["share"].fillna(0), strict=True))
    thirds = [[1, 2, 3], [4, 5, 6, 7], [8, 9, 10]]
    means = [sum(shares.get(t, 0) for t in third) / len(third) for third in thirds]
    best = means.index(max(means))

    def reveal(_: Hands) -> Sequence[Part]:
        rows = []
        for tenth in sorted(shares):
            here = words[(words["stage"] == "overall") & (words["tenth"] == tenth)]
            n = round(100 * shares[tenth])
            rows.append(bar(f"tenth {tenth}", n, 100, page.behind(here)))
        told = [round(100 * shares.get(t, 0)) for t in (1, 5, 10)]
        says = (
            f"{told[0]} of 100 sentences in the first tenth, {told[1]} in the fifth, {told[2]} in the last."
        )
        drawn = bars("Of 100 sentences in each tenth of a review, so many judge the whole", rows)
        return [Part(says, [drawn], [best], "the count")]

    return Step(
        "places",
        "Where?",
        "Where in their reviews do judgements of the whole take up most room?",
        [say("Each review is cut into ten equal parts, from its first word to its last.")],
        PLACES,
        reveal,
        "A sandwich, on the kit's page. Nobody teaches customers that order: where do they have it from?",
    )


def which_comes_last(page: DemoPage) -> Step:
    """Sentences of one review, apart from one another: one of them ends it."""
    review_id = page.review(14) if page.kits else _short(page)
    here = page.sentences[page.sentences["review_id"] == review_id]
    texts = [str(text) for text in here["text"]]
    places = [0, len(texts) // 2, len(texts) - 1, len(texts) // 3]
    order = sorted(dict.fromkeys(places), key=lambda i: (len(texts[i]), i))
    lettered = {i: (ascii_uppercase[n], " ".join(texts[i].split())) for n, i in enumerate(order)}
    options = [letter for letter, _ in lettered.values()]

    def reveal(_: Hands) -> Sequence[Part]:
        says = "As they stand in the review. What does it do that this is said last, and not first?"
        letters, told = zip(*(lettered[i] for i in sorted(order)), strict=True)
        return [Part(says, [cards(told, letters)], [order.index(len(texts) - 1)], "the text")]

    return Step(
        "last",
        "Taken apart",
        f"Sentences of {page.tag(review_id).lower()}, out of order. Which of them ends it?",
        [cards(text for _, text in lettered.values())],
        options,
        reveal,
        "Ask for the words that lean on something before them: a he, a so, a but.",
    )


def to_take_along(page: DemoPage) -> Step:
    """What to carry to any page."""
    told = [
        "Ask what a sentence is for.",
        "Count in texts as well as in sentences, and say which question each count answers.",
        "An order is a choice: somebody else could have chosen.",
    ]
    ask = "Which part of a review could you leave out, and for which reader?"
    return Step("end", "To take along", ask, [say(line) for line in told])


STEPS = (
    two_jobs,
    how_much_judges,
    in_most_reviews,
    built_alike,
    where_verdicts_stand,
    which_comes_last,
    to_take_along,
)


def _builds(page: DemoPage) -> dict[str, list[str]]:
    """The stages of each review, sentence by sentence."""
    stages = page.evidence("structure").sort_values(["review_id", "start"], kind="stable")
    return {str(r): [*labels] for r, labels in stages.groupby("review_id")["label"]}


def _most_alike(page: DemoPage) -> tuple[str, str]:
    """The two short reviews that are built most alike and give nothing of the story away."""
    runs = {r: [label for label, _ in groupby(labels)] for r, labels in _builds(page).items()}
    fit = [r for r, run in runs.items() if len(run) > 2 and len(_builds(page)[r]) <= 12 and _safe(page, r)]
    pairs = [(SequenceMatcher(a=runs[a], b=runs[b]).ratio(), a, b) for a, b in combinations(fit[:40], 2)]
    if not pairs:
        raise NotHere("No two short reviews can be set side by side here without giving the story away.")
    _, one, other = max(pairs, key=lambda pair: pair[0])
    return one, other


def _short(page: DemoPage) -> str:
    """A review of about eight sentences that gives nothing away."""
    lengths = page.sentences.groupby("review_id").size()
    fit = pd.Series({r: abs(n - 8) for r, n in lengths.items() if n > 3 and _safe(page, str(r))})
    if fit.empty:
        raise NotHere("No review of a few sentences can be shown here without giving the story away.")
    return str(fit.idxmin())


def _safe(page: DemoPage, review_id: str) -> bool:
    return not page.veil.covered(review_id) and len(page.texts[review_id]) < 1500
