"""A word and what its neighbours make of it, and the sign that words come to together."""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import sort
from reviewkit.exercises.tasks import Task
from reviewkit.readings.sentiment import Word, weigh

from .._figures import figure
from .._labelled import mixed
from ._weighed import BLAME, NOUGHT, PRAISE, Weighed, quotable

_NEGATIONS = {"not", "never", "without", "no", "nothing", "nobody", "cannot", "can't", "don't", "isn't"}
_NEGATIONS |= {"doesn't", "didn't", "wasn't", "weren't", "wouldn't", "couldn't", "won't", "nor", "neither"}
_SIGNS = {
    PRAISE: "0.05 or more: the words lean to praise",
    BLAME: "−0.05 or less: the words lean to blame",
    NOUGHT: "between the two: nothing weighs, or it cancels out",
}


def valence(corpus: Corpus) -> Task:
    """What a negated word weighs in its place."""
    text, spoken, word = _negated(corpus)
    own, here = word.lexicon, word.valence
    side = "praise" if own > 0 else "blame"
    slips = {
        "not-turned": (
            own,
            "{yours} is what the word weighs by itself. Does nothing in front of it change that?",
        ),
        "turned-in-full": (
            -own,
            "{yours} turns the word right round, as if “not good” were as bad as “good” is good. What else "
            "does a negation do to it?",
        ),
        "smaller-not-turned": (
            round(0.74 * own, 3),
            "{yours} is made smaller, and still stands on the same side. Which side does a negation leave "
            "it on?",
        ),
        "negated-is-nothing": (
            0.0,
            "{yours} would mean that a negation wipes the word out. Is “not good” the same as silence?",
        ),
        "taken-away": (
            round(own - 0.74, 3),
            "{yours} takes the factor away from the valence. Is that what one does with a factor?",
        ),
        "one-taken-away": (
            round(own - 1, 3),
            "{yours} is the word less one. Which rule of the lesson says so?",
        ),
        "degree-for-negation": (
            round(own + (0.293 if own > 0 else -0.293), 3),
            "{yours} makes the word stronger, as *very* does. Which kind of word stands in front of it?",
        ),
        "weakened-for-negation": (
            round(own - (0.293 if own > 0 else -0.293), 3),
            "{yours} makes the word a little weaker, as *slightly* does. Which kind of word stands in front "
            "of it?",
        ),
        "but-for-negation": (
            round(0.5 * own, 3),
            "{yours} is half of it: the rule for what stands before *but*. Is that the rule for this place?",
        ),
        "after-but-for-negation": (
            round(1.5 * own, 3),
            "{yours} is half as much again: the rule for what stands after *but*. Is that the rule for "
            "this place?",
        ),
        "the-factor-itself": (-0.74, "{yours} is the factor. What is it to be multiplied with?"),
        "the-sentence-for-the-word": (
            round(weigh(text).compound, 2),
            "{yours} is the score of the whole sentence. The question is about one word.",
        ),
    }
    return figure(
        "valence",
        here,
        slips,
        tolerance=0.011,
        places=2,
        title="One word in its place",
        points=1,
        statement=f"> {text}\n\nIn VADER's lexicon *{spoken}* has a valence of {_signed(own)}. What does "
        "it weigh in this sentence? Work it out with the rules of the lesson, to two decimals, and with "
        "its sign.",
        hints=(
            f"Look at the three words before *{spoken}*. Is one of them in the list of rules?",
            f"The word leans to {side} by itself. To which side does its neighbour turn it, and how far?",
            "A negation multiplies the valence by a number that is below nought, and nearer to it than −1.",
        ),
        solution=f"Before *{spoken}* stands *{word.changed_by}*, which turns the valence round and makes it "
        f"smaller: {_signed(own)} × −0.74 = {_signed(here)}. That is a finding about English, built into the "
        "rule: what is not good is seldom as bad as something good is good.",
        ask="What does the word weigh by itself, which word changes it, and by which rule?",
        cites=("06, “◆ Word by word”",),
    )


def _negated(corpus: Corpus) -> tuple[str, str, Word]:
    """A sentence in which a word is negated and nothing else happens to it; a plain one otherwise."""
    found = []
    for sentence in quotable(corpus, 15, 120):
        for word in sentence.words:
            alone = word.changed_by.lower() in _NEGATIONS and abs(word.lexicon) >= 1
            if alone and abs(word.valence + 0.74 * word.lexicon) < 0.002:
                spoken = sentence.raw_word(word).lower()
                if sentence.text.lower().split().count(spoken) <= 1:
                    found.append((len(sentence.words), len(sentence.text), sentence, spoken, word))
    for *_, sentence, spoken, word in sorted(found, key=lambda each: each[:2]):
        return sentence.text, spoken, word
    plain = "The music is not beautiful, it is only loud."
    return plain, "beautiful", weigh(plain).words[0]


def _signed(value: float) -> str:
    return f"{value:+g}".replace("-", "−")


def signs(corpus: Corpus) -> Task | None:
    """To which side do the words of some sentences lean?"""
    rows = _telling(corpus)
    if len(rows) < 5 or len({s.weighs for s in rows}) < 3:
        return None
    letters = "abcdefgh"[: len(rows)]
    of = dict(zip(letters, rows, strict=True))
    right = {letter: s.weighs for letter, s in of.items()}
    slips = {(k, g): _sign_slip(s, g) for k, s in of.items() for g in _SIGNS if g != s.weighs}
    form, key = sort({k: s.text for k, s in of.items()}, _SIGNS, right, slips)
    wrong: list[tuple[object, str]] = [({**right, k: g}, name) for (k, g), (name, _) in slips.items()]
    meant = {k: s.heard() or s.weighs for k, s in of.items()}
    wrong += [(meant, "meaning-for-words"), (dict([*right.items()][:3]), "left-open")]
    wrong += [(dict.fromkeys(right, NOUGHT), "all-alike")]
    legend = "\n".join(f"- *{label}*: {means}" for label, means in _SIGNS.items())
    return Task(
        id="signs",
        kind="sort",
        title="What the words weigh",
        points=3,
        statement="To which side does VADER's score of each of these sentences lean? Work it out in your "
        "head, by the words alone: which of them will have been rated, and does a neighbour change them? "
        f"(To run them through the program would teach you nothing about it.)\n\n{legend}",
        starter='signs = ex.card("signs")\nsigns',
        answer=f"signs = {right!r}",
        form=form,
        key=key,
        hints=(
            "Do not ask what the writer means. Underline the words that people would rate if they saw them "
            "alone.",
            "A word can be rated in a sense that it has not got here, and a judgement can be made without "
            "any rated word.",
            "Where one word leans to each side, look which weighs more, and whether a *not* or a *but* "
            "is near.",
        ),
        solution=" ".join(_sign_why(k, s) for k, s in of.items()),
        ask="Which word of the sentence weighs most, seen by itself?",
        right=[right, [*right.values()], {k.upper(): f" {v.upper()}" for k, v in right.items()}],
        wrong=wrong,
        cites=("06, “◆ Predict the sign”", "06, “Words taken for others”"),
    )


def _telling(corpus: Corpus) -> list[Weighed]:
    """Sentences in which words and meaning part, and one or two in which they do not."""
    rows = [s for s in quotable(corpus, 15, 150) if not s.words or abs(s.compound) >= 0.1]
    kinds = (
        (2, [s for s in rows if s.heard() == PRAISE and s.weighs == BLAME]),
        (2, [s for s in rows if s.heard() == BLAME and s.weighs == PRAISE]),
        (1, [s for s in rows if s.heard() == BLAME and s.weighs == NOUGHT]),
        (1, [s for s in rows if s.heard() == PRAISE and s.weighs == NOUGHT]),
        (1, [s for s in rows if s.heard() == PRAISE and s.compound > 0.5]),
    )
    taken: list[Weighed] = []
    for most, each in kinds:
        long = sorted(each, key=lambda s: (abs(len(s.text) - 60), s.text))
        taken += [s for s in long if s.review_id not in {t.review_id for t in taken}][:most]
    return [s for s, _ in mixed((s, s.weighs) for s in taken)]


def _sign_slip(sentence: Weighed, given: str) -> tuple[str, str]:
    if given == sentence.heard():
        return (
            "meaning-for-words",
            "{item}: you say {yours}. That may well be what the writer means. What do the words weigh, one "
            "by one?",
        )
    if given == NOUGHT:
        return (
            "a-weighing-word-overlooked",
            "{item}: you say {yours}. Is there no word in it that people would rate, if they saw it alone?",
        )
    if sentence.weighs == NOUGHT:
        return (
            "no-word-carries-it",
            "{item}: you say {yours}. Which word of it carries that, seen by itself?",
        )
    return (
        "other-words-weigh-more",
        "{item}: you say {yours}. Which words lean to the other side, and does a neighbour change one?",
    )


def _sign_why(letter: str, sentence: Weighed) -> str:
    told = ", ".join(f"*{sentence.raw_word(w)}* {_signed(round(w.valence, 1))}" for w in sentence.words)
    score = f"{sentence.compound:+.2f}".replace("-", "−")
    heard = f" Readers heard {sentence.heard()}." if sentence.heard() else ""
    return f"{letter}: {sentence.weighs} ({score}): {told or 'no word weighs'}.{heard}"
