"""Annotations that were made with another tool: found by their words, or listed with the reason."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import reviewkit as rk
from reviewkit.errors import TableError
from reviewkit.marks.checking import MarkError
from reviewkit.marks.foreign import COLUMNS, import_annotations
from reviewkit.marks.store import Store

FIRST = "I read the novel 😀 first. Perhaps it is better. I wept at the end of it, and so will you."
FIRST += "\n\nAda Example"
SECOND = "The film is slow, perhaps. I wept at the end of it, and went home. It isn’t the book."
PAGE = pd.DataFrame({"review_id": ["page-01", "page-02"], "text": [FIRST, SECOND]})


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path / "kit"))


def quote(exact, prefix="", suffix=""):
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def hypothesis(own_id, selectors, **more):
    """A row as Hypothes.is exports it."""
    return {
        "id": own_id,
        "created": "2026-05-04T09:30:00.123456+00:00",
        "updated": "2026-05-04T11:30:00.123456+02:00",
        "user": "acct:ada.example@hypothes.is",
        "uri": "https://example.org/page",
        "text": "",
        "tags": [],
        "group": "__world__",
        "target": [{"source": "https://example.org/page", "selector": selectors}],
        "document": {"title": ["A page"]},
        **more,
    }


def annotorious(own_id, exact, *bodies, creator="https://example.org/people/1", **more):
    """An annotation as Recogito and Annotorious write it: W3C, with the maker at each body."""
    made = [
        {"type": "TextualBody", "purpose": purpose, "value": value, "creator": {"id": creator, "name": "Ada"}}
        for purpose, value in bodies
    ]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"#{own_id}",
        "type": "Annotation",
        "body": made,
        "target": {
            "selector": [
                {"type": "TextQuoteSelector", "exact": exact},
                {"type": "TextPositionSelector", "start": 4000, "end": 4000 + len(exact)},
            ]
        },
        **more,
    }


def taken(tmp_path, found, **options):
    path = tmp_path / "theirs.json"
    path.write_text(json.dumps(found), encoding="utf-8")
    return import_annotations(path, PAGE, **options)


def placed(table):
    return [
        (row.label, {"page-01": FIRST, "page-02": SECOND}[row.review_id][row.start : row.end])
        for row in table[table["why"].isna()].itertuples()
    ]


def test_an_export_of_hypothesis(tmp_path):
    ranges = {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 3, "endContainer": "/p[1]"}
    position = {"type": "TextPositionSelector", "start": 1203, "end": 1222}
    rows = [
        hypothesis(
            "a", [ranges, position, quote("read the novel 😀", "I ", " first.")], tags=["book", "proof"]
        ),
        hypothesis("b", [position, quote("It isn't   the book", "home. ", ".")], text="Says **who**?"),
    ]
    table = taken(tmp_path, {"total": 2, "rows": rows})
    assert list(table.columns) == [*COLUMNS]
    assert placed(table) == [
        ("book", "read the novel 😀"),
        ("proof", "read the novel 😀"),
        ("no tag", "It isn’t the book"),
    ]
    with Store() as store:
        events = store.current("page")
    assert {event["at"] for event in events} == {"2026-05-04T09:30:00.123Z"}
    assert [event["note"] for event in events] == [None, None, "Says **who**?"]
    assert taken(tmp_path, {"annotations": rows})["label"].tolist() == ["book", "proof", "no tag"]
    with Store() as store:
        assert len(store.history()) == 3  # the same annotations, taken once


def test_nobodys_name_comes_in(tmp_path):
    table = taken(tmp_path, [hypothesis("a", [quote("Perhaps it is better")], tags=["x"])])
    assert table["who"].str.fullmatch("guest-[0-9a-f]{6}").all()
    with Store() as store:
        assert "ada" not in str(store.history()).lower()
    assert taken(tmp_path, [annotorious("b", "went home")], who="owl")["who"].tolist() == ["owl"]


def test_annotations_of_recogito_and_annotorious(tmp_path):
    found = [
        annotorious("1", "perhaps", ("tagging", "hedge"), ("commenting", "Not sure of it.")),
        annotorious("2", "I wept at the end of it, and went", ("highlighting", "")),
        annotorious("3", "The film is slow", ("tagging", "critic"), creator="https://example.org/people/2"),
    ]
    table = taken(tmp_path, found)
    assert placed(table) == [
        ("no tag", "I wept at the end of it, and went"),
        ("critic", "The film is slow"),
    ]
    assert table["who"].nunique() == 2
    assert table.loc[0, "why"] == "The words stand in several reviews."
    page = {"type": "AnnotationPage", "id": "urn:x:1", "items": found[1:]}
    assert (
        len(taken(tmp_path, page))
        == len(taken(tmp_path, {"type": "AnnotationCollection", "first": page}))
        == 2
    )
    assert len(taken(tmp_path, found[2])) == 1


def test_the_same_words_in_two_reviews_are_told_apart_by_what_stands_around(tmp_path):
    words = "I wept at the end of it"
    both = [quote(words), quote(words, "Perhaps it is better. "), quote(words, "", ", and went home")]
    table = taken(tmp_path, [hypothesis(str(n), [each], tags=["wept"]) for n, each in enumerate(both)])
    assert table["review_id"].fillna("").tolist() == ["", "page-01", "page-02"]
    assert table.loc[0, "why"] == "The words stand in several reviews."


def test_what_cannot_be_placed_is_listed_with_the_reason(tmp_path):
    found = [
        hypothesis("gone", [quote("no such words are here at all")], tags=["x"]),
        hypothesis("where", [{"type": "TextPositionSelector", "start": 2, "end": 16}]),
        hypothesis("page note", []),
        hypothesis("long", [quote("went home. It")], tags=["x" * 81]),
        "nonsense",
    ]
    table = taken(tmp_path, found)
    assert table["why"].tolist() == [
        "The words stand in no review here.",
        "It quotes no words.",
        "It quotes no words.",
        "Its tag has more than 80 characters.",
        "It quotes no words.",
    ]
    with Store() as store:
        assert store.history() == []


def test_a_layer_of_the_manual_takes_its_labels_only(tmp_path):
    found = [annotorious(tag, "Perhaps it is better", ("tagging", tag)) for tag in ("hedge", "waffle")]
    table = taken(tmp_path, found, layer="devices", who="owl")
    assert placed(table) == [("hedge", "Perhaps it is better")]
    assert table.loc[1, "why"].startswith(
        "The layer devices has no label 'waffle'; it has concession, grounds"
    )
    mine = rk.my_marks(PAGE, who="owl")
    assert mine[["layer", "label", "text"]].values.tolist() == [["devices", "hedge", "Perhaps it is better"]]


def test_signatures_stay_masked(tmp_path):
    taken(tmp_path, [hypothesis("a", [quote("and so will you", "of it, ", ".\n\nAda Example")], tags=["x"])])
    with Store() as store:
        (event,) = store.history()
    assert "Ada" not in str(event)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "theirs.json is not sound JSON"),
        ("{}", "theirs.json is JSON, but has no annotations. Export them as W3C"),
        ("7", "theirs.json is JSON, but has no annotations"),
        ('{"reviewkit:version": 1}', r"file of the kit's own marks. Take it with rk.import_marks"),
    ],
)
def test_other_files_are_refused_with_the_remedy(tmp_path, content, message):
    (tmp_path / "theirs.json").write_text(content, encoding="utf-8")
    with pytest.raises(MarkError, match=message):
        import_annotations(tmp_path / "theirs.json", PAGE)


def test_wrong_arguments(tmp_path):
    with pytest.raises(MarkError, match="cannot be read"):
        import_annotations(tmp_path / "none.json", PAGE)
    with pytest.raises(TableError, match="Name the layer"):
        taken(tmp_path, [], layer=" ")
