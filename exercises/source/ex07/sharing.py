"""Agreement, and agreement by chance, worked out by hand."""

from __future__ import annotations

from collections import Counter

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from .._figures import as_table, figure
from . import _two

RUNS = "The two annotators are runs of a language model, not people."


def _shown(number: int, pairs: list[_two.Pair]) -> str:
    head = ["sentence", *(str(n) for n in range(1, len(pairs) + 1))]
    rows = [
        ["annotator 1", *(_two.SHORT[p.one] for p in pairs)],
        ["annotator 2", *(_two.SHORT[p.two] for p in pairs)],
    ]
    return (
        f"In review {number} two annotators have said of each sentence that comments on the film whether "
        f"it is positive, negative, mixed or neutral towards it. {RUNS}\n\n{as_table(head, rows)}"
    )


def raw(corpus: Corpus) -> Task | None:
    """On what share of a review's sentences two annotators agree."""
    number, pairs = _two.short_review(corpus)
    if not pairs:
        return None
    both = [(p.one, p.two) for p in pairs]
    n, same = len(both), sum(a == b for a, b in both)
    usual = Counter(a for a, b in both if a == b).most_common(1)[0]
    kinds = len({label for pair in both for label in pair})
    slips = {
        "differences-for-agreement": (
            (n - same) / n,
            "{yours} is the share on which they differ. What is asked?",
        ),
        "of-all-labels-given": (
            same / (2 * n),
            "{yours} is a share of all the labels in the table. How many sentences are there?",
        ),
        "the-commonest-label-alone": (
            usual[1] / n,
            "{yours} counts only one kind of agreement. Do two who both say something else not agree?",
        ),
        "agreements-against-differences": (
            same / (n - same),
            "{yours} sets agreements against differences. Of what is a share to be taken?",
        ),
        "less-the-differences": (
            (2 * same - n) / n,
            "{yours} takes the differences away a second time. They are not among the agreements to "
            "begin with.",
        ),
        "a-count-for-a-share": (float(same), "{yours} is how many they agree on. What share of all is that?"),
        "a-count-of-differences": (
            float(n - same),
            "{yours} is how many they differ on. A share of agreement was asked for.",
        ),
        "neutral-left-out": (
            sum(a == b != "neutral" for a, b in both) / n,
            "{yours} does not count it as agreement when both say neutral. Have they not said the same?",
        ),
        "one-label-of-several": (
            1 / kinds,
            "{yours} is one divided by the number of labels. Did you count the columns?",
        ),
        "one-too-few": ((same - 1) / n, "{yours} is close. Go through the columns once more, with a finger."),
        "one-too-many": (
            (same + 1) / n,
            "{yours} is close. Go through the columns once more, with a finger.",
        ),
    }
    return figure(
        "raw",
        same / n,
        slips,
        tolerance=0.006,
        places=2,
        most=1.0,
        title="How far do they agree?",
        points=1,
        statement=f"{_shown(number, pairs)}\n\nOn what share of the sentences do they agree? Give two "
        "decimals.",
        hints=(
            "Go through the table column by column.",
            "A share is a part divided by a whole. Count both.",
            f"Count the columns in which the same word stands twice, and divide by {n}.",
        ),
        solution=f"They give the same label to {same} of {n} sentences: {same / n:.2f}. That is raw "
        "agreement, and it says nothing yet of how much of it one would get for nothing.",
        ask="How many columns are there, and in how many of them do the two agree?",
        cites=("07, “How much is much?”",),
    )


def chance(corpus: Corpus) -> Task | None:
    """How far they would agree if they dealt their labels out."""
    _, pairs = _two.short_review(corpus)
    if not pairs:
        return None
    both = [(p.one, p.two) for p in pairs]
    n, expected = len(both), _two.by_chance(both)
    one, two = Counter(a for a, _ in both), Counter(b for _, b in both)
    labels = [label for label in _two.SHORT if one[label] or two[label]]
    parts = [one[label] * two[label] for label in labels]
    slips = {
        "all-labels-alike": (
            1 / len(labels),
            "{yours} would be right if each label were given equally often. How often was each of them "
            "given?",
        ),
        "four-labels-alike": (
            0.25,
            "{yours} is one of four. Were the four labels given equally often?",
        ),
        "a-coin": (
            0.5,
            "{yours} is a coin’s share. There are more than two labels, and they are not equally common.",
        ),
        "raw-for-chance": (
            _two.raw(both),
            "{yours} is how far they did agree. How far would they have agreed without reading?",
        ),
        "one-label-alone": (
            max(parts) / n**2,
            "{yours} counts only how often both would deal one of the labels. They can meet on the "
            "others too.",
        ),
        "differing-for-agreeing": (
            1 - expected,
            "{yours} is how often dealt slips would differ. What is asked?",
        ),
        "divided-once": (
            sum(parts) / n,
            "{yours} is more than a share can be, or a count. Each of the two numbers is out of all the "
            "sentences.",
        ),
        "a-count-for-a-share": (
            n * expected,
            "{yours}: is that a number of sentences? The share is asked for.",
        ),
        "one-bag": (
            1 - _two.differs_by_chance(both, back=True),
            "{yours} throws both annotators’ labels into one bag. Here each of them keeps their own.",
        ),
        "one-reader-twice": (
            sum(k * k for k in one.values()) / n**2,
            "{yours} lets the first annotator meet themselves. Whose labels are to be multiplied with whose?",
        ),
        "the-other-reader-twice": (
            sum(k * k for k in two.values()) / n**2,
            "{yours} lets the second annotator meet themselves. Whose labels are to be multiplied with "
            "whose?",
        ),
        "only-what-they-met-on": (
            sum(a == b for a, b in both) / n**2,
            "{yours} begins with the sentences on which they met. Dealt slips know nothing of these.",
        ),
        "shares-added": (
            sum(one[label] + two[label] for label in labels) / n**2,
            "{yours} adds the two numbers of each label. How often do two things happen together?",
        ),
        "nothing-by-chance": (0.0, "Would two who deal the same few labels never meet?"),
    }
    told = " + ".join(f"{one[label]}/{n} × {two[label]}/{n}" for label in labels)
    return figure(
        "chance",
        expected,
        slips,
        tolerance=0.006,
        places=2,
        most=1.0,
        title="And if nobody had read?",
        points=2,
        statement="Take the table of the last task again. Suppose that annotator 2 has the same labels "
        "on slips of paper, shuffles them, and deals one to each sentence without reading. On what share "
        "of the sentences would the two agree, on average? Give two decimals.",
        hints=(
            "Write down for each of the two how often they gave each label. The order of sentences no "
            "longer matters.",
            "How often do both say *negative*? The share of the one times the share of the other. And so "
            "for each label.",
            f"There are {len(labels)} products to add up. Each is two counts multiplied, divided by {n} × "
            f"{n}.",
        ),
        solution=f"In the order {', '.join(labels)}: {told} = {sum(parts)}/{n * n} = {expected:.2f}. So "
        "much agreement comes for nothing, from how often each label is given, and not from reading.",
        ask="How often did each of them give each label, and which of these numbers did you multiply?",
        cites=("07, “How much is much?”",),
    )
