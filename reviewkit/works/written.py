"""A file about a work as it was written: what stands in it, and on which line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import WorkError

__all__ = ["GRADES", "Written"]

GRADES = {"premise": 1, "secret": 2, "turn": 2, "fate": 3}
"""The grade that each kind of reveal has unless the file says otherwise."""

_HEADER = re.compile(r"\s*\[\[?\s*([\w-]+)\s*\]\]?")
_KEY = re.compile(r"\s*([\w-]+)\s*=")


@dataclass(frozen=True)
class Written:
    """What tomllib made of a file, and its lines, to say where something stands."""

    content: dict[str, Any]
    lines: list[str]

    @classmethod
    def read(cls, path: Path) -> Written:
        """Read a file; raises `WorkError` for one that is no text, or no TOML, with the line."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise WorkError(f"{path.name} is not plain text in UTF-8. Save it so in your editor.") from None
        except OSError as error:
            raise WorkError(f"{path.name} cannot be read ({error.strerror or error}).") from None
        try:
            return cls(tomllib.loads(text), text.split("\n"))
        except tomllib.TOMLDecodeError as error:
            raise WorkError(f"{path.name}, {_in_plain_words(str(error))}") from None

    def table(self, name: str) -> dict[str, Any]:
        """The one table of this name; empty where it is missing or is something else."""
        found = self.content.get(name, {})
        return found if isinstance(found, dict) else {}

    def tables(self, name: str) -> list[dict[str, Any]]:
        """All tables of this name, in order; without what is no table."""
        found = self.content.get(name, [])
        return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []

    def titles(self, part: str) -> tuple[str, ...]:
        """The title of the novel or the film, and its other titles."""
        table = self.table(part)
        return (table["title"], *table.get("also", ()))

    def character_names(self) -> dict[str, tuple[str, ...]]:
        """Each name of each character, with all of its forms: what may stand behind @ in a cue."""
        names: dict[str, tuple[str, ...]] = {}
        for each in self.tables("character"):
            also = each.get("also")
            forms = [each.get("name"), *(also if isinstance(also, list) else [])]
            strings = tuple(form for form in forms if isinstance(form, str) and form.strip())
            names |= {form: strings for form in strings if form not in names}
        return names

    def line(self, table: str, index: int = 0, key: str | None = None, words: str | None = None) -> int:
        """The line, from 1, of the n-th table of this name, of a key in it, and of words behind that key."""
        seen, at = -1, 1
        inside = False
        for number, line in enumerate(self.lines, 1):
            if header := _HEADER.match(line):
                if inside:
                    break
                seen += header[1] == table
                inside = header[1] == table and seen == index
                at = number if inside else at
            elif inside and key and (found := _KEY.match(line)) and found[1] == key:
                at, key = number, None
                if words is None:
                    break
            if inside and key is None and words and words in line.replace('\\"', '"'):
                return number
        return at


def _in_plain_words(message: str) -> str:
    """What tomllib says of a fault, its place first, and what to look for.

    >>> _in_plain_words("Illegal character '\\\\n' (at line 3, column 9)")
    'line 3: a text is not closed: put a quotation mark at both of its ends.'
    """
    place = re.search(r"\(at (?:line (\d+), column \d+|end of document)\)", message)
    line = f"line {place[1]}: " if place and place[1] else "at its end: "
    said = message[: place.start()].strip() if place else message
    hints = {
        "Illegal character '\\n'": "a text is not closed: put a quotation mark at both of its ends.",
        "Unterminated string": "a text is not closed: put a quotation mark at both of its ends.",
        "Invalid value": "a value is missing or is not in quotation marks.",
        "Unclosed array": "a list is not closed: put ] behind its last text, and a comma between texts.",
        "Cannot overwrite a value": "this name stands twice in the same part: keep one.",
        "Cannot declare": "this part stands twice; what comes several times is written [[so]].",
        "Expected '='": "an = is missing between a name and its value.",
        "Invalid statement": "this is no line of the form: name = value.",
        "Expected newline": "something stands behind the value; is a comma or a quotation mark missing?",
    }
    return line + next((hint for start, hint in hints.items() if said.startswith(start)), said + ".")
