"""What do panes, cards and charts share? Colours (`theme.css`) and small helpers (`shared.js`).

A widget's module is one text without imports, so what is shared is put before it, not linked to it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["assets"]

_HERE = Path(__file__).parent


@cache
def assets(shared: str, *own: Path) -> str:
    """The shared file of this name and, behind it, a widget's own files, as one text."""
    return "\n".join(path.read_text(encoding="utf-8") for path in (_HERE / shared, *own))
