"""The command line: `reviewkit parse PAGE... --to DIR`."""

from __future__ import annotations

import argparse
import glob
import sys
from pathlib import Path
from typing import NoReturn

from .errors import ReviewkitError

__all__ = ["main"]


class _Parser(argparse.ArgumentParser):
    """One line for wrong usage, with where to read more."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"reviewkit: {message}. For help: {self.prog} --help\n")


def _arguments() -> _Parser:
    parser = _Parser(prog="reviewkit", description="From a page of customer reviews to tidy tables.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {_version()}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    parse = commands.add_parser(
        "parse",
        help="pages to tables: reviews, and a report of every line that was skipped, repaired or doubted",
        description="Reads pages of reviews and writes reviews.csv and report.csv. "
        "Authors become pseudonyms; signatures are masked at equal length.",
    )
    parse.add_argument("pages", nargs="+", metavar="PAGE", help="a pasted page (.txt) or a table (.csv)")
    parse.add_argument("--to", metavar="DIR", help="where the tables go; without it, only a summary is shown")
    parse.add_argument("--layout", metavar="NAME", help="the page's layout, if it is not to be recognised")
    parse.add_argument("--names", action="store_true", help="leave signatures unmasked")
    parse.add_argument("--for-excel", action="store_true", help="add copies that are safe in a spreadsheet")
    parse.add_argument("--parquet", action="store_true", help="add copies as Parquet")
    parse.set_defaults(run=_parse)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; give back its exit code: 0, 1 for a problem, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    options = _arguments().parse_args(arguments)
    try:
        return int(options.run(options))
    except ReviewkitError as error:
        print(f"reviewkit: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("reviewkit: stopped; nothing was written.", file=sys.stderr)
        return 130


def _parse(options: argparse.Namespace) -> int:
    import pandas as pd

    from .files import write_tables
    from .pages import Page, read_page

    pages: list[Page] = []
    for path in _expanded(options.pages):
        name = _unused(path.stem, {page.name for page in pages})
        pages.append(read_page(path, name=name, layout=options.layout))
        page = pages[-1]
        print(
            f"{path.name}: layout {page.layout}, {len(page.reviews)} reviews, "
            f"{len(page.report)} lines in the report.",
            file=sys.stderr,
        )
    if options.to:
        tables = {
            "reviews": pd.concat([page.reviews for page in pages], ignore_index=True),
            "report": pd.concat([page.report for page in pages], ignore_index=True),
        }
        chosen = {"names": options.names, "for_excel": options.for_excel, "parquet": options.parquet}
        for written in write_tables(tables, options.to, **chosen):
            print(written)
    else:
        print("Nothing was written. To write tables: reviewkit parse PAGE --to DIR", file=sys.stderr)
    return 0


def _expanded(given: list[str]) -> list[Path]:
    """The paths, with * and ? expanded where the shell has not (Windows)."""
    return [
        Path(path)
        for each in given
        for path in ([each] if Path(each).exists() else sorted(glob.glob(each)) or [each])  # noqa: PTH207
    ]


def _unused(stem: str, taken: set[str]) -> str:
    from .pages import plain_name

    name = plain_name(stem)
    tries = (name if n == 1 else f"{name}-{n}" for n in range(1, len(taken) + 2))
    return next(each for each in tries if each not in taken)


def _version() -> str:
    from . import __version__

    return __version__
