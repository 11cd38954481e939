"""Whose names are these? Pseudonyms for authors, and signatures masked at equal length.

A name becomes `Reviewer` and six letters or digits, by a keyed hash. The key is made once, stays in
`my_work/` and is never shared, so the same name gives the same pseudonym on this installation and another
one elsewhere, and nobody can try names against a published table.

A signature is the name (and place, and date) with which a review ends: on lines of its own, after a dash,
or right behind the last sentence. It is found by its shape, without a list of names. Known misreadings: a
last line in capitals such as "Highly Recommended Viewing" is told apart by a short list of words that
verdicts use, so an unusual verdict may be masked; a first name alone without a dash is not found; nor is a
name in the middle of a review.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from functools import cache

from . import _paths

__all__ = ["BLOCK", "mask", "mask_name", "pseudonym", "signatures"]

BLOCK = "█"

_NAME = r"[A-Z][\w'’.-]*"
_FULL_NAME = rf"(?:{_NAME}[ \t]+){{1,3}}{_NAME}"
_HANDLE = r"(?:[A-Z]{2,}[a-z]\w*|[A-Z][a-z]+(?:[A-Z]\w*|\d+)|[A-Z]{2,4}\d+|[A-Z]{2,4}(?=,)|[a-z]+\d+|\w+_\w+)"
_DATE = r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?"
_PLACE = r"[A-Z][\w.'’ -]{1,30}"
_AFTER = rf"(?:[ \t]*,[ \t]*(?:{_DATE}|{_PLACE}))*[ \t]*"

# A line that is nothing but a signature, with or without a dash, "by" or "signed" before it.
_LINE = re.compile(rf"[ \t]*(?:{_FULL_NAME}|{_HANDLE}){_AFTER}")
_DASHED = re.compile(
    rf"[ \t]*(?:[-–—~]+|[Bb]y\b|[Ss]igned\b,?)[ \t]*(?:{_FULL_NAME}|{_NAME}|{_HANDLE}){_AFTER}"
)
_PLACE_LINE = re.compile(r"[ \t]*(?:[A-Z][\w.'’-]*,?[ \t]*){1,4}")
# A signature behind the last sentence, on the same line.
_BEHIND = re.compile(
    rf"(?<=[.!?)\"”’…])[ \t]+((?:[-–—~]+[ \t]*)?{_HANDLE}(?:[ \t]*,[ \t]*{_DATE})?"
    rf"|[-–—~]+[ \t]*{_NAME}(?:[ \t]+{_NAME}){{0,3}}{_AFTER})$"
)
_VERDICT = re.compile(
    r"\b(?:recommend\w*|stars?|movies?|films?|dvds?|blu-?ray|books?|novels?|great|good|bad|best|worst|must|see"
    r"|watch|avoid|love\w*|enjoy\w*|beautiful\w*|brilliant|excellent|superb|amazing|awesome|wonderful|sad|end"
    r"|rating|grade|buy|rent|highly|very|not?|thanks?|thank|you|spoilers?|warning|alert|never|masterpiece"
    r"|the|and|a|an|of|for|is|was|it|my|me|this|that|dvd|ok|lol|imo|imho|uk|usa|tv|hd|bbc|ps)\b",
    re.IGNORECASE,
)


def signatures(text: str) -> list[tuple[int, int]]:
    """Where a review is signed: spans (start, end) of a name, its place and date, in code points.

    >>> signatures("I wept twice.\\n\\nAda Example\\nSmallville")
    [(15, 26), (27, 37)]
    """
    body = text.rstrip()
    lines = _last_lines(body)
    for count in (2, 1):
        block = lines[-count:]
        if len(block) == count < len(lines) + 1 and _is_block(body, block):
            return block
    start, end = lines[-1] if lines else (0, 0)
    found = _BEHIND.search(body, max(start, end - 120), end)
    if found and not _VERDICT.search(found[1]):
        return [found.span(1)]
    return []


def _last_lines(body: str) -> list[tuple[int, int]]:
    """The last three lines of a text, as spans."""
    spans: list[tuple[int, int]] = []
    end = len(body)
    while end > 0 and len(spans) < 3:
        start = body.rfind("\n", 0, end) + 1
        spans.insert(0, (start, end))
        end = start - 1
    return spans


def _is_block(body: str, block: list[tuple[int, int]]) -> bool:
    """Whether these last lines are a name, or a name and a place, set off from the prose above."""
    first = body[slice(*block[0])]
    if len(first) > 50:
        return False
    dashed = bool(_DASHED.fullmatch(first))
    if not (dashed or _LINE.fullmatch(first)):
        return False
    if block[0][0] == 0 or (not dashed and _VERDICT.search(first)):
        return False
    above = body[: block[0][0]].rstrip(" \t")
    set_off = above.endswith("\n\n") or above.rstrip().endswith((".", "!", "?", ")", '"', "”", "…"))
    rest = body[slice(*block[1])] if len(block) > 1 else "X"
    return set_off and len(rest) <= 40 and bool(_PLACE_LINE.fullmatch(rest))


def mask_name(name: str) -> str:
    """The same length with every visible character blocked out; white space stays.

    >>> mask_name("Ada Example")
    '███ ███████'
    """
    return re.sub(r"\S", BLOCK, name)


def mask(text: str) -> str:
    """A review's text with its signature blocked out at equal length, so that every offset holds."""
    for start, end in signatures(text):
        text = text[:start] + mask_name(text[start:end]) + text[end:]
    return text


def pseudonym(name: str) -> str:
    """A stable stand-in for a reviewer's name on this installation, such as `Reviewer 4KQ7MB`.

    White space and case do not matter. Raises nothing: where no key can be kept, one is made for this
    session, and pseudonyms change with the next.
    """
    folded = " ".join(name.split()).casefold().encode()
    digest = hmac.digest(_key(), folded, "sha256")
    return "Reviewer " + base64.b32encode(digest).decode()[:6]


@cache
def _key() -> bytes:
    """This installation's key for pseudonyms; made at first use."""
    path = _paths.work() / "pseudonyms.key"
    try:
        return bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        key = secrets.token_bytes(32)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(key.hex(), encoding="ascii")
    except OSError:
        pass
    return key
