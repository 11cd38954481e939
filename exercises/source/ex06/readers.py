"""What the words weigh, held against what readers heard."""

from __future__ import annotations

import re
from typing import Any

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import spans
from reviewkit.exercises.tasks import Task

from .._figures import as_table, figure
from .._labelled import variant
from ._weighed import BLAME, NOUGHT, PRAISE, Weighed, weighed, whole_page

_SEE_IT = re.compile(r"\b(?:every(?:body|one)|you) (?:should|must|have to) (?:watch|see)|\brecommend", re.I)
_LOOK = (
    "from reviewkit.readings import sentiment\n\n"
    "scores = sentiment.scores(corpus)\n"
    'low = scores[scores["compound"] <= -0.05].sort_values("compound")\n'
    'rk.show(rk.ReadingPane(corpus).veil.uncovered(low)[["review_id", "text", "compound"]])'
)


def _span(sentence: Weighed, **more: Any) -> dict[str, Any]:
    row = sentence.row
    return {"review_id": row.review_id, "start": row.start, "end": row.end, **more}


def grim(corpus: Corpus) -> Task | None:
    """Two sentences that praise in words that weigh as blame."""
    rows = weighed(corpus)
    good = [s for s in rows if s.weighs == BLAME and s.praised() and len(s.text.split()) > 1]
    if len(good) < 3:
        return None
    page, fond = whole_page(corpus), _favourable(corpus)
    fine = [s for s in page if s.weighs == BLAME and (s.praised() or _urges(s, fond)) and " " in s.text]
    accepted = [_span(s, unit=n, must=False, by=s.praised() or "key") for n, s in enumerate(fine)]
    traps = [_span(s, slip=_trap(s)) for s in page if s not in fine and _trap(s) != "bright-words"]
    slips = {
        "blame-in-grim-words": "{yours} weighs as blame, and there readers heard blame. Which of its words "
        "would somebody say who likes the film?",
        "a-grim-story": "{yours} has grim words, and they tell what happens or what surrounds the film. Does "
        "the sentence say anything of how good it is?",
        "no-side-taken": "{yours} weighs as blame, and readers heard neither praise nor blame in it. What "
        "shows you that it is praise?",
        "praise-and-blame": "{yours} weighs as blame, and readers heard praise and blame in it. Take one in "
        "which nothing is blamed.",
        "praise-in-bright-words": "{yours} is praise, and its words weigh so too, or weigh nothing. "
        "There words and meaning do not part.",
        "bright-words": "{yours} does not weigh as blame. Look for sentences whose score is below nought.",
    }
    form, key = spans(
        {r: str(t) for r, t in corpus.reviews[["review_id", "text"]].itertuples(index=False)},
        {},
        accepted,
        traps,
        slips,
        need=2,
        unknown="bright-words",
    )
    plain = [s for s in good if sum(s.text in t.text for t in rows) == 1]
    two = [s.text for s in sorted(plain, key=lambda s: (s.row.worst() > 1, s.compound))]
    by: dict[str, list[str]] = {}
    for s in rows:
        alone = sum(s.text in t.text for t in rows) == 1
        if s not in good and s not in fine and s.row.worst() <= 1 and len(s.text.split()) > 2 and alone:
            by.setdefault(_trap(s), []).append(s.text)
    wrong: list[tuple[object, str]] = [([two[0], each[0]], name) for name, each in by.items()]
    wrong += [(each[-2:], name) for name, each in by.items()]
    wrong += [
        (two[:1], "not-all"),
        ([two[0], two[0]], "not-all"),
        ([two[0], "It is a horrible film and I have never seen a better one."], "not-there"),
        ([two[0], two[1].split()[0]], "too-short"),
        (["sad", "cruel"], "too-short"),
    ]
    return Task(
        id="grim",
        kind="spans",
        title="Praise in grim words",
        points=2,
        judgement=True,
        statement="Find two sentences that speak **for** the film (or for somebody who made it), and "
        "whose score is −0.05 or less. The table has the sentences of the page whose score is that low; "
        "those that are covered for you are left out. Copy the words of two of them.",
        before=_LOOK,
        starter='grim = ex.card("grim")\ngrim',
        answer=f"grim = {two[:2]!r}",
        form=form,
        key=key,
        hints=(
            "Leave aside what only tells the story. Who speaks of the film, or of what it did to them?",
            "For whom is it a failing if a sad film hurts? And what do people say who want to see it again?",
            "Look for tears, for *not* with a grim word near it, and for actors who play somebody unhappy.",
        ),
        solution="Readers heard praise in these, and the words weigh as blame: "
        + "; ".join(
            f"“{s.text}” ({s.compound:+.2f})".replace("(-", "(−") for s in good[:6] if s.row.worst() <= 1
        )
        + ". What would be painful to see can be what one wants from a tragedy, and a lexicon has no "
        "place for that.",
        ask="What would the writer answer if you asked whether they liked it, and which words tell you so?",
        right=[
            two[:2],
            "\n".join(two[:2]),
            {"1": two[1], "2": two[0]},
            [{"text": t.upper()} for t in two[-2:]],
        ],
        wrong=wrong,
        cites=("06, “◆ The lowest score on the page”", "06, “What did readers hear?”"),
    )


def _trap(sentence: Weighed) -> str:
    if sentence.weighs != BLAME:
        return "praise-in-bright-words" if sentence.praised() else "bright-words"
    heard = sentence.attitude()
    if not heard:
        return "a-grim-story"
    return {"negative": "blame-in-grim-words", "mixed": "praise-and-blame"}.get(heard, "no-side-taken")


def _favourable(corpus: Corpus) -> set[str]:
    """The reviews that are for the film, by the key."""
    said = corpus.verdicts[corpus.verdicts["layer"] == "stance"]
    return {str(r) for r in said.loc[said["label"] == "favourable", "review_id"]}


def _urges(sentence: Weighed, fond: set[str]) -> bool:
    """Whether somebody who is for the film says in it that one should see it."""
    return sentence.review_id in fond and bool(_SEE_IT.search(sentence.text))


def share(corpus: Corpus) -> Task | None:
    """Of the sentences that weigh as blame, how many were heard as blame? From a table."""
    heard = ("positive", "negative", "mixed", "neutral")
    sides = (PRAISE, NOUGHT, BLAME)
    rows = [s for s in weighed(corpus) if s.attitude()]
    n = {(h, w): sum(s.attitude() == h and s.weighs == w for s in rows) for h in heard for w in sides}
    column = {w: sum(n[h, w] for h in heard) for w in sides}
    row = {h: sum(n[h, w] for w in sides) for h in heard}
    if column[BLAME] < 8 or not n["negative", BLAME]:
        return None
    expected = 100 * n["negative", BLAME] / column[BLAME]
    two = n["negative", BLAME] + n["positive", BLAME]

    def percent(part: int, whole: int) -> float:
        return round(100 * part / whole, 1) if whole else 0.0

    slips = {
        "the-other-direction": (
            percent(n["negative", BLAME], row["negative"]),
            "{yours} % says how much of what was heard as blame also weighs so. The question begins at the "
            "other end: of which sentences is a share wanted?",
        ),
        "of-everything": (
            percent(n["negative", BLAME], len(rows)),
            "{yours} % is a share of all the sentences in the table. Of which of them is a share wanted?",
        ),
        "the-column-for-the-cell": (
            percent(column[BLAME], len(rows)),
            "{yours} % is the share that weighs as blame at all. How many of those were also heard so?",
        ),
        "the-row-for-the-cell": (
            percent(row["negative"], len(rows)),
            "{yours} % is the share that was heard as blame at all, whatever it weighs.",
        ),
        "mixed-and-neutral-left-out": (
            percent(n["negative", BLAME], two),
            "{yours} % leaves sentences out that were heard as mixed or neutral. Do they not weigh as "
            "blame too?",
        ),
        "praise-for-blame": (
            percent(n["positive", BLAME], column[BLAME]),
            "{yours} % is the share of these that was heard as praise. The question is about blame.",
        ),
        "the-wrong-column": (
            percent(n["negative", PRAISE], column[PRAISE]),
            "{yours} % comes from the column of sentences that weigh as praise. Which column is asked for?",
        ),
        "the-column-of-noughts": (
            percent(n["negative", NOUGHT], column[NOUGHT]),
            "{yours} % comes from the column of sentences near zero. Which column is asked for?",
        ),
        "the-rest": (
            percent(column[BLAME] - n["negative", BLAME], column[BLAME]),
            "{yours} % is the share of these that was **not** heard as blame.",
        ),
        "a-count-for-a-share": (
            float(n["negative", BLAME]),
            "{yours} is how many they are. Out of how many, in every hundred?",
        ),
        "upside-down": (
            percent(column[BLAME], n["negative", BLAME]),
            "{yours} % is more than a hundred, or turned upside down. Which of the two numbers is the whole?",
        ),
    }
    told = as_table(
        ["heard as", "weighs as praise", "near zero", "weighs as blame", "together"],
        [[h, *(n[h, w] for w in sides), row[h]] for h in heard]
        + [["together", *(column[w] for w in sides), len(rows)]],
    )
    return figure(
        "share",
        expected,
        slips,
        tolerance=0.6,
        unit="%",
        most=100.0,
        title="When it says blame",
        points=2,
        statement="Here are the sentences of the page that comment on the film, by what readers heard in "
        "them (the key’s attitude) and by what their words weigh"
        + ("" if variant(corpus) else " (the two reviews that the lesson talks about are left out)")
        + f".\n\n{told}\n\nSuppose that you know a sentence only by its score, and it **weighs as "
        "blame**. How many of a hundred such sentences were heard as blame? Give whole per cent.",
        hints=(
            "There are two questions in this table: what becomes of sentences that were heard as blame, "
            "and what is behind those that weigh as blame. Which is asked?",
            "You know the score. So which column are you in, and how many sentences stand in it?",
            "Divide one number of the column *weighs as blame* by the number below it, and take it times "
            "100.",
        ),
        solution=f"{column[BLAME]} sentences weigh as blame, and {n['negative', BLAME]} of these were "
        f"heard so: {expected:.0f} %. Heard as praise: {n['positive', BLAME]}. Read along the row, it is "
        f"another question with another answer: of {row['negative']} sentences heard as blame, "
        f"{n['negative', BLAME]} weigh so, which is {percent(n['negative', BLAME], row['negative']):.0f} "
        "%. Whoever reports that a program is right so and so often has to say which of the two was "
        "counted.",
        ask="Which number of the table did you divide, and by which?",
        cites=("06, “What did readers hear?”",),
    )
