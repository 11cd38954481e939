"""A cue for a file about a work: what gives an end away, and what only sounds like it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import rule
from reviewkit.exercises.tasks import Task

from .._labelled import variant

Written = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class _Story:
    """What a cue should hear and what it should not; rules that do it, and parts of rules that do not."""

    tells: str
    given: Written
    hit: Sequence[tuple[str, str]]
    miss: Sequence[tuple[str, str]]
    best: Written
    others: Sequence[Written]
    one: str
    who: str
    narrow: str
    sense: str


_STORIES = (
    _Story(
        tells="Tom drowns",
        given={"cues": ["drown*"], "unless": []},
        hit=(
            ("In the end Tom drowned.", "loses-the-plain"),
            ("Tom drowns, and the sea is calm.", "loses-the-plain"),
            ("He drowns before she can tell him.", "loses-the-pronoun"),
            ("When he drowned I had to leave the room.", "loses-the-pronoun"),
            ("They find Tom on the beach, drowned.", "loses-a-form"),
            ("Tom is drowned in the last minutes.", "loses-a-form"),
        ),
        miss=(
            ("He nearly drowned in the first scene.", "takes-what-nearly-happens"),
            ("Tom almost drowns as a child.", "takes-what-nearly-happens"),
            ("My own brother drowned.", "takes-anybody"),
            ("Two sailors drowned off this coast in 1901.", "takes-anybody"),
            ("The music drowns every word.", "takes-another-sense"),
            ("Tom drowns his sorrows in the harbour pub.", "takes-another-sense"),
        ),
        best={"cues": ["tom|he ... drowns|drowned"], "unless": ["nearly|almost", "sorrows"]},
        others=(
            {
                "cues": ["tom ... drown*", "he drowns|drowned"],
                "unless": ["nearly", "almost", "drowns his sorrows"],
            },
            {"cues": ["tom|he + drowns|drowned"], "unless": ["nearly|almost|sorrows"]},
        ),
        one="tom ... drowns|drowned",
        who="tom|he ... drowns|drowned",
        narrow="tom drowned",
        sense="sorrows",
    ),
    _Story(
        tells="Clara burns",
        given={"cues": ["burn*"], "unless": []},
        hit=(
            ("At the end Clara burned with her house.", "loses-the-plain"),
            ("Clara burns, and nobody comes.", "loses-the-plain"),
            ("She burns, and he looks on.", "loses-the-pronoun"),
            ("When she burned I closed my eyes.", "loses-the-pronoun"),
            ("They find Clara in the ashes, burned.", "loses-a-form"),
            ("Clara is burned in the last scene.", "loses-a-form"),
        ),
        miss=(
            ("She nearly burned in the first scene.", "takes-what-nearly-happens"),
            ("Clara almost burns as a child.", "takes-what-nearly-happens"),
            ("Our own house burned down.", "takes-anybody"),
            ("Two barns burned in the village that year.", "takes-anybody"),
            ("The sun burns on every shot.", "takes-another-sense"),
            ("Clara burns with envy of her sister.", "takes-another-sense"),
        ),
        best={"cues": ["clara|she ... burns|burned"], "unless": ["nearly|almost", "envy"]},
        others=(
            {
                "cues": ["clara ... burn*", "she burns|burned"],
                "unless": ["nearly", "almost", "burns with envy"],
            },
            {"cues": ["clara|she + burns|burned"], "unless": ["nearly|almost|envy"]},
        ),
        one="clara ... burns|burned",
        who="clara|she ... burns|burned",
        narrow="clara burned",
        sense="envy",
    ),
)
_SAYS = {
    "loses-the-plain": "Your cue loses sentences that tell it by name, outright. What does it insist on?",
    "loses-the-pronoun": "Your cue loses sentences that tell it without the name. How else does a "
    "reviewer speak of somebody?",
    "loses-a-form": "Your cue loses sentences that tell it in another form of the verb, or further from "
    "the name. What does it insist on?",
    "takes-what-nearly-happens": "Your cue takes something that only nearly happens. Which little words "
    "say so?",
    "takes-anybody": "Your cue takes a misfortune that has nothing to do with the story. Whom does it "
    "let it happen to?",
    "takes-another-sense": "Your cue takes the verb in another sense. What stands near it there?",
}


def cue(corpus: Corpus) -> Task:
    """A cue for a file about a work, to be made more careful."""
    story = _STORIES[variant(corpus)]
    form, key = rule(story.given, story.hit, story.miss, _SAYS)
    best, nearly, sense = story.best, "nearly|almost", story.sense
    wrong: list[tuple[object, str]] = [
        (story.given, "unchanged"),
        ({"cues": [story.given["cues"][0]], "unless": [nearly]}, "takes-anybody"),
        ({"cues": [story.one], "unless": [nearly, sense]}, "loses-the-pronoun"),
        ({"cues": [story.who], "unless": []}, "takes-what-nearly-happens"),
        ({"cues": [story.who], "unless": [nearly]}, "takes-another-sense"),
        ({"cues": [story.who], "unless": [sense]}, "takes-what-nearly-happens"),
        ({"cues": [story.narrow], "unless": []}, "loses-a-form"),
        ({"cues": ["dies|died"], "unless": []}, "deaf"),
        ({"cues": [story.given["cues"][0]], "unless": ["the|my|our"]}, "takes-what-nearly-happens"),
        ({"cues": [story.who.replace(" ... ", " ")], "unless": [nearly, sense]}, "loses-a-form"),
    ]
    shown = story.given["cues"][0]
    return Task(
        id="cue",
        kind="rule",
        title="What gives it away?",
        points=3,
        statement=f"You are writing a file about a work. In its story **{story.tells}** at the end. "
        f"Somebody has begun, and the cue hears far too much:\n\n```\ncues:    {shown}\nunless:\n```\n\n| "
        "you write | it hears |\n|---|---|\n| `wet sand` | these words, one after the other |\n| "
        "`tom\\|he` | one or the other |\n| `tom ... gone` | the second within seven words after the "
        "first |\n| `tom + gone` | both in one sentence, in either order |\n| `go*` | a word with any "
        "ending |\n\nWrite cues, one a line, that take sentences which give this end away, and no "
        "others; what stands under `unless` holds them back. (Names are written out here.) It is tried "
        "on sentences that you do not see.",
        starter='cue = ex.card("cue")\ncue',
        answer=f"cue = {best!r}",
        form=form,
        key=key,
        hints=(
            "Write down three sentences with the verb in which nobody’s end is told.",
            "To whom must it happen? Put them into the cue, by name and as reviewers speak of them later on.",
            "What nearly happens, and what is only a manner of speaking, goes under `unless`.",
        ),
        solution="One way:\n\n```\n"
        + "\n".join([f"cues:    {best['cues'][0]}", *(f"unless:  {u}" for u in best["unless"])])
        + "\n```\n\nIt asks to whom it happens, by name or pronoun, and is held back where it only "
        "nearly happens or is a manner of speaking. Somebody else’s *he* or *she* will still be taken "
        "now and then; that is what the two lists of sentences in the file are for.",
        ask="Try your cue by hand on three sentences of your own: one that tells, one that nearly tells, "
        "one that does not. What does it do?",
        right=[best, *story.others, {"cues": best["cues"][0], "unless": "\n".join(best["unless"])}],
        wrong=wrong,
        cites=("08, “Another work”",),
    )
