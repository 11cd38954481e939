"""Which reviews stand on a page twice? The same words, or their beginning, and nothing to tell them apart.

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
    excerpts = _excerpts(parsed.records)
    for i, record in enumerate(parsed.records):
        if i in excerpts:
            continue
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
    for i, whole in excerpts.items():
        if whole in places:
            repeats[i] = f"Left out: the beginning of review number {places[whole]}, shown a second time."
        else:
            repeats[i] = "Left out: the beginning of another review, shown a second time."
    return list(places), repeats, notes


def _excerpts(records: list[Record]) -> dict[int, int]:
    """Shortened copies, ending in dots, and the whole review, by the same author and of the same day."""
    by_head: dict[tuple[str | None, str | None], list[int]] = {}
    for i, record in enumerate(records):
        by_head.setdefault((record.author, record.date), []).append(i)
    found = {}
    for i, record in enumerate(records):
        stem = record.text.rstrip(" .…")
        if len(record.text) - len(stem) < 1 + 2 * record.text.endswith(".") or len(stem.split()) < _FEW_WORDS:
            continue
        if record.author is None or record.date is None:
            continue
        near = by_head[record.author, record.date][:50]
        whole = next(
            (
                k
                for k in near
                if k != i and len(records[k].text) > len(record.text) and records[k].text.startswith(stem)
            ),
            None,
        )
        if whole is not None:
            found[i] = whole
    return found


def _is_repeat(one: Record, other: Record) -> bool:
    """Whether two records of the same words are one: nothing differs, and more agrees than few words."""
    pairs = {name: (getattr(one, name), getattr(other, name)) for name in _TELLS}
    known = {name: pair for name, pair in pairs.items() if None not in pair}
    differ = {name for name, (a, b) in known.items() if a != b}
    if "date" in known and "author" in known:
        return not differ - _GROWING
    return not differ and ("date" in known or "author" in known or len(one.text.split()) >= _FEW_WORDS)
