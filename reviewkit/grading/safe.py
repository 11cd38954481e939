"""How does text go into a table that a spreadsheet opens? So that none of it is run as a formula."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["safe", "unsafe"]

_FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def safe(value: Any) -> str:
    """A cell: numbers as they are, text with an apostrophe before what would be run, in one line.

    >>> safe(1.5), safe("=1+1"), safe("two\\nlines")
    ('1.5', "'=1+1", 'two lines')
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f"{value:g}"
    text = _CONTROL.sub("\ufffd", re.sub(r"\s*[\r\n]+\s*", " ", str(value)))
    return "'" + text if _FORMULA.match(text) else text


def unsafe(text: str) -> str:
    """The same cell, read back.

    >>> unsafe("'=1+1")
    '=1+1'
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
