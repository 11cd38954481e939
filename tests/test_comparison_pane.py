"""Does the comparison pane count what the tables say, find what is written, and keep covered words back?"""

from __future__ import annotations

import json
from types import SimpleNamespace

import pandas as pd
import pytest
from small import small

import reviewkit as rk
from reviewkit.errors import TableError
from reviewkit.widgets.comparing import _comparing as comparing, _context as context

PLOT, THEME = ("They meet at school.", "plot"), ("It is about time.", "theme")
FOUR = {
    "p-01": [PLOT, PLOT],
    "p-02": [PLOT, THEME],
    "p-03": [THEME, THEME],
    "p-04": [THEME, ("Time again.", "theme")],
}
HALVES = {"p-01": "a", "p-02": "a", "p-03": "b", "p-04": "b"}


@pytest.fixture(scope="module")
def corpus():
    return rk.load("never-let-me-go")


def four(**more):
    page = small(FOUR)
    return rk.ComparisonPane(page, HALVES, evidence=page.labels.evidence, veil="off", **more)


def sent(pane):
    return json.dumps({name: getattr(pane, name) for name in ("_shown", "_current", "_page")})


def said(rows):
    return ["".join(part["t"] for part in row["parts"]) for row in rows]


# counts


def test_counts_come_before_rates_and_are_right():
    table = four(stage="theme").counts().set_index("group")
    assert table.loc["a", ["reviews", "sentences", "match", "reviews_with"]].tolist() == [2, 4, 1, 1]
    assert table.loc["b", ["reviews", "sentences", "match", "reviews_with"]].tolist() == [2, 4, 4, 2]
    assert table.loc["a", "rate"] == 25
    assert table[["low", "high"]].isna().all(axis=None)  # two reviews have no interval


@pytest.mark.parametrize(
    ("layer", "control", "label"),
    [
        ("structure", "stage", "theme"),
        ("structure", "stage", "description"),
        ("spoilers", "grade", "grade 2 or more"),
        ("devices", "device", "hedge"),
        ("attitude", "attitude", "negative"),
    ],
)
def test_numbers_are_those_of_compare(corpus, layer, control, label):
    pane = rk.ComparisonPane(corpus, columns=["book-reader", "film-only", "unstated"], **{control: label})
    mine = pane.counts().set_index("group")
    table = rk.compare(corpus, "perspective", layer=layer, label=label).table.set_index("group")
    for group in pane.columns:
        assert mine.loc[group, "match"] == table.loc[group, "count"]
        for name, theirs in (("rate", "share"), ("low", "low"), ("high", "high")):
            assert mine.loc[group, name] == pytest.approx(100 * table.loc[group, theirs], nan_ok=True)


def test_filters_combine():
    pane = four(stage="theme", words="time")
    assert pane.counts()["match"].tolist() == [1, 4]
    pane.words = "again"
    assert pane.counts()["match"].tolist() == [0, 1]
    assert pane.sentences()["text"].tolist() == ["Time again."]


def test_grade_zero_and_no_device_are_choices(corpus):
    pane = rk.ComparisonPane(corpus, grade="grade 0", device="no device", columns=["film-only"])
    graded = corpus.key[corpus.key["label"].isin(["minor", "major", "everything"])]
    found = pane.sentences()
    assert len(found)
    for row in found.head(30).itertuples():
        near = graded[
            (graded["review_id"] == row.review_id) & (graded["start"] < row.end) & (graded["end"] > row.start)
        ]
        assert near.empty


def test_a_label_that_is_not_there_is_named():
    with pytest.raises(TableError, match="No sentence here has the stage 'craft'. There is: 'description',"):
        four(stage="craft")
    with pytest.raises(TableError, match="There are no labels of device here. Give them: evidence=rk.read"):
        four(device="hedge")


def test_labels_of_two_sources_are_refused(corpus):
    with pytest.raises(TableError, match="This table of evidence is by 'annotator-1', 'annotator-2', 'key'"):
        rk.ComparisonPane(corpus, evidence=corpus.labels.evidence)


def test_the_rules_labels_do_as_well(corpus):
    found = rk.read(corpus, "spoilers")
    verdicts = rk.decide(rk.read(corpus, "perspective"), corpus)
    pane = rk.ComparisonPane(corpus, evidence=found, verdicts=verdicts, grade="grade 2 or more")
    assert [c["name"] for c in pane._page["filters"]] == ["grade"]
    assert any("some are wrong" in line for line in pane._shown["limits"])
    pane.by = "handling"  # follows from the evidence
    assert pane.columns == ["warned", "unwarned"]


# groups


@pytest.mark.parametrize(
    ("by", "columns"),
    [
        ("perspective", ["book-reader", "film-only"]),
        ("order", ["book-first", "film-first", "film-only"]),
        ("handling", ["warned", "unwarned"]),
        ("stance", ["favourable", "unfavourable"]),
        ("stars", ["1 star", "5 stars"]),
        ("year", ["2011", "2012"]),
    ],
)
def test_groupings_begin_with_what_they_are_about(corpus, by, columns):
    pane = rk.ComparisonPane(corpus, by)
    assert pane.columns == columns
    sizes = {each["name"]: each["reviews"] for each in pane._shown["sizes"]}
    assert sizes == rk.groups(corpus, by).value_counts().to_dict()
    assert [each["value"] for each in pane._page["groupings"]] == [
        *("perspective", "order", "handling", "stance", "stars", "year")
    ]


def test_another_grouping_brings_its_own_columns(corpus):
    pane = rk.ComparisonPane(corpus, stage="theme")
    pane._pages = {"book-reader": 1}
    pane.by = "handling"
    assert pane.columns == [side["name"] for side in pane._shown["sides"]] == ["warned", "unwarned"]
    assert pane._pages == {}
    assert pane.stage == "theme"
    with pytest.raises(TableError, match="There is no grouping 'handlin'. Did you mean 'handling'?"):
        pane.by = "handlin"


def test_a_grouping_of_ones_own_and_columns():
    pane = four()
    assert pane.by == "your grouping"
    assert pane.columns == ["a", "b"]
    with pytest.raises(TableError, match="There is no group 'c' here. There is: 'a', 'b'."):
        pane.columns = ["c"]
    with pytest.raises(TableError, match="No review is called 'p-09' here"):
        rk.ComparisonPane(small(FOUR), {"p-09": "a"})


def test_five_columns_at_most(corpus):
    years = [str(year) for year in range(2010, 2016)]
    with pytest.raises(TableError, match="One to 5 groups stand side by side, not 6."):
        rk.ComparisonPane(corpus, "year", columns=years)


def test_a_page_without_verdicts_says_what_it_needs():
    with pytest.raises(
        TableError, match="These reviews have no verdicts on perspective. Give them: verdicts="
    ):
        rk.ComparisonPane(small(FOUR))


def test_a_table_alone_is_enough():
    reviews = pd.DataFrame({"review_id": ["a", "b"], "text": ["I wept.", None]})
    pane = rk.ComparisonPane(reviews, {"a": "x", "b": "y"})
    assert pane.counts()["sentences"].tolist() == [1, 0]
    assert pane._shown["sides"][1]["rate"] is None


def test_no_reviews_at_all():
    reviews = pd.DataFrame({"review_id": pd.array([], "str"), "text": pd.array([], "str")})
    assert rk.ComparisonPane(reviews, {}).counts().empty


# words


@pytest.mark.parametrize(
    ("words", "text", "where"),
    [
        ("clone", "Clone and clones.", ["Clone"]),
        ("clon*", "Clone and clones.", ["Clone", "clones"]),
        ("never let", "Never\nlet it", ["Never\nlet"]),
        (".*", "Anything at all .* here", [".*"]),
        ("(a|b)", "a b (a|b)", ["(a|b)"]),
        ("don't", "Don’t go", ["Don’t"]),
        ("café", "the cafe\u0301 and the café", ["cafe\u0301", "café"]),
        ("cafe", "the cafe\u0301", []),
        ("10", "10 of 100", ["10"]),
        ("!", "No! No!", ["!", "!"]),
        ("סרט", "סרט יפה", ["סרט"]),
        ("  ", "a  b", []),
        ("*", "5* film", ["*"]),
        ("\\", "a \\ b", ["\\"]),
    ],
)
def test_words_are_taken_literally(words, text, where):
    assert [text[a:b] for a, b in context.found(words, text)] == where


def test_single_words_as_in_the_concordance(corpus):
    pane = rk.ComparisonPane(corpus, words="hailsham", view="context", sort="page", columns=["book-reader"])
    theirs = rk.concordance(corpus, "hailsham", by="perspective")
    theirs = theirs[theirs["group"] == "book-reader"]
    mine = pane.sentences()
    assert (
        mine[["review_id", "start", "end"]].values.tolist()
        == theirs[["review_id", "start", "end"]].values.tolist()
    )
    pane.words = "clon*"
    theirs = rk.concordance(corpus, "clon*", by="perspective")
    assert len(pane.sentences()) == (theirs["group"] == "book-reader").sum()


def test_context_is_sorted_by_what_follows_or_precedes():
    page = small(
        {"p-01": [("We saw time stop. ", "plot"), ("A time apart.", "plot"), ("My Time began.", "plot")]}
    )
    pane = rk.ComparisonPane(page, {"p-01": "a"}, words="time", view="context", veil="off")

    def first(side):
        return [
            "".join(p["t"] for p in row[side]).split()[0 if side == "right" else -1]
            for row in pane._shown["sides"][0]["rows"]
        ]

    assert first("right") == ["apart.", "began.", "stop."]
    pane.sort = "precedes"
    assert first("left") == ["A", "My", "saw"]
    pane.sort = "page"
    assert first("left") == ["saw", "A", "My"]
    with pytest.raises(
        TableError, match="There is no sort 'length'. There is: 'follows', 'precedes', 'page'."
    ):
        pane.sort = "length"


def test_context_counts_per_thousand_words():
    page = small({"p-01": [("Time and time again it rains here.", "plot")]})  # seven words
    pane = rk.ComparisonPane(page, {"p-01": "a"}, words="time", view="context", veil="off")
    assert pane.counts()["match"].tolist() == [2]
    assert pane.counts()["rate"].tolist() == [pytest.approx(2000 / 7)]


def test_found_words_are_cut_out_in_python():
    pane = four(words="about time")
    (row,) = pane._shown["sides"][0]["rows"]
    assert row["parts"] == [{"t": "It is "}, {"t": "about time", "hit": True}, {"t": "."}]


# names, and what is dangerous to show


def test_names_are_masked_everywhere():
    text = "I read the novel first. It was slow.\n\nAda Example"
    reviews = pd.DataFrame({"review_id": ["a"], "text": [text]})
    pane = rk.ComparisonPane(reviews, {"a": "x"}, words="slow", view="context")
    pane._open = {"group": "x", "at": 0}
    assert "Ada" not in sent(pane)
    assert "Ada" not in str(pane.selection["text"])
    pane.words = "Ada"
    assert pane.counts()["match"].tolist() == [0]
    pane.view, pane.words = "sentences", ""
    assert "Ada" not in sent(pane) + pane.sentences().to_csv()
    assert any(part.get("masked") for row in pane._shown["sides"][0]["rows"] for part in row["parts"])
    assert "Ada" in sent(rk.ComparisonPane(reviews, {"a": "x"}, names=True))


def test_overrides_are_made_visible():
    reviews = pd.DataFrame({"review_id": ["a"], "text": ["So \u202eodd <b>it</b> is."]})
    pane = rk.ComparisonPane(reviews, {"a": "\u202egroup"})
    assert said(pane._shown["sides"][0]["rows"]) == ["So \ufffdodd <b>it</b> is."]
    assert pane._shown["sizes"][0]["text"] == "\ufffdgroup"


# the veil


def test_covered_words_are_not_sent_until_asked_for(corpus):
    pane = rk.ComparisonPane(corpus, grade="grade 2 or more", veil="key")
    (first, *_) = pane._shown["sides"][0]["rows"]
    assert first["covered"] == "Covered: gives away a secret"
    secret = pane.sentences()["text"].iloc[0]
    assert secret not in sent(pane)
    pane._on_message(None, {"type": "lift", "row": first["row"], "up": True}, None)
    row = pane._shown["sides"][0]["rows"][0]
    assert said([row]) == [" ".join(secret.split())]
    assert row["bare"]
    pane._on_message(None, {"type": "lift", "row": first["row"], "up": False}, None)
    assert "covered" in pane._shown["sides"][0]["rows"][0]
    pane._lifted = True
    assert not any("covered" in row for side in pane._shown["sides"] for row in side["rows"])
    pane._lifted = False
    assert "covered" in pane._shown["sides"][0]["rows"][0]


def test_context_stops_where_a_covered_sentence_begins(corpus):
    pane = rk.ComparisonPane(
        corpus, words="the", view="context", veil="key", columns=["book-reader", "film-only"]
    )
    covered = [
        corpus.reviews.set_index("review_id").loc[row.review_id, "text"][row.start : row.end]
        for row in corpus.key[corpus.key["label"].isin(["major", "everything"])].itertuples()
    ]
    for page in range(4):
        pane._pages = dict.fromkeys(pane.columns, page)
        for side in pane._shown["sides"]:
            for row in side["rows"]:
                drawn = "".join(p["t"] for name in ("left", "word", "right") for p in row.get(name, []))
                assert len(drawn) < 3 + 2 * context.WIDTH + 1
                assert not any(text[5:40] in drawn for text in covered if len(text) > 40)


def test_a_search_does_not_spell_out_covered_words():
    reviews = pd.DataFrame({"review_id": ["a"], "text": ["They cooperate. It is calm."]})
    marks = rk.evidence(reviews, [("a", "They cooperate.", "major")], layer="spoilers", source="key")
    pane = rk.ComparisonPane(reviews, {"a": "x"}, evidence=marks, veil=marks, words="c*", view="context")
    rows = pane._shown["sides"][0]["rows"]
    assert sorted(row["word"][0]["t"] for row in rows) == ["c*", "calm"]
    assert "cooperate" not in sent(pane)


def test_an_open_review_keeps_its_covers(corpus):
    pane = rk.ComparisonPane(corpus, grade="grade 2 or more", veil="key")
    pane._open = {"group": "book-reader", "at": 0}
    parts = [part for parts in pane._current["paragraphs"] for part in parts]
    assert any("cover" in part and part.get("aimed") for part in parts)
    at = next(part["cover"] for part in parts if "cover" in part)
    pane._on_message(None, {"type": "lift", "review_id": pane._current["id"], "at": at, "up": True}, None)
    assert {"again": at} in [part for parts in pane._current["paragraphs"] for part in parts]


def test_the_pane_says_what_is_covered_and_by_whom(corpus):
    assert rk.ComparisonPane(corpus, veil="key")._shown["veil"] == (
        "Covered until asked for: what gives away a secret or the end, by the key."
    )
    assert rk.ComparisonPane(corpus, veil="off")._shown["veil"] == ""


def test_another_veil_is_put_on_in_the_pane(corpus):
    pane = rk.ComparisonPane(corpus, grade="grade 2 or more", veil="off")
    assert pane._veil["grade"] == 0
    pane._lifted = True
    pane._on_message(None, {"type": "veil", "judge": "key", "grade": 2}, None)
    assert (pane._lifted, pane._veil["judge"], pane._veil["grade"]) == (False, "key", 2)
    assert all("covered" in row for side in pane._shown["sides"] for row in side["rows"])
    pane._on_message(None, {"type": "veil", "judge": "key", "grade": 3}, None)
    assert not all("covered" in row for side in pane._shown["sides"] for row in side["rows"])
    for unknown in ({"judge": "nobody", "grade": 2}, {"judge": "key", "grade": 7}, {}):
        pane._on_message(None, {"type": "veil", **unknown}, None)
        assert pane._veil["grade"] == 3
    pane._on_message(None, {"type": "veil", "judge": "key", "grade": 0}, None)
    assert pane._shown["veil"] == ""


def test_a_review_opens_at_the_very_word(corpus):
    pane = rk.ComparisonPane(corpus, words="book", view="context", veil="off")
    pane._open = {"group": "book-reader", "at": 0}
    aimed = [part["t"] for parts in pane._current["paragraphs"] for part in parts if part.get("aimed")]
    assert [word.lower() for word in aimed] == ["book"]
    assert "book" in pane.selection["text"].lower()
    assert len(pane.selection["text"]) > len("book")


# lists and places


def test_only_a_page_of_each_list_is_sent():
    reviews = pd.DataFrame(
        {
            "review_id": [f"b-{n:04}" for n in range(1000)],
            "text": [f"Number {n}. " + "Slow, and I would not have it faster. " * 12 for n in range(1000)],
        }
    )
    half = {f"b-{n:04}": "odd" if n % 2 else "even" for n in range(1000)}
    pane = rk.ComparisonPane(reviews, half, veil="off")
    assert [len(side["rows"]) for side in pane._shown["sides"]] == [20, 20]
    assert len(sent(pane)) < 12_000
    pane._pages = {"even": 3}
    assert pane._shown["sides"][0]["rows"][0]["at"] == 60
    assert pane._shown["sides"][1]["rows"][0]["at"] == 0
    pane.words = "number"
    assert pane._shown["sides"][0]["page"] == 0
    assert pane.counts()["match"].tolist() == [500, 500]


def test_a_sentence_opens_to_its_place():
    pane = four(stage="theme")
    pane._open = {"group": "b", "at": 2}
    assert pane.selection["review_id"] == "p-04"
    assert pane.selection["text"] == "It is about time."
    lit = [part["t"] for parts in pane._current["paragraphs"] for part in parts if part.get("aimed")]
    assert lit == ["It is about time."]
    assert pane._current["of"] == 4
    pane._on_message(None, {"type": "step", "by": 1}, None)
    assert pane.selection["text"] == "Time again."
    pane._on_message(None, {"type": "step", "by": 1}, None)  # there is no next one
    assert pane._open == {"group": "b", "at": 3}
    pane.stage = "plot"
    assert pane._current == {}


def test_going_on_turns_the_page_of_the_list():
    page = small({"p-01": [(f"Sentence {n}.", "plot") for n in range(45)]})
    pane = rk.ComparisonPane(page, {"p-01": "a"}, veil="off")
    pane._open = {"group": "a", "at": 19}
    pane._on_message(None, {"type": "step", "by": 1}, None)
    assert pane._shown["sides"][0]["rows"][0]["at"] == 20


def test_it_says_what_the_sample_cannot_show(corpus):
    pane = rk.ComparisonPane(corpus, stage="theme")
    limits = pane._shown["limits"]
    assert limits[0] == "30 reviews, by perspective: book-reader 10, film-only 10, partial 2, unstated 8."
    assert limits[1].startswith("The labels are the key's")
    assert "planted" in limits[-1]
    pane.words = "zyzzyva"
    assert any("3 in n" in line for line in pane._shown["limits"])
    plain = rk.ComparisonPane(SimpleNamespace(reviews=corpus.reviews), "stars")
    assert not any("planted" in line for line in plain._shown["limits"])


def test_reviews_that_nobody_labelled_are_left_out_and_named():
    page = small(FOUR)
    some = page.labels.evidence[page.labels.evidence["review_id"] != "p-04"]
    pane = rk.ComparisonPane(page, HALVES, evidence=some, stage="theme", veil="off")
    assert pane.counts()["reviews"].tolist() == [2, 1]
    assert "Left out: 1 review without labels by 'key'." in pane._shown["limits"]
    pane.stage = ""
    assert pane.counts()["reviews"].tolist() == [2, 2]


def test_nothing_given_is_changed(corpus):
    key, verdicts, reviews = corpus.key.copy(), corpus.verdicts.copy(), corpus.reviews.copy()
    pane = rk.ComparisonPane(corpus, evidence=key, verdicts=verdicts)
    pane.by = "handling"
    pd.testing.assert_frame_equal(key, corpus.key)
    pd.testing.assert_frame_equal(verdicts, corpus.verdicts)
    pd.testing.assert_frame_equal(reviews, corpus.reviews)


def test_first_columns_of_any_grouping():
    assert comparing.first_columns(pd.Series(["z", "z", "y", "y", "x", "unknown"])) == ["y", "z"]
    assert comparing.first_columns(pd.Series(["unknown"])) == ["unknown"]
