"""The command line: pages to tables and to paper, and files about works."""

from __future__ import annotations

import argparse
import glob
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from .errors import ReviewkitError
from .grading.command import add as add_grade
from .printing.command import add as add_print

if TYPE_CHECKING:
    import pandas as pd

    from .pages import Page
    from .works import Work

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
    _shared(parse)
    parse.set_defaults(run=_parse)
    read = commands.add_parser(
        "read",
        help="pages to tables with the machine's reading: evidence and verdicts beside reviews and sentences",
        description="Reads pages of reviews by rules and writes reviews, sentences, evidence, verdicts "
        "and report. Without --work, the work that a page's heading names is used, if the kit knows it.",
    )
    read.add_argument("pages", nargs="+", metavar="PAGE", help="a pasted page (.txt) or a table (.csv)")
    read.add_argument("--to", metavar="DIR", required=True, help="where the tables go")
    read.add_argument(
        "--work", metavar="WORK", help="a work of the kit, a file about one, or none: for all pages"
    )
    _shared(read)
    read.set_defaults(run=_read)
    evaluate = commands.add_parser(
        "evaluate",
        help="how right the rules are, on reviews they were written against and on others",
        description="Holds the rules against the labelled reviews that the kit brings, beside two baselines "
        "and the annotators, with intervals over reviews.",
    )
    evaluate.add_argument("--corpus", metavar="NAME", action="append", help="only this one; may be repeated")
    evaluate.add_argument("--to", metavar="DIR", help="also write evaluation.csv and misreadings.csv there")
    evaluate.set_defaults(run=_evaluate)
    add_print(commands)
    handout = commands.add_parser(
        "handout",
        help="for instructors: the kit as a class gets it, as a folder and a zip",
        description="Writes DIR/reviewkit and DIR/reviewkit.zip: lessons, exercises, data, start.py, without "
        "held-out checks, solutions, the key of the assessment and the teacher's book.",
    )
    handout.add_argument("to", metavar="DIR", help="where the folder and the zip go")
    handout.set_defaults(run=_handout)
    add_grade(commands)
    work = commands.add_parser(
        "work",
        help="files about a work: start one, or check one",
        description="A file about a work says who made it, who is in it and what a review can give away.",
    )
    works = work.add_subparsers(dest="what", metavar="WHAT", required=True)
    new = works.add_parser("new", help="start a file, with an example in it to be replaced")
    new.add_argument("file", metavar="FILE", help="where it goes, such as my_pages/emma.toml")
    new.set_defaults(run=_work_new)
    check = works.add_parser(
        "check", help="say what is wrong with a file, line by line, and try its sentences"
    )
    check.add_argument(
        "file", metavar="FILE", help="a file about a work, or the name of one that the kit has"
    )
    check.set_defaults(run=_work_check)
    return parser


def _shared(command: argparse.ArgumentParser) -> None:
    """The options of every command that turns pages into tables."""
    command.add_argument("--layout", metavar="NAME", help="the page's layout, if it is not to be recognised")
    command.add_argument("--names", action="store_true", help="leave signatures unmasked")
    command.add_argument("--for-excel", action="store_true", help="add copies that are safe in a spreadsheet")
    command.add_argument("--parquet", action="store_true", help="add copies as Parquet")


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


def _opened(options: argparse.Namespace) -> list[Page]:
    """Each page that was named, with a line on it."""
    from .pages import read_page

    pages: list[Page] = []
    for path in _expanded(options.pages):
        name = _unused(path.stem, {page.name for page in pages})
        page = read_page(path, name=name, layout=options.layout)
        pages.append(page)
        print(
            f"{path.name}: layout {page.layout}, {len(page.reviews)} reviews, "
            f"{len(page.report)} lines in the report.",
            file=sys.stderr,
        )
    return pages


def _written(tables: Mapping[str, list[pd.DataFrame]], options: argparse.Namespace) -> int:
    """Write tables, those of all pages together, and name the files."""
    import pandas as pd

    from .files import write_tables

    joined = {name: pd.concat(parts, ignore_index=True) for name, parts in tables.items()}
    chosen = {"names": options.names, "for_excel": options.for_excel, "parquet": options.parquet}
    for path in write_tables(joined, options.to, **chosen):
        print(path)
    return 0


def _parse(options: argparse.Namespace) -> int:
    pages = _opened(options)
    if options.to:
        return _written(
            {"reviews": [page.reviews for page in pages], "report": [page.report for page in pages]}, options
        )
    print("Nothing was written. To write tables: reviewkit parse PAGE --to DIR", file=sys.stderr)
    return 0


def _read(options: argparse.Namespace) -> int:
    from .corpus import Corpus, work_beside
    from .readings import READINGS, decide, read
    from .works import read_work

    given = read_work(options.work) if options.work not in (None, "none") else None
    names = ("reviews", "sentences", "evidence", "verdicts", "report")
    tables: dict[str, list[pd.DataFrame]] = {name: [] for name in names}
    for path, page in zip(_expanded(options.pages), _opened(options), strict=True):
        corpus = Corpus(page.name, page.name, False, page, names=True, beside=work_beside(path))
        work = corpus.work if options.work is None else given
        print(f"{page.name}: {_about(work, asked=options.work is not None)}", file=sys.stderr)
        parts: dict[str, list[pd.DataFrame]] = {"evidence": [], "verdicts": []}
        for number, layer in enumerate(READINGS, 1):
            _progress(f"{page.name}: {layer}", number, len(READINGS))
            evidence = read(corpus, layer, work=work)
            parts["evidence"].append(evidence)
            parts["verdicts"].append(decide(evidence, corpus))
        for name, found in {"reviews": [page.reviews], "sentences": [corpus.sentences], **parts}.items():
            tables[name] += found
        tables["report"].append(page.report)
    return _written(tables, options)


def _about(work: Work | None, *, asked: bool) -> str:
    """What is known of what can be given away, in a sentence."""
    if work is not None:
        return f"read with what is known of {work.title} ({work.name})."
    if asked:
        return "read without a work: what a review gives away is guessed from its words alone."
    return (
        "its heading names no work that the kit knows, so what a review gives away is guessed from its words "
        "alone. Name one with --work, or start a file about it, beside the page and with its name: reviewkit "
        "work new FILE"
    )


def _progress(what: str, step: int, steps: int) -> None:
    """A line that is written over, where somebody is looking."""
    if sys.stderr.isatty():
        end = "\n" if step == steps else ""
        print(f"\r\033[K[{'#' * step}{'.' * (steps - step)}] {what}", end=end, file=sys.stderr, flush=True)


def _evaluate(options: argparse.Namespace) -> int:
    import pandas as pd

    from .corpus import labelled_corpora, load
    from .evaluating import evaluate, misreadings
    from .rulebook import LAYERS

    corpora = [load(name) for name in options.corpus] if options.corpus else labelled_corpora()
    table = evaluate(corpora)
    with pd.option_context("display.width", 200, "display.max_rows", None, "display.max_columns", None):
        print(table.round(2).to_string(index=False, na_rep=""))
    if options.to:
        folder = Path(options.to)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            table.to_csv(folder / "evaluation.csv", index=False, float_format="%.3f")
            missed = [
                misreadings(corpus, layer).assign(layer=layer) for corpus in corpora for layer in LAYERS
            ]
            pd.concat(missed).to_csv(folder / "misreadings.csv", index=False)
        except OSError as error:
            raise ReviewkitError(f"Nothing can be written to {str(folder)!r} ({error.strerror}).") from None
        print(f"Written: {folder / 'evaluation.csv'}, {folder / 'misreadings.csv'}", file=sys.stderr)
    return 0


def _handout(options: argparse.Namespace) -> int:
    from .handing_out import hand_out

    for path in hand_out(options.to):
        print(path)
    return 0


def _work_new(options: argparse.Namespace) -> int:
    from importlib.resources import files

    path = Path(options.file)
    path = path if path.suffix else path.with_suffix(".toml")
    example = (files("reviewkit.works") / "new.toml").read_text(encoding="utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(example)
    except FileExistsError:
        raise ReviewkitError(f"There is a file {str(path)!r} already. Give another name.") from None
    except OSError as error:
        raise ReviewkitError(f"{str(path)!r} cannot be written ({error.strerror or error}).") from None
    print(path)
    print(f"Replace what stands in it, then: reviewkit work check {path}", file=sys.stderr)
    return 0


def _work_check(options: argparse.Namespace) -> int:
    from .works import check_work, read_work

    if found := check_work(options.file):
        for problem in found:
            print(f"{options.file}, line {problem.line}: {problem.text}")
        count = "one fault" if len(found) == 1 else f"{len(found)} faults"
        print(f"{count}. Mend them and check again.", file=sys.stderr)
        return 1
    work = read_work(options.file)
    cues = sum(len(reveal.cues) for reveal in work.reveals)
    tried = sum(len(reveal.gives_away) + len(reveal.keeps) for reveal in work.reveals)
    print(f"Nothing is wrong: {len(work.reveals)} reveals, {cues} cues, {tried} sentences tried.")
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
