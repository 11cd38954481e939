"""07, reading together: the class labels by show of hands, and sees how far it agrees, and with whom.

The surprise: two readers who agree on nearly everything may have agreed no more than chance would have it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ..comparisons.disagreeing import confusions, disagreements, pairwise
from ..corpus import Corpus, load
from .page import KITS, DemoPage, Words
from .parts import Hands, NotHere, Part, Step, bar, bars, pairs_alike, say

__all__ = ["STEPS"]

LABELS = ["positive", "negative", "mixed", "neutral"]
TOLD = ["positive: praises the film", "negative: blames it", "mixed: does both", "neutral: judges nothing"]
ANNOTATORS = ("annotator-1", "annotator-2")
RULE = "Where “but” joins praise and blame, what stands after it decides."
SHARES = {"fewer than 60": 60, "60 to 79": 80, "80 to 94": 95, "95 or more": 101}


def first_sentence(page: DemoPage) -> Step:
    """A sentence that divides readers."""
    return _labelled(page, 0, "one", "One sentence")


def second_sentence(page: DemoPage) -> Step:
    """Another one."""
    return _labelled(page, 1, "two", "Another")


def third_sentence(page: DemoPage) -> Step:
    """A third."""
    return _labelled(page, 2, "three", "A third")


def you_and_they(page: DemoPage) -> Step:
    """How often two readers agree on a whole page."""
    said = _both(page.corpus)
    same = said[said["annotator-1"] == said["annotator-2"]]
    apart, total = said.drop(same.index), len(said)
    holds = next(i for i, most in enumerate(SHARES.values()) if 100 * len(same) < most * total)

    def reveal(hands: Hands) -> Sequence[Part]:
        rows = [
            bar("the same label", len(same), total, page.behind(same)),
            bar("different labels", len(apart), total, page.behind(apart)),
        ]
        says = (
            f"The two annotators: the same label on {100 * len(same) / total:.0f} of 100. They had a manual."
        )
        drawn = bars("Sentences that both labelled; open a bar to read them", rows)
        shares = {
            f"sentence {n}": pairs_alike(hands.get(key, ()))
            for n, key in enumerate(("one", "two", "three"), 1)
        }
        yours = [bar(name, round(100 * s), 100) for name, s in shares.items() if s is not None]
        more = "You, on the three sentences: of 100 pairs among you, so many gave the same answer."
        none = Part("Hands on the first three sentences would show here how far you agreed.")
        you = Part(more, [bars("These sentences were picked because they are hard", yours)])
        return [Part(says, [drawn], [holds], "the annotators"), you if yours else none]

    return Step(
        "they",
        "You and they",
        "Two annotators labelled the whole page. On how many of 100 sentences do they say the same?",
        [say("They worked apart, with one manual. They are two runs of a language model, not people.")],
        [*SHARES],
        reveal,
        "What would it show if they agreed on all? That the manual is clear, or that the two are alike?",
        counts=True,
    )


def for_or_against(page: DemoPage) -> Step:
    """What divides those who differ."""
    said = _both(page.corpus)
    apart = said[said["annotator-1"] != said["annotator-2"]]
    if len(apart) < 2:
        raise NotHere("The annotators of this page hardly differ, so there is nothing to sort.")
    signs = apart[list(ANNOTATORS)].isin(["positive", "negative"]).all(axis=1)
    kinds = apart[list(ANNOTATORS)].apply(lambda row: " and ".join(sorted(row)), axis=1)
    n, total = int(signs.sum()), len(apart)
    options = ["never", "once or twice", "three times or more", "nearly always"]
    holds = 0 if n == 0 else 1 if n < 3 else 3 if n > total * 0.8 else 2

    def reveal(_: Hands) -> Sequence[Part]:
        rows = [
            bar(str(k), int(m), total, page.behind(apart[kinds == k]))
            for k, m in kinds.value_counts().items()
        ]
        says = (
            f"{n} of {total}. What divides them is seldom for or against: it is whether anything is judged."
        )
        if n > total / 2:
            says = f"{n} of {total}."
        drawn = bars("Which label met which; open a bar to read", rows)
        return [Part(says, [drawn], [holds], "the annotators")]

    return Step(
        "signs",
        "For or against?",
        f"They differ on {total} sentences. How often is one's praise the other's blame?",
        [say("“I had some trouble with the accents”: is that a complaint, or a report?")],
        options,
        reveal,
        "And among you: on which of the three sentences did praise meet blame?",
    )


def much_and_nothing(page: DemoPage) -> Step:
    """High agreement that shows nothing; always on review 5 of the kit's page."""
    kit = page.corpus if page.kits else load(KITS)
    shown = page if page.kits else DemoPage(kit)
    five = kit.sentences[kit.sentences["review_id"] == f"{KITS}-05"]
    told = {}
    for layer in ("attitude", "spoilers"):
        two = pairwise(kit.labels.evidence, five, layer=layer, between=ANNOTATORS)
        met = confusions(kit.labels.evidence, five, layer=layer, between=ANNOTATORS)
        told[layer] = (float(two.to_numpy(dtype="float64")[0, 1]), met)
    (first, _), (kappa, met) = told["attitude"], told["spoilers"]
    apart = disagreements(kit.labels.evidence, five, layer="spoilers", between=ANNOTATORS)
    n = int(met["count"].sum())
    same = n - len(apart)
    options = [f"higher than {first:.2f}", "somewhat lower", "about nought, as if dealt blindly"]
    holds = 0 if kappa > first else 2 if kappa < 0.1 else 1

    def reveal(_: Hands) -> Sequence[Part]:
        rows = [
            bar("the same label", same, n, shown.behind(five[~five["start"].isin(apart["start"])])),
            bar("different labels", len(apart), n, shown.behind(apart)),
        ]
        says = f"Kappa is {kappa:.2f}. One said “nothing given away” {n} times, the other {same} times."
        more = (
            "Whoever says “nothing” with closed eyes does as well. Agreement has to be earned against chance."
        )
        return [
            Part(
                says,
                [bars("How much is given away, in review 5 of the kit's page", rows)],
                [holds],
                "the count",
            ),
            Part(more),
        ]

    return Step(
        "nothing",
        "Much, and nothing",
        f"How much is given away: the two agree on {same} of {n} sentences of review 5. And kappa?",
        [
            say("Kappa: of the agreement that chance does not give for nothing, how much was earned?"),
            say(f"1 is all of it, 0 none. On praise and blame, in the same review, it was {first:.2f}."),
        ],
        options,
        reveal,
        "Deal slips: if all but one say “nothing”, any two of them agree.",
        surprise=True,
    )


def mend_the_manual(page: DemoPage) -> Step:
    """The first sentence again, now with a rule."""
    here, _ = _divided(page, 0)

    def reveal(hands: Hands) -> Sequence[Part]:
        before, after = pairs_alike(hands.get("one", ())), pairs_alike(hands.get("again", ()))
        if before is None or after is None:
            return [
                Part(
                    "With hands raised here and on the first sentence, your agreement would stand here twice."
                )
            ]
        moved = "more" if after > before else "less" if after < before else "as much"
        rows = [bar("without the rule", round(100 * before), 100), bar("with it", round(100 * after), 100)]
        says = f"You agree {moved} {'as' if moved == 'as much' else 'than'} before."
        drawn = bars("Of 100 pairs among you, so many gave the same answer", rows)
        more = "But you knew the sentence by now: try the rule on a new one. And what did it cost?"
        return [Part(says, [drawn]), Part(more)]

    return Step(
        "again",
        "Mend the manual",
        "The first sentence again, by this rule. What is it now?",
        [say(f"Rule: {RULE}"), page.passage(here)],
        TOLD,
        reveal,
        "Has somebody voted against their own reading, because the rule said so? Let them speak.",
        counts=True,
    )


def to_take_along(page: DemoPage) -> Step:
    """What to carry to any page."""
    told = [
        "A slip, the manual, the text, or a reader: say which of the four divides you.",
        "Ask of every agreement how much of it chance would have given for nothing.",
        "Readers can agree on a mistake: write down whom you overruled.",
    ]
    ask = "Which sentence divided you most, and what divides you there?"
    return Step("end", "To take along", ask, [say(line) for line in told])


STEPS = (
    first_sentence,
    second_sentence,
    third_sentence,
    you_and_they,
    for_or_against,
    much_and_nothing,
    mend_the_manual,
    to_take_along,
)


def _both(corpus: Corpus) -> pd.DataFrame:
    """The attitude of each sentence by both annotators; raises `NotHere` where nobody has labelled."""
    said = corpus.labels.evidence
    said = said[(said["layer"] == "attitude") & said["source"].isin(ANNOTATORS)]
    if said["source"].nunique() < 2:
        raise NotHere("No two annotators have labelled this page, so their agreement is left out.")
    index = ["review_id", "start", "end", "text"]
    wide = said.pivot_table(index=index, columns="source", values="label", aggfunc="first")
    return wide.dropna(subset=list(ANNOTATORS)).reset_index()


def _divided(page: DemoPage, n: int) -> tuple[Words, str]:
    """The n-th of the sentences to label, and what the two annotators said; all without a telling word."""
    if page.keyed("attitude") and page.corpus.labels:
        said = _both(page.corpus)
        table = said[said["annotator-1"] != said["annotator-2"]]
    else:  # nobody has labelled: sentences that turn on a but
        table = page.sentences[
            page.sentences["text"].str.contains(r"\b(?:but|although)\b", case=False, regex=True)
        ]
    if page.kits:
        wanted = [
            page.find(5, "I can't say I enjoyed it"),
            page.find(5, "I had some trouble with the accents"),
        ]
        firsts = page.sentences.merge(pd.DataFrame([w[:2] for w in wanted], columns=["review_id", "start"]))
        firsts = firsts.sort_values("start", ascending=False)
        table = pd.concat([firsts, table[table["review_id"] != f"{KITS}-05"]])
    fit = [w for w in page.rows(table) if not page.telling(w) and 30 <= w.end - w.start <= 260]
    if len(fit) <= n:
        raise NotHere("This page has too few sentences that divide readers and can be shown.")
    return fit[n], page.texts[fit[n].review_id][fit[n].start : fit[n].end]


def _labelled(page: DemoPage, n: int, key: str, name: str) -> Step:
    """A sentence that the class labels; then how far it agrees, and what others said."""
    here, _ = _divided(page, n)

    def reveal(hands: Hands) -> Sequence[Part]:
        share = pairs_alike(hands.get(key, ()))
        none = "Without two hands there is no agreement to measure."
        yours = f"Of 100 pairs among you, {100 * (share or 0):.0f} gave the same answer."
        parts = [Part(none if share is None else yours)]
        said = page.corpus.labels.evidence
        said = said[(said["layer"] == "attitude") & (said["review_id"] == here.review_id)]
        said = said[(said["start"] < here.end) & (said["end"] > here.start)].drop_duplicates("source")
        labels = dict(zip(said["source"], said["label"], strict=True))
        if not labels:
            return [*parts, Part("Nobody else has labelled this page: you are its first readers.")]
        two = [labels.get(source, "nothing") for source in ANNOTATORS]
        text = f"One annotator: {two[0]}. The other: {two[1]}."
        keyed = labels.get("key", "")
        if keyed:
            text += f" The key: {keyed}.{_why(page, here)}"
        parts.append(Part(text, (), [LABELS.index(keyed)] if keyed in LABELS else []))
        return parts

    return Step(
        key,
        name,
        "What does the writer make of the film here?",
        [page.passage(here)],
        TOLD,
        reveal,
        "No talking before the hands. Afterwards each side points to the words that decide.",
        counts=True,
    )


def _why(page: DemoPage, here: Words) -> str:
    """The reason written down for the key's label, where there is one."""
    table = page.corpus.labels.adjudication
    row = table[
        (table["layer"] == "attitude")
        & (table["review_id"] == here.review_id)
        & (table["start"] == here.start)
    ]
    return f" {row['why'].iloc[0]}" if len(row) else ""
