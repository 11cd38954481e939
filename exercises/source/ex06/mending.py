"""Which wrong scores could be mended, and by what?"""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from .._labelled import legend, sorting, variant

_WHAT = {
    "the lexicon": "a word is missing in it, or stands there for another meaning: change an entry",
    "a rule": "the words are rated well enough, but the rules mistake what neighbours do: change a rule",
    "neither": "the words and their neighbours are read as they stand; one has to know who means what",
}
_Case = tuple[str, str, str, str]
# a sentence, the key's label, another reader's, and what VADER makes of it
_CASES: tuple[tuple[_Case, ...], ...] = (
    (
        ("The dialogue is clunky.", "the lexicon", "", "0.00, for *clunky* is not in it"),
        (
            "Nobody who has seen it will call it good.",
            "a rule",
            "",
            "+0.44, for a negation counts up to three words back and no further",
        ),
        (
            "Lovely, they cut the only scene that mattered.",
            "neither",
            "",
            "+0.40, for it cannot know that *lovely* is said in scorn",
        ),
        (
            "The novel lay on the table in every scene.",
            "the lexicon",
            "a rule",
            "+0.32, for *novel* was rated as an adjective (a rule could look at the word before it)",
        ),
        (
            "I sobbed for an hour. Go and see it.",
            "neither",
            "",
            "−0.44, for it cannot know that these tears are praise",
        ),
        (
            "It is anything but good.",
            "a rule",
            "",
            "+0.59, for it takes every *but* for a contrast, and makes *good* stronger",
        ),
        (
            "My brother says it is a masterpiece, and my brother sleeps through films.",
            "neither",
            "",
            "+0.62, for it cannot know whose opinion this is, and what it is worth",
        ),
    ),
    (
        (
            "Oh wonderful, another slow walk along a beach.",
            "neither",
            "",
            "+0.57, for it cannot know that *wonderful* is said in scorn",
        ),
        (
            "It isn't, whatever they say, a good film.",
            "a rule",
            "",
            "+0.44, for a negation counts up to three words back and no further",
        ),
        ("The last half hour is unwatchable.", "the lexicon", "", "0.00, for *unwatchable* is not in it"),
        (
            "The papers call it superb, and the papers were at the dinner.",
            "neither",
            "",
            "+0.62, for it cannot know whose opinion this is, and what it is worth",
        ),
        (
            "It is by no means a good film.",
            "a rule",
            "",
            "+0.18, for it weighs *no* by itself, and does not hear that *by no means* turns *good* round",
        ),
        (
            "The party of five arrives at the house.",
            "the lexicon",
            "a rule",
            "+0.40, for *party* was rated as a feast (a rule could look at the words around it)",
        ),
        (
            "I was a wreck afterwards, and I have booked again.",
            "neither",
            "",
            "−0.44, for it cannot know that being a wreck is praise here",
        ),
    ),
)


def mend(corpus: Corpus) -> Task:
    """What could put each of some wrong scores right?"""
    cases = _CASES[variant(corpus)]
    letters = "abcdefg"
    return sorting(
        [(text, label, {"another": other} if other else {}) for text, label, other, _ in cases],
        _WHAT,
        _slip,
        id="mend",
        title="Could it be mended?",
        points=3,
        statement="Here are seven sentences that VADER gets wrong. (They were made up for this task.) "
        "For each: what would put it right without doing harm elsewhere, another entry in the lexicon, "
        f"another rule about neighbours, or neither?\n\n{legend(_WHAT)}",
        hints=(
            "Ask first which word weighs, or should weigh and does not. Is it rated for what it means here?",
            "If the rated word is rated rightly: does a neighbour change what it means, and does VADER "
            "miss that?",
            "If words and neighbours are read as they stand, and the score is wrong all the same, then "
            "what is missing stands in no list: whose opinion, meant how, about which kind of work?",
        ),
        solution="What VADER gives, and why. "
        + " ".join(
            f"{letter}: {why}; *{label}*." for letter, (_, label, _, why) in zip(letters, cases, strict=True)
        )
        + " To enter a word of praise as scorn would spoil every sentence in which it is meant; that is "
        "what *neither* says. A larger program that has read much may guess some of these. It cannot "
        "show you why.",
        ask="If the change were made: which other sentences would it touch, and would they come out right?",
        cites=("06, “Words taken for others”", "06, “◆ Word by word”", "06, “What did readers hear?”"),
    )


def _slip(right: str, given: str) -> tuple[str, str]:
    said = {
        ("neither", "the lexicon"): (
            "an-entry-for-a-meaning",
            "{item}: you say {yours}. Write the entry. What would it do to a sentence in which somebody "
            "means the word?",
        ),
        ("neither", "a rule"): (
            "a-rule-for-a-meaning",
            "{item}: you say {yours}. Which neighbour could it go by, that does not stand in honest "
            "sentences too?",
        ),
        ("the lexicon", "neither"): (
            "too-deep",
            "{item}: you say {yours}. Is there irony in it, or somebody else's voice? Look at the single "
            "words: which is rated, and for what?",
        ),
        ("the lexicon", "a rule"): (
            "a-rule-without-a-word",
            "{item}: you say {yours}. Rules change the weight of words that have one. Is there such a word?",
        ),
        ("a rule", "the lexicon"): (
            "the-word-is-rated",
            "{item}: you say {yours}. The word that weighs is in the lexicon, and means what it was "
            "rated for. What happens in front of it?",
        ),
        ("a rule", "neither"): (
            "gives-up-too-soon",
            "{item}: you say {yours}. Anybody who knows the grammar hears it without knowing the writer. "
            "Which little words do it?",
        ),
    }
    return said[right, given]
