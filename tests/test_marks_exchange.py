"""Marks travel: as CSV, as Web Annotations, as a whole file; into evidence; into one class's file."""

from __future__ import annotations

import copy
import csv
import io
import json
import sqlite3
from contextlib import closing

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from web_annotation import faults

import reviewkit as rk
from reviewkit.marks import exchange, who
from reviewkit.marks.checking import LABELS, MarkError, checked
from reviewkit.marks.events import FIELDS, fold, make
from reviewkit.marks.exchange import read_marks, write_marks
from reviewkit.marks.merging import export_marks, import_marks, merge
from reviewkit.marks.store import Store
from reviewkit.marks.table import corpus_of, evidence_of, lost_marks, my_marks, verdicts_of

TEXT = "I read the novel 😀 first. Perhaps it is better. Perhaps not."
NASTY = '=cmd|"/c calc"!A1\n<script>alert("x")</script>\t\u202e\u0301 é, "quoted"; \u2028 end'


def mark(start=2, end=16, text=TEXT, **fields):
    given = {"who": "owl", "corpus": "page", "review_id": "page-01", "layer": "perspective"}
    return make(text=text, start=start, end=end, **{**given, "label": "book-reader", **fields})


def told(**fields):
    place = {"who": "owl", "corpus": "page", "review_id": "page-01", "layer": "stance"}
    return make(**{**place, **fields})


def life():
    """Everything that can happen to marks: set, changed, dropped; a verdict, a commitment, a dispute."""
    one = mark(note=NASTY, at="2026-05-04T09:30:00.000Z")
    two = mark(26, 33, layer="devices", label="hedge", at="2026-05-04T09:30:01.000Z")
    return [
        one,
        two,
        mark(26, 34, mark=two["mark"], layer="devices", label="booster", at="2026-05-04T09:31:00.000Z"),
        mark(0, 1, layer="my tags", label="ich 😀", at="2026-05-04T09:32:00.000Z"),
        mark(mark=one["mark"], what="drop", at="2026-05-04T09:33:00.000Z"),
        told(kind="verdict", text=TEXT, label="mixed", at="2026-05-04T09:34:00.000Z"),
        told(kind="commit", at="2026-05-04T09:35:00.000Z"),
        told(
            kind="dispute", label="favourable", reason="I wept,\nand I say so.", at="2026-05-04T09:36:00.000Z"
        ),
        mark(17, 18, text="=1+1 is 2. \r\n \x07 \0 @home", who="fox", layer="tags", label="x"),
    ]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path / "home"))
    who._by_chance.cache_clear()
    return tmp_path


def by_id(events):
    return sorted(events, key=lambda event: event["event"])


# Round trips


@pytest.mark.parametrize("ending", [".csv", ".jsonld", ".json"])
def test_what_is_read_is_what_was_written(tmp_path, ending):
    events = life()
    (path,) = write_marks(tmp_path / f"marks{ending}", events)
    read = read_marks(path)
    assert by_id(read) == by_id(events)
    assert by_id(fold(read)) == by_id(fold(events))
    assert by_id(read_marks(write_marks(tmp_path / f"again{ending}", read)[0])) == by_id(events)


def test_a_whole_file_of_marks_is_read_and_stays_as_it_is(tmp_path):
    with Store(tmp_path / "marks.sqlite3") as store:
        store.add(life())
    before = (tmp_path / "marks.sqlite3").read_bytes()
    assert len(read_marks(tmp_path / "marks.sqlite3")) == len(life())
    assert (tmp_path / "marks.sqlite3").read_bytes() == before


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
prose = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(text=words, note=prose, ending=st.sampled_from([".csv", ".jsonld"]))
def test_any_text_comes_back_as_it_was(tmp_path, text, note, ending):
    event = mark(0, len(text), text, note=note or None)
    event["quote"], event["prefix"], event["suffix"] = text, "", ""
    (path,) = write_marks(tmp_path / f"any{ending}", [event])
    assert read_marks(path) == [event]


def test_csv_has_every_column_and_cells_as_they_are(tmp_path):
    (path,) = write_marks(tmp_path / "marks.csv", life())
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))
    assert rows[0] == ["format", *FIELDS]
    assert rows[1][rows[0].index("note")] == NASTY
    assert rows[6][rows[0].index("start")] == ""
    assert {row[0] for row in rows[1:]} == {"reviewkit-marks-1"}


def test_only_the_copy_for_spreadsheets_is_escaped_and_it_is_not_taken_back(tmp_path):
    _, excel = write_marks(tmp_path / "marks.csv", life(), for_excel=True)
    assert excel.name == "marks-for-excel.csv"
    content = excel.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[1][rows[0].index("note")] == "'" + NASTY
    assert rows[1][rows[0].index("start")] == "2"
    assert rows[6][rows[0].index("note")] == ""
    with pytest.raises(MarkError, match="row 2: this is the copy for spreadsheets. Import the file without"):
        read_marks(excel)
    assert [row["file"] for _, row in merge(tmp_path).report.iterrows()] == ["marks.csv"]


def test_an_unknown_ending_lists_the_known(tmp_path):
    with pytest.raises(MarkError, match="marks.xlsx ends in none of .csv, .jsonld, .json"):
        write_marks(tmp_path / "marks.xlsx", [])
    with pytest.raises(MarkError, match=r"marks.docx ends in none of .csv, .jsonld, .json, .sqlite3"):
        read_marks(tmp_path / "marks.docx")


# The W3C's model


def linked(tmp_path, events=None):
    (path,) = write_marks(tmp_path / "marks.jsonld", life() if events is None else events)
    return json.loads(path.read_text(encoding="utf-8"))


def test_it_is_a_collection_of_web_annotations(tmp_path):
    found = linked(tmp_path)
    assert faults(found) == []
    assert found["total"] == len(fold(life())) == 6
    for item in found["first"]["items"]:
        assert faults({"@context": found["@context"], **item}) == []
    assert faults({"@context": found["@context"], **found["first"]}) == []
    assert faults(linked(tmp_path, [])) == []


def test_a_mark_as_an_annotation(tmp_path):
    (item,) = linked(tmp_path, [mark(note="so they say", at="2026-05-04T09:30:00.000Z")])["first"]["items"]
    assert item["body"] == [
        {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": "book-reader"},
        {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": "so they say"},
    ]
    assert item["creator"]["nickname"] == "owl"
    assert item["created"] == item["modified"] == "2026-05-04T09:30:00.000Z"
    assert item["target"]["source"]["id"] == "urn:reviewkit:review:page:page-01"
    assert item["target"]["selector"] == [
        {"type": "TextPositionSelector", "start": 2, "end": 16},
        {
            "type": "TextQuoteSelector",
            "exact": "read the novel",
            "prefix": "I ",
            "suffix": " 😀 first. Perhaps it is better. ",
        },
    ]


def test_a_changed_mark_was_created_when_it_was_first_set(tmp_path):
    items = linked(tmp_path)["first"]["items"]
    (changed,) = [item for item in items if item.get("body", [{}])[0].get("value") == "booster"]
    assert changed["created"] == "2026-05-04T09:30:01.000Z"
    assert changed["modified"] == "2026-05-04T09:31:00.000Z"


def spoilt(found, change):
    found = copy.deepcopy(found)
    change(found, found["first"]["items"][0])
    return faults(found)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda c, a: c.pop("@context"), "3.1: @context is not the model's"),
        (
            lambda c, a: c["@context"].pop(),
            "6.2: collection has a key 'reviewkit:version' that no context declares",
        ),
        (lambda c, a: c.update(total=99), "5.1: total is not the number"),
        (lambda c, a: c.update(type="Collection"), "3.1: type is 'Collection'"),
        (lambda c, a: c.pop("first"), "5.1: a collection with annotations has no first page"),
        (lambda c, a: a.pop("target"), "3.1: an annotation has no target"),
        (lambda c, a: a.update(id="mark 1"), "3.1: id is 'mark 1'"),
        (lambda c, a: a.update(bodyValue="x"), "3.2.5: an annotation has both body and bodyValue"),
        (lambda c, a: a.update(created="yesterday"), "3.3.1: created is 'yesterday'"),
        (lambda c, a: a.update(motivation="marking"), "3.3.5: motivation 'marking'"),
        (lambda c, a: a.update(label="x"), "6.2: annotation has a key 'label'"),
        (lambda c, a: a["target"].pop("selector"), "4: a specific resource has nothing specific"),
        (lambda c, a: a["target"].update(id="urn:x:y", value="x"), "3.2: a resource is textual and specific"),
        (lambda c, a: a["target"]["selector"][0].update(start="2"), "4.2.5: start is '2'"),
        (lambda c, a: a["target"]["selector"][1].pop("exact"), "4.2.4: exact is None"),
        (
            lambda c, a: a["target"]["selector"][0].update(type="XYSelector"),
            "4.2: a selector has the type 'XYSelector'",
        ),
        (lambda c, a: a.update(modified="2026-05-04T09:30:00"), "3.3.1: modified is"),
        (lambda c, a: a["body"][0].pop("value"), "3.2: a resource is of no kind"),
        (lambda c, a: a["body"][0].update(value=7), "3.2.4: value is 7"),
        (lambda c, a: a["body"][0].update(format="plain"), "3.2.1: format is 'plain'"),
        (lambda c, a: a["body"][0].update(purpose="label"), "3.3.5: purpose is 'label'"),
        (lambda c, a: a["target"].update(source="page 1"), "3.2: 'page 1' is no IRI"),
        (lambda c, a: a["target"]["selector"][0].update(end=-1), "4.2.5: end is -1"),
        (lambda c, a: a["target"]["selector"][1].update(prefix=["I "]), "4.2.4: prefix is"),
        (lambda c, a: a["creator"].update(type="Student"), "3.3.2: an agent has the type 'Student'"),
        (lambda c, a: a["creator"].update(nickname=["a", "b"]), "3.3.2: nickname is"),
        (lambda c, a: a.update(stylesheet={"value": "p {}"}), "6.2: annotation has a key 'stylesheet'"),
        (lambda c, a: c["first"].pop("items"), "5.2: items is None"),
        (lambda c, a: c["first"].update(startIndex=-1), "5.2: startIndex is -1"),
        (lambda c, a: c.update(id=""), "5.1: id is ''"),
        (lambda c, a: c["first"]["items"].append(a), "3.1: two items are called"),
    ],
)
def test_the_helper_that_knows_the_model_finds_what_is_wrong(tmp_path, change, fault):
    assert any(each.startswith(fault) for each in spoilt(linked(tmp_path), change))


# What comes in is not trusted


def rewritten(tmp_path, **cells):
    """A CSV with one sound row and one with these cells changed."""
    (path,) = write_marks(tmp_path / "class.csv", [mark(), mark()])
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    rows[1] |= cells
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"event": "7"}, "row 3: event is '7', not a UUID. Export the marks anew"),
        ({"what": "erase"}, "row 3: what is 'erase'; it is one of: set, drop"),
        ({"kind": "=1+1"}, "row 3: kind is '=1\\+1'; it is one of: mark, verdict"),
        ({"at": "04.05.2026"}, "row 3: at is '04.05.2026'. Write the time in UTC"),
        ({"at": "2026-13-04T09:30:00.000Z"}, "row 3: at is '2026-13-04"),
        ({"who": "Ada Example"}, "row 3: who is missing, or reads like a name or an address"),
        ({"who": "ada@example.org"}, "give one with who='reader-7k3f'"),
        ({"who": "key"}, "row 3: who is a name that the kit itself uses"),
        ({"corpus": ""}, "row 3 has no corpus: Name of the page"),
        (
            {"label": "liar"},
            "row 3: the layer perspective has no label 'liar'. It has: book-reader, film-only",
        ),
        ({"label": ""}, "row 3 has no label"),
        ({"layer": "x" * 81}, "row 3: layer has 81 characters; 80 are the most"),
        ({"layer": "a\u202eb"}, r"row 3: layer has the control character U\+202E. Remove it"),
        ({"note": "a\x07b"}, r"row 3: note has the control character U\+0007. Remove it"),
        ({"note": "x" * 10_001}, "row 3: note has 10,001 characters; 10,000 are the most. Shorten it"),
        ({"start": "-1"}, "row 3: start is '-1', not a whole number"),
        ({"start": "2.0"}, "row 3: start is '2.0', not a whole number"),
        ({"start": "9" * 5000}, "row 3: start is '9999"),
        ({"start": "", "end": ""}, "row 3: start and end are None and None, not whole numbers"),
        ({"start": "", "end": "", "quote": ""}, "row 3 has no start: First character"),
        ({"start": "16", "end": "2"}, "row 3 runs from 16 to 2"),
        ({"end": "17"}, "row 3: from 2 to 17 are 15 characters, but the quote has 14"),
        ({"prefix": "x" * 33}, "row 3: prefix has 33 characters; 32 are the most"),
        ({"text_sha": "no"}, "row 3: text_sha is 'no', not a SHA-256"),
        ({"format": "reviewkit-marks-9"}, "row 3: its format is 'reviewkit-marks-9'.*Update the kit"),
    ],
)
def test_a_row_that_is_not_sound_is_named_with_its_remedy(tmp_path, cells, message):
    with pytest.raises(MarkError, match=rf"^class.csv, {message}" if message.startswith("row") else message):
        read_marks(rewritten(tmp_path, **cells))


def test_an_id_that_stands_twice_with_different_content_is_named(tmp_path):
    one = mark()
    (path,) = write_marks(tmp_path / "twice.csv", [one, one])
    assert read_marks(path) == [one]
    (path,) = write_marks(tmp_path / "twice.csv", [one, one | {"label": "partial"}])
    with pytest.raises(MarkError, match="twice.csv, row 3: an event with the id .* says something else"):
        read_marks(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "has no column 'format'"),
        (b"a;b;c\n1;2;3", "has no column 'format'. Import the file as rk.export_marks wrote it"),
        ("é".encode("latin-1"), "is not UTF-8"),
        (b'format,"unclosed', "is not sound CSV"),
        (",".join(["format", *FIELDS]).encode() + b"\nreviewkit-marks-1,x", "row 2 has not as many cells"),
    ],
)
def test_what_is_not_our_csv(tmp_path, content, message):
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(MarkError, match=f"^a.csv.*{message}"):
        read_marks(tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is not sound JSON"),
        ("[" * 100_000, "is not sound JSON"),
        ('{"reviewkit:version": NaN}', "is not sound JSON .*NaN is not a number"),
        ("[1]", "is JSON, but not a file of marks. Export the marks with rk.export_marks"),
        ('{"type": "AnnotationCollection"}', "is JSON, but not a file of marks"),
        ('{"reviewkit:version": 2}', "was written by a newer version of the kit .layout 2|newer version"),
        ('{"reviewkit:version": true}', "newer version"),
        ('{"reviewkit:version": 1, "first": 7}', "first is int, not an object"),
        ('{"reviewkit:version": 1, "first": {"items": {}}}', "items is dict, not a list"),
        ('{"reviewkit:version": 1, "first": {"items": [[]]}}', "annotation 1 is list, not an object"),
        ('{"reviewkit:version": 1, "first": {"items": [{}]}}', "annotation 1, target is NoneType"),
        ('{"reviewkit:version": 1, "reviewkit:history": [{}]}', "entry 1 of the history: event is None"),
    ],
)
def test_what_is_not_our_json(tmp_path, content, message):
    (tmp_path / "a.jsonld").write_text(content, encoding="utf-8")
    with pytest.raises(MarkError, match=f"^a.jsonld.*({message})"):
        read_marks(tmp_path / "a.jsonld")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda a: a["creator"].pop("nickname"), "annotation 1: who is missing, or reads like a name"),
        (lambda a: a.update(creator="Ada Example"), "annotation 1: who is missing"),
        (lambda a: a["target"]["selector"][0].update(start=True), "start and end are True and 16"),
        (lambda a: a["target"]["selector"][0].update(start=2.5), "start and end are 2.5 and 16"),
        (lambda a: a["target"]["selector"][1].update(exact="\ud800" * 14), "half a character"),
        (lambda a: a["target"]["selector"].append(a["target"]["selector"][0]), "2 of TextPositionSelector"),
        (lambda a: a["body"].append(a["body"][0]), "2 bodies with the purpose tagging"),
        (lambda a: a["body"][0].update(value=["x"]), "label is list, not text"),
    ],
)
def test_an_annotation_that_is_not_sound_is_named(tmp_path, change, message):
    found = linked(tmp_path, [mark()])
    change(found["first"]["items"][0])
    (tmp_path / "class.jsonld").write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(MarkError, match=f"^class.jsonld, .*{message}"):
        read_marks(tmp_path / "class.jsonld")


def test_a_name_is_replaced_by_the_pseudonym_that_the_reader_gives(tmp_path):
    path = rewritten(tmp_path, who="Ada Example")
    assert {event["who"] for event in read_marks(path, who="fox")} == {"fox"}
    with pytest.raises(MarkError, match="A pseudonym is one word"):
        read_marks(path, who="Ada Example")


def test_a_file_that_is_too_large_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(exchange, "_MOST_BYTES", 100)
    with pytest.raises(MarkError, match="class.csv is larger than 0 MB. Export one corpus at a time"):
        read_marks(rewritten(tmp_path))
    monkeypatch.setattr(exchange, "_MOST_BYTES", 10**6)
    monkeypatch.setattr(exchange, "_MOST_EVENTS", 1)
    with pytest.raises(MarkError, match="class.csv has more than 1 events"):
        read_marks(rewritten(tmp_path))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(MarkError, match=r"gone.csv cannot be read .No such file"):
        read_marks(tmp_path / "gone.csv")


def test_a_strange_database_is_refused(tmp_path):
    with closing(sqlite3.connect(tmp_path / "a.sqlite3")) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(rk.ReviewkitError, match="database of another program"):
        read_marks(tmp_path / "a.sqlite3")
    (tmp_path / "b.sqlite3").write_bytes(b"nothing of the kind" * 300)
    with pytest.raises(MarkError, match="b.sqlite3 is damaged. Copy it anew"):
        read_marks(tmp_path / "b.sqlite3")
    assert sorted(p.name for p in tmp_path.glob("*.sqlite3")) == ["a.sqlite3", "b.sqlite3"]


def test_the_labels_are_those_of_the_shipped_key():
    corpus = rk.load("never-let-me-go")
    for row in corpus.labels.evidence[["layer", "label"]].drop_duplicates().itertuples(index=False):
        assert row.label in LABELS[row.layer]
    for row in corpus.labels.verdicts[["layer", "label"]].drop_duplicates().itertuples(index=False):
        assert row.label in LABELS[row.layer]


def test_an_event_with_fields_of_its_own_is_refused():
    with pytest.raises(MarkError, match="This event has a field 'colour'. The fields are: event, mark"):
        checked(mark() | {"colour": "red"})
    with pytest.raises(MarkError, match="This event is not an event but list"):
        checked([])


# A class's files


def test_a_classs_files_are_put_together_whatever_their_format(tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    owl, fox, crow = ([mark(who=name), mark(3, 9, who=name)] for name in ("owl", "fox", "crow"))
    write_marks(folder / "1.csv", owl)
    write_marks(folder / "2.jsonld", fox)
    (folder / "3.csv").write_text("not marks", encoding="utf-8")
    (folder / "notes.txt").write_text("hello", encoding="utf-8")
    with Store(folder / "4.sqlite3") as carried:
        carried.add([*crow, owl[0]])
    with Store(tmp_path / "all.sqlite3") as store:
        events, report = merge(folder, store=store)
        assert by_id(store.history()) == by_id(events) == by_id([*owl, *fox, *crow])
        assert report["file"].tolist() == ["1.csv", "2.jsonld", "3.csv", "4.sqlite3"]
        assert report["events"].tolist() == [2, 2, 0, 3]
        assert report["new"].tolist() == [2, 2, 0, 2]
        assert "has no column 'format'" in report["note"][2]
        assert "owl is in 1.csv too: one person twice, or two" in report["note"][3]
        assert merge(folder, store=store).report["new"].sum() == 0
        assert len(store.history()) == 6


def test_nobodys_file_changes_what_is_known(tmp_path):
    one = mark()
    forged = [one | {"label": "partial"}, mark(mark=one["mark"], what="drop", who="fox")]
    (path,) = write_marks(tmp_path / "forged.csv", forged)
    with Store(tmp_path / "all.sqlite3") as store:
        store.add([one])
        report = merge(path, store=store).report
        assert "1 events are known with another content; what was known first stays" in report["note"][0]
        assert store.current("page") == [one]


def test_two_with_one_pseudonym_can_be_told_apart(tmp_path):
    paths = [write_marks(tmp_path / f"{n}.csv", [mark()])[0] for n in (1, 2)]
    events, _ = merge({paths[0]: None, paths[1]: "owl-2"})
    assert [event["who"] for event in events] == ["owl", "owl-2"]


def test_a_folder_without_files_of_marks(tmp_path):
    with pytest.raises(MarkError, match="No file of marks here. They end in .csv"):
        merge(tmp_path)


def test_marks_are_carried_to_another_machine_in_one_file(tmp_path, monkeypatch):
    who.keep_pseudonym("owl")
    everybodys = life()
    events = [event for event in everybodys if event["who"] == "owl"]
    with Store() as store:
        store.add(everybodys)
    path = export_marks()
    assert path.name == "marks-owl.jsonld"
    assert by_id(read_marks(path)) == by_id(events)
    assert len(read_marks(export_marks(tmp_path / "all.csv", everyone=True))) == len(everybodys)
    assert export_marks(tmp_path, corpus="page").parent == tmp_path
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path / "another"))
    report = import_marks(path)
    assert report[["who", "events", "new"]].values.tolist() == [["owl", 8, 8]]
    assert "These are marks of owl; you mark as reader-" in report["note"][0]
    who.keep_pseudonym("owl")
    assert import_marks(path)["new"].tolist() == [0]
    with Store() as store:
        assert by_id(store.history()) == by_id(events)


def test_without_marks_there_is_nothing_to_export():
    who.keep_pseudonym("owl")
    with pytest.raises(MarkError, match="There are no marks of owl yet"):
        export_marks()


def test_an_unsound_file_is_not_taken_in_part(tmp_path):
    with pytest.raises(MarkError, match="class.csv, row 3"):
        import_marks(rewritten(tmp_path, what="erase"))
    with Store() as store:
        assert store.history() == []


# As evidence, and found again


def anchored(text, *marks, review_id="page-01"):
    reviews = pd.DataFrame({"review_id": [review_id], "text": [text]})
    evidence, lost = evidence_of(marks, reviews)
    assert [text[s:e] for s, e in zip(evidence["start"], evidence["end"], strict=True)] == [*evidence["text"]]
    return evidence["text"].tolist(), lost["why"].tolist()


def test_marks_are_evidence_in_the_order_of_the_words():
    reviews = pd.DataFrame({"review_id": ["page-01"], "text": [TEXT]})
    evidence, lost = evidence_of([mark(26, 33, note="why"), mark(), mark(0, 33)], reviews)
    assert list(evidence.columns) == list(rk.TABLES["evidence"])
    assert evidence["start"].tolist() == [0, 2, 26]
    assert evidence["cues"].tolist()[2] == "why"
    assert evidence["source"].tolist() == ["owl"] * 3
    assert len(lost) == 0
    rk.ReadingPane(reviews, evidence)


def test_a_text_that_is_the_same_needs_no_search():
    assert anchored(TEXT, mark()) == (["read the novel"], [])


def test_words_that_moved_are_found_by_what_stands_around_them():
    second = mark(48, 55, layer="devices", label="hedge")
    assert second["quote"] == "Perhaps"
    moved = "Well now. " + TEXT
    reviews = pd.DataFrame({"review_id": ["page-01"], "text": [moved]})
    evidence, _ = evidence_of([second, mark(26, 33, layer="devices", label="hedge")], reviews)
    assert evidence["start"].tolist() == [36, 58]


def test_case_white_space_quotation_marks_and_dashes_may_differ():
    told_ = mark(4, 30, "She said “I read  the\nnovel” – then wept.")
    assert told_["quote"] == "said “I read  the\nnovel” –"
    assert anchored('SHE SAID "I read the novel" - then wept.', told_) == (['SAID "I read the novel" -'], [])


def test_an_accent_or_emoji_before_the_words_moves_them_by_code_points():
    assert anchored("👩‍👩‍👧 é: " + TEXT, mark(11, 18)) == (["novel 😀"], [])


def test_words_that_are_gone_are_listed():
    found, why = anchored("Something quite different.", mark())
    assert (found, why) == ([], ["The words do not stand there any more."])


def test_short_words_in_other_surroundings_are_not_guessed():
    it = mark(34, 36)
    assert it["quote"] == "it"
    found, why = anchored("Whoever wrote this had it in for me, I am sure of that.", it)
    assert (found, why) == ([], ["The words stand there, but what stood around them does not."])


def test_words_in_several_places_that_look_alike_are_not_guessed():
    once = mark(0, 7, "Perhaps.", layer="devices", label="hedge")
    found, why = anchored("Well. Perhaps. Perhaps.", once)
    assert (found, why) == ([], ["The words stand there in several places that look alike."])


def test_a_review_that_was_numbered_anew_is_found_by_its_text():
    assert anchored(TEXT, mark(), review_id="page-07") == (["read the novel"], [])
    assert anchored("Well. " + TEXT, mark(), review_id="page-07") == (["read the novel"], [])
    found, why = anchored("Nothing of it.", mark(), review_id="page-07")
    assert (found, why) == ([], ["There is no such review here."])


def test_names_may_be_masked_then_and_shown_now():
    signed = "I read the novel.\n\nAda Example"
    masked = "I read the novel.\n\n███ ███████"
    assert anchored(signed, mark(2, 30, masked)) == ([signed[2:30]], [])
    assert anchored(masked, mark(2, 30, signed)) == ([masked[2:30]], [])


def test_my_marks_and_what_is_lost(tmp_path):
    who.keep_pseudonym("owl")
    gone = mark(0, 12, "Quite gone, I fear.", note="alas")
    with Store() as store:
        store.add(
            [mark(), mark(26, 33, layer="devices", label="hedge"), mark(who="fox"), gone, mark(corpus="b")]
        )
    reviews = pd.DataFrame({"review_id": ["page-01"], "text": [TEXT]})
    assert corpus_of(reviews) == "page"
    assert my_marks(reviews)["label"].tolist() == ["book-reader", "hedge"]
    assert my_marks(reviews, layer="devices")["label"].tolist() == ["hedge"]
    assert my_marks(reviews, who="fox")["source"].tolist() == ["fox"]
    assert lost_marks(reviews)[["quote", "note"]].values.tolist() == [["Quite gone, ", "alas"]]


def test_verdicts_are_a_table_of_verdicts():
    table = verdicts_of(life())
    assert list(table.columns) == list(rk.TABLES["verdicts"])
    assert table[["review_id", "layer", "label", "source"]].values.tolist() == [
        ["page-01", "stance", "mixed", "owl"]
    ]


def test_marks_on_a_corpus_of_the_kit_stand_where_the_key_stands(tmp_path):
    corpus = rk.load("never-let-me-go")
    texts = dict(zip(corpus.reviews["review_id"], corpus.reviews["text"], strict=True))
    rows = corpus.key[corpus.key["layer"] == "devices"].head(60)
    events = [
        make(text=texts[r.review_id], who="owl", corpus=corpus_of(corpus), review_id=r.review_id)
        | mark(r.start, r.end, texts[r.review_id], review_id=r.review_id, layer=r.layer, label=r.label)
        for r in rows.itertuples(index=False)
    ]
    (path,) = write_marks(tmp_path / "a.jsonld", events)
    evidence, lost = evidence_of(read_marks(path), corpus.reviews)
    assert len(lost) == 0
    columns = ["review_id", "label", "start", "end", "text"]
    key = sorted(map(tuple, rows[columns].values.tolist()))
    assert sorted(map(tuple, evidence[columns].values.tolist())) == key
