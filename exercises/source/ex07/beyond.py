"""More than chance: kappa and alpha, worked out by hand."""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.tasks import Task

from .._figures import as_table, figure
from .._labelled import ANNOTATORS, said
from . import _two
from .sharing import RUNS

_ASKED = ((1, "gives anything of the story away"), (2, "tells a secret, a turn or the end"))


def _counted(corpus: Corpus, least: int) -> list[tuple[str, str]]:
    one, two = ([str(row.grade(who) >= least) for row in said(corpus)] for who in ANNOTATORS)
    return list(zip(one, two, strict=True))


def kappa(corpus: Corpus) -> Task | None:
    """Kappa, from a table of two by two."""
    tables = ((what, _counted(corpus, least)) for least, what in _ASKED)
    what, pairs = next(((w, p) for w, p in tables if len({*p}) > 2), ("", []))
    yes, no = pairs.count(("True", "True")), pairs.count(("False", "False"))
    first, second = pairs.count(("True", "False")), pairs.count(("False", "True"))
    if not yes or not no:
        return None
    n, agreed, dealt = len(pairs), _two.raw(pairs), _two.by_chance(pairs)
    expected = _two.kappa(pairs)
    slips = {
        "raw-for-kappa": (agreed, "{yours} is raw agreement. How much of it comes for nothing?"),
        "chance-for-kappa": (dealt, "{yours} is agreement by chance. That has to be taken away."),
        "not-divided": (
            agreed - dealt,
            "{yours} is what they earned. Out of how much that could be earned?",
        ),
        "divided-by-everything": (
            (agreed - dealt) / agreed,
            "{yours} divides what was earned by what was reached. How much was there to be earned at the "
            "most?",
        ),
        "divided-by-chance": (
            (agreed - dealt) / dealt,
            "{yours} divides what was earned by chance. How much was there to be earned at the most?",
        ),
        "a-coin-for-chance": (
            (agreed - 0.5) / 0.5,
            "{yours} takes chance for a coin. One of the two answers is much more common than the other.",
        ),
        "agreement-on-yes-alone": (
            yes / (yes + first + second),
            "{yours} leaves out the sentences of which both say no. Do they not agree there?",
        ),
        "doubled-agreement-on-yes": (
            2 * yes / (2 * yes + first + second),
            "{yours} is another measure, which looks only at those that tell. Kappa begins with all "
            "sentences.",
        ),
        "the-rest": (1 - expected, "{yours} is what is missing from the answer to 1."),
        "differences-for-kappa": ((first + second) / n, "{yours} is the share on which they differ."),
        "chance-of-yes-alone": (
            (agreed - (yes + first) * (yes + second) / n**2) / (1 - (yes + first) * (yes + second) / n**2),
            "{yours}: dealt slips meet on *yes*, and on something else too. Does your chance have both?",
        ),
        "chance-of-no-alone": (
            (agreed - (no + first) * (no + second) / n**2) / (1 - (no + first) * (no + second) / n**2),
            "{yours}: dealt slips meet on *no*, and on something else too. Does your chance have both?",
        ),
    }
    table = as_table(
        ["", "annotator 2: yes", "annotator 2: no", "together"],
        [
            ["annotator 1: yes", yes, first, yes + first],
            ["annotator 1: no", second, no, second + no],
            ["together", yes + second, first + no, n],
        ],
    )
    return figure(
        "kappa",
        expected,
        slips,
        tolerance=0.0101,
        places=2,
        most=1.0,
        title="Kappa",
        points=3,
        statement=f"Both annotators were asked of every sentence of the page whether it {what}. "
        f"{RUNS}\n\n{table}\n\nWhat is Cohen’s kappa? Give two decimals. A pocket calculator will do; "
        "keep four decimals on the way.",
        hints=(
            "You need two numbers first: on what share they agree, and on what share dealt slips would.",
            "Both say yes, or both say no: that is agreement, read and dealt. For dealt slips use the "
            "numbers called *together*.",
            f"Chance is {yes + first}/{n} × {yes + second}/{n} + {no + second}/{n} × {no + first}/{n}. "
            "Then: agreement less chance, divided by one less chance.",
        ),
        solution=f"They agree on {yes} + {no} of {n}: {agreed:.3f}. Dealt slips would agree on "
        f"{dealt:.3f}, for most sentences get a *no* from both. There was {1 - dealt:.3f} to be earned, "
        f"and {agreed - dealt:.3f} of it was: κ = {expected:.2f}.",
        ask="Which two shares did you begin with, and what did you divide by what?",
        cites=("07, “How much is much?”", "07, “The same readers, the same review”"),
    )


def alpha(corpus: Corpus) -> Task | None:
    """Alpha, from a single bag."""
    number, pairs = _two.short_review(corpus)
    splits = {label: _two.split(pairs, label) for label in _two.SHORT}
    fit = {label: both for label, both in splits.items() if any(a != b for a, b in both)}
    if not fit:
        return None
    label, both = max(fit.items(), key=lambda item: _two.alpha(item[1]))
    n = len(both)
    ours = sum(side == "True" for pair in both for side in pair)
    others, apart = 2 * n - ours, sum(a != b for a, b in both)
    expected, differ = _two.alpha(both), _two.differs_by_chance(both)
    back = _two.differs_by_chance(both, back=True)
    slips = {
        "raw-for-alpha": (
            1 - apart / n,
            "{yours} is raw agreement. How far would labels from the bag differ?",
        ),
        "difference-for-alpha": (
            apart / n,
            "{yours} is the share on which they differ. That is where alpha begins.",
        ),
        "chance-for-alpha": (
            differ,
            "{yours} is how often two labels from the bag differ. What is to be divided by that?",
        ),
        "not-taken-from-one": (
            apart / n / differ,
            "{yours} grows with their differences. Alpha is 1 when there are none.",
        ),
        "one-order-only": (
            1 - (apart / n) / (differ / 2),
            "{yours}: two labels differ if the first is one of yours and the second another, and also "
            "the other way round.",
        ),
        "first-put-back": (
            1 - (apart / n) / back,
            "{yours} comes out if the first label is put back before the second is drawn. How many are "
            "left in the bag?",
        ),
        "kappa-for-alpha": (
            _two.kappa(both),
            "{yours} is kappa, with a bag for each reader. For alpha there is one bag.",
        ),
        "bag-of-sentences": (
            1 - (apart / n) / (2 * (ours / 2) * (n - ours / 2) / (n * (n - 1))),
            "{yours}: is your bag only as large as the review? Each sentence puts two labels into it.",
        ),
        "all-four-labels": (
            _two.alpha([(p.one, p.two) for p in pairs]),
            "{yours} keeps all the labels apart. Here one of them is set against the rest.",
        ),
        "a-coin-for-chance": (
            1 - apart / n / 0.5,
            "{yours} takes it that labels from the bag differ every other time.",
        ),
        "differences-counted-twice": (
            1 - 2 * apart / n / differ,
            "{yours}: on how many of the sentences do they differ? Count each sentence once.",
        ),
        "agreement-over-chance": (
            (1 - apart / n) / differ,
            "{yours} divides agreement by difference. What should be divided by difference?",
        ),
    }
    return figure(
        "alpha",
        expected,
        slips,
        tolerance=0.002,
        places=3,
        most=1.0,
        title="One bag",
        points=3,
        statement=f"Take the table of review {number} once more, and ask only one thing of each sentence: "
        f"*{label}*, or something else? Work out Krippendorff’s alpha for that question, with the single "
        "bag of the lesson. Give three decimals; keep four on the way.",
        hints=(
            f"Count the labels of both annotators together: how many are *{label}*, how many something else?",
            "Two labels are drawn, one after the other, and the first stays out. How often do they "
            "differ, in either order?",
            f"In the bag are {ours} and {others}. They differ with a share of 2 × {ours} × {others}, "
            f"divided by {2 * n} × {2 * n - 1}. Then: one, less the readers’ difference divided by that.",
        ),
        solution=f"On this question they differ on {apart} of {n} sentences: {apart / n:.4f}. In the bag "
        f"are {ours} times *{label}* and {others} others; two drawn from it differ with a share of "
        f"{differ:.4f}. α = 1 − {apart / n:.4f} / {differ:.4f} = {expected:.3f}. Of a single review that "
        "is little to go by: one sentence more or less moves it far.",
        ask="How many labels are in your bag, and on how many sentences do the two differ?",
        cites=("07, “How much is much?”",),
    )
