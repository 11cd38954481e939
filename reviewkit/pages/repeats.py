"""Which reviews stand on a page twice? The same words, and nothing that tells the two apart.

Known misreading: two people who paste the same long text on the same day, with the same votes, are one.
"""

from __future__ import annotations

from .parts import Note, Parsed, Record

__all__ = ["without_repeats"]

_TELLS = ("date", "author", "rating", "title", "helpful_votes", "comments", "format", "verified")
_GROWING = {"helpful_votes", "comments"}  # may have grown between two copies of a page
_FEW_WORDS = 12


def without_repeats(parsed: Parsed) -> tuple[list[int], dict[int, str], list[Note]]:
    """Which records stay; why each of the others does not; and doubts about some that do."""
    same: dict[str, list[int]] = {}
    places: dict[int, int] = {}
    repeats: dict[int, str] = {}
    notes: list[Note] = []
    for i, record in enumerate(parsed.records):
        earlier = same.setdefault(record.text, []) if record.text else []
        twin = next((e for e in earlier[-50:] if _is_repeat(parsed.records[e], record)), None)
        if twin is not None:
            repeats[i] = f"Left out: the same review as number {places[twin]}."
            continue
        places[i] = len(places) + 1
        if earlier:
            said = f"The same words as in review {places[earlier[0]]}: kept as another review."
            notes.append(Note(record.start, "doubt", said))
        earlier.append(i)
    return list(places), repeats, notes


def _is_repeat(one: Record, other: Record) -> bool:
    """Whether two records of the same words are one: nothing differs, and more agrees than few words."""
    pairs = {name: (getattr(one, name), getattr(other, name)) for name in _TELLS}
    known = {name: pair for name, pair in pairs.items() if None not in pair}
    differ = {name for name, (a, b) in known.items() if a != b}
    if "date" in known and "author" in known:
        return not differ - _GROWING
    return not differ and ("date" in known or "author" in known or len(one.text.split()) >= _FEW_WORDS)
