"""06, what sentiment misses: sentences on the scales, and the lowest score of the page.

The surprise: the review that scores lowest may be one that recommends the film.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ..readings import sentiment
from ..weighing import sign_of, signed, telling, weigh_reviews, word_by_word
from .page import DemoPage, Words
from .parts import Block, Hands, NotHere, Part, Step, bar, bars, ranges, say, weights

__all__ = ["STEPS"]

SIGNS = ["positive", "near zero", "negative"]
VERDICTS = {
    "favourable": "it recommends the film",
    "mixed": "it has mixed feelings",
    "unfavourable": "it advises against the film",
}


def word_for_word(page: DemoPage) -> Step:
    """How such a score comes about, on a sentence that is on no page."""
    return _weighed(
        "scales",
        "On the scales",
        "A program looks up each word and adds. Which sign will it give to this sentence?",
        "The acting is excellent, but the film is sad and slow.",
        "Only words in its list weigh; what stands after “but” counts more.",
        "The program is called VADER. “Slow”, for most reviewers a complaint, is not in its list.",
    )


def praise(page: DemoPage) -> Step:
    """A sentence heard as praise that weighs as blame, where there is one."""
    return _picked(page, 0, "praise", "Words and meaning")


def blame(page: DemoPage) -> Step:
    """A sentence on which words and meaning part the other way."""
    return _picked(page, 1, "blame", "And again")


def the_novel(page: DemoPage) -> Step:
    """A thing that is taken for a compliment."""
    return _weighed(
        "novel",
        "The novel",
        "Which sign will it give to this one?",
        "I have read the novel.",
        "Ten people rated “novel”, and thought of the adjective. Each mention of the book counts as praise.",
        "So who scores higher: those who know the book, or those who do not? Say why.",
    )


def the_lowest(page: DemoPage) -> Step:
    """The review that the program likes least."""
    reviews = weigh_reviews(page.corpus).sort_values("whole", kind="stable")
    lowest: Any = reviews.iloc[0]
    review_id, score = str(lowest["review_id"]), float(lowest["whole"])
    stance = lowest["stance"] if "stance" in reviews and pd.notna(lowest["stance"]) else None
    stars = lowest["rating"] if "rating" in reviews and pd.notna(lowest["rating"]) else None
    opened = page.passage(page.whole(review_id))

    def reveal(_: Hands) -> Sequence[Part]:
        marked = page.rows(page.evidence("sentiment", "rule"))
        shown = page.passage(page.whole(review_id), marked, most=300)
        told = f"The key: {stance}." if stance else "Nobody has settled what it thinks of the film: read."
        told += f" Its stars: {int(stars)} of 5." if stars else ""
        if stance == "favourable":
            told += " Grim words, meant as praise."
        holds = [[*VERDICTS].index(stance)] if stance in VERDICTS else []
        return [
            Part(told, [opened], holds),
            Part("What the words add up to: a plain line under praise, a double line under blame.", [shown]),
        ]

    every = len(reviews)
    above = reviews.loc[reviews["whole"] > score, "review_id"].astype("str")
    rows = [bar("score less", 0, every), bar("score more", len(above), every, page.beginnings(above))]
    return Step(
        "lowest",
        "The lowest score",
        f"{page.tag(review_id)} scores {signed(score)} as a whole, between −1 and 1. What does it say?",
        [bars("Against all others on this page", rows)],
        [*VERDICTS.values()],
        reveal,
        "Let them commit before the text is shown. Then read it aloud, as far as it is not covered.",
        surprise=True,
    )


def turned_round(page: DemoPage) -> Step:
    """A word that a neighbour turned into its opposite."""
    words = sentiment.valences(page.corpus)
    turned = words[(words["lexicon"] * words["valence"] < 0) & (words["lexicon"] < 0)]
    turned = turned.sort_values("valence", ascending=False, kind="stable")
    if page.kits:
        turned = turned[turned["text"].str.lower() == "heartless"]
    row: Any
    for row in turned.itertuples():
        here = page.around(Words(str(row.review_id), int(row.start), int(row.end)), 0, 0)
        if not page.telling(here) and here.end - here.start < 300:
            break
    else:
        raise NotHere("No word of blame on this page is turned into praise by its neighbours.")
    word, lexicon, value, by = str(row.text), float(row.lexicon), float(row.valence), str(row.changed_by)
    mark = Words(here.review_id, int(row.start), int(row.end), "word")

    def reveal(_: Hands) -> Sequence[Part]:
        says = f"“{word}” is in the list at {signed(lexicon)}. Here it counts {signed(value)}"
        says += f", because of: {by}. A comma means nothing to the program."
        quoted = page.texts[here.review_id][here.start : here.end]
        return [Part(says, [_scale(quoted, page.tag(here.review_id))], [0], "VADER")]

    return Step(
        "turned",
        "Turned round",
        f"As what does the program count “{word}” here?",
        [page.passage(here, [mark])],
        ["as praise", "as nothing", "as blame"],
        reveal,
        "Ask which neighbour of the word could mislead somebody who knows the rules and not the language.",
    )


def near_the_ends(page: DemoPage) -> Step:
    """Long texts end up near the ends of the scale, whatever they say."""
    reviews = weigh_reviews(page.corpus)
    close, total = int((reviews["whole"].abs() >= 0.9).sum()), len(reviews)
    options, holds = ranges(total, close)

    def reveal(_: Hands) -> Sequence[Part]:
        sides = {
            "0.9 or more": reviews["whole"] >= 0.9,
            "between": reviews["whole"].abs() < 0.9,
            "−0.9 or less": reviews["whole"] <= -0.9,
        }
        ids = reviews["review_id"].astype("str")
        rows = [bar(name, int(at.sum()), total, page.beginnings(ids[at])) for name, at in sides.items()]
        says = f"{close} of {total}. A sum grows with the length of a text: the long ones all look certain."
        again = []
        for times in (1, 2, 5, 20):
            score = word_by_word("A good film. " * times).compound
            again.append(bar(f"{times} ×", round(100 * score), 100, (), signed(score)))
        drawn = bars("Reviews by score, weighed whole; open a bar to see whose", rows)
        return [
            Part(says, [drawn], [holds], "VADER"),
            Part("Does twenty times “good” make a masterpiece?", [bars("“A good film.”, repeated", again)]),
        ]

    ask = f"How many of the {total} reviews score 0.9 or more, or −0.9 or less, weighed as a whole?"
    asked = [say("The scale goes from −1 to 1, and no text can pass its ends.")]
    note = "Then ask what a reader of a chart with thirty such scores would believe."
    return Step("ends", "The ends", ask, asked, options, reveal, note)


def to_take_along(page: DemoPage) -> Step:
    """Four questions for anybody who brings an average."""
    told = [
        "Same kind? Are the texts on both sides alike in genre, length and subject?",
        "Same errors? Does one side retell, quote or weep more?",
        "Read? Has somebody read fifty of them, and counted the wrong signs?",
        "Open? Can each number be opened to its words?",
    ]
    return Step("end", "To take along", "When is such a number worth having?", [say(line) for line in told])


STEPS = (
    word_for_word,
    praise,
    blame,
    the_lowest,
    turned_round,
    the_novel,
    near_the_ends,
    to_take_along,
)


def _scale(text: str, tag: str = "") -> Block:
    """A sentence with the weight of each word, and the sum."""
    weighed, pieces, at = sentiment.weigh(text), list[tuple[str, float]](), 0
    for word in weighed.words:
        pieces += [(text[at : word.start], 0.0), (text[word.start : word.end], word.valence)]
        at = word.end
    return weights([*pieces, (text[at:], 0.0)], word_by_word(text).line, tag)


def _weighed(
    key: str, name: str, ask: str, text: str, why: str, note: str, tag: str = "", heard: str = ""
) -> Step:
    """A sentence whose sign the class foresees, then on the scales."""
    compound = sentiment.weigh(text).compound
    sign = sign_of(compound)

    def reveal(_: Hands) -> Sequence[Part]:
        said = f"VADER: {sign}, {signed(compound)}. {why}"
        parts = [Part(said, [_scale(text, tag)], [SIGNS.index(sign)], "VADER")]
        return [*parts, Part(heard)] if heard else parts

    plain = {"kind": "passage", "tag": tag, "note": "", "more": False, "pieces": [{"text": text, "mark": ""}]}
    return Step(key, name, ask, [plain], SIGNS, reveal, note)


def _picked(page: DemoPage, n: int, key: str, name: str) -> Step:
    """One of the page's sentences on which guessing teaches something; praise first, then blame."""
    picked = telling(page.corpus) if len(page.sentences) else page.sentences
    if picked.empty:
        raise NotHere("No sentence of this page is short and plain enough to weigh by hand.")
    against = picked[picked["attitude"].notna() & (picked["attitude"] != picked["compound"].map(sign_of))]
    side = against[against["attitude"] == ("positive", "negative")[n]]
    table = side if len(side) else picked.iloc[n : n + 1]
    if table.empty:
        raise NotHere("This page has no second sentence that is worth weighing.")
    table = table.assign(strength=table["compound"].abs()).sort_values("strength", ascending=False)
    row: Any = table.iloc[0]
    heard = row["attitude"]
    said = f"The key heard it as {heard} towards the film." if pd.notna(heard) else ""
    return _weighed(
        key,
        name,
        "Not what is meant: which sign will the words add up to?",
        " ".join(
            page.passage(Words(row["review_id"], row["start"], row["end"]))["pieces"][0]["text"].split()
        ),
        "Add it up aloud.",
        "Take hands twice if there is time: what does the writer mean, and what will the program say?",
        page.tag(str(row["review_id"])),
        said,
    )
