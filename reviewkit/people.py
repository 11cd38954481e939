"""Whose names are these? Pseudonyms for authors, and signatures masked at equal length.

A name becomes `Reviewer` and six letters or digits, by a keyed hash. The key is made once, stays in
`my_work/` and is never shared, so the same name gives the same pseudonym on this installation and another
one elsewhere, and nobody can try names against a published table.

A signature is the name (and place, and date) with which a review ends: on lines of its own, after a dash or
a farewell, or right behind the last sentence. It is found by its shape, without a list of names. Known
misreadings: a last line in capitals such as "Highly Recommended" is told apart by a list of words that
verdicts use, so an unusual verdict ("Blade Runner Again") is masked, and a name that is such a word
("Wanda Good") is not; neither is a first name alone without a dash, a name in small letters or in Chinese
characters, or a name in the middle of a review.
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

_UPPER = "A-ZÀ-ÖØ-ÞĀ-žΑ-ΩА-Я"
_NAME = rf"[{_UPPER}][\w'’.-]*"
_PARTICLE = r"(?:van|von|der|den|de|la|le|di|da|del|al|bin|ben|and|&)"
_FULL_NAME = rf"{_NAME}(?:[ \t]+{_PARTICLE}){{0,2}}(?:[ \t]+{_NAME}|[ \t]+{_PARTICLE}(?=[ \t])){{1,4}}"
_HANDLE = (
    rf"(?:[{_UPPER}]{{2,}}[a-z]\w*|[{_UPPER}][a-z]+(?:[A-Z]\w*|\d+)|[A-Z]{{2,4}}\d+|[A-Z]{{2,4}}(?=,)"
    r"|[a-z]+\d+|\w+_\w+)"
)
_DATE = r"(?:\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?|(?:19|20)\d\d)"
_PLACE = rf"(?:[{_UPPER}][\w.'’ -]{{1,30}}|(?:author|editor|teacher|professor|writer) .{{2,40}})"
_AFTER = rf"(?:[ \t]*,[ \t]*(?:{_DATE}|{_PLACE})|[ \t]+{_DATE})*[ \t]*"
_CLOSE = r"[)*~_\]]*[ \t]*"
_LEAD = (
    r"(?:(?:Amazon )?[Rr]eview(?:ed|er)?(?: by)?:?|[Ss]igned,?|[Cc]heers,|[Ll]ove,|[Rr]egards,|[Yy]ours,"
    r"|[-–—~*(\[_]+)"
)

# A line that is nothing but a signature; one that says so by a dash, a bracket or a word before it.
_LINE = re.compile(rf"[ \t]*(?P<who>{_FULL_NAME}|{_HANDLE}){_AFTER}")
_LED = re.compile(rf"[ \t]*{_LEAD}[ \t]*(?P<who>{_FULL_NAME}|{_NAME}|{_HANDLE}){_CLOSE}{_AFTER}")
_FAREWELL = re.compile(
    r"[ \t]*(?:(?:best |kind |warm )?(?:regards|wishes)|love|cheers|sincerely|yours(?: \w+)?|thanks),?[ \t]*",
    re.IGNORECASE,
)
_PLACE_LINE = re.compile(
    rf"[ \t]*(?:[{_UPPER}][\w.'’-]*,?[ \t]*){{1,4}}|[ \t]*(?:https?://|www\.)\S+[ \t]*|[ \t]*{_DATE}[ \t]*"
)
# A signature behind the last sentence, on the same line.
_BEHIND = re.compile(
    rf"(?<=[.!?)\"”’…])[ \t]+((?:[-–—~]+[ \t]*)?{_HANDLE}(?:[ \t]*,[ \t]*{_DATE})?"
    rf"|[\w.-]{{3,30}}[ \t]*,[ \t]*{_DATE}"
    rf"|[-–—~]+[ \t]*{_NAME}(?:[ \t]+{_NAME}){{0,3}}{_AFTER})$"
)
_VERDICT = re.compile(
    r"\b(?:recommend\w*|stars?|movies?|films?|dvds?|blu-?ray|books?|novels?|great|good|bad|best|worst|must|see"
    r"|watch\w*|avoid|love\w*|enjoy\w*|beautiful\w*|brilliant|excellent|superb|amazing|awesome|wonderful|sad"
    r"|end|ending|rating|grade|buy|rent|highly|very|not?|thanks?|you|spoilers?|warning|alert|never|masterpiece"
    r"|the|a|an|of|for|is|was|it|my|me|this|that|ok|lol|imo|imho|uk|usa|tv|hd|bbc|ps|stuff|pure|poetry|enough"
    r"|said|case|closed|thumbs|two|three|four|five|one|bring|tissues?|kleenex|utterly|devastating|simply|truly"
    r"|heart-?\w+|oscar|worthy|performance\w*|stunning|powerful|haunting\w*|moving|touching|boring|slow|perfect"
    r"|classic|disappoint\w*|overrated|underrated|bravo|wow|yes|absolutely|totally|really|so|too|just|still|all"
    r"|nothing|something|everything|nobody|everyone|life|death|human\w*|story|acting|cast|score|music)\b",
    re.IGNORECASE,
)


def signatures(text: str) -> list[tuple[int, int]]:
    """Where a review is signed: spans (start, end) of a name, its place and date, in code points.

    >>> signatures("I wept twice.\\n\\nAda Example\\nSmallville")
    [(15, 26), (27, 37)]
    """
    body = text.rstrip()
    lines = _last_lines(body, 4)
    for count in (3, 2, 1):
        block = lines[-count:]
        if len(block) == count and _is_block(body, block):
            return block
    if not lines:
        return []
    start, end = lines[-1]
    found = _BEHIND.search(body, max(start, end - 120), end)
    return [found.span(1)] if found and not _VERDICT.search(found[1]) else []


def _last_lines(body: str, most: int) -> list[tuple[int, int]]:
    """The last lines of a text, as spans."""
    spans: list[tuple[int, int]] = []
    end = len(body)
    while end > 0 and len(spans) < most:
        start = body.rfind("\n", 0, end) + 1
        spans.insert(0, (start, end))
        end = start - 1
    return spans


def _is_block(body: str, block: list[tuple[int, int]]) -> bool:
    """Whether these last lines are a name, perhaps with a place or date, set off from the prose above."""
    name, *rest = [body[start:end] for start, end in block]
    above = body[: block[0][0]].rstrip(" \t")
    if not above.strip() or len(name) > 80 or any(len(line) > 60 for line in rest):
        return False
    farewell = _FAREWELL.fullmatch(above.rstrip().rsplit("\n", 1)[-1][-60:]) is not None
    found = _LED.fullmatch(name) or _LINE.fullmatch(name)
    if farewell:
        found = found or re.fullmatch(rf"[ \t]*(?P<who>{_NAME})[ \t]*", name)
    if found is None or _VERDICT.search(found["who"]):
        return False
    if not all(_PLACE_LINE.fullmatch(line) for line in rest):
        return False
    before = above.rstrip()
    return before[-1] != ":" and (farewell or above.endswith("\n\n") or before.endswith(tuple('.!?)"”…')))


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
