"""Who is speaking: somebody who has read the novel, somebody who knows the film alone, or nobody says?

`find` tries the rules of `perspective.toml` on every sentence. A rule's finding is words that speak of a
reading: one's own (`book-reader`), none (`film-only`), half a one (`partial`), or one that is no evidence
about the reviewer (`set-aside`: a wife's, anybody's, that of another book). Where findings share words,

1. the one whose subject stands nearer to the verb holds: "I went with a friend who has read it" is the
   friend's reading, "my friend and I have read it" the reviewer's too;
2. then part of a reading beats none, and none beats a whole one: "I have never read it" has "I have ... read
   it" in it as well;
3. words within quotation marks are somebody else's;
4. rules on "it, the book just named" count only where the sentence, or one of the two before it, speaks of a
   book: "I never opened it" says nothing of itself.

`perspectives` gives one verdict per review. Part of a reading decides; else a reading that is stated; else
its lack, stated; else its lack, implied; else a reading that is implied: who "had not read it" when watching
may have since, and who has not read it may still report what the book is like. `order` is that of the first
finding which has one.

Known misreadings: irony ("Sure, I read the book"); a title without "book" or "novel" beside it, where no work
is given; a reading told over two sentences ("The book? Never."); judgements of the book that are borrowed and
do not say so, which count as first-hand; "it" where it is the film, just after the book was named.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd

from .. import schema
from ..cue_index import Hit
from ..cue_rows import Words
from ..cues import folded
from ..rulebook import Rule, Ruleset, rules
from ..works import Work
from .parts import Found, Told

__all__ = ["find", "perspectives"]

_WORD = re.compile(r"[\w']+")
_OPENS = re.compile(r"(?<![\w'])'(?=\w)")
_CLOSES = re.compile(r"(?<=[\w.,!?])'(?!\w)")
_READS = (
    "audiobook",
    "pages",
    "chapter",
    "read it",
    "read this",
    "having read",
    "bookmark",
    "have read",
    "been reading",
)
_WEIGHT = {"partial": 3, "film-only": 2, "book-reader": 1}
_IT = "it, the book just named"  # how rules begin which count only near a sentence that names the book
_NEAR = 2  # sentences after one that names the book, in which "it" may be the book


@lru_cache(maxsize=20)
def _of_a_book(names: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for words that show that the talk is of a book, and not of the film alone."""
    either = "|".join(re.escape(folded(name)) for name in (*names, *_READS))
    return re.compile(rf"(?<!\w)(?:{either})s?(?!\w)")


class _Words(NamedTuple):
    """Words of a sentence that a rule speaks of."""

    start: int
    end: int
    rule: Rule
    own: bool
    """Whether they have the reviewer for a subject: "I", "we've" ..."""


def find(told: Told, rules: Ruleset, work: Work | None) -> list[Found]:
    """Each stretch of words that speaks of a reading, with the rule that says so, in order of the words."""
    found = []
    own = frozenset(rules.lists.get("own", ()))
    named, since = _of_a_book((*rules.lists.get("book", ()), *rules.lists.get("title", ()))), _NEAR + 1
    for sentence in told.sentences:
        since = 0 if named.search(sentence.folded) else since + 1
        hits = [h for h in rules.find(sentence.folded) if since <= _NEAR or not h.of.name.startswith(_IT)]
        for words in _weighed([_tight(hit, sentence.folded, own) for hit in hits]) if hits else ():
            label = words.rule.label
            if label != "set-aside" and _quoted(sentence.folded, words):
                label = "set-aside"
            start, end = sentence.start + words.start, sentence.start + words.end
            found.append(Found(label, start, end, words.rule.name, told.text[start:end]))
    return found


def _tight(hit: Hit[Rule], sentence: str, own: frozenset[str]) -> _Words:
    """The words of a hit, begun as late as its cue allows, at the subject next to the verb."""
    start, end = min(hit.spans)[0], max(end for _, end in hit.spans)
    if len(hit.cue.rows) == 1:
        words = Words(sentence[:end])
        while (later := hit.cue.rows[0].find(words, start + 1)) and later[1] == end:
            start = later[0]
    heads = {start, *(span[0] for span in hit.spans[1:])}
    firsts = (_WORD.match(sentence, at) for at in heads)
    return _Words(start, end, hit.of, any(first and first[0] in own for first in firsts))


def _weighed(words: list[_Words]) -> list[_Words]:
    """The findings that hold, in order; of several on the same words one, with an order if any has."""
    aside = [each for each in words if each.rule.label == "set-aside"]
    own = [w for w in words if w.rule.label != "set-aside"]
    for a in aside:
        own = [w for w in own if not (_meet(a, w) and (a.start > w.start or not w.own))]
    own = [
        w for w in own if not any(_meet(o, w) and _WEIGHT[o.rule.label] > _WEIGHT[w.rule.label] for o in own)
    ]
    kept: list[_Words] = []
    for each in sorted(own, key=lambda w: (w.rule.basis != "stated", not w.rule.order, w.start)) + aside:
        if not any(_meet(each, other) for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda w: w.start)


def _meet(one: _Words, other: _Words) -> bool:
    return one.start < other.end and other.start < one.end


def _quoted(sentence: str, words: _Words) -> bool:
    """Whether words stand within quotation marks; a title alone does not make them quoted."""
    before, after = sentence[: words.start], sentence[words.end :]
    if before.count('"') % 2 == 1 and '"' in after:
        return True
    opened = sum(mark.start() < words.start for mark in _OPENS.finditer(sentence))
    closed = [mark.start() >= words.end for mark in _CLOSES.finditer(sentence)]
    return opened > closed.count(False) and any(closed)


def perspectives(evidence: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """The perspective of every review, for each source in a table of evidence.

    Takes tables of evidence (layer `perspective`; other layers are left aside) and reviews. Gives a table of
    verdicts, one row per source and review, in the order of the reviews: label, basis, order, spans. Basis
    and order of a finding are those of the kit's rule of its name; a mark without a rule counts as stated.
    Raises `TableError` where a column is missing.

    >>> reviews = pd.DataFrame({"review_id": ["a-01"], "text": ["I read the book."]})
    >>> found = pd.DataFrame({"review_id": ["a-01"], "layer": "perspective", "label": "book-reader",
    ...                       "start": [0], "end": [15], "rule": "has read it", "source": "rule"})
    >>> perspectives(found, reviews)[["label", "basis"]].values.tolist()
    [['book-reader', 'stated']]
    """
    schema.check(evidence, "evidence", ("review_id", "layer", "label", "start", "source"))
    schema.check(reviews, "reviews", ("review_id", "text"))
    rows: dict[str, list[object]] = {name: [] for name in schema.TABLES["verdicts"]}
    own = evidence[evidence["layer"] == "perspective"].sort_values("start", kind="stable")
    named = own["rule"] if "rule" in own else pd.Series(None, index=own.index, dtype=object)
    for source in dict.fromkeys(evidence["source"]) or ("rule",):
        marks: dict[str, list[tuple[str, str, str]]] = {}
        of_source = own["source"] == source
        columns = (own["review_id"], own["label"], named)
        for review_id, label, rule in zip(*(column[of_source] for column in columns), strict=True):
            marks.setdefault(review_id, []).append((label, *_ruled(rule)))
        for review_id in reviews["review_id"]:
            values = {"review_id": review_id, "layer": "perspective", "source": source}
            for column, value in {**values, **_verdict(marks.get(review_id, []))}.items():
                rows[column].append(value)
    return schema.frame("verdicts", {name: values for name, values in rows.items() if values})


def _verdict(marks: list[tuple[str, str, str]]) -> dict[str, object]:
    """The verdict's own columns, from label, basis and order of each finding, in the order of the words."""
    ranks = ("partial", "book-reader stated", "film-only stated", "film-only implied", "book-reader implied")
    for rank in ranks:
        label, _, basis = rank.partition(" ")
        bases = [of for which, of, _ in marks if which == label and basis in ("", of)]
        if bases:
            stated = "stated" if "stated" in bases else "implied"
            order = next((of for which, _, of in marks if of and which == label == "book-reader"), None)
            return {"label": label, "basis": stated, "order": order, "spans": len(marks)}
    return {"label": "unstated", "basis": "none", "order": None, "spans": len(marks)}


@cache
def _shipped() -> dict[str, tuple[str, str]]:
    """Basis and order of each of the kit's rules."""
    table = rules("perspective")
    return {name: (basis, order) for name, basis, order in table[["rule", "basis", "order"]].to_numpy()}


def _ruled(rule: object) -> tuple[str, str]:
    """Basis and order of a finding, by its rule's name."""
    basis, order = _shipped().get(str(rule), ("", ""))
    return basis or "stated", order
