"""What are the rules, and what would they say if one of them were changed?

A reading's rules are data: a TOML file beside its module in `readings/`, one `[[rule]]` after another, each
with a name, a label, cues (see `cues.py`), a reason, sentences it must hit and sentences it must miss.
`rules` shows them as a table; a table that somebody has edited can be used in place of the kit's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import pandas as pd

from .cue_index import CueIndex, Hit
from .cues import Cue, compile_cue, tried
from .errors import TableError, WorkError
from .works import Work

__all__ = ["LAYERS", "Rule", "Ruleset", "check_rules", "compiled", "rules"]

LAYERS = ("perspective", "spoilers", "structure", "devices")
"""Layers with rules; `sentiment` has a lexicon in their place."""

_LISTS = ("cues", "unless", "hits", "misses")
_COLUMNS = ("rule", "label", "basis", "order", "points", *_LISTS[:2], "why", *_LISTS[2:])


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule, as it was written."""

    name: str
    label: str
    why: str
    cues: tuple[str, ...]
    unless: tuple[str, ...] = ()
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    basis: str = ""
    """Of perspective: `stated` or `implied`."""
    order: str = ""
    """Of perspective: `book-first` or `film-first`."""
    points: float = 1.0
    """Of structure: what a hit counts for its stage."""


@dataclass(frozen=True, eq=False)
class Ruleset:
    """The rules of one layer, ready to be tried on sentences; names of a work stand behind @ in their
    cues."""

    layer: str
    rules: tuple[Rule, ...]
    index: CueIndex[Rule]
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def find(self, sentence: str) -> list[Hit[Rule]]:
        """Every rule that a folded sentence meets, with the first of its cues that did, in the rules'
        order."""
        hits = self.index.find(sentence, once=True)
        return [hit for hit in hits if not (hit.of.unless and self.index.holding(sentence, hit.of))]


def rules(layer: str) -> pd.DataFrame:
    """The rules of a layer (`perspective`, `spoilers`, `structure` or `devices`) as a table, to read and to
    edit.

    Columns: rule, label, basis and order (perspective), points (structure), cues, unless, why, hits,
    misses; cues and sentences stand one a line. Edit a copy and give it to `rk.read(..., rules=table)`.

    >>> rules("perspective").columns[:2].tolist()
    ['rule', 'label']
    """
    rows = [
        {
            "rule": rule.name,
            **{name: getattr(rule, name) for name in ("label", "basis", "order", "points", "why")},
            **{name: "\n".join(getattr(rule, name)) for name in _LISTS},
        }
        for rule in _shipped(layer)[0]
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def compiled(layer: str, work: Work | None = None, table: pd.DataFrame | None = None) -> Ruleset:
    """The rules of a layer, ready for use; `table` stands in the place of the kit's.

    Raises `TableError` where the table lacks a column, and `WorkError` for a cue that cannot be read.
    """
    if table is None:
        return _kits(layer, work)
    return _ruleset(layer, _from_table(table), {**_shipped(layer)[1], **_names(work)})


@lru_cache(maxsize=32)
def _kits(layer: str, work: Work | None) -> Ruleset:
    own, lists = _shipped(layer)
    return _ruleset(layer, own, {**lists, **_names(work)})


def check_rules(layer: str, table: pd.DataFrame | None = None) -> list[str]:
    """What is wrong with rules: sentences that a rule should hit and does not, or hits and should not.

    Gives one sentence for each fault, beginning with the rule's name; an empty list where all is well.
    """
    own, lists = _shipped(layer)
    own = own if table is None else _from_table(table)
    names = {**lists, **_names(None)}
    found = []
    for rule in own:
        cues, unless = ([compile_cue(cue, names) for cue in each] for each in (rule.cues, rule.unless))
        for sentences, wanted in ((rule.hits, True), (rule.misses, False)):
            said = (tried(sentence, cues, unless, wanted=wanted) for sentence in sentences)
            found += [f"{rule.name}: {each}" for each in said if each is not None]
    return found


def _ruleset(layer: str, own: Iterable[Rule], names: Mapping[str, Sequence[str]]) -> Ruleset:
    own = tuple(own)
    index = CueIndex(
        ((_cue(text, rule, names), rule) for rule in own for text in rule.cues),
        ((_cue(text, rule, names), rule) for rule in own for text in rule.unless),
    )
    return Ruleset(layer, own, index, names)


def _cue(text: str, rule: Rule, names: Mapping[str, Sequence[str]]) -> Cue:
    try:
        return compile_cue(text, names)
    except WorkError as error:
        raise WorkError(f"The rule {rule.name!r}: {error}") from None


def _names(work: Work | None) -> dict[str, tuple[str, ...]]:
    """What a work's names put behind @: actor, maker, author, character, principal, title."""
    people = work.people if work else ()
    characters = work.characters if work else ()

    def forms(chosen: Iterable[object]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(form for each in chosen for form in each.forms))  # type: ignore[attr-defined]

    return {
        "actor": forms(each for each in people if each.role == "actor"),
        "maker": forms(each for each in people if each.role not in ("actor", "novelist")),
        "author": forms(each for each in people if each.role == "novelist"),
        "character": forms(characters),
        "principal": forms(each for each in characters if each.principal),
        "title": work.titles if work else (),
    }


@cache
def _shipped(layer: str) -> tuple[tuple[Rule, ...], dict[str, list[str]]]:
    """The kit's own rules, and the lists that their cues name."""
    if layer not in LAYERS:
        close = get_close_matches(str(layer), LAYERS, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise TableError(f"There are no rules for {layer!r}.{hint} There are for: {', '.join(LAYERS)}.")
    written = tomllib.loads((files("reviewkit.readings") / f"{layer}.toml").read_text(encoding="utf-8"))
    made = tuple(
        _rule({key: tuple(value) if key in _LISTS else value for key, value in each.items()})
        for each in written["rule"]
    )
    return made, written.get("lists", {})


def _rule(written: dict[str, Any]) -> Rule:
    return Rule(**written)


def _from_table(table: pd.DataFrame) -> tuple[Rule, ...]:
    """The rules in a table that somebody has edited."""
    missing = [name for name in ("rule", "label", "cues") if name not in table.columns]
    if missing:
        raise TableError(
            f"This table of rules has no column {', '.join(map(repr, missing))}. "
            "rk.rules(layer) gives a complete one to copy and edit."
        )
    made = []
    for row in table.to_dict("records"):
        known = {key: value for key, value in row.items() if key in _COLUMNS and not pd.isna(value)}
        lists = {
            key: tuple(filter(None, map(str.strip, str(known.get(key, "")).split("\n")))) for key in _LISTS
        }
        plain: dict[str, Any] = {
            key: known[key] for key in ("label", "basis", "order", "points") if key in known
        }
        made.append(_rule({"name": str(known["rule"]), "why": str(known.get("why", "")), **lists, **plain}))
    return tuple(made)
