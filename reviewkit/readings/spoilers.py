"""What does a review give away, and how does it handle that: warnings, things withheld, grades?

`find` tries the rules of `spoilers.toml` on every sentence. Rules for `warning` and `withholding` give spans.
A sentence has the grade of the gravest thing that it gives away: by the cues of the file about the work, and
by rules that hold for any story (somebody dies, turns out to be, ends up with). Then context is weighed:

1. what might have been, a kinsman's death, a career that died (rules labelled `no-story`) give nothing away,
   nor does what the reviewer declines to tell ("I won't say whether she lives"); a question ("Does he die?")
   is 1;
2. beside the cues of a work, a rule that names nobody ("he dies") counts only where the sentence before is
   about the story; the death is then that of the person named last;
3. a sentence that goes on by pronoun from one of grade 2 or more is 2; a quotation begun in one is as grave;
4. a title that contains a name ("Jane Eyre", where Jane is a name of hers) is not that person;
5. "Spoiler alert: you will fall asleep" is a joke unless something is given away; "hard to discuss without
   giving it away" warns only where something is, and so do words like "you have been warned" or "I am going
   to talk about the sister", soon after them, and "oops", just before it;
6. what the work's file calls grave is 1 where it is only named, in one word, in a sentence that has nobody
   in it ("the alley's there"); one that sends the reader away gives nothing away without a colon.

Without a work nobody's names, secrets and turns are known: a word with a capital within a sentence is taken
for somebody of the story, and grades are guesses by general words, and weaker.

Known misreadings: reveals told by allusion ("the price that others pay"); a passage retold without a name or
a telling word; another film's plot; irony; a cue that names nobody, met in a sentence about real life.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..cue_index import Hit
from ..cues import folded
from ..handling import GRADE_OF
from ..rulebook import Rule, Ruleset
from ..works import Work
from .parts import Found, Sentence, Told

__all__ = ["find"]

_LABEL = {grade: label for label, grade in GRADE_OF.items()}
_ASKS = re.compile(
    r"^\W*(?:does|do|will|did|can|could|is|are|was|were|shall|would|should|has|have)\b[^?]*\?\W*$"
)
_CLAUSE = re.compile(r"[;:]|, (?:but|except|and yet)\b| but ")
_ALERT = re.compile(r"spoiler(?: alerts?)?\W*[:!.,–-]+\W*\w+\W+\w+")
_WORD = re.compile(r"\w+")
_CAPITAL = re.compile(r"(?<!\w)[A-Z]")
_NAME = re.compile(r"(?<=[\w,;] )([A-Z][a-z]{2,20})(?: [A-Z][a-z]{2,20}){0,2}(?:['’]s)?(?![\w'’])")
_FIRST = re.compile(r"([A-Z][a-z]{2,20})(?:['’]s)?(?![\w'’])")
_PERSON = re.compile(r"(?<!\w)(?:he|she|they|him|her|them|his|their|who|boy|girl|man|woman)(?!\w)")
_GOES_ON = "goes on with what was given away"
_IF_TOLD = "warns, if it then tells"
_IF_HAS_TOLD = "looks back, if it has told"
_STRONG = (  # warnings that say what is to come, in a sentence that does not yet tell it
    "those who have not seen it are to stop",
    "sends away whoever has not seen it",
    "says that it will tell",
)
_HARD = "hard to discuss without telling"
_AHEAD = 8  # sentences within which what is warned of must be told
_BACK = 3  # sentences back in which the person meant by a pronoun is looked for


class _Given(NamedTuple):
    """Something given away: how grave, by what rule or reveal, and by which words of the sentence."""

    grade: int
    name: str
    spans: list[tuple[int, int]]
    of_work: bool = False


class _Line(NamedTuple):
    """A sentence with what was found in it."""

    sentence: Sentence
    plain: str
    hits: list[Hit[Rule]]


def find(told: Told, rules: Ruleset, work: Work | None) -> list[Found]:
    """Warnings and things withheld, and each sentence that gives something away, in order of the words."""
    lines = []
    no_name = frozenset(rules.lists.get("noname", ()))
    for sentence in told.sentences:
        plain = _without_titles(sentence.folded, work) if work else _unnamed(told, sentence, no_name)
        lines.append(_Line(sentence, plain, rules.find(plain)))
    given = list(_given(lines, work))
    found = list(_announced(told, lines, rules, [each.grade if each else 0 for each in given]))
    for line, each in zip(lines, given, strict=True):
        if each is not None:
            start = line.sentence.start
            words = _quoted(told, line, each.spans)
            found.append(Found(_LABEL[each.grade], start, line.sentence.end, each.name, words))
    return sorted(found, key=lambda one: (one.start, one.end))


def _quoted(told: Told, line: _Line, spans: list[tuple[int, int]]) -> str:
    """The words that decided, as they stand in the text."""
    start = line.sentence.start
    return " ... ".join(told.text[start + a : start + b] for a, b in spans)


# ---- grades ----


def _given(lines: Sequence[_Line], work: Work | None) -> Iterator[_Given | None]:
    """For each sentence the gravest thing that it gives away; None for nothing."""
    before: _Given | None = None
    paragraph, quoting = 0, False
    for number, line in enumerate(lines):
        same = line.sentence.paragraph == paragraph
        quoting = quoting and same and before is not None
        candidates = list(_of_work(line.plain, work)) if work else []
        for hit in line.hits:
            grade = GRADE_OF.get(hit.of.label, 0)
            if hit.of.name == _GOES_ON and (before is None or before.grade < 2 or not same):
                continue
            if grade and (
                work is None or before or hit.of.label == "minor" or _named(line.plain, hit.spans, work)
            ):
                if (
                    work is not None
                    and grade == 2
                    and hit.of.name != _GOES_ON
                    and not _named(line.plain, hit.spans, work)
                ):
                    grade = _by_person(lines, number, work, before)
                candidates.append(_Given(grade, hit.of.name, hit.spans))
        held = [each for each in candidates if not _held_back(each, line, work)]
        best = max(held, key=lambda each: each.grade, default=None)
        if best is not None and _ASKS.match(line.plain):
            best = best._replace(grade=1)
        if quoting and before is not None and (best is None or best.grade < before.grade):
            best = before._replace(spans=[(0, len(line.plain))])
        before, paragraph = best, line.sentence.paragraph
        quoting ^= line.plain.count('"') % 2 == 1
        yield best


def _of_work(plain: str, work: Work) -> Iterator[_Given]:
    """What a sentence gives away by the cues of the work's file.

    A thing that is only named, in one word ("the alley's there"), tells those alone who know.
    """
    told_of_somebody = _PERSON.search(plain) or _people(work)[0].search(plain)
    for given in work.given_away(plain):
        bare = len(given.spans) == 1 and _WORD.fullmatch(plain, *given.spans[0])
        grade = 1 if bare and not told_of_somebody else given.reveal.grade
        yield _Given(grade, given.reveal.name, given.spans, True)


def _by_person(lines: Sequence[_Line], number: int, work: Work, before: _Given | None) -> int:
    """The grade of a death told by pronoun: 3 for a principal who was named last, 2 for anybody else."""
    for line in reversed(lines[max(0, number - _BACK) : number + 1]):
        if named := _people(work)[0].findall(line.plain):
            return 3 if named[-1] in _people(work)[1] else 2
    return max(2, before.grade if before else 0)


def _held_back(given: _Given, line: _Line, work: Work | None) -> bool:
    """Whether the sentence says that it is not so, or declines to tell it."""
    nameless = not (
        given.of_work or (work is not None and _named(line.plain, given.spans, work, players=False))
    )
    for hit in line.hits:
        if hit.of.name in _STRONG and ":" not in line.plain:
            return True
        if hit.of.label == "no-story" and (nameless or _meet(hit.spans, given.spans)):
            return True
        if hit.of.label == "withholding":
            start = min(hit.spans)[0]
            stop = _CLAUSE.search(line.plain, max(end for _, end in hit.spans))
            if all(start <= a < (stop.start() if stop else len(line.plain)) for a, _ in given.spans):
                return True
    return False


def _meet(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def _named(plain: str, spans: list[tuple[int, int]], work: Work, *, players: bool = True) -> bool:
    """Whether the words name somebody of the story, or who plays them."""
    person, _, player = _people(work)
    found = [m[0] for a, b in spans for m in person.finditer(plain, a, b)]
    return any(players or name not in player for name in found)


@lru_cache(maxsize=20)
def _people(work: Work) -> tuple[re.Pattern[str], frozenset[str], frozenset[str]]:
    """A pattern for everybody of the story and whoever plays them; principals' names; names of players."""
    principals = {person.name for person in work.characters if person.principal}
    players = {
        folded(form): each.plays in principals for each in work.people if each.plays for form in each.forms
    }
    names = {folded(form): p.name in principals for p in work.characters for form in p.forms}
    either = "|".join(map(re.escape, sorted({*names, *players}, key=len, reverse=True))) or r"(?!)"
    of_principals = frozenset(name for name, is_so in {**players, **names}.items() if is_so)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)"), of_principals, frozenset(players) - frozenset(names)


# ---- titles ----


@lru_cache(maxsize=20)
def _titles(work: Work) -> re.Pattern[str] | None:
    """Titles that have somebody's name in them, and more than that."""
    person = _people(work)[0]
    telling = [t for t in map(folded, work.titles) if person.search(t) and not person.fullmatch(t)]
    return re.compile("|".join(map(re.escape, sorted(telling, key=len, reverse=True)))) if telling else None


def _without_titles(plain: str, work: Work | None) -> str:
    """The sentence, of the same length, with the letters of such titles struck out."""
    pattern = _titles(work) if work else None
    return pattern.sub(lambda title: re.sub(r"\w", "x", title[0]), plain) if pattern else plain


# ---- names, where no work gives them ----


def _unnamed(told: Told, sentence: Sentence, no_name: frozenset[str]) -> str:
    """The sentence, of the same length, with "he" (or "his") in place of what must be somebody's name.

    A name is a word with a capital within a sentence, or several; the film's people are taken for the
    story's, and it is left to the rules that what they do is told of people in a story. Headings are left.
    """
    written = told.text[sentence.start : sentence.end]
    if 2 * len(_CAPITAL.findall(written)) > len(_WORD.findall(written)):
        return sentence.folded
    plain = sentence.folded
    first = _FIRST.match(written)
    if first and first[1] in _names_in(told.text) and first[1].lower() not in no_name:
        plain = _pronoun(first) + plain[first.end() :]
    for name in _NAME.finditer(written):
        if name[1].lower() not in no_name:
            plain = plain[: name.start()] + _pronoun(name) + plain[name.end() :]
    return plain


@lru_cache(maxsize=200)
def _names_in(text: str) -> frozenset[str]:
    """Words that are names within some sentence, and so are at the beginning of another."""
    return frozenset(name[1] for name in _NAME.finditer(text))


def _pronoun(name: re.Match[str]) -> str:
    """As many characters as the name has: a pronoun, again where a gap would be too wide."""
    word, length = ("his" if name[0][-2:] in ("'s", "’s") else "he"), len(name[0])
    filled = (word.ljust(8) * (length // 8 + 1))[: length - length % 8 if length > 8 else length]
    return filled.ljust(length)


# ---- warnings, and things withheld ----


def _announced(told: Told, lines: Sequence[_Line], rules: Ruleset, grades: Sequence[int]) -> Iterator[Found]:
    """Each warning and each thing withheld: one of a kind to a sentence, over all words that say it."""
    warned = -9
    for number, line in enumerate(lines):
        taken: list[tuple[int, int]] = []
        for label in ("warning", "withholding"):
            hits = [h for h in line.hits if h.of.label == label and _meant(h, line, number, grades, warned)]
            spans = [span for hit in hits for span in _all_spans(hit, line, rules)]
            if not spans or _meet(spans, taken):
                continue
            taken, warned = spans, number if label == "warning" else warned
            start, end = min(a for a, _ in spans), max(b for _, b in spans)
            at = line.sentence.start
            yield Found(label, at + start, at + end, hits[0].of.name, _quoted(told, line, hits[0].spans))


def _all_spans(hit: Hit[Rule], line: _Line, rules: Ruleset) -> list[tuple[int, int]]:
    """The words of all cues of a rule that a sentence has, not of the first alone."""
    return [span for other in rules.index.find(line.plain) if other.of is hit.of for span in other.spans]


def _meant(hit: Hit[Rule], line: _Line, number: int, grades: Sequence[int], warned: int) -> bool:
    """Whether an announcement holds, by what stands around it."""
    if hit.of.name == _IF_TOLD:
        return number - warned <= 2 or any(grade >= 2 for grade in grades[number : number + _AHEAD])
    if hit.of.name == _HARD:
        return any(grade >= 2 for grade in grades[number:])
    if hit.of.name == _IF_HAS_TOLD:
        return any(grade >= 2 for grade in grades[max(0, number - 3) : number + 1])
    if hit.of.name == "spoilers are announced" and _ALERT.match(line.plain, hit.spans[0][0]):
        return any(grade >= 2 for grade in grades[max(0, number - 2) : number + 3])
    return True
