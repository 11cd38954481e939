"""One review, searched for the sentences that do one job."""

from __future__ import annotations

from typing import Any

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import spans
from reviewkit.exercises.tasks import Task

from .._labelled import WHO, Said, number_of, said
from .stages import LESSON_USES

_SOUGHT = {
    "overall": (
        "Find the verdict",
        "It praises and blames all sorts of things. Copy the sentences that judge the film **as a whole**",
        "Put *The film as a whole:* before the sentence. Does it still say the same?",
        "Scenery, actors and music are parts, and tears are the writer's own.",
    ),
    "performance": (
        "Find the acting",
        "It speaks of all sorts of things. Copy the sentences that speak of **acting and casting**",
        "Put *As for the actors:* before the sentence. Does it still say the same?",
        "Sets, songs and story are other people's work, and a character is not yet an actor.",
    ),
    "response": (
        "Find the response",
        "It judges all sorts of things. Copy the sentences that tell what watching **did to the writer**",
        "Put *While I watched:* before the sentence. Does it still say the same?",
        "A judgement says how the film is; a response says what happened to somebody.",
    ),
}


def searched(corpus: Corpus) -> Task | None:
    """One review, in which to find the sentences that judge the whole.

    On a page where no review that gives nothing away has two of them, those that speak of acting, or of what
    watching did to the writer.
    """
    by: dict[str, list[Said]] = {}
    for row in said(corpus, LESSON_USES):
        by.setdefault(row.review_id, []).append(row)
    for stage in _SOUGHT:
        fit: dict[str, int] = {}
        for review, rows in by.items():
            sure = sum(all(row.stage(who) == stage for who in WHO) for row in rows)
            tempting = len({row.stage() for row in rows} - {stage})
            if (
                max(row.worst() for row in rows) < 2
                and 2 <= sure <= 3
                and 6 <= len(rows) <= 26
                and tempting > 2
            ):
                fit[review] = tempting
        if fit:
            review = max(fit, key=lambda each: fit[each])
            return _searched(corpus, review, by[review], stage)
    return None


def _row(row: Said) -> dict[str, Any]:
    return {"review_id": row.review_id, "start": row.start, "end": row.end}


def _searched(corpus: Corpus, review: str, rows: list[Said], stage: str) -> Task:
    title, asks, hint, why = _SOUGHT[stage]
    texts = {review: str(corpus.reviews.set_index("review_id")["text"][review])}
    yes = [row for row in rows if stage in {row.also(), *(row.stage(who) for who in WHO)}]
    accepted = [
        {
            **_row(row),
            "unit": n,
            "must": all(row.stage(who) == stage for who in WHO),
            "by": "key" if row.stage() == stage else "annotator",
        }
        for n, row in enumerate(yes)
    ]
    name = {
        "performance": "acting-taken-for-it",
        "craft": "a-part-judged",
        "response": "feeling-for-it",
        "overall": "the-whole-for-a-part",
        "address": "advice-for-it",
        "comparison": "beside-another-work",
        "plot": "story-for-it",
    }
    no = [row for row in rows if row not in yes]
    traps = [{**_row(row), "slip": name[row.stage()]} for row in no if row.stage() in name]
    slips = {
        "acting-taken-for-it": "{yours} is about somebody's acting. Was that asked for?",
        "a-part-judged": "{yours} speaks of a decision of the makers. Was that asked for?",
        "feeling-for-it": "{yours} tells of the writer. Was that asked for?",
        "the-whole-for-a-part": "{yours} judges the film altogether. Was that asked for?",
        "advice-for-it": "{yours} speaks to the reader. What one can guess from it, does it also say?",
        "beside-another-work": "{yours} sets the film beside something else. Where does it stand by itself?",
        "story-for-it": "{yours} retells. Whose deed is it: a character's, or somebody else's?",
        "something-else": "{yours}: of what is that said? Hold it against what was asked for.",
    }
    form, key = spans(texts, {}, accepted, traps, slips, unknown="something-else")
    good = [row.text for row, each in zip(yes, accepted, strict=True) if each["must"]]
    long = [row for row in no if len(row.plain.split()) > 1]
    wrong: list[tuple[Any, str]] = [
        ([*good, row.text], name.get(row.stage(), "something-else")) for row in long
    ][:8]
    wrong += [
        (good[:1], "not-all"),
        (good[1:], "not-all"),
        ([*good, "It is the best film that there is."], "not-there"),
    ]
    wrong += [([*good, "film"], "too-short"), ([row.text for row in long][:2], "not-all")]
    return Task(
        id="searched",
        kind="spans",
        title=title,
        points=3,
        judgement=True,
        statement=f"Read review {number_of(review)} in the pane below. {asks}, and leave the others. A "
        "few words of each are enough; a field may stay empty.",
        before=f'rk.ReadingPane(corpus, review_id="{review}")',
        starter='searched = ex.card("searched")\nsearched',
        answer=f"searched = {good!r}",
        form=form,
        key=key,
        hints=(
            "Ask of each sentence: of what is it said?",
            hint,
            "Look at both ends of the review, and for sentences so short that one reads past them.",
        ),
        solution="By the key and both annotators: "
        + "; ".join(f"“{' '.join(text.split())}”" for text in good)
        + f". {why} Where an annotator, or the key with a second label, went further, to copy a sentence "
        "and to leave it are both right.",
        ask="Of what is your sentence said, and is that what was asked for?",
        right=[
            good,
            "\n".join(" ".join(text.split()) for text in good),
            [{"text": text.upper()} for text in good],
        ],
        wrong=wrong,
        cites=("04, “◆ Ten jobs”", "04, “◆ How much of a review reviews?”"),
    )
