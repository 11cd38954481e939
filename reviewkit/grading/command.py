"""The command `reviewkit grade`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the command to the others."""
    command = commands.add_parser(
        "grade",
        help="mark what a class handed in: grades, feedback pages, a page for the teacher",
        description="Marks files as Moodle, Canvas or Blackboard export them, also zipped. Writes "
        "grades.csv, "
        "feedback/ and class.html; points and comments for open answers are typed into open-marks.csv and "
        "comments.csv there, and the same command again takes them up. What was marked before is not "
        "marked again.",
    )
    command.add_argument(
        "submissions", metavar="SUBMISSIONS", help="the folder, or the zip, with what was handed in"
    )
    command.add_argument("--to", metavar="DIR", required=True, help="where grades and pages go")
    command.add_argument("--keys", metavar="DIR", help="where held-out keys are; else exercises/held-out")
    command.add_argument("--page", metavar="NAME", help="the page of notebooks that do not say theirs")
    command.add_argument("--again", action="store_true", help="mark everything, marked before or not")
    command.add_argument("--no-run", action="store_true", help="run nobody's code")
    command.add_argument(
        "--seconds", type=_seconds, default=60.0, metavar="N", help="for one notebook; else 60"
    )
    command.add_argument(
        "--for-excel", action="store_true", help="add a copy that a spreadsheet opens as it is"
    )
    command.set_defaults(run=_grade)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 3600:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds from 1 to 3600")
    return seconds


def _grade(options: argparse.Namespace) -> int:
    from .classwork import grade
    from .confining import Limits

    limits = Limits(seconds=options.seconds, cell=min(20.0, options.seconds / 2))
    try:
        done = grade(
            options.submissions,
            options.to,
            keys=options.keys,
            page=options.page,
            again=options.again,
            run=not options.no_run,
            for_excel=options.for_excel,
            limits=limits,
        )
    except KeyboardInterrupt:
        print(
            "\nreviewkit: stopped. What was marked is kept; the same command goes on from here.",
            file=sys.stderr,
        )
        return 130
    for path in done.written:
        print(path)
    for trouble in done.troubles:
        print(f"reviewkit: {trouble}", file=sys.stderr)
    marked = [each for each in done.made if each.rows]
    waiting = sum(each.waiting for each in marked)
    told = f"{len(marked)} of {len(done.made)} marked, {done.again} of them now."
    if waiting:
        told += f" {waiting} answers wait for you: type points into {Path(options.to) / 'open-marks.csv'}."
    print(told, file=sys.stderr)
    return 0
