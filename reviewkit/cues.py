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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .cue_rows import Place, Row, Step, Words, compiled, words_of
from .errors import WorkError

__all__ = ["Cue", "compile_cue", "folded", "tried"]

_STRAIGHT = str.maketrans("’‘“”", "''\"\"")
_WORD = re.compile(r"\*?[\w'&.-]+\*?")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as it was written, and what it looks for; `find` takes a sentence that went through `folded`."""

    text: str
    rows: tuple[Row, ...]

    @property
    def parts(self) -> tuple[re.Pattern[str], ...]:
        """A regular expression for each part."""
        return tuple(compiled(row.pattern) for row in self.rows)

    def find(self, sentence: str) -> list[tuple[int, int]]:
        """Where each part of the cue stands in the sentence first; nothing where one of them is missing."""
        return self.find_in(words_of(sentence))

    def find_in(self, words: Words) -> list[tuple[int, int]]:
        """The same, in a sentence whose words are known."""
        spans = []
        for row in self.rows:
            found = row.find(words)
            if found is None:
                return []
            spans.append(found)
        return spans


def folded(text: str) -> str:
    """The text in small letters and with straight quotation marks, of the same length.

    >>> folded("She’s A CLONE")
    "she's a clone"
    """
    lowered = text.lower()
    if lowered.isascii() and text.isascii():
        return lowered
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(_STRAIGHT)


_plain = lru_cache(maxsize=20_000)(folded)


def compile_cue(text: str, names: Mapping[str, Sequence[str]]) -> Cue:
    """Make a cue of what was written. `names` gives, for each name that may stand behind @, all its forms.

    Raises `WorkError`, saying what is wrong and how a cue is written.

    >>> compile_cue("@Tommy ... dies|died", {"Tommy": ["Tommy", "Tommy D"]}).find("then tommy, at last, dies")
    [(5, 25)]
    """
    parts = [part.split() for part in folded(text.replace("…", "...")).split("+")]
    if not all(parts):
        raise WorkError(f"The cue {text!r} lacks words. Write some on each side of +.")
    known = {_plain(name): forms for name, forms in names.items()} if "@" in text else {}
    return Cue(text, tuple(_row(part, text, known) for part in parts))


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


def _row(words: list[str], cue: str, names: Mapping[str, Sequence[str]]) -> Row:
    """Words in a row, ready to be looked for."""
    if words == ["?"]:
        return Row(asks=True)
    first, last = words[0] == "^", words[-1] == "$"
    words = words[first : len(words) - last]
    if not words or words[0] == "..." or words[-1] == "...":
        raise WorkError(f"The cue {cue!r} has ... at an edge. Write the words on both sides of it.")
    steps: list[Step] = []
    gap = False
    for word in words:
        if word == "...":
            gap = True
            continue
        place = _place(tuple(form for choice in word.split("|") for form in _choice(choice, cue, names)))
        steps.append(Step(place, gap))
        gap = False
    return Row(tuple(steps), first, last)


_place = lru_cache(maxsize=20_000)(Place)


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
        return [_plain(form) + "'s" if word.endswith("'s") else _plain(form) for form in names[name]]
    if not all(_WORD.fullmatch(each) and any(map(str.isalnum, each)) for each in word.split("_")):
        raise WorkError(
            f"The cue {cue!r} has {word!r} in it, which is no word. A cue is made of words, "
            "* for any ending, | between words of which any will do, _ between words that stay together, "
            "... for a gap, + between what must both stand in the sentence, and @ before a character's name."
        )
    return [word.replace("_", " ")]
