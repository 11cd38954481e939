"""Is what gives the story away covered, by the right judge, and does nothing of it leave Python unasked?"""

import json
from types import SimpleNamespace

import pandas as pd
import pytest

import reviewkit as rk
from reviewkit import knowing, schema, veiling
from reviewkit.errors import TableError
from reviewkit.veiling import Covered, veil

FIRST = "A slow film. The gardener did it and hangs. I liked the music.\n\nIn the end they all die."
SECOND = "The gardener did it. Lovely coats."


@pytest.fixture(autouse=True)
def unsaid(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))


@pytest.fixture
def data():
    reviews = schema.frame(
        "reviews",
        {
            "review_id": ["a-01", "a-02"],
            "position": [1, 2],
            "title": ["Slow", None],
            "text": [FIRST, SECOND],
        },
    )
    marks = [
        ("a-01", "gardener did it", "major"),
        ("a-01", "hangs", "everything"),
        ("a-01", "liked the music", "minor"),
        ("a-02", "The gardener did it.", "major"),
    ]
    key = rk.evidence(reviews, marks, layer="spoilers", source="key")
    return SimpleNamespace(reviews=reviews, key=key, title="A page", invented=True)


def quoted(on, review_id, text):
    return [text[c.start : c.end] for c in on.covered(review_id)]


def sent(pane):
    return json.dumps({name: pane.get_state()[name] for name in ("_current", "_ahead", "_reviews", "_veil")})


def say(pane, **content):
    pane._on_message(pane, content, [])


def blocks(pane):
    return [p for parts in pane._current["paragraphs"] for p in parts if "cover" in p]


# ---- who judges, and what is covered ----


def test_a_sentence_has_the_gravest_grade_that_touches_it(data):
    on = veil(data, "key")
    assert on.covered("a-01") == (Covered(13, 43, 3),)
    assert quoted(on, "a-01", FIRST) == ["The gardener did it and hangs."]


@pytest.mark.parametrize(("grade", "count"), [(1, 2), (2, 1), (3, 1)])
def test_from_a_grade_up(data, grade, count):
    assert len(veil(data, "key", grade=grade).covered("a-01")) == count


def test_the_rule_judges_where_there_is_no_key(data):
    on = veil(data.reviews)
    assert on.judge == "rule"
    assert quoted(on, "a-01", FIRST)[-1] == "In the end they all die."
    assert "can miss" in on.misses
    assert "no file about this story" in on.misses


def test_any_table_judges(data):
    mine = rk.evidence(data.reviews, [("a-01", "slow", "major")], layer="spoilers", source="reader")
    on = veil(data, mine)
    assert (on.judge, quoted(on, "a-01", FIRST)) == ("table", ["A slow film."])
    assert on.covered("a-02") == ()


@pytest.mark.parametrize(
    ("novel", "film", "judge"),
    [
        (None, None, "key"),
        ("not", "not", "key"),
        ("part", "not", "key"),
        ("read", "not", "off"),
        ("not", "seen", "off"),
    ],
)
def test_it_starts_with_what_the_student_said(data, novel, film, judge):
    if novel:
        knowing.keep_standing(novel, film)
    assert veil(data).judge == judge


def test_a_title_is_held_against_the_works_reveals(data):
    data.work = rk.read_work("never-let-me-go")
    data.reviews["title"] = ["They are all clones!", "A film about friends"]
    on = veil(data, "key")
    assert (on.title("a-01"), on.title("a-02")) == (2, 0)
    assert veil(data, "key", grade=3).title("a-01") == 0


def test_own_marks_are_nobodys_until_some_are_kept(data):
    assert veil(data, "own").covered("a-01") == ()


@pytest.mark.parametrize(
    ("judge", "grade", "message"),
    [("rules", 2, "no judge 'rules'. Did you mean 'rule'"), ("key", 4, "grade 4 is not known")],
)
def test_what_is_not_known_gets_the_remedy(data, judge, grade, message):
    with pytest.raises(TableError, match=message):
        veil(data, judge, grade=grade)


def test_no_key_gets_the_remedy(data):
    with pytest.raises(TableError, match="Take judge='rule'"):
        veil(data.reviews, "key")
    assert "key" not in veiling.judges(data.reviews)


# ---- in the pane ----


def test_covered_words_are_not_sent(data):
    pane = rk.ReadingPane(data, data.key)
    assert "gardener" not in sent(pane)
    assert [(b["says"], b["at"]) for b in blocks(pane)] == [("Covered: gives away the end, by the key", 13)]
    rows = pane._current["marks"]
    assert [row.get("covered", False) for row in rows] == [True, True, False]
    assert rows[2]["quote"] == "liked the music"
    pane.review_id = "a-02"
    assert "gardener" not in sent(pane)
    assert pane._reviews[1]["first"] is None
    assert pane._reviews[0]["first"] == "A slow film. …"


def test_a_block_is_about_as_long_as_its_sentence(data):
    long = "The gardener did it" + " and then some more" * 20 + "."
    reviews = pd.DataFrame({"review_id": ["b-01"], "text": [long]})
    key = rk.evidence(reviews, [("b-01", "gardener", "major")], layer="spoilers", source="key")
    (block,) = blocks(rk.ReadingPane(SimpleNamespace(reviews=reviews, key=key)))
    assert 0.7 * len(long) < len(block["fill"]) + len(block["says"]) < 1.1 * len(long)
    assert block["fill"].strip("\u2007 ") == ""


def test_one_by_one_and_all_and_back(data):
    pane = rk.ReadingPane(data, veil=veil(data, "key", grade=1))
    assert len(blocks(pane)) == 2
    say(pane, type="lift", review_id="a-01", at=13, up=True)
    assert "gardener did it and hangs" in sent(pane)
    assert [p["again"] for parts in pane._current["paragraphs"] for p in parts if "again" in p] == [13]
    assert (pane._current["covered"], pane._current["opened"], pane._current["sentences"]) == (1, 1, 4)
    say(pane, type="lift", review_id="a-01", at=None, up=True)
    assert blocks(pane) == []
    say(pane, type="lift", review_id="a-01", at=None, up=False)
    assert len(blocks(pane)) == 2
    assert "gardener" not in sent(pane)


def test_an_uncovered_title_can_be_covered_again(data):
    data.work = rk.read_work("never-let-me-go")
    data.reviews["title"] = ["They are all clones!", None]
    pane = rk.ReadingPane(data)
    assert "clones" not in sent(pane)
    assert pane._current["title_cover"]["cover"] == -1
    say(pane, type="lift", review_id="a-01", at=-1, up=True)
    assert (pane._current["title"], pane._current["title_bare"]) == ("They are all clones!", True)
    say(pane, type="lift", review_id="a-01", at=-1, up=False)
    assert "clones" not in sent(pane)


def test_search_does_not_look_under_covers(data):
    pane = rk.ReadingPane(data)
    pane._query = "gardener"
    assert pane._hits == []
    pane._query = "coats"
    assert pane._hits == [1]
    say(pane, type="lift", review_id="a-02", at=0, up=True)
    pane._query = "gardener"
    assert pane._hits == [1]


def test_the_veil_can_be_changed(data):
    pane = rk.ReadingPane(data)
    say(pane, type="veil", judge="rule", grade=3)
    assert (pane.veil.judge, pane.veil.grade) == ("rule", 3)
    assert pane._veil["whose"] == "by rule"
    say(pane, type="veil", judge="key", grade=0)
    assert blocks(pane) == []
    assert "gardener" in sent(pane)
    say(pane, type="veil", judge="key", grade=2)
    assert "gardener" not in sent(pane)


def test_what_no_pane_would_ask_changes_nothing(data):
    pane = rk.ReadingPane(data)
    before = sent(pane)
    for content in (
        {"type": "lift", "review_id": "x", "at": 13, "up": True},
        {"type": "lift", "review_id": "a-01", "at": "13", "up": True},
        {"type": "lift", "review_id": "a-01", "at": 14, "up": True},
        {"type": "lift", "review_id": ["a-01"], "at": 13, "up": True},
        {"type": "veil", "judge": "nobody", "grade": 2},
        {"type": "veil", "judge": "key", "grade": 7},
        {"type": "veil", "judge": "key", "grade": [0]},
        {"type": "veil", "judge": {}, "grade": 2},
        {"type": "firsts", "from": "0"},
        {"type": []},
    ):
        say(pane, **content)
    assert sent(pane) == before


def test_a_mark_half_covered_does_not_quote(data):
    wide = rk.evidence(data.reviews, [("a-01", (2, 30), "hedge")], layer="devices", source="rule")
    pane = rk.ReadingPane(data, wide.assign(cues="gardener"))
    assert "gardener" not in sent(pane)
    assert pane._current["marks"][0]["covered"]


def test_shown_words_stay_covered_until_asked_for(data):
    pane = rk.ReadingPane(data)
    pane.show("a-01", 17, 25)
    assert "gardener" not in sent(pane)
    assert blocks(pane)[0]["aimed"]


def test_a_rule_judges_the_first_entries_and_the_others_when_asked():
    reviews = pd.DataFrame(
        {"review_id": [f"c-{n:03}" for n in range(60)], "text": ["In the end they all die. Sad."] * 60}
    )
    pane, heard = rk.ReadingPane(reviews), []
    assert pane._reviews[0] == pane._reviews[0] | {"first": None, "judged": True}
    assert pane._reviews[59] == pane._reviews[59] | {"first": None, "judged": False}
    pane.send = heard.append
    say(pane, type="firsts", **{"from": 48})
    assert heard == [{"type": "firsts", "from": 48, "firsts": [None] * 12}]


def test_off_covers_nothing(data):
    for off in ("off", False):
        pane = rk.ReadingPane(data, veil=off)
        assert "gardener" in sent(pane)
        assert pane._veil["grade"] == 0


def test_the_kits_own_corpus_is_covered_as_its_key_says():
    corpus = rk.load("never-let-me-go")
    on = veil(corpus)
    key = corpus.key
    graded = key[(key["layer"] == "spoilers") & key["label"].isin(["major", "everything"])]
    for row in graded.itertuples():
        assert any(c.start <= row.start and row.end <= c.end for c in on.covered(row.review_id))
    assert on.covered(corpus.opens_at) == ()
