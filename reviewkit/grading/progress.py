"""How far is it, and how long will it take? A line that is written over; now and then one that stays."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

__all__ = ["Progress"]


class Progress:
    """Counts what was marked, and judges the time that is left by those that were run."""

    def __init__(self, every: int, to_run: int, tell: Callable[[str], None]) -> None:
        self.every, self.to_run, self.tell = every, to_run, tell
        self.done = self.ran = 0
        self.began = self.said = time.monotonic()
        self.looking = sys.stderr.isatty()

    def quick(self, name: str) -> None:
        """One was marked that took no running."""
        self.done += 1
        self.began = time.monotonic()
        self._show(name, "")

    def run(self, name: str) -> None:
        """One was run and marked."""
        self.done, self.ran = self.done + 1, self.ran + 1
        left = (self.to_run - self.ran) * (time.monotonic() - self.began) / self.ran
        self._show(name, f", {_span(left)} left" if self.ran < self.to_run else "")

    def _show(self, name: str, left: str) -> None:
        line = f"[{self.done}/{self.every}]{left}"
        if self.looking:
            plain = "".join(c if c.isprintable() else "?" for c in name)[:40]
            end = "\n" if self.done == self.every else ""
            print(f"\r\033[K{line} {plain}", end=end, file=sys.stderr, flush=True)
        elif time.monotonic() - self.said > 15:
            self.said = time.monotonic()
            self.tell(line)


def _span(seconds: float) -> str:
    """A stretch of time, about.

    >>> _span(40), _span(150)
    ('under a minute', 'about 3 minutes')
    """
    return "under a minute" if seconds < 60 else f"about {round(seconds / 60 + 0.01)} minutes"
