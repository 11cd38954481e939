"""What goes wrong, said in one sentence that names the remedy.

IPython asks an exception for `_render_traceback_`; answering with the message alone spares a student
the stack trace, in a notebook as on the command line.
"""

from __future__ import annotations

__all__ = ["PageError", "ReviewkitError", "TableError", "WorkError"]


class ReviewkitError(Exception):
    """Something that the reader of the message can put right; the message says how."""

    def _render_traceback_(self) -> list[str]:
        return [f"reviewkit: {self}"]


class PageError(ReviewkitError):
    """A file or text that cannot be read as a page of reviews."""


class TableError(ReviewkitError, ValueError):
    """A table without the columns that a function needs, or an option that it does not know."""


class WorkError(ReviewkitError):
    """A file about a work that cannot be used as it stands."""
