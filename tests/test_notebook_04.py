"""What notebook 04 and its teacher's page say is so, and the minutes of each lesson add up."""

from __future__ import annotations

import re

import nbformat
import pandas as pd
import pytest
from conftest import COLLECTED, ROOT

import reviewkit as rk

CELLS = {c.id: c.source for c in nbformat.read(ROOT / "notebooks" / "04_what_a_review_does.ipynb", 4).cells}
GUIDE = (ROOT / "docs" / "teachers" / "04.md").read_text(encoding="utf-8")
SHEETS = (5, 10, 12, 13, 14, 17, 19, 29)


@pytest.fixture(scope="module")
def corpus():
    return rk.load("never-let-me-go")


def stages(page: rk.Corpus) -> pd.DataFrame:
    return page.key[page.key["layer"] == "structure"].sort_values(["review_id", "start"])


def of(page: rk.Corpus, number: int) -> list[str]:
    found = stages(page)
    return [*found.loc[found["review_id"] == f"{page.name}-{number:02d}", "label"]]


def rows(text: str, heading: str) -> list[list[str]]:
    """The rows of the first table whose head begins so."""
    table = text[text.index(heading) :].split("\n\n")[0].split("\n")
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in [table[0], *table[2:]]]


# ---- the minutes


def test_the_minutes_add_up_and_the_short_path_is_what_is_marked():
    head, *lines = rows(GUIDE, "| | ◆ 25 minutes")
    for column, title in enumerate(head[1:], 1):
        minutes = [re.match(r"\d+", line[column]) for line in lines]
        assert sum(int(found[0]) for found in minutes if found) == int(re.search(r"\d+", title)[0])
    on_it = {title for line in lines if line[1] != "–" for title in re.findall(r"\*([^*]+)\*", line[0])}
    marked = {found[1] for source in CELLS.values() if (found := re.match(r"## ◆ (.+)", source))}
    assert on_it == marked - {"Choose the page", "Ten jobs", "The question at the end"}
    assert "take twenty to twenty-five" in CELLS["stages-header"]


def test_the_minutes_on_paper_add_up():
    _, *lines = rows(GUIDE, "| minutes | what | sheets |")
    assert sum(int(line[0]) for line in lines) == 50
    assert {int(n) for line in lines for n in re.findall(r"\d+", line[2])} == {*SHEETS}


# ---- on paper


def test_the_sheets_tell_no_secret_and_are_asked_for_alike(corpus):
    severity = rk.first_reveals(corpus).table.set_index("review_id")["severity"]
    assert max(severity[f"{corpus.name}-{n:02d}"] for n in SHEETS) < 2
    asked = f"`--reviews {','.join(map(str, SHEETS))} --labels structure`"
    assert asked in GUIDE
    assert asked in (ROOT / "docs" / "teachers" / "without-computers.md").read_text(encoding="utf-8")


def test_the_answers_on_paper_are_those_of_the_key(corpus):
    times = {"twice": 2, "four times": 4}
    for number, said in rows(GUIDE, "| review | stages |")[1:]:
        parts = re.findall(r"`(\w+)`(?: (twice|four times))?", said)
        assert [label for label, n in parts for _ in range(times.get(n, 1))] == of(corpus, int(number))
    short = [label for n in SHEETS if n not in (5, 14) for label in of(corpus, n)]
    assert (short.count("overall"), len(short)) == (11, 34)
    assert "11 sentences of 34" in GUIDE
    assert all("overall" in of(corpus, n) for n in SHEETS)


# ---- what the notebook says


def test_two_readers_differ_as_often_as_said(corpus):
    said = corpus.labels.adjudication
    said = said[(said["layer"] == "structure") & (said["annotator_1"] != said["annotator_2"])]
    assert (len(said), len(corpus.sentences)) == (37, 589)


def test_what_a_glance_shows(corpus):
    assert of(corpus, 28)[:4] == ["comparison"] * 4
    assert len({*of(corpus, 13)}) == len(of(corpus, 13)) == 6
    for number in (17, 29):
        label = of(corpus, number)
        assert label[:2] == ["overall", "address"]
        assert label[-1] == "overall"
        assert {"response", "performance"} < {*label}
    assert of(corpus, 14)[0] == of(corpus, 14)[8] == "overall"
    assert of(corpus, 14)[9] == "background"


def test_first_and_last_sentences(corpus):
    ends = stages(corpus).groupby("review_id")["label"]
    assert ends.first().value_counts().head(3).to_dict() == {"background": 13, "overall": 7, "address": 5}
    assert ends.last().value_counts().head(3).to_dict() == {"overall": 15, "other": 6, "address": 5}


def test_judgements_stand_at_both_ends(corpus):
    found = rk.stage_positions(corpus).table
    share = found[found["stage"] == "overall"].set_index("tenth")["share"]
    assert (100 * share[[1, 3, 4, 10]]).round().tolist() == [23, 2, 2, 29]


def test_who_describes_more(corpus):
    counted = {
        unit: rk.compare(corpus, "perspective", label="description", unit=unit).table.set_index("group")
        for unit in ("sentences", "reviews")
    }
    share = counted["sentences"]["share"]
    assert (100 * share[["film-only", "book-reader"]]).round().tolist() == [33, 21]
    assert counted["reviews"].loc[["film-only", "book-reader"], "count"].tolist() == [10, 9]


@pytest.mark.skipif(not COLLECTED.is_file(), reason="the collected page is not at hand")
def test_the_collected_page():
    page = rk.load(COLLECTED)
    label = stages(page)
    assert ((label["label"] == "overall").sum(), len(label)) == (27, 379)
    reviews = label.groupby("label")["review_id"].nunique()
    assert reviews[["overall", "plot", "craft", "theme"]].tolist() == [8, 9, 9, 9]
    found = rk.stage_positions(page).table.set_index(["stage", "tenth"])["share"]
    assert round(100 * found["overall", 10]) == 20
    assert round(100 * found["plot", 4]) == 55
    table = rk.compare(page, "perspective", label="description").table.set_index("group")
    assert (100 * table.loc[["book-reader", "film-only"], "share"]).round().tolist() == [33, 32]
    assert table.loc[["book-reader", "film-only"], "reviews"].tolist() == [4, 2]
