"""How is the case built? Concessions, grounds, other voices, hedges, boosters, questions for effect, ethos.

Each rule names a device and the words that give it away. Hedge and booster are those words alone, as often as
they stand there; grounds, voices and ethos run over the clause around them; a question over its sentence. A
concession has two sides: its rules find the turn ("but", "although", "that said"), and `_weighs` asks whether
the sides judge a film or speak of watching it, so that a "but" in a retold story is left alone. What a rule
has under `unless` holds back only words that it touches. After Toulmin (grounds), Hyland (hedge, booster),
Bakhtin and Martin & White (voices), Mann & Thompson (concession).

Grounds are weighed (`_grounds`): a rule that points, things that can be seen on a screen, a judgement on
which they hang; and a trade, an origin or an age counts as ethos where a judgement leans on it (`_bears`).

Known misreadings: a concession without a turning word, or with two neutral sides; things named in a
summary, and short or plainly told grounds; "may" and "a bit" inside a story; a statement with a
question mark; irony.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..cue_index import Hit
from ..cue_rows import words_of
from ..cues import Cue, compile_cue
from ..rulebook import Rule, Ruleset
from ..works import Work
from .parts import Found, Sentence, Told

__all__ = ["find"]

Span = tuple[int, int]

_WORDS_ALONE = ("hedge", "booster")
_SHOWN = "things shown"
_AROUND = 3
_SUBJECT = re.compile(
    r"\W*(?:(?:and|but|yet|even|so|still|then|again|however|that|said)\W+){0,4}"
    r"(?:(?:it|he|she|they|we|i|you|that|this|there|the|what|nobody|nothing)\b|\w+'s\b)"
)
_LEANT_ON = "where I come from"
_ENOUGH = 3  # points that make grounds
_MOST = 3  # things shown that count
_OPENS = 0.25  # of a review's sentences: claims and their grounds come later
_FOR_AND_AGAINST = (("they", 1), ("self", -2), ("home", -1))
_DETAIL = (  # words quoted, a list or an aside, a likeness, thirteen words and more
    re.compile(r'"'),
    re.compile(r":\s|--|[—–]|\s-\s"),
    re.compile(r"\b(?:like (?:an?|some|one)|as (?:if|though))\b"),
    re.compile(r"(?:\w[\w',]{0,30}[^\w]{1,3}){13}"),
)
_ON = re.compile(r"\bthen\b|\band (?:\w{1,20} )?\w{1,20}s\b")  # by which a story goes on
_JOINTS = (
    re.compile(r"\b(?:when|where|because|bc|cause|since|how|the way)\b"),
    re.compile(
        r"[,:;]\s+(?:(?:all|no|only|just|with|the|that|those|these|like|one|an?)\s|\w{3,20}ing\s)[^.:;]{3,90}$"
    ),
)
_STEM = 4  # letters by which a word is known again ("drawing", "drawings")
_EDGE = re.compile(
    r"[;()]|:\s|--+|[—–…]|\.{3,}|\s-\s|,(?=\s+(?:and|but|so|because|although|though|yet|while|whilst|or)\s)"
    r"|\s(?=(?:but|because|although)\s)"
)
_OPENING = re.compile(r"\W*(?:(?:and|but|yet|still|so|then|now|well|oh|all|with|having|on|in|to)\W+)*")
_COMMA = re.compile(r",\s|\s[-–—]+\s|;\s|--|—")
_WORD = re.compile(r"[\w']+")
_LEAD = re.compile(r"[\s,]*(?:(?:and|but|so|because)\s+)?")
_NOT = re.compile(r"\b(?:not|no|never|nor|hardly|without|nothing|\w+n't)\b(?:\W+\w+){0,3}\W*$")
_NOT_WITHIN = 25  # characters before a word in which a "not" may stand that turns it round
_TURNED = re.compile(r"\b(?:but|yet|still|only|though|however|although|nevertheless)\Z")
_YIELDED = re.compile(r"\W*(?:but|yet|still|though|only|so|however|even so)\b")
_SUBORDINATE = re.compile(
    r"al(?:tho|beit)|tho|even|whil|whereas|despite|inspite|dispite|in spite|for all|as much|much as|if"
)


def find(told: Told, rules: Ruleset, work: Work | None) -> list[Found]:
    """The devices of one review, in order of their words."""
    found: list[Found] = []
    for number, sentence in enumerate(told.sentences):
        if hits := rules.index.find(sentence.folded):
            found += _words_alone(told, sentence, hits, rules)
            found += _stretches(told, number, hits, rules)
            found += _grounds(told, number, hits, rules)
    return sorted(_joined(found), key=lambda each: (each.start, each.end, each.label))


def _words_alone(told: Told, sentence: Sentence, hits: list[Hit[Rule]], rules: Ruleset) -> Iterator[Found]:
    """Hedges and boosters: every place of every cue, the longest where cues overlap."""
    for label in _WORDS_ALONE:
        own = [hit for hit in hits if hit.of.label == label]
        if not own:
            continue
        words, last = words_of(sentence.folded), 0
        places = ((place, hit.of) for hit in own for place in hit.cue.rows[0].find_all(words))
        for (start, end), rule in sorted(places, key=lambda each: (each[0][0], -each[0][1], each[1].name)):
            if start >= last and not _held_back(rule, (start, end), sentence.folded, rules):
                last = end
                at = sentence.start + start, sentence.start + end
                yield Found(label, *at, rule.name, told.text[slice(*at)])


def _stretches(told: Told, number: int, hits: list[Hit[Rule]], rules: Ruleset) -> Iterator[Found]:
    """All others: the clause, the sentence, or both sides of a concession, around the words of a cue."""
    sentence = told.sentences[number]
    for hit in hits:
        label = hit.of.label
        if label in _WORDS_ALONE or label == "grounds":
            continue
        at = min(start for start, _ in hit.spans), max(end for _, end in hit.spans)
        if label == "question":
            at = 0, len(sentence.folded)
        if _held_back(hit.of, at, sentence.folded, rules):
            continue
        span: Span | None = sentence.start, sentence.end
        if label == "concession":
            span = _concession(at, told, number, rules, hit.of)
        elif hit.of.name == _LEANT_ON and not _bears(told, number, rules):
            continue
        elif label != "question":
            span = _clause(sentence, at)
        if span is not None:
            cues = "?" if label == "question" else told.text[sentence.start + at[0] : sentence.start + at[1]]
            yield Found(label, *span, hit.of.name, cues)


def _held_back(rule: Rule, at: Span, sentence: str, rules: Ruleset) -> bool:
    """Whether something under a rule's `unless` touches these words."""
    return bool(rule.unless) and any(
        start < at[1] and at[0] < end for start, end in _holding(rule, sentence, rules)
    )


@lru_cache(maxsize=64)
def _holding(rule: Rule, sentence: str, rules: Ruleset) -> tuple[Span, ...]:
    """Where the words stand in a sentence that hold a rule back."""
    words = words_of(sentence)
    return tuple(at for cue in rules.index.holding(sentence, rule) for at in cue.rows[0].find_all(words))


def _clause(sentence: Sentence, at: Span) -> Span:
    """The clause around some words: from the last edge before them to the first behind."""
    text, start, end = sentence.folded, 0, len(sentence.folded)
    for edge in _EDGE.finditer(text):
        if edge.end() <= at[0]:
            start = edge.end()
        elif edge.start() >= at[1]:
            end = edge.start()
            break
    piece = text[start:end]
    lead = _LEAD.match(piece)
    start += lead.end() if lead and start + lead.end() <= at[0] else 0
    return sentence.start + start, sentence.start + start + len(text[start:end].rstrip(" ,.!?\n"))


def _grounds(told: Told, number: int, hits: list[Hit[Rule]], rules: Ruleset) -> Iterator[Found]:
    """The clause that points at something in support of a claim, if enough speaks for it.

    Points are given for the rule that hit, for each thing shown (three at most), and for what makes a
    sentence a detail (`_DETAIL`, or `_JOINTS` on which it hangs from a judgement). They are taken where the
    reviewer tells of himself, where a story goes on (`_ON`), and where no claim can have gone before.
    """
    pointing = [hit for hit in hits if hit.of.label == "grounds"]
    if not pointing:
        return
    sentence = told.sentences[number]
    points = _as_detail(told, number, rules)
    at_most = max(hit.of.points * (_MOST if hit.of.name == _SHOWN else 1) for hit in pointing)
    shown = next((hit for hit in pointing if hit.of.name == _SHOWN), None)
    if points + at_most + (_MOST if shown else 0) < _ENOUGH:
        return
    things = _things(sentence.folded, shown.of, rules) if shown else []
    best = (shown.of, things, len(things) * shown.of.points) if shown and things else None
    for hit in pointing:
        if hit is not shown and (best is None or hit.of.points > best[2]):
            at = min(start for start, _ in hit.spans), max(end for _, end in hit.spans)
            if not _held_back(hit.of, at, sentence.folded, rules):
                best = hit.of, [at], hit.of.points
    if best is None:
        return
    rule, places, worth = best
    if points + worth + (len(things) if rule.name != _SHOWN else 0) >= _ENOUGH:
        at = min(places)[0], max(end for _, end in places)
        span = _clause(sentence, at)
        yield Found("grounds", *span, rule.name, told.text[sentence.start + at[0] : sentence.start + at[1]])


def _as_detail(told: Told, number: int, rules: Ruleset) -> int:
    """What speaks for a detail in support of a claim, and against it, whatever rule hit."""
    sentence, text = told.sentences[number], told.sentences[number].folded
    points = sum(bool(_list(rules, name).find(text)) * worth for name, worth in _FOR_AND_AGAINST)
    points += sum(bool(sign.search(text)) for sign in _DETAIL) - (len(_ON.findall(text)) > 1)
    points += sum(_hangs_on(joint, text, rules) for joint in _JOINTS)
    if not number or told.sentences[number - 1].paragraph != sentence.paragraph:
        points -= not _leaning(text, rules)
    return points - (number < int(_OPENS * len(told.sentences)))


def _hangs_on(joint: re.Pattern[str], text: str, rules: Ruleset) -> bool:
    """Whether a judgement stands before a joint of the sentence ("when", "because", ", all")."""
    found = joint.search(text)
    return found is not None and bool(_leaning(text[: found.start()], rules))


def _things(text: str, rule: Rule, rules: Ruleset) -> list[Span]:
    """Where different things stand that can be seen or heard on a screen, three at most."""
    there = {place[0][:_STEM]: place.span() for place in _seen(rules).finditer(text)}
    return [at for at in there.values() if not _held_back(rule, at, text, rules)][:_MOST]


@lru_cache(maxsize=8)
def _seen(rules: Ruleset) -> re.Pattern[str]:
    """Things shown, sorted by their first letters so that few are tried at any place."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(rules.lists.get("seen", ()), key=len, reverse=True):
        form = re.escape(word[1:]).replace(r"\*", r"[\w']{0,30}").replace(r"\ ", r"\s+")
        by_letter.setdefault(word[0], []).append(form)
    return re.compile(
        r"\b(?:" + "|".join(f"{a}(?:{'|'.join(rest)})" for a, rest in by_letter.items()) + r")(?!\w)"
    )


def _bears(told: Told, number: int, rules: Ruleset) -> bool:
    """Whether this sentence, or the next of its paragraph, leans on who is speaking."""
    near = told.sentences[number : number + 2]
    return any(
        _list(rules, "bearing").find(each.folded) for each in near if each.paragraph == near[0].paragraph
    )


def _concession(at: Span, told: Told, number: int, rules: Ruleset, rule: Rule) -> Span | None:
    """Both sides of a turn, in the sentence or with the sentence before it, if they weigh something."""
    sentence = told.sentences[number]
    text, turn = sentence.folded, sentence.folded[at[0] : at[1]]
    whole = sentence.start, sentence.start + len(text.rstrip(" .!"))
    if rule.name == "granted, but" and _TURNED.search(turn):
        return whole
    if rule.name == "granted, in a word":
        return _around(told, number)
    opening = _OPENING.match(text)
    opens = opening is not None and at[0] <= opening.end()
    left, right = text[: at[0]], text[at[1] :]
    if opens and _SUBORDINATE.match(turn):
        comma = _COMMA.search(text, at[1])
        return whole if comma and _weighs(text[: comma.start()], text[comma.end() :], rules, rule) else None
    if not opens and not turn.startswith("however") and _WORD.search(right):
        clause = rule.name != "but" or _list(rules, "verbs").find(" ".join(_WORD.findall(right)[:8]))
        return whole if clause and _weighs(left, right, rules, rule) else None
    if rule.name == "granted, but" and number + 1 < len(told.sentences):
        after = told.sentences[number + 1]
        if after.paragraph == sentence.paragraph and (
            _leaning(after.folded, rules) or _YIELDED.match(after.folded)
        ):
            return sentence.start, after.start + len(after.folded.rstrip(" .!"))
    if not opens and len(_leaning(left, rules)) == 2:
        return whole
    before = told.sentences[number - 1] if number else None
    if before is None or before.paragraph != sentence.paragraph or text.endswith("?"):
        return None
    return (before.start, whole[1]) if _weighs(before.folded, text, rules, rule, apart=True) else None


def _around(told: Told, number: int) -> Span | None:
    """From the sentence before to the sentence after, of one paragraph; nothing where one is wanting."""
    near = told.sentences[max(number - 1, 0) : number + 2]
    if len(near) < _AROUND or near[0].paragraph != near[-1].paragraph:
        return None
    return near[0].start, near[-1].start + len(near[-1].folded.rstrip(" .!"))


def _weighs(left: str, right: str, rules: Ruleset, rule: Rule, *, apart: bool = False) -> bool:
    """Whether two sides are set against each other by somebody who judges a film, and not inside its story.

    Praise on one side and blame on the other always are. Else "although" and "however" need one side that
    judges or speaks of the film; "but" within a sentence one that judges or both on the film, and a point
    granted or no story told; "but" after a full stop (`apart`) two that judge, or one and both on the film,
    or a sentence before it that begins by giving in.
    """
    if len(_WORD.findall(left)) < 2 or len(_WORD.findall(right)) < 2:
        return False
    one, other = _leaning(left, rules), _leaning(right, rules)
    if ("praise" in one and "blame" in other) or ("blame" in one and "praise" in other):
        return True
    own = [_list(rules, "ours").find(side) for side in (left, right)]
    story = all(_list(rules, "they").find(side) for side in (left, right))
    if rule.name != "but":
        return bool(one and other) or (not story and bool(one or other or any(own)))
    if apart:
        yields = _list(rules, "yielding").find(left)
        judged = bool(one or other) and (bool(one and other) or all(own) or bool(_SUBJECT.match(right)))
        return judged or bool(yields and yields[0][0] < 4 and (other or own[1]))
    granted = bool(_list(rules, "granting").find(left))
    return bool(one or other or all(own)) and (granted or not story)


def _leaning(side: str, rules: Ruleset) -> set[str]:
    """Whether a side praises, blames, or does both; "not" turns a word round."""
    found = set()
    words = words_of(side)
    for name, turned in (("praise", "blame"), ("blame", "praise")):
        for start, _ in _list(rules, name).rows[0].find_all(words):
            near = side[max(start - _NOT_WITHIN, 0) : start]
            found.add(turned if _NOT.search(near) else name)
    return found


@lru_cache(maxsize=64)
def _list(rules: Ruleset, name: str) -> Cue:
    """One of the rules' lists as a cue, with names of the work that belong to it."""
    names = {"ours": "|@actor|@maker|@author|@title", "they": "|@character"}
    return compile_cue(f"@{name}{names.get(name, '')}", rules.lists)


def _joined(found: list[Found]) -> list[Found]:
    """Spans of one label that overlap are one; the first says what decided it."""
    joined: list[Found] = []
    for each in sorted(found, key=lambda one: (one.label, one.start, -one.end)):
        last = joined[-1] if joined else None
        if last and last.label == each.label and each.start < last.end:
            joined[-1] = last._replace(end=max(last.end, each.end))
        else:
            joined.append(each)
    return joined
