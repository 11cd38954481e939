"""Build the tables in data/ anew from its pages and labels; nothing is fetched.

For each corpus of the kit: `tables/` (reviews, sentences, evidence, verdicts, report), `agreement.csv` and
`facts.csv`. Of the collected page of 2016, whose sentences belong to their writers, only what quotes nothing:
agreement and facts, where a copy of the page is at hand (named behind --collected, or in my_pages/).
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

import pandas as pd

import reviewkit as rk
from reviewkit.files import write_tables

KIT = Path(__file__).resolve().parent.parent
COLLECTED = "never-let-me-go-2016"


def build(to: Path, collected: Path | None) -> list[Path]:
    """Write everything below `to`, as it stands below data/; give back the files."""
    written: list[Path] = []
    for about in sorted((KIT / "data").glob("**/about.toml")):
        corpus = rk.load(about.parent.relative_to(KIT / "data").as_posix())
        assert tomllib.loads(about.read_text(encoding="utf-8"))["invented"], (
            "only invented reviews are copied"
        )
        written += _tables(corpus, to / corpus.name / "tables")
        written += _figures(corpus, to / corpus.name)
    if collected is not None:
        page = rk.read_page(collected, name=COLLECTED)
        written += _figures(rk.Corpus(COLLECTED, COLLECTED, False, page, True), to / COLLECTED)
    return written


def _tables(corpus: rk.Corpus, folder: Path) -> list[Path]:
    """Each table of the corpus. Authors are numbered: a pseudonym is another one on each computer."""
    numbers, _ = pd.factorize(corpus.reviews["author"])
    authors = pd.array([f"Reviewer {n + 1}" if n >= 0 else None for n in numbers], dtype="str")
    tables = {
        "reviews": corpus.reviews.assign(author=authors),
        "sentences": corpus.sentences,
        "evidence": corpus.labels.evidence,
        "verdicts": corpus.labels.verdicts,
        "report": corpus.report,
    }
    return write_tables(tables, folder)


def _figures(corpus: rk.Corpus, folder: Path) -> list[Path]:
    """What can be counted without quoting a word: facts of each review, and agreement of the annotators."""
    folder.mkdir(parents=True, exist_ok=True)
    facts = folder / "facts.csv"
    rk.facts(corpus.page.reviews).to_csv(facts, index=False, lineterminator="\n")
    labels = corpus.labels
    if not labels:
        return [facts]
    pairs = [("annotator-1", "annotator-2"), ("annotator-3", "key")]
    there = set(labels.evidence["source"])
    found = [
        rk.agreement(labels.evidence, labels.verdicts, corpus.sentences, between=pair).assign(
            between=" and ".join(pair)
        )
        for pair in pairs
        if there.issuperset(pair)
    ]
    table = pd.concat(found)
    agreement = folder / "agreement.csv"
    table[["between", *table.columns[:-1]]].to_csv(
        agreement, index=False, float_format="%.3f", lineterminator="\n"
    )
    return [facts, agreement]


def main(arguments: list[str] | None = None) -> int:
    """Build the tables into data/, and say what was written."""
    parser = argparse.ArgumentParser(prog="start.py tables", description=__doc__.split("\n")[0])
    parser.add_argument("--collected", type=Path, metavar="PAGE", help="a copy of the collected page of 2016")
    options = parser.parse_args(arguments)
    own = KIT / "my_pages" / f"{COLLECTED}.txt"
    collected = options.collected or (own if own.is_file() else None)
    for path in build(KIT / "data", collected):
        print(path.relative_to(KIT))
    if collected is None:
        print(
            "The collected page is not at hand: its facts and agreement were left as they are.",
            file=sys.stderr,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
