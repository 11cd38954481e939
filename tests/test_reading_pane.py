"""Does the pane say what the tables say, send no more than the open review, and change nothing?"""

import datetime
from types import SimpleNamespace

import pandas as pd
import pytest

import reviewkit as rk
from reviewkit import schema
from reviewkit.errors import TableError
from reviewkit.looks.blocks import shown
from reviewkit.widgets.reading._cuts import pieces
from reviewkit.widgets.reading._rows import facts, legend, listing
from reviewkit.widgets.reading._strip import strips
from reviewkit.widgets.reading._words import tokens

TEXT = "I read the novel first.\n\nPerhaps I should not have.\n\nAda Example\nSmallville"


@pytest.fixture
def reviews():
    return schema.frame(
        "reviews",
        {
            "review_id": ["page-01", "page-02", "page-03"],
            "position": [1, 2, 3],
            "date": [None, datetime.datetime(2011, 5, 3), None],
            "rating": [4, None, None],
            "title": ["Too late", None, None],
            "author": ["Reviewer 4KQ7MB", None, None],
            "helpful_votes": [1313, 1, None],
            "votes": [1400, None, None],
            "comments": [0, 1, None],
            "verified": [None, False, None],
            "text": [TEXT, "<b>Slow</b> 👩‍👧 film.", None],
        },
    )


@pytest.fixture
def marks(reviews):
    hedge = rk.evidence(reviews, [("page-01", "Perhaps", "hedge")], layer="devices", source="rule")
    knows = rk.evidence(
        reviews,
        [("page-01", "read the novel", "book-reader"), ("page-01", (7, 34), "partial")],
        layer="perspective",
        source="key",
    )
    return pd.concat([hedge, knows], ignore_index=True)


def words(pane):
    return ["".join(part["t"] for part in parts) for parts in pane._current["paragraphs"]]


def test_a_table_alone_is_enough():
    pane = rk.ReadingPane(pd.DataFrame({"review_id": ["a"], "text": ["One.\n\nTwo."]}))
    assert pane.review_id == "a"
    assert words(pane) == ["One.", "Two."]
    assert pane._current["missing"] == []
    assert pane._page["invented"] is False


def test_a_corpus_says_that_it_is_invented(reviews):
    pane = rk.ReadingPane(SimpleNamespace(reviews=reviews, invented=True, title="A page"))
    assert pane._page["invented"] is True
    assert pane._page["title"] == "A page"


def test_signatures_are_masked_at_equal_length_unless_asked_for(reviews):
    masked = rk.ReadingPane(reviews)
    assert words(masked)[2] == "███ ███████\n██████████"
    assert next(p for p in masked._current["paragraphs"][2] if p.get("masked"))["t"] == "███ ███████"
    assert words(rk.ReadingPane(reviews, names=True))[2] == "Ada Example\nSmallville"
    assert "Ada" not in repr(masked.get_state())


def test_a_mark_on_a_name_does_not_give_it_away(reviews):
    signed = rk.evidence(reviews, [("page-01", "Ada Example", "other")], layer="structure")
    pane = rk.ReadingPane(reviews, signed)
    assert pane._current["marks"][0]["quote"] == "███ ███████"
    pane._query = "Ada"
    assert pane._hits == []


def test_unknown_is_named_and_never_zero(reviews):
    first, second, third = (facts(row) for row in reviews.to_dict("records"))
    assert first["stars"] == 4
    assert first["given"] == ["Reviewer 4KQ7MB", "1,313 of 1,400 found this helpful", "0 comments"]
    assert first["missing"] == ["date", "country", "format", "verified purchase"]
    assert second["given"] == [
        "3 May 2011",
        "not a verified purchase",
        "1 person found this helpful",
        "1 comment",
    ]
    assert third["given"] == []
    assert "comments" in third["missing"]
    assert "stars" in third["missing"]


def test_the_list_has_place_date_length_and_first_words(reviews):
    rows = listing(reviews, dict(zip(reviews["review_id"], ["a b", "word " * 20, ""], strict=True)))
    assert [row["words"] for row in rows] == [2, 20, 0]
    assert [row["date"] for row in rows] == [None, "3 May 2011", None]
    assert rows[1]["first"] == "word " * 13 + "word…"
    assert [row["stars"] for row in rows] == [4, None, None]


def test_pieces_know_their_marks_and_their_place(reviews, marks):
    pane = rk.ReadingPane(reviews, marks)
    for part in (p for parts in pane._current["paragraphs"] for p in parts):
        assert TEXT[part["at"] : part["at"] + len(part["t"])] == part["t"] or part.get("masked")
    shared = [p["t"] for p in pane._current["paragraphs"][0] if p.get("rows") == [1, 2]]
    assert shared == ["the novel"]
    assert [m["quote"] for m in pane._current["marks"]] == [
        "read the novel",
        "the novel first. Perhaps I",
        "Perhaps",
    ]


def test_only_the_open_review_is_sent(reviews, marks):
    pane = rk.ReadingPane(reviews, marks)
    assert pane._current["id"] == "page-01"
    assert "Slow" not in repr(pane._current)
    pane.review_id = "page-02"
    assert words(pane) == ["<b>Slow</b> 👩‍👧 film."]
    assert pane._current["marks"] == []
    pane.review_id = "page-03"
    assert words(pane) == []


def test_moving_can_be_observed(reviews):
    pane, seen = rk.ReadingPane(reviews), []
    pane.observe(lambda change: seen.append(change["new"]), "review_id")
    pane.review_id = "page-02"
    assert seen == ["page-02"]


def test_activating_a_mark_gives_back_its_row(reviews, marks):
    pane, seen = rk.ReadingPane(reviews, marks), []
    pane.observe(lambda change: seen.append(change["new"]), "selection")
    assert pane.selection is None
    pane._selected = 0  # what the module sends
    pd.testing.assert_series_equal(pane.selection, marks.iloc[0])
    assert seen[0]["label"] == "hedge"


@pytest.mark.parametrize("how", ["label", "series", "frame"])
def test_show_goes_to_a_row_of_evidence(reviews, marks, how):
    marks.index = [10, 20, 30]
    pane = rk.ReadingPane(reviews, marks, review_id="page-02")
    pane.hidden_labels = [0, 1, 2]
    pane.show({"label": 20, "series": marks.loc[20], "frame": marks.loc[[20]]}[how])
    assert pane.review_id == "page-01"
    assert pane._target["row"] == 1
    assert pane.selection["label"] == "book-reader"
    assert pane._marks["key"].loc[1] not in pane.hidden_labels


def test_show_goes_to_any_words_and_to_a_review(reviews):
    pane = rk.ReadingPane(reviews, review_id="page-02")
    pane.show("page-01", 2, 6)
    assert [p["t"] for p in pane._current["paragraphs"][0] if p.get("aimed")] == ["read"]
    before = pane._target["n"]
    pane.show("page-01", 2, 6)
    assert pane._target["n"] == before + 1
    pane.show("page-03")
    assert pane.review_id == "page-03"


def test_a_row_of_sentences_can_be_shown(reviews):
    pane = rk.ReadingPane(reviews)
    sentence = rk.sentences(reviews.head(1)).iloc[1]
    pane.show(sentence)
    assert [p["t"] for parts in pane._current["paragraphs"] for p in parts if p.get("aimed")] == [
        sentence["text"]
    ]


def test_search_finds_words_in_any_order_and_case(reviews):
    pane = rk.ReadingPane(reviews)
    pane._query = "FIRST novel"
    assert pane._hits == [0]
    pane._query = "late"  # in a title
    assert pane._hits == [0]
    pane._query = "nowhere"
    assert pane._hits == []
    pane._query = "  "
    assert pane._hits is None


def test_the_first_review_found_can_be_opened(reviews):
    pane = rk.ReadingPane(reviews)
    last = reviews["review_id"].iloc[-1]
    pane.review_id = last
    pane._on_message(pane, {"type": "first", "query": "FIRST novel"}, [])
    assert (pane._query, pane.review_id) == ("FIRST novel", "page-01")
    pane.review_id = last
    for content in (
        {"type": "first", "query": "nowhere"},
        {"type": "first"},
        {"type": "other"},
        "first",
        None,
    ):
        pane._on_message(pane, content, [])
        assert pane.review_id == last


def test_labels_have_a_code_and_a_sign_of_their_own():
    labels = [*(f"label {chr(65 + n)}" for n in range(26)), "hedge", "hem", "he", "", "😀"]
    table = pd.DataFrame({"layer": "own", "label": labels})
    entries = legend(table)
    assert len({entry["code"] for entry in entries}) == len(labels)
    assert len({(entry["hue"], entry["line"]) for entry in entries}) == len(labels)


def test_a_label_of_the_manual_looks_the_same_in_every_pane():
    some = legend(pd.DataFrame({"layer": "structure", "label": ["theme", "plot"]}))
    more = legend(pd.DataFrame({"layer": "structure", "label": ["plot", "craft", "theme", "plot"]}))
    sign = {e["label"]: (e["hue"], e["line"]) for e in some}
    assert [e["label"] for e in some] == ["plot", "theme"]
    assert {e["label"]: (e["hue"], e["line"]) for e in more}.items() >= sign.items()
    assert [e["total"] for e in more] == [2, 1, 1]


def test_controls_and_overrides_are_shown_at_equal_length():
    text = "a\x00b\x07c\u202ed\te\n\x7f\ud800"
    assert shown(text) == "a␀b␇c\ufffdd\te\n␡\ufffd"


def test_nothing_is_changed(reviews, marks):
    before, evidence = reviews.copy(deep=True), marks.copy(deep=True)
    pane = rk.ReadingPane(reviews, marks)
    pane.show(0)
    pd.testing.assert_frame_equal(reviews, before)
    pd.testing.assert_frame_equal(marks, evidence)


def test_no_reviews_no_trouble(reviews):
    pane = rk.ReadingPane(reviews.head(0))
    assert pane.review_id == ""
    assert pane._reviews == []


def test_odd_texts_are_cut_without_loss():
    odd = ["x" * 100_000, "סרט יפה.\n\n👩‍👧\u202e!", "\n\n \n", "a\r\nb"]
    table = pd.DataFrame({"review_id": list("abcd"), "text": odd})
    pane = rk.ReadingPane(table)
    assert words(pane) == ["x" * 100_000]
    for name in "bcd":
        pane.review_id = name
    assert words(pane) == ["a␍\nb"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda r: r.drop(columns="text"), "no column 'text'"),
        (lambda r: "page.txt", "table of reviews was expected"),
        (lambda r: pd.concat([r, r]), "an id of its own, but 'page-01' stands there twice"),
        (lambda r: r.assign(review_id=[None, "a", "b"]), "without one"),
    ],
)
def test_a_table_that_will_not_do_gets_the_remedy(reviews, change, message):
    with pytest.raises(TableError, match=message):
        rk.ReadingPane(change(reviews))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda m: m.drop(columns="start"), "no column 'start'"),
        (lambda m: m.assign(review_id="other-01"), "No row of this evidence is about these reviews"),
        (lambda m: m.assign(start=m["start"] + 1), "made for another version of the text"),
        (lambda m: m.assign(end=9999), "has 75 characters"),
    ],
)
def test_evidence_that_does_not_fit_gets_the_remedy(reviews, marks, change, message):
    with pytest.raises(TableError, match=message):
        rk.ReadingPane(reviews, change(marks))


def test_what_cannot_be_shown_gets_the_remedy(reviews, marks):
    pane = rk.ReadingPane(reviews, marks)
    with pytest.raises(TableError, match="no row 99"):
        pane.show(99)
    with pytest.raises(TableError, match="has 75 characters"):
        pane.show("page-01", 5, 900)
    with pytest.raises(TableError, match="no start, end"):
        pane.show(marks.iloc[0].drop(["start", "end"]))
    with pytest.raises(TableError, match="no review 'page-09'"):
        pane.review_id = "page-09"
    with pytest.raises(TableError, match="no review 'page-09'"):
        rk.ReadingPane(reviews, review_id="page-09")


# ---- words ----


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It's so well-made.", ["It's", "so", "well-made"]),
        ("3.5 of 1,000, no?", ["3.5", "of", "1,000", "no"]),
        ("e\u0301te\u0301 caf\u00e9s", ["e\u0301te\u0301", "caf\u00e9s"]),
        ("סרט יפה, מְאוֹד", ["סרט", "יפה", "מְאוֹד"]),
        ("हिन्दी फ़िल्म", ["हिन्दी", "फ़िल्म"]),
        ("我爱电影。", [*"我爱电影"]),
        ("1️⃣ film", ["1️⃣", "film"]),
        ("", []),
    ],
)
def test_words_are_found_whole(text, words):
    assert [text[a:b] for a, b, kind in tokens(text) if kind == "word"] == words


@pytest.mark.parametrize("sign", ["👩‍👧", "👍🏽", "🇬🇧", "❤️‍🔥", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "!", "\u202e"])
def test_what_reads_as_one_sign_is_one(sign):
    assert tokens(f"a {sign} b")[2] == (2, 2 + len(sign), "punctuation")
    assert [t.end - t.start for t in tokens(sign + sign)] == [len(sign)] * 2


def test_words_are_cut_beside_marks_and_nothing_is_lost(reviews, marks):
    text = reviews["text"][0].replace("Ada Example", "███ ███████")
    cut = pieces(text, rk.ReadingPane(reviews, marks)._marks, words=True)
    flat = [part for parts in cut for part in parts]
    assert all(text[part["at"] :].startswith(part["t"]) for part in flat)
    assert {part["kind"] for part in flat} == {"word", "gap", "punctuation"}
    assert [p["t"] for p in flat if p.get("masked")] == ["███ ███████"]
    assert next(p["rows"] for p in flat if p["t"] == "novel") == [1, 2]
    halves = pieces("cannot", marks.iloc[:0], also=[(0, 3)], words=True)[0]
    assert [(p["t"], p["word"]) for p in halves] == [("can", 0), ("not", 0)]


# ---- ahead ----


def test_the_neighbours_are_sent_ahead(reviews):
    pane = rk.ReadingPane(reviews, review_id="page-02")
    assert [sheet["id"] for sheet in pane._ahead] == ["page-03", "page-01"]
    ahead = pane._ahead[0]
    pane.review_id = "page-03"
    assert pane._current == ahead  # the same sheet, with the same number: it need not be drawn again
    assert [sheet["id"] for sheet in pane._ahead] == ["page-02"]


def test_among_those_found_the_next_one_found_is_sent_ahead(reviews):
    pane = rk.ReadingPane(reviews)
    pane._query = "film"
    assert [sheet["id"] for sheet in pane._ahead] == ["page-02"]


# ---- the strip ----


@pytest.fixture
def staged(reviews):
    stages = [("page-01", "I read the novel first.", "background")]
    stages += [("page-01", "Perhaps I should not have.", "response")]
    return rk.evidence(reviews, stages, layer="structure", source="key")


def test_a_strip_has_a_cell_for_each_sentence(reviews, staged):
    given = rk.evidence(reviews, [("page-01", "novel", "major")], layer="spoilers", source="key")
    scores = rk.sentences(reviews).assign(compound=0.25)
    pane = rk.ReadingPane(reviews, veil="off", strip=[pd.concat([staged, given]), scores])
    cells = pane._current["beside"]["cells"]
    assert [(c["n"], c["code"], c["hue"], c["grade"], c["score"]) for c in cells[:2]] == [
        (1, "BA", 1, 2, 0.25),
        (2, "RE", 7, 0, 0.25),
    ]
    starts = {p["at"] for parts in pane._current["paragraphs"] for p in parts}
    assert {cell["at"] for cell in cells} <= starts
    pane.review_id = "page-03"
    assert pane._current["beside"] is None


def test_no_strip_unless_asked_for(reviews):
    pane = rk.ReadingPane(reviews)
    assert pane._current["beside"] is None
    assert pane._page["strip"] is False


def test_a_strip_tells_no_words(reviews, staged):
    assert "novel" not in repr(strips(staged, {"page-01": TEXT})("page-01"))


def test_a_strip_of_nothing_or_of_two_gets_the_remedy(reviews, marks, staged):
    with pytest.raises(TableError, match="Nothing in these tables can be drawn"):
        rk.ReadingPane(reviews, strip=marks)
    both = pd.concat([staged, staged.assign(source="rule")])
    with pytest.raises(TableError, match="key and rule have marked structure"):
        rk.ReadingPane(reviews, strip=both)
