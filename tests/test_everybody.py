"""Who may look at what by now? Files, a shared computer, annotators who stand in; and figures by hand."""

from __future__ import annotations

import pandas as pd
import pytest

import reviewkit as rk
from reviewkit import _paths
from reviewkit.marks.events import make
from reviewkit.marks.exchange import write_marks
from reviewkit.marks.store import Store
from reviewkit.widgets.cards.ask import open_gates

REVIEWS = pd.DataFrame(
    {
        "review_id": ["page-01", "page-02"],
        "text": ["They meet at school. It is slow. I wept.", "A fine film. Perhaps not."],
    }
)
SENTENCES = rk.sentences(REVIEWS)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    monkeypatch.delenv("REVIEWKIT_OPEN", raising=False)
    rk.keep_pseudonym("owl")
    yield tmp_path
    open_gates(False)


def events(who, review, labels, data=REVIEWS, corpus="page"):
    """Labels of attitude for the first sentences of a review, one letter each: p, n, m, 0."""
    named = {"p": "positive", "n": "negative", "m": "mixed", "0": "neutral"}
    cut = rk.sentences(data) if data is REVIEWS else data.sentences
    text = dict(
        zip(getattr(data, "reviews", data)["review_id"], getattr(data, "reviews", data)["text"], strict=True)
    )
    rows = cut[cut["review_id"] == review].head(len(labels)).itertuples()
    return [
        make(
            text=text[review], who=who, corpus=corpus, review_id=review, layer="attitude",
            label=named[letter], start=row.start, end=row.end, note=None,
        )
        for letter, row in zip(labels, rows, strict=True)
    ]  # fmt: skip


def keep(*marks):
    with Store() as store:
        for each in marks:
            store.add(each)


def given(who, *marks):
    folder = _paths.work() / "class"
    folder.mkdir(parents=True, exist_ok=True)
    write_marks(folder / f"{who}.jsonld", [event for each in marks for event in each])


def test_nobody_yet_is_said_and_the_folder_is_made():
    found = rk.everybody(REVIEWS)
    assert not found.several
    assert "You have labelled nothing here yet." in str(found)
    assert "the kit has no annotators for this page" in str(found)
    assert (_paths.work() / "class").is_dir()
    assert len(found.by_review()) == 0


def test_others_are_held_back_until_all_is_labelled():
    given("fox", events("fox", "page-01", "0np"))
    keep(events("owl", "page-01", "0n"))
    found = rk.everybody(REVIEWS, reviews=["page-01"])
    assert found.people == ["owl"]
    assert "You have labelled 2 of 3 sentences of page-01." in str(found)
    keep(events("owl", "page-01", "0nm")[2:])
    found = rk.everybody(REVIEWS, reviews=["page-01"])
    assert found.people == ["fox", "owl"]
    assert str(found) == "Labelled by fox (3 labels), owl (3 labels)."


def test_what_you_have_not_labelled_is_held_back_too():
    given("fox", events("fox", "page-01", "0np"), events("fox", "page-02", "p0"))
    keep(events("owl", "page-01", "0np"))
    found = rk.everybody(REVIEWS)
    assert set(found.marks.loc[found.marks["source"] == "fox", "review_id"]) == {"page-01"}
    rk.open_gates()
    assert set(rk.everybody(REVIEWS).marks["review_id"]) == {"page-01", "page-02"}


def test_whoever_labels_nothing_sees_the_class():
    given("fox", events("fox", "page-01", "0np"))
    given("hen", events("hen", "page-01", "0n"))
    assert rk.everybody(REVIEWS).people == ["fox", "hen"]


def test_two_on_one_computer_need_no_file():
    keep(events("fox", "page-01", "0np"), events("owl", "page-01", "0nm"))
    assert rk.everybody(REVIEWS).people == ["fox", "owl"]
    keep(events("class-key", "page-01", "0nm"))
    assert "class-key" not in rk.everybody(REVIEWS).people


def test_ones_own_file_beside_the_others_counts_once():
    mine = events("owl", "page-01", "0nm")
    keep(mine)
    given("owl", mine)
    given("fox", events("fox", "page-01", "0np"))
    assert rk.everybody(REVIEWS).by_review()[["readers", "sentences"]].values.tolist() == [[2, 3]]


def test_what_cannot_be_read_is_named():
    given("fox", events("fox", "page-01", "0np"))
    (_paths.work() / "class" / "holiday.csv").write_text("a,b\n1,2\n")
    assert "holiday.csv was not read" in str(rk.everybody(REVIEWS))
    other = REVIEWS.assign(review_id=["other-01", "other-02"])
    assert "They hold marks on page." in str(rk.everybody(other))


def test_the_annotators_stand_in_once_you_are_done():
    corpus = rk.load("never-let-me-go")
    first = "never-let-me-go-14"
    assert rk.everybody(corpus, reviews=[first]).people == []
    keep(events("owl", first, "mnnn0", corpus, "never-let-me-go"))
    assert rk.everybody(corpus, reviews=[first]).people == ["owl"]
    keep(events("owl", first, "mnnn0nnpn0", corpus, "never-let-me-go")[5:])
    found = rk.everybody(corpus, reviews=[first])
    assert found.people == ["annotator-1", "annotator-2", "owl"]
    assert "two annotators stand in" in str(found)
    given("fox", events("fox", first, "mnnn0nnpn0", corpus, "never-let-me-go"))
    assert rk.everybody(corpus, reviews=[first]).people == ["fox", "owl"]


def test_figures_by_hand():
    """Three sentences, one apart: of six labels 0 twice, n twice, p and m once each."""
    keep(events("fox", "page-01", "0np"), events("owl", "page-01", "0nm"))
    row = rk.everybody(REVIEWS).by_review().iloc[0]
    chance = 2 * (2 / 6 * 1 / 5)
    assert row["raw"] == pytest.approx(2 / 3, abs=0.005)
    assert row["by_chance"] == pytest.approx(chance, abs=0.005)
    assert row["alpha"] == pytest.approx(1 - (1 / 3) / (1 - chance), abs=0.005)


def test_one_label_throughout_has_no_alpha():
    keep(events("fox", "page-02", "00"), events("owl", "page-02", "00"))
    row = rk.everybody(REVIEWS, reviews=["page-02"]).by_review().iloc[0]
    assert row["raw"] == row["by_chance"] == 1
    assert pd.isna(row["alpha"])


def test_the_pane_takes_them():
    keep(events("fox", "page-01", "0np"), events("owl", "page-01", "0nm"))
    pane = rk.TogetherPane(REVIEWS, rk.everybody(REVIEWS).marks, layer="attitude", veil="off")
    assert pane.divisions["said"].tolist() == ["fox: positive; owl: mixed"]
