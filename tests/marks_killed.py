"""Marks away until it is killed; says the id of every event that was reported as kept.

    python marks_killed.py FILE [PAUSE]

Run by `test_marks_store.py`; imports nothing heavy, so that many can be started and killed.
"""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reviewkit.marks.events import make
from reviewkit.marks.store import Store

TEXT = "I read the novel first, and then I saw the film with my aunt. We wept. " * 8


def mark(number: int) -> dict[str, object]:
    """A mark on some words of the text."""
    at = number % 400
    place = {"corpus": "page", "review_id": f"page-{number % 9 + 1:02d}", "start": at, "end": at + 12}
    return make(text=TEXT, who="owl", layer="devices", label="hedge", note=f"note {number} 😀", **place)


def main(path: str, pause: float = 0.0) -> None:
    """Mark in batches of one to three, each said once it is kept."""
    store = Store(path, wait=30)
    for number in itertools.count():
        kept = store.add([mark(number + n) for n in range(number % 3 + 1)])
        sys.stdout.write("".join(f"{event}\n" for event in kept))
        sys.stdout.flush()
        time.sleep(pause)


if __name__ == "__main__":
    main(sys.argv[1], *map(float, sys.argv[2:]))
