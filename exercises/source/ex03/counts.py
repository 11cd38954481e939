"""Where a review warns and where it tells, how many tell early, and who keeps a secret."""

from __future__ import annotations

from typing import Any

import pandas as pd

import reviewkit as rk
from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import claim, number
from reviewkit.exercises.tasks import Task

from .._labelled import legend, sorting, verdict

_HANDLING = {
    "warned": "tells a secret, a turn or the end, and warns before it does",
    "unwarned": "tells, and does not warn, or warns too late",
    "withheld": "does not tell, and says that it will not",
    "spoiler-free": "does not tell, and does not speak of it",
}


def handling(corpus: Corpus) -> Task | None:
    """A verdict on each of some reviews, from the places of what it says."""
    rows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    refusing = corpus.key[(corpus.key["layer"] == "spoilers") & (corpus.key["label"] == "withholding")]
    refused = set(refusing["review_id"])
    for row in rk.first_reveals(corpus, source="key").table.itertuples():
        tells, warns = _percent(row.first_reveal), _percent(row.warned_at)
        if tells is not None and tells == warns:
            continue
        late = tells is not None and warns is not None and warns > tells
        refuses = row.review_id in refused
        case = f"{'late' if late else ''} {'refuses' if refuses else ''}"
        text = (
            f"Warning: {_at(warns)}. Secret, turn or end first told: {_at(tells)}. "
            f"Refusal: {'yes' if refuses else 'none'}."
        )
        rows.setdefault((str(row.handling), case), []).append((text, str(row.handling)))
    cases = sorted(rows.items(), key=lambda item: (item[0][1].strip() == "", item[0]))
    taken = [each[0] for _, each in cases][:7]
    more = [each for _, several in cases for each in several[1:2]]
    taken += more[: 7 - len(taken)]
    if len({label for _, label in taken}) < 3 or len(taken) < 5:
        return None
    taken.sort(key=lambda pair: (len(pair[0]) % 3, pair[0][9:20]))
    return sorting(
        [(text, label, {}) for text, label in taken],
        _HANDLING,
        _handling_slip,
        id="handling",
        judgement=False,
        title="How was it handled?",
        points=3,
        statement=f"Here are {len(taken)} reviews of the page, without their words: only where each of "
        "them first warns and first tells (0 is its first letter, 100 its last), and whether it refuses "
        f"to tell something. What is the verdict on each?\n\n{legend(_HANDLING)}",
        hints=(
            "Ask first: does it tell, or not? That leaves two verdicts.",
            "If it tells, compare two numbers. If it does not, look at the last entry.",
            "Whoever has told has told, whatever they promised; and a warning is for those who come by "
            "before.",
        ),
        solution="Telling decides first. Of those that tell, a review is `warned` only if its warning "
        "stands before the first thing that it tells; a warning afterwards, or a refusal beside the "
        "telling, changes nothing. Of those that do not tell, `withheld` is for those that say so.",
        ask="For the one that you doubt: does it tell, and what had its reader been told before that point?",
        cites=("03, “◆ Who warns, who withholds, who tells”", "03, “Where in the review?”"),
    )


def _percent(share: Any) -> int | None:
    return None if pd.isna(share) else round(100 * float(share))


def _at(percent: int | None) -> str:
    return "none" if percent is None else f"at {percent} of 100"


def _handling_slip(right: str, given: str) -> tuple[str, str]:
    tells, says_tells = right in ("warned", "unwarned"), given in ("warned", "unwarned")
    if tells and given == "withheld":
        return (
            "promise-for-deed",
            "{item}: you say {yours}. It may have said so; look whether it kept to it.",
        )
    if tells and not says_tells:
        return ("telling-overlooked", "{item}: you say {yours}. What does its second entry say?")
    if not tells and says_tells:
        return ("told-where-nothing-is", "{item}: you say {yours}. At which place does it tell?")
    if right == "unwarned":
        return "late-is-not-before", (
            "{item}: you say {yours}. Somebody reads from the beginning. What do they meet first?"
        )
    if right == "warned":
        return (
            "warning-overlooked",
            "{item}: you say {yours}. Somebody reads from the beginning. What do they meet first?",
        )
    if right == "withheld":
        return ("refusal-overlooked", "{item}: you say {yours}. What does its last entry say?")
    return (
        "silence-as-refusal",
        "{item}: you say {yours}. To say nothing, and to say that one will not say, are two things.",
    )


def first_half(corpus: Corpus) -> Task | None:
    """How many of those that tell do so in the first half."""
    found = rk.first_reveals(corpus, source="rule").table
    at = found["first_reveal"].astype("float64")
    tell, early = int(at.notna().sum()), int((at < 0.5).sum())
    if tell < 4 or early in (0, tell):
        return None
    graded = rk.read(corpus, "spoilers")
    telling = graded[graded["label"].isin(["major", "everything"])]
    size = corpus.reviews.set_index("review_id")["text"].str.len()
    halves = telling["start"] / telling["review_id"].map(size) < 0.5
    warned = found["warned_at"].astype("float64")
    slips = {
        "the-other-half": (
            tell - early,
            "{yours} first tell **after** the middle. Which way does your sign point?",
        ),
        "all-that-tell": (tell, "{yours} is how many tell at all. Where do they begin to?"),
        "not-telling-as-early": (
            len(at) - (tell - early),
            "{yours} has those among them that tell nothing. Is nothing told before the middle, then?",
        ),
        "those-that-do-not-tell": (len(at) - tell, "{yours} is how many tell nothing."),
        "everybody": (len(at), "{yours} is how many reviews there are."),
        "sentences-for-reviews": (
            int(halves.sum()),
            "{yours}: you have counted sentences that tell. The question is about reviews, and each has "
            "one first.",
        ),
        "all-sentences": (len(telling), "{yours} is how many sentences tell. The question is about reviews."),
        "not-with-the-late": (
            len(at) - early,
            "{yours} is everybody but those that were asked for. Did you turn the sign round?",
        ),
        "place-of-the-warning": (
            int((warned < 0.5).sum()),
            "{yours}: that is where reviews warn. Where do they tell?",
        ),
        "middle-of-the-row": (
            int((at <= at.median()).sum()),
            "{yours}: that is half of the row of reviews. The question is about the middle of each text.",
        ),
        "a-share-for-a-count": (round(early / tell, 2), "{yours} is a share. How many reviews are that?"),
        "hints-counted": (
            int(graded[graded["label"].isin(["minor", "major", "everything"])]["review_id"].nunique()),
            "{yours}: those are all that give anything away, a premise too. The question is about "
            "secrets and ends.",
        ),
    }
    form, key = number(early, slips, unit="reviews", most=len(at))
    seen: dict[float, str] = {}
    for name, (value, _) in slips.items():
        if value != early:
            seen.setdefault(float(value), name)
    code = 'told = rk.first_reveals(corpus, source="rule").table\nat = told["first_reveal"]'
    return Task(
        id="early",
        kind="number",
        title="Before the middle",
        points=2,
        python=True,
        statement="By the kit's rules, how many reviews have told a secret, a turn or the end **before "
        "the middle** of their text? In the column `first_reveal` stands after how much of its text each "
        "review first tells, from 0 to 1; `<NA>` stands where it does not.",
        starter=f"{code}\n\nearly = ...",
        answer=f"{code}\n\nearly = (at < 0.5).sum()",
        form=form,
        key=key,
        hints=(
            "The middle of a text has the same number in every review, long or short.",
            "A comparison with the column gives True or False for each review, and `.sum()` counts the "
            "True ones.",
            "Write `(at < ...).sum()`, with the middle in the place of the dots.",
        ),
        solution=f"`(at < 0.5).sum()` gives {early}, of {tell} that tell. A review that does not tell is "
        "unknown in this column, and unknown is not below anything. Where most of what is told stands is "
        f"another question: of {len(telling)} sentences that tell, {int(halves.sum())} stand in the first "
        "half.",
        ask="What is one row of your count: a review, or a sentence? And where is the middle of a text?",
        right=[early, float(early), str(early), f"{early} reviews"],
        wrong=[
            *((v, n) for v, n in seen.items()),
            (-early, "below-nought"),
            (len(at) + 7, "more-than-there-are"),
        ],
        cites=("03, “Where in the review?”",),
    )


def liking(corpus: Corpus) -> Task | None:
    """Whether those who keep a secret like the film, and what follows."""
    stance, handled = verdict(corpus, "stance"), verdict(corpus, "spoilers")
    likes, keeps = (stance == "favourable").reindex(handled.index), handled == "withheld"
    n, k, rest, others = (
        int(keeps.sum()),
        int(likes[keeps].sum()),
        int((~keeps).sum()),
        int(likes[~keeps].sum()),
    )
    if n < 2 or not rest or k / n == others / rest or 2 * k > k + others:
        return None
    right = "b" if k / n > others / rest else "c"
    verdicts = {
        "a": "The table bears it out, of reviewers in general.",
        "b": "Of these reviews it is true that they go together; whether one makes the other, and "
        "whether it is so elsewhere, the table does not say.",
        "c": "Of these reviews not even that is true: those who keep the secret like the film less often "
        "than the rest.",
        "d": "The table says nothing at all, not even of these reviews.",
    }
    slips = {
        "a": ("page-for-the-world", "Of whom does the table speak? Count the reviews in its smallest row."),
        "b": (
            "shares-misread",
            "Go back to the two rows, and compare how large a part of each is favourable.",
        ),
        "c": (
            "counts-for-shares",
            "Go back to the two rows: one of them is much longer. How large a **part** of each is "
            "favourable?",
        ),
        "d": (
            "nothing-from-something",
            "Few reviews cannot speak for others. Can they not be counted themselves?",
        ),
    }
    slips.pop(right)
    grounds = {
        "a": f"{k} of {n} who withhold are favourable, and {others} of {rest} of the others.",
        "b": f"There are only {n} reviews that withhold: one of another kind would change their share a "
        "good deal.",
        "c": "The table does not say which came first, the liking or the keeping, nor what else may lie "
        "behind both.",
        "d": "Most of the favourable reviews withhold.",
        "e": "The key was made by careful readers, so what it shows holds for other pages too.",
        "f": "Nobody would keep a secret for the sake of a film that they dislike.",
    }
    taken = {
        "d": (
            "turned-round",
            "d: that sentence goes from liking to keeping. Count it in the table the same way round.",
        ),
        "e": (
            "careful-for-many",
            "e: careful reading makes labels sound. Does it add any reviews to the page?",
        ),
        "f": ("plausible-is-not-shown", "f: it may well be so. Where does the table show it?"),
    }
    left = dict.fromkeys(
        "abc", ("ground-overlooked", "There is another good ground that you have not taken.")
    )
    form, key = claim(verdicts, right, slips, grounds=grounds, sound="abc", taken=taken, left=left)
    good = {"verdict": right, "grounds": ["a", "b", "c"]}
    wrong: list[tuple[object, str]] = [({**good, "verdict": v}, said[0]) for v, said in slips.items()]
    wrong += [({**good, "grounds": ["a", "b", "c", g]}, said[0]) for g, said in taken.items()]
    wrong += [({**good, "grounds": each}, "ground-overlooked") for each in (["a"], ["b", "c"], ["a", "c"])]
    wrong += [
        ({"verdict": "", "grounds": ["a", "b"]}, "no-verdict"),
        ({"verdict": "a", "grounds": ["e", "f"]}, "page-for-the-world"),
    ]
    return Task(
        id="liking",
        kind="claim",
        title="To withhold is to recommend?",
        points=4,
        statement="Somebody claims: *Reviewers who keep a secret do so because they like the film.* By "
        f"the key of this page:\n\n| | reviews | of these favourable |\n|---|---|---|\n| withhold | {n} | "
        f"{k} |\n| all others | {rest} | {others} |\n\nWhich verdict does the table allow, and which of "
        "the statements are good grounds for it?",
        starter='liking = ex.card("liking")\nliking',
        answer=f"liking = {good!r}",
        form=form,
        key=key,
        hints=(
            "Make two fractions of the table, and compare them.",
            "Put one more review into the first row, with the other verdict. What becomes of the fraction?",
            "A good ground can be read off the table, or says what the table lacks. Test each of the six.",
        ),
        solution=f"{k} of {n} against {others} of {rest}: so much is a fact about this page. *Because* is "
        f"another matter. With {n} reviews in one row a single one tips it; nobody was told to like the "
        "film or to keep its secret, so each may lead to the other, or something else to both. That a "
        "thing is plausible is a reason to look further, and no finding."
        + (" The reviews are invented besides." if corpus.invented else ""),
        ask="Of whom does your verdict speak, and which cell of the table shows it?",
        right=[
            good,
            {"verdict": verdicts[right], "grounds": "a, b, c"},
            {"verdict": right.upper(), "grounds": {g: g in "abc" for g in grounds}},
        ],
        wrong=wrong,
        cites=("03, “How to say that you will not say”", "03, “Who warns more?”"),
    )
