"""Which words give a thing away? A small language for writing cues down, which anybody learns in a minute.

    clone*                    a word, with any ending
    raised for parts          words in a row; signs and capitals do not matter
    dies|died|passed_away     any one of these; _ keeps words together
    donat* ... organ*         the second within seven words after the first
    organ* + harvest*|taken   both in one sentence, in either order
    @Tommy ... dies|died      any name that the work file gives Tommy, or any word of the list of that name
    ^ well   the end $        at the sentence's beginning, or at its end
    why + ?                   in a sentence that ends with a question mark

A cue is compiled into regular expressions that cannot run away: a gap is bounded, and a word is a word.
Known misreadings: a cue knows no pronouns ("he dies") unless they are written out, and no negation;
`unless`, beside the cues wherever they are written, is for that.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from .errors import WorkError

__all__ = ["Cue", "CueIndex", "Hit", "compile_cue", "folded", "tried"]

_STRAIGHT = str.maketrans("’‘“”", "''\"\"")
_BETWEEN = r"[^\w]{1,8}"  # what stands between two words: a space, a comma and a space, a quotation mark ...
_GAP = rf"{_BETWEEN}(?:[\w']{{1,40}}{_BETWEEN}){{0,6}}?"
_WORD = re.compile(r"\*?[\w'&.-]+\*?")
_TOKEN = re.compile(r"\w+")
_KNOWN = 20_000  # words for which an index remembers which cues they could belong to
_ASKS = re.compile(r"(?<![\"')\]*!?])(?=[\"')\]*!]*+\?)[\"')\]*!?]++\s*$")
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as it was written, and what it looks for; `find` takes a sentence that went through `folded`."""

    text: str
    parts: tuple[re.Pattern[str], ...]
    heads: tuple[frozenset[str], ...]
    """For each place in the cue the words one of which must be there (clon* stands for all that begin so)."""

    def find(self, sentence: str) -> list[tuple[int, int]]:
        """Where each part of the cue stands in the sentence first; nothing where one of them is missing."""
        spans = []
        for part in self.parts:
            if part is _ASKS and "?" not in sentence:
                return []
            found = part.search(sentence)
            if found is None:
                return []
            spans.append(found.span())
        return spans


Payload = TypeVar("Payload", bound=Hashable)


class Hit(NamedTuple, Generic[Payload]):
    """What a sentence was found to say, by which cue, and where its words stand in the sentence."""

    of: Payload
    cue: Cue
    spans: list[tuple[int, int]]


class CueIndex(Generic[Payload]):
    """Many cues at once: only those are tried of which a word is in the sentence for each place."""

    def __init__(self, cues: Iterable[tuple[Cue, Payload]]) -> None:
        self._all = list(cues)
        self._words: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._known: dict[str, int] = {}
        each = [cue.heads for cue, _ in self._all]
        self._longest = 0
        self._without = [0] * max(map(len, each), default=0)  # for each place the cues without it
        for number, places in enumerate(each):
            for place in range(len(self._without)):
                if place >= len(places):
                    self._without[place] |= 1 << number
                    continue
                bit = 1 << (place * len(each) + number)
                for head in places[place]:
                    kept, word = (self._stems if head.endswith("*") else self._words), head.rstrip("*")
                    kept[word] = kept.get(word, 0) | bit
                    self._longest = max(self._longest, len(word))

    def find(self, sentence: str, *, once: bool = False) -> list[Hit[Payload]]:
        """Each cue that a folded sentence has, in the order in which they were given; `once` for one a
        payload."""
        hits: list[Hit[Payload]] = []
        had: set[Payload] = set()
        for number in self._could_fit(sentence):
            cue, payload = self._all[number]
            if once and payload in had:
                continue
            if spans := cue.find(sentence):
                hits.append(Hit(payload, cue, spans))
                had.add(payload)
        return hits

    def _could_fit(self, sentence: str) -> list[int]:
        """The numbers of the cues of which the sentence has a word for each place.

        A set of cues is one whole number, a bit for each cue and as many again for each further place: to put
        such numbers together takes next to no time.
        """
        there, many = 0, len(self._all)
        for word in set(_TOKEN.findall(sentence)):
            known = self._known.get(word)
            there |= self._of_word(word) if known is None else known
        fits = (1 << many) - 1
        for without in self._without:
            fits &= there | without
            there >>= many
        numbers = []
        while fits:
            lowest = fits & -fits
            numbers.append(lowest.bit_length() - 1)
            fits ^= lowest
        return numbers

    def _of_word(self, word: str) -> int:
        """The cues, and the places in them, where a word could stand."""
        found = self._words.get(word, 0)
        for length in range(1, min(len(word), self._longest) + 1):
            found |= self._stems.get(word[:length], 0)
        if len(self._known) >= _KNOWN:
            self._known.clear()
        self._known[word] = found
        return found


def folded(text: str) -> str:
    """The text in small letters and with straight quotation marks, of the same length.

    >>> folded("She’s A CLONE")
    "she's a clone"
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(_STRAIGHT)


def compile_cue(text: str, names: Mapping[str, Sequence[str]]) -> Cue:
    """Make a cue of what was written. `names` gives, for each name that may stand behind @, all its forms.

    Raises `WorkError`, saying what is wrong and how a cue is written.

    >>> compile_cue("@Tommy ... dies|died", {"Tommy": ["Tommy", "Tommy D"]}).find("then tommy, at last, dies")
    [(5, 25)]
    """
    parts = [part.split() for part in folded(text.replace("…", "...")).split("+")]
    if not all(parts):
        raise WorkError(f"The cue {text!r} lacks words. Write some on each side of +.")
    known = {folded(name): [folded(form) for form in forms] for name, forms in names.items()}
    made = [_part(part, text, known) for part in parts]
    heads = tuple(head for _, each in made for head in each)
    return Cue(text, tuple(re.compile(pattern) for pattern, _ in made), heads)


def tried(sentence: str, cues: Sequence[Cue], unless: Sequence[Cue], *, wanted: bool) -> str | None:
    """What is wrong where an example is found, or missed, against its writer's wish; None where nothing
    is."""
    plain = folded(sentence)
    cue = next((cue for cue in cues if cue.find(plain)), None)
    stopped = next((each for each in unless if each.find(plain)), None)
    if wanted and cue is None:
        return f"No cue finds {sentence!r}. Add one that does, or change the sentence."
    if wanted and stopped is not None:
        return f"{sentence!r} is held back by {stopped.text!r} under `unless`. Make that narrower."
    if not wanted and cue is not None and stopped is None:
        return (
            f"The cue {cue.text!r} finds {sentence!r}, which must not count. Make the cue narrower, or add "
            "words of the sentence to `unless`."
        )
    return None


def _part(words: list[str], cue: str, names: Mapping[str, Sequence[str]]) -> tuple[str, list[frozenset[str]]]:
    """The regular expression for words in a row, and for each place in it the heads of its words."""
    if words == ["?"]:
        return _ASKS.pattern, []
    first, last = words[0] == "^", words[-1] == "$"
    words = words[first : len(words) - last]
    if not words or words[0] == "..." or words[-1] == "...":
        raise WorkError(f"The cue {cue!r} has ... at an edge. Write the words on both sides of it.")
    pattern, between = r"^[\W_]*" if first else r"(?<!\w)", ""
    heads = []
    for word in words:
        if word == "...":
            between = _GAP
            continue
        choices = [form for choice in word.split("|") for form in _choice(choice, cue, names)]
        pattern += f"{between}(?:{'|'.join(map(_form, choices)) or _NEVER.pattern})"
        between = _BETWEEN
        found = frozenset(map(_head, choices))
        if "" not in found:
            heads.append(found)
    return pattern + (r"(?!\w)[\W_]*$" if last else r"(?!\w)"), heads


def _choice(word: str, cue: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """What one choice stands for: itself, or all forms of a name."""
    if word.startswith("@"):
        name = word[1:].removesuffix("'s").replace("_", " ")
        if name not in names:
            raise WorkError(
                f"The cue {cue!r} names {word}, who is not in this file. After @ may stand: "
                f"{', '.join(sorted({each.replace(' ', '_') for each in names})) or 'no one yet'}. "
                "Add a [[character]] of that name, or one of its names to `also`."
            )
        return [form + "'s" if word.endswith("'s") else form for form in names[name]]
    if not all(_WORD.fullmatch(each) and any(map(str.isalnum, each)) for each in word.split("_")):
        raise WorkError(
            f"The cue {cue!r} has {word!r} in it, which is no word. A cue is made of words, "
            "* for any ending, | between words of which any will do, _ between words that stay together, "
            "... for a gap, + between what must both stand in the sentence, and @ before a character's name."
        )
    return [word.replace("_", " ")]


def _form(form: str) -> str:
    """The regular expression for one word, or for words that stay together."""
    return _BETWEEN.join(re.escape(word).replace(r"\*", r"[\w']{0,30}") for word in form.split())


def _head(form: str) -> str:
    """A form's longest word, with its star, as that which tells most; nothing where none is certain."""
    words = [found for found in _TOKEN.finditer(form) if form[: found.start()][-1:] != "*"]
    longest = max(words, key=lambda found: len(found[0]), default=None)
    if longest is None:
        return ""
    return f"{longest[0]}*" if form[longest.end() :].startswith("*") else longest[0]
