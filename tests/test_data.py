"""What data/ holds: tables that can be built anew, a spread that holds, and enough of each label to teach."""

from __future__ import annotations

import re
import time

import pandas as pd
import pytest
from conftest import COLLECTED, ROOT

import reviewkit as rk
from reviewkit.corpus import labelled_corpora
from reviewkit.schema import TABLES
from tools import tables

DATA = ROOT / "data"


def test_what_is_here_is_what_the_script_builds(tmp_path):
    collected = COLLECTED if COLLECTED.is_file() else None
    built = {path.relative_to(tmp_path) for path in tables.build(tmp_path, collected)}
    here = {
        p.relative_to(DATA)
        for p in DATA.rglob("*.csv")
        if p.parent.name == "tables" or p.stem in ("facts", "agreement")
    }
    if collected is None:
        here = {path for path in here if path.parts[0] != tables.COLLECTED}
    assert built == here
    for path in built:
        assert (tmp_path / path).read_text(encoding="utf-8") == (DATA / path).read_text(encoding="utf-8"), (
            path
        )


def test_every_column_is_explained_in_the_readme():
    said = (DATA / "README.md").read_text(encoding="utf-8")
    for name in ("reviews", "sentences", "evidence", "verdicts", "report"):
        for column, (_, meaning) in TABLES[name].items():
            assert f"| `{column}` |" in said
            assert f"| {meaning} |" in said, (name, column)


def spread(name: str) -> list[list[str]]:
    """The spread table of a data sheet: one list of cells for each review."""
    rows = re.findall(
        r"^\| (\d+) \|(.+)\|$", (DATA / name / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    return [[cell.strip() for cell in row.split("|")] for _, row in rows]


@pytest.mark.parametrize("name", ["never-let-me-go", "the-great-gatsby"])
def test_the_spread_holds_when_counted_from_the_key(name):
    corpus = rk.load(name)
    verdicts = corpus.verdicts.set_index(["layer", "review_id"])
    found = spread(name)
    assert len(found) == len(corpus.reviews)
    for review, (_, words, perspective, handling, stance, *_) in zip(
        corpus.reviews.itertuples(), found, strict=True
    ):
        of = {
            layer: verdicts.loc[(layer, review.review_id)] for layer in ("perspective", "spoilers", "stance")
        }
        basis, order = of["perspective"]["basis"], of["perspective"]["order"]
        expected = [
            of["perspective"]["label"],
            *([basis] if basis != "none" else []),
            *([order] if isinstance(order, str) else []),
        ]
        assert int(words) == len(review.text.split()), review.review_id
        assert perspective == ", ".join(expected), review.review_id
        assert (handling, stance) == (of["spoilers"]["label"], of["stance"]["label"]), review.review_id


def test_every_label_occurs_often_enough_to_teach():
    corpus = rk.load("never-let-me-go")
    labels = corpus.key.groupby(["layer", "label"]).size()
    assert labels["structure"].min() >= 15
    assert len(labels["structure"]) == 10
    assert labels["devices"].min() >= 8
    assert len(labels["devices"]) == 7
    assert {"minor", "major", "everything", "warning", "withholding"} == set(labels["spoilers"].index)
    assert set(labels["attitude"].index) == {"positive", "negative", "mixed", "neutral"}
    verdicts = corpus.verdicts.groupby(["layer", "label"]).size()
    assert verdicts["perspective"].to_dict().keys() == {"book-reader", "film-only", "partial", "unstated"}
    assert verdicts["perspective"][["book-reader", "film-only"]].min() >= 8
    assert verdicts["perspective"]["partial"] >= 2
    assert len(verdicts["spoilers"]) == 4
    assert len(verdicts["stance"]) == 3
    readers = corpus.verdicts.query("layer == 'perspective' and label == 'book-reader'")
    assert set(readers["basis"]) == {"stated", "implied"}
    assert set(readers["order"].dropna()) == {"book-first", "film-first"}
    lengths = corpus.reviews["text"].str.split().str.len()
    assert lengths.min() < 50
    assert 1000 < lengths.max() <= 1200


def test_a_corpus_opens_at_a_review_that_gives_nothing_away():
    for corpus in labelled_corpora():
        if corpus.opens_at and corpus.use != "test":
            spoilers = corpus.verdicts.query("layer == 'spoilers'").set_index("review_id")
            assert spoilers.loc[corpus.opens_at, "severity"] <= 1


def test_the_corpus_opens_at_once():
    rk.load("never-let-me-go")
    start = time.process_time()
    rk.load("never-let-me-go").reviews  # noqa: B018
    assert (
        time.process_time() - start < 3
    )  # data/README.md and the benchmarks say how fast; this only stops the absurd


def test_no_data_file_is_larger_than_it_must_be():
    sizes = {path: path.stat().st_size for path in DATA.rglob("*") if path.is_file()}
    assert max(sizes.values()) < 1_500_000
    assert all(pd.read_csv(path).shape[0] for path in DATA.rglob("*.csv"))


def test_the_first_lesson_names_the_reviews_that_give_nothing_away():
    said = re.search(
        r"reviews ([\d, and]+) do not tell", (ROOT / "notebooks" / "01_from_page_to_table.ipynb").read_text()
    )
    spoilers = rk.load("never-let-me-go").verdicts.query("layer == 'spoilers' and severity <= 1")
    assert said
    assert list(map(int, re.findall(r"\d+", said[1]))) == [int(name[-2:]) for name in spoilers["review_id"]]


def test_the_readme_gives_the_agreement_that_was_computed():
    said = (DATA / "README.md").read_text(encoding="utf-8")
    for name in ("never-let-me-go", "the-great-gatsby", "never-let-me-go-2016"):
        table = pd.read_csv(DATA / name / "agreement.csv")
        for row in table.query(
            "layer in ('structure', 'spoilers', 'attitude') and label == 'all' and measure == 'kappa'"
        ).itertuples():
            assert f"{row.value:.2f} [{row.low:.2f}, {row.high:.2f}]" in said, (name, row.layer)
