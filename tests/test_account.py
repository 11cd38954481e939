"""Nothing is dropped in silence: every character of a page is accounted for, whatever the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from mutations import mutations

import reviewkit as rk
from reviewkit import _paths
from reviewkit.errors import ReviewkitError
from reviewkit.pages import LAYOUTS
from reviewkit.people import mask

OURS = _paths.data() / "never-let-me-go" / "page.txt"


def check_account(page: rk.Page) -> None:
    """Each character is in one row of `lines`; each line in a review or in the report."""
    lines = page.lines
    assert lines["start"].iloc[0] == 0
    assert lines["end"].iloc[-1] == len(page.text)
    assert (lines["start"].iloc[1:].to_numpy() == lines["end"].iloc[:-1].to_numpy()).all()
    reported = set(page.report["line"].dropna())
    outside = lines[lines["review_id"].isna() & (lines["text"].str.strip() != "")]
    assert set(outside["line"]) <= reported
    for review_id, text in zip(page.reviews["review_id"], page.reviews["text"], strict=True):
        rows = lines[(lines["review_id"] == review_id) & (lines["role"] == "text")]
        kept = "".join(page.text[a:b] for a, b in zip(rows["start"], rows["end"], strict=True))
        if page.layout != "csv":
            assert kept.strip() == text
        else:
            assert not text or text.split()[0] in kept.replace('""', '"')
    ids = set(lines["review_id"].dropna())
    assert ids == set(page.reviews["review_id"])


def check_sentences(page: rk.Page) -> None:
    """Sentences quote their words, in order, and leave nothing but white space out."""
    texts = dict(zip(page.reviews["review_id"], page.reviews["text"], strict=True))
    table = rk.sentences(page.reviews)
    rows = zip(table["review_id"], table["start"], table["end"], table["text"], strict=True)
    last: dict[str, int] = dict.fromkeys(texts, 0)
    for review_id, start, end, text in rows:
        assert texts[review_id][start:end] == text
        assert texts[review_id][last[review_id] : start].strip() == ""
        last[review_id] = end
    assert all(text[last[review_id] :].strip() == "" for review_id, text in texts.items())


def check_damaged(path: Path, page: bytes, count: int, seed: int) -> int:
    """Read damaged copies of a page; give how many were still pages."""
    read = 0
    for damaged in mutations(page, count, seed):
        path.write_bytes(damaged)
        try:
            found = rk.read_page(path)
        except ReviewkitError:
            continue
        check_account(found)
        read += 1
        if read % 10 == 0:
            check_sentences(found)
    return read


def test_our_page_is_accounted_for():
    page = rk.load("never-let-me-go").page
    check_account(page)
    check_sentences(page)
    assert not page.report["kind"].isin(["unknown", "doubt", "cut"]).any()


def test_the_collected_page_is_accounted_for(collected):
    page = rk.read_page(collected)
    check_account(page)
    check_sentences(page)
    assert page.report["line"].tolist() == [1, 2, 4, 5, 6, 8, 168, 170]


def test_a_hundred_damaged_copies(tmp_path):
    assert check_damaged(tmp_path / "page.txt", OURS.read_bytes(), 100, seed=1) > 90


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.NAME)
def test_damaged_copies_of_each_example(tmp_path, layout):
    assert check_damaged(tmp_path / "page.txt", layout.EXAMPLE.encode(), 300, seed=4) > 100


@pytest.mark.slow
def test_ten_thousand_damaged_copies_of_our_page(tmp_path):
    assert check_damaged(tmp_path / "page.txt", OURS.read_bytes(), 10_000, seed=2) > 9_000


@pytest.mark.slow
def test_ten_thousand_damaged_copies_of_the_collected_page(tmp_path, collected):
    assert check_damaged(tmp_path / "page.txt", collected.read_bytes(), 10_000, seed=3) > 9_000


PROSE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
EXAMPLES = [line for layout in LAYOUTS for line in layout.EXAMPLE.split("\n")]
WORDS = st.sampled_from(
    [
        *EXAMPLES,
        "I saw it with my sister.",
        "on May 21, 2013",
        "By Ada on May 21, 2013",
        "0Comment| Was this review helpful to you?YesNoReport abuse",
        "1313 comments| 136 people found this helpful. Was this review helpful to you?YesNo",
        "22 comments|",
        "Yes",
        "Format: DVD|Verified Purchase",
        "Format: DVD|Change",
        "4.0 out of 5 stars Sad",
        "Customers also viewed these items",
        "Customer Reviews: A Film",
        "Next",
        "---",
        "",
        "text,rating",
        'a "quoted, cell",4',
        "**SPOILERS** Ruth! :) He",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS | PROSE, max_size=25), st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_page_is_accounted_for_or_refused_with_a_sentence(lines, end):
    try:
        page = rk.read_text(end.join(lines))
    except ReviewkitError:
        return
    check_account(page)
    check_sentences(page)


@settings(max_examples=300, deadline=None)
@given(st.lists(PROSE | st.just("\n") | st.sampled_from(["- Ada Example", "Bo Li", "KG, 10.10"])))
def test_masking_keeps_every_offset(pieces):
    text = " ".join(pieces)
    hidden = mask(text)
    assert len(hidden) == len(text)
    assert hidden.split("\n")[:-3] == text.split("\n")[:-3]
