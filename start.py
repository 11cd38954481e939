"""The one command of the kit: sets it up, and opens it.

This file keeps to syntax that even an old Python understands, so that an old Python is told
what is wrong in one line. All else is in tools/, beginning with tools/commands.py.
"""

# ruff: noqa: UP031, UP036, PTH100, PTH120

import os
import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "The kit needs Python 3.11 or newer, and this is Python %d.%d. "
        "Install a newer one from python.org, then start again with it.\n" % sys.version_info[:2]
    )
    sys.exit(1)

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

try:
    from tools.commands import main
except ImportError as error:
    if not (error.name or "").startswith("tools"):
        raise
    sys.exit("The files beside start.py are missing. Unpack the whole folder first, then start.")

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
