"""What is taken for what, and what follows from a high agreement?"""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import claim
from reviewkit.exercises.tasks import Task

from .._figures import as_table, figure
from .._labelled import ANNOTATORS, said
from . import _two
from .sharing import RUNS


def matrix(corpus: Corpus) -> Task | None:
    """On how many sentences is it in question whether anything is judged at all?"""
    pairs = [(p.one, p.two) for p in _two.attitudes(corpus)]
    labels = [*_two.SHORT]
    n = {(a, b): pairs.count((a, b)) for a in labels for b in labels}
    row = sum(n["neutral", b] for b in labels if b != "neutral")
    column = sum(n[a, "neutral"] for a in labels if a != "neutral")
    apart = sum(v for (a, b), v in n.items() if a != b)
    expected = row + column
    if not expected or len(pairs) < 20:
        return None
    slips = {
        "every-difference": (
            apart,
            "{yours} is how many they differ on at all. On which of these does one of them hear no "
            "judgement?",
        ),
        "one-row": (
            row,
            "{yours} are the sentences on which one of the two says neutral and the other not. Can it be "
            "the other way round as well?",
        ),
        "one-column": (
            column,
            "{yours} are the sentences on which one of the two says neutral and the other not. Can it be "
            "the other way round as well?",
        ),
        "agreement-for-difference": (
            n["neutral", "neutral"],
            "{yours} is how often both say neutral. There they agree.",
        ),
        "the-whole-row": (
            row + n["neutral", "neutral"],
            "{yours} is a whole row. Is there a cell in it on which they agree?",
        ),
        "the-whole-column": (
            column + n["neutral", "neutral"],
            "{yours} is a whole column. Is there a cell in it on which they agree?",
        ),
        "neutral-by-anybody": (
            expected + n["neutral", "neutral"],
            "{yours} is how often anybody says neutral. Sometimes they both do.",
        ),
        "praise-against-blame": (
            n["positive", "negative"] + n["negative", "positive"],
            "{yours} is how often one hears praise and the other blame. The question is about hearing "
            "nothing.",
        ),
        "blame-or-nothing-alone": (
            n["negative", "neutral"] + n["neutral", "negative"],
            "{yours} takes only blame against nothing. What else can the other one have heard?",
        ),
        "praise-or-nothing-alone": (
            n["positive", "neutral"] + n["neutral", "positive"],
            "{yours} takes only praise against nothing. What else can the other one have heard?",
        ),
        "other-differences": (
            apart - expected,
            "{yours} are the differences in which neither says neutral. The question is about the others.",
        ),
        "the-diagonal": (
            len(pairs) - apart,
            "{yours} is how many they agree on. Where in the table do differences stand?",
        ),
        "everything": (len(pairs), "{yours} is how many sentences there are."),
    }
    table = as_table(
        ["annotator 1 \\ annotator 2", *labels], [[a, *(n[a, b] for b in labels)] for a in labels]
    )
    opposite = n["positive", "negative"] + n["negative", "positive"]
    return figure(
        "matrix",
        float(expected),
        {name: (float(value), says) for name, (value, says) in slips.items()},
        unit="sentences",
        most=float(len(pairs)),
        title="Is anything judged at all?",
        points=2,
        statement="Here is what the two annotators made of all the sentences of the page that comment on "
        f"the film. A row is what annotator 1 said, a column what annotator 2 said.\n\n{table}\n\nOn how "
        "many sentences do they differ on **whether anything is judged at all**: one of them says "
        "*neutral*, and the other does not?",
        hints=(
            "Agreement stands on the diagonal. Leave it aside.",
            "There is a row *neutral* and a column *neutral*.",
            "Add up the row *neutral* and the column *neutral*, both without the cell in which they meet.",
        ),
        solution=f"In the row *neutral* {row}, in the column *neutral* {column}, without the cell on the "
        f"diagonal: {expected} of {apart} differences. One hears praise where the other hears blame: "
        f"{opposite} times. Differences are not equally bad: whoever counts praise and blame loses little "
        "by some of these, and much by others.",
        ask="Which cells of the table did you add up, and what do the two annotators say in each of them?",
        cites=("07, “What do they take for what?”",),
    )


def right(corpus: Corpus) -> Task | None:
    """Does agreement show that labels are right?"""
    rows = said(corpus)
    pairs = [(row.stage(ANNOTATORS[0]), row.stage(ANNOTATORS[1])) for row in rows]
    if len(pairs) < 20:
        return None
    same, value = sum(a == b for a, b in pairs), _two.kappa(pairs)
    verdicts = {
        "a": "It is borne out: so much agreement, beyond chance, shows that the labels are right.",
        "b": "It is refuted: where they differ at least one is wrong, so the labels cannot be trusted.",
        "c": "The two can apply the manual alike; that the labels are right, or anybody’s, does not follow.",
        "d": "Reading cannot be counted, so the figures say nothing.",
    }
    slips = {
        "a": (
            "agreement-for-truth",
            "You go from agreeing to being right. Can two who read alike not both be mistaken?",
        ),
        "b": (
            "difference-for-failure",
            "You make much of the few on which they differ. What do the many show, if anything?",
        ),
        "d": (
            "reading-cannot-be-counted",
            "That two readers gave the same label can be counted, and was. What does the count show, and "
            "what not?",
        ),
    }
    grounds = {
        "a": "A label on which two agree by kappa, and not by chance alone, is a right one.",
        "b": "Both are runs of one language model: what one of them overlooks, the other may overlook as "
        "well.",
        "c": "To be right is more than to be alike, and has to be held against something else.",
        "d": "Figures above .80 are called firm, and what is called firm is true.",
        "e": "No people have labelled the page by this manual, so nobody knows whether they would come "
        "to the same.",
        "f": "Where two readers differ the manual has failed, for a good one leaves no differences.",
        "g": "Two who go by the same manual cannot see what it has no label for.",
    }
    taken = {
        "a": ("chance-corrected-for-true", "a: kappa takes chance away. Does it take a common mistake away?"),
        "d": (
            "a-convention-for-a-proof",
            "d: who calls it so, and what is to rest on it? A name proves nothing.",
        ),
        "f": (
            "difference-for-failure",
            "f: can a text not do two things at once, or readers know different things?",
        ),
    }
    left = dict.fromkeys(
        "bceg", ("ground-overlooked", "There is another good ground that you have not taken.")
    )
    form, key = claim(verdicts, "c", slips, grounds=grounds, sound="bceg", taken=taken, left=left)
    best = {"verdict": "c", "grounds": ["b", "c", "e", "g"]}
    wrong: list[tuple[object, str]] = [
        ({**best, "verdict": "a"}, "agreement-for-truth"),
        ({**best, "verdict": "b"}, "difference-for-failure"),
        ({**best, "verdict": "d"}, "reading-cannot-be-counted"),
        ({"verdict": "a", "grounds": ["a", "d"]}, "agreement-for-truth"),
        ({"verdict": "b", "grounds": ["f"]}, "difference-for-failure"),
        ({"verdict": "c", "grounds": ["a", "b", "c", "e", "g"]}, "chance-corrected-for-true"),
        ({"verdict": "c", "grounds": ["b", "c", "d"]}, "a-convention-for-a-proof"),
        ({"verdict": "c", "grounds": ["b", "f"]}, "difference-for-failure"),
        ({"verdict": "c", "grounds": ["b"]}, "ground-overlooked"),
        ({"verdict": "c", "grounds": []}, "ground-overlooked"),
        ({"verdict": "c", "grounds": [*grounds]}, "took-everything"),
        ({"verdict": "", "grounds": ["b", "c", "e", "g"]}, "no-verdict"),
    ]
    return Task(
        id="right",
        kind="claim",
        title="Agreed, therefore right?",
        points=3,
        statement="The same two annotators said of every sentence of the page what it does (its stage, "
        f"of ten). They agree on {same} of {len(pairs)} sentences, and kappa is {value:.2f}. {RUNS} "
        "Somebody concludes: *So the labels are right, and any careful reader would give them.* What do "
        "you say to that, and which of these are good grounds for your verdict?",
        starter='right = ex.card("right")\nright',
        answer=f"right = {best!r}",
        form=form,
        key=key,
        hints=(
            "The conclusion says two things: *right*, and *any careful reader*. Who would have to be "
            "asked for each?",
            "Imagine two readers with the same blind spot. What would their kappa be?",
            "Four grounds name something that agreement between these two cannot show.",
        ),
        solution=f"{same} of {len(pairs)}, and a kappa of {value:.2f}, show that two can come to the same "
        "labels by this manual. Two runs of one program can share a mistake; nobody else has been asked; "
        "and whoever reads by a manual sees what it has labels for. That they differ on some sentences "
        "refutes nothing: some sentences do two things, and some readers know what others do not.",
        ask="What did the two do, and who else would have to do what before the conclusion followed?",
        right=[
            best,
            {"verdict": "C", "grounds": "b, c, e and g"},
            {"verdict": verdicts["c"], "grounds": {g: g in "bceg" for g in grounds}},
        ],
        wrong=wrong,
        cites=("07, “What agreement cannot show”",),
    )
