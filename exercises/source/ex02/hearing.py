"""A rule: where does it go wrong, and how is it mended?"""

from __future__ import annotations

import re
from typing import Any

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import rule, spans
from reviewkit.exercises.tasks import Task

from . import _said

_READ = re.compile(r"\b(read|reads|reading)\b", re.IGNORECASE)
_BOOK = re.compile(r"\b(book|books|novel|novels|audiobook)\b", re.IGNORECASE)


def counter_examples(corpus: Corpus) -> Task | None:
    """Two sentences that a simple rule gets wrong."""
    said, texts = _said.verdict(corpus), _said.texts(corpus)
    key = _said.spans(corpus, "key")
    sentences: list[Any] = [*corpus.sentences.itertuples()]
    hit = [r for r in sentences if _READ.search(str(r.text)) and _BOOK.search(str(r.text))]
    good = [
        r
        for r in hit
        if said[r.review_id] in ("film-only", "unstated") and _said.label_in(key, r) != "book-reader"
    ]
    if len(good) < 2:
        return None
    accepted = [
        {
            "review_id": r.review_id,
            "start": int(r.start),
            "end": int(r.end),
            "unit": n,
            "must": False,
            "by": "key",
        }
        for n, r in enumerate(good)
    ]
    partly = [r for r in hit if said[r.review_id] == "partial"]
    accepted += [
        {
            "review_id": r.review_id,
            "start": int(r.start),
            "end": int(r.end),
            "unit": 100 + n,
            "must": False,
            "by": "key",
        }
        for n, r in enumerate(partly)
    ]
    readers = [r for r in hit if said[r.review_id] == "book-reader"]
    missed = [r for r in sentences if r not in hit]
    traps = [
        {"review_id": r.review_id, "start": int(r.start), "end": int(r.end), "slip": _trap(r, key)}
        for r in readers
    ]
    traps += [
        {"review_id": r.review_id, "start": int(r.start), "end": int(r.end), "slip": "one-word-of-two"}
        for r in missed
        if _READ.search(str(r.text)) or _BOOK.search(str(r.text))
    ]
    slips = {
        "an-example": "{yours} has both words, and its writer has read the novel: there the rule is right.",
        "right-by-luck": "{yours} has both words, and says nothing of the writer's reading; but the writer "
        "has read the novel. The rule is right there, if for a poor reason.",
        "one-word-of-two": "{yours} has only one of the two words that the rule listens for. A "
        "counter-example must be something that it hears.",
        "rule-does-not-hear": "{yours} has neither of the words that the rule listens for. A "
        "counter-example must be something that it hears.",
    }
    form, check = spans(texts, {}, accepted, traps, slips, need=2, unknown="rule-does-not-hear")
    words = [str(r.text) for r in good]
    neither = [
        str(r.text)
        for r in missed
        if not _READ.search(str(r.text)) and not _BOOK.search(str(r.text)) and 20 < len(str(r.text)) < 90
    ]
    single = [
        str(r.text)
        for r in missed
        if (_READ.search(str(r.text)) or _BOOK.search(str(r.text)))
        and texts[r.review_id].count(str(r.text)) == 1
        and len(str(r.text)) > 25
    ]
    wrong: list[tuple[object, str]] = [
        *(([words[0], str(r.text)], _trap(r, key)) for r in readers[:2]),
        *(([str(r.text)], _trap(r, key)) for r in readers[-1:]),
        ([words[0], neither[0]], "rule-does-not-hear"),
        (neither[:2], "rule-does-not-hear"),
        *(([words[0], each], "one-word-of-two") for each in single[:1]),
        *((single[n : n + 2], "one-word-of-two") for n in (1,) if single[1:]),
        (words[:1], "not-all"),
        ([words[0], words[0]], "not-all"),
        ([words[0], "My neighbour has read the book to her cat."], "not-there"),
        ([words[0], "read"], "too-short"),
    ]
    return Task(
        id="counter",
        kind="spans",
        title="Catch the rule out",
        points=2,
        judgement=True,
        statement="Somebody proposes a rule: *Whoever writes a sentence with “read” (or “reads”, "
        "“reading”) and “book” "
        "or “novel” in it has read the novel.* Find two sentences on this page that the rule hears, and "
        "that prove it "
        "wrong: whose writers have not read it, or give no sign of having done so. Copy their words.",
        before='lines = rk.concordance(corpus, "read*", width=60)\n'
        'rk.show(rk.ReadingPane(corpus).veil.uncovered(lines)[["review_id", "left", "word", "right"]])',
        starter='counter = ex.card("counter")\ncounter',
        answer=f"counter = {words[:2]!r}",
        form=form,
        key=check,
        hints=(
            "The lines above show every place of *read*. Which of them have *book* or *novel* nearby?",
            "Who reads besides the reviewer? And what little word turns a reading into none?",
            "Look each one up in its review: does its writer know the novel from somewhere else in the text?",
        ),
        solution="The rule hears these, and is wrong: "
        + "; ".join(
            f"“{' '.join(w.split())}” ({_said.number(r.review_id)})" for w, r in zip(words, good, strict=True)
        )
        + ". It hears the words, and not who reads, nor whether there is a *not*.",
        ask="Does your sentence have both words in it, and what does its writer know of the novel?",
        right=[
            words[:2],
            "\n".join(words[:2]),
            {"1": words[-1], "2": words[0]},
            [{"text": w.rstrip(".!").upper()} for w in words[-2:]],
        ],
        wrong=wrong,
        cites=("02, “What a rule hears”",),
    )


def _trap(row: Any, key: Any) -> str:
    return "an-example" if _said.label_in(key, row) == "book-reader" else "right-by-luck"


_HITS = (
    "I have read the book twice.",
    "I read the novel at school.",
    "I've read the book and loved it.",
    "We read the book in our club.",
    "Last year I finally read this novel.",
    "I had read the book before I saw the film.",
)
_MISSES = (
    ("I have not read the book.", "takes-a-no"),
    ("I haven't read the novel yet.", "takes-a-no"),
    ("I never read the book.", "takes-a-no"),
    ("My wife has read the book.", "takes-somebody-else"),
    ("Our teacher read the novel to the class.", "takes-somebody-else"),
    ("You should read the book first.", "takes-advice"),
    ("Do not bother, read the novel.", "takes-advice"),
    ("I want to read the book now.", "takes-a-wish"),
    ("I am going to read the novel next.", "takes-a-wish"),
)
_SAYS = {
    "loses-the-plain": "Your rule loses reviewers who say plainly that they have read it. What does it ask "
    "for too much, or what holds it back?",
    "loses-a-spelling": "Your rule loses somebody who says it in another way: “I've”, “we”, a word in "
    "between. What does it insist on?",
    "takes-a-no": "Your rule takes people who say that they have **not** read it. In how many ways can one "
    "say no?",
    "takes-somebody-else": "Your rule takes somebody else's reading for the reviewer's own. Whom does it "
    "let do the reading?",
    "takes-advice": "Your rule takes advice to others for a report on oneself.",
    "takes-a-wish": "Your rule takes a wish or a plan for a reading that has happened.",
}
GIVEN = {"cues": ["read ... book|novel"], "unless": []}


def mend(corpus: Corpus) -> Task:
    """The rule, to be made more careful."""
    spelled = {
        "I've read the book and loved it.",
        "We read the book in our club.",
        "Last year I finally read this novel.",
    }
    hit = [(text, "loses-a-spelling" if text in spelled else "loses-the-plain") for text in _HITS]
    form, key = rule(GIVEN, hit, _MISSES, _SAYS)
    who = "i|i've|we|we've|i'd"
    no, plan = "not|haven't|hadn't|never|didn't", "want|going|will|must|should ... read"
    best = {"cues": [f"{who} ... read ... book|novel"], "unless": [no, plan]}
    second = {
        "cues": ["read ... book|novel"],
        "unless": [
            "not|n't|never|haven't|hadn't",
            "wife|teacher|husband|friend|mother",
            "you|bother",
            "want|going to",
        ],
    }
    third = {
        "cues": [
            "i|we read ... book|novel",
            "i|we have|had|finally read ... book|novel",
            "i've read ... book|novel",
            "i ... read this novel",
        ],
        "unless": ["never"],
    }
    wrong: list[tuple[object, str]] = [
        (GIVEN, "unchanged"),
        ({"cues": GIVEN["cues"], "unless": ["not"]}, "takes-somebody-else"),
        ({"cues": GIVEN["cues"], "unless": [no]}, "takes-somebody-else"),
        ({"cues": ["i ... read ... book|novel"], "unless": []}, "takes-a-no"),
        ({"cues": ["i have read the book"], "unless": []}, "loses-a-spelling"),
        ({"cues": [f"{who} ... read ... book|novel"], "unless": [no]}, "takes-a-wish"),
        ({"cues": [f"{who} ... read ... book|novel"], "unless": [plan]}, "takes-a-no"),
        ({"cues": ["actor|music"], "unless": []}, "deaf"),
        ({"cues": GIVEN["cues"], "unless": ["read"]}, "deaf"),
        ({"cues": GIVEN["cues"], "unless": [no, "wife|teacher", "want|going"]}, "takes-advice"),
        ({"cues": ["read"], "unless": []}, "takes-a-no"),
    ]
    return Task(
        id="mend",
        kind="rule",
        title="Mend the rule",
        points=4,
        statement="In the kit's own way of writing it down, the rule of the last task is:\n\n```\ncues:    "
        "read ... "
        "book|novel\nunless:\n```\n\nIt takes a sentence in which *read* comes, and within seven words of "
        "it *book* or "
        "*novel*. A rule can have several cues, one a line; it takes a sentence that has any of them. What "
        "stands under "
        "`unless`, one a line, holds it back.\n\n| you write | it hears |\n|---|---|\n| `i read` | these "
        "words, one after the "
        "other |\n| `i\\|we` | one or the other |\n| `i ... read` | the second within seven words after "
        "the first |\n| "
        "`i'\\*` | a beginning of a word: *i've*, *i'd* |\n\nWrite a rule that takes sentences in which "
        "reviewers say that "
        "they **have read** the novel, and no others. It is tried on sentences that you do not see: so "
        "think of as many "
        "ways as you can in which people say it, and in which they say something else with the same words.",
        starter='mend = ex.card("mend")\nmend',
        answer=f"mend = {{\n    'cues': {best['cues']!r},\n    'unless': {best['unless']!r},\n}}",
        form=form,
        key=key,
        hints=(
            "Write down five sentences with *read* and *book* in them, in which nobody has read anything.",
            "Who must do the reading? Put them into the cue. What must not be there? Put it under `unless`.",
            "Four things go wrong: a no, somebody else, advice, a wish.",
        ),
        solution="One way:\n\n```\n"
        + "\n".join([f"cues:    {best['cues'][0]}", *(f"unless:  {u}" for u in best["unless"])])
        + "\n```\n\n"
        "The cue says who reads. The first line under `unless` hears a no, the second a wish or advice. "
        "There are "
        "other ways, and every one of them loses somebody: “Have read the book twice” has no *I* at all.",
        ask="Try your rule by hand on three sentences of the page. What does it do with each?",
        right=[best, second, third, {"cues": "\n".join(best["cues"]), "unless": "\n".join(best["unless"])}],
        wrong=wrong,
        cites=("02, “What a rule hears”", "02, “Only what is said outright”"),
    )
