"""Do marks stand on the words they quote, and do cut pieces add up to the text?"""

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from reviewkit import schema
from reviewkit.errors import TableError
from reviewkit.spans import Segment, evidence, segments

REVIEWS = pd.DataFrame(
    {
        "review_id": ["page-01", "page-02"],
        "text": ["I read the novel. The novel is better. 👩‍👧 Go!", "I have not read it."],
    }
)


def cut(text, spans):
    return [(s.text, s.ids) for s in segments(text, spans)]


def test_no_spans_is_one_piece_and_no_text_is_none():
    assert segments("I wept.", []) == [Segment(0, 7, "I wept.", ())]
    assert segments("", []) == []
    assert segments("", [(0, 0, 1)]) == []


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        ([(0, 3, 1), (2, 5, 2)], [("ab", (1,)), ("c", (1, 2)), ("de", (2,)), ("f", ())]),
        ([(2, 5, 2), (0, 3, 1)], [("ab", (1,)), ("c", (2, 1)), ("de", (2,)), ("f", ())]),
        ([(0, 6, 1), (2, 3, 2)], [("ab", (1,)), ("c", (1, 2)), ("def", (1,))]),
        ([(0, 3, 1), (3, 6, 2)], [("abc", (1,)), ("def", (2,))]),
        ([(1, 4, 1), (1, 4, 2)], [("a", ()), ("bcd", (1, 2)), ("ef", ())]),
        ([(3, 3, 1)], [("abcdef", ())]),
    ],
    ids=["overlapping", "unsorted", "nested", "touching", "the same", "empty"],
)
def test_spans_of_every_kind(spans, pieces):
    assert cut("abcdef", spans) == pieces


def test_code_points_not_utf16_units():
    assert cut("😀go", [(1, 3, "x")]) == [("😀", ()), ("go", ("x",))]


@pytest.mark.parametrize("span", [(-1, 2, "x"), (2, 9, "x"), (3, 2, "x"), (9, 9, "x")])
def test_a_span_outside_its_text_is_named(span):
    with pytest.raises(TableError, match=r"Row 1 of the spans \('x'\) runs from .* 6 characters"):
        segments("abcdef", [(0, 1, "ok"), span])


@st.composite
def text_and_spans(draw):
    text = draw(st.text(max_size=60))
    edge = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(edge, edge).map(sorted), max_size=12))
    return text, [(start, end, number) for number, (start, end) in enumerate(pairs)]


@given(text_and_spans())
def test_pieces_join_to_the_text_and_quote_it(case):
    text, spans = case
    pieces = segments(text, spans)
    assert "".join(p.text for p in pieces) == text
    for piece in pieces:
        assert piece.text == text[piece.start : piece.end] != ""
        inside = tuple(i for start, end, i in spans if start <= piece.start and piece.end <= end)
        assert piece.ids == inside
    for start, end, number in spans:
        assert "".join(p.text for p in pieces if number in p.ids) == text[start:end]


def test_marks_become_evidence_with_exact_offsets():
    made = evidence(
        REVIEWS,
        [
            ("page-02", "not read", "film-only"),
            ("page-01", (2, 16), "book-reader"),
            ("page-01", "Go!", "exclamation"),
        ],
        layer="perspective",
        source="key",
    )
    assert list(made.columns) == list(schema.TABLES["evidence"])
    assert made["text"].tolist() == ["not read", "read the novel", "Go!"]
    texts = REVIEWS.set_index("review_id")["text"]
    for row in made.itertuples():
        assert texts[row.review_id][row.start : row.end] == row.text
    assert made["layer"].unique().tolist() == ["perspective"]
    assert made["source"].unique().tolist() == ["key"]
    assert made[["rule", "cues", "runner_up"]].isna().all(axis=None)


def test_no_marks_make_an_empty_table_of_evidence():
    assert list(evidence(REVIEWS, []).columns) == list(schema.TABLES["evidence"])


def test_the_second_occurrence_can_be_meant():
    assert evidence(REVIEWS, [("page-01", " novel", "book", 2)])["start"].tolist() == [21]


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        (("page-01", "wept", "x"), "do not stand in page-01. Copy them"),
        (("page-01", "i READ", "x"), "It has 'I read'"),
        (("page-01", "", "x"), "do not stand in page-01"),
        (("page-01", "novel", "x"), "stand in page-01 2 times, at 11, 22. Say which"),
        (("page-01", "novel", "x", 3), "Give a number from 1 to 2"),
        (("page-01", (4, 400), "x"), r"Mark 0 \(page-01\) runs from 4 to 400"),
        (("page-09", "novel", "x"), "called: page-01, page-02"),
        (("page-01", "novel"), "A mark is"),
        ("page-01", "A mark is"),
    ],
)
def test_a_mark_that_fits_nowhere_gets_the_remedy(mark, message):
    with pytest.raises(TableError, match=message):
        evidence(REVIEWS, [mark])


def test_nothing_is_changed():
    before = REVIEWS.copy(deep=True)
    evidence(REVIEWS, [("page-02", "not read", "film-only")])
    pd.testing.assert_frame_equal(REVIEWS, before)
