"""Where things are; the one module that knows.

The kit's own files stand in `data/`: beside the package in a checkout, inside it in an installed wheel.
A student's files stand in `my_pages/` and `my_work/` of the kit's folder, or of `~/reviewkit` where the
package was installed without one. The environment variable REVIEWKIT_HOME names another folder.
"""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["data", "home", "kit", "pages", "work"]

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent


def _in_checkout() -> bool:
    return (_CHECKOUT / "start.py").is_file() and (_CHECKOUT / "data").is_dir()


def data() -> Path:
    """The folder of the shipped pages and tables; never written to."""
    return _CHECKOUT / "data" if _in_checkout() else _PACKAGE / "data"


def kit() -> Path:
    """The folder of the kit: that of start.py, or a student's own where the package was installed alone."""
    return _CHECKOUT if _in_checkout() else home()


def home() -> Path:
    """The folder that holds a student's own files."""
    if named := os.environ.get("REVIEWKIT_HOME"):
        return Path(named).expanduser()
    return _CHECKOUT if _in_checkout() else Path.home() / "reviewkit"


def pages() -> Path:
    """Where pages of one's own are dropped."""
    return home() / "my_pages"


def work() -> Path:
    """Where a student's choices, marks and answers are kept."""
    return home() / "my_work"
