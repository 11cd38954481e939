"""Which rules belong on the board, and a rule of one's own."""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import choices, open_task
from reviewkit.exercises.tasks import Task

from .._labelled import spread, variant
from . import _two

_GOOD = "good"
_RULES: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        (
            "If a sentence is the seventh of our review, label it negative, because we all heard it so "
            "in the end. For instance: “Nobody has a phone.” But not: the sixth.",
            "one-sentence",
        ),
        (
            "If a sentence wishes that something were different (shorter, louder), label it negative, "
            "because who wishes for change finds fault. For instance: “It could lose an hour.” But not: "
            "“I could have watched for hours.”",
            _GOOD,
        ),
        (
            "If a sentence says something negative about the film, label it negative, because negative "
            "is what it says. For instance: “It is bad.” But not: “It is good.”",
            "in-a-circle",
        ),
        (
            "If you are in doubt, take what most of the others say, because most are seldom wrong. For "
            "instance: four against one. But not: two against two.",
            "a-vote",
        ),
        (
            "If a sentence praises the novel and says nothing of the film, label it neutral, because we "
            "ask about the film. For instance: “The novel is a wonder.” But not: “The novel is a wonder "
            "beside this.”",
            _GOOD,
        ),
        ("Use your common sense: any reader knows praise from blame.", "common-sense"),
        (
            "If a sentence reports what others think, label it by what the writer says to it, because we "
            "ask about the writer; if the writer says nothing, neutral. For instance: “My aunt wept.” "
            "But not: “Rightly, my aunt wept.”",
            _GOOD,
        ),
    ),
    (
        (
            "If a sentence gives stars or marks and no words, label four and five positive, one and two "
            "negative, three mixed, because the scale is the writer’s own. For instance: “Four stars.” "
            "But not: “My son gave it four.”",
            _GOOD,
        ),
        ("Take the label that feels right, and do not think for too long.", "common-sense"),
        (
            "If a sentence is the line about the shirts, label it positive, because that was agreed on "
            "Monday. For instance: “I love the shirts.” But not: the line after it.",
            "one-sentence",
        ),
        (
            "If a sentence tells what the film did to the writer’s body (tears, sleep), look in the same "
            "review for what they make of it, because tears can be either; if it does not say, neutral. "
            "For instance: “I cried.” But not: “I cried with boredom.”",
            _GOOD,
        ),
        (
            "If the evaluation in a sentence is mixed, label it mixed, because it is neither the one nor "
            "the other. For instance: “Mixed feelings.” But not: “Good.”",
            "in-a-circle",
        ),
        (
            "If a sentence asks why a thing was done, label it negative only where an answer is not "
            "wanted, because a real question judges nothing. For instance: “Why change the end?” But "
            "not: “Why does she go? I think …”",
            _GOOD,
        ),
        (
            "If we differ, take the label of whoever has read the novel, because they know more. For "
            "instance: Miriam. But not: Jonas.",
            "a-vote",
        ),
    ),
)
_SAYS = {
    "one-sentence": "decides one sentence, which you have read already. What will it do on the next page?",
    "in-a-circle": "says that a thing is what it is. Whom of two who differ would it move?",
    "a-vote": "says who wins. Which words of a sentence could one point to, reading alone?",
    "common-sense": "leaves to each reader what divided them. Two of you used it, and differed: what now?",
}


def board(corpus: Corpus) -> Task:
    """Which rules would decide sentences that nobody has seen?"""
    rules = dict(zip("abcdefg", _RULES[variant(corpus)], strict=True))
    right = {letter for letter, (_, kind) in rules.items() if kind == _GOOD}
    taken = {k: (kind, f"{k}: it {_SAYS[kind]}") for k, (_, kind) in rules.items() if kind != _GOOD}
    left = dict.fromkeys(
        right,
        (
            "taste-for-use",
            "You have left out a rule that says which kind of sentence, which label and why. Whether you "
            "would decide so yourself is another question.",
        ),
    )
    form, key = choices({k: text for k, (text, _) in rules.items()}, right, taken, left)
    good = sorted(right)
    wrong: list[tuple[object, str]] = [([*good, k], kind) for k, (kind, _) in taken.items()]
    wrong += [([g for g in good if g != each], "taste-for-use") for each in good]
    wrong += [([*rules], "took-everything"), (sorted(taken), "taste-for-use")]
    wrong += [({k: k in right for k in [*rules][:4]}, "left-open")]
    return Task(
        id="board",
        kind="choices",
        title="Rules for the board",
        points=2,
        statement="A class has labelled attitude, and found what divides it. Seven rules are proposed "
        "for the manual. Which of them could go on the board: rules by which two who read alone would "
        "come to the same label on sentences that nobody has seen yet? You need not like what a rule "
        "decides.",
        starter='board = ex.card("board")\nboard',
        answer=f"board = {good!r}",
        form=form,
        key=key,
        hints=(
            "Think of a new sentence, and try each rule on it. Does the rule say anything?",
            "A rule of the lesson has three parts: if, label, because. All three can be there and say "
            "nothing.",
            f"{len(good)} of them name a **kind** of sentence by something that one can see in it.",
        ),
        solution=f"{', '.join(good)}: each names a kind of sentence, a label and a reason, so that "
        "somebody who does not know you could use it, and could also say why it is wrong. "
        + " ".join(f"{k} {_SAYS[kind].split('.')[0]}." for k, (kind, _) in taken.items()),
        ask="Take a rule that you chose, and a sentence from another review: what does it say?",
        right=[good, set(good), ", ".join(good), {k: k in right for k in rules}],
        wrong=wrong,
        cites=("07, “◆ Change the manual”",),
    )


def divided(corpus: Corpus) -> Task | None:
    """A rule for what divides the two annotators, and what it costs."""
    rows = [p for p in _two.attitudes(corpus, _two.LESSON_USES) if p.apart and p.row.worst() <= 1]
    rows = [p for p in rows if 25 < len(p.row.plain) < 260]
    chosen = {s.plain for s in spread((p.row for p in sorted(rows, key=lambda p: len(p.row.plain))), 3)}
    if len(chosen) < 2:
        return None
    quoted = "\n\n".join(
        f"> {p.row.plain}\n>\n> annotator 1: *{p.one}*, annotator 2: *{p.two}*"
        for p in rows
        if p.row.plain in chosen
    )
    form, key = open_task(
        [
            (
                "Both readings",
                [
                    "one of them",
                    "both are stated",
                    "both at their strongest, each with the words it rests on",
                ],
            ),
            (
                "What divides them",
                [
                    "not said",
                    "one of the four is named",
                    "one of the four is named, and shown not to be another",
                ],
            ),
            (
                "The rule",
                [
                    "decides this sentence",
                    "decides a kind of sentence",
                    "decides a kind, with a reason, an example and one that looks alike",
                ],
            ),
            (
                "What it costs",
                ["nothing is said", "a cost in general", "a sentence or a reader that it would not see"],
            ),
        ],
        "The sentence is “I had waited for the choir, and it comes late.” (I have made it up, to show "
        "the form.) Whoever says *negative* hears *late* as too late: the waiting was long. Whoever says "
        "*neutral* hears a report: it comes, and one learns when. Neither has slipped, and neither knows "
        "anything of choirs that the other does not. It might be the text; but both agree on what it "
        "says, and differ on whether a disappointed expectation is a judgement. So it is the manual. My "
        "rule: if a sentence sets what the writer had waited for against what came, label it by whether "
        "it came, because an expectation is a measure. For instance: “I had hoped for songs, and there "
        "are none.” But not: “I had heard that there are no songs.” It costs something: a writer who is "
        "glad to have been surprised by a late choir would count as one who complains.",
        "Each side is given the word on which it stands. The cause is found by ruling out the others, "
        "one by one. The rule names a kind of sentence, a label and a reason, with an example and a "
        "neighbour that looks like it. And the last sentence looks for whom the rule will make deaf, "
        "which no agreement would ever show.",
        least=80,
    )
    return Task(
        id="divided",
        kind="open",
        title="A rule, and what it costs",
        points=5,
        statement=f"On these sentences of the page the two annotators differ:\n\n{quoted}\n\nTake one. "
        "Write six to eight sentences: what does each side hear, and in which words; is it a slip, the "
        "manual, the text or a reader; which rule would settle it; and what would nobody see any more "
        "who reads by that rule?",
        starter='divided = ex.card("divided")\ndivided',
        answer=f"divided = {key['model']!r}",
        form=form,
        key=key,
        hints=(
            "Begin with the reading that is not yours, and make it as strong as you can.",
            "Write the rule as in the lesson: if, label, because; for instance; but not.",
            "Try your rule on the other sentences above. What does it do there that you would not?",
        ),
        solution="",
        ask="",
        right=[key["model"], {"text": key["model"]}, [key["model"]]],
        wrong=[("They just read it differently.", "very-short")],
        cites=("07, “◆ Change the manual”", "07, “◆ The question at the end”"),
    )
