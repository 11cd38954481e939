"""What notebook 08 says of the pages, of the rules and of the cue in it is so: its surprises surprise."""

from __future__ import annotations

import json

import pytest
from conftest import COLLECTED, ROOT
from test_notebooks import CUT_NETWORK, WORK_ALL_WIDGETS, run

import reviewkit as rk
from reviewkit.cues import compile_cue, folded
from reviewkit.handling import GRADE_OF

LABELS = {"overall": "structure", "address": "structure", "grounds": "devices"}
GRAVE = [label for label, grade in GRADE_OF.items() if grade > 1]


def owed(corpus):
    """Which review does which of the four, as the notebook counts them."""
    table = rk.groups(corpus, "handling").ne("unwarned").rename("safe").to_frame()
    for label in LABELS:
        table[label] = table.index.isin(corpus.key.loc[corpus.key["label"] == label, "review_id"])
    return table


@pytest.fixture(scope="module")
def corpus():
    return rk.load("never-let-me-go")


@pytest.fixture(scope="module")
def cells():
    path = ROOT / "notebooks" / "08_your_review_your_page.ipynb"
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [(cell["cell_type"], "".join(cell["source"])) for cell in found]


@pytest.fixture(scope="module")
def prose(cells):
    return "".join(source for _, source in cells)


@pytest.mark.slow
def test_the_short_path_needs_nothing_from_the_rest(cells, tmp_path, monkeypatch):
    marked, sections, short = False, 0, []
    for kind, source in cells:
        if kind == "markdown" and source.startswith("## "):
            marked = source.startswith("## ◆")
            sections += marked
        elif kind == "code" and marked:
            short.append(source)
    assert sections == 4
    assert "the four sections marked ◆" in cells[0][1]
    assert run([CUT_NETWORK, *short, WORK_ALL_WIDGETS], tmp_path, monkeypatch) == []
    assert list((tmp_path / "my_work").glob("portfolio-*.html"))


@pytest.mark.slow
def test_with_drafts_kept_every_cell_shows_what_it_promises(cells, tmp_path, monkeypatch):
    """The second time, two drafts are there: no cell asks for one any more, and panes are drawn."""
    code = [source for kind, source in cells if kind == "code"]
    write = """
for text in ("I have read it. In the end Tommy dies.", "I have read it. I won't tell the end."):
    writing.committed = False
    writing.commit({"text": text, "knows": "book-reader", "tells": "nothing", "reader": "Jonas"})
"""
    kinds = "['ReadingPane', 'Linked', 'ReadingPane']"
    end = f"assert [type(each).__name__ for each in (draft, strips, marked)] == {kinds}"
    assert run([*code, write, *code, end], tmp_path, monkeypatch) == []


def test_each_is_done_by_more_than_half_and_all_by_few(corpus):
    table = owed(corpus)
    assert (table.sum() > 15).all()
    assert table.all(axis="columns").sum() == 8
    assert owed(rk.load("the-great-gatsby")).all(axis="columns").sum() == 1


def test_two_of_the_five_with_most_votes_fail(corpus):
    votes = corpus.reviews.set_index("review_id")["helpful_votes"]
    table = owed(corpus).loc[votes.nlargest(5).index]
    failed = table[~table.all(axis="columns")]
    assert [name[-2:] for name in failed.index] == ["03", "05"]
    assert not failed.loc["never-let-me-go-03", "safe"]
    assert not failed.loc["never-let-me-go-05", "address"]


def test_without_the_file_about_the_work_most_is_missed(corpus):
    key = corpus.key[(corpus.key["layer"] == "spoilers") & corpus.key["label"].isin(GRAVE)]
    graver = set(zip(key["review_id"], key["start"], strict=True))
    found = {}
    for name, work in (("with", corpus.work), ("without", None)):
        rows = rk.read(corpus, "spoilers", work=work)
        rows = rows[rows["label"].isin(GRAVE)]
        right = sum(place in graver for place in zip(rows["review_id"], rows["start"], strict=True))
        found[name] = (len(rows), right)
        if name == "without":
            assert any("I cheated and watched the movie" in " ".join(text.split()) for text in rows["text"])
    assert found == {"with": (68, 57), "without": (29, 21)}


def test_the_cue_finds_what_the_notebook_says(prose):
    cue = compile_cue("@Tom|he ... drowns|drowned", {"Tom": ("Tom", "Thomas")})
    found = {
        sentence: bool(cue.find(folded(sentence)))
        for sentence in (
            "In the end he drowned.",
            "My own brother drowned.",
            "Tom, who has been so kind to everybody on the island, finally drowns.",
        )
    }
    assert list(found.values()) == [True, False, False]
    assert all(sentence in prose for sentence in found)
    assert 'cues = ["@Tom|he ... drowns|drowned"]' in prose
    assert cue.find(folded("He nearly drowned in the first scene."))


def test_the_kit_knows_thirteen_works(prose):
    assert "thirteen stories" in prose
    assert len(rk.known_works()) == 13
    assert "rebecca" in rk.known_works()


def test_on_the_collected_page_too(collected):
    page = rk.load(COLLECTED)
    assert owed(page).all(axis="columns").sum() == 2
    counts = [rk.read(page, "spoilers", work=work)["label"].isin(GRAVE).sum() for work in (page.work, None)]
    assert counts == [47, 22]
