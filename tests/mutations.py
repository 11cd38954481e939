"""Ways in which a page gets damaged: lines dropped, doubled, swapped, parted; bytes flipped; ends cut off."""

from __future__ import annotations

import random
from collections.abc import Iterator


def mutations(page: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Give `count` damaged copies, the same ones for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        damaged = page
        for _ in range(chance.choice([1, 1, 1, 2])):
            damaged = chance.choice([_flip, _flip, _cut, _drop, _double, _swap, _part])(damaged, chance)
        yield damaged


def _flip(page: bytes, chance: random.Random) -> bytes:
    flipped = bytearray(page)
    for _ in range(chance.choice([1, 1, 3, 20, 200])):
        if flipped:
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def _cut(page: bytes, chance: random.Random) -> bytes:
    return page[: chance.randrange(len(page) + 1)]


def _drop(page: bytes, chance: random.Random) -> bytes:
    return b"\n".join(line for line in page.split(b"\n") if chance.random() > 0.03)


def _double(page: bytes, chance: random.Random) -> bytes:
    return b"\n".join(line for each in page.split(b"\n") for line in [each] * (1 + (chance.random() < 0.03)))


def _swap(page: bytes, chance: random.Random) -> bytes:
    lines = page.split(b"\n")
    for _ in range(chance.choice([1, 2, 5])):
        a, b = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[a], lines[b] = lines[b], lines[a]
    return b"\n".join(lines)


def _part(page: bytes, chance: random.Random) -> bytes:
    lines = page.split(b"\n")
    for _ in range(5):
        lines.insert(chance.randrange(len(lines) + 1), b"")
    return b"\n".join(lines)
