"""A rule that listens for warnings: where does it go wrong, and how is it mended?"""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import rule
from reviewkit.exercises.tasks import Task

_HITS = (
    ("SPOILERS below.", "loses-the-plain"),
    ("This review contains spoilers.", "loses-the-plain"),
    ("There are spoilers in my second paragraph.", "loses-the-plain"),
    ("Beware of spoilers, I go through the whole story.", "loses-the-plain"),
    ("Do not read on if you have not seen the film.", "loses-another-wording"),
    ("Don't read this if you want to be surprised.", "loses-another-wording"),
    ("Stop reading here if you have not seen it.", "loses-another-wording"),
)
_MISSES = (
    ("No spoilers here.", "takes-a-promise"),
    ("My review is without spoilers.", "takes-a-promise"),
    ("I won't spoil it for you.", "takes-a-promise"),
    ("The loud music spoils the best scene.", "takes-another-sense"),
    ("She plays a spoilt child.", "takes-another-sense"),
    ("Nothing could spoil this film for me.", "takes-another-sense"),
    ("Spoiler alert: he cannot sing.", "takes-a-joke"),
    ("Do not read the novel, it is dull.", "takes-any-advice"),
)
_SAYS = {
    "loses-the-plain": "Your rule loses warnings that use the plainest word for it. What does it ask for too "
    "much, or what holds it back?",
    "loses-another-wording": "Your rule loses warnings that never say the word. How else does one tell "
    "somebody to turn back?",
    "takes-a-promise": "Your rule takes a promise **not** to tell for a warning. With which little words "
    "does one promise?",
    "takes-another-sense": "Your rule takes sentences in which something else is spoilt than a story. "
    "What is the word doing there?",
    "takes-a-joke": "Your rule takes a joke. In which fixed phrase do jokes put on the dress of a warning?",
    "takes-any-advice": "Your rule takes advice of any kind. What does a warning add, so that its reader "
    "can choose?",
}
GIVEN = {"cues": ["spoil*"], "unless": []}


def mend(corpus: Corpus) -> Task:
    """The rule, to be made more careful, and to hear more."""
    form, key = rule(GIVEN, _HITS, _MISSES, _SAYS)
    best = {"cues": ["spoilers", "not|don't|stop ... read|reading ... if"], "unless": ["no|without spoilers"]}
    second = {
        "cues": ["spoil*", "read* ... if"],
        "unless": ["no", "without", "spoils", "spoilt", "won't", "nothing ... spoil", "alert"],
    }
    third = {
        "cues": ["spoilers below|here|from", "contains|are|of spoilers", "read on|this if", "stop reading"],
        "unless": ["no spoilers"],
    }
    wrong: list[tuple[object, str]] = [
        (GIVEN, "unchanged"),
        ({"cues": ["spoilers"], "unless": []}, "loses-another-wording"),
        ({"cues": ["spoiler*"], "unless": ["no"]}, "takes-a-joke"),
        ({"cues": ["spoil*"], "unless": ["no", "without", "won't"]}, "takes-another-sense"),
        ({"cues": ["spoil*", "read* ... if"], "unless": []}, "takes-a-promise"),
        ({"cues": ["spoilers", "not|don't read"], "unless": ["no", "without"]}, "takes-any-advice"),
        ({"cues": ["not|don't|stop ... read|reading ... if"], "unless": []}, "loses-the-plain"),
        ({"cues": ["spoiler alert", "spoilers"], "unless": ["no|without spoilers"]}, "takes-a-joke"),
        ({"cues": ["music|acting"], "unless": []}, "deaf"),
        ({"cues": ["spoil*"], "unless": ["spoil*"]}, "deaf"),
        (
            {"cues": ["spoilers", "read* ... if"], "unless": ["no|without spoilers", "here|below|my"]},
            "loses-the-plain",
        ),
    ]
    written = "\n".join(
        [*(f"cues:    {c}" for c in best["cues"]), *(f"unless:  {u}" for u in best["unless"])]
    )
    return Task(
        id="mend",
        kind="rule",
        title="A rule for warnings",
        points=4,
        statement="Somebody proposes a rule: *Whatever has a word in it that begins with “spoil” is a "
        "warning.* In the kit's own way of writing:\n\n```\ncues:    spoil*\nunless:\n```\n\nThink of "
        "sentences that the rule takes and that warn nobody, and of warnings to which it is deaf. Then "
        "write a better one. A rule may have several cues, one a line; it takes a sentence that has any "
        "of them. What stands under `unless`, one a line, holds it back.\n\n| you write | it hears "
        "|\n|---|---|\n| `spoil*` | a word with any ending |\n| `no spoilers` | these words, one after "
        "the other |\n| `not\\|never` | one or the other |\n| `read ... if` | the second within seven "
        "words after the first |\n\nYour rule is tried on sentences that you do not see: warnings of "
        "several kinds, and sentences that only look like one.",
        starter='mend = ex.card("mend")\nmend',
        answer=f"mend = {{\n    'cues': {best['cues']!r},\n    'unless': {best['unless']!r},\n}}",
        form=form,
        key=key,
        hints=(
            "Write down five sentences with *spoil*, *spoils* or *spoiler* in them. How many of them warn?",
            "Who refuses to tell uses the same word as who warns. What else stands in a refusal?",
            "Many warnings have the shape *do not read on if*. A cue with three dots can hear it.",
        ),
        solution=f"One way:\n\n```\n{written}\n```\n\nThe plural *spoilers* does most of the work: music "
        "spoils, a child is spoilt, and jokes prefer the singular. What is left are promises, which "
        "`unless` holds back. The second cue hears warnings that leave it to the reader, with their "
        "*if*. There are other ways, and each misses something: “You have been told” is a warning too.",
        ask="Try your rule by hand on three sentences of your own: a warning, a promise, a joke. What "
        "does it do with each?",
        right=[best, second, third, {n: "\n".join(lines) for n, lines in best.items()}],
        wrong=wrong,
        cites=("03, “How to say that you will not say”", "03, “◆ Write a warning”"),
    )
