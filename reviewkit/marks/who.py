"""Under which name do I mark? A pseudonym of one's own choice, kept in `my_work/who.json`.

Until one is chosen there is one such as `reader-7k3f`, made by chance and kept as well, so that marks of
today and of next week are the same person's.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from functools import cache

from .. import _paths, kept
from .checking import MarkError, checked_name
from .events import fold, make, now
from .store import Store

__all__ = ["chosen", "hand_over", "keep_pseudonym", "pseudonym"]

_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # without l, i, o, 0, 1


def pseudonym() -> str:
    """The pseudonym under which marks are kept: the chosen one, or one made by chance such as `reader-7k3f`.

    Where it cannot be kept, it holds for this session.
    """
    with suppress(MarkError):
        return checked_name(kept.read("who").get("name"))
    name = _by_chance(str(_paths.work()))
    with suppress(kept.KeptError):
        kept.write("who", {"name": name, "chosen": False})
    return name


def chosen() -> bool:
    """Whether the pseudonym was chosen, and not made by chance."""
    return kept.read("who").get("chosen") is True


def keep_pseudonym(name: str) -> str:
    """Mark under this pseudonym from now on, and give it back.

    One word of 2 to 40 letters, digits and hyphens. Marks set under another one stay under that one, as
    somebody else may have set them; `hand_over` takes them along. Raises `MarkError` for anything that reads
    like a name or an address, `KeptError` if it cannot be kept.

    >>> keep_pseudonym("owl-3")
    'owl-3'
    """
    name = checked_name(name)
    kept.write("who", {"name": name, "chosen": True})
    return name


def hand_over(old: str, new: str, store: Store) -> int:
    """Take the marks of one pseudonym along to another, and say how many there were; the history keeps both.

    Raises `MarkError` for an unsound pseudonym, `StoreError` if the file cannot be written.
    """
    checked_name(new)
    if old == new:
        return 0
    moved = []
    mine = fold(event for event in store.history() if event["who"] == old)
    for event in mine:
        fresh = {name: value for name, value in event.items() if name not in ("event", "at")}
        mark = event["mark"] if event["start"] is not None else None  # a verdict's id tells whose it is
        moved.append(make(**{**fresh, "what": "drop"}, at=now(after=event["at"])))
        moved.append(make(**{**fresh, "who": new, "mark": mark}, at=event["at"]))
    store.add(moved)
    return len(mine)


@cache
def _by_chance(_: str) -> str:
    return "reader-" + "".join(secrets.choice(_READABLE) for _ in range(4))
