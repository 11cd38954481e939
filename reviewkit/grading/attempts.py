"""Which of several attempts counts, and whose are those that no platform named?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from .handed import Handed
from .naming import bare_stem

__all__ = ["Entry", "entries", "whose"]


@dataclass
class Entry:
    """What one person handed in for one set: the file that counts, and how many there were."""

    id: str
    set: str
    page: str | None
    counts: Handed | None
    attempts: int
    notes: list[str] = field(default_factory=list)


def whose(handed: Sequence[Handed]) -> None:
    """Give each file its `id`: by the platform, else the folder it lies in, else its own name.

    A folder is one person's unless files of several people lie in it.
    """
    loose = [each for each in handed if each.named is None]
    for each in handed:
        if each.named is not None:
            each.id = each.named.id
    _deal(loose, 0 if len(loose) < len(handed) else _common(loose), "")


def _common(files: Sequence[Handed]) -> int:
    """How many folders are around all files alike."""
    trails = [each.trail for each in files]
    depth = 0
    while len(files) > 1 and all(len(t) > depth for t in trails) and len({t[depth] for t in trails}) == 1:
        depth += 1
    return depth


def _deal(files: Sequence[Handed], depth: int, above: str) -> None:
    groups: dict[str, list[Handed]] = defaultdict(list)
    for each in files:
        groups[each.trail[depth] if len(each.trail) > depth else ""].append(each)
    for folder, group in groups.items():
        if folder and _one_person(group):
            for each in group:
                each.id = folder
        elif folder:
            _deal(group, depth + 1, f"{folder}/")
        else:
            for each in group:
                each.id = above + _own_name(each)


def _one_person(group: Sequence[Handed]) -> bool:
    good = [each for each in group if not each.trouble]
    signed = {each.pseudonym for each in good if each.pseudonym}
    stems = {bare_stem(each.name).casefold() for each in good}
    others = {stem for stem in stems if not re.match(r"ex\d", stem)}
    return len(signed) <= 1 and len(others) <= 1


def _own_name(each: Handed) -> str:
    """A file's own name; the pseudonym where the name has it in it, as `ex.submit()` names it."""
    stem = bare_stem(each.name)
    plain = re.sub(r"[^\w.-]+", "-", each.pseudonym).strip("-.")[:60]
    if plain and re.search(rf"(?:^|_){re.escape(plain)}$", re.sub(r"\.ipynb$", "", each.name)):
        return each.pseudonym
    return each.pseudonym if plain and stem.endswith(f"_{plain}") else stem


def entries(handed: Sequence[Handed]) -> list[Entry]:
    """One entry for each person and set, in the order of ids; what cannot be opened is told there as well."""
    by_id: dict[str, list[Handed]] = defaultdict(list)
    for each in handed:
        by_id[each.id].append(each)
    made: list[Entry] = []
    for name in sorted(by_id, key=lambda each: (each.casefold(), each)):
        good = [each for each in by_id[name] if not each.trouble]
        broken = [each for each in by_id[name] if each.trouble and each.trouble != "not a notebook"]
        told = [f"{each.label}: {each.trouble}." for each in broken]
        kinds: dict[tuple[str, str | None], list[Handed]] = defaultdict(list)
        for each in good:
            kinds[each.set, each.page].append(each)
        for (set_id, page), group in sorted(kinds.items(), key=lambda item: (item[0][0], item[0][1] or "")):
            made.append(_entry(name, set_id, page, sorted(group, key=lambda e: e.order), told))
        if not good:
            told = told or [f"{each.label}: {each.trouble}." for each in by_id[name]]
            made.append(Entry(name, "", None, None, len(by_id[name]), ["Nothing here can be marked.", *told]))
    return made


def _entry(name: str, set_id: str, page: str | None, group: list[Handed], told: list[str]) -> Entry:
    chosen = group[-1]
    signed = [each for each in group if each.said is not None]
    if chosen.said is None and signed and not chosen.at and not (chosen.named and any(chosen.named.attempt)):
        chosen = signed[-1]  # a bare notebook beside the file that was made for handing in
    notes = list(chosen.notes)
    if len(group) > 1:
        notes.append(f"{len(group)} attempts; {chosen.label} counts.")
    if chosen.pseudonym and chosen.pseudonym != name and len({e.pseudonym for e in group}) > 1:
        notes.append(f"Attempts of {name} carry different pseudonyms.")
    return Entry(name, set_id, page, chosen, len(group), [*notes, *told])
