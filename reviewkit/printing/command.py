"""`reviewkit print`: reviews on paper, for a lesson without computers."""

from __future__ import annotations

import argparse
import sys
from typing import Any

__all__ = ["add"]


def add(commands: Any) -> None:
    """Put `print` among the commands; what it needs is imported when it runs."""
    command = commands.add_parser(
        "print",
        help="reviews on paper: numbered sentences, room to mark, a sheet of labels",
        description="Writes one web page that any browser opens and prints. Reviews keep their numbers, "
        "sentences have numbers, signatures are masked, and a third of the sheet is free for marks.",
    )
    command.add_argument("name", metavar="NAME", help="a corpus of the kit, a page in my_pages/, or a file")
    command.add_argument(
        "--to", metavar="FILE.html", help="where it goes; without it, into my_work/print/ under the name"
    )
    command.add_argument("--reviews", metavar="PLACES", help="only these, such as 2,5,7-9; without it, all")
    command.add_argument(
        "--spoilers",
        metavar="WHERE",
        default="last",
        help="reviews that give the story away: last (behind a line that says so; without it, this), "
        "keep (in their places) or leave-out",
    )
    command.add_argument(
        "--number", metavar="WHAT", default="sentences", help="sentences, each on a line of its own, or lines"
    )
    command.add_argument("--apart", action="store_true", help="each review on a sheet of its own")
    command.add_argument(
        "--labels", metavar="LAYERS", help="labels on the last sheet, such as structure,devices; or none"
    )
    command.add_argument("--work", metavar="WORK", help="a file about the work, for a page that names none")
    command.add_argument("--site", metavar="SITE", default="[site]", help="where a collected page is from")
    command.add_argument(
        "--collected", metavar="DAY", default="[day of collection]", help="when it was, such as '3 May 2026'"
    )
    command.set_defaults(run=_print)


def _print(options: argparse.Namespace) -> int:
    from .. import _paths
    from ..corpus import load
    from ..works import read_work
    from .paper import write
    from .sheets import chosen, print_out

    corpus = load(options.name)
    labels = options.labels.split(",") if options.labels is not None else None
    page = print_out(
        corpus,
        reviews=chosen(options.reviews) if options.reviews is not None else None,
        numbered=options.number,
        spoilers=options.spoilers,
        labels=[] if labels == ["none"] else labels,
        apart=options.apart,
        work=read_work(options.work) if options.work else None,
        site=options.site,
        collected=options.collected,
    )
    named = corpus.name.rpartition("/")[2]
    print(write(page, options.to or _paths.work() / "print" / f"{named}.html"))
    print("Open it in a browser and print it from there; on A4 or Letter, at 100 %.", file=sys.stderr)
    return 0
